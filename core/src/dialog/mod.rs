//! Floor 4: the dialog: events and the time go in, effects come out.
//!
//! [`Bot::open`](crate::bot::Bot::open) begins a [`Session`], [`Bot::step`](crate::bot::Bot::step) takes an
//! [`Event`], [`Bot::due`](crate::bot::Bot::due) the time; each gives a [`Turn`]. The same bot, session, event
//! and time give the same bytes, on every face.

mod act;
mod answer;
mod burst;
mod condition;
mod effect;
mod engine;
mod event;
mod flow;
mod free;
mod handoff;
mod hear;
mod host;
mod lead;
mod lists;
mod masking;
mod message;
mod migrate;
mod mirror;
mod names;
mod outreach;
mod pick;
mod restore;
mod run;
mod session;
mod state;
mod testing;
mod timers;
mod turn;
mod voice;

pub use effect::{AlertCode, CreateLead, Effect, EffectKind, HandoffEffect, HandoffTo, UpdateLead};
pub use event::{
    Attachment, Contact, ControlAction, EffectResult, Event, EventKind, Message, Operator, OperatorAction,
    Utm,
};
#[cfg(feature = "audit")]
pub(crate) use masking::{Masks, digest_of, sealed};
pub use migrate::{Fate, Migrated};
pub use session::{BotRef, Key, Mode, SESSION_VERSION, Session};

pub use state::{Happening, State};
pub use testing::{Failure, Report, run_tests};
pub use turn::{Matched, Outcome, Record, Turn};
pub use voice::{Reply, ReplyButton, Window};
