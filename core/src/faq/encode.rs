//! From words to numbers: the three blocks of a text.

use super::reader::{Reader, Word};
use super::vocabulary::{BLOCKS, Block, Feature, Vocabulary, key_of};

/// A weight of 1 as an integer, so that sums are the same in any order and on any platform.
pub(super) const UNIT: f32 = 32768.0;

/// What a term that only hints at a concept weighs beside one that names it.
const LOOSE: f32 = 0.5;
/// What a word without a concept weighs in the block of concepts, where it stands for itself.
const WITHOUT_CONCEPT: f32 = 0.5;
/// How much more it weighs where the table does not have it at all: it speaks of something else.
const STRANGE: f32 = 1.35;
/// Marks keys of words without a concept, beside the small numbers of concepts.
const OWN_SENSE: u64 = 1 << 63;

/// Letter groups of a usual word, to make room for them at once.
const GRAMS_OF_A_WORD: usize = 24;

/// A feature of a text before it has a number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Occurrence {
    pub(super) key: u64,
    /// How often, weighed.
    pub(super) count: f32,
    /// How sure, 0 to 1.
    pub(super) trust: f32,
}

/// The features of a text, one list per block, sorted by key without repeats.
pub(super) type Keys = [Vec<Occurrence>; 3];

impl Reader {
    /// The features of words.
    pub(super) fn keys(&self, words: &[Word]) -> Keys {
        let mut keys = Keys::default();
        let [stems, grams, concepts] = &mut keys;
        stems.reserve(words.len());
        grams.reserve(words.len() * GRAMS_OF_A_WORD);
        for word in words {
            stems.push(Occurrence { key: key_of(&word.stem), count: word.weight, trust: word.trust });
            if self.ingredients.grams {
                each_gram(&word.read, |key| grams.push(Occurrence { key, count: word.weight, trust: 1.0 }));
            }
        }
        for at in 0..words.len() {
            self.concepts_at(words, at, |key, count| concepts.push(Occurrence { key, count, trust: 1.0 }));
        }
        merge(stems, |kept, next| kept.count += next.count);
        merge(grams, |kept, next| kept.count += next.count);
        // A concept said twice is no more than said once.
        merge(concepts, |kept, next| kept.count = kept.count.max(next.count));
        keys
    }

    /// The concepts that terms starting at a word bring, or the word itself where it has none.
    pub(super) fn concepts_at(&self, words: &[Word], at: usize, mut found: impl FnMut(u64, f32)) {
        let rest = words.get(at..).unwrap_or_default();
        let Some(word) = rest.first() else { return };
        let mut senses = Vec::new();
        let built_in = self.concepts.then_some(&*self.built_in);
        for lexicon in built_in.into_iter().chain([&self.author]) {
            let before = senses.len();
            lexicon.starting(word.lang, rest.iter().map(|word| word.stem.as_str()), &mut senses);
            if let Some((lang, stem)) = &word.origin
                && senses.len() == before
            {
                lexicon.starting(*lang, std::iter::once(stem.as_str()), &mut senses);
            }
            senses.retain(|(_, sense)| self.uses(sense.concept));
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
    list.sort_unstable_by_key(|occurrence| occurrence.key);
    list.dedup_by(|next, kept| {
        let same = next.key == kept.key;
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

/// A text as integers: the weights of its known features, each block of length [`UNIT`] before unknown features
/// shorten it.
#[derive(Debug, Default, Clone)]
pub(super) struct Vector {
    /// Known features, block after block, sorted by feature within each.
    pub(super) features: Vec<(Feature, u16)>,
    /// Where each block ends.
    ends: [usize; 3],
    /// Length of the stems before scaling: how much the text says.
    pub(super) mass: f32,
}

impl Vector {
    /// The vector of a phrasing, whose features are all known.
    pub(super) fn of_phrasing(counts: &[Vec<(Feature, f32)>; 3], vocabulary: &Vocabulary) -> Self {
        let mut vector = Self::default();
        for (block, counts) in BLOCKS.into_iter().zip(counts) {
            let features = counts.iter().map(|&(feature, count)| (Some(feature), count, 1.0));
            vector.fill(block, features, vocabulary, true);
        }
        vector
    }

    /// The vector of a message: unknown features count in its length at the highest rarity.
    pub(super) fn of_message(keys: &Keys, vocabulary: &Vocabulary, count_unknown: bool) -> Self {
        let mut vector = Self::default();
        for (block, keys) in BLOCKS.into_iter().zip(keys) {
            let features = keys.iter().map(|key| match vocabulary.get(block, key.key) {
                None if block == Block::Concepts => (None, key.count * STRANGE, key.trust),
                feature => (feature, key.count, key.trust),
            });
            vector.fill(block, features, vocabulary, count_unknown);
        }
        vector
    }

    pub(super) fn block(&self, block: Block) -> &[(Feature, u16)] {
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
        known.map(|&(_, value)| f32::from(value) / UNIT).map(|value| value * value).sum()
    }

    fn fill(
        &mut self,
        block: Block,
        features: impl Iterator<Item = (Option<Feature>, f32, f32)>,
        vocabulary: &Vocabulary,
        count_unknown: bool,
    ) {
        let mut squares = 0.0f32;
        let mut known = Vec::with_capacity(features.size_hint().0);
        for (feature, count, trust) in features {
            let rarity = feature.map_or(vocabulary.unseen, |feature| vocabulary.rarity(feature));
            let weight = dampened(count) * rarity;
            if feature.is_some() || count_unknown {
                squares += weight * weight;
            }
            known.extend(feature.map(|feature| (feature, weight * trust)));
        }
        let length = squares.sqrt();
        let scaled = |(feature, weight): (Feature, f32)| (feature, (weight / length * UNIT + 0.5) as u16);
        let start = self.features.len();
        self.features.extend(known.into_iter().map(scaled));
        let filled = self.features.get_mut(start..).unwrap_or_default();
        filled.sort_unstable_by_key(|&(feature, _)| feature);
        if block == Block::Stems {
            self.mass = length;
        }
        // Blocks are filled in order, so each later one ends here as long as it is empty.
        let end = self.features.len();
        self.ends.iter_mut().skip(block as usize).for_each(|later| *later = end);
    }
}

/// Sublinear counts: the third mention says less than the first.
fn dampened(count: f32) -> f32 {
    if count <= 1.0 { count } else { 1.0 + libm::logf(count) }
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
        vocabulary.add(Block::Stems, 1, 0);
        vocabulary.finish(1);
        let key = |key| Occurrence { key, count: 1.0, trust: 1.0 };
        let keys: Keys = [vec![key(1), key(2), key(3)], vec![], vec![]];
        let weight = |unknown| Vector::of_message(&keys, &vocabulary, unknown).block(Block::Stems)[0].1;
        assert_eq!(weight(false), UNIT as u16);
        assert!(weight(true) < UNIT as u16 / 2);
    }
}
