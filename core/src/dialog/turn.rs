//! A turn: what one event led to, and its record.

use super::effect::Effect;
use super::event::{Contact, Event};
use super::masking::{Masks, sealed};
use super::session::{Key, Mode};
use crate::bot::value::FieldValue;
use crate::document::{Node, Value, written};
use crate::time::Timestamp;
use serde::Serialize;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What an event, or the time, led to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Turn {
    /// What became of the event.
    pub outcome: Outcome,
    /// Why it was ignored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// What the host is to do, in order.
    pub effects: Vec<Effect>,
    /// Who talks now.
    pub mode: Mode,
    /// The status of the dialog.
    pub status: String,
    /// When `due` is to be called next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_due: Option<Timestamp>,
    /// What happened and why, to keep.
    pub record: Record,
}

/// What became of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was acted on.
    Applied,
    /// It was seen before; nothing changed.
    Duplicate,
    /// It was recorded and nothing else.
    Ignored,
}

/// The record of one turn. Its shape is fixed: keys may join, none goes or changes its meaning.
///
/// Where the definition keeps less than everything (`log: {text: masked}`), JSON is what may be kept; the fields of this
/// struct are still the turn as it was.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(remote = "Self")]
pub struct Record {
    /// The revision of the session after the turn.
    pub n: u64,
    /// Hash of the record before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prev: Option<String>,
    /// SHA-256 of this record as JSON without `hash`, in hexadecimal.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hash: String,
    /// Version of the engine.
    pub engine: &'static str,
    /// Version of the time zone data.
    pub tz: String,
    /// Hash of the bot.
    pub bot: String,
    /// Whose dialog.
    pub session: Key,
    /// Its number.
    pub dialog: u32,
    /// When the event happened, where the host says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// The time of the turn.
    pub now: Timestamp,
    /// `chat`, `call` or `form`.
    pub source: String,
    /// What the session was opened with, where the first message tells something else of the client.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened: Option<Contact>,
    /// What the channel told of the client, where this turn brought it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// The event; none for `due`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<Event>,
    /// What matched, and why.
    #[serde(skip_serializing_if = "Matched::is_empty")]
    pub matched: Matched,
    /// Fields that changed; null where one was taken back.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, Option<FieldValue>>,
    /// The effects, with their keys.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub effects: Vec<Effect>,
    /// Who talks after it.
    pub mode: Mode,
    /// The status after it.
    pub status: String,
    /// The record as it may be kept, where that is less than the whole.
    #[serde(skip)]
    pub(super) kept: Option<Node>,
    /// Its JSON, which the hash was made of: nobody writes it twice.
    #[serde(skip)]
    pub(super) json: String,
}

impl Serialize for Record {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.kept {
            Some(kept) => kept.serialize(serializer),
            None => Record::serialize(self, serializer),
        }
    }
}

/// What a turn matched.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Matched {
    /// The rule that fired and ended the step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Rules that fired before and let the step go on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub passed: Vec<String>,
    /// The flow that took the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flow: Option<String>,
    /// The row that answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub faq: Option<String>,
    /// Its score, 0 to 1000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<u16>,
    /// The event is older than one that came before; it was handled as of now.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub late: bool,
    /// Why: words and fields that held, the timer that fired, the question that was answered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<String>,
    /// How the FAQ judged the message: words with weights, repairs, the best rows, the score needed.
    #[serde(skip_serializing_if = "Json::is_null", serialize_with = "crate::document::data::write")]
    pub search: Json,
}

impl Matched {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Record {
    /// Its JSON, to keep, as it was when the turn ended.
    pub fn json(&self) -> &str {
        &self.json
    }

    /// The record as it was, whatever may be kept of it.
    #[cfg(feature = "audit")]
    pub(crate) fn whole(&self) -> Json {
        Record::serialize(self, serde_json::value::Serializer).unwrap_or_default()
    }

    /// Masks what must not be kept, and links the record to the one before it.
    pub(super) fn seal(&mut self, masks: Option<Masks<'_>>) {
        self.hash.clear();
        let text = written(self);
        let Some(mut masks) = masks else {
            self.hash = crate::bot::hex(&Sha256::digest(&text));
            // The hash stands behind `n` and `prev`, and before all that an event could bring.
            self.json = text.replacen("\"engine\":", &format!("\"hash\":\"{}\",\"engine\":", self.hash), 1);
            return;
        };
        // What this library wrote it can read; were it not so, nothing would be kept rather than too much.
        let mut kept =
            Node::from_json(&text).unwrap_or_else(|_| Node::new(Value::Map(Vec::new()), Default::default()));
        masks.apply(&mut kept);
        let (kept, hash) = sealed(kept);
        self.hash = hash;
        self.json = kept.to_text();
        self.kept = Some(kept);
    }
}
