//! Russian verbs: seven principal parts, all forms from them, and the infinitives a form may belong to.

use super::alternations::{is_consonant, is_hush, is_vowel, last, softened};
use super::verb_roots::{CHANGED, DROPPED, EVAT_UYU, NOUNS, PARTS, SECOND_AT, SECOND_ET, SHCHA, YAT};

/// What a dictionary gives of a verb; the rest follows.
#[derive(Debug, Default)]
struct Parts {
    infinitive: String,
    /// Without a first person: «победить».
    first: Vec<String>,
    third: String,
    third_plural: String,
    past: Vec<String>,
    past_feminine: Vec<String>,
    imperative: Vec<String>,
    further: Vec<String>,
}

const PREFIXES: [&str; 40] = [
    "без", "бес", "в", "взо", "вз", "во", "воз", "вос", "вс", "вы", "до", "за", "из", "изо", "ис", "на",
    "надо", "над", "недо", "о", "обо", "об", "ото", "от", "пере", "подо", "под", "по", "пред", "пре", "при",
    "про", "разо", "раз", "рас", "со", "с", "су", "у", "не",
];

/// Prefixes that gain or lose a vowel before a root: отозвать отзову, разбить разобью.
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

/// Whether the letters before a root are prefixes of verbs, at most three.
fn is_prefix(letters: &str) -> bool {
    fn within(letters: &str, depth: u8) -> bool {
        letters.is_empty()
            || depth > 0
                && PREFIXES
                    .iter()
                    .any(|p| letters.strip_prefix(p).is_some_and(|rest| within(rest, depth - 1)))
    }
    within(letters.strip_suffix('ъ').unwrap_or(letters), 3)
}

/// Whether the infinitive is one of the roots, with or without prefixes.
fn is_one_of(roots: &str, infinitive: &str) -> bool {
    roots.split_whitespace().any(|root| infinitive.strip_suffix(root).is_some_and(is_prefix))
}

/// Adds the forms of the word read as an infinitive; whether it is one.
pub(super) fn infinitive(word: &str, out: &mut Vec<String>) -> bool {
    let Some(plain) = without_reflexive(word) else { return false };
    let reflexive = plain.len() != word.len();
    let ends = ["ть", "ти", "чь"].iter().any(|end| plain.ends_with(end));
    if !ends
        || plain.chars().count() < 4 && !matches!(plain, "ети" | "йти")
        || word.ends_with("сть") && !listed_root(plain)
        || plain.ends_with("ость")
    {
        return false;
    }
    if (plain.ends_with("ти") || plain.ends_with("чь")) && !listed_root(plain) {
        return false;
    }
    let noun = !reflexive && NOUNS.split_whitespace().any(|noun| noun == plain);
    if noun && !listed_root(plain) {
        return false;
    }
    if reflexive
        && (plain.ends_with("ти") || plain.ends_with("чь"))
        && word.ends_with("ся")
        && !plain.ends_with("чь")
    {
        return false;
    }
    for parts in parts_of(word) {
        conjugate(&parts, reflexive, out);
    }
    !noun
}

fn listed_root(infinitive: &str) -> bool {
    rows().any(|row| {
        row.split(' ').next().is_some_and(|root| infinitive.strip_suffix(root).is_some_and(is_prefix))
    })
}

fn rows() -> impl Iterator<Item = &'static str> {
    PARTS.lines()
}

/// The verb without -ся and -сь; none where nothing is left.
fn without_reflexive(word: &str) -> Option<&str> {
    let plain = word.strip_suffix("ся").or_else(|| word.strip_suffix("сь")).unwrap_or(word);
    (plain.chars().count() > 1).then_some(plain)
}

/// The principal parts of an infinitive, without the reflexive ending; several where the ending does not tell.
fn parts_of(infinitive: &str) -> Vec<Parts> {
    let listed: Vec<Parts> = longest_rows(infinitive);
    if !listed.is_empty() {
        return listed;
    }
    let plain = without_reflexive(infinitive).unwrap_or(infinitive);
    regular(plain).into_iter().collect()
}

/// Rows whose root ends the infinitive after prefixes; the longest root wins.
fn longest_rows(infinitive: &str) -> Vec<Parts> {
    let plain = without_reflexive(infinitive).unwrap_or(infinitive);
    let mut best: Vec<Parts> = Vec::new();
    let mut length = 0;
    for row in rows() {
        let root = row.split(' ').next().unwrap_or_default();
        let root_plain = if root.ends_with("ся") { without_reflexive(root).unwrap_or(root) } else { root };
        let Some(prefix) = plain.strip_suffix(root_plain).filter(|p| is_prefix(p)) else { continue };
        if root_plain.len() < length {
            continue;
        }
        if root_plain.len() > length {
            best.clear();
            length = root_plain.len();
        }
        best.extend(from_row(prefix, row));
    }
    best
}

