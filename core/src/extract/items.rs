//! A text as the readers of numbers, dates and money see it: numbers, words with a meaning, signs and the rest.

use super::lexicon::{Lexicon, Meaning};
use crate::text::fold::plain;
use crate::text::{Span, Token, TokenKind, tokens};

/// One piece of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'t> {
    pub(super) text: &'t str,
    pub(super) span: Span,
    /// Nothing stands between this piece and the one before it.
    pub(super) glued: bool,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Number(Number),
    Word(Meaning),
    Sign(char),
    Other,
}

/// A whole number, in digits or in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) value: u64,
    /// How many digits were typed; 0 for words.
    pub(super) digits: u8,
    /// «пятого», «5-го», "5th".
    pub(super) ordinal: bool,
}

/// More digits than this are an identifier, not a number.
const MOST_DIGITS: usize = 15;

/// Digits in a row, however spaced, that are a phone or an account and never a date or a sum.
const PHONE_DIGITS: usize = 9;

/// A cautious guess of the room that a word and its space take.
const BYTES_PER_ITEM: usize = 8;

/// Reads a text; none where it holds neither a number nor a word that `wanted` accepts, which most texts do not.
pub(super) fn items(text: &str, wanted: impl Fn(Meaning) -> bool) -> Option<Vec<Item<'_>>> {
    let mut reader = Reader {
        lexicon: Lexicon::default(),
        text,
        items: Vec::with_capacity(text.len() / BYTES_PER_ITEM + 4),
        end: usize::MAX,
        found: false,
    };
    for token in tokens(text) {
        reader.push(token, &wanted);
    }
    if !reader.found {
        return None;
    }
    let mut items = reader.items;
    hide_phones(&mut items);
    Some(items)
}

struct Reader<'t> {
    text: &'t str,
    lexicon: Lexicon,
    items: Vec<Item<'t>>,
    end: usize,
    found: bool,
}

impl<'t> Reader<'t> {
    fn push(&mut self, token: Token<'t>, wanted: &impl Fn(Meaning) -> bool) {
        let kind = match token.kind {
            TokenKind::Emoji => Kind::Other,
            TokenKind::Sign => Kind::Sign(token.text.chars().next().map_or(' ', sign)),
            TokenKind::Number => digits(token.text),
            TokenKind::Word => return self.word(token, wanted),
        };
        self.found |= matches!(kind, Kind::Number(_));
        self.add(token.text, token.span, kind);
    }

    fn word(&mut self, token: Token<'t>, wanted: &impl Fn(Meaning) -> bool) {
        if let Some((number, rest)) = split_digits(token.text) {
            return self.number_with_letters(token, number, rest);
        }
        if self.ordinal_ending(token) {
            return;
        }
        let Some(meaning) = self.lexicon.meaning(token.text) else {
            return self.add(token.text, token.span, Kind::Other);
        };
        self.found |= wanted(meaning);
        match meaning {
            Meaning::Cardinal(value) => self.number_word(token, value, false),
            Meaning::Ordinal(value) => self.number_word(token, value, true),
            _ => self.add(token.text, token.span, Kind::Word(meaning)),
        }
    }

    /// «15ч», «50к», "7pm", "25th".
    fn number_with_letters(&mut self, token: Token<'t>, number: &'t str, rest: &'t str) {
        let middle = token.span.start + number.len();
        let (left, right) = (Span::new(token.span.start, middle), Span::new(middle, token.span.end));
        let Kind::Number(value) = digits(number) else {
            return self.add(token.text, token.span, Kind::Other);
        };
        if is_ordinal_ending(rest) {
            self.found = true;
            return self.add(token.text, token.span, Kind::Number(Number { ordinal: true, ..value }));
        }
        let meaning = match rest {
            "к" | "К" => Some(Meaning::Power(3)),
            "м" | "М" | "m" | "M" => Some(Meaning::Counted),
            _ => self.lexicon.meaning(rest),
        };
        match meaning {
            Some(meaning) => {
                self.found = true;
                self.add(number, left, Kind::Number(value));
                self.add(rest, right, Kind::Word(meaning));
            }
            None => self.add(token.text, token.span, Kind::Other),
        }
    }

    /// «25-го»: the number and the hyphen are taken back and become one ordinal.
    fn ordinal_ending(&mut self, token: Token<'t>) -> bool {
        let [.., number, hyphen] = self.items.as_mut_slice() else { return false };
        let glued = hyphen.glued && hyphen.span.end == token.span.start && hyphen.kind == Kind::Sign('-');
        let Kind::Number(value) = number.kind else { return false };
        if !glued || value.digits == 0 || !is_ordinal_ending(token.text) {
            return false;
        }
        number.kind = Kind::Number(Number { ordinal: true, ..value });
        number.span.end = token.span.end;
        number.text = number.span.of(self.text);
        self.items.pop();
        self.end = token.span.end;
        true
    }

