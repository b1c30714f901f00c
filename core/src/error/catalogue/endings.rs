//! How dialogs end, and what a lead leads to.

use super::Entry;
use crate::error::Code;

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        Code::FinishNotFinal,
        "«In work» and «done» are taken for each other: the team waits for a dialog that is over.",
        "Set a final status before `finish`, or leave the status as it is.",
    )
    .example(
        r#"rules:
  - { if: { words: [передумал] }, do: [ { status: in_work }, { finish: silent } ] }
"#,
        r#"rules:
  - { if: { words: [передумал] }, do: [ { status: inactive }, { finish: silent } ] }
"#,
    ),
    Entry::new(
        Code::FinalGoesOn,
        "The team takes the dialog for closed while the bot still talks.",
        "Add `finish: silent` or `finish: reopen`, or set a status that is not final. A rule with `go_on` may leave \
         the end to a later one.",
    )
    .example(
        r#"rules:
  - { if: { words: [передумал] }, do: [ { status: not_fit }, { say: Жаль. } ] }
"#,
        r#"rules:
  - { if: { words: [передумал] }, do: [ { status: not_fit }, { say: Жаль. }, { finish: reopen } ] }
"#,
    ),
    Entry::new(
        Code::FinalStatusOpen,
        "The dialog counts as closed and goes on.",
        "Add `finish`, or let the `done` of the flow name the status, if reaching it is what the flow is for.",
    )
    .example(
        r#"timezone: Europe/Kyiv
quiet_hours: { from: "21:00", to: "09:00" }
silence:
  - { after: 2h, do: [ { status: inactive } ] }
"#,
        r#"timezone: Europe/Kyiv
quiet_hours: { from: "21:00", to: "09:00" }
silence:
  - { after: 2h, do: [ { status: inactive }, { finish: reopen } ] }
"#,
    ),
    Entry::new(
        Code::FinishKeepsStatus,
        "The dialog is over for good, reminders with it, and its status says that it goes on.",
        "Set a final status, or write `finish: reopen`, which keeps reminders alive.",
    )
    .example(
        r#"rules:
  - { if: { words: [записан] }, do: [ { status: booked }, { finish: silent } ] }
"#,
        r#"rules:
  - { if: { words: [записан] }, do: [ { status: booked }, { finish: reopen } ] }
"#,
    ),
    Entry::new(
        Code::AfterFinish,
        "After `finish` nothing can be said, so a reply there is never sent.",
        "Move the action before `finish`.",
    )
    .example(
        r#"rules:
  - { if: { words: [передумал] }, do: [ { finish: reopen }, { say: До свидания! } ] }
"#,
        r#"rules:
  - { if: { words: [передумал] }, do: [ { say: До свидания! }, { finish: reopen } ] }
"#,
    ),
    Entry::new(
        Code::ClosingContains,
        "«Спасибо, а сколько стоит?» is a question, and would end the dialog.",
        "Add `match: whole`: the message holds nothing else but courtesy.",
    )
    .example(
        r#"rules:
  - { if: { words: [спасибо, пока] }, do: [ { finish: reopen } ] }
"#,
        r#"rules:
  - { if: { words: [спасибо, пока], match: whole }, do: [ { finish: reopen } ] }
"#,
    ),
    Entry::new(
        Code::FaqFinish,
        "A row of the FAQ is found by likeness; ends for good go by strict rules only.",
        "Write `then: [ { finish: reopen } ]`: the next question is answered again.",
    )
    .example(
        r#"faq:
  items: [ { ask: [Как вернуть товар?], say: Вот инструкция., then: finish } ]
  unknown: [ { say: Уточню. } ]
"#,
        r#"faq:
  items: [ { ask: [Как вернуть товар?], say: Вот инструкция., then: [ { finish: reopen } ] } ]
  unknown: [ { say: Уточню. } ]
"#,
    ),
    Entry::new(
        Code::GreetingFinish,
        "Most dialogs begin with a greeting; who only says hello would never be answered again.",
        "Write `finish: reopen`, or greet and wait.",
    )
    .example(
        "greeting: { do: [ { status: inactive }, { finish: silent } ] }\n",
        "greeting: { do: [ { status: inactive }, { finish: reopen } ] }\n",
    ),
    Entry::new(
        Code::HandoffFinish,
        "The end is the end and a handoff is a human who goes on: together, nobody talks to the client.",
        "Leave one of the two out.",
    )
    .example(
        r#"handoff: { to: [crm] }
rules:
  - { if: { words: [оператор] }, do: [ { handoff: asked }, { finish: reopen } ] }
"#,
        r#"handoff: { to: [crm] }
rules:
  - { if: { words: [оператор] }, do: [ { handoff: asked } ] }
"#,
    ),
    Entry::new(
        Code::AfterLead,
        "A lead and silence: the client does not know that anything happened, and the bot asks on.",
        "Say what follows: `say`, `status` and `finish`, or a further question.",
    )
    .example(
        r#"fields: { phone: { type: phone } }
rules: [ { if: { has: phone }, do: [ { lead: callback } ] } ]
leads: { callback: { need: [phone], to: [crm] } }
"#,
        r#"fields: { phone: { type: phone } }
rules: [ { if: { has: phone }, do: [ { lead: callback }, { say: Перезвоним! } ] } ]
leads: { callback: { need: [phone], to: [crm] } }
"#,
    ),
];
