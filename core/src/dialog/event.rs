//! Events: what the host tells the bot.

use crate::document::{Cursor, Keys, Node, Report, data};
use crate::error::{Code, Error};
use crate::limits;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// Something that happened, unique by its id.
///
/// The id is the vendor's own where there is one. A repeated id within the last 64 events and 26 hours changes
/// nothing: vendors repeat a webhook for up to a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Event {
    /// Unique per delivery.
    pub id: String,
    /// When it happened, where the vendor says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// What happened.
    #[serde(flatten)]
    pub kind: EventKind,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(clippy::large_enum_variant)] // nearly every event is a message; a box would cost each of them
pub enum EventKind {
    /// The client wrote, pressed a button or sent something.
    Message(Message),
    /// The client deleted a message; it is recorded.
    Deleted {
        /// Id of the message.
        of: String,
    },
    /// A human of the team's.
    Operator(Operator),
    /// The host stops, resumes or restarts the bot.
    Control {
        /// What to do.
        action: ControlAction,
    },
    /// The host answers an effect.
    Result(EffectResult),
    /// The host tells a fact: `started`, `no_show`, `payment`, …
    Fact {
        /// Its name.
        name: String,
        /// Its data.
        #[serde(skip_serializing_if = "Option::is_none", serialize_with = "data::write_some")]
        data: Option<Json>,
    },
}

/// A message of the client's.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Message {
    /// What the client typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Id or title of the button pressed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub button: Option<String>,
    /// Photos, files, voice.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// What the channel tells of the client.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// Id of the message that this one edits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edited: Option<String>,
    /// The language of the client's device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The host's embedding of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vector: Option<Vec<i8>>,
}

/// Something sent with a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attachment {
    /// `photo`, `file`, `voice`, …
    pub kind: String,
    /// The host's reference.
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// What is known of a client from the channel, beside the dialog.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Contact {
    /// The name shown by the channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The channel's phone; no phone that the client gave, unless the definition says `contact: {phone: use}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The language of the device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// A link to the chat for the team.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat_url: Option<String>,
    /// Where the client came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub utm: Option<Utm>,
    /// `chat`, `call` or `form`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The entry point: an advertisement, a link, a form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
}

/// Marks of a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)] // the names of the marks
pub struct Utm {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub medium: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaign: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub term: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
}

impl Utm {
    pub(crate) fn read(at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let text = |key| keys.get(key).and_then(|c| c.bounded_text(limits::CONTACT_BYTES));
        let utm = Self {
            source: text("source"),
            medium: text("medium"),
            campaign: text("campaign"),
            term: text("term"),
            content: text("content"),
        };
        keys.end();
        Some(utm)
    }
}

/// What a human of the team's did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Operator {
    /// Joined, wrote or left.
    pub action: OperatorAction,
    /// Who.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// What they wrote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// The answer to an effect.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EffectResult {
    /// Key of the effect.
    pub effect: String,
    /// The target that answers; all of them where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Whether it went well.
    pub ok: bool,
    /// Data of the answer.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "data::write_some")]
    pub data: Option<Json>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// What an operator did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the words of the contract
pub enum OperatorAction {
    Joined,
    Message,
    Left,
}

/// What the host does to the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the words of the contract
pub enum ControlAction {
    Stop,
    Resume,
    Restart,
}

impl Event {
    /// Reads an event in JSON, strictly: unknown and duplicate keys, fractions and over-long texts are refused.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        Self::from_node(&Node::from_json(text)?)
    }

    /// Reads an event from a document.
    pub fn from_node(node: &Node) -> Result<Self, Error> {
        let report = Report::of(node);
        let event = read(&report.root());
        report.into_first(event)
    }

    /// A typed message.
    pub fn text(id: impl Into<String>, text: impl Into<String>) -> Self {
        let message = Message { text: Some(text.into()), ..Message::default() };
        Self { id: id.into(), at: None, kind: EventKind::Message(message) }
    }
}

impl EventKind {
    /// Refuses data that no JSON of the contract could have brought.
    pub(super) fn check(&self) -> Result<(), Error> {
        let (EventKind::Result(EffectResult { data, .. }) | EventKind::Fact { data, .. }) = self else {
            return Ok(());
        };
        if data.as_ref().is_none_or(data::is_whole) {
            return Ok(());
        }
        Err(Error::new(Code::NumberRefused, "data", "a fraction found, whole numbers expected"))
    }
}

