//! What Kommo answers and reports.

use crate::crm::result::{Answer, Outcome, flag_at, id_at, id_of, items};
use crate::crm::some_id;
use crate::dialog::{Attachment, Contact, Event, EventKind, Key, Message, Operator, OperatorAction};
use crate::document::{Cursor, Node, Value};
use crate::error::Code;
use crate::limits;
use crate::time::Timestamp;
use crate::wire::{Decoded, derived_id};
use serde_json::{Map, Value as Json, json};

/// What the answer to a request means.
pub(in crate::crm) fn outcome(answer: &Answer<'_>) -> Outcome {
    if !answer.went_well() {
        let renew = answer.status == Some(401);
        return answer.refusal(&answer.body.map(reason).unwrap_or_default()).worth_a_retry(renew);
    }
    let Some(body) = answer.body else { return Outcome::done(None) };
    match &body.value {
        Value::List(leads) => {
            let asked = |lead: &&Node| lead.get("request_id").is_some_and(|id| names(id, answer.request));
            match leads.iter().find(asked).or(leads.first()) {
                Some(lead) => Outcome::done(id_at(lead, "id"))
                    .with("merged", flag_at(lead, "merged").map(Json::Bool))
                    .with("contact_id", id_at(lead, "contact_id").map(Json::String)),
                None => answer.unreadable(),
            }
        }
        Value::Map(_) => {
            let embedded = body.get("_embedded").and_then(|node| match &node.value {
                Value::Map(kinds) => kinds.iter().flat_map(|kind| items(&kind.node)).next(),
                _ => None,
            });
            Outcome::done(id_at(body, "id").or_else(|| id_at(embedded?, "id")))
        }
        _ => answer.unreadable(),
    }
}

/// Whether a key, or a list of keys, names the request.
fn names(keys: &Node, request: Option<&str>) -> bool {
    let same = |node: &Node| id_of(node).as_deref() == request;
    request.is_some() && (same(keys) || items(keys).iter().any(same))
}

/// `Bad Request: Request validation failed; status_id NotSupportedChoice`.
fn reason(body: &Node) -> String {
    let said: Vec<String> = ["title", "detail"].into_iter().filter_map(|key| id_at(body, key)).collect();
    let fault = |node: &Node| {
        let parts: Vec<String> =
            ["path", "code", "detail"].into_iter().filter_map(|key| id_at(node, key)).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    };
    let faults = body.get("validation-errors").map(items).unwrap_or_default();
    let faults = faults.iter().flat_map(|entry| entry.get("errors").map(items).unwrap_or_default());
    let mut parts = vec![said.join(": ")];
    parts.extend(faults.filter_map(fault));
    parts.retain(|part| !part.is_empty());
    parts.join("; ")
}

/// The events of a webhook, or of a Salesbot that asks what to show.
pub(in crate::crm) fn events(at: &Cursor<'_>, account: Option<String>) -> Option<Decoded> {
    let mut decoded = Decoded::default();
    if at.part("return_url").is_some() {
        asked(at, account, &mut decoded)?;
        return Some(decoded);
    }
    let named = at.part("account");
    let named = named.and_then(|c| c.said("subdomain").or_else(|| some_id(&c, "id")));
    let Some(account) = account.or(named) else {
        at.error(Code::PayloadInvalid, "neither a webhook of kommo nor a request of its salesbot");
        return None;
    };
    let lists = |group: &str, actions: &[&str]| -> Vec<Cursor<'_>> {
        let Some(group) = at.part(group) else { return Vec::new() };
        actions.iter().flat_map(|action| group.items_of(action)).collect()
    };
    let said = [lists("message", &["add"]), lists("outgoing_message", &["add"])].concat();
    let moved = lists("leads", &["status", "update", "add"]);
    if said.len() + moved.len() > limits::PAYLOAD_EVENTS {
        at.error(Code::Limit, format!("more than {} events", limits::PAYLOAD_EVENTS));
        return None;
    }
    for message in &said {
        talk(message, &account, &mut decoded)?;
    }
    for lead in &moved {
        stage(lead, &mut decoded)?;
    }
    if said.is_empty() && moved.is_empty() {
        decoded.ignore("no message and no lead");
    }
    Some(decoded)
}

