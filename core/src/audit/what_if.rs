//! What if: the dialogs of a log as an edited bot would have led them.

use super::marks::Resolver;
use super::record::Entry;
use super::replay::{difference, opened, taken};
use super::sessions::Sessions;
use crate::bot::Bot;
use crate::dialog::{Key, Session};
use crate::document::packed;
use crate::error::Error;
use crate::limits;
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

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
    sessions: Sessions<Led>,
    groups: BTreeMap<Cause, (u64, Example)>,
    compared: Compared,
}

/// A session as each bot leads it.
#[derive(Debug, Default)]
struct Led {
    then: Option<Session>,
    now: Option<Session>,
    /// The dialog of the log.
    dialog: u32,
    /// It has parted from the record.
    parted: bool,
}

packed!(Led { then, now, dialog, parted });

impl<'b> WhatIf<'b> {
    /// A comparison with an edited bot.
    pub fn new(edited: &'b Bot, old: Vec<&'b Bot>, resolver: Resolver) -> Self {
        let compared = Compared { dialogs: 0, otherwise: 0, skipped: 0, groups: Vec::new() };
        Self { edited, old, resolver, sessions: Sessions::default(), groups: BTreeMap::new(), compared }
    }

    /// Takes the next record.
    ///
    /// # Errors
    /// Those of an event that cannot be read, `limit` above a million sessions.
    pub fn take(&mut self, at: usize, line: &str, entry: &Entry<'_>) -> Result<(), Error> {
        if entry.purged.is_some() || entry.is_aside() {
            return Ok(());
        }
        let led = self.sessions.of(&entry.session)?;
        if led.dialog != entry.dialog {
            self.compared.dialogs += 1;
            if led.parted {
                led.begin_where_the_old_bot_stood(self.edited);
            }
            (led.dialog, led.parted) = (entry.dialog, false);
        }
        led.lead_as_then(&self.old, entry, &self.resolver)?;
        if led.parted {
            return Ok(());
        }
        let turn = match opened(&mut led.now, self.edited, entry, &self.resolver) {
            Some(session) => taken(self.edited, session, entry, &self.resolver)?,
            None => None,
        };
        let Some(turn) = turn else {
            self.compared.skipped += 1;
            return Ok(());
        };
        let text = serde_json::to_string(&turn.record.whole()).unwrap_or_default();
        let parted = self.compare(at, entry, line, &text);
        self.sessions.of(&entry.session)?.parted = parted;
        Ok(())
    }

    /// Whether what was done now is something else than what the record tells.
    fn compare(&mut self, at: usize, entry: &Entry<'_>, line: &str, got: &str) -> bool {
        let (recorded, done) = (visible(line), visible(got));
        let expected = left_out(&recorded, &done, |r, g| difference(r, g, String::new()).is_none());
        let more = left_out(&done, &recorded, |g, r| difference(r, g, String::new()).is_none());
        let again = Entry::read(got).ok();
        let status = again.as_ref().is_some_and(|again| again.status != entry.status);
        if expected.is_empty() && more.is_empty() && !status {
            return false;
        }
        self.compared.otherwise += 1;
        let kind = |effect: &Json| effect.get("kind").and_then(Json::as_str).map(str::to_string);
        let mut changed: BTreeSet<String> = expected.iter().chain(&more).filter_map(kind).collect();
        changed.extend(status.then(|| "status".to_string()));
        let cause = (entry.cause(), again.and_then(|again| again.cause()), changed);
        if self.groups.len() >= limits::CAUSES && !self.groups.contains_key(&cause) {
            return true;
        }
        let text = entry.message().and_then(|m| m.text.as_ref()).map(|text| text.to_string());
        let (session, dialog, n) = (entry.session.to_key(), entry.dialog, entry.n);
        let first = || Example { at, session, dialog, n, text, expected, got: more };
        self.groups.entry(cause).or_insert_with(|| (0, first())).0 += 1;
        true
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

impl Led {
    /// The old bot's own session, where the bot is at hand: later dialogs begin from it.
    fn lead_as_then(&mut self, old: &[&Bot], entry: &Entry<'_>, resolver: &Resolver) -> Result<(), Error> {
        let Some(bot) = old.iter().find(|bot| bot.hash() == entry.bot) else { return Ok(()) };
        if let Some(session) = opened(&mut self.then, bot, entry, resolver) {
            if session.bot().hash != bot.hash() {
                bot.migrate(session);
            }
            taken(bot, session, entry, resolver)?;
        }
        Ok(())
    }

    fn begin_where_the_old_bot_stood(&mut self, edited: &Bot) {
        self.now.clone_from(&self.then);
        if let Some(session) = &mut self.now {
            edited.migrate(session);
        }
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
