//! What stands in a definition and nothing uses.

use super::Entry;
use crate::error::Code;

const WHY: &str = "As often as not it was to be used, under a name that is spelt otherwise.";

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        Code::WordsUnused,
        WHY,
        "Use the list in a condition, or as `@name` in another list; else delete it.",
    )
    .example(
        "words: { prices: [цена] }\n",
        r#"words: { prices: [цена] }
rules: [ { if: { words: prices }, do: [ { tag: price } ] } ]
"#,
    ),
    Entry::new(Code::FieldUnused, WHY, "Collect, ask or show the field; else delete it.").example(
        "fields: { address: { type: text } }\n",
        r#"fields: { address: { type: text } }
rules: [ { if: { words: [приезжайте] }, do: [ { ask: address }, { say: "Едем на {address}." } ] } ]
"#,
    ),
    Entry::new(Code::LeadUnused, WHY, "Create the lead in a rule or flow; else delete it.").example(
        r#"fields: { phone: { type: phone } }
leads: { callback: { need: [phone], to: [crm] } }
"#,
        r#"fields: { phone: { type: phone } }
rules: [ { if: { has: phone }, do: [ { lead: callback }, { say: Перезвоним! } ] } ]
leads: { callback: { need: [phone], to: [crm] } }
"#,
    ),
    Entry::new(Code::FlowUnused, "The flow never runs.", "Give it a `start`, or start it from a list.")
        .example(
            r#"flows:
  visit:
    then: [ { say: Записали. } ]
    done: { status: in_work }
    unsure: { do: [ { say: Уточню. } ] }
"#,
            r#"flows:
  visit:
    start: { words: [запишите] }
    then: [ { say: Записали. } ]
    done: { status: in_work }
    unsure: { do: [ { say: Уточню. } ] }
"#,
        ),
    Entry::new(Code::StatusUnused, WHY, "Set the status in a list; else delete it.").example(
        "statuses: { waiting: { title: Ждёт ответа } }\n",
        r#"statuses: { waiting: { title: Ждёт ответа } }
rules: [ { if: { words: [подожду] }, do: [ { status: waiting } ] } ]
"#,
    ),
];
