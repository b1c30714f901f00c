//! Numbers in words: «восемь девятьсот три сто одиннадцать двадцать два тридцать три».

use super::cues;
use super::decide::{Candidate, decide};
use super::shape::Grouping;
use super::{Phone, PhoneOptions, Why};
use crate::extract::glance;
use crate::text::fold::fold_into;
use crate::text::{Span, TokenKind, tokens};
use std::sync::LazyLock;

/// A number word: digits that stand alone, or a value that takes smaller ones after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Plus,
    /// "double five"
    Twice,
    Value(u16),
}

use Word::{Plus, Twice, Value};

/// Russian, Ukrainian, Belarusian and English number words, folded, in code point order.
#[rustfmt::skip]
const WORDS: &[(&str, Word)] = &[
    ("double", Twice), ("eight", Value(8)), ("eighteen", Value(18)), ("eighty", Value(80)),
    ("eleven", Value(11)), ("fifteen", Value(15)), ("fifty", Value(50)), ("five", Value(5)),
    ("forty", Value(40)), ("four", Value(4)), ("fourteen", Value(14)), ("nine", Value(9)),
    ("nineteen", Value(19)), ("ninety", Value(90)), ("oh", Value(0)), ("one", Value(1)), ("plus", Plus),
    ("seven", Value(7)), ("seventeen", Value(17)), ("seventy", Value(70)), ("six", Value(6)),
    ("sixteen", Value(16)), ("sixty", Value(60)), ("ten", Value(10)), ("thirteen", Value(13)),
    ("thirty", Value(30)), ("three", Value(3)), ("twelve", Value(12)), ("twenty", Value(20)),
    ("two", Value(2)), ("zero", Value(0)), ("адзін", Value(1)), ("адзінаццаць", Value(11)),
    ("адна", Value(1)), ("васемнаццаць", Value(18)), ("восем", Value(8)), ("восемдзесят", Value(80)),
    ("восемнадцать", Value(18)), ("восемсот", Value(800)), ("восемь", Value(8)), ("восемьдесят", Value(80)),
    ("восемьсот", Value(800)), ("вісім", Value(8)), ("вісімдесят", Value(80)), ("вісімнадцять", Value(18)),
    ("вісімсот", Value(800)), ("два", Value(2)), ("двадцать", Value(20)), ("двадцять", Value(20)),
    ("дванадцять", Value(12)), ("дванаццаць", Value(12)), ("дваццаць", Value(20)), ("две", Value(2)),
    ("двенадцать", Value(12)), ("двести", Value(200)), ("дві", Value(2)), ("двісті", Value(200)),
    ("девяносто", Value(90)), ("девятдесят", Value(90)), ("девятнадцать", Value(19)),
    ("девятнадцять", Value(19)), ("девятсот", Value(900)), ("девять", Value(9)), ("девятьсот", Value(900)),
    ("десять", Value(10)), ("дзве", Value(2)), ("дзвесце", Value(200)), ("дзевяноста", Value(90)),
    ("дзевятнаццаць", Value(19)), ("дзевяць", Value(9)), ("дзевяцьсот", Value(900)), ("дзесяць", Value(10)),
    ("ноль", Value(0)), ("нуль", Value(0)), ("один", Value(1)), ("одинадцять", Value(11)),
    ("одиннадцать", Value(11)), ("одна", Value(1)), ("плюс", Plus), ("пятдесят", Value(50)),
    ("пятнадцать", Value(15)), ("пятнадцять", Value(15)), ("пятнаццаць", Value(15)), ("пятсот", Value(500)),
    ("пять", Value(5)), ("пятьдесят", Value(50)), ("пятьсот", Value(500)), ("пяць", Value(5)),
    ("пяцьдзесят", Value(50)), ("пяцьсот", Value(500)), ("сем", Value(7)), ("семдзесят", Value(70)),
    ("семнадцать", Value(17)), ("семнаццаць", Value(17)), ("семсот", Value(700)), ("семь", Value(7)),
    ("семьдесят", Value(70)), ("семьсот", Value(700)), ("сорак", Value(40)), ("сорок", Value(40)),
    ("сто", Value(100)), ("сім", Value(7)), ("сімдесят", Value(70)), ("сімнадцять", Value(17)),
    ("сімсот", Value(700)), ("три", Value(3)), ("тридцать", Value(30)), ("тридцять", Value(30)),
    ("тринадцать", Value(13)), ("тринадцять", Value(13)), ("триста", Value(300)), ("тры", Value(3)),
    ("трынаццаць", Value(13)), ("трыста", Value(300)), ("трыццаць", Value(30)), ("чатырнаццаць", Value(14)),
    ("чатыры", Value(4)), ("чатырыста", Value(400)), ("четыре", Value(4)), ("четыреста", Value(400)),
    ("четырнадцать", Value(14)), ("чотири", Value(4)), ("чотириста", Value(400)),
    ("чотирнадцять", Value(14)), ("шаснаццаць", Value(16)), ("шестнадцать", Value(16)), ("шесть", Value(6)),
    ("шестьдесят", Value(60)), ("шестьсот", Value(600)), ("шэсць", Value(6)), ("шэсцьдзесят", Value(60)),
    ("шэсцьсот", Value(600)), ("шістдесят", Value(60)), ("шістнадцять", Value(16)), ("шістсот", Value(600)),
    ("шість", Value(6)),
];

