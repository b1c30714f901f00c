//! Messenger and Instagram: webhooks of `page` and `instagram` in, the Send API out.
//!
//! Sure (Meta's reference): the webhook, echoes, 13 quick replies of 20 characters with payloads of 1,000. Third parties:
//! 1,000 bytes of text on Instagram. Guessed: 2,000 characters of text on Messenger, counted in UTF-16. Inferred: that
//! an echo which neither carries our mark nor comes from an app of ours is a human's, that `standby` means that
//! somebody else owns the conversation, that a message tag may be named where a template is.

use super::inbound::{
    Inbound, Talk, attached, button_at, fitting, joined, known, millis, plain_at, text_at, utm_in, wrote,
};
use super::layout::{Button, Menu, lay_out, replies};
use super::options::EncodeOptions;
use crate::dialog::{Attachment, Contact, EventKind, Message, Operator, OperatorAction, Window};
use crate::document::Cursor;
use crate::error::Code;
use crate::limits;
use crate::wire::{ChangeCode, Encoded, Limit, Outgoing, Request, derived_id};
use serde_json::{Value as Json, json};

/// What our own messages begin their metadata with, where the host names nothing else.
const MARK: &str = "dlg:";

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Messenger,
    Instagram,
}

impl Kind {
    fn text(self) -> Limit {
        match self {
            Kind::Messenger => Limit::utf16(2000),
            Kind::Instagram => Limit::bytes(1000),
        }
    }

    fn quick_replies(self) -> Menu {
        // The vendor takes payloads of 1,000 characters, an event a button of 512 bytes.
        let (title, id) = (Limit::utf16(20), Limit::bytes(limits::ID_BYTES));
        Menu { most: 13, text: self.text(), title, id, tokens: false, unique: false }
    }
}

pub(super) fn decode(at: &Cursor<'_>, inbound: &mut Inbound<'_>) -> Option<()> {
    let object = at.said("object").unwrap_or_default();
    if !matches!(object.as_str(), "page" | "instagram") {
        at.error(
            Code::PayloadInvalid,
            "no webhook of Messenger or Instagram: `object` is neither `page` nor `instagram`",
        );
        return None;
    }
    for entry in at.must("entry")?.list() {
        for item in entry.items_of("messaging") {
            read_item(&item, false, inbound)?;
        }
        for item in entry.items_of("standby") {
            read_item(&item, true, inbound)?;
        }
        if entry.part("changes").is_some() {
            inbound.ignore("changes");
        }
    }
    Some(())
}

/// Who wrote to whom: the conversation with the client, and the moment.
struct Item<'a, 'c> {
    at: &'c Cursor<'a>,
    sender: String,
    recipient: String,
}

fn read_item(at: &Cursor<'_>, standby: bool, inbound: &mut Inbound<'_>) -> Option<()> {
    let party = |key| at.must(key)?.must_id("id");
    let item = Item { at, sender: party("sender")?, recipient: party("recipient")? };
    let when = millis(at, "timestamp");
    let stamp = plain_at(at, "timestamp").unwrap_or_default();
    let derived = |what: &str| derived_id(&[&item.sender, &item.recipient, &stamp, what]);
    let from_client = |inbound: &Inbound<'_>| inbound.talk(Some(item.recipient.clone()), item.sender.clone());
    if let Some(message) = at.part("message") {
        if message.yes("is_echo") {
            return echo(&item, &message, inbound);
        }
        let talk = from_client(inbound);
        let id = message.must_id("mid")?;
        if standby {
            inbound.operator(&talk, format!("{id}.standby"), when, joined());
        }
        if message.yes("is_deleted") {
            inbound.event(&talk, format!("{id}.deleted"), when, EventKind::Deleted { of: id });
            return Some(());
        }
        let read = client_message(&item, &message, inbound);
        return read.map_or(Some(()), |read| {
            inbound.message(&talk, id, when, read);
            Some(())
        });
    }
    if let Some(edit) = at.part("message_edit") {
        let (talk, of) = (from_client(inbound), edit.must_id("mid")?);
        let number = plain_at(&edit, "num_edit").unwrap_or_else(|| stamp.clone());
        let read = Message { text: text_at(&edit, "text"), edited: Some(of.clone()), ..Message::default() };
        inbound.message(&talk, format!("{of}.edit{number}"), when, read);
        return Some(());
    }
    if let Some(postback) = at.part("postback") {
        let talk = from_client(inbound);
        let button = button_at(&postback, "payload").or_else(|| button_at(&postback, "title"));
        let id = postback.id_at("mid").unwrap_or_else(|| derived(button.as_deref().unwrap_or_default()));
        let contact = entry_of(postback.part("referral"));
        let read = Message { button, contact: known(contact), ..Message::default() };
        inbound.message(&talk, id, when, read);
        return Some(());
    }
    if let Some(referral) = at.part("referral") {
        let talk = from_client(inbound);
        inbound.fact(&talk, derived("referral"), when, "started", entry_of(Some(referral)));
        return Some(());
    }
    control(&item, &derived("control"), inbound)
}

