//! A system of the host's own: the effect as it is, or some of its values under names that the system knows (R016).

use super::field::plain;
use super::result::{Answer, Outcome, flag_at, id_at};
use super::{option, target};
use crate::bot::value::FieldValue;
use crate::definition::TargetKind;
use crate::document::{Cursor, Value};
use crate::error::Code;
use crate::limits;
use crate::wire::{Encoded, Outgoing, OutgoingKind, Request};
use serde_json::{Map, Value as Json};

/// Encodes for one system; see [`super::encode`].
pub(super) fn encode(effects: &[Outgoing], at: &Cursor<'_>) -> Option<Encoded> {
    let keys = at.keys()?;
    let named = keys.get("target").is_some();
    let target = target(&keys, TargetKind::Webhook);
    let path = option(&keys, "path");
    let method =
        keys.get("method").and_then(|c| c.one_of(&[("POST", "POST"), ("PUT", "PUT"), ("PATCH", "PATCH")]));
    let map: Option<Vec<(String, String)>> = keys.get("field_map").map(|c| {
        let entry = |(from, to): (String, Cursor<'_>)| Some((from, path_of(to.filled_text()?, &to)?));
        c.named().into_iter().filter_map(entry).collect()
    });
    let values = keys.get("values").map(|c| constants(&c)).unwrap_or_default();
    keys.end();
    let mut out = Encoded::default();
    for effect in effects.iter().filter(|effect| is_for(&effect.kind, &target, named)) {
        let whole = serde_json::to_value(effect).unwrap_or_default();
        let mut payload = match &map {
            Some(map) => mapped(&whole, map),
            None => whole,
        };
        for (to, value) in &values {
            put(&mut payload, to, value.clone());
        }
        let key = match &effect.kind {
            OutgoingKind::CreateLead(lead) => Some(lead.lead_key.clone()),
            _ => None,
        };
        let method = method.unwrap_or("POST");
        let (effect, target) = (effect.key.clone(), Some(target.clone()));
        out.send(Request { effect, method, path: path.clone(), target, key }, payload);
    }
    Some(out)
}

/// Whether an effect goes there: one that names the target; where the host names none, also what names nobody.
fn is_for(kind: &OutgoingKind, target: &str, named: bool) -> bool {
    let ours = |to: &[String]| to.iter().any(|name| name == target);
    match kind {
        OutgoingKind::CreateLead(lead) => ours(&lead.to),
        OutgoingKind::UpdateLead(lead) => ours(&lead.to),
        OutgoingKind::Handoff(call) => call.to.iter().any(|to| to.target == target),
        OutgoingKind::Notify { to, .. } | OutgoingKind::Note { to, .. } => to == target,
        _ => !named,
    }
}

fn constants(at: &Cursor<'_>) -> Vec<(String, Json)> {
    let scalar = |(to, value): (String, Cursor<'_>)| {
        if matches!(value.node.value, Value::List(_) | Value::Map(_)) {
            value.error(Code::WrongType, format!("{} found, a value expected", value.node.kind()));
            return None;
        }
        Some((path_of(to, &value)?, value.data()))
    };
    at.named().into_iter().filter_map(scalar).collect()
}

/// A dotted path that a document may have.
fn path_of(path: String, at: &Cursor<'_>) -> Option<String> {
    if path.split('.').count() > limits::DOCUMENT_DEPTH {
        at.error(Code::Limit, format!("a path of more than {} levels", limits::DOCUMENT_DEPTH));
        return None;
    }
    Some(path)
}

/// The values that a map names: where each comes from, and where it goes. What the effect does not have is left out.
fn mapped(effect: &Json, map: &[(String, String)]) -> Json {
    let mut out = Json::Object(Map::new());
    for (from, to) in map {
        let found = from.split('.').try_fold(effect, |node, key| node.get(key));
        if let Some(value) = found {
            put(&mut out, to, flat(value));
        }
    }
    out
}

/// The value of a field as a text; anything else as it is.
fn flat(value: &Json) -> Json {
    match (value, serde_json::from_value::<FieldValue>(value.clone())) {
        (Json::Object(_), Ok(field)) => plain(&field).into(),
        _ => value.clone(),
    }
}

/// Puts a value at a dotted path.
fn put(at: &mut Json, path: &str, value: Json) {
    if !at.is_object() {
        *at = Json::Object(Map::new());
    }
    let Json::Object(keys) = at else { return };
    match path.split_once('.') {
        Some((first, rest)) => put(keys.entry(first).or_insert(Json::Null), rest, value),
        None => _ = keys.insert(path.to_string(), value),
    }
}

/// What the answer means: the status of HTTP, and `{ok?, id?, merged?, error?}` where the system says more.
pub(super) fn outcome(answer: &Answer<'_>) -> Outcome {
    let said = |key| answer.body.and_then(|body| id_at(body, key));
    let flag = |key| answer.body.and_then(|body| flag_at(body, key));
    if !answer.went_well() || flag("ok") == Some(false) {
        return answer.refusal(&said("error").or_else(|| said("message")).unwrap_or_default());
    }
    Outcome::done(said("id")).with("merged", flag("merged").map(Json::Bool))
}
