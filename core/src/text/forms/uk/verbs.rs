//! Ukrainian verbs: principal parts, all forms from them, and the infinitives a form may belong to.

use super::super::{ends_with_any, join};
use std::sync::OnceLock;

use super::super::verb::{Conjugation, Parts};
use super::verb_roots::{AVAT, CHANGED, DROPPED, NOUNS, PARTS, SECOND, UVAYU};
use super::{is_hush, is_vowel, last, softened};

const PREFIXES: [&str; 42] = [
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
    endings: ENDINGS,
    roots: OnceLock::new(),
    index: OnceLock::new(),
};

/// The infinitive in -ти without its reflexive ending: -тися, -тись, and -ть, -ться of everyday speech.
fn plain_infinitive(word: &str) -> Option<(String, bool)> {
    for ending in ["тися", "тись", "ться"] {
        if let Some(stem) = word.strip_suffix(ending) {
            return Some((join(stem, "ти"), true));
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
        Some(stem) => join(stem, "ть"),
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
            let imperative = vec![join(&stem, "и"), format!("{stem}")];
            present(join(&stem, one), join(&stem, "е"), join(&stem, many), imperative)
        }
        'а' | 'і' if UKRAINIAN.is_one_of(&SECOND, infinitive) => second(body),
        'а' if UKRAINIAN.is_one_of(&AVAT, infinitive) => vowel(body.strip_suffix('в')?, stem),
        'а' if UKRAINIAN.is_one_of(&UVAYU, infinitive) => vowel(stem, stem),
        'а' => match body.strip_suffix("ув").or_else(|| body.strip_suffix("юв")) {
            Some(head) => {
                let vowel_letter = if body.ends_with("ув") { "у" } else { "ю" };
                let stem = join(head, vowel_letter);
                vowel(&stem, &stem)
            }
            None => vowel(stem, stem),
        },
        'я' | 'і' => vowel(stem, stem),
        'и' => second(body),
        'у' => {
            let mut imperative = vec![join(body, "и")];
            if body.strip_suffix('н').is_some_and(|head| is_vowel(last(head))) {
                imperative.push(join(body, "ь"));
            }
            let mut parts = present(join(body, "у"), join(body, "е"), join(body, "уть"), imperative);
            if UKRAINIAN.is_one_of(&DROPPED, infinitive) {
                let dropped = body.strip_suffix('н')?;
                parts.past.push(dropped.to_owned());
                parts.past_feminine.push(join(dropped, "ла"));
            }
            parts
        }
        _ => return None,
    };
    parts.infinitive = infinitive.to_owned();
    parts.past.push(join(stem, "в"));
    parts.past_feminine.push(join(stem, "ла"));
    Some(parts)
}

/// сказано, зроблено, повернено, взято, скасовано: what was done, whoever did it.
fn impersonal(parts: &Parts) -> Vec<String> {
    let mut forms = Vec::new();
    let Some(stem) = parts.infinitive.strip_suffix("ти") else { return forms };
    if parts.third.ends_with("ить") || parts.third.ends_with("їть") {
        forms.extend(parts.first.strip_suffix(['ю', 'у']).map(|stem| join(stem, "ено")));
    } else if parts.third.ends_with('е') {
        forms.push(format!("{}но", parts.third));
    }
    if let Some(head) = stem.strip_suffix("ува") {
        forms.push(join(head, "овано"));
    } else if let Some(head) = stem.strip_suffix("юва") {
        forms.push(join(head, if is_vowel(last(head)) { "йовано" } else { "ьовано" }));
    }
    if stem.ends_with('а') {
        forms.push(join(stem, "но"));
    }
    if !stem.ends_with(['и', 'і']) || parts.third.ends_with('є') {
        forms.push(join(stem, "то"));
    }
    forms
}

fn present(first: String, third: String, third_plural: String, imperative: Vec<String>) -> Parts {
    Parts { first, third, third_plural, imperative, ..Parts::default() }
}

/// читаю, читає, читають, читай.
fn vowel(stem: &str, imperative: &str) -> Parts {
    present(join(stem, "ю"), join(stem, "є"), join(stem, "ють"), vec![join(imperative, "й")])
}

