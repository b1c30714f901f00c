//! JSON text to a tree with positions.
//!
//! One pass, with the lists and maps that are open on a stack of its own. What is no JSON is refused at the byte where
//! serde_json refuses it, and in the same words.

use super::node::{Entry, Node, Position, Value};
use crate::error::{Code, Error};
use crate::limits;

/// Reads a document of at most so many levels below the outermost.
pub(super) fn parse(text: &str, deepest: usize) -> Result<Node, Error> {
    let mut reader = Reader { text, at: 0, counted: 0, place: Position { line: 1, column: 1 } };
    let mut open: Vec<Open> = Vec::new();
    loop {
        let mut done = reader.value_or_start(&mut open, deepest)?;
        loop {
            let Some(inner) = open.last_mut() else {
                // Nothing is open, so this was the whole of it.
                return reader.end(done.take());
            };
            let first = done.is_none();
            inner.extend(done.take());
            match reader.next() {
                Some(b',') if !first => {
                    reader.at += 1;
                    break;
                }
                Some(byte) if byte == inner.end => {
                    reader.at += 1;
                    done = open.pop().map(Open::into_node);
                }
                Some(_) if first => break,
                Some(_) => return Err(reader.next_is(inner.wants())),
                None => return Err(reader.next_is(inner.cut())),
            }
        }
        if let Some(map) = open.last_mut().filter(|inner| inner.end == b'}') {
            map.key = Some(reader.key(map.cut())?);
        }
    }
}

/// A list or a map that is read.
struct Open {
    at: Position,
    /// The byte that ends it.
    end: u8,
    items: Vec<Node>,
    entries: Vec<Entry>,
    /// The key of the value that comes.
    key: Option<(String, Option<Position>)>,
}

impl Open {
    fn extend(&mut self, node: Option<Node>) {
        let Some(node) = node else { return };
        match self.key.take() {
            Some((key, at)) => self.entries.push(Entry { key, at: at.unwrap_or(node.at), node }),
            None => self.items.push(node),
        }
    }

    fn into_node(self) -> Node {
        let value = if self.end == b'}' { Value::Map(self.entries) } else { Value::List(self.items) };
        Node::new(value, self.at)
    }

    fn wants(&self) -> &'static str {
        if self.end == b'}' { "expected `,` or `}`" } else { "expected `,` or `]`" }
    }

    fn cut(&self) -> &'static str {
        if self.end == b'}' { "eof while parsing an object" } else { "eof while parsing a list" }
    }
}

/// The text from a byte on.
struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// The byte whose place is known.
    counted: usize,
    place: Position,
}

impl<'t> Reader<'t> {
    /// The value that comes, or none where it is a list or a map, which is open now.
    fn value_or_start(&mut self, open: &mut Vec<Open>, deepest: usize) -> Result<Option<Node>, Error> {
        let Some(byte) = self.next() else { return Err(self.next_is("eof while parsing a value")) };
        let at = self.place();
        if open.len() > deepest {
            let message = format!("nested deeper than {deepest} levels");
            let (line, column) = (Some(at.line), Some(at.column));
            return Err(Error { line, column, ..Error::new(Code::Limit, "", message) });
        }
        let value = match byte {
            b'{' | b'[' => {
                self.at += 1;
                // The byte that ends either stands two after it in ASCII.
                open.push(Open { at, end: byte + 2, items: Vec::new(), entries: Vec::new(), key: None });
                return Ok(None);
            }
            b'"' => {
                self.at += 1;
                Value::Text(self.string()?)
            }
            b't' => self.word("true", Value::Bool(true))?,
            b'f' => self.word("false", Value::Bool(false))?,
            b'n' => self.word("null", Value::Null)?,
            b'-' | b'0'..=b'9' => number(self.digits()?),
            _ => return Err(self.next_is("expected value")),
        };
        Ok(Some(Node::new(value, at)))
    }

    /// A key and its colon. Its place is that of its first letter; none where it is written with escapes.
    fn key(&mut self, cut: &str) -> Result<(String, Option<Position>), Error> {
        match self.next() {
            Some(b'"') => self.at += 1,
            Some(_) => return Err(self.next_is("key must be a string")),
            None => return Err(self.next_is(cut)),
        }
        let (start, at) = (self.at, self.place());
        let key = self.string()?;
        let plain = key.len() + 1 == self.at - start;
        match self.next() {
            Some(b':') => self.at += 1,
            Some(_) => return Err(self.next_is("expected `:`")),
            None => return Err(self.next_is(cut)),
        }
        Ok((key, plain.then_some(at)))
    }

    fn end(&mut self, whole: Option<Node>) -> Result<Node, Error> {
        let more = self.next().is_some();
        whole.filter(|_| !more).ok_or_else(|| self.next_is("trailing characters"))
    }

