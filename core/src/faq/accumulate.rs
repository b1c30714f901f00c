//! Similarities of a message to phrasings, word by word.

use super::encode::Vector;
use super::index::Index;
use super::phrasings::Scales;
use super::vocabulary::{BLOCKS, Block, Feature};

/// Tables of at most this many phrasings are always summed in full.
pub(super) const SMALL: usize = 4096;
/// Postings of words walked in a larger table, and postings of concepts.
const WALKED: usize = 8_000;
/// Phrasings of a larger table whose rows are summed in full.
const CANDIDATES: usize = 64;
/// Words that have less in common with a message than this share of the nearest one lead to no row.
const FAINT: f32 = 0.25;

/// How near a message is to the phrasings of the table.
#[derive(Debug)]
pub(super) struct Similarities {
    /// By phrasing, 0 to 1; 0 for phrasings of rows that were not looked at.
    pub(super) by_phrasing: Vec<f32>,
    /// The rows looked at, ascending, where not all are.
    pub(super) rows: Option<Vec<u32>>,
}

/// What a message and a word of the table have in common, before the length of a phrasing is known.
#[derive(Debug, Clone, Copy, Default)]
struct Affinity {
    stem: f32,
    grams: f32,
}

/// A message as it meets phrasings.
struct Asked {
    /// By word of the table.
    words: Vec<Affinity>,
    /// Concepts with their weight, sorted.
    concepts: Vec<(Feature, f32)>,
}

impl Asked {
    fn sum_of_words(&self, words: &[u32], scales: Scales) -> f32 {
        let (mut stems, mut grams) = (0.0, 0.0);
        for word in words.iter().filter_map(|&word| self.words.get(word as usize)) {
            stems += word.stem;
            grams += word.grams;
        }
        stems * scales.stems + grams * scales.grams
    }
}

impl Index {
    /// The cosine of a message with the phrasings of the table.
    ///
    /// A small table is summed in full. In a larger one the phrasings of the nearest words and the rarest concepts are
    /// walked first, up to a fixed number of postings; the rows that lead by then are summed in full. So the cost grows with
    /// the postings walked and not with the table.
    pub(super) fn similarities(&self, message: &Vector, weights: [f32; 3]) -> Similarities {
        let asked = self.asked(message, weights);
        if self.phrasings.len() <= SMALL {
            return Similarities { by_phrasing: self.every_sum(&asked), rows: None };
        }
        let rows = self.leading_rows(&asked);
        let mut by_phrasing = vec![0.0; self.phrasings.len()];
        for facts in rows.iter().filter_map(|&row| self.rows.get(row as usize)) {
            for (phrasing, similarity) in facts.phrasings().zip(facts.of_mut(&mut by_phrasing)) {
                *similarity = self.sum(&asked, phrasing);
            }
        }
        Similarities { by_phrasing, rows: Some(rows) }
    }

    /// Compares a message with the words of the table.
    ///
    /// The blocks are of one length each and every text has all three, so their weights alone make up the length of a
    /// text.
    fn asked(&self, message: &Vector, weights: [f32; 3]) -> Asked {
        let squares: f32 = weights.iter().map(|weight| weight * weight).sum();
        let scaled = |block: Block| {
            let factor = BLOCKS.iter().zip(weights).find(|&(&of, _)| of == block);
            let factor = factor.map_or(0.0, |(_, weight)| weight * weight / squares);
            message.block(block).iter().map(move |&(feature, value)| (feature, value * factor))
        };
        let mut words = vec![Affinity::default(); self.words.len()];
        for (stem, value) in scaled(Block::Stems) {
            let value = value * self.vocabulary.rarity(stem);
            for &word in self.words.having(stem) {
                words.get_mut(word as usize).into_iter().for_each(|word| word.stem = value);
            }
        }
        for (gram, value) in scaled(Block::Grams) {
            let value = value * self.vocabulary.rarity(gram);
            for &word in self.words.having(gram) {
                words.get_mut(word as usize).into_iter().for_each(|word| word.grams += value);
            }
        }
        let concepts = scaled(Block::Concepts).filter(|&(_, value)| value > 0.0).collect();
        Asked { words, concepts }
    }

