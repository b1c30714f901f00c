//! Values as the bytes of a bundle.
//!
//! The postcard encoding: numbers in groups of seven bits, texts and lists after their length, fields in the order of
//! the struct, variants by their number. Reading never stops half-way: what is missing or damaged is empty and is told
//! at the end, so the code of a type is one call for each of its fields. serde does the same with three times the code
//! in a page.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A value that a bundle holds.
pub(crate) trait Packed: Sized {
    /// Writes it to the end.
    fn put(&self, out: &mut Vec<u8>);
    /// Reads it; anything where the bytes are no such value, which [`unpack`] tells.
    fn take(from: &mut Unpacking<'_>) -> Self;
}

/// Implements [`Packed`] for a struct by its fields, those after a semicolon being empty in a bundle, or for an enum by
/// the numbers of its variants.
macro_rules! packed {
    ($type:ident { $($field:ident),* $(; $($empty:ident),*)? }) => {
        impl $crate::document::Packed for $type {
            fn put(&self, out: &mut Vec<u8>) {
                $($crate::document::Packed::put(&self.$field, out);)*
            }

            fn take(from: &mut $crate::document::Unpacking<'_>) -> Self {
                Self {
                    $($field: $crate::document::Packed::take(from),)*
                    $($($empty: Default::default(),)*)?
                }
            }
        }
    };
    ($type:ident: $($number:literal $variant:ident $(($($item:ident),*))? $({ $($field:ident),* })?),*) => {
        impl $crate::document::Packed for $type {
            fn put(&self, out: &mut Vec<u8>) {
                match self {
                    $(Self::$variant $(($($item),*))? $({ $($field),* })? => {
                        out.push($number);
                        $($($crate::document::Packed::put($item, out);)*)?
                        $($($crate::document::Packed::put($field, out);)*)?
                    })*
                }
            }

            fn take(from: &mut $crate::document::Unpacking<'_>) -> Self {
                const { assert!(matches!([$($number),*], [0, ..])) };
                loop {
                    match from.byte() {
                        $($number => {
                            $($(let $item = $crate::document::Packed::take(from);)*)?
                            $($(let $field = $crate::document::Packed::take(from);)*)?
                            return Self::$variant $(($($item),*))? $({ $($field),* })?;
                        })*
                        // Nothing is left to read then, and the next number is zero.
                        _ => from.refuse(),
                    }
                }
            }
        }
    };
}

pub(crate) use packed;

/// The bytes of a value.
pub(crate) fn pack(value: &impl Packed) -> Vec<u8> {
    let mut out = Vec::new();
    value.put(&mut out);
    out
}

/// The value of all these bytes; none where they are no such value.
pub(crate) fn unpack<T: Packed>(bytes: &[u8]) -> Option<T> {
    let mut from = Unpacking { rest: bytes, refused: false, depth: 0 };
    let value = T::take(&mut from);
    (!from.refused && from.rest.is_empty()).then_some(value)
}

/// Bytes that are being read.
pub(crate) struct Unpacking<'b> {
    rest: &'b [u8],
    refused: bool,
    /// Lists and boxes that are open.
    depth: usize,
}

impl<'b> Unpacking<'b> {
    /// Notes that this is no such value; what is read from here on is empty.
    pub(crate) fn refuse(&mut self) {
        (self.refused, self.rest) = (true, &[]);
    }

    /// A byte, zero where none is left.
    pub(crate) fn byte(&mut self) -> u8 {
        let Some((byte, rest)) = self.rest.split_first() else {
            self.refuse();
            return 0;
        };
        self.rest = rest;
        *byte
    }

    fn bytes(&mut self, count: usize) -> &'b [u8] {
        let Some((bytes, rest)) = self.rest.split_at_checked(count) else {
            self.refuse();
            return &[];
        };
        self.rest = rest;
        bytes
    }

    fn number(&mut self) -> u64 {
        let mut number = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let byte = self.byte();
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return number;
            }
        }
        self.refuse();
        0
    }

    fn whole<T: TryFrom<u64> + Default>(&mut self) -> T {
        let number = T::try_from(self.number());
        number.unwrap_or_else(|_| {
            self.refuse();
            T::default()
        })
    }

    fn text(&mut self) -> &'b str {
        let bytes = usize::take(self);
        let text = std::str::from_utf8(self.bytes(bytes));
        text.unwrap_or_else(|_| {
            self.refuse();
            ""
        })
    }

    /// Reads the items of a list, one after another.
    fn items(&mut self, mut item: impl FnMut(&mut Self)) {
        let count = usize::take(self);
        self.open();
        for _ in 0..count {
            if self.refused {
                break;
            }
            item(self);
        }
        self.depth -= 1;
    }

    fn open(&mut self) {
        self.depth += 1;
        if self.depth > DEEPEST {
            self.refuse();
        }
    }
}

