//! Reading back what the crate itself wrote: sessions, and the values in them.
//!
//! The same cursor as for what people write, so an edited session is refused with the path of its mistake. serde could
//! do it, with some 30 KB more in a page: it writes out the reading of a type for maps and for lists.

use super::node::Value;
use super::reader::{Cursor, Keys};
use crate::error::Code;
use crate::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// A value as it is stored. Reading reports what is wrong at the cursor and answers none.
pub(crate) trait Stored: Sized {
    fn read(at: &Cursor<'_>) -> Option<Self>;
}

/// Implements [`Stored`] for a struct: the keys that must stand, then those that may be absent and are empty then.
macro_rules! stored {
    ($type:ident { $($need:ident),* ; $($may:ident),* }) => {
        impl $crate::document::Stored for $type {
            fn read(at: &$crate::document::Cursor<'_>) -> Option<Self> {
                $crate::document::stored_keys!(at => $type { $($need),* ; $($may),* })
            }
        }
    };
}

/// Reads the keys of a map into the fields of a struct or of a variant.
macro_rules! stored_keys {
    ($at:expr => $($type:ident)::+ { $($need:ident),* ; $($may:ident),* }) => {{
        let keys = $at.keys()?;
        $(let $need = keys.stored(stringify!($need));)*
        $(let $may = keys.stored_or_empty(stringify!($may));)*
        keys.end();
        Some($($type)::+ { $($need: $need?,)* $($may: $may?,)* })
    }};
}

pub(crate) use {stored, stored_keys};

impl<'a> Keys<'a> {
    /// The value under a key that must stand.
    pub(crate) fn stored<T: Stored>(&self, key: &'static str) -> Option<T> {
        let found = self.get(key);
        if found.is_none() {
            self.map().error(Code::MissingKey, format!("missing field `{key}`"));
        }
        T::read(&found?)
    }

    /// The value under a key, empty where it is absent.
    pub(crate) fn stored_or_empty<T: Stored + Default>(&self, key: &'static str) -> Option<T> {
        self.get(key).map_or_else(|| Some(T::default()), |at| T::read(&at))
    }
}

impl<'a> Cursor<'a> {
    /// A variant by its name: alone as a text, or as the only key of a map with what it holds.
    pub(crate) fn variant(&self) -> Option<(&'a str, Cursor<'a>)> {
        match &self.node.value {
            Value::Text(name) => Some((name, self.clone())),
            Value::Map(entries) if entries.len() == 1 => {
                entries.first().map(|entry| (entry.key.as_str(), self.down(&entry.key)))
            }
            _ => {
                self.wanted("a variant");
                None
            }
        }
    }

    /// Reports a variant that there is not.
    pub(crate) fn no_variant<T>(&self, name: &str) -> Option<T> {
        self.error(Code::UnknownValue, format!("unknown variant `{name}`"));
        None
    }

    /// The two items of a pair.
    pub(crate) fn pair<A: Stored, B: Stored>(&self) -> Option<(A, B)> {
        let items = self.list();
        let [first, second] = items.as_slice() else {
            self.wanted("a pair");
            return None;
        };
        Some((A::read(first)?, B::read(second)?))
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

    fn whole<T: TryFrom<i64>>(&self) -> Option<T> {
        let value = T::try_from(self.int()?).ok();
        if value.is_none() {
            self.wanted("a smaller number");
        }
        value
    }
}

impl Stored for String {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        at.text()
    }
}

impl Stored for bool {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        at.bool()
    }
}

impl Stored for u32 {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        at.whole()
    }
}

impl Stored for u64 {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        at.whole()
    }
}

impl Stored for usize {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        at.whole()
    }
}

impl Stored for i64 {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        at.int()
    }
}

impl Stored for Timestamp {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        at.parsed("RFC 3339 time", Timestamp::parse)
    }
}

impl Stored for serde_json::Value {
    /// Data of the host's: whole numbers only, as they came in.
    fn read(at: &Cursor<'_>) -> Option<Self> {
        Some(at.data())
    }
}

impl<T: Stored> Stored for Option<T> {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        if at.node.value == Value::Null { Some(None) } else { T::read(at).map(Some) }
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        at.list().iter().map(T::read).collect()
    }
}

impl Stored for BTreeSet<String> {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        Vec::read(at).map(Self::from_iter)
    }
}

impl<T: Stored> Stored for BTreeMap<String, T> {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        at.named().into_iter().map(|(name, at)| Some((name, T::read(&at)?))).collect()
    }
}