    fn every_sum(&self, asked: &Asked) -> Vec<f32> {
        let mut sums = vec![0.0; self.phrasings.len()];
        let phrasings = self.phrasings.words.iter().zip(&self.phrasings.scales);
        for (sum, (words, &scales)) in sums.iter_mut().zip(phrasings) {
            *sum = asked.sum_of_words(words, scales);
        }
        for &(concept, value) in &asked.concepts {
            for &(phrasing, weight) in self.phrasings.with_concept.of(concept) {
                sums.get_mut(phrasing as usize).into_iter().for_each(|sum| *sum += value * weight);
            }
        }
        sums
    }

    fn sum(&self, asked: &Asked, phrasing: u32) -> f32 {
        let value = |concept: Feature| {
            let at = asked.concepts.binary_search_by_key(&concept, |&(concept, _)| concept);
            at.ok().and_then(|at| asked.concepts.get(at)).map(|&(_, value)| value)
        };
        let concepts = self.phrasings.concepts.of(phrasing).iter();
        let products = concepts.filter_map(|&(concept, weight)| Some(value(concept)? * weight));
        let words = self.phrasings.words.of(phrasing);
        asked.sum_of_words(words, self.phrasings.scales(phrasing)) + products.sum::<f32>()
    }

    /// The rows of the phrasings that lead once the nearest words and the rarest concepts are walked, ascending.
    fn leading_rows(&self, asked: &Asked) -> Vec<u32> {
        let mut sums = vec![0.0f32; self.phrasings.len()];
        let mut touched = Vec::with_capacity(WALKED);
        let mut add = |phrasing: u32, value: f32| {
            if let Some(sum) = sums.get_mut(phrasing as usize) {
                if *sum == 0.0 {
                    touched.push(phrasing);
                }
                *sum += value;
            }
        };
        let words = self.nearest_words(asked);
        for (word, _) in within_reach(words, |&(word, _)| self.phrasings.with_word.of(word).len()) {
            let Affinity { stem, grams } = asked.words.get(word as usize).copied().unwrap_or_default();
            for &phrasing in self.phrasings.with_word.of(word) {
                let scales = self.phrasings.scales(phrasing);
                add(phrasing, stem * scales.stems + grams * scales.grams);
            }
        }
        let with_concept = |concept: Feature| self.phrasings.with_concept.of(concept);
        let mut concepts = asked.concepts.clone();
        concepts.sort_unstable_by_key(|&(concept, _)| (with_concept(concept).len(), concept));
        for (concept, value) in within_reach(concepts, |&(concept, _)| with_concept(concept).len()) {
            with_concept(concept).iter().for_each(|&(phrasing, weight)| add(phrasing, value * weight));
        }
        let sum = |phrasing: u32| sums.get(phrasing as usize).copied().unwrap_or(0.0);
        if touched.len() > CANDIDATES {
            touched.select_nth_unstable_by(CANDIDATES, |&a, &b| sum(b).total_cmp(&sum(a)).then(a.cmp(&b)));
            touched.truncate(CANDIDATES);
        }
        let mut rows: Vec<u32> = touched
            .iter()
            .filter_map(|&phrasing| self.phrasings.row_of.get(phrasing as usize).copied())
            .collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// The words that have most in common with a message, the nearest first, as in a phrasing of usual length.
    fn nearest_words(&self, asked: &Asked) -> Vec<(u32, f32)> {
        let usual = self.usual_scales;
        let near = |word: &Affinity| word.stem * usual.stems + word.grams * usual.grams;
        let most = asked.words.iter().map(near).fold(0.0, f32::max);
        let words = (0..).zip(&asked.words).map(|(number, word)| (number, near(word)));
        let mut nearest: Vec<(u32, f32)> =
            words.filter(|&(_, near)| near > 0.0 && near >= most * FAINT).collect();
        nearest.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        nearest
    }
}

/// The first of what is to be walked, and of the rest what the bound of postings leaves room for.
fn within_reach<T>(terms: Vec<T>, postings: impl Fn(&T) -> usize) -> impl Iterator<Item = T> {
    let mut walked = 0;
    terms.into_iter().filter(move |term| {
        let postings = postings(term);
        let reached = walked == 0 || walked + postings <= WALKED;
        walked += if reached { postings } else { 0 };
        reached
    })
}
