//! R037, R039 to R046 and R087 on the example of an agency: a price, three questions, a call.

use crate::talk::{Talk, compile, effect_key, example, shown};
use serde_json::{Value, json};

const ASKED: &str =
    "say Чтобы оценить точно, подскажите бюджет в месяц, что вы продаете и когда хотите стартовать.";
const FITS: &str = "say Отлично, мы вам подходим! Созвонимся на 15 минут и посчитаем точно.";

fn agency() -> Talk {
    Talk::new(example("agency"))
}

/// An agency that has told its range and asked its three things.
fn priced() -> Talk {
    let mut talk = agency();
    assert_eq!(talk.says("Сколько стоит?").last().unwrap(), ASKED);
    talk
}

fn fits(answer: &str) -> bool {
    let said = priced().says(answer);
    let (fits, noted) = (said.contains(&FITS.to_string()), said.contains(&"status requested".to_string()));
    assert!(fits != noted, "{answer}: one of two outcomes, {said:?}");
    fits
}

#[test]
fn r039_a_question_of_price_in_any_words() {
    for text in
        ["Сколько стоит?", "сколько это стоит", "Почём у вас реклама?", "какие расценки?", "скиньте прайс"]
    {
        let range = "say Ведение рекламы стоит от 20 000 до 120 000 ₽ в месяц.";
        assert_eq!(agency().says(text), [range, ASKED], "{text}");
    }
    for text in ["цена на таргет?", "Какова стоимость таргета", "Подскажите, сколько стоит таргет под ключ"]
    {
        let range = "say Ведение таргета стоит от 30 000 до 120 000 ₽ в месяц.";
        assert_eq!(agency().says(text), [range, ASKED], "{text}");
    }
    assert!(agency().says("Скільки коштує таргет?")[0].starts_with("say Ведення таргета коштує"));
    assert!(agency().says("How much are targeted ads?")[0].starts_with("say Targeted ads cost"));
    // Typing errors are no strict words; the table knows the price, too.
    for text in ["сколко стоит реклама", "Сколько денег надо на рекламу?"]
    {
        let said = agency().says(text);
        assert_eq!(
            said,
            ["say Ведение рекламы стоит от 20 000 до 120 000 ₽ в месяц. Оценить точнее? [Оценить]"],
            "{text}"
        );
    }
    let mut estimate = agency();
    estimate.says("сколко стоит реклама");
    assert_eq!(estimate.says("да"), [ASKED]);
}

#[test]
fn r040_product_client_and_urgency_are_heard_where_they_are_said() {
    let mut talk = agency();
    talk.says("Нужна цена на контекст для компании, срочно");
    assert_eq!(talk.field("service"), "context");
    assert_eq!(talk.field("client_type"), "business");
    assert_eq!(talk.field("urgency"), "urgent");
    let mut other = agency();
    other.says("я частное лицо, не срочно, почем таргет");
    assert_eq!(other.field("service"), "target");
    assert_eq!(other.field("client_type"), "person");
    assert_eq!(other.field("urgency"), "calm");
}

#[test]
fn r041_c9_the_price_first_then_exactly_three_questions() {
    let mut talk = agency();
    let mut questions = 0;
    let said = talk.says("цена на таргет?");
    assert!(said[0].contains("стоит от") && said[1] == ASKED);
    for answer in ["45000", "мебель", "в марте"] {
        questions += 1;
        let said = talk.says(answer);
        let asks = said.iter().any(|line| line.contains('?') && line.starts_with("say"));
        assert_eq!(asks, questions < 3, "{answer}: {said:?}");
    }
    assert_eq!(talk.session.status(), "requested");
    // One known beforehand is one question less.
    let mut known = agency();
    let said = known.says("сколько стоит таргет для магазина одежды?");
    assert_eq!(said[1], "say Какой бюджет в месяц вы планируете?");
    assert_eq!(known.says("60 тысяч"), ["say Когда хотите стартовать?"]);
}

