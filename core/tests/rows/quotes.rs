//! R064 to R071 and C8, C13 on the example of an agency: from a request for a quote to a payment.

use crate::talk::{Talk, effect_key, example, shown};
use frontdesk::dialog::Turn;
use serde_json::{Value, json};

fn agency() -> Talk {
    Talk::new(example("agency"))
}

fn result(talk: &mut Talk, turn: &Turn, data: Value) -> Turn {
    let effect = effect_key(turn, "request");
    talk.event(json!({"kind": "result", "effect": effect, "ok": true, "data": data}))
}

/// An agency that has collected everything and asked for a quote.
fn requested() -> (Talk, Turn) {
    let mut talk = agency();
    for text in ["Сколько будет стоить вывеска? есть макет", "без фото", "2 на 1 метр", "Ленина, 8"]
    {
        talk.says(text);
    }
    let turn = talk.event(json!({"kind": "message", "text": "к 10 февраля"}));
    (talk, turn)
}

/// An agency whose offer has been sent.
fn offered() -> Talk {
    let (mut talk, turn) = requested();
    let turn = result(&mut talk, &turn, json!({"amount": 82000, "text": "вывеска 2 × 1 м"}));
    let turn = result(&mut talk, &turn, json!({"approved": true, "who": "Игорь"}));
    assert_eq!(shown(&turn)[0], "status offered");
    talk
}

#[test]
fn r064_c8_a_request_to_count_works_wins_over_a_question_of_price() {
    for text in [
        "смета",
        "Нужна смета на оформление витрины",
        "расчет",
        "сделайте, пожалуйста, расчёт по вывеске",
        "сколько будет стоить",
        "Сколько будет стоить вывеска для аптеки с подсветкой?",
        "а сколько это будет стоить, если стенд 3 на 3",
        "Посчитайте стоимость вывески",
        "во сколько обойдётся витрина",
        "Скільки буде коштувати вивіска?",
        "Can I get a quote for a sign?",
    ] {
        let mut talk = agency();
        talk.says(text);
        assert_eq!(talk.session.flow(), Some("quote"), "{text}");
    }
    for text in ["Сколько стоит?", "сколько стоит таргет", "цена на таргет?"]
    {
        let mut talk = agency();
        talk.says(text);
        assert_eq!(talk.session.flow(), Some("estimate"), "{text}");
    }
}

#[test]
fn c8_the_longest_phrase_starts_its_flow_whatever_the_order() {
    let flow = |words: &str| {
        format!(
            "{{ start: {{ words: [{words}] }}, done: {{ status: done }}, unsure: {{ do: [ {{ handoff: x }} ] }} }}"
        )
    };
    for (first, second) in [("a", "z"), ("z", "a")] {
        let body = format!(
            "flows:\n  {first}: {}\n  {second}: {}\n",
            flow("\"сколько стоит\""),
            flow("\"сколько будет стоить\"")
        );
        for (text, started) in [("Сколько стоит?", first), ("сколько будет стоить ремонт ванной", second)]
        {
            let mut talk = Talk::of(&body);
            talk.says(text);
            assert_eq!(talk.session.flow(), Some(started), "{text}");
        }
    }
}

#[test]
fn r065_r066_the_checklist_takes_what_is_said_and_asks_for_the_rest() {
    let mut talk = agency();
    let asked = |lines: Vec<String>| lines.last().cloned().unwrap_or_default();
    assert!(asked(talk.says("Нужна смета")).starts_with("say Что нужно сделать? [Вывеска|Витрина|Стенд]"));
    assert!(asked(talk.says("витрина")).starts_with("say Макет уже есть"));
    assert!(asked(talk.says("нужен дизайн")).starts_with("say Пришлите фото места"));
    let photo = json!({"kind": "message", "attachments": [{"kind": "photo", "ref": "file-7"}]});
    assert_eq!(shown(&talk.event(photo)), ["say Какие размеры: ширина и высота?"]);
    assert_eq!(talk.says("примерно 5 на 3"), ["say По какому адресу работы?"]);
    assert_eq!(talk.says("Садовая, 1"), ["say К какой дате нужно?"]);
    let said = talk.says("до 20 февраля");
    assert!(said[0].starts_with("lead quote complexity=design date="), "{said:?}");
    assert_eq!(said.last().unwrap(), "request quote");
    assert_eq!(talk.field("photo"), json!({"ref": "file-7"}));
    assert_eq!(talk.field("date")["date"], "2026-02-20");
    // All of it in two messages.
    let mut fast = agency();
    assert_eq!(
        fast.says("нужна смета: вывеска, есть макет, к 1 марта"),
        ["say Пришлите фото места. Если его нет, напишите «нет»."]
    );
    let photo = json!({"kind": "message", "text": "вот", "attachments": [{"kind": "photo", "ref": "p"}]});
    assert_eq!(shown(&fast.event(photo)), ["say Какие размеры: ширина и высота?"]);
}

