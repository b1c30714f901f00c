//! Every row of the requirements that the core owes, proved through the public interface.
//!
//! A test's name begins with its row (`r112_…`) or its settled conflict (`c3_…`); the quoted messages are the
//! user's own, word for word. Whole dialogs are played by [`talk::Talk`].

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a test may panic

mod answers;
mod audit_chain;
mod audit_figures;
mod audit_masks;
mod audit_privacy;
mod audit_replay;
mod bad_events;
mod bad_input;
mod booking;
mod bursts;
mod collecting;
mod comeback;
mod endings;
mod events;
mod faq;
mod greeting;
mod handoff;
mod journal;
mod languages;
mod leads;
mod lint;
mod loops;
mod migration;
mod orders;
mod outcomes;
mod presets;
mod price;
mod questions;
mod quotes;
mod reminders;
mod reopening;
mod staff;
#[path = "../support/mod.rs"]
mod support;
mod talk;
mod team;
mod time;
mod words;
