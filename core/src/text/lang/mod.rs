//! What the crate knows of a language: one file each, so that the next language is one more file.

mod en;
mod ru;
mod uk;

use std::collections::HashMap;
use std::sync::LazyLock;

/// A language the crate knows words of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Lang {
    /// Russian.
    Ru,
    /// Ukrainian.
    Uk,
    /// English.
    En,
}

/// Whether the letter belongs to a Cyrillic alphabet.
pub fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{0400}'..='\u{052F}')
}

impl Lang {
    /// Every language, in the order that settles ties.
    pub const ALL: [Lang; 3] = [Lang::Ru, Lang::Uk, Lang::En];

    /// The two-letter code of ISO 639-1.
    pub fn code(self) -> &'static str {
        self.facts().code
    }

    /// The language of a code or a BCP 47 tag (`uk`, `uk-UA`).
    ///
    /// ```
    /// use frontdesk::text::Lang;
    /// assert_eq!(Lang::from_code("uk-UA"), Some(Lang::Uk));
    /// assert_eq!(Lang::from_code("ukr"), None);
    /// ```
    pub fn from_code(code: &str) -> Option<Lang> {
        let primary = code.split(['-', '_']).next().unwrap_or_default();
        Lang::ALL.into_iter().find(|lang| lang.code().eq_ignore_ascii_case(primary))
    }

    pub(crate) fn facts(self) -> &'static Facts {
        match self {
            Lang::Ru => &ru::FACTS,
            Lang::Uk => &uk::FACTS,
            Lang::En => &en::FACTS,
        }
    }

    /// Whether the letters of the folded word are all of the alphabet; digits are of any.
    pub(crate) fn spells(self, folded: &str) -> bool {
        let is_letter = self.facts().is_letter;
        folded.chars().all(|c| is_letter(c) || c.is_ascii_digit())
    }

    /// Whether the folded word carries grammar or politeness rather than a subject.
    pub(crate) fn is_light(self, folded: &str) -> bool {
        self.marks(folded).light
    }

    /// Whether the folded word opens a question or a request.
    pub(crate) fn is_asking(self, folded: &str) -> bool {
        self.marks(folded).asking
    }

    /// Whether the folded word speaks for this language, beyond having its letters: a frequent word, one whose kindred
    /// language has another, or a long one with an ending of its own.
    pub(crate) fn shows_in(self, folded: &str) -> bool {
        let marks = self.marks(folded);
        let kin = || Lang::ALL.into_iter().any(|other| self.kin(folded, other).is_some());
        let ends = || {
            let long = folded.chars().nth(LETTERS_BEFORE_ENDING).is_some();
            long && self.facts().endings.iter().any(|ending| folded.ends_with(ending))
        };
        marks.light || marks.asking || kin() || ends()
    }

    /// The word with the letters of a kindred alphabet as ours: «вартість» in Russian letters is «вартисть».
    pub(crate) fn in_own_letters(self, folded: &str) -> String {
        let own = |c: char| match (self, c) {
            (Lang::Ru, 'і' | 'ї') | (Lang::Uk, 'ы') => Some('и'),
            (Lang::Ru, 'є') | (Lang::Uk, 'э') => Some('е'),
            (Lang::Ru, 'ґ') => Some('г'),
            (Lang::Uk, 'ъ') => None,
            _ => Some(c),
        };
        folded.chars().filter_map(own).collect()
    }

    fn marks(self, folded: &str) -> Marks {
        WORDS.get(&(self, folded)).copied().unwrap_or_default()
    }

    /// The word another language uses for this folded word, from the table of kin words.
    pub(crate) fn kin(self, folded: &str, other: Lang) -> Option<&'static str> {
        KIN.get(&(self, other, folded)).copied()
    }
}

/// A word of fewer letters than this and one more is too short to be judged by its ending.
const LETTERS_BEFORE_ENDING: usize = 4;

/// What one language file holds. All words are folded, see [`crate::text::fold_word`].
pub(crate) struct Facts {
    pub(crate) code: &'static str,
    /// Whether a small letter is of the alphabet.
    pub(crate) is_letter: fn(char) -> bool,
    /// Characters under the keys of [`super::layout::LATIN_KEYS`] in the standard layout; empty for Latin itself.
    pub(crate) keys: &'static str,
    /// Spellings of the letters in Latin, the longest first; empty for Latin itself.
    pub(crate) latin: &'static [(&'static str, &'static str)],
    /// Words of grammar and politeness: they say little about what is asked.
    pub(crate) light: &'static str,
    /// Words that open a question or a request.
    pub(crate) asking: &'static str,
    /// Endings of words that a kindred language in the same letters does not have.
    pub(crate) endings: &'static [&'static str],
    /// Everyday words of a kindred language beside ours.
    pub(crate) kin: &'static [(Lang, &'static str)],
}

#[derive(Clone, Copy, Default)]
struct Marks {
    light: bool,
    asking: bool,
}

static WORDS: LazyLock<HashMap<(Lang, &'static str), Marks>> = LazyLock::new(|| {
    let mut words: HashMap<_, Marks> = HashMap::new();
    for lang in Lang::ALL {
        for word in lang.facts().light.split_whitespace() {
            words.entry((lang, word)).or_default().light = true;
        }
        for word in lang.facts().asking.split_whitespace() {
            words.entry((lang, word)).or_default().asking = true;
        }
    }
    words
});

static KIN: LazyLock<HashMap<(Lang, Lang, &'static str), &'static str>> = LazyLock::new(|| {
    let mut kin = HashMap::new();
    for lang in Lang::ALL {
        for &(other, pairs) in lang.facts().kin {
            let pairs = pairs.split(',').filter_map(|pair| pair.trim().split_once(' '));
            for (ours, theirs) in pairs.filter(|(ours, theirs)| ours != theirs) {
                kin.entry((lang, other, ours)).or_insert(theirs);
                kin.entry((other, lang, theirs)).or_insert(ours);
            }
        }
    }
    kin
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold_word;

    #[test]
    fn every_word_of_a_language_is_folded() {
        for lang in Lang::ALL {
            let facts = lang.facts();
            let kin = facts.kin.iter().flat_map(|(_, pairs)| pairs.split([',', ' ', '\n']));
            for word in facts.light.split_whitespace().chain(facts.asking.split_whitespace()).chain(kin) {
                assert_eq!(fold_word(word), word, "{lang:?}");
            }
        }
    }

    #[test]
    fn kin_words_work_both_ways() {
        assert_eq!(Lang::Uk.kin("скільки", Lang::Ru), Some("сколько"));
        assert_eq!(Lang::Ru.kin("сколько", Lang::Uk), Some("скільки"));
        assert_eq!(Lang::Ru.kin("стол", Lang::En), None);
    }
}