impl Contact {
    /// Reads a contact from a document.
    pub fn from_node(node: &Node) -> Result<Self, Error> {
        let report = Report::of(node);
        let contact = contact(&report.root());
        report.into_first(contact)
    }

    /// Takes over what a later message tells.
    pub(crate) fn update(&mut self, newer: &Contact) {
        let take = |old: &mut Option<String>, new: &Option<String>| {
            if new.is_some() {
                old.clone_from(new);
            }
        };
        take(&mut self.name, &newer.name);
        take(&mut self.phone, &newer.phone);
        take(&mut self.language, &newer.language);
        take(&mut self.chat_url, &newer.chat_url);
        take(&mut self.source, &newer.source);
        take(&mut self.entry, &newer.entry);
        if newer.utm.is_some() {
            self.utm.clone_from(&newer.utm);
        }
    }
}

fn read(at: &Cursor<'_>) -> Option<Event> {
    let keys = at.keys()?;
    let id = keys.need("id").and_then(|c| {
        let id = c.bounded_text(limits::ID_BYTES)?;
        if id.is_empty() {
            c.error(Code::Empty, "an event without an id");
            return None;
        }
        Some(id)
    });
    let when = keys.get("at").map(|c| c.instant());
    let kind = keys.need("kind").and_then(|c| {
        c.one_of(&[
            ("message", "message"),
            ("deleted", "deleted"),
            ("operator", "operator"),
            ("control", "control"),
            ("result", "result"),
            ("fact", "fact"),
        ])
    });
    let kind = match kind? {
        "message" => message(&keys).map(EventKind::Message),
        "deleted" => keys.need("of").and_then(|c| c.text()).map(|of| EventKind::Deleted { of }),
        "operator" => operator(&keys).map(EventKind::Operator),
        "control" => keys.need("action").and_then(|c| {
            c.one_of(&[
                ("stop", ControlAction::Stop),
                ("resume", ControlAction::Resume),
                ("restart", ControlAction::Restart),
            ])
            .map(|action| EventKind::Control { action })
        }),
        "result" => result(&keys).map(EventKind::Result),
        _ => {
            let data = keys.get("data").map(|c| c.data());
            keys.need("name").and_then(|c| c.filled_text()).map(|name| EventKind::Fact { name, data })
        }
    };
    keys.end();
    let when = match when {
        Some(when) => Some(when?),
        None => None,
    };
    Some(Event { id: id?, at: when, kind: kind? })
}

fn message(keys: &Keys<'_>) -> Option<Message> {
    let text = keys.get("text").map(|c| c.bounded_text(limits::MESSAGE_BYTES));
    let attachments = keys.get("attachments").map(|c| c.list()).unwrap_or_default();
    if attachments.len() > limits::ATTACHMENTS {
        let message = format!("{} attachments; at most {} are read", attachments.len(), limits::ATTACHMENTS);
        keys.map().error(Code::Limit, message);
    }
    let vector = keys.get("vector").map(|c| vector(&c));
    let message = Message {
        text: flatten(text)?,
        button: keys.get("button").and_then(|c| c.bounded_text(limits::ID_BYTES)),
        attachments: attachments.iter().filter_map(attachment).collect(),
        contact: keys.get("contact").and_then(|c| contact(&c)),
        edited: keys.get("edited").and_then(|c| c.text()),
        language: keys.get("language").and_then(|c| c.text()),
        vector: flatten(vector)?,
    };
    Some(message)
}

/// Tells «absent» from «could not be read».
fn flatten<T>(value: Option<Option<T>>) -> Option<Option<T>> {
    match value {
        Some(None) => None,
        Some(Some(value)) => Some(Some(value)),
        None => Some(None),
    }
}

fn vector(at: &Cursor<'_>) -> Option<Vec<i8>> {
    let items = at.list();
    if items.len() > limits::VECTOR_DIMENSIONS {
        at.error(Code::Limit, format!("{} dimensions; at most {}", items.len(), limits::VECTOR_DIMENSIONS));
        return None;
    }
    let component = |c: &Cursor<'_>| {
        let value = i8::try_from(c.int()?).ok();
        if value.is_none() {
            c.error(Code::UnknownValue, "a component outside -128 to 127");
        }
        value
    };
    items.iter().map(component).collect()
}

fn attachment(at: &Cursor<'_>) -> Option<Attachment> {
    let keys = at.keys()?;
    let kind = keys.need("kind").and_then(|c| c.filled_text());
    let reference = keys.get("ref").and_then(|c| c.bounded_text(limits::REFERENCE_BYTES));
    keys.end();
    Some(Attachment { kind: kind?, reference })
}

