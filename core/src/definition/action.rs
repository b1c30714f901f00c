//! Actions: what a rule, flow or answer does.

use super::basics::{Button, Duration, Text};
use crate::document::{Cursor, Keys, Named, Value, nearest, packed};
use crate::error::Code;

/// One step of a list of actions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// A reply to the client.
    Say(Say),
    /// A question whose answer fills a field; the list waits for it.
    Ask(String),
    /// A lead, once all its needed fields are filled.
    Lead(String),
    /// A status of the dialog.
    Status(String),
    /// The end of the dialog.
    Finish(FinishMode),
    /// A call for a human.
    Handoff {
        /// Why; a second handoff needs another reason.
        reason: String,
        /// How soon.
        priority: Priority,
    },
    /// A message to a target of the team's.
    Notify {
        /// The target.
        to: String,
        /// What it says; the summary where absent.
        text: Option<Text>,
    },
    /// Values of fields, as templates; an empty one takes the field's value back.
    Set(Vec<(String, Text)>),
    /// A tag on the client's card.
    Tag(String),
    /// The start of a flow.
    Start(String),
    /// A question to the host; the list waits for the result.
    Request {
        /// What is asked for.
        what: RequestKind,
        /// Parameters as templates; the filled fields of the flow where absent.
        params: Option<Vec<(String, Text)>>,
        /// How long the list waits.
        wait: Duration,
    },
    /// Reminders before a date or slot.
    Remind(Remind),
    /// Cancels reminders, the booking or the flow.
    Cancel(CancelWhat),
}

packed!(Action:
    0 Say(item), 1 Ask(item), 2 Lead(item), 3 Status(item), 4 Finish(item), 5 Handoff { reason, priority },
    6 Notify { to, text }, 7 Set(item), 8 Tag(item), 9 Start(item), 10 Request { what, params, wait },
    11 Remind(item), 12 Cancel(item)
);

/// A reply as the author writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Say {
    /// The text, a template.
    pub text: Text,
    /// Its buttons.
    pub buttons: Vec<Button>,
    /// Name of the vendor's template for a closed messaging window.
    pub template: Option<String>,
}

packed!(Say { text, buttons, template });

/// Reminders counted back from a date or slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remind {
    /// What `no_reply` and `cancel` call it.
    pub name: String,
    /// The field that holds the date or slot.
    pub before: String,
    /// How long before it, each.
    pub at: Vec<Duration>,
    /// What is sent.
    pub say: Say,
}

packed!(Remind { name, before, at, say });

/// How a dialog ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FinishMode {
    /// Nothing but records until a restart.
    Silent,
    /// The next message of the client opens the next dialog.
    Reopen,
}

packed!(FinishMode: 0 Silent, 1 Reopen);

/// How soon a human is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Priority {
    /// In turn.
    Normal,
    /// At once.
    High,
}

packed!(Priority: 0 Normal, 1 High);

/// What the host is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // the words of the contract, section 5
pub enum RequestKind {
    Slots,
    Book,
    CancelBooking,
    Order,
    Quote,
    PaymentLink,
    Approval,
    Translation,
    Match,
}

packed!(RequestKind:
    0 Slots, 1 Book, 2 CancelBooking, 3 Order, 4 Quote, 5 PaymentLink, 6 Approval, 7 Translation, 8 Match
);

/// What `cancel` takes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CancelWhat {
    /// Reminders of the flow.
    Reminders,
    /// The booking and its reminders.
    Booking,
    /// The active flow.
    Flow,
}

packed!(CancelWhat: 0 Reminders, 1 Booking, 2 Flow);

impl FinishMode {
    pub(crate) const WORDS: &'static [(&'static str, FinishMode)] =
        &[("silent", FinishMode::Silent), ("reopen", FinishMode::Reopen)];

    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        if self == FinishMode::Silent { "silent" } else { "reopen" }
    }
}

impl Priority {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        if self == Priority::High { "high" } else { "normal" }
    }
}

impl RequestKind {
    pub(crate) const WORDS: &'static [(&'static str, RequestKind)] = &[
        ("slots", RequestKind::Slots),
        ("book", RequestKind::Book),
        ("cancel_booking", RequestKind::CancelBooking),
        ("order", RequestKind::Order),
        ("quote", RequestKind::Quote),
        ("payment_link", RequestKind::PaymentLink),
        ("approval", RequestKind::Approval),
        ("translation", RequestKind::Translation),
        ("match", RequestKind::Match),
    ];

    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }

    /// The kind of a word of the contract.
    pub fn parse(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(text, _)| *text == word).map(|(_, kind)| *kind)
    }
}

/// How long a request waits where the author says nothing.
pub(crate) const DEFAULT_WAIT: Duration = Duration(120_000);

