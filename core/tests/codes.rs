//! The catalogue of codes: every example does what it says, and the page of the docs is made of it.
//!
//! `WRITE_PAGES=1 cargo test -p frontdesk --test codes` writes the page anew.

#![allow(clippy::unwrap_used)] // in helpers, outside of any `#[test]`

use frontdesk::bot::{Bot, Files};
use frontdesk::error::catalogue::{Entry, entries};
use frontdesk::error::{Code, Error};
use frontdesk::verbs;
use std::fmt::Write;
use std::path::Path;

/// The codes that a part of a definition gives, errors or warnings.
fn codes_of(fragment: &str, table: &str) -> Vec<Error> {
    let text =
        if fragment.starts_with("bot:") { fragment.to_string() } else { format!("bot: 1\n{fragment}") };
    let mut files = Files::new();
    if !table.is_empty() {
        files.insert("faq.csv".to_string(), table.to_string());
    }
    match Bot::from_yaml(&text, &files) {
        Ok(compiled) => compiled.warnings,
        Err(errors) => errors,
    }
}

#[test]
fn every_code_is_in_the_catalogue_once() {
    let codes: Vec<Code> = entries().map(|entry| entry.code).collect();
    assert_eq!(codes, Code::ALL);
    for entry in entries() {
        assert!(!entry.why.is_empty() && !entry.remedy.is_empty(), "{}", entry.code);
    }
}

#[test]
fn every_example_gives_its_code_and_no_other() {
    let mut wrong = Vec::new();
    for entry in entries().filter(|entry| !entry.wrong.is_empty()) {
        let found = codes_of(entry.wrong, entry.table);
        if found.len() != 1 || found.iter().any(|e| e.code != entry.code) {
            wrong.push(format!("{}: {found:#?}", entry.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_mended_example_is_clean() {
    let mut wrong = Vec::new();
    for entry in entries().filter(|entry| !entry.right.is_empty()) {
        let found = codes_of(entry.right, entry.table);
        if !found.is_empty() {
            wrong.push(format!("{}: {found:#?}", entry.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Warnings are there to be mended, so each shows how; the errors that have no example come from elsewhere than the
/// text of a definition.
#[test]
fn every_check_of_a_definition_has_examples() {
    let elsewhere = [
        Code::Limit,
        Code::RegexNotBuilt,
        Code::VectorsInvalid,
        Code::SnapshotInvalid,
        Code::PayloadInvalid,
        Code::BundleInvalid,
        Code::BotMismatch,
        Code::NotBuilt,
        Code::RecordInvalid,
        Code::LogEdited,
        Code::LogTruncated,
        Code::LogReordered,
        Code::LogDuplicated,
        Code::LogForeign,
        Code::PartialInvalid,
        Code::Internal,
    ];
    for entry in entries().filter(|e| !elsewhere.contains(&e.code) && e.code != Code::NotYet) {
        assert!(!entry.wrong.is_empty(), "{} has no example", entry.code);
        assert!(!entry.right.is_empty() || entry.code == Code::TableInvalid, "{} is not mended", entry.code);
    }
}

#[test]
fn the_catalogue_crosses_to_other_languages() {
    let shown: serde_json::Value = serde_json::from_str(&verbs::codes()).unwrap();
    let list = shown.as_array().unwrap();
    assert_eq!(list.len(), Code::ALL.len());
    assert_eq!(list[0]["code"], "syntax_invalid");
    assert_eq!(list[0]["level"], "error");
    assert!(list.iter().any(|e| e["level"] == "warning" && e["right"].is_string()));
}

#[test]
fn the_page_of_the_docs_is_made_of_the_catalogue() {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/codes.md");
    let page = page();
    if std::env::var_os("WRITE_PAGES").is_some() {
        std::fs::write(&place, &page).unwrap();
    }
    let written = std::fs::read_to_string(&place).unwrap_or_default();
    assert!(
        written == page,
        "docs/codes.md is not of this catalogue: run WRITE_PAGES=1 cargo test -p frontdesk --test codes"
    );
}

fn page() -> String {
    let mut out = String::from(HEAD);
    let level = |out: &mut String, title: &str, warnings: bool| {
        write!(out, "\n## {title}\n").unwrap();
        entries().filter(|e| e.code.is_warning() == warnings).for_each(|e| section(out, &e));
    };
    level(&mut out, "Errors", false);
    level(&mut out, "Warnings", true);
    out
}

const HEAD: &str = "# Codes: what is wrong, and what to do

Errors stop a compile or refuse an event and come all at once; warnings never stop anything. Each carries its code, \
the path, line and column of the place, and a message that names what was found. Where there is an example, the \
first part has the code and the second has not; both stand for a definition that begins with `bot: 1`.

This page is made of the catalogue in `core/src/error/catalogue` by `WRITE_PAGES=1 cargo test -p frontdesk --test \
codes`; faces give the same data by the verb `codes`.
";

fn section(out: &mut String, entry: &Entry) {
    let Entry { code, why, remedy, wrong, right, table } = entry;
    write!(out, "\n### {code}\n\n{} {why}\n\n**What to do.** {remedy}\n", code.meaning()).unwrap();
    if !table.is_empty() {
        write!(out, "\nWith the table `faq.csv`:\n\n```csv\n{table}```\n").unwrap();
    }
    for part in [wrong, right].into_iter().filter(|part| !part.is_empty()) {
        write!(out, "\n```yaml\n{part}```\n").unwrap();
    }
}
