//! Bursts: messages typed in quick succession are heard as one (C25).
//!
//! With `settle: 2s` a typed message waits for two seconds; each that follows within them joins it on a line of its
//! own and lets them begin anew. What is not typed acts at once: buttons, attachments, edits, operators, results.

use super::event::Message;
use super::handoff::Ignored;
use super::run::Run;
use super::session::{Mode, Purpose};
use crate::limits;
use crate::time::Timestamp;
use serde::Serialize;
use std::cell::OnceCell;

/// How many times `settle` a burst may last: who never stops typing is answered all the same.
const LONGEST: i64 = 5;

/// Messages that wait to be heard as one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Burst {
    pub(super) text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) language: Option<String>,
    pub(super) since: Timestamp,
}

impl Burst {
    /// The burst as one message. An embedding is of one message only, so a burst has none.
    pub(super) fn message(&self) -> Message {
        Message { text: Some(self.text.clone()), language: self.language.clone(), ..Message::default() }
    }
}

impl Run<'_> {
    /// Lets a typed message wait for those that may follow. False where it acts at once.
    pub(super) fn waits_for_more(&mut self, message: &Message) -> bool {
        let settle = self.definition().settle.filter(|_| self.session.mode == Mode::Active);
        let typed = message.button.is_none() && message.attachments.is_empty() && message.edited.is_none();
        let text = message.text.as_deref().filter(|text| typed && !text.trim().is_empty());
        let (Some(settle), Some(text)) = (settle, text) else { return false };
        let begun = self.session.burst.take();
        let joined = begun.as_ref().map_or_else(|| text.to_string(), |b| format!("{}\n{text}", b.text));
        if joined.len() > limits::MESSAGE_BYTES {
            self.session.burst = begun;
            return false;
        }
        let since = begun.as_ref().map_or(self.now, |b| b.since);
        let language = message.language.clone().or_else(|| begun.and_then(|b| b.language));
        self.session.burst = Some(Burst { text: joined, language, since });
        let due = self.now.plus(settle.0).min(since.plus(LONGEST * settle.0));
        self.set_timer_at("settle", due, Purpose::Settle);
        true
    }

    /// The burst is over: it is heard, wherever the dialog stands by now.
    pub(super) fn burst_ends(&mut self) -> Ignored {
        self.session.burst = None;
        let message = self.burst.take()?;
        let ignored = if self.session.mode == Mode::Finished {
            self.hear(message);
            Some("finished")
        } else {
            self.take(message)
        };
        // What else is due in this step is not about the message.
        self.heard = None;
        self.search = OnceCell::new();
        self.brought.clear();
        ignored
    }
}
