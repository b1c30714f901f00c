//! Silence, and what is due.

use crate::talk::Talk;
use serde_json::json;

const SILENCE: &str = r#"
silence:
  - { after: 24h, do: [ { say: "Вы ещё тут?" } ] }
  - { after: 72h, since: client, do: [ { status: inactive }, { finish: reopen } ] }
faq: { items: [ { ask: [адрес], say: "Садовая." } ] }
"#;

#[test]
fn each_entry_fires_once_per_client_message_and_outreach_does_not_rearm_it() {
    let mut talk = Talk::of(SILENCE);
    talk.says("адрес");
    assert_eq!(talk.wait(25.0), ["say Вы ещё тут?"]);
    assert!(talk.wait(40.0).is_empty(), "once per message");
    talk.says("да");
    assert_eq!(talk.wait(25.0), ["say Вы ещё тут?"]);
    assert_eq!(talk.wait(48.0), ["status inactive", "finish reopen inactive"]);
    assert!(talk.wait(1_000.0).is_empty());
}

#[test]
fn after_downtime_a_ladder_yields_its_latest_step_only() {
    let mut talk = Talk::of(SILENCE);
    talk.says("адрес");
    talk.now = talk.now.plus(100 * 3_600_000);
    assert_eq!(crate::talk::shown(&talk.due()), ["status inactive", "finish reopen inactive"]);
}

#[test]
fn at_24_hours_sharp_the_window_is_closed() {
    let mut talk = Talk::of(SILENCE);
    let turn = talk.event(json!({"kind": "message", "text": "адрес"}));
    let window = |turn: &frontdesk::dialog::Turn| {
        let effects = turn.effects.iter().map(|e| serde_json::to_value(e).unwrap());
        effects.filter(|e| e["kind"] == "reply").map(|e| e["window"].clone()).next().unwrap()
    };
    assert_eq!(window(&turn), "open");
    talk.now = talk.now.plus(24 * 3_600_000);
    assert_eq!(window(&talk.due()), "closed");
}

#[test]
fn quiet_hours_shift_outreach_to_their_end() {
    let body = format!("quiet_hours: {{ from: \"11:00\", to: \"13:00\" }}\n{SILENCE}");
    let mut talk = Talk::of(&body);
    talk.says("адрес"); // 12:00:05 on Monday; due at the same time on Tuesday, in quiet hours
    assert!(talk.wait(24.9).is_empty());
    assert_eq!(talk.wait(0.2), ["say Вы ещё тут?"]);
}

#[test]
fn the_host_may_call_due_too_early_and_too_often() {
    let mut talk = Talk::of(SILENCE);
    talk.says("адрес");
    let before = talk.session.snapshot();
    for _ in 0..5 {
        talk.now = talk.now.plus(3_600_000);
        assert!(talk.due().effects.is_empty());
    }
    assert_eq!(talk.session.snapshot(), before);
}

#[test]
fn a_step_fires_no_timers() {
    let mut talk = Talk::of(SILENCE);
    talk.says("адрес");
    talk.now = talk.now.plus(30 * 3_600_000);
    // The message comes first: what was due rests, and counts anew.
    assert_eq!(talk.says("адрес"), ["say Садовая."]);
    assert!(crate::talk::shown(&talk.due()).is_empty());
}