/// The parts of a row with a prefix before each of them.
fn from_row(prefix: &str, row: &str) -> Vec<Parts> {
    let mut prefixes = vec![prefix.to_owned()];
    for (long, short) in PAIRED {
        if let Some(head) = prefix.strip_suffix(long) {
            prefixes.push(format!("{head}{short}"));
        } else if let Some(head) = prefix.strip_suffix(short) {
            prefixes.push(format!("{head}{long}"));
        }
    }
    prefixes
        .into_iter()
        .enumerate()
        .map(|(at, own)| {
            let mut fields = row.split(' ').map(|part| {
                let part = if part.ends_with("ся") || part.ends_with("сь") {
                    without_reflexive(part).unwrap_or(part)
                } else {
                    part
                };
                format!("{own}{part}")
            });
            let mut next = || fields.next().unwrap_or_default();
            let mut parts = Parts {
                infinitive: next(),
                first: vec![next()],
                third: next(),
                third_plural: next(),
                past: vec![next()],
                past_feminine: vec![next()],
                imperative: vec![next()],
                further: Vec::new(),
            };
            parts.further = fields.collect();
            if at > 0 {
                // The past keeps the prefix of the infinitive, but for стереть, where it is the same.
                parts.infinitive = String::new();
                parts.past.clear();
                parts.past_feminine.clear();
            }
            parts
        })
        .collect()
}

/// The parts of a verb that follows a rule.
fn regular(infinitive: &str) -> Option<Parts> {
    let stem = infinitive.strip_suffix("ть")?;
    let letter = last(stem);
    let body = stem.strip_suffix(letter)?;
    let mut parts = match letter {
        'а' if is_one_of(CHANGED, infinitive) => changed(body),
        'а' if is_one_of(SECOND_AT, infinitive) => second(body, "у", "ат"),
        'а' if is_one_of("давать знавать ставать", infinitive) => {
            first(body.strip_suffix('в')?, stem)
        }
        'а' => {
            match body.strip_suffix("ов").map(|head| format!("{head}у")).or_else(|| evat(infinitive, body))
            {
                Some(vowel_stem) => first(&vowel_stem, &vowel_stem),
                None => first(stem, stem),
            }
        }
        'я' if is_one_of(YAT, infinitive) || body.ends_with('е') || body.ends_with("ча") => {
            first(body, body)
        }
        'я' => first(stem, stem),
        'е' if is_one_of(SECOND_ET, infinitive) => softening(infinitive, body),
        'е' => first(stem, stem),
        'и' => softening(infinitive, body),
        'у' => {
            let mut parts = thematic(body);
            if is_one_of(DROPPED, infinitive) {
                let dropped = body.strip_suffix('н')?;
                parts.past.push(if is_vowel(last(dropped)) {
                    format!("{dropped}л")
                } else {
                    dropped.to_owned()
                });
                parts.past_feminine.push(format!("{dropped}ла"));
            }
            parts
        }
        'ы' => first(stem, stem),
        _ => return None,
    };
    parts.infinitive = infinitive.to_owned();
    parts.past.push(format!("{stem}л"));
    parts.past_feminine.push(format!("{stem}ла"));
    Some(parts)
}

/// танцевать танцую, ночевать ночую, воевать воюю.
fn evat(infinitive: &str, body: &str) -> Option<String> {
    let head = body.strip_suffix("ев")?;
    let letter = last(head);
    if is_hush(letter)
        || letter == 'ц'
        || is_one_of("плевать клевать жевать блевать", infinitive) && letter == 'ж'
    {
        return Some(format!("{head}у"));
    }
    is_one_of(EVAT_UYU, infinitive).then(|| format!("{head}ю"))
}

/// делаю, делает, делают, делай.
fn first(present: &str, imperative: &str) -> Parts {
    Parts {
        first: vec![format!("{present}ю")],
        third: format!("{present}ет"),
        third_plural: format!("{present}ют"),
        imperative: vec![format!("{imperative}й")],
        ..Parts::default()
    }
}

/// верну, вернет, вернут, верни.
fn thematic(stem: &str) -> Parts {
    let mut imperative = vec![format!("{stem}и")];
    if stem.strip_suffix('н').is_some_and(|head| is_vowel(last(head))) {
        imperative.push(format!("{stem}ь"));
    }
    Parts {
        first: vec![format!("{stem}у")],
        third: format!("{stem}ет"),
        third_plural: format!("{stem}ут"),
        imperative,
        ..Parts::default()
    }
}

