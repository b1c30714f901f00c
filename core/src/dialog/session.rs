//! The session: all that a dialog remembers, as plain JSON of names.
//!
//! The host stores it, and only it, between steps: load, step, save by compare-and-swap on `rev` together with
//! the effects, then send.

use super::burst::Burst;
use super::event::Contact;
use super::lists::ListRef;
use super::voice::ReplyButton;
use crate::bot::value::{FieldValue, Slot};
use crate::definition::FinishMode;
use crate::document::{Cursor, Node, Report, written};
use crate::error::Error;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// The version of the session format.
pub const SESSION_VERSION: u32 = 1;

/// Whose dialog it is. Two accounts of one channel are two sessions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// The channel: `telegram`, `web`, …
    pub channel: String,
    /// The account of the business on it.
    pub account: String,
    /// The client on it.
    pub user: String,
}

impl Key {
    /// Reads a key in JSON, strictly.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        Self::from_node(&Node::from_json(text)?)
    }

    /// Reads a key from a document.
    pub fn from_node(node: &Node) -> Result<Self, Error> {
        let report = Report::of(node);
        let key = Self::read(&report.root());
        report.into_first(key)
    }

    pub(super) fn read(at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let part = |name| keys.need(name).and_then(|c| c.text());
        let (channel, account, user) = (part("channel"), part("account"), part("user"));
        keys.end();
        Some(Self { channel: channel?, account: account?, user: user? })
    }
}

/// The bot of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BotRef {
    /// Its name.
    pub name: String,
    /// Its hash.
    pub hash: String,
}

/// Who talks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// The bot talks.
    Active,
    /// A human talks; the bot is silent.
    Human,
    /// Nobody talks.
    Finished,
}

/// A dialog between steps.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Session {
    pub(super) v: u32,
    pub(super) bot: BotRef,
    pub(super) key: Key,
    pub(super) dialog: u32,
    pub(super) rev: u64,
    pub(super) now: Timestamp,
    pub(super) mode: Mode,
    pub(super) mode_rev: u64,
    /// How the dialog finished, in mode finished.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) finished: Option<Finished>,
    pub(super) status: String,
    pub(super) language: String,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) contact: Contact,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) fields: BTreeMap<String, FieldValue>,
    /// Fields mentioned in this dialog: in a new one a first mention counts as new.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) mentioned: BTreeSet<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) flow: Option<ActiveFlow>,
    /// Flows interrupted by another one, the latest last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) suspended: Vec<ActiveFlow>,
    /// Flows that are done and still react.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) reacting: Vec<ReactingFlow>,
    /// Lists of actions that wait, the latest last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) waiting: Vec<WaitingList>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) timers: Vec<Timer>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) leads: Vec<LeadState>,
    /// Requests that no list waits for any more: a late result still counts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) asked: Vec<Asked>,
    /// An unclear message that the host was asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) matching: Option<Matching>,
    /// Reasons of the handoffs since a human was last there; not empty: one is awaited.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) handoffs: Vec<String>,
    /// Buttons of the last reply that had any; a number or a title refers to them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) buttons: Vec<ReplyButton>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) topic: Option<Topic>,
    /// The client's last message that no button, field or courtesy explains.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) last_question: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) last_client: Option<Timestamp>,
    /// The latest time that an event named; an older one marks a message late.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) last_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) last_outreach: Option<Timestamp>,
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) outreach_count: u32,
    /// Data of the last result or fact of a name.
    #[serde(
        skip_serializing_if = "BTreeMap::is_empty",
        serialize_with = "crate::document::data::write_named"
    )]
    pub(super) data: BTreeMap<String, Json>,
    /// Messages in quick succession that wait to be heard as one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) burst: Option<Burst>,
    /// Contacts given for a flow's own purpose, to find an order or to prove an identity: no contacts for rules.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) lent: BTreeSet<String>,
    /// Names that the client had before, where records are masked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) former: Vec<String>,
    /// Safe ways out taken in a row, with no answer between.
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) ways_out: u32,
    /// The client was told that a bot talks.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) disclosed: bool,
    /// Messages of the client's that got no reply because the dialog was over or a human talked.
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) suppressed: u32,
    /// A human talked meanwhile: what was said is not known here.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) gap: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) seen: Vec<Seen>,
    /// Hash of the last record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) last_record: Option<String>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// How a dialog finished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Finished {
    pub(super) reopen: bool,
    /// The final status, or `closed_by_client`.
    pub(super) outcome: String,
    pub(super) at: Timestamp,
}

