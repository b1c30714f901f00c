//! Ukrainian nouns: the declensions, and the readings of a word by its ending.

use super::super::{attach, ends_with_any, join};
use super::irregulars::NOUNS_IN_O;
use super::{
    alternated, bare_plurals, closed_to_open, has_vowel, is_consonant, is_hush, is_velar, is_vowel, last,
};

const HARD: &str = "а у ові ом і е и ів ам ами ах";
const VELAR: &str = "а у ові ом е и ів ам ами ах";
const HUSH: &str = "а у еві ові ем ом і е ів ей ам ами ах";
const SOFT: &str = "я ю еві єві ем і е ів ей ям ями ях";
const YOT: &str = "й я ю єві єм ї їв ям ями ях є";

const FEMININE_HARD: &str = "а и у ою і о ам ами ах";
const FEMININE_HUSH: &str = "а і у ею е ам ами ах";
const FEMININE_SOFT: &str = "я і ю ею е ям ями ях ей";
const FEMININE_YOT: &str = "я ї ю єю є й ям ями ях";
const FEMININE_BARE: &str = "і ю ей ям ями ях е";
const FEMININE_BARE_HUSH: &str = "і ю ей ам ами ах е";

const NEUTER_O: &str = "о а у ові ом і ам ами ах";
const NEUTER_E: &str = "е я ю еві ем і ям ями ях ів";
const NEUTER_E_HUSH: &str = "е а у ем і ам ами ах";
const NEUTER_YA: &str = "я ю ям і ями ях ів";

/// Adds the forms of the word read as a noun, in every declension its ending allows.
pub(super) fn expand(word: &str, out: &mut Vec<String>) {
    let letter = last(word);
    let Some(stem) = word.strip_suffix(letter).filter(|stem| stem.chars().count() > 1) else { return };
    match letter {
        'й' => yot(stem, out),
        'ь' => sign(stem, out),
        'а' => {
            feminine(stem, out);
            // столи, номера: a masculine or neuter form
            if stem.chars().filter(|&c| is_vowel(c)).count() > 1 && !is_velar(last(stem)) {
                attach(stem, "ом ові ів", out);
            }
        }
        'я' => ends_in_ya(stem, out),
        'о' if ends_with_any(stem, "ств цтв л ьк зн") || NOUNS_IN_O.contains(word) => {
            neuter(stem, out);
        }
        'е' => ends_in_e(stem, out),
        'и' | 'і' | 'у' | 'ю' | 'ї' => oblique(word, letter, stem, out),
        _ if is_consonant(letter) => consonant(word, out),
        _ => {}
    }
}

/// The stems of a masculine noun: стіл стол-, подарунок подарунк-, хлопець хлопц-, папір папер-.
fn open_stems(word: &str) -> Vec<String> {
    let mut stems = closed_to_open(word);
    let fleeting = ["ок", "ек"].iter().find_map(|end| word.strip_suffix(end)).map(|head| join(head, "к"));
    stems.extend(fleeting.filter(|stem| has_vowel(stem)));
    if stems.is_empty() {
        stems.push(word.to_owned());
    }
    stems
}

fn masculine(stem: &str, out: &mut Vec<String>) {
    let letter = last(stem);
    if is_velar(letter) {
        attach(stem, VELAR, out);
        let (locative, vocative) = alternated(stem);
        attach(&locative, "і", out);
        attach(&vocative, "е", out);
    } else if is_hush(letter) {
        attach(stem, HUSH, out);
    } else {
        attach(stem, HARD, out);
    }
}

fn consonant(word: &str, out: &mut Vec<String>) {
    for (ending, decline) in OBLIQUE {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.chars().count() > 2) {
            decline(stem, out);
        }
    }
    for stem in open_stems(word) {
        masculine(&stem, out);
        if ends_with_any(word, "ар яр ир") && word.chars().filter(|&c| is_vowel(c)).count() > 1 {
            attach(&stem, SOFT, out);
        }
        if is_hush(last(word)) || matches!(word, "любов" | "кров" | "церков" | "морков")
        {
            attach(&stem, FEMININE_BARE_HUSH, out);
        }
    }
    if is_hush(last(word)) {
        out.push(format!("{word}{}ю", last(word)));
    }
    masculine(word, out);
    // систем, команд: a genitive plural
    attach(word, "ою", out);
    if let Some(head) = word.strip_suffix("ин").filter(|head| head.ends_with("ян") || head.ends_with("ан"))
    {
        attach(head, "и ам ами ах", out);
        out.push(head.to_owned());
    }
    if matches!(word, "любов" | "кров" | "церков" | "морков") {
        attach(word, "ю і и", out);
    }
}

type Declension = fn(&str, &mut Vec<String>);

const OBLIQUE: [(&str, Declension); 6] = [
    ("ів", any_hard),
    ("ам", any_hard),
    ("ах", any_hard),
    ("ом", any_hard),
    ("ям", any_soft),
    ("ях", any_soft),
];

fn any_hard(stem: &str, out: &mut Vec<String>) {
    masculine(stem, out);
    feminine(stem, out);
    out.push(stem.to_owned());
}

fn any_soft(stem: &str, out: &mut Vec<String>) {
    attach(stem, SOFT, out);
    feminine_soft(stem, out);
    out.push(join(stem, "ь"));
}

/// карта, книга, задача.
fn feminine(stem: &str, out: &mut Vec<String>) {
    if is_hush(last(stem)) {
        attach(stem, FEMININE_HUSH, out);
    } else {
        attach(stem, FEMININE_HARD, out);
        let (locative, _) = alternated(stem);
        attach(&locative, "і", out);
    }
    out.extend(bare_plurals(stem));
}

