//! What is learnt from the table alone: the weight of its concepts and its threshold.

use super::accumulate::SMALL;
use super::encode::Vector;
use super::head::Head;
use super::index::Index;
use super::phrasings::Sums;
use super::rank::Without;
use super::types::Threshold;

/// Weight of stems and of letter groups.
const STEMS: f32 = 1.0;
const GRAMS: f32 = 1.5;
/// Weights of the concepts that are tried, least first.
const CONCEPTS: [f32; 6] = [0.0, 0.3, 0.6, 1.0, 1.5, 2.0];
/// A heavier weight must find more of the left-out phrasings by this share.
const CONCEPT_GAIN: f32 = 0.003;
/// Weight of the concepts where too few rows have two phrasings to try.
const CONCEPTS_UNTRIED: f32 = 1.0;
/// Left-out phrasings that are enough to choose a weight.
const ENOUGH: usize = 10;
/// Phrasings left out at most, in small tables and in large ones, where each costs more.
const LEFT_OUT: [usize; 2] = [600, 96];

/// The threshold of a usual table, and how far a table moves it.
const USUAL_THRESHOLD: f32 = 0.44;
const USUAL_STRANGER: f32 = 0.40;
const MOVED_BY: f32 = 0.4;
/// Steps from the normal threshold to the strict one and down to the eager one.
const STRICTER: f32 = 0.12;
const MORE_EAGER: f32 = 0.10;

/// A phrasing to be left out.
struct LeftOut {
    phrasing: u32,
    vector: Vector,
    /// Squared length of the other phrasings of its row; none where there are no others.
    rest: Option<[f32; 3]>,
}

/// What a table has taught.
#[derive(Debug, Clone, Default)]
pub(super) struct Calibration {
    /// Weight of each block.
    pub(super) weights: [f32; 3],
    /// Length of the sum of each row's phrasings.
    pub(super) sum_lengths: Vec<f32>,
    /// The score that is needed.
    pub(super) threshold: f32,
    /// The same where embeddings take part.
    pub(super) threshold_fused: f32,
}

impl Calibration {
    pub(super) fn needed(&self, threshold: Threshold, fused: bool) -> f32 {
        let normal = if fused { self.threshold_fused } else { self.threshold };
        match threshold {
            Threshold::Strict => normal + STRICTER,
            Threshold::Normal => normal,
            Threshold::Eager => normal - MORE_EAGER,
        }
    }
}

impl Index {
    pub(super) fn calibrate(&mut self) {
        let sample = self.sample();
        let best = self.concept_weight(&sample);
        self.calibration = self.calibration_with(best);
        if self.reader.ingredients.head {
            self.head = Head::train(self);
        }
        let strangers = self.median_stranger(&sample, false);
        self.calibration.threshold = USUAL_THRESHOLD + MOVED_BY * (strangers - USUAL_STRANGER);
        let fused = if self.embeddings.is_empty() { strangers } else { self.median_stranger(&sample, true) };
        self.calibration.threshold_fused = self.calibration.threshold + fused - strangers;
    }

    /// Phrasings to leave out in turn: all, or evenly many of a large table.
    fn sample(&self) -> Vec<LeftOut> {
        let [small, large] = LEFT_OUT;
        let phrasings = self.phrasings.len();
        let most = if phrasings <= SMALL { small } else { large };
        let step = phrasings.div_ceil(most).max(1);
        let mut sums = Sums::new(self.vocabulary.len());
        let mut left_out = |phrasing: u32| {
            let others =
                self.row_of_phrasing(phrasing).filter(|row| row.count > 1).map(|row| row.phrasings());
            let rest = others.map(|others| others.filter(|&other| other != phrasing));
            let squares = |rest| self.phrasings.squares(rest, &self.words, &self.vocabulary, &mut sums);
            LeftOut { phrasing, vector: self.vector_of(phrasing), rest: rest.map(squares) }
        };
        (0..phrasings as u32).step_by(step).map(&mut left_out).collect()
    }

    pub(super) fn calibration_with(&self, concepts: f32) -> Calibration {
        let grams = if self.reader.ingredients.grams { GRAMS } else { 0.0 };
        let weights = [STEMS, grams, concepts];
        let sum_lengths = self.rows.iter().map(|row| length(row.squares, weights)).collect();
        Calibration { weights, sum_lengths, ..Calibration::default() }
    }

    /// The least weight of the concepts under which nearly as many left-out phrasings find their row as under the
    /// best: concepts help small tables of few phrasings and blur crowded ones.
    fn concept_weight(&self, sample: &[LeftOut]) -> f32 {
        let sample: Vec<(&LeftOut, [f32; 3])> =
            sample.iter().filter_map(|left_out| Some((left_out, left_out.rest?))).collect();
        if sample.len() < ENOUGH {
            return CONCEPTS_UNTRIED;
        }
        let found = CONCEPTS.map(|weight| {
            let calibration = self.calibration_with(weight);
            let found = |&&(left_out, rest): &&_| self.finds_its_row(left_out, rest, &calibration);
            sample.iter().filter(found).count()
        });
        let enough = found.iter().copied().max().unwrap_or(0) as f32 - CONCEPT_GAIN * sample.len() as f32;
        let least = CONCEPTS.iter().zip(found).find(|&(_, found)| found as f32 >= enough);
        least.map_or(CONCEPTS_UNTRIED, |(&weight, _)| weight)
    }

    fn finds_its_row(&self, left_out: &LeftOut, rest: [f32; 3], calibration: &Calibration) -> bool {
        let without = Some(Without::Phrasing(left_out.phrasing, rest));
        let rows = self.ranked(&left_out.vector, calibration, None, without);
        rows.first().map(|best| best.row) == self.phrasings.row_of.get(left_out.phrasing as usize).copied()
    }

    /// The middle score that a phrasing gets from other rows once its own row is gone: how much a question nobody
    /// answers looks like one that somebody does.
    fn median_stranger(&self, sample: &[LeftOut], fused: bool) -> f32 {
        let score = |left_out: &LeftOut| {
            let phrasing = left_out.phrasing;
            let embedding = if fused { self.embeddings.of(phrasing as usize) } else { None };
            let without = Some(Without::RowOf(phrasing));
            let rows = self.ranked(&left_out.vector, &self.calibration, embedding, without);
            rows.first().map_or(0.0, |best| best.score)
        };
        let mut scores: Vec<f32> = sample.iter().map(score).collect();
        if scores.is_empty() {
            return USUAL_STRANGER;
        }
        let middle = scores.len() / 2;
        let (_, median, _) = scores.select_nth_unstable_by(middle, f32::total_cmp);
        *median
    }
}

/// The length of a sum of texts under the weights of the blocks.
pub(super) fn length(squares: [f32; 3], weights: [f32; 3]) -> f32 {
    let [sum, whole] = [squares, [1.0; 3]].map(|squares| {
        squares.iter().zip(weights).map(|(square, weight)| square * weight * weight).sum::<f32>()
    });
    (sum / whole).max(f32::MIN_POSITIVE).sqrt()
}
