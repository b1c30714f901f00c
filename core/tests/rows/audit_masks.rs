//! Masked logs of every shape replay and tell nobody's name: R140, R151, R157.

use crate::journal::{Journal, lines_of, verb};
use frontdesk::bot::{Bot, Files};
use serde_json::{Value, json};

/// A salon whose masters are called as clients are.
const SALON: &str = r#"
bot: 1
name: Салон
timezone: Europe/Moscow
region: RU
log: { text: full, keep: 12mo }
fields:
  master: { type: choice, ask: "К кому?", options: [Инга, Мария Белова, {id: "79001112233", title: Злата}] }
  when: { type: slot, ask: "Когда?", from: calendar }
  name: { type: name, ask: "Имя?" }
  phone: { type: phone, ask: "Номер?" }
  email: { type: email, ask: "Почта?" }
  wish: { type: text, ask: "Пожелания?", optional: true }
faq:
  items: [ { ask: [Кто такая Вероника?], say: "Мастер, её номер +7 495 123-45-67." } ]
  unknown: [ { say: "Уточню." } ]
rules:
  - { name: Кира слово, if: { words: [кира] }, do: [ { say: "Кире передам", buttons: [Позвать Киру, "8 800 555 35 35"] } ] }
  - { name: Кира кнопка, if: { button: Позвать Киру }, do: [ { say: "Зову" } ] }
  - { name: звонок, if: { button: "8 800 555 35 35" }, do: [ { say: "Звоним" } ] }
  - { name: оплата, if: { fact: payment }, do: [ { say: "Оплата: {fact.who} {fact.sum}" } ] }
mirror: { to: team }
leads: { visit: { need: [phone], to: [crm] } }
flows:
  visit:
    start: { words: [запись] }
    collect: [master, when, name, phone, email, wish]
    then: [ { request: book }, { lead: visit }, { status: booked }, { say: "Ждём, {name}: {master} {when}" } ]
    done: { status: booked }
    unsure: { do: [ { say: "Уточню." } ] }
"#;

fn salon(level: &str) -> Bot {
    let files = Files::from([("log.key".into(), "соль и перец".into())]);
    Bot::from_yaml(&SALON.replace("text: full", &format!("text: {level}")), &files).unwrap().bot
}

