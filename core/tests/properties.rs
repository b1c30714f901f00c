//! What holds whatever comes: silence, one lead, no panic, the same bytes, nothing lost by storing.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::indexing_slicing
)] // a test may panic

use frontdesk::bot::{Bot, Files};
use frontdesk::definition::Definition;
use frontdesk::dialog::{
    Attachment, ControlAction, Effect, EffectKind, EffectResult, Event, EventKind, Key, Message, Mode,
    Operator, OperatorAction, Outcome, Session, Turn,
};
use frontdesk::document::Node;
use frontdesk::error::Code;
use frontdesk::time::Timestamp;
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;

const CLINIC: &str = include_str!("../examples/clinic/bot.yaml");

fn files() -> Files {
    Files::from([("faq.csv".to_string(), include_str!("../examples/clinic/faq.csv").to_string())])
}

static BOT: LazyLock<Bot> =
    LazyLock::new(|| Bot::from_yaml(CLINIC, &files()).expect("the clinic compiles").bot);

/// The clinic without its table, to compile often.
static SMALL: LazyLock<String> = LazyLock::new(|| CLINIC.replace("  file: faq.csv", "  threshold: normal"));

/// What may happen, before it has an id.
#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant)] // a few hundred of them live at once, and events are most of them
enum Happens {
    Event(EventKind),
    /// A result of the n-th effect so far.
    Answer(usize, bool),
    /// So many milliseconds pass, and what is due fires.
    Time(i64),
}

fn text() -> impl Strategy<Value = String> {
    const SAID: &[&str] = &[
        "Привет, как дела?",
        "Мой номер 8-900-123-45-67",
        "+7 123 456-78-90",
        "моя почта ivan.petrov (собака) mail.ru",
        "запишите меня",
        "запишите на чистку завтра в 15:00",
        "чистка",
        "меня зовут Анна",
        "Анна",
        "спасибо",
        "Спасибо, а где вы находитесь?",
        "Это безобразие, верните деньги",
        "оператор",
        "Обожаю собак!",
        "да",
        "нет",
        "1",
        "2",
        "другое время",
        "отмените запись",
        "Вы ремонтируете холодильники?",
        "Больно ли ставить имплант?",
        "Подтвердить",
        "/bot",
        "👍",
        "",
    ];
    prop_oneof![8 => proptest::sample::select(SAID).prop_map(str::to_string), 1 => wild()]
}

/// Any bytes, and texts that people do not write.
fn wild() -> impl Strategy<Value = String> {
    prop_oneof![
        vec(any::<u8>(), 0..400).prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
        "\\PC{0,200}",
        "[0-9 +().-]{0,120}",
        "[а-яА-ЯёЁіїєґ ,.!?@{}|:0-9-]{0,200}",
        "[\u{200b}-\u{200f}\u{202a}-\u{202e}\u{0300}-\u{036f}אבגa-z👩‍👩‍👧🇺🇦 ]{0,80}",
    ]
}

fn message(message: Message) -> Happens {
    Happens::Event(EventKind::Message(message))
}

fn happens() -> impl Strategy<Value = Happens> {
    const BUTTONS: &[&str] =
        &["Записаться", "Подтвердить", "Перенести", "Не интересно", "Чистка", "s1", "faq:x", ""];
    const FACTS: &[&str] = &["started", "no_show", "payment", "call_ended", "x"];
    let operator = |action, text: Option<String>| {
        Happens::Event(EventKind::Operator(Operator { action, who: None, text }))
    };
    prop_oneof![
        12 => text().prop_map(|t| message(Message { text: Some(t), ..Message::default() })),
        3 => proptest::sample::select(BUTTONS)
            .prop_map(|b| message(Message { button: Some(b.to_string()), ..Message::default() })),
        1 => text().prop_map(|t| message(Message { text: Some(t), edited: Some("0".into()), ..Message::default() })),
        1 => Just(message(Message {
            attachments: vec![Attachment { kind: "photo".into(), reference: Some("p".into()) }],
            ..Message::default()
        })),
        1 => Just(Happens::Event(EventKind::Deleted { of: "0".into() })),
        2 => proptest::sample::select(&[OperatorAction::Joined, OperatorAction::Left][..])
            .prop_map(move |a| operator(a, None)),
        1 => proptest::sample::select(&["Здравствуйте", "/bot"][..])
            .prop_map(move |t| operator(OperatorAction::Message, Some(t.to_string()))),
        2 => proptest::sample::select(&[ControlAction::Stop, ControlAction::Resume, ControlAction::Restart][..])
            .prop_map(|action| Happens::Event(EventKind::Control { action })),
        2 => proptest::sample::select(FACTS)
            .prop_map(|name| Happens::Event(EventKind::Fact { name: name.to_string(), data: None })),
        4 => (any::<usize>(), any::<bool>()).prop_map(|(effect, ok)| Happens::Answer(effect, ok)),
        3 => (0i64..100 * 3_600_000).prop_map(Happens::Time),
    ]
}

