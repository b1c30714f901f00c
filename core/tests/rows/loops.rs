//! A definition that goes round in circles stops at a limit, and the alert names where.

use crate::talk::{Talk, effect_key, shown};
use serde_json::json;

fn alerts(lines: &[String]) -> Vec<&String> {
    lines.iter().filter(|line| line.starts_with("alert ")).collect()
}

#[test]
fn a_rule_that_leads_through_flows_back_to_itself_is_named() {
    let body = r#"
rules: [ { name: Круг, if: { words: [круг] }, do: [ { start: left } ] }, { if: { words: [тут] }, do: [ { say: Да. } ] } ]
flows:
  left: { collect: [], then: [ { start: right } ], done: { status: done }, unsure: { do: [ { handoff: x } ] } }
  right: { collect: [], then: [ { start: left } ], done: { status: done }, unsure: { do: [ { handoff: x } ] } }
"#;
    let mut talk = Talk::of(body);
    let lines = talk.says("по кругу");
    assert_eq!(alerts(&lines).len(), 1, "{lines:?}");
    assert!(lines[0].contains("`rule.Круг`") && lines[0].contains("`flow."), "{lines:?}");
    assert_eq!(talk.says("вы тут?"), ["say Да."], "the bot lives on");
}

#[test]
fn rules_that_all_go_on_end() {
    let rule = |n: usize| {
        format!("  - {{ name: r{n}, if: {{ words: [да] }}, do: [ {{ tag: t{n} }} ], go_on: true }}\n")
    };
    let rules: String = (0..300).map(rule).collect();
    let mut talk = Talk::of(&format!("rules:\n{rules}"));
    let lines = talk.says("ну да");
    assert_eq!(lines.iter().filter(|line| line.starts_with("tag ")).count(), 256);
    assert_eq!(alerts(&lines).len(), 1);
    assert!(alerts(&lines)[0].contains("`rule.r256`"), "{lines:?}");
}

const SLOTS: &str = r#"
fields: { when: { type: slot, from: calendar }, name: { type: name, ask: "Имя?" } }
rules: [ { if: { words: [запись] }, do: [ { start: first } ] } ]
flows:
  first: { collect: [when], done: { status: done }, unsure: { do: [ { say: "Ещё раз." }, { start: SECOND } ] } }
  second: { collect: [when], done: { status: done }, unsure: { do: [ { start: first } ] } }
"#;

#[test]
fn ways_out_that_lead_back_end_though_nobody_says_a_word() {
    for second in ["first", "second"] {
        let mut talk = Talk::of(&SLOTS.replace("SECOND", second));
        assert_eq!(talk.says("запись"), ["request slots"]);
        let lines = talk.wait(24.0);
        assert_eq!(alerts(&lines).len(), 1, "{second}: {lines:?}");
        assert!(alerts(&lines)[0].contains(".unsure`: it goes round"), "{lines:?}");
        assert!(lines.iter().filter(|line| line.starts_with("say ")).count() <= 4, "{lines:?}");
        assert_eq!(talk.session.next_due(), None, "{second}");
        assert_eq!(talk.session.flow(), None, "{second}");
    }
}

#[test]
fn a_way_out_may_begin_again_and_an_answer_makes_it_new() {
    let body = r#"
fields: { name: { type: name, ask: "Имя?" }, size: { type: number, ask: "Размер?" } }
flows:
  order:
    start: { words: [заказ] }
    collect: [size, name]
    then: [ { status: done } ]
    done: { status: done }
    unsure: { repeat: 1, do: [ { say: "Начнём сначала." }, { start: order } ] }
"#;
    let mut talk = Talk::of(body);
    assert_eq!(talk.says("заказ"), ["say Размер?"]);
    for _ in 0..4 {
        assert_eq!(talk.says("какой-нибудь"), ["say Начнём сначала.", "say Размер?"]);
    }
    let mut answered = Talk::of(body);
    answered.says("заказ");
    for _ in 0..3 {
        answered.says("какой-нибудь");
    }
    assert_eq!(answered.says("42"), ["say Имя?"]);
    assert!(alerts(&talk.says("какой-нибудь")).len() == 1, "the fifth in a row");
    assert!(talk.session.flow().is_none());
}

#[test]
fn a_request_that_fails_into_itself_ends() {
    let body = r#"
rules: [ { name: Статус, if: { words: [заказ] }, do: [ { request: order }, { say: "{order.status}" } ] } ]
faq: { unknown: [ { request: order } ] }
"#;
    let mut talk = Talk::of(body);
    let mut effect = effect_key(&talk.event(json!({"kind": "message", "text": "мой заказ"})), "request");
    for _ in 0..2 {
        let turn = talk.event(json!({"kind": "result", "effect": effect, "ok": false}));
        match shown(&turn).first().map(String::as_str) {
            Some("request order") => effect = effect_key(&turn, "request"),
            other => assert_eq!(other, None),
        }
    }
    assert_eq!(talk.session.next_due(), None);
}
