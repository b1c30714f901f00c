//! Platforms, messaging windows, hours, silence.

use super::Entry;
use crate::error::Code;

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        Code::PlatformMisspelt,
        "What the platform serves is checked only where its name is known.",
        "Write `manychat` or `smartsender`; a platform of your own takes another name.",
    )
    .example("platform: ManyChat\nchannels: [telegram]\n", "platform: manychat\nchannels: [telegram]\n"),
    Entry::new(
        Code::AccountsOnManychat,
        "ManyChat connects one account of a channel; messages of the others never arrive.",
        "Take `platform: smartsender`, or a bot for each account.",
    )
    .example(
        r#"platform: manychat
channels: [instagram]
accounts: { instagram: [shop, school] }
"#,
        r#"platform: smartsender
channels: [instagram]
accounts: { instagram: [shop, school] }
"#,
    ),
    Entry::new(
        Code::PlatformSimpler,
        "SmartSender is worth it for Viber and for several accounts of one channel; ManyChat is faster to work with.",
        "Consider `platform: manychat`.",
    )
    .example(
        r#"platform: smartsender
channels: [telegram, instagram]
"#,
        r#"platform: smartsender
channels: [telegram, viber]
"#,
    ),
    Entry::new(
        Code::TemplateMissing,
        "WhatsApp, Instagram and Messenger deliver nothing but templates once 24 hours have passed since the client's \
         last message; at 24 hours sharp the window is closed.",
        "Name the vendor's `template`, beside the reply or the entry of `silence`.",
    )
    .example(
        r#"timezone: Europe/Kyiv
channels: [whatsapp]
quiet_hours: { from: "21:00", to: "09:00" }
silence:
  - { after: 48h, do: [ { say: Ещё интересно? } ] }
"#,
        r#"timezone: Europe/Kyiv
channels: [whatsapp]
quiet_hours: { from: "21:00", to: "09:00" }
silence:
  - { after: 48h, template: comeback, do: [ { say: Ещё интересно? } ] }
"#,
    ),
    Entry::new(
        Code::NightOutreach,
        "Reminders and comebacks are counted in hours, and go out at three in the morning too.",
        r#"Add `quiet_hours: { from: "21:00", to: "09:00" }`."#,
    )
    .example(
        r#"silence:
  - { after: 5h, do: [ { say: Ещё интересно? } ] }
"#,
        r#"timezone: Europe/Kyiv
quiet_hours: { from: "21:00", to: "09:00" }
silence:
  - { after: 5h, do: [ { say: Ещё интересно? } ] }
"#,
    ),
    Entry::new(
        Code::QuietHoursEmpty,
        "The last minute does not count, so hours from nine to nine are none at all.",
        "Write two different times.",
    )
    .example(
        r#"timezone: Europe/Kyiv
quiet_hours: { from: "21:00", to: "21:00" }
"#,
        r#"timezone: Europe/Kyiv
quiet_hours: { from: "21:00", to: "09:00" }
"#,
    ),
    Entry::new(
        Code::ZoneMissing,
        "«Tomorrow at three» and quiet hours are read in UTC, hours away from the client.",
        "Name the `timezone`.",
    )
    .example(
        r#"fields: { when: { type: date } }
rules: [ { if: { has: when }, do: [ { tag: dated } ] } ]
"#,
        r#"timezone: Europe/Kyiv
fields: { when: { type: date } }
rules: [ { if: { has: when }, do: [ { tag: dated } ] } ]
"#,
    ),
    Entry::new(
        Code::SilenceNever,
        "An offer is the last reply with buttons of a list that holds `request: quote`; no list has both, so the \
         entry never counts.",
        "Add the buttons to the offer, or count `since: client`.",
    )
    .example(
        r#"timezone: Europe/Kyiv
quiet_hours: { from: "21:00", to: "09:00" }
silence:
  - { after: 5h, since: offer, do: [ { say: Что решили? } ] }
"#,
        r#"timezone: Europe/Kyiv
quiet_hours: { from: "21:00", to: "09:00" }
silence:
  - { after: 5h, since: client, do: [ { say: Что решили? } ] }
"#,
    ),
];
