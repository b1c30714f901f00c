//! Why a row was found, in few words.

use super::encode::{Vector, each_gram};
use super::index::Index;
use super::reader::Word;
use super::search::Reading;
use super::types::{Candidate, Rejected, Why, WhyWord};
use super::vocabulary::{Block, Feature, key_of};
use std::cmp::Reverse;

/// Words and repairs told at most: the record keeps this.
const WORDS: usize = 8;
/// Characters of a message told at most.
const CHARACTERS: usize = 80;

impl Index {
    pub(super) fn why(
        &self,
        reading: &Reading,
        runner_up: Option<Candidate>,
        needed: u16,
        rejected: Option<Rejected>,
    ) -> Why {
        let mut repairs = reading.repairs.clone();
        repairs.truncate(WORDS);
        for repair in &mut repairs {
            shorten(&mut repair.from);
            shorten(&mut repair.to);
        }
        Why { words: self.shared_words(reading), repairs, runner_up, needed, rejected }
    }

    /// The words of the message that speak for the best row, by what they add to the nearest of its phrasings.
    fn shared_words(&self, reading: &Reading) -> Vec<WhyWord> {
        let Some(row) = reading.best_row().and_then(|row| self.rows.get(row as usize)) else {
            return Vec::new();
        };
        let product = |feature, phrasing| self.product(reading, feature, phrasing);
        let words: Vec<Vec<(Block, Feature)>> =
            (0..reading.words.len()).map(|at| self.features_of(&reading.words, at)).collect();
        let by_phrasing = (row.first..row.first + row.count).map(|phrasing| {
            let of_word = |features: &Vec<(Block, Feature)>| {
                features.iter().map(|&feature| product(feature, phrasing)).sum::<f32>()
            };
            words.iter().map(of_word).collect::<Vec<f32>>()
        });
        let total = |shares: &Vec<f32>| shares.iter().sum::<f32>();
        let Some(shares) = by_phrasing.max_by(|a, b| total(a).total_cmp(&total(b))) else {
            return Vec::new();
        };
        let whole = total(&shares).max(f32::MIN_POSITIVE);
        let weighed = reading.words.iter().zip(&shares).map(|(word, share)| WhyWord {
            word: word.typed.clone(),
            weight: (share / whole * 1000.0 + 0.5) as u16,
        });
        let mut words: Vec<WhyWord> = weighed.filter(|word| word.weight > 0).collect();
        words.sort_by_key(|word| Reverse(word.weight));
        words.truncate(WORDS);
        words.iter_mut().for_each(|word| shorten(&mut word.word));
        words
    }

    fn features_of(&self, words: &[Word], at: usize) -> Vec<(Block, Feature)> {
        let Some(word) = words.get(at) else { return Vec::new() };
        let mut features = Vec::new();
        let mut add =
            |block, key| features.extend(self.vocabulary.get(block, key).map(|feature| (block, feature)));
        add(Block::Stems, key_of(&word.stem));
        each_gram(&word.read, |gram| add(Block::Grams, gram));
        self.reader.concepts_at(words, at, |concept, _| add(Block::Concepts, concept));
        features
    }

    fn product(&self, reading: &Reading, (block, feature): (Block, Feature), phrasing: u32) -> f32 {
        let weight = self.calibration.weights.get(block as usize).copied().unwrap_or(0.0);
        let value = |vector: &Vector| {
            let block = vector.block(block);
            let at = block.binary_search_by_key(&feature, |&(feature, _)| feature).ok()?;
            block.get(at).map(|&(_, value)| f32::from(value))
        };
        let own = self.vectors.get(phrasing as usize).and_then(value);
        weight * weight * own.unwrap_or(0.0) * value(&reading.vector).unwrap_or(0.0)
    }
}

fn shorten(text: &mut String) {
    if let Some((end, _)) = text.char_indices().nth(CHARACTERS) {
        text.truncate(end);
        text.push('…');
    }
}
