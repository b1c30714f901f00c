//! A record as a reader sees it: borrowed from its line, what nobody asks for left unread.
//!
//! Records are written by [`crate::dialog::Record`] and read here, so that a log of any version of the library can be
//! read: unknown keys are passed over, and only what places a record is needed.

use super::argument::{dot, told};
use crate::dialog::Key;
use crate::error::{Code, Error};
use crate::time::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Deref;

/// A text of a record, borrowed from its line where it holds no escapes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
#[serde(transparent)]
pub struct Text<'l>(#[serde(borrow)] pub Cow<'l, str>);

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// One line of a log.
#[derive(Debug, Clone, Deserialize)]
pub struct Entry<'l> {
    /// The revision of the session after the turn.
    pub n: u64,
    /// Hash of the record before it.
    #[serde(default)]
    pub prev: Option<&'l str>,
    /// Its own hash.
    pub hash: &'l str,
    /// Hash of the bot; none in a tombstone.
    #[serde(default)]
    pub bot: &'l str,
    /// Whose dialog; none in a tombstone.
    #[serde(borrow, default)]
    pub session: Whose<'l>,
    /// Its number.
    #[serde(default)]
    pub dialog: u32,
    /// When the event happened, where the host says so.
    #[serde(default)]
    pub at: Option<Timestamp>,
    /// The time of the turn.
    #[serde(default)]
    pub now: Timestamp,
    /// `chat`, `call` or `form`.
    #[serde(borrow, default)]
    pub source: Text<'l>,
    /// What the session was opened with, where `contact` does not say it.
    #[serde(borrow, default)]
    pub opened: Option<&'l RawValue>,
    /// What the channel told of the client.
    #[serde(borrow, default)]
    pub contact: Option<&'l RawValue>,
    /// The event as it stands in the line; none where time passed.
    #[serde(borrow, default, rename = "event")]
    pub raw_event: Option<&'l RawValue>,
    /// The event, read.
    #[serde(skip)]
    pub event: Option<Happened<'l>>,
    /// What matched, and why.
    #[serde(borrow, default)]
    pub matched: Found<'l>,
    /// Fields that changed; null where one was taken back.
    #[serde(borrow, default)]
    pub fields: BTreeMap<Text<'l>, &'l RawValue>,
    /// The effects.
    #[serde(borrow, default)]
    pub effects: Vec<Done<'l>>,
    /// Who talks after it: `active`, `human`, `finished`.
    #[serde(borrow, default)]
    pub mode: Text<'l>,
    /// The status after it.
    #[serde(borrow, default)]
    pub status: Text<'l>,
    /// When the records up to this one were purged: the entry is a tombstone.
    #[serde(default)]
    pub purged: Option<Timestamp>,
}

/// The key of a session.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
#[allow(missing_docs)] // the words of the contract
pub struct Whose<'l> {
    #[serde(borrow)]
    pub channel: Text<'l>,
    #[serde(borrow)]
    pub account: Text<'l>,
    #[serde(borrow)]
    pub user: Text<'l>,
}

/// An event; which keys it has depends on its kind, see the contract.
#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs)] // the words of the contract
pub struct Happened<'l> {
    #[serde(borrow, default)]
    pub id: Text<'l>,
    #[serde(borrow)]
    pub kind: Text<'l>,
    #[serde(borrow, default)]
    pub text: Option<Text<'l>>,
    #[serde(borrow, default)]
    pub button: Option<Text<'l>>,
    #[serde(borrow, default)]
    pub attachments: Option<&'l RawValue>,
    #[serde(borrow, default)]
    pub of: Option<Text<'l>>,
    #[serde(borrow, default)]
    pub edited: Option<Text<'l>>,
    #[serde(borrow, default)]
    pub action: Option<Text<'l>>,
    #[serde(borrow, default)]
    pub who: Option<Text<'l>>,
    #[serde(borrow, default)]
    pub effect: Option<Text<'l>>,
    #[serde(borrow, default)]
    pub target: Option<Text<'l>>,
    #[serde(default)]
    pub ok: bool,
    #[serde(borrow, default)]
    pub data: Option<&'l RawValue>,
    #[serde(borrow, default)]
    pub error: Option<Text<'l>>,
    #[serde(borrow, default)]
    pub name: Option<Text<'l>>,
}

/// What matched.
#[derive(Debug, Clone, Default, Deserialize)]
#[allow(missing_docs)] // as in [`crate::dialog::Matched`]
pub struct Found<'l> {
    #[serde(borrow, default)]
    pub rule: Option<Text<'l>>,
    #[serde(borrow, default)]
    pub passed: Vec<Text<'l>>,
    #[serde(borrow, default)]
    pub flow: Option<Text<'l>>,
    #[serde(borrow, default)]
    pub faq: Option<Text<'l>>,
    #[serde(default)]
    pub score: Option<u16>,
    #[serde(borrow, default)]
    pub why: Vec<Text<'l>>,
    #[serde(borrow, default)]
    pub search: Option<&'l RawValue>,
}

