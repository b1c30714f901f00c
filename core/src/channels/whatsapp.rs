//! WhatsApp Cloud API: webhooks of `whatsapp_business_account` in, messages out.
//!
//! Sure (Meta's reference): the webhook, three reply buttons, echoes and `standby`. Of several third parties that agree:
//! the lengths of titles, ids and bodies, lists, templates. Inferred: that lengths are counted in UTF-16, that an entry
//! of `standby` means that somebody else owns the conversation.
//!
//! The number that a client writes from is no phone that the client gave, unless `contact_from_channel` says so.

use super::inbound::{
    Inbound, Talk, attached, button_at, fitting, international, joined, known, location, plain_at, seconds,
    text_at, utm_in, wrote,
};
use super::layout::{Button, Menu, Reply, lay_out, replies};
use super::options::EncodeOptions;
use crate::dialog::{Attachment, Contact, Message, Utm, Window};
use crate::document::Cursor;
use crate::error::Code;
use crate::wire::{ChangeCode, Encoded, Limit, Outgoing, Request};
use serde_json::{Value as Json, json};

const TEXT: Limit = Limit::utf16(4096);
const BODY: Limit = Limit::utf16(1024);
const BUTTONS: Menu =
    Menu { most: 3, text: BODY, title: Limit::utf16(20), id: Limit::utf16(256), tokens: false, unique: true };
const LIST: Menu = Menu {
    most: 10,
    text: BODY,
    title: Limit::utf16(24),
    id: Limit::utf16(200),
    tokens: false,
    unique: true,
};
const DESCRIPTION: Limit = Limit::utf16(72);

pub(super) fn decode(at: &Cursor<'_>, inbound: &mut Inbound<'_>) -> Option<()> {
    if at.said("object").as_deref() != Some("whatsapp_business_account") {
        at.error(Code::PayloadInvalid, "no webhook of WhatsApp: `object` is not `whatsapp_business_account`");
        return None;
    }
    for entry in at.must("entry")?.list() {
        for change in entry.items_of("changes") {
            let field = change.said("field").unwrap_or_default();
            let Some(value) = change.part("value") else { continue };
            let account = value.part("metadata").and_then(|m| m.id_at("phone_number_id"));
            match field.as_str() {
                "messages" => messages(&value, account, false, inbound)?,
                "standby" => messages(&value, account, true, inbound)?,
                "smb_message_echoes" => echoes(&value, account, inbound)?,
                _ => inbound.ignore("field"),
            }
        }
    }
    Some(())
}

/// Messages of clients. In standby somebody else owns the conversation: that is a human who joined.
fn messages(
    value: &Cursor<'_>,
    account: Option<String>,
    standby: bool,
    inbound: &mut Inbound<'_>,
) -> Option<()> {
    if value.part("statuses").is_some() {
        inbound.ignore("statuses");
    }
    if value.part("message_echoes").is_some() {
        echoes(value, account.clone(), inbound)?;
    }
    let names = value.items_of("contacts");
    for message in value.items_of("messages") {
        let user = message.must_id("from")?;
        let id = message.must_id("id")?;
        let talk = inbound.talk(account.clone(), user);
        let when = seconds(&message, "timestamp");
        if standby {
            inbound.operator(&talk, format!("{id}.standby"), when, joined());
        }
        let kind = message.said("type").unwrap_or_default();
        let Some(mut read) = read_message(&message, &kind) else {
            inbound.ignore(if kind == "reaction" { "reaction" } else { "system message" });
            continue;
        };
        read.contact = known(contact(&message, &names, &talk, inbound));
        inbound.message(&talk, id, when, read);
    }
    Some(())
}

/// A message by its type; none for what says nothing.
fn read_message(at: &Cursor<'_>, kind: &str) -> Option<Message> {
    let part = at.part(kind);
    let text = |key| part.as_ref().and_then(|c| text_at(c, key));
    let plain = |key| part.as_ref().and_then(|c| plain_at(c, key));
    let pressed = |key| part.as_ref().and_then(|c| button_at(c, key));
    let with = |attachment: Attachment| Message { attachments: vec![attachment], ..Message::default() };
    Some(match kind {
        "text" => Message { text: text("body"), ..Message::default() },
        "button" => Message { button: pressed("payload").or_else(|| pressed("text")), ..Message::default() },
        "interactive" => {
            let interactive = part?;
            let chosen = ["button_reply", "list_reply"].iter().find_map(|key| interactive.part(key));
            match chosen.and_then(|c| c.id_at("id")) {
                Some(id) => Message { button: Some(id), ..Message::default() },
                None => with(attached("form", None)),
            }
        }
        "image" => Message { text: text("caption"), ..with(attached("photo", plain("id"))) },
        "video" => Message { text: text("caption"), ..with(attached("video", plain("id"))) },
        "document" => Message { text: text("caption"), ..with(attached("file", plain("id"))) },
        "audio" if part.as_ref().is_some_and(|c| c.yes("voice")) => with(attached("voice", plain("id"))),
        "audio" => with(attached("audio", plain("id"))),
        "sticker" => with(attached("sticker", plain("id"))),
        "location" => with(location(plain("latitude"), plain("longitude"))),
        "reaction" | "system" | "" => return None,
        other => with(attached(other, None)),
    })
}