    /// «двадцать» «пятого» make one number; «пять» «тридцать» stay two.
    fn number_word(&mut self, token: Token<'t>, value: u16, ordinal: bool) {
        self.found = true;
        let hyphen = match self.items.last() {
            Some(last) => {
                usize::from(last.kind == Kind::Sign('-') && last.glued && last.span.end == token.span.start)
            }
            None => 0,
        };
        let before = self.items.len().checked_sub(1 + hyphen);
        let subtracts = before.and_then(|at| self.items.get(at.checked_sub(1)?)).is_some_and(|item| {
            item.kind == Kind::Word(Meaning::Without) // «без двадцати пять»
        });
        if let Some(last) = before.and_then(|at| self.items.get_mut(at))
            && let Kind::Number(Number { value: head, digits: 0, ordinal: false }) = last.kind
            && joins(head, value)
            && !subtracts
        {
            last.kind = Kind::Number(Number { value: head + u64::from(value), digits: 0, ordinal });
            last.span.end = token.span.end;
            last.text = last.span.of(self.text);
            self.items.truncate(self.items.len() - hyphen);
            self.end = token.span.end;
            return;
        }
        let number = Number { value: u64::from(value), digits: 0, ordinal };
        self.add(token.text, token.span, Kind::Number(number));
    }

    fn add(&mut self, text: &'t str, span: Span, kind: Kind) {
        self.items.push(Item { text, span, glued: span.start == self.end, kind });
        self.end = span.end;
    }
}

/// Whether a lower number word continues a higher one: 100 + 20, 20 + 5, but not 20 + 12.
fn joins(head: u64, tail: u16) -> bool {
    let room = if head.is_multiple_of(100) && head > 0 {
        99
    } else if head.is_multiple_of(10) && head % 100 >= 20 {
        9
    } else {
        0
    };
    u64::from(tail) <= room
}

fn sign(c: char) -> char {
    match plain(c) {
        '–' | '—' | '−' | '‐' | '‑' => '-',
        c => c,
    }
}

fn digits(text: &str) -> Kind {
    let mut value = 0u64;
    let mut count = 0u8;
    for c in text.chars() {
        let Some(digit) = plain(c).to_digit(10) else {
            continue; // a joiner that the tokeniser keeps inside a number
        };
        count = count.saturating_add(1);
        if usize::from(count) > MOST_DIGITS {
            return Kind::Other;
        }
        value = value * 10 + u64::from(digit);
    }
    match count {
        0 => Kind::Other,
        _ => Kind::Number(Number { value, digits: count, ordinal: false }),
    }
}

/// A word that begins with digits, parted from its letters.
fn split_digits(word: &str) -> Option<(&str, &str)> {
    let at = word.find(|c: char| !c.is_ascii_digit())?;
    let (number, rest) = word.split_at_checked(at)?;
    (at > 0).then_some((number, rest))
}

fn is_ordinal_ending(text: &str) -> bool {
    matches!(
        text,
        "го" | "ого"
            | "е"
            | "ое"
            | "й"
            | "ый"
            | "му"
            | "ому"
            | "ю"
            | "я"
            | "ї"
            | "ій"
            | "та"
            | "ту"
    ) || matches!(text.to_ascii_lowercase().as_str(), "st" | "nd" | "rd" | "th")
}

/// Turns the digits of phones, cards and accounts into other text: runs of numbers parted by nothing but space,
/// hyphens, dots, brackets and plus, with more digits than a date with a time has before its first colon.
fn hide_phones(items: &mut [Item<'_>]) {
    let mut start = 0;
    while start < items.len() {
        let run = items.iter().skip(start).take_while(|item| in_phone(item)).count();
        let end = start + run;
        if let Some(run) = items.get_mut(start..end)
            && is_phone(run)
        {
            run.iter_mut().for_each(|item| item.kind = Kind::Other);
        }
        start = end + 1;
    }
}

fn in_phone(item: &Item<'_>) -> bool {
    match item.kind {
        Kind::Number(number) => number.digits > 0 && !number.ordinal,
        Kind::Sign(c) => matches!(c, '+' | '-' | '.' | '(' | ')' | '/'),
        _ => false,
    }
}

fn is_phone(run: &[Item<'_>]) -> bool {
    let numbers = || {
        run.iter().filter_map(|item| match item.kind {
            Kind::Number(number) => Some(number),
            _ => None,
        })
    };
    let digits: usize = numbers().map(|n| usize::from(n.digits)).sum();
    let plus = run.iter().any(|item| item.kind == Kind::Sign('+'));
    let single = numbers().count() == 1;
    let year = numbers().any(|n| n.digits == 4 && (1900..2100).contains(&n.value));
    let grouped =
        numbers().skip(1).all(|n| n.digits == 3) && !run.iter().any(|i| matches!(i.kind, Kind::Sign(_)));
    match digits {
        _ if plus => digits >= 7,
        _ if single => digits > PHONE_DIGITS,
        _ => digits >= PHONE_DIGITS && !year && !grouped,
    }
}
