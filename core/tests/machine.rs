//! Every pair of a state of the machine and something that happens to it: what follows stands in `machine.txt`.
//!
//! A new state, kind of event or purpose of a timer has pairs that are not there yet; this test names them. After a
//! change that is meant, `MACHINE=write cargo test -p frontdesk --test machine` writes the table anew: read the difference.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a test may panic

use frontdesk::bot::{Bot, Files};
use frontdesk::dialog::{Event, Happening, Key, Session, State, Turn};
use frontdesk::time::Timestamp;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

const BODY: &str = r#"
bot: 1
timezone: Europe/Moscow
SETTLE
fields:
  size: { type: number, ask: "Какой размер?" }
  time: { type: slot, from: calendar, ask: "Когда?" }
  note: { type: text, ask: "Что передать?" }
  when: { type: date }
leads: { l: { to: [crm], confirm_within: 8s } }
faq:
  ask_host: true
  threshold: strict
  items:
    - { ask: ["Сколько стоит ремонт холодильника?"], say: "От 2000 ₽." }
    - { ask: ["Как вызвать мастера на дом?"], say: "Позвоните нам." }
    - { ask: ["Работаете ли вы в выходные?"], say: "По субботам." }
  unknown: [ { say: "Уточню." } ]
handoff: { to: [team], bot: "pause 30m", resume: ["/bot"], on_resume: continue }
rules:
  - { if: { fact: lead }, do: [ { lead: l }, { tag: lead } ] }
  - { if: { fact: book }, do: [ { set: { when: "5 января 18:00" } }, { start: visit } ] }
  - { if: { fact: flow }, do: [ { start: order } ] }
  - { if: { fact: slots }, do: [ { start: slots } ] }
  - { if: { fact: ask }, do: [ { ask: note }, { say: "Передам." } ] }
  - { if: { fact: order }, do: [ { request: order, wait: 40s }, { say: "Нашли." } ] }
  - { if: { fact: help }, do: [ { handoff: asked } ] }
  - { if: { fact: over }, do: [ { finish: silent } ] }
  - { if: { fact: end }, do: [ { finish: reopen } ] }
  - { if: { fact: payment }, do: [ { say: "Оплата пришла." } ] }
  - { if: { button: Да }, do: [ { say: "Хорошо." } ] }
flows:
  order:
    collect: [size]
    then: [ { status: done } ]
    done: { status: done }
    unsure: { repeat: 3, do: [ { handoff: unclear } ] }
  slots:
    collect: [time]
    then: [ { status: booked } ]
    done: { status: booked }
    unsure: { do: [ { say: "Не вышло." } ] }
  visit:
    then:
      - { remind: soon, before: when, at: [359m], say: "Напоминаем.", buttons: [Да] }
      - { status: booked }
    react:
      - { if: { no_reply: soon, for: 30s }, do: [ { say: "Вы придёте?" } ] }
      - { if: { button: Да }, do: [ { status: confirmed } ] }
    done: { status: booked }
    unsure: { do: [ { handoff: unclear } ] }
silence: [ { after: 45s, since: client, do: [ { say: "Вы тут?" } ] } ]
"#;

/// A message that the table half knows.
const UNCLEAR: &str = "приедет ли мастер с запчастями в пригород";

struct Play {
    bot: Bot,
    session: Session,
    now: Timestamp,
    events: usize,
    /// The latest effect that the host may answer.
    answerable: String,
}

impl Play {
    fn new(settles: bool) -> Self {
        let body = BODY.replace("SETTLE", if settles { "settle: 4s" } else { "" });
        let bot = Bot::from_yaml(&body, &Files::new()).unwrap_or_else(|errors| panic!("{errors:#?}")).bot;
        let now = Timestamp::parse("2026-01-05T09:00:00Z").unwrap();
        let key = Key { channel: "telegram".into(), account: "a".into(), user: "u".into() };
        let session = bot.open(key, now, None);
        Self { bot, session, now, events: 0, answerable: "0.1".into() }
    }

    fn event(&mut self, mut event: Value) -> (Happening, Turn) {
        self.events += 1;
        self.now = self.now.plus(5_000);
        event["id"] = json!(format!("e{}", self.events));
        let event = Event::from_json(&event.to_string()).unwrap();
        let turn = self.bot.step(&mut self.session, &event, self.now).unwrap();
        self.sees(&turn);
        (Happening::of(&event), turn)
    }

    fn due(&mut self, at: Timestamp) -> Turn {
        self.now = at;
        let turn = self.bot.due(&mut self.session, at).unwrap();
        self.sees(&turn);
        turn
    }

    fn sees(&mut self, turn: &Turn) {
        for effect in &turn.effects {
            if ["request", "create_lead"].contains(&kind(effect).as_str()) {
                self.answerable.clone_from(&effect.key);
            }
        }
    }

    fn fact(&mut self, name: &str) {
        self.event(json!({"kind": "fact", "name": name}));
    }

    /// The timer that is due first: when, and what for.
    fn timer(&self) -> Option<(Timestamp, String)> {
        let stored: Value = serde_json::from_str(&self.session.snapshot()).unwrap();
        let timers = stored["timers"].as_array().cloned().unwrap_or_default();
        let read = |timer: &Value| {
            let purpose = match &timer["purpose"] {
                Value::String(word) => word.clone(),
                map => map.as_object().unwrap().keys().next().unwrap().clone(),
            };
            (Timestamp::parse(timer["due"].as_str().unwrap()).unwrap(), purpose)
        };
        timers.iter().map(read).min()
    }

