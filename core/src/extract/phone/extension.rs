//! Extensions: the digits to dial after the call is taken.

use crate::text::Span;
use crate::text::case::lower;

/// Marks of an extension, longer ones first; lower case.
#[rustfmt::skip]
const MARKS: &[&str] = &[
    "дополнительный", "внутренний", "внутрішній", "добавочный", "додатковий", "дадатковы", "extension", "қосымша",
    "добав", "внутр", "extn", "ішкі", "доб", "дод", "дад", "внт", "ext", "int", "вн", "x", "х", "#", "~", "*",
];

/// Digits an extension has at most.
const DIGITS: usize = 7;
/// Signs that may stand before and after the mark.
const SIGNS: usize = 4;

/// An extension that follows a number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extension<'t> {
    pub(super) digits: &'t str,
    /// One past its last character, a closing bracket included.
    pub(super) end: usize,
}

/// Reads the extension at `from`, right after a number: ` доб. 12`, `;ext=301`, ` (вн. 7)`, `x45`, ` #45`.
pub(super) fn read(text: &str, from: usize) -> Option<Extension<'_>> {
    let (bracket, at) = skip(text, from, &[' ', '\u{a0}', '\t', ',', ';', '/', '(', '.', '-', '–', '—']);
    let rest = text.get(at..)?;
    if !rest.starts_with(begins_mark) {
        return None;
    }
    let mark = MARKS.iter().find_map(|mark| starts_with_folded(rest, mark))?;
    let at = after_noun(text, at + mark);
    let (_, at) = skip(text, at, &[' ', '\u{a0}', '.', ':', '=', '-', '№']);
    let rest = text.get(at..)?;
    let len = rest.bytes().take_while(u8::is_ascii_digit).count();
    let digits = Span::new(at, at + len);
    let tail = rest.get(len..)?;
    if len == 0 || len > DIGITS || tail.starts_with(char::is_alphanumeric) {
        return None;
    }
    let closed = bracket && tail.starts_with(')');
    Some(Extension { digits: digits.of(text), end: digits.end + usize::from(closed) })
}

/// Whether a mark begins with this letter; most that follow a number begin none.
fn begins_mark(c: char) -> bool {
    matches!(c, 'д' | 'Д' | 'в' | 'В' | 'қ' | 'Қ' | 'і' | 'І' | 'х' | 'Х')
        || matches!(c, 'e' | 'E' | 'i' | 'I' | 'x' | 'X' | '#' | '~' | '*')
}

/// Steps over at most [`SIGNS`] signs; tells whether a bracket opened among them.
fn skip(text: &str, from: usize, signs: &[char]) -> (bool, usize) {
    let rest = text.get(from..).unwrap_or_default();
    let taken = rest.chars().take(SIGNS).take_while(|c| signs.contains(c));
    taken.fold((false, from), |(open, at), c| (open || c == '(', at + c.len_utf8()))
}

/// Steps over the noun of «добавочный номер».
fn after_noun(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    let noun = rest.trim_start_matches(' ');
    let len = ["номер", "number"].iter().find_map(|word| starts_with_folded(noun, word));
    len.map_or(from, |len| from + (rest.len() - noun.len()) + len)
}

fn starts_with_folded(rest: &str, mark: &str) -> Option<usize> {
    let mut len = 0;
    let mut typed = rest.chars();
    for expected in mark.chars() {
        let c = typed.next()?;
        if !lower(c).eq([expected]) {
            return None;
        }
        len += c.len_utf8();
    }
    let next = typed.next();
    (!mark.ends_with(char::is_alphabetic) || !next.is_some_and(char::is_alphabetic)).then_some(len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_how_every_mark_begins() {
        for mark in MARKS {
            assert!(mark.starts_with(begins_mark) && mark.to_uppercase().starts_with(begins_mark), "{mark}");
        }
    }

    #[test]
    fn reads_every_mark() {
        for (text, digits, taken) in [
            (" доб. 204", "204", " доб. 204"),
            (" (добавочный 77) или", "77", " (добавочный 77)"),
            (", вн. 112", "112", ", вн. 112"),
            (";ext=301", "301", ";ext=301"),
            ("x45 please", "45", "x45"),
            (" #9", "9", " #9"),
            (" ішкі 14 ", "14", " ішкі 14"),
            (" Ext. 7", "7", " Ext. 7"),
        ] {
            let read = read(text, 0).unwrap();
            assert_eq!((read.digits, text.get(..read.end).unwrap()), (digits, taken));
        }
        for text in ["", " доб", " домой 5", " x5a", " 12", " внук 5"] {
            assert!(read(text, 0).is_none(), "{text}");
        }
    }
}
