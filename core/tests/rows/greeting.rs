//! Greetings: answered and awaited, or closed at once, as the author says (C5).

use crate::talk::{Talk, silent};

const WAITS: &str = r#"
greeting: { do: [ { say: "Здравствуйте! Чем помочь?" } ] }
fields: { phone: { type: phone } }
leads: { l: { need: [phone], to: [crm] } }
rules: [ { if: { has: phone }, do: [ { lead: l }, { say: Спасибо } ] } ]
faq: { items: [ { ask: ["Сколько стоит чистка?"], say: "3000 ₽." } ] }
silence:
  - { after: 24h, since: client, if: { status: in_work }, do: [ { status: inactive }, { finish: reopen } ] }
"#;

#[test]
fn c5_a_greeting_is_answered_and_awaited() {
    let mut talk = Talk::of(WAITS);
    assert_eq!(talk.says("Привет, как дела?"), ["say Здравствуйте! Чем помочь?"]);
    assert_eq!(talk.session.status(), "in_work");
    assert_eq!(talk.says("Добрый день, сколько стоит чистка?"), ["say 3000 ₽."]);
}

#[test]
fn r109_hello_and_gone_is_inactive_without_a_lead() {
    let mut talk = Talk::of(WAITS);
    talk.says("Привет");
    assert_eq!(talk.wait(25.0), ["status inactive", "finish reopen inactive"]);
    // Closed without noise, and open to the client who comes back.
    assert_eq!(talk.says("Привет"), ["say Здравствуйте! Чем помочь?"]);
    assert_eq!(talk.session.dialog(), 2);
}

#[test]
fn r110_the_literal_mode_closes_at_once_without_a_lead() {
    let body = "greeting: { do: [ { finish: reopen } ] }\nfaq: { items: [ { ask: [цена чистки], say: \"3000 ₽.\" } ] }";
    let mut talk = Talk::of(body);
    assert_eq!(talk.says("Привет, как дела?"), ["finish reopen closed_by_client"]);
    assert_eq!(talk.says("цена чистки"), ["say 3000 ₽."], "a dialog closed by a greeting can be reopened");
    assert!(silent(&Talk::of(body).says("Привет, как дела?")));
}
