//! A few dialogs of each week for a human to read: chosen by hash, so that nobody can choose the good ones.

use super::count::week_of;
use super::record::Entry;
use crate::dialog::Key;
use crate::time::{Timestamp, Zone};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};

/// The share that is read by default, in percent.
const SHARE: u8 = 5;

/// Chooses dialogs: the share of each week, rounded up, with the smallest hashes of session key, dialog and week. The
/// same ones whatever the order of the log.
#[derive(Debug)]
pub struct Sampler {
    zone: Zone,
    share: u8,
    week: Option<String>,
    began: HashMap<(Key, u32), Timestamp>,
}

/// The dialogs of a week to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sample {
    /// The week: `2026-W02`.
    pub week: String,
    /// Dialogs that began in it.
    pub dialogs: usize,
    /// Those to read, by when they began.
    pub chosen: Vec<Chosen>,
}

/// A dialog to read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Chosen {
    /// When it began.
    pub began: Timestamp,
    /// Whose it is.
    pub session: Key,
    /// Its number.
    pub dialog: u32,
}

impl Sampler {
    /// A sampler of a share in percent (5 by default), of one week or of all.
    pub fn new(zone: Zone, share: Option<u8>, week: Option<String>) -> Self {
        Self { zone, share: share.unwrap_or(SHARE).min(100), week, began: HashMap::new() }
    }

    /// Looks at a record.
    pub fn take(&mut self, entry: &Entry<'_>) {
        if entry.purged.is_some() || entry.is_aside() {
            return;
        }
        let began = self.began.entry((entry.session.to_key(), entry.dialog)).or_insert(entry.now);
        *began = entry.now.min(*began);
    }

    /// The samples, week by week.
    pub fn finish(self) -> Vec<Sample> {
        let mut weeks: BTreeMap<String, Vec<([u8; 32], Chosen)>> = BTreeMap::new();
        for ((session, dialog), began) in self.began {
            let week = week_of(began.in_zone(&self.zone).date());
            if self.week.as_ref().is_some_and(|wanted| *wanted != week) {
                continue;
            }
            let rank = rank(&session, dialog, &week);
            weeks.entry(week).or_default().push((rank, Chosen { began, session, dialog }));
        }
        let share = usize::from(self.share);
        let sample = |(week, mut ranked): (String, Vec<([u8; 32], Chosen)>)| {
            let dialogs = ranked.len();
            ranked.sort();
            let mut chosen: Vec<Chosen> =
                ranked.into_iter().take((dialogs * share).div_ceil(100)).map(|(_, one)| one).collect();
            chosen.sort();
            Sample { week, dialogs, chosen }
        };
        weeks.into_iter().map(sample).collect()
    }
}

fn rank(key: &Key, dialog: u32, week: &str) -> [u8; 32] {
    let parts = [key.channel.as_str(), &key.account, &key.user, &dialog.to_string(), week];
    Sha256::digest(parts.join("\0")).into()
}
