//! What Bitrix24 answers and reports.

use crate::crm::result::{Answer, Outcome, id_at, id_of};
use crate::crm::some_id;
use crate::dialog::{Contact, Event, EventKind, Key, Message, Operator, OperatorAction};
use crate::document::{Cursor, Node, Value};
use crate::error::Code;
use crate::limits;
use crate::time::Timestamp;
use crate::wire::{Decoded, derived_id};
use serde_json::{Map, Value as Json, json};

/// Codes of errors that pass: too many requests, a fault of the server, a token to renew.
const PASSING: &[&str] = &[
    "QUERY_LIMIT_EXCEEDED",
    "OPERATION_TIME_LIMIT",
    "OVERLOAD_LIMIT",
    "INTERNAL_SERVER_ERROR",
    "ERROR_UNEXPECTED_ANSWER",
    "expired_token",
];

/// What the answer to a request means.
pub(in crate::crm) fn outcome(answer: &Answer<'_>) -> Outcome {
    let Some(body) = answer.body.filter(|body| matches!(body.value, Value::Map(_))) else {
        return if answer.went_well() { answer.unreadable() } else { answer.refusal("") };
    };
    if let Some(code) = id_at(body, "error") {
        let about = id_at(body, "error_description").map(|about| format!(": {about}")).unwrap_or_default();
        let passes = PASSING.contains(&code.as_str());
        return answer.refusal(&format!("{code}{about}")).worth_a_retry(passes);
    }
    match body.get("result") {
        _ if !answer.went_well() => answer.refusal(""),
        Some(Node { value: Value::Bool(false), .. }) => answer.refusal("the method answered no"),
        Some(Node { value: Value::Bool(true), .. }) => Outcome::done(None),
        Some(result) => {
            let inner = ["item", "task"].into_iter().find_map(|key| result.get(key)).unwrap_or(result);
            match id_of(inner).or_else(|| id_at(inner, "id")) {
                Some(id) => Outcome::done(Some(id)),
                None => answer.unreadable(),
            }
        }
        None => answer.unreadable(),
    }
}

/// The events of a webhook: a form, in which every value is a text, or JSON.
pub(in crate::crm) fn events(at: &Cursor<'_>, account: Option<String>) -> Option<Decoded> {
    let name = at.must("event")?.text()?.to_uppercase();
    let data = at.must("data")?;
    let auth = at.part("auth");
    let said = |key: &str| auth.as_ref().and_then(|c| c.said(key));
    let account = account.or_else(|| said("domain")).or_else(|| said("member_id"));
    let mut hook = Hook {
        account: account.unwrap_or_else(|| "bitrix24".to_string()),
        sent: some_id(at, "ts").unwrap_or_default(),
        decoded: Decoded { token: said("application_token"), ..Decoded::default() },
    };
    hook.read(&name, &data)?;
    Some(hook.decoded)
}

/// One webhook.
struct Hook {
    account: String,
    /// When it was sent, as it is written.
    sent: String,
    decoded: Decoded,
}

impl Hook {
    fn read(&mut self, name: &str, data: &Cursor<'_>) -> Option<()> {
        match name {
            "ONIMBOTV2MESSAGEADD" => self.message(data, false),
            "ONIMBOTV2MESSAGEUPDATE" => self.message(data, true),
            "ONIMBOTV2MESSAGEDELETE" => {
                let of = data.must_id("messageId")?;
                let id = derived_id(&["deleted", &of]);
                self.of_chat(data, id, None, EventKind::Deleted { of })
            }
            "ONIMBOTV2COMMANDADD" => self.command(data),
            "ONIMBOTV2JOINCHAT" => {
                let chat = data.must_id("dialogId")?;
                let id = derived_id(&["started", &self.account, &chat, &self.sent]);
                self.of_chat(data, id, None, EventKind::Fact { name: "started".into(), data: None })
            }
            "ONOPENLINEMESSAGEADD" => self.lines(data, Self::line_message),
            "ONSESSIONSTART" => self.lines(data, |hook, at| hook.session(at, "started")),
            "ONSESSIONFINISH" => self.lines(data, |hook, at| hook.session(at, "chat_closed")),
            "ONCRMLEADADD" | "ONCRMLEADUPDATE" => self.lead(data, name),
            _ => {
                self.decoded.ignore("an event that is no part of a talk");
                Some(())
            }
        }
    }

    /// A message to the bot: a client's, or in an open line an operator's.
    fn message(&mut self, data: &Cursor<'_>, edited: bool) -> Option<()> {
        let message = data.must("message")?;
        let user = data.must("user")?;
        let system = message.yes("isSystem") || some_id(&message, "authorId").as_deref() == Some("0");
        if system || user.yes("bot") {
            self.decoded.ignore("a message of the system or of a bot");
            return Some(());
        }
        let id = message.must_id("id")?;
        let text = message.said("text");
        let name = user.said("name");
        let line = data.part("chat").and_then(|c| c.said("entityType")).as_deref() == Some("LINES");
        let event = if edited {
            derived_id(&["edited", &id, text.as_deref().unwrap_or_default()])
        } else {
            id.clone()
        };
        let kind = if line && !user.yes("connector") {
            if edited {
                self.decoded.ignore("an operator's correction");
                return Some(());
            }
            EventKind::Operator(Operator { action: OperatorAction::Message, who: name, text })
        } else {
            let contact = name.map(|name| Contact { name: Some(name), ..Contact::default() });
            let edited = edited.then_some(id);
            EventKind::Message(Message { text, contact, edited, ..Message::default() })
        };
        self.of_chat(data, event, message.said("date"), kind)
    }

