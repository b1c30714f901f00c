//! What only the host knows: who it is, whom it answers, what things are called at the vendor's.

use crate::document::{Cursor, Keys, Value};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Options of `decode`.
#[derive(Debug, Default)]
pub(super) struct DecodeOptions {
    /// The account of the business, where the payload does not tell it.
    pub(super) account: Option<String>,
    /// The channel behind a platform, for the key of the session: `instagram` behind ManyChat.
    pub(super) channel: Option<String>,
    /// Apps that answer for us: their echoes are no human's.
    pub(super) own_app_ids: Vec<String>,
    /// What our own messages begin their `metadata` with.
    pub(super) mark: Option<String>,
    /// Whether the phone that a client writes from counts as told.
    pub(super) contact_from_channel: bool,
}

impl DecodeOptions {
    pub(super) fn read(at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let own_app_ids = keys.get("own_app_ids").map(|c| c.one_or_list()).unwrap_or_default();
        let options = Self {
            account: keys.get("account").and_then(|c| c.id()),
            channel: text(&keys, "channel"),
            own_app_ids: own_app_ids.iter().filter_map(Cursor::id).collect(),
            mark: text(&keys, "mark"),
            contact_from_channel: keys.get("contact_from_channel").and_then(|c| c.bool()).unwrap_or(false),
        };
        keys.end();
        Some(options)
    }
}

/// What the recipient is called: by us, by Telegram, ManyChat, SmartSender, Viber, Meta.
const RECIPIENT: [&str; 6] = ["to", "chat_id", "subscriber_id", "contact_id", "receiver", "recipient"];

/// Options of `encode`.
pub(super) struct EncodeOptions {
    /// The user of the session's key, by our name or the vendor's.
    to: Option<String>,
    /// The account of the session's key.
    pub(super) account: Option<String>,
    /// Telegram: the business connection that a conversation came by.
    pub(super) business_connection_id: Option<String>,
    /// Telegram: the press that is answered.
    pub(super) callback_query_id: Option<String>,
    /// Viber: who speaks.
    pub(super) bot_name: Option<String>,
    /// ManyChat and SmartSender: `flat` for a flat answer, `send` for their sending API.
    pub(super) form: Option<Form>,
    /// ManyChat: the channel behind it.
    pub(super) channel: Option<String>,
    /// ManyChat: the flow that a button starts, and the field that it leaves its id in.
    pub(super) flow: Option<Flow>,
    /// ManyChat on Facebook: where a button calls back.
    pub(super) callback: Option<Callback>,
    /// Names of tags and fields at the vendor's.
    pub(super) tags: Names,
    /// See `tags`.
    pub(super) fields: Names,
    /// SmartSender: the moment that its send API wants, in seconds.
    pub(super) watermark: Option<i64>,
    /// WhatsApp: `components` of a template, by its name.
    pub(super) templates: BTreeMap<String, Json>,
    /// What our messages begin their `metadata` with.
    pub(super) mark: Option<String>,
    /// Webhook: names of a flat answer by ours.
    pub(super) field_map: Option<Names>,
}

/// How a platform is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// The platform's own block.
    Block,
    /// A flat object, for fields that are mapped by JSONPath.
    Flat,
    /// A request to the platform's sending API.
    Send,
}

/// A flow of ManyChat that calls back.
#[derive(Debug)]
pub(super) struct Flow {
    pub(super) target: String,
    pub(super) field: String,
}

/// A callback of ManyChat.
#[derive(Debug)]
pub(super) struct Callback {
    pub(super) url: String,
    pub(super) headers: Json,
}

/// Names at a vendor's by ours; one that is null is left out.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeMap<String, Option<String>>);

impl Names {
    fn read(at: &Cursor<'_>) -> Self {
        let name = |(ours, c): (String, Cursor<'_>)| {
            let theirs = if c.node.value == Value::Null { None } else { Some(c.filled_text()?) };
            Some((ours, theirs))
        };
        Self(at.named().into_iter().filter_map(name).collect())
    }

    /// The vendor's name; ours, or the usual one, where the host gave none.
    pub(super) fn of<'n>(&'n self, ours: &str, usual: &'n str) -> Option<&'n str> {
        self.0.get(ours).map_or(Some(usual), Option::as_deref)
    }

    /// The pairs that are named, in order.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(|(ours, theirs)| Some((ours.as_str(), theirs.as_deref()?)))
    }
}

impl EncodeOptions {
    pub(super) fn read(at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let id = |key: &'static str| keys.get(key).and_then(|c| c.id());
        let names = |key| keys.get(key).map(|c| Names::read(&c));
        let templates = keys.get("templates").map(|c| c.named()).unwrap_or_default();
        // `decode` told the whole key, and a host may hand it back as it is.
        let of_key = |part| keys.get("key").and_then(|key| key.id_at(part));
        let (user, account) = (of_key("user"), of_key("account"));
        let forms = [("block", Form::Block), ("flat", Form::Flat), ("send", Form::Send)];
        let options = Self {
            to: RECIPIENT.into_iter().filter_map(id).last().or(user),
            account: id("account").or(account),
            business_connection_id: id("business_connection_id"),
            callback_query_id: id("callback_query_id"),
            bot_name: text(&keys, "bot_name"),
            form: keys.get("form").and_then(|c| c.one_of(&forms)),
            channel: text(&keys, "channel"),
            flow: keys.get("flow").and_then(|c| flow(&c)),
            callback: keys.get("callback").and_then(|c| callback(&c)),
            tags: names("tags").unwrap_or_default(),
            fields: names("fields").unwrap_or_default(),
            watermark: keys.get("watermark").and_then(|c| c.int()),
            templates: templates.into_iter().map(|(name, c)| (name, c.data())).collect(),
            mark: text(&keys, "mark"),
            field_map: names("field_map"),
        };
        keys.end();
        Some(options)
    }

    /// The user to answer; null where the host fills it in.
    pub(super) fn to(&self) -> Json {
        self.to.as_deref().into()
    }

    /// Whether there is somebody to send to beside the answer.
    pub(super) fn may_push(&self) -> bool {
        self.to.is_some() || self.form == Some(Form::Send)
    }
}

fn text(keys: &Keys<'_>, key: &'static str) -> Option<String> {
    keys.get(key).and_then(|c| c.filled_text())
}

fn flow(at: &Cursor<'_>) -> Option<Flow> {
    let keys = at.keys()?;
    let target = keys.need("target").and_then(|c| c.filled_text());
    let field = keys.need("field").and_then(|c| c.filled_text());
    keys.end();
    Some(Flow { target: target?, field: field? })
}

fn callback(at: &Cursor<'_>) -> Option<Callback> {
    let keys = at.keys()?;
    let url = keys.need("url").and_then(|c| c.filled_text());
    let headers = keys.get("headers").map(|c| c.data());
    keys.end();
    Some(Callback { url: url?, headers: headers.unwrap_or_else(|| serde_json::json!({})) })
}
