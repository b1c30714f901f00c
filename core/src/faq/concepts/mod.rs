//! Concepts: words that mean the same thing to a front desk, built in or given by the author.

use crate::faq::hash::Lookup;
use crate::text::{Lang, TokenKind, fold_word, stem, tokens};
use serde::{Deserialize, Serialize, Serializer};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The built-in groups: a line each, `NAME: word, several words, ~looser word`.
const BUILT_IN: &str = include_str!("concepts.txt");

/// A concept a term belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sense {
    pub(super) concept: u32,
    /// Whether the term only hints at the concept.
    pub(super) loose: bool,
}

/// Terms by the stems of their words, per language.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Lexicon {
    #[serde(serialize_with = "in_order")]
    senses: Lookup<u64, Vec<Sense>>,
    /// Every word of every term; nobody asks for those of a stored lexicon, which is the author's.
    #[serde(skip)]
    words: Lookup<u64, ()>,
    concepts: u32,
    /// Words of the longest term.
    longest: usize,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::default();
    for line in BUILT_IN.lines().filter(|line| !line.starts_with('#')) {
        if let Some((_, terms)) = line.split_once(':') {
            lexicon.add(terms.split(',').map(str::trim));
        }
    }
    lexicon
});

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
            let mut alone = Term::new(lang);
            alone.push(&stem);
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
        let mut term = Term::new(lang);
        for (before, stem) in stems.take(self.longest).enumerate() {
            term.push(stem);
            let Some(senses) = self.senses.get(&term.key()) else { return };
            found.extend(senses.iter().map(|&sense| (before + 1, sense)));
        }
    }

    /// Whether the word is part of some term.
    pub(super) fn has(&self, lang: Lang, stem: &str) -> bool {
        let mut term = Term::new(lang);
        term.push(stem);
        self.words.contains_key(&term.key())
    }
}

/// Writes a lookup in the order of its keys: the same bytes every time.
fn in_order<S: Serializer>(senses: &Lookup<u64, Vec<Sense>>, out: S) -> Result<S::Ok, S::Error> {
    senses.iter().collect::<BTreeMap<_, _>>().serialize(out)
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
        let lexicon = Lexicon::of_author(&[vec!["брекеты".into(), "железные скобы".into()]]);
        let mut found = Vec::new();
        lexicon.starting(Lang::Ru, ["железн", "скоб"].into_iter(), &mut found);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, 2);
    }
}
