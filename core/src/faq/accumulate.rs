//! Similarities of a message to phrasings, by the postings of its features.

use super::encode::{UNIT, Vector};
use super::vocabulary::Feature;

/// Tables of at most this many phrasings are always summed in full.
pub(super) const SMALL: usize = 4096;
/// Postings walked in a larger table before the common features are left to the candidates.
const WALKED: usize = 24_000;
/// Phrasings of a larger table that are summed in full.
const CANDIDATES: usize = 192;
/// Products are cut by this many bits, so that a sum fits 32 bits whatever the weights.
const CUT: u32 = 4;

/// Which phrasings have a feature, and how strongly.
#[derive(Debug, Default)]
pub(super) struct Postings {
    /// Postings of feature f are `starts[f]..starts[f + 1]`, phrasings ascending.
    starts: Vec<u32>,
    phrasings: Vec<u32>,
    weights: Vec<u16>,
}

impl Postings {
    pub(super) fn build(vectors: &[Vector], features: usize) -> Self {
        let mut starts = vec![0u32; features + 2];
        for &(feature, _) in vectors.iter().flat_map(|vector| vector.blocks.iter().flatten()) {
            if let Some(count) = starts.get_mut(feature as usize + 2) {
                *count += 1;
            }
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut phrasings = vec![0; total as usize];
        let mut weights = vec![0; total as usize];
        // Filling moves the start of each feature up to its end, which is the start of the next.
        for (number, vector) in (0..).zip(vectors) {
            for &(feature, value) in vector.blocks.iter().flatten() {
                let Some(next) = starts.get_mut(feature as usize + 1) else { continue };
                if let (Some(phrasing), Some(weight)) =
                    (phrasings.get_mut(*next as usize), weights.get_mut(*next as usize))
                {
                    (*phrasing, *weight) = (number, value);
                }
                *next += 1;
            }
        }
        Self { starts, phrasings, weights }
    }

    fn of(&self, feature: Feature) -> (&[u32], &[u16]) {
        let at = feature as usize;
        let (Some(&start), Some(&end)) = (self.starts.get(at), self.starts.get(at + 1)) else {
            return (&[], &[]);
        };
        let range = start as usize..end as usize;
        (self.phrasings.get(range.clone()).unwrap_or_default(), self.weights.get(range).unwrap_or_default())
    }
}

/// Dot products of a message with phrasings, exact wherever they are not 0.
#[derive(Debug)]
pub(super) struct Sums {
    pub(super) by_phrasing: Vec<u32>,
    /// The phrasings summed, ascending, where not all are.
    pub(super) only: Option<Vec<u32>>,
}

/// What one unit of a sum is.
pub(super) const SUM_UNIT: f32 = (1u32 << CUT) as f32 / (UNIT * UNIT);

/// Sums the products of a message with the phrasings of a table.
///
/// A small table is summed in full. In a larger one the rarest features are walked first, up to a fixed number of
/// postings; the phrasings that lead by then are summed in full from their own vectors. So the cost grows with the
/// postings walked and not with the table.
pub(super) fn sums(message: &Vector, weights: [f32; 3], postings: &Postings, vectors: &[Vector]) -> Sums {
    let length = message.length(weights);
    let mut query: Vec<(Feature, u32, usize)> = message
        .blocks
        .iter()
        .zip(weights)
        .flat_map(|(block, weight)| {
            let factor = weight * weight / length;
            block.iter().map(move |&(feature, value)| (feature, (f32::from(value) * factor + 0.5) as u32))
        })
        .filter(|&(_, value)| value > 0)
        .map(|(feature, value)| (feature, value, postings.of(feature).0.len()))
        .collect();
    let total: usize = query.iter().map(|&(.., count)| count).sum();
    let mut by_phrasing = vec![0u32; vectors.len()];
    if vectors.len() <= SMALL || total <= WALKED {
        for &(feature, value, _) in &query {
            walk(postings, feature, value, &mut by_phrasing);
        }
        return Sums { by_phrasing, only: None };
    }
    query.sort_unstable_by_key(|&(feature, _, count)| (count, feature));
    let mut walked = 0;
    for &(feature, value, count) in &query {
        if walked + count > WALKED && walked > 0 {
            break;
        }
        walked += count;
        walk(postings, feature, value, &mut by_phrasing);
    }
    let leading = leading(&by_phrasing);
    query.sort_unstable_by_key(|&(feature, ..)| feature);
    by_phrasing.fill(0);
    for &phrasing in &leading {
        if let (Some(sum), Some(vector)) =
            (by_phrasing.get_mut(phrasing as usize), vectors.get(phrasing as usize))
        {
            *sum = product(&query, vector);
        }
    }
    Sums { by_phrasing, only: Some(leading) }
}

fn walk(postings: &Postings, feature: Feature, value: u32, sums: &mut [u32]) {
    let (phrasings, weights) = postings.of(feature);
    for (&phrasing, &weight) in phrasings.iter().zip(weights) {
        if let Some(sum) = sums.get_mut(phrasing as usize) {
            *sum += (value * u32::from(weight)) >> CUT;
        }
    }
}

/// The phrasings with the largest sums, ascending by number; ties go to the smaller number.
fn leading(sums: &[u32]) -> Vec<u32> {
    let most = sums.iter().copied().max().unwrap_or(0);
    // Far behind by the rare features is behind for good: this spares sorting thousands of sums.
    let least = (most / 3).max(1);
    let mut leading: Vec<(u32, u32)> = (0u32..)
        .zip(sums)
        .filter(|&(_, &sum)| sum >= least)
        .map(|(phrasing, &sum)| (u32::MAX - sum, phrasing))
        .collect();
    if leading.len() > CANDIDATES {
        leading.select_nth_unstable(CANDIDATES);
        leading.truncate(CANDIDATES);
    }
    let mut leading: Vec<u32> = leading.into_iter().map(|(_, phrasing)| phrasing).collect();
    leading.sort_unstable();
    leading
}

/// The sum of one phrasing, the same integer as by postings: both lists ascend by feature within a block, and the
/// features of a phrasing are few, so each is looked up.
fn product(query: &[(Feature, u32, usize)], vector: &Vector) -> u32 {
    let mut sum = 0;
    for block in &vector.blocks {
        let mut query = query.iter().peekable();
        for &(feature, weight) in block {
            while query.next_if(|&&(asked, ..)| asked < feature).is_some() {}
            if let Some(&(_, value, _)) = query.next_if(|&&(asked, ..)| asked == feature) {
                sum += (value * u32::from(weight)) >> CUT;
            }
        }
    }
    sum
}
