//! Russian verbs: seven principal parts, all forms from them, and the infinitives a form may belong to.

use super::super::{ends_with_any, join};
use std::sync::OnceLock;

use super::super::table::Words;
use super::super::verb::{Conjugation, Parts};
use super::alternations::{is_hush, is_vowel, last, softened};
use super::verb_roots::{
    AVAT, CHANGED, DROPPED, EVAT_UYU, NOUNS, PARTS, REGULAR, SECOND_AT, SECOND_ET, SHCHA, YAT,
};

const PREFIXES: [&str; 40] = [
    "без",
    "бес",
    "в",
    "взо",
    "вз",
    "во",
    "воз",
    "вос",
    "вс",
    "вы",
    "до",
    "за",
    "из",
    "изо",
    "ис",
    "на",
    "надо",
    "над",
    "недо",
    "о",
    "обо",
    "об",
    "ото",
    "от",
    "пере",
    "подо",
    "под",
    "по",
    "пред",
    "пре",
    "при",
    "про",
    "разо",
    "раз",
    "рас",
    "со",
    "с",
    "противо",
    "у",
    "не",
];

/// Prefixes with and without the vowel that some roots ask for.
const PAIRED: [(&str, &str); 10] = [
    ("разо", "раз"),
    ("разо", "рас"),
    ("подо", "под"),
    ("обо", "об"),
    ("ото", "от"),
    ("изо", "из"),
    ("изо", "ис"),
    ("надо", "над"),
    ("взо", "вз"),
    ("со", "с"),
];

static RUSSIAN: Conjugation = Conjugation {
    rows: PARTS,
    lists: &[&CHANGED, &SECOND_AT, &SECOND_ET, &YAT, &DROPPED, &AVAT, &REGULAR],
    prefixes: &PREFIXES,
    paired: &PAIRED,
    bare: |part| without_reflexive(part).to_owned(),
    regular,
    conjugate,
    endings: ENDINGS,
    roots: OnceLock::new(),
    index: OnceLock::new(),
};

/// Adds the forms of the word read as an infinitive; whether it is one.
pub(super) fn infinitive(word: &str, out: &mut Vec<String>) -> bool {
    let plain = without_reflexive(word);
    let reflexive = plain.len() < word.len();
    let is_noun = !reflexive && NOUNS.contains(plain);
    let is_listed = || !RUSSIAN.listed(plain).is_empty();
    let is_verb = match plain.strip_suffix("ть") {
        Some(stem) => stem.chars().count() > 1 && (is_vowel(last(stem)) && !is_noun || is_listed()),
        None => (plain.ends_with("ти") || plain.ends_with("чь")) && is_listed(),
    };
    if is_verb {
        for parts in RUSSIAN.parts(plain) {
            conjugate(&parts, reflexive, out);
        }
    }
    is_verb && !is_noun
}

/// Ends of nouns that look like reflexive verbs.
const NOUNS_IN_S: &str = "апись дпись спись вопись топись копись репись рысь гусь месь карась";

/// The word without -ся or -сь, where something is left.
fn without_reflexive(word: &str) -> &str {
    if ends_with_any(word, NOUNS_IN_S) || word == "лось" {
        return word;
    }
    let plain = word.strip_suffix("ся").or_else(|| word.strip_suffix("сь"));
    plain.filter(|plain| plain.chars().count() > 2).unwrap_or(word)
}

