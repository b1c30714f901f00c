//! JSON text to a tree with positions.
//!
//! serde_json does the parsing. A container is first split into its raw parts, which borrow from the text, so
//! that the offset of each part is known; then each part is read in turn. Every level is scanned once more than
//! by a plain parse; with the depth limit that stays linear.

use super::node::{Entry, Node, Position, Value};
use crate::error::{Code, Error};
use crate::limits;
use serde::Deserialize;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

pub(super) fn parse(text: &str) -> Result<Node, Error> {
    let whole: &RawValue = serde_json::from_str(text).map_err(|e| syntax(&e))?;
    let mut places = Places { text, offset: 0, at: Position { line: 1, column: 1 } };
    node(whole, &mut places, 0)
}

fn syntax(error: &serde_json::Error) -> Error {
    let reason = error.to_string();
    let reason = reason.split(" at line ").next().unwrap_or_default();
    let mut out = Error::new(Code::SyntaxInvalid, "", format!("not JSON: {}", reason.to_lowercase()));
    out.line = u32::try_from(error.line()).ok();
    out.column = u32::try_from(error.column()).ok();
    out
}

fn node(raw: &RawValue, places: &mut Places<'_>, depth: usize) -> Result<Node, Error> {
    let text = raw.get();
    let at = places.of(text);
    if depth > limits::DOCUMENT_DEPTH {
        let message = format!("nested deeper than {} levels", limits::DOCUMENT_DEPTH);
        let mut error = Error::new(Code::Limit, "", message);
        (error.line, error.column) = (Some(at.line), Some(at.column));
        return Err(error);
    }
    let read = |e: serde_json::Error| syntax(&e);
    let value = match text.bytes().next() {
        Some(b'{') => {
            let parts: Parts<'_> = serde_json::from_str(text).map_err(read)?;
            let mut entries = Vec::with_capacity(parts.0.len());
            for (key, raw) in parts.0 {
                let borrowed = if let Cow::Borrowed(text) = &key.0 { Some(places.of(text)) } else { None };
                let node = node(raw, places, depth + 1)?;
                entries.push(Entry { key: key.0.into_owned(), at: borrowed.unwrap_or(node.at), node });
            }
            Value::Map(entries)
        }
        Some(b'[') => {
            let parts: Vec<&RawValue> = serde_json::from_str(text).map_err(read)?;
            Value::List(parts.into_iter().map(|raw| node(raw, places, depth + 1)).collect::<Result<_, _>>()?)
        }
        Some(b'"') => Value::Text(serde_json::from_str(text).map_err(read)?),
        Some(b't') => Value::Bool(true),
        Some(b'f') => Value::Bool(false),
        Some(b'n') => Value::Null,
        _ => number(text),
    };
    Ok(Node::new(value, at))
}

pub(super) fn number(text: &str) -> Value {
    match text.parse::<i64>() {
        Ok(number) if number.unsigned_abs() <= limits::NUMBER_MAX => Value::Int(number),
        _ => Value::Refused(text.to_string()),
    }
}

/// Turns parts of the text into positions. Parts are asked for in the order of the text, so one walk does.
struct Places<'t> {
    text: &'t str,
    offset: usize,
    at: Position,
}

impl Places<'_> {
    fn of(&mut self, part: &str) -> Position {
        let offset = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let Some(passed) = self.text.get(self.offset..offset) else { return self.at };
        for c in passed.chars() {
            if c == '\n' {
                self.at = Position { line: self.at.line + 1, column: 1 };
            } else {
                self.at.column += 1;
            }
        }
        self.offset = offset;
        self.at
    }
}

struct Key<'t>(Cow<'t, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(text)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(text.to_string())))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

/// The entries of an object, duplicates included.
struct Parts<'t>(Vec<(Key<'t>, &'t RawValue)>);

impl<'de> Deserialize<'de> for Parts<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PartsVisitor;
        impl<'de> Visitor<'de> for PartsVisitor {
            type Value = Parts<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Parts<'de>, A::Error> {
                let mut parts = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    parts.push(entry);
                }
                Ok(Parts(parts))
            }
        }
        deserializer.deserialize_map(PartsVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_positions_duplicates_and_refused_numbers() {
        let node = parse("{\n  \"а\": [1, 2.5],\n  \"а\": \"я\"}").unwrap();
        let Value::Map(entries) = &node.value else { panic!("no map") };
        assert_eq!(entries.len(), 2);
        assert_eq!(entries[0].at, Position { line: 2, column: 4 });
        let Value::List(items) = &entries[0].node.value else { panic!("no list") };
        assert_eq!((&items[0].value, items[0].at), (&Value::Int(1), Position { line: 2, column: 9 }));
        assert_eq!(items[1].value, Value::Refused("2.5".into()));
        assert_eq!(parse("9007199254740992").unwrap().value, Value::Refused("9007199254740992".into()));
    }

    #[test]
    fn a_broken_text_names_its_place() {
        let error = parse("{\"a\": }").unwrap_err();
        assert_eq!((error.code, error.line, error.column), (Code::SyntaxInvalid, Some(1), Some(7)));
        assert_eq!(parse(&"[".repeat(100_000)).unwrap_err().code, Code::SyntaxInvalid);
    }
}
