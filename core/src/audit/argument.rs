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
        _ => Code::UnknownValue,
    })
}

/// Reads what this library wrote; whatever is wrong with it has one code.
pub(super) fn read_as<'a, T: Deserialize<'a>>(text: &'a str, code: Code) -> Result<T, Error> {
    parsed(text, |_| code)
}

fn parsed<'a, T: Deserialize<'a>>(text: &'a str, code: impl Fn(&str) -> Code) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|e| {
        let message = e.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_lowercase();
        let code = if e.is_data() { code(&message) } else { Code::SyntaxInvalid };
        Error::new(code, path_at(text, e.line(), e.column()), message)
    })
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
        let wrong = |e: serde_json::Error| serde::de::Error::custom(e);
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
