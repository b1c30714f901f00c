//! How a dialog ends, and that it then stays ended.

use crate::talk::{Talk, clinic, effect_key, silent};
use serde_json::json;

const THANKS: &str = r#"
words: { thanks: [спасибо, благодарю, пока, "до свидания"] }
fields: { name: { type: name, ask: "Как вас зовут?" }, phone: { type: phone, ask: "Номер?" } }
leads: { l: { need: [name, phone], to: [crm] } }
rules:
  - { name: Прощание, if: { words: thanks, match: whole }, do: [ { say: "Хорошего дня!" }, { finish: reopen } ] }
  - { name: Запись, if: { words: [записаться] }, do: [ { lead: l }, { status: done }, { finish: silent } ] }
faq:
  items: [ { ask: ["Сколько стоит имплант?"], say: "От 30 000 ₽." } ]
"#;

#[test]
fn r093_r129_closing_phrases_end_the_dialog() {
    for text in
        ["спасибо", "пока", "Спасибо!", "спасибо большое 🙏", "Пока-пока", "До свидания.", "СПАСИБО)))"]
    {
        let mut talk = Talk::of(THANKS);
        assert_eq!(talk.says(text), ["say Хорошего дня!", "finish reopen closed_by_client"], "{text}");
    }
}

#[test]
fn r129_thanks_fires_the_end() {
    assert_eq!(Talk::of(THANKS).says("спасибо")[1], "finish reopen closed_by_client");
}

#[test]
fn c2_thanks_with_a_question_is_no_farewell() {
    let mut talk = Talk::of(THANKS);
    assert_eq!(talk.says("Спасибо, а сколько стоит имплант?"), ["say От 30 000 ₽."]);
    for text in ["пока не знаю", "спасибо, я подумаю"] {
        assert!(silent(&talk.says(text)), "{text}");
        assert_eq!(talk.session.mode(), frontdesk::dialog::Mode::Active, "{text}");
    }
}

#[test]
fn c2_thanks_closes_in_the_middle_of_a_question_and_keeps_the_fields() {
    let mut talk = Talk::of(THANKS);
    talk.says("хочу записаться");
    assert_eq!(talk.says("Анна"), ["say Номер?"]);
    assert_eq!(talk.says("спасибо"), ["say Хорошего дня!", "finish reopen closed_by_client"]);
    assert_eq!(talk.field("name"), "Анна");
    // The next message opens dialog 2, unseen by the client: no question of dialog 1 is left.
    assert_eq!(talk.says("сколько стоит имплант"), ["say От 30 000 ₽."]);
    assert_eq!(talk.session.dialog(), 2);
    assert_eq!(talk.session.status(), "in_work");
}

#[test]
fn r133_thanks_a_contact_or_a_last_message_each_end_the_dialog() {
    let body = r#"
fields: { phone: { type: phone } }
leads: { l: { need: [phone], to: [crm] } }
rules:
  - { if: { words: [спасибо, "до свидания"], match: whole }, do: [ { finish: silent } ] }
  - { if: { has: phone }, do: [ { lead: l }, { finish: silent } ] }
  - { if: { words: [чек-лист] }, do: [ { say: "https://example.com/list" }, { finish: silent } ] }
"#;
    for text in ["спасибо", "до свидания", "89001234567", "пришлите чек-лист"]
    {
        let mut talk = Talk::of(body);
        talk.says(text);
        assert_eq!(talk.session.mode(), frontdesk::dialog::Mode::Finished, "{text}");
    }
}

#[test]
fn r134_go_on_and_finish_are_two_actions() {
    let body = r#"
words: { a: [алло], b: [хватит] }
rules:
  - { if: { words: a }, do: [ { say: "Слушаю." } ] }
  - { if: { words: b }, do: [ { say: "Всего доброго." }, { finish: silent } ] }
"#;
    let mut talk = Talk::of(body);
    assert_eq!(talk.says("алло"), ["say Слушаю."]);
    assert_eq!(talk.says("алло"), ["say Слушаю."]);
    assert_eq!(talk.says("хватит"), ["say Всего доброго.", "finish silent closed_by_client"]);
    assert!(talk.says("алло").is_empty());
}

#[test]
fn r104_after_the_goal_nothing_is_asked_or_answered_again() {
    let mut talk = Talk::new(clinic());
    talk.says("Мой номер 8-900-123-45-67");
    for text in ["Мой номер 8-900-123-45-67", "Где вы находитесь?", "хочу записаться", "спасибо"]
    {
        assert!(talk.says(text).is_empty(), "{text}");
    }
}