#[test]
fn r045_one_reply_fills_several_fields() {
    let mut talk = priced();
    let said = talk.says("50 тысяч, косметика, через неделю");
    assert!(said[0].starts_with("lead ads"), "{said:?}");
    assert_eq!(talk.field("budget"), json!({"minor": 5_000_000, "currency": "RUB"}));
    assert_eq!(talk.field("niche"), "beauty");
    assert_eq!(talk.field("start")["date"], "2026-01-12");
    for (answer, asked) in [
        ("косметика, через неделю", "Какой бюджет в месяц вы планируете?"),
        (
            "бюджет 70 тыс, старт завтра",
            "Что вы продаёте? [Косметика|Одежда|Еда|Мебель|Курсы|Услуги|Другая ниша]",
        ),
        ("продаём мебель, готовы вложить 100к", "Когда хотите стартовать?"),
        ("с первого февраля", "Какой бюджет в месяц вы планируете?"),
        ("одежду", "Какой бюджет в месяц вы планируете?"),
    ] {
        assert_eq!(priced().says(answer), [format!("say {asked}")], "{answer}");
    }
}

#[test]
fn r046_c10_above_the_minimum_and_a_start_within_thirty_days() {
    for (answer, expected) in [
        ("30000, косметика, завтра", false),
        ("30001 рубль, косметика, завтра", true),
        ("29 999, косметика, завтра", false),
        ("30 тысяч, косметика, сегодня", false),
        ("50 тысяч, косметика, сегодня", true),
        ("50 тысяч, косметика, 4 февраля", true),
        ("50 тысяч, косметика, 5 февраля", false),
        ("полмиллиона, мебель, через 30 дней", true),
        ("100к, мебель, через 31 день", false),
        ("500 тысяч, еда, 15.03.2026", false),
    ] {
        assert_eq!(fits(answer), expected, "{answer}");
    }
}

#[test]
fn c10_over_is_strict_and_at_least_is_not() {
    let fires = |test: &str, text: &str| {
        let body = format!(
            "fields: {{ budget: {{ type: money }} }}\nrules: [ {{ if: {{ all: [ {{ has: budget }}, {{ field: budget, \
             {test} }} ] }}, do: [ {{ tag: fits }} ] }} ]\n"
        );
        Talk::of(&body).says(text) == ["tag fits"]
    };
    for (text, over, at_least) in [
        ("бюджет 50 000 рублей", false, true),
        ("бюджет 50 001 рубль", true, true),
        ("49 999 ₽", false, false),
    ] {
        assert_eq!(fires("over: 50000", text), over, "{text}");
        assert_eq!(fires("at_least: 50000", text), at_least, "{text}");
    }
}

#[test]
fn r043_r046_who_fits_is_offered_a_call_and_the_manager_gets_a_summary() {
    let mut talk = priced();
    let turn = talk.event(json!({"kind": "message", "text": "50 тысяч, косметика, через неделю"}));
    let said = shown(&turn);
    assert!(said.contains(&"status qualified".to_string()));
    let summary = said.iter().find(|line| line.starts_with("notify telegram_admin")).unwrap();
    for part in ["50000 RUB", "Косметика", "12 января"] {
        assert!(summary.contains(part), "{summary}");
    }
    assert_eq!(said.last().unwrap(), "request slots");
    let slots = json!({"slots": [{"id": "s1", "start": "2026-01-06T10:00:00+03:00"}]});
    let said = talk.answers(&effect_key(&turn, "request"), true, slots);
    assert_eq!(said, ["say Выберите время созвона. [6 января, 10:00]"]);
}

