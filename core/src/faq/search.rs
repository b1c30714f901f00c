//! Searching a table.

use super::encode::Vector;
use super::index::Index;
use super::rank::Scored;
use super::reader::Word;
use super::types::{Candidate, Found, Query, Rejected, Repair, RepairKind, Threshold};
use crate::text::fold::is_cyrillic;
use crate::text::{Lang, Span, layout};

/// A message read in another layout or alphabet is a little less sure.
const REPAIRED: f32 = 0.97;

/// A row is close to the best one from this share of its score.
const CLOSE: f32 = 0.8;
/// A best row that is clear answers alone: the second must be within this share of it to be offered too.
const CLOSE_TO_ANSWER: f32 = 0.95;
/// Share of the needed score from which unsure rows are worth offering.
const WORTH_OFFERING: f32 = 0.6;
/// Most rows offered.
const OFFERED: usize = 3;

/// A message in one of its readings, with the rows it finds.
pub(super) struct Reading {
    pub(super) words: Vec<Word>,
    pub(super) vector: Vector,
    pub(super) repairs: Vec<Repair>,
    rows: Vec<Scored>,
}

impl Reading {
    fn best(&self) -> f32 {
        self.rows.first().map_or(0.0, |row| row.rank)
    }

    /// The phrasing of the best row that is nearest to the message.
    pub(super) fn nearest_phrasing(&self) -> Option<u32> {
        self.rows.first().map(|row| row.phrasing)
    }
}

impl Index {
    /// Finds the rows nearest to a message, at most `top` of them, and whether the best one answers.
    ///
    /// Never fails: a message without words, or an empty table, finds nothing. Cost: linear in the message, and in
    /// a large table bounded by a fixed number of postings.
    pub fn search(&self, message: &Query<'_>, top: usize) -> Found {
        let text = visible(message.text, message.hidden);
        let mut best = self.read(&text, message.vector);
        for (kind, repaired) in self.repaired(&text) {
            let mut reading = self.read(&repaired, message.vector);
            for row in &mut reading.rows {
                row.rank *= REPAIRED;
                row.score *= REPAIRED;
            }
            if reading.best() > best.best() {
                reading.repairs.insert(0, Repair { kind, from: text.clone(), to: repaired });
                best = reading;
            }
        }
        self.found(best, message.vector.is_some(), top)
    }

    fn read(&self, text: &str, embedding: Option<&[i8]>) -> Reading {
        let mut repairs = Vec::new();
        let words = self.reader.message(text, self.known(), &mut repairs);
        let occurrences = self.reader.occurrences(&words.iter().collect::<Vec<_>>(), self.known());
        let vector = Vector::of_message(&occurrences, &self.vocabulary, self.reader.ingredients.unknown);
        let rows = self.ranked(&vector, &self.calibration, embedding, None);
        Reading { words, vector, repairs, rows }
    }

    /// The message as it may have been meant, where it is written in an alphabet that the table is not.
    fn repaired(&self, text: &str) -> Vec<(RepairKind, String)> {
        let count = |is: fn(char) -> bool| text.chars().filter(|&c| is(c)).count();
        let (latin, cyrillic) = (count(|c| c.is_ascii_alphabetic()), count(is_cyrillic));
        let own = self.reader.cyrillic;
        match self.reader.ingredients.layout {
            true if latin > cyrillic && self.scripts.cyrillic => vec![
                (RepairKind::Layout, layout::typed_as(text, own)),
                (RepairKind::Latin, layout::from_latin(text, own)),
            ],
            true if cyrillic > latin && self.scripts.latin => {
                vec![(RepairKind::Layout, layout::typed_as(text, Lang::En))]
            }
            _ => Vec::new(),
        }
    }

    fn found(&self, reading: Reading, fused: bool, top: usize) -> Found {
        let needed = self.calibration.needed(self.threshold, fused);
        let strict = self.calibration.needed(Threshold::Strict, fused);
        let score = reading.rows.first().map_or(0.0, |best| best.score);
        let answer = reading.rows.first().filter(|best| best.score >= needed).map(|best| best.row as usize);
        let rejected = match (reading.words.is_empty(), reading.rows.is_empty(), answer) {
            (true, ..) => Some(Rejected::Empty),
            (_, true, _) => Some(Rejected::NothingKnown),
            (.., None) => Some(Rejected::BelowThreshold),
            (.., Some(_)) => None,
        };
        // The order may differ from the scores where the head has a say: no row shows more than the one before it.
        let mut ceiling = 1000;
        let candidates = reading.rows.iter().map(|row| {
            ceiling = thousandths(row.score).min(ceiling);
            Candidate { row: row.row as usize, score: ceiling }
        });
        let mut candidates: Vec<Candidate> = candidates.take(top.max(2)).collect();
        let why = self.why(&reading, candidates.get(1).copied(), thousandths(needed), rejected);
        candidates.truncate(top);
        Found {
            answer,
            strict: answer.is_some() && score >= strict,
            score: thousandths(score),
            close: close(&reading.rows, answer.is_some(), needed),
            candidates,
            why,
        }
    }
}

/// Rows worth offering as a choice: those near a best row that does not answer, or nearly equal to one that does.
fn close(rows: &[Scored], answered: bool, needed: f32) -> Vec<usize> {
    let Some(best) = rows.first().filter(|best| best.score >= needed * WORTH_OFFERING) else {
        return Vec::new();
    };
    let share = if answered { CLOSE_TO_ANSWER } else { CLOSE };
    let near = rows.iter().take(OFFERED).filter(|row| row.score >= best.score * share);
    let near: Vec<usize> = near.map(|row| row.row as usize).collect();
    if near.len() > 1 { near } else { Vec::new() }
}

fn thousandths(score: f32) -> u16 {
    (score.clamp(0.0, 1.0) * 1000.0 + 0.5) as u16
}

/// The text with its hidden places blank.
fn visible(text: &str, hidden: &[Span]) -> String {
    let covered = |at: usize| hidden.iter().any(|span| span.start <= at && at < span.end);
    if hidden.is_empty() {
        return text.to_owned();
    }
    text.char_indices().map(|(at, c)| if covered(at) { ' ' } else { c }).collect()
}
