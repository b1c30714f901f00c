//! When a lead is created, with what, and how often.

use crate::talk::{Talk, clinic, contact, effect_key, key, shown, warnings};
use serde_json::json;

/// A shop that calls back: a phone closes the dialog.
const CALLBACK: &str = r#"
fields: { phone: { type: phone, ask: "Ваш номер?" } }
leads: { callback: { need: [phone], to: [kommo, telegram], title: "Перезвонить {phone}" } }
rules:
  - { name: Телефон, if: { has: phone }, do: [ { lead: callback }, { status: done }, { finish: silent } ] }
faq:
  items: [ { ask: ["А какие у вас условия?"], say: "Условия на сайте." } ]
"#;

#[test]
fn r095_a_contact_creates_a_lead_in_the_crm() {
    let mut talk = Talk::of(CALLBACK);
    let turn = talk.event(json!({"kind": "message", "text": "Позвоните: 8 900 123-45-67"}));
    assert_eq!(shown(&turn)[0], "lead callback phone=+79001234567");
}

#[test]
fn r111_the_phone_is_kept_the_lead_created_the_chat_closed() {
    let mut talk = Talk::of(CALLBACK);
    assert_eq!(
        talk.says("Мой номер 8-900-123-45-67"),
        ["lead callback phone=+79001234567", "status done", "finish silent done"]
    );
    assert_eq!(talk.field("phone"), "+79001234567");
}

#[test]
fn r118_lead_status_and_silence_in_this_order_in_one_step() {
    let mut talk = Talk::of(CALLBACK);
    let turn = talk.event(json!({"kind": "message", "text": "+79001234567"}));
    let kinds: Vec<_> = turn
        .effects
        .iter()
        .map(|e| serde_json::to_value(e).unwrap()["kind"].as_str().unwrap().to_string())
        .collect();
    assert_eq!(kinds, ["set_field", "create_lead", "set_status", "finish"]);
    assert!(talk.says("вы тут?").is_empty());
}

#[test]
fn r119_if_there_is_a_phone_then_a_lead() {
    let mut talk = Talk::of(
        "fields: { phone: { type: phone } }\nleads: { l: { need: [phone], to: [crm] } }\n\
         rules: [ { if: { has: phone }, do: [ { lead: l }, { say: Спасибо } ] } ]",
    );
    assert!(talk.says("Здравствуйте").is_empty());
    assert_eq!(talk.says("8 (900) 123 45 67"), ["lead l phone=+79001234567", "say Спасибо"]);
}

#[test]
fn r096_one_effect_names_every_target_and_each_answers_for_itself() {
    let body = r#"
fields: { phone: { type: phone } }
leads: { l: { need: [phone], to: [telegram, bitrix24, email], confirm_within: 5m } }
rules: [ { if: { has: phone }, do: [ { lead: l }, { say: Спасибо } ] } ]
"#;
    let mut talk = Talk::of(body);
    let turn = talk.event(json!({"kind": "message", "text": "89001234567"}));
    let effect = effect_key(&turn, "create_lead");
    let lead = serde_json::to_value(&turn.effects[1]).unwrap();
    assert_eq!(lead["to"], json!(["telegram", "bitrix24", "email"]));
    for target in ["telegram", "email"] {
        talk.event(json!({"kind": "result", "effect": effect, "target": target, "ok": true}));
    }
    talk.event(
        json!({"kind": "result", "effect": effect, "target": "bitrix24", "ok": false, "error": "500"}),
    );
    let alerts = talk.wait(1.0);
    assert_eq!(alerts.len(), 1, "{alerts:?}");
    assert!(alerts[0].ends_with("is not confirmed by bitrix24"), "{alerts:?}");
}

const VISIT: &str = r#"
fields:
  name: { type: name, ask: "Как вас зовут?" }
  phone: { type: phone, ask: ["Ваш номер?", "Не разобрал номер, ещё раз?"] }
leads: { visit: { need: [name, phone], to: [crm] } }
faq:
  items: [ { ask: ["Где вы находитесь?"], say: "На Садовой." } ]
  unknown: [ { say: "Не знаю." } ]
