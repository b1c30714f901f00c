//! Try a table of questions and answers in the terminal:
//!
//! - `cargo run --release --example faq -- ask TABLE` answers questions from standard input and says why;
//! - `cargo run --release --example faq -- health TABLE [--log QUESTIONS]` says what ails the table and what to do;
//! - `cargo run --release --example faq -- discover QUESTIONS [--table TABLE]` groups the questions of a log (a line
//!   each), largest group first, and proposes a phrasing for the row it is near or a row of its own, as a table.
//!
//! TABLE is CSV, TSV or JSON; the clinic's beside this file does for a start.

use frontdesk::faq::table::{self, Table};
use frontdesk::faq::{Found, Index, Options, Query, discover, health};
use std::error::Error;
use std::io::{BufRead, IsTerminal};

const USAGE: &str =
    "usage: faq ask TABLE | health TABLE [--log QUESTIONS] | discover QUESTIONS [--table TABLE]";
/// Groups of a log that are told.
const GROUPS: usize = 50;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["ask", table] => ask(&load(table)?),
        ["health", table] => examine(&load(table)?, None),
        ["health", table, "--log", log] => examine(&load(table)?, Some(&std::fs::read_to_string(log)?)),
        ["discover", log] => propose(&std::fs::read_to_string(log)?, &Table::default()),
        ["discover", log, "--table", table] => propose(&std::fs::read_to_string(log)?, &load(table)?),
        _ => Err(USAGE.into()),
    }
}

fn load(path: &str) -> Result<Table, Box<dyn Error>> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?;
    let faults =
        |errors: Vec<frontdesk::Error>| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    Ok(table::read(path, &text).map_err(faults)?)
}

fn index(table: &Table) -> Index {
    Index::build(&table.to_rows(), &Options::default())
}

fn name(table: &Table, row: usize) -> &str {
    table.rows.get(row).map_or("", |row| &row.id)
}

fn answer(table: &Table, row: usize) -> &str {
    table.rows.get(row).and_then(|row| row.say.values().next()).map_or("", String::as_str)
}

fn ask(table: &Table) -> Result<(), Box<dyn Error>> {
    let index = index(table);
    if std::io::stdin().is_terminal() {
        println!("{} rows. Ask, a question a line.", table.rows.len());
    }
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let found = index.search(&Query::new(&line), 3);
        println!("\n> {line}");
        match found.answer {
            Some(row) => println!("{}", answer(table, row)),
            None => println!("(no answer)"),
        }
        explain(table, &found);
    }
    Ok(())
}

fn explain(table: &Table, found: &Found) {
    for candidate in &found.candidates {
        println!("  {:4} {}", candidate.score, name(table, candidate.row));
    }
    let words: Vec<String> = found.why.words.iter().map(|w| format!("{} {}", w.word, w.weight)).collect();
    println!("  needed {}; words: {}", found.why.needed, words.join(", "));
    for repair in &found.why.repairs {
        println!("  read `{}` as `{}` ({:?})", repair.from, repair.to, repair.kind);
    }
    if found.close.len() > 1 {
        let close: Vec<&str> = found.close.iter().map(|&row| name(table, row)).collect();
        println!("  worth offering: {}", close.join(" | "));
    }
}

fn examine(table: &Table, log: Option<&str>) -> Result<(), Box<dyn Error>> {
    let index = index(table);
    let matched: Option<Vec<usize>> =
        log.map(|log| log.lines().filter_map(|line| index.search(&Query::new(line), 1).answer).collect());
    let answers: Vec<&str> = (0..table.rows.len()).map(|row| answer(table, row)).collect();
    let findings = health::examine(&table.to_rows(), &answers, &index, matched.as_deref());
    for finding in &findings {
        let Some(row) = table.rows.get(finding.row) else { continue };
        let phrasing = finding.phrasing.and_then(|at| row.ask.get(at)).unwrap_or(&row.id);
        let other = finding.other.map_or(String::new(), |other| format!(" / `{}`", name(table, other)));
        println!("line {}: {} `{phrasing}`{other}", row.line, finding.ailment.code());
        println!("    {}", finding.ailment.remedy());
    }
    println!("{} rows, {} findings", table.rows.len(), findings.len());
    Ok(())
}

fn propose(log: &str, table: &Table) -> Result<(), Box<dyn Error>> {
    let questions: Vec<&str> = log.lines().filter(|line| !line.trim().is_empty()).collect();
    let groups = discover::groups(&questions, &index(table));
    println!("times,question,answer,add to row");
    for group in groups.iter().take(GROUPS) {
        let question = questions.get(group.representative).copied().unwrap_or_default();
        let row = group.near.map_or("", |row| name(table, row));
        println!("{},{},,{}", group.questions.len(), quoted(question), quoted(row));
    }
    Ok(())
}

/// A cell of CSV.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
