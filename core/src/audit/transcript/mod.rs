//! A dialog as people read it: who said what and when, what became of it, and why.

mod write;

pub use write::Format;
pub(super) use write::escaped;

use super::record::{Done, Entry, Happened};
use crate::dialog::Key;
use crate::time::{Timestamp, Zone};
use serde::Serialize;
use serde_json::Value as Json;
use serde_json::value::RawValue;

/// One line of a transcript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// When.
    pub at: Timestamp,
    /// Whose dialog.
    pub session: Key,
    /// Its number.
    pub dialog: u32,
    /// The record it comes from.
    pub n: u64,
    /// Who.
    pub who: Who,
    /// The human of the team's, where it was one and the host said who.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What happened: the kind of event or effect.
    pub kind: String,
    /// What was said, or what happened, in words.
    pub text: String,
    /// The rule, flow, row or reason, of what the bot did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// Who did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the words say it
pub enum Who {
    Client,
    Bot,
    Operator,
    System,
}

/// Collects the lines of a log.
#[derive(Debug, Default)]
pub struct Transcript {
    lines: Vec<Line>,
}

/// Which dialogs are written, and how.
#[derive(Debug, Clone)]
pub struct Style {
    /// The format.
    pub format: Format,
    /// The zone of the times.
    pub zone: Zone,
    /// The language of the words around: `ru`, `uk`, `en`.
    pub language: String,
    /// Whether what the bot did says why.
    pub why: bool,
}

impl Transcript {
    /// Takes a record.
    pub fn take(&mut self, entry: &Entry<'_>) {
        if entry.purged.is_some() || entry.is_aside() {
            return;
        }
        let session = entry.session.to_key();
        let line = |who, name: Option<String>, kind: &str, text: String, why: Option<String>| Line {
            at: entry.now,
            session: session.clone(),
            dialog: entry.dialog,
            n: entry.n,
            who,
            name,
            kind: kind.to_string(),
            text,
            why,
        };
        if let Some(event) = &entry.event {
            let (who, name) = match &*event.kind {
                "message" | "deleted" => (Who::Client, None),
                "operator" => (Who::Operator, event.who.as_ref().map(|who| who.to_string())),
                _ => (Who::System, None),
            };
            self.lines.push(line(who, name, &event.kind, told(event), None));
        }
        for effect in &entry.effects {
            if let Some(text) = done(effect) {
                let who = if &*effect.kind == "reply" { Who::Bot } else { Who::System };
                self.lines.push(line(who, None, &effect.kind, text, entry.cause()));
            }
        }
    }

    /// The lines, each session's in the order of its records.
    pub fn lines(mut self) -> Vec<Line> {
        self.lines.sort_by(|a, b| (&a.session, a.n).cmp(&(&b.session, b.n)));
        self.lines
    }

    /// The transcript as one text.
    pub fn write(self, style: &Style) -> String {
        write::all(&self.lines(), style)
    }
}

/// What an event tells, in words.
fn told(event: &Happened<'_>) -> String {
    let said = event.text.as_deref().unwrap_or_default();
    let mut parts: Vec<String> = Vec::new();
    let mut say = |text: String| parts.push(text);
    match &*event.kind {
        "message" => {
            if !said.is_empty() {
                say(said.to_string());
            }
            if let Some(button) = &event.button {
                say(format!("[{}]", &**button));
            }
            for attachment in list(event.attachments) {
                say(format!("📎 {}", text_of(&attachment, "kind")));
            }
        }
        "deleted" => say(format!("✕ {}", event.of.as_deref().unwrap_or_default())),
        "operator" if !said.is_empty() => say(said.to_string()),
        "result" => {
            let data: Json = event.data.and_then(|d| serde_json::from_str(d.get()).ok()).unwrap_or_default();
            let target = event.target.as_deref().unwrap_or_default();
            say(format!("{} {target}", if event.ok { "✓" } else { "✗" }).trim_end().to_string());
            let id = match data.get("id") {
                Some(Json::String(id)) => format!("#{id}"),
                Some(Json::Number(id)) => format!("#{id}"),
                _ => String::new(),
            };
            [id, event.error.as_deref().unwrap_or_default().to_string()]
                .into_iter()
                .filter(|part| !part.is_empty())
                .for_each(say);
        }
        "fact" => say(event.name.as_deref().unwrap_or_default().to_string()),
        _ => say(event.action.as_deref().unwrap_or_default().to_string()),
    }
    parts.join(" ")
}

/// What an effect did, in words; none of what only the machine minds.
fn done(effect: &Done<'_>) -> Option<String> {
    let text = |text: &Option<super::Text<'_>>| text.as_deref().unwrap_or_default().to_string();
    Some(match &*effect.kind {
        "reply" => {
            let titles = list(effect.buttons)
                .iter()
                .map(|b| format!(" [{}]", text_of(b, "title")))
                .collect::<String>();
            format!("{}{titles}", text(&effect.text))
        }
        "create_lead" | "update_lead" => {
            let to: Vec<String> =
                effect.to.and_then(|to| serde_json::from_str(to.get()).ok()).unwrap_or_default();
            let what = effect.title.as_deref().filter(|t| !t.is_empty()).unwrap_or(effect.lead.as_deref()?);
            format!("{what} → {}: {}", to.join(", "), pairs(effect.fields))
        }
        "request" => format!("{} {}", text(&effect.what), pairs(effect.params)).trim_end().to_string(),
        "handoff" => format!("{}: {}", text(&effect.reason), text(&effect.summary)),
        "notify" | "note" => {
            let to: String = effect.to.and_then(|to| serde_json::from_str(to.get()).ok()).unwrap_or_default();
            format!("{to}: {}", text(&effect.text))
        }
        "set_status" => text(&effect.status),
        "finish" => text(&effect.outcome),
        "alert" => format!("{}: {}", text(&effect.code), text(&effect.text)),
        _ => return None,
    })
}

fn list(raw: Option<&RawValue>) -> Vec<Json> {
    raw.and_then(|raw| serde_json::from_str(raw.get()).ok()).unwrap_or_default()
}

fn text_of<'j>(value: &'j Json, key: &str) -> &'j str {
    value.get(key).and_then(Json::as_str).unwrap_or_default()
}

/// `phone +7…, date 2026-01-06 15:00`
fn pairs(raw: Option<&RawValue>) -> String {
    let map: Json = raw.and_then(|raw| serde_json::from_str(raw.get()).ok()).unwrap_or_default();
    let shown = |value: &Json| match value {
        Json::String(text) => text.clone(),
        Json::Object(parts) => {
            let words: Vec<&str> = ["date", "time", "label", "start", "ref"]
                .iter()
                .filter_map(|key| parts.get(*key).and_then(Json::as_str))
                .collect();
            if words.is_empty() { value.to_string() } else { words.join(" ") }
        }
        other => other.to_string(),
    };
    let pairs = map.as_object().into_iter().flatten().map(|(name, value)| format!("{name} {}", shown(value)));
    pairs.collect::<Vec<_>>().join(", ")
}
