//! A human is called, comes, talks, and gives the dialog back.

use crate::talk::{Talk, clinic, contact, effect_key, key, shown, silent};
use frontdesk::dialog::Mode;
use serde_json::json;

const BODY: &str = r#"
fields: { phone: { type: phone, ask: "Номер?" }, name: { type: name, ask: "Имя?" } }
leads: { l: { need: [phone], to: [crm] } }
handoff: { to: { admin: { say: "{reason}: {summary} {chat_url}" } }, summary: [last_question, phone], resume: ["/bot"] }
rules:
  - { if: { words: [оператор] }, do: [ { handoff: asked } ] }
  - { if: { words: [жалоба] }, do: [ { handoff: angry, priority: high } ] }
  - { if: { all: [ { has: phone }, { flow: none } ] }, do: [ { lead: l }, { say: "Спасибо" } ] }
faq:
  items: [ { ask: ["Где вы находитесь?"], say: "На Садовой." } ]
  unknown: [ { say: "Уточню." }, { handoff: faq_miss } ]
flows:
  order:
    start: { words: [заказать] }
    collect: [name, phone]
    then: [ { lead: l }, { status: done } ]
    done: { status: done }
    unsure: { repeat: 2, do: [ { handoff: unclear } ] }
silence: [ { after: 48h, do: [ { say: "Вы ещё тут?" } ] } ]
"#;

#[test]
fn r022_an_operator_stops_the_bot_and_its_timers() {
    let mut talk = Talk::of(BODY);
    assert_eq!(talk.says("где вы находитесь"), ["say На Садовой."]);
    let before = talk.session.mode_rev();
    let turn = talk.event(json!({"kind": "operator", "action": "joined", "who": "Ольга"}));
    assert_eq!(turn.mode, Mode::Human);
    assert_eq!(turn.next_due, None, "outreach is cancelled");
    assert!(talk.session.mode_rev() > before, "a reply decided before can be told from one allowed now");
    for text in ["где вы находитесь", "заказать", "оператор", "холодильник чините?", "спасибо"]
    {
        assert!(talk.says(text).is_empty(), "{text}");
    }
    assert!(talk.presses("да").is_empty());
    assert!(talk.wait(100.0).is_empty());
}

#[test]
fn r022_a_message_of_the_operator_is_enough() {
    let mut talk = Talk::of(BODY);
    assert!(talk.operator_says("Здравствуйте, я Ольга").is_empty());
    assert_eq!(talk.session.mode(), Mode::Human);
    assert!(talk.says("где вы находитесь").is_empty());
}

#[test]
fn r022_a_reply_carries_the_revision_of_its_mode() {
    let mut talk = Talk::of(BODY);
    let turn = talk.event(json!({"kind": "message", "text": "где вы находитесь"}));
    let reply = serde_json::to_value(&turn.effects[0]).unwrap();
    assert_eq!(reply["mode_rev"], talk.session.mode_rev());
    talk.operator("joined");
    assert!(reply["mode_rev"].as_u64().unwrap() < talk.session.mode_rev());
}

#[test]
fn values_given_to_the_human_still_go_into_fields_and_lead() {
    let mut talk = Talk::of(BODY);
    talk.says("мой номер 89001234567");
    talk.operator("joined");
    assert_eq!(talk.says("лучше 89001234568"), ["update l phone=+79001234568"]);
    assert_eq!(talk.field("phone"), "+79001234568");
}

#[test]
fn r023_no_silent_resume_and_a_gap_after_it() {
    let mut talk = Talk::of(BODY);
    assert_eq!(talk.says("хочу заказать"), ["say Имя?"]);
    talk.operator("joined");
    talk.says("меня зовут Пётр");
    talk.operator("left");
    assert_eq!(talk.session.mode(), Mode::Human, "leaving alone does not end it");
    assert!(talk.says("где вы находитесь").is_empty());
    assert_eq!(talk.control("resume"), ["status in_work"]);
    assert!(talk.session.snapshot().contains("\"gap\":true"));
    assert_eq!(talk.session.flow(), None, "the flow is dropped");
    assert_eq!(talk.says("где вы находитесь"), ["say На Садовой."]);
}

