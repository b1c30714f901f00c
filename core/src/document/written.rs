//! Writing as JSON what the library tells: turns, records, sessions.
//!
//! The same bytes as of `serde_json`, from half the code: nothing fails, and no number has a fraction.

use serde::ser::{self, Serialize, Serializer};
use std::fmt;

/// A value as compact JSON. Its maps have texts for keys and its numbers are whole, as the contract wants it; a number
/// with a fraction becomes null.
pub(crate) fn written(value: &(impl Serialize + ?Sized)) -> String {
    let mut writer = Writer { out: String::with_capacity(USUAL) };
    // There is nothing to fail at.
    let _ = value.serialize(&mut writer);
    writer.out
}

/// Bytes of a short effect.
const USUAL: usize = 128;

struct Writer {
    out: String,
}

/// A list or a map that is written, with what ends it.
struct Open<'w> {
    writer: &'w mut Writer,
    end: &'static str,
}

type Done = Result<(), fmt::Error>;

impl Writer {
    fn raw(&mut self, text: &str) -> Done {
        self.out.push_str(text);
        Ok(())
    }

    fn open(&mut self, start: &str, end: &'static str) -> Result<Open<'_>, fmt::Error> {
        self.out.push_str(start);
        Ok(Open { writer: self, end })
    }

    /// `{"variant":`, for what a variant holds.
    fn variant(&mut self, name: &str, start: &str, end: &'static str) -> Result<Open<'_>, fmt::Error> {
        self.out.push('{');
        self.text(name);
        self.out.push(':');
        self.open(start, end)
    }

    fn text(&mut self, text: &str) {
        self.out.push('"');
        let mut rest = text;
        while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)) {
            let (plain, from) = rest.split_at_checked(at).unwrap_or_default();
            let (escaped, behind) = from.split_at_checked(1).unwrap_or_default();
            self.out.push_str(plain);
            self.escaped(escaped.bytes().next().unwrap_or_default());
            rest = behind;
        }
        self.out.push_str(rest);
        self.out.push('"');
    }

    fn escaped(&mut self, byte: u8) {
        let short = match byte {
            b'"' | b'\\' => byte,
            0x08 => b'b',
            0x0C => b'f',
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            _ => b'u',
        };
        self.out.push('\\');
        self.out.push(char::from(short));
        if short == b'u' {
            self.out.push_str(if byte < 0x10 { "000" } else { "001" });
            self.out.extend(char::from_digit(u32::from(byte & 0xF), 16));
        }
    }

    fn number(&mut self, negative: bool, mut number: u64) -> Done {
        let mut digits = [0; 20];
        let mut first = digits.len();
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + (number % 10) as u8;
            first -= 1;
            number /= 10;
            if number == 0 {
                break;
            }
        }
        if negative {
            self.out.push('-');
        }
        self.out.extend(digits.iter().skip(first).map(|digit| char::from(*digit)));
        Ok(())
    }
}

impl Open<'_> {
    /// The comma before an item that is not the first.
    fn next(&mut self) {
        if !matches!(self.writer.out.as_bytes().last(), Some(b'[' | b'{')) {
            self.writer.out.push(',');
        }
    }

    fn item(&mut self, item: &(impl Serialize + ?Sized)) -> Done {
        self.next();
        item.serialize(&mut *self.writer)
    }

    fn entry(&mut self, key: &str, value: &(impl Serialize + ?Sized)) -> Done {
        self.next();
        self.writer.text(key);
        self.writer.out.push(':');
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Done {
        self.writer.raw(self.end)
    }
}

macro_rules! numbers {
    ($($name:ident $type:ident),*) => {$(
        fn $name(self, number: $type) -> Done {
            self.number(number < 0, number.unsigned_abs().into())
        }
    )*};
}

impl<'w> Serializer for &'w mut Writer {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Open<'w>;
    type SerializeTuple = Open<'w>;
    type SerializeTupleStruct = Open<'w>;
    type SerializeTupleVariant = Open<'w>;
    type SerializeMap = Open<'w>;
    type SerializeStruct = Open<'w>;
    type SerializeStructVariant = Open<'w>;

    numbers! { serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64 }

    fn serialize_u8(self, number: u8) -> Done {
        self.number(false, number.into())
    }

    fn serialize_u16(self, number: u16) -> Done {
        self.number(false, number.into())
    }

