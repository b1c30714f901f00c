//! JSON as JavaScript reads it fastest: to parse it would cost more than the step that it tells of, so it crosses as one
//! text of UTF-16 units, which the facade of the faces for JavaScript reads.
//!
//! A value begins with a unit `8 * n + tag`; `n` is below 4096, so that no unit is a surrogate:
//!
//! | tag | value |
//! |---|---|
//! | 0 | the text `WORDS[n]` |
//! | 1 | a text of `4096 * n` units and as many more as the next unit says; they follow |
//! | 2 | the number `n` |
//! | 3 | a number: its `n` digits follow, with their sign |
//! | 4 | null, false, true for `n` 0, 1, 2 |
//! | 5 | a list: its items follow, and an end |
//! | 6 | an object: keys, which are texts, and values follow by turns, and an end |
//! | 7 | an end |

use std::sync::LazyLock;

const WORD: u16 = 0;
const TEXT: u16 = 1;
const SMALL: u16 = 2;
const DIGITS: u16 = 3;
const FIXED: u16 = 4;
const LIST: u16 = 5;
const OBJECT: u16 = 6;
const END: u16 = 7;

/// What `n` stays below.
const LIMIT: usize = 4096;

/// Texts that turns are full of. The reader takes them from here, so their order is free.
#[rustfmt::skip] // one a line would be two pages
pub const WORDS: [&str; 59] = [
    "active", "alert", "applied", "buttons", "cancel_timer", "chat_url", "closed", "code", "create_lead",
    "due", "effects", "en", "faq", "field", "fields", "finish", "finished", "handoff", "high", "human", "id",
    "ids", "in_work", "key", "kind", "language", "lead", "lead_key", "mode", "mode_rev", "next_due", "normal",
    "note", "notify", "open", "outcome", "params", "phone", "priority", "purpose", "reason", "reply",
    "request", "ru", "set_field", "set_status", "set_timer", "status", "suggest", "summary", "tag", "text",
    "timer", "title", "to", "uk", "update_lead", "value", "window",
];

/// The number of the word in [`WORDS`] by its hash; words that share one are written as any other text.
static NUMBERS: LazyLock<[Option<u16>; 256]> = LazyLock::new(|| {
    let mut numbers = [None; 256];
    for (n, word) in (0..).zip(WORDS) {
        if let Some(slot) = numbers.get_mut(hash(word)) {
            *slot = Some(n);
        }
    }
    numbers
});

fn hash(text: &str) -> usize {
    let byte = |byte: Option<&u8>| byte.map_or(0, |byte| usize::from(*byte));
    let bytes = text.as_bytes();
    (byte(bytes.first()) + byte(bytes.get(2)) + byte(bytes.last()) + bytes.len() * 43) % 256
}

fn word(text: &str) -> Option<u16> {
    let number = NUMBERS.get(hash(text)).copied().flatten()?;
    (WORDS.get(usize::from(number)) == Some(&text)).then_some(number)
}

/// The units of a JSON text that this library wrote: compact, its numbers whole.
pub(super) fn flat(json: &str) -> Vec<u16> {
    let mut units = Vec::with_capacity(json.len());
    let mut rest = json;
    while let Some(&first) = rest.as_bytes().first() {
        let size = match first {
            b'"' => {
                rest = text(rest.get(1..).unwrap_or_default(), &mut units);
                continue;
            }
            b'-' | b'0'..=b'9' => number(rest, &mut units),
            b'n' => literal("null", 0, &mut units),
            b'f' => literal("false", 1, &mut units),
            b't' => literal("true", 2, &mut units),
            b'[' => mark(LIST, &mut units),
            b'{' => mark(OBJECT, &mut units),
            b']' | b'}' => mark(END, &mut units),
            _ => 1, // a comma or a colon
        };
        rest = rest.get(size..).unwrap_or_default();
    }
    units
}

fn unit(tag: u16, n: usize) -> u16 {
    u16::try_from(n % LIMIT * 8).unwrap_or_default() | tag
}

fn mark(tag: u16, units: &mut Vec<u16>) -> usize {
    units.push(tag);
    1
}

fn literal(written: &str, n: usize, units: &mut Vec<u16>) -> usize {
    units.push(unit(FIXED, n));
    written.len()
}

