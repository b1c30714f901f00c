//! The embeddable front desk for chats.
//!
//! A [`Bot`] is compiled from a definition that an author writes; a [`Session`] is one dialog as plain JSON. The
//! host brings an [`Event`] and the time, and carries out the effects of the [`Turn`] that comes back:
//!
//! ```
//! use frontdesk::{Bot, Event, Files, Key, Timestamp};
//!
//! let yaml = r#"
//! bot: 1
//! region: UA
//! fields: { phone: { type: phone } }
//! faq: { items: [ { ask: [Скільки коштує чистка?], say: Від 900 грн. } ], unknown: [ { handoff: faq_miss } ] }
//! rules:
//!   - { if: { has: phone }, do: [ { lead: callback }, { say: Дякуємо! }, { status: done }, { finish: silent } ] }
//! leads: { callback: { need: [phone], to: [crm] } }
//! "#;
//! let bot = Bot::from_yaml(yaml, &Files::new()).unwrap().bot;
//! let now = Timestamp::parse("2026-11-21T10:00:00Z").unwrap();
//! let key = Key { channel: "web".into(), account: "site".into(), user: "u1".into() };
//! let mut session = bot.open(key, now, None);
//! let turn = bot.step(&mut session, &Event::text("m1", "чистка скільки коштує"), now).unwrap();
//! assert!(turn.effects[0].kind.is_reply());
//! let turn = bot.step(&mut session, &Event::text("m2", "наберіть 050 123-45-67"), now).unwrap();
//! assert_eq!(turn.status, "done"); // a lead, a word of thanks, and silence from here on
//! ```
//!
//! # The map
//! Imports run downwards only.
//!
//! | floor | module | what |
//! |---|---|---|
//! | 0 | [`text`], [`document`], [`time`], [`error`], [`limits`] | words, strict reading, instants, the catalogue of codes, every bound |
//! | 1 | [`extract`] | phones, e-mails, dates, money, names: usable alone |
//! | 1 | [`faq`] | the right row of a table or none: usable alone |
//! | 2 | [`definition`] | what an author writes |
//! | 3 | [`bot`] | a definition compiled |
//! | 4 | [`dialog`] | events, effects, sessions, steps, records |
//! | 5 | [`wire`] | what codecs share: effects read, texts clipped and split, ids, forms |
//! | 6 | [`channels`] | vendors' webhooks to events, replies to vendors' JSON |
//! | 6 | [`crm`] | leads, notes and notices to CRMs, their answers to results |
//! | 6 | [`audit`] | what the records say: counted, proved, replayed, shown |
//! | 7 | [`verbs`] | the same verbs over JSON texts, for faces in other languages |
//!
//! # Promises
//! No I/O, no clock, no randomness: the same bot, session, event and time give the same bytes on every face. A
//! reply after a finish, or while a human talks, cannot be constructed. Every input is bounded, every step ends, and
//! no input makes it panic.
//!
//! # When not to use it
//! For free conversation: it answers from a table, verbatim, and never generates. For search in documents, for audio,
//! for sending anything: that is the host's.
//!
//! # Features
//! - `yaml` (default): definitions in YAML 1.2 beside JSON.
//! - `zones` (default): every time zone of the IANA database; without it UTC, and the zone that a bundle carries.
//! - `audit` (default): reads logs; what a page shows to a visitor leaves it out.
//! - `author-regex` (default): regular expressions of authors for order numbers; masks need no feature.
//! - `channels` (default): codecs of messengers and CRMs.

#![forbid(unsafe_code)]

#[cfg(feature = "audit")]
pub mod audit;
pub mod bot;
#[cfg(feature = "channels")]
pub mod channels;
#[cfg(feature = "channels")]
pub mod crm;
pub mod definition;
pub mod dialog;
pub mod document;
pub mod error;
pub mod extract;
pub mod faq;
pub mod limits;
pub mod text;
pub mod time;
pub mod verbs;
#[cfg(feature = "channels")]
pub mod wire;

pub use bot::{Bot, Compiled, Files};
pub use dialog::{Contact, Effect, EffectKind, Event, EventKind, Key, Mode, Session, Turn};
pub use error::{Code, Error};
pub use time::{Timestamp, Zone};

/// The examples of the README run as tests of the crate.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
