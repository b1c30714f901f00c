//! Viber: callbacks of a bot in, `send_message` out.
//!
//! Sure (Viber's reference): 30 KB of a message, 4,000 characters of tracking data, 28 of the sender's name. Third
//! parties: 7,000 characters of text, 24 buttons, the fields of callbacks. Guessed: 250 characters of a title; that
//! characters are units of UTF-16; that a contact which a client sends is the client's own.
//!
//! A press arrives as a message whose text is the button's `ActionBody`, as if it were typed. So our ids travel in the
//! tracking data, which comes back with each message: a text that is one of them is a press.

use super::inbound::{
    Inbound, Talk, attached, fitting, international, known, location, millis, plain_at, text_at, utm_in,
};
use super::layout::{Button, Menu, Reply, lay_out, replies};
use super::options::EncodeOptions;
use crate::dialog::{Contact, Message};
use crate::document::{Cursor, Node};
use crate::error::Code;
use crate::wire::{ChangeCode, Encoded, Limit, Outgoing, Request};
use serde_json::{Value as Json, json};

const TEXT: Limit = Limit::utf16(7000);
const NAME: Limit = Limit::utf16(28);
const TRACKING: Limit = Limit::utf16(4000);
/// Buttons have some 60 bytes of keys each, and titles and ids stand in the message twice. With these bounds the
/// longest message keeps below 30 KB: 24 times (60 + 2 · 250 + 2 · 150), 2 · 2,000 of text, and the ids once more.
const KEYBOARD: Menu = Menu {
    most: 24,
    text: Limit::bytes(4000),
    title: Limit::bytes(250),
    id: Limit::bytes(150),
    tokens: false,
    unique: false,
};

pub(super) fn decode(at: &Cursor<'_>, inbound: &mut Inbound<'_>) -> Option<()> {
    let Some(event) = at.said("event") else {
        at.error(Code::PayloadInvalid, "no callback of Viber: `event` is missing");
        return None;
    };
    match event.as_str() {
        "message" => message(at, inbound),
        "conversation_started" => {
            let entry = fitting(plain_at(at, "context"));
            let utm = entry.as_deref().and_then(utm_in);
            person(at, "started", |contact| Contact { entry, utm, ..contact }, inbound)
        }
        "subscribed" => person(at, "subscribed", |contact| contact, inbound),
        "unsubscribed" => {
            let talk = inbound.talk(None, at.must_id("user_id")?);
            fact(at, &talk, "unsubscribed", Contact::default(), inbound)
        }
        "delivered" | "seen" | "failed" => {
            inbound.ignore("receipt");
            Some(())
        }
        _ => {
            inbound.ignore("callback");
            Some(())
        }
    }
}

/// A fact about a client who stands under `user`.
fn person(
    at: &Cursor<'_>,
    name: &str,
    complete: impl FnOnce(Contact) -> Contact,
    inbound: &mut Inbound<'_>,
) -> Option<()> {
    let user = at.must("user")?;
    let talk = inbound.talk(None, user.must_id("id")?);
    fact(at, &talk, name, complete(contact_of(&user)), inbound)
}

fn fact(at: &Cursor<'_>, talk: &Talk, name: &str, contact: Contact, inbound: &mut Inbound<'_>) -> Option<()> {
    let stamp = || plain_at(at, "timestamp").map(|time| format!("{name}.{time}"));
    let id = at.id_at("message_token").or_else(stamp);
    let Some(id) = id else {
        at.must("message_token");
        return None;
    };
    inbound.fact(talk, id, millis(at, "timestamp"), name, contact);
    Some(())
}

fn contact_of(user: &Cursor<'_>) -> Contact {
    Contact {
        name: fitting(plain_at(user, "name")),
        language: fitting(plain_at(user, "language")),
        ..Contact::default()
    }
}