#[test]
fn r106_a_lead_that_does_not_fit_is_closed_and_never_created() {
    let mut talk = Talk::new(clinic());
    let said = talk.says("Продаю собак, мой номер 8-900-123-45-67");
    assert_eq!(said, ["status not_fit", "finish silent not_fit"]);
}

#[test]
fn r112_after_the_end_the_bot_is_silent_and_the_record_says_so() {
    let mut talk = Talk::new(clinic());
    talk.says("Мой номер 8-900-123-45-67");
    let turn = talk.event(json!({"kind": "message", "text": "А какие у вас условия?"}));
    assert!(turn.effects.is_empty());
    assert_eq!(turn.reason, Some("finished"));
    assert_eq!(turn.record.matched.why, ["suppressed"]);
    let record = serde_json::to_value(&turn.record).unwrap();
    assert_eq!(record["event"]["text"], "А какие у вас условия?");
}

#[test]
fn r114_finished_and_handed_over_are_two_ends() {
    let mut finished = Talk::new(clinic());
    let over = finished.says("Обожаю собак!");
    assert!(!over.iter().any(|line| line.starts_with("notify") || line.starts_with("handoff")));
    assert_eq!(finished.session.mode(), frontdesk::dialog::Mode::Finished);
    let mut handed = Talk::new(clinic());
    assert!(handed.says("позовите оператора").contains(&"handoff asked normal".to_string()));
    handed.operator("joined");
    assert_eq!(handed.session.mode(), frontdesk::dialog::Mode::Human);
    assert_eq!(handed.session.status(), "needs_manager");
}

#[test]
fn r122_the_bot_does_not_stick_to_finished_dialogs() {
    let mut talk = Talk::new(clinic());
    talk.says("Мой номер 8-900-123-45-67");
    for text in ["Алло?", "Вы тут?", "Сколько стоит чистка?"] {
        assert!(talk.says(text).is_empty());
    }
    for n in 0..500 {
        talk.event(json!({"kind": "message", "text": format!("сообщение {n} {}", "текст ".repeat(n % 50))}));
    }
    let size = talk.session.snapshot().len();
    assert!(size < 16 * 1024, "{size} bytes after 500 messages");
}

#[test]
fn r130_the_bot_stops_answering_in_this_dialog_where_the_author_says_so() {
    let mut talk = Talk::new(clinic());
    let said = talk.says("запишите телефон 8 900 123 45 67");
    assert!(said.iter().any(|line| line.starts_with("lead")), "{said:?}");
    assert!(talk.says("Где вы находитесь?").is_empty());
}

#[test]
fn r131_a_manager_is_told_where_the_author_wants_it() {
    let body = r#"
fields: { phone: { type: phone } }
leads: { l: { need: [phone], to: [crm] } }
rules:
  - if: { has: phone }
    do: [ { lead: l }, { notify: telegram_admin, text: "Новая заявка: {phone}" }, { status: done }, { finish: silent } ]
"#;
    assert_eq!(
        Talk::of(body).says("89001234567"),
        [
            "lead l phone=+79001234567",
            "notify telegram_admin: Новая заявка: +79001234567",
            "status done",
            "finish silent done"
        ]
    );
}

#[test]
fn r107_no_contact_is_judged_at_the_end_not_at_the_first_message() {
    let body = r#"
fields: { phone: { type: phone } }
leads: { l: { need: [phone], to: [crm] } }
rules: [ { if: { has: phone }, do: [ { lead: l }, { say: "Спасибо" } ] } ]
silence:
  - { after: 24h, if: { not: { has: phone } }, do: [ { status: not_fit }, { finish: reopen } ] }
"#;
    let mut talk = Talk::of(body);
    assert!(talk.says("Здравствуйте, есть вопрос").is_empty());
    assert_eq!(talk.session.status(), "in_work");
    assert_eq!(talk.wait(25.0), ["status not_fit", "finish reopen not_fit"]);
    let mut reached = Talk::of(body);
    reached.says("Здравствуйте");
    reached.says("89001234567");
    assert!(reached.wait(25.0).is_empty());
}

#[test]
fn r117_effects_after_finish_have_no_voice() {
    let body = r#"
rules:
  - { if: { words: [стоп] }, do: [ { finish: silent }, { say: "Я ещё тут!" }, { tag: after } ] }
"#;
    assert_eq!(Talk::of(body).says("стоп"), ["finish silent closed_by_client", "tag after"]);
}

