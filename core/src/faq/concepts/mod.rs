//! Concepts: words that mean the same thing to a front desk, built in or given by the author.

mod packing;

use crate::document::{Packed, Unpacking, packed};
use crate::faq::hash::Lookup;
use crate::text::{Lang, TokenKind, fold_word, stem, tokens};
use packing::{Bits, Chance, Term, Thesaurus};
use std::sync::LazyLock;

/// The groups of `concepts.txt`, packed by the build script.
const BUILT_IN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/concepts.bin"));

/// A concept a term belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sense {
    pub(super) concept: u32,
    /// Whether the term only hints at the concept.
    pub(super) loose: bool,
}

packed!(Sense { concept, loose });

/// Terms by the stems of their words, per language.
#[derive(Debug, Clone, Default)]
pub(super) struct Lexicon {
    senses: Lookup<u64, Vec<Sense>>,
    /// Every word of every term; nobody asks for those of a stored lexicon, which is the author's.
    words: Lookup<u64, ()>,
    concepts: u32,
    /// Words of the longest term.
    longest: usize,
}

packed!(Lexicon { senses, concepts, longest; words });

/// In the order of the keys.
impl Packed for Lookup<u64, Vec<Sense>> {
    fn put(&self, out: &mut Vec<u8>) {
        let mut senses: Vec<(u64, Vec<Sense>)> =
            self.iter().map(|(key, senses)| (*key, senses.clone())).collect();
        senses.sort_by_key(|(key, _)| *key);
        senses.put(out);
    }

    fn take(from: &mut Unpacking<'_>) -> Self {
        Vec::take(from).into_iter().collect()
    }
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of(&unpacked(BUILT_IN)));

impl Lexicon {
    pub(super) fn built_in() -> &'static Lexicon {
        &LEXICON
    }

    /// The author's groups, numbered after the built-in ones.
    pub(super) fn of_author(groups: &[Vec<String>]) -> Self {
        let mut lexicon = Lexicon { concepts: LEXICON.concepts, ..Self::default() };
        for group in groups {
            lexicon.add(group.iter().map(String::as_str));
        }
        lexicon
    }

    fn of(thesaurus: &Thesaurus) -> Self {
        let mut lexicon = Lexicon::default();
        let words: Vec<Word> = thesaurus.words.iter().map(|word| Word::of(word)).collect();
        // Most words stand in terms of two languages.
        lexicon.words.reserve(2 * words.len());
        lexicon.senses.reserve(2 * words.len());
        let all = thesaurus.terms.iter().enumerate();
        let mut terms: Vec<(usize, &Term)> =
            all.flat_map(|(first, terms)| terms.iter().map(move |term| (first, term))).collect();
        terms.sort_by_key(|(_, term)| term.concept);
        for (first, term) in terms {
            let numbers = std::iter::once(&first).chain(&term.rest);
            let term_words: Vec<&Word> = numbers.filter_map(|number| words.get(*number)).collect();
            lexicon.add_words(&term_words, Sense { concept: term.concept as u32, loose: term.loose });
            lexicon.concepts = term.concept as u32 + 1;
        }
        lexicon
    }

    fn add<'t>(&mut self, terms: impl Iterator<Item = &'t str>) {
        let concept = self.concepts;
        self.concepts += 1;
        for term in terms {
            let (loose, term) = term.strip_prefix('~').map_or((false, term), |term| (true, term));
            let words: Vec<Word> = tokens(term)
                .filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number))
                .map(|token| Word::of(token.text))
                .collect();
            self.add_words(&words.iter().collect::<Vec<_>>(), Sense { concept, loose });
        }
    }

    fn add_words(&mut self, words: &[&Word], sense: Sense) {
        self.longest = self.longest.max(words.len());
        for (at, lang) in Lang::ALL.into_iter().enumerate() {
            let spelt = words.iter().any(|word| word.spelt.get(at) == Some(&true));
            let stems: Option<Vec<&str>> = words.iter().map(|word| word.stems.get(at)?.as_deref()).collect();
            if let (true, Some(stems)) = (spelt, stems) {
                self.add_term(lang, &stems, sense);
            }
        }
    }

    fn add_term(&mut self, lang: Lang, stems: &[&str], sense: Sense) {
        let mut term = TermKey::new(lang);
        for stem in stems {
            term.push(stem);
            // The beginning of a term is known too, so that a search for terms ends where none goes on.
            self.senses.entry(term.key()).or_default();
            let mut alone = TermKey::new(lang);
            alone.push(stem);
            self.words.insert(alone.key(), ());
        }
        let senses = self.senses.entry(term.key()).or_default();
        match senses.iter_mut().find(|known| known.concept == sense.concept) {
            Some(known) => known.loose &= sense.loose,
            None => senses.push(sense),
        }
    }

    /// Adds the senses of every term that starts at the first of these stems, with the number of its words.
    pub(super) fn starting<'s>(
        &self,
        lang: Lang,
        stems: impl Iterator<Item = &'s str>,
        found: &mut Vec<(usize, Sense)>,
    ) {
        let mut term = TermKey::new(lang);
        for (before, stem) in stems.take(self.longest).enumerate() {
            term.push(stem);
            let Some(senses) = self.senses.get(&term.key()) else { return };
            found.extend(senses.iter().map(|&sense| (before + 1, sense)));
        }
    }

    /// Whether the word is part of some term.
    pub(super) fn has(&self, lang: Lang, stem: &str) -> bool {
        let mut term = TermKey::new(lang);
        term.push(stem);
        self.words.contains_key(&term.key())
    }
}

