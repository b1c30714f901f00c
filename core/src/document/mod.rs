//! Floor 0: a JSON or YAML document with the position of every value, and its strict reading.
//!
//! Definitions, events and tables come from people and foreign programs, so nothing about them is believed:
//! a reader walks the document, collects every error with its path and position, and knows which keys were
//! never asked for. Sessions are read back by the same cursor.

pub(crate) mod data;
mod json;
mod node;
mod packed;
mod place;
mod reader;
mod stored;
mod whole;
mod written;
#[cfg(feature = "yaml")]
mod yaml;

pub use node::{Entry, Node, Position, Value};
pub(crate) use packed::{Packed, Unpacking, pack, packed, unpack};
pub(crate) use place::path_at;
pub(crate) use reader::{Cursor, Keys, Named, Report, nearest};
pub(crate) use stored::{Stored, stored, stored_keys};
pub(crate) use whole::whole;
pub(crate) use written::written;

use crate::error::{Code, Error};
use crate::limits;

impl Node {
    /// Reads JSON (RFC 8259). Numbers other than whole ones within ±(2^53 − 1), and duplicate keys, are kept
    /// for the reader to refuse with their path. Half a character, `\ud83d` alone, is read as U+FFFD.
    pub fn from_json(text: &str) -> Result<Node, Error> {
        within_limit(text)?;
        json::parse(&whole(text), limits::DOCUMENT_DEPTH)
    }

    /// Reads JSON that the crate wrote; what it holds of the host's may be as deep as an event.
    pub(crate) fn from_stored_json(text: &str) -> Result<Node, Error> {
        json::parse(text, limits::DOCUMENT_DEPTH + STORED_ABOVE)
    }

    /// Reads YAML 1.2 (core schema, one document, no aliases).
    #[cfg(feature = "yaml")]
    pub fn from_yaml(text: &str) -> Result<Node, Error> {
        within_limit(text)?;
        yaml::parse(text)
    }
}

/// Levels of a session above the data of an event.
const STORED_ABOVE: usize = 4;

fn within_limit(text: &str) -> Result<(), Error> {
    if text.len() <= limits::DOCUMENT_BYTES {
        return Ok(());
    }
    let message = format!("a document of {} bytes; at most {} are read", text.len(), limits::DOCUMENT_BYTES);
    Err(Error::new(Code::Limit, "", message))
}
