//! Russian adjectives, and the nouns, numerals and surnames declined like them (столовая, второй, Островский).

use super::super::table::Words;
use super::super::{attach, ends_with_any};
use super::alternations::{has_vowel, is_hush, is_velar, last};

/// A full paradigm: the endings of all genders and cases.
const HARD: &str = "ый ая ое ые ого ому ым ом ой ую ых ыми ою";
const STRESSED: &str = "ой ая ое ые ого ому ым ом ую ых ыми ою";
const VELAR: &str = "ий ая ое ие ого ому им ом ой ую их ими ою";
const VELAR_STRESSED: &str = "ой ая ое ие ого ому им ом ую их ими ою";
const HUSH: &str = "ий ая ее ие его ему им ем ей ую их ими ею";
const SOFT: &str = "ий яя ее ие его ему им ем ей юю их ими ею";
const POSSESSIVE: &str = "ий ья ье ьи ьего ьему ьим ьем ьей ью ьих ьими";

/// Nouns that end like a masculine adjective.
static NOUNS_IN_OY: Words = Words::new(
    "бой слой строй рой герой покой перебой настрой прибой сбой отбой запой застой устой \
    удой крой набой ковбой разбой пробой перепой вой гной зной убой обой отстой",
);
/// Nouns that end like a form of an adjective.
static NOUNS_WITH_CLEAR_ENDINGS: Words = Words::new("отдых передых стая свая");
/// Ends of the stems of nouns in -ие after a hush: наличие, оружие.
const NOUNS_IN_IE: &str = "оруж лич полномоч реч нож душ получ";
/// Adjectives whose stem is soft or possessive.
static POSSESSIVES: Words = Words::new(
    "третий лисий волчий медвежий птичий рыбий коровий собачий кошачий охотничий божий вдовий \
    помещичий верблюжий овечий человечий рыбачий казачий девичий",
);

/// The paradigm of an adjective with this stem and one of its endings.
fn table(stem: &str, ending: &str) -> &'static str {
    match last(stem) {
        'н' if is_soft(ending) => SOFT,
        letter if is_velar(letter) || is_hush(letter) && takes_o(ending) => {
            if ending == "ой" {
                VELAR_STRESSED
            } else {
                VELAR
            }
        }
        letter if is_hush(letter) => HUSH,
        _ if ending == "ой" => STRESSED,
        _ => HARD,
    }
}

/// Endings that a stem in ж ш ч щ takes under stress only: большой, большого.
fn takes_o(ending: &str) -> bool {
    matches!(ending, "ой" | "ое" | "ого" | "ому" | "ом")
}

/// Endings of a soft stem.
fn is_soft(ending: &str) -> bool {
    matches!(ending, "ий" | "яя" | "ее" | "ие" | "его" | "ему" | "им" | "ем" | "ей" | "юю" | "их" | "ими")
}

/// Endings that hardly any noun or verb has; longer ones first.
const CLEAR: [&str; 14] =
    ["ыми", "ими", "ого", "его", "ому", "ему", "ый", "ая", "яя", "ое", "ые", "ых", "юю", "ую"];