/// The parts of a verb that follows a rule.
fn regular(infinitive: &str) -> Option<Parts> {
    let stem = infinitive.strip_suffix("ть")?;
    let letter = last(stem);
    let body = stem.strip_suffix(letter)?;
    let mut parts = match letter {
        'а' if RUSSIAN.is_one_of(&CHANGED, infinitive) => changed(body),
        'а' if RUSSIAN.is_one_of(&SECOND_AT, infinitive) => second(body, "у", "ат"),
        'а' if RUSSIAN.is_one_of(&AVAT, infinitive) => first(body.strip_suffix('в')?, stem),
        'а' => match body.strip_suffix("ов").map(|head| join(head, "у")).or_else(|| evat(infinitive, body))
        {
            Some(vowel_stem) => first(&vowel_stem, &vowel_stem),
            None => first(stem, stem),
        },
        'я' if RUSSIAN.is_one_of(&YAT, infinitive) || body.ends_with('е') || body.ends_with("ча") => {
            first(body, body)
        }
        'я' => first(stem, stem),
        'е' if RUSSIAN.is_one_of(&SECOND_ET, infinitive) => softening(infinitive, body),
        'е' => first(stem, stem),
        'и' => softening(infinitive, body),
        'у' => {
            let mut parts = thematic(body);
            if RUSSIAN.is_one_of(&DROPPED, infinitive) {
                let dropped = body.strip_suffix('н')?;
                parts.past.push(if is_vowel(last(dropped)) {
                    join(dropped, "л")
                } else {
                    dropped.to_owned()
                });
                parts.past_feminine.push(join(dropped, "ла"));
            }
            parts
        }
        'ы' => first(stem, stem),
        _ => return None,
    };
    parts.infinitive = infinitive.to_owned();
    parts.past.push(join(stem, "л"));
    parts.past_feminine.push(join(stem, "ла"));
    Some(parts)
}

/// танцевать танцую, ночевать ночую, воевать воюю.
fn evat(infinitive: &str, body: &str) -> Option<String> {
    let head = body.strip_suffix("ев")?;
    let letter = last(head);
    if is_hush(letter) || letter == 'ц' {
        return Some(join(head, "у"));
    }
    RUSSIAN.is_one_of(&EVAT_UYU, infinitive).then(|| join(head, "ю"))
}

/// делаю, делает, делают, делай.
fn first(present: &str, imperative: &str) -> Parts {
    Parts {
        first: join(present, "ю"),
        third: join(present, "ет"),
        third_plural: join(present, "ют"),
        imperative: vec![join(imperative, "й")],
        ..Parts::default()
    }
}

/// верну, вернет, вернут, верни.
fn thematic(stem: &str) -> Parts {
    let mut imperative = vec![join(stem, "и")];
    if stem.strip_suffix('н').is_some_and(|head| is_vowel(last(head))) {
        imperative.push(join(stem, "ь"));
    }
    Parts {
        first: join(stem, "у"),
        third: join(stem, "ет"),
        third_plural: join(stem, "ут"),
        imperative,
        ..Parts::default()
    }
}

/// пишу, пишет, пишут, пиши.
fn changed(body: &str) -> Parts {
    let stem = softened(body);
    let (one, many) = if is_hush(last(&stem)) { ("у", "ут") } else { ("ю", "ют") };
    Parts {
        first: join(&stem, one),
        third: join(&stem, "ет"),
        third_plural: join(&stem, many),
        imperative: vec![join(&stem, "и"), join(&stem, "ь")],
        ..Parts::default()
    }
}

/// держу, держит, держат, держи.
fn second(body: &str, one: &str, many: &str) -> Parts {
    Parts {
        first: join(body, one),
        third: join(body, "ит"),
        third_plural: join(body, many),
        imperative: vec![join(body, "и"), join(body, "ь")],
        ..Parts::default()
    }
}

/// Stems that never take the imperative in -ь, where it would be another word: соль, будь, лечь.
static WITHOUT_SIGN: Words =
    Words::new("сол дел цел бол пил вал цар буд леч моч точ род суд мел гар дал быль вес");