/// пишу, пишет, пишут, пиши.
fn changed(body: &str) -> Parts {
    let stem = softened(body);
    let (one, many) = if is_hush(last(&stem)) { ("у", "ут") } else { ("ю", "ют") };
    Parts {
        first: vec![format!("{stem}{one}")],
        third: format!("{stem}ет"),
        third_plural: format!("{stem}{many}"),
        imperative: vec![format!("{stem}и"), format!("{stem}ь")],
        ..Parts::default()
    }
}

/// держу, держит, держат, держи.
fn second(body: &str, one: &str, many: &str) -> Parts {
    Parts {
        first: vec![format!("{body}{one}")],
        third: format!("{body}ит"),
        third_plural: format!("{body}{many}"),
        imperative: vec![format!("{body}и"), format!("{body}ь")],
        ..Parts::default()
    }
}

/// вожу, водит, водят, води; ставлю, ставит, ставь.
fn softening(infinitive: &str, body: &str) -> Parts {
    if is_vowel(last(body)) {
        // строю, строит, строй
        let mut parts = second(body, "ю", "ят");
        parts.imperative = vec![format!("{body}й"), format!("{body}и")];
        return parts;
    }
    let stem = match body.strip_suffix('т') {
        Some(head) if SHCHA.split_whitespace().any(|end| infinitive.ends_with(end)) => format!("{head}щ"),
        _ => softened(body),
    };
    let one = if is_hush(last(&stem)) { "у" } else { "ю" };
    let mut parts = second(body, "", if is_hush(last(body)) { "ат" } else { "ят" });
    parts.first = vec![format!("{stem}{one}")];
    let hush_with_sign = ["лич", "нич", "нач", "печ", "роч"].iter().any(|end| body.ends_with(end));
    if is_hush(last(body)) && !hush_with_sign || matches!(body, "сол" | "дел" | "цел" | "бол" | "пил")
    {
        parts.imperative = vec![format!("{body}и")];
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
            format!("{form}сь")
        } else {
            format!("{form}ся")
        });
    };
    add(parts.infinitive.clone());
    parts.first.iter().for_each(|form| add(form.clone()));
    add(parts.third.clone());
    add(parts.third_plural.clone());
    if let Some(stem) = parts.third.strip_suffix('т').filter(|stem| is_vowel(last(stem))) {
        add(format!("{stem}шь"));
        add(format!("{stem}м"));
        add(format!("{stem}мте"));
        add(format!("{stem}те"));
    }
    parts.past.iter().for_each(|form| add(form.clone()));
    for form in &parts.past_feminine {
        add(form.clone());
        if let Some(stem) = form.strip_suffix('а') {
            add(format!("{stem}о"));
            add(format!("{stem}и"));
        }
    }
    for form in &parts.imperative {
        add(form.clone());
        add(format!("{form}те"));
    }
    parts.further.iter().for_each(|form| add(form.clone()));
}

/// Endings of the finite forms of regular verbs, and the infinitives they come from.
const ENDINGS: [(&str, &str); 86] = [
    ("айте", "ать"),
    ("яйте", "ять"),
    ("ейте", "еть"),
    ("уйте", "овать"),
    ("юйте", "евать"),
    ("уйте", "евать"),
    ("ай", "ать"),
    ("яй", "ять"),
    ("уй", "овать"),
    ("аете", "ать"),
    ("яете", "ять"),
    ("еете", "еть"),
    ("уете", "овать"),
    ("юете", "евать"),
    ("уете", "евать"),
    ("аешь", "ать"),
    ("яешь", "ять"),
    ("еешь", "еть"),
    ("уешь", "овать"),
    ("юешь", "евать"),
    ("уешь", "евать"),
    ("ает", "ать"),
    ("яет", "ять"),
    ("еет", "еть"),
    ("ует", "овать"),
    ("юет", "евать"),
    ("ует", "евать"),
    ("аем", "ать"),
    ("яем", "ять"),
    ("еем", "еть"),
    ("уем", "овать"),
    ("уем", "евать"),
    ("ают", "ать"),
    ("яют", "ять"),
    ("еют", "еть"),
    ("уют", "овать"),
    ("юют", "евать"),
    ("уют", "евать"),
    ("аю", "ать"),
    ("яю", "ять"),
    ("ею", "еть"),
    ("ую", "овать"),
    ("юю", "евать"),
    ("ую", "евать"),
    ("ишь", "ить"),
    ("ит", "ить"),
    ("им", "ить"),
    ("ите", "ить"),
    ("ят", "ить"),
    ("ат", "ить"),
    ("ните", "нуть"),
    ("нешь", "нуть"),
    ("нет", "нуть"),
    ("нем", "нуть"),
    ("нете", "нуть"),
    ("нут", "нуть"),
    ("ну", "нуть"),
    ("ьте", "ить"),
    ("ни", "нуть"),
    ("и", "ить"),
    ("лю", "ить"),
    ("ню", "нить"),
    ("рю", "рить"),
    ("жу", "дить"),
    ("жу", "зить"),
    ("жу", "жить"),
    ("шу", "сить"),
    ("шу", "шить"),
    ("чу", "тить"),
    ("чу", "чить"),
    ("щу", "тить"),
    ("щу", "стить"),
    ("щу", "щить"),
    ("вь", "вить"),
    ("рь", "рить"),
    ("ть", "тить"),
    ("нь", "нить"),
    ("л", "ть"),
    ("ла", "ть"),
    ("ло", "ть"),
    ("ли", "ть"),
    ("блю", "бить"),
    ("плю", "пить"),
    ("влю", "вить"),
    ("млю", "мить"),
    ("флю", "фить"),
];