/// An effect; which keys it has depends on its kind, see the contract.
#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs)] // the words of the contract
pub struct Done<'l> {
    #[serde(borrow)]
    pub key: Text<'l>,
    #[serde(borrow)]
    pub kind: Text<'l>,
    #[serde(borrow, default)]
    pub text: Option<Text<'l>>,
    #[serde(borrow, default)]
    pub language: Option<Text<'l>>,
    #[serde(borrow, default)]
    pub buttons: Option<&'l RawValue>,
    #[serde(borrow, default)]
    pub lead: Option<Text<'l>>,
    #[serde(borrow, default)]
    pub lead_key: Option<Text<'l>>,
    #[serde(borrow, default)]
    pub fields: Option<&'l RawValue>,
    #[serde(borrow, default)]
    pub title: Option<Text<'l>>,
    #[serde(borrow, default)]
    pub to: Option<&'l RawValue>,
    #[serde(borrow, default)]
    pub what: Option<Text<'l>>,
    #[serde(borrow, default)]
    pub params: Option<&'l RawValue>,
    #[serde(borrow, default)]
    pub reason: Option<Text<'l>>,
    #[serde(borrow, default)]
    pub summary: Option<Text<'l>>,
    #[serde(borrow, default)]
    pub status: Option<Text<'l>>,
    #[serde(borrow, default)]
    pub field: Option<Text<'l>>,
    #[serde(borrow, default)]
    pub value: Option<&'l RawValue>,
    #[serde(borrow, default)]
    pub timer: Option<Text<'l>>,
    #[serde(default)]
    pub due: Option<Timestamp>,
    #[serde(borrow, default)]
    pub mode: Option<Text<'l>>,
    #[serde(borrow, default)]
    pub outcome: Option<Text<'l>>,
    #[serde(borrow, default)]
    pub code: Option<Text<'l>>,
}

impl Whose<'_> {
    /// The key itself.
    pub fn to_key(&self) -> Key {
        Key {
            channel: self.channel.to_string(),
            account: self.account.to_string(),
            user: self.user.to_string(),
        }
    }
}

impl<'l> Entry<'l> {
    /// Reads one line. Error: `record_invalid` with the path of what cannot be read.
    ///
    /// ```
    /// let line = r#"{"n":1,"hash":"ab","session":{"channel":"web","account":"site","user":"7"},"dialog":1,
    ///     "now":"2026-01-05T10:00:00.000Z","mode":"active","status":"in_work"}"#;
    /// let entry = frontdesk::audit::Entry::read(line).unwrap();
    /// assert_eq!((entry.n, &*entry.session.user), (1, "7"));
    /// ```
    pub fn read(line: &'l str) -> Result<Self, Error> {
        let mut entry: Self = serde_json::from_str(line).map_err(|e| invalid(line, "", &e))?;
        if let Some(raw) = entry.raw_event {
            let event = serde_json::from_str(raw.get()).map_err(|e| invalid(raw.get(), "event", &e))?;
            entry.event = Some(event);
        }
        Ok(entry)
    }

    /// Whether the record is no link of the chain: a repeated event, or a call of `due` with nothing due. Both leave
    /// the session as it was.
    pub fn is_aside(&self) -> bool {
        let aside = |why: &Text<'_>| matches!(&**why, "duplicate" | "nothing_due");
        self.effects.is_empty() && self.matched.why.len() == 1 && self.matched.why.iter().all(aside)
    }

    /// Whether a word stands among the reasons.
    pub fn says(&self, why: &str) -> bool {
        self.matched.why.iter().any(|w| **w == *why)
    }

    /// Whether the message was to answer the open question of a flow or list, and did not.
    pub fn failed_to_answer(&self) -> bool {
        self.matched.why.iter().any(|why| why.starts_with("no answer to "))
    }

    /// The rule, flow or row that the turn followed, else its first reason: `rule Телефон`, `faq parking`.
    pub fn cause(&self) -> Option<String> {
        let found = &self.matched;
        let named = [("rule", &found.rule), ("flow", &found.flow), ("faq", &found.faq)];
        let named = named.iter().find_map(|(kind, name)| Some(format!("{kind} {}", &**name.as_ref()?)));
        named.or_else(|| found.why.first().map(|why| why.to_string()))
    }

    /// The message of the client's that the turn took.
    pub fn message(&self) -> Option<&Happened<'l>> {
        self.event.as_ref().filter(|e| &*e.kind == "message")
    }
}

fn invalid(text: &str, within: &str, error: &serde_json::Error) -> Error {
    let (inner, message) = told(text, error);
    let dot = if within.is_empty() { "" } else { dot(&inner) };
    Error::new(Code::RecordInvalid, format!("{within}{dot}{inner}"), format!("no record: {message}"))
}