    /// A button of a keyboard, or a command typed.
    fn command(&mut self, data: &Cursor<'_>) -> Option<()> {
        let command = data.must("command")?;
        let message = data.must("message")?;
        let id = message.must_id("id")?;
        let pressed = command.said("context").as_deref() == Some("keyboard");
        let kind = if pressed {
            let name = command.said("command").map(|name| name.trim_start_matches('/').to_string());
            let button = command.said("params").or(name);
            // The message is the one that the keyboard stands under, the same for each press.
            let id = derived_id(&["pressed", &id, button.as_deref().unwrap_or_default(), &self.sent]);
            return self.of_chat(data, id, None, message_of(None, button));
        } else {
            message_of(message.said("text"), None)
        };
        self.of_chat(data, id, message.said("date"), kind)
    }

    /// An event in the chat of a bot.
    fn of_chat(&mut self, data: &Cursor<'_>, id: String, at: Option<String>, kind: EventKind) -> Option<()> {
        let chat = data.must("chat")?;
        let user = some_id(&chat, "dialogId").or_else(|| some_id(data, "dialogId"));
        let user = match user {
            Some(user) => user,
            None => format!("chat{}", chat.must_id("id")?),
        };
        let mut reply = Map::from_iter([("dialog_id".to_string(), Json::from(user.as_str()))]);
        if let Some(chat) = some_id(&chat, "id") {
            reply.insert("chat_id".into(), chat.into());
        }
        if let Some(bot) = data.part("bot").and_then(|c| some_id(&c, "id")) {
            reply.insert("bot_id".into(), bot.into());
        }
        let at = at.as_deref().and_then(Timestamp::parse);
        self.push(user, Event { id, at, kind }, reply)
    }

    fn push(&mut self, user: String, event: Event, reply: Map<String, Json>) -> Option<()> {
        let key = Key { channel: "bitrix24".into(), account: self.account.clone(), user };
        self.decoded.push(Some(key), event, Some(reply.into()));
        Some(())
    }

    /// Events of open lines come in a list.
    fn lines(
        &mut self,
        data: &Cursor<'_>,
        read: impl Fn(&mut Self, &Cursor<'_>) -> Option<()>,
    ) -> Option<()> {
        let entries = data.must("DATA")?.one_or_list();
        if entries.len() > limits::PAYLOAD_EVENTS {
            data.error(Code::Limit, format!("more than {} events", limits::PAYLOAD_EVENTS));
            return None;
        }
        entries.iter().try_for_each(|entry| read(self, entry))
    }

    /// A message of an open line: the client's, whose id the connector names, or an operator's.
    fn line_message(&mut self, at: &Cursor<'_>) -> Option<()> {
        let message = at.must("message")?;
        if message.yes("system") {
            self.decoded.ignore("a message of the system or of a bot");
            return Some(());
        }
        let id = message.must_id("id")?;
        let text = message.said("text");
        let author = some_id(&message, "user_id");
        let client = at.part("connector").and_then(|c| some_id(&c, "user_id"));
        let kind = if author == client {
            message_of(text, None)
        } else {
            EventKind::Operator(Operator { action: OperatorAction::Message, who: author, text })
        };
        self.of_line(at, id, kind)
    }

    fn session(&mut self, at: &Cursor<'_>, fact: &str) -> Option<()> {
        let chat = at.must("chat")?.must_id("id")?;
        let id = derived_id(&[fact, &self.account, &chat, &self.sent]);
        self.of_line(at, id, EventKind::Fact { name: fact.to_string(), data: None })
    }

    fn of_line(&mut self, at: &Cursor<'_>, id: String, kind: EventKind) -> Option<()> {
        let chat = at.must("chat")?.must_id("id")?;
        let reply = Map::from_iter([("chat_id".to_string(), Json::from(chat.as_str()))]);
        self.push(format!("chat{chat}"), Event { id, at: None, kind }, reply)
    }

    /// A lead was added or changed. Whose dialog it is, the host knows by the id of the lead.
    fn lead(&mut self, data: &Cursor<'_>, name: &str) -> Option<()> {
        let lead = data.must("FIELDS")?.must_id("ID")?;
        let id = derived_id(&[name, &self.account, &lead, &self.sent]);
        let kind = EventKind::Fact { name: "crm_lead".into(), data: Some(json!({ "lead_id": lead })) };
        self.decoded.push(None, Event { id, at: None, kind }, None);
        Some(())
    }
}

fn message_of(text: Option<String>, button: Option<String>) -> EventKind {
    EventKind::Message(Message { text, button, ..Message::default() })
}
