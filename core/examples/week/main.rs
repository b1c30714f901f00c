//! Two weeks at the clinic as a log, the records of simulated dialogs:
//! `cargo run -p frontdesk --example week -- log.jsonl [DIALOGS]`, 210 dialogs a week where no number is given.
//!
//! The same log every time, for tests, for the docs, and to try a report on before there is a log of one's own.

#![allow(clippy::expect_used, clippy::indexing_slicing)] // the clinic compiles, and its guests are listed below

mod guests;
mod log;
#[path = "../../tests/support/mod.rs"]
mod support;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().unwrap_or_else(|| "log.jsonl".to_string());
    let dialogs = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(210);
    std::fs::write(path, log::weeks(dialogs))
}
