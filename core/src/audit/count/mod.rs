//! Figures as partial sums: what a log counts, so that the counts of its parts add up to the counts of the whole.
//!
//! A [`Counter`] takes records in the order of each session; different sessions may be mixed in any way. Cut a log by
//! session, count each part anywhere, [`merge`](Partial::merge) in any order: the sums are the same. A log that is cut
//! in the middle of sessions is counted with [`Counter::carry`]: what is known of the open dialogs goes on to the next
//! part.
//!
//! Every figure of a dialog belongs to the day on which the dialog began, in the zone of the counter, whenever it came
//! about: so no share is above 1000, and a no-show is held against the week of its booking. `docs/figures.md` defines
//! each.
//!
//! Memory: less than a kilobyte for each dialog (the last eight of a session), none for its records;
//! `docs/records.md` has it measured.

mod counts;
mod dialog;
mod groups;
mod partial;
mod wording;

pub use counts::Counts;
pub use groups::{Case, Nearest, Outreach, Question, Scores};
pub use partial::{Cell, Filter, Partial};
pub(super) use partial::{monday_of, week_of};

use super::argument::{self, dot};
use super::record::Entry;
use super::sessions::Sessions;
use crate::bot::value::FieldValue;
use crate::dialog::Key;
use crate::document::{Packed, Unpacking, packed};
use crate::error::{Code, Error};
use crate::limits;
use crate::time::{Timestamp, Zone};
use dialog::{Dialog, Known};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Counts the records of a log.
#[derive(Debug)]
pub struct Counter {
    zone: Zone,
    filter: Filter,
    now: Option<Timestamp>,
    records: u64,
    sessions: Sessions<Talk>,
    partial: Partial,
}

/// What is known of one session.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Talk {
    /// The last record counted.
    n: u64,
    fields: BTreeMap<String, FieldValue>,
    dialogs: Vec<Dialog>,
}

packed!(Talk { n, fields, dialogs });

/// The open dialogs of a log that goes on.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Carried {
    session: Key,
    talk: Talk,
}

impl Counter {
    /// A counter whose days and weeks are those of a zone. `now` is when the log is looked at: leads that are younger
    /// than five minutes then are not lost yet; without it every lead nobody confirmed is.
    ///
    /// ```
    /// use frontdesk::audit::{Counter, Entry, Filter};
    /// use frontdesk::Zone;
    ///
    /// let line = r#"{"n":1,"hash":"ab","session":{"channel":"web","account":"site","user":"7"},"dialog":1,
    ///     "now":"2026-01-05T10:00:00.000Z","event":{"id":"1","kind":"message","text":"Привіт"},
    ///     "effects":[{"key":"1.1","kind":"reply","text":"Вітаємо!","language":"uk"}],
    ///     "mode":"active","status":"in_work"}"#;
    /// let mut counter = Counter::new(Zone::utc(), Filter::default(), None);
    /// counter.take(&Entry::read(line).unwrap()).unwrap();
    /// let sums = counter.finish();
    /// assert_eq!(sums.total().answered, 1);
    /// ```
    pub fn new(zone: Zone, filter: Filter, now: Option<Timestamp>) -> Self {
        let partial = Partial::new(zone.name());
        Self { zone, filter, now, records: 0, sessions: Sessions::default(), partial }
    }

    /// Takes a record. Tombstones and records that changed nothing count nothing.
    ///
    /// # Errors
    /// `limit` above [`limits::LOG_SESSIONS`] sessions: cut the log by session.
    pub fn take(&mut self, entry: &Entry<'_>) -> Result<(), Error> {
        if entry.purged.is_some() || entry.is_aside() {
            return Ok(());
        }
        let talk = self.sessions.of(&entry.session)?;
        // A line that stands twice counts once.
        if entry.n <= talk.n {
            return Ok(());
        }
        talk.n = entry.n;
        self.records += 1;
        if let Some(closed) = talk.take(entry, &self.zone) {
            self.close(closed, &entry.session.to_key());
        }
        Ok(())
    }

    fn close(&mut self, dialog: Dialog, key: &Key) {
        self.partial.close(dialog, key, &self.zone, &self.filter, self.now);
    }

    /// The sums, with every dialog as it stands.
    pub fn finish(mut self) -> Partial {
        for (key, talk) in self.sessions.drain() {
            talk.dialogs.into_iter().for_each(|dialog| self.close(dialog, &key));
        }
        self.partial.records = self.records;
        self.partial
    }