/// вожу, водит, водят, води; ставлю, ставит, ставь.
fn softening(infinitive: &str, body: &str) -> Parts {
    if is_vowel(last(body)) {
        // строю, строит, строй
        let mut parts = second(body, "ю", "ят");
        parts.imperative = vec![join(body, "й"), join(body, "и")];
        return parts;
    }
    let stem = match body.strip_suffix('т') {
        Some(head) if ends_with_any(infinitive, SHCHA) => join(head, "щ"),
        _ => softened(body),
    };
    let one = if is_hush(last(&stem)) { "у" } else { "ю" };
    let mut parts = second(body, "", if is_hush(last(body)) { "ат" } else { "ят" });
    parts.first = join(&stem, one);
    let cluster = body.strip_suffix(last(body)).is_some_and(|head| !is_vowel(last(head)));
    if cluster || WITHOUT_SIGN.contains(body) || body.ends_with("лож") {
        parts.imperative = vec![join(body, "и")];
    }
    parts
}

/// Adds every form that follows from the parts.
fn conjugate(parts: &Parts, reflexive: bool, out: &mut Vec<String>) {
    let mut add = |form: String| {
        if form.is_empty() || form.ends_with('-') {
            return;
        }
        out.push(if !reflexive {
            form
        } else if is_vowel(last(&form)) {
            join(&form, "сь")
        } else {
            join(&form, "ся")
        });
    };
    add(parts.infinitive.clone());
    add(parts.first.clone());
    add(parts.third.clone());
    add(parts.third_plural.clone());
    if let Some(stem) = parts.third.strip_suffix('т').filter(|stem| is_vowel(last(stem))) {
        add(join(stem, "шь"));
        add(join(stem, "м"));
        add(join(stem, "мте"));
        add(join(stem, "те"));
    }
    parts.past.iter().for_each(|form| add(form.clone()));
    for form in &parts.past_feminine {
        add(form.clone());
        if let Some(stem) = form.strip_suffix('а') {
            add(join(stem, "о"));
            add(join(stem, "и"));
        }
    }
    for form in &parts.imperative {
        add(form.clone());
        add(join(form, "те"));
    }
    parts.further.iter().for_each(|form| add(form.clone()));
}

/// Ends of infinitives, and the endings of the forms of regular verbs that come from them.
const ENDINGS: &str = "\
ать айте ай аете аешь ает аем ают аю
ять яйте яй яете яешь яет яем яют яю
еть ейте еете еешь еет еем еют ею
овать уйте уй уете уешь ует уем уют ую
евать юйте уйте юете уете юешь уешь юет ует уем юют уют юю ую
ить ишь ит им ите ят ат ьте и лю
нуть ните нешь нет нем нете нут ну ни
нить ню нь
рить рю рь
дить жу
зить жу
жить жу
сить шу
шить шу
тить чу щу ть
чить чу
стить щу
щить щу
вить вь влю
ть л ла ло ли
бить блю
пить плю
мить млю
фить флю
";

/// Adds the forms of every verb that the word may be a finite form of; whether no noun is likely.
pub(super) fn finite(word: &str, out: &mut Vec<String>) -> bool {
    let plain = without_reflexive(word);
    let reflexive = plain.len() < word.len();
    let before = out.len();
    RUSSIAN.behind(word, plain, reflexive || is_maybe_finite(plain), out);
    out.len() > before && (reflexive || is_clearly_finite(plain))
}

/// Endings that only a verb has.
fn is_clearly_finite(plain: &str) -> bool {
    const ENDS: &str = "йте ьте ишь ешь ает яет ует ают яют уют еют аете уете яете аешь ируй";
    ends_with_any(plain, ENDS)
}

/// Endings that verbs share with nouns, long enough to be worth the doubt.
fn is_maybe_finite(plain: &str) -> bool {
    const ENDS: &str = "чу шу жу щу ну аем яем уем еем им ай яй уй яло ело ела ел ыл ыла нете нешь нем ите ит ят аю яю ую ею нет \
        нут ил ал ял ила ала яла ило ало или али яли нул нула плю влю лю ню";
    plain.chars().count() > 3 && (is_clearly_finite(plain) || ends_with_any(plain, ENDS))
}
