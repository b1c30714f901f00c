//! Russian nouns: the declensions, and the readings of a word by its ending.

use super::super::table::Words;
use super::super::{attach, ends_with_any, join};
use super::alternations::{
    bare_plurals, has_vowel, is_consonant, is_hush, is_velar, is_vowel, last, without_fleeting,
};
use super::irregulars::{ADVERBS_LIKE_NOUNS, NEUTERS_IN_O, PLURAL_ONLY};

const HARD: &str = "а у ом е ы ов ам ами ах";
const VELAR: &str = "а у ом е и ов ам ами ах";
const HUSH: &str = "а у ом ем е и ей ам ами ах";
const TS: &str = "а у ом ем е ы ов ев ам ами ах";
const SOFT: &str = "ь я ю ем е и ей ям ями ях";
const YOT: &str = "й я ю ем е и ев ям ями ях";

const FEMININE_HARD: &str = "а ы е у ой ою ам ами ах";
const FEMININE_VELAR: &str = "а и е у ой ою ам ами ах";
const FEMININE_HUSH: &str = "а и е у ей ею ой ам ами ах";
const FEMININE_TS: &str = "а ы е у ей ею ой ам ами ах";
const FEMININE_SOFT: &str = "я и е ю ей ею ям ями ях";
const FEMININE_SIGN: &str = "ь и ью ей ям ями ях";
const FEMININE_SIGN_HUSH: &str = "ь и ью ей ам ами ах";

const NEUTER_O: &str = "о а у ом е ам ами ах";
const NEUTER_E: &str = "е я ю ем ей ям ями ях";
const NEUTER_E_HARD: &str = "е а у ем ам ами ах";
const NEUTER_MYA: &str = "я ени енем ена ен енам енами енах";

/// Adds the forms of the word read as a noun, in every declension its ending allows.
pub(super) fn expand(word: &str, out: &mut Vec<String>) {
    let letter = last(word);
    if is_consonant(letter) && letter != 'й' {
        return consonant(word, out);
    }
    match letter {
        'й' => yot(word, out),
        'ь' => sign(word, out),
        'а' => ends_in_a(word, out),
        'я' => ends_in_ya(word, out),
        'о' => ends_in_o(word, out),
        'е' => ends_in_e(word, out),
        'ы' | 'и' => ends_in_i(word, out),
        'у' => with(word, "у", any_hard, out),
        'ю' => ends_in_yu(word, out),
        _ => {}
    }
}

/// Adds the forms of a surname in -ов, -ев, -ин, of a man, a woman and both; whether the word is one.
pub(super) fn surname(word: &str, out: &mut Vec<String>) -> bool {
    const ENDINGS: [&str; 9] = ["ыми", "ых", "ым", "ой", "ы", "а", "у", "е", ""];
    let stem = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending));
    let Some(stem) = stem.filter(|stem| ends_with_any(stem, "ов ев ин ын")) else {
        return false;
    };
    if stem.chars().count() < 5 {
        return false;
    }
    attach(stem, "а у ым ом е ы ых ыми ой", out);
    out.push(stem.to_owned());
    true
}

/// Calls the declension with the stem, where there is one.
fn with(word: &str, ending: &str, decline: fn(&str, &mut Vec<String>), out: &mut Vec<String>) {
    if let Some(stem) = word.strip_suffix(ending)
        && stem.chars().count() > 1
        && (has_vowel(stem) || stem.chars().count() > 2)
    {
        decline(stem, out);
    }
}

/// стол, врач, месяц; the bare word is the caller's.
pub(super) fn masculine(stem: &str, out: &mut Vec<String>) {
    let letter = last(stem);
    let endings = match letter {
        'ц' => TS,
        _ if is_velar(letter) => VELAR,
        _ if is_hush(letter) => HUSH,
        _ => HARD,
    };
    attach(stem, endings, out);
}

