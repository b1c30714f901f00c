//! The harness of the Rust face: JSON lines in, one JSON line out per case.

mod extract;
mod faq;
mod values;
mod words;

use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{BufRead, Write};

/// What lives for the length of one run.
#[derive(Default)]
struct State {
    tables: HashMap<String, faq::Table>,
}

type Answer = Result<Value, frontdesk::error::Error>;

fn answer(state: &mut State, line: &str) -> Value {
    let case: Value = match serde_json::from_str(line) {
        Ok(case) => case,
        Err(error) => return json!({"error": {"code": "bad_case", "message": error.to_string()}}),
    };
    let op = case.get("op").and_then(Value::as_str).unwrap_or_default();
    let result: Answer = match op {
        "extract" => extract::extract(&case),
        "values" => {
            let text = case.get("text").and_then(Value::as_str).unwrap_or_default();
            Ok(Value::Object(values::values(text, &case)))
        }
        "faq.load" => faq::load(state, &case),
        "faq.match" => faq::search(state, &case),
        "words" => words::words(&case),
        _ => return json!({"error": {"code": "bad_case", "message": format!("unknown op `{op}`")}}),
    };
    match result {
        Ok(value) => value,
        Err(e) => json!({"error": {"code": e.code.as_str(), "message": e.message, "path": e.path}}),
    }
}

fn main() -> std::io::Result<()> {
    let mut state = State::default();
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().split(b'\n') {
        let line = line?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let value = answer(&mut state, &String::from_utf8_lossy(&line));
        writeln!(out, "{value}")?;
        out.flush()?;
    }
    Ok(())
}
