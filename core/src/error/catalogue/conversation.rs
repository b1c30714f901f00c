//! Questions, answers, flows, buttons and languages.

use super::Entry;
use crate::error::Code;

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        Code::StartsOverlap,
        "Both flows fit the same message. The longest phrase wins, then the first by name, whichever that is.",
        "Make the phrases different, or leave it if the longer phrase is meant to win.",
    )
    .example(
        r#"flows:
  price:
    start: { words: [сколько стоит] }
    then: [ { say: От 900 грн. } ]
    done: { status: in_work }
    unsure: { do: [ { say: Уточню. } ] }
  quote:
    start: { words: [сколько будет стоить] }
    then: [ { say: Пришлите размеры. } ]
    done: { status: in_work }
    unsure: { do: [ { say: Уточню. } ] }
"#,
        r#"flows:
  price:
    start: { words: [сколько стоит] }
    then: [ { say: От 900 грн. } ]
    done: { status: in_work }
    unsure: { do: [ { say: Уточню. } ] }
  quote:
    start: { words: [нужна смета] }
    then: [ { say: Пришлите размеры. } ]
    done: { status: in_work }
    unsure: { do: [ { say: Уточню. } ] }
"#,
    ),
    Entry::new(
        Code::StartCycle,
        "The client is led round in circles; within one step the engine stops it, over several nobody does.",
        "Let one of the flows end without starting another.",
    )
    .example(
        r#"flows:
  a:
    start: { words: [начать] }
    then: [ { start: b } ]
    done: { status: in_work }
    unsure: { do: [ { say: Уточню. } ] }
  b:
    then: [ { start: a } ]
    done: { status: in_work }
    unsure: { do: [ { say: Уточню. } ] }
"#,
        r#"flows:
  a:
    start: { words: [начать] }
    then: [ { start: b } ]
    done: { status: in_work }
    unsure: { do: [ { say: Уточню. } ] }
  b:
    then: [ { say: Готово. } ]
    done: { status: in_work }
    unsure: { do: [ { say: Уточню. } ] }
"#,
    ),
    Entry::new(
        Code::FieldAmbiguous,
        "A value that nobody asked for goes to the field named like its type, or to the only one of that type; here \
         there is neither, and it is dropped.",
        "Call the main one like its type: `phone`, `date`.",
    )
    .example(
        r#"fields: { home: { type: phone }, work: { type: phone } }
rules:
  - { if: { has: home }, do: [ { say: "Записали {home} и {work|ничего больше}." } ] }
"#,
        r#"fields: { phone: { type: phone }, work: { type: phone } }
rules:
  - { if: { has: phone }, do: [ { say: "Записали {phone} и {work|ничего больше}." } ] }
"#,
    ),
    Entry::new(
        Code::RemindNever,
        "There is nothing to count back from, so the reminder is never sent.",
        "Name a date or slot under `before`.",
    )
    .example(
        r#"timezone: Europe/Kyiv
quiet_hours: { from: "21:00", to: "09:00" }
fields: { when: { type: text, ask: Когда? } }
flows:
  visit:
    start: { words: [запишите] }
    collect: [when]
    then: [ { status: booked }, { remind: visit, before: when, at: 2h, say: Ждём вас! } ]
    done: { status: booked }
    unsure: { do: [ { say: Уточню. } ] }
"#,
        r#"timezone: Europe/Kyiv
quiet_hours: { from: "21:00", to: "09:00" }
fields: { when: { type: date, ask: Когда? } }
flows:
  visit:
    start: { words: [запишите] }
    collect: [when]
    then: [ { status: booked }, { remind: visit, before: when, at: 2h, say: Ждём вас! } ]
    done: { status: booked }
    unsure: { do: [ { say: Уточню. } ] }
"#,
    ),
    Entry::new(
        Code::BookWithoutTime,
        "The calendar gets an empty booking.",
        "Collect a slot or a date, or give the request its `params`.",
    )
    .example(
        r#"timezone: Europe/Kyiv
fields: { name: { type: name } }
flows:
  visit:
    start: { words: [запишите] }
    collect: [name]
    then: [ { request: book }, { status: booked } ]
    done: { status: booked }
    unsure: { do: [ { say: Уточню. } ] }
"#,
        r#"timezone: Europe/Kyiv
fields: { name: { type: name }, when: { type: slot } }
flows:
  visit:
    start: { words: [запишите] }
    collect: [when, name]
    then: [ { request: book }, { status: booked } ]
    done: { status: booked }
    unsure: { do: [ { say: Уточню. } ] }
"#,
    ),
    Entry::new(
        Code::UnknownMissing,
        "A client whose question no row answers gets nothing at all.",
        "Say that somebody will, and call a human, under `faq.unknown`.",
    )
    .example(
        "faq: { items: [ { ask: [Где вы?], say: На Садовой. } ] }\n",
        "faq: { items: [ { ask: [Где вы?], say: На Садовой. } ], unknown: [ { say: Уточню и вернусь. } ] }\n",
    ),
    Entry::new(
        Code::FaqShadowed,
        "Two answers to one question: the row in `items` is given, the one of the table never.",
        "Delete one of the two.",
    )
    .example(
        "faq: { file: faq.csv, items: [ { ask: [Где вы?], say: На Садовой. } ], unknown: [ { say: Уточню. } ] }\n",
        "faq: { file: faq.csv, unknown: [ { say: Уточню. } ] }\n",
    )
    .table(r#"вопрос;ответ
Где вы?;На Парковой.
"#),
    Entry::new(
        Code::ButtonUnhandled,
        "The client presses it, and nothing happens.",
        "Give it a rule, a reaction or a flow that starts with `button: …`, or take it away.",
    )
    .example(
        "greeting: { do: [ { say: Чем помочь?, buttons: [Записаться] } ] }\n",
        r#"greeting: { do: [ { say: Чем помочь?, buttons: [Записаться] } ] }
rules: [ { if: { button: Записаться }, do: [ { say: На какой день? } ] } ]
"#,
    ),
    Entry::new(
        Code::TextMissing,
        "Who writes that language is answered in the main one.",
        "Add the text in the language, or write it plainly if it stands for all.",
    )
    .example(
        r#"languages: { main: ru, also: [uk, en] }
greeting: { do: [ { say: { ru: Здравствуйте!, uk: Вітаємо! } }, { say: { ru: Чем помочь?, uk: Чим допомогти?, en: How can I help? } } ] }
"#,
        r#"languages: { main: ru, also: [uk, en] }
greeting: { do: [ { say: { ru: Чем помочь?, uk: Чим допомогти?, en: How can I help? } } ] }
"#,
    ),
    Entry::new(
        Code::LanguageUnspoken,
        "The bot understands the language and has not a word of its own in it.",
        "Write texts by language, `say: { ru: …, uk: … }`, or take the language out of `also`.",
    )
    .example(
        r#"languages: { main: ru, also: [uk] }
greeting: { do: [ { say: Здравствуйте! } ] }
"#,
        r#"languages: { main: ru, also: [uk] }
greeting: { do: [ { say: { ru: Здравствуйте!, uk: Вітаємо! } } ] }
"#,
    ),
    Entry::new(
        Code::TestsFew,
        "Ten dialogs are the least that shows how a bot takes the angry, the unclear and the hurried.",
        "Write more `tests`.",
    )
    .example(
        r#"faq: { items: [ { ask: [Где вы?], say: На Садовой. } ] , unknown: [ { say: Уточню. } ] }
tests:
  - { name: Не знает и злится, dialog: [ { client: "Почините холодильник!!!" }, { expect: [ { say: Уточню. } ] } ] }
"#,
        "faq: { items: [ { ask: [Где вы?], say: На Садовой. } ] , unknown: [ { say: Уточню. } ] }\n",
    ),
    Entry::new(
        Code::TestsKinds,
        "An angry client, an unclear request and a missing order number are where bots go wrong first.",
        "Add a dialog of the kind that the message names.",
    )
    .example(TEN_POLITE_TESTS, TEN_TESTS),
];

