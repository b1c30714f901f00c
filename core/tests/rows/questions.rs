//! Questions that a list or a flow asks, and what may come between them and their answers.

use crate::talk::{Talk, clinic, effect_key, shown};
use serde_json::json;

#[test]
fn r137_if_this_then_that_reads_like_a_sentence() {
    let body = r#"
words: { hello: [привет] }
rules:
  - name: Если поздоровался, то ответить
    if: { words: hello }
    do: { say: "Здравствуйте!" }
"#;
    assert_eq!(Talk::of(body).says("привет"), ["say Здравствуйте!"]);
}

#[test]
fn r104_known_fields_are_not_asked_again() {
    let mut talk = Talk::new(clinic());
    let turn = talk.event(json!({"kind": "message", "text": "меня зовут Анна, хочу записаться на чистку"}));
    assert_eq!(shown(&turn), ["request slots"]);
    let slots = json!({"slots": [{"id": "s1", "start": "2026-01-08T12:00:00Z"}]});
    let offered = talk.answers(&effect_key(&turn, "request"), true, slots);
    assert_eq!(offered, ["say Выберите удобное время. [8 января, 15:00]"]);
    assert_eq!(talk.says("да"), ["say Оставьте номер — администратор подтвердит запись."]);
    let said = talk.says("89001234567");
    assert_eq!(said, ["say Есть пожелания врачу?"], "name and service are known: {said:?}");
}

#[test]
fn a_whole_booking_through_questions_faq_and_reminders() {
    let mut talk = Talk::new(clinic());
    assert_eq!(talk.says("запишите меня"), ["say Какая услуга нужна? [Чистка|Лечение|Имплант]"]);
    assert_eq!(talk.says("2"), ["request slots"]);
    assert_eq!(talk.field("service"), "Лечение");
    let slots = json!({"slots": [
        {"id": "s1", "start": "2026-01-08T12:00:00Z", "label": "чт в 15"},
        {"id": "s2", "start": "2026-01-09T12:00:00Z", "label": "пт в 15"}]});
    let request = talk.session.snapshot();
    let request = request.split("\"request\":\"").nth(1).unwrap().split('"').next().unwrap().to_string();
    assert_eq!(talk.answers(&request, true, slots), ["say Выберите удобное время. [чт в 15|пт в 15]"]);
    assert_eq!(
        talk.says("Больно ли ставить имплант?"),
        [
            "say Под анестезией — нет. Хотите, запишем на консультацию? [Записаться]",
            "say Выберите удобное время. [чт в 15|пт в 15]"
        ]
    );
    assert_eq!(talk.presses("s2"), ["say Как к вам обращаться?"]);
    assert_eq!(talk.says("Анна"), ["say Оставьте номер — администратор подтвердит запись."]);
    assert_eq!(
        talk.says("12345"),
        ["say Похоже, в номере ошибка. Напишите его ещё раз, например +7 900 123-45-67."]
    );
    assert_eq!(talk.says("+7 900 123-45-67"), ["say Есть пожелания врачу?"]);
    let turn = talk.event(json!({"kind": "message", "text": "нет"}));
    assert_eq!(shown(&turn), ["request book"]);
    let done = talk.answers(&effect_key(&turn, "request"), true, json!(null));
    assert!(done[0].starts_with("lead visit name=Анна phone=+79001234567 service=Лечение when="), "{done:?}");
    assert_eq!(done[1], "status booked");
    assert!(done[2].starts_with("say Записали: Лечение, пт в 15."), "{done:?}");
    // Nobody confirmed the lead in five minutes; 24 hours before Friday 15:00 the first reminder.
    let told = talk.wait(24.0 * 3.2);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("alert the lead `visit`"), "{told:?}");
    assert_eq!(told[1], "say Напоминаем: пт в 15, Лечение. [Подтвердить|Перенести]");
    assert_eq!(talk.says("подтвердить"), ["status confirmed", "say Ждём вас!"]);
}