/// A flow that collects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct ActiveFlow {
    pub(super) name: String,
    /// The open question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) question: Option<Question>,
    /// Optional fields that the client skipped.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) skipped: BTreeSet<String>,
    /// `then` has run to its end.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) then_ran: bool,
}

/// A question that waits for its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Question {
    pub(super) field: String,
    /// Answers that failed.
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) failed: u32,
    /// Slots offered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) slots: Vec<Slot>,
    /// The request whose slots are awaited before the question is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) request: Option<String>,
}

/// A flow that is done and still reacts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct ReactingFlow {
    pub(super) name: String,
    pub(super) dialog: u32,
    /// Until then; none: until the dialog ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) until: Option<Timestamp>,
}

/// A list of actions that stopped at an action and goes on later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct WaitingList {
    pub(super) list: ListRef,
    /// The place of the action to go on with, by name.
    pub(super) next: String,
    pub(super) on: WaitingFor,
    /// The flow that has started since the list waits: until it is over, its questions come first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) under: Option<String>,
}

impl WaitingList {
    /// The field that the list has asked for.
    pub(super) fn asked_field(&self) -> Option<&str> {
        match &self.on {
            WaitingFor::Answer(question) => Some(&question.field),
            WaitingFor::Result { .. } => None,
        }
    }

    /// Whether the list has asked for this field.
    pub(super) fn asks(&self, field: &str) -> bool {
        self.asked_field() == Some(field)
    }
}

/// A request that has had no answer in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Asked {
    pub(super) effect: String,
    pub(super) what: String,
}

/// A message that the host was asked to match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Matching {
    pub(super) effect: String,
    /// Ids of the rows offered; no other answer counts.
    pub(super) rows: Vec<String>,
    /// Those too close to call, for `choose`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) close: Vec<String>,
}

/// What a list waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum WaitingFor {
    Answer(Question),
    Result { effect: String, what: String },
}

/// A timer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Timer {
    pub(super) id: String,
    pub(super) due: Timestamp,
    pub(super) purpose: Purpose,
}

/// What a timer is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Purpose {
    /// An entry of `silence`.
    Silence { entry: usize },
    /// A reaction of a flow to no reply to the reminder of an event.
    NoReply { flow: String, reaction: usize, reminder: String, event: Timestamp },
    /// A reminder of a flow.
    Reminder { list: ListRef, action: usize, event: Timestamp },
    /// `confirm_within` of a lead.
    Confirm { lead_key: String },
    /// A request without an answer.
    Wait { effect: String },
    /// The operator has been silent for long enough.
    Pause,
    /// The burst is over.
    Settle,
    /// A flow whose open question a newer definition no longer has takes its safe way out.
    Removed { flow: String },
}

impl Purpose {
    /// Whether it makes the bot write unasked.
    pub(super) fn is_outreach(&self) -> bool {
        matches!(self, Purpose::Silence { .. } | Purpose::NoReply { .. } | Purpose::Reminder { .. })
    }
}

/// A lead that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct LeadState {
    pub(super) name: String,
    pub(super) key: String,
    pub(super) dialog: u32,
    /// Keys of the effects that results may name.
    pub(super) effects: Vec<String>,
    /// Digests of the fields as last sent.
    pub(super) sent: BTreeMap<String, String>,
    pub(super) to: Vec<String>,
    /// Targets that answered `ok`.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) confirmed: BTreeSet<String>,
    /// Ids that targets gave.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) ids: BTreeMap<String, String>,
    /// The alert about it was given.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) alerted: bool,
}

