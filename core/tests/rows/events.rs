//! Events: repeated, late, early, unknown; buttons and what stands for them.

use crate::talk::{Talk, at, clinic, effect_key, is_duplicate, json, key, shown};
use frontdesk::dialog::{Event, Mode, Outcome, Session};
use serde_json::json;

#[test]
fn r030_the_same_event_gives_the_same_bytes() {
    let play = || {
        let mut talk = Talk::new(clinic());
        let mut bytes = String::new();
        for text in ["Привет", "хочу записаться", "чистка", "Анна", "8 900 123-45-67", "а парковка есть?"]
        {
            bytes += &json(&talk.event(json!({"kind": "message", "text": text})));
            bytes += &talk.session.snapshot();
        }
        bytes
    };
    assert_eq!(play(), play(), "two bots compiled apart");
}

#[test]
fn r170_a_repeated_event_changes_nothing() {
    let mut talk = Talk::new(clinic());
    let phone = json!({"kind": "message", "text": "Мой номер 8-900-123-45-67"});
    talk.event_called("wamid.1", phone.clone());
    let before = talk.session.snapshot();
    let again = talk.event_called("wamid.1", phone.clone());
    assert!(is_duplicate(&again));
    assert_eq!(talk.session.snapshot(), before);
    // The id decides, not the content, and a control repeated is no second restart.
    assert!(is_duplicate(&talk.event_called("wamid.1", json!({"kind": "control", "action": "restart"}))));
    talk.event_called("c1", json!({"kind": "control", "action": "restart"}));
    assert!(is_duplicate(&talk.event_called("c1", json!({"kind": "control", "action": "restart"}))));
    assert_eq!(talk.session.dialog(), 2);
}

#[test]
fn r170_the_window_is_64_events_and_26_hours() {
    let mut talk = Talk::new(clinic());
    let hello = || json!({"kind": "message", "text": "привет"});
    talk.event_called("first", hello());
    for n in 0..63 {
        talk.event_called(&format!("n{n}"), hello());
    }
    assert!(is_duplicate(&talk.event_called("first", hello())), "63 others since");
    talk.event_called("n63", hello());
    assert!(!is_duplicate(&talk.event_called("first", hello())), "64 others since");
    talk.event_called("old", hello());
    talk.now = talk.now.plus(26 * 3_600_000 - 10_000);
    assert!(is_duplicate(&talk.event_called("old", hello())), "five seconds less than 26 hours");
    assert!(!is_duplicate(&talk.event_called("old", hello())), "26 hours");
}

#[test]
fn r171_everything_survives_storing() {
    // Every turn of every test here is taken twice, once from a stored session; this one says what is kept.
    let mut talk = Talk::new(clinic());
    talk.says("хочу записаться на чистку");
    talk.says("позовите оператора");
    talk.says("моя почта a@b.ru");
    let talk = talk.restored();
    assert_eq!(talk.session.status(), "needs_manager");
    assert_eq!(talk.field("service"), "Чистка");
    assert_eq!(talk.field("email"), "a@b.ru");
}

#[test]
fn r172_hostile_input_is_bounded() {
    let mut talk = Talk::new(clinic());
    for text in [
        "а".repeat(8_000),
        "!".repeat(16_000),
        "8".repeat(16_000),
        "🙂".repeat(4_000),
        "\u{200b}".repeat(5_000),
        "\u{202e}привет ".repeat(800),
        "a@".repeat(8_000),
        "завтра ".repeat(1_200),
        "((((((((".repeat(2_000),
    ] {
        let turn = talk.event(json!({"kind": "message", "text": text}));
        assert!(turn.effects.len() < 64);
    }
    assert!(talk.session.snapshot().len() < 16 * 1024);
    let long = "я".repeat(16 * 1024);
    let refused = Event::from_json(&json!({"id": "1", "kind": "message", "text": long}).to_string());
    assert_eq!(refused.unwrap_err().code.as_str(), "limit");
}

