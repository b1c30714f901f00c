//! Messages in quick succession are heard as one (C25).

use crate::talk::{Talk, shown};
use frontdesk::dialog::Turn;
use serde_json::json;

const BODY: &str = r#"
settle: 2s
fields: { phone: { type: phone, ask: "Номер?" }, name: { type: name } }
leads: { l: { need: [phone], to: [crm] } }
rules:
  - { if: { has: phone }, do: [ { lead: l }, { status: done }, { finish: silent } ] }
  - { if: { words: [позже], match: whole }, do: [ { say: "Хорошо." }, { finish: reopen } ] }
handoff: { resume: ["/bot"] }
faq: { items: [ { ask: ["Сколько стоит чистка зубов?"], say: "3000 ₽." } ], unknown: [ { say: "Уточню." } ] }
"#;

/// A message so many milliseconds after the last event.
fn after(talk: &mut Talk, millis: i64, text: &str) -> Turn {
    talk.now = talk.now.plus(millis - 5_000);
    talk.event(json!({"kind": "message", "text": text}))
}

fn in_seconds(talk: &mut Talk, seconds: f64) -> Vec<String> {
    talk.wait(seconds / 3_600.0)
}

#[test]
fn c25_a_phone_and_a_name_in_three_messages_make_one_lead() {
    let mut talk = Talk::of(BODY);
    for (millis, text) in [(5_000, "8 900 123-45-67"), (1_500, "меня зовут Анна"), (1_900, "жду звонка")]
    {
        assert!(shown(&after(&mut talk, millis, text)).is_empty(), "{text}");
    }
    assert!(in_seconds(&mut talk, 1.9).is_empty(), "the burst is not over");
    let said = in_seconds(&mut talk, 0.2);
    assert_eq!(said, ["lead l name=Анна phone=+79001234567", "status done", "finish silent done"]);
    assert!(shown(&after(&mut talk, 5_000, "алло")).is_empty());
}

#[test]
fn c25_a_field_that_comes_after_the_burst_updates_the_lead() {
    let mut talk = Talk::of(&BODY.replace("{ status: done }, { finish: silent }", "{ say: Спасибо }"));
    after(&mut talk, 5_000, "8 900 123-45-67");
    assert_eq!(in_seconds(&mut talk, 3.0), ["lead l phone=+79001234567", "say Спасибо"]);
    after(&mut talk, 5_000, "меня зовут Анна");
    assert_eq!(in_seconds(&mut talk, 3.0), ["update l name=Анна"]);
}

#[test]
fn c25_words_of_a_burst_stand_together_and_each_burst_is_answered_once() {
    let mut talk = Talk::of(BODY);
    after(&mut talk, 5_000, "сколько стоит");
    after(&mut talk, 1_000, "чистка зубов");
    assert_eq!(in_seconds(&mut talk, 2.0), ["say 3000 ₽."]);
    after(&mut talk, 5_000, "сколько стоит чистка зубов");
    assert_eq!(in_seconds(&mut talk, 2.0), ["say 3000 ₽."]);
}

#[test]
fn c25_who_never_stops_typing_is_answered_after_five_times_settle() {
    let mut talk = Talk::of(BODY);
    let begun = talk.now.plus(5_000);
    for n in 0..20 {
        after(&mut talk, if n == 0 { 5_000 } else { 500 }, &format!("и ещё {n}"));
    }
    assert_eq!(talk.session.next_due(), Some(begun.plus(10_000)));
    assert_eq!(in_seconds(&mut talk, 1.0), ["say Уточню."]);
}

#[test]
fn c25_what_is_not_typed_acts_at_once() {
    let mut talk = Talk::of(BODY);
    after(&mut talk, 5_000, "добрый");
    let photo = json!({"kind": "message", "text": "8 900 123-45-67", "attachments": [{"kind": "photo"}]});
    assert_eq!(shown(&talk.event(photo))[0], "lead l phone=+79001234567");
    assert!(in_seconds(&mut talk, 5.0).is_empty(), "what the end left unheard is not answered");
}

#[test]
fn c25_a_human_who_comes_meanwhile_is_told_and_the_bot_is_silent() {
    let mut talk = Talk::of(BODY);
    after(&mut talk, 5_000, "мой номер 8 900 123-45-67");
    talk.now = talk.now.plus(-4_000);
    talk.operator("joined");
    assert!(in_seconds(&mut talk, 3.0).is_empty());
    assert_eq!(talk.field("phone"), "+79001234567");
    // While the human talks nothing waits.
    assert!(talk.says("8 900 123-45-68").is_empty());
    assert_eq!(talk.field("phone"), "+79001234568");
}

#[test]
fn c25_a_restart_forgets_the_burst_and_a_message_too_long_to_join_acts_at_once() {
    let mut talk = Talk::of(BODY);
    after(&mut talk, 5_000, "мой номер 8 900 123-45-67");
    talk.control("restart");
    assert!(in_seconds(&mut talk, 5.0).is_empty());
    assert_eq!(talk.field("phone"), json!(null));
    after(&mut talk, 5_000, "добрый день");
    let long = format!("{} 8 900 123-45-67", "слово ".repeat(1_487));
    assert_eq!(shown(&after(&mut talk, 500, &long))[0], "lead l phone=+79001234567");
}