impl LeadState {
    pub(super) fn missing(&self) -> impl Iterator<Item = &str> {
        self.to.iter().filter(|t| !self.confirmed.contains(*t)).map(String::as_str)
    }
}

/// What the talk is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Topic {
    Flow(String),
    Faq(String),
}

/// An event that was seen: the first 16 hexadecimal digits of the SHA-256 of its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Seen(pub(super) String, pub(super) Timestamp);

impl Session {
    /// The revision: one more with every event that was not a repetition. Save by compare-and-swap on it.
    pub fn rev(&self) -> u64 {
        self.rev
    }

    /// The revision of the mode. In mode `human` a reply of an older one is not to be sent; the closing reply of a dialog is
    /// older than its end, and is.
    pub fn mode_rev(&self) -> u64 {
        self.mode_rev
    }

    /// Who talks.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// The status of the dialog.
    pub fn status(&self) -> &str {
        &self.status
    }

    /// Whose dialog it is.
    pub fn key(&self) -> &Key {
        &self.key
    }

    /// The bot that it belongs to.
    pub fn bot(&self) -> &BotRef {
        &self.bot
    }

    /// The number of the dialog, from 1.
    pub fn dialog(&self) -> u32 {
        self.dialog
    }

    /// The language of the client.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The filled fields.
    pub fn fields(&self) -> &BTreeMap<String, FieldValue> {
        &self.fields
    }

    /// The active flow.
    pub fn flow(&self) -> Option<&str> {
        self.flow.as_ref().map(|f| f.name.as_str())
    }

    /// How the dialog ended, where it has: its final status, or `closed_by_client`.
    pub fn outcome(&self) -> Option<&str> {
        self.finished.as_ref().map(|f| f.outcome.as_str())
    }

    /// Replies that were not given because the dialog was over or a human talked: one for each message of the client's
    /// since the session began. Each has `suppressed` in its record.
    pub fn suppressed(&self) -> u32 {
        self.suppressed
    }

    /// When `due` is to be called next.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.timers.iter().map(|t| t.due).min()
    }

    /// The session as JSON, to store.
    pub fn snapshot(&self) -> String {
        written(self)
    }

    /// Goes on from another record than its own last one: from the one that a log has in its place.
    #[cfg(feature = "audit")]
    pub(crate) fn follow(&mut self, record: &str) {
        self.last_record = Some(record.to_string());
    }

    /// How the dialog finished.
    pub(super) fn finish_mode(&self) -> Option<FinishMode> {
        let finished = self.finished.as_ref().filter(|_| self.mode == Mode::Finished)?;
        Some(if finished.reopen { FinishMode::Reopen } else { FinishMode::Silent })
    }

    /// The open question, which is the one asked last: that of a list that waits, else that of the active flow.
    pub(super) fn question(&self) -> Option<&Question> {
        let list = self.asking_list().and_then(|at| self.waiting.get(at));
        match list.map(|w| &w.on) {
            Some(WaitingFor::Answer(question)) => Some(question),
            _ => self.flow.as_ref()?.question.as_ref(),
        }
    }

    /// The place of the list whose question was asked last; none where the active flow has started since.
    pub(super) fn asking_list(&self) -> Option<usize> {
        self.waiting.iter().rposition(|w| w.asked_field().is_some() && !self.is_covered(w))
    }

    /// Whether a flow that has started since the list waits is still open.
    pub(super) fn is_covered(&self, list: &WaitingList) -> bool {
        let open = |name: &String| self.flow.iter().chain(&self.suspended).any(|flow| flow.name == *name);
        list.under.as_ref().is_some_and(open)
    }
}
