//! Marks of an address: the sign `@`, or a word people say for it.

use crate::extract::glance::{self, AtSign};
use crate::text::fold::{fold_into, plain_letter};
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
    let seen = glance::at_sign(text);
    let mut folded = String::new();
    let words = || tokens(text).filter_map(move |token| of_token(text, token, &mut folded));
    let words = (seen == AtSign::Word).then(words);
    let signs = (seen == AtSign::Sign).then(|| signs(text));
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

fn of_token(text: &str, token: Token<'_>, folded: &mut String) -> Option<Mark> {
    if token.kind == TokenKind::Word {
        if !token.text.starts_with(begins_mark) {
            return None;
        }
        folded.clear();
        fold_into(token.text, folded);
        let mark = |words: &[&str]| {
            words.contains(&folded.as_str()).then(|| bracketed(text, token.span, Kind::Word))
        };
        return mark(WORDS).or_else(|| mark(BRACKETED_WORDS).filter(|m| m.kind == Kind::Bracketed));
    }
    token.text.chars().all(is_sign).then(|| bracketed(text, token.span, Kind::Sign))
}

/// Whether a word for the sign may begin with this letter, as typed: a Latin one may stand for a Cyrillic one, and
/// what is no plain letter may vanish.
fn begins_mark(c: char) -> bool {
    plain_letter(c).is_none_or(|c| {
        matches!(c, 'a' | 'd' | 's' | 'e' | 'м' | 'п' | 'р' | 'с' | 'а' | 'э' | 'm' | 'p' | 'c')
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_how_every_mark_begins() {
        for word in WORDS.iter().chain(BRACKETED_WORDS) {
            assert!(word.starts_with(begins_mark) && word.to_uppercase().starts_with(begins_mark), "{word}");
        }
    }
}