fn contact(message: &Cursor<'_>, names: &[Cursor<'_>], talk: &Talk, inbound: &Inbound<'_>) -> Contact {
    let user = talk.key.user.as_str();
    let profile = names.iter().find(|c| plain_at(c, "wa_id").as_deref() == Some(user));
    let name = profile.and_then(|c| plain_at(&c.part("profile")?, "name"));
    let phone = inbound.options.contact_from_channel.then(|| international(user)).flatten();
    let ad = message.part("referral");
    let of_ad = |key| ad.as_ref().and_then(|c| fitting(plain_at(c, key)));
    Contact {
        name: fitting(name),
        phone,
        chat_url: fitting(Some(format!("https://wa.me/{user}"))),
        entry: of_ad("source_url").or_else(|| of_ad("source_id")),
        utm: of_ad("source_url").as_deref().and_then(utm_in).or_else(|| {
            let (source, campaign, content) = (of_ad("source_type"), of_ad("source_id"), of_ad("headline"));
            source.is_some().then(|| Utm { source, campaign, content, ..Utm::default() })
        }),
        ..Contact::default()
    }
}

/// Messages that the business sent from its own application: a human's.
fn echoes(value: &Cursor<'_>, account: Option<String>, inbound: &mut Inbound<'_>) -> Option<()> {
    for echo in value.items_of("message_echoes") {
        let talk = inbound.talk(account.clone(), echo.must_id("to")?);
        let kind = echo.said("type").unwrap_or_default();
        let text = echo.part(&kind).and_then(|c| text_at(&c, "body").or_else(|| text_at(&c, "caption")));
        inbound.operator(&talk, echo.must_id("id")?, seconds(&echo, "timestamp"), wrote(None, text));
    }
    Some(())
}

pub(super) fn encode(effects: &[Outgoing], options: &EncodeOptions) -> Option<Encoded> {
    let mut out = Encoded::default();
    let replies = replies(effects);
    if replies.is_empty() {
        return Some(out);
    }
    let to = options.to();
    let path = options.account.as_ref().map_or_else(|| "messages".to_string(), |id| format!("{id}/messages"));
    for reply in &replies {
        let payloads = match reply.said.window {
            Window::Open => free(reply, &to, &mut out),
            Window::Closed => template(reply, &to, options, &mut out).into_iter().collect(),
        };
        for payload in payloads {
            out.send(Request::post(reply.key, path.clone()), payload);
        }
    }
    Some(out)
}

fn free(reply: &Reply<'_>, to: &Json, out: &mut Encoded) -> Vec<Json> {
    let laid = lay_out(reply, TEXT, &[BUTTONS, LIST], out);
    if laid.menu == Some(1) {
        out.change(ChangeCode::Listed, reply.key, "buttons", laid.buttons.len(), BUTTONS.most);
    }
    let as_list = laid.menu == Some(1);
    let message = |(text, buttons): (&str, &[Button<'_>])| {
        if buttons.is_empty() {
            return envelope(to, "text", json!({ "body": text }));
        }
        let body = json!({ "text": text });
        let interactive = if as_list {
            let rows: Vec<Json> = buttons.iter().map(row).collect();
            let action = json!({ "button": choose(&reply.said.language), "sections": [{ "rows": rows }] });
            json!({ "type": "list", "body": body, "action": action })
        } else {
            let button =
                |b: &Button<'_>| json!({ "type": "reply", "reply": { "id": b.id, "title": b.title } });
            let buttons: Vec<Json> = buttons.iter().map(button).collect();
            json!({ "type": "button", "body": body, "action": { "buttons": buttons } })
        };
        envelope(to, "interactive", interactive)
    };
    laid.messages().map(message).collect()
}

/// A row of a list; the whole title below one that was clipped.
fn row(button: &Button<'_>) -> Json {
    let mut row = json!({ "id": button.id, "title": button.title });
    if let Some(keys) = row.as_object_mut().filter(|_| button.title != button.full) {
        keys.insert("description".into(), DESCRIPTION.clip(button.full).into());
    }
    row
}

/// What opens a list.
fn choose(language: &str) -> &'static str {
    match language {
        "ru" => "Выбрать",
        "uk" => "Обрати",
        _ => "Choose",
    }
}

/// A day after the client's last message only a template is delivered.
fn template(reply: &Reply<'_>, to: &Json, options: &EncodeOptions, out: &mut Encoded) -> Option<Json> {
    let Some(name) = &reply.said.template else {
        out.change(ChangeCode::WindowClosed, reply.key, "", 1, 0);
        return None;
    };
    out.change(ChangeCode::Templated, reply.key, "text", TEXT.length(&reply.said.text), 0);
    let mut template = json!({ "name": name, "language": { "code": reply.said.language } });
    if let (Some(components), Some(keys)) = (options.templates.get(name), template.as_object_mut()) {
        keys.insert("components".into(), components.clone());
    }
    Some(envelope(to, "template", template))
}

fn envelope(to: &Json, kind: &str, content: Json) -> Json {
    json!({
        "messaging_product": "whatsapp", "recipient_type": "individual", "to": to, "type": kind, kind: content,
    })
}
