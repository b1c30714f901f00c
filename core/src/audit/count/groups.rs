//! Lists of things that clients bring, and of which there may be any number: bounded, and the same however a log is
//! cut.

use crate::document::packed;
use crate::text::folded_words;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Something counted under a key of its own.
pub(super) trait Counted {
    /// What makes two of them the same.
    fn key(&self) -> String;
    /// Adds what another one of the same key counted.
    fn add(&mut self, other: &Self);
}

/// Counts by key. Beyond `MOST` keys those with the smallest hashes are kept: a fair sample, in which every count is
/// whole, and the same one wherever the log was cut. Keeping the most frequent ones would be neither.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Groups<T, const MOST: usize>(BTreeMap<(u64, String), T>);

impl<T, const MOST: usize> Default for Groups<T, MOST> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: Counted, const MOST: usize> Groups<T, MOST> {
    pub(super) fn add(&mut self, one: T) {
        let key = one.key();
        let rank = Sha256::digest(&key).iter().take(8).fold(0, |rank, byte| rank << 8 | u64::from(*byte));
        match self.0.get_mut(&(rank, key.clone())) {
            Some(known) => known.add(&one),
            None => _ = self.0.insert((rank, key), one),
        }
        if self.0.len() > MOST {
            self.0.pop_last();
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.values()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: Serialize, const MOST: usize> Serialize for Groups<T, MOST> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.values())
    }
}

impl<'de, T: Counted + Deserialize<'de>, const MOST: usize> Deserialize<'de> for Groups<T, MOST> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut groups = Self::default();
        Vec::<T>::deserialize(deserializer)?.into_iter().for_each(|one| groups.add(one));
        Ok(groups)
    }
}

/// A question that nothing answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// As clients typed it; of several spellings the first by alphabet.
    pub text: String,
    /// How often.
    pub count: u64,
    /// The row of the table that came nearest, and how near.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nearest: Option<Nearest>,
}

packed!(Question { text, count, nearest });

/// A row that came near.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nearest {
    /// Its id.
    pub faq: String,
    /// Its score, 0 to 1000.
    pub score: u16,
}

packed!(Nearest { faq, score });

impl Counted for Question {
    fn key(&self) -> String {
        folded_words(&self.text)
    }

    fn add(&mut self, other: &Self) {
        self.count = self.count.saturating_add(other.count);
        if other.text < self.text {
            self.text.clone_from(&other.text);
        }
        let rank =
            |nearest: &Option<Nearest>| nearest.as_ref().map(|n| (n.score, std::cmp::Reverse(n.faq.clone())));
        if rank(&other.nearest) > rank(&self.nearest) {
            self.nearest.clone_from(&other.nearest);
        }
    }
}

/// One wording of a reminder or another message nobody had asked for, and what came of it (R153).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outreach {
    /// The timer that sent it: `remind.visit.1440m`, `silence.client.1d`.
    pub timer: String,
    /// Its wording, what the client had told in braces again: `Ждём вас, {name}`.
    pub text: String,
    /// How often it was sent.
    pub sent: u64,
    /// The client wrote or pressed a button before the next one.
    #[serde(default)]
    pub answered: u64,
    /// The dialog became `confirmed`.
    #[serde(default)]
    pub confirmed: u64,
    /// The dialog became `cancelled`.
    #[serde(default)]
    pub cancelled: u64,
    /// The client did not come.
    #[serde(default)]
    pub no_show: u64,
}

packed!(Outreach { timer, text, sent, answered, confirmed, cancelled, no_show });

impl Counted for Outreach {
    fn key(&self) -> String {
        format!("{}\n{}", self.timer, self.text)
    }

    fn add(&mut self, other: &Self) {
        let sum = |a: &mut u64, b: u64| *a = a.saturating_add(b);
        sum(&mut self.sent, other.sent);
        sum(&mut self.answered, other.answered);
        sum(&mut self.confirmed, other.confirmed);
        sum(&mut self.cancelled, other.cancelled);
        sum(&mut self.no_show, other.no_show);
    }
}

/// Something that a manager must look at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// When it happened.
    pub at: Timestamp,
    /// `lead_unconfirmed`, `contact_without_lead` or `empty_booking`.
    pub code: String,
    /// Whose dialog.
    pub session: crate::dialog::Key,
    /// Its number.
    pub dialog: u32,
    /// The rule, flow or row that led to it, where one did (R138).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<String>,
    /// Its idempotency key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_key: Option<String>,
    /// Targets that have not confirmed it; what a booking lacks: `time`, `contact`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
}

/// The newest cases, at most `MOST`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub(super) struct Cases<const MOST: usize>(BTreeSet<Case>);

impl<const MOST: usize> Cases<MOST> {
    pub(super) fn add(&mut self, case: Case) {
        self.0.insert(case);
        if self.0.len() > MOST {
            self.0.pop_first();
        }
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &Case> {
        self.0.iter()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'de, const MOST: usize> Deserialize<'de> for Cases<MOST> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut cases = Self::default();
        Vec::<Case>::deserialize(deserializer)?.into_iter().for_each(|case| cases.add(case));
        Ok(cases)
    }
}

/// How often each score was met: tenths of the scale, the perfect 1000 alone in the last place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scores {
    /// Of messages that a row answered.
    pub answered: [u64; 11],
    /// Of messages that nothing answered.
    pub unanswered: [u64; 11],
}

packed!(Scores { answered, unanswered });

impl Scores {
    pub(super) fn count(&mut self, score: u16, answered: bool) {
        let places = if answered { &mut self.answered } else { &mut self.unanswered };
        if let Some(place) = places.get_mut(usize::from(score.min(1000) / 100)) {
            *place += 1;
        }
    }

    pub(in crate::audit) fn add(&mut self, other: &Self) {
        let sum = |a: &mut [u64; 11], b: &[u64; 11]| a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
        sum(&mut self.answered, &other.answered);
        sum(&mut self.unanswered, &other.unanswered);
    }
}