/// Adds the forms of every verb that the word may be a finite form of; whether no noun is likely.
pub(super) fn finite(word: &str, out: &mut Vec<String>) -> bool {
    let Some(plain) = without_reflexive(word) else { return false };
    let reflexive = plain.len() != word.len();
    let before = out.len();
    let mut buffer = Vec::new();
    let mut keep = |parts: Vec<Parts>, out: &mut Vec<String>| {
        buffer.clear();
        for parts in &parts {
            conjugate(parts, reflexive, &mut buffer);
        }
        if buffer.iter().any(|form| form == word) {
            out.append(&mut buffer);
        }
    };
    for infinitive in listed_infinitives(plain) {
        keep(parts_of(&infinitive), out);
    }
    let certain = out.len() > before || is_clearly_finite(plain) || reflexive && out.len() > before;
    if out.len() == before && (reflexive || is_maybe_finite(plain)) {
        for (ending, infinitive) in ENDINGS {
            if let Some(stem) = plain.strip_suffix(ending).filter(|stem| stem.chars().count() > 1) {
                keep(parts_of(&format!("{stem}{infinitive}")), out);
            }
        }
    }
    certain && out.len() > before
}

/// The listed verbs, with prefixes, whose parts begin like what follows the prefix.
fn listed_infinitives(word: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in word.char_indices() {
        let Some((prefix, rest)) = word.split_at_checked(at) else { continue };
        if !is_prefix(prefix) || rest.chars().count() < 2 {
            continue;
        }
        let head = |part: &str| part.chars().take(2).eq(rest.chars().take(2));
        for row in rows().filter(|row| row.split(' ').any(head)) {
            let root = row.split(' ').next().unwrap_or_default();
            let root = if root.ends_with("ся") { without_reflexive(root).unwrap_or(root) } else { root };
            found.push(format!("{prefix}{root}"));
            for (long, short) in PAIRED {
                if let Some(bare) = prefix.strip_suffix(long) {
                    found.push(format!("{bare}{short}{root}"));
                } else if let Some(bare) = prefix.strip_suffix(short) {
                    found.push(format!("{bare}{long}{root}"));
                }
            }
        }
        let ends = ["ать", "еть", "уть"];
        for list in [CHANGED, SECOND_AT, SECOND_ET, YAT, DROPPED] {
            for root in list.split_whitespace() {
                let body = ends.iter().find_map(|end| root.strip_suffix(end)).unwrap_or(root);
                let short = body.strip_suffix(is_consonant).unwrap_or(body);
                if rest.starts_with(short) || rest.starts_with(softened(body).as_str()) {
                    found.push(format!("{prefix}{root}"));
                }
            }
        }
    }
    found
}

/// Endings that only a verb has.
fn is_clearly_finite(plain: &str) -> bool {
    const ENDS: [&str; 16] = [
        "йте", "ьте", "ишь", "ешь", "ает", "яет", "ует", "ают", "яют", "уют", "еют", "аете", "уете", "яете",
        "аешь", "ируй",
    ];
    ENDS.iter().any(|end| plain.ends_with(end))
}

/// Endings that verbs share with nouns, long enough to be worth the doubt.
fn is_maybe_finite(plain: &str) -> bool {
    const ENDS: [&str; 26] = [
        "ите", "ит", "ят", "аю", "яю", "ую", "ею", "нет", "нут", "ил", "ал", "ял", "ила", "ала", "яла",
        "ило", "ало", "или", "али", "яли", "нул", "нула", "плю", "влю", "лю", "ню",
    ];
    plain.chars().count() > 3 && (is_clearly_finite(plain) || ENDS.iter().any(|end| plain.ends_with(end)))
}
