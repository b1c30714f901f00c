//! Arguments of the JSON verbs: what stands in them is read into types, what does not fit is an error with its path.

use crate::document::path_at;
use crate::error::{Code, Error};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// Reads a JSON argument.
pub(super) fn read<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Error> {
    parsed(text, |message| match message {
        m if m.starts_with("unknown field") => Code::UnknownKey,
        m if m.starts_with("missing field") => Code::MissingKey,
        m if m.starts_with("duplicate field") => Code::DuplicateKey,
        m if m.starts_with("invalid type") => Code::WrongType,
        m if m.starts_with("exactly one of") => Code::OneExpected,
        m if m.ends_with("is no RFC 3339 time") => Code::TimeInvalid,
        _ => Code::UnknownValue,
    })
}

/// Reads what this library wrote; whatever is wrong with it has one code.
pub(super) fn read_as<'a, T: Deserialize<'a>>(text: &'a str, code: Code) -> Result<T, Error> {
    parsed(text, |_| code)
}

fn parsed<'a, T: Deserialize<'a>>(text: &'a str, code: impl Fn(&str) -> Code) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|e| {
        let (path, message) = told(text, &e);
        let code = if e.is_data() { code(&message) } else { Code::SyntaxInvalid };
        Error::new(code, path, message)
    })
}

/// Where a text is not what it should be, and what is wrong, in the words of the contract.
pub(super) fn told(text: &str, error: &serde_json::Error) -> (String, String) {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    if !error.is_data() {
        return (path_at(text, error.line(), error.column()), message.to_lowercase());
    }
    // The reader has gone on to the end of the map or list whose last value it refuses.
    let line = text.split_inclusive('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    let last = error.column().checked_sub(1).and_then(|at| line.as_bytes().get(at));
    let beyond = matches!(last, Some(b'}' | b']')) && !message.starts_with("missing field");
    let path = path_at(text, error.line(), error.column() - usize::from(beyond));
    (path, in_words(message))
}

/// Without the words of the language that this is written in.
fn in_words(message: &str) -> String {
    let message = message.replacen("unknown variant", "unknown word", 1);
    let Some((found, expected)) = message.split_once(", expected ") else { return message };
    let expected = match expected {
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number from 0",
        "i32" | "i64" => "a whole number",
        "a string" | "a borrowed string" => "a text",
        "a sequence" => "a list",
        "a boolean" => "true or false",
        map if map.starts_with("struct ") => "a map",
        other => other,
    };
    format!("{found}, expected {expected}")
}

/// What stands between a place and a path inside of it.
pub(super) fn dot(path: &str) -> &'static str {
    if path.is_empty() || path.starts_with('[') { "" } else { "." }
}

/// The language of a page or diagram, where it is given. Error: `unknown_value` at `language`.
pub(super) fn language(given: Option<&str>) -> Result<(), Error> {
    match given {
        None | Some("ru" | "uk" | "en") => Ok(()),
        Some(other) => {
            let message = format!("`{other}` is none of `ru`, `uk`, `en`");
            Err(Error::new(Code::UnknownValue, "language", message))
        }
    }
}

/// The records of an argument: a text of JSON lines, or a list of records as objects or as texts.
#[derive(Debug)]
pub(super) enum Records<'a> {
    Lines(Cow<'a, str>),
    List(Vec<Cow<'a, str>>),
}

impl<'a> Records<'a> {
    /// The lines of the log that hold something, with their places from 0.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.texts().enumerate().filter(|(_, line)| !line.trim().is_empty())
    }

    /// All lines of the log.
    pub(super) fn texts(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        match self {
            Records::Lines(text) => Box::new(text.lines()),
            Records::List(list) => Box::new(list.iter().map(|line| &**line)),
        }
    }
}

/// Takes off the byte order mark that some programs begin a file with.
fn without_mark(text: &mut Cow<'_, str>) {
    match text {
        Cow::Borrowed(text) => *text = text.trim_start_matches('\u{feff}'),
        Cow::Owned(text) if text.starts_with('\u{feff}') => _ = text.remove(0),
        Cow::Owned(_) => {}
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Records<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw: &'a RawValue = Deserialize::deserialize(deserializer)?;
        // Its place is one inside of the value and not inside of the argument.
        let wrong = |e: serde_json::Error| {
            serde::de::Error::custom(e.to_string().split(" at line ").next().unwrap_or_default())
        };
        if raw.get().starts_with('[') {
            let list: Vec<&'a RawValue> = serde_json::from_str(raw.get()).map_err(wrong)?;
            let line = |raw: &'a RawValue| match raw.get().starts_with('"') {
                true => serde_json::from_str::<super::Text<'a>>(raw.get()).map(|text| text.0),
                false => Ok(Cow::Borrowed(raw.get())),
            };
            let mut lines: Vec<Cow<'a, str>> =
                list.into_iter().map(line).collect::<Result<_, _>>().map_err(wrong)?;
            lines.iter_mut().take(1).for_each(without_mark);
            return Ok(Records::List(lines));
        }
        let mut text: super::Text<'a> = serde_json::from_str(raw.get()).map_err(wrong)?;
        without_mark(&mut text.0);
        Ok(Records::Lines(text.0))
    }
}
