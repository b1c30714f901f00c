//! Errors and warnings about names: of what is not there, and of what stands twice.

use super::Entry;
use crate::error::Code;

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        Code::UnknownName,
        "A rule with a name of nothing would never fire, or never do what it says.",
        "Correct the name, or define it under `words`, `fields`, `leads`, `flows` or `statuses`.",
    )
    .example(
        r#"rules:
  - { if: { words: prices }, do: [ { tag: price } ] }
"#,
        r#"words: { prices: [цена, стоимость] }
rules:
  - { if: { words: prices }, do: [ { tag: price } ] }
"#,
    ),
    Entry::new(
        Code::UnknownPlaceholder,
        "The client would read an empty place, or the braces themselves.",
        "Name a field, `{topic}`, `{summary}`, `{reason}`, `{chat_url}`, or data of a result: `{order.status}`.",
    )
    .example(
        r#"greeting: { do: [ { say: "Здравствуйте, {nmae}!" } ] }
"#,
        r#"fields: { name: { type: name } }
greeting: { do: [ { say: "Здравствуйте, {name|гость}!" } ] }
"#,
    ),
    Entry::new(
        Code::DuplicateName,
        "Records and waiting lists know a rule by its name.",
        "Rename one of the two.",
    )
    .example(
        r#"rules:
  - { name: Цена, if: { words: [цена] }, do: [ { tag: price } ] }
  - { name: Цена, if: { words: [скидка] }, do: [ { tag: sale } ] }
"#,
        r#"rules:
  - { name: Цена, if: { words: [цена] }, do: [ { tag: price } ] }
  - { name: Скидка, if: { words: [скидка] }, do: [ { tag: sale } ] }
"#,
    ),
    Entry::new(
        Code::ChannelNotOnPlatform,
        "The platform would never deliver a message of this channel.",
        "Take `platform: smartsender` for Viber, or leave the channel out.",
    )
    .example(r#"platform: manychat
channels: [telegram, viber]
"#, r#"platform: smartsender
channels: [telegram, viber]
"#),
    Entry::new(
        Code::AudienceUnknown,
        "What is only for an audience that nobody belongs to is told to nobody.",
        "Describe the audience by its channels or accounts, or correct the name.",
    )
    .example(
        r#"faq:
  items: [ { ask: [Где лежит инвентарь?], say: На складе., audience: staff } ]
  unknown: [ { say: Уточню. } ]
"#,
        r#"audience: { staff: { accounts: [team] } }
faq:
  items: [ { ask: [Где лежит инвентарь?], say: На складе., audience: staff } ]
  unknown: [ { say: Уточню. } ]
"#,
    ),
    Entry::new(
        Code::AudienceEmpty,
        "Nobody can belong to it, so its rules and answers are never used.",
        "Name its channels or accounts.",
    )
    .example("audience: { staff: {} }\n", "audience: { staff: { channels: [web] } }\n"),
    Entry::new(
        Code::StatusNeverSet,
        "The condition waits for a status that no dialog is ever in; a flow with such a `done` never ends.",
        "Set the status in a list, or name one that is set.",
    )
    .example(
        r#"rules:
  - { if: { all: [ { words: [отмена] }, { status: booked } ] }, do: [ { tag: cancel } ] }
"#,
        r#"rules:
  - { if: { all: [ { words: [отмена] }, { status: in_work } ] }, do: [ { tag: cancel } ] }
"#,
    ),
];