#[test]
fn a_taken_slot_is_offered_again_and_booked_once_more() {
    let body = r#"
fields: { when: { type: slot, ask: "Когда?" } }
flows:
  visit:
    start: { words: [визит] }
    collect: [when]
    then: [ { request: book }, { status: booked }, { say: "Ждём {when}." } ]
    done: { status: booked }
    unsure: { do: [ { say: "Позвоним сами." }, { handoff: unclear } ] }
"#;
    let mut talk = Talk::of(body);
    let slots = |id: &str| json!({"slots": [{"id": id, "start": "2026-01-08T12:00:00Z", "label": id}]});
    let turn = talk.event(json!({"kind": "message", "text": "визит"}));
    assert_eq!(talk.answers(&effect_key(&turn, "request"), true, slots("a")), ["say Когда? [a]"]);
    let turn = talk.event(json!({"kind": "message", "button": "a"}));
    let book = effect_key(&turn, "request");
    let taken = json!({"kind": "result", "effect": book, "ok": true, "data": {"taken": true}});
    let turn = talk.event(taken);
    assert_eq!(shown(&turn), ["request slots"]);
    assert_eq!(talk.answers(&effect_key(&turn, "request"), true, slots("b")), ["say Когда? [b]"]);
    let turn = talk.event(json!({"kind": "message", "text": "да"}));
    assert_eq!(shown(&turn), ["request book"]);
    assert_eq!(
        talk.answers(&effect_key(&turn, "request"), true, json!(null)),
        ["status booked", "say Ждём b."]
    );
    assert_eq!(talk.session.flow(), None);
    // The answer of the first booking comes once more: nobody waits.
    assert!(talk.answers(&book, true, json!(null)).is_empty());
}

#[test]
fn no_slots_no_result_and_a_refusal_all_lead_to_the_safe_way_out() {
    let body = r#"
fields: { when: { type: slot, ask: "Когда?" } }
flows:
  visit:
    start: { words: [визит] }
    collect: [when]
    then: [ { request: book, wait: 30s }, { status: booked }, { say: "Ждём." } ]
    done: { status: booked }
    unsure: { do: [ { say: "Позвоним сами." }, { handoff: unclear } ] }
"#;
    let safe = ["say Позвоним сами.", "handoff unclear normal"];
    let mut none = Talk::of(body);
    let turn = none.event(json!({"kind": "message", "text": "визит"}));
    assert_eq!(none.answers(&effect_key(&turn, "request"), true, json!({"slots": []})), safe);
    let mut late = Talk::of(body);
    late.says("визит");
    assert_eq!(late.wait(0.1), safe);
    let slots = json!({"slots": [{"id": "a", "start": "2026-01-08T12:00:00Z"}]});
    let book = || {
        let mut talk = Talk::of(body);
        let turn = talk.event(json!({"kind": "message", "text": "визит"}));
        talk.answers(&effect_key(&turn, "request"), true, slots.clone());
        let turn = talk.event(json!({"kind": "message", "button": "a"}));
        (effect_key(&turn, "request"), talk)
    };
    let (request, mut refused) = book();
    assert_eq!(refused.answers(&request, false, json!(null)), safe);
    assert!(refused.answers(&request, true, json!(null)).is_empty(), "an answer that changes its mind");
    let (request, mut silent) = book();
    assert_eq!(silent.wait(0.1), safe);
    assert!(silent.answers(&request, true, json!(null)).is_empty(), "too late");
    assert_eq!(silent.session.status(), "needs_manager");
}

#[test]
fn a_lead_that_waits_for_a_phone_is_not_lost_when_the_phone_comes_with_other_words() {
    let body = r#"
fields: { phone: { type: phone, ask: "Номер?" } }
leads: { l: { need: [phone], to: [crm] } }
rules:
  - { if: { words: [срочно] }, do: [ { tag: urgent } ], go_on: true }
  - { if: { words: [заявка] }, do: [ { lead: l }, { say: "Приняли." }, { status: done }, { finish: silent } ] }
"#;
    let mut talk = Talk::of(body);
    assert_eq!(talk.says("оставлю заявку"), ["say Номер?"]);
    assert_eq!(
        talk.says("8 900 123-45-67, срочно"),
        ["tag urgent", "lead l phone=+79001234567", "say Приняли.", "status done", "finish silent done"]
    );
}

#[test]
fn a_text_question_refuses_what_the_faq_knows_word_for_word() {
    let body = r#"
fields: { what: { type: text, ask: "Что случилось?" } }
leads: { l: { need: [what], to: [crm] } }
rules: [ { if: { words: [проблема] }, do: [ { lead: l }, { say: "Записал: {what}" } ] } ]
faq: { items: [ { ask: ["Где вы находитесь?"], say: "На Садовой." } ] }
"#;
    let mut talk = Talk::of(body);
    assert_eq!(talk.says("у меня проблема"), ["say Что случилось?"]);
    assert_eq!(talk.says("Где вы находитесь?"), ["say На Садовой.", "say Что случилось?"]);
    assert_eq!(talk.says("сломался замок"), ["lead l what=сломался замок", "say Записал: сломался замок"]);
}

