//! The distinct words of a table and what they are made of.

use super::encode::each_gram;
use super::hash::Lookup;
use super::lists::Lists;
use super::reader::{Reader, Word, words};
use super::vocabulary::{Block, Feature, Vocabulary, key_of};

/// A table says the same words over and over, so that a phrasing is a few numbers of words, and a message is compared
/// with words before it is with phrasings.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// Of each word its stem, then its letter groups.
    features: Lists<Feature>,
    /// The words that have a stem or a letter group.
    having: Lists<u32>,
    /// By the key of the folded spelling.
    numbers: Lookup<u64, u32>,
}

impl Words {
    pub(super) fn len(&self) -> usize {
        self.features.len()
    }

    /// The number of a folded word of the table.
    pub(super) fn number(&self, folded: &str) -> Option<u32> {
        self.numbers.get(&key_of(folded)).copied()
    }

    /// The features of a word.
    pub(super) fn all(&self, word: u32) -> &[Feature] {
        self.features.of(word)
    }

    /// The stem and the letter groups of a word.
    pub(super) fn features(&self, word: u32) -> (Option<Feature>, &[Feature]) {
        match self.all(word).split_first() {
            Some((&stem, grams)) => (Some(stem), grams),
            None => (None, &[]),
        }
    }

    /// The words that have a stem or a letter group.
    pub(super) fn having(&self, feature: Feature) -> &[u32] {
        self.having.of(feature)
    }
}

/// Numbers the words of a table as they come.
#[derive(Debug, Default)]
pub(super) struct Numbering<'t> {
    /// By spelling, as typed.
    typed: Lookup<&'t str, u32>,
    read: Vec<Word>,
    words: Words,
}

impl<'t> Numbering<'t> {
    /// The numbers of the words of a phrasing.
    pub(super) fn phrasing(
        &mut self,
        text: &'t str,
        reader: &Reader,
        vocabulary: &mut Vocabulary,
    ) -> Vec<u32> {
        words(text).map(|typed| self.number(typed, reader, vocabulary)).collect()
    }

    fn number(&mut self, typed: &'t str, reader: &Reader, vocabulary: &mut Vocabulary) -> u32 {
        if let Some(&known) = self.typed.get(typed) {
            return known;
        }
        let word = reader.word(typed);
        let next = self.read.len() as u32;
        let number = *self.words.numbers.entry(key_of(&word.read)).or_insert(next);
        self.typed.insert(typed, number);
        if number == next {
            let mut features = vec![vocabulary.number(Block::Stems, key_of(&word.stem))];
            if reader.ingredients.grams {
                each_gram(&word.read, |gram| features.push(vocabulary.number(Block::Grams, gram)));
            }
            self.words.features.push(features);
            self.read.push(word);
        }
        number
    }

    /// Words as they were read.
    pub(super) fn read(&self, numbers: &[u32]) -> Vec<&Word> {
        numbers.iter().filter_map(|&number| self.read.get(number as usize)).collect()
    }

    /// The words so far.
    pub(super) fn words(&self) -> &Words {
        &self.words
    }

    /// The words, and their distinct stems in order.
    pub(super) fn finish(mut self, vocabulary: &Vocabulary) -> (Words, Vec<(String, Feature)>) {
        self.words.having = self.words.features.inverse(vocabulary.len(), |word, &feature| (feature, word));
        let stems = self.read.into_iter().zip(self.words.features.iter());
        let mut stems: Vec<(String, Feature)> =
            stems.filter_map(|(word, features)| Some((word.stem, *features.first()?))).collect();
        stems.sort_unstable();
        stems.dedup();
        (self.words, stems)
    }
}