fn log_of(level: &str, talk: impl Fn(&mut Journal)) -> Vec<String> {
    let mut journal = Journal::known(salon(level), "7", r#"{"name":"Аристарх"}"#);
    talk(&mut journal);
    journal.lines
}

/// The masked log of a talk, which replays.
fn replayed(what: &str, talk: impl Fn(&mut Journal)) -> String {
    let lines = log_of("masked", talk);
    let replayed = verb("replay", Some(&salon("masked")), &lines, json!({}));
    assert_eq!(replayed, json!({"steps": lines.len(), "same": true}), "{what}: {}", lines.join("\n"));
    lines.join("\n")
}

fn books(journal: &mut Journal, slot: &str) {
    journal.says("запись");
    let turn = journal.presses("Инга");
    let later = format!("{slot}x");
    let slots = json!([{"id": slot, "start": "2026-01-20T10:00:00+03:00"}, {"id": later, "start": "2026-01-21T10:00:00+03:00"}]);
    journal.answers(&turn, "request", json!({"data": {"slots": slots}}));
    journal.presses(slot);
    journal.says("Пётр");
    journal.says("8 900 123-45-67");
    journal.says("a@b.ru");
    journal.says("без лака, муж 8 901 222-33-44");
}

#[test]
fn r140_what_was_offered_is_pressed_again_when_a_masked_log_is_replayed() {
    for slot in [
        "s1",
        "2f1c9a00-7d1e-4b6a-9c57-000123456789",
        "1768899600",
        "slot_20260120_1000",
        "doctor5-2026-01-20-1000",
        "2026-01-20 10:00",
        "+79001234567",
    ] {
        let log = replayed(slot, |journal| books(journal, slot));
        assert!(!log.contains("1234567") && !log.contains("123-45-67"), "{slot}: {log}");
    }
}

#[test]
fn r140_options_buttons_and_words_of_the_author_are_nobodys_secret() {
    for press in ["Инга", "Мария Белова", "79001112233", "Злата"] {
        replayed(press, |journal| {
            journal.says("запись");
            journal.presses(press);
        });
        replayed(press, |journal| {
            journal.says("запись");
            journal.says(press);
        });
    }
    replayed("an option in another case", |journal| {
        journal.says("запись к Марии Беловой");
    });
    let log = replayed("buttons", |journal| {
        journal.says("Кира!");
        journal.presses("Позвать Киру");
        journal.says("позовите Киру");
        journal.presses("8 800 555 35 35");
        journal.says("Кто такая Вероника?");
    });
    for shown in ["\"rule\":\"Кира слово\"", "8 800 555 35 35", "Кто такая Вероника?"]
    {
        assert!(log.contains(shown), "{shown}: {log}");
    }
    assert!(!log.contains("+7 495 123-45-67"), "what the bot says is masked as anything: {log}");
}

#[test]
fn r140_what_was_refused_is_refused_again_and_what_was_sent_is_noted_again() {
    let log = replayed("answers", |journal| {
        journal.says("запись");
        let turn = journal.presses("Инга");
        let slots = json!([{"id": "s1", "start": "2026-01-20T10:00:00+03:00"}]);
        journal.answers(&turn, "request", json!({"data": {"slots": slots}}));
        journal.presses("s1");
        journal.says("вальдшнеп аристарх");
        journal.says("Пётр");
        journal.says("8900123");
        journal.says("4567");
        journal.says("+7 900 123-45-67 доб. 12");
        journal.says("@vasya");
        journal.says("a@b.ru");
    });
    for told in ["вальдшнеп", "8900123", "4567", "vasya", "a@b.ru"] {
        assert!(!log.contains(told), "{told}: {log}");
    }
    let log = replayed("attachments", |journal| {
        let photo = json!([{"kind": "photo", "ref": "https://cdn.example/u/79001234567.jpg"}, {"kind": "photo", "ref": "r"}]);
        journal.event(json!({"kind": "message", "attachments": photo}));
    });
    assert!(!log.contains("cdn.example"), "{log}");
}

#[test]
fn r151_nothing_personal_stands_in_what_a_host_brings() {
    let keys = ["status", "source", "key", "time", "date", "account", "kind", "language", "due"];
    let mut data: Value =
        keys.iter().map(|key| (key.to_string(), json!("выдан Анне, +7 900 123-45-67"))).collect();
    data["who"] = json!("Аристарх");
    data["sum"] = json!(79_001_234_567_u64);
    data["+79001234567"] = json!({"deep": [{"status": "Сергея нет", "amount": 1500}]});
    let told = json!({"utm": {"source": "79001234567", "term": "79001234567"}, "source": "form",
        "entry": "https://site.example/?phone=%2B79001234567&email=ivan%40mail.ru&n=%D0%90%D0%BD%D0%BD%D0%B0"});
    let log = replayed("data", |journal| {
        journal.event(json!({"kind": "fact", "name": "payment", "data": data}));
        journal.event(json!({"kind": "message", "text": "да", "language": "79001234567", "contact": told}));
    });
    for part in ["9001234567", "123-45", "Анн", "Аристарх", "Сергея", "ivan", "%D0"] {
        assert!(!log.contains(part), "{part}: {log}");
    }
    assert!(log.contains("\"amount\":1500"), "{log}");
    let off = log_of("off", |journal| {
        journal.event(json!({"kind": "message", "text": "да", "contact": told}));
    });
    assert!(!off.join("").contains("9001234567"), "{off:?}");
}

#[test]
fn r151_names_are_found_in_every_case_and_are_not_forgotten() {
    let log = replayed("names", |journal| {
        journal.says("подскажите, Сергею или Анне, Ивану, Наташе, Машеньке к шести можно");
        journal.event(json!({"kind": "message", "text": "да", "contact": {"name": "Кукушкин"}}));
        journal.says("Аристарха и Кукушкина ждут, Aristarkh123");
        journal.says("меня зовут ермолай вальдшнеп");
        journal.says("С уважением, Евстигней Пупырышкин");
        journal.says("Ф.И.О.: Хвостов Пантелей");
        journal.says("ivan . petrov @ mail . ru, i v a n @ m a i l . r u, ۰۹۱۲۳۴۵۶۷۸۹");
    });
    let log = log.to_lowercase();
    for name in [
        "серге",
        "анне",
        "ивану",
        "наташе",
        "машеньке",
        "аристарх",
        "кукушкин",
        "aristarkh",
        "ермолай",
        "вальдшнеп",
        "евстигней",
        "пупырышкин",
        "хвостов",
        "пантелей",
        "petrov",
        "i v a n",
        "۰۹۱",
    ] {
        assert!(!log.contains(name), "{name}: {log}");
    }
}

#[test]
fn r157_what_a_client_wrote_into_a_field_is_kept_elsewhere_too() {
    let talk = |journal: &mut Journal| books(journal, "s1");
    let log = log_of("reference", talk).join("\n");
    assert!(!log.contains("лака"), "{log}");
    let full = log_of("full", talk);
    let masked = verb("mask", Some(&salon("full")), &full, json!({"level": "reference", "key": "k"}));
    let lines = lines_of(&masked);
    assert!(!lines.join("").contains("лака"), "{lines:?}");
    let replayed = verb("replay", Some(&salon("full")), &lines, json!({"texts": masked["texts"]}));
    assert_eq!(replayed, json!({"steps": lines.len(), "same": true}));
}
