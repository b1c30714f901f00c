//! The phrasings of a table: bags of words with their concepts.

use super::encode::Vector;
use super::lists::Lists;
use super::vocabulary::{Feature, Vocabulary};
use super::words::Words;

/// The phrasings that have words, by number.
#[derive(Debug, Default)]
pub(super) struct Phrasings {
    pub(super) words: Lists<u32>,
    /// The phrasings that have a word.
    pub(super) with_word: Lists<u32>,
    /// Concepts with their weights, a phrasing's of length 1.
    pub(super) concepts: Lists<(Feature, f32)>,
    /// The phrasings that have a concept, with its weight there.
    pub(super) with_concept: Lists<(u32, f32)>,
    pub(super) scales: Vec<Scales>,
    /// The row of each phrasing, ascending.
    pub(super) row_of: Vec<u32>,
}

/// 1 / the length of what a phrasing is made of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scales {
    pub(super) stems: f32,
    pub(super) grams: f32,
}

impl Default for Scales {
    fn default() -> Self {
        Self { stems: 1.0, grams: 1.0 }
    }
}

impl Phrasings {
    pub(super) fn len(&self) -> usize {
        self.row_of.len()
    }

    pub(super) fn push(&mut self, row: u32, words: Vec<u32>, concepts: Vec<(Feature, f32)>) {
        self.words.push(words);
        self.concepts.push(concepts);
        self.row_of.push(row);
    }

    /// Fixes the lengths once every rarity is known, and turns the lists round.
    pub(super) fn finish(&mut self, words: &Words, vocabulary: &Vocabulary) {
        let mut sums = Sums::new(vocabulary.len());
        self.scales = vec![Scales::default(); self.len()];
        for phrasing in 0..self.len() as u32 {
            let [stems, grams] = self.word_squares([phrasing].into_iter(), words, vocabulary, &mut sums);
            if let Some(scales) = self.scales.get_mut(phrasing as usize) {
                *scales = Scales { stems: inverse_root(stems), grams: inverse_root(grams) };
            }
        }
        self.concepts.each_mut(|concepts| {
            concepts.iter_mut().for_each(|(concept, weight)| *weight *= vocabulary.rarity(*concept));
            let scale = inverse_root(concepts.iter().map(|(_, weight)| weight * weight).sum());
            concepts.iter_mut().for_each(|(_, weight)| *weight *= scale);
        });
        self.with_word = self.words.inverse(words.len(), |phrasing, &word| (word, phrasing));
        self.with_concept = self
            .concepts
            .inverse(vocabulary.len(), |phrasing, &(concept, weight)| (concept, (phrasing, weight)));
    }

    /// Words of a usual phrasing.
    pub(super) fn usual_words(&self) -> f32 {
        self.words.items() as f32 / self.len().max(1) as f32
    }

    /// The scales of a phrasing of usual length.
    pub(super) fn usual_scales(&self) -> Scales {
        let usual = |scale: fn(&Scales) -> f32| {
            let lengths = self.scales.iter().map(scale).filter(|&scale| scale > 0.0).map(|scale| 1.0 / scale);
            self.len().max(1) as f32 / lengths.sum::<f32>().max(f32::MIN_POSITIVE)
        };
        Scales { stems: usual(|scales| scales.stems), grams: usual(|scales| scales.grams) }
    }

    /// A phrasing as a message would be.
    pub(super) fn vector(&self, phrasing: u32, words: &Words, vocabulary: &Vocabulary) -> Vector {
        let scales = self.scales(phrasing);
        let (mut stems, mut grams) = (Vec::new(), Vec::new());
        for &word in self.words.of(phrasing) {
            let (stem, of_word) = words.features(word);
            stems.extend(stem.map(|stem| (stem, vocabulary.rarity(stem) * scales.stems)));
            grams.extend(of_word.iter().map(|&gram| (gram, vocabulary.rarity(gram) * scales.grams)));
        }
        let concepts = self.concepts.of(phrasing).to_vec();
        let mass = if scales.stems > 0.0 { 1.0 / scales.stems } else { 0.0 };
        Vector::of_blocks([stems, grams, concepts], mass)
    }

    pub(super) fn scales(&self, phrasing: u32) -> Scales {
        self.scales.get(phrasing as usize).copied().unwrap_or_default()
    }

    /// The squared length of the sum of phrasings, block by block.
    pub(super) fn squares(
        &self,
        phrasings: impl Iterator<Item = u32> + Clone,
        words: &Words,
        vocabulary: &Vocabulary,
        sums: &mut Sums,
    ) -> [f32; 3] {
        let [stems, grams] = self.word_squares(phrasings.clone(), words, vocabulary, sums);
        for &(concept, weight) in phrasings.flat_map(|phrasing| self.concepts.of(phrasing)) {
            sums.add(concept, weight);
        }
        [stems, grams, sums.squares()]
    }

    fn word_squares(
        &self,
        phrasings: impl Iterator<Item = u32> + Clone,
        words: &Words,
        vocabulary: &Vocabulary,
        sums: &mut Sums,
    ) -> [f32; 2] {
        let said = || {
            let scaled = phrasings.clone().map(|phrasing| (phrasing, self.scales(phrasing)));
            scaled.flat_map(|(phrasing, scales)| {
                self.words.of(phrasing).iter().map(move |&word| (word, scales))
            })
        };
        for (word, scales) in said() {
            if let (Some(stem), _) = words.features(word) {
                sums.add(stem, vocabulary.rarity(stem) * scales.stems);
            }
        }
        let stems = sums.squares();
        for (word, scales) in said() {
            for &gram in words.features(word).1 {
                sums.add(gram, vocabulary.rarity(gram) * scales.grams);
            }
        }
        [stems, sums.squares()]
    }
}

fn inverse_root(square: f32) -> f32 {
    if square > 0.0 { 1.0 / square.sqrt() } else { 0.0 }
}

/// Sums by feature, empty again once they are read.
#[derive(Debug)]
pub(super) struct Sums {
    by_feature: Vec<f32>,
    touched: Vec<Feature>,
}

impl Sums {
    pub(super) fn new(features: usize) -> Self {
        Self { by_feature: vec![0.0; features], touched: Vec::new() }
    }

    fn add(&mut self, feature: Feature, value: f32) {
        if let Some(sum) = self.by_feature.get_mut(feature as usize) {
            if *sum == 0.0 {
                self.touched.push(feature);
            }
            *sum += value;
        }
    }

    /// The sum of the squares.
    fn squares(&mut self) -> f32 {
        let by_feature = &mut self.by_feature;
        let mut take = |feature: Feature| by_feature.get_mut(feature as usize).map_or(0.0, std::mem::take);
        self.touched.drain(..).map(&mut take).map(|sum| sum * sum).sum()
    }
}