/// карта, книга, задача, улица.
pub(super) fn feminine(stem: &str, out: &mut Vec<String>) {
    let letter = last(stem);
    let endings = match letter {
        'ц' => FEMININE_TS,
        _ if is_velar(letter) => FEMININE_VELAR,
        _ if is_hush(letter) => FEMININE_HUSH,
        _ => FEMININE_HARD,
    };
    attach(stem, endings, out);
    out.extend(bare_plurals(stem));
}

/// неделя, земля, песня, статья, идея, станция.
fn feminine_soft(stem: &str, out: &mut Vec<String>) {
    attach(stem, FEMININE_SOFT, out);
    if let Some(head) = stem.strip_suffix('ь') {
        attach(head, "ей ий", out);
    } else if is_vowel(last(stem)) {
        attach(stem, "й", out);
    } else {
        for bare in bare_plurals(stem) {
            // песен, спален, but недель, кухонь, деревень, земель
            out.push(join(&bare, "ь"));
            if bare != stem || stem.ends_with("йн") {
                out.push(bare);
            }
        }
    }
}

/// слово, окно, кресло.
pub(super) fn neuter(stem: &str, out: &mut Vec<String>) {
    attach(stem, NEUTER_O, out);
    out.extend(bare_plurals(stem));
    if is_velar(last(stem)) {
        attach(stem, "и ов", out);
    }
    if let Some(head) = stem.strip_suffix('р') {
        attach(head, "ер", out);
    }
}

/// Masculine, feminine and neuter in one: the word is an oblique form that does not tell.
fn any_hard(stem: &str, out: &mut Vec<String>) {
    masculine(stem, out);
    feminine(stem, out);
    if is_hush(last(stem)) {
        attach(stem, "ь ью", out);
    } else if stem.ends_with("ств") {
        attach(stem, "о", out);
    }
}

fn any_soft(stem: &str, out: &mut Vec<String>) {
    match last(stem) {
        'и' => attach(stem, "й я ю е ем ей ев ям ями ях и", out),
        'ь' => attach(stem, "е я ю ем ей и ям ями ях ев", out),
        letter if is_vowel(letter) => {
            attach(stem, YOT, out);
            attach(stem, "ей", out);
        }
        _ => {
            attach(stem, SOFT, out);
            attach(stem, "ью", out);
            feminine_soft(stem, out);
        }
    }
}

/// Nouns and adjectives in -ов and -ев; another such word is a genitive plural.
static BASES_IN_OV: Words = Words::new(
    "остров улов покров зов плов кров шов ров готов здоров напев посев засев припев рев хлев гнев лев голов основ коров слов",
);

fn consonant(word: &str, out: &mut Vec<String>) {
    for (ending, decline) in [("ов", plain_masculine as Declension), ("ев", plural_yot)] {
        let stem = word.strip_suffix(ending).filter(|stem| has_vowel(stem) && stem.chars().count() > 2);
        if let Some(stem) = stem.filter(|_| !BASES_IN_OV.contains(word)) {
            return decline(stem, out);
        }
    }
    masculine(word, out);
    // стран, команд; государств, прав: genitive plurals
    attach(word, if word.ends_with("ств") { "о" } else { "ой" }, out);
    if let Some(stem) = without_fleeting(word) {
        masculine(&stem, out);
        // кошек, сумок: a genitive plural
        attach(&stem, "ой", out);
    }
    if let Some(head) = word.strip_suffix("анин").or_else(|| word.strip_suffix("янин")) {
        let vowel = if word.ends_with("анин") { "ан" } else { "ян" };
        let stem = join(head, vowel);
        attach(&stem, "е ам ами ах", out);
        out.push(stem);
    }
    if let Some(head) = word.strip_suffix("енок").filter(|h| has_vowel(h) || h.chars().count() > 1) {
        attach(head, "ята ят ятам ятами ятах", out);
    }
    if let Some(head) = word.strip_suffix("онок").filter(|h| is_hush(last(h))) {
        attach(head, "ата ат атам атами атах", out);
    }
    for (ending, decline) in OBLIQUE_HARD {
        if word.chars().count() > ending.chars().count() + 2 {
            with(word, ending, decline, out);
        }
    }
    for ending in ["ям", "ях", "ем"] {
        with(word, ending, any_soft, out);
    }
}

