//! A dialog with its log, and the verbs that read logs.

use crate::talk::{Talk, contact, effect_key, key};
use frontdesk::bot::Bot;
use frontdesk::dialog::Turn;
use frontdesk::verbs::tool;
use serde_json::{Value, json};

/// A dialog of which every record is kept.
pub(crate) struct Journal {
    pub(crate) talk: Talk,
    pub(crate) lines: Vec<String>,
}

impl Journal {
    pub(crate) fn new(bot: Bot, user: &str) -> Self {
        Self { talk: Talk::open(bot, key(user), None), lines: Vec::new() }
    }

    pub(crate) fn known(bot: Bot, user: &str, told: &str) -> Self {
        Self { talk: Talk::open(bot, key(user), contact(told)), lines: Vec::new() }
    }

    /// Begins so much later than dialogs of tests do.
    pub(crate) fn later(mut self, hours: i64) -> Self {
        self.talk.now = self.talk.now.plus(hours * 3_600_000);
        self
    }

    /// The log of what is done.
    pub(crate) fn lines_of(mut self, done: impl FnOnce(&mut Self)) -> Vec<String> {
        done(&mut self);
        self.lines
    }

    pub(crate) fn event(&mut self, event: Value) -> Turn {
        let turn = self.talk.event(event);
        self.lines.push(serde_json::to_string(&turn.record).unwrap());
        turn
    }

    pub(crate) fn says(&mut self, text: &str) -> Turn {
        self.event(json!({"kind": "message", "text": text}))
    }

    pub(crate) fn presses(&mut self, button: &str) -> Turn {
        self.event(json!({"kind": "message", "button": button}))
    }

    /// The host answers the effect of a kind that a turn has.
    pub(crate) fn answers(&mut self, turn: &Turn, kind: &str, answer: Value) -> Turn {
        let mut event = json!({"kind": "result", "effect": effect_key(turn, kind), "ok": true});
        for (name, value) in answer.as_object().unwrap() {
            event[name] = value.clone();
        }
        self.event(event)
    }

    pub(crate) fn wait(&mut self, hours: i64) {
        let end = self.talk.now.plus(hours * 3_600_000);
        while let Some(due) = self.talk.session.next_due().filter(|due| *due <= end) {
            self.talk.now = due.max(self.talk.now);
            let turn = self.talk.due();
            self.lines.push(serde_json::to_string(&turn.record).unwrap());
        }
        self.talk.now = end;
    }

    /// A booking at the clinic, up to the calendar's word.
    pub(crate) fn books(&mut self, name: &str, phone: &str) -> Turn {
        let turn = self.says("Хочу записаться на чистку");
        let slots = json!({"data": {"slots": [{"id": "s1", "start": "2026-01-08T15:00:00+03:00"}]}});
        self.answers(&turn, "request", slots);
        self.presses("s1");
        self.says(name);
        self.says(phone);
        let turn = self.says("нет");
        let booked = self.answers(&turn, "request", json!({}));
        self.answers(&booked, "create_lead", json!({"target": "kommo", "data": {"id": "L-77"}}));
        booked
    }
}

/// The answer of a verb, as JSON.
pub(crate) fn verb(name: &str, bot: Option<&Bot>, lines: &[String], options: Value) -> Value {
    let answer = tool(name, bot, &argument(lines, options));
    serde_json::from_str(&answer.unwrap_or_else(|e| panic!("{name}: {e}"))).unwrap()
}

/// The error of a verb: its code and path.
pub(crate) fn refused(name: &str, bot: Option<&Bot>, lines: &[String], options: Value) -> (String, String) {
    let error = tool(name, bot, &argument(lines, options)).unwrap_err();
    (error.code.to_string(), error.path)
}

fn argument(lines: &[String], options: Value) -> String {
    let mut argument = options;
    argument["records"] = Value::String(lines.join("\n"));
    argument.to_string()
}

/// The lines of an answer that holds records.
pub(crate) fn lines_of(answer: &Value) -> Vec<String> {
    answer["lines"].as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_string()).collect()
}

/// The figures of a log.
pub(crate) fn figures(lines: &[String], options: Value) -> Value {
    let partial = verb("metrics", None, lines, json!({"zone": "Europe/Moscow"}));
    let mut argument = options;
    argument["partial"] = partial;
    serde_json::from_str(&tool("figures", None, &argument.to_string()).unwrap()).unwrap()
}
