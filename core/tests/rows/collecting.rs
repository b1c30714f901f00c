//! How flows collect: one question for several fields, values beside words, a list that begins anew.

use crate::talk::Talk;
use serde_json::json;

#[test]
fn c16_an_order_number_has_no_language() {
    let body = r#"
languages: { main: ru, also: [en] }
fields: { order: { type: order, mask: "A-######", ask: { ru: "Номер?", en: "Number?" } }, phone: { type: phone, ask: { ru: "Телефон?", en: "Phone?" } } }
flows:
  f: { start: { words: [заказ, order] }, collect: [order, phone], done: { field: phone }, unsure: { do: [ { handoff: x } ] } }
"#;
    let mut talk = Talk::of(body);
    talk.says("где заказ");
    assert_eq!(talk.says("A-123456"), ["say Телефон?"]);
    let mut english = Talk::of(body);
    english.says("where is the order");
    assert_eq!(english.says("A-123456"), ["say Phone?"]);
}

#[test]
fn r031_a_photo_starts_its_flow_in_the_middle_of_another() {
    let body = r#"
fields: { order: { type: order, mask: "A-######", ask: "Номер?" }, photo: { type: photo, ask: "Фото?" }, note: { type: text, ask: "Что случилось?" } }
flows:
  damage: { start: { attachment: photo }, collect: [photo, note], then: [ { handoff: damage } ], done: { status: needs_manager }, unsure: { do: [ { handoff: x } ] } }
  track: { start: { words: [заказ] }, collect: [order], done: { field: order }, unsure: { do: [ { handoff: x } ] } }
"#;
    let mut talk = Talk::of(body);
    talk.says("где заказ");
    let turn = talk.event(json!({"kind": "message", "attachments": [{"kind": "photo", "ref": "p1"}]}));
    assert_eq!(crate::talk::shown(&turn), ["say Что случилось?"]);
    assert_eq!(talk.field("photo"), json!({"ref": "p1"}));
}

const ORDER: &str = r#"
fields: { order: { type: order, mask: "A-######", ask: "Номер?" }, phone: { type: phone, ask: "Телефон?" } }
flows:
  track:
    start: { words: [заказ] }
    collect: [order]
    then: [ { ask: phone }, { request: order, params: { order: "{order}" } } ]
    react: [ { if: { result: order }, do: [ { say: "Едет {order}." } ] } ]
    done: { result: order }
    unsure: { do: [ { handoff: lost } ] }
"#;

#[test]
fn a_list_that_begins_anew_waits_for_its_latest_question_only() {
    let mut talk = Talk::of(ORDER);
    talk.says("где заказ A-123456");
    assert_eq!(talk.says("нет, не A-123456, а A-123457"), ["say Телефон?"]);
    assert_eq!(talk.says("89001234567"), ["request order"]);
    assert_eq!(talk.field("order"), "A-123457");
    assert!(!talk.session.snapshot().contains("\"answer\""), "no question is left open");
}

#[test]
fn a_result_for_a_request_that_was_made_anew_is_not_told() {
    let mut talk = Talk::of(ORDER);
    talk.says("где заказ A-123456");
    let turn = talk.event(json!({"kind": "message", "text": "89001234567"}));
    let old = crate::talk::effect_key(&turn, "request");
    talk.says("ой, A-123457");
    let turn = talk.event(json!({"kind": "message", "text": "89001234567"}));
    assert!(talk.answers(&old, true, json!({"status": "x"})).is_empty());
    let new = crate::talk::effect_key(&turn, "request");
    assert_eq!(talk.answers(&new, true, json!({"status": "x"})), ["say Едет A-123457."]);
}

#[test]
fn set_to_nothing_takes_a_value_back() {
    let body = r#"
fields: { size: { type: choice, options: [большой, малый] }, note: { type: text, ask: "Что?" } }
flows:
  f: { start: { words: [заявка] }, collect: [note], then: [ { set: { note: null, size: null } } ], done: { not: { has: note } }, unsure: { do: [ { handoff: x } ] } }
"#;
    let mut talk = Talk::of(body);
    talk.says("большой");
    assert_eq!(talk.field("size"), "большой");
    for _ in 0..2 {
        assert_eq!(talk.says("заявка"), ["say Что?"]);
        talk.says("вот это");
        assert!(talk.session.fields().is_empty());
    }
}

const TOGETHER: &str = r#"
fields:
  budget: { type: money, ask: ["Какой бюджет?", "Хватит суммы."] }
  niche: { type: choice, ask: "Что продаёте?", options: [Косметика, Одежда] }
  start: { type: date, ask: "Когда старт?" }
faq: { items: [ { ask: ["Есть ли договор?"], say: "Да." } ], unknown: [ { handoff: faq_miss } ] }
handoff: { to: [crm] }
flows:
  f:
    start: { words: [цена] }
    collect: [ { ask: "Подскажите бюджет, что продаёте и когда старт.", fields: [budget, niche, start] } ]
    then: [ { say: "Спасибо." } ]
    done: { field: start }
    unsure: { do: [ { handoff: unclear } ] }
"#;

#[test]
fn r045_one_question_asks_for_several_fields_and_only_what_is_missing_is_asked_again() {
    let asked = "say Подскажите бюджет, что продаёте и когда старт.";
    for (answers, said) in [
        (&["50 тысяч, косметика, через неделю"][..], "say Спасибо."),
        (&["одежда, 70к, с 1 марта"], "say Спасибо."),
        (&["косметика"], "say Какой бюджет?"),
        (&["через месяц"], "say Какой бюджет?"),
        (&["40000"], "say Что продаёте? [Косметика|Одежда]"),
        (&["одежда, 40 тыс"], "say Когда старт?"),
        (&["завтра", "60 тысяч"], "say Что продаёте? [Косметика|Одежда]"),
    ] {
        let mut talk = Talk::of(TOGETHER);
        assert_eq!(talk.says("цена"), [asked]);
        let last = answers.iter().map(|text| talk.says(text)).last().unwrap();
        assert_eq!(last, [said], "{answers:?}");
    }
}

