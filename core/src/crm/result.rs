//! What the answer of a system means for the dialog: a `result` event.

use super::{option, target};
use crate::definition::TargetKind;
use crate::dialog::{EffectResult, Event, EventKind};
use crate::document::{Cursor, Node, Value};
use crate::limits;
use crate::wire::{Decoded, Limit, derived_id, payload};
use serde_json::{Map, Value as Json};

/// Letters of a reason: alerts and records carry it.
const REASON: Limit = Limit::code_points(500);

/// What was asked of a target, and how its answer came.
pub(super) struct Asked {
    effect: String,
    target: String,
    status: Option<i64>,
    request: Option<String>,
}

impl Asked {
    pub(super) fn read(at: &Cursor<'_>, kind: TargetKind) -> Option<Self> {
        let keys = at.keys()?;
        let effect = keys.need("effect").and_then(|c| c.filled_text());
        let target = target(&keys, kind);
        let status = keys.get("status").and_then(|c| c.int());
        let request = option(&keys, "request");
        keys.end();
        Some(Self { effect: effect?, target, status, request })
    }

    /// The event of an answer. Its id is the same for the same outcome, and another one once a refused request got
    /// through after all.
    pub(super) fn decoded(self, body: &Node, outcome: fn(&Answer<'_>) -> Outcome) -> Decoded {
        let body = body_of(body);
        let answer = Answer { status: self.status, body: body.as_ref(), request: self.request.as_deref() };
        let outcome = match self.status {
            Some(0) => Outcome::failed("no answer", true),
            _ => outcome(&answer),
        };
        let mut data = outcome.data;
        if let Some(id) = outcome.id {
            data.insert("id".into(), id.into());
        }
        if !outcome.ok {
            data.insert("retry".into(), outcome.retry.into());
        }
        let how = if outcome.ok { "ok" } else { outcome.error.as_deref().unwrap_or_default() };
        let id = derived_id(&["result", &self.effect, &self.target, how]);
        let result = EffectResult {
            effect: self.effect,
            target: Some(self.target),
            ok: outcome.ok,
            data: (!data.is_empty()).then_some(Json::Object(data)),
            error: outcome.error,
        };
        let mut decoded = Decoded::default();
        decoded.push(None, Event { id, at: None, kind: EventKind::Result(result) }, None);
        decoded
    }
}

/// The body where it can be read. A text that is no JSON may be the page of a proxy.
fn body_of(given: &Node) -> Option<Node> {
    match &given.value {
        Value::Null => None,
        Value::Text(text) if text.trim().is_empty() => None,
        Value::Text(text) if !text.trim_start().starts_with(['{', '[']) => Some(given.clone()),
        _ => Some(payload(given).map_or_else(|_| given.clone(), |node| node.into_owned())),
    }
}

/// An answer as codecs read it.
pub(super) struct Answer<'a> {
    /// The status of HTTP, where the host tells it.
    pub(super) status: Option<i64>,
    /// The body; a text where it is no JSON.
    pub(super) body: Option<&'a Node>,
    /// The key that was sent with the request.
    pub(super) request: Option<&'a str>,
}

impl Answer<'_> {
    /// Whether HTTP says that all went well.
    pub(super) fn went_well(&self) -> bool {
        self.status.is_none_or(|status| (200..300).contains(&status))
    }

    /// Whether the status may be another one next time: too many requests, or a fault of the server.
    pub(super) fn may_pass(&self) -> bool {
        self.status.is_some_and(|status| matches!(status, 408 | 425 | 429 | 500..=599))
    }

    /// A refusal, with the status that tells of it and the vendor's reason, where there are any.
    pub(super) fn refusal(&self, reason: &str) -> Outcome {
        let status = self.status.filter(|_| !self.went_well()).map(|status| status.to_string());
        let words: Vec<&str> =
            [status.as_deref(), Some(reason)].into_iter().flatten().filter(|part| !part.is_empty()).collect();
        Outcome::failed(&words.join(" "), self.may_pass())
    }

    /// What cannot be read: after a success nobody knows what the system did, so nothing is sent twice.
    pub(super) fn unreadable(&self) -> Outcome {
        self.refusal("the answer cannot be read")
    }
}

/// What became of a request.
pub(super) struct Outcome {
    ok: bool,
    id: Option<String>,
    data: Map<String, Json>,
    error: Option<String>,
    retry: bool,
}

impl Outcome {
    /// It was done, and has an id.
    pub(super) fn done(id: Option<String>) -> Self {
        let id = id.filter(|id| id.len() <= limits::LABEL_BYTES);
        Self { ok: true, id, data: Map::new(), error: None, retry: false }
    }

    /// It was refused.
    pub(super) fn failed(reason: &str, retry: bool) -> Self {
        let error = Some(REASON.clip(reason).into_owned());
        Self { ok: false, id: None, data: Map::new(), error, retry }
    }

    /// The same with another word about it.
    pub(super) fn with(mut self, key: &str, value: Option<Json>) -> Self {
        if let Some(value) = value {
            self.data.insert(key.to_string(), value);
        }
        self
    }

    /// The same, worth another try.
    pub(super) fn worth_a_retry(mut self, retry: bool) -> Self {
        self.retry |= retry;
        self
    }
}

/// The id that a node holds: a text, or a whole number with all its digits.
pub(super) fn id_of(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(text.clone()).filter(|id| !id.is_empty()),
        Value::Int(number) => Some(number.to_string()),
        Value::Refused(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => Some(digits.clone()),
        _ => None,
    }
}

/// The id under a key.
pub(super) fn id_at(node: &Node, key: &str) -> Option<String> {
    node.get(key).and_then(id_of)
}

/// A yes or no under a key, written as JSON.
pub(super) fn flag_at(node: &Node, key: &str) -> Option<bool> {
    match node.get(key)?.value {
        Value::Bool(yes) => Some(yes),
        _ => None,
    }
}

/// The items of a list.
pub(super) fn items(node: &Node) -> &[Node] {
    if let Value::List(items) = &node.value { items } else { &[] }
}
