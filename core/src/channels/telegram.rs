//! Telegram: updates of the Bot API in, `sendMessage` out.
//!
//! Sure (Bot API 10.1): the shapes, 4,096 characters, 64 bytes of `callback_data`. Inferred: that characters are units
//! of UTF-16; that in a business chat whoever is not the client and no bot is a human of the team.
//!
//! Message ids are unique in a chat, so the event of message 5 is `m5` and an edit of it names `m5`.

use super::inbound::{
    Inbound, Talk, attached, button_at, fitting, full_name, international, known, location, plain_at,
    seconds, text_at, utm_in, wrote,
};
use super::layout::{Laid, Menu, lay_out, replies};
use super::options::EncodeOptions;
use crate::dialog::{Attachment, Contact, EventKind, Message};
use crate::document::Cursor;
use crate::error::Code;
use crate::wire::{Encoded, Limit, Outgoing, Request};
use serde_json::{Value as Json, json};

const TEXT: Limit = Limit::utf16(4096);
/// Buttons of one inline keyboard; the specification states no number, servers refuse more than 100.
const KEYBOARD: Menu = Menu {
    most: 100,
    text: TEXT,
    title: Limit::utf16(256), // none is stated; more is not shown anyway
    id: Limit::bytes(64),
    tokens: true,
    unique: false,
};

pub(super) fn decode(at: &Cursor<'_>, inbound: &mut Inbound<'_>) -> Option<()> {
    let Some(update) = at.id_at("update_id") else {
        at.error(Code::PayloadInvalid, "no update of Telegram: `update_id` is missing");
        return None;
    };
    let reads: [(&str, Read); 7] = [
        ("message", |c, _, i| message(c, None, i)),
        ("edited_message", |c, update, i| message(c, Some(update), i)),
        ("business_message", |c, _, i| business(c, None, i)),
        ("edited_business_message", |c, update, i| business(c, Some(update), i)),
        ("deleted_business_messages", deleted),
        ("callback_query", |c, _, i| callback(c, i)),
        ("my_chat_member", member),
    ];
    for (key, read) in reads {
        if let Some(part) = at.part(key) {
            return read(&part, &update, inbound);
        }
    }
    inbound.ignore("update");
    Some(())
}

type Read = fn(&Cursor<'_>, &str, &mut Inbound<'_>) -> Option<()>;

/// The conversation of a private chat; none in a group or channel.
fn talk_of(at: &Cursor<'_>, inbound: &mut Inbound<'_>) -> Option<Talk> {
    let chat = at.must("chat")?;
    if chat.said("type").is_some_and(|kind| kind != "private") {
        inbound.ignore("group");
        return None;
    }
    let mut talk = inbound.talk(None, chat.must_id("id")?);
    talk.reply = at.id_at("business_connection_id").map(|id| json!({ "business_connection_id": id }));
    Some(talk)
}

/// What Telegram tells of a person.
fn contact_of(from: &Cursor<'_>) -> Contact {
    let link = plain_at(from, "username").map(|name| format!("https://t.me/{name}"));
    let id = || plain_at(from, "id").map(|id| format!("tg://user?id={id}"));
    Contact {
        name: full_name(plain_at(from, "first_name"), plain_at(from, "last_name")),
        language: fitting(plain_at(from, "language_code")),
        chat_url: fitting(link.or_else(id)),
        ..Contact::default()
    }
}

fn message(at: &Cursor<'_>, edit: Option<&str>, inbound: &mut Inbound<'_>) -> Option<()> {
    let Some(talk) = talk_of(at, inbound) else { return Some(()) };
    let Some(from) = at.part("from").filter(|from| !from.yes("is_bot")) else {
        inbound.ignore("bot");
        return Some(());
    };
    said(at, &from, &talk, edit, inbound)
}