#[test]
fn r067_a_human_approves_the_quote_before_the_client_sees_it() {
    let (mut talk, turn) = requested();
    assert_eq!(shown(&turn).last().unwrap(), "request quote");
    let approval = result(&mut talk, &turn, json!({"amount": 82000, "text": "вывеска 2 × 1 м"}));
    assert_eq!(shown(&approval), ["request approval"], "nothing is told yet");
    let offer = result(&mut talk, &approval, json!({"approved": true}));
    assert_eq!(
        shown(&offer),
        [
            "status offered",
            "say Смета готова: вывеска 2 × 1 м, итого 82000 ₽. Дату 10 февраля закрепим после оплаты. \
             [Подтвердить|Уточнить|Задать вопрос]"
        ]
    );
}

#[test]
fn r067_without_an_approved_quote_a_range_with_conditions_is_given() {
    let range = "say Точную смету пришлёт инженер. Обычно такие работы стоят от 40 000 до 150 000 ₽: зависит от \
                 размеров, монтажа и сроков.";
    let (mut refused, turn) = requested();
    let approval = result(&mut refused, &turn, json!({"amount": 1}));
    assert_eq!(
        shown(&result(&mut refused, &approval, json!({"approved": false}))),
        [range, "handoff quote normal"]
    );
    let (mut failed, turn) = requested();
    assert_eq!(
        failed.answers(&effect_key(&turn, "request"), false, Value::Null),
        [range, "handoff quote normal"]
    );
    let (mut never, turn) = requested();
    let said: Vec<String> = never.wait(25.0).into_iter().filter(|line| !line.starts_with("alert")).collect();
    assert_eq!(said, [range, "handoff quote normal"]);
    // A late quote counts no more once a human was called, and nothing is said twice.
    assert!(never.answers(&effect_key(&turn, "request"), true, json!({"amount": 5})).is_empty());
}

#[test]
fn r068_three_buttons_three_branches() {
    let mut confirmed = offered();
    assert_eq!(confirmed.presses("Подтвердить"), ["request payment_link"]);
    let mut refined = offered();
    assert_eq!(refined.presses("Уточнить"), ["say Что уточнить в смете?"]);
    let said = refined.says("без подсветки и подешевле материал");
    assert_eq!(said[0], "request quote", "{said:?}");
    let mut asked = offered();
    assert_eq!(asked.says("3"), ["say Спрашивайте! Если не знаю ответа, позову инженера."]);
    assert_eq!(asked.says("Какая гарантия на вывеску?"), ["say 2 года на свет и 1 год на монтаж."]);
    assert!(
        asked
            .says("а кто будет варить каркас из нержавейки?")
            .contains(&"handoff faq_miss normal".to_string())
    );
}

#[test]
fn r069_the_date_is_fixed_after_the_payment_and_not_before() {
    let mut talk = offered();
    let turn = talk.event(json!({"kind": "message", "button": "confirm"}));
    let link = result(&mut talk, &turn, json!({"url": "https://pay.example/1"}));
    assert_eq!(
        shown(&link),
        [
            "status awaiting_payment",
            "say Ссылка на оплату: https://pay.example/1. Дату закрепим, как только придёт оплата."
        ]
    );
    assert!(
        !talk.says("оплатил, ждите").iter().any(|line| line.starts_with("request book")),
        "words are no payment"
    );
    let paid = talk.event(json!({"kind": "fact", "name": "payment", "data": {"amount": 82000}}));
    assert_eq!(shown(&paid), ["request book"]);
    let booked = shown(&result(&mut talk, &paid, json!({})));
    assert!(booked[0].starts_with("lead works"), "{booked:?}");
    assert_eq!(booked[2], "say Оплата пришла, спасибо! Закрепили дату работ: 10 февраля.");
}

