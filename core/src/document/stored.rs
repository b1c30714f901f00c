//! Reading back what the crate itself wrote: sessions, and the values in them.
//!
//! The same cursor as for what people write, so an edited session is refused with the path of its mistake. Reading goes
//! on behind a mistake with something empty, so a page has no code for leaving half-way; serde would do it with four
//! times as much.

use super::node::{Node, Position, Value};
use super::reader::{Cursor, Keys};
use crate::error::Code;
use crate::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// A value as it is stored. Reading reports what is wrong at the cursor and answers anything then.
pub(crate) trait Stored: Sized {
    fn read(at: &Cursor<'_>) -> Self;
}

/// Implements [`Stored`] for a struct: the keys that must stand, then those that may be absent and are empty then.
macro_rules! stored {
    ($type:ident { $($need:ident),* ; $($may:ident),* }) => {
        impl $crate::document::Stored for $type {
            fn read(at: &$crate::document::Cursor<'_>) -> Self {
                $crate::document::stored_keys!(at => $type { $($need),* ; $($may),* })
            }
        }
    };
}

/// Reads the keys of a map into the fields of a struct or of a variant.
macro_rules! stored_keys {
    ($at:expr => $($type:ident)::+ { $($need:ident),* ; $($may:ident),* }) => {{
        let keys = $at.keys_or_none();
        $(let $need = keys.stored(stringify!($need));)*
        $(let $may = keys.stored_or_empty(stringify!($may));)*
        keys.end();
        $($type)::+ { $($need,)* $($may,)* }
    }};
}

pub(crate) use {stored, stored_keys};

/// What stands where a key is missing.
static NOTHING: Node = Node { value: Value::Null, at: Position { line: 0, column: 0 }, written: None };

impl<'a> Keys<'a> {
    /// The value under a key that must stand.
    pub(crate) fn stored<T: Stored>(&self, key: &'static str) -> T {
        T::read(&self.stored_at(key))
    }

    fn stored_at(&self, key: &'static str) -> Cursor<'a> {
        self.get(key).unwrap_or_else(|| {
            self.map().error(Code::MissingKey, format!("missing field `{key}`"));
            self.map().at(&NOTHING)
        })
    }

    /// The value under a key, empty where it is absent.
    pub(crate) fn stored_or_empty<T: Stored + Default>(&self, key: &'static str) -> T {
        self.get(key).map_or_else(T::default, |at| T::read(&at))
    }
}

impl<'a> Cursor<'a> {
    /// A variant by its name: alone as a text, or as the only key of a map with what it holds.
    pub(crate) fn variant(&self) -> (&'a str, Cursor<'a>) {
        let only = match &self.node.value {
            Value::Text(name) => return (name, *self),
            Value::Map(entries) if entries.len() == 1 => entries.first(),
            _ => None,
        };
        if only.is_none() {
            self.wanted("a variant");
        }
        only.map_or(("", *self), |entry| (entry.key.as_str(), self.at(&entry.node)))
    }

    /// Reports a variant that there is not.
    pub(crate) fn no_variant(&self, name: &str) {
        self.error(Code::UnknownValue, format!("unknown variant `{name}`"));
    }

    /// The two items of a pair.
    pub(crate) fn pair<A: Stored, B: Stored>(&self) -> (A, B) {
        let items = self.list();
        if items.len() != 2 {
            self.wanted("a pair");
        }
        let item = |place: usize| items.get(place).unwrap_or(self);
        (A::read(item(0)), B::read(item(1)))
    }

    /// A text that a parser takes.
    pub(crate) fn parsed<T>(&self, what: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.text()?;
        let value = parse(&text);
        if value.is_none() {
            self.error(Code::UnknownValue, format!("`{text}` is no {what}"));
        }
        value
    }

    fn whole<T: TryFrom<i64> + Default>(&self) -> T {
        let value = self.int().map(T::try_from);
        if let Some(Err(_)) = value {
            self.wanted("a smaller number");
        }
        value.and_then(Result::ok).unwrap_or_default()
    }
}

impl Stored for String {
    fn read(at: &Cursor<'_>) -> Self {
        at.text().unwrap_or_default()
    }
}

impl Stored for bool {
    fn read(at: &Cursor<'_>) -> Self {
        at.bool().unwrap_or_default()
    }
}

impl Stored for u32 {
    fn read(at: &Cursor<'_>) -> Self {
        at.whole()
    }
}

impl Stored for u64 {
    fn read(at: &Cursor<'_>) -> Self {
        at.whole()
    }
}

impl Stored for usize {
    fn read(at: &Cursor<'_>) -> Self {
        at.whole()
    }
}

impl Stored for i64 {
    fn read(at: &Cursor<'_>) -> Self {
        at.whole()
    }
}

impl Stored for Timestamp {
    fn read(at: &Cursor<'_>) -> Self {
        at.parsed("RFC 3339 time", Timestamp::parse).unwrap_or_default()
    }
}

impl Stored for serde_json::Value {
    /// Data of the host's: whole numbers only, as they came in.
    fn read(at: &Cursor<'_>) -> Self {
        at.data()
    }
}

impl<T: Stored> Stored for Option<T> {
    fn read(at: &Cursor<'_>) -> Self {
        (at.node.value != Value::Null).then(|| T::read(at))
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn read(at: &Cursor<'_>) -> Self {
        at.list().iter().map(T::read).collect()
    }
}

impl Stored for BTreeSet<String> {
    fn read(at: &Cursor<'_>) -> Self {
        Vec::read(at).into_iter().collect()
    }
}

impl<T: Stored> Stored for BTreeMap<String, T> {
    fn read(at: &Cursor<'_>) -> Self {
        at.named().into_iter().map(|(name, at)| (name, T::read(&at))).collect()
    }
}
