//! Marks of masked records: what stands for them when a log is replayed, and what they are equal to.

use crate::document::{Node, Value};
use std::collections::BTreeMap;

/// Kinds of marks.
const KINDS: &[&str] = &[
    "phone", "email", "nick", "name", "number", "integer", "link", "user", "id", "lead", "words", "latin",
    "text", "off", "time",
];
/// What the level `off` leaves of a value: nothing, or that it is a time.
pub(super) const OFF: &str = "[off]";
pub(super) const TIME: &str = "[time]";
/// Letters of the words that stand for an answer which was refused: no bot knows them.
const CYRILLIC: [char; 16] = ['б', 'в', 'г', 'д', 'ж', 'з', 'к', 'л', 'м', 'н', 'п', 'р', 'с', 'т', 'ф', 'х'];
const LATIN: [char; 16] = ['b', 'c', 'd', 'f', 'g', 'h', 'j', 'k', 'l', 'm', 'n', 'p', 'q', 'r', 's', 't'];
/// Given names that stand for masked ones: a bot takes them for names.
const NAMES: &[&str] = &[
    "Анна",
    "Ольга",
    "Мария",
    "Ирина",
    "Елена",
    "Наталья",
    "Татьяна",
    "Светлана",
    "Иван",
    "Пётр",
    "Андрей",
    "Дмитрий",
    "Сергей",
    "Николай",
    "Михаил",
    "Павел",
];

/// What a mark stands for, or where a text stands that is kept elsewhere.
pub type Resolver = BTreeMap<String, String>;

/// A mark of a text with its place.
struct Mark<'t> {
    start: usize,
    end: usize,
    kind: &'static str,
    digest: &'t str,
}

fn marks(text: &str) -> impl Iterator<Item = Mark<'_>> {
    text.match_indices('[').filter_map(|(start, _)| {
        let rest = text.get(start + 1..)?;
        let inner = rest.get(..rest.find(']')?)?;
        let (kind, digest) = inner.split_once(':').unwrap_or((inner, ""));
        let kind = KINDS.iter().find(|known| **known == kind)?;
        digest.bytes().all(|b| b.is_ascii_hexdigit()).then_some(Mark {
            start,
            end: start + inner.len() + 2,
            kind,
            digest,
        })
    })
}

/// Whether something in a text was masked.
pub(super) fn is_masked(text: &str) -> bool {
    marks(text).next().is_some()
}

/// Whether a phone or an e-mail was masked in a text.
pub(super) fn holds_contact(text: &str) -> bool {
    marks(text).any(|mark| matches!(mark.kind, "phone" | "email"))
}

/// An event or contact as it may have been: marks are resolved or become values of their kind, which the bot finds as
/// it found the real ones. None where a text is kept elsewhere and the resolver does not have it.
pub(super) fn unmask(node: &mut Node, resolver: &Resolver) -> Option<()> {
    match &mut node.value {
        Value::Map(entries) => {
            for entry in entries {
                if let (Some(key), Some(reference)) = (entry.key.strip_suffix("_ref"), entry.node.as_str()) {
                    entry.node.value = Value::Text(resolver.get(reference)?.clone());
                    entry.key = key.to_string();
                } else {
                    unmask(&mut entry.node, resolver)?;
                }
            }
        }
        Value::List(items) => items.iter_mut().try_for_each(|item| unmask(item, resolver))?,
        Value::Text(text) => {
            node.value = match whole_number(text).filter(|_| !resolver.contains_key(text)) {
                Some(number) => Value::Int(number),
                None => Value::Text(filled(text, resolver)),
            }
        }
        _ => {}
    }
    Some(())
}

