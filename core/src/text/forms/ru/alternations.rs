//! Sounds that change where a Russian word is inflected.

use super::super::join;

/// The last letter of a stem.
#[inline(never)]
pub(super) fn last(stem: &str) -> char {
    stem.chars().next_back().unwrap_or('\0')
}

/// к г х: ы is never written after them.
pub(super) fn is_velar(letter: char) -> bool {
    matches!(letter, 'к' | 'г' | 'х')
}

/// ж ш ч щ: ы, я and ю are never written after them.
pub(super) fn is_hush(letter: char) -> bool {
    matches!(letter, 'ж' | 'ш' | 'ч' | 'щ')
}

/// A vowel of the folded alphabet, in which ё is е.
#[inline(never)]
pub(super) fn is_vowel(letter: char) -> bool {
    matches!(letter, 'а' | 'е' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я')
}

/// A consonant that a stem can end with.
#[inline(never)]
pub(super) fn is_consonant(letter: char) -> bool {
    letter.is_alphabetic() && !is_vowel(letter) && !matches!(letter, 'ь' | 'ъ')
}

/// Whether a syllable can be made of it.
#[inline(never)]
pub(super) fn has_vowel(stem: &str) -> bool {
    stem.chars().any(is_vowel)
}

/// The stem before the ending of the first person: люб- любл-, вод- вож-, прос- прош-, плат- плач-, чист- чищ-.
#[inline(never)]
pub(super) fn softened(stem: &str) -> String {
    const CHANGES: [(&str, &str); 14] = [
        ("ст", "щ"),
        ("ск", "щ"),
        ("б", "бл"),
        ("п", "пл"),
        ("в", "вл"),
        ("м", "мл"),
        ("ф", "фл"),
        ("д", "ж"),
        ("з", "ж"),
        ("г", "ж"),
        ("с", "ш"),
        ("х", "ш"),
        ("т", "ч"),
        ("к", "ч"),
    ];
    CHANGES
        .iter()
        .find_map(|(from, to)| stem.strip_suffix(from).map(|rest| join(rest, to)))
        .unwrap_or_else(|| stem.to_owned())
}

/// The stems of a genitive plural without an ending: кошк- кошек, окн- окон, карт- карт.
///
/// Where the vowel depends on stress both are given.
pub(super) fn bare_plurals(stem: &str) -> Vec<String> {
    let end = last(stem);
    let Some(head) = stem.strip_suffix(end) else { return Vec::new() };
    let before = last(head);
    if before == 'ь' || before == 'й' {
        let head = head.strip_suffix(before).unwrap_or(head);
        return match end {
            'к' | 'ц' | 'м' | 'н' | 'б' => vec![format!("{head}е{end}"), stem.to_owned()],
            _ => vec![stem.to_owned()],
        };
    }
    if !is_consonant(before) || before == end {
        return vec![stem.to_owned()];
    }
    match end {
        'к' if is_hush(before) || before == 'ц' => vec![format!("{head}е{end}")],
        'к' if matches!(before, 'с') => vec![format!("{head}о{end}"), stem.to_owned()],
        'к' => vec![format!("{head}о{end}")],
        'н' | 'л' if is_velar(before) => vec![format!("{head}о{end}"), stem.to_owned()],
        'ц' | 'н' | 'л' => vec![format!("{head}е{end}"), stem.to_owned()],
        _ => vec![stem.to_owned()],
    }
}

/// The stem of a masculine noun without its fleeting vowel: звонок звонк-, отец отц-, палец пальц-, боец бойц-.
pub(super) fn without_fleeting(word: &str) -> Option<String> {
    let end = last(word);
    let fleeting = match end {
        'к' => word.strip_suffix("ок").or_else(|| word.strip_suffix("ек")),
        'ц' => word.strip_suffix("ец").or_else(|| word.strip_suffix("яц")),
        _ => None,
    }?;
    if !has_vowel(fleeting) && fleeting.chars().count() < 2 && word != "отец" {
        return if fleeting == "от" { Some("отц".to_owned()) } else { None };
    }
    let before = last(fleeting);
    Some(if is_vowel(before) {
        format!("{fleeting}й{end}")
    } else if before == 'л' && end == 'ц' || word.ends_with("лек") || word.ends_with("нек") {
        format!("{fleeting}ь{end}")
    } else {
        format!("{fleeting}{end}")
    })
}
