//! The harness of the Rust face: JSON lines in, one JSON line out per case.
//!
//! With `--bundled` every bot is made into a bundle for clients, and dialogs run on that.

mod bot;
mod extract;
mod faq;
mod tool;
mod values;
mod words;

use frontdesk::document::Node;
use frontdesk::error::Error;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{BufRead, Write};

/// What lives for the length of one run.
#[derive(Default)]
struct State {
    tables: HashMap<String, faq::Table>,
    dialogs: bot::Dialogs,
}

type Answer = Result<Value, Error>;

/// The answer to a case, as one line of JSON.
fn answer(state: &mut State, line: &str) -> String {
    // Read by the library's own reader, so that what it refuses in an event reaches it unchanged.
    let case = match Node::from_json(line) {
        Ok(case) => case.without_positions(),
        Err(_) => return failed("bad_case", "the line is no JSON", ""),
    };
    let op = case.get("op").and_then(Node::as_str).unwrap_or_default();
    let result: Result<String, Error> = match op {
        "extract" => extract::extract(&case.to_json()).map(|v| v.to_string()),
        "faq.load" => faq::load(state, &case.to_json()).map(|v| v.to_string()),
        "faq.match" => faq::search(state, &case.to_json()).map(|v| v.to_string()),
        "words" => words::words(&case.to_json()).map(|v| v.to_string()),
        _ => match state.dialogs.answer(op, &case) {
            Some(result) => result,
            None if tool::is_known(op) => tool::run(&state.dialogs, op, &case, line),
            None => return failed("bad_case", &format!("unknown op `{op}`"), "op"),
        },
    };
    result.unwrap_or_else(|e| failed(e.code.as_str(), &e.message, &e.path))
}

fn failed(code: &str, message: &str, path: &str) -> String {
    let mut error = json!({"code": code, "message": message});
    if let (false, Some(keys)) = (path.is_empty(), error.as_object_mut()) {
        keys.insert("path".into(), path.into());
    }
    json!({ "error": error }).to_string()
}

fn main() -> std::io::Result<()> {
    let mut state = State::default();
    if std::env::args().any(|argument| argument == "--bundled") {
        state.dialogs = bot::Dialogs::on_bundles();
    }
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().split(b'\n') {
        let line = line?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        writeln!(out, "{}", answer(&mut state, &String::from_utf8_lossy(&line)))?;
        out.flush()?;
    }
    Ok(())
}