fn message(at: &Cursor<'_>, inbound: &mut Inbound<'_>) -> Option<()> {
    if at.part("chat_id").is_some() {
        inbound.ignore("group");
        return Some(());
    }
    let sender = at.must("sender")?;
    let talk = inbound.talk(None, sender.must_id("id")?);
    let id = at.must_id("message_token")?;
    let body = at.must("message")?;
    let mut contact = contact_of(&sender);
    let kind = body.said("type").unwrap_or_default();
    let (mut text, mut button) = (text_at(&body, "text"), None);
    let link = || plain_at(&body, "media");
    let attachment = match kind.as_str() {
        "text" => None,
        "picture" => Some(attached("photo", link())),
        "video" => Some(attached("video", link())),
        "file" => Some(attached("file", link())),
        "sticker" => Some(attached("sticker", plain_at(&body, "sticker_id"))),
        "location" => {
            let place = body.part("location");
            let part = |key| place.as_ref().and_then(|c| plain_at(c, key));
            Some(location(part("lat"), part("lon")))
        }
        "contact" => {
            let card = body.part("contact");
            let phone = card.and_then(|c| international(&plain_at(&c, "phone_number")?));
            text = text.or_else(|| phone.clone());
            let card = phone.is_none().then(|| attached("contact", None));
            contact.phone = phone;
            card
        }
        other => Some(attached(if other.is_empty() { "file" } else { other }, link())),
    };
    if let Some(pressed) = text.take_if(|text| is_ours(plain_at(&body, "tracking_data").as_deref(), text)) {
        button = Some(pressed);
    }
    if text.is_none() && button.is_none() && attachment.is_none() {
        inbound.ignore("empty message");
        return Some(());
    }
    let attachments = attachment.into_iter().collect();
    let message = Message { text, button, attachments, contact: known(contact), ..Message::default() };
    inbound.message(&talk, id, millis(at, "timestamp"), message);
    Some(())
}

/// Whether a text is the id of a button that our last message carried.
fn is_ours(tracking: Option<&str>, text: &str) -> bool {
    let ids = tracking.and_then(|data| Node::from_json(data).ok());
    let ids = ids.as_ref().and_then(|node| node.get("b"));
    let Some(crate::document::Value::List(ids)) = ids.map(|node| &node.value) else { return false };
    ids.iter().any(|id| id.as_str() == Some(text))
}

pub(super) fn encode(effects: &[Outgoing], options: &EncodeOptions) -> Option<Encoded> {
    let mut out = Encoded::default();
    let replies = replies(effects);
    if replies.is_empty() {
        return Some(out);
    }
    let name = options.bot_name.as_deref();
    let shown = name.map(|name| NAME.clip(name));
    if let Some(name) = name.filter(|name| shown.as_deref() != Some(*name)) {
        let key = replies.first().map_or("", |r| r.key);
        out.change(ChangeCode::Clipped, key, "bot_name", NAME.length(name), NAME.most);
    }
    for reply in &replies {
        for payload in payloads(reply, &options.to(), shown.as_deref(), &mut out) {
            out.send(Request::post(reply.key, "send_message"), payload);
        }
    }
    Some(out)
}

fn payloads(reply: &Reply<'_>, to: &Json, name: Option<&str>, out: &mut Encoded) -> Vec<Json> {
    let laid = lay_out(reply, TEXT, &[KEYBOARD], out);
    let message = |(text, buttons): (&str, &[Button<'_>])| {
        let sender = name.map(|name| json!({ "name": name }));
        let mut payload = json!({
            "receiver": to, "min_api_version": 7, "sender": sender, "type": "text", "text": text,
        });
        let Some(keys) = payload.as_object_mut().filter(|_| !buttons.is_empty()) else { return payload };
        let ids: Vec<&str> = buttons.iter().map(|b| b.id.as_str()).collect();
        let tracking = json!({ "b": ids }).to_string();
        // Where the ids do not fit, the title comes back, and a typed title is a press too.
        let travels = TRACKING.holds(&tracking);
        let key = |b: &Button<'_>| {
            let body = if travels { &b.id } else { &b.title };
            json!({ "Columns": 6, "Rows": 1, "ActionType": "reply", "ActionBody": body, "Text": b.title })
        };
        let keyboard: Vec<Json> = buttons.iter().map(key).collect();
        keys.insert(
            "keyboard".into(),
            json!({ "Type": "keyboard", "DefaultHeight": false, "Buttons": keyboard }),
        );
        if travels {
            keys.insert("tracking_data".into(), tracking.into());
        }
        payload
    };
    laid.messages().map(message).collect()
}
