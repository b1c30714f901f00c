//! What readers of all vendors share: whose dialog it is, what is known of the client, events of each kind.

use super::Channel;
use super::options::DecodeOptions;
use crate::dialog::{Attachment, Contact, Event, EventKind, Key, Message, Operator, OperatorAction, Utm};
use crate::document::{Cursor, Value};
use crate::error::Code;
use crate::limits;
use crate::time::Timestamp;
use crate::wire::{Decoded, derived_id};
use serde_json::{Value as Json, json};

/// A payload being read.
pub(super) struct Inbound<'o> {
    pub(super) channel: Channel,
    pub(super) options: &'o DecodeOptions,
    pub(super) decoded: Decoded,
}

/// The conversation that an event belongs to.
#[derive(Debug, Clone)]
pub(super) struct Talk {
    pub(super) key: Key,
    /// Options of `encode` that an answer needs beside the user.
    pub(super) reply: Option<Json>,
}

impl<'o> Inbound<'o> {
    pub(super) fn new(channel: Channel, options: &'o DecodeOptions) -> Self {
        Self { channel, options, decoded: Decoded::default() }
    }

    /// The conversation with a user; the account is the host's name for it, else the vendor's.
    pub(super) fn talk(&self, account: Option<String>, user: String) -> Talk {
        let account = self.options.account.clone().or(account).unwrap_or_default();
        let channel = self.options.channel.clone().unwrap_or_else(|| self.channel.name().to_string());
        Talk { key: Key { channel, account, user }, reply: None }
    }

    pub(super) fn event(&mut self, talk: &Talk, id: String, at: Option<Timestamp>, kind: EventKind) {
        // An id that grew beyond the bound is stood for by its digest.
        let id = if id.len() > limits::ID_BYTES { derived_id(&[&id]) } else { id };
        self.decoded.push(Some(talk.key.clone()), Event { id, at, kind }, talk.reply.clone());
    }

    pub(super) fn message(&mut self, talk: &Talk, id: String, at: Option<Timestamp>, mut message: Message) {
        if message.attachments.len() > limits::ATTACHMENTS {
            message.attachments.truncate(limits::ATTACHMENTS);
            self.ignore("attachments beyond the bound");
        }
        self.event(talk, id, at, EventKind::Message(message));
    }

    /// A fact, with the entry that led to it. What is known of the client goes to the opening of the session, for a
    /// fact carries no contact.
    pub(super) fn fact(
        &mut self,
        talk: &Talk,
        id: String,
        at: Option<Timestamp>,
        name: &str,
        contact: Contact,
    ) {
        let data = contact.entry.as_ref().map(|entry| json!({ "entry": entry }));
        self.event(talk, id, at, EventKind::Fact { name: name.to_string(), data });
        if let Some(contact) = known(contact) {
            self.decoded.introduce(&talk.key, contact);
        }
    }

    pub(super) fn operator(&mut self, talk: &Talk, id: String, at: Option<Timestamp>, operator: Operator) {
        self.event(talk, id, at, EventKind::Operator(operator));
    }

    /// Notes what is no message for a bot.
    pub(super) fn ignore(&mut self, why: &'static str) {
        self.decoded.ignore(why);
    }
}

/// What a human of the team's wrote.
pub(super) fn wrote(who: Option<String>, text: Option<String>) -> Operator {
    Operator { action: OperatorAction::Message, who, text }
}

/// A human of the team's took over.
pub(super) fn joined() -> Operator {
    Operator { action: OperatorAction::Joined, who: None, text: None }
}

/// The contact, unless nothing is known.
pub(super) fn known(contact: Contact) -> Option<Contact> {
    (contact != Contact::default()).then_some(contact)
}

/// A text about a client; one beyond the bound says nothing of a person and is left out.
pub(super) fn fitting(text: Option<String>) -> Option<String> {
    text.map(|t| t.trim().to_string()).filter(|t| !t.is_empty() && t.len() <= limits::CONTACT_BYTES)
}