/// A message of a chat: the client's, or a manager's.
fn talk(at: &Cursor<'_>, account: &str, decoded: &mut Decoded) -> Option<()> {
    let id = at.must_id("id")?;
    let user = at.must_id("chat_id")?;
    let author = at.part("author");
    let name = author.as_ref().and_then(|c| c.said("name"));
    let of = author.as_ref().and_then(|c| c.said("type"));
    let text = at.said("text");
    let kind = match (at.said("type").as_deref(), of.as_deref()) {
        (Some("outgoing"), Some("internal")) => {
            EventKind::Operator(Operator { action: OperatorAction::Message, who: name, text })
        }
        (Some("outgoing"), _) | (_, Some("internal" | "bot")) => {
            decoded.ignore("a message of a bot");
            return Some(());
        }
        _ => {
            let contact = name.map(|name| Contact { name: Some(name), ..Contact::default() });
            let attachments = at.part("attachment").map(|c| attachment(&c)).into_iter().collect();
            EventKind::Message(Message { text, attachments, contact, ..Message::default() })
        }
    };
    let key = Key { channel: "kommo".into(), account: account.to_string(), user };
    let event = Event { id, at: seconds(at, "created_at"), kind };
    decoded.push(Some(key), event, ids(at, "entity_id"));
    Some(())
}

fn attachment(at: &Cursor<'_>) -> Attachment {
    let kind = match at.said("type").as_deref() {
        Some("picture") => "photo".to_string(),
        Some(kind) => kind.to_string(),
        None => "file".to_string(),
    };
    Attachment { kind, reference: at.said("link") }
}

/// The lead and the contact of a message: what an answer on the card needs.
fn ids(at: &Cursor<'_>, lead: &str) -> Option<Json> {
    let of_lead = at.said("entity_type").is_none_or(|kind| kind == "lead" || kind == "leads");
    let mut ids = Map::new();
    if let Some(id) = some_id(at, lead).filter(|_| of_lead) {
        ids.insert("lead_id".into(), id.into());
    }
    if let Some(id) = some_id(at, "contact_id") {
        ids.insert("contact_id".into(), id.into());
    }
    (!ids.is_empty()).then_some(Json::Object(ids))
}

/// A lead in another stage: the fact `crm_status`. Whose dialog it is, the host knows by the id of the lead.
fn stage(at: &Cursor<'_>, decoded: &mut Decoded) -> Option<()> {
    let lead = at.must_id("id")?;
    let (Some(new), Some(old)) = (some_id(at, "status_id"), some_id(at, "old_status_id")) else {
        decoded.ignore("a lead that stays in its stage");
        return Some(());
    };
    let modified = some_id(at, "last_modified").or_else(|| some_id(at, "updated_at")).unwrap_or_default();
    let id = derived_id(&["crm_status", &lead, &new, &old, &modified]);
    let mut data = json!({"lead_id": lead, "status_id": new, "old_status_id": old});
    if let (Some(pipeline), Some(data)) = (some_id(at, "pipeline_id"), data.as_object_mut()) {
        data.insert("pipeline_id".into(), pipeline.into());
    }
    let kind = EventKind::Fact { name: "crm_status".into(), data: Some(data) };
    decoded.push(None, Event { id, at: seconds(at, "last_modified"), kind }, None);
    Some(())
}

/// A Salesbot that waits. Its `data` is what the host wrote into the block: `{user, text, name, phone, lead_id}`.
fn asked(at: &Cursor<'_>, account: Option<String>, decoded: &mut Decoded) -> Option<()> {
    let return_url = at.must("return_url")?.text()?;
    let data = at.must("data")?;
    let user = ["user", "chat_id", "contact_id", "lead_id"].into_iter().find_map(|key| some_id(&data, key));
    let Some(user) = user else {
        data.error(Code::MissingKey, "the key `user` is missing");
        return None;
    };
    let text = data.said("text").or_else(|| data.said("message"));
    let (name, phone) = (data.said("name"), data.said("phone"));
    let known = name.is_some() || phone.is_some();
    let contact = known.then(|| Contact { name, phone, ..Contact::default() });
    let id = derived_id(&["salesbot", &return_url, &user, text.as_deref().unwrap_or_default()]);
    let kind = EventKind::Message(Message { text, contact, ..Message::default() });
    let mut reply = ids(&data, "lead_id").unwrap_or_else(|| json!({}));
    if let Some(reply) = reply.as_object_mut() {
        reply.insert("return_url".into(), return_url.as_str().into());
    }
    let account = account.unwrap_or_else(|| host(&return_url).to_string());
    let key = Key { channel: "kommo".into(), account, user };
    decoded.push(Some(key), Event { id, at: None, kind }, Some(reply));
    decoded.token = at.said("token");
    Some(())
}

/// The account in an address: `https://school.kommo.com/…` is `school`.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['.', '/', ':']).next().unwrap_or_default()
}

/// An instant that stands in seconds, as a number or a text.
fn seconds(at: &Cursor<'_>, key: &str) -> Option<Timestamp> {
    let seconds: i64 = some_id(at, key)?.parse().ok()?;
    Some(Timestamp::from_millis(seconds.saturating_mul(1000)))
}