fn filled(text: &str, resolver: &Resolver) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for mark in marks(text) {
        out.push_str(text.get(from..mark.start).unwrap_or_default());
        let written = text.get(mark.start..mark.end).unwrap_or_default();
        match resolver.get(written) {
            Some(known) => out.push_str(known),
            None => out.push_str(&stand_in(&mark, written)),
        }
        from = mark.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// The whole number that stands for one in data; none of any other text.
pub(super) fn whole_number(text: &str) -> Option<i64> {
    let mark =
        marks(text).next().filter(|mark| mark.kind == "integer" && mark.end - mark.start == text.len())?;
    i64::from_str_radix(mark.digest, 16).ok().map(|digest| 1_000_000_000 + digest % 1_000_000_000)
}

/// A value of the kind, the same for the same digest.
fn stand_in(mark: &Mark<'_>, written: &str) -> String {
    let number = u64::from_str_radix(mark.digest, 16).unwrap_or_default();
    match mark.kind {
        "phone" => format!("+38067{:07}", number % 10_000_000),
        "nick" => format!("@c{}", mark.digest),
        "words" => unknown_words(mark.digest, CYRILLIC),
        "latin" => unknown_words(mark.digest, LATIN),
        "email" => format!("c{}@example.com", mark.digest),
        "name" => {
            let at = usize::try_from(number % NAMES.len() as u64).unwrap_or_default();
            NAMES.get(at).copied().unwrap_or_default().to_string()
        }
        "number" => format!("00{:08}", number % 100_000_000),
        "link" => format!("https://example.com/{}", mark.digest),
        _ => written.to_string(),
    }
}

/// Two words in small letters, which are no name and no address.
fn unknown_words(digest: &str, letters: [char; 16]) -> String {
    let letter = |digit: char| letters.get(digit.to_digit(16)? as usize).copied();
    let (first, second) = digest.split_at_checked(digest.len() / 2).unwrap_or_default();
    [first, second].map(|half| half.chars().filter_map(letter).collect::<String>()).join(" ")
}

/// Whether a text is the recorded one, its marks standing for anything.
pub(super) fn is_alike(recorded: &str, got: &str) -> bool {
    let mut rest = got;
    let mut from = 0;
    let mut open = false;
    for mark in marks(recorded) {
        let literal = recorded.get(from..mark.start).unwrap_or_default();
        let Some(after) = passed(rest, literal, open) else { return false };
        rest = after;
        from = mark.end;
        open = true;
    }
    let last = recorded.get(from..).unwrap_or_default();
    if open { rest.ends_with(last) } else { rest == last }
}

/// What follows a literal: at the beginning, or after anything where a mark stands before it.
fn passed<'t>(text: &'t str, literal: &str, anywhere: bool) -> Option<&'t str> {
    if !anywhere {
        return text.strip_prefix(literal);
    }
    let at = text.find(literal)?;
    text.get(at + literal.len()..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_like_anything_and_the_rest_like_itself() {
        for (recorded, got, alike) in [
            ("Вас зовут [name:ab12], верно?", "Вас зовут Ольга, верно?", true),
            ("Вас зовут [name:ab12], верно?", "Вас зовут Ольга", false),
            ("[phone:12] и [email:34]", "+380671234567 и c34@example.com", true),
            ("[phone:12]", "", true),
            ("нет [такого]", "нет [такого]", true),
            ("a", "b", false),
        ] {
            assert_eq!(is_alike(recorded, got), alike, "{recorded} / {got}");
        }
        assert!(is_masked("тел. [phone:1f0c]") && !is_masked("[faq:x] [phone:??]"));
    }

    #[test]
    fn a_stand_in_is_what_it_stands_for() {
        let mut node =
            Node::from_json(r#"{"id":"[id:ab]","text":"я [name:0c], [phone:1f0c9a62d5e3]"}"#).unwrap();
        unmask(&mut node, &Resolver::new()).unwrap();
        let number = Node::from_json(r#"{"sum":"[integer:1f0c9a62d5e3]"}"#).unwrap();
        let mut data = number.clone();
        unmask(&mut data, &Resolver::new()).unwrap();
        assert!(matches!(data.get("sum").unwrap().value, Value::Int(1_000_000_000..)), "{}", data.to_text());
        let text = node.get("text").and_then(Node::as_str).unwrap();
        assert_eq!(
            crate::extract::phones(text, &crate::extract::PhoneOptions::new(None)).count(),
            1,
            "{text}"
        );
        assert_eq!(node.get("id").and_then(Node::as_str), Some("[id:ab]"));
        let mut kept = Node::from_json(r#"{"text_ref":"77"}"#).unwrap();
        assert!(unmask(&mut kept.clone(), &Resolver::new()).is_none());
        unmask(&mut kept, &Resolver::from([("77".to_string(), "Привет".to_string())])).unwrap();
        assert_eq!(kept.to_text(), r#"{"text":"Привет"}"#);
    }
}