// `remind` stands first: its `say` is a modifier there.
const HEADS: &[&str] = &[
    "remind", "say", "ask", "lead", "status", "finish", "handoff", "notify", "set", "tag", "start",
    "request", "cancel",
];

impl Action {
    /// Whether the client may read something because of it.
    pub(crate) fn speaks(&self) -> bool {
        matches!(self, Action::Say(_) | Action::Ask(_) | Action::Start(_))
    }

    /// A list of actions; one action stands for a list of one.
    pub(crate) fn read_list(at: &Cursor<'_>) -> Vec<Action> {
        let items = at.one_or_list();
        if items.is_empty() {
            at.error(Code::Empty, "an empty list of actions");
        }
        items.iter().filter_map(Action::read).collect()
    }

    fn read(at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let mut heads = keys.present(HEADS);
        if heads.first() == Some(&"remind") {
            heads.retain(|head| *head != "say");
        }
        let [head] = heads.as_slice() else {
            if heads.is_empty() {
                return no_action(keys);
            }
            let message = format!("{} stand together; one action is expected", heads.join(" and "));
            at.error_hint(Code::OneExpected, message, Some("make each an item of the list".into()));
            return None;
        };
        let value = keys.get(head)?;
        let action = match *head {
            "say" => Say::read(&value, &keys).map(Action::Say),
            "ask" => value.name_of(Named::Field).map(Action::Ask),
            "lead" => value.name_of(Named::Lead).map(Action::Lead),
            "status" => value.name_of(Named::Status).map(Action::Status),
            "finish" => value.one_of(FinishMode::WORDS).map(Action::Finish),
            "handoff" => {
                let priority = keys
                    .get("priority")
                    .and_then(|c| c.one_of(&[("normal", Priority::Normal), ("high", Priority::High)]));
                let priority = priority.unwrap_or(Priority::Normal);
                value.filled_text().map(|reason| Action::Handoff { reason, priority })
            }
            "notify" => {
                let text = keys.get("text").and_then(|c| Text::read(&c));
                value.filled_text().map(|to| Action::Notify { to, text })
            }
            "set" => {
                value.named().iter().for_each(|(field, c)| c.uses(Named::Field, field));
                Some(Action::Set(templates(&value)))
            }
            "tag" => value.filled_text().map(Action::Tag),
            "start" => value.name_of(Named::Flow).map(Action::Start),
            "request" => {
                let what = value.one_of(RequestKind::WORDS);
                let params = keys.get("params").map(|c| templates(&c));
                let wait = keys.get("wait").and_then(|c| Duration::read(&c)).unwrap_or(DEFAULT_WAIT);
                what.map(|what| Action::Request { what, params, wait })
            }
            "remind" => Remind::read(&value, &keys).map(Action::Remind),
            _ => value
                .one_of(&[
                    ("reminders", CancelWhat::Reminders),
                    ("booking", CancelWhat::Booking),
                    ("flow", CancelWhat::Flow),
                ])
                .map(Action::Cancel),
        };
        keys.end();
        action
    }
}

fn no_action(keys: Keys<'_>) -> Option<Action> {
    let found = keys.map().named().into_iter().next().map(|(key, _)| key);
    let hint = found.as_ref().and_then(|key| nearest(key, HEADS.iter().copied()));
    let message = match found {
        Some(key) => format!("the key `{key}` is no action"),
        None => "an empty action".into(),
    };
    keys.map().error_hint(Code::UnknownKey, message, hint.map(|near| format!("did you mean `{near}`?")));
    None
}

/// Values by name; an empty text is a value too: it takes a field's value back.
fn templates(at: &Cursor<'_>) -> Vec<(String, Text)> {
    let value = |c: &Cursor<'_>| match &c.node.value {
        Value::Null => Some(Text::default()),
        Value::Text(text) if text.is_empty() => Some(Text::default()),
        Value::Map(_) | Value::Text(_) => Text::read(c),
        _ => c.literal().map(Text::plain),
    };
    at.named().iter().filter_map(|(name, c)| Some((name.clone(), value(c)?))).collect()
}

impl Say {
    fn read(text: &Cursor<'_>, keys: &Keys<'_>) -> Option<Self> {
        let buttons = Button::read_all(keys.get("buttons"));
        let template = keys.get("template").and_then(|c| c.filled_text());
        Some(Self { text: Text::read(text)?, buttons, template })
    }
}

impl Remind {
    fn read(name: &Cursor<'_>, keys: &Keys<'_>) -> Option<Self> {
        let before = keys.need("before").and_then(|c| c.name_of(Named::Field));
        let at = keys.need("at").map(|c| c.one_or_list().iter().filter_map(Duration::read).collect());
        let say = keys.need("say").and_then(|c| Say::read(&c, keys));
        Some(Self { name: name.filled_text()?, before: before?, at: at?, say: say? })
    }
}
