//! Floor 6: channels: vendors' webhooks become events, replies become the JSON that vendors take.
//!
//! [`decode`] reads the body of a webhook as it came; [`encode`] writes what is to be sent, within the vendor's limits,
//! and says what the limits changed. Both are pure: signatures, secrets and sending are the host's.
//!
//! A human of the team who writes in the same chat is an `operator` event, so the bot falls silent by itself. A button
//! comes back by its id; one that a vendor cannot carry becomes a numbered line, and its number presses it.
//!
//! What each channel reads and writes, and how sure each fact is, stands in `docs/channels.md`.
//!
//! # When not to use it
//! For media: a photo or a voice message comes as the vendor's reference, and fetching it is the host's. For groups:
//! a front desk talks to one client at a time.
//!
//! ```
//! use frontdesk::channels::{Channel, decode, encode};
//! use frontdesk::document::Node;
//! use frontdesk::wire::Outgoing;
//!
//! let update = r#"{"update_id": 2, "callback_query": {"id": "9", "from": {"id": 77, "first_name": "Иван"},
//!     "data": "yes", "message": {"message_id": 5, "date": 1763712000, "chat": {"id": 77, "type": "private"}}}}"#;
//! let none = Node::from_json("{}").unwrap();
//! let decoded = decode(Channel::Telegram, &Node::from_json(update).unwrap(), &none).unwrap();
//! let event = serde_json::to_string(decoded.events().next().unwrap()).unwrap();
//! assert!(event.contains(r#""kind":"message","button":"yes""#));
//!
//! let effects = Outgoing::from_json(r#"[{"key": "1.1", "kind": "reply", "text": "Запишем?",
//!     "buttons": [{"id": "yes", "title": "Да"}], "language": "ru", "window": "open", "mode_rev": 0}]"#).unwrap();
//! let to = Node::from_json(r#"{"to": "77"}"#).unwrap();
//! let encoded = encode(Channel::Telegram, &effects, &to).unwrap();
//! assert_eq!(encoded.requests[0].path.as_deref(), Some("sendMessage"));
//! assert_eq!(encoded.payloads[0]["reply_markup"]["inline_keyboard"][0][0]["callback_data"], "yes");
//! ```

mod flat;
mod inbound;
mod layout;
mod manychat;
mod messenger;
mod options;
mod smartsender;
mod telegram;
mod viber;
mod web;
mod whatsapp;

use crate::document::Node;
use crate::error::{Code, Error};
use crate::limits;
use crate::wire::{ChangeCode, Decoded, Encoded, Outgoing, or_empty, payload, read, under};
use inbound::Inbound;
use options::{DecodeOptions, EncodeOptions};

/// A vendor's format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// ManyChat: Dynamic Block v2, or the flat answer of External Request.
    ManyChat,
    /// SmartSender: the flat answer of its webhook block, or its send API.
    SmartSender,
    /// Bots of Telegram, business accounts included.
    Telegram,
    /// WhatsApp Cloud API.
    WhatsApp,
    /// Messenger of Facebook pages.
    Messenger,
    /// Messages of Instagram.
    Instagram,
    /// Bots of Viber.
    Viber,
    /// A chat on a page: what a visitor's browser posts.
    Web,
    /// Any host that speaks the contract itself.
    Webhook,
}

impl Channel {
    /// Every channel with its name.
    pub const NAMES: &'static [(&'static str, Channel)] = &[
        ("manychat", Channel::ManyChat),
        ("smartsender", Channel::SmartSender),
        ("telegram", Channel::Telegram),
        ("whatsapp", Channel::WhatsApp),
        ("messenger", Channel::Messenger),
        ("instagram", Channel::Instagram),
        ("viber", Channel::Viber),
        ("web", Channel::Web),
        ("webhook", Channel::Webhook),
    ];

    /// The channel of a name.
    pub fn named(name: &str) -> Option<Channel> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, channel)| *channel)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, channel)| *channel == self).map_or("", |(name, _)| name)
    }
}