fn contact(at: &Cursor<'_>) -> Option<Contact> {
    let keys = at.keys()?;
    let text = |key| keys.get(key).and_then(|c| c.bounded_text(limits::CONTACT_BYTES));
    let contact = Contact {
        name: text("name"),
        phone: text("phone"),
        language: text("language"),
        chat_url: keys.get("chat_url").and_then(|c| c.bounded_text(limits::REFERENCE_BYTES)),
        utm: keys.get("utm").and_then(|c| Utm::read(&c)),
        source: keys.get("source").and_then(|c| {
            c.one_of(&[("chat", "chat"), ("call", "call"), ("form", "form")]).map(str::to_string)
        }),
        entry: text("entry"),
    };
    keys.end();
    Some(contact)
}

fn operator(keys: &Keys<'_>) -> Option<Operator> {
    let action = keys.need("action").and_then(|c| {
        c.one_of(&[
            ("joined", OperatorAction::Joined),
            ("message", OperatorAction::Message),
            ("left", OperatorAction::Left),
        ])
    });
    let who = keys.get("who").and_then(|c| c.bounded_text(limits::REFERENCE_BYTES));
    let text = keys.get("text").and_then(|c| c.bounded_text(limits::MESSAGE_BYTES));
    Some(Operator { action: action?, who, text })
}

fn result(keys: &Keys<'_>) -> Option<EffectResult> {
    let effect = keys.need("effect").and_then(|c| c.filled_text());
    let target = keys.get("target").and_then(|c| c.filled_text());
    let ok = keys.need("ok").and_then(|c| c.bool());
    let data = keys.get("data").map(|c| c.data());
    let error = keys.get("error").and_then(|c| c.bounded_text(limits::REFERENCE_BYTES));
    Some(EffectResult { effect: effect?, target, ok: ok?, data, error })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_kind_and_writes_it_back() {
        for text in [
            r#"{"id":"1","kind":"message","text":"Привет","attachments":[{"kind":"photo","ref":"p"}]}"#,
            r#"{"id":"1","at":"2026-01-05T10:00:00.000Z","kind":"message","button":"b","vector":[1,-2]}"#,
            r#"{"id":"1","kind":"deleted","of":"0"}"#,
            r#"{"id":"1","kind":"operator","action":"message","who":"Ольга","text":"да"}"#,
            r#"{"id":"1","kind":"control","action":"restart"}"#,
            r#"{"id":"1","kind":"result","effect":"1.1","target":"kommo","ok":true,"data":{"id":"5"}}"#,
            r#"{"id":"1","kind":"fact","name":"payment","data":{"amount":100}}"#,
        ] {
            let event = Event::from_json(text).unwrap();
            assert_eq!(serde_json::to_string(&event).unwrap(), text);
        }
    }

    #[test]
    fn refuses_with_code_and_path() {
        for (text, code, path) in [
            ("{", Code::SyntaxInvalid, ""),
            (r#"{"kind":"message"}"#, Code::MissingKey, ""),
            (r#"{"id":"1","kind":"massage"}"#, Code::UnknownValue, "kind"),
            (r#"{"id":"1","kind":"message","txt":"a"}"#, Code::UnknownKey, "txt"),
            (r#"{"id":"1","kind":"message","text":5}"#, Code::WrongType, "text"),
            (r#"{"id":"1","id":"2","kind":"message"}"#, Code::DuplicateKey, "id"),
            (r#"{"id":"1","kind":"fact","name":"a","data":{"b":[1.5]}}"#, Code::NumberRefused, "data.b[0]"),
            (
                r#"{"id":"1","kind":"message","contact":{"utm":{"src":"a"}}}"#,
                Code::UnknownKey,
                "contact.utm.src",
            ),
            (r#"{"id":"","kind":"message"}"#, Code::Empty, "id"),
            (r#"{"id":"1","kind":"message","at":"noon"}"#, Code::TimeInvalid, "at"),
        ] {
            let error = Event::from_json(text).unwrap_err();
            assert_eq!((error.code, error.path.as_str()), (code, path), "{text}");
        }
    }

    #[test]
    fn data_with_a_fraction_are_refused() {
        let fact = |data| EventKind::Fact { name: "payment".into(), data: Some(data) };
        assert!(fact(serde_json::json!({"sum": 10})).check().is_ok());
        let refused = fact(serde_json::json!({"sum": [0.5]})).check().unwrap_err();
        assert_eq!(refused.code, Code::NumberRefused);
    }
}