rules:
  - { if: { words: [записаться] }, do: [ { lead: visit }, { say: "Записали, {name}." }, { status: done }, { finish: silent } ] }
"#;

#[test]
fn r021_created_when_all_needed_fields_are_there_and_once() {
    let mut talk = Talk::of(VISIT);
    assert_eq!(talk.says("хочу записаться"), ["say Как вас зовут?"]);
    assert_eq!(talk.says("Анна"), ["say Ваш номер?"]);
    assert_eq!(
        talk.says("89001234567"),
        [
            "lead visit name=Анна phone=+79001234567",
            "say Записали, Анна.",
            "status done",
            "finish silent done"
        ]
    );
}

#[test]
fn r097_a_missing_phone_makes_no_lead_whatever_is_asked_in_between() {
    let mut talk = Talk::of(VISIT);
    talk.says("хочу записаться");
    // A question in the middle is answered, and the open question follows as a reply of its own.
    assert_eq!(talk.says("Где вы находитесь?"), ["say На Садовой.", "say Как вас зовут?"]);
    assert_eq!(talk.says("меня зовут Пётр"), ["say Ваш номер?"]);
    assert_eq!(talk.says("не помню сейчас"), ["say Не разобрал номер, ещё раз?"]);
    assert_eq!(talk.says("где вы находитесь"), ["say На Садовой.", "say Не разобрал номер, ещё раз?"]);
    assert_eq!(talk.says("12-34"), ["say Не знаю."], "a second failure is the safe way out");
    assert_eq!(talk.session.status(), "in_work");
}

#[test]
fn r098_a_conjunction_of_fields() {
    let body = r#"
fields: { phone: { type: phone }, when: { type: date } }
leads: { call: { need: [phone, when], to: [crm] } }
rules:
  - { if: { all: [ { has: phone }, { has: when } ] }, do: [ { lead: call }, { say: "Перезвоним." } ] }
"#;
    let mut talk = Talk::of(body);
    assert!(talk.says("мой номер 89001234567").is_empty());
    let said = talk.says("удобно завтра в 15:00");
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].starts_with("lead call phone=+79001234567 when="), "{said:?}");
    let mut together = Talk::of(body);
    assert_eq!(together.says("89001234567, завтра в 15:00").len(), 2);
    assert!(together.says("спасибо").is_empty(), "nothing new, nothing again");
}

#[test]
fn r099_unmet_conditions_go_on_or_finish_without_a_lead() {
    let goes_on = r#"
fields: { phone: { type: phone, ask: "Ваш номер?" } }
leads: { l: { need: [phone], to: [crm] } }
rules: [ { if: { has: phone }, do: [ { lead: l }, { say: Спасибо } ] } ]
faq: { unknown: [ { say: "Оставьте номер." } ] }
"#;
    let mut talk = Talk::of(goes_on);
    assert_eq!(talk.says("хочу заказать"), ["say Оставьте номер."]);
    let finishes = r#"
fields: { phone: { type: phone } }
leads: { l: { need: [phone], to: [crm] } }
rules:
  - { if: { has: phone }, do: [ { lead: l }, { finish: silent } ] }
  - { if: { not: { has: phone } }, do: [ { status: not_fit }, { finish: reopen } ] }
"#;
    assert_eq!(Talk::of(finishes).says("хочу заказать"), ["status not_fit", "finish reopen not_fit"]);
}

#[test]
fn r100_a_request_with_phone_and_time_is_exactly_one_lead() {
    let body = r#"
fields: { phone: { type: phone }, when: { type: date } }
leads: { order: { need: [phone], to: [crm] } }
rules:
  - { if: { has: phone }, do: [ { lead: order }, { say: "Спасибо!" } ] }
"#;
    let mut talk = Talk::of(body);
    let turn =
        talk.event(json!({"kind": "message", "text": "Хочу заказать услугу, мой номер 79991234567, можно приехать завтра в 15:00"}));
    let leads: Vec<_> = turn
        .effects
        .iter()
        .map(|e| serde_json::to_value(e).unwrap())
        .filter(|e| e["kind"] == "create_lead")
        .collect();
    assert_eq!(leads.len(), 1);
    assert_eq!(leads[0]["fields"]["phone"], "+79991234567");
    assert_eq!(leads[0]["fields"]["when"]["date"], "2026-01-06");
    assert_eq!(leads[0]["fields"]["when"]["time"], "15:00");
}

