//! Payloads as they arrive: JSON, or a form whose brackets stand for maps and lists.

use crate::document::{Entry, Node, Position, Value};
use crate::error::{Code, Error};
use crate::limits;
use std::borrow::Cow;

/// A payload as a document: an object as it is; a text as JSON, else as `application/x-www-form-urlencoded` with the
/// brackets of PHP, whose every value is a text.
pub(crate) fn payload(given: &Node) -> Result<Cow<'_, Node>, Error> {
    let Value::Text(text) = &given.value else { return Ok(Cow::Borrowed(given)) };
    if text.len() > limits::PAYLOAD_BYTES {
        let message =
            format!("a payload of {} bytes; at most {} are read", text.len(), limits::PAYLOAD_BYTES);
        return Err(Error::new(Code::Limit, "payload", message));
    }
    let text = text.trim_start_matches('\u{FEFF}').trim();
    if text.starts_with(['{', '[']) || !text.contains('=') {
        return Node::from_json(text).map(Node::without_positions).map(Cow::Owned);
    }
    form(text).map(Cow::Owned)
}

/// The document of a form: `data[USER][ID]=7&data[TAGS][]=a`. A map whose keys count from nought is a list.
fn form(text: &str) -> Result<Node, Error> {
    let mut root = Value::Map(Vec::new());
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    for (number, pair) in pairs.enumerate() {
        if number == limits::FORM_FIELDS {
            let message = format!("a form of more than {} fields", limits::FORM_FIELDS);
            return Err(Error::new(Code::Limit, "payload", message));
        }
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (unescaped(name)?, unescaped(value)?);
        let keys = keys(&name);
        if keys.len() > limits::FORM_DEPTH {
            let message = format!("a form nested deeper than {} levels", limits::FORM_DEPTH);
            return Err(Error::new(Code::Limit, name, message));
        }
        put(&mut root, &keys, value);
    }
    listed(&mut root);
    Ok(Node::new(root, Position::default()))
}

/// The keys of a name: `a[b][]` is `a`, `b` and an empty one. A bracket that is never closed is a letter, as in PHP.
fn keys(name: &str) -> Vec<&str> {
    let Some((first, mut rest)) =
        name.split_once('[').filter(|(first, rest)| !first.is_empty() && rest.contains(']'))
    else {
        return vec![name];
    };
    let mut keys = vec![first];
    while let Some((key, after)) = rest.split_once(']') {
        keys.push(key);
        match after.strip_prefix('[') {
            Some(next) => rest = next,
            None => break,
        }
    }
    keys
}

/// Puts a text below keys; an empty key counts on. What stands there already yields, as in PHP.
fn put(at: &mut Value, keys: &[&str], text: String) {
    let Some((key, below)) = keys.split_first() else {
        *at = Value::Text(text);
        return;
    };
    if !matches!(at, Value::Map(_)) {
        *at = Value::Map(Vec::new());
    }
    let Value::Map(entries) = at else { return };
    let key = if key.is_empty() { entries.len().to_string() } else { (*key).to_string() };
    let found = entries.iter().position(|e| e.key == key);
    if found.is_none() {
        let node = Node::new(Value::Null, Position::default());
        entries.push(Entry { key, at: Position::default(), node });
    }
    let entry = match found {
        Some(place) => entries.get_mut(place),
        None => entries.last_mut(),
    };
    if let Some(entry) = entry {
        put(&mut entry.node.value, below, text);
    }
}

/// Maps whose keys are 0, 1, 2… become lists.
fn listed(value: &mut Value) {
    let Value::Map(entries) = value else { return };
    entries.iter_mut().for_each(|entry| listed(&mut entry.node.value));
    let counts = entries.iter().enumerate().all(|(place, entry)| entry.key == place.to_string());
    if counts && !entries.is_empty() {
        let items = std::mem::take(entries).into_iter().map(|entry| entry.node);
        *value = Value::List(items.collect());
    }
}

/// `+` is a space, `%D0%B0` a byte each.
fn unescaped(text: &str) -> Result<String, Error> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = rest.next().zip(rest.next());
                let digit =
                    |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
                let escaped = digits.and_then(|(high, low)| Some(digit(high)? * 16 + digit(low)?));
                escaped.ok_or_else(|| broken("a `%` without two hexadecimal digits"))?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).map_err(|_| broken("bytes that are no UTF-8"))
}

fn broken(what: &str) -> Error {
    Error::new(Code::PayloadInvalid, "payload", format!("the form holds {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn read(text: &str) -> Result<serde_json::Value, Error> {
        let node = Node::new(Value::Text(text.to_string()), Position::default());
        payload(&node).map(|node| node.to_json())
    }

    #[test]
    fn brackets_stand_for_maps_and_lists() {
        let text = "event=ONIMBOTV2MESSAGEADD&data%5Bbot%5D%5Bid%5D=456&data[message][text]=%D0%94%D0%B0+%21&data[tags][]=a&data[tags][]=b&ts=";
        let expected = json!({
            "event": "ONIMBOTV2MESSAGEADD", "ts": "",
            "data": {"bot": {"id": "456"}, "message": {"text": "Да !"}, "tags": ["a", "b"]},
        });
        assert_eq!(read(text).unwrap(), expected);
        assert_eq!(read("a[0][x]=1&a[1][x]=2").unwrap(), json!({"a": [{"x": "1"}, {"x": "2"}]}));
        assert_eq!(read("a[7]=1&a=2&b[x=3").unwrap(), json!({"a": "2", "b[x": "3"}));
    }

    #[test]
    fn a_text_that_is_json_is_read_as_such() {
        assert_eq!(read(" {\"a\": \"b=c\"}").unwrap(), json!({"a": "b=c"}));
        assert_eq!(read("{\"id\": 4912661846655238145}").unwrap(), json!({"id": "4912661846655238145"}));
        assert_eq!(read("hello").unwrap_err().code, Code::SyntaxInvalid);
        assert_eq!(read("").unwrap_err().code, Code::SyntaxInvalid);
    }

    #[test]
    fn a_broken_or_endless_form_is_refused() {
        assert_eq!(read("a=%D").unwrap_err().code, Code::PayloadInvalid);
        assert_eq!(read("a=%FF").unwrap_err().code, Code::PayloadInvalid);
        let within = format!("a{}=1", "[b]".repeat(limits::FORM_DEPTH - 1));
        assert!(read(&within).is_ok());
        assert_eq!(
            read(&format!("a[c]{}", within.strip_prefix('a').unwrap())).unwrap_err().code,
            Code::Limit
        );
        assert!(read(&"a[]=1&".repeat(limits::FORM_FIELDS)).is_ok());
        assert_eq!(read(&"a[]=1&".repeat(limits::FORM_FIELDS + 1)).unwrap_err().code, Code::Limit);
    }

    proptest! {
        #[test]
        fn any_form_is_read_or_refused(text in "[ab%0-9=&\\[\\]+]{0,80}") {
            let _ = read(&text);
        }
    }
}