/// Our own message come back, or one that a human of the team wrote.
fn echo(item: &Item<'_, '_>, message: &Cursor<'_>, inbound: &mut Inbound<'_>) -> Option<()> {
    let app = message.id_at("app_id");
    let mark = inbound.options.mark.as_deref().unwrap_or(MARK);
    let marked = plain_at(message, "metadata").is_some_and(|m| m.starts_with(mark));
    if marked || app.as_ref().is_some_and(|app| inbound.options.own_app_ids.contains(app)) {
        inbound.ignore("own message");
        return Some(());
    }
    let talk = inbound.talk(Some(item.sender.clone()), item.recipient.clone());
    let text = text_at(message, "text");
    inbound.operator(&talk, message.must_id("mid")?, millis(item.at, "timestamp"), wrote(app, text));
    Some(())
}

/// What the client wrote, pressed or sent; none where it says nothing.
fn client_message(item: &Item<'_, '_>, message: &Cursor<'_>, inbound: &mut Inbound<'_>) -> Option<Message> {
    let button = message.part("quick_reply").and_then(|c| button_at(&c, "payload"));
    let text = text_at(message, "text").filter(|_| button.is_none());
    let attachments: Vec<Attachment> = message.items_of("attachments").iter().map(attachment).collect();
    if text.is_none() && button.is_none() && attachments.is_empty() {
        inbound.ignore("empty message");
        return None;
    }
    let contact = entry_of(message.part("referral").or_else(|| item.at.part("referral")));
    Some(Message { text, button, attachments, contact: known(contact), ..Message::default() })
}

fn attachment(at: &Cursor<'_>) -> Attachment {
    let link = at.part("payload").and_then(|c| plain_at(&c, "url"));
    let kind = at.said("type").unwrap_or_default();
    let kind = match kind.as_str() {
        "image" => "photo",
        "audio" => "voice",
        "" => "file",
        other => other,
    };
    attached(kind, link)
}

/// Where the client came from: the link, or the advertisement.
fn entry_of(referral: Option<Cursor<'_>>) -> Contact {
    let Some(referral) = referral else { return Contact::default() };
    let link = plain_at(&referral, "ref");
    let entry =
        link.clone().or_else(|| plain_at(&referral, "ad_id")).or_else(|| plain_at(&referral, "source"));
    Contact { entry: fitting(entry), utm: link.as_deref().and_then(utm_in), ..Contact::default() }
}

/// Who owns the conversation now: an app of ours, or somebody else.
fn control(item: &Item<'_, '_>, id: &str, inbound: &mut Inbound<'_>) -> Option<()> {
    let passed = ["pass_thread_control", "take_thread_control"].iter().find_map(|key| item.at.part(key));
    let Some(passed) = passed else {
        inbound.ignore("receipt");
        return Some(());
    };
    let owner = passed.id_at("new_owner_app_id");
    let ours = owner.is_some_and(|owner| inbound.options.own_app_ids.contains(&owner));
    let talk: Talk = inbound.talk(Some(item.recipient.clone()), item.sender.clone());
    let action = if ours { OperatorAction::Left } else { OperatorAction::Joined };
    let operator = Operator { action, who: None, text: None };
    inbound.operator(&talk, id.to_string(), millis(item.at, "timestamp"), operator);
    Some(())
}

pub(super) fn encode(effects: &[Outgoing], options: &EncodeOptions, kind: Kind) -> Option<Encoded> {
    let mut out = Encoded::default();
    let replies = replies(effects);
    if replies.is_empty() {
        return Some(out);
    }
    let to = options.to();
    let mark = options.mark.as_deref().unwrap_or(MARK);
    for reply in &replies {
        let tag = reply.said.template.as_deref().filter(|_| reply.said.window == Window::Closed);
        if tag.is_none() && !reply.in_window(&mut out) {
            continue;
        }
        if tag.is_some() {
            out.change(ChangeCode::Templated, reply.key, "", 1, 0);
        }
        let laid = lay_out(reply, kind.text(), &[kind.quick_replies()], &mut out);
        for (text, buttons) in laid.messages() {
            let metadata = format!("{mark}{}", reply.key);
            out.send(Request::post(reply.key, "me/messages"), payload(&to, text, buttons, tag, &metadata));
        }
    }
    Some(out)
}

fn payload(to: &Json, text: &str, buttons: &[Button<'_>], tag: Option<&str>, metadata: &str) -> Json {
    let mut message = json!({ "text": text, "metadata": metadata });
    let quick = |b: &Button<'_>| json!({ "content_type": "text", "title": b.title, "payload": b.id });
    if let Some(keys) = message.as_object_mut().filter(|_| !buttons.is_empty()) {
        keys.insert("quick_replies".into(), buttons.iter().map(quick).collect());
    }
    let recipient = (!to.is_null()).then(|| json!({ "id": to }));
    match tag {
        Some(tag) => {
            json!({ "recipient": recipient, "messaging_type": "MESSAGE_TAG", "tag": tag, "message": message })
        }
        None => json!({ "recipient": recipient, "messaging_type": "RESPONSE", "message": message }),
    }
}