    /// The sums of what is over, and the open dialogs for the counter of the next part of the log.
    pub fn carry(mut self) -> (Partial, String) {
        let mut carried: Vec<Carried> =
            self.sessions.drain().map(|(session, talk)| Carried { session, talk }).collect();
        carried.sort_by(|a, b| a.session.cmp(&b.session));
        let text = serde_json::to_string(&carried).unwrap_or_default();
        (self.finish(), text)
    }

    /// Goes on with the open dialogs of the part before. Error: `partial_invalid`.
    pub fn go_on(&mut self, carried: &str) -> Result<(), Error> {
        let carried: Vec<Carried> = argument::read_as(carried, Code::PartialInvalid)
            .map_err(|e| Error { path: format!("carry{}{}", dot(&e.path), e.path), ..e })?;
        carried.iter().for_each(|c| self.sessions.insert(&c.session, &c.talk));
        Ok(())
    }
}

/// As in a record.
impl Packed for FieldValue {
    fn put(&self, out: &mut Vec<u8>) {
        serde_json::to_string(self).unwrap_or_default().put(out);
    }

    fn take(from: &mut Unpacking<'_>) -> Self {
        serde_json::from_str(from.text()).unwrap_or_else(|_| {
            from.refuse();
            FieldValue::YesNo(false)
        })
    }
}

impl Talk {
    /// Takes a record, and gives the dialog that is too old to be kept.
    fn take(&mut self, entry: &Entry<'_>, zone: &Zone) -> Option<Dialog> {
        for (name, value) in &entry.fields {
            match serde_json::from_str::<Option<FieldValue>>(value.get()) {
                Ok(Some(value)) => _ = self.fields.insert(name.to_string(), value),
                _ => _ = self.fields.remove(&**name),
            }
        }
        let place = match self.dialogs.iter().position(|d| d.number == entry.dialog) {
            Some(place) => place,
            None => {
                self.dialogs.push(Dialog::new(entry.dialog, entry.now));
                self.dialogs.len() - 1
            }
        };
        let known = Known { fields: &self.fields, zone };
        if let Some(dialog) = self.dialogs.get_mut(place) {
            dialog.take(entry, &known);
        }
        self.tell(entry, place);
        (self.dialogs.len() > limits::DIALOGS_REMEMBERED).then(|| self.dialogs.remove(0))
    }

    /// A result belongs to the dialog that asked, a no-show to the last that booked.
    fn tell(&mut self, entry: &Entry<'_>, place: usize) {
        let Some(event) = &entry.event else { return };
        match (&*event.kind, event.name.as_deref()) {
            ("result", _) => _ = self.dialogs.iter_mut().rev().any(|d| d.result(event)),
            ("fact", Some("no_show")) => {
                let booked = self.dialogs.iter().rposition(Dialog::is_booked).unwrap_or(place);
                if let Some(dialog) = self.dialogs.get_mut(booked) {
                    dialog.no_show();
                }
            }
            ("fact", Some("payment")) => {
                if let Some(dialog) = self.dialogs.get_mut(place) {
                    dialog.pay();
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{pack, unpack};

    #[test]
    fn what_is_carried_to_another_part_is_folded_whole() {
        let carried = r#"{"n":7,
            "fields":{"phone":"+79161234567","sure":true,"price":{"minor":150000,"currency":"RUB"},
                "day":{"date":"2026-12-25","time":"15:00","precision":"minute"},
                "visit":{"id":"s1","start":"2026-12-25T12:00:00Z"},"photo":{"ref":"p1"}},
            "dialogs":[{"number":2,"began":"2026-01-05T10:00:00.000Z","counts":{"messages":300,"leads":1},
                "scores":{"answered":[0,0,0,0,0,0,0,0,0,0,2],"unanswered":[1,0,0,0,0,0,0,0,0,0,0]},
                "operator":"anna","flow":"booking","by_faq":true,"status":"in_work",
                "asked":"2026-01-05T10:00:01.000Z","first_answer":1500,"contact":"2026-01-05T10:00:02.000Z",
                "handoff":true,"paid":true,"no_show":true,"booked":true,
                "leads":[{"name":"visit","key":"k1","effect":"1.1","at":"2026-01-05T10:00:03.000Z",
                    "missing":["crm"],"sent":true,"by":"flow booking"}],
                "requested":["1.2"],
                "empty":[{"at":"2026-01-05T10:00:04.000Z","by":"flow booking","missing":["time"]}],
                "questions":[{"text":"где вы?","count":1,"nearest":{"faq":"where","score":412}}],
                "outreach":[{"timer":"silence.client.1d","text":"Ждём вас","sent":1,"answered":1,
                    "confirmed":0,"cancelled":1,"no_show":0}]}]}"#;
        let talk: Talk = serde_json::from_str(carried).unwrap();
        assert_eq!(unpack(&pack(&talk)), Some(talk));
    }
}