#[test]
fn r101_interest_without_a_phone_is_no_lead() {
    let mut talk = Talk::of(CALLBACK);
    assert!(talk.says("Интересует ваша услуга").is_empty());
    let mut clinic = Talk::new(clinic());
    assert!(!clinic.says("Интересует ваша услуга").iter().any(|line| line.starts_with("lead")));
}

#[test]
fn r103_a_lead_goes_on_or_finishes_as_the_author_says() {
    let body = |after: &str| {
        format!(
            "fields: {{ phone: {{ type: phone }} }}\nleads: {{ l: {{ need: [phone], to: [crm] }} }}\n\
             rules: [ {{ if: {{ has: phone }}, do: [ {{ lead: l }}, {after} ] }} ]\n\
             faq: {{ items: [ {{ ask: [условия], say: Вот. }} ] }}"
        )
    };
    let mut on = Talk::of(&body("{ say: Спасибо! }"));
    on.says("89001234567");
    assert_eq!(on.says("условия"), ["say Вот."]);
    let mut over = Talk::of(&body("{ finish: silent }"));
    over.says("89001234567");
    assert!(over.says("условия").is_empty());
}

#[test]
fn c1_a_rule_that_does_not_say_what_follows_its_lead_is_warned_of_and_goes_on() {
    let body = "fields: { phone: { type: phone } }\nleads: { l: { need: [phone], to: [crm] } }\n\
                rules: [ { name: Голый лид, if: { has: phone }, do: [ { lead: l } ] } ]\n\
                faq: { items: [ { ask: [условия], say: Вот. } ], unknown: [ { say: Уточню. } ] }";
    assert_eq!(warnings(body), ["after_lead"]);
    let mut talk = Talk::of(body);
    assert_eq!(talk.says("89001234567"), ["lead l phone=+79001234567"]);
    assert_eq!(talk.says("условия"), ["say Вот."]);
}

#[test]
fn r120_c15b_the_first_rule_wins_between_opposite_outcomes() {
    let rule_lead =
        "{ if: { words: [\"любит собак\", \"люблю собак\"] }, do: [ { lead: l }, { say: Отлично! } ] }";
    let rule_stop = "{ if: { words: [собака, кошка] }, do: [ { status: not_fit }, { finish: silent } ] }";
    let body = |first: &str, second: &str| {
        format!("leads: {{ l: {{ to: [crm] }} }}\nrules:\n  - {first}\n  - {second}\n")
    };
    let mut friendly = Talk::of(&body(rule_lead, rule_stop));
    assert_eq!(friendly.says("Клиент любит собак"), ["lead l", "say Отлично!"]);
    let mut strict = Talk::of(&body(rule_stop, rule_lead));
    assert_eq!(strict.says("Клиент любит собак"), ["status not_fit", "finish silent not_fit"]);
}

#[test]
fn r124_an_email_is_a_contact() {
    let body = r#"
fields: { phone: { type: phone }, email: { type: email } }
leads: { contact: { to: [crm] } }
rules: [ { if: { any: [ { has: phone }, { has: email } ] }, do: [ { lead: contact }, { status: done }, { finish: silent } ] } ]
"#;
    assert_eq!(
        Talk::of(body).says("пишите на Anna.K@Example.COM"),
        ["lead contact email=anna.k@example.com", "status done", "finish silent done"]
    );
    assert_eq!(Talk::of(body).says("89001234567")[0], "lead contact phone=+79001234567");
}

