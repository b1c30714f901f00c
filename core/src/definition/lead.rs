//! Leads and handoff: what leaves the dialog for people.

use super::basics::{Duration, Text};
use crate::document::{Cursor, Keys, Named, packed};
use crate::error::Code;

/// A lead: what is sent to the CRM, once per dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lead {
    /// Its name.
    pub name: String,
    /// Fields that must be filled before it is created.
    pub need: Vec<String>,
    /// Targets, all in one effect. None: it stays in session and record.
    pub to: Vec<String>,
    /// Title, a template.
    pub title: Option<Text>,
    /// An alert follows where no target has answered by then.
    pub confirm_within: Option<Duration>,
}

packed!(Lead { name, need, to, title, confirm_within });

impl Lead {
    pub(crate) fn read(name: String, at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let need = keys.get("need").map(|c| c.names_of(Named::Field)).unwrap_or_default();
        let to = keys.get("to").map(|c| c.texts()).unwrap_or_default();
        let title = keys.get("title").and_then(|c| Text::read(&c));
        let confirm_within = keys.get("confirm_within").and_then(|c| Duration::read(&c));
        keys.end();
        Some(Self { name, need, to, title, confirm_within })
    }
}

/// How a human is called and when the bot comes back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Handoff {
    /// Who is told.
    pub to: Vec<HandoffTarget>,
    /// Fields of the summary, and `last_question`.
    pub summary: Vec<String>,
    /// After this much silence of the operator the bot returns by itself; none: on a command only.
    pub pause: Option<Duration>,
    /// Commands in an operator's message that bring the bot back.
    pub resume: Vec<String>,
    /// The active flow goes on after a resume.
    pub continue_flow: bool,
}

packed!(Handoff { to, summary, pause, resume, continue_flow });

/// A target of a handoff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoffTarget {
    /// Its name.
    pub name: String,
    /// Stage of the pipeline to move to.
    pub stage: Option<String>,
    /// Task to put.
    pub task: Option<String>,
    /// Text to send, a template.
    pub say: Option<Text>,
}

packed!(HandoffTarget { name, stage, task, say });

impl Handoff {
    pub(crate) fn read(at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let to = keys.get("to").map(|c| targets(&c)).unwrap_or_default();
        let summary = keys.get("summary").map(|c| summary(&c)).unwrap_or_default();
        let pause = pause(&keys);
        let resume = keys.get("resume").map(|c| c.texts()).unwrap_or_default();
        let continue_flow = keys
            .get("on_resume")
            .and_then(|c| c.one_of(&[("drop", false), ("restart", false), ("continue", true)]));
        keys.end();
        Some(Self { to, summary, pause, resume, continue_flow: continue_flow.unwrap_or(false) })
    }
}

/// What a summary may tell beside fields: the client's last question, word for word.
pub const LAST_QUESTION: &str = "last_question";

fn summary(at: &Cursor<'_>) -> Vec<String> {
    let entry = |c: &Cursor<'_>| {
        if c.node.as_str() == Some(LAST_QUESTION) { c.text() } else { c.name_of(Named::Field) }
    };
    at.one_or_list().iter().filter_map(entry).collect()
}

fn pause(keys: &Keys<'_>) -> Option<Duration> {
    let at = keys.get("bot")?;
    let text = at.text()?;
    if text == "stop" {
        return None;
    }
    let length = text.strip_prefix("pause ").and_then(|d| Duration::parse(d.trim()));
    if length.is_none() {
        at.error(Code::UnknownValue, format!("`{text}` is neither `stop` nor `pause 30m`"));
    }
    length
}

fn targets(at: &Cursor<'_>) -> Vec<HandoffTarget> {
    let plain = |name: String| HandoffTarget { name, stage: None, task: None, say: None };
    if !at.is_map() {
        return at.texts().into_iter().map(plain).collect();
    }
    let target = |(name, at): (String, Cursor<'_>)| {
        let keys = at.keys()?;
        let stage = keys.get("stage").and_then(|c| c.filled_text());
        let task = keys.get("task").and_then(|c| c.filled_text());
        let say = keys.get("say").and_then(|c| Text::read(&c));
        keys.end();
        Some(HandoffTarget { name, stage, task, say })
    };
    at.named().into_iter().filter_map(target).collect()
}
