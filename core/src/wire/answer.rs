//! What codecs answer.

use super::change::{Change, ChangeCode};
use crate::dialog::{Contact, Event, Key};
use serde::{Serialize, Serializer};
use serde_json::Value as Json;

/// The events of one payload, by conversation.
///
/// As JSON `{events, key?, contact?, reply?, ignored?, token?}`; where a payload held several conversations, `events` holds
/// all of them and `conversations: [{key?, events, contact?, reply?}]` tells them apart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Decoded {
    /// The conversations, in the order in which the payload first names them.
    pub conversations: Vec<Conversation>,
    /// What the payload held beside them that is no message for a bot, such as receipts.
    pub ignored: Vec<&'static str>,
    /// What the sender proves itself by where it stands in the payload; the host compares it with its own.
    pub token: Option<String>,
}

/// Events of one conversation, in the order of the payload.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Conversation {
    /// Whose dialog; none where the host knows it: the answer of a CRM.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<Key>,
    /// The events.
    pub events: Vec<Event>,
    /// What is known of the client beside events that carry no contact: for the opening of a session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// Options of `encode` that an answer needs beside the user's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply: Option<Json>,
}

impl Decoded {
    /// An event joins the conversation of its key.
    pub(crate) fn push(&mut self, key: Option<Key>, event: Event, reply: Option<Json>) {
        match self.conversations.iter_mut().find(|c| c.key == key) {
            Some(conversation) => {
                conversation.events.push(event);
                conversation.reply = reply.or(conversation.reply.take());
            }
            None => self.conversations.push(Conversation { key, events: vec![event], contact: None, reply }),
        }
    }

    /// What is known of the client of a conversation, for the opening of its session.
    pub(crate) fn introduce(&mut self, key: &Key, contact: Contact) {
        if let Some(conversation) = self.conversations.iter_mut().find(|c| c.key.as_ref() == Some(key)) {
            conversation.contact = Some(contact);
        }
    }

    /// Notes what is no message for a bot, once.
    pub(crate) fn ignore(&mut self, why: &'static str) {
        if !self.ignored.contains(&why) {
            self.ignored.push(why);
        }
    }

    /// Every event, conversation by conversation.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.conversations.iter().flat_map(|c| &c.events)
    }
}

impl Serialize for Decoded {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Shown<'a> {
            events: Vec<&'a Event>,
            #[serde(skip_serializing_if = "Option::is_none")]
            key: Option<&'a Key>,
            #[serde(skip_serializing_if = "Option::is_none")]
            contact: Option<&'a Contact>,
            #[serde(skip_serializing_if = "Option::is_none")]
            reply: Option<&'a Json>,
            #[serde(skip_serializing_if = "Option::is_none")]
            conversations: Option<&'a [Conversation]>,
            #[serde(skip_serializing_if = "Option::is_none")]
            ignored: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            token: Option<&'a str>,
        }
        let (only, several) = match self.conversations.as_slice() {
            [] => (None, None),
            [only] => (Some(only), None),
            several => (None, Some(several)),
        };
        let shown = Shown {
            events: self.events().collect(),
            key: only.and_then(|c| c.key.as_ref()),
            contact: only.and_then(|c| c.contact.as_ref()),
            reply: only.and_then(|c| c.reply.as_ref()),
            conversations: several,
            ignored: (!self.ignored.is_empty()).then(|| self.ignored.join(", ")),
            token: self.token.as_deref(),
        };
        shown.serialize(serializer)
    }
}

/// What a vendor is to be sent: `{payloads, changes, requests}`, as many requests as payloads.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Encoded {
    /// JSON exactly as the vendor takes it, in the order in which it is to be sent.
    pub payloads: Vec<Json>,
    /// What had to be clipped, split or said in another way.
    pub changes: Vec<Change>,
    /// Where each payload goes.
    pub requests: Vec<Request>,
}

/// Where a payload goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Request {
    /// Key of the effect, the first one where several became one payload.
    pub effect: String,
    /// The method of HTTP.
    pub method: &'static str,
    /// The path, or the method of the vendor's API; none where the payload is the answer to the vendor's own request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The target of the definition that it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// The idempotency key: a repeated request with it changes nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

impl Request {
    /// A request that posts to a path for an effect.
    pub(crate) fn post(effect: &str, path: impl Into<String>) -> Self {
        Self { effect: effect.to_string(), method: "POST", path: Some(path.into()), target: None, key: None }
    }

    /// The answer to the request that the vendor made.
    pub(crate) fn answer(effect: &str) -> Self {
        Self { effect: effect.to_string(), method: "POST", path: None, target: None, key: None }
    }
}

impl Encoded {
    /// Another payload.
    pub(crate) fn send(&mut self, request: Request, payload: Json) {
        self.requests.push(request);
        self.payloads.push(payload);
    }

    /// Notes a change that a limit forced.
    pub(crate) fn change(&mut self, code: ChangeCode, effect: &str, path: &str, found: usize, limit: usize) {
        let path = (!path.is_empty()).then(|| path.to_string());
        self.changes.push(Change { code, effect: effect.to_string(), path, found, limit });
    }
}