/// A message in the chat of a business account: the client's, a human's of the team, or our own.
fn business(at: &Cursor<'_>, edit: Option<&str>, inbound: &mut Inbound<'_>) -> Option<()> {
    let Some(talk) = talk_of(at, inbound) else { return Some(()) };
    let from = at.must("from")?;
    if from.must_id("id")? == talk.key.user {
        return said(at, &from, &talk, edit, inbound);
    }
    if at.part("sender_business_bot").is_some() {
        inbound.ignore("own message");
        return Some(());
    }
    let who = full_name(plain_at(&from, "first_name"), plain_at(&from, "last_name"));
    let operator = wrote(who, text_at(at, "text").or_else(|| text_at(at, "caption")));
    let id = event_id(&at.must_id("message_id")?, edit);
    inbound.operator(&talk, id, seconds(at, "date"), operator);
    Some(())
}

/// A message of the client's.
fn said(
    at: &Cursor<'_>,
    from: &Cursor<'_>,
    talk: &Talk,
    edit: Option<&str>,
    inbound: &mut Inbound<'_>,
) -> Option<()> {
    let number = at.must_id("message_id")?;
    let (id, when) =
        (event_id(&number, edit), seconds(at, if edit.is_some() { "edit_date" } else { "date" }));
    let mut contact = contact_of(from);
    let mut text = text_at(at, "text").or_else(|| text_at(at, "caption"));
    if let Some(start) = text.as_deref().filter(|_| edit.is_none()).and_then(started) {
        contact.entry = fitting(Some(start.to_string()));
        contact.utm = utm_in(start);
        inbound.fact(talk, id, when, "started", contact);
        return Some(());
    }
    let mut attachments = attachments(at);
    if let Some(card) = at.part("contact") {
        // A card of somebody else's is no number of the client's.
        let own = card.id_at("user_id").is_some_and(|id| from.id_at("id").is_some_and(|from| from == id));
        match plain_at(&card, "phone_number").filter(|_| own).and_then(|p| international(&p)) {
            Some(phone) => {
                text.get_or_insert_with(|| phone.clone());
                contact.phone = Some(phone);
            }
            None => attachments.push(attached("contact", None)),
        }
    }
    if text.is_none() && attachments.is_empty() {
        inbound.ignore("service message");
        return Some(());
    }
    let edited = edit.map(|_| event_id(&number, None));
    let message = Message { text, attachments, contact: known(contact), edited, ..Message::default() };
    inbound.message(talk, id, when, message);
    Some(())
}

/// What the link of a start button carried; empty for a plain start.
fn started(text: &str) -> Option<&str> {
    let rest = text.trim().strip_prefix("/start")?;
    (rest.is_empty() || rest.starts_with(' ')).then_some(rest.trim())
}

/// An edit is an event of its own.
fn event_id(message: &str, edit: Option<&str>) -> String {
    edit.map_or_else(|| format!("m{message}"), |update| format!("u{update}"))
}

fn attachments(at: &Cursor<'_>) -> Vec<Attachment> {
    let photo = at.items_of("photo").last().and_then(|size| size.id_at("file_id"));
    let photo = photo.map(|id| attached("photo", Some(id)));
    let files = [
        ("voice", "voice"),
        ("audio", "audio"),
        ("video", "video"),
        ("video_note", "video"),
        ("document", "file"),
        ("sticker", "sticker"),
    ];
    // An animation comes as a document too.
    let files = files.into_iter().filter_map(|(key, kind)| Some((kind, at.part(key)?.id_at("file_id")?)));
    let place = at.part("location").map(|c| location(plain_at(&c, "latitude"), plain_at(&c, "longitude")));
    photo.into_iter().chain(files.map(|(kind, id)| attached(kind, Some(id)))).chain(place).collect()
}

fn deleted(at: &Cursor<'_>, update: &str, inbound: &mut Inbound<'_>) -> Option<()> {
    let Some(talk) = talk_of(at, inbound) else { return Some(()) };
    for (place, message) in at.must("message_ids")?.list().iter().enumerate() {
        let of = event_id(&message.id()?, None);
        inbound.event(&talk, format!("u{update}.{place}"), None, EventKind::Deleted { of });
    }
    Some(())
}