type Declension = fn(&str, &mut Vec<String>);

const OBLIQUE_HARD: [(&str, Declension); 3] = [("ам", any_hard), ("ах", any_hard), ("ом", any_hard)];

fn plain_masculine(stem: &str, out: &mut Vec<String>) {
    masculine(stem, out);
    out.extend(bare_plurals(stem));
}

fn plural_yot(stem: &str, out: &mut Vec<String>) {
    if is_vowel(last(stem)) {
        attach(stem, YOT, out);
    } else {
        plain_masculine(stem, out);
    }
}

fn yot(word: &str, out: &mut Vec<String>) {
    let Some(stem) = word.strip_suffix('й') else { return };
    match last(stem) {
        'и' => {
            attach(stem, "й я ю ем и ев ям ями ях", out);
            // сообщений, станций: genitive plurals
            let neuter = ends_with_any(stem, "ени ани яни ти");
            attach(
                stem,
                if neuter {
                    "е"
                } else if stem.ends_with("ци") {
                    "ей"
                } else {
                    "е"
                },
                out,
            );
        }
        'е' if is_consonant(last(stem.strip_suffix('е').unwrap_or_default())) => {
            attach(stem, YOT, out);
            // рублей, дверей, врачей: genitive plurals
            let Some(stem) = word.strip_suffix("ей") else { return };
            if stem.chars().count() > 1 {
                if is_hush(last(stem)) {
                    plain_masculine(stem, out);
                }
                attach(stem, SOFT, out);
                attach(stem, "ью", out);
                if let Some(head) = stem.strip_suffix('н').filter(|head| is_consonant(last(head))) {
                    attach(head, "ень", out);
                }
            }
        }
        'о' => {
            attach(stem, YOT, out);
            with(word, "ой", feminine, out);
        }
        'е' => {
            attach(stem, YOT, out);
            // историей, идеей: an instrumental
            with(word, "ей", any_soft, out);
        }
        _ => attach(stem, YOT, out),
    }
}

fn sign(word: &str, out: &mut Vec<String>) {
    let Some(stem) = word.strip_suffix('ь') else { return };
    let letter = last(stem);
    if is_hush(letter) {
        return attach(stem, FEMININE_SIGN_HUSH, out);
    }
    const FEMININE: &str = "ость есть знь пись вь сть бь пь щадь медь четь мять рядь яжь ядь чать";
    if !ends_with_any(word, FEMININE) {
        attach(stem, SOFT, out);
    }
    attach(stem, FEMININE_SIGN, out);
    if let Some(head) = stem.strip_suffix("ен").filter(|h| has_vowel(h)) {
        attach(&join(head, "н"), "я ю ем е и ей ям ями ях", out);
    }
}

fn ends_in_a(word: &str, out: &mut Vec<String>) {
    let Some(stem) = word.strip_suffix('а') else { return };
    if stem.chars().count() < 2 {
        return;
    }
    feminine(stem, out);
    // номера, столы: a masculine genitive or plural
    if is_consonant(last(stem)) && has_vowel(stem) {
        let endings = match last(stem) {
            'ц' => "ем",
            letter if is_hush(letter) => "ем",
            _ => "ом ов",
        };
        attach(stem, endings, out);
    }
}

