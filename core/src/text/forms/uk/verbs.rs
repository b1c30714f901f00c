//! Ukrainian verbs: principal parts, all forms from them, and the infinitives a form may belong to.

use std::sync::OnceLock;

use super::super::verb::{Conjugation, Parts};
use super::verb_roots::{AVAT, CHANGED, DROPPED, NOUNS, PARTS, SECOND, UVAYU};
use super::{is_hush, is_vowel, last, softened};

const PREFIXES: [&str; 43] = [
    "без",
    "в",
    "вві",
    "від",
    "віді",
    "ви",
    "вз",
    "ві",
    "до",
    "за",
    "з",
    "зі",
    "зо",
    "із",
    "на",
    "над",
    "наді",
    "не",
    "о",
    "об",
    "обі",
    "пере",
    "перед",
    "під",
    "піді",
    "по",
    "попере",
    "пре",
    "при",
    "про",
    "роз",
    "розі",
    "с",
    "спів",
    "у",
    "уві",
    "недо",
    "с",
    "зне",
    "ді",
    "упо",
    "іс",
    "й",
];

/// Prefixes with and without the vowel that some roots ask for.
const PAIRED: [(&str, &str); 8] = [
    ("розі", "роз"),
    ("піді", "під"),
    ("обі", "об"),
    ("віді", "від"),
    ("зі", "з"),
    ("наді", "над"),
    ("ві", "в"),
    ("зі", "с"),
];

static UKRAINIAN: Conjugation = Conjugation {
    rows: PARTS,
    lists: &[&CHANGED, &SECOND, &DROPPED],
    prefixes: &PREFIXES,
    paired: &PAIRED,
    bare,
    regular,
    conjugate,
    endings: &ENDINGS,
    roots: OnceLock::new(),
    index: OnceLock::new(),
};

/// The infinitive in -ти without its reflexive ending: -тися, -тись, and -ть, -ться of everyday speech.
fn plain_infinitive(word: &str) -> Option<(String, bool)> {
    for ending in ["тися", "тись", "ться"] {
        if let Some(stem) = word.strip_suffix(ending) {
            return Some((format!("{stem}ти"), true));
        }
    }
    word.ends_with("ти").then(|| (word.to_owned(), false))
}

/// Adds the forms of the word read as an infinitive; whether it is one.
pub(super) fn infinitive(word: &str, out: &mut Vec<String>) -> bool {
    let Some((plain, reflexive)) = plain_infinitive(word) else { return false };
    let stem = plain.strip_suffix("ти").unwrap_or(&plain);
    if stem.chars().count() < 2 && !matches!(plain.as_str(), "йти" | "іти") || word.ends_with("ться")
    {
        return false;
    }
    // «кісти»: a consonant before -ти is a verb only where it is listed.
    let is_listed = || !UKRAINIAN.listed(&plain).is_empty();
    let is_verb = (is_vowel(last(stem)) || is_listed()) && (reflexive || !NOUNS.contains(&plain));
    if is_verb {
        for parts in UKRAINIAN.parts(&plain) {
            conjugate(&parts, reflexive, out);
        }
    }
    is_verb
}

/// A part without the reflexive ending: боїться is боїть, сміється is сміє, бояться is боять.
fn bare(part: &str) -> String {
    match part.strip_suffix("ться") {
        Some(stem) if stem.ends_with(['є', 'е']) => stem.to_owned(),
        Some(stem) => format!("{stem}ть"),
        None => part.strip_suffix("ся").or_else(|| part.strip_suffix("сь")).unwrap_or(part).to_owned(),
    }
}