#[test]
fn r042_r044_a_call_is_booked_with_full_data() {
    let mut talk = agency();
    let turn = talk.event(json!({"kind": "message", "text": "давайте созвонимся"}));
    let slots = json!({"slots": [{"id": "s1", "start": "2026-01-07T10:00:00+03:00"}]});
    talk.answers(&effect_key(&turn, "request"), true, slots.clone());
    for text in ["1", "Марина", "+7 900 123-45-67", "whatsapp"] {
        assert_eq!(talk.says(text).iter().filter(|line| line.starts_with("say")).count(), 1, "{text}");
    }
    let turn = talk.event(json!({"kind": "message", "text": "Воронеж"}));
    // Somebody else was faster: other slots, and the booking once more.
    let taken = talk.event(json!({"kind": "result", "effect": effect_key(&turn, "request"), "ok": true, "data": {"taken": true}}));
    assert_eq!(shown(&taken), ["request slots"]);
    let slots = json!({"slots": [{"id": "s2", "start": "2026-01-07T12:00:00+03:00"}]});
    talk.answers(&effect_key(&taken, "request"), true, slots);
    let turn = talk.event(json!({"kind": "message", "button": "s2"}));
    let said = talk.answers(&effect_key(&turn, "request"), true, Value::Null);
    assert!(said[0].starts_with("lead call") && said[1] == "status booked", "{said:?}");
    assert_eq!(talk.field("city"), "Воронеж");
    assert_eq!(talk.field("contact_way"), "whatsapp");
    assert_eq!(talk.field("call_time")["id"], "s2");
}

#[test]
fn r044_who_does_not_fit_yet_leaves_a_request_with_full_data() {
    let said = priced().says("20 тысяч, курсы, в июле");
    let lead = said.iter().find(|line| line.starts_with("lead ads")).unwrap();
    for part in ["budget=", "niche=courses", "start="] {
        assert!(lead.contains(part), "{lead}");
    }
    assert!(said.contains(&"status requested".to_string()));
}

#[test]
fn r045_a_question_in_the_middle_and_a_correction_after_it() {
    let mut talk = priced();
    assert_eq!(
        talk.says("Входит ли рекламный бюджет в стоимость?"),
        ["say Нет, бюджет на показы вы платите площадке напрямую.", ASKED]
    );
    talk.says("20 тысяч, косметика");
    assert_eq!(talk.says("нет, не 20 тысяч, а 45 тысяч"), ["say Когда хотите стартовать?"]);
    assert_eq!(talk.field("budget")["minor"], 4_500_000);
    assert!(talk.says("на следующей неделе").contains(&FITS.to_string()));
}

#[test]
fn r037_a_flow_says_when_it_is_done_and_its_safe_way_out() {
    let whole = "flows: { f: { done: { status: done }, unsure: { do: [ { handoff: x } ] } } }\n";
    assert!(compile(whole).is_ok());
    for body in [
        "flows: { f: { unsure: { do: [ { handoff: x } ] } } }\n",
        "flows: { f: { done: { status: done } } }\n",
        "flows: { f: { done: { status: done }, unsure: { repeat: 2 } } }\n",
    ] {
        let errors = compile(body).err().unwrap();
        assert_eq!(errors[0].code.to_string(), "missing_key", "{body}");
        assert!(errors[0].path.starts_with("flows.f"), "{}", errors[0].path);
    }
}

#[test]
fn r087_one_event_of_high_volume_and_low_risk_is_a_bot() {
    let body = r#"
fields: { order: { type: order, mask: "A-######", ask: "Номер заказа?" } }
flows:
  track:
    start: { words: ["где заказ"] }
    collect: [order]
    then: [ { request: order }, { say: "Заказ {order}: {order.status}." } ]
    done: { result: order }
    unsure: { do: [ { handoff: unclear } ] }
"#;
    let mut talk = Talk::of(body);
    assert_eq!(talk.says("Где мой заказ?"), ["say Номер заказа?"]);
    let turn = talk.event(json!({"kind": "message", "text": "A-123456"}));
    let said = talk.answers(&effect_key(&turn, "request"), true, json!({"status": "в пути"}));
    assert_eq!(said, ["say Заказ A-123456: в пути."]);
}
