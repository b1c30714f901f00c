//! The part of an address before its mark.

use super::Part;
use super::mark::{Kind, Mark};
use crate::text::fold::{fold_word, is_alphabetic, is_alphanumeric, is_apostrophe, is_invisible, plain};
use std::borrow::Cow;

/// Characters of a local part (RFC 5321, 4.5.3.1.1).
const LENGTH: usize = 64;
/// Words joined by signs said in words, at most.
const WORDS: usize = 6;

/// Signs of a local part that more often end what stands before it: `email=anna@…`, `a@b.ru/c@d.ru`.
fn is_odd(c: char) -> bool {
    matches!(c, '#' | '!' | '$' | '%' | '&' | '*' | '/' | '=' | '?' | '^' | '`' | '{' | '}' | '|' | '~')
}

fn is_local(c: char) -> bool {
    is_alphanumeric(c) || is_odd(c) || matches!(c, '.' | '_' | '-' | '+' | '\'')
}

/// Reads the local part that ends at the mark; nothing before `floor` is touched.
pub(super) fn before(text: &str, floor: usize, mark: Mark) -> Option<Part<'_>> {
    let before = text.get(floor..mark.span.start)?;
    let (start, mut local) = word(before)?;
    let end = floor + before.trim_end().len();
    let mut start = start;
    let mut dictated = false;
    if mark.kind != Kind::Sign || end != mark.span.start {
        for _ in 0..WORDS {
            let Some((sign, at)) = before.get(..start).and_then(spoken_sign) else { break };
            let Some((from, more)) = before.get(..at).and_then(word) else { break };
            local = format!("{more}{sign}{local}").into();
            start = from;
            dictated = true;
        }
    }
    let credentials = before
        .get(..start)
        .is_some_and(|head| head.ends_with("://") || head.ends_with(':') && head.contains("://"));
    (!credentials && local.chars().count() <= LENGTH).then_some(Part {
        text: local,
        start: floor + start,
        end,
        dictated,
    })
}

/// The last word of `before` and where it begins, if it can be a local part or a piece of one.
fn word(before: &str) -> Option<(usize, Cow<'_, str>)> {
    let trimmed = before.trim_end();
    let typed = trimmed.chars().rev().take_while(|&c| is_local(plain(c)) || is_invisible(c));
    let len: usize = typed.take(2 * LENGTH).map(char::len_utf8).sum();
    let raw = trimmed.get(trimmed.len() - len..)?;
    let dots = raw.as_bytes().windows(2).rposition(|pair| pair == b"..");
    let undotted = dots.map_or(Some(raw), |at| raw.get(at + 2..))?;
    let named = undotted.contains(is_alphanumeric);
    let word = undotted.rsplit(|c| named && is_odd(plain(c))).next()?;
    let lead = |c: char| c == '.' || is_invisible(c) || named && (is_apostrophe(c) || matches!(c, '-' | '+'));
    let word = word.trim_start_matches(lead);
    let text = if word.is_ascii() {
        Cow::Borrowed(word)
    } else {
        word.chars().filter(|c| !is_invisible(*c)).map(plain).collect::<String>().into()
    };
    (!text.is_empty() && !text.ends_with('.')).then(|| (trimmed.len() - word.len(), text))
}

/// A sign said in words at the end of `before`: `dot`, `(точка)`, `нижнее подчеркивание`.
fn spoken_sign(before: &str) -> Option<(char, usize)> {
    let inner = before.trim_end().trim_end_matches([')', ']', '}']).trim_end();
    let stem = inner.trim_end_matches(is_alphabetic);
    let sign = match fold_word(inner.get(stem.len()..)?).as_str() {
        "dot" | "точка" | "крапка" | "кропка" | "нүкте" => '.',
        "underscore" | "подчеркивание" | "подчерк" | "підкреслення" => '_',
        "dash" | "hyphen" | "тире" | "дефис" | "минус" | "дефіс" | "мінус" => '-',
        _ => return None,
    };
    let stem = stem.trim_end().trim_end_matches(['(', '[', '{']).trim_end();
    let lower = stem.trim_end_matches(is_alphabetic);
    let at = match fold_word(stem.get(lower.len()..)?).as_str() {
        "нижнее" | "нижнє" if sign == '_' => lower.trim_end().len(),
        _ => stem.len(),
    };
    Some((sign, at))
}
