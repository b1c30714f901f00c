//! Answers in the client's own words: R045, R049, R061; a name beside a phone, a slot by its day or place, a yes
//! before a story, a correction where a text is asked for.

use crate::talk::Talk;

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