/// Number words of a telephone number, at least; fewer, with digits among them, are read as digits.
const LEAST_WORDS: usize = 3;
/// Confidence lost on words: they can be grouped in more ways than one.
const DOUBT: u16 = 80;

/// The numbers in words of a text.
pub(super) fn phones<'t>(text: &'t str, options: &PhoneOptions) -> Vec<Phone<'t>> {
    let mut found = Vec::new();
    if !may_hold_words(text) {
        return found;
    }
    let mut number = Dictated::default();
    let mut folded = String::new();
    for token in tokens(text) {
        if token.kind == TokenKind::Number {
            number.number(token.text, token.span);
            continue;
        }
        folded.clear();
        fold_into(token.text, &mut folded);
        match word(&folded) {
            Some(word) => number.word(word, token.span),
            None if token.text == "+" => number.word(Plus, token.span),
            None if matches!(token.text, "," | "-" | "–" | "—" | "." | "(" | ")") => number.close(),
            None => {
                found.extend(number.finish(text, options));
                number = Dictated::default();
            }
        }
    }
    found.extend(number.finish(text, options));
    found
}

fn word(folded: &str) -> Option<Word> {
    WORDS.binary_search_by_key(&folded, |(w, _)| w).ok().and_then(|at| WORDS.get(at)).map(|(_, word)| *word)
}

/// Digits taken down word by word.
#[derive(Debug, Default)]
struct Dictated {
    digits: String,
    /// The value being put together: nine hundred, then three.
    open: Option<u16>,
    plus: bool,
    twice: bool,
    words: usize,
    span: Option<Span>,
}

impl Dictated {
    fn word(&mut self, word: Word, span: Span) {
        self.span = Some(Span::new(self.span.map_or(span.start, |s| s.start), span.end));
        match word {
            Plus => self.plus |= self.digits.is_empty() && self.open.is_none(),
            Twice => self.twice = true,
            Value(value) => self.value(value),
        }
    }

    fn value(&mut self, value: u16) {
        self.words += 1;
        if std::mem::take(&mut self.twice) {
            self.close();
            self.digits.push_str(&value.to_string());
        }
        match self.open {
            Some(open) if takes(open, value) => self.open = Some(open + value),
            _ => {
                self.close();
                self.open = Some(value);
            }
        }
    }

    fn number(&mut self, digits: &str, span: Span) {
        self.close();
        self.digits.extend(digits.chars().filter_map(super::scan::digit));
        self.span = Some(Span::new(self.span.map_or(span.start, |s| s.start), span.end));
    }

    fn close(&mut self) {
        if let Some(value) = self.open.take() {
            self.digits.push_str(&value.to_string());
        }
    }

    fn finish<'t>(&mut self, text: &'t str, options: &PhoneOptions) -> Option<Phone<'t>> {
        self.close();
        let span = self.span.filter(|_| self.words >= LEAST_WORDS)?;
        let candidate =
            Candidate { digits: &self.digits, plus: self.plus, grouping: Grouping::Phone, inner: false };
        let decision = decide(candidate, options, || cues::around(text, span.start, span.end))?;
        let sure = matches!(decision.why, Why::Plus) || decision.confidence > 700 + DOUBT;
        (sure || decision.why == Why::Plan).then(|| Phone {
            e164: decision.e164,
            raw: span.of(text),
            span,
            ext: None,
            region: decision.region,
            confidence: decision.confidence - DOUBT,
            why: decision.why,
        })
    }
}

