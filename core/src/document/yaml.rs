//! YAML 1.2 text to a tree with positions.

use super::json::number;
use super::node::{Entry, Node, Position, Value};
use crate::error::{Code, Error};
use crate::limits;
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};

pub(super) fn parse(text: &str) -> Result<Node, Error> {
    let mut stack: Vec<Open> = Vec::new();
    let mut root: Option<Node> = None;
    for event in Parser::new_from_str(text.strip_prefix('\u{FEFF}').unwrap_or(text)) {
        let (event, span) = event.map_err(|e| refused(&e.info().to_lowercase(), e.marker()))?;
        let node = match event {
            Event::Alias(_) => {
                return Err(refused("aliases are not read; write the value again", &span.start));
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                let map = matches!(event, Event::MappingStart(..));
                if stack.len() >= limits::DOCUMENT_DEPTH {
                    return Err(refused("nested too deep", &span.start));
                }
                stack.push(Open { map, at: position(&span), items: Vec::new() });
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(open) = stack.pop() else { continue };
                open.close()?
            }
            Event::Scalar(text, style, _, tag) => {
                if tag.is_some() {
                    return Err(refused("tags are not read", &span.start));
                }
                scalar(&text, style, position(&span))
            }
            Event::DocumentStart(_) if root.is_some() => {
                return Err(refused("a second document; one is read", &span.start));
            }
            _ => continue,
        };
        match stack.last_mut() {
            Some(open) => open.items.push(node),
            None => root = Some(node),
        }
    }
    Ok(root.unwrap_or(Node::new(Value::Null, Position::default())))
}

/// A list or map that has not ended; a map holds its keys and values in turn.
struct Open {
    map: bool,
    at: Position,
    items: Vec<Node>,
}

impl Open {
    fn close(self) -> Result<Node, Error> {
        if !self.map {
            return Ok(Node::new(Value::List(self.items), self.at));
        }
        let mut entries = Vec::with_capacity(self.items.len() / 2);
        let mut items = self.items.into_iter();
        while let (Some(key), Some(node)) = (items.next(), items.next()) {
            let at = key.at;
            let written = key.written.or(match key.value {
                Value::Text(text) => Some(text),
                _ => None,
            });
            let Some(key) = written else {
                let mut error = Error::new(Code::SyntaxInvalid, "", "not YAML: a key must be a text");
                (error.line, error.column) = (Some(at.line), Some(at.column));
                return Err(error);
            };
            entries.push(Entry { key, at, node });
        }
        Ok(Node::new(Value::Map(entries), self.at))
    }
}

fn scalar(text: &str, style: ScalarStyle, at: Position) -> Node {
    if style != ScalarStyle::Plain {
        return Node::new(Value::Text(text.to_string()), at);
    }
    let value = match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if is_number(text) => number(text),
        _ => Value::Text(text.to_string()),
    };
    Node { value, at, written: Some(text.to_string()) }
}

/// The numbers of the core schema but for its octal, hexadecimal and infinite ones, which no author means.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && digits.bytes().filter(|&b| b == b'.').count() <= 1
}

fn position(span: &Span) -> Position {
    place(&span.start)
}

fn place(marker: &Marker) -> Position {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Position { line: count(marker.line()), column: count(marker.col()).saturating_add(1) }
}

fn refused(reason: &str, marker: &Marker) -> Error {
    let at = place(marker);
    let mut error = Error::new(Code::SyntaxInvalid, "", format!("not YAML: {reason}"));
    (error.line, error.column) = (Some(at.line), Some(at.column));
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_core_schema_and_keeps_what_was_written() {
        let node = parse("a: +79001234567\nb: \"5\"\nc: [yes, 1.5, null]\nd:\n").unwrap();
        let phone = node.get("a").unwrap();
        assert_eq!(
            (&phone.value, phone.written.as_deref()),
            (&Value::Int(79_001_234_567), Some("+79001234567"))
        );
        assert_eq!(node.get("b").unwrap().value, Value::Text("5".into()));
        let Value::List(items) = &node.get("c").unwrap().value else { panic!("no list") };
        assert_eq!(items[0].value, Value::Text("yes".into()));
        assert_eq!(items[1].value, Value::Refused("1.5".into()));
        assert_eq!(items[1].at, Position { line: 3, column: 10 });
        assert_eq!(node.get("d").unwrap().value, Value::Null);
    }

    #[test]
    fn refuses_aliases_tags_and_broken_texts_with_their_place() {
        for (text, line) in
            [("a: &x 1\nb: *x", 2), ("a: !!str 1", 1), ("a: [1\nb: 2", 2), ("a: 1\n---\nb: 2", 2)]
        {
            let error = parse(text).unwrap_err();
            assert_eq!((error.code, error.line), (Code::SyntaxInvalid, Some(line)), "{text}");
        }
    }
}
