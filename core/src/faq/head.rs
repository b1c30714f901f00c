//! The linear head: a softmax regression of the rows over their phrasings.

use super::encode::Vector;
use super::index::Index;
use super::vocabulary::{BLOCKS, Feature};
use crate::document::packed;

/// Phrasings a row needs on average for a head to be better than none.
const PHRASINGS_PER_ROW: usize = 3;
/// Largest product of features and rows that is trained: 64 MB while building.
const LARGEST: usize = 1 << 24;
/// Weight of the fit against the length of the coefficients.
const FIT: f32 = 50.0;
/// Passes over the phrasings; the order of rows no longer changes after some ten.
const PASSES: usize = 15;

/// Coefficients of each row over every phrasing (the dual form), so that a decision costs similarities already at
/// hand.
#[derive(Debug, Clone)]
pub(super) struct Head {
    phrasings: usize,
    /// Row by row.
    coefficients: Vec<f32>,
}

packed!(Head { phrasings, coefficients });

impl Head {
    /// Trains a head where the table has phrasings enough and is not too large.
    ///
    /// Dual coordinate ascent, phrasings in order: at the optimum the coefficient of row r for phrasing i is
    /// `FIT * ([r is i's row] - p(r | i))`, and each visit moves i's coefficients there by a step that cannot
    /// overshoot (the softmax curves by at most 1/2). Nothing is drawn at random.
    pub(super) fn train(index: &Index) -> Option<Self> {
        let (n, rows, features) = (index.phrasings.len(), index.rows.len(), index.vocabulary.len());
        if rows < 2 || n < rows * PHRASINGS_PER_ROW || features.saturating_mul(rows) > LARGEST {
            return None;
        }
        let weights = index.calibration.weights;
        let vectors: Vec<Vector> = (0..n as u32).map(|phrasing| index.vector_of(phrasing)).collect();
        let step = 1.0 / (1.0 + 0.5 * FIT);
        let mut primal = vec![0.0f32; features * rows];
        let mut dual = vec![0.0f32; n * rows];
        let mut change = vec![0.0f32; rows];
        for _ in 0..PASSES {
            for ((vector, &own), dual) in
                vectors.iter().zip(&index.phrasings.row_of).zip(dual.chunks_exact_mut(rows))
            {
                let features = || weighed(vector, weights);
                decide(&primal, features(), &mut change);
                softmax(&mut change);
                for ((row, change), dual) in (0u32..).zip(&mut change).zip(dual) {
                    let target = if row == own { 1.0 } else { 0.0 };
                    *change = step * (FIT * (target - *change) - *dual);
                    *dual += *change;
                }
                for (feature, value) in features() {
                    for (weight, change) in of_feature_mut(&mut primal, feature, rows).iter_mut().zip(&change)
                    {
                        *weight += change * value;
                    }
                }
            }
        }
        let coefficients = (0..rows).flat_map(|row| dual.iter().skip(row).step_by(rows).copied()).collect();
        Some(Self { phrasings: n, coefficients })
    }

    /// How much the head is for a row, given the similarities of the message to every phrasing.
    pub(super) fn decision(&self, row: u32, similarities: &[f32]) -> f32 {
        let start = row as usize * self.phrasings;
        self.coefficients.get(start..start + self.phrasings).map_or(0.0, |own| dot(own, similarities))
    }
}

/// The features of a text, the whole of length 1.
fn weighed(vector: &Vector, weights: [f32; 3]) -> impl Iterator<Item = (Feature, f32)> {
    let length = weights.iter().map(|weight| weight * weight).sum::<f32>().sqrt();
    BLOCKS.into_iter().zip(weights).flat_map(move |(block, weight)| {
        let scale = weight / length;
        vector.block(block).iter().map(move |&(feature, value)| (feature, value * scale))
    })
}

fn decide(primal: &[f32], features: impl Iterator<Item = (Feature, f32)>, out: &mut [f32]) {
    out.fill(0.0);
    let rows = out.len();
    for (feature, value) in features {
        let start = feature as usize * rows;
        let weights = primal.get(start..start + rows).unwrap_or_default();
        for (out, weight) in out.iter_mut().zip(weights) {
            *out += weight * value;
        }
    }
}

fn of_feature_mut(primal: &mut [f32], feature: Feature, rows: usize) -> &mut [f32] {
    let start = feature as usize * rows;
    primal.get_mut(start..start + rows).unwrap_or_default()
}

fn softmax(values: &mut [f32]) {
    let most = values.iter().copied().fold(f32::MIN, f32::max);
    let mut total = 0.0;
    for value in values.iter_mut() {
        *value = libm::expf(*value - most);
        total += *value;
    }
    for value in values {
        *value /= total;
    }
}

/// A dot product in eight sums side by side: a fixed order that fits vector registers.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0f32; 8];
    let (mut a, mut b) = (a.chunks_exact(8), b.chunks_exact(8));
    for (a, b) in a.by_ref().zip(b.by_ref()) {
        for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += a * b;
        }
    }
    let rest: f32 = a.remainder().iter().zip(b.remainder()).map(|(a, b)| a * b).sum();
    sums.iter().sum::<f32>() + rest
}
