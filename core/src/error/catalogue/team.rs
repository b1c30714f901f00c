//! Leads, targets and what the team is told.

use super::Entry;
use crate::error::Code;

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        Code::LeadWithoutTarget,
        "The lead is kept in session and record, and no CRM and nobody hears of it.",
        "Name its targets under `to`.",
    )
    .example(
        r#"fields: { phone: { type: phone } }
rules: [ { if: { has: phone }, do: [ { lead: callback }, { say: Перезвоним! } ] } ]
leads: { callback: { need: [phone] } }
"#,
        r#"fields: { phone: { type: phone } }
rules: [ { if: { has: phone }, do: [ { lead: callback }, { say: Перезвоним! } ] } ]
leads: { callback: { need: [phone], to: [crm] } }
"#,
    ),
    Entry::new(
        Code::LeadNeedsNothing,
        "Leads without a phone or address fill the CRM, and nobody can be called back.",
        "Name what it cannot do without under `need`.",
    )
    .example(
        r#"rules: [ { if: { words: [перезвоните] }, do: [ { lead: callback }, { say: Перезвоним! } ] } ]
leads: { callback: { to: [crm] } }
"#,
        r#"fields: { phone: { type: phone } }
rules: [ { if: { words: [перезвоните] }, do: [ { lead: callback }, { say: Перезвоним! } ] } ]
leads: { callback: { need: [phone], to: [crm] } }
"#,
    ),
    Entry::new(
        Code::NeedNotCollected,
        "The lead cannot be created before the field is filled, and nothing asks for it but the lead itself, in words \
         that are not the author's.",
        "Collect the field in a flow, ask for it in a list, or give it an `ask`.",
    )
    .example(
        r#"fields: { address: { type: text } }
rules: [ { if: { words: [приезжайте] }, do: [ { lead: visit }, { say: Приедем! } ] } ]
leads: { visit: { need: [address], to: [crm] } }
"#,
        r#"fields: { address: { type: text, ask: По какому адресу? } }
rules: [ { if: { words: [приезжайте] }, do: [ { lead: visit }, { say: Приедем! } ] } ]
leads: { visit: { need: [address], to: [crm] } }
"#,
    ),
    Entry::new(
        Code::HandoffWithoutTarget,
        "The client is told to wait for somebody who does not know.",
        "Name under `handoff.to` who is told: a CRM, an admin chat.",
    )
    .example(
        "rules: [ { if: { words: [оператор] }, do: [ { handoff: asked } ] } ]\n",
        r#"handoff: { to: [telegram_admin] }
rules: [ { if: { words: [оператор] }, do: [ { handoff: asked } ] } ]
"#,
    ),
    Entry::new(
        Code::ChatLinkMissing,
        "Who is called has to find the chat by hand.",
        "Add `{chat_url}` to the text; where the channel gives no link, nothing stands there.",
    )
    .example(
        "rules: [ { if: { words: [брак] }, do: [ { notify: telegram_admin, text: Жалоба на брак } ] } ]\n",
        r#"rules: [ { if: { words: [брак] }, do: [ { notify: telegram_admin, text: "Жалоба на брак {chat_url}" } ] } ]
"#,
    ),
    Entry::new(
        Code::SummaryEmpty,
        "The team gets a message without content.",
        "Name fields and `last_question` under `handoff.summary`.",
    )
    .example(
        r#"rules: [ { if: { words: [брак] }, do: [ { notify: telegram_admin, text: "{summary} {chat_url}" } ] } ]
"#,
        r#"handoff: { to: [telegram_admin], summary: [last_question] }
rules: [ { if: { words: [брак] }, do: [ { notify: telegram_admin, text: "{summary} {chat_url}" } ] } ]
"#,
    ),
    Entry::new(
        Code::TargetMisspelt,
        "The host knows targets by name; what goes to an unknown one goes nowhere.",
        "Take the name that the message suggests, or give the target a name less alike.",
    )
    .example(
        r#"handoff: { to: [telegram_admin] }
fields: { phone: { type: phone } }
rules:
  - { if: { has: phone }, do: [ { lead: callback }, { notify: telegram_admn, text: "Новая заявка {chat_url}" }, { say: Перезвоним! } ] }
leads: { callback: { need: [phone], to: [telegram_admin] } }
"#,
        r#"handoff: { to: [telegram_admin] }
fields: { phone: { type: phone } }
rules:
  - { if: { has: phone }, do: [ { lead: callback }, { notify: telegram_admin, text: "Новая заявка {chat_url}" }, { say: Перезвоним! } ] }
leads: { callback: { need: [phone], to: [telegram_admin] } }
"#,
    ),
    Entry::new(
        Code::TargetCannot,
        "A chat or a mailbox has neither stages nor tasks; what is asked of it is left out.",
        "Give the stage and the task to a CRM, and the chat a text under `say`.",
    )
    .example(
        r#"handoff: { to: { telegram_admin: { task: Ответить клиенту } } }
rules: [ { if: { words: [оператор] }, do: [ { handoff: asked } ] } ]
"#,
        r#"handoff: { to: { kommo: { task: Ответить клиенту } } }
rules: [ { if: { words: [оператор] }, do: [ { handoff: asked } ] } ]
"#,
    ),
];
