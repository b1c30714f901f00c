//! Two weeks at the clinic as a log, the records of simulated dialogs: `cargo run --example week > log.jsonl`
//!
//! The same log every time, for tests, for the docs, and to try a report on before there is a log of one's own.

mod guests;
mod log;
#[path = "../../tests/support/mod.rs"]
mod support;

use std::io::{Write, stdout};

fn main() -> std::io::Result<()> {
    let dialogs = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(210);
    stdout().lock().write_all(log::weeks(dialogs).as_bytes())
}
