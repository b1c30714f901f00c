//! What if: the dialogs of a log as an edited bot would have led them.

use super::marks::Resolver;
use super::record::Entry;
use super::replay::{difference, of_event, opened, taken};
use super::sessions::Sessions;
use crate::bot::Bot;
use crate::dialog::{Key, Session, Turn};
use crate::document::packed;
use crate::error::Error;
use crate::limits;
use crate::time::Timestamp;
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
    /// The rule, flow, row or reason then; none where nothing was found, or nothing happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// The one now; a timer, `timer silence.client.2d`, where the edited bot writes unasked and the old one did not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is: Option<String>,
    /// The kinds of effects that differ, and `status`.
    pub changed: Vec<String>,
    /// How many dialogs.
    pub dialogs: u64,
    /// The first of them, where it parts.
    pub first: Example,
}

/// A dialog where it parts: at a record, or after it where a timer of the edited bot fires before the next one.
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
///
/// Between the records the timers of the edited bot fire, each in its own time, and after the last record of a session
/// those that are due before the last instant of the log. Where a timer of the old bot was overdue its host was late or
/// down, and the edited bot's fire with the next turn of `due` as well.
#[derive(Debug)]
pub struct WhatIf<'b> {
    edited: &'b Bot,
    old: Vec<&'b Bot>,
    resolver: Resolver,
    sessions: Sessions<Led>,
    groups: BTreeMap<Cause, (u64, Example)>,
    compared: Compared,
    /// The last instant of the log.
    end: Timestamp,
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
    /// The last record: its place and its number.
    at: usize,
    n: u64,
    /// When the old bot's own timers were due.
    timers: BTreeMap<String, Timestamp>,
}

packed!(Led { then, now, dialog, parted, at, n, timers });

/// What a record says, or nothing, and what the edited bot does instead.
struct Parting {
    cause: Cause,
    example: Example,
}

impl<'b> WhatIf<'b> {
    /// A comparison with an edited bot.
    pub fn new(edited: &'b Bot, old: Vec<&'b Bot>, resolver: Resolver) -> Self {
        let compared = Compared { dialogs: 0, otherwise: 0, skipped: 0, groups: Vec::new() };
        let (sessions, groups, end) = Default::default();
        Self { edited, old, resolver, sessions, groups, compared, end }
    }

    /// Takes the next record.
    ///
    /// # Errors
    /// Those of an event that cannot be read, `limit` above a million sessions.
    pub fn take(&mut self, at: usize, line: &str, entry: &Entry<'_>) -> Result<(), Error> {
        self.end = self.end.max(entry.now);
        if entry.purged.is_some() || entry.is_aside() {
            return Ok(());
        }
        let led = self.sessions.of(&entry.session)?;
        let unasked = led.parts_unasked(self.edited, entry.now, || entry.session.to_key());
        if led.dialog != entry.dialog {
            self.compared.dialogs += 1;
            if led.parted {
                led.begin_where_the_old_bot_stood(self.edited);
            }
            (led.dialog, led.parted) = (entry.dialog, false);
        }
        led.lead_as_then(&self.old, entry, &self.resolver).map_err(|e| of_event(at, e))?;
        led.passes(at, entry);
        let turn = match opened(&mut led.now, self.edited, entry, &self.resolver) {
            _ if led.parted => None,
            Some(session) => {
                taken(self.edited, session, entry, &self.resolver).map_err(|e| of_event(at, e))?
            }
            None => None,
        };
        if turn.is_none() && !led.parted {
            // What came of it nobody knows, nor what its timers would do.
            led.now = None;
            self.compared.skipped += 1;
        }
        let parting = turn.and_then(|turn| parting(at, entry, line, &written(&turn)));
        led.parted |= parting.is_some();
        unasked.into_iter().chain(parting).for_each(|parting| self.count(parting));
        Ok(())
    }

    fn count(&mut self, Parting { cause, example }: Parting) {
        self.compared.otherwise += 1;
        if self.groups.len() >= limits::CAUSES && !self.groups.contains_key(&cause) {
            return;
        }
        let (dialogs, first) = self.groups.entry(cause).or_insert_with(|| (0, example.clone()));
        *dialogs += 1;
        if example.at < first.at {
            *first = example;
        }
    }