fn key() -> Key {
    Key { channel: "telegram".into(), account: "a".into(), user: "u".into() }
}

/// A dialog that anything may happen to.
struct Play {
    session: Session,
    now: Timestamp,
    events: usize,
    effects: Vec<Effect>,
}

impl Play {
    fn new() -> Self {
        let now = Timestamp::parse("2026-01-05T09:00:00Z").expect("a time");
        Self { session: BOT.open(key(), now, None), now, events: 0, effects: Vec::new() }
    }

    /// The event of what happens; none where time passes.
    fn event(&self, happens: &Happens) -> Option<Event> {
        let kind = match happens {
            Happens::Event(kind) => kind.clone(),
            Happens::Time(_) => return None,
            Happens::Answer(at, ok) => {
                let effect = self.effects.get(at % self.effects.len().max(1));
                let slots = r#"{"slots":[{"id":"s1","start":"2026-01-20T10:00:00Z"},{"id":"s2","start":"2026-01-21T10:00:00Z"}]}"#;
                EventKind::Result(EffectResult {
                    effect: effect.map_or("1.1".into(), |e| e.key.clone()),
                    target: None,
                    ok: *ok,
                    data: serde_json::from_str(slots).ok(),
                    error: None,
                })
            }
        };
        Some(Event { id: format!("e{}", self.events), at: None, kind })
    }

    fn turn(&mut self, happens: &Happens) -> Turn {
        self.events += 1;
        let turn = match (self.event(happens), happens) {
            (Some(event), _) => {
                self.now = self.now.plus(1_000);
                BOT.step(&mut self.session, &event, self.now)
            }
            (None, Happens::Time(millis)) => {
                self.now = self.now.plus(*millis);
                BOT.due(&mut self.session, self.now)
            }
            _ => unreachable!("what has no event is time"),
        };
        let turn = turn.expect("the session is of this bot");
        self.effects.extend(turn.effects.iter().cloned());
        turn
    }
}

fn replies(turn: &Turn) -> usize {
    turn.effects.iter().filter(|e| e.kind.is_reply()).count()
}