#[test]
fn c4_the_resume_command_counts_in_an_operators_message_only() {
    let mut talk = Talk::of(BODY);
    talk.operator("joined");
    assert!(talk.says("/bot").is_empty());
    assert_eq!(talk.session.mode(), Mode::Human);
    assert!(talk.operator_says("сейчас верну /bot").is_empty());
    assert_eq!(talk.session.mode(), Mode::Human);
    assert_eq!(talk.operator_says(" /BOT "), ["status in_work"]);
    assert_eq!(talk.session.mode(), Mode::Active);
}

#[test]
fn c4_the_bot_returns_after_the_pause_where_one_is_configured() {
    let body = BODY.replace("resume: [\"/bot\"]", "bot: pause 30m");
    let mut talk = Talk::of(&body);
    talk.operator_says("Здравствуйте");
    assert!(talk.wait(0.4).is_empty());
    talk.operator_says("Ещё минуту");
    assert!(talk.wait(0.4).is_empty());
    assert_eq!(talk.session.mode(), Mode::Human, "counted from the operator's last message");
    assert_eq!(talk.wait(0.2), ["status in_work"]);
    assert_eq!(talk.says("где вы находитесь"), ["say На Садовой."]);
    // Without it nothing but a command brings the bot back.
    let mut never = Talk::of(BODY);
    never.operator("joined");
    never.wait(1_000.0);
    assert_eq!(never.session.mode(), Mode::Human);
}

#[test]
fn c4_stop_and_resume_by_the_host() {
    let mut talk = Talk::of(BODY);
    assert!(talk.control("stop").is_empty());
    assert!(talk.says("где вы находитесь").is_empty());
    assert!(talk.control("stop").is_empty());
    assert_eq!(talk.control("resume"), ["status in_work"]);
    assert!(talk.control("resume").is_empty(), "nothing to resume");
    talk.operator("joined");
    assert!(silent(&talk.control("restart")));
    assert_eq!((talk.session.mode(), talk.session.dialog()), (Mode::Active, 2));
    assert_eq!(talk.says("где вы находитесь"), ["say На Садовой."]);
}

#[test]
fn a_handoff_is_made_once_per_reason_and_misses_stay_silent() {
    let mut talk = Talk::of(BODY);
    assert_eq!(talk.says("оператор"), ["handoff asked normal"]);
    assert!(talk.says("оператор").is_empty());
    assert_eq!(talk.says("у меня жалоба"), ["handoff angry high"]);
    assert!(talk.says("вы чините холодильники?").is_empty());
    assert_eq!(talk.says("где вы находитесь"), ["say На Садовой."]);
    assert!(talk.says("хочу заказать").is_empty(), "flow starts rest");
    assert!(talk.wait(72.0).is_empty(), "outreach rests");
    assert_eq!(talk.says("89001234567")[0], "lead l phone=+79001234567", "rules go on");
}