/// First and last name, as people write them.
pub(super) fn full_name(first: Option<String>, last: Option<String>) -> Option<String> {
    let parts: Vec<String> = [first, last].into_iter().flatten().collect();
    fitting(Some(parts.join(" ")))
}

/// E.164 has 15; a vendor's own numbering may have a few more.
const PHONE_DIGITS: usize = 20;

/// Digits of a phone as E.164 writes them.
pub(super) fn international(phone: &str) -> Option<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    (1..=PHONE_DIGITS).contains(&digits.len()).then(|| format!("+{digits}"))
}

/// Marks of a campaign out of fields called `utm_source` and so on.
pub(super) fn utm(fields: &Cursor<'_>) -> Option<Utm> {
    marks(|mark| fitting(plain_at(fields, &format!("utm_{mark}"))))
}

/// Marks of a campaign out of a link's payload: `utm_source=ig&utm_campaign=spring`.
pub(super) fn utm_in(link: &str) -> Option<Utm> {
    let pairs = link.rsplit(['?', '#']).next().unwrap_or_default();
    marks(|mark| {
        let names = |pair: &&str| pair.strip_prefix("utm_").is_some_and(|p| p.starts_with(mark));
        let found = pairs.split('&').filter(names).find_map(|pair| {
            let (name, value) = pair.split_once('=')?;
            (name.strip_prefix("utm_") == Some(mark)).then(|| value.to_string())
        });
        fitting(found)
    })
}

fn marks(mark: impl Fn(&str) -> Option<String>) -> Option<Utm> {
    let utm = Utm {
        source: mark("source"),
        medium: mark("medium"),
        campaign: mark("campaign"),
        term: mark("term"),
        content: mark("content"),
    };
    (utm != Utm::default()).then_some(utm)
}

/// A text or number under a key, as it was written; none for anything else.
pub(super) fn plain_at(at: &Cursor<'_>, key: &str) -> Option<String> {
    plain(&at.part(key)?)
}

/// A text or number, as it was written.
pub(super) fn plain(at: &Cursor<'_>) -> Option<String> {
    match &at.node.value {
        Value::Text(text) | Value::Refused(text) => Some(text.clone()),
        Value::Int(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The text of a message under a key; above the bound of events it is an error.
pub(super) fn text_at(at: &Cursor<'_>, key: &str) -> Option<String> {
    bounded(at, key, at.said(key)?, limits::MESSAGE_BYTES)
}

/// The id or title of a button under a key; above the bound of events it is an error.
pub(super) fn button_at(at: &Cursor<'_>, key: &str) -> Option<String> {
    bounded(at, key, plain_at(at, key).filter(|id| !id.is_empty())?, limits::ID_BYTES)
}

fn bounded(at: &Cursor<'_>, key: &str, text: String, most: usize) -> Option<String> {
    if text.len() > most {
        at.down(key).error(Code::Limit, format!("{} bytes; at most {most} are read", text.len()));
        return None;
    }
    Some(text)
}

/// An instant in seconds since 1970, as a number or as digits.
pub(super) fn seconds(at: &Cursor<'_>, key: &str) -> Option<Timestamp> {
    number_at(at, key).and_then(|n| n.checked_mul(1000)).map(Timestamp::from_millis)
}

/// An instant in milliseconds since 1970.
pub(super) fn millis(at: &Cursor<'_>, key: &str) -> Option<Timestamp> {
    number_at(at, key).map(Timestamp::from_millis)
}

fn number_at(at: &Cursor<'_>, key: &str) -> Option<i64> {
    plain_at(at, key)?.parse().ok()
}

/// Something sent with a message; a reference beyond the bound is left out.
pub(super) fn attached(kind: &str, reference: Option<String>) -> Attachment {
    let reference = reference.filter(|r| !r.is_empty() && r.len() <= limits::REFERENCE_BYTES);
    Attachment { kind: kind.to_string(), reference }
}

/// A place on the map: `50.45,30.52`.
pub(super) fn location(latitude: Option<String>, longitude: Option<String>) -> Attachment {
    let reference = latitude.zip(longitude).map(|(lat, long)| format!("{lat},{long}"));
    attached("location", reference)
}