fn json(turn: &Turn) -> String {
    serde_json::to_string(turn).expect("json")
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn r112_r022_no_reply_while_finished_silently_or_in_a_humans_hands(story in vec(happens(), 1..40)) {
        let mut play = Play::new();
        let mut stopped: Option<&str> = None;
        for happens in &story {
            let resumes = match happens {
                Happens::Event(EventKind::Control { action: ControlAction::Restart }) => true,
                // A month after the goal a message opens the next dialog (C26); only a stop word is for ever.
                Happens::Event(EventKind::Message(_)) => play.session.status() == "done",
                Happens::Event(EventKind::Control { action: ControlAction::Resume }) => stopped == Some("human"),
                Happens::Event(EventKind::Operator(o)) => {
                    stopped == Some("human") && o.text.as_deref() == Some("/bot")
                }
                _ => false,
            };
            let turn = play.turn(happens);
            if let (Some(why), false) = (stopped, resumes) {
                prop_assert_eq!(replies(&turn), 0, "a reply while {}: {:?}", why, happens);
                prop_assert_ne!(turn.mode, Mode::Active);
            }
            let silently = turn.effects.iter().any(|e| matches!(e.kind, EffectKind::Finish { mode: "silent", .. }));
            stopped = match turn.mode {
                Mode::Human => Some("human"),
                Mode::Finished if silently || stopped == Some("finished") => Some("finished"),
                _ => None,
            };
            // Nothing speaks after the end within its own step either.
            let end = turn.effects.iter().position(|e| matches!(e.kind, EffectKind::Finish { .. }));
            let after = turn.effects.iter().skip(end.unwrap_or(turn.effects.len()));
            prop_assert!(!after.into_iter().any(|e| e.kind.is_reply()));
        }
    }

    #[test]
    fn r021_one_lead_per_name_and_dialog_and_no_lead_without_its_needs(story in vec(happens(), 1..60)) {
        let mut play = Play::new();
        let mut seen = BTreeSet::new();
        for happens in &story {
            let turn = play.turn(happens);
            for effect in &turn.effects {
                if let EffectKind::CreateLead(lead) = &effect.kind {
                    prop_assert!(seen.insert(lead.lead_key.clone()), "twice: {:?}", lead);
                    for need in &BOT.definition().lead(&lead.lead).expect("a lead").need {
                        prop_assert!(lead.fields.contains_key(need), "{} is missing", need);
                    }
                }
                if let EffectKind::Reply(reply) = &effect.kind {
                    prop_assert!(!reply.text().trim().is_empty());
                    prop_assert_eq!(reply.mode_rev() <= play.session.mode_rev(), true);
                }
            }
        }
    }

    #[test]
    fn r171_r030_a_restored_session_steps_the_same(story in vec(happens(), 1..30)) {
        let mut play = Play::new();
        for happens in &story {
            let stored = play.session.snapshot();
            let mut again = Session::restore(&BOT, &stored).expect("what was stored can be read");
            prop_assert_eq!(&again.snapshot(), &stored);
            let event = { play.events += 1; let e = play.event(happens); play.events -= 1; e };
            let turn = play.turn(happens);
            let same = match event {
                Some(event) => BOT.step(&mut again, &event, play.now),
                None => BOT.due(&mut again, play.now),
            };
            prop_assert_eq!(json(&turn), json(&same.expect("the same bot")));
            prop_assert_eq!(again.snapshot(), play.session.snapshot());
        }
    }

    #[test]
    fn r170_a_repetition_changes_nothing(story in vec(happens(), 1..30), back in 1usize..30) {
        let mut play = Play::new();
        let mut past: Vec<(Event, i64)> = Vec::new();
        for happens in &story {
            let event = { play.events += 1; let e = play.event(happens); play.events -= 1; e };
            play.turn(happens);
            if let Some(event) = event {
                past.push((event, play.now.as_millis()));
            }
        }
        let Some((event, when)) = past.iter().rev().nth(back % past.len().max(1)) else { return Ok(()) };
        prop_assume!(play.now.as_millis() - when < 26 * 3_600_000);
        let before = play.session.snapshot();
        let again = BOT.step(&mut play.session, event, play.now.plus(1_000)).expect("the same bot");
        prop_assert_eq!(again.outcome, Outcome::Duplicate);
        prop_assert!(again.effects.is_empty());
        prop_assert_eq!(play.session.snapshot(), before);
    }

    #[test]
    fn r172_any_text_is_survived(texts in vec(wild(), 1..8), times in 1usize..40) {
        let mut play = Play::new();
        for text in texts {
            let text: String = text.repeat(times).chars().take(4_000).collect();
            play.turn(&message(Message { text: Some(text), ..Message::default() }));
        }
        prop_assert!(Session::restore(&BOT, &play.session.snapshot()).is_ok());
    }

    #[test]
    fn r172_any_event_text_is_read_or_refused(bytes in vec(any::<u8>(), 0..200), cut in any::<usize>(), byte in any::<u8>()) {
        let _ = Event::from_json(&String::from_utf8_lossy(&bytes));
        let whole = r#"{"id":"1","at":"2026-01-05T10:00:00Z","kind":"message","text":"да","contact":{"utm":{"source":"a"}},"attachments":[{"kind":"photo","ref":"p"}],"vector":[1,-2]}"#;
        let mut damaged = whole.as_bytes().to_vec();
        let at = cut % damaged.len();
        damaged[at] = byte;
        let _ = Event::from_json(&String::from_utf8_lossy(&damaged));
        prop_assert!(Event::from_json(&String::from_utf8_lossy(&whole.as_bytes()[..at])).is_err());
    }

    #[test]
    fn r142_any_damage_to_a_log_is_told_and_survived(story in vec(happens(), 2..12), spot in any::<usize>(), byte in any::<u8>()) {
        let mut play = Play::new();
        let line = |turn: Turn| serde_json::to_string(&turn.record).expect("json");
        let log = story.iter().map(|happens| line(play.turn(happens))).collect::<Vec<_>>().join("\n");
        let ask = |name: &str, log: &str| {
            let argument = serde_json::json!({ "records": log }).to_string();
            frontdesk::verbs::tool(name, Some(&BOT), &argument)
        };
        let whole = ask("verify", &log).expect("a verdict");
        prop_assert!(whole.starts_with("{\"ok\":true"), "{}", whole);
        prop_assert!(ask("replay", &log).expect("the bot's own log").contains("\"same\":true"));
        let mut bytes = log.clone().into_bytes();
        let at = spot % bytes.len();
        prop_assume!(bytes[at] != byte);
        bytes[at] = byte;
        let damaged = String::from_utf8_lossy(&bytes).into_owned();
        // White space and the case of escapes are no damage; anything else shows, and nothing panics.
        let verdict = ask("verify", &damaged).expect("a verdict");
        let blank = damaged.split_whitespace().eq(log.split_whitespace());
        prop_assert!(blank || verdict.starts_with("{\"ok\":false"), "{} at {}", verdict, at);
        for name in ["replay", "what_if", "metrics", "sample", "transcript"] {
            let _ = ask(name, &damaged);
        }
    }

    #[test]
    fn r172_any_damage_to_a_definition_is_told(spots in vec((any::<usize>(), any::<u8>()), 1..4), cut in any::<usize>()) {
        let mut damaged = SMALL.as_bytes().to_vec();
        for (at, byte) in spots {
            let at = at % damaged.len();
            damaged[at] = byte;
        }
        let damaged = String::from_utf8_lossy(&damaged).into_owned();
        if let Err(errors) = Definition::from_yaml(&damaged) {
            prop_assert!(!errors.is_empty());
            prop_assert!(errors.iter().all(|e| e.line.is_some() && !e.message.is_empty()), "{:?}", errors);
        }
        let part: String = SMALL.chars().take(cut % SMALL.len()).collect();
        if let Err(errors) = Definition::from_yaml(&part) {
            prop_assert!(!errors.is_empty());
        }
    }

    #[test]
    fn timers_fire_the_same_however_often_due_is_called(said in vec(text(), 1..6), steps in vec(1i64..4 * 3_600_000, 0..30)) {
        // Up to 47 hours: no two steps of one ladder, of which a jump would drop the earlier.
        let mut play = Play::new();
        for text in said {
            play.turn(&message(Message { text: Some(text), ..Message::default() }));
        }
        let end = play.now.plus(47 * 3_600_000);
        let shown = |turn: &Turn| -> Vec<String> {
            let visible = |e: &&Effect| matches!(e.kind, EffectKind::Reply(_) | EffectKind::Alert { .. } | EffectKind::Finish { .. } | EffectKind::SetStatus { .. });
            turn.effects.iter().filter(visible).map(|e| serde_json::to_value(&e.kind).expect("json").to_string()).collect()
        };
        let mut jump = play.session.clone();
        let at_once = shown(&BOT.due(&mut jump, end).expect("a turn"));
        let mut slow = play.session.clone();
        let mut on_the_way = Vec::new();
        let mut now = play.now;
        for step in steps {
            now = now.plus(step);
            if now < end {
                on_the_way.extend(shown(&BOT.due(&mut slow, now).expect("a turn")));
            }
        }
        on_the_way.extend(shown(&BOT.due(&mut slow, end).expect("a turn")));
        prop_assert_eq!(on_the_way, at_once);
    }
}