/// The parts of a verb that follows a rule.
fn regular(infinitive: &str) -> Option<Parts> {
    let stem = infinitive.strip_suffix("ти")?;
    let letter = last(stem);
    let body = stem.strip_suffix(letter)?;
    let mut parts = match letter {
        'а' if UKRAINIAN.is_one_of(&CHANGED, infinitive) => {
            let stem = softened(body);
            let (one, many) = if is_hush(last(&stem)) { ("у", "уть") } else { ("ю", "ють") };
            let imperative = vec![format!("{stem}и"), format!("{stem}")];
            present(format!("{stem}{one}"), format!("{stem}е"), format!("{stem}{many}"), imperative)
        }
        'а' | 'і' if UKRAINIAN.is_one_of(&SECOND, infinitive) => second(body),
        'а' if UKRAINIAN.is_one_of(&AVAT, infinitive) => vowel(body.strip_suffix('в')?, stem),
        'а' if UKRAINIAN.is_one_of(&UVAYU, infinitive) => vowel(stem, stem),
        'а' => match body.strip_suffix("ув").or_else(|| body.strip_suffix("юв")) {
            Some(head) => {
                let vowel_letter = if body.ends_with("ув") { 'у' } else { 'ю' };
                let stem = format!("{head}{vowel_letter}");
                vowel(&stem, &stem)
            }
            None => vowel(stem, stem),
        },
        'я' | 'і' => vowel(stem, stem),
        'и' => second(body),
        'у' => {
            let mut imperative = vec![format!("{body}и")];
            if body.strip_suffix('н').is_some_and(|head| is_vowel(last(head))) {
                imperative.push(format!("{body}ь"));
            }
            let mut parts = present(format!("{body}у"), format!("{body}е"), format!("{body}уть"), imperative);
            if UKRAINIAN.is_one_of(&DROPPED, infinitive) {
                let dropped = body.strip_suffix('н')?;
                parts.past.push(dropped.to_owned());
                parts.past_feminine.push(format!("{dropped}ла"));
            }
            parts
        }
        _ => return None,
    };
    parts.infinitive = infinitive.to_owned();
    parts.past.push(format!("{stem}в"));
    parts.past_feminine.push(format!("{stem}ла"));
    Some(parts)
}

/// сказано, зроблено, повернено, взято, скасовано: what was done, whoever did it.
fn impersonal(parts: &Parts) -> Vec<String> {
    let mut forms = Vec::new();
    let Some(stem) = parts.infinitive.strip_suffix("ти") else { return forms };
    if parts.third.ends_with("ить") || parts.third.ends_with("їть") {
        forms.extend(parts.first.strip_suffix(['ю', 'у']).map(|stem| format!("{stem}ено")));
    } else if parts.third.ends_with('е') {
        forms.push(format!("{}но", parts.third));
    }
    match stem
        .strip_suffix("ува")
        .map(|head| format!("{head}ов"))
        .or(stem.strip_suffix("юва").map(|head| format!("{head}ьов")))
    {
        Some(head) => forms.push(format!("{head}ано")),
        None if stem.ends_with('а') => forms.push(format!("{stem}но")),
        None => {}
    }
    if !stem.ends_with(['и', 'і']) || parts.third.ends_with('є') {
        forms.push(format!("{stem}то"));
    }
    forms
}

fn present(first: String, third: String, third_plural: String, imperative: Vec<String>) -> Parts {
    Parts { first, third, third_plural, imperative, ..Parts::default() }
}

/// читаю, читає, читають, читай.
fn vowel(stem: &str, imperative: &str) -> Parts {
    present(format!("{stem}ю"), format!("{stem}є"), format!("{stem}ють"), vec![format!("{imperative}й")])
}

/// роблю, робить, роблять, роби; бачу, бачить, бачать, бач.
fn second(body: &str) -> Parts {
    let letter = last(body);
    if is_vowel(letter) {
        let imperative = vec![format!("{body}й"), format!("{body}ї")];
        return present(format!("{body}ю"), format!("{body}їть"), format!("{body}ять"), imperative);
    }
    let labial = matches!(letter, 'б' | 'п' | 'в' | 'м' | 'ф');
    let first_stem = match letter {
        'д' => format!("{body}ж"),
        _ => softened(body),
    };
    let one = if is_hush(last(&first_stem)) { "у" } else { "ю" };
    let many = if labial {
        format!("{body}лять")
    } else if is_hush(letter) {
        format!("{body}ать")
    } else {
        format!("{body}ять")
    };
    let mut imperative = vec![format!("{body}и")];
    match letter {
        'д' | 'т' | 'з' | 'с' | 'н' | 'л' | 'ц' => imperative.push(format!("{body}ь")),
        _ => imperative.push(body.to_owned()),
    }
    // дозволити дозволь, зробити зроби, приготувати; дзвоню, стій, but пояснити поясни
    if let Some(head) = body.strip_suffix("оз").or_else(|| body.strip_suffix("ов")) {
        let end = if body.ends_with('з') { "ізь" } else { "ів" };
        imperative.push(format!("{head}{end}"));
    }
    present(format!("{first_stem}{one}"), format!("{body}ить"), many, imperative)
}