#[test]
fn r172_a_session_never_outgrows_what_can_be_restored() {
    let body = r#"
fields:
  a: { type: text, ask: "A?" }
  b: { type: text, ask: "B?" }
  c: { type: text, ask: "C?" }
  when: { type: slot, ask: "Когда?" }
leads: { l: { to: [crm] } }
rules:
  - { if: { words: [начать] }, do: [ { ask: a }, { ask: b }, { ask: c }, { lead: l }, { finish: reopen } ] }
flows:
  visit: { start: { words: [визит] }, collect: [when], then: [ { status: booked } ], done: { status: booked }, unsure: { do: [ { handoff: x } ] } }
"#;
    let mut talk = Talk::of(body);
    // A host that sends as much as it may: facts, contacts, slots with endless labels; a client who never ends.
    for n in 0..40 {
        talk.event(json!({"kind": "fact", "name": format!("f{}", n % 20), "data": {"x": "ю".repeat(1_000)}}));
        let text = "щ".repeat(500);
        talk.event(json!({"kind": "message", "text": "начать", "contact": {
            "name": text, "phone": text, "chat_url": text, "entry": text, "language": text,
            "utm": {"source": text, "medium": text, "campaign": text, "term": text, "content": text}}}));
        for letter in ["й", "ц", "у"] {
            talk.event(json!({"kind": "message", "text": format!("{n} {}", letter.repeat(1_000))}));
        }
        let turn = talk.event(json!({"kind": "message", "text": "визит"}));
        let slots: Vec<_> = (0..50)
            .map(|s| json!({"id": format!("s{s}"), "start": "2026-02-01T10:00:00Z", "label": "д".repeat(if s % 2 == 0 { 128 } else { 3_000 })}))
            .collect();
        if turn.effects.iter().any(|e| serde_json::to_value(e).unwrap()["kind"] == "request") {
            talk.answers(&effect_key(&turn, "request"), true, json!({"slots": slots}));
        }
        talk.control("restart");
    }
    assert!(talk.session.snapshot().len() <= 64 * 1024);
}

#[test]
fn r031_r007_two_accounts_are_two_dialogs() {
    let bot = clinic();
    let other = frontdesk::dialog::Key { account: "second".into(), ..key("1") };
    let one = bot.open(key("1"), at("2026-01-05T09:00:00Z"), None);
    let two = bot.open(other, at("2026-01-05T09:00:00Z"), None);
    assert_ne!(one.snapshot(), two.snapshot());
}

#[test]
fn r031_a_photo_without_text_meets_rules_then_unknown() {
    let body = r#"
rules: [ { if: { attachment: photo }, do: [ { say: "Фото получили." } ] } ]
faq: { unknown: [ { say: "Не понял." } ] }
"#;
    let photo = json!({"kind": "message", "attachments": [{"kind": "photo", "ref": "p1"}]});
    assert_eq!(shown(&Talk::of(body).event(photo.clone())), ["say Фото получили."]);
    let voice = json!({"kind": "message", "attachments": [{"kind": "voice"}]});
    assert_eq!(shown(&Talk::of(body).event(voice)), ["say Не понял."]);
    let nothing = json!({"kind": "message", "text": "   "});
    assert!(Talk::of(body).event(nothing).effects.is_empty());
}

#[test]
fn an_earlier_now_is_raised_and_a_late_message_is_handled_as_of_now() {
    let mut talk = Talk::new(clinic());
    talk.says("привет");
    let last = talk.now;
    talk.now = at("2025-01-01T00:00:00Z");
    let turn = talk.event(json!({"kind": "message", "text": "привет", "at": "2024-12-31T23:59:59Z"}));
    assert_eq!(turn.record.now, last);
    assert_eq!(turn.record.at, Some(at("2024-12-31T23:59:59Z")));
    assert_eq!(turn.outcome, Outcome::Applied);
}

#[test]
fn results_unknown_late_and_duplicate() {
    let mut talk = Talk::new(clinic());
    let turn = talk.event(json!({"kind": "message", "text": "89001234567"}));
    let effect = effect_key(&turn, "create_lead");
    let unknown = talk.event(json!({"kind": "result", "effect": "99.1", "ok": true}));
    assert_eq!((unknown.outcome, unknown.reason), (Outcome::Ignored, Some("effect_unknown")));
    let nonsense = talk.event(json!({"kind": "result", "effect": "nonsense", "ok": false}));
    assert_eq!(nonsense.reason, Some("effect_unknown"));
    assert!(nonsense.effects.is_empty());
    for _ in 0..2 {
        assert!(talk.answers(&effect, true, json!(null)).is_empty());
    }
    // An effect nobody waits for that failed is told.
    let reply = effect_key(&turn, "reply");
    assert!(talk.answers(&reply, false, json!(null))[0].starts_with("alert effect"));
}

