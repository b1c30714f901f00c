//! The catalogue of codes: what each says, why it matters, what to do, an example that has it and one that has not.
//!
//! It is data for people: editors show it beside a finding, `docs/codes.md` is made of it. The examples are parts of
//! a definition as authors write them, and every one of them is compiled by the tests of the crate.
//!
//! ```
//! use frontdesk::error::{Code, catalogue};
//!
//! let entry = catalogue::entry(Code::AfterLead).unwrap();
//! assert!(entry.code.is_warning());
//! assert!(entry.wrong.contains("lead: callback"));
//! assert_eq!(catalogue::entries().count(), Code::ALL.len());
//! ```

mod conversation;
mod data;
mod endings;
mod log;
mod names;
mod outreach;
mod reading;
mod rules;
mod spare;
mod team;

use super::Code;
use serde::Serialize;

/// What there is to say about a code.
///
/// As JSON: `{code, level, meaning, why, remedy, wrong?, right?, table?}`, `level` being `error` or `warning`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(into = "Shown")]
pub struct Entry {
    /// The code.
    pub code: Code,
    /// Why it matters to the author.
    pub why: &'static str,
    /// What to do.
    pub remedy: &'static str,
    /// Part of a definition that has it; empty where no definition alone has it.
    pub wrong: &'static str,
    /// The same, mended.
    pub right: &'static str,
    /// The table `faq.csv` that is handed in with both; empty where they need none.
    pub table: &'static str,
}

impl Entry {
    const fn new(code: Code, why: &'static str, remedy: &'static str) -> Self {
        Self { code, why, remedy, wrong: "", right: "", table: "" }
    }

    const fn example(mut self, wrong: &'static str, right: &'static str) -> Self {
        (self.wrong, self.right) = (wrong, right);
        self
    }

    const fn table(mut self, table: &'static str) -> Self {
        self.table = table;
        self
    }
}

/// An entry as faces show it.
#[derive(Serialize)]
struct Shown {
    code: Code,
    level: &'static str,
    meaning: &'static str,
    why: &'static str,
    remedy: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    wrong: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    right: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    table: &'static str,
}

impl From<Entry> for Shown {
    fn from(entry: Entry) -> Self {
        let Entry { code, why, remedy, wrong, right, table } = entry;
        let level = if code.is_warning() { "warning" } else { "error" };
        Self { code, level, meaning: code.meaning(), why, remedy, wrong, right, table }
    }
}

/// Every entry, in the order of [`Code::ALL`].
pub fn entries() -> impl Iterator<Item = Entry> {
    Code::ALL.iter().filter_map(|code| entry(*code))
}

/// The entry of a code.
pub fn entry(code: Code) -> Option<Entry> {
    let shelves = [
        reading::ENTRIES,
        names::ENTRIES,
        data::ENTRIES,
        log::ENTRIES,
        endings::ENTRIES,
        rules::ENTRIES,
        conversation::ENTRIES,
        team::ENTRIES,
        outreach::ENTRIES,
        spare::ENTRIES,
    ];
    shelves.into_iter().flatten().find(|entry| entry.code == code).copied()
}