#[test]
fn a_rule_that_asks_again_while_its_question_is_open_asks_once() {
    let body = r#"
fields: { phone: { type: phone, ask: "Номер?" } }
leads: { l: { need: [phone], to: [crm] } }
rules: [ { if: { words: [заявка] }, do: [ { lead: l }, { say: "Приняли." } ] } ]
"#;
    let mut talk = Talk::of(body);
    talk.says("заявка");
    talk.says("хочу оставить заявку");
    assert_eq!(talk.says("89001234567"), ["lead l phone=+79001234567", "say Приняли."]);
    assert!(talk.says("спасибо").is_empty());
    assert!(talk.says("ок").is_empty());
}

#[test]
fn an_empty_placeholder_says_nothing_rather_than_an_empty_reply() {
    let body = r#"
fields: { name: { type: name } }
rules: [ { if: { words: [кто] }, do: [ { say: "{name}" }, { say: "Привет, {name|друг}!" } ] } ]
"#;
    assert_eq!(Talk::of(body).says("кто я"), ["say Привет, друг!"]);
}

#[test]
fn r047_a_wish_with_its_particulars_starts_the_flow_and_a_question_about_it_is_answered() {
    let body = r#"
words: { booking: [хочу записаться, запишите, записаться на] }
fields: { service: { type: choice, ask: "Какая услуга нужна?", options: [Чистка, Лечение] }, day: { type: date, ask: "Когда?" } }
faq: { items: [ { ask: ["Как записаться на приём?", "Хочу записаться на чистку"], say: "По телефону или здесь." } ] }
flows: { booking: { start: { words: booking }, collect: [service, day], then: [ { status: booked } ], done: { status: booked }, unsure: { repeat: 2, do: [ { handoff: unclear } ] } } }
"#;
    let first = |text: &str| Talk::of(body).says(text).first().cloned().unwrap_or_default();
    assert_eq!(first("хочу записаться на чистку"), "say Когда?");
    assert_eq!(first("Здравствуйте, запишите меня, пожалуйста, на лечение"), "say Когда?");
    assert_eq!(first("Как записаться на приём?"), "say По телефону или здесь.");
}

const INTERRUPTED: &str = r#"
fields:
  phone: { type: phone, ask: ["Номер?", "Не телефон."] }
  fits: { type: yes_no, ask: "Адрес верный?" }
  home: { type: yes_no, ask: "Были дома?" }
  size: { type: number, ask: "Размер?" }
rules:
  - { if: { words: [каталог] }, do: [ { ask: phone }, { say: "Пришлём на {phone}." } ] }
flows:
  track: { start: { words: [статус] }, collect: [], then: [ { ask: phone }, { say: "Ищу." }, { status: found } ], done: { status: found }, unsure: { do: [ { handoff: x } ] } }
  lost: { start: { words: [пропала] }, collect: [fits, home], then: [ { say: "Проверим." }, { status: checked } ], done: { status: checked }, unsure: { do: [ { handoff: x } ] } }
  fit: { start: { words: [размер] }, collect: [size], then: [ { status: sized } ], done: { status: sized }, unsure: { do: [ { handoff: x } ] } }
statuses: { found: { title: Нашли }, checked: { title: Сверили }, sized: { title: Подобрали } }
"#;

#[test]
fn r061_the_question_asked_last_is_answered_and_the_one_before_returns() {
    for (first, end) in [("статус", "say Ищу."), ("каталог", "say Пришлём на +79001234567.")]
    {
        let mut talk = Talk::of(INTERRUPTED);
        assert_eq!(talk.says(first), ["say Номер?"]);
        assert_eq!(talk.says("посылка пропала"), ["say Адрес верный?"]);
        assert_eq!(talk.says("да"), ["say Были дома?"], "{first}");
        assert_eq!(talk.says("да"), ["say Проверим.", "status checked", "say Номер?"], "{first}");
        assert!(talk.says("8 900 123-45-67").contains(&end.to_string()), "{first}");
    }
}

#[test]
fn r061_flows_within_flows_go_back_one_question_at_a_time() {
    let mut talk = Talk::of(INTERRUPTED);
    talk.says("статус");
    talk.says("посылка пропала");
    assert_eq!(talk.says("какой размер"), ["say Размер?"]);
    assert_eq!(talk.says("46"), ["status sized", "say Адрес верный?"]);
    talk.says("нет");
    assert_eq!(talk.says("нет"), ["say Проверим.", "status checked", "say Номер?"]);
}

#[test]
fn r061_a_rule_asks_after_the_flow_and_is_answered_before_it() {
    let mut talk = Talk::of(INTERRUPTED);
    talk.says("посылка пропала");
    assert_eq!(talk.says("пришлите каталог"), ["say Номер?"]);
    assert_eq!(talk.says("ой"), ["say Не телефон."]);
    assert_eq!(talk.says("8 900 123-45-67"), ["say Пришлём на +79001234567."]);
    assert_eq!(talk.says("да"), ["say Были дома?"]);
}
