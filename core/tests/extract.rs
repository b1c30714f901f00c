//! Telephone numbers and e-mail addresses on the project's own messages, and against oracles on random texts.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice)] // a test may panic

mod support;

use frontdesk::extract::{Email, Phone, PhoneOptions, Region, emails, phones};
use frontdesk::text::Span;
use regex::Regex;
use serde_json::Value;
use support::Random;

const CORPUS: &str = include_str!("extract/corpus.jsonl");

struct Message {
    text: String,
    options: PhoneOptions,
    phones: Vec<String>,
    emails: Vec<String>,
    ext: Option<String>,
}

fn corpus() -> Vec<Message> {
    let message = |line: &str| {
        let row: Value = serde_json::from_str(line).unwrap();
        let strings = |key: &str| {
            row[key].as_array().unwrap().iter().map(|v| v.as_str().unwrap().to_lowercase()).collect()
        };
        Message {
            text: row["text"].as_str().unwrap().to_owned(),
            options: PhoneOptions::new(row["region"].as_str().and_then(Region::from_code)),
            phones: strings("phones"),
            emails: strings("emails"),
            ext: row["ext"].as_str().map(str::to_owned),
        }
    };
    CORPUS.lines().map(message).collect()
}

/// Right, wrong and missed answers.
#[derive(Debug, Default)]
struct Score {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Score {
    fn count(&mut self, text: &str, expected: &[String], found: &[String]) {
        let right = found.iter().filter(|f| expected.contains(f)).count();
        self.right += right;
        self.wrong += found.len() - right;
        self.missed += expected.len().saturating_sub(right);
        if expected != found {
            println!("{text:?}: expected {expected:?}, found {found:?}");
        }
    }

    fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong) as f64
    }

    fn recall(&self) -> f64 {
        self.right as f64 / (self.right + self.missed) as f64
    }

    fn f1(&self) -> f64 {
        2.0 * self.precision() * self.recall() / (self.precision() + self.recall())
    }
}

#[test]
fn phones_of_the_corpus() {
    let (mut score, mut hit, mut extensions) = (Score::default(), 0, Score::default());
    for message in corpus() {
        let found: Vec<Phone<'_>> = phones(&message.text, &message.options).collect();
        let numbers: Vec<String> = found.iter().map(|p| p.e164.to_string()).collect();
        score.count(&message.text, &message.phones, &numbers);
        hit += usize::from(message.phones.is_empty() && !numbers.is_empty());
        let dialled: Vec<String> = found.iter().filter_map(|p| p.ext.map(str::to_owned)).collect();
        extensions.count(&message.text, message.ext.as_slice(), &dialled);
    }
    println!("phones {score:?}, extensions {extensions:?}, messages without a phone hit: {hit}");
    assert!(score.precision() >= 0.97 && score.recall() >= 0.95, "{score:?}");
    assert!(extensions.f1() >= 0.9, "{extensions:?}");
    assert!(hit <= 2, "{hit}");
}

/// R169: addresses are found, plain ones and those that people dictate.
#[test]
fn emails_of_the_corpus() {
    let mut score = Score::default();
    for message in corpus() {
        let found: Vec<String> = emails(&message.text).map(|e| e.address).collect();
        score.count(&message.text, &message.emails, &found);
    }
    assert!(score.f1() >= 0.95, "{score:?}");
}

/// R100, R111, R125 and C6: the examples that the product was asked for with.
#[test]
fn examples_of_the_requirements() {
    let options = PhoneOptions::new(Region::from_code("RU"));
    let read = |text| phones(text, &options).map(|p| p.e164.to_string()).collect::<Vec<_>>();
    let lead = "Хочу заказать услугу, мой номер 79991234567, можно приехать завтра в 15:00";
    assert_eq!(read(lead), ["+79991234567"]);
    assert_eq!(read("Мой номер 8-900-123-45-67"), ["+79001234567"]);
    assert_eq!(read("+7 123 456-78-90"), ["+71234567890"]);
    assert!(read("заказ №89001234567").is_empty());
    let address: Vec<_> = emails("моя почта ivan.petrov (собака) mail.ru").map(|e| e.address).collect();
    assert_eq!(address, ["ivan.petrov@mail.ru"]);
}

/// The region is a hint: a country code wins over it.
#[test]
fn a_country_code_wins_over_the_hint() {
    let options = PhoneOptions::new(Region::from_code("RU"));
    let found: Vec<_> = phones("+380 67 123-45-67 или 067 123 45 67", &options).collect();
    assert!(found.iter().all(|p| p.e164.as_str() == "+380671234567" && p.region.code() == "UA"), "{found:?}");
    assert_eq!(found.len(), 2);
    assert!(found[0].confidence > found[1].confidence);
}

