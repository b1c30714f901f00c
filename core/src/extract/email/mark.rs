//! Marks of an address: the sign `@`, or a word people say for it.

use crate::text::fold::fold_into;
use crate::text::{Span, Token, TokenKind, tokens};

/// How a mark is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `@`
    Sign,
    /// In brackets: `(at)`, `[собака]`.
    Bracketed,
    /// A bare word: `собака`, `at`.
    Word,
}

/// A place where a local part and a domain may meet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) kind: Kind,
    pub(super) span: Span,
}

/// Words for the sign, folded.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "at", "dog", "sobaka", "малпа", "песик", "равлик", "сабака", "сабачка", "собака", "собачка",
];

/// Words that stand for the sign in brackets only, folded.
const BRACKETED_WORDS: &[&str] = &["a", "а", "ат", "эт", "et", "собак", "arroba"];

/// The marks of a text, from left to right.
pub(super) fn marks(text: &str) -> impl Iterator<Item = Mark> {
    let spoken = may_hold_words(text);
    let words = if spoken { Some(tokens(text).filter_map(move |token| of_token(text, token))) } else { None };
    let signs = if spoken { None } else { Some(signs(text)) };
    words.into_iter().flatten().chain(signs.into_iter().flatten())
}

fn signs(text: &str) -> impl Iterator<Item = Mark> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            // A full-width sign begins with EF.
            let rest = text.as_bytes().get(at..)?;
            let start = at + rest.iter().position(|b| matches!(b, b'@' | 0xEF))?;
            let sign = text.get(start..)?.chars().next()?;
            at = start + sign.len_utf8();
            if is_sign(sign) {
                return Some(bracketed(text, Span::new(start, at), Kind::Sign));
            }
        }
    })
}

fn is_sign(c: char) -> bool {
    matches!(c, '@' | '＠' | '﹫')
}

fn of_token(text: &str, token: Token<'_>) -> Option<Mark> {
    if token.kind == TokenKind::Word {
        let mut folded = String::new();
        fold_into(token.text, &mut folded);
        let mark = |words: &[&str]| {
            words.contains(&folded.as_str()).then(|| bracketed(text, token.span, Kind::Word))
        };
        return mark(WORDS).or_else(|| mark(BRACKETED_WORDS).filter(|m| m.kind == Kind::Bracketed));
    }
    token.text.chars().all(is_sign).then(|| bracketed(text, token.span, Kind::Sign))
}

/// The mark with the brackets around it.
fn bracketed(text: &str, inner: Span, kind: Kind) -> Mark {
    let before = text.get(..inner.start).unwrap_or_default().trim_end_matches(' ');
    let after = text.get(inner.end..).unwrap_or_default();
    let tail = after.trim_start_matches(' ');
    let matching = |open: char, close: char| before.ends_with(open) && tail.starts_with(close);
    if matching('(', ')')
        || matching('[', ']')
        || matching('{', '}')
        || matching('<', '>')
        || matching('*', '*')
    {
        let end = inner.end + (after.len() - tail.len()) + 1;
        return Mark { kind: Kind::Bracketed, span: Span::new(before.len() - 1, end) };
    }
    Mark { kind, span: inner }
}

/// Whether a text may hold a word for the sign; runs over the bytes at the speed of memory.
///
/// Looks for letters that every such word has, Cyrillic ones by the low bytes of both cases.
fn may_hold_words(text: &str) -> bool {
    let bytes = text.as_bytes();
    let from = |n: usize| bytes.get(n..).unwrap_or_default();
    let is_letter = |b: u8| (b | 0x20).wrapping_sub(b'a') < 26;
    let any = |any: bool, hit: bool| any | hit;
    // «бак» and «бач» of собака, «влик» of равлик, «лпа» of малпа, «сик» of песик.
    let cyrillic = from(0).iter().zip(from(2)).zip(from(4)).map(|((a, b), c)| {
        let (a, b, c) = (a & 0x9F, b & 0x9F, c & 0x9F);
        (a == 0x91) & (b == 0x90) & ((c == 0x9A) | (c == 0x87))
            | (a == 0x92) & (b == 0x9B) & (c == 0x98)
            | (a == 0x9B) & (b == 0x9F) & (c == 0x90)
            | (a == 0x81) & (b == 0x98) & (c == 0x9A)
    });
    let latin = from(0).iter().zip(from(1)).zip(from(2)).map(|((a, b), c)| {
        let (lower, next, last) = (a | 0x20, b | 0x20, c | 0x20);
        (!is_letter(*a)) & (next == b'a') & (last == b't')
            | (next == b'o') & ((lower == b'd') & (last == b'g') | (lower == b's') & (last == b'b'))
    });
    // «(a)» and its like: one or two letters in brackets.
    let short = from(0).iter().zip(from(2)).zip(from(3)).zip(from(5)).map(|(((a, b), c), d)| {
        (matches!(a, b'(' | b'[' | b'{'))
            & (matches!(b, b')' | b']' | b'}')
                | matches!(c, b')' | b']' | b'}')
                | matches!(d, b')' | b']' | b'}'))
    });
    cyrillic.fold(false, any) || latin.fold(false, any) || short.fold(false, any)
}