    /// The byte that comes, white space apart.
    fn next(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.peek() {
            self.at += 1;
        }
        self.peek()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, Error> {
        for byte in word.bytes() {
            match self.take() {
                Some(taken) if taken == byte => {}
                Some(_) => return Err(self.here("expected ident")),
                None => return Err(self.here("eof while parsing a value")),
            }
        }
        Ok(value)
    }

    /// A number as it is written.
    fn digits(&mut self) -> Result<&'t str, Error> {
        const INVALID: &str = "invalid number";
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        match self.take() {
            Some(b'0') if self.peek().is_some_and(|b| b.is_ascii_digit()) => {
                return Err(self.next_is(INVALID));
            }
            Some(b'0') => {}
            Some(b'1'..=b'9') => self.skip_digits(),
            _ => return Err(self.here(INVALID)),
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            if !self.peek().is_some_and(|b| b.is_ascii_digit()) {
                return Err(self.next_is(INVALID));
            }
            self.skip_digits();
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            if !self.take().is_some_and(|b| b.is_ascii_digit()) {
                return Err(self.here(INVALID));
            }
            self.skip_digits();
        }
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    fn skip_digits(&mut self) {
        while self.peek().is_some_and(|b| b.is_ascii_digit()) {
            self.at += 1;
        }
    }

    /// A text after its opening quotation mark, to behind the closing one.
    fn string(&mut self) -> Result<String, Error> {
        let mut out = String::new();
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let plain = rest.bytes().position(|b| matches!(b, b'"' | b'\\' | 0..0x20)).unwrap_or(rest.len());
            out.push_str(rest.get(..plain).unwrap_or_default());
            self.at += plain;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => {
                    self.at += 1;
                    out.push(self.escaped()?);
                }
                Some(_) => {
                    return Err(self.here("control character (\\u0000-\\u001f) found while parsing a string"));
                }
                None => return Err(self.here(CUT)),
            }
        }
    }

    /// The character of an escape, after its backslash.
    fn escaped(&mut self) -> Result<char, Error> {
        Ok(match self.take() {
            Some(c @ (b'"' | b'\\' | b'/')) => char::from(c),
            Some(b'b') => '\x08',
            Some(b'f') => '\x0c',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.code_point(),
            Some(_) => return Err(self.here("invalid escape")),
            None => return Err(self.here(CUT)),
        })
    }

    /// A code point in hexadecimal digits, or two halves of one as in UTF-16.
    fn code_point(&mut self) -> Result<char, Error> {
        const LONE: &str = "lone leading surrogate in hex escape";
        let high = self.hex()?;
        if !(0xD800..0xDC00).contains(&high) {
            return char::from_u32(high).ok_or_else(|| self.here(LONE));
        }
        for expected in [b'\\', b'u'] {
            match self.take() {
                Some(byte) if byte == expected => {}
                Some(_) => return Err(self.here("unexpected end of hex escape")),
                None => return Err(self.here(CUT)),
            }
        }
        let low = self.hex()?;
        if !(0xDC00..0xE000).contains(&low) {
            return Err(self.here(LONE));
        }
        let point = 0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00);
        char::from_u32(point).ok_or_else(|| self.here(LONE))
    }

    fn hex(&mut self) -> Result<u32, Error> {
        let Some(digits) = self.text.as_bytes().get(self.at..self.at + 4) else {
            self.at = self.text.len();
            return Err(self.here(CUT));
        };
        self.at += 4;
        let value = |number: Option<u32>, byte: &u8| Some(number? << 4 | char::from(*byte).to_digit(16)?);
        digits.iter().fold(Some(0), value).ok_or_else(|| self.here("invalid escape"))
    }

    /// The place of the byte that comes. Asked for in the order of the text, so one walk does.
    fn place(&mut self) -> Position {
        let passed = self.text.as_bytes().get(self.counted..self.at).unwrap_or_default();
        for byte in passed {
            match byte {
                b'\n' => self.place = Position { line: self.place.line + 1, column: 1 },
                0x80..0xC0 => {} // goes on with a character
                _ => self.place.column += 1,
            }
        }
        self.counted = self.at;
        self.place
    }

    /// An error about the byte that comes.
    fn next_is(&self, message: &str) -> Error {
        self.refused(message, (self.at + 1).min(self.text.len()))
    }

    /// An error about what was just read.
    fn here(&self, message: &str) -> Error {
        self.refused(message, self.at)
    }

    /// Columns of what cannot be read count bytes.
    fn refused(&self, message: &str, at: usize) -> Error {
        let read = self.text.as_bytes().get(..at).unwrap_or_default();
        let line = 1 + read.iter().filter(|byte| **byte == b'\n').count();
        let column = read.iter().rev().take_while(|byte| **byte != b'\n').count();
        let mut error = Error::new(Code::SyntaxInvalid, "", format!("not JSON: {message}"));
        (error.line, error.column) = (u32::try_from(line).ok(), u32::try_from(column).ok());
        error
    }
}

const CUT: &str = "eof while parsing a string";

pub(super) fn number(text: &str) -> Value {
    match text.parse::<i64>() {
        Ok(number) if number.unsigned_abs() <= limits::NUMBER_MAX => Value::Int(number),
        _ => Value::Refused(text.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parse(text: &str) -> Result<Node, Error> {
        super::parse(text, limits::DOCUMENT_DEPTH)
    }

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
        let deep = parse(&"[".repeat(100_000)).unwrap_err();
        assert_eq!((deep.code, deep.column), (Code::Limit, Some(limits::DOCUMENT_DEPTH as u32 + 2)));
    }

    proptest! {
        #[test]
        fn refuses_what_serde_json_refuses_at_the_same_place(text in r#"[\[{]([\[\]{}:, \n0-9.eE+\-яtrue"]|"[a-zя\\u0-9nx/]{0,6}":?){0,12}[\]}]?"#) {
            let oracle = serde_json::from_str::<serde::de::IgnoredAny>(&text);
            match (parse(&text), oracle) {
                (Ok(_), Ok(_)) => {}
                (Err(own), Err(error)) => {
                    let told = error.to_string().to_lowercase();
                    let told = told.split(" at line ").next().unwrap_or_default();
                    // Halves of a character are no matter of who skips a text.
                    prop_assume!(!own.message.contains("surrogate") && !own.message.contains("hex escape"));
                    prop_assert_eq!(own.message, format!("not JSON: {told}"));
                    prop_assert_eq!((own.line, own.column), (Some(error.line() as u32), Some(error.column() as u32)));
                }
                (Err(own), Ok(_)) => prop_assert!(own.message.contains("escape"), "{text}: {own}"),
                (Ok(_), Err(error)) => prop_assert!(false, "{text}: {error}"),
            }
        }
    }
}
