//! Floor 6: CRMs and notices: effects become requests of the team's systems, their answers become `result` events.
//!
//! [`encode`] takes the effects of a turn for one target and gives, request by request, the JSON that the vendor takes.
//! Only what names the target in its `to` goes there; a status, a tag or an end goes to every CRM. What belongs to a
//! lead needs the id that the CRM gave it: an `update_lead` carries it, else the host hands it in as `lead_id`. Where it
//! is not known yet, the change says `lead_unknown`, and the host encodes the effect again once the lead's result is in:
//! so effects are stored in an outbox as they are, and encoded when they are sent.
//!
//! [`decode`] takes the answer to such a request, or the webhook of a CRM.
//!
//! # When not to use it
//! For anything that needs a look into the CRM first: finding a contact, or the lead of a key that was sent and never
//! answered. Neither vendor promises that a repeated request changes nothing; see [`Request::key`](crate::wire::Request).
//!
//! ```
//! use frontdesk::crm;
//! use frontdesk::definition::TargetKind;
//! use frontdesk::document::Node;
//! use frontdesk::wire::Outgoing;
//!
//! let effects = Outgoing::from_json(
//!     r#"[{"key": "1.1", "kind": "create_lead", "lead": "callback", "lead_key": "k-7f3a", "title": "Перезвонить",
//!          "fields": {"phone": "+79991234567"}, "to": ["kommo"], "utm": {"source": "ig"}}]"#,
//! );
//! let options = Node::from_json(r#"{"pipeline_id": 1113}"#).unwrap();
//! let encoded = crm::encode(TargetKind::Kommo, &effects.unwrap(), &options).unwrap();
//! assert_eq!(encoded.requests[0].path.as_deref(), Some("/api/v4/leads/complex"));
//! assert_eq!(encoded.payloads[0][0]["request_id"], "k-7f3a");
//!
//! let answer = Node::from_json(r#"[{"id": 9774766, "request_id": ["k-7f3a"], "merged": true}]"#).unwrap();
//! let options = Node::from_json(r#"{"effect": "1.1", "status": 200}"#).unwrap();
//! let decoded = crm::decode(TargetKind::Kommo, &answer, &options).unwrap();
//! let event = serde_json::to_string(decoded.events().next().unwrap()).unwrap();
//! assert!(event.contains(r#""ok":true,"data":{"id":"9774766","merged":true}"#));
//! ```

mod bitrix24;
mod desk;
mod email;
mod field;
mod job;
mod kommo;
mod notice;
mod result;
mod telegram_admin;
mod webhook;

use crate::definition::TargetKind;
use crate::document::{Cursor, Keys, Node, Value};
use crate::error::{Code, Error};
use crate::wire::{self, Decoded, Encoded, Outgoing, or_empty, read, under};

/// The requests that effects become at one target.
///
/// `options` is a map; what each kind takes is written in `docs/crm.md`. `target` is the name in the definition where it
/// differs from the kind: `kommo_sales`.
///
/// # Errors
/// Those of the options, with their path: `unknown_key`, `missing_key`, `wrong_type`, `unknown_value`.
///
/// # Cost
/// Linear in the length of the effects.
pub fn encode(kind: TargetKind, effects: &[Outgoing], options: &Node) -> Result<Encoded, Error> {
    let options = or_empty(options);
    let encode = match kind {
        TargetKind::Kommo => kommo::encode,
        TargetKind::Bitrix24 => bitrix24::encode,
        TargetKind::TelegramAdmin => telegram_admin::encode,
        TargetKind::Email => email::encode,
        TargetKind::Webhook => webhook::encode,
    };
    read(&options, |at| encode(effects, at)).map_err(|e| under("options", e))
}

/// The `result` that the answer to a request means, or the events of a CRM's webhook.
///
/// With `effect` among the options, the payload is the answer to the request that the effect became:
/// `{effect, target?, status?, request?}`, where `status` is that of HTTP (0: none came) and `request` the key sent with
/// it. Without `effect` it is a webhook: `{account?}`.
///
/// An answer never fails to decode: what cannot be read is `ok: false` with its reason, since it may come from a proxy.
/// `data.retry` tells whether the same request may be sent again.
///
/// # Errors
/// For a webhook `syntax_invalid`, `limit`, `missing_key`, `wrong_type`, `payload_invalid`; for options as [`encode`].
pub fn decode(kind: TargetKind, payload: &Node, options: &Node) -> Result<Decoded, Error> {
    let options = or_empty(options);
    if options.get("effect").is_some() {
        let asked = read(&options, |at| result::Asked::read(at, kind)).map_err(|e| under("options", e))?;
        let outcome = match kind {
            TargetKind::Kommo => kommo::outcome,
            TargetKind::Bitrix24 => bitrix24::outcome,
            TargetKind::TelegramAdmin => telegram_admin::outcome,
            TargetKind::Email | TargetKind::Webhook => webhook::outcome,
        };
        return Ok(asked.decoded(payload, outcome));
    }
    if !matches!(kind, TargetKind::Kommo | TargetKind::Bitrix24) {
        return Err(no_webhook(kind));
    }
    let account = read(&options, account).map_err(|e| under("options", e))?;
    let document = wire::payload(payload)?;
    let decoded = read(&document, |at| match kind {
        TargetKind::Kommo => kommo::events(at, account),
        _ => bitrix24::events(at, account),
    });
    decoded.map_err(|e| under("payload", e))
}

fn no_webhook(kind: TargetKind) -> Error {
    let message = format!("a target of the kind `{}` sends nothing of its own", kind.as_str());
    Error::new(Code::MissingKey, "options.effect", message).with_hint("name the effect that is answered")
}

/// What the options of a webhook say: whose account it is of.
fn account(at: &Cursor<'_>) -> Option<Option<String>> {
    let keys = at.keys()?;
    let account = keys.get("account").map(|c| c.id());
    keys.end();
    match account {
        Some(account) => account.map(Some),
        None => Some(None),
    }
}

/// A text among the options, where it stands and says something.
fn option(keys: &Keys<'_>, key: &'static str) -> Option<String> {
    keys.get(key)?.filled_text()
}

/// An id among the options, text or number.
fn id_option(keys: &Keys<'_>, key: &'static str) -> Option<String> {
    keys.get(key)?.id()
}

/// An optional id of a webhook; in a form what is not known is an empty text.
fn some_id(at: &Cursor<'_>, key: &str) -> Option<String> {
    let empty = |c: &Cursor<'_>| matches!(&c.node.value, Value::Text(text) if text.is_empty());
    at.part(key).filter(|c| !empty(c))?.id()
}

/// The name of the target among the options.
fn target(keys: &Keys<'_>, kind: TargetKind) -> String {
    option(keys, "target").unwrap_or_else(|| kind.as_str().to_string())
}
