//! Packs what the crate has of words and letters: the concepts of the FAQ, the capitals of Unicode.

#[allow(dead_code, unreachable_pub, reason = "the crate's own module, of which packing needs a part")]
#[path = "src/text/lang/mod.rs"]
mod lang;
#[path = "src/faq/concepts/packing.rs"]
mod packing;
#[allow(unreachable_pub, reason = "the crate's own module")]
#[path = "src/text/stem.rs"]
mod stem;

use lang::{Lang, is_cyrillic};
use packing::{Bits, Chance, LETTERS, Term, Thesaurus};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;
use std::{env, fs};

const SOURCE: &str = "src/faq/concepts/concepts.txt";

fn main() -> Result<(), Box<dyn Error>> {
    for source in [SOURCE, "src/faq/concepts/packing.rs", "src/text/lang", "src/text/stem.rs"] {
        println!("cargo::rerun-if-changed={source}");
    }
    let thesaurus = read(&fs::read_to_string(SOURCE)?)?;
    let mut writer = Writer { low: 0, high: u32::MAX, bytes: Vec::new() };
    Thesaurus::code(&mut writer, &thesaurus);
    writer.bytes.extend(writer.high.to_be_bytes());
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("concepts.bin"), writer.bytes)?;
    fs::write(Path::new(&out).join("case.rs"), case())?;
    Ok(())
}

/// The groups, a line each: `NAME: word, several words, ~looser word`.
fn read(text: &str) -> Result<Thesaurus, String> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let groups: Vec<Vec<&str>> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(_, terms)| terms.split(',').map(str::trim).collect())
        .collect();
    let words: BTreeSet<&str> = groups.iter().flatten().flat_map(|term| words_of(term)).collect();
    if let Some(word) =
        words.iter().find(|word| word.is_empty() || !word.chars().all(|c| LETTERS.contains(c)))
    {
        return Err(format!("{SOURCE}: `{word}` is no word of small letters and digits"));
    }
    let packed: BTreeMap<&str, &str> = words.into_iter().map(|word| (word, beginning(word))).collect();
    let words: BTreeSet<&str> = packed.values().copied().collect();
    let words: Vec<String> = words.into_iter().map(String::from).collect();
    let mut terms = vec![Vec::new(); words.len()];
    for (concept, group) in groups.iter().enumerate() {
        for term in group {
            let number = |word: &str| {
                let word = packed.get(word)?;
                words.binary_search_by(|known| known.as_str().cmp(word)).ok()
            };
            let mut numbers = words_of(term).filter_map(number);
            let first: Option<&mut Vec<Term>> = numbers.next().and_then(|first| terms.get_mut(first));
            if let Some(terms) = first {
                terms.push(Term { concept, loose: term.starts_with('~'), rest: numbers.collect() });
            }
        }
    }
    Ok(Thesaurus { words, terms })
}

fn words_of(term: &str) -> impl Iterator<Item = &str> {
    term.trim_start_matches('~').split([' ', '/'])
}

/// The shortest beginning of a word with the stems of the word, for nobody asks for more of it: a tenth of the letters
/// need not be packed. A Latin word stays whole, as it stands in a Russian term.
fn beginning(word: &str) -> &str {
    let languages = |word: &str| [Lang::Ru, Lang::Uk].into_iter().filter(|lang| lang.spells(word)).collect();
    let spelt: Vec<Lang> = languages(word);
    let stems = |word: &str| -> Vec<String> { spelt.iter().map(|lang| stem::stem(word, *lang)).collect() };
    if spelt.is_empty() || !word.chars().all(is_cyrillic) {
        return word;
    }
    let whole = stems(word);
    let beginnings = word.char_indices().skip(1).filter_map(|(at, _)| word.get(..at));
    let mut alike = beginnings.filter(|short| languages(short) == spelt && stems(short) == whole);
    alike.next().unwrap_or(word)
}

/// Writes bits into the narrowing stretch from `low` to `high`; bytes that both agree on are done.
struct Writer {
    low: u32,
    high: u32,
    bytes: Vec<u8>,
}

impl Bits for Writer {
    fn bit(&mut self, chance: &mut Chance, meant: bool) -> bool {
        let middle = chance.parts(self.low, self.high);
        (self.low, self.high) = if meant { (self.low, middle) } else { (middle + 1, self.high) };
        while (self.low ^ self.high) >> 24 == 0 {
            self.bytes.push((self.high >> 24) as u8);
            (self.low, self.high) = (self.low << 8, self.high << 8 | 0xFF);
        }
        chance.learn(meant);
        meant
    }
}

/// The letters that have another case, as stretches of those that change by the same distance.
fn case() -> String {
    let one =
        |mut changed: Box<dyn Iterator<Item = char>>| changed.next().filter(|_| changed.next().is_none());
    let small = stretches("SMALL", |c| one(Box::new(c.to_lowercase())));
    let capital = stretches("CAPITAL", |c| one(Box::new(c.to_uppercase())));
    let several = ('\0'..=char::MAX).filter(|c| c.to_uppercase().len() > 1);
    let several: Vec<String> = several.map(|c| format!("{c}{}", c.to_uppercase())).collect();
    let several = several.join(" ");
    format!(
        "{small}{capital}/// Letters with capitals of several characters.\nconst SEVERAL: &str = {several:?};\n"
    )
}

fn stretches(name: &str, changed: impl Fn(char) -> Option<char>) -> String {
    let mut stretches: Vec<(u32, u32, u32, i64)> = Vec::new();
    for (c, other) in
        ('\0'..=char::MAX).filter_map(|c| Some((c, changed(c)?))).filter(|(c, other)| c != other)
    {
        let (point, distance) = (u32::from(c), i64::from(u32::from(other)) - i64::from(u32::from(c)));
        match stretches.last_mut() {
            // The second letter of a stretch says whether every letter changes or every other one.
            Some((first, last, step, far)) if *far == distance && first == last && point - *last <= 2 => {
                (*last, *step) = (point, point - *last);
            }
            Some((_, last, step, far)) if *far == distance && point - *last == *step => *last = point,
            _ => stretches.push((point, point, 1, distance)),
        }
    }
    format!("static {name}: [Stretch; {}] = {stretches:?};\n", stretches.len())
}