fn feminine_soft(stem: &str, out: &mut Vec<String>) {
    attach(stem, FEMININE_SOFT, out);
    for bare in bare_plurals(stem) {
        if last(&bare) != 'р' {
            out.push(join(&bare, "ь"));
        }
        out.push(bare);
    }
}

fn neuter(stem: &str, out: &mut Vec<String>) {
    attach(stem, NEUTER_O, out);
    let (locative, _) = alternated(stem);
    attach(&locative, "і", out);
    out.extend(bare_plurals(stem));
    if let Some(head) = stem.strip_suffix("к")
        && stem.ends_with("ьк")
    {
        // батько, дядько: masculine
        attach(head, "ки ків", out);
    }
}

fn yot(stem: &str, out: &mut Vec<String>) {
    attach(stem, YOT, out);
    if let Some(head) = stem.strip_suffix('і') {
        // сценарій сценарія; бій боя, край
        attach(&join(head, "о"), "я ю єві єм ї їв ям ями ях", out);
        attach(&join(head, "о"), "ю", out);
    }
    // дверей, речей, статей: genitive plurals
    if let Some(head) = stem.strip_suffix('е').filter(|head| head.chars().count() > 1) {
        attach(head, "ь і ю ей", out);
        attach(head, if is_hush(last(head)) { "ам ами ах" } else { "ям ями ях" }, out);
    }
}

fn sign(stem: &str, out: &mut Vec<String>) {
    let word = join(stem, "ь");
    let feminine = ends_with_any(stem, "іст ст в б вд від ід ат ят");
    let masculine = ends_with_any(stem, "тел ец єц ен");
    let mut stems = closed_to_open(stem);
    stems.push(stem.to_owned());
    if let Some(head) = stem.strip_suffix("ец").or_else(|| stem.strip_suffix("єц")) {
        let head = if is_vowel(last(head)) { join(head, "й") } else { head.to_owned() };
        stems = vec![join(&head, "ц"), join(&head, "ьц")];
        let vocative = join(&head, "ч");
        attach(&vocative, "е", out);
    } else if let Some(head) = stem.strip_suffix("ен").filter(|head| !head.is_empty()) {
        stems.push(join(head, "н"));
    } else if let Some(head) =
        stem.strip_suffix("от").filter(|_| word.ends_with("готь") || word.ends_with("коть"))
    {
        stems.push(join(head, "т"));
    }
    for open in stems {
        if !feminine {
            attach(&open, SOFT, out);
        }
        if !masculine {
            attach(&open, FEMININE_BARE, out);
        }
    }
    if stem.ends_with("іст")
        && let Some(head) = stem.strip_suffix("іст")
    {
        attach(head, "ости", out);
    }
    if !masculine {
        // сіллю, відповіддю
        attach(&format!("{stem}{}", last(stem)), "ю", out);
    }
}

/// Whether the stem ends with the same consonant twice: питанн-, занятт-.
fn doubled(stem: &str) -> bool {
    let letter = last(stem);
    is_consonant(letter) && stem.strip_suffix(letter).map(last) == Some(letter)
}

fn ends_in_ya(stem: &str, out: &mut Vec<String>) {
    let letter = last(stem);
    if is_vowel(letter) {
        return attach(stem, FEMININE_YOT, out);
    }
    if doubled(stem) {
        // питання, заняття: neuter, one consonant in the genitive plural
        attach(stem, NEUTER_YA, out);
        if let Some(short) = stem.strip_suffix(letter) {
            attach(short, if is_hush(letter) { "" } else { "ь" }, out);
            if is_hush(letter) {
                out.push(short.to_owned());
            }
        }
        attach(stem, "ею ей", out);
        return;
    }
    if matches!(letter, 'в' | 'б' | 'п' | 'м' | 'ф') {
        // сімя, здоровя
        attach(stem, "я ї ю єю є ям ями ях ей їв", out);
        return;
    }
    feminine_soft(stem, out);
    attach(stem, "ем ів", out);
}

fn ends_in_e(stem: &str, out: &mut Vec<String>) {
    let letter = last(stem);
    if is_hush(letter) {
        attach(stem, NEUTER_E_HUSH, out);
        out.push(stem.to_owned());
    } else {
        attach(stem, NEUTER_E, out);
        out.extend(bare_plurals(stem));
        for bare in bare_plurals(stem) {
            attach(&bare, "ь", out);
        }
        if let Some(head) = stem.strip_suffix("йц") {
            attach(head, "єць", out);
        }
    }
}

fn oblique(word: &str, letter: char, stem: &str, out: &mut Vec<String>) {
    for ending in ["ами", "ові", "ою"] {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.chars().count() > 1) {
            return any_hard(stem, out);
        }
    }
    for ending in ["ями", "еві", "ею"] {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.chars().count() > 1) {
            return if is_hush(last(stem)) { any_hard(stem, out) } else { any_soft(stem, out) };
        }
    }
    match letter {
        'и' | 'у' => any_hard(stem, out),
        'ї' => attach(stem, FEMININE_YOT, out),
        'ю' if is_vowel(last(stem)) => attach(stem, FEMININE_YOT, out),
        'ю' if stem.ends_with("іст") => sign(stem, out),
        'ю' => {
            any_soft(stem, out);
            if stem.ends_with(['н', 'т', 'л']) {
                attach(stem, NEUTER_YA, out);
            }
        }
        _ if is_hush(last(stem)) || is_velar(last(stem)) => any_hard(stem, out),
        // питанні, кількості
        _ if doubled(stem) => ends_in_ya(stem, out),
        _ => {
            any_hard(stem, out);
            any_soft(stem, out);
            sign(stem, out);
            if let Some(head) = stem.strip_suffix("ост") {
                sign(&join(head, "іст"), out);
            }
        }
    }
}
