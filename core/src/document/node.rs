//! The tree of a document.

use super::written;
use serde::{Serialize, Serializer};

/// A place in the text of a document, from 1; columns in code points. Zero where it is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in code points, from 1.
    pub column: u32,
}

/// A value of a document with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Where it starts.
    pub at: Position,
    /// An unquoted YAML scalar as it was written; where a text is wanted, this is it (`+79001234567`, `007`).
    pub written: Option<String>,
}

/// What a node holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number within ±(2^53 − 1).
    Int(i64),
    /// A number that the contract refuses: with a fraction, or too large; as written.
    Refused(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A map in the order written; duplicate keys are kept for the reader to refuse.
    Map(Vec<Entry>),
}

/// A key of a map with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key starts.
    pub at: Position,
    /// The value.
    pub node: Node,
}

impl Node {
    pub(crate) fn new(value: Value, at: Position) -> Self {
        Self { value, at, written: None }
    }

    /// The value under a key of a map.
    pub fn get(&self, key: &str) -> Option<&Node> {
        let Value::Map(entries) = &self.value else { return None };
        entries.iter().find(|e| e.key == key).map(|e| &e.node)
    }

    /// Where the value of a dotted path without list indices stands: `fields.order.mask`.
    pub(crate) fn place(&self, path: &str) -> Option<Position> {
        let found = path.split('.').try_fold(self, |node, key| node.get(key));
        found.map(|node| node.at).filter(|at| at.line > 0)
    }

    /// The text, where the node is one.
    pub fn as_str(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// What the value is, in words for a message.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "a yes or no",
            Value::Int(_) | Value::Refused(_) => "a number",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }

    /// The same document without positions, for one that was handed over as an object and not as a text.
    pub fn without_positions(mut self) -> Self {
        self.forget_positions();
        self
    }

    fn forget_positions(&mut self) {
        self.at = Position::default();
        match &mut self.value {
            Value::List(items) => items.iter_mut().for_each(Node::forget_positions),
            Value::Map(entries) => {
                for entry in entries {
                    entry.at = Position::default();
                    entry.node.forget_positions();
                }
            }
            _ => {}
        }
    }

    /// The document as compact JSON, its keys in the order written.
    pub(crate) fn to_text(&self) -> String {
        written(self)
    }

    /// The document as a JSON value, keys sorted; refused numbers as texts.
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value as Json;
        match &self.value {
            Value::Null => Json::Null,
            Value::Bool(yes) => Json::Bool(*yes),
            Value::Int(number) => Json::from(*number),
            Value::Refused(text) | Value::Text(text) => Json::String(text.clone()),
            Value::List(items) => Json::Array(items.iter().map(Node::to_json).collect()),
            Value::Map(entries) => {
                Json::Object(entries.iter().map(|e| (e.key.clone(), e.node.to_json())).collect())
            }
        }
    }
}

/// Keys stand in the order written; refused numbers become texts.
impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(yes) => serializer.serialize_bool(*yes),
            Value::Int(number) => serializer.serialize_i64(*number),
            Value::Refused(text) | Value::Text(text) => serializer.serialize_str(text),
            Value::List(items) => serializer.collect_seq(items),
            Value::Map(entries) => serializer.collect_map(entries.iter().map(|e| (&e.key, &e.node))),
        }
    }
}
