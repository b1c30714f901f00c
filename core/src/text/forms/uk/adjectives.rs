//! Ukrainian adjectives, and the nouns, numerals and surnames declined like them.

use super::super::{attach, ends_with_any};
use super::{has_vowel, is_vowel, last};

const HARD: &str = "ий а е і ого ому им ім ої ій у ою их ими ая еє ую ії";
const SOFT: &str = "ій я є і ього ьому ім ьої ю ьою іх іми яя єє юю ії";

/// Endings that hardly any noun or verb has.
const CLEAR: [&str; 5] = ["ого", "ому", "ими", "ої", "их"];

/// Adds the forms of the word read as an adjective; whether no other reading is likely.
pub(super) fn expand(word: &str, out: &mut Vec<String>) -> bool {
    if let Some(stem) = word.strip_suffix("ий").filter(|stem| has_vowel(stem) || stem.chars().count() > 1) {
        attach(stem, HARD, out);
        return true;
    }
    for ending in ["ього", "ьому", "ьою", "ьої"] {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| has_vowel(stem)) {
            attach(stem, SOFT, out);
            return true;
        }
    }
    if let Some(stem) = word.strip_suffix("ій").filter(|stem| has_vowel(stem))
        && (stem.ends_with('н') || word == "третій")
    {
        attach(stem, SOFT, out);
        if !matches!(word, "третій" | "синій") {
            attach(stem, HARD, out);
        }
        return true;
    }
    for ending in CLEAR {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| has_vowel(stem) && !is_vowel(last(stem)))
        {
            attach(stem, HARD, out);
            return true;
        }
    }
    // нова, нове, нові, нову, новою where the suffix is one of adjectives
    for ending in ["ою", "им", "ім", "а", "е", "і", "у"] {
        if let Some(stem) = word.strip_suffix(ending)
            && ends_with_any(stem, "ськ зьк цьк льн нн чн тн жн")
            && has_vowel(stem)
        {
            attach(stem, HARD, out);
            return ends_with_any(stem, "ськ зьк цьк");
        }
    }
    false
}