    /// What was found.
    pub fn finish(mut self) -> Compared {
        for (key, mut led) in self.sessions.drain_in_order() {
            if let Some(parting) = led.parts_unasked(self.edited, self.end, || key) {
                self.count(parting);
            }
        }
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

    /// Lets the edited bot's own timers fire up to a time, and gives the first one that somebody would have noticed: the
    /// dialog has parted then.
    fn parts_unasked(&mut self, edited: &Bot, now: Timestamp, key: impl FnOnce() -> Key) -> Option<Parting> {
        let overdue = self.timers.values().min();
        let until = overdue.map_or(now, |due| now.min(*due));
        let session = self.now.as_mut().filter(|_| !self.parted)?;
        for _ in 0..limits::TIMERS_PER_DUE {
            let due = session.next_due().filter(|due| *due < until)?;
            let status = session.status().to_string();
            let turn = edited.due(session, due).ok()?;
            let got = visible(&written(&turn));
            if got.is_empty() && turn.status == status {
                continue;
            }
            self.parted = true;
            let timer = turn.record.matched.why.into_iter().find(|why| why.starts_with("timer "));
            let changed = changed(&got, turn.status != status);
            let (at, session, dialog, n) = (self.at, key(), self.dialog, self.n);
            let example = Example { at, session, dialog, n, text: None, expected: Vec::new(), got };
            return Some(Parting { cause: (None, timer, changed), example });
        }
        None
    }

    /// Remembers a record, and what the old bot's timers are after it.
    fn passes(&mut self, at: usize, entry: &Entry<'_>) {
        (self.at, self.n) = (at, entry.n);
        for effect in &entry.effects {
            match (&*effect.kind, effect.timer.as_deref(), effect.due) {
                ("set_timer", Some(timer), Some(due)) => _ = self.timers.insert(timer.to_string(), due),
                ("cancel_timer", Some(timer), _) => _ = self.timers.remove(timer),
                _ => {}
            }
        }
        // A turn of `due` fires all there are, and what they set up to now.
        if entry.event.is_none() {
            self.timers.retain(|_, due| *due > entry.now);
        }
    }

    fn begin_where_the_old_bot_stood(&mut self, edited: &Bot) {
        self.now.clone_from(&self.then);
        if let Some(session) = &mut self.now {
            edited.migrate(session);
        }
    }
}

fn written(turn: &Turn) -> String {
    serde_json::to_string(&turn.record.whole()).unwrap_or_default()
}

/// Where what was done now is something else than what a record tells.
fn parting(at: usize, entry: &Entry<'_>, line: &str, got: &str) -> Option<Parting> {
    let (recorded, done) = (visible(line), visible(got));
    let expected = left_out(&recorded, &done, |r, g| difference(r, g, String::new()).is_none());
    let more = left_out(&done, &recorded, |g, r| difference(r, g, String::new()).is_none());
    let again = Entry::read(got).ok();
    let status = again.as_ref().is_some_and(|again| again.status != entry.status);
    if expected.is_empty() && more.is_empty() && !status {
        return None;
    }
    let changed = changed(expected.iter().chain(&more), status);
    let cause = (entry.cause(), again.and_then(|again| again.cause()), changed);
    let text = entry.message().and_then(|m| m.text.as_ref()).map(|text| text.to_string());
    let (session, dialog, n) = (entry.session.to_key(), entry.dialog, entry.n);
    Some(Parting { cause, example: Example { at, session, dialog, n, text, expected, got: more } })
}

/// The kinds of effects that differ, and `status`.
fn changed<'e>(effects: impl IntoIterator<Item = &'e Json>, status: bool) -> BTreeSet<String> {
    let kind = |effect: &Json| effect.get("kind").and_then(Json::as_str).map(str::to_string);
    effects.into_iter().filter_map(kind).chain(status.then(|| "status".to_string())).collect()
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
