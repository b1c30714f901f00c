//! Why a row was found, in few words.

use super::encode::Vector;
use super::index::Index;
use super::reader::Word;
use super::search::Reading;
use super::types::{Candidate, Rejected, Why, WhyWord};
use super::vocabulary::{BLOCKS, Block, Feature, key_of};
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
        let Some(nearest) = reading.nearest_phrasing() else { return Vec::new() };
        let words: Vec<&Word> = reading.words.iter().collect();
        let shared = self.shared(&reading.vector, &self.vector_of(nearest));
        let product = |feature: Feature| {
            let at = shared.binary_search_by_key(&feature, |&(feature, _)| feature).ok();
            at.and_then(|at| shared.get(at)).map_or(0.0, |&(_, product)| product)
        };
        let of_word = |at| self.features_of(&words, at).into_iter().map(product).sum::<f32>();
        let shares: Vec<f32> = (0..words.len()).map(of_word).collect();
        let whole = shares.iter().sum::<f32>().max(f32::MIN_POSITIVE);
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

    fn features_of(&self, words: &[&Word], at: usize) -> Vec<Feature> {
        let Some(word) = words.get(at) else { return Vec::new() };
        let mut features = Vec::new();
        features.extend(self.vocabulary.get(Block::Stems, key_of(&word.stem)));
        self.reader.each_gram_of(word, self.known(), |gram, _| features.extend(gram));
        self.reader
            .concepts_at(words, at, |key, _| features.extend(self.vocabulary.get(Block::Concepts, key)));
        features
    }

    /// What each feature of a message adds to its similarity with a phrasing, by feature.
    fn shared(&self, message: &Vector, phrasing: &Vector) -> Vec<(Feature, f32)> {
        let mut shared = Vec::new();
        for (block, weight) in BLOCKS.into_iter().zip(self.calibration.weights) {
            let mut asked = message.block(block).iter().peekable();
            for &(feature, own) in phrasing.block(block) {
                while asked.next_if(|&&(asked, _)| asked < feature).is_some() {}
                if let Some(&(_, value)) = asked.next_if(|&&(asked, _)| asked == feature) {
                    shared.push((feature, weight * weight * own * value));
                }
            }
        }
        shared.sort_unstable_by_key(|&(feature, _)| feature);
        shared
    }
}

fn shorten(text: &mut String) {
    if let Some((end, _)) = text.char_indices().nth(CHARACTERS) {
        text.truncate(end);
        text.push('…');
    }
}
