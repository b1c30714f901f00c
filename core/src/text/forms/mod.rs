//! Word forms: a listed word stands for all its forms and for nothing else.
//!
//! A word list is expanded once, when a definition is compiled; matching a message is then a lookup of its folded
//! words, fast and explainable. The rules are those of school grammars, with tables of what follows no rule; there
//! is no dictionary. A form that is no word of the language costs nothing, a form of another word is a false match:
//! where an ending allows several paradigms all are given, unless they are likely to meet another word.

mod en;
mod ru;
mod table;
mod uk;
mod verb;

use super::fold::{fold_word, is_apostrophe, is_cyrillic};

/// The folded forms of a listed word, in whatever form it was listed: the folded word itself first, then the others
/// in order, each once.
///
/// ```
/// use frontdesk::text::forms::expand;
/// let forms = expand("кошка");
/// assert_eq!(forms[0], "кошка");
/// assert!(forms.iter().any(|form| form == "кошек"));
/// ```
pub fn expand(word: &str) -> Vec<String> {
    let folded = fold_word(word);
    let mut forms = Vec::new();
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    match language(word, &folded) {
        Some(Language::English) => en::expand(&folded, &mut forms),
        Some(Language::Russian) => ru::expand(&folded, capital, &mut forms),
        Some(Language::Ukrainian) => uk::expand(&folded, &mut forms),
        None => {
            ru::expand(&folded, capital, &mut forms);
            uk::expand(&folded, &mut forms);
        }
    }
    forms.sort_unstable();
    forms.dedup();
    forms.retain(|form| *form != folded);
    forms.insert(0, folded);
    forms
}

/// A language whose words are inflected here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    English,
    Russian,
    Ukrainian,
}

/// The language that the letters and endings of a word tell; none where it may be Russian or Ukrainian.
fn language(word: &str, folded: &str) -> Option<Language> {
    if !folded.contains(is_cyrillic) {
        return Some(Language::English);
    }
    if folded.contains(['і', 'ї', 'є', 'ґ']) || word.chars().any(is_apostrophe) {
        return Some(Language::Ukrainian);
    }
    const RUSSIAN: &str = "ать ять ить еть уть ыть ться ость ние тие ия ие ция ее ишь ешь аете уете яете лся лась \
        лись лось ете";
    if word.contains(['ы', 'э', 'ъ', 'ё', 'Ё']) || ends_with_any(folded, RUSSIAN) {
        return Some(Language::Russian);
    }
    const UKRAINIAN: &str = "ати ити ути яти тися ння ття ього ьому";
    ends_with_any(folded, UKRAINIAN).then_some(Language::Ukrainian)
}

/// Adds the stem with each of the endings, which spaces part.
fn attach(stem: &str, endings: &str, out: &mut Vec<String>) {
    out.extend(endings.split(' ').map(|ending| join(stem, ending)));
}

/// The two parts as one word. Not inlined: it is called everywhere, and the browser build counts bytes.
#[inline(never)]
fn join(head: &str, tail: &str) -> String {
    [head, tail].concat()
}

/// Whether the word ends with one of the ends, which spaces part.
#[inline(never)]
fn ends_with_any(word: &str, ends: &str) -> bool {
    ends.split_ascii_whitespace().any(|end| word.ends_with(end))
}