const BUTTONS: &str = r#"
words: { hello: [алло] }
rules:
  - { if: { words: hello }, do: [ { say: "Выберите:", buttons: [ { id: yes_id, title: Записаться }, Позвонить ] } ] }
  - { if: { words: [один] }, do: [ { say: "Готовы?", buttons: [Начать] } ] }
  - { if: { button: yes_id }, do: [ { say: "Записываю." } ] }
  - { if: { button: Позвонить }, do: [ { say: "Звоню." } ] }
  - { if: { button: Начать }, do: [ { say: "Начали." } ] }
faq: { unknown: [ { say: "Не понял." } ] }
"#;

#[test]
fn buttons_by_id_title_typed_title_number_and_yes() {
    let mut talk = Talk::of(BUTTONS);
    assert_eq!(talk.says("1"), ["say Не понял."], "no button yet");
    assert_eq!(talk.says("алло"), ["say Выберите: [Записаться|Позвонить]"]);
    for press in ["yes_id", "Записаться"] {
        assert_eq!(talk.presses(press), ["say Записываю."], "{press}");
    }
    for typed in ["записаться", "ЗАПИСАТЬСЯ!", "1", "1."] {
        assert_eq!(talk.says(typed), ["say Записываю."], "{typed}");
    }
    assert_eq!(talk.says("2"), ["say Звоню."]);
    assert_eq!(talk.says("3"), ["say Не понял."], "no third button");
    assert_eq!(talk.says("да"), ["say Не понял."], "two buttons: a yes chooses none");
    assert!(talk.presses("Неизвестная").is_empty(), "a press nobody handles is no miss");
    talk.says("один");
    assert_eq!(talk.says("да"), ["say Начали."], "one button: a yes is a press");
}

#[test]
fn courtesy_and_emoji_are_never_a_miss() {
    let mut talk = Talk::of(BUTTONS);
    for text in ["ок", "спасибо!", "👍", "🙏🙏", "...", "?!"] {
        assert!(talk.says(text).is_empty(), "{text}");
    }
    assert_eq!(talk.says("что это такое"), ["say Не понял."]);
}

#[test]
fn rules_with_go_on_all_run_and_the_first_without_ends_the_step() {
    let body = r#"
rules:
  - { name: раз, if: { words: [цена] }, do: [ { tag: price } ], go_on: true }
  - { name: два, if: { words: [срочно] }, do: [ { tag: urgent } ], go_on: true }
  - { name: три, if: { words: [цена] }, do: [ { say: "От 100 ₽." } ] }
  - { name: четыре, if: { words: [срочно] }, do: [ { say: "Никогда." } ] }
"#;
    let mut talk = Talk::of(body);
    let turn = talk.event(json!({"kind": "message", "text": "срочно нужна цена"}));
    assert_eq!(shown(&turn), ["tag price", "tag urgent", "say От 100 ₽."]);
    assert_eq!(turn.record.matched.passed, ["раз", "два"]);
    assert_eq!(turn.record.matched.rule.as_deref(), Some("три"));
}

#[test]
fn r032_facts_meet_rules_that_name_them() {
    let body = r#"
rules:
  - { if: { fact: payment, key: amount, at_least: 1000 }, do: [ { say: "Оплата {payment.amount} получена." } ] }
  - { if: { fact: started }, do: [ { say: "Добро пожаловать!" } ] }
"#;
    let mut talk = Talk::of(body);
    assert_eq!(talk.fact("started"), ["say Добро пожаловать!"]);
    let pay = |amount: i64| json!({"kind": "fact", "name": "payment", "data": {"amount": amount}});
    assert!(talk.event(pay(999)).effects.is_empty());
    assert_eq!(shown(&talk.event(pay(1000))), ["say Оплата 1000 получена."]);
    assert_eq!(talk.event(json!({"kind": "fact", "name": "weather"})).reason, Some("nothing_names_it"));
}

#[test]
fn r167_the_core_has_no_clock_no_chance_and_no_files() {
    fn walk(dir: &std::path::Path, visit: &mut dyn FnMut(&std::path::Path)) {
        for entry in std::fs::read_dir(dir).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, visit);
            } else if path.extension().is_some_and(|e| e == "rs") {
                visit(&path);
            }
        }
    }
    let forbidden = [
        "std::fs",
        "std::net",
        "std::env",
        "std::process",
        "std::thread",
        "SystemTime",
        "Instant::now",
        "Timestamp::now",
        "Zoned::now",
        "RandomState",
        "thread_rng",
        "unsafe {",
    ];
    let mut files = 0;
    walk(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut |path| {
        if path.file_name().is_some_and(|name| name == "tests.rs") {
            return;
        }
        files += 1;
        let text = std::fs::read_to_string(path).expect("a source");
        // Tests measure time and read sets; what ships must not.
        let ships = text.split("#[cfg(test)]").next().unwrap_or_default();
        for word in forbidden {
            assert!(!ships.contains(word), "{} uses {word}", path.display());
        }
    });
    assert!(files > 50);
}

