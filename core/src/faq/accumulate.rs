//! Similarities of a message to phrasings, by the postings of its features.

use super::encode::{UNIT, Vector};
use super::index::Index;
use super::vocabulary::{BLOCKS, Feature};

/// Tables of at most this many phrasings are always summed in full.
pub(super) const SMALL: usize = 4096;
/// Postings walked in a larger table before the common features are left to the candidates.
const WALKED: usize = 8_000;
/// Phrasings of a larger table whose rows are summed in full.
const CANDIDATES: usize = 64;
/// Products are cut by this many bits, so that a sum fits 32 bits whatever the weights.
const CUT: u32 = 4;
/// Sums whose largest is found at a time, in vector registers; most such lanes hold none of interest.
const LANE: usize = 16;

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

    fn count(&self, feature: Feature) -> usize {
        self.of(feature).0.len()
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

/// How near a message is to the phrasings of the table.
#[derive(Debug)]
pub(super) struct Similarities {
    /// By phrasing, 0 to 1; 0 for phrasings of rows that were not looked at.
    pub(super) by_phrasing: Vec<f32>,
    /// The rows looked at, ascending, where not all are.
    pub(super) rows: Option<Vec<u32>>,
}

/// A feature of a message, scaled by the weight of its block.
#[derive(Debug, Clone, Copy)]
struct Term {
    /// Phrasings that have the feature.
    postings: usize,
    feature: Feature,
    value: u32,
}

/// What one unit of a sum is, as a cosine: the blocks are of one length each and every text has all three, so their
/// weights alone make up the length of a text.
const SUM_UNIT: f32 = (1u32 << CUT) as f32 / (UNIT * UNIT);

impl Index {
    /// The cosine of a message with the phrasings of the table.
    ///
    /// A small table is summed in full. In a larger one the rarest features are walked first, up to a fixed number
    /// of postings; the rows that lead by then are summed in full from their own vectors. So the cost grows with
    /// the postings walked and not with the table.
    pub(super) fn similarities(&self, message: &Vector, weights: [f32; 3]) -> Similarities {
        let mut terms = self.terms(message, weights);
        let mut sums = vec![0u32; self.vectors.len()];
        if self.vectors.len() <= SMALL {
            for term in &terms {
                walk(&self.postings, term, &mut sums);
            }
            let by_phrasing = sums.into_iter().map(|sum| sum as f32 * SUM_UNIT).collect();
            return Similarities { by_phrasing, rows: None };
        }
        terms.sort_unstable_by_key(|term| (term.postings, term.feature));
        let mut walked = 0;
        for term in &terms {
            if walked > 0 && walked + term.postings > WALKED {
                break;
            }
            walked += term.postings;
            walk(&self.postings, term, &mut sums);
        }
        let rows = self.leading_rows(&sums);
        let message = Asked::new(terms, self.vocabulary.len());
        let mut by_phrasing = vec![0.0; self.vectors.len()];
        for facts in rows.iter().filter_map(|&row| self.rows.get(row as usize)) {
            for (similarity, vector) in facts.of_mut(&mut by_phrasing).iter_mut().zip(facts.of(&self.vectors))
            {
                *similarity = message.product(vector) as f32 * SUM_UNIT;
            }
        }
        Similarities { by_phrasing, rows: Some(rows) }
    }

    fn terms(&self, message: &Vector, weights: [f32; 3]) -> Vec<Term> {
        let squares: f32 = weights.iter().map(|weight| weight * weight).sum();
        let mut terms = Vec::with_capacity(message.features.len());
        for (block, weight) in BLOCKS.into_iter().zip(weights) {
            let factor = weight * weight / squares;
            let scaled = message.block(block).iter().map(|&(feature, value)| Term {
                postings: self.postings.count(feature),
                feature,
                value: (f32::from(value) * factor + 0.5) as u32,
            });
            terms.extend(scaled.filter(|term| term.value > 0));
        }
        terms
    }

    /// The rows of the phrasings with the largest sums, ascending; ties go to the smaller number.
    fn leading_rows(&self, sums: &[u32]) -> Vec<u32> {
        let lanes = sums.chunks(LANE);
        let largest: Vec<u32> = lanes.clone().map(|lane| lane.iter().copied().max().unwrap_or(0)).collect();
        let most = largest.iter().copied().max().unwrap_or(0);
        // Far behind by the rare features is behind for good: this spares sorting thousands of sums.
        let least = (most / 3).max(1);
        let mut leading = Vec::new();
        for ((first, lane), largest) in (0u32..).step_by(LANE).zip(lanes).zip(largest) {
            if largest >= least {
                let ahead = (first..).zip(lane).filter(|&(_, &sum)| sum >= least);
                leading.extend(ahead.map(|(phrasing, &sum)| (u32::MAX - sum, phrasing)));
            }
        }
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
    fn new(mut terms: Vec<Term>, features: usize) -> Self {
        terms.sort_unstable_by_key(|term| term.feature);
        let mut words = vec![AskedWord::default(); features / 64 + 1];
        for term in &terms {
            if let Some(word) = words.get_mut(term.feature as usize / 64) {
                word.bits |= 1 << (term.feature % 64);
            }
        }
        let mut before = 0;
        for word in &mut words {
            word.before = before;
            before += word.bits.count_ones();
        }
        Self { words, values: terms.into_iter().map(|term| term.value).collect() }
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

fn walk(postings: &Postings, term: &Term, sums: &mut [u32]) {
    let (phrasings, weights) = postings.of(term.feature);
    for (&phrasing, &weight) in phrasings.iter().zip(weights) {
        if let Some(sum) = sums.get_mut(phrasing as usize) {
            *sum += (term.value * u32::from(weight)) >> CUT;
        }
    }
}