/// A word of terms, by language in the order of [`Lang::ALL`].
struct Word {
    spelt: [bool; Lang::ALL.len()],
    /// Its stem where it may stand in a term: «код sms» is Russian and Ukrainian; «ціна» is Ukrainian alone.
    stems: [Option<String>; Lang::ALL.len()],
}

impl Word {
    fn of(word: &str) -> Self {
        let folded = fold_word(word);
        let spelt = Lang::ALL.map(|lang| lang.spells(&folded));
        let english = Lang::En.spells(&folded);
        let stems = Lang::ALL.map(|lang| (english || lang.spells(&folded)).then(|| stem(&folded, lang)));
        Self { spelt, stems }
    }
}

/// What the build script packed.
fn unpacked(packed: &[u8]) -> Thesaurus {
    let mut bytes = packed.iter();
    let first = bytes.by_ref().take(4).fold(0, |bits, byte| bits << 8 | u32::from(*byte));
    let mut reader = Reader { low: 0, high: u32::MAX, at: first, bytes };
    Thesaurus::code(&mut reader, &Thesaurus::default())
}

/// Reads bits by the part of the stretch from `low` to `high` that the packed number lies in.
struct Reader<'p> {
    low: u32,
    high: u32,
    at: u32,
    bytes: std::slice::Iter<'p, u8>,
}

impl Bits for Reader<'_> {
    fn bit(&mut self, chance: &mut Chance, _: bool) -> bool {
        let middle = chance.parts(self.low, self.high);
        let bit = self.at <= middle;
        (self.low, self.high) = if bit { (self.low, middle) } else { (middle + 1, self.high) };
        while (self.low ^ self.high) >> 24 == 0 {
            let next = self.bytes.next().copied().unwrap_or_default();
            (self.low, self.high) = (self.low << 8, self.high << 8 | 0xFF);
            self.at = self.at << 8 | u32::from(next);
        }
        chance.learn(bit);
        bit
    }
}

/// The key of a term, built stem by stem: FNV-1a, 64 bits.
#[derive(Clone, Copy)]
struct TermKey(u64);

impl TermKey {
    fn new(lang: Lang) -> Self {
        let mut term = Self(0xcbf2_9ce4_8422_2325);
        term.push(lang.code());
        term
    }

    fn push(&mut self, stem: &str) {
        for byte in stem.bytes().chain([b' ']) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn key(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn concepts(lang: Lang, text: &str) -> Vec<u32> {
        let stems: Vec<String> = text.split(' ').map(|word| stem(word, lang)).collect();
        let mut found = Vec::new();
        Lexicon::built_in().starting(lang, stems.iter().map(String::as_str), &mut found);
        found.into_iter().map(|(_, sense)| sense.concept).collect()
    }

    #[test]
    fn words_of_one_meaning_share_a_concept_across_languages() {
        let discount = concepts(Lang::Ru, "скидки");
        for (lang, text) in [(Lang::Ru, "промокод"), (Lang::Uk, "знижка"), (Lang::En, "coupons")]
        {
            assert!(concepts(lang, text).iter().any(|concept| discount.contains(concept)), "{text}");
        }
        assert!(concepts(Lang::Ru, "ведро").is_empty());
    }

    #[test]
    fn the_packed_groups_are_those_of_the_text() {
        let mut lexicon = Lexicon::default();
        let lines = include_str!("concepts.txt").lines().filter(|line| !line.starts_with('#'));
        for (_, terms) in lines.filter_map(|line| line.split_once(':')) {
            lexicon.add(terms.split(',').map(str::trim));
        }
        let packed = Lexicon::built_in();
        assert_eq!((packed.concepts, packed.longest), (lexicon.concepts, lexicon.longest));
        assert!(packed.words == lexicon.words, "words");
        assert!(packed.senses == lexicon.senses, "senses");
    }

    #[test]
    fn terms_of_several_words_and_the_authors_groups_are_found() {
        assert!(concepts(Lang::Ru, "сколько стоит").len() > concepts(Lang::Ru, "сколько").len());
        let lexicon = Lexicon::of_author(&[vec!["брекеты".into(), "железные скобы".into()]]);
        let mut found = Vec::new();
        lexicon.starting(Lang::Ru, ["железн", "скоб"].into_iter(), &mut found);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, 2);
    }
}
