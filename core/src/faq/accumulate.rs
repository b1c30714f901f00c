//! Similarities of a message to phrasings, by the postings of its features.

use super::encode::{UNIT, Vector};
use super::index::Index;
use super::vocabulary::{BLOCKS, Block, Feature};

/// Tables of at most this many phrasings are always summed in full.
pub(super) const SMALL: usize = 4096;
/// Postings walked in a larger table before the common features are left to the candidates.
const WALKED: usize = 8_000;
/// Phrasings of a larger table whose rows are summed in full.
const CANDIDATES: usize = 64;
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
        for &(feature, _) in vectors.iter().flat_map(|vector| &vector.features) {
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
            for &(feature, value) in &vector.features {
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

/// Dot products of a message with the phrasings of the rows it may mean.
#[derive(Debug)]
pub(super) struct Sums {
    /// By phrasing; 0 for phrasings of other rows.
    pub(super) by_phrasing: Vec<u32>,
    /// The rows summed, ascending, where not all are.
    pub(super) rows: Option<Vec<u32>>,
}

/// What one unit of a sum is, as a cosine: the blocks are of one length each and every text has all three, so their
/// weights alone make up the length of a text.
pub(super) const SUM_UNIT: f32 = (1u32 << CUT) as f32 / (UNIT * UNIT);

impl Index {
    /// Sums the products of a message with the phrasings of the table.
    ///
    /// A small table is summed in full. In a larger one the rarest features are walked first, up to a fixed number
    /// of postings; the rows that lead by then are summed in full from their own vectors. So the cost grows with
    /// the postings walked and not with the table.
    pub(super) fn sums(&self, message: &Vector, weights: [f32; 3]) -> Sums {
        let squares: f32 = weights.iter().map(|weight| weight * weight).sum();
        let scaled = |(block, weight): (Block, f32)| {
            let factor = weight * weight / squares;
            let asked =
                |&(feature, value): &(Feature, u16)| (feature, (f32::from(value) * factor + 0.5) as u32);
            message.block(block).iter().map(asked).filter(|&(_, value)| value > 0).collect::<Vec<_>>()
        };
        let mut query: Vec<(Feature, u32)> = BLOCKS.into_iter().zip(weights).flat_map(scaled).collect();
        let mut by_phrasing = vec![0u32; self.vectors.len()];
        if self.vectors.len() <= SMALL {
            for &(feature, value) in &query {
                walk(&self.postings, feature, value, &mut by_phrasing);
            }
            return Sums { by_phrasing, rows: None };
        }
        query.sort_unstable_by_key(|&(feature, _)| (self.postings.of(feature).0.len(), feature));
        let mut walked = 0;
        for &(feature, value) in &query {
            let count = self.postings.of(feature).0.len();
            if walked > 0 && walked + count > WALKED {
                break;
            }
            walked += count;
            walk(&self.postings, feature, value, &mut by_phrasing);
        }
        let rows = self.leading_rows(&by_phrasing);
        let query = Asked::new(query, self.vocabulary.len());
        by_phrasing.fill(0);
        for facts in rows.iter().filter_map(|&row| self.rows.get(row as usize)) {
            for (sum, vector) in facts.of_mut(&mut by_phrasing).iter_mut().zip(facts.of(&self.vectors)) {
                *sum = query.product(vector);
            }
        }
        Sums { by_phrasing, rows: Some(rows) }
    }

    /// The rows of the phrasings with the largest sums, ascending; ties go to the smaller number.
    fn leading_rows(&self, sums: &[u32]) -> Vec<u32> {
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
        let row = |&(_, phrasing): &(u32, u32)| self.row_of.get(phrasing as usize).copied();
        let mut rows: Vec<u32> = leading.iter().filter_map(row).collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }
}

/// A message looked up by feature: a bit for each feature of the table, and by the number of bits before it the place
/// of its value.
struct Asked {
    words: Vec<AskedWord>,
    values: Vec<u32>,
}

#[derive(Clone, Copy, Default)]
struct AskedWord {
    bits: u64,
    /// Bits set in the words before.
    before: u32,
}

impl Asked {
    fn new(mut query: Vec<(Feature, u32)>, features: usize) -> Self {
        query.sort_unstable_by_key(|&(feature, _)| feature);
        let mut words = vec![AskedWord::default(); features / 64 + 1];
        for &(feature, _) in &query {
            if let Some(word) = words.get_mut(feature as usize / 64) {
                word.bits |= 1 << (feature % 64);
            }
        }
        let mut before = 0;
        for word in &mut words {
            word.before = before;
            before += word.bits.count_ones();
        }
        Self { words, values: query.into_iter().map(|(_, value)| value).collect() }
    }

    fn value(&self, feature: Feature) -> u32 {
        let Some(word) = self.words.get(feature as usize / 64) else { return 0 };
        let bit = 1u64 << (feature % 64);
        if word.bits & bit == 0 {
            return 0;
        }
        let at = word.before + (word.bits & (bit - 1)).count_ones();
        self.values.get(at as usize).copied().unwrap_or(0)
    }

    /// The sum of one phrasing, the same integer as by postings.
    fn product(&self, vector: &Vector) -> u32 {
        let products =
            vector.features.iter().map(|&(feature, weight)| (self.value(feature) * u32::from(weight)) >> CUT);
        products.sum()
    }
}

fn walk(postings: &Postings, feature: Feature, value: u32, sums: &mut [u32]) {
    let (phrasings, weights) = postings.of(feature);
    for (&phrasing, &weight) in phrasings.iter().zip(weights) {
        if let Some(sum) = sums.get_mut(phrasing as usize) {
            *sum += (value * u32::from(weight)) >> CUT;
        }
    }
}