const CONTINUES: &str = r#"
fields: { phone: { type: phone }, agrees: { type: yes_no, ask: "Спасибо! Вам удобно, если перезвоним с 10 до 18?" } }
leads: { l: { need: [phone], to: [crm] } }
rules: [ { if: { has: phone }, do: [ { lead: l }, { ask: agrees }, { say: "Договорились." } ] } ]
"#;

#[test]
fn r125_a_lead_of_an_unallocated_code_then_a_question() {
    let mut talk = Talk::of(CONTINUES);
    assert_eq!(
        talk.says("+7 123 456-78-90"),
        ["lead l phone=+71234567890", "say Спасибо! Вам удобно, если перезвоним с 10 до 18?"]
    );
    // The answer joins the lead that exists: an update, not a second lead.
    assert_eq!(talk.says("да"), ["say Договорились.", "update l agrees=true"]);
}

#[test]
fn r126_the_lead_stays_in_session_and_record() {
    let mut talk = Talk::of(CALLBACK);
    let turn = talk.event(json!({"kind": "message", "text": "89001234567"}));
    let record = serde_json::to_value(&turn.record).unwrap();
    assert!(record["effects"].as_array().unwrap().iter().any(|e| e["kind"] == "create_lead"));
    assert!(talk.session.snapshot().contains("+79001234567"));
}

#[test]
fn r127_one_last_reply_in_the_closing_step_then_silence() {
    let mut talk = Talk::new(clinic());
    assert_eq!(
        talk.says("8 900 123 45 67"),
        [
            "lead callback phone=+79001234567",
            "say Спасибо! Ваша заявка принята. До связи!",
            "status done",
            "finish silent done"
        ]
    );
    assert!(talk.says("ау").is_empty());
}

#[test]
fn r132_a_candidate_is_an_hr_lead() {
    let body = r#"
fields: { phone: { type: phone } }
leads: { candidate: { need: [phone], to: [bitrix24] } }
rules: [ { if: { has: phone }, do: [ { lead: candidate }, { status: done }, { finish: silent } ] } ]
faq: { items: [ { ask: ["Когда перезвоните?"], say: "Завтра." } ] }
"#;
    let mut talk = Talk::of(body);
    assert_eq!(
        talk.says("Мой номер 8-900-123-45-67"),
        ["lead candidate phone=+79001234567", "status done", "finish silent done"]
    );
    assert!(talk.says("Когда перезвоните?").is_empty());
}

#[test]
fn r135_a_lead_without_a_target_is_not_lost() {
    let body = "fields: { phone: { type: phone } }\nleads: { l: { need: [phone], confirm_within: 5m } }\n\
                rules: [ { if: { has: phone }, do: [ { lead: l }, { say: Спасибо } ] } ]";
    assert_eq!(warnings(body), ["lead_without_target"]);
    let mut talk = Talk::of(body);
    assert_eq!(talk.says("89001234567")[0], "lead l phone=+79001234567");
    assert!(talk.wait(2.0).is_empty(), "nobody to confirm, no alert");
    assert!(talk.session.snapshot().contains("\"name\":\"l\""));
}

#[test]
fn a_changed_field_updates_the_lead_and_an_equal_one_does_not() {
    let mut talk = Talk::of(CONTINUES);
    let turn = talk.event(json!({"kind": "message", "text": "89001234567"}));
    let first = serde_json::to_value(&turn.effects[1]).unwrap();
    assert!(talk.says("повторю: 8 900 123-45-67").iter().all(|line| !line.starts_with("update")));
    let turn = talk.event(json!({"kind": "message", "text": "лучше 8 900 765-43-21"}));
    let update = turn.effects.iter().map(|e| serde_json::to_value(e).unwrap());
    let updates: Vec<_> = update.filter(|e| e["kind"] == "update_lead").collect();
    assert_eq!(updates.len(), 1, "{:?}", turn.effects);
    assert_eq!(updates[0]["lead_key"], first["lead_key"]);
    assert_eq!(updates[0]["fields"], json!({"phone": "+79007654321"}));
}