fn callback(at: &Cursor<'_>, inbound: &mut Inbound<'_>) -> Option<()> {
    let id = at.must_id("id")?;
    let from = at.must("from")?;
    let message = at.part("message");
    let mut talk = match &message {
        Some(message) => match talk_of(message, inbound) {
            Some(talk) => talk,
            None => return Some(()),
        },
        None => inbound.talk(None, from.must_id("id")?),
    };
    let Some(data) = button_at(at, "data") else {
        inbound.ignore("game");
        return Some(());
    };
    let mut reply = talk.reply.take().unwrap_or_else(|| json!({}));
    if let Some(keys) = reply.as_object_mut() {
        keys.insert("callback_query_id".to_string(), Json::String(id.clone()));
    }
    talk.reply = Some(reply);
    // A token stands for an id that was too long: the keyboard that was pressed still shows its title.
    let title = message.filter(|_| data.starts_with('~')).and_then(|m| pressed_title(&m, &data));
    let message = Message {
        button: Some(title.unwrap_or(data)),
        contact: known(contact_of(&from)),
        ..Message::default()
    };
    inbound.message(&talk, format!("c{id}"), None, message);
    Some(())
}

/// The title of the button whose data was pressed.
fn pressed_title(message: &Cursor<'_>, data: &str) -> Option<String> {
    let rows = message.part("reply_markup")?.items_of("inline_keyboard");
    let mut buttons = rows.iter().flat_map(Cursor::one_or_list);
    buttons
        .find(|b| plain_at(b, "callback_data").as_deref() == Some(data))
        .and_then(|b| button_at(&b, "text"))
}

/// The client blocked the bot, or came back.
fn member(at: &Cursor<'_>, update: &str, inbound: &mut Inbound<'_>) -> Option<()> {
    let Some(talk) = talk_of(at, inbound) else { return Some(()) };
    let status = at.part("new_chat_member").and_then(|c| c.said("status"));
    let fact = match status.as_deref() {
        Some("kicked" | "left") => "unsubscribed",
        Some("member") => "subscribed",
        _ => {
            inbound.ignore("update");
            return Some(());
        }
    };
    inbound.fact(&talk, format!("u{update}"), seconds(at, "date"), fact, Contact::default());
    Some(())
}

pub(super) fn encode(effects: &[Outgoing], options: &EncodeOptions) -> Option<Encoded> {
    let mut out = Encoded::default();
    let replies = replies(effects);
    let first = effects.first().map(|e| e.key.as_str()).unwrap_or_default();
    if let Some(query) = &options.callback_query_id {
        out.send(Request::post(first, "answerCallbackQuery"), json!({ "callback_query_id": query }));
    }
    if replies.is_empty() {
        return Some(out);
    }
    let chat = number_or_text(options.to());
    for reply in &replies {
        // A business account may answer for 24 hours; a bot of its own at any time.
        if options.business_connection_id.is_some() && !reply.in_window(&mut out) {
            continue;
        }
        let laid = lay_out(reply, TEXT, &[KEYBOARD], &mut out);
        for payload in payloads(&laid, &chat, options) {
            out.send(Request::post(reply.key, "sendMessage"), payload);
        }
    }
    Some(out)
}

fn payloads(laid: &Laid<'_>, chat: &Json, options: &EncodeOptions) -> Vec<Json> {
    let message = |(text, buttons): (&str, &[super::layout::Button<'_>])| {
        let mut payload = json!({ "chat_id": chat, "text": text });
        let row = |b: &super::layout::Button<'_>| json!([{ "text": b.title, "callback_data": b.id }]);
        if let Some(keys) = payload.as_object_mut() {
            if !buttons.is_empty() {
                let rows: Vec<Json> = buttons.iter().map(row).collect();
                keys.insert("reply_markup".into(), json!({ "inline_keyboard": rows }));
            }
            if let Some(id) = &options.business_connection_id {
                keys.insert("business_connection_id".into(), json!(id));
            }
        }
        payload
    };
    laid.messages().map(message).collect()
}

/// Chats have numbers, channels may have names.
fn number_or_text(id: Json) -> Json {
    let number = id.as_str().and_then(|id| id.parse::<i64>().ok());
    number.map_or(id, Json::from)
}
