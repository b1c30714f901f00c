//! Word forms: a listed word stands for all its forms and for nothing else.
//!
//! A word list is expanded once, when a definition is compiled; matching a message is then a lookup of its folded
//! words, fast and explainable. The rules are those of school grammars, with tables of what follows no rule; there
//! is no dictionary. A form that is no word of the language costs nothing, a form of another word is a false match:
//! where an ending allows several paradigms all are given, unless they are likely to meet another word.

mod ru;

use super::fold::fold_word;

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
    ru::expand(&folded, &mut forms);
    forms.sort_unstable();
    forms.dedup();
    forms.retain(|form| *form != folded);
    forms.insert(0, folded);
    forms
}

/// Adds the stem with each of the endings, which spaces part.
fn attach(stem: &str, endings: &str, out: &mut Vec<String>) {
    out.extend(endings.split(' ').map(|ending| format!("{stem}{ending}")));
}
