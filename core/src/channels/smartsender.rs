//! SmartSender: the variables of its webhook block in, a flat answer or its send API out.
//!
//! Sure (SmartSender's documentation): the webhook block sends any JSON with variables and maps the answer by JSONPath;
//! `POST /v1/contacts/{id}/send` takes `{type, content, watermark}`. Unknown: limits, buttons in the API, how an operator
//! who joins is told. The names of the variables below are ours: the author of the block writes them.
//!
//! In: `{"userId", "text", "messageId" or "time", "name"?, "phone"?, "language"?, "chat_url"?, "utm_source"?…,
//! "gateId"?, "operator"?: true}`.

use super::flat::{answer, first_key};
use super::inbound::{Inbound, fitting, international, known, plain_at, text_at, utm, wrote};
use super::layout::{lay_out, replies};
use super::options::{EncodeOptions, Form};
use crate::dialog::{Contact, Message};
use crate::document::Cursor;
use crate::error::Code;
use crate::time::Timestamp;
use crate::wire::{ChangeCode, Encoded, Limit, Outgoing, Request, derived_id};
use serde_json::json;

/// No limit is stated; this is the least of the messengers behind the platform that take long texts.
const TEXT: Limit = Limit::utf16(4000);

pub(super) fn decode(at: &Cursor<'_>, inbound: &mut Inbound<'_>) -> Option<()> {
    let Some(user) = at.id_at("userId") else {
        at.error(Code::PayloadInvalid, "no request of SmartSender: `userId` is missing");
        return None;
    };
    let talk = inbound.talk(at.id_at("gateId"), user);
    let text = text_at(at, "text");
    let time = plain_at(at, "time");
    let Some(id) = id_of(at, &talk.key.user, time.as_deref(), text.as_deref()) else {
        let hint = "add `{\"messageId\": …}` or `{\"time\": …}` to the body of the webhook block";
        let message = "neither `messageId` nor `time`: an answer given twice would pass for a repetition";
        at.error_hint(Code::MissingKey, message, Some(hint.to_string()));
        return None;
    };
    let when = time.as_deref().and_then(instant);
    if at.yes("operator") {
        inbound.operator(&talk, id, when, wrote(fitting(plain_at(at, "name")), text));
        return Some(());
    }
    let Some(text) = text else {
        inbound.ignore("empty message");
        return Some(());
    };
    let contact = Contact {
        name: fitting(plain_at(at, "name")),
        phone: plain_at(at, "phone").and_then(|p| international(&p)),
        language: fitting(plain_at(at, "language")),
        chat_url: fitting(plain_at(at, "chat_url")),
        utm: utm(at),
        ..Contact::default()
    };
    let message = Message { text: Some(text), contact: known(contact), ..Message::default() };
    inbound.message(&talk, id, when, message);
    Some(())
}

fn id_of(at: &Cursor<'_>, user: &str, time: Option<&str>, text: Option<&str>) -> Option<String> {
    at.id_at("messageId").or_else(|| Some(derived_id(&[user, time?, text.unwrap_or_default()])))
}

/// RFC 3339, or seconds since 1970.
fn instant(text: &str) -> Option<Timestamp> {
    let seconds = || text.parse::<i64>().ok()?.checked_mul(1000).map(Timestamp::from_millis);
    Timestamp::parse(text).or_else(seconds)
}

pub(super) fn encode(effects: &[Outgoing], options: &EncodeOptions) -> Option<Encoded> {
    let mut out = Encoded::default();
    if options.form == Some(Form::Send) {
        send(effects, options, &mut out)?;
    } else if !effects.is_empty() {
        let flat = answer(effects, false, &mut out);
        out.send(Request::answer(first_key(effects)), flat.into());
    }
    Some(out)
}

/// Messages of the send API; buttons are numbered lines, for the API knows none.
fn send(effects: &[Outgoing], options: &EncodeOptions, out: &mut Encoded) -> Option<()> {
    let replies = replies(effects);
    if replies.is_empty() {
        return Some(());
    }
    let to = options.to();
    let contact = to.as_str().unwrap_or("{contactId}");
    if to.is_null() {
        out.change(ChangeCode::OptionMissing, first_key(effects), "options.to", 0, 1);
    }
    for reply in &replies {
        for (text, _) in lay_out(reply, TEXT, &[], out).messages() {
            let request = Request::post(reply.key, format!("v1/contacts/{contact}/send"));
            out.send(request, json!({ "type": "text", "content": text, "watermark": options.watermark }));
        }
    }
    Some(())
}