#[test]
fn c21_five_minutes_count_from_the_lead_and_outlive_the_end() {
    let mut talk = Talk::new(clinic());
    let turn = talk.event(json!({"kind": "message", "text": "89001234567"}));
    let created = talk.now;
    assert_eq!(turn.next_due, Some(created.plus(5 * 60_000)));
    talk.says("алло?");
    talk.now = created.plus(5 * 60_000);
    let due = talk.due();
    let reason = due.record.matched.why[0].as_str();
    assert!(reason.starts_with("timer confirm."), "the record says why: {:?}", due.record.matched);
    let alerts = shown(&due);
    assert_eq!(alerts.len(), 1, "{alerts:?}");
    assert!(
        alerts[0].starts_with("alert the lead `callback`") && alerts[0].contains("kommo, telegram_admin")
    );
    assert!(talk.wait(48.0).is_empty(), "one alert per lead");
    // A late ok is recorded as resolved.
    let effect = effect_key(&turn, "create_lead");
    let late = talk.event(json!({"kind": "result", "effect": effect, "ok": true, "data": {"id": "77"}}));
    assert_eq!(late.record.matched.why, ["resolved"]);
    assert!(late.effects.is_empty());
}

#[test]
fn c21_the_alert_outlives_the_operator_too_and_an_ok_prevents_it() {
    let mut talk = Talk::of(
        "fields: { phone: { type: phone } }\nleads: { l: { need: [phone], to: [crm], confirm_within: 5m } }\n\
         rules: [ { if: { has: phone }, do: [ { lead: l }, { say: Спасибо } ] } ]",
    );
    talk.says("89001234567");
    talk.operator("joined");
    assert_eq!(talk.wait(0.1).len(), 1);
    let mut fine = Talk::new(clinic());
    let turn = fine.event(json!({"kind": "message", "text": "89001234567"}));
    fine.answers(&effect_key(&turn, "create_lead"), true, json!({"id": 5}));
    assert!(fine.wait(48.0).is_empty());
}

#[test]
fn a_result_of_an_unknown_target_is_told_and_confirms_nothing() {
    let mut talk = Talk::new(clinic());
    let turn = talk.event(json!({"kind": "message", "text": "89001234567"}));
    let effect = effect_key(&turn, "create_lead");
    let lines =
        shown(&talk.event(json!({"kind": "result", "effect": effect, "target": "bitrix", "ok": true})));
    assert!(lines[0].starts_with("alert `bitrix`"), "{lines:?}");
    assert_eq!(talk.wait(0.2).len(), 1);
}

#[test]
fn c7_a_phone_that_a_flow_asks_for_is_no_lead() {
    let body = r#"
fields: { phone: { type: phone, ask: "Телефон из заказа?" } }
leads: { callback: { need: [phone], to: [crm] } }
rules: [ { if: { all: [ { has: phone }, { flow: none } ] }, do: [ { lead: callback }, { say: "Перезвоним." } ] } ]
flows:
  tracking:
    start: { words: ["где заказ"] }
    collect: [phone]
    then: [ { request: order }, { say: "Статус: {order.status}." } ]
    done: { result: order }
    unsure: { repeat: 2, do: [ { handoff: unclear } ] }
"#;
    let mut talk = Talk::of(body);
    assert_eq!(talk.says("Где мой заказ?"), ["say Телефон из заказа?"]);
    let turn = talk.event(json!({"kind": "message", "text": "8 900 123 45 67"}));
    assert_eq!(shown(&turn), ["request order"]);
    let effect = effect_key(&turn, "request");
    assert_eq!(talk.answers(&effect, true, json!({"status": "в пути"})), ["say Статус: в пути."]);
    assert!(talk.says("спасибо").is_empty());
    // In a message of its own, without the flow, it is one.
    assert_eq!(Talk::of(body).says("8 900 123 45 67")[0], "lead callback phone=+79001234567");
}