#[test]
fn r013_the_call_tells_the_question_and_the_chat() {
    let known = contact(r#"{"chat_url":"https://example.com/chat/7"}"#);
    let mut talk = Talk::open(crate::talk::bot(BODY), key("1"), known);
    let turn = talk.event(json!({"kind": "message", "text": "Вы ремонтируете холодильники?"}));
    let handoff = serde_json::to_value(
        turn.effects.iter().find(|e| serde_json::to_value(e).unwrap()["kind"] == "handoff"),
    )
    .unwrap();
    let text = handoff["to"][0]["text"].as_str().unwrap();
    assert_eq!(text, "faq_miss: Вопрос: «Вы ремонтируете холодильники?» https://example.com/chat/7");
    let mut without = Talk::of(BODY);
    let turn = without.event(json!({"kind": "message", "text": "Вы ремонтируете холодильники?"}));
    assert!(!serde_json::to_string(&turn.effects).unwrap().contains("None"));
}

#[test]
fn results_that_come_while_a_human_talks_change_nothing_but_the_record() {
    let body = r#"
fields: { phone: { type: phone, ask: "Номер?" } }
leads: { l: { need: [phone], to: [crm] } }
flows:
  quote:
    start: { words: [смета] }
    collect: [phone]
    then: [ { request: quote }, { lead: l }, { status: done }, { say: "Готово: {quote.text}" }, { finish: silent } ]
    done: { status: done }
    unsure: { repeat: 1, do: [ { status: not_fit }, { finish: silent } ] }
"#;
    for ok in [true, false] {
        let mut talk = Talk::of(body);
        talk.says("нужна смета");
        let turn = talk.event(json!({"kind": "message", "text": "89001234567"}));
        let effect = effect_key(&turn, "request");
        talk.operator("joined");
        assert!(talk.answers(&effect, ok, json!({"text": "5000"})).is_empty(), "ok: {ok}");
        assert_eq!((talk.session.mode(), talk.session.status()), (Mode::Human, "in_work"));
    }
}

#[test]
fn r094_an_angry_client_gets_a_human_before_anything_else() {
    for text in ["Это безобразие, верните деньги", "ГДЕ МОЙ ЗАКАЗ ВООБЩЕ", "сколько можно ждать!!!"]
    {
        let mut talk = Talk::new(clinic());
        let said = talk.says(text);
        assert_eq!(said.get(1).map(String::as_str), Some("handoff angry high"), "{text}: {said:?}");
    }
    assert!(!Talk::new(clinic()).says("СПАСИБО ОГРОМНОЕ!!!").iter().any(|line| line.contains("handoff")));
}

#[test]
fn a_field_filled_while_a_human_talked_is_not_asked_after_it() {
    let body = BODY.replace("resume: [\"/bot\"]", "on_resume: continue");
    let mut talk = Talk::of(&body);
    talk.says("хочу заказать");
    assert_eq!(talk.says("Пётр"), ["say Номер?"]);
    talk.operator("joined");
    talk.says("мой номер 89001234567");
    talk.control("resume");
    let said = talk.says("так что там?");
    assert!(!said.contains(&"say Номер?".to_string()), "{said:?}");
}

#[test]
fn an_operator_who_comes_while_a_closed_dialog_waits() {
    let body = "rules: [ { if: { words: [пока], match: whole }, do: [ { finish: reopen } ] } ]\n\
                faq: { items: [ { ask: [где вы], say: Тут. } ] }";
    let mut talk = Talk::of(body);
    talk.says("пока");
    talk.operator_says("Здравствуйте, это менеджер");
    assert!(talk.says("где вы").is_empty());
    assert!(shown(&talk.due()).is_empty());
}

#[test]
fn a_request_that_fails_while_a_human_is_awaited_says_nothing() {
    let body = r#"
handoff: { to: [crm] }
faq: { unknown: [ { say: "Уточню." }, { handoff: faq_miss } ] }
rules:
  - { if: { words: [заказ] }, do: [ { request: order }, { say: "Нашёл." } ] }
  - { if: { words: [оператор] }, do: [ { handoff: asked } ] }
"#;
    let mut talk = Talk::of(body);
    assert_eq!(talk.says("где заказ"), ["request order"]);
    assert_eq!(talk.says("оператор"), ["handoff asked normal"]);
    assert!(talk.wait(1.0).is_empty());
}

#[test]
fn r085_r138_words_beside_a_value_stand_in_the_summary() {
    let body = r#"
fields: { day: { type: date, ask: "Когда?" }, phone: { type: phone, ask: "Номер?" } }
handoff: { to: { admin: { say: "{summary}" } }, summary: [last_question, day, phone] }
rules:
  - { if: { words: [администратор, адміністратор] }, do: [ { handoff: asked } ] }
  - { if: { mood: angry }, do: [ { handoff: angry } ] }
  - { if: { all: [ { has: phone }, { words: [звонок] } ] }, do: [ { handoff: call } ] }
"#;
    let summary = |text: &str| {
        let turn = Talk::of(body).event(json!({"kind": "message", "text": text}));
        let effects = turn.effects.iter().map(|e| serde_json::to_value(e).unwrap());
        effects.filter_map(|e| e["summary"].as_str().map(str::to_string)).collect::<String>()
    };
    for text in [
        "Администратора! На 20 января стоит приём, врач не вышел",
        "это обман, заезжали 3 января, в номере холодно",
        "звонок на +7 900 123-45-67, насчёт протечки",
    ] {
        assert!(summary(text).contains(&format!("«{text}»")), "{text}: {}", summary(text));
    }
}