#[test]
fn a_session_of_another_bot_is_refused_and_unchanged() {
    let mut talk = Talk::new(clinic());
    talk.says("привет");
    let other = crate::talk::bot("faq: { items: [ { ask: [а], say: б } ] }");
    let before = talk.session.snapshot();
    let event = Event::text("x", "привет");
    let refused = other.step(&mut talk.session, &event, talk.now).unwrap_err();
    assert_eq!((refused.code.as_str(), refused.path.as_str()), ("bot_mismatch", "bot.hash"));
    assert_eq!(other.due(&mut talk.session, talk.now).unwrap_err().code.as_str(), "bot_mismatch");
    assert_eq!(Session::restore(&other, &before).unwrap_err().code.as_str(), "bot_mismatch");
    assert_eq!(talk.session.snapshot(), before);
    assert_eq!(talk.says("привет"), ["say Здравствуйте! Чем помочь?"]);
}

#[test]
fn words_that_acknowledge_are_never_a_miss() {
    let body = r#"
fields: { phone: { type: phone, ask: "Номер?" }, fits: { type: yes_no, ask: "Подходит?" }, name: { type: name, ask: "Имя?" } }
words: { thanks: [спасибо, дякую, thanks] }
rules: [ { if: { words: thanks, match: whole }, do: [ { say: "Пока." }, { finish: reopen } ] } ]
faq:
  items: [ { ask: ["Когда перезвоните?"], say: "За час." } ]
  unknown: [ { say: "Не понял." }, { handoff: faq_miss } ]
flows:
  f: { start: { words: [начать] }, collect: [phone], then: [ { status: booked } ], done: { status: booked }, unsure: { do: [ { handoff: x } ] } }
  g: { start: { words: [мерить] }, collect: [fits], then: [ { say: "{fits}" }, { status: booked } ], done: { status: booked }, unsure: { do: [ { handoff: x } ] } }
  h: { start: { words: [знакомиться] }, collect: [name], then: [ { status: booked } ], done: { status: booked }, unsure: { do: [ { handoff: x } ] } }
"#;
    let polite = [
        "Хорошо, посоветуюсь с мужем и отпишусь",
        "ладно, мы ещё подумаем",
        "понятно, жду вашего звонка 🙏",
        "Нет, большое спасибо, разобралась",
        "мне пока ничего не надо, спасибо за подробный ответ",
        "принято, буду ждать",
        "Дякую, я поміркую і передзвоню",
        "ні, не треба, дякую",
        "чекатиму дзвінка, гарного вечора",
        "Thanks, I'll let you know",
        "no thank you, that's all",
        "ok, I will think it over and get back to you",
        "great, waiting for your call",
    ];
    for text in polite {
        let mut talk = Talk::of(body);
        assert!(talk.says(text).is_empty(), "{text}");
        assert_eq!(talk.session.mode(), Mode::Active, "{text}: no farewell");
    }
    let wanted = [
        "жду ответа уже три дня!",
        "долго ещё ждать",
        "подумаю, а рассрочка есть",
        "не надо так со мной",
        "ЖДУ ОТВЕТА!!!",
        "call back please",
        "не получила посылку",
        "подумаю?",
    ];
    for text in wanted {
        assert_eq!(Talk::of(body).says(text)[0], "say Не понял.", "{text}");
    }
    let mut talk = Talk::of(body);
    talk.says("начать");
    assert!(talk.says("хорошо, подумаю").is_empty(), "no failed answer");
    assert_eq!(talk.says("не надо"), ["say Номер?"], "a no is an answer, and no phone");
    let mut talk = Talk::of(body);
    talk.says("мерить");
    assert_eq!(talk.says("спасибо, не надо")[0], "say Нет");
    let mut talk = Talk::of(body);
    talk.says("знакомиться");
    assert!(talk.says("жду").is_empty());
    assert!(talk.field("name").is_null(), "no name");
}