#[test]
fn c7_a_phone_that_proves_an_identity_is_no_contact_later_either() {
    let body = r#"
fields: { phone: { type: phone, ask: "Телефон из заказа?" }, name: { type: name, ask: "Имя?" } }
leads: { callback: { need: [name, phone], to: [crm] } }
rules:
  - { if: { all: [ { has: name }, { has: phone } ] }, do: [ { lead: callback }, { say: "Перезвоним." } ] }
  - { if: { words: [перезвоните] }, do: [ { lead: callback }, { say: "Ждите звонка." } ] }
flows:
  tracking:
    start: { words: ["где заказ"] }
    collect: [phone]
    then: [ { request: order }, { say: "Статус: {order.status}." } ]
    done: { result: order }
    unsure: { repeat: 2, do: [ { handoff: unclear } ] }
"#;
    let identified = |first: &str| {
        let mut talk = Talk::of(body);
        let mut turn = talk.event(json!({"kind": "message", "text": first}));
        if shown(&turn) == ["say Телефон из заказа?"] {
            turn = talk.event(json!({"kind": "message", "text": "8 900 123 45 67"}));
        }
        let effect = effect_key(&turn, "request");
        assert_eq!(talk.answers(&effect, true, json!({"status": "в пути"})), ["say Статус: в пути."]);
        assert_eq!(talk.session.flow(), None);
        talk
    };
    for first in ["Где мой заказ?", "Где мой заказ? Телефон 8 900 123 45 67"] {
        let mut talk = identified(first);
        assert!(talk.says("меня зовут Анна").is_empty(), "{first}");
        // A lead asks for it, and the same number, given for that, is one.
        assert_eq!(talk.says("перезвоните мне"), ["say Телефон из заказа?"], "{first}");
        let called = talk.says("8 900 123 45 67");
        assert_eq!(called[0], "lead callback name=Анна phone=+79001234567", "{first}: {called:?}");
        // So is one that comes by itself.
        let mut talk = identified(first);
        talk.says("меня зовут Анна");
        assert_eq!(talk.says("8 900 123 45 67")[0], "lead callback name=Анна phone=+79001234567");
    }
    // One that was known as a contact before stays one.
    let mut known = Talk::of(body);
    known.says("8 900 123 45 67");
    known.says("Где мой заказ? Телефон 8 900 123 45 67");
    assert!(known.says("меня зовут Анна")[0].starts_with("lead callback"));
}

#[test]
fn a_reaction_of_an_earlier_dialog_leaves_the_status_of_this_one() {
    let mut talk = Talk::new(clinic());
    talk.says("запишите меня");
    let asked = talk.event(json!({"kind": "message", "text": "чистка"}));
    let slots = json!({"slots": [{"id": "s1", "start": "2026-01-20T10:00:00Z"}]});
    talk.answers(&effect_key(&asked, "request"), true, slots.clone());
    talk.presses("s1");
    talk.says("Анна");
    talk.says("8 900 123-45-67");
    let booked = talk.event(json!({"kind": "message", "text": "нет"}));
    let visit = talk.answers(&effect_key(&booked, "request"), true, json!(null));
    assert!(visit.iter().any(|line| line.starts_with("lead visit")), "{visit:?}");
    talk.says("спасибо");
    talk.wait(24.0 * 14.0 + 2.0);
    talk.says("спасибо");
    talk.says("Где вы находитесь?");
    assert_eq!((talk.session.dialog(), talk.session.status()), (2, "in_work"));
    let confirmed = talk.event(json!({"kind": "message", "text": "Подтвердить", "button": "Подтвердить"}));
    assert_eq!(shown(&confirmed), ["status confirmed", "say Ждём вас!"]);
    assert_eq!(talk.session.status(), "in_work", "the status told is that of dialog 1");
    assert_eq!((confirmed.record.dialog, talk.session.dialog()), (1, 2));
    // A new time goes to the lead of dialog 1.
    let moved = talk.event(json!({"kind": "message", "button": "Перенести"}));
    let later = json!({"slots": [{"id": "s2", "start": "2026-01-22T10:00:00Z"}]});
    talk.answers(&effect_key(&moved, "request"), true, later);
    let again = talk.event(json!({"kind": "message", "button": "s2"}));
    let updated = talk.answers(&effect_key(&again, "request"), true, json!(null));
    assert!(updated.iter().any(|line| line.starts_with("update visit when=")), "{updated:?}");
    assert!(!updated.iter().any(|line| line.starts_with("lead ")), "{updated:?}");
    assert_eq!(talk.session.status(), "in_work");
}

