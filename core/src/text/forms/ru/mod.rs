//! Russian word forms: closed tables first, then adjectives, verbs and nouns by their endings.

mod adjectives;
mod alternations;
mod irregulars;
mod nouns;
mod verb_roots;
mod verbs;

use super::attach;
use irregulars::{CLOSED, INVARIABLE, NOT_VERBS, NOUNS};

/// Whether the word is never inflected.
pub(super) fn is_invariable(word: &str) -> bool {
    INVARIABLE.contains(word)
}

/// Adds the forms of a folded word; `capital` tells that it was written like a name.
pub(super) fn expand(word: &str, capital: bool, out: &mut Vec<String>) {
    if capital && nouns::surname(word, out) {
        return;
    }
    if is_invariable(word) {
        return;
    }
    let before = out.len();
    CLOSED.expand(word, out);
    if out.len() > before {
        return;
    }
    NOUNS.expand(word, out);
    // «черта» is a form of «черт» and a word of its own.
    let irregular = out.len() > before && !word.ends_with('а');
    if verbs::infinitive(word, out) || irregular || adjectives::expand(word, out) {
        return;
    }
    if !NOT_VERBS.contains(word) && verbs::finite(word, out) {
        return;
    }
    nouns::expand(word, out);
}

/// All forms of an irregular noun from its principal parts.
fn noun_forms(row: &'static str) -> Vec<String> {
    let mut parts = row.split(' ');
    let mut next = || parts.next().unwrap_or("-");
    let (nominative, genitive, plural, genitive_plural) = (next(), next(), next(), next());
    let mut forms: Vec<String> = [nominative, genitive, plural, genitive_plural].map(str::to_owned).to_vec();
    singular(nominative, genitive, &mut forms);
    if plural != genitive {
        oblique_plural(plural, &mut forms);
    } else if let Some(stem) = plural.strip_suffix(['и', 'а', 'ы']) {
        let soft = nominative.ends_with(['я', 'ь']);
        attach(stem, if soft { "ям ями ях" } else { "ам ами ах" }, &mut forms);
    }
    forms.extend(parts.map(str::to_owned));
    forms.retain(|form| form != "-");
    forms
}

fn singular(nominative: &str, genitive: &str, forms: &mut Vec<String>) {
    if let Some(stem) = genitive.strip_suffix('а') {
        attach(stem, if stem.ends_with(['ц', 'ж', 'ш', 'ч']) { "у ом ем е" } else { "у ом е" }, forms);
    } else if let Some(stem) = genitive.strip_suffix('я') {
        attach(stem, "ю ем е", forms);
    } else if nominative.ends_with('а') || nominative.ends_with('я') {
        let stem = nominative.strip_suffix(['а', 'я']).unwrap_or(nominative);
        attach(stem, if nominative.ends_with('а') { "у е ой ою" } else { "ю е ей ею" }, forms);
    } else if let Some(stem) = nominative.strip_suffix('ь') {
        attach(stem, "ью", forms);
    }
}

fn oblique_plural(plural: &str, forms: &mut Vec<String>) {
    let soft = plural.ends_with('я') || plural.ends_with('и') && !plural.ends_with(['к', 'г', 'х']);
    let Some(stem) = plural.strip_suffix(['я', 'и', 'ы', 'а', 'е']) else { return };
    let velar = stem.ends_with(['к', 'г', 'х', 'ж', 'ш', 'ч', 'щ']);
    attach(stem, if soft && !velar { "ям ями ях" } else { "ам ами ах" }, forms);
}
