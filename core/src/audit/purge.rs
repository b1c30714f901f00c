//! Retention: what is older than the definition keeps is forgotten, and the rest still proves itself.
//!
//! In place of the records purged of a session stands one tombstone, `{n, hash, purged}`: number and hash of the last
//! of them, and when it was purged. It names neither session nor bot; the next record of the session links to its hash.
//! Nothing else is left of a session that is over.

use super::record::Entry;
use crate::dialog::Key;
use crate::time::Timestamp;
use serde_json::json;
use std::collections::{HashMap, HashSet};

/// Forgets records: a first pass shows the log to [`Purge::survey`], a second one asks [`Purge::keep`] for each line.
#[derive(Debug)]
pub struct Purge {
    before: Timestamp,
    now: Timestamp,
    /// The last record to forget of each session.
    last: HashMap<Key, (u64, String)>,
    /// What the forgotten records link to: their tombstones are forgotten with them.
    linked: HashSet<String>,
    purged: u64,
}

/// What becomes of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// It stays as it is.
    Whole,
    /// A tombstone stands in its place.
    Tombstone(String),
    /// Nothing.
    Gone,
}

impl Purge {
    /// Forgets, as of `now`, what happened more than `keep` milliseconds before.
    pub fn new(now: Timestamp, keep: i64) -> Self {
        let (last, linked) = Default::default();
        Self { before: now.plus(-keep), now, last, linked, purged: 0 }
    }

    fn is_old(&self, entry: &Entry<'_>) -> bool {
        entry.purged.is_none() && entry.now < self.before
    }

    /// Looks at a record.
    pub fn survey(&mut self, entry: &Entry<'_>) {
        if !self.is_old(entry) || entry.is_aside() {
            return;
        }
        self.linked.extend(entry.prev.map(str::to_string));
        let last = self.last.entry(entry.session.to_key()).or_default();
        if entry.n >= last.0 {
            *last = (entry.n, entry.hash.to_string());
        }
    }

    /// What becomes of a record, once all were looked at.
    pub fn keep(&mut self, entry: &Entry<'_>) -> Kept {
        if entry.purged.is_some() {
            return if self.linked.contains(entry.hash) { Kept::Gone } else { Kept::Whole };
        }
        if !self.is_old(entry) {
            return Kept::Whole;
        }
        self.purged += 1;
        let last = self.last.get(&entry.session.to_key());
        match last.filter(|(_, hash)| hash == entry.hash) {
            Some((n, hash)) => Kept::Tombstone(json!({"n": n, "hash": hash, "purged": self.now}).to_string()),
            None => Kept::Gone,
        }
    }

    /// Records forgotten so far.
    pub fn purged(&self) -> u64 {
        self.purged
    }
}
