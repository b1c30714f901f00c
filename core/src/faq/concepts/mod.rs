//! Concepts: words that mean the same thing to a front desk, built in or given by the author.

use crate::faq::hash::Lookup;
use crate::text::fold::is_cyrillic;
use crate::text::{Lang, TokenKind, fold_word, stem, tokens};
use std::sync::LazyLock;

/// The built-in groups: a line each, `NAME: word, several words, ~looser word`.
const BUILT_IN: &str = include_str!("concepts.txt");

/// A concept a term belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sense {
    pub(super) concept: u32,
    /// Whether the term only hints at the concept.
    pub(super) loose: bool,
}

/// Terms by the stems of their words, per language.
#[derive(Debug, Clone, Default)]
pub(super) struct Lexicon {
    senses: Lookup<u64, Vec<Sense>>,
    /// Every word of every term.
    words: Lookup<u64, ()>,
    concepts: u32,
    /// Words of the longest term.
    longest: usize,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::default();
    built_in_groups().for_each(|terms| lexicon.add(terms));
    lexicon
});

/// The terms of each built-in concept, in the order of their numbers.
pub(super) fn built_in_groups() -> impl Iterator<Item = impl Iterator<Item = &'static str> + Clone> {
    let lines = BUILT_IN.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(':')).map(|(_, terms)| terms.split(',').map(str::trim))
}

impl Lexicon {
    pub(super) fn built_in() -> &'static Lexicon {
        &LEXICON
    }

    /// Groups of terms, numbered after those of another lexicon.
    pub(super) fn after(before: &Lexicon, groups: &[Vec<String>]) -> Self {
        let mut lexicon = Lexicon { concepts: before.concepts, ..Self::default() };
        for group in groups {
            lexicon.add(group.iter().map(String::as_str));
        }
        lexicon
    }

    /// Adds words of no concept, so that they are known to be none misspelt.
    pub(super) fn add_words<'s>(&mut self, cyrillic: Lang, stems: impl Iterator<Item = &'s str>) {
        for stem in stems {
            let lang = if stem.chars().any(is_cyrillic) { cyrillic } else { Lang::En };
            self.words.insert(word_key(lang, stem), ());
        }
    }

    /// The numbers of the built-in concepts and of these.
    pub(super) fn numbers(&self) -> std::ops::Range<u32> {
        0..self.concepts
    }

    fn add<'t>(&mut self, terms: impl Iterator<Item = &'t str>) {
        let concept = self.concepts;
        self.concepts += 1;
        for term in terms {
            let (loose, term) = term.strip_prefix('~').map_or((false, term), |term| (true, term));
            let words: Vec<String> = tokens(term)
                .filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number))
                .map(|token| fold_word(token.text))
                .collect();
            if words.is_empty() {
                continue;
            }
            self.longest = self.longest.max(words.len());
            // «код sms» is Russian and Ukrainian; «ціна» is Ukrainian alone.
            let of_it = |lang: &Lang| {
                words.iter().any(|word| lang.spells(word))
                    && words.iter().all(|word| lang.spells(word) || Lang::En.spells(word))
            };
            for lang in Lang::ALL.into_iter().filter(of_it) {
                self.add_term(lang, &words, Sense { concept, loose });
            }
        }
    }

    fn add_term(&mut self, lang: Lang, words: &[String], sense: Sense) {
        let mut term = Term::new(lang);
        for word in words {
            let stem = stem(word, lang);
            term.push(&stem);
            // The beginning of a term is known too, so that a search for terms ends where none goes on.
            self.senses.entry(term.key()).or_default();
            self.words.insert(word_key(lang, &stem), ());
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
        let mut term = Term::new(lang);
        for (before, stem) in stems.take(self.longest).enumerate() {
            term.push(stem);
            let Some(senses) = self.senses.get(&term.key()) else { return };
            found.extend(senses.iter().map(|&sense| (before + 1, sense)));
        }
    }

    /// Whether the word is part of some term.
    pub(super) fn has(&self, lang: Lang, stem: &str) -> bool {
        self.words.contains_key(&word_key(lang, stem))
    }
}

fn word_key(lang: Lang, stem: &str) -> u64 {
    let mut term = Term::new(lang);
    term.push(stem);
    term.key()
}

/// The key of a term, built stem by stem: FNV-1a, 64 bits.
#[derive(Clone, Copy)]
struct Term(u64);

impl Term {
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
    fn terms_of_several_words_and_the_authors_groups_are_found() {
        assert!(concepts(Lang::Ru, "сколько стоит").len() > concepts(Lang::Ru, "сколько").len());
        let lexicon = Lexicon::after(Lexicon::built_in(), &[vec!["брекеты".into(), "железные скобы".into()]]);
        let mut found = Vec::new();
        lexicon.starting(Lang::Ru, ["железн", "скоб"].into_iter(), &mut found);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, 2);
    }
}
