//! Requests of the staff: R078 to R081, C18.

use crate::support::Random;
use crate::talk::{Talk, effect_key, example, shown};
use frontdesk::dialog::Key;
use serde_json::{Value, json};

fn door(channel: &str, account: &str) -> Talk {
    let key = Key { channel: channel.into(), account: account.into(), user: "7".into() };
    Talk::open(example("staff"), key, None)
}

fn staff() -> Talk {
    door("web", "portal")
}

#[test]
fn r078_the_door_tells_who_is_staff_not_the_words() {
    let question = "Какая скидка положена сотрудникам?";
    let answer = "say Сотрудникам — 15 % на всё, кроме табака и алкоголя. Скажите на кассе табельный номер.";
    for (channel, account, heard) in [
        ("web", "portal", true),
        ("telegram", "polyanka_team", true),
        ("telegram", "polyanka_shop", false),
        ("instagram", "polyanka_shop", false),
    ] {
        let said = door(channel, account).says(question);
        assert_eq!(said.contains(&answer.to_string()), heard, "{channel} {account}: {said:?}");
    }
}

#[test]
fn c18_no_words_of_a_client_reach_a_row_of_the_staff() {
    let table = include_str!("../../examples/staff/faq.csv");
    let rows: Vec<Vec<&str>> = table.lines().skip(1).map(|line| line.split(';').collect()).collect();
    let (inner, open): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row[3] == "staff");
    assert!(inner.len() >= 8 && open.len() >= 4);
    let words: Vec<&str> =
        inner.iter().flat_map(|row| row[0].split(' ').chain(row[2].split([' ', '|']))).collect();
    let mut random = Random::new(78);
    let questions = inner.iter().flat_map(|row| row[2].split('|').chain([row[0]])).map(str::to_string);
    let mixed: Vec<String> =
        (0..200).map(|_| (0..5).map(|_| *random.pick(&words)).collect::<Vec<_>>().join(" ")).collect();
    for text in questions.chain(mixed) {
        let said = door("telegram", "polyanka_shop").says(&text);
        assert!(!inner.iter().any(|row| said.contains(&format!("say {}", row[1]))), "{text}: {said:?}");
    }
    // Nor does a button of another's answer.
    let said = door("telegram", "polyanka_shop").presses("faq:Какой дресс-код?");
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn r079_stock_shifts_policy_and_approval_are_told_apart() {
    for (text, flow) in [
        ("сколько осталось PL-7001", Some("stock")),
        ("есть на складе гречка?", Some("stock")),
        ("PL-7001", Some("stock")),
        ("хочу поменяться сменой с Олегом", Some("shift")),
        ("завтра не выйду, заболел", Some("shift")),
        ("нужно согласовать закупку", Some("approval")),
        ("утвердите, пожалуйста, скидку 3000 руб", Some("approval")),
        ("Порядок оформления больничного листа", None),
    ] {
        let mut talk = staff();
        let said = talk.says(text);
        assert_eq!(talk.session.flow(), flow, "{text}: {said:?}");
        assert!(!said.is_empty(), "{text}");
    }
}

#[test]
fn r080_required_fields_are_asked_until_they_are_there() {
    let mut talk = staff();
    assert_eq!(talk.says("не смогу выйти"), ["say Какая точка? [Арбат|Речной|Мытищи]"]);
    assert_eq!(talk.says("Арбат"), ["say На какую дату?"]);
    assert_eq!(talk.says("пока не скажу"), ["say Не понял дату. Напишите, например, 25.12 или «в пятницу»."]);
    assert_eq!(talk.says("25.12"), ["say Кто выйдет вместо вас?"]);
    assert_eq!(talk.says("Гуля"), ["say Обоснуйте одной-двумя фразами."]);
    let sent = talk.says("Еду к родителям");
    assert_eq!(sent.last().unwrap(), "request approval");
    // The request is not made before: nothing was sent while a field was missing.
    assert_eq!(talk.field("subject"), "смена 25 декабря, Арбат, выйдет Гуля");
}

/// What a request for approval was sent to, and the dialog that waits.
fn asked(first: &str) -> (Talk, Value, String) {
    let mut talk = staff();
    talk.says(first);
    let turn = talk.event(json!({"kind": "message", "text": "Так нужно для праздника района"}));
    let key = effect_key(&turn, "request");
    let request = turn.effects.iter().map(|e| serde_json::to_value(e).unwrap()).find(|e| e["key"] == key);
    let params = request.unwrap()["params"].clone();
    (talk, params, key)
}

#[test]
fn r081_amount_and_kind_decide_who_approves() {
    for (text, approver) in [
        ("согласовать скидку 9 999 рублей", "старший смены"),
        ("согласовать скидку 10 000 рублей", "старший смены"),
        ("согласовать скидку 10 000,01 рублей", "управляющий"),
        ("согласовать скидку 100 тысяч рублей", "управляющий"),
        ("согласовать скидку 100 001 рубль", "директор"),
        ("согласовать возврат 50 рублей", "управляющий"),
        ("согласовать закупку на 50 000 рублей", "управляющий"),
        ("утвердите закупку на 50 001 рубль", "директор"),
    ] {
        let (_, params, _) = asked(text);
        assert_eq!(params["to"], approver, "{text}");
        assert_eq!(params["why"], "Так нужно для праздника района");
    }
}

#[test]
fn r081_the_answer_comes_back_to_who_asked_with_its_status() {
    let (mut talk, _, key) = asked("согласовать скидку 5000 рублей");
    assert_eq!(talk.session.status(), "pending");
    let said = talk.answers(&key, true, json!({"approved": true, "who": "Вера"}));
    assert_eq!(said, ["status approved", "say Согласовано: Скидка, 5000 RUB. Решение: Вера."]);
    let (mut talk, _, key) = asked("согласовать скидку 5000 рублей");
    let said = talk.answers(&key, true, json!({"approved": false, "comment": "нет бюджета"}));
    assert_eq!(
        said,
        [
            "status declined",
            "say Не согласовано: Скидка, 5000 RUB. Причина: нет бюджета. Можно подать заново."
        ]
    );
    // The next request starts from nothing known, and its timeout tells no reason of another.
    assert_eq!(talk.says("согласовать закупку"), ["say На какую сумму?"]);
    talk.says("700 рублей");
    talk.says("Салфетки");
    let said = talk.wait(49.0);
    assert_eq!(said[0], "status declined");
    assert!(said[1].contains("ответа не было два дня"), "{said:?}");
}

#[test]
fn r081_a_correction_before_the_last_answer_finds_another_approver() {
    let mut talk = staff();
    talk.says("согласовать скидку на 5000 рублей");
    assert_eq!(talk.says("нет, не 5000, а 150000 рублей"), ["say Обоснуйте одной-двумя фразами."]);
    let sent = talk.says("Оптовый заказ школы");
    assert_eq!(sent[1], "say Отправил на согласование: Скидка, 150000 RUB. Решает директор.");
}

#[test]
fn a_request_that_waits_is_sent_once_whatever_is_asked_meanwhile() {
    let (mut talk, _, key) = asked("согласовать скидку 5000 рублей");
    for text in ["остаток PL-1024 на Арбате", "Какой дресс-код?", "согласовать скидку 70 рублей", "спасибо"]
    {
        let turn = talk.event(json!({"kind": "message", "text": text}));
        assert!(!shown(&turn).contains(&"request approval".to_string()), "{text}");
    }
    assert_eq!(talk.answers(&key, true, json!({"approved": true}))[0], "status approved");
}