/// Whether a value said so far goes on with the next: 900 with 26, 26 with nothing, 20 with 6.
fn takes(open: u16, next: u16) -> bool {
    match next {
        1..=9 => open >= 20 && open.is_multiple_of(10),
        10..=99 => open >= 100 && open.is_multiple_of(100),
        _ => false,
    }
}

/// What a number word adds to a row, and how much a row needs: three Cyrillic words, or five Latin ones.
const CYRILLIC: usize = 5;
const LATIN: usize = 3;
const ENOUGH: usize = CYRILLIC * LEAST_WORDS;

/// Whether a text may hold enough number words in a row: by the first two letters of each word.
fn may_hold_words(text: &str) -> bool {
    let starts = &*STARTS;
    let mut row = 0;
    let mut enough = |word: &[u8]| {
        let start: Start = glance::first_bytes(word);
        row = match start {
            // Digits may stand between, and more than one space.
            [b'0'..=b'9' | b'+' | b' ', ..] => row,
            [0xD0 | 0xD1, ..] if starts.hold(start) => row + CYRILLIC,
            [b'A'..=b'Z' | b'a'..=b'z', ..] if starts.hold(start) => row + LATIN,
            _ => 0,
        };
        row >= ENOUGH
    };
    enough(text.as_bytes()) || glance::any_word_after_space(text, enough)
}

/// The bytes of two Cyrillic letters, or of the word if it has fewer.
type Start = [u8; 4];

/// How the number words begin: for each first letter the second ones, as a set of bits.
///
/// A letter is told by the last five bits of its last byte, which its capital shares; some letters become one.
struct Starts([u32; 64]);

static STARTS: LazyLock<Starts> = LazyLock::new(|| {
    let mut starts = Starts([0; 64]);
    for (word, _) in WORDS {
        starts.add(glance::first_bytes(word.as_bytes()));
        if let Some(rest) = word.strip_prefix("пя") {
            starts.add(glance::first_bytes(format!("п'я{rest}").as_bytes()));
        }
    }
    starts
});

impl Starts {
    fn add(&mut self, start: Start) {
        let (first, second) = Self::place(start);
        if let Some(seconds) = self.0.get_mut(first) {
            *seconds |= second;
        }
    }

    fn hold(&self, start: Start) -> bool {
        let (first, second) = Self::place(start);
        self.0.get(first).is_some_and(|seconds| seconds & second != 0)
    }

    /// The place of the first letter and the bit of the second; an apostrophe has a bit that no second letter needs.
    fn place(start: Start) -> (usize, u32) {
        const APOSTROPHE: u8 = 31;
        let (first, second) = match start {
            [0xD0 | 0xD1, first, 0xD0 | 0xD1, second] => (32 | first & 31, second & 31),
            [0xD0 | 0xD1, first, ..] => (32 | first & 31, APOSTROPHE),
            [first, second, ..] => (first & 31, second & 31),
        };
        (usize::from(first), 1 << second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Region;

    fn read(region: &str, text: &str) -> Vec<String> {
        let options = PhoneOptions::new(Region::from_code(region));
        phones(text, &options).iter().map(|p| format!("{} {}", p.e164, p.raw)).collect()
    }

    #[test]
    fn words_are_in_order() {
        assert!(WORDS.is_sorted_by_key(|(w, _)| w));
    }

    #[test]
    fn takes_down_numbers_said_in_every_grouping() {
        for (region, text, e164) in [
            ("RU", "восемь девятьсот три сто одиннадцать двадцать два тридцать три", "+79031112233"),
            ("RU", "плюс семь, девять один шесть, пятьсот пять, ноль один, ноль два", "+79165050102"),
            ("UA", "нуль шістдесят сім п’ятсот п'ятдесят п'ять нуль один двадцять", "+380675550120"),
            ("US", "four one five double five five two six seven one", "+14155552671"),
        ] {
            assert_eq!(read(region, text), [format!("{e164} {text}")]);
        }
        // A row of digits and words, at the end of a text and however parted.
        assert_eq!(read("RU", "это  ВОСЕМЬ 800  ПЯТЬСОТ  +  пять 35 тридцать пять").len(), 1);
        assert!(read("RU", "двадцать пять тысяч за сто двадцать два дня").is_empty());
    }
}
