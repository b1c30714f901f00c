//! Where a dialog stands, and what may happen to it: the machine that tests walk pair by pair.

use super::event::{ControlAction, Event, EventKind, OperatorAction};
use super::session::{Mode, Purpose, Session};
use crate::definition::FinishMode;

macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$doc])* $variant,)* }
        impl $name {
            /// Every one.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];
            /// Its word.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }
        }
    };
}

words! {
    /// Where a dialog stands.
    State {
        /// The bot talks, and nothing is open.
        Idle = "idle",
        /// A flow has asked for a field.
        FlowAsks = "flow_asks",
        /// A flow waits for slots, or for the client to write.
        FlowAwaits = "flow_awaits",
        /// A list of actions has asked for a field.
        ListAsks = "list_asks",
        /// A list of actions waits for the host.
        ListAwaits = "list_awaits",
        /// The host was asked which row of the table is meant.
        Matching = "matching",
        /// Messages in quick succession are being collected.
        Settling = "settling",
        /// A human was called and has not come.
        HandedOff = "handed_off",
        /// A human talks.
        Human = "human",
        /// Over, and nothing but a new entry or time opens it.
        FinishedSilent = "finished_silent",
        /// Over until the client writes.
        FinishedReopen = "finished_reopen",
    }
}

words! {
    /// What may happen to a dialog: the kinds of events, and of timers that are due.
    Happening {
        /// A typed message.
        Text = "text",
        /// A press on a button.
        Press = "press",
        /// A photo or another attachment.
        Attachment = "attachment",
        /// A message changed.
        Edit = "edit",
        /// A message taken back.
        Deleted = "deleted",
        /// A human joined.
        OperatorJoined = "operator_joined",
        /// A human wrote.
        OperatorMessage = "operator_message",
        /// A human left.
        OperatorLeft = "operator_left",
        /// The host stops the bot.
        Stop = "stop",
        /// The host resumes it.
        Resume = "resume",
        /// The host begins the next dialog.
        Restart = "restart",
        /// The host did what it was asked.
        Succeeded = "succeeded",
        /// The host could not.
        Failed = "failed",
        /// The host told a fact.
        Fact = "fact",
        /// Nobody wrote for long enough.
        SilenceDue = "silence",
        /// Nobody answered a reminder.
        NoReplyDue = "no_reply",
        /// It is time to remind.
        ReminderDue = "reminder",
        /// A lead is not confirmed in time.
        ConfirmDue = "confirm",
        /// The host has not answered in time.
        WaitDue = "wait",
        /// The operator has been silent for long enough.
        PauseDue = "pause",
        /// A burst of messages is over.
        SettleDue = "settle",
        /// A step that a newer definition no longer has is left.
        RemovedDue = "removed",
    }
}

impl Happening {
    /// The kind of an event.
    pub fn of(event: &Event) -> Self {
        match &event.kind {
            EventKind::Message(message) if message.edited.is_some() => Self::Edit,
            EventKind::Message(message) if message.button.is_some() => Self::Press,
            EventKind::Message(message) if !message.attachments.is_empty() => Self::Attachment,
            EventKind::Message(_) => Self::Text,
            EventKind::Deleted { .. } => Self::Deleted,
            EventKind::Operator(operator) => match operator.action {
                OperatorAction::Joined => Self::OperatorJoined,
                OperatorAction::Message => Self::OperatorMessage,
                OperatorAction::Left => Self::OperatorLeft,
            },
            EventKind::Control { action } => match action {
                ControlAction::Stop => Self::Stop,
                ControlAction::Resume => Self::Resume,
                ControlAction::Restart => Self::Restart,
            },
            EventKind::Result(result) if result.ok => Self::Succeeded,
            EventKind::Result(_) => Self::Failed,
            EventKind::Fact { .. } => Self::Fact,
        }
    }
}

impl Purpose {
    fn happening(&self) -> Happening {
        match self {
            Purpose::Silence { .. } => Happening::SilenceDue,
            Purpose::NoReply { .. } => Happening::NoReplyDue,
            Purpose::Reminder { .. } => Happening::ReminderDue,
            Purpose::Confirm { .. } => Happening::ConfirmDue,
            Purpose::Wait { .. } => Happening::WaitDue,
            Purpose::Pause => Happening::PauseDue,
            Purpose::Settle => Happening::SettleDue,
            Purpose::Removed { .. } => Happening::RemovedDue,
        }
    }

    /// The word for `set_timer`.
    pub(super) fn word(&self) -> &'static str {
        self.happening().as_str()
    }
}

impl Session {
    /// Where the dialog stands.
    pub fn state(&self) -> State {
        match (self.mode, self.finish_mode()) {
            (Mode::Human, _) => return State::Human,
            (_, Some(FinishMode::Silent)) => return State::FinishedSilent,
            (_, Some(FinishMode::Reopen)) => return State::FinishedReopen,
            _ if self.burst.is_some() => return State::Settling,
            _ if !self.handoffs.is_empty() => return State::HandedOff,
            _ => {}
        }
        let asks = self.question().is_some_and(|question| question.request.is_none());
        match &self.flow {
            _ if asks && self.asking_list().is_some() => State::ListAsks,
            Some(_) if asks => State::FlowAsks,
            _ if !self.waiting.is_empty() => State::ListAwaits,
            Some(_) => State::FlowAwaits,
            None if self.matching.is_some() => State::Matching,
            None => State::Idle,
        }
    }
}
