//! Answers in the client's own words: R045, R049, R061; a name beside a phone, a slot by its day or place, a yes
//! before a story, a correction where a text is asked for.

use crate::booking::says;
use crate::talk::{Talk, shown};
use serde_json::json;

const LEAD: &str = r#"
fields:
  name: { type: name, ask: "Как вас зовут?" }
  phone: { type: phone, ask: "Телефон?" }
  email: { type: email, ask: "Почта?" }
  address: { type: text, ask: "Адрес?" }
flows:
  f: { start: { words: [заявка] }, collect: [name, phone, address], then: [ { say: "{name}, {phone}, {address}" } ], done: { field: address }, unsure: { do: [ { handoff: x } ] } }
"#;

#[test]
fn r045_a_name_stands_beside_a_phone_or_an_address() {
    for (text, name) in [
        ("Тамара, 8 912 345 67 89", "Тамара"),
        ("89123456789 Руслан", "Руслан"),
        ("Зульфия Каримова, тел. 8 912 345-67-89", "Зульфия Каримова"),
        ("мой номер 8 912 345 67 89, инна", "Инна"),
        ("Степан\n89123456789", "Степан"),
        ("Соломія +380671234567, дякую", "Соломія"),
        ("Kate, +44 20 7946 0182", "Kate"),
    ] {
        let mut talk = Talk::of(LEAD);
        talk.says("заявка");
        assert_eq!(talk.says(text), ["say Адрес?"], "{text}");
        assert_eq!(talk.field("name"), name, "{text}");
    }
    let mut talk = Talk::of(LEAD);
    talk.says("заявка");
    assert_eq!(talk.says("Глеб, почта gleb@example.com"), ["say Телефон?"]);
    assert_eq!(talk.field("name"), "Глеб");
}

#[test]
fn r045_what_only_brings_a_phone_is_no_name() {
    for text in [
        "мой номер 8 912 345 67 89",
        "Телефон: 8 912 345 67 89",
        "пишите 89123456789",
        "Вайбер 89123456789, спасибо",
        "звоните после обеда на 89123456789",
    ] {
        let mut talk = Talk::of(LEAD);
        talk.says("заявка");
        assert_eq!(talk.says(text), ["say Как вас зовут?"], "{text}");
        assert_eq!(talk.field("phone"), "+79123456789", "{text}");
    }
}

#[test]
fn r045_a_text_stands_beside_a_phone() {
    let asked = || {
        let mut talk = Talk::of(LEAD);
        talk.says("заявка");
        talk.says("Тамара");
        talk.says("89123456789");
        talk
    };
    for (text, address) in [
        ("Лесная 5, тел. 8 912 345 67 80", "Лесная 5"),
        ("8 912 345 67 80\nул. Лесная, дом 5", "ул. Лесная, дом 5"),
        ("Лесная 5. Мой номер 89123456780, спасибо", "Лесная 5."),
        ("Лесная 5, домофон не работает", "Лесная 5, домофон не работает"),
    ] {
        let mut talk = asked();
        talk.says(text);
        assert_eq!(talk.field("address"), address, "{text}");
    }
    let mut talk = asked();
    assert_eq!(talk.says("ой, мой номер 89123456780"), ["say Адрес?"]);
    assert_eq!(talk.field("phone"), "+79123456780");
}

const LOST: &str = r#"
words: { parking: [парковка] }
fields:
  address: { type: yes_no, ask: "Адрес верный?" }
  neighbours: { type: yes_no, ask: "У соседей спрашивали?" }
faq: { items: [ { ask: ["Есть ли парковка?"], say: "Да, во дворе." } ] }
flows:
  f: { start: { words: [посылка] }, collect: [address, neighbours], then: [ { say: "Проверяю." } ], done: { field: neighbours }, unsure: { do: [ { handoff: x } ] } }
"#;

#[test]
fn r061_a_check_is_answered_by_a_yes_or_no_that_leads_or_stands_with_fillers() {
    for (text, yes) in [
        ("да, конечно", true),
        ("ага", true),
        ("да, дом пятый", true),
        ("да смотрела там", true),
        ("так", true),
        ("yep", true),
        ("иә", true),
        ("нет её там", false),
        ("там нет ничего", false),
        ("нет конечно", false),
        ("не-а", false),
        ("нет, дом другой", false),
        ("та ні", false),
        ("ні, нема", false),
        ("nope", false),
        ("жоқ", false),
        ("yo'q", false),
        ("არა", false),
    ] {
        let mut talk = Talk::of(LOST);
        talk.says("где посылка");
        assert_eq!(talk.says(text), ["say У соседей спрашивали?"], "{text}");
        assert_eq!(talk.field("address"), yes, "{text}");
    }
    let mut talk = Talk::of(LOST);
    talk.says("где посылка");
    assert_eq!(talk.says("Есть ли парковка?"), ["say Да, во дворе.", "say Адрес верный?"]);
    for text in ["нет ли у вас парковки", "да или нет", "да не знаю"] {
        talk = Talk::of(LOST);
        talk.says("где посылка");
        talk.says(text);
        assert!(talk.field("address").is_null(), "{text}");
    }
}

const ORDER: &str = r#"
fields:
  product: { type: choice, ask: "Что делаем?", options: [Вывеска, Стенд] }
  day: { type: date, ask: "Когда?" }
  size: { type: text, ask: "Какой размер?" }
flows:
  f: { start: { words: [заказать] }, collect: [product, day, size], then: [ { say: "{product}, {size}." } ], done: { field: size }, unsure: { do: [ { handoff: x } ] } }
"#;

#[test]
fn r045_a_correction_is_no_answer_to_the_open_text_question() {
    for (text, field, value) in [
        ("ой, не завтра, а в пятницу", "day", json!("2026-01-09")),
        ("actually Saturday", "day", json!("2026-01-10")),
        ("лучше в субботу", "day", json!("2026-01-10")),
        ("ни, краще в суботу", "day", json!("2026-01-10")),
        ("ой, нужен стенд, а не вывеска", "product", json!("Стенд")),
        ("нет, всё-таки стенд", "product", json!("Стенд")),
        ("sorry, I mean стенд", "product", json!("Стенд")),
    ] {
        let mut talk = Talk::of(ORDER);
        talk.says("заказать вывеску завтра");
        let turn = says(&mut talk, text);
        assert_eq!(shown(&turn), ["say Какой размер?"], "{text}");
        let known = talk.field(field);
        assert_eq!(known.get("date").unwrap_or(&known), &value, "{text}");
        assert_eq!(talk.says("2 на 3 метра").len(), 1, "{text}");
    }
    let mut talk = Talk::of(ORDER);
    talk.says("заказать вывеску завтра");
    talk.says("стенд два метра, к субботе");
    assert_eq!(talk.field("size"), "стенд два метра, к субботе", "what says more answers as well");
}
