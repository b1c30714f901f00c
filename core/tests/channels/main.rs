//! The codecs of channels, through the public interface: what each reads, what each writes, and that no input breaks one.

#![cfg(feature = "channels")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a test may panic

mod dialogs;
mod hostile;
mod inbound;
mod limits;
mod outbound;

use frontdesk::channels::{Channel, decode, encode};
use frontdesk::document::Node;
use frontdesk::error::{Code, Error};
use frontdesk::wire::{Encoded, Outgoing};
use serde_json::{Value, json};

fn node(value: &Value) -> Node {
    Node::from_json(&value.to_string()).unwrap()
}

fn try_decode(channel: &str, payload: &Value, options: &Value) -> Result<Value, Error> {
    let decoded = decode(Channel::named(channel).unwrap(), &node(payload), &node(options))?;
    Ok(serde_json::to_value(decoded).unwrap())
}

/// What a payload holds, without options.
fn read(channel: &str, payload: &Value) -> Value {
    try_decode(channel, payload, &json!({})).unwrap()
}

/// The only event of a payload.
fn event(channel: &str, payload: &Value) -> Value {
    let read = read(channel, payload);
    assert_eq!(read["events"].as_array().unwrap().len(), 1, "{read}");
    read["events"][0].clone()
}

/// Where a payload is refused.
fn refusal(channel: &str, payload: &Value) -> (Code, String) {
    let error = try_decode(channel, payload, &json!({})).unwrap_err();
    (error.code, error.path)
}

/// The effect of a reply with buttons `(id, title)`.
fn reply(text: &str, buttons: &[(&str, &str)]) -> Value {
    let button = |(id, title): &(&str, &str)| json!({"id": id, "title": title});
    let mut reply = json!({
        "key": "1.1", "kind": "reply", "text": text, "language": "ru", "window": "open", "mode_rev": 0,
    });
    if !buttons.is_empty() {
        reply["buttons"] = buttons.iter().map(button).collect();
    }
    reply
}

fn written(channel: &str, effects: &[Value], options: &Value) -> Encoded {
    let effects = Outgoing::from_json(&json!(effects).to_string()).unwrap();
    encode(Channel::named(channel).unwrap(), &effects, &node(options)).unwrap()
}

/// The changes as `code path found limit`.
fn changes(encoded: &Encoded) -> Vec<String> {
    let line = |change: &frontdesk::wire::Change| {
        let code = serde_json::to_value(change.code).unwrap();
        format!(
            "{} {} {} {}",
            code.as_str().unwrap(),
            change.path.as_deref().unwrap_or("-"),
            change.found,
            change.limit
        )
    };
    encoded.changes.iter().map(line).collect()
}

/// The options that let every channel answer.
fn anyone() -> Value {
    json!({"to": "77", "bot_name": "Бот", "watermark": 1_763_712_000})
}