/// Numbers built in every dress, among words and other values: exactly they are found.
#[test]
fn finds_what_was_built_in() {
    const LEADS: &[&str] =
        &["", "Анна, ", "вот: ", "мой номер ", "25.12.2025 в 18:30, ", "за 1 500 руб. ", "(", "☎️"];
    const TAILS: &[&str] =
        &["", ".", ", Анна", " звоните с 10 до 18", " или anna@mail.ru", "\nул. Лесная, 5", ")", "!!"];
    const GAPS: &[&str] = &["", " ", "-", ".", "\u{a0}", "–", " - ", "_", "~", "\u{2009}"];
    let options = PhoneOptions::new(Region::from_code("RU"));
    let mut random = Random::new(7);
    for _ in 0..100_000 {
        let national = format!("9{}{:07}", 10 + random.below(20), random.below(10_000_000));
        let gap = *random.pick(GAPS);
        let lead = *random.pick(&["+7", "8", "7"]);
        let (open, close) = if random.below(4) == 0 { ("(", ")") } else { ("", "") };
        let (area, rest) = national.split_at(3);
        let (a, rest) = rest.split_at(3);
        let (b, c) = rest.split_at(2);
        let number = format!("{lead}{gap}{open}{area}{close}{gap}{a}{gap}{b}{gap}{c}");
        let text = format!("{}{number}{}", random.pick(LEADS), random.pick(TAILS));
        let found: Vec<_> = phones(&text, &options).collect();
        assert_eq!(found.len(), 1, "{text:?} {found:?}");
        assert_eq!(
            (found[0].e164.as_str(), found[0].raw),
            (format!("+7{national}").as_str(), number.as_str())
        );
    }
}

/// Plain addresses are those that regular expressions find around every sign.
#[test]
fn finds_the_addresses_of_a_regular_expression() {
    let local = Regex::new(r"[a1-]+(?:\.[a1-]+)*$").unwrap();
    let domain = Regex::new(r"^[a1](?:[a1-]*[a1])?(?:\.[a1](?:[a1-]*[a1])?)*").unwrap();
    let expected = |text: &str| {
        let (mut floor, mut found) = (0, Vec::new());
        for (at, _) in text.match_indices('@') {
            let before = text.get(floor..at).unwrap_or_default();
            let Some(name) = local.find(before) else { continue };
            let named = name.as_str().contains(['a', '1']);
            let name = if named { name.as_str().trim_start_matches(['-', '.']) } else { name.as_str() };
            let Some(host) = domain.find(&text[at + 1..]) else { continue };
            let top = host.as_str().rsplit_once('.').map_or("", |(_, top)| top);
            if top.len() > 1 && top.chars().all(char::is_alphabetic) {
                found.push(format!("{name}@{}", host.as_str()));
                floor = at + 1 + host.end();
            }
        }
        found
    };
    let mut random = Random::new(11);
    for _ in 0..100_000 {
        let text: String =
            (0..24).map(|_| *random.pick(&['a', 'a', 'a', '1', '.', '.', '-', '@', ';'])).collect();
        let text = text.replace("@@", "@;");
        assert_eq!(emails(&text).map(|e| e.address).collect::<Vec<_>>(), expected(&text), "{text:?}");
    }
}

/// Whatever the text, spans lie on character boundaries, in order, and do not overlap.
#[test]
fn spans_are_in_order_and_on_boundaries() {
    const PIECES: &[&str] = &[
        "8",
        "9",
        "16",
        "+",
        "+7",
        "(",
        ")",
        "-",
        " ",
        ".",
        "\n",
        ":",
        "/",
        "№",
        "@",
        "＠",
        "mail.ru",
        "собака",
        "точка",
        "at",
        "dot",
        "о",
        "З",
        "l",
        "восемь",
        "девятьсот",
        "три",
        "сто",
        "доб.",
        "x",
        "тел",
        "заказ",
        "руб",
        "８",
        "٣",
        "\u{200B}",
        "\u{20E3}",
        "️",
        "😀",
        "é",
        "я",
        "_",
        "=",
        "http://",
        "89161234567",
        "anna",
        "і",
        "''",
        "\u{301}",
        "*",
        "[",
        "]",
    ];
    let options = PhoneOptions::new(["RU", "UA", "US", "AR"].into_iter().filter_map(Region::from_code));
    let mut random = Random::new(13);
    for _ in 0..100_000 {
        let text: String = (0..random.below(24)).map(|_| *random.pick(PIECES)).collect();
        let found: Vec<Phone<'_>> = phones(&text, &options).collect();
        check(&text, found.iter().map(|p| (p.span, p.raw)));
        assert!(
            found.iter().all(|p| p.confidence <= 1000 && p.e164.as_str().len() > 5),
            "{text:?} {found:?}"
        );
        let found: Vec<Email<'_>> = emails(&text).collect();
        check(&text, found.iter().map(|e| (e.span, e.raw)));
        assert!(found.iter().all(|e| e.address.contains('@')), "{text:?} {found:?}");
    }
}

fn check<'t>(text: &str, found: impl Iterator<Item = (Span, &'t str)>) {
    let mut end = 0;
    for (span, raw) in found {
        assert!(span.start >= end && span.end > span.start, "{text:?} {span:?}");
        assert_eq!(text.get(span.start..span.end), Some(raw), "{text:?}");
        end = span.end;
    }
}