#[test]
fn a_rule_that_finishes_and_goes_on_ends_the_step_all_the_same() {
    let body = r#"
rules:
  - { if: { words: [стоп] }, do: [ { status: not_fit }, { finish: silent } ], go_on: true }
faq: { unknown: [ { say: "Не знаю." }, { handoff: faq_miss } ] }
"#;
    let mut talk = Talk::of(body);
    assert_eq!(talk.says("стоп машина"), ["status not_fit", "finish silent not_fit"]);
    assert_eq!(talk.session.status(), "not_fit");
}

#[test]
fn c3_anger_wins_over_a_stop_word_where_it_stands_first() {
    let mut talk = Talk::new(clinic());
    let said = talk.says("верните деньги, суки");
    assert_eq!(said[1], "handoff angry high");
    assert_eq!(talk.session.status(), "needs_manager");
    let mut calm = Talk::new(clinic());
    assert_eq!(calm.says("у меня собака")[0], "status not_fit");
}

#[test]
fn r102_a_stop_word_closes_the_dialog_while_a_question_is_open() {
    let mut talk = Talk::new(clinic());
    talk.says("запишите меня");
    assert_eq!(talk.says("а с собакой можно?"), ["status not_fit", "finish silent not_fit"]);
    assert!(talk.wait(72.0).is_empty());
}

#[test]
fn restart_opens_the_next_dialog_knowing_nothing() {
    let mut talk = Talk::new(clinic());
    talk.says("Мой номер 8-900-123-45-67");
    assert!(silent(&talk.control("restart")));
    assert_eq!((talk.session.dialog(), talk.session.status()), (2, "in_work"));
    assert!(talk.session.fields().is_empty());
    let said = talk.says("Мой номер 8-900-123-45-67");
    assert_eq!(said[0], "lead callback phone=+79001234567");
}

#[test]
fn control_in_a_finished_dialog() {
    let mut talk = Talk::new(clinic());
    talk.says("Обожаю собак!");
    for action in ["stop", "resume"] {
        assert!(talk.control(action).is_empty());
        assert_eq!(talk.session.mode(), frontdesk::dialog::Mode::Finished, "{action}");
    }
    for action in ["joined", "message", "left"] {
        assert!(talk.operator(action).is_empty());
        assert_eq!(talk.session.mode(), frontdesk::dialog::Mode::Finished, "{action}");
    }
    assert!(talk.operator_says("/bot").is_empty());
    assert!(talk.says("ау").is_empty());
}

#[test]
fn c2_a_value_with_thanks_answers_and_is_no_farewell() {
    let body = r#"
fields:
  phone: { type: phone, ask: "Номер?" }
  when: { type: date, ask: "На какой день?" }
  seats: { type: number, ask: "Сколько мест?" }
  order: { type: order, mask: "A-######", ask: "Номер заказа?" }
  time: { type: slot, from: calendar, ask: "Когда?" }
rules:
  - { if: { words: [спасибо, дякую, thanks, ок], match: whole }, do: [ { finish: reopen } ] }
flows:
  entry: { start: { words: [начать] }, collect: [FIELD], then: [ { say: "Записал." }, { status: booked } ], done: { status: booked }, unsure: { do: [ { handoff: x } ] } }
"#;
    let answers = [
        ("phone", "8 900 123-45-67 спасибо"),
        ("phone", "Спасибо! 8 900 123-45-67 🙏"),
        ("when", "завтра о 10, дякую"),
        ("when", "tomorrow at 3 pm, thanks"),
        ("seats", "четыре, спасибо"),
        ("order", "A-123456, спасибо"),
    ];
    for (field, text) in answers {
        let mut talk = Talk::of(&body.replace("FIELD", field));
        talk.says("начать");
        assert!(talk.says(text).contains(&"say Записал.".to_string()), "{text}");
        assert_eq!(talk.session.mode(), frontdesk::dialog::Mode::Active, "{text}");
    }
    let mut talk = Talk::of(&body.replace("FIELD", "time"));
    let asked = talk.event(json!({"kind": "message", "text": "начать"}));
    let slots = json!({"slots": [{"id": "s1", "start": "2026-01-06T12:00:00Z"}]});
    talk.answers(&effect_key(&asked, "request"), true, slots);
    assert!(talk.says("ок, спасибо").contains(&"say Записал.".to_string()), "a yes to the only time");
}