#[test]
fn r045_a_shared_question_returns_after_an_answer_and_fails_in_other_words() {
    let asked = "say Подскажите бюджет, что продаёте и когда старт.";
    let mut talk = Talk::of(TOGETHER);
    talk.says("цена");
    assert_eq!(talk.says("Есть ли договор?"), ["say Да.", asked]);
    assert_eq!(talk.says("ну такое"), ["say Хватит суммы."]);
    assert_eq!(talk.says("не понимаю вас"), ["handoff unclear normal"]);
    // What the first message brought is not asked, nor is the shared question put.
    let mut known = Talk::of(TOGETHER);
    assert_eq!(known.says("какая цена, бюджет 50 тысяч рублей"), ["say Что продаёте? [Косметика|Одежда]"]);
}

#[test]
fn an_optional_photo_is_skipped_in_the_words_people_use() {
    for text in ["нет", "пропустить", "нет фото", "Фото нет.", "без фото"] {
        let body = r#"
fields: { photo: { type: photo, optional: true, ask: "Фото?" } }
flows: { f: { start: { words: [смета] }, collect: [photo], then: [ { say: "Хорошо." } ], done: { any: [ { status: in_work } ] }, unsure: { do: [ { handoff: x } ] } } }
"#;
        let mut talk = Talk::of(body);
        talk.says("смета");
        assert_eq!(talk.says(text), ["say Хорошо."], "{text}");
    }
}

#[test]
fn of_a_denied_value_and_another_the_other_counts() {
    let body = r#"
fields:
  budget: { type: money, ask: "Бюджет?" }
  size: { type: number, ask: "Сколько штук?" }
  colour: { type: choice, ask: "Цвет?", options: [Белый, Чёрный, Не белый] }
  phone: { type: phone, ask: "Телефон?" }
flows: { f: { start: { words: [заявка] }, collect: [budget, size, colour, phone], then: [ { say: "Готово." } ], done: { any: [ { status: in_work } ] }, unsure: { do: [ { handoff: x } ] } } }
"#;
    let mut talk = Talk::of(body);
    talk.says("заявка");
    assert_eq!(talk.says("не 15 тысяч, а 16 тысяч"), ["say Сколько штук?"]);
    assert_eq!(talk.field("budget")["minor"], 1_600_000);
    assert_eq!(talk.says("нет, не 15, а 16"), ["say Цвет? [Белый|Чёрный|Не белый]"]);
    assert_eq!(talk.field("size"), "16");
    assert_eq!(talk.says("не белый, а чёрный"), ["say Телефон?"]);
    assert_eq!(talk.field("colour"), "Чёрный");
    assert_eq!(talk.says("ой, бюджет не 16 тысяч, а 17 тысяч рублей"), ["say Телефон?"]);
    assert_eq!(talk.field("budget")["minor"], 1_700_000);
    talk.says("не 89001234567, а 89001234568");
    assert_eq!(talk.field("phone"), "+79001234568");
    // Denied alone it is no answer.
    let mut alone = Talk::of(body);
    alone.says("заявка, бюджет 15 тысяч рублей");
    assert_eq!(alone.says("не 5"), ["say Сколько штук?"]);
}

#[test]
fn r046_a_summary_quotes_a_question_and_not_an_answer() {
    let body = r#"
fields: { place: { type: text, ask: "Адрес?" }, note: { type: text, ask: "Что сделать?" } }
handoff: { to: [crm], summary: [last_question, place] }
flows: { f: { start: { words: [смета] }, collect: [place, note], then: [ { notify: crm }, { handoff: quote } ], done: { status: needs_manager }, unsure: { do: [ { handoff: x } ] } } }
"#;
    let mut talk = Talk::of(body);
    talk.says("нужна смета на ремонт");
    talk.says("Лесная, 3");
    let said = talk.says("покрасить стены");
    assert_eq!(said[0], "notify crm: Вопрос: «нужна смета на ремонт»; place: Лесная, 3");
}

const STAY: &str = r#"
fields:
  arrival: { type: date, ask: "Когда заезд?" }
  nights: { type: number, ask: "Сколько ночей?" }
  name: { type: name, ask: "Ваше имя?" }
flows:
  stay: { start: { words: [забронировать] }, collect: [arrival, nights, name], done: { field: name }, unsure: { do: [ { handoff: x } ] } }
"#;

#[test]
fn a_time_joins_the_day_that_the_flow_holds() {
    let mut talk = Talk::of(STAY);
    talk.says("хочу забронировать с понедельника");
    talk.says("две");
    talk.says("приедем в 10 утра");
    let arrival = json!({"date": "2026-01-12", "time": "10:00", "precision": "minute"});
    assert_eq!(talk.field("arrival"), arrival);
    talk.says("ой, в 11 утра во вторник");
    assert_eq!(talk.field("arrival")["date"], "2026-01-06", "a day that is said is another day");
}

#[test]
fn the_number_of_a_date_answers_no_question_for_a_number() {
    let mut talk = Talk::of(STAY);
    talk.says("хочу забронировать на 20 января");
    talk.says("ой, заезд 23 января");
    assert_eq!(talk.field("nights"), json!(null));
    assert_eq!(talk.field("arrival")["date"], "2026-01-23");
    assert_eq!(talk.says("3 ночи"), ["say Ваше имя?"]);
    assert_eq!(talk.field("nights"), json!("3"));
    assert_eq!(talk.field("arrival")["date"], "2026-01-23");
}