fn number(json: &str, units: &mut Vec<u16>) -> usize {
    let size = json.bytes().take_while(|byte| matches!(byte, b'-' | b'0'..=b'9')).count();
    let digits = json.get(..size).unwrap_or_default();
    match digits.parse().ok().filter(|n| *n < LIMIT) {
        Some(n) => units.push(unit(SMALL, n)),
        None => {
            units.push(unit(DIGITS, size));
            units.extend(digits.encode_utf16());
        }
    }
    size
}

/// Writes the text that a JSON text begins with, behind its quote; gives what follows it.
fn text<'j>(json: &'j str, units: &mut Vec<u16>) -> &'j str {
    let plain = plain(json);
    let (first, mut rest) = json.split_at_checked(plain).unwrap_or((json, ""));
    if let (true, Some(number)) = (rest.starts_with('"'), word(first)) {
        units.push(unit(WORD, number.into()));
        return rest.get(1..).unwrap_or_default();
    }
    let head = units.len();
    units.extend([0, 0]);
    push(first, units);
    while let Some(escape) = rest.strip_prefix('\\') {
        let after = escaped(escape, units);
        let (more, end) = after.split_at_checked(self::plain(after)).unwrap_or((after, ""));
        push(more, units);
        rest = end;
    }
    let length = units.len() - head - 2;
    let lengths = [unit(TEXT, length / LIMIT), unit(0, length % LIMIT) / 8];
    units.iter_mut().skip(head).zip(lengths).for_each(|(place, unit)| *place = unit);
    rest.get(1..).unwrap_or_default()
}

/// Bytes until the end of a text or an escape.
fn plain(json: &str) -> usize {
    json.bytes().position(|byte| byte == b'"' || byte == b'\\').unwrap_or(json.len())
}

fn push(text: &str, units: &mut Vec<u16>) {
    if text.is_ascii() {
        units.extend(text.bytes().map(u16::from));
    } else {
        units.extend(text.encode_utf16());
    }
}

/// Writes what stands behind a backslash; gives what follows it.
fn escaped<'j>(json: &'j str, units: &mut Vec<u16>) -> &'j str {
    let (first, rest) = json.split_at_checked(1).unwrap_or_default();
    if first != "u" {
        let control = [("b", 8), ("f", 12), ("n", 10), ("r", 13), ("t", 9)];
        let named = control.into_iter().find(|(name, _)| *name == first);
        units.extend(named.map(|(_, unit)| unit).or(first.encode_utf16().next()));
        return rest;
    }
    let (digits, rest) = rest.split_at_checked(4).unwrap_or_default();
    units.extend(u16::from_str_radix(digits, 16));
    rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    /// Reads as the facade does; none for an end.
    fn read(units: &mut dyn Iterator<Item = u16>) -> Option<Value> {
        let unit = units.next().unwrap();
        let n = usize::from(unit / 8);
        Some(match unit % 8 {
            WORD => WORDS[n].into(),
            TEXT => {
                let rest = usize::from(units.next().unwrap());
                taken(units, n * LIMIT + rest).into()
            }
            SMALL => n.into(),
            DIGITS => taken(units, n).parse::<i64>().unwrap().into(),
            FIXED => [Value::Null, false.into(), true.into()][n].clone(),
            LIST => std::iter::from_fn(|| read(units)).collect(),
            OBJECT => {
                let entry = || Some((read(units)?.as_str().unwrap().to_string(), read(units).unwrap()));
                Value::Object(std::iter::from_fn(entry).collect())
            }
            _ => return None,
        })
    }

    fn taken(units: &mut dyn Iterator<Item = u16>, size: usize) -> String {
        String::from_utf16(&units.take(size).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn holds_what_json_holds() {
        let value = json!({
            "key": "1.1", "kind": "reply", "text": "Вітаю 🙂 \"\\\n\u{1}\t/", "Ключ": {"": [], "b": {}},
            "list": [0, 7, 4095, 4096, -1, 9_007_199_254_740_991_i64, null, true, false, "", "\\", "tag\n"],
            "long": "я".repeat(LIMIT * 2 + 5),
        });
        let units = flat(&value.to_string());
        assert_eq!(read(&mut units.iter().copied()), Some(value));
        assert_eq!(flat(r#"{"kind":"tag"}"#), [OBJECT, 24 * 8, 50 * 8, END]);
        assert_eq!(flat(r#""ab""#), [TEXT, 2, 97, 98]);
        for cut in [r#"{"kind"#, r#"["a\"#, r#""\u00"#, "-"] {
            flat(cut);
        }
    }

    #[test]
    fn every_word_is_found() {
        assert_eq!(WORDS.into_iter().find(|text| word(text).is_none()), None);
    }
}
