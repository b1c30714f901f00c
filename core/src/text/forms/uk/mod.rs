//! Ukrainian word forms: closed tables first, then adjectives, verbs and nouns by their endings.

mod adjectives;
mod irregulars;
mod nouns;
mod verb_roots;
mod verbs;

use super::join;
use irregulars::{CLOSED, INVARIABLE};

/// Whether the word is never inflected.
pub(super) fn is_invariable(word: &str) -> bool {
    INVARIABLE.contains(word)
}

/// Adds the forms of a folded word.
pub(super) fn expand(word: &str, out: &mut Vec<String>) {
    if is_invariable(word) {
        return;
    }
    let before = out.len();
    CLOSED.expand(word, out);
    if verbs::infinitive(word, out) || out.len() > before {
        return;
    }
    if adjectives::expand(word, out) || verbs::finite(word, out) {
        return;
    }
    nouns::expand(word, out);
}

/// The last letter of a stem.
#[inline(never)]
fn last(stem: &str) -> char {
    stem.chars().next_back().unwrap_or('\0')
}

fn is_velar(letter: char) -> bool {
    matches!(letter, 'к' | 'г' | 'х' | 'ґ')
}

fn is_hush(letter: char) -> bool {
    matches!(letter, 'ж' | 'ш' | 'ч' | 'щ')
}

#[inline(never)]
fn is_vowel(letter: char) -> bool {
    matches!(letter, 'а' | 'е' | 'є' | 'и' | 'і' | 'ї' | 'о' | 'у' | 'ю' | 'я')
}

#[inline(never)]
fn is_consonant(letter: char) -> bool {
    letter.is_alphabetic() && !is_vowel(letter) && letter != 'ь'
}

#[inline(never)]
fn has_vowel(stem: &str) -> bool {
    stem.chars().any(is_vowel)
}

/// The stem of the first person: прос- прош-, плат- плач-, люб- любл-.
#[inline(never)]
fn softened(stem: &str) -> String {
    const CHANGES: [(&str, &str); 15] = [
        ("ст", "щ"),
        ("ск", "щ"),
        ("зд", "ждж"),
        ("б", "бл"),
        ("п", "пл"),
        ("в", "вл"),
        ("м", "мл"),
        ("ф", "фл"),
        ("з", "ж"),
        ("г", "ж"),
        ("с", "ш"),
        ("х", "ш"),
        ("т", "ч"),
        ("к", "ч"),
        ("д", "дж"),
    ];
    CHANGES
        .iter()
        .find_map(|(from, to)| stem.strip_suffix(from).map(|rest| join(rest, to)))
        .unwrap_or_else(|| stem.to_owned())
}

/// The stems before і and before the vocative е: рук- руц- руч-, ног- ноз- нож-, мух- мус- муш-.
fn alternated(stem: &str) -> (String, String) {
    for (velar, locative, vocative) in [('к', "ц", "ч"), ('г', "з", "ж"), ('х', "с", "ш")] {
        if let Some(head) = stem.strip_suffix(velar) {
            return (join(head, locative), join(head, vocative));
        }
    }
    (stem.to_owned(), stem.to_owned())
}

/// The stem with its last syllable open: стіл стол-, папір папер-. Where і may stay, so does the stem.
fn closed_to_open(stem: &str) -> Vec<String> {
    let Some((at, _)) = stem.char_indices().rev().find(|&(_, c)| is_vowel(c)) else { return Vec::new() };
    let Some((head, tail)) = stem.split_at_checked(at) else { return Vec::new() };
    match tail.strip_prefix('і') {
        Some(rest) if !head.is_empty() && !rest.is_empty() => ["о", "е", ""]
            .iter()
            .map(|vowel| format!("{head}{vowel}{rest}"))
            .filter(|s| has_vowel(s))
            .collect(),
        _ => Vec::new(),
    }
}

/// The stems of a genitive plural without an ending: школ- шкіл, книжк- книжок, пісн- пісень, карт- карт.
fn bare_plurals(stem: &str) -> Vec<String> {
    let end = last(stem);
    let Some(head) = stem.strip_suffix(end) else { return Vec::new() };
    let before = last(head);
    let mut bare = vec![stem.to_owned()];
    if before == 'ь' || before == 'й' {
        let head = head.strip_suffix(before).unwrap_or(head);
        let vowel = match (end, before) {
            ('к', 'й') => "йо",
            ('к', _) => "ьо",
            (_, 'й') => "є",
            _ => "е",
        };
        bare.push(format!("{head}{vowel}{end}"));
    } else if is_vowel(before) {
        let opened = head.strip_suffix(before).unwrap_or(head);
        if matches!(before, 'о' | 'е') {
            bare.push(format!("{opened}і{end}"));
        }
    } else if before != end {
        match end {
            'к' => bare.push(format!("{head}о{end}")),
            'н' if is_velar(before) => bare.push(format!("{head}о{end}")),
            'н' | 'л' | 'ц' | 'р' | 'м' | 'в' => bare.push(format!("{head}е{end}")),
            _ => {}
        }
    }
    bare
}