/// Lists and boxes in one another, at most: those of a definition as deep as one may be.
const DEEPEST: usize = crate::limits::DOCUMENT_DEPTH;

fn put_number(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn put_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    bytes.len().put(out);
    out.extend_from_slice(bytes);
}

impl Packed for u8 {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(*self);
    }

    fn take(from: &mut Unpacking<'_>) -> Self {
        from.byte()
    }
}

impl Packed for i8 {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(self.cast_unsigned());
    }

    fn take(from: &mut Unpacking<'_>) -> Self {
        from.byte().cast_signed()
    }
}

impl Packed for bool {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn take(from: &mut Unpacking<'_>) -> Self {
        match from.byte() {
            byte @ (0 | 1) => byte == 1,
            _ => {
                from.refuse();
                false
            }
        }
    }
}

macro_rules! numbers {
    ($($type:ident)*) => {$(
        impl Packed for $type {
            fn put(&self, out: &mut Vec<u8>) {
                put_number(*self as u64, out);
            }

            fn take(from: &mut Unpacking<'_>) -> Self {
                from.whole()
            }
        }
    )*};
}

numbers! { u16 u32 u64 usize }

/// Small numbers of either sign are short.
impl Packed for i64 {
    fn put(&self, out: &mut Vec<u8>) {
        put_number(((self << 1) ^ (self >> 63)).cast_unsigned(), out);
    }

    fn take(from: &mut Unpacking<'_>) -> Self {
        let number = from.number();
        (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
    }
}

impl Packed for f32 {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }

    fn take(from: &mut Unpacking<'_>) -> Self {
        Self::from_le_bytes([from.byte(), from.byte(), from.byte(), from.byte()])
    }
}

impl<A: Packed, B: Packed> Packed for (A, B) {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
        self.1.put(out);
    }

    fn take(from: &mut Unpacking<'_>) -> Self {
        (A::take(from), B::take(from))
    }
}

impl Packed for String {
    fn put(&self, out: &mut Vec<u8>) {
        put_bytes(self.as_bytes(), out);
    }

    fn take(from: &mut Unpacking<'_>) -> Self {
        from.text().to_owned()
    }
}

impl Packed for Cow<'static, str> {
    fn put(&self, out: &mut Vec<u8>) {
        put_bytes(self.as_bytes(), out);
    }

    fn take(from: &mut Unpacking<'_>) -> Self {
        Cow::Owned(String::take(from))
    }
}

impl Packed for Cow<'static, [u8]> {
    fn put(&self, out: &mut Vec<u8>) {
        put_bytes(self, out);
    }

    fn take(from: &mut Unpacking<'_>) -> Self {
        let count = usize::take(from);
        Cow::Owned(from.bytes(count).to_vec())
    }
}

impl<T: Packed> Packed for Option<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_some().put(out);
        self.iter().for_each(|value| value.put(out));
    }

    fn take(from: &mut Unpacking<'_>) -> Self {
        bool::take(from).then(|| T::take(from))
    }
}

/// A box stands where a type holds itself.
impl<T: Packed> Packed for Box<T> {
    fn put(&self, out: &mut Vec<u8>) {
        T::put(self, out);
    }

    fn take(from: &mut Unpacking<'_>) -> Self {
        from.open();
        let value = T::take(from);
        from.depth -= 1;
        Box::new(value)
    }
}

impl<T: Packed> Packed for Vec<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.len().put(out);
        self.iter().for_each(|item| item.put(out));
    }

    fn take(from: &mut Unpacking<'_>) -> Self {
        let mut items = Vec::new();
        from.items(|from| items.push(T::take(from)));
        items
    }
}

impl<T: Packed + Ord> Packed for BTreeSet<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.len().put(out);
        self.iter().for_each(|item| item.put(out));
    }

    fn take(from: &mut Unpacking<'_>) -> Self {
        let mut items = BTreeSet::new();
        from.items(|from| {
            items.insert(T::take(from));
        });
        items
    }
}

impl<K: Packed + Ord, V: Packed> Packed for BTreeMap<K, V> {
    fn put(&self, out: &mut Vec<u8>) {
        self.len().put(out);
        for (key, value) in self {
            key.put(out);
            value.put(out);
        }
    }

    fn take(from: &mut Unpacking<'_>) -> Self {
        let mut entries = BTreeMap::new();
        from.items(|from| {
            let key = K::take(from);
            entries.insert(key, V::take(from));
        });
        entries
    }
}
