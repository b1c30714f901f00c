//! What in a text tells who somebody is, names apart: phones, addresses, nicks, long numbers.
//!
//! For who must keep none of it, so it finds more than the extractors: what is no number and no address, and might be
//! part of one or meant as one.

use super::{PhoneOptions, emails, phones};
use crate::text::case::lowercase;
use crate::text::fold::{is_invisible, plain};
use crate::text::{Span, Token, TokenKind, tokens};

/// Digits of the shortest number that is nobody's price.
pub(crate) const LONG_NUMBER: usize = 9;
/// Digits of the shortest number that is a phone where hyphens stand in it.
const HYPHENATED_NUMBER: usize = 7;

/// Something personal in a text.
#[derive(Debug)]
pub(crate) struct Personal<'t> {
    pub(crate) span: Span,
    /// `phone`, `email`, `nick`, `number`, `lead`.
    pub(crate) kind: &'static str,
    /// The same for every spelling.
    pub(crate) value: String,
    /// What stands at the end of it and tells nobody: the extension of a phone.
    pub(crate) rest: &'t str,
}

/// All that is personal in a text, in no order; no two overlap.
pub(crate) fn found<'t>(text: &'t str, options: &PhoneOptions) -> Vec<Personal<'t>> {
    let mut found: Vec<Personal<'t>> = Vec::new();
    let mut add = |span: Span, kind, value: String, rest| {
        let other = found.iter_mut().find(|other| other.span.overlaps(span));
        match other {
            None => found.push(Personal { span, kind, value, rest }),
            // The whole of an address of which a part was read: «ivan . petrov @ mail . ru».
            Some(other) if kind == "nick" && other.kind == "email" => {
                other.span = Span::new(other.span.start.min(span.start), other.span.end.max(span.end));
            }
            Some(_) => {}
        }
    };
    for (span, lead) in lead_keys(text) {
        add(span, "lead", lead.to_string(), "");
    }
    for email in emails(text) {
        add(email.span, "email", email.address, "");
    }
    for span in at_signs(text) {
        add(span, "nick", lowercase(span.of(text)), "");
    }
    for phone in phones(text, options) {
        let rest = phone.ext.map_or("", |ext| extension(phone.raw, ext));
        add(phone.span, "phone", phone.e164.as_str().to_string(), rest);
    }
    for (span, digits) in long_numbers(text) {
        add(span, "number", digits, "");
    }
    found
}

/// The runs of digits of a text that have so many at least, as typed.
pub(crate) fn digits(text: &str, least: usize) -> impl Iterator<Item = &str> {
    let runs = text.split(|c| digit_of(c).is_none());
    runs.filter(move |run| run.chars().nth(least.saturating_sub(1)).is_some())
}

/// « доб. 12» of a phone with an extension; nothing where it was said in words.
fn extension<'t>(phone: &'t str, digits: &str) -> &'t str {
    let number = phone.rfind(digits).and_then(|at| phone.get(..at)).unwrap_or_default();
    let end = number.rfind(|c: char| c.is_ascii_digit() || c == ')').map(|last| last + 1);
    end.and_then(|end| phone.get(end..)).unwrap_or_default()
}

/// Idempotency keys of leads: digests of the session's key, which may be a phone that a patient reader finds again.
fn lead_keys(text: &str) -> impl Iterator<Item = (Span, &str)> {
    text.match_indices("k-").filter_map(|(at, _)| {
        let lead = text.get(at..at + 18)?;
        let hex = lead.bytes().skip(2).all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        hex.then_some((Span::new(at, at + 18), lead))
    })
}

/// Whatever stands around an `@`, addresses or not: without a space, or spaced and with dots, as in «ivan @ mail . ru»
/// and «i v a n @ m a i l . r u».
fn at_signs(text: &str) -> Vec<Span> {
    if !text.contains(AT) {
        return Vec::new();
    }
    let tokens: Vec<Token<'_>> = tokens(text).collect();
    let signs = tokens.iter().enumerate().filter(|(_, token)| token.text.contains(AT));
    let around = |(place, sign): (usize, &Token<'_>)| {
        let start = text.get(..sign.span.start)?.rfind(char::is_whitespace).map_or(0, |space| space + 1);
        let start = (start..=sign.span.start).find(|start| text.is_char_boundary(*start))?;
        let rest = text.get(sign.span.end..)?;
        let end = rest.find(char::is_whitespace).map_or(text.len(), |space| sign.span.end + space);
        let glued = Span::new(start, end);
        let (left, _) = reach(tokens.get(..place)?.iter().rev());
        let (right, dotted) = reach(tokens.get(place + 1..)?.iter());
        let spaced = left.zip(right).filter(|_| dotted).map(|(left, right)| Span::new(left.start, right.end));
        let spaced = spaced.unwrap_or(glued);
        let span = Span::new(glued.start.min(spaced.start), glued.end.max(spaced.end));
        (span.of(text).chars().nth(2).is_some()).then_some(span)
    };
    signs.filter_map(around).collect()
}

const AT: [char; 2] = ['@', '＠'];

/// How far an address goes to one side of its sign: words with dots between them, letters with spaces between them. And
/// whether it goes on after the first of them.
fn reach<'t>(side: impl Iterator<Item = &'t Token<'t>>) -> (Option<Span>, bool) {
    let (mut last, mut joined, mut letter, mut waits) = (None, false, false, true);
    for token in side {
        let is_piece = matches!(token.kind, TokenKind::Word | TokenKind::Number);
        let alone = token.text.chars().nth(1).is_none();
        if is_piece && (waits || letter && alone) {
            joined |= last.is_some();
            (last, letter, waits) = (Some(token.span), alone, false);
        } else if !waits && matches!(token.text, "." | "．" | "_" | "-" | "+") {
            waits = true;
        } else {
            break;
        }
    }
    (last, joined)
}

