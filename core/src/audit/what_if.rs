//! What if: the dialogs of a log as an edited bot would have led them.

use super::marks::Resolver;
use super::record::Entry;
use super::replay::{difference, opened, taken};
use crate::bot::Bot;
use crate::dialog::{Key, Session};
use crate::error::Error;
use crate::limits;
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What would have gone otherwise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Compared {
    /// Dialogs led again.
    pub dialogs: u64,
    /// Those that would have gone otherwise.
    pub otherwise: u64,
    /// Records that could not be led again: the beginning of their session was purged, their texts are not at hand, or
    /// the session had parted in an earlier dialog and its old bot is not at hand.
    pub skipped: u64,
    /// By cause, the most frequent first.
    pub groups: Vec<Group>,
}

/// Dialogs that would have gone otherwise for one cause.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// The rule, flow, row or reason then; none where nothing was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// The one now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is: Option<String>,
    /// The kinds of effects that differ, and `status`.
    pub changed: Vec<String>,
    /// How many dialogs.
    pub dialogs: u64,
    /// The first of them, where it parts.
    pub first: Example,
}

/// A dialog where it parts.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)] // see above
pub struct Example {
    pub at: usize,
    pub session: Key,
    pub dialog: u32,
    pub n: u64,
    /// What the client wrote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The effects that the record has and the edited bot has not.
    pub expected: Vec<Json>,
    /// And the other way round.
    pub got: Vec<Json>,
}

/// What makes two differences one.
type Cause = (Option<String>, Option<String>, BTreeSet<String>);

/// Leads the dialogs of a log again with an edited bot. A dialog is compared up to its first difference; the next one of
/// its session begins where the old bot had left it, migrated, if the old bots are at hand.
#[derive(Debug)]
pub struct WhatIf<'b> {
    edited: &'b Bot,
    old: Vec<&'b Bot>,
    resolver: Resolver,
    then: HashMap<Key, Session>,
    now: HashMap<Key, Session>,
    stands: HashMap<Key, Stand>,
    groups: BTreeMap<Cause, (u64, Example)>,
    compared: Compared,
}

/// Where a session is in the log.
#[derive(Debug, Default, Clone, Copy)]
struct Stand {
    dialog: u32,
    /// This dialog has parted from the record.
    parted: bool,
}

impl<'b> WhatIf<'b> {
    /// A comparison with an edited bot.
    pub fn new(edited: &'b Bot, old: Vec<&'b Bot>, resolver: Resolver) -> Self {
        let compared = Compared { dialogs: 0, otherwise: 0, skipped: 0, groups: Vec::new() };
        let (then, now, stands, groups) = Default::default();
        Self { edited, old, resolver, then, now, stands, groups, compared }
    }

    /// Takes the next record.
    ///
    /// # Errors
    /// Those of an event that cannot be read.
    pub fn take(&mut self, at: usize, line: &str, entry: &Entry<'_>) -> Result<(), Error> {
        if entry.purged.is_some() || entry.is_aside() {
            return Ok(());
        }
        let key = entry.session.to_key();
        let stand = self.stands.entry(key.clone()).or_default();
        if stand.dialog != entry.dialog {
            let parted = stand.parted;
            *stand = Stand { dialog: entry.dialog, parted: false };
            self.compared.dialogs += 1;
            if parted {
                self.begin_where_the_old_bot_stood(&key);
            }
        }
        self.lead_as_then(&key, entry)?;
        if self.stands.get(&key).is_some_and(|stand| stand.parted) {
            return Ok(());
        }
        let Some(session) = opened(&mut self.now, &key, self.edited, entry, &self.resolver) else {
            self.compared.skipped += 1;
            return Ok(());
        };
        let Some(turn) = taken(self.edited, session, entry, &self.resolver)? else {
            self.compared.skipped += 1;
            return Ok(());
        };
        let text = serde_json::to_string(&turn.record.whole()).unwrap_or_default();
        self.compare(at, entry, line, &text, key);
        Ok(())
    }