fn ends_in_ya(word: &str, out: &mut Vec<String>) {
    if let Some(stem) = word.strip_suffix("мя")
        && matches!(stem, "и" | "вре" | "пле" | "се" | "бре" | "зна" | "пла" | "те" | "вы" | "стре")
    {
        return attach(&join(stem, "м"), NEUTER_MYA, out);
    }
    let Some(stem) = word.strip_suffix('я') else { return };
    if stem.chars().count() < 2 {
        return;
    }
    match last(stem) {
        'и' => {
            attach(stem, "я и ю ей ею й ям ями ях", out);
            if ends_with_any(stem, "ени ани яни ти стви лови жи чи ши") {
                attach(stem, "е ем", out);
            }
        }
        _ => {
            feminine_soft(stem, out);
            if is_consonant(last(stem)) {
                attach(stem, "ь ем", out);
            }
        }
    }
}

fn ends_in_o(word: &str, out: &mut Vec<String>) {
    let Some(stem) = word.strip_suffix('о') else { return };
    const SUFFIXES: &str = "ств тв льц сл дл ышк";
    let listed = NEUTERS_IN_O.contains(word);
    let adverb = ADVERBS_LIKE_NOUNS.contains(word);
    if listed || !adverb && ends_with_any(stem, SUFFIXES) {
        neuter(stem, out);
    }
}

fn ends_in_e(word: &str, out: &mut Vec<String>) {
    let Some(stem) = word.strip_suffix('е') else { return };
    if stem.chars().count() < 2 {
        return;
    }
    match last(stem) {
        'и' => {
            attach(stem, "е я ю ем и й ям ями ях", out);
        }
        'ь' => {
            attach(stem, NEUTER_E, out);
            let head = stem.strip_suffix('ь').unwrap_or(stem);
            attach(head, "ий ьев", out);
        }
        'ц' => {
            attach(stem, NEUTER_E_HARD, out);
            attach(stem, "ев", out);
            feminine(stem, out);
        }
        'щ' => {
            attach(stem, NEUTER_E_HARD, out);
            out.push(stem.to_owned());
            attach(stem, "и", out);
        }
        letter if is_consonant(letter) => {
            if matches!(stem, "пол" | "мор" | "гор") {
                return attach(stem, NEUTER_E, out);
            }
            any_hard(stem, out);
            if matches!(letter, 'л' | 'н') {
                any_soft(stem, out);
            }
        }
        _ => any_soft(stem, out),
    }
}

fn ends_in_i(word: &str, out: &mut Vec<String>) {
    if let Some(stem) = word.strip_suffix(['ы', 'и']).filter(|_| PLURAL_ONLY.contains(word)) {
        attach(stem, "ов ам ами ах ей", out);
        return;
    }
    for ending in ["ами", "ями"] {
        if let Some(stem) = word.strip_suffix(ending).filter(|s| s.chars().count() > 1) {
            return if ending == "ами" { any_hard(stem, out) } else { any_soft(stem, out) };
        }
    }
    if let Some(stem) = word.strip_suffix('ы') {
        if stem.chars().count() > 1 && is_consonant(last(stem)) {
            any_hard(stem, out);
        }
        return;
    }
    let Some(stem) = word.strip_suffix('и') else { return };
    if stem.chars().count() < 2 {
        return;
    }
    let letter = last(stem);
    if is_velar(letter) {
        any_hard(stem, out);
    } else if is_hush(letter) {
        any_hard(stem, out);
        attach(stem, "ь ью", out);
    } else if letter == 'и' || is_vowel(letter) || letter == 'ь' {
        any_soft(stem, out);
    } else {
        any_soft(stem, out);
        attach(stem, "ью", out);
    }
}

fn ends_in_yu(word: &str, out: &mut Vec<String>) {
    let Some(stem) = word.strip_suffix('ю') else { return };
    if let Some(head) = stem.strip_suffix('ь').filter(|h| h.chars().count() > 1) {
        // печатью or статью
        let endings = if is_hush(last(head)) { FEMININE_SIGN_HUSH } else { FEMININE_SIGN };
        attach(head, endings, out);
        if !head.ends_with("ост") {
            feminine_soft(stem, out);
        }
        return;
    }
    if stem.chars().count() > 1 {
        any_soft(stem, out);
    }
}
