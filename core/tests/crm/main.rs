//! CRMs and notices, over JSON as a face hands it in: effects to requests, answers and webhooks to events.

#![cfg(feature = "channels")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a test may panic

mod answers;
mod bitrix24;
mod kommo;
mod notices;
mod trip;
mod webhook;
mod wild;

use frontdesk::crm;
use frontdesk::definition::TargetKind;
use frontdesk::document::Node;
use frontdesk::error::Error;
use frontdesk::wire::Outgoing;
use serde_json::{Value, json};

/// A document as a face hands it in.
fn node(value: &Value) -> Node {
    Node::from_json(&value.to_string()).unwrap().without_positions()
}

/// `{payloads, changes, requests}`.
fn try_encode(kind: TargetKind, effects: &Value, options: &Value) -> Result<Value, Error> {
    let effects = Outgoing::from_node(&node(effects))?;
    crm::encode(kind, &effects, &node(options)).map(|encoded| serde_json::to_value(encoded).unwrap())
}

fn encode(kind: TargetKind, effects: Value, options: Value) -> Value {
    let encoded = try_encode(kind, &effects, &options).unwrap_or_else(|e| panic!("{e}"));
    let count = |key: &str| encoded[key].as_array().unwrap().len();
    assert_eq!(count("payloads"), count("requests"));
    encoded
}

/// `METHOD path` of every request, in order.
fn paths(encoded: &Value) -> Vec<String> {
    let requests = encoded["requests"].as_array().unwrap().iter();
    let shown =
        |r: &Value| format!("{} {}", r["method"].as_str().unwrap(), r["path"].as_str().unwrap_or("-"));
    requests.map(shown).collect()
}

/// `code path found/limit` of every change.
fn changes(encoded: &Value) -> Vec<String> {
    let changes = encoded["changes"].as_array().unwrap().iter();
    let shown = |c: &Value| {
        let path = c["path"].as_str().unwrap_or("-");
        format!("{} {path} {}/{}", c["code"].as_str().unwrap(), c["found"], c["limit"])
    };
    changes.map(shown).collect()
}

fn try_decode(kind: TargetKind, payload: &Value, options: &Value) -> Result<Value, Error> {
    crm::decode(kind, &node(payload), &node(options)).map(|d| serde_json::to_value(d).unwrap())
}

fn decode(kind: TargetKind, payload: Value, options: Value) -> Value {
    try_decode(kind, &payload, &options).unwrap_or_else(|e| panic!("{e}"))
}

/// The result that an answer means.
fn result(kind: TargetKind, payload: Value, options: Value) -> Value {
    let decoded = decode(kind, payload, options);
    assert_eq!(decoded["events"].as_array().unwrap().len(), 1);
    assert_eq!(decoded["events"][0]["kind"], "result");
    decoded["events"][0].clone()
}

/// A lead as a dialog creates it.
fn lead(to: &str) -> Value {
    json!({
        "key": "1.1", "kind": "create_lead", "lead": "visit", "lead_key": "k-7f3a", "title": "Запись: Чистка",
        "fields": {"name": "Иван", "phone": "+79991234567", "email": "a@b.ru"}, "to": [to], "utm": {"source": "ig"},
    })
}

fn with(mut base: Value, more: Value) -> Value {
    let more = more.as_object().unwrap().clone();
    base.as_object_mut().unwrap().extend(more);
    base
}

fn handoff(to: Value) -> Value {
    json!({
        "key": "2.1", "kind": "handoff", "reason": "asked", "priority": "normal", "summary": "Вопрос: «где вы»",
        "language": "ru", "to": [to], "chat_url": "https://chat.example/7",
    })
}

fn status(status: &str) -> Value {
    json!({"key": "2.2", "kind": "set_status", "status": status})
}

fn note(to: &str, text: &str) -> Value {
    json!({"key": "3.1", "kind": "note", "to": to, "text": text})
}

fn update(to: &str, fields: Value, ids: Value) -> Value {
    json!({
        "key": "4.1", "kind": "update_lead", "lead": "visit", "lead_key": "k-7f3a", "fields": fields, "to": [to],
        "ids": ids,
    })
}

fn reply(text: &str, buttons: Value) -> Value {
    json!({
        "key": "5.1", "kind": "reply", "text": text, "buttons": buttons, "language": "ru", "window": "open",
        "mode_rev": 0,
    })
}

/// Code and path of a refusal.
fn refusal(result: Result<Value, Error>) -> (String, String) {
    let error = result.unwrap_err();
    (error.code.to_string(), error.path)
}
