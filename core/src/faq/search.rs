//! Searching a table.

use super::accumulate::{SUM_UNIT, Sums};
use super::calibrate::Calibration;
use super::encode::Vector;
use super::index::Index;
use super::reader::Word;
use super::types::{Candidate, Found, Query, Rejected, Repair, RepairKind, Threshold};
use crate::text::fold::is_cyrillic;
use crate::text::{Lang, Span, layout};

/// Rows that the head looks at, by their order without it.
const HEADED: usize = 24;
/// What the head adds to the order of rows and to their score.
const HEAD_IN_RANK: f32 = 0.3;
const HEAD_IN_SCORE: f32 = 0.02;
/// A message read in another layout or alphabet is a little less sure.
const REPAIRED: f32 = 0.97;
/// How far a message that says more than a usual phrasing is forgiven its length: 0 not at all, 1 fully.
const FORGIVEN: f32 = 0.35;
/// Weight of the embeddings beside the words.
const EMBEDDINGS: f32 = 1.0;

/// A row is close to the best one from this share of its score.
const CLOSE: f32 = 0.8;
/// A best row that is clear answers alone: the second must be within this share of it to be offered too.
const CLOSE_TO_ANSWER: f32 = 0.95;
/// Share of the needed score from which unsure rows are worth offering.
const WORTH_OFFERING: f32 = 0.6;
/// Most rows offered.
const OFFERED: usize = 3;

/// A row with its place and its score.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scored {
    pub(super) row: u32,
    /// Orders the rows.
    rank: f32,
    /// Tells an answer from none.
    score: f32,
}

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

    pub(super) fn best_row(&self) -> Option<u32> {
        self.rows.first().map(|row| row.row)
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
        let keys = self.reader.keys(&words);
        let vector = Vector::of_message(&keys, &self.vocabulary, self.reader.ingredients.unknown);
        let rows = self.ranked(&vector, embedding);
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

    /// The rows that have anything in common with a message, best first.
    fn ranked(&self, vector: &Vector, embedding: Option<&[i8]>) -> Vec<Scored> {
        let calibration = &self.calibration;
        let sums = self.sums(vector, calibration.weights);
        let similarities = self.similarities(&sums, embedding);
        let mut rows = Vec::new();
        self.each_row(&sums, &similarities, calibration, |row, base, _| {
            rows.push(Scored { row, rank: base, score: base });
        });
        let order = |a: &Scored, b: &Scored| b.rank.total_cmp(&a.rank).then(a.row.cmp(&b.row));
        if rows.len() > HEADED {
            rows.select_nth_unstable_by(HEADED, order);
            rows.truncate(HEADED);
        }
        if let Some(head) = &self.head {
            for row in &mut rows {
                let decision = head.decision(row.row, &similarities);
                row.rank += HEAD_IN_RANK * decision;
                row.score += HEAD_IN_SCORE * decision;
            }
        }
        rows.sort_unstable_by(order);
        let forgiven = self.forgiven(vector.mass);
        rows.iter_mut().for_each(|row| row.score *= forgiven);
        rows
    }

    /// The factor of a message that says more than a usual phrasing: its story is not held against its question
    /// in full (pivoted length, Singhal et al. 1996).
    pub(super) fn forgiven(&self, mass: f32) -> f32 {
        let times = mass / self.usual_mass;
        if times > 1.0 && self.reader.ingredients.stories { libm::powf(times, FORGIVEN) } else { 1.0 }
    }

    /// The similarity to every phrasing, 0 to 1, that of words and of embeddings together.
    pub(super) fn similarities(&self, sums: &Sums, embedding: Option<&[i8]>) -> Vec<f32> {
        let mut similarities: Vec<f32> = sums.by_phrasing.iter().map(|&sum| sum as f32 * SUM_UNIT).collect();
        if let Some(cosines) = self.embeddings.cosines(embedding) {
            for (similarity, cosine) in similarities.iter_mut().zip(cosines) {
                *similarity = (*similarity + EMBEDDINGS * cosine) / (1.0 + EMBEDDINGS);
            }
        }
        similarities
    }

    /// Calls back for each row in common with the message: row, score, and the sum of its similarities.
    pub(super) fn each_row(
        &self,
        sums: &Sums,
        similarities: &[f32],
        calibration: &Calibration,
        mut found: impl FnMut(u32, f32, f32),
    ) {
        let score = |row: u32| {
            let Some(facts) = self.rows.get(row as usize) else { return };
            let (mut best, mut sum) = (0.0f32, 0.0f32);
            for &similarity in facts.of(similarities) {
                best = best.max(similarity);
                sum += similarity;
            }
            if best > 0.0 {
                let centroid = sum / self.length_of(row, calibration);
                found(row, (1.0 - calibration.centroid) * best + calibration.centroid * centroid, sum);
            }
        };
        match &sums.rows {
            Some(rows) if self.embeddings.is_empty() => rows.iter().copied().for_each(score),
            _ => (0..self.rows.len() as u32).for_each(score),
        }
    }

    pub(super) fn length_of(&self, row: u32, calibration: &Calibration) -> f32 {
        calibration.sum_lengths.get(row as usize).copied().unwrap_or(1.0)
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
