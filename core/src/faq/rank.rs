//! From similarities of phrasings to rows in their order, each with how sure it is.

use super::accumulate::Similarities;
use super::calibrate::{Calibration, length};
use super::encode::Vector;
use super::index::{Index, RowFacts};

/// Rows that the head looks at, by their order without it.
const HEADED: usize = 24;
/// What the centroid of a row weighs beside its best phrasing: many phrasings together tell rows apart, one that is
/// near tells an answer from none.
const CENTROID_IN_RANK: f32 = 0.7;
const CENTROID_IN_SCORE: f32 = 0.5;
/// What the head adds to the order of rows and to their score.
const HEAD_IN_RANK: f32 = 0.3;
const HEAD_IN_SCORE: f32 = 0.025;
/// What tells an answer from none beside the similarity: how much of the message the table knows at all, and how far
/// the best row is ahead.
const KNOWN_IN_SCORE: f32 = 0.2;
const LEAD_IN_SCORE: f32 = 0.3;
/// How far a message that says more than a usual phrasing is forgiven its length: 0 not at all, 1 fully.
const FORGIVEN: f32 = 0.42;
/// Weight of the embeddings beside the words.
const EMBEDDINGS: f32 = 1.0;

/// A row with its place and its score.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scored {
    pub(super) row: u32,
    /// The nearest of its phrasings.
    pub(super) phrasing: u32,
    /// Orders the rows.
    pub(super) rank: f32,
    /// Tells an answer from none.
    pub(super) score: f32,
}

/// What is taken out of a table to see how it does without.
#[derive(Debug, Clone, Copy)]
pub(super) enum Without {
    /// A phrasing that was never written, and the squared length of what is left of its row.
    Phrasing(u32, [f32; 3]),
    /// The row of a phrasing that was never there.
    RowOf(u32),
}

impl Index {
    /// The best rows of those that have anything in common with a text, best first.
    pub(super) fn ranked(
        &self,
        text: &Vector,
        calibration: &Calibration,
        embedding: Option<&[i8]>,
        without: Option<Without>,
    ) -> Vec<Scored> {
        let mut near = self.similarities(text, calibration.weights);
        self.fuse(&mut near, embedding);
        let similarities = &mut near.by_phrasing;
        let mut shortened = None;
        match without {
            None => {}
            Some(Without::Phrasing(phrasing, rest)) => {
                similarities.iter_mut().skip(phrasing as usize).take(1).for_each(|left| *left = 0.0);
                let row = self.phrasings.row_of.get(phrasing as usize).copied();
                shortened = row.map(|row| (row, length(rest, calibration.weights)));
            }
            Some(Without::RowOf(phrasing)) => {
                let row = self.row_of_phrasing(phrasing);
                row.into_iter().for_each(|row| row.of_mut(similarities).fill(0.0));
            }
        }
        let sum_length = |row: u32| match shortened {
            Some((own, length)) if own == row => length,
            _ => calibration.sum_lengths.get(row as usize).copied().unwrap_or(1.0),
        };
        let [in_rank, in_score] = match self.reader.ingredients.centroid {
            true => [CENTROID_IN_RANK, CENTROID_IN_SCORE],
            false => [0.0; 2],
        };
        let mut rows = Vec::with_capacity(near.rows.as_ref().map_or(self.rows.len(), Vec::len));
        self.each_row(&near, |row, (best, phrasing), sum| {
            let centroid = sum / sum_length(row);
            let with = |share: f32| (1.0 - share) * best + share * centroid;
            rows.push(Scored { row, phrasing, rank: with(in_rank), score: with(in_score) });
        });
        let order = |a: &Scored, b: &Scored| b.rank.total_cmp(&a.rank).then(a.row.cmp(&b.row));
        if rows.len() > HEADED {
            rows.select_nth_unstable_by(HEADED, order);
            rows.truncate(HEADED);
        }
        if let Some(head) = &self.head {
            for row in &mut rows {
                let decision = head.decision(row.row, &near.by_phrasing);
                row.rank += HEAD_IN_RANK * decision;
                row.score += HEAD_IN_SCORE * decision;
            }
        }
        rows.sort_unstable_by(order);
        self.judge(&mut rows, text, without);
        rows
    }

    /// Turns similarities into how sure each row is.
    fn judge(&self, rows: &mut [Scored], text: &Vector, without: Option<Without>) {
        let forgiven = self.forgiven(text.mass);
        let known = text.known(&self.vocabulary, matches!(without, Some(Without::RowOf(_))));
        let second = rows.iter().skip(1).map(|row| row.score).fold(0.0, f32::max);
        for (place, row) in rows.iter_mut().enumerate() {
            let lead = if place == 0 { (row.score - second).max(0.0) } else { 0.0 };
            let sum = row.score + LEAD_IN_SCORE * lead + KNOWN_IN_SCORE * known;
            row.score = sum / (1.0 + LEAD_IN_SCORE / 2.0 + KNOWN_IN_SCORE) * forgiven;
        }
    }

    /// The factor of a message that says more than a usual phrasing: its story is not held against its question
    /// in full (pivoted length, Singhal et al. 1996).
    fn forgiven(&self, mass: f32) -> f32 {
        let times = mass * self.usual_scales.stems;
        if times > 1.0 && self.reader.ingredients.stories { libm::powf(times, FORGIVEN) } else { 1.0 }
    }

    /// Brings the similarity of the embeddings beside that of the words.
    fn fuse(&self, near: &mut Similarities, embedding: Option<&[i8]>) {
        if let Some(cosines) = self.embeddings.cosines(embedding) {
            for (similarity, cosine) in near.by_phrasing.iter_mut().zip(cosines) {
                *similarity = (*similarity + EMBEDDINGS * cosine) / (1.0 + EMBEDDINGS);
            }
            near.rows = None;
        }
    }

    /// Calls back with each row that has anything in common with a text, with the greatest of its similarities and
    /// whose that is, and with their sum.
    fn each_row(&self, near: &Similarities, mut found: impl FnMut(u32, (f32, u32), f32)) {
        let mut score = |row: u32, facts: RowFacts| {
            let (mut best, mut sum) = ((0.0f32, facts.first), 0.0f32);
            for (phrasing, &similarity) in facts.phrasings().zip(facts.of(&near.by_phrasing)) {
                if similarity > best.0 {
                    best = (similarity, phrasing);
                }
                sum += similarity;
            }
            if best.0 > 0.0 {
                found(row, best, sum);
            }
        };
        match &near.rows {
            Some(rows) => {
                rows.iter()
                    .filter_map(|&row| Some((row, *self.rows.get(row as usize)?)))
                    .for_each(|(row, facts)| score(row, facts));
            }
            None => (0u32..).zip(self.rows.iter().copied()).for_each(|(row, facts)| score(row, facts)),
        }
    }
}