    /// Arms a timer of that purpose, to be due seven seconds from now; what a state arms itself is armed there.
    fn arm(&mut self, happening: Happening) {
        match happening {
            Happening::SilenceDue => drop(self.event(json!({"kind": "message", "text": "привет"}))),
            Happening::ReminderDue => self.fact("book"),
            Happening::NoReplyDue => {
                self.fact("book");
                let (due, _) = self.timer().unwrap();
                self.due(due);
            }
            Happening::ConfirmDue => self.fact("lead"),
            Happening::WaitDue => self.fact("order"),
            Happening::SettleDue => drop(self.event(json!({"kind": "message", "text": "привет"}))),
            _ => return,
        }
        if let Some((due, _)) = self.timer() {
            self.now = self.now.max(due.plus(-7_000));
        }
    }

    /// Leads the dialog into a state, where it can be led there.
    fn reach(&mut self, state: State) {
        match state {
            State::Idle => {}
            State::FlowAsks => self.fact("flow"),
            State::FlowAwaits => self.fact("slots"),
            State::ListAsks => self.fact("ask"),
            State::ListAwaits => self.fact("order"),
            State::Matching | State::Settling => {
                drop(self.event(json!({"kind": "message", "text": UNCLEAR})))
            }
            State::HandedOff => self.fact("help"),
            State::Human => drop(self.event(json!({"kind": "operator", "action": "joined"}))),
            State::FinishedSilent => self.fact("over"),
            State::FinishedReopen => self.fact("end"),
        }
    }

    /// Lets it happen; none where this timer cannot be armed here.
    fn happens(&mut self, happening: Happening) -> Option<Turn> {
        let operator = |action| json!({"kind": "operator", "action": action, "text": "Слушаю."});
        let control = |action| json!({"kind": "control", "action": action});
        let result = |ok| json!({"kind": "result", "effect": self.answerable, "ok": ok});
        let event = match happening {
            Happening::Text => json!({"kind": "message", "text": "абракадабра"}),
            Happening::Press => json!({"kind": "message", "button": "Да"}),
            Happening::Attachment => {
                json!({"kind": "message", "attachments": [{"kind": "photo", "ref": "p"}]})
            }
            Happening::Edit => json!({"kind": "message", "text": "иначе", "edited": "e1"}),
            Happening::Deleted => json!({"kind": "deleted", "of": "e1"}),
            Happening::OperatorJoined => json!({"kind": "operator", "action": "joined"}),
            Happening::OperatorMessage => operator("message"),
            Happening::OperatorLeft => json!({"kind": "operator", "action": "left"}),
            Happening::Stop => control("stop"),
            Happening::Resume => control("resume"),
            Happening::Restart => control("restart"),
            Happening::Succeeded => result(true),
            Happening::Failed => result(false),
            Happening::Fact => json!({"kind": "fact", "name": "payment"}),
            timer => {
                let (due, purpose) = self.timer()?;
                return (purpose == timer.as_str()).then(|| self.due(due.max(self.now)));
            }
        };
        let (kind, turn) = self.event(event);
        assert_eq!(kind, happening);
        Some(turn)
    }
}

fn kind(effect: &frontdesk::dialog::Effect) -> String {
    serde_json::to_value(effect).unwrap()["kind"].as_str().unwrap().to_string()
}

/// What follows where it happens in a state; «never» where it cannot.
fn follows(state: State, happening: Happening) -> String {
    let settles = state == State::Settling || happening == Happening::SettleDue;
    let mut play = Play::new(settles);
    let awaits = matches!(state, State::FlowAwaits | State::ListAwaits | State::Matching);
    // What a state waits for it has armed itself.
    if !(awaits && happening == Happening::WaitDue) {
        play.arm(happening);
    }
    play.reach(state);
    if play.session.state() != state {
        return "never".to_string();
    }
    let Some(turn) = play.happens(happening) else { return "never".to_string() };
    let kinds: Vec<String> = turn.effects.iter().map(kind).collect();
    let speaks = kinds.iter().any(|kind| kind == "reply");
    let silent = matches!(play.session.state(), State::Human | State::FinishedSilent);
    assert!(!(speaks && silent && state == play.session.state()), "speaks in {state:?} on {happening:?}");
    let effects = if kinds.is_empty() { "nothing".to_string() } else { kinds.join(" ") };
    format!("{}: {effects}", play.session.state().as_str())
}

#[test]
fn every_pair_of_state_and_event_is_known() {
    let mut table = String::new();
    for state in State::ALL {
        for happening in Happening::ALL {
            let row = follows(*state, *happening);
            table += &format!("{:<16} {:<17} {row}\n", state.as_str(), happening.as_str());
        }
    }
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/machine.txt");
    if std::env::var_os("MACHINE").is_some() {
        std::fs::write(&place, &table).unwrap();
    }
    let known = std::fs::read_to_string(&place).unwrap();
    let known: BTreeSet<&str> = known.lines().collect();
    let new: Vec<&str> = table.lines().filter(|row| !known.contains(row)).collect();
    assert!(
        new.is_empty(),
        "pairs that `machine.txt` does not know, or knows otherwise:\n{}",
        new.join("\n")
    );
    assert_eq!(known.len(), State::ALL.len() * Happening::ALL.len(), "and rows that no pair has any more");
}

#[test]
fn no_state_is_unreached_and_no_kind_of_event_or_timer_is_never() {
    let table = include_str!("machine.txt");
    let happens = |column: usize, word: &str| {
        table.lines().any(|row| row.split_whitespace().nth(column) == Some(word) && !row.ends_with("never"))
    };
    assert!(State::ALL.iter().all(|state| happens(0, state.as_str())));
    let words = Happening::ALL.iter().map(|happening| happening.as_str());
    let never: Vec<&str> = words.filter(|word| !happens(1, word)).collect();
    // What a migration leaves is due at once; the tests of migration walk it.
    assert_eq!(never, ["removed"]);
}