/// Adds the forms of the word read as an adjective; whether no other reading is likely.
pub(super) fn expand(word: &str, out: &mut Vec<String>) -> bool {
    if POSSESSIVES.contains(word) {
        let stem = word.strip_suffix("ий").unwrap_or(word);
        attach(stem, POSSESSIVE, out);
        return true;
    }
    if let Some(stem) = word.strip_suffix("ий") {
        return ending_iy(stem, out);
    }
    if let Some(stem) = word.strip_suffix("ой") {
        if !has_vowel(stem) && stem.chars().count() < 3 && !matches!(stem, "зл" | "цв")
            || NOUNS_IN_OY.contains(word)
        {
            return false;
        }
        attach(stem, table(stem, "ой"), out);
        attach(stem, if is_velar(last(stem)) || is_hush(last(stem)) { "ий ой" } else { "ый ой" }, out);
        // «водой» may be an adjective or a feminine noun.
        return is_adjectival(stem);
    }
    for ending in CLEAR {
        let Some(stem) = word.strip_suffix(ending) else { continue };
        if !has_vowel(stem) && stem.chars().count() < 3
            || NOUNS_WITH_CLEAR_ENDINGS.contains(word)
            || !fits(stem, ending)
        {
            return false;
        }
        attach(stem, table(stem, ending), out);
        if is_hush(last(stem)) && matches!(ending, "ая" | "ую" | "ими") {
            attach(stem, VELAR_STRESSED, out);
        }
        if ending == "ую" {
            return is_adjectival(stem);
        }
        return true;
    }
    if let Some(stem) = word.strip_suffix("их").or_else(|| word.strip_suffix("ие"))
        && has_vowel(stem)
        && !(word.ends_with("ие") && ends_with_any(stem, NOUNS_IN_IE))
        && (is_velar(last(stem)) || is_hush(last(stem)) || is_soft_stem(stem))
    {
        attach(stem, table(stem, "их"), out);
        return true;
    }
    if let Some(stem) = word.strip_suffix("ым")
        && has_vowel(stem)
    {
        attach(stem, table(stem, "ым"), out);
        return true;
    }
    if let Some((stem, ending)) =
        word.strip_suffix("ее").map(|s| (s, "ее")).or_else(|| word.strip_suffix("ей").map(|s| (s, "ей")))
        && has_vowel(stem)
        && (is_soft_stem(stem)
            || ending == "ее" && is_hush(last(stem))
            || stem.ends_with('щ')
            || stem.ends_with("вш"))
    {
        attach(stem, table(stem, ending), out);
        return true;
    }
    if let Some(stem) = word.strip_suffix("им").filter(|stem| stem.ends_with("ск") || stem.ends_with('щ'))
    {
        attach(stem, table(stem, "им"), out);
        return true;
    }
    if let Some(stem) = word.strip_suffix("ом").filter(|stem| is_adjectival(stem)) {
        attach(stem, table(stem, "ый"), out);
        return stem.ends_with("ск");
    }
    false
}

/// -ий: adjectives after к г х ж ш ч щ and a soft н; a noun otherwise (сценарий).
fn ending_iy(stem: &str, out: &mut Vec<String>) -> bool {
    let letter = last(stem);
    let adjective = match letter {
        'н' => is_soft_stem(stem),
        'к' | 'г' | 'х' => has_vowel(stem) || stem.chars().count() > 2,
        'ж' | 'ш' | 'ч' | 'щ' => has_vowel(stem),
        _ => false,
    };
    if adjective {
        attach(stem, table(stem, "ий"), out);
    }
    adjective
}

/// Soft stems in н: синий, последний, зимний; but not the genitives сообщений, станций, линий.
fn is_soft_stem(stem: &str) -> bool {
    const NOT: &str = "ен ан ин ян он";
    last(stem) == 'н'
        && (matches!(stem, "син" | "осен" | "древн") || !ends_with_any(stem, NOT))
        && !matches!(stem, "ген" | "н")
}

/// Whether the stem is built with a suffix of adjectives.
fn is_adjectival(stem: &str) -> bool {
    const SUFFIXES: &str = "ск цк нн льн тн чн вн рн дн шн жн бн";
    ends_with_any(stem, SUFFIXES)
}

/// Whether the ending may stand after the stem.
fn fits(stem: &str, ending: &str) -> bool {
    let letter = last(stem);
    match ending {
        "яя" | "юю" => letter == 'н',
        "его" | "ему" | "ими" => {
            is_hush(letter) || is_velar(letter) && ending == "ими" || is_soft_stem(stem)
        }
        "ый" | "ые" | "ых" | "ыми" => !is_velar(letter) && !is_hush(letter),
        // «нарисую» is a verb, «статуя» a noun.
        "ую" => !stem.ends_with("ир") && !super::alternations::is_vowel(letter),
        "ая" | "ое" | "ого" | "ому" => !super::alternations::is_vowel(letter),
        _ => true,
    }
}