    /// The old bot's own session, where the bot is at hand: later dialogs begin from it.
    fn lead_as_then(&mut self, key: &Key, entry: &Entry<'_>) -> Result<(), Error> {
        let Some(bot) = self.old.iter().find(|bot| bot.hash() == entry.bot).copied() else { return Ok(()) };
        if let Some(session) = opened(&mut self.then, key, bot, entry, &self.resolver) {
            if session.bot().hash != bot.hash() {
                bot.migrate(session);
            }
            taken(bot, session, entry, &self.resolver)?;
        }
        Ok(())
    }

    fn begin_where_the_old_bot_stood(&mut self, key: &Key) {
        self.now.remove(key);
        if let Some(session) = self.then.get(key) {
            let mut session = session.clone();
            self.edited.migrate(&mut session);
            self.now.insert(key.clone(), session);
        }
    }

    fn compare(&mut self, at: usize, entry: &Entry<'_>, line: &str, got: &str, key: Key) {
        let (recorded, done) = (visible(line), visible(got));
        let expected = left_out(&recorded, &done, |r, g| difference(r, g, String::new()).is_none());
        let more = left_out(&done, &recorded, |g, r| difference(r, g, String::new()).is_none());
        let again = Entry::read(got).ok();
        let status = again.as_ref().is_some_and(|again| again.status != entry.status);
        if expected.is_empty() && more.is_empty() && !status {
            return;
        }
        if let Some(stand) = self.stands.get_mut(&key) {
            stand.parted = true;
        }
        self.compared.otherwise += 1;
        let kind = |effect: &Json| effect.get("kind").and_then(Json::as_str).map(str::to_string);
        let mut changed: BTreeSet<String> = expected.iter().chain(&more).filter_map(kind).collect();
        changed.extend(status.then(|| "status".to_string()));
        let cause = (entry.cause(), again.and_then(|again| again.cause()), changed);
        if self.groups.len() >= limits::CAUSES && !self.groups.contains_key(&cause) {
            return;
        }
        let text = entry.message().and_then(|m| m.text.as_ref()).map(|text| text.to_string());
        let first =
            || Example { at, session: key, dialog: entry.dialog, n: entry.n, text, expected, got: more };
        self.groups.entry(cause).or_insert_with(|| (0, first())).0 += 1;
    }

    /// What was found.
    pub fn finish(mut self) -> Compared {
        let group = |((was, is, changed), (dialogs, first)): (Cause, (u64, Example))| Group {
            was,
            is,
            changed: changed.into_iter().collect(),
            dialogs,
            first,
        };
        let mut groups: Vec<Group> = self.groups.into_iter().map(group).collect();
        groups.sort_by_key(|group| (std::cmp::Reverse(group.dialogs), group.first.at));
        self.compared.groups = groups;
        self.compared
    }
}

/// The effects of a record that somebody notices, without what only tells them apart.
fn visible(record: &str) -> Vec<Json> {
    let record: Json = serde_json::from_str(record).unwrap_or_default();
    let effects = record.get("effects").and_then(Json::as_array).cloned().unwrap_or_default();
    let shown = |mut effect: Json| {
        let timer = matches!(effect.get("kind").and_then(Json::as_str), Some("set_timer" | "cancel_timer"));
        if let Some(keys) = effect.as_object_mut() {
            keys.retain(|key, _| key != "key" && key != "mode_rev");
        }
        (!timer).then_some(effect)
    };
    effects.into_iter().filter_map(shown).collect()
}

/// What stands in one list and not in the other, each taken once.
fn left_out(one: &[Json], other: &[Json], same: impl Fn(&Json, &Json) -> bool) -> Vec<Json> {
    let mut free: Vec<&Json> = other.iter().collect();
    let missing = |effect: &&Json| match free.iter().position(|candidate| same(effect, candidate)) {
        Some(at) => {
            free.remove(at);
            false
        }
        None => true,
    };
    one.iter().filter(missing).cloned().collect()
}
