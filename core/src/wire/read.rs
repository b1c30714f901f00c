//! Reading what vendors write: keys nobody asked for are theirs, `null` is absent, ids may be numbers.

use crate::document::{Cursor, Node, Position, Report, Value};
use crate::error::{Code, Error};
use std::borrow::Cow;

impl<'a> Cursor<'a> {
    /// The value under a key; none where it is absent or null.
    pub(crate) fn part(&self, key: &str) -> Option<Cursor<'a>> {
        self.find(key).filter(|c| c.node.value != Value::Null)
    }

    /// The value under a key that must stand; reported where it does not.
    pub(crate) fn must(&self, key: &str) -> Option<Cursor<'a>> {
        let found = self.part(key);
        if found.is_none() {
            self.error(Code::MissingKey, format!("the key `{key}` is missing"));
        }
        found
    }

    /// The text under a key, where it says something.
    pub(crate) fn said(&self, key: &str) -> Option<String> {
        self.part(key)?.text().filter(|text| !text.trim().is_empty())
    }

    /// The id under a key.
    pub(crate) fn id_at(&self, key: &str) -> Option<String> {
        self.part(key)?.id()
    }

    /// The id under a key that must stand.
    pub(crate) fn must_id(&self, key: &str) -> Option<String> {
        self.must(key)?.id()
    }

    /// An id: a text, or a whole number with all its digits.
    pub(crate) fn id(&self) -> Option<String> {
        let id = match &self.node.value {
            Value::Text(text) => Some(text.clone()),
            Value::Int(number) => Some(number.to_string()),
            Value::Refused(digits) => Some(digits.clone()).filter(|d| is_whole(d)),
            _ => None,
        };
        match &id {
            Some(id) if id.is_empty() => {
                self.error(Code::Empty, "an empty id");
                return None;
            }
            Some(id) if id.len() > crate::limits::ID_BYTES => {
                let most = crate::limits::ID_BYTES;
                self.error(Code::Limit, format!("an id of {} bytes; at most {most} are read", id.len()));
                return None;
            }
            None => self.error(Code::WrongType, format!("{} found, an id expected", self.node.kind())),
            _ => {}
        }
        id
    }

    /// Whether a yes stands under a key, written as JSON or as a form does.
    pub(crate) fn yes(&self, key: &str) -> bool {
        self.part(key).is_some_and(|c| match &c.node.value {
            Value::Bool(yes) => *yes,
            Value::Int(number) => *number != 0,
            Value::Text(text) => !matches!(text.as_str(), "" | "0" | "false" | "N" | "n"),
            _ => false,
        })
    }

    /// The items of the list under a key; none where it is absent.
    pub(crate) fn items_of(&self, key: &str) -> Vec<Cursor<'a>> {
        self.part(key).map(|c| c.list()).unwrap_or_default()
    }
}

fn is_whole(digits: &str) -> bool {
    let bare = digits.strip_prefix('-').unwrap_or(digits);
    !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit())
}

/// Reads a document that a vendor or host wrote; the first thing wrong with it is the error.
pub(crate) fn read<T>(node: &Node, read: impl FnOnce(&Cursor<'_>) -> Option<T>) -> Result<T, Error> {
    let report = Report::of(node);
    let value = read(&report.root());
    report.into_first(value)
}

/// Options that are not given are an empty map.
pub(crate) fn or_empty(options: &Node) -> Cow<'_, Node> {
    match options.value {
        Value::Null => Cow::Owned(Node::new(Value::Map(Vec::new()), Position::default())),
        _ => Cow::Borrowed(options),
    }
}

/// The error with its path below a place.
pub(crate) fn under(place: &str, mut error: Error) -> Error {
    error.path = match error.path.as_str() {
        "" => place.to_string(),
        list if list.starts_with('[') => format!("{place}{list}"),
        path => format!("{place}.{path}"),
    };
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_keep_every_digit() {
        for (text, id) in [
            ("4912661846655238145", Ok("4912661846655238145")),
            ("-1001234567890123456789", Ok("-1001234567890123456789")),
            ("\"13245647000000001\"", Ok("13245647000000001")),
            ("7", Ok("7")),
            ("1.5", Err(Code::WrongType)),
            ("1e30", Err(Code::WrongType)),
            ("true", Err(Code::WrongType)),
            ("\"\"", Err(Code::Empty)),
        ] {
            let got = read(&Node::from_json(text).unwrap(), |c| c.id());
            assert_eq!(got.as_deref().map_err(|e| e.code), id, "{text}");
        }
        let most = crate::limits::ID_BYTES;
        for (length, fits) in [(most, true), (most + 1, false)] {
            let text = format!("\"{}\"", "7".repeat(length));
            assert_eq!(read(&Node::from_json(&text).unwrap(), |c| c.id()).is_ok(), fits);
        }
    }
}