const TEN_POLITE_TESTS: &str = r#"faq: { items: [ { ask: [Где вы?], say: На Садовой. } ], unknown: [ { say: Уточню. } ] }
tests:
  - { name: Не знает, dialog: [ { client: Почините холодильник }, { expect: [ { say: Уточню. } ] } ] }
  - { name: Адрес 1, dialog: [ { client: Где вы? }, { expect: [ { say: На Садовой. } ] } ] }
  - { name: Адрес 2, dialog: [ { client: Где вы? }, { expect: [ { say: На Садовой. } ] } ] }
  - { name: Адрес 3, dialog: [ { client: Где вы? }, { expect: [ { say: На Садовой. } ] } ] }
  - { name: Адрес 4, dialog: [ { client: Где вы? }, { expect: [ { say: На Садовой. } ] } ] }
  - { name: Адрес 5, dialog: [ { client: Где вы? }, { expect: [ { say: На Садовой. } ] } ] }
  - { name: Адрес 6, dialog: [ { client: Где вы? }, { expect: [ { say: На Садовой. } ] } ] }
  - { name: Адрес 7, dialog: [ { client: Где вы? }, { expect: [ { say: На Садовой. } ] } ] }
  - { name: Адрес 8, dialog: [ { client: Где вы? }, { expect: [ { say: На Садовой. } ] } ] }
  - { name: Адрес 9, dialog: [ { client: Где вы? }, { expect: [ { say: На Садовой. } ] } ] }
"#;

const TEN_TESTS: &str = r#"faq: { items: [ { ask: [Где вы?], say: На Садовой. } ], unknown: [ { say: Уточню. } ] }
tests:
  - { name: Не знает, dialog: [ { client: Почините холодильник }, { expect: [ { say: Уточню. } ] } ] }
  - { name: Злится, dialog: [ { client: "Где вы!!!" }, { expect: [ { say: На Садовой. } ] } ] }
  - { name: Адрес 1, dialog: [ { client: Где вы? }, { expect: [ { say: На Садовой. } ] } ] }
  - { name: Адрес 2, dialog: [ { client: Где вы? }, { expect: [ { say: На Садовой. } ] } ] }
  - { name: Адрес 3, dialog: [ { client: Где вы? }, { expect: [ { say: На Садовой. } ] } ] }
  - { name: Адрес 4, dialog: [ { client: Где вы? }, { expect: [ { say: На Садовой. } ] } ] }
  - { name: Адрес 5, dialog: [ { client: Где вы? }, { expect: [ { say: На Садовой. } ] } ] }
  - { name: Адрес 6, dialog: [ { client: Где вы? }, { expect: [ { say: На Садовой. } ] } ] }
  - { name: Адрес 7, dialog: [ { client: Где вы? }, { expect: [ { say: На Садовой. } ] } ] }
  - { name: Адрес 8, dialog: [ { client: Где вы? }, { expect: [ { say: На Садовой. } ] } ] }
"#;
