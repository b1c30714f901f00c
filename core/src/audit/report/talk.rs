//! A dialog as the page shows it, turn by turn, and as a dialog test would play it.

use crate::audit::record::{Done, Entry, Happened};
use crate::audit::transcript::{Line, Transcript, Who};
use crate::dialog::Key;
use crate::limits;
use crate::time::Timestamp;
use serde_json::value::RawValue;
use serde_json::{Value as Json, json};
use std::collections::HashMap;

/// What a step of a dialog test takes by itself.
const STEP_MILLIS: i64 = 5_000;

/// A dialog.
pub(super) struct Talk {
    pub(super) session: Key,
    pub(super) dialog: u32,
    pub(super) began: Timestamp,
    pub(super) status: String,
    /// When its test begins; none where the log does not tell the session from its beginning, or not what was said.
    pub(super) test_at: Option<Timestamp>,
    /// Steps of the session's earlier dialogs.
    pub(super) before: Vec<Json>,
    pub(super) turns: Vec<Turn>,
}

/// What came of one record.
pub(super) struct Turn {
    /// The beginning of the record's hash: what marks are kept under.
    pub(super) id: String,
    pub(super) lines: Vec<Line>,
    /// What the client said, where it said something and the bot answered, or should have.
    pub(super) asked: Option<String>,
    /// The row that answered.
    pub(super) row: Option<String>,
    /// Steps of a test, and what is expected after them.
    pub(super) steps: Vec<Json>,
    pub(super) expected: Vec<Json>,
}

impl Turn {
    /// Whether there is something to judge: the bot said something, or was asked and said nothing.
    pub(super) fn is_judged(&self) -> bool {
        self.asked.is_some() || self.lines.iter().any(|line| line.who == Who::Bot)
    }
}

/// Tells the dialogs of a session, of the records of that session in their order.
pub(super) fn talk(session: &Key, dialog: u32, entries: &[Entry<'_>]) -> Option<Talk> {
    let first = entries.iter().find(|entry| entry.dialog == dialog)?;
    let mut talk = Talk {
        session: session.clone(),
        dialog,
        began: first.now,
        status: String::new(),
        test_at: entries.first().filter(|entry| entry.n == 1).map(|entry| entry.now),
        before: Vec::new(),
        turns: Vec::new(),
    };
    let mut asked: HashMap<String, String> = HashMap::new();
    let mut last: Option<Timestamp> = None;
    for entry in entries.iter().filter(|entry| entry.purged.is_none() && !entry.is_aside()) {
        let Some(steps) = steps(entry, last, &asked) else {
            talk.test_at = None;
            continue;
        };
        last = Some(entry.now);
        for effect in &entry.effects {
            let of = effect.lead.as_ref().or(effect.what.as_ref());
            asked.extend(of.map(|of| (effect.key.to_string(), of.to_string())));
        }
        let expected: Vec<Json> = entry.effects.iter().filter_map(expected).collect();
        if entry.dialog != dialog {
            talk.before.extend(steps);
            talk.before.extend((!expected.is_empty()).then(|| json!({ "expect": expected })));
            continue;
        }
        if talk.turns.len() >= limits::TURNS_SHOWN {
            break;
        }
        talk.status = entry.status.to_string();
        let mut lines = Transcript::default();
        lines.take(entry);
        talk.turns.push(Turn {
            id: entry.hash.chars().take(16).collect(),
            lines: lines.lines(),
            asked: entry.message().and_then(|m| m.text.as_ref()).map(|text| text.to_string()),
            row: entry.matched.faq.as_ref().map(|row| row.to_string()),
            steps,
            expected,
        });
    }
    Some(talk)
}

/// The steps of a test that bring a record about; none where the record does not tell, or tests cannot play it.
fn steps(entry: &Entry<'_>, last: Option<Timestamp>, asked: &HashMap<String, String>) -> Option<Vec<Json>> {
    let passed = last.map_or(0, |last| entry.now.as_millis() - last.as_millis());
    let wait = |ms: i64| (ms >= 1000).then(|| json!({ "wait": format!("{}s", ms / 1000) }));
    let Some(event) = &entry.event else {
        // A timer is due at the millisecond: one second more reaches it.
        return Some(wait(passed + 999).into_iter().collect());
    };
    let step = step(event, asked)?;
    // The first message comes at the time of the test, whose step takes its five seconds first.
    Some(wait(passed - STEP_MILLIS).into_iter().chain([step]).collect())
}

fn step(event: &Happened<'_>, asked: &HashMap<String, String>) -> Option<Json> {
    Some(match &*event.kind {
        "message" if event.edited.is_some() => return None,
        "message" => match (&event.button, &event.text, event.attachments) {
            (Some(button), ..) => json!({ "button": &**button }),
            (None, text, Some(_)) => json!({ "photo": text.as_deref() }),
            (None, Some(text), None) => json!({ "client": &**text }),
            (None, None, None) => return None,
        },
        "operator" => {
            let action = event.action.as_deref()?;
            json!({ "operator": if action == "message" { event.text.as_deref()? } else { action } })
        }
        "control" => json!({ "control": event.action.as_deref()? }),
        "fact" => with(json!({ "fact": event.name.as_deref()? }), "data", read(event.data)),
        "result" => {
            let of = asked.get(event.effect.as_deref()?)?;
            let result = json!({ "of": of, "ok": event.ok });
            let result = with(result, "target", event.target.as_deref().map(Json::from));
            let result = with(result, "data", read(event.data));
            json!({ "result": with(result, "error", event.error.as_deref().map(Json::from)) })
        }
        _ => return None,
    })
}

fn with(mut map: Json, key: &str, value: Option<Json>) -> Json {
    if let (Some(map), Some(value)) = (map.as_object_mut(), value) {
        map.insert(key.to_string(), value);
    }
    map
}

fn read(raw: Option<&RawValue>) -> Option<Json> {
    serde_json::from_str(raw?.get()).ok()
}

/// What a test must expect of an effect; none of those that tests do not list.
fn expected(effect: &Done<'_>) -> Option<Json> {
    let text = |text: &Option<crate::audit::Text<'_>>| text.as_deref().unwrap_or_default().to_string();
    Some(match &*effect.kind {
        "reply" => json!({ "say": text(&effect.text) }),
        "create_lead" => json!({ "lead": text(&effect.lead) }),
        "update_lead" => json!({ "update_lead": text(&effect.lead) }),
        "request" => json!({ "request": text(&effect.what) }),
        "handoff" => json!({ "handoff": text(&effect.reason) }),
        "set_status" => json!({ "status": text(&effect.status) }),
        "finish" => json!({ "finish": text(&effect.mode) }),
        "alert" => json!({ "alert": text(&effect.code) }),
        _ => return None,
    })
}
