//! The runner of a definition's own dialog tests, with a simulated clock and host.

use super::effect::{Effect, EffectKind};
use super::event::{
    Attachment, ControlAction, EffectResult, Event, EventKind, Message, Operator, OperatorAction,
};
use super::session::{Key, Session};
use crate::bot::Bot;
use crate::definition::{DialogTest, Expected, OperatorStep, ResultStep, TestStep};
use crate::time::Timestamp;
use jiff::civil::date;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

/// What a step of a test takes.
const STEP_MILLIS: i64 = 5_000;
/// Calls of `due` during one `wait`, so that timers which arm each other end.
const DUE_CALLS: usize = 10_000;

/// What came of the tests.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// How many passed.
    pub passed: usize,
    /// The first failed expectation of each test that did not.
    pub failed: Vec<Failure>,
}

/// A failed expectation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Failure {
    /// The test.
    pub name: String,
    /// The step of its dialog, from 1.
    pub step: usize,
    /// What was expected, as written.
    pub expected: Json,
    /// What came, written the same way.
    pub got: Json,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{}: step {}", self.name, self.step)?;
        let side = |f: &mut std::fmt::Formatter<'_>, title: &str, effects: &Json| -> std::fmt::Result {
            match effects.as_array().filter(|list| !list.is_empty()) {
                Some(list) => list.iter().try_for_each(|effect| writeln!(f, "  {title} {effect}")),
                None if effects.is_string() => writeln!(f, "  {title} {effects}"),
                None => writeln!(f, "  {title} nothing"),
            }
        };
        side(f, "expected", &self.expected)?;
        side(f, "     got", &self.got)
    }
}

/// Runs the dialog tests of a bot's definition.
pub fn run_tests(bot: &Bot) -> Report {
    let mut report = Report { passed: 0, failed: Vec::new() };
    for test in &bot.definition().tests {
        match run(bot, test) {
            None => report.passed += 1,
            Some(failure) => report.failed.push(failure),
        }
    }
    report
}

fn run(bot: &Bot, test: &DialogTest) -> Option<Failure> {
    let mut stage = Stage::open(bot, test);
    for (at, step) in test.steps.iter().enumerate() {
        let failure =
            |expected: Json, got: Json| Failure { name: test.name.clone(), step: at + 1, expected, got };
        match stage.play(step) {
            Ok(()) => {}
            Err(Mismatch { expected, got }) => return Some(failure(expected, got)),
        }
    }
    None
}

struct Mismatch {
    expected: Json,
    got: Json,
}

/// A dialog under test.
struct Stage<'b> {
    bot: &'b Bot,
    session: Session,
    now: Timestamp,
    events: usize,
    /// Effects since the last expectation.
    fresh: Vec<Effect>,
    /// Effects that results may name: the latest last.
    answerable: Vec<(String, String)>,
}

impl<'b> Stage<'b> {
    fn open(bot: &'b Bot, test: &DialogTest) -> Self {
        let start = || bot.zone().instant(date(2026, 1, 5).at(12, 0, 0, 0));
        let now = test.at.unwrap_or_else(start);
        let channel = test.channel.clone().or_else(|| bot.definition().channels.first().cloned());
        let channel = channel.unwrap_or_else(|| "web".to_string());
        let key = Key { channel, account: "test".to_string(), user: "test".to_string() };
        let session = bot.open(key, now, None);
        Self { bot, session, now, events: 0, fresh: Vec::new(), answerable: Vec::new() }
    }

    fn play(&mut self, step: &TestStep) -> Result<(), Mismatch> {
        let message = |message| EventKind::Message(message);
        let kind = match step {
            TestStep::Expect(expected) => return self.expect(expected),
            TestStep::Wait(length) => {
                self.pass(length.0);
                return Ok(());
            }
            TestStep::Client(text) => message(Message { text: Some(text.clone()), ..Message::default() }),
            TestStep::Button(name) => message(Message { button: Some(name.clone()), ..Message::default() }),
            TestStep::Photo(text) => {
                let photo =
                    Attachment { kind: "photo".into(), reference: Some(format!("photo-{}", self.events)) };
                message(Message { text: text.clone(), attachments: vec![photo], ..Message::default() })
            }
            TestStep::Operator(step) => {
                let (action, text) = match step {
                    OperatorStep::Joined => (OperatorAction::Joined, None),
                    OperatorStep::Left => (OperatorAction::Left, None),
                    OperatorStep::Says(text) => (OperatorAction::Message, Some(text.clone())),
                };
                EventKind::Operator(Operator { action, who: None, text })
            }
            TestStep::Control(word) => EventKind::Control {
                action: match word.as_str() {
                    "stop" => ControlAction::Stop,
                    "resume" => ControlAction::Resume,
                    _ => ControlAction::Restart,
                },
            },
            TestStep::Fact { name, data } => EventKind::Fact { name: name.clone(), data: data.clone() },
            TestStep::Result(step) => EventKind::Result(self.result(step)?),
        };
        self.pass(STEP_MILLIS);
        self.events += 1;
        let event = Event { id: format!("test-{}", self.events), at: None, kind };
        if let Ok(turn) = self.bot.step(&mut self.session, &event, self.now) {
            self.keep(turn.effects);
        }
        Ok(())
    }