/// A digit of any of the alphabets that chats are typed in.
fn digit_of(c: char) -> Option<char> {
    Some(plain(c)).filter(char::is_ascii_digit)
}

/// Digits with what people put between them: spaces, hyphens and brackets, or one sign all along.
struct Digits {
    start: usize,
    end: usize,
    /// Where the last group of digits begins.
    group: usize,
    /// Signs since the last digit.
    gap: usize,
    /// The sign; a space stands for the first kind.
    sign: Option<char>,
}

impl Digits {
    fn at(at: usize, len: usize) -> Self {
        Self { start: at, end: at + len, group: at, gap: 0, sign: None }
    }

    fn add(&mut self, at: usize, len: usize) {
        if self.gap > 0 {
            self.group = at;
        }
        (self.end, self.gap) = (at + len, 0);
    }

    /// The digits alone, where they may be a phone: a price and a date are shorter or grouped otherwise.
    fn long(&self, text: &str) -> Option<(Span, String)> {
        let written = text.get(self.start..self.end)?;
        let groups: Vec<usize> = digits(written, 1).map(|group| group.chars().count()).collect();
        let count: usize = groups.iter().sum();
        let thousands =
            matches!(groups.as_slice(), [1..=3, rest @ ..] if rest.iter().all(|group| *group == 3));
        let price = thousands && matches!(self.sign, Some(',' | '.'));
        let date = matches!(groups.as_slice(), [4, 2, 2] | [4, 2, 2, 1 | 2]) && begins_with_date(written);
        let hyphens = count >= HYPHENATED_NUMBER && written.contains('-');
        let phone = !date && (count >= LONG_NUMBER && !price || hyphens || groups == [3, 2, 2]);
        phone.then(|| (Span::new(self.start, self.end), written.chars().filter_map(digit_of).collect()))
    }
}

/// `2026-12-25`, and the hour that may follow it.
fn begins_with_date(written: &str) -> bool {
    let part = |from: usize, to: usize| written.get(from..to).unwrap_or_default();
    matches!(part(0, 2), "19" | "20")
        && (part(4, 5), part(7, 8)) == ("-", "-")
        && ("01"..="12").contains(&part(5, 7))
        && ("01"..="31").contains(&part(8, 10))
}

/// What stands between digits, and how many signs of it at most.
fn sign_of(c: char) -> Option<(char, usize)> {
    match c {
        ' '
        | '-'
        | '('
        | ')'
        | '\u{a0}'
        | '\u{2000}'..='\u{200a}'
        | '\u{2010}'..='\u{2015}'
        | '\u{20e3}'
        | '\u{202f}' => Some((' ', 3)),
        c if is_invisible(c) => Some((' ', 3)),
        ',' | '.' | '*' | '/' | '_' | '|' | '+' => Some((c, 1)),
        _ => None,
    }
}

/// Numbers as long as phones.
fn long_numbers(text: &str) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    let mut open: Option<Digits> = None;
    for (at, c) in text.char_indices() {
        open = match (open, sign_of(c)) {
            (Some(mut run), _) if digit_of(c).is_some() => {
                run.add(at, c.len_utf8());
                Some(run)
            }
            (None, _) if digit_of(c).is_some() => Some(Digits::at(at, c.len_utf8())),
            (Some(run), Some((sign, most))) if run.gap < most => match run.sign {
                None => Some(Digits { sign: Some(sign), gap: run.gap + 1, ..run }),
                Some(known) if known == sign => Some(Digits { gap: run.gap + 1, ..run }),
                Some(_) => {
                    // «8.900 123-45-67»: the last group may begin a number with another sign.
                    let long = run.long(text);
                    let goes_on = long.is_none() && run.gap == 0;
                    found.extend(long);
                    goes_on.then_some(Digits { start: run.group, sign: Some(sign), gap: 1, ..run })
                }
            },
            (run, _) => {
                found.extend(run.and_then(|run| run.long(text)));
                None
            }
        };
    }
    found.extend(open.and_then(|run| run.long(text)));
    found
}

#[cfg(test)]
#[allow(clippy::string_slice)] // a test may panic
mod tests {
    use super::*;

    #[test]
    fn what_may_be_personal_is_found_with_its_place() {
        for (text, kind, part, rest) in [
            ("ivan . petrov @ mail . ru пишите", "nick", "ivan . petrov @ mail . ru", ""),
            ("вот i v a n @ m a i l . r u", "nick", "i v a n @ m a i l . r u", ""),
            ("я @vasya", "nick", "@vasya", ""),
            ("номер ۰۹۱۲۳۴۵۶۷۸۹ да", "number", "۰۹۱۲۳۴۵۶۷۸۹", ""),
            ("+7 900 123-45-67 доб. 12", "phone", "+7 900 123-45-67 доб. 12", " доб. 12"),
            ("+79001234567;ext=12", "phone", "+79001234567;ext=12", ";ext=12"),
        ] {
            let found = found(text, &PhoneOptions::new(None));
            let found: Vec<_> = found.iter().map(|p| (p.kind, p.span.of(text), p.rest)).collect();
            assert_eq!(found, [(kind, part, rest)], "{text}");
        }
        for text in
            ["5 @ 10 рублей", "встреча @ офис", "2026-01-20 10:00", "2026-12-25", "от 30 000 до 120 000"]
        {
            assert!(found(text, &PhoneOptions::new(None)).is_empty(), "{text}");
        }
    }
}
