//! The house stands as DESIGN.md, section 1, draws it: imports run downwards, and a file fits in one reading.

#![allow(clippy::unwrap_used, clippy::string_slice)] // helpers of tests, outside of any `#[test]`

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms of `core/src` by floor, the ground first. A room sees the floors below it; those of the ground floor
/// see each other too.
const FLOORS: &[&[&str]] = &[
    &["document", "error", "limits", "text", "time"],
    &["extract", "faq"],
    &["definition"],
    &["bot"],
    &["dialog"],
    &["wire"],
    &["audit", "channels", "crm"],
    &["verbs"],
];
const LINES: usize = 700;

fn core() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src")
}

/// Every Rust file under a folder with its text, in order.
fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    let read = |path: PathBuf| {
        if path.is_dir() {
            return files(&path);
        }
        let rust = path.extension().is_some_and(|e| e == "rs");
        if rust { vec![(path.clone(), fs::read_to_string(&path).unwrap())] } else { Vec::new() }
    };
    entries.into_iter().flat_map(read).collect()
}

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

/// The room of a file: the first part of its path below `src`.
fn room(path: &Path) -> String {
    let below = path.strip_prefix(core()).unwrap();
    let first = below.components().next().unwrap().as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_string()
}

/// The rooms that a line of code names as `crate::room` or `crate::{room, room::…}`; comments see everything.
fn imports(line: &str) -> Vec<String> {
    let code = line.split("//").next().unwrap_or_default();
    let named = |rest: &str| -> Vec<String> {
        let name = |part: &str| {
            let part = part.trim_start();
            part.split(|c: char| c != '_' && !c.is_ascii_lowercase()).next().unwrap_or_default().to_string()
        };
        match rest.strip_prefix('{') {
            Some(group) => top_level(group).into_iter().map(name).collect(),
            None => vec![name(rest)],
        }
    };
    let found = code.split("crate::").skip(1).flat_map(named);
    found.filter(|name| !name.is_empty()).collect()
}

/// The parts of a brace group up to its end, split at its own commas only.
fn top_level(group: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                parts.push(&group[start..at]);
                return parts;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&group[start..]);
    parts
}

#[test]
fn imports_run_downwards() {
    let mut wrong = Vec::new();
    for (path, text) in files(&core()) {
        let room = room(&path);
        if room == "lib" {
            continue;
        }
        let Some(own) = floor(&room) else {
            wrong.push(format!("{}: no floor is stated for `{room}`", path.display()));
            continue;
        };
        for (at, line) in text.lines().enumerate() {
            for seen in imports(line).into_iter().filter(|seen| *seen != room) {
                let below = floor(&seen).is_some_and(|floor| floor < own || floor + own == 0);
                if !below {
                    let place = format!("{}:{}", path.display(), at + 1);
                    wrong.push(format!(
                        "{place}: `{room}` on floor {own} imports `{seen}`, which is not below it"
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn imports_are_read_from_every_spelling() {
    assert_eq!(imports("use crate::text::{Span, tokens};"), ["text"]);
    assert_eq!(imports("use crate::{bot::{Bot, Files}, faq};"), ["bot", "faq"]);
    assert_eq!(imports("    let a = crate::time::now(crate::bot::B);"), ["time", "bot"]);
    assert_eq!(imports("//! see [`crate::dialog`]"), [""; 0]);
}

#[test]
fn a_file_fits_in_one_reading() {
    let lines = files(&core()).into_iter().map(|(path, text)| (path, text.lines().count()));
    let long: Vec<String> =
        lines.filter(|(_, n)| *n > LINES).map(|(path, n)| format!("{}: {n} lines", path.display())).collect();
    assert!(long.is_empty(), "longer than {LINES} lines:\n{}", long.join("\n"));
}
