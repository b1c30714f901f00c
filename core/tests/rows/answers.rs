//! Answers in the client's own words: R045, R049, R061; a name beside a phone, a slot by its day or place, a yes
//! before a story, a correction where a text is asked for.

use crate::booking::{offers, says};
use crate::talk::{Talk, clinic, shown};
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

const THURSDAY: &str = "2026-01-08T15:00:00+03:00";
const FRIDAY: &str = "2026-01-09T10:30:00+03:00";

/// The clinic, asked to choose one of some slots.
fn choosing(slots: &[&str]) -> Talk {
    let mut talk = Talk::new(clinic());
    let turn = says(&mut talk, "Хочу записаться на чистку");
    offers(&mut talk, &turn, slots);
    talk
}

#[test]
fn r049_a_slot_is_chosen_by_its_time_its_day_or_its_place() {
    for (text, slot) in [
        ("10:30", "s2"),
        ("в 10.30", "s2"),
        ("на 15", "s1"),
        ("15", "s1"),
        ("давайте 9го", "s2"),
        ("8-го", "s1"),
        ("8", "s1"),
        ("в пятницу утром", "s2"),
        ("в четверг после обеда", "s1"),
        ("утром", "s2"),
        ("второй", "s2"),
        ("первый вариант", "s1"),
        ("1-й", "s1"),
        ("последнее, пожалуйста", "s2"),
        ("любое", "s1"),
        ("любое время", "s1"),
        ("the first one", "s1"),
        ("the last one please", "s2"),
        ("другий", "s2"),
        ("останній варіант", "s2"),
        ("не в четверг, а в пятницу", "s2"),
    ] {
        let mut talk = choosing(&[THURSDAY, FRIDAY]);
        assert_eq!(talk.says(text), ["say Как к вам обращаться?"], "{text}");
        assert_eq!(talk.field("when")["id"], slot, "{text}");
    }
    for text in ["завтра вечером", "завтра после обеда", "17.30", "в половине шестого"]
    {
        let mut talk = choosing(&[THURSDAY, "2026-01-06T17:30:00+03:00"]);
        assert_eq!(talk.says(text), ["say Как к вам обращаться?"], "{text}");
        assert_eq!(talk.field("when")["id"], "s2", "{text}");
    }
}

#[test]
fn r049_a_time_that_is_not_offered_chooses_nothing() {
    for text in
        ["завтра в 10:30", "в пятницу в 15:00", "в субботу", "11:00", "двенадцатого", "третий", "другой"]
    {
        let mut talk = choosing(&[THURSDAY, FRIDAY]);
        talk.says(text);
        assert!(talk.field("when").is_null(), "{text}");
    }
}

#[test]
fn r049_a_wish_that_several_slots_fit_narrows_the_question_and_is_no_failure() {
    let slots = [THURSDAY, "2026-01-08T17:00:00+03:00", FRIDAY];
    let narrowed = "say Выберите удобное время. [8 января, 15:00|8 января, 17:00]";
    let mut talk = choosing(&slots);
    for text in ["в четверг", "давайте в четверг", "8 января"] {
        assert_eq!(talk.says(text), [narrowed], "{text}");
    }
    assert_eq!(talk.says("второй"), ["say Как к вам обращаться?"]);
    assert_eq!(talk.field("when")["id"], "s2");
    let mut talk = choosing(&slots);
    talk.says("в четверг");
    talk.says("нет, в пятницу");
    assert_eq!(talk.field("when")["id"], "s3", "the others are not lost");
    let mut talk = choosing(&[THURSDAY, "2026-01-15T12:00:00+03:00", FRIDAY]);
    let either = "say Выберите удобное время. [8 января, 15:00|15 января, 12:00]";
    assert_eq!(talk.says("15"), [either], "an hour or a day");
    assert_eq!(talk.says("в 15"), ["say Как к вам обращаться?"]);
    let mut talk = choosing(&slots);
    assert_eq!(talk.says("последнее в четверг"), ["say Как к вам обращаться?"]);
    assert_eq!(talk.field("when")["id"], "s2");
}

const CHOICE: &str = r#"
fields:
  way: { type: choice, ask: "Что сделать?", options: [Деньги назад, Другой товар, Скидка на следующий заказ] }
  art: { type: choice, ask: "Что с макетом?", options: [Есть макет, Нет макета, Нужна разработка] }
flows:
  f: { start: { words: [возврат] }, collect: [way, art], then: [ { say: "Готово." } ], done: { field: art }, unsure: { do: [ { handoff: x } ] } }
"#;

#[test]
fn r049_an_option_is_chosen_by_a_part_in_any_order_or_by_its_place() {
    let asked = "say Что с макетом? [Есть макет|Нет макета|Нужна разработка]";
    for (text, option) in [
        ("деньги", "Деньги назад"),
        ("назад деньги, пожалуйста", "Деньги назад"),
        ("хочу скидку", "Скидка на следующий заказ"),
        ("товар другой", "Другой товар"),
        ("первое", "Деньги назад"),
        ("самый последний вариант", "Скидка на следующий заказ"),
        ("третій", "Скидка на следующий заказ"),
    ] {
        let mut talk = Talk::of(CHOICE);
        talk.says("возврат");
        assert_eq!(talk.says(text), [asked], "{text}");
        assert_eq!(talk.field("way"), option, "{text}");
    }
    for (text, option) in [
        ("макет есть", "Есть макет"),
        ("макета пока нет", "Нет макета"),
        ("нет", "Нет макета"),
        ("разработка", "Нужна разработка"),
        ("второй", "Нет макета"),
    ] {
        let mut talk = Talk::of(CHOICE);
        talk.says("возврат");
        talk.says("деньги");
        assert_eq!(talk.says(text), ["say Готово."], "{text}");
        assert_eq!(talk.field("art"), option, "{text}");
    }
    for text in ["не деньги", "деньги мне не вернули", "любое", "заказ и товар", "на"]
    {
        let mut talk = Talk::of(CHOICE);
        talk.says("возврат");
        talk.says(text);
        assert!(talk.field("way").is_null(), "{text}");
    }
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
        ("перенесите на субботу", "day", json!("2026-01-10")),
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
