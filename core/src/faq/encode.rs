//! From words to numbers: the three blocks of a text.

use super::concepts::Lexicon;
use super::reader::{Known, Reader, Word};
use super::vocabulary::{BLOCKS, Block, Feature, Vocabulary, key_of};

/// What a term that only hints at a concept weighs beside one that names it.
const LOOSE: f32 = 0.35;
/// What a word without a concept weighs in the block of concepts, where it stands for itself.
const WITHOUT_CONCEPT: f32 = 0.5;
/// Marks keys of words without a concept, beside the small numbers of concepts.
const OWN_SENSE: u64 = 1 << 63;

/// Letter groups of a usual word, to make room for them at once.
const GRAMS_OF_A_WORD: usize = 24;

/// Marks features that the table does not have, beside the numbers of those it has.
const UNKNOWN: u64 = 1 << 63;

/// A feature of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Occurrence {
    /// The number of a feature that the table has, or the marked key of another.
    id: u64,
    /// How often, weighed.
    pub(super) count: f32,
    /// How sure, 0 to 1.
    trust: f32,
}

impl Occurrence {
    fn of(feature: Option<Feature>, key: u64, count: f32) -> Self {
        Self { id: feature.map_or(key | UNKNOWN, u64::from), count, trust: 1.0 }
    }

    /// The feature, where the table has it.
    pub(super) fn feature(&self) -> Option<Feature> {
        Feature::try_from(self.id).ok()
    }
}

/// The features of a text, one list per block: those of the table in order, then others, without repeats.
pub(super) type Occurrences = [Vec<Occurrence>; 3];

impl Reader {
    /// The features of the words of a message.
    pub(super) fn occurrences(&self, words: &[&Word], known: Known<'_>) -> Occurrences {
        let (mut stems, mut grams) = (Vec::with_capacity(words.len()), Vec::new());
        grams.reserve(words.len() * GRAMS_OF_A_WORD);
        for word in words {
            let stem = key_of(&word.stem);
            let stem = Occurrence::of(known.vocabulary.get(Block::Stems, stem), stem, word.weight);
            stems.push(Occurrence { trust: word.trust, ..stem });
            self.each_gram_of(word, known, |gram, key| grams.push(Occurrence::of(gram, key, word.weight)));
        }
        merge(&mut stems, |kept, next| kept.count += next.count);
        merge(&mut grams, |kept, next| kept.count += next.count);
        [stems, grams, self.concepts_of(words, |key| known.vocabulary.get(Block::Concepts, key))]
    }

    /// Calls back with the letter groups of a word; a word of the table needs no looking up of each.
    pub(super) fn each_gram_of(
        &self,
        word: &Word,
        known: Known<'_>,
        mut found: impl FnMut(Option<Feature>, u64),
    ) {
        if !self.ingredients.grams {
            return;
        }
        match known.words.number(&word.read) {
            Some(number) => known.words.features(number).1.iter().for_each(|&gram| found(Some(gram), 0)),
            None => each_gram(&word.read, |key| found(known.vocabulary.get(Block::Grams, key), key)),
        }
    }

    /// The concepts of words, and the words that have none.
    pub(super) fn concepts_of(
        &self,
        words: &[&Word],
        mut feature: impl FnMut(u64) -> Option<Feature>,
    ) -> Vec<Occurrence> {
        let mut concepts = Vec::with_capacity(words.len() * 2);
        for at in 0..words.len() {
            self.concepts_at(words, at, |key, count| concepts.push(Occurrence::of(feature(key), key, count)));
        }
        // A concept said twice is no more than said once.
        merge(&mut concepts, |kept, next| kept.count = kept.count.max(next.count));
        concepts
    }

    /// The concepts that terms starting at a word bring, or the word itself where it has none.
    pub(super) fn concepts_at(&self, words: &[&Word], at: usize, mut found: impl FnMut(u64, f32)) {
        let rest = words.get(at..).unwrap_or_default();
        let Some(word) = rest.first() else { return };
        let mut senses = Vec::new();
        let built_in = self.concepts.then(Lexicon::built_in);
        for lexicon in built_in.into_iter().chain([&self.author]) {
            let before = senses.len();
            lexicon.starting(word.lang, rest.iter().map(|word| word.stem.as_str()), &mut senses);
            if let Some((lang, stem)) = &word.origin
                && senses.len() == before
            {
                lexicon.starting(*lang, std::iter::once(stem.as_str()), &mut senses);
            }
        }
        if senses.is_empty() {
            found(key_of(&word.stem) | OWN_SENSE, word.weight * WITHOUT_CONCEPT);
            return;
        }
        // A word of many senses says less of each.
        let share = 1.0 / (senses.len() as f32).sqrt();
        for (count, sense) in senses {
            let weight = rest.iter().take(count).map(|word| word.weight).sum::<f32>() / count as f32;
            found(u64::from(sense.concept), weight * share * if sense.loose { LOOSE } else { 1.0 });
        }
    }
}

fn merge(list: &mut Vec<Occurrence>, add: impl Fn(&mut Occurrence, &Occurrence)) {
    // Stable, so that what is said twice adds up in the order of the text on every platform.
    list.sort_by_key(|occurrence| occurrence.id);
    list.dedup_by(|next, kept| {
        let same = next.id == kept.id;
        if same {
            kept.trust = kept.trust.max(next.trust);
            add(kept, next);
        }
        same
    });
}