#[test]
fn c24_an_edit_updates_and_makes_no_second_lead() {
    let mut talk = Talk::of(CONTINUES);
    talk.event_called("m1", json!({"kind": "message", "text": "мой номер 89001234567"}));
    let turn = talk
        .event_called("m1-edit", json!({"kind": "message", "text": "мой номер 89001234568", "edited": "m1"}));
    let lines = shown(&turn);
    assert!(lines.contains(&"update l phone=+79001234568".to_string()), "{lines:?}");
    assert!(!lines.iter().any(|line| line.starts_with("lead ")), "{lines:?}");
    let deleted = talk.event(json!({"kind": "deleted", "of": "m1"}));
    assert!(deleted.effects.is_empty());
    assert_eq!(serde_json::to_value(&deleted.record).unwrap()["event"]["kind"], "deleted");
}

#[test]
fn c24_an_edit_after_the_dialog_was_closed_makes_no_second_lead() {
    let body = r#"
fields: { phone: { type: phone } }
leads: { l: { need: [phone], to: [crm] } }
rules: [ { if: { has: phone }, do: [ { lead: l }, { say: Спасибо }, { finish: reopen } ] } ]
"#;
    let mut talk = Talk::of(body);
    talk.event_called("m1", json!({"kind": "message", "text": "89001234567"}));
    let turn = talk.event_called("m1e", json!({"kind": "message", "text": "89001234568", "edited": "m1"}));
    assert_eq!(shown(&turn), ["update l phone=+79001234568"]);
    assert_eq!(talk.session.dialog(), 1);
}

#[test]
fn a_new_dialog_has_a_lead_of_its_own() {
    let body = r#"
fields: { phone: { type: phone } }
leads: { l: { need: [phone], to: [crm] } }
rules: [ { if: { has: phone }, do: [ { lead: l }, { finish: reopen } ] } ]
"#;
    let mut talk = Talk::of(body);
    let lead_key = |turn: &frontdesk::dialog::Turn| {
        let effects = turn.effects.iter().map(|e| serde_json::to_value(e).unwrap());
        effects.filter(|e| e["kind"] == "create_lead").map(|e| e["lead_key"].clone()).next()
    };
    let first = lead_key(&talk.event(json!({"kind": "message", "text": "89001234567"}))).unwrap();
    // Without a phone there is nothing new; the same phone again is a first mention of dialog 2.
    assert_eq!(lead_key(&talk.event(json!({"kind": "message", "text": "ещё вопрос"}))), None);
    assert_eq!(talk.session.dialog(), 2);
    let second = lead_key(&talk.event(json!({"kind": "message", "text": "89001234567"}))).unwrap();
    assert_ne!(first, second);
}

#[test]
fn the_channels_own_phone_is_not_given_unless_the_author_says_so() {
    let known = r#"{"phone":"+79001112233","name":"Олег","chat_url":"https://example.com/c/1"}"#;
    let mut talk = Talk::open(crate::talk::bot(CALLBACK), key("1"), contact(known));
    assert!(talk.says("добрый день").is_empty());
    let used = format!("contact: {{ phone: use }}\n{CALLBACK}");
    let mut talk = Talk::open(crate::talk::bot(&used), key("1"), contact(known));
    let turn = talk.event(json!({"kind": "message", "text": "добрый день"}));
    assert_eq!(shown(&turn)[0], "lead callback phone=+79001112233");
    let lead = serde_json::to_value(turn.effects.iter().find(|e| shown_is_lead(e)).unwrap()).unwrap();
    assert_eq!(lead["chat_url"], "https://example.com/c/1");
}

fn shown_is_lead(effect: &frontdesk::dialog::Effect) -> bool {
    serde_json::to_value(effect).unwrap()["kind"] == "create_lead"
}
