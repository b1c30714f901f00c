//! ManyChat: the data of a contact in, a Dynamic Block v2 out, or the flat answer of an External Request.
//!
//! Sure (`manychat/dynamic_block_docs`): the data of a contact, the block, 10 messages, 11 quick replies and 5 actions of
//! a response, the types of each channel. Not stated: lengths, so those of the channel behind are held, and 20
//! characters of a title. Guessed: that a message takes three buttons; that a response may carry actions alone; the path of
//! the public API; that a placeholder in the payload of a callback is filled.
//!
//! ManyChat tells no message id: the id of an event is derived from the contact, the time of the last interaction and the
//! text, so a request that it repeats has the same id.

use super::flat::{answer, first_key, is_windowed, plain};
use super::inbound::{Inbound, button_at, fitting, international, known, plain_at, text_at, utm};
use super::layout::{Button, Menu, Reply, lay_out, replies};
use super::options::{EncodeOptions, Form};
use crate::dialog::{Contact, Message};
use crate::document::Cursor;
use crate::error::Code;
use crate::time::Timestamp;
use crate::wire::{ChangeCode, Encoded, Limit, Outgoing, OutgoingKind, Request, derived_id};
use serde_json::{Value as Json, json};

const MESSAGES: usize = 10;
const QUICK_REPLIES: usize = 11;
const ACTIONS: usize = 5;
const BUTTONS: usize = 3;
const TITLE: Limit = Limit::utf16(20);
const SEND: &str = "fb/sending/sendContent";

/// The contact's data as the whole payload, or under `contact` with what else a flow wants to tell: `button`, `text`, `id`.
pub(super) fn decode(at: &Cursor<'_>, inbound: &mut Inbound<'_>) -> Option<()> {
    let wrapped = at.part("contact");
    let person = wrapped.as_ref().unwrap_or(at);
    let Some(user) = person.id_at("id") else {
        at.error(Code::PayloadInvalid, "no data of a contact of ManyChat: `id` is missing");
        return None;
    };
    let talk = inbound.talk(person.id_at("page_id"), user);
    let own = |key| wrapped.as_ref().and_then(|_| plain_at(at, key));
    let button = button_at(at, "button").or_else(|| button_at(person, "button"));
    let text = text_at(at, "text").or_else(|| text_at(person, "last_input_text"));
    let stamp = plain_at(person, "last_interaction").unwrap_or_default();
    let said = button.as_deref().or(text.as_deref()).unwrap_or_default();
    let id = own("id").unwrap_or_else(|| derived_id(&[&talk.key.user, &stamp, said]));
    if text.is_none() && button.is_none() {
        inbound.ignore("empty message");
        return Some(());
    }
    let text = text.filter(|_| button.is_none());
    let message = Message { text, button, contact: known(contact(person, inbound)), ..Message::default() };
    inbound.message(&talk, id, Timestamp::parse(&stamp), message);
    Some(())
}

fn contact(at: &Cursor<'_>, inbound: &Inbound<'_>) -> Contact {
    let number = || plain_at(at, "phone").or_else(|| plain_at(at, "whatsapp_phone"));
    let phone = if inbound.options.contact_from_channel { number() } else { None };
    let growth = at
        .part("last_growth_tool")
        .and_then(|c| plain_at(at, "last_growth_tool").or_else(|| plain_at(&c, "name")));
    Contact {
        name: fitting(plain_at(at, "name")),
        phone: phone.as_deref().and_then(international),
        language: fitting(plain_at(at, "locale")),
        chat_url: fitting(plain_at(at, "live_chat_url")),
        utm: at.part("custom_fields").and_then(|c| utm(&c)),
        entry: fitting(growth),
        ..Contact::default()
    }
}

