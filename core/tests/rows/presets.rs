//! The presets `sales` and `hr`: what ends a dialog that is not about the business (C19).

use crate::talk::{Talk, compile};
use frontdesk::error::Code;

/// Bots that close a dialog by a phone, with a preset or without.
fn closing(preset: &str) -> Talk {
    Talk::of(&format!(
        r#"
fields: {{ phone: {{ type: phone }} }}
leads: {{ l: {{ need: [phone], to: [crm] }} }}
rules:
  - {{ name: Оператор, if: {{ words: [оператор] }}, do: [ {{ handoff: asked }} ] }}
  {preset}
  - {{ if: {{ has: phone }}, do: [ {{ lead: l }}, {{ status: done }}, {{ finish: silent }} ] }}
"#
    ))
}

const NOT_FIT: [&str; 2] = ["status not_fit", "finish silent not_fit"];
const LEAD: [&str; 3] = ["lead l phone=+79001234567", "status done", "finish silent done"];

#[test]
fn c19_who_looks_for_work_is_spam_for_sales_and_the_target_for_hr() {
    for text in ["Есть вакансии? Мой номер 8-900-123-45-67", "шукаю роботу, +79001234567"]
    {
        assert_eq!(closing("- { preset: sales }").says(text), NOT_FIT, "{text}");
        assert_eq!(closing("- { preset: hr }").says(text), LEAD, "{text}");
        assert_eq!(closing("").says(text), LEAD, "a bot that names none has none: {text}");
    }
}

#[test]
fn c19_both_refuse_advertising() {
    for text in ["Предлагаем накрутку подписчиков", "Пропонуємо пасивний дохід", "we promote your website"]
    {
        assert_eq!(closing("- { preset: sales }").says(text), NOT_FIT, "{text}");
        assert_eq!(closing("- { preset: hr }").says(text), NOT_FIT, "{text}");
        assert!(closing("").says(text).is_empty(), "{text}");
    }
}

#[test]
fn c19_a_preset_stands_where_the_author_puts_it_and_its_lists_are_the_authors_to_change() {
    let called = closing("- { preset: sales }").says("Позовите оператора, я по вакансии");
    assert_eq!(called, ["handoff asked normal"]);
    let mut own = Talk::of(
        "words: { preset.vacancy: [стажировка] }\n\
         rules: [ { preset: sales }, { if: { words: preset.vacancy }, do: [ { tag: never } ] } ]",
    );
    assert!(own.says("есть вакансии?").is_empty());
    assert_eq!(own.says("возьмите на стажировку"), NOT_FIT);
    let errors = compile("rules: [ { preset: selas } ]").unwrap_err();
    assert_eq!((errors[0].code, errors[0].path.as_str()), (Code::UnknownValue, "rules[0].preset"));
}

#[test]
fn r132_a_candidate_leaves_a_phone_and_hears_nothing_more() {
    let mut talk = closing("- { preset: hr }");
    assert_eq!(talk.says("Мой номер 8-900-123-45-67"), LEAD);
    assert!(talk.says("Когда перезвоните?").is_empty());
}