    fn serialize_u32(self, number: u32) -> Done {
        self.number(false, number.into())
    }

    fn serialize_u64(self, number: u64) -> Done {
        self.number(false, number)
    }

    fn serialize_f32(self, _: f32) -> Done {
        self.serialize_unit()
    }

    fn serialize_f64(self, _: f64) -> Done {
        self.serialize_unit()
    }

    fn serialize_bool(self, yes: bool) -> Done {
        self.raw(if yes { "true" } else { "false" })
    }

    fn serialize_char(self, letter: char) -> Done {
        self.serialize_str(letter.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Done {
        self.text(text);
        Ok(())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Done {
        self.collect_seq(bytes)
    }

    fn serialize_none(self) -> Done {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Done {
        self.raw("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Done {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Done {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Done {
        let open = self.variant(variant, "", "}")?;
        value.serialize(&mut *open.writer)?;
        open.end()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'w>, fmt::Error> {
        self.open("[", "]")
    }

    fn serialize_tuple(self, _: usize) -> Result<Open<'w>, fmt::Error> {
        self.open("[", "]")
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Open<'w>, fmt::Error> {
        self.open("[", "]")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'w>, fmt::Error> {
        self.variant(variant, "[", "]}")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'w>, fmt::Error> {
        self.open("{", "}")
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Open<'w>, fmt::Error> {
        self.open("{", "}")
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'w>, fmt::Error> {
        self.variant(variant, "{", "}}")
    }
}

/// Implements the kinds of lists and of maps, which are written alike.
macro_rules! kinds {
    (lists $($kind:ident $method:ident),*) => {$(
        impl ser::$kind for Open<'_> {
            type Ok = ();
            type Error = fmt::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, item: &T) -> Done {
                self.item(item)
            }

            fn end(self) -> Done {
                Open::end(self)
            }
        }
    )*};
    (structs $($kind:ident),*) => {$(
        impl ser::$kind for Open<'_> {
            type Ok = ();
            type Error = fmt::Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Done {
                self.entry(key, value)
            }

            fn end(self) -> Done {
                Open::end(self)
            }
        }
    )*};
}

kinds! { lists SerializeSeq serialize_element, SerializeTuple serialize_element,
SerializeTupleStruct serialize_field, SerializeTupleVariant serialize_field }
kinds! { structs SerializeStruct, SerializeStructVariant }

impl ser::SerializeMap for Open<'_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Done {
        self.item(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        self.writer.out.push(':');
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Done {
        Open::end(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde::Serialize;
    use std::collections::BTreeMap;

    #[derive(Serialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Alone,
        Of(String),
        Pair(i64, Option<u8>),
        Named { text: String, list: Vec<Kind> },
    }

    #[derive(Serialize)]
    struct Whole {
        #[serde(skip_serializing_if = "Option::is_none")]
        absent: Option<()>,
        first: (i8, u64),
        map: BTreeMap<String, i16>,
        #[serde(flatten)]
        tagged: Tagged,
    }

    #[derive(Serialize)]
    #[serde(tag = "kind")]
    enum Tagged {
        Kinds { of: Vec<Kind>, yes: bool, letter: char },
    }

    proptest! {
        #[test]
        fn writes_what_serde_json_writes(text in r#"(.|[\x00-\x1f"\\]){0,12}"#, number: i64, key in ".{0,4}") {
            let named = Kind::Named { text: text.clone(), list: vec![Kind::Alone, Kind::Of(key.clone())] };
            let of = vec![Kind::Alone, Kind::Of(text), Kind::Pair(number, None), named, Kind::Pair(0, Some(7))];
            let whole = Whole {
                absent: None,
                first: (-8, number.unsigned_abs()),
                map: BTreeMap::from([(key, -300), (String::new(), i16::MIN)]),
                tagged: Tagged::Kinds { of, yes: number > 0, letter: '"' },
            };
            prop_assert_eq!(written(&whole), serde_json::to_string(&whole).unwrap());
        }
    }

    #[test]
    fn ends_of_the_numbers_stand_in_full() {
        let ends = (i64::MIN, i64::MAX, u64::MAX, 0_u8);
        assert_eq!(written(&ends), serde_json::to_string(&ends).unwrap());
        assert_eq!(written(&(0.5, ())), "[null,null]");
    }
}
