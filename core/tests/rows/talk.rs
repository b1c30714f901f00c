//! A whole dialog with a simulated clock. Every turn is taken twice, the second time from a stored session, and
//! both must agree to the byte: no test can pass by luck of what is not stored.

use frontdesk::bot::{Bot, Compiled, Files};
use frontdesk::dialog::{Contact, Effect, EffectKind, Event, Key, Migrated, Outcome, Session, Turn};
use frontdesk::document::Node;
use frontdesk::error::Error;
use frontdesk::time::Timestamp;
use serde_json::{Value, json};

/// What every definition of these tests begins with: Moscow time, Russian numbers.
const HEAD: &str = "bot: 1\nname: Тест\ntimezone: Europe/Moscow\nregion: RU\n";

pub(crate) struct Talk {
    bot: Bot,
    pub(crate) session: Session,
    pub(crate) now: Timestamp,
    events: usize,
}

/// Compiles a definition without its head.
pub(crate) fn compile(body: &str) -> Result<Compiled, Vec<Error>> {
    Bot::from_yaml(&format!("{HEAD}{body}"), &Files::new())
}

/// A bot that must compile.
pub(crate) fn bot(body: &str) -> Bot {
    match compile(body) {
        Ok(compiled) => compiled.bot,
        Err(errors) => panic!("{errors:#?}"),
    }
}

/// Codes of the warnings that a definition gives.
pub(crate) fn warnings(body: &str) -> Vec<String> {
    let compiled = compile(body).unwrap_or_else(|errors| panic!("{errors:#?}"));
    compiled.warnings.iter().map(|w| w.code.to_string()).collect()
}

/// The clinic, with its table.
pub(crate) fn clinic() -> Bot {
    example("clinic")
}

/// The bot of a folder of the examples, with its table.
pub(crate) fn example(name: &str) -> Bot {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
    let read = |file: &str| std::fs::read_to_string(folder.join(file)).expect("a file of an example");
    let files = Files::from([("faq.csv".to_string(), read("faq.csv"))]);
    Bot::from_yaml(&read("bot.yaml"), &files).expect("the example compiles").bot
}

pub(crate) fn at(time: &str) -> Timestamp {
    Timestamp::parse(time).expect("a time")
}

pub(crate) fn key(user: &str) -> Key {
    Key { channel: "telegram".into(), account: "main".into(), user: user.into() }
}

impl Talk {
    /// A dialog that begins on Monday, 2026-01-05, at noon in Moscow.
    pub(crate) fn new(bot: Bot) -> Self {
        Self::open(bot, key("1"), None)
    }

    pub(crate) fn of(body: &str) -> Self {
        Self::new(bot(body))
    }

    pub(crate) fn open(bot: Bot, key: Key, contact: Option<Contact>) -> Self {
        let now = at("2026-01-05T09:00:00Z");
        let session = bot.open(key, now, contact);
        Self { bot, session, now, events: 0 }
    }

    /// Five seconds later, an event written as JSON without its id.
    pub(crate) fn event(&mut self, event: Value) -> Turn {
        self.events += 1;
        let id = format!("e{}", self.events);
        self.event_called(&id, event)
    }

    pub(crate) fn event_called(&mut self, id: &str, mut event: Value) -> Turn {
        event["id"] = json!(id);
        self.now = self.now.plus(5_000);
        let event = Event::from_json(&event.to_string()).unwrap_or_else(|e| panic!("{e}: {event}"));
        self.take(|bot, session, now| bot.step(session, &event, now))
    }

    pub(crate) fn says(&mut self, text: &str) -> Vec<String> {
        let turn = self.event(json!({"kind": "message", "text": text}));
        shown(&turn)
    }

    pub(crate) fn presses(&mut self, button: &str) -> Vec<String> {
        shown(&self.event(json!({"kind": "message", "button": button})))
    }

    pub(crate) fn operator(&mut self, action: &str) -> Vec<String> {
        shown(&self.event(json!({"kind": "operator", "action": action, "who": "Ольга"})))
    }

    pub(crate) fn operator_says(&mut self, text: &str) -> Vec<String> {
        shown(&self.event(json!({"kind": "operator", "action": "message", "text": text})))
    }

    pub(crate) fn control(&mut self, action: &str) -> Vec<String> {
        shown(&self.event(json!({"kind": "control", "action": action})))
    }

    pub(crate) fn fact(&mut self, name: &str) -> Vec<String> {
        shown(&self.event(json!({"kind": "fact", "name": name})))
    }

    /// The host answers an effect.
    pub(crate) fn answers(&mut self, effect: &str, ok: bool, data: Value) -> Vec<String> {
        let mut event = json!({"kind": "result", "effect": effect, "ok": ok});
        if !data.is_null() {
            event["data"] = data;
        }
        shown(&self.event(event))
    }

    /// Time passes; timers fire on the way, each at its own time.
    pub(crate) fn wait(&mut self, hours: f64) -> Vec<String> {
        let end = self.now.plus((hours * 3_600_000.0) as i64);
        let mut lines = Vec::new();
        while let Some(due) = self.session.next_due().filter(|due| *due <= end) {
            self.now = due.max(self.now);
            lines.extend(shown(&self.due()));
        }
        self.now = end;
        lines
    }

