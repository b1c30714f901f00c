//! Rules, their conditions and words.

use super::Entry;
use crate::error::Code;

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        Code::OppositeRules,
        "Only the first of the two happens; the other is a wish that nobody grants.",
        "Decide which it is to be, and take the trigger out of the other.",
    )
    .example(
        r#"fields: { phone: { type: phone } }
leads: { fan: { need: [phone], to: [crm] } }
rules:
  - { name: Любит собак, if: { words: [собака] }, do: [ { lead: fan }, { say: Перезвоним! } ] }
  - { name: Не наша тема, if: { words: [собаки, кошки] }, do: [ { status: not_fit }, { finish: silent } ] }
"#,
        r#"fields: { phone: { type: phone } }
leads: { fan: { need: [phone], to: [crm] } }
rules:
  - { name: Любит собак, if: { words: [собака] }, do: [ { lead: fan }, { say: Перезвоним! } ] }
  - { name: Не наша тема, if: { words: [кошки] }, do: [ { status: not_fit }, { finish: silent } ] }
"#,
    ),
    Entry::new(
        Code::AngryOrBanned,
        "Angry people swear: the same word either calls a human or closes the dialog, whichever rule comes first.",
        "Keep swear words in one of the two lists.",
    )
    .example(
        r#"handoff: { to: [crm] }
rules:
  - { name: Злится, if: { words: ["@profanity"] }, do: [ { handoff: angry } ] }
  - { name: Стоп, if: { words: ["@profanity", вакансия] }, do: [ { status: not_fit }, { finish: silent } ] }
"#,
        r#"handoff: { to: [crm] }
rules:
  - { name: Злится, if: { mood: angry }, do: [ { handoff: angry } ] }
  - { name: Стоп, if: { words: ["@profanity", вакансия] }, do: [ { status: not_fit }, { finish: silent } ] }
"#,
    ),
    Entry::new(
        Code::RuleUnreachable,
        "Rules go from the top, and the first that holds ends the step.",
        "Put the narrower rule above the wider one, or give the wider one `go_on: true`.",
    )
    .example(
        r#"rules:
  - { name: Доставка, if: { words: [доставка] }, do: [ { tag: delivery } ] }
  - { name: Доставка в Telegram, if: { all: [ { words: [доставка] }, { channel: telegram } ] }, do: [ { tag: tg } ] }
"#,
        r#"rules:
  - { name: Доставка в Telegram, if: { all: [ { words: [доставка] }, { channel: telegram } ] }, do: [ { tag: tg } ] }
  - { name: Доставка, if: { words: [доставка] }, do: [ { tag: delivery } ] }
"#,
    ),
    Entry::new(
        Code::NeverHolds,
        "What hangs on the condition never happens, and nobody notices.",
        "Mend the part that the message names.",
    )
    .example(
        r#"fields: { size: { type: choice, options: [Большой, Малый] } }
rules:
  - { if: { field: size, is: Болшой }, do: [ { tag: big } ] }
"#,
        r#"fields: { size: { type: choice, options: [Большой, Малый] } }
rules:
  - { if: { field: size, is: Большой }, do: [ { tag: big } ] }
"#,
    ),
    Entry::new(
        Code::WordTooBroad,
        "Clients who ask this question are shut out instead of answered.",
        "Write a phrase that only the unwanted say, `=слово` for one form, or `match: whole`.",
    )
    .example(
        r#"words: { banned: [кошка] }
faq:
  items: [ { ask: [Принимаете ли вы кошек?], say: Да. } ]
  unknown: [ { say: Уточню. } ]
rules:
  - { name: Стоп, if: { words: banned }, do: [ { status: not_fit }, { finish: silent } ] }
"#,
        r#"words: { banned: [отдам кошку] }
faq:
  items: [ { ask: [Принимаете ли вы кошек?], say: Да. } ]
  unknown: [ { say: Уточню. } ]
rules:
  - { name: Стоп, if: { words: banned }, do: [ { status: not_fit }, { finish: silent } ] }
"#,
    ),
    Entry::new(
        Code::WordRepeated,
        "One of the two says nothing: `=слово` asks for one form only, and beside `слово` every form counts all the same.",
        "Leave one of them out: `=слово` if every form may count, `слово` if only one may.",
    )
    .example(
        r#"words: { pets: [собака, "=собака", кошка] }
rules: [ { if: { words: pets }, do: [ { tag: pets } ] } ]
"#,
        r#"words: { pets: [собака, кошка] }
rules: [ { if: { words: pets }, do: [ { tag: pets } ] } ]
"#,
    ),
    Entry::new(
        Code::WordMatchesNothing,
        "Punctuation is no word, so no message ever has the entry.",
        "Take it away; for «!!!» there is `mood: angry`.",
    )
    .example(
        r#"words: { pets: [собака, "!!!"] }
rules: [ { if: { words: pets }, do: [ { tag: pets } ] } ]
"#,
        r#"words: { pets: [собака] }
rules: [ { if: { words: pets }, do: [ { tag: pets } ] } ]
"#,
    ),
];