/// Letter groups of 2 to 4 inside ` word `, 16 bits a letter.
pub(super) fn each_gram(word: &str, mut found: impl FnMut(u64)) {
    let edge = u64::from(b' ');
    let letters = word.chars().map(|c| u64::from(u16::try_from(u32::from(c)).unwrap_or(u16::MAX)));
    let mut last_four = edge;
    for (letters_before, letter) in letters.chain([edge]).enumerate() {
        last_four = last_four << 16 | letter;
        found(last_four & 0xFFFF_FFFF);
        if letters_before >= 1 {
            found(last_four & 0xFFFF_FFFF_FFFF);
        }
        if letters_before >= 2 {
            found(last_four);
        }
    }
}

/// A text as numbers: the weights of its known features, each block of length 1 before unknown features shorten it.
#[derive(Debug, Default, Clone)]
pub(super) struct Vector {
    /// Known features, block after block, sorted by feature within each.
    pub(super) features: Vec<(Feature, f32)>,
    /// Where each block ends.
    ends: [usize; 3],
    /// Length of the stems before scaling: how much the text says.
    pub(super) mass: f32,
}

impl Vector {
    /// The vector of blocks already scaled; what a block says twice is summed.
    pub(super) fn of_blocks(blocks: [Vec<(Feature, f32)>; 3], mass: f32) -> Self {
        let mut vector = Self { mass, ..Self::default() };
        for (mut block, end) in blocks.into_iter().zip(0..) {
            block.sort_by_key(|&(feature, _)| feature);
            let sum = |same: &[(Feature, f32)]| same.iter().map(|(_, weight)| weight).sum::<f32>();
            let merged = block.chunk_by(|a, b| a.0 == b.0);
            vector.features.extend(merged.filter_map(|same| Some((same.first()?.0, sum(same)))));
            vector.end_block(end);
        }
        vector
    }

    /// The vector of a message: unknown features count in its length at the highest rarity.
    pub(super) fn of_message(
        occurrences: &Occurrences,
        vocabulary: &Vocabulary,
        count_unknown: bool,
    ) -> Self {
        let mut vector = Self::default();
        for ((number, block), occurrences) in BLOCKS.into_iter().enumerate().zip(occurrences) {
            let start = vector.features.len();
            let mut squares = 0.0f32;
            for occurrence in occurrences {
                let feature = occurrence.feature();
                let rarity = feature.map_or(vocabulary.unseen, |feature| vocabulary.rarity(feature));
                let weight = occurrence.count * rarity;
                if feature.is_some() || count_unknown {
                    squares += weight * weight;
                }
                vector.features.extend(feature.map(|feature| (feature, weight * occurrence.trust)));
            }
            let length = squares.sqrt();
            let known = vector.features.get_mut(start..).unwrap_or_default();
            known.iter_mut().for_each(|(_, weight)| *weight /= length);
            if block == Block::Stems {
                vector.mass = length;
            }
            vector.end_block(number);
        }
        vector
    }

    /// Blocks are filled in order, so each later one ends here as long as it is empty.
    fn end_block(&mut self, block: usize) {
        let end = self.features.len();
        self.ends.iter_mut().skip(block).for_each(|later| *later = end);
    }

    pub(super) fn block(&self, block: Block) -> &[(Feature, f32)] {
        let [stems, grams, concepts] = self.ends;
        let range = match block {
            Block::Stems => 0..stems,
            Block::Grams => stems..grams,
            Block::Concepts => grams..concepts,
        };
        self.features.get(range).unwrap_or_default()
    }

    /// The share of the stems' mass, 0 to 1, that rows beside one row have.
    pub(super) fn known(&self, vocabulary: &Vocabulary, beside_one: bool) -> f32 {
        let least = if beside_one { 2 } else { 1 };
        let stems = self.block(Block::Stems).iter();
        let known = stems.filter(|&&(feature, _)| vocabulary.rows_with(feature) >= least);
        known.map(|&(_, weight)| weight * weight).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letter_groups_have_the_edges_of_the_word() {
        let groups = |word: &str| {
            let mut groups = Vec::new();
            each_gram(word, |gram| {
                let letters = gram.to_be_bytes();
                let letters =
                    letters.chunks(2).map(|pair| pair.iter().fold(0u32, |c, &b| c << 8 | u32::from(b)));
                groups.push(letters.filter(|&c| c > 0).filter_map(char::from_u32).collect::<String>());
            });
            groups
        };
        assert_eq!(groups("да"), [" д", "да", " да", "а ", "да ", " да "]);
        assert_eq!(groups(""), ["  "]);
    }

    #[test]
    fn a_message_of_unknown_words_is_short_in_known_ones() {
        let mut vocabulary = Vocabulary::default();
        let known = vocabulary.number(Block::Stems, 1);
        vocabulary.seen_in(known, 0);
        vocabulary.finish(1);
        let stem = |key| Occurrence::of(vocabulary.get(Block::Stems, key), key, 1.0);
        let occurrences: Occurrences = [vec![stem(1), stem(2), stem(3)], vec![], vec![]];
        let weight =
            |unknown| Vector::of_message(&occurrences, &vocabulary, unknown).block(Block::Stems)[0].1;
        assert_eq!(weight(false), 1.0);
        assert!(weight(true) < 0.5);
    }
}
