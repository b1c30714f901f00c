//! A flat answer, for platforms that map the fields of an answer by JSONPath.

use super::layout::replies;
use crate::bot::value::FieldValue;
use crate::wire::{Encoded, Outgoing, OutgoingKind};
use serde_json::{Map, Value as Json, json};

/// The keys of an answer that no field may take.
const KEYS: [&str; 7] = ["reply", "buttons", "lead", "handoff", "finished", "status", "tags"];

/// The keys that every flat answer has, so that a mapping never misses one.
fn blank() -> Map<String, Json> {
    let keys: [(&str, Json); 5] = [
        ("reply", json!("")),
        ("buttons", json!([])),
        ("lead", json!(false)),
        ("handoff", json!(false)),
        ("finished", json!(false)),
    ];
    keys.into_iter().map(|(key, value)| (key.to_string(), value)).collect()
}

/// `{reply, buttons, lead, handoff, finished, status?, tags?, <field>…}`: all replies as one text, the titles of the last
/// buttons, and every field that changed under its own name.
///
/// A field that is called like one of the other keys comes as `field_<name>`.
pub(super) fn answer(effects: &[Outgoing], windowed: bool, out: &mut Encoded) -> Map<String, Json> {
    let mut flat = blank();
    let said = replies(effects).into_iter().filter(|reply| !windowed || reply.in_window(out));
    let said: Vec<_> = said.collect();
    let texts: Vec<&str> = said.iter().map(|reply| reply.said.text.as_str()).collect();
    flat.insert("reply".into(), texts.join("\n\n").into());
    if let Some(last) = said.iter().rfind(|reply| !reply.said.buttons.is_empty()) {
        flat.insert(
            "buttons".into(),
            last.said.buttons.iter().map(|b| Json::from(b.title.as_str())).collect(),
        );
    }
    let mut tags: Vec<Json> = Vec::new();
    for effect in effects {
        match &effect.kind {
            OutgoingKind::CreateLead(lead) => {
                flat.insert("lead".into(), true.into());
                lead.fields.iter().for_each(|(name, value)| put(&mut flat, name, plain(value)));
            }
            OutgoingKind::UpdateLead(lead) => {
                lead.fields.iter().for_each(|(name, value)| put(&mut flat, name, plain(value)));
            }
            OutgoingKind::SetField { field, value } => {
                put(&mut flat, field, value.as_ref().map_or(Json::from(""), plain));
            }
            OutgoingKind::Handoff(_) => _ = flat.insert("handoff".into(), true.into()),
            OutgoingKind::Finish { .. } => _ = flat.insert("finished".into(), true.into()),
            OutgoingKind::SetStatus { status } => _ = flat.insert("status".into(), status.as_str().into()),
            OutgoingKind::Tag { tag } => tags.push(tag.as_str().into()),
            _ => {}
        }
    }
    if !tags.is_empty() {
        flat.insert("tags".into(), tags.into());
    }
    flat
}

fn put(flat: &mut Map<String, Json>, name: &str, value: Json) {
    let key = if KEYS.contains(&name) { format!("field_{name}") } else { name.to_string() };
    flat.insert(key, value);
}

/// The key of the first effect, for a payload that carries several.
pub(super) fn first_key(effects: &[Outgoing]) -> &str {
    effects.first().map(|e| e.key.as_str()).unwrap_or_default()
}

/// A value of a field as platforms keep it: a text, or true and false. Dates as `2026-12-25 15:00`, slots as their
/// start in UTC, amounts as `4500.50 RUB`.
pub(super) fn plain(value: &FieldValue) -> Json {
    match value {
        FieldValue::Text(text) => text.as_str().into(),
        FieldValue::YesNo(yes) => (*yes).into(),
        FieldValue::Money(money) => crate::bot::value::money_in_words(money).into(),
        FieldValue::Date(date) => {
            let time = date.time.map(|time| format!(" {:02}:{:02}", time.hour(), time.minute()));
            format!("{}{}", date.date, time.unwrap_or_default()).into()
        }
        FieldValue::Slot(slot) => slot.start.as_str().into(),
        FieldValue::Photo(photo) => photo.reference.as_str().into(),
    }
}

/// Whether the channel behind a platform closes its window a day after the client's last message.
pub(super) fn is_windowed(channel: Option<&str>) -> bool {
    // Telegram and Viber let a bot write at any time.
    !matches!(channel, Some("telegram" | "viber" | "web"))
}
