//! When a dialog that finished silently begins again (C26).

use crate::talk::{Talk, at, clinic, compile, contact, key, silent};
use frontdesk::error::Code;
use serde_json::json;

const DAY: f64 = 24.0;

fn callback(more: &str) -> String {
    format!(
        r#"
words: {{ banned: [казино] }}
fields: {{ phone: {{ type: phone }} }}
leads: {{ callback: {{ need: [phone], to: [crm] }} }}
rules:
  - {{ if: {{ words: banned }}, do: [ {{ status: not_fit }}, {{ finish: silent }} ] }}
  - {{ if: {{ has: phone }}, do: [ {{ lead: callback }}, {{ status: done }}, {{ finish: silent }} ] }}
greeting: {{ do: [ {{ say: "Здравствуйте!" }} ] }}
{more}
"#
    )
}

/// The mode and dialog after a message, so many days after the end that the first message led to.
fn says_after(more: &str, first: &str, days: f64) -> (Vec<String>, u32) {
    let mut talk = Talk::of(&callback(more));
    talk.says(first);
    talk.now = talk.now.plus((days * DAY * 3_600_000.0) as i64 - 5_000);
    (talk.says("Добрый день"), talk.session.dialog())
}

#[test]
fn c26_by_default_thirty_days_after_a_goal_and_never_after_a_stop_word() {
    let hello = vec!["say Здравствуйте!".to_string()];
    assert_eq!(says_after("", "8 900 123-45-67", 29.99), (vec![], 1));
    assert_eq!(says_after("", "8 900 123-45-67", 30.0), (hello, 2));
    assert_eq!(says_after("", "казино", 3_000.0), (vec![], 1));
}

#[test]
fn c26_the_author_says_when_for_every_end_or_for_each() {
    let reopens = |more: &str, first: &str, days: f64| says_after(more, first, days).1 == 2;
    assert!(!reopens("reopen_after: never", "8 900 123-45-67", 3_000.0));
    assert!(!reopens("reopen_after: 7d", "казино", 6.9));
    assert!(reopens("reopen_after: 7d", "казино", 7.0));
    let each = "reopen_after: { not_fit: 60d, done: never }";
    assert!(!reopens(each, "8 900 123-45-67", 3_000.0));
    assert!(!reopens(each, "казино", 59.0));
    assert!(reopens(each, "казино", 60.0));
    for (wrong, code) in [("soon", Code::DurationInvalid), ("{ sold: 3d }", Code::UnknownName)] {
        let errors = compile(&callback(&format!("reopen_after: {wrong}"))).unwrap_err();
        assert_eq!((errors[0].code, errors[0].path.split('.').next()), (code, Some("reopen_after")));
    }
}

#[test]
fn c26_the_next_dialog_makes_a_lead_of_its_own_under_the_same_contact() {
    let mut talk = Talk::of(&callback(""));
    let lead_key = |talk: &mut Talk| {
        let turn = talk.event(json!({"kind": "message", "text": "8 900 123-45-67"}));
        let lead = turn.effects.iter().map(|e| serde_json::to_value(e).unwrap());
        lead.filter(|e| e["kind"] == "create_lead").map(|e| e["lead_key"].clone()).next().unwrap()
    };
    let first = lead_key(&mut talk);
    talk.wait(31.0 * DAY);
    assert_ne!(lead_key(&mut talk), first, "the same phone, a month later: another purchase");
}

#[test]
fn c26_a_new_entry_opens_the_next_dialog_at_once() {
    let entries = [
        json!({"kind": "message", "text": "Добрый день", "contact": {"utm": {"source": "autumn"}}}),
        json!({"kind": "message", "text": "Добрый день", "contact": {"entry": "ad-7"}}),
        json!({"kind": "message", "text": "/start"}),
        json!({"kind": "message", "text": "/start promo"}),
        json!({"kind": "fact", "name": "started", "data": {"entry": "promo"}}),
    ];
    for first in ["8 900 123-45-67", "казино"] {
        for entry in &entries {
            let mut talk = Talk::of(&callback(""));
            talk.says(first);
            assert!(talk.says("Добрый день").is_empty());
            assert_eq!(crate::talk::shown(&talk.event(entry.clone())), ["say Здравствуйте!"], "{entry}");
            assert_eq!(talk.session.dialog(), 2, "{entry}");
        }
    }
}

#[test]
fn c26_what_was_known_before_is_no_new_entry() {
    let from = r#"{"utm": {"source": "spring"}, "entry": "ad-1"}"#;
    let mut talk = Talk::open(crate::talk::bot(&callback("")), key("1"), contact(from));
    talk.says("8 900 123-45-67");
    let again: serde_json::Value = serde_json::from_str(from).unwrap();
    for silence in [
        json!({"kind": "message", "text": "Добрый день", "contact": again}),
        json!({"kind": "message", "text": "Добрый день", "contact": {"name": "Анна"}}),
        json!({"kind": "fact", "name": "started"}),
        json!({"kind": "message", "text": "8 900 123-45-68", "edited": "e1"}),
    ] {
        assert!(talk.event(silence.clone()).effects.is_empty(), "{silence}");
    }
    // Nor does the end of the wait make an edit of an old message a new one.
    talk.wait(40.0 * DAY);
    let edit = talk.event(json!({"kind": "message", "text": "8 900 123-45-69", "edited": "e1"}));
    assert!(edit.effects.is_empty());
}

#[test]
fn c26_a_link_that_led_to_the_chat_is_kept() {
    let mut talk = Talk::new(clinic());
    talk.says("/start ad_17");
    let stored: serde_json::Value = serde_json::from_str(&talk.session.snapshot()).unwrap();
    assert_eq!(stored["contact"]["entry"], "ad_17");
    talk.now = at("2026-01-06T09:00:00Z");
    assert!(!silent(&talk.says("Привет")));
}
