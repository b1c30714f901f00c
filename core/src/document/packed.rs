//! Values as bytes: those of a bundle, and of the sessions of a log that do not talk.
//!
//! The postcard encoding: numbers in groups of seven bits, texts and lists after their length, fields in the order of
//! the struct, variants by their number. Reading never stops half-way: what is missing or damaged is empty and is told
//! at the end, so the code of a type is one call for each of its fields. serde does the same with three times the code
//! in a page.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A value that can be written as bytes.
pub(crate) trait Packed: Sized {
    /// Writes it to the end.
    fn put(&self, out: &mut Vec<u8>);
    /// Reads it; anything where the bytes are no such value, which [`unpack`] tells.
    fn take(from: &mut Unpacking<'_>) -> Self;
}

/// Implements [`Packed`] for a struct by its fields, those after a semicolon being empty in a bundle, or for an enum by
/// the numbers of its variants.
macro_rules! packed {
    ($type:ident { $($field:tt),+ $(; $($empty:ident),*)? }) => {
        impl $crate::document::Packed for $type {
            fn put(&self, out: &mut Vec<u8>) {
                $($crate::document::Packed::put(&self.$field, out);)+
            }

            fn take(from: &mut $crate::document::Unpacking<'_>) -> Self {
                Self {
                    $($field: $crate::document::Packed::take(from),)+
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

    /// A text.
    pub(crate) fn text(&mut self) -> &'b str {
        let bytes = usize::take(self);
        let text = std::str::from_utf8(self.bytes(bytes));
        text.unwrap_or_else(|_| {
            self.refuse();
            ""
        })
    }

    /// Opens a list: how many items follow.
    fn list(&mut self) -> usize {
        self.open();
        usize::take(self)
    }

    /// Whether another item of the list follows; closes it where none does.
    fn another(&mut self, left: &mut usize) -> bool {
        let follows = *left > 0 && !self.refused;
        if follows {
            *left -= 1;
        } else {
            self.depth -= 1;
        }
        follows
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

numbers! { u16 u32 usize }

impl Packed for u64 {
    fn put(&self, out: &mut Vec<u8>) {
        put_number(*self, out);
    }

    fn take(from: &mut Unpacking<'_>) -> Self {
        from.number()
    }
}

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
        Self::from_le_bytes(Packed::take(from))
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

impl<T: Packed, const N: usize> Packed for [T; N] {
    fn put(&self, out: &mut Vec<u8>) {
        self.iter().for_each(|item| item.put(out));
    }

    fn take(from: &mut Unpacking<'_>) -> Self {
        std::array::from_fn(|_| T::take(from))
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
        let (mut items, mut left) = (Vec::new(), from.list());
        while from.another(&mut left) {
            items.push(T::take(from));
        }
        items
    }
}

impl<T: Packed + Ord> Packed for BTreeSet<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.len().put(out);
        self.iter().for_each(|item| item.put(out));
    }

    fn take(from: &mut Unpacking<'_>) -> Self {
        let (mut items, mut left) = (BTreeSet::new(), from.list());
        while from.another(&mut left) {
            items.insert(T::take(from));
        }
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
        let (mut entries, mut left) = (BTreeMap::new(), from.list());
        while from.another(&mut left) {
            let key = K::take(from);
            entries.insert(key, V::take(from));
        }
        entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Debug, Clone, PartialEq)]
    enum Kind {
        Empty,
        Of(String, bool),
        Not(Box<Kind>),
        Named { list: Vec<Kind>, map: BTreeMap<String, u16> },
    }

    #[derive(Debug, Clone, PartialEq)]
    struct Whole {
        kinds: Vec<Kind>,
        numbers: (i64, u64),
        weight: f32,
        counts: [u64; 2],
        set: BTreeSet<usize>,
        small: Option<i8>,
        left_out: Vec<u8>,
    }

    packed!(Kind: 0 Empty, 1 Of(text, yes), 2 Not(kind), 3 Named { list, map });
    packed!(Whole { kinds, numbers, weight, counts, set, small; left_out });

    fn whole(text: &str, numbers: (i64, u64)) -> Whole {
        let map = BTreeMap::from([(text.to_string(), 300), (String::new(), u16::MAX)]);
        let named = Kind::Named { list: vec![Kind::Empty, Kind::Of(text.into(), true)], map };
        let (set, small) = (BTreeSet::from([0, text.len(), usize::MAX]), Some(-1));
        let kinds = vec![Kind::Not(Box::new(named))];
        Whole { kinds, numbers, weight: -0.25, counts: [300, 0], set, small, left_out: Vec::new() }
    }

    proptest! {
        #[test]
        fn reads_what_it_wrote_and_nothing_shorter_or_longer(text in ".{0,8}", signed: i64, unsigned: u64) {
            let value = whole(&text, (signed, unsigned));
            let mut bytes = pack(&Whole { left_out: vec![7], ..value.clone() });
            prop_assert_eq!(unpack::<Whole>(&bytes), Some(value));
            for end in 0..bytes.len() {
                prop_assert_eq!(unpack::<Whole>(&bytes[..end]), None);
            }
            bytes.push(0);
            prop_assert_eq!(unpack::<Whole>(&bytes), None);
        }

        #[test]
        fn any_bytes_end(bytes in prop::collection::vec(prop_oneof![0_u8..5, any::<u8>()], 0..64)) {
            let value = unpack::<Whole>(&bytes).filter(|value| !value.weight.is_nan());
            if let Some(value) = value {
                prop_assert_eq!(unpack::<Whole>(&pack(&value)), Some(value));
            }
        }
    }

    #[test]
    fn what_is_no_value_is_none() {
        assert_eq!(unpack::<Kind>(&[4]), None, "there is no such variant");
        assert_eq!(unpack::<bool>(&[2]), None);
        assert_eq!(unpack::<u16>(&[0xFF, 0xFF, 0x7F]), None, "too large");
        assert_eq!(unpack::<String>(&[1, 0xFF]), None, "no UTF-8");
        assert_eq!(unpack::<Vec<u64>>(&[0xFF, 0xFF, 0xFF, 0xFF, 0x0F]), None, "more than there is");
        assert_eq!(unpack::<Kind>(&[2; 100_000]), None, "too deep");
    }
}