pub(super) fn encode(effects: &[Outgoing], options: &EncodeOptions) -> Option<Encoded> {
    let mut out = Encoded::default();
    if effects.is_empty() {
        return Some(out);
    }
    let windowed = is_windowed(options.channel.as_deref());
    if options.form == Some(Form::Flat) {
        let flat = answer(effects, windowed, &mut out);
        out.send(Request::answer(first_key(effects)), flat.into());
        return Some(out);
    }
    let mut content = Content::default();
    for reply in replies(effects) {
        if !windowed || reply.in_window(&mut out) {
            content.say(&reply, options, &mut out);
        }
    }
    content.actions = actions(effects, options);
    if !options.may_push() {
        content.keep_one_block(first_key(effects), &mut out);
    }
    content.send(first_key(effects), options, &mut out)?;
    Some(out)
}

/// What goes into blocks.
#[derive(Default)]
struct Content {
    messages: Vec<Json>,
    actions: Vec<Json>,
    quick_replies: Vec<Json>,
}

impl Content {
    fn say(&mut self, reply: &Reply<'_>, options: &EncodeOptions, out: &mut Encoded) {
        // Quick replies belong to the whole response, so only the last buttons of all may become some.
        let quick = is_quick(options);
        let menu = menu(options).filter(|_| reply.last || !quick);
        let laid = lay_out(reply, text(options.channel.as_deref()), menu.as_slice(), out);
        for (text, buttons) in laid.messages() {
            let mut message = json!({ "type": "text", "text": text });
            let mut choices: Vec<Json> = buttons.iter().filter_map(|b| choice(b, options)).collect();
            if quick {
                self.quick_replies.append(&mut choices);
            } else if let Some(keys) = message.as_object_mut().filter(|_| !choices.is_empty()) {
                keys.insert("buttons".into(), choices.into());
            }
            self.messages.push(message);
        }
    }

    /// Without a contact to push to there is the answer alone: what it cannot hold is left out, tags last, for rules
    /// wait for them.
    fn keep_one_block(&mut self, key: &str, out: &mut Encoded) {
        for (path, found, most) in
            [("messages", self.messages.len(), MESSAGES), ("actions", self.actions.len(), ACTIONS)]
        {
            if found > most {
                out.change(ChangeCode::Dropped, key, path, found, most);
            }
        }
        self.messages.truncate(MESSAGES);
        let tags = self.actions.iter().filter(|action| is_tag(action)).count();
        let mut room = (ACTIONS, ACTIONS.saturating_sub(tags));
        self.actions.retain(|action| {
            let room = if is_tag(action) { &mut room.0 } else { &mut room.1 };
            let kept = *room > 0;
            *room = room.saturating_sub(1);
            kept
        });
    }

    /// As many blocks as the limits want: the first answers the request, the others go by the public API.
    fn send(self, key: &str, options: &EncodeOptions, out: &mut Encoded) -> Option<()> {
        let Content { messages, actions, quick_replies } = self;
        if messages.is_empty() && actions.is_empty() {
            return Some(());
        }
        let blocks = messages.len().div_ceil(MESSAGES).max(actions.len().div_ceil(ACTIONS));
        if messages.len() > MESSAGES {
            out.change(ChangeCode::Parted, key, "messages", messages.len(), MESSAGES);
        }
        if actions.len() > ACTIONS {
            out.change(ChangeCode::Parted, key, "actions", actions.len(), ACTIONS);
        }
        let last_text = messages.len().div_ceil(MESSAGES).saturating_sub(1);
        let (mut messages, mut actions) = (messages.chunks(MESSAGES), actions.chunks(ACTIONS));
        for number in 0..blocks {
            let mut content = json!({ "messages": messages.next().unwrap_or_default() });
            if let Some(keys) = content.as_object_mut() {
                if let Some(kind) = options.channel.as_deref().filter(|c| *c != "messenger") {
                    keys.insert("type".into(), kind.into());
                }
                if let Some(actions) = actions.next() {
                    keys.insert("actions".into(), actions.into());
                }
                if number == last_text && !quick_replies.is_empty() {
                    keys.insert("quick_replies".into(), quick_replies.as_slice().into());
                }
            }
            let block = json!({ "version": "v2", "content": content });
            if number == 0 && options.form != Some(Form::Send) {
                out.send(Request::answer(key), block);
            } else {
                let to = options.to();
                out.send(Request::post(key, SEND), json!({ "subscriber_id": to, "data": block }));
            }
        }
        Some(())
    }
}