    /// One call of `due`, now.
    pub(crate) fn due(&mut self) -> Turn {
        self.take(|bot, session, now| bot.due(session, now))
    }

    fn take(&mut self, step: impl Fn(&Bot, &mut Session, Timestamp) -> Result<Turn, Error>) -> Turn {
        let stored = self.session.snapshot();
        let mut again = Session::restore(&self.bot, &stored).expect("what was stored can be read");
        let turn = step(&self.bot, &mut self.session, self.now).expect("the session is of this bot");
        let same = step(&self.bot, &mut again, self.now).expect("the session is of this bot");
        assert_eq!(json(&turn), json(&same), "the stored session gives the same turn");
        assert_eq!(self.session.snapshot(), again.snapshot(), "and becomes the same session");
        for effect in &turn.effects {
            if let EffectKind::Reply(reply) = &effect.kind {
                assert!(!reply.text().trim().is_empty(), "a reply says something: {effect:?}");
            }
        }
        turn
    }

    pub(crate) fn field(&self, name: &str) -> Value {
        self.session.fields().get(name).map_or(Value::Null, |v| serde_json::to_value(v).expect("json"))
    }

    /// The dialog goes on with another version of the bot; what became of what it remembers, one line each.
    pub(crate) fn migrated(self, bot: Bot) -> (Self, Vec<String>) {
        let mut session = Session::from_json(&self.session.snapshot()).expect("a session");
        let report = bot.migrate(&mut session);
        let line = |m: &Migrated| {
            let json = serde_json::to_value(m).expect("json");
            format!("{} {}", json["code"].as_str().expect("a code"), m.path)
        };
        let lines = report.iter().map(line).collect();
        (Self { bot, session, ..self }, lines)
    }

    /// Makes the session again from what is stored, as another process would.
    pub(crate) fn restored(self) -> Self {
        let session = Session::restore(&self.bot, &self.session.snapshot()).expect("a session");
        Self { session, ..self }
    }
}

pub(crate) fn json(turn: &Turn) -> String {
    serde_json::to_string(turn).expect("json")
}

pub(crate) fn contact(text: &str) -> Option<Contact> {
    Some(Contact::from_node(&Node::from_json(text).expect("json")).expect("a contact"))
}

pub(crate) fn is_duplicate(turn: &Turn) -> bool {
    turn.outcome == Outcome::Duplicate && turn.effects.is_empty()
}

/// The key of the first effect of a kind, such as `create_lead`.
pub(crate) fn effect_key(turn: &Turn, kind: &str) -> String {
    let value = |e: &Effect| serde_json::to_value(e).expect("json");
    let found = turn.effects.iter().find(|e| value(e)["kind"] == kind);
    found.unwrap_or_else(|| panic!("no {kind} in {:#?}", turn.effects)).key.clone()
}

/// What people and the team see of a turn, one line an effect: fields and timers are left out.
pub(crate) fn shown(turn: &Turn) -> Vec<String> {
    turn.effects.iter().filter_map(line).collect()
}

fn line(effect: &Effect) -> Option<String> {
    let fields = |fields: &std::collections::BTreeMap<String, frontdesk::bot::value::FieldValue>| {
        let value = |v: &frontdesk::bot::value::FieldValue| match serde_json::to_value(v).expect("json") {
            Value::String(text) => text,
            other => other.to_string(),
        };
        fields.iter().map(|(name, v)| format!(" {name}={}", value(v))).collect::<String>()
    };
    Some(match &effect.kind {
        EffectKind::Reply(reply) => {
            let titles: Vec<&str> = reply.buttons().iter().map(|b| b.title.as_str()).collect();
            let buttons = if titles.is_empty() { String::new() } else { format!(" [{}]", titles.join("|")) };
            format!("say {}{buttons}", reply.text())
        }
        EffectKind::CreateLead(lead) => format!("lead {}{}", lead.lead, fields(&lead.fields)),
        EffectKind::UpdateLead(lead) => format!("update {}{}", lead.lead, fields(&lead.fields)),
        EffectKind::Request { what, .. } => format!("request {what}"),
        EffectKind::Handoff(handoff) => format!("handoff {} {}", handoff.reason, handoff.priority),
        EffectKind::Notify { to, text } => format!("notify {to}: {text}"),
        EffectKind::Note { to, text } => format!("note {to}: {text}"),
        EffectKind::Suggest { text, .. } => format!("suggest {text}"),
        EffectKind::SetStatus { status } => format!("status {status}"),
        EffectKind::Tag { tag } => format!("tag {tag}"),
        EffectKind::Finish { mode, outcome } => format!("finish {mode} {outcome}"),
        EffectKind::Alert { text, .. } => format!("alert {text}"),
        EffectKind::SetField { .. } | EffectKind::SetTimer { .. } | EffectKind::CancelTimer { .. } => {
            return None;
        }
    })
}

/// Whether any line is a reply.
pub(crate) fn silent(lines: &[String]) -> bool {
    !lines.iter().any(|line| line.starts_with("say "))
}