    /// The effect that a result answers: the latest of the lead or request it names.
    fn result(&self, step: &ResultStep) -> Result<EffectResult, Mismatch> {
        let found = self.answerable.iter().rev().find(|(name, _)| *name == step.of);
        let Some((_, effect)) = found else {
            let expected = json!(format!("an effect `{}` to answer", step.of));
            return Err(Mismatch { expected, got: shown_all(&self.fresh) });
        };
        Ok(EffectResult {
            effect: effect.clone(),
            target: step.target.clone(),
            ok: step.ok,
            data: step.data.clone(),
            error: step.error.clone(),
        })
    }

    /// Time passes; timers fire on the way, each at its own time.
    fn pass(&mut self, millis: i64) {
        let end = self.now.plus(millis);
        for _ in 0..DUE_CALLS {
            let Some(due) = self.session.next_due().filter(|due| *due <= end) else { break };
            if let Ok(turn) = self.bot.due(&mut self.session, due) {
                self.keep(turn.effects);
            }
        }
        self.now = end;
    }

    fn keep(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match &effect.kind {
                EffectKind::CreateLead(lead) => self.answerable.push((lead.lead.clone(), effect.key.clone())),
                EffectKind::Request { what, .. } => {
                    self.answerable.push((what.to_string(), effect.key.clone()));
                }
                _ => {}
            }
            if shown(&effect).is_some() {
                self.fresh.push(effect);
            }
        }
    }

    fn expect(&mut self, expected: &[Expected]) -> Result<(), Mismatch> {
        let came = std::mem::take(&mut self.fresh);
        let shown: Vec<Map<String, Json>> = came.iter().filter_map(shown).collect();
        let equal = shown.len() == expected.len()
            && expected
                .iter()
                .zip(&shown)
                .all(|(want, got)| want.keys.iter().all(|(k, v)| same(v, got.get(k))));
        if equal {
            return Ok(());
        }
        let written = |e: &Expected| Json::Object(e.keys.iter().cloned().collect());
        let expected = Json::Array(expected.iter().map(written).collect());
        Err(Mismatch { expected, got: shown_all(&came) })
    }
}

fn shown_all(effects: &[Effect]) -> Json {
    Json::Array(effects.iter().filter_map(shown).map(Json::Object).collect())
}

/// An effect under its action key, as tests write it; none for kinds that tests do not list.
fn shown(effect: &Effect) -> Option<Map<String, Json>> {
    let mut json = match serde_json::to_value(&effect.kind) {
        Ok(Json::Object(map)) => map,
        _ => return None,
    };
    json.remove("kind");
    let mut name = |key: &str, from: &str| {
        let value = json.remove(from).unwrap_or_default();
        json.insert(key.to_string(), value);
    };
    match &effect.kind {
        EffectKind::Reply(_) => name("say", "text"),
        EffectKind::CreateLead(_) => {}
        EffectKind::UpdateLead(_) => name("update_lead", "lead"),
        EffectKind::Request { .. } => name("request", "what"),
        EffectKind::Handoff(_) => name("handoff", "reason"),
        EffectKind::SetStatus { .. } => {}
        EffectKind::Finish { .. } => name("finish", "mode"),
        EffectKind::Alert { .. } => name("alert", "code"),
        _ => return None,
    }
    // A lead's fields stand beside its name.
    if let Some(Json::Object(fields)) = json.remove("fields") {
        json.extend(fields);
    }
    Some(json)
}

/// Whether a value came as it was written: equal, or a text that says the same.
fn same(written: &Json, got: Option<&Json>) -> bool {
    let Some(got) = got else { return false };
    match (written, got) {
        (Json::String(text), Json::String(value)) => text == value,
        (Json::String(text), Json::Bool(value)) => text == if *value { "true" } else { "false" },
        (Json::String(text), Json::Number(number)) => number.to_string() == text.as_str(),
        (Json::String(text), Json::Object(value)) => {
            let named = |key: &str| value.get(key).and_then(Json::as_str) == Some(text);
            named("id") || named("title") || named("date") || named("start") || named("label")
        }
        (Json::Array(texts), Json::Array(values)) => {
            texts.len() == values.len() && texts.iter().zip(values).all(|(t, v)| same(t, Some(v)))
        }
        (Json::Object(keys), Json::Object(values)) => keys.iter().all(|(k, v)| same(v, values.get(k))),
        _ => written == got,
    }
}