/// роблю, робить, роблять, роби; бачу, бачить, бачать, бач.
fn second(body: &str) -> Parts {
    let letter = last(body);
    if is_vowel(letter) {
        let imperative = vec![join(body, "й"), join(body, "ї")];
        return present(join(body, "ю"), join(body, "їть"), join(body, "ять"), imperative);
    }
    let labial = matches!(letter, 'б' | 'п' | 'в' | 'м' | 'ф');
    let first_stem = match letter {
        'д' => join(body, "ж"),
        _ => softened(body),
    };
    let one = if is_hush(last(&first_stem)) { "у" } else { "ю" };
    let many = if labial {
        join(body, "лять")
    } else if is_hush(letter) {
        join(body, "ать")
    } else {
        join(body, "ять")
    };
    let mut imperative = vec![join(body, "и")];
    match letter {
        'д' | 'т' | 'з' | 'с' | 'н' | 'л' | 'ц' => imperative.push(join(body, "ь")),
        _ => imperative.push(body.to_owned()),
    }
    // дозволити дозволь, зробити зроби, приготувати; дзвоню, стій, but пояснити поясни
    if let Some(head) = body.strip_suffix("оз").or_else(|| body.strip_suffix("ов")) {
        let end = if body.ends_with('з') { "ізь" } else { "ів" };
        imperative.push(join(head, end));
    }
    present(join(&first_stem, one), join(body, "ить"), many, imperative)
}

/// Adds every form that follows from the parts.
fn conjugate(parts: &Parts, reflexive: bool, out: &mut Vec<String>) {
    let mut add = |form: &str| match form {
        "" => {}
        _ if !reflexive => out.push(form.to_owned()),
        // пишеться, робиться, робляться
        _ if form.ends_with('ш') || form.ends_with("ть") => out.push(join(form, "ся")),
        _ => {
            out.push(join(form, "ся"));
            out.push(join(form, "сь"));
        }
    };
    let infinitive = &parts.infinitive;
    add(infinitive);
    if let Some(stem) = infinitive.strip_suffix('и') {
        add(&join(stem, "ь"));
        for ending in ["иму", "имеш", "имемо", "имем", "имете", "имуть"] {
            add(&join(stem, ending));
        }
        add(&format!("{stem}{}", if reflexive { "иметь" } else { "име" }));
    }
    add(&parts.first);
    add(&parts.third_plural);
    let third = parts.third.strip_suffix("ть").unwrap_or(&parts.third);
    if reflexive && third == parts.third {
        add(&join(third, "ть"))
    } else {
        add(&parts.third)
    }
    if is_vowel(last(third)) {
        for ending in ["ш", "мо", "м", "те"] {
            add(&join(third, ending));
        }
    }
    parts.past.iter().for_each(|form| add(form));
    for form in &parts.past_feminine {
        add(form);
        if let Some(stem) = form.strip_suffix('а') {
            add(&join(stem, "о"));
            add(&join(stem, "и"));
        }
    }
    for form in &parts.imperative {
        add(form);
        match form.strip_suffix('и') {
            Some(stem) => ["іть", "імо", "ім", "іте"].iter().for_each(|ending| add(&join(stem, ending))),
            None if form.ends_with('ї') => {
                let stem = form.strip_suffix('ї').unwrap_or(form);
                ["їть", "їмо", "їм"].iter().for_each(|ending| add(&join(stem, ending)));
            }
            None => ["мо", "те"].iter().for_each(|ending| add(&join(form, ending))),
        }
    }
    parts.further.iter().for_each(|form| add(form));
    if !reflexive {
        out.extend(impersonal(parts));
    }
}

/// Ends of infinitives, and the endings of the forms of regular verbs that come from them.
const ENDINGS: &str = "\
ати айте ай аєте аєш ає аємо ають аю
яти яйте яєте яєш яє яємо яють яю
увати уйте уй уєте уєш ує уємо ують ую
ювати юйте юй юєте юєш ює юємо юють юю
іти ійте ієте ієш іє іємо іють ію
ити иш ить имо ите лять ять ать іть
нути ніть неш
ти в ла ло ли
";

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
    const ENDS: &str = "йте ьте иш єш ає яє ує ють уть аєте уєте ієте аємо уємо ить имо ніть шіть жіть";
    ends_with_any(plain, ENDS)
}