/// The text limit of the channel behind ManyChat.
fn text(channel: Option<&str>) -> Limit {
    match channel {
        Some("instagram") => Limit::bytes(1000),
        Some("whatsapp" | "telegram") => Limit::utf16(4096),
        _ => Limit::utf16(2000),
    }
}

/// Quick replies exist on Facebook and Instagram only.
fn is_quick(options: &EncodeOptions) -> bool {
    matches!(options.channel.as_deref(), None | Some("messenger" | "instagram"))
}

/// What shows buttons: a flow that calls back, on Facebook a callback; without either there is none.
fn menu(options: &EncodeOptions) -> Option<Menu> {
    let on_facebook = matches!(options.channel.as_deref(), None | Some("messenger"));
    let calls_back = options.flow.is_some() || (on_facebook && options.callback.is_some());
    let most = if is_quick(options) { QUICK_REPLIES } else { BUTTONS };
    let (text, id) = (text(options.channel.as_deref()), Limit::bytes(512));
    calls_back.then_some(Menu { most, text, title: TITLE, id, tokens: false, unique: true })
}

fn choice(button: &Button<'_>, options: &EncodeOptions) -> Option<Json> {
    if let Some(flow) = &options.flow {
        let note = json!({ "action": "set_field_value", "field_name": flow.field, "value": button.id });
        return Some(json!({
            "type": "flow", "caption": button.title, "target": flow.target, "actions": [note],
        }));
    }
    let callback = options.callback.as_ref()?;
    let payload = json!({
        "id": "{{user_id}}", "page_id": "{{page_id}}", "last_interaction": "{{last_interaction}}", "button": button.id,
    });
    Some(json!({
        "type": "dynamic_block_callback", "caption": button.title, "url": callback.url, "method": "post",
        "headers": callback.headers, "payload": payload,
    }))
}

fn is_tag(action: &Json) -> bool {
    action.get("tag_name").is_some()
}

/// Tags and fields are all that a block can change: rules in ManyChat do the rest, so a handoff is the tag that they
/// wait for. Tags and fields must exist there.
fn actions(effects: &[Outgoing], options: &EncodeOptions) -> Vec<Json> {
    let tag =
        |action: &str, name: Option<&str>| name.map(|name| json!({ "action": action, "tag_name": name }));
    let set = |name: Option<&str>, value: Json| {
        name.map(|name| json!({ "action": "set_field_value", "field_name": name, "value": value }))
    };
    let action = |effect: &Outgoing| match &effect.kind {
        OutgoingKind::Tag { tag: name } => tag("add_tag", options.tags.of(name, name)),
        OutgoingKind::Handoff(_) => tag("add_tag", options.tags.of("handoff", "needs_human")),
        OutgoingKind::CreateLead(_) => tag("add_tag", options.tags.of("lead", "lead")),
        // The talk is the bot's again: the next handoff must be able to set the tag anew.
        OutgoingKind::SetStatus { status } if status == "in_work" => {
            tag("remove_tag", options.tags.of("handoff", "needs_human"))
        }
        OutgoingKind::SetStatus { status } => {
            set(options.fields.of("status", "status"), status.as_str().into())
        }
        OutgoingKind::SetField { field, value: Some(value) } => {
            set(options.fields.of(field, field), plain(value))
        }
        OutgoingKind::SetField { field, value: None } => {
            let name = options.fields.of(field, field)?;
            Some(json!({ "action": "unset_field_value", "field_name": name }))
        }
        OutgoingKind::Finish { .. } => tag("add_tag", options.tags.of("finish", "finished")),
        _ => None,
    };
    effects.iter().filter_map(action).collect()
}
