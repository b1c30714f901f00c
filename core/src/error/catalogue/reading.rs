//! Errors of reading: the text, its keys and values.

use super::Entry;
use crate::error::Code;

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        Code::SyntaxInvalid,
        "Nothing of the text can be used.",
        "Close what is open and align what belongs together; aliases and tags of YAML are not read.",
    )
    .example("words: { thanks: [спасибо }\n", "words: { angry: [кошмар] }\n"),
    Entry::new(
        Code::UnknownKey,
        "A misspelt key would be passed over in silence, and with it everything under it.",
        "Take the key that the hint suggests, or the one that docs of the definition name.",
    )
    .example("rulez: []\n", "rules: []\n"),
    Entry::new(
        Code::DuplicateKey,
        "Only one of the two could count, and nobody can see which.",
        "Merge the two, or rename one of them.",
    )
    .example(r#"words: { angry: [кошмар] }
words: {}
"#, "words: { angry: [кошмар] }\n"),
    Entry::new(
        Code::MissingKey,
        "Without it the bot would answer and never get anywhere: a flow has to say when it is done, and what it does \
         when it is not sure.",
        "Add the key.",
    )
    .example(
        r#"flows:
  call:
    start: { words: [перезвоните] }
    then: [ { status: booked } ]
    done: { status: booked }
"#,
        r#"flows:
  call:
    start: { words: [перезвоните] }
    then: [ { status: booked } ]
    done: { status: booked }
    unsure: { do: [ { say: Уточню и вернусь. } ] }
"#,
    ),
    Entry::new(
        Code::WrongType,
        "A list, a map and a text are read differently; guessing which was meant would guess wrong some day.",
        "Write what the message expects.",
    )
    .example("rules: {}\n", "rules: []\n"),
    Entry::new(
        Code::NumberRefused,
        "Fractions differ in their last digit from one language to another, and the bot gives the same bytes in each.",
        "Write a whole number; amounts and decimals go in quotes.",
    )
    .example("outreach: { max: 1.5 }\n", "outreach: { max: 2 }\n"),
    Entry::new(
        Code::UnknownValue,
        "Only the words named in the message mean something here.",
        "Take one of them.",
    )
    .example("fields: { phone: { type: fone } }\n", "fields: { phone: { type: phone } }\ngreeting: { do: [ { ask: phone } ] }\n"),
    Entry::new(
        Code::OneExpected,
        "Each item of a list is one action or condition; of two together nobody can say which comes first.",
        "Make each an item of its own; join conditions by `all` or `any`.",
    )
    .example(
        "greeting: { do: [ { say: Здравствуйте!, tag: new } ] }\n",
        "greeting: { do: [ { say: Здравствуйте! }, { tag: new } ] }\n",
    ),
    Entry::new(
        Code::KeyMisplaced,
        "The key would do nothing here.",
        "Change the type, or move the key to the field it belongs to.",
    )
    .example(
        "fields: { phone: { type: phone, options: [Да, Нет] } }\n",
        "fields: { size: { type: choice, options: [Большой, Малый] } }\ngreeting: { do: [ { ask: size } ] }\n",
    ),
    Entry::new(
        Code::Empty,
        "An empty text or list looks done and does nothing.",
        "Fill it, or take the key away.",
    )
    .example(
        r#"rules:
  - { if: { words: [цена] }, do: [] }
"#,
        r#"rules:
  - { if: { words: [цена] }, do: [ { tag: price } ] }
"#,
    ),
    Entry::new(
        Code::DurationInvalid,
        "A length of time without its unit could be seconds or days.",
        "Write a whole number with s, m, h, d, w or mo: `30m`, `48h`, `7d`.",
    )
    .example("outreach: { min_gap: 2 hours }\n", "outreach: { min_gap: 2h }\n"),
    Entry::new(
        Code::TimeInvalid,
        "The bot would count from a moment that does not exist.",
        r#"Write a time of day such as "21:00", or an instant such as "2026-11-21T12:00:00+03:00"."#,
    )
    .example(
        r#"timezone: Europe/Kyiv
quiet_hours: { from: "25:00", to: "09:00" }
"#,
        r#"timezone: Europe/Kyiv
quiet_hours: { from: "21:00", to: "09:00" }
"#,
    ),
    Entry::new(
        Code::ZoneUnknown,
        "«Tomorrow at three» means nothing without the right zone.",
        "Take a name of the IANA list, such as Europe/Kyiv or Asia/Almaty.",
    )
    .example("timezone: Europe/Kiew\n", "timezone: Europe/Kyiv\n"),
    Entry::new(
        Code::RegionUnknown,
        "Phone numbers without a country code are read by the rules of the region.",
        "Take the two letters of the country: UA, RU, KZ, DE.",
    )
    .example("region: Ukraine\n", "region: UA\n"),
    Entry::new(
        Code::FormatUnknown,
        "A definition of another format may mean something else by the same words.",
        "Write `bot: 1`, or take the version of the library that reads the format.",
    )
    .example("bot: 2\n", "bot: 1\n"),
    Entry::new(
        Code::Limit,
        "Every input is bounded, so that no message and no table can hold up the others. Nothing is cut in silence.",
        "Make the input smaller; the message names the limit.",
    ),
];
