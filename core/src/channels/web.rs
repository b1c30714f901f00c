//! A chat on a page, and hosts that speak the contract themselves: `{key, contact?, event}` in, effects out.
//!
//! What a visitor's browser posts is not believed: on `web` it may write, press, delete and begin, and it may not pose as
//! an operator, a CRM or the host. What leaves for a page is what the client may see.

use super::Channel;
use super::flat::{answer, first_key};
use super::inbound::{Inbound, known};
use super::options::EncodeOptions;
use crate::dialog::{Contact, Event, EventKind, Key};
use crate::document::Cursor;
use crate::error::{Code, Error};
use crate::wire::{Encoded, Outgoing, OutgoingKind, Request};
use serde_json::{Map, Value as Json};

pub(super) fn decode(at: &Cursor<'_>, inbound: &mut Inbound<'_>) -> Option<()> {
    let keys = at.keys()?;
    let key = keys.need("key").and_then(|c| passed(&c, Key::from_node(c.node)));
    let contact = keys.get("contact").map(|c| passed(&c, Contact::from_node(c.node)));
    let event = keys.need("event");
    let read = event.as_ref().and_then(|c| passed(c, Event::from_node(c.node)));
    keys.end();
    let contact = match contact {
        Some(contact) => known(contact?),
        None => None,
    };
    let (key, mut read) = (key?, read?);
    if inbound.channel == Channel::Web && !is_a_visitors(&read.kind) {
        let message = "a page may tell what its visitor did, and nothing else";
        event?.down("kind").error(Code::PayloadInvalid, message);
        return None;
    }
    let introduced = match &mut read.kind {
        EventKind::Message(message) => {
            message.contact = message.contact.take().or(contact);
            None
        }
        _ => contact,
    };
    inbound.decoded.push(Some(key.clone()), read, None);
    if let Some(contact) = introduced {
        inbound.decoded.introduce(&key, contact);
    }
    Some(())
}

fn is_a_visitors(kind: &EventKind) -> bool {
    match kind {
        EventKind::Message(_) | EventKind::Deleted { .. } => true,
        EventKind::Fact { name, .. } => name == "started",
        EventKind::Operator(_) | EventKind::Control { .. } | EventKind::Result(_) => false,
    }
}

/// What a reader of its own answered; its error is reported here, with the rest of its path in the message.
fn passed<T>(at: &Cursor<'_>, read: Result<T, Error>) -> Option<T> {
    read.map_err(|error| {
        let Error { code, path, message, hint, .. } = error;
        let place = path.split(['.', '[']).next().unwrap_or_default();
        at.down(place).error_hint(code, message, hint);
    })
    .ok()
}

/// Effects that a page may see, one payload each.
pub(super) fn encode_for_page(effects: &[Outgoing]) -> Encoded {
    let mut out = Encoded::default();
    let seen = |e: &&Outgoing| matches!(e.kind, OutgoingKind::Reply(_) | OutgoingKind::Finish { .. });
    effects.iter().filter(seen).for_each(|effect| send(effect, &mut out));
    out
}

/// Every effect as it is; with a field map one flat object under the names of the map.
pub(super) fn encode(effects: &[Outgoing], options: &EncodeOptions) -> Option<Encoded> {
    let mut out = Encoded::default();
    match &options.field_map {
        None => effects.iter().for_each(|effect| send(effect, &mut out)),
        Some(_) if effects.is_empty() => {}
        Some(map) => {
            let flat = answer(effects, false, &mut out);
            let named =
                map.pairs().filter_map(|(ours, theirs)| Some((theirs.to_string(), flat.get(ours)?.clone())));
            let named: Map<String, Json> = named.collect();
            out.send(Request::answer(first_key(effects)), named.into());
        }
    }
    Some(out)
}

fn send(effect: &Outgoing, out: &mut Encoded) {
    out.send(Request::answer(&effect.key), serde_json::to_value(effect).unwrap_or_default());
}