#[test]
fn a_definition_in_json_says_the_same_and_survives_damage() {
    let json = Node::from_yaml(&SMALL).expect("yaml").to_json().to_string();
    let files = Files::new();
    let one = Bot::from_json(&json, &files).expect("compiles").bot;
    let other = Bot::from_yaml(&SMALL, &files).expect("compiles").bot;
    assert_eq!(one.hash(), other.hash(), "the same meaning, the same hash");
    for cut in (0..json.len()).step_by(37) {
        let part = String::from_utf8_lossy(&json.as_bytes()[..cut]).into_owned();
        let errors = Definition::from_json(&part).expect_err("a part is no definition");
        assert_eq!((errors.len(), errors[0].code), (1, Code::SyntaxInvalid), "cut at {cut}");
    }
}

#[test]
fn bad_a_snapshot_of_a_rich_dialog_cut_at_every_byte() {
    let mut play = Play::new();
    for text in ["запишите меня", "чистка", "моя почта a@b.ru", "оператор", "привет"]
    {
        play.turn(&message(Message { text: Some(text.into()), ..Message::default() }));
    }
    let whole = play.session.snapshot();
    for cut in 0..whole.len() {
        let part = String::from_utf8_lossy(&whole.as_bytes()[..cut]).into_owned();
        let error = Session::restore(&BOT, &part).expect_err("a part is no session");
        assert!(matches!(error.code, Code::SnapshotInvalid | Code::SyntaxInvalid), "cut at {cut}: {error}");
    }
    assert!(Session::restore(&BOT, &whole).is_ok());
}
