//! Dialog tests: what the author expects of the bot, run by [`crate::dialog::run_tests`].

use super::basics::Duration;
use crate::document::Cursor;
use crate::error::Code;
use crate::time::Timestamp;
use serde_json::Value as Json;

/// A dialog with what must come out of it.
#[derive(Debug, Clone, PartialEq)]
pub struct DialogTest {
    /// Its name.
    pub name: String,
    /// When it starts; 2026-01-05 12:00 in the bot's zone where absent.
    pub at: Option<Timestamp>,
    /// The channel; the first of the definition where absent.
    pub channel: Option<String>,
    /// Its steps.
    pub steps: Vec<TestStep>,
}

/// One step of a dialog test.
#[derive(Debug, Clone, PartialEq)]
pub enum TestStep {
    /// The client writes.
    Client(String),
    /// The client presses a button.
    Button(String),
    /// The client sends a photo, with a text where one is given.
    Photo(Option<String>),
    /// The operator joins, leaves, or writes this.
    Operator(OperatorStep),
    /// The host stops, resumes or restarts the bot.
    Control(String),
    /// The host tells a fact.
    Fact {
        /// Its name.
        name: String,
        /// Its data.
        data: Option<Json>,
    },
    /// The host answers a lead or a request.
    Result(ResultStep),
    /// Time passes.
    Wait(Duration),
    /// What must have come out since the last expectation; empty for `nothing`.
    Expect(Vec<Expected>),
}

/// What the operator does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OperatorStep {
    /// `joined`.
    Joined,
    /// `left`.
    Left,
    /// Anything else is a message.
    Says(String),
}

/// A result in a dialog test.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultStep {
    /// Name of the lead, or kind of the request.
    pub of: String,
    /// Whether it went well.
    pub ok: bool,
    /// The target that answers.
    pub target: Option<String>,
    /// Data of the answer.
    pub data: Option<Json>,
    /// Why it failed.
    pub error: Option<String>,
}

/// An effect that is expected: every key given must be equal.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// Keys and values as written.
    pub keys: Vec<(String, Json)>,
}

impl DialogTest {
    pub(crate) fn read(at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let name = keys.need("name").and_then(|c| c.filled_text());
        let start = keys.get("at").and_then(|c| c.instant());
        let channel = keys.get("channel").and_then(|c| c.filled_text());
        let steps = keys.need("dialog").map(|c| c.list()).unwrap_or_default();
        let steps = steps.iter().filter_map(TestStep::read).collect();
        keys.end();
        Some(Self { name: name?, at: start, channel, steps })
    }
}

impl TestStep {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        const HEADS: &[&str] =
            &["client", "button", "photo", "operator", "control", "fact", "result", "wait", "expect"];
        let keys = at.keys()?;
        let heads = keys.present(HEADS);
        let [head] = heads.as_slice() else {
            let message = format!("one of {} is expected, {} found", HEADS.join(", "), heads.len());
            at.error(Code::OneExpected, message);
            return None;
        };
        let value = keys.get(head)?;
        let step = match *head {
            "client" => value.text().map(TestStep::Client),
            "button" => value.filled_text().map(TestStep::Button),
            "photo" => Some(TestStep::Photo(value.node.as_str().map(str::to_string))),
            "operator" => value.filled_text().map(|text| {
                TestStep::Operator(match text.as_str() {
                    "joined" => OperatorStep::Joined,
                    "left" => OperatorStep::Left,
                    _ => OperatorStep::Says(text),
                })
            }),
            "control" => value
                .one_of(&[("stop", "stop"), ("resume", "resume"), ("restart", "restart")])
                .map(|action| TestStep::Control(action.to_string())),
            "fact" => {
                let data = keys.get("data").map(|c| c.data());
                value.filled_text().map(|name| TestStep::Fact { name, data })
            }
            "result" => ResultStep::read(&value).map(TestStep::Result),
            "wait" => Duration::read(&value).map(TestStep::Wait),
            _ => expected(&value).map(TestStep::Expect),
        };
        keys.end();
        step
    }
}

impl ResultStep {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let of = keys.need("of").and_then(|c| c.filled_text());
        let ok = keys.get("ok").and_then(|c| c.bool()).unwrap_or(true);
        let target = keys.get("target").and_then(|c| c.filled_text());
        let data = keys.get("data").map(|c| c.data());
        let error = keys.get("error").and_then(|c| c.text());
        keys.end();
        Some(Self { of: of?, ok, target, data, error })
    }
}

fn expected(at: &Cursor<'_>) -> Option<Vec<Expected>> {
    if at.node.as_str() == Some("nothing") {
        return Some(Vec::new());
    }
    let effect = |c: &Cursor<'_>| {
        let keys = c.named().into_iter().map(|(key, value)| {
            let literal = if value.is_list() || value.is_map() { Some(value.data()) } else { None };
            literal.or_else(|| value.literal().map(Json::String)).map(|value| (key, value))
        });
        keys.collect::<Option<Vec<_>>>().map(|keys| Expected { keys })
    };
    at.list().iter().map(effect).collect()
}