/// The events of a vendor's webhook. `payload` is its document, or its body as a text: JSON or a form.
///
/// Repeated deliveries give the same ids. What is no message for a bot (receipts, reactions, groups) gives no events and
/// is named in [`Decoded::ignored`]; keys that nobody asked for are the vendor's.
///
/// # Errors
/// `payload_invalid` for what is no payload of the channel; `missing_key`, `wrong_type`, `limit` with the path in the
/// payload; `unknown_key` and others at `options`.
///
/// # Cost
/// Linear in the payload, at most 1,024 events.
pub fn decode(channel: Channel, body: &Node, options: &Node) -> Result<Decoded, Error> {
    let options = read(&or_empty(options), DecodeOptions::read).map_err(|e| under("options", e))?;
    let document = payload(body)?;
    let decoded = read(&document, |at| {
        let mut inbound = Inbound::new(channel, &options);
        match channel {
            Channel::ManyChat => manychat::decode(at, &mut inbound),
            Channel::SmartSender => smartsender::decode(at, &mut inbound),
            Channel::Telegram => telegram::decode(at, &mut inbound),
            Channel::WhatsApp => whatsapp::decode(at, &mut inbound),
            Channel::Messenger | Channel::Instagram => messenger::decode(at, &mut inbound),
            Channel::Viber => viber::decode(at, &mut inbound),
            Channel::Web | Channel::Webhook => web::decode(at, &mut inbound),
        }?;
        Some(inbound.decoded)
    });
    let decoded = decoded.map_err(|e| under("payload", e))?;
    let count = decoded.events().count();
    if count > limits::PAYLOAD_EVENTS {
        let most = limits::PAYLOAD_EVENTS;
        return Err(Error::new(Code::Limit, "payload", format!("{count} events; at most {most} are read")));
    }
    Ok(decoded)
}

/// The payloads that effects become on a channel. What is not for the client stays with the host, but where the vendor
/// has a place for it: a tag of ManyChat.
///
/// # Errors
/// Those of the options, with their path: `unknown_key`, `missing_key`, `wrong_type`. A recipient, a name of the bot or a
/// watermark that is not given is no error: the payload goes without it, and a change names its key for the host to fill.
///
/// # Cost
/// Linear in the length of the effects.
pub fn encode(channel: Channel, effects: &[Outgoing], options: &Node) -> Result<Encoded, Error> {
    let encoded = read(&or_empty(options), |at| {
        let options = EncodeOptions::read(at)?;
        match channel {
            Channel::ManyChat => manychat::encode(effects, &options),
            Channel::SmartSender => smartsender::encode(effects, &options),
            Channel::Telegram => telegram::encode(effects, &options),
            Channel::WhatsApp => whatsapp::encode(effects, &options),
            Channel::Messenger => messenger::encode(effects, &options, messenger::Kind::Messenger),
            Channel::Instagram => messenger::encode(effects, &options, messenger::Kind::Instagram),
            Channel::Viber => viber::encode(effects, &options),
            Channel::Web => Some(web::encode_for_page(effects)),
            Channel::Webhook => web::encode(effects, &options),
        }
    });
    let mut encoded = encoded.map_err(|e| under("options", e))?;
    if !matches!(channel, Channel::Web | Channel::Webhook) {
        leave_to_the_host(&mut encoded);
    }
    Ok(encoded)
}

/// A key that an option would have filled is null so far: it is left out and named, for the host to put in.
fn leave_to_the_host(encoded: &mut Encoded) {
    let mut missing = Vec::new();
    for (payload, request) in encoded.payloads.iter_mut().zip(&encoded.requests) {
        let Some(keys) = payload.as_object_mut() else { continue };
        let unfilled = keys.iter().filter(|(_, value)| value.is_null()).map(|(key, _)| key.clone());
        missing.extend(unfilled.map(|key| (request.effect.clone(), key)));
        keys.retain(|_, value| !value.is_null());
    }
    for (effect, key) in missing {
        encoded.change(ChangeCode::OptionMissing, &effect, &key, 0, 1);
    }
}