#[test]
fn r070_c13_two_follow_ups_both_counted_from_the_offer() {
    const HOUR: i64 = 3_600_000;
    let mut talk = offered();
    let offer = talk.now;
    let armed: Vec<i64> = {
        let session: Value = serde_json::from_str(&talk.session.snapshot()).unwrap();
        let timers = session["timers"].as_array().unwrap().clone();
        let due = |t: &Value| crate::talk::at(t["due"].as_str().unwrap()).as_millis() - offer.as_millis();
        timers.iter().filter(|t| t["purpose"]["silence"].is_object()).map(due).collect()
    };
    assert_eq!(armed, [24 * HOUR, 72 * HOUR]);
    talk.now = offer.plus(24 * HOUR - 1);
    assert!(!shown(&talk.due()).iter().any(|line| line.starts_with("say")));
    talk.now = offer.plus(24 * HOUR);
    let turn = talk.due();
    let said = serde_json::to_value(&turn.effects).unwrap();
    let reply = said.as_array().unwrap().iter().find(|e| e["kind"] == "reply").unwrap();
    assert_eq!((&reply["window"], &reply["template"]), (&json!("closed"), &json!("offer_24h")), "24 h sharp");
    talk.now = offer.plus(72 * HOUR);
    assert!(shown(&talk.due())[0].starts_with("say Цены в смете держим ещё неделю"));
    assert!(!talk.wait(24.0 * 10.0).iter().any(|line| line.starts_with("say")), "two, not three");
}

#[test]
fn r070_any_message_of_the_client_cancels_the_follow_ups() {
    for message in [
        json!({"kind": "message", "text": "👍"}),
        json!({"kind": "message", "text": "посоветуюсь с партнёром"}),
        json!({"kind": "message", "button": "Задать вопрос"}),
        json!({"kind": "message", "attachments": [{"kind": "voice", "ref": "v"}]}),
    ] {
        let mut talk = offered();
        talk.wait(23.0);
        talk.event(message.clone());
        let said = talk.wait(24.0 * 4.0);
        assert!(
            !said.iter().any(|line| line.contains("смет") && line.starts_with("say")),
            "{message}: {said:?}"
        );
    }
    let mut human = offered();
    human.operator("joined");
    assert!(!human.wait(100.0).iter().any(|line| line.starts_with("say")));
}

#[test]
fn r166_the_reason_of_a_refusal_is_asked_and_sent() {
    for (answer, reason) in
        [("дорого", "price"), ("выбрали других", "rival"), ("2", "rival"), ("другая причина", "other")]
    {
        let mut talk = offered();
        let said = talk.says("спасибо, но мы передумали");
        assert!(said[0].starts_with("say Жаль. Подскажите, почему?"), "{said:?}");
        let said = talk.says(answer);
        assert!(
            said[0].starts_with("lead declined") && said[0].contains(&format!("reason={reason}")),
            "{said:?}"
        );
        assert_eq!(talk.session.status(), "cancelled");
    }
}

#[test]
fn another_work_after_the_offer_gives_a_new_quote_and_the_same_lead() {
    let mut talk = offered();
    let said = talk.says("ой, нам не вывеску, а стенд");
    assert_eq!(talk.field("work"), "stand");
    assert!(said.contains(&"request quote".to_string()), "{said:?}");
    assert!(said.contains(&"update quote work=stand".to_string()), "{said:?}");
}

#[test]
fn another_date_after_the_offer_gives_a_new_quote() {
    let mut talk = offered();
    let said = talk.says("ой, нужно не к 10, а к 15 февраля");
    assert_eq!(talk.field("date")["date"], "2026-02-15");
    assert!(said.contains(&"request quote".to_string()), "{said:?}");
    assert!(!said.iter().any(|line| line.starts_with("lead")), "the same lead, updated: {said:?}");
}

#[test]
fn an_objection_to_the_offer_is_answered_within_it() {
    let said = offered().says("дороговато выходит");
    assert_eq!(
        said,
        [
            "say Смету можно облегчить: другой материал, без подсветки, монтаж вашими силами. [Уточнить|Подтвердить]"
        ]
    );
}