/// Adds every form that follows from the parts.
fn conjugate(parts: &Parts, reflexive: bool, out: &mut Vec<String>) {
    let mut add = |form: &str| match form {
        "" => {}
        _ if !reflexive => out.push(form.to_owned()),
        // пишеться, робиться, робляться
        _ if form.ends_with('ш') || form.ends_with("ть") => out.push(format!("{form}ся")),
        _ => {
            out.push(format!("{form}ся"));
            out.push(format!("{form}сь"));
        }
    };
    let infinitive = &parts.infinitive;
    add(infinitive);
    if let Some(stem) = infinitive.strip_suffix('и') {
        add(&format!("{stem}ь"));
        for ending in ["иму", "имеш", "имемо", "имем", "имете", "имуть"] {
            add(&format!("{stem}{ending}"));
        }
        add(&format!("{stem}{}", if reflexive { "иметь" } else { "име" }));
    }
    add(&parts.first);
    add(&parts.third_plural);
    let third = parts.third.strip_suffix("ть").unwrap_or(&parts.third);
    if reflexive && third == parts.third {
        add(&format!("{third}ть"))
    } else {
        add(&parts.third)
    }
    if is_vowel(last(third)) {
        for ending in ["ш", "мо", "м", "те"] {
            add(&format!("{third}{ending}"));
        }
    }
    parts.past.iter().for_each(|form| add(form));
    for form in &parts.past_feminine {
        add(form);
        if let Some(stem) = form.strip_suffix('а') {
            add(&format!("{stem}о"));
            add(&format!("{stem}и"));
        }
    }
    for form in &parts.imperative {
        add(form);
        match form.strip_suffix('и') {
            Some(stem) => {
                ["іть", "імо", "ім", "іте"].iter().for_each(|ending| add(&format!("{stem}{ending}")))
            }
            None if form.ends_with('ї') => {
                let stem = form.strip_suffix('ї').unwrap_or(form);
                ["їть", "їмо", "їм"].iter().for_each(|ending| add(&format!("{stem}{ending}")));
            }
            None => ["мо", "те"].iter().for_each(|ending| add(&format!("{form}{ending}"))),
        }
    }
    parts.further.iter().for_each(|form| add(form));
    if !reflexive {
        out.extend(impersonal(parts));
    }
}

/// Endings of the finite forms of regular verbs, and the infinitives they come from.
const ENDINGS: [(&str, &str); 52] = [
    ("айте", "ати"),
    ("яйте", "яти"),
    ("уйте", "увати"),
    ("юйте", "ювати"),
    ("ійте", "іти"),
    ("ай", "ати"),
    ("уй", "увати"),
    ("юй", "ювати"),
    ("аєте", "ати"),
    ("яєте", "яти"),
    ("уєте", "увати"),
    ("юєте", "ювати"),
    ("ієте", "іти"),
    ("аєш", "ати"),
    ("яєш", "яти"),
    ("уєш", "увати"),
    ("юєш", "ювати"),
    ("ієш", "іти"),
    ("ає", "ати"),
    ("яє", "яти"),
    ("ує", "увати"),
    ("ює", "ювати"),
    ("іє", "іти"),
    ("аємо", "ати"),
    ("яємо", "яти"),
    ("уємо", "увати"),
    ("юємо", "ювати"),
    ("іємо", "іти"),
    ("ають", "ати"),
    ("яють", "яти"),
    ("ують", "увати"),
    ("юють", "ювати"),
    ("іють", "іти"),
    ("аю", "ати"),
    ("яю", "яти"),
    ("ую", "увати"),
    ("юю", "ювати"),
    ("ію", "іти"),
    ("иш", "ити"),
    ("ить", "ити"),
    ("имо", "ити"),
    ("ите", "ити"),
    ("лять", "ити"),
    ("ять", "ити"),
    ("ать", "ити"),
    ("ніть", "нути"),
    ("іть", "ити"),
    ("неш", "нути"),
    ("в", "ти"),
    ("ла", "ти"),
    ("ло", "ти"),
    ("ли", "ти"),
];

/// Adds the forms of every verb that the word may be a finite form of; whether no noun is likely.
pub(super) fn finite(word: &str, out: &mut Vec<String>) -> bool {
    let plain = bare(word);
    if plain.chars().count() < 2 {
        return false;
    }
    let before = out.len();
    UKRAINIAN.behind(word, &plain, plain.chars().count() > 3, out);
    out.len() > before && is_clearly_finite(&plain)
}

/// Endings that only a verb has.
fn is_clearly_finite(plain: &str) -> bool {
    const ENDS: [&str; 19] = [
        "йте", "ьте", "иш", "єш", "ає", "яє", "ує", "ють", "уть", "аєте", "уєте", "ієте", "аємо", "уємо",
        "ить", "имо", "ніть", "шіть", "жіть",
    ];
    ENDS.iter().any(|end| plain.ends_with(end))
}
