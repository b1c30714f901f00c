//! What only the host knows of a portal.

use super::lead::Place;
use crate::crm::desk::{Stages, Tasks, field_map, transcript};
use crate::crm::field::Words;
use crate::crm::{id_option, option, target};
use crate::definition::TargetKind;
use crate::document::{Cursor, Keys};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// The options of a portal.
pub(super) struct Options {
    pub(super) target: String,
    pub(super) words: Words,
    pub(super) entity: Entity,
    /// The older `crm.lead.*`, whose development has stopped.
    pub(super) old: bool,
    pub(super) lead_id: Option<String>,
    pub(super) stage: String,
    pub(super) source: String,
    pub(super) originator: String,
    pub(super) assigned: Option<String>,
    pub(super) tasks: Tasks,
    pub(super) statuses: Stages<String>,
    pub(super) stages: Stages<String>,
    pub(super) fields: BTreeMap<String, Option<Place>>,
    pub(super) transcript: Option<String>,
    pub(super) chat: Chat,
}

/// What the dialog has in the CRM: a lead, or the deal that it was converted to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Entity {
    Lead,
    Deal,
}

impl Entity {
    /// The type among the objects of the CRM.
    pub(super) fn type_id(self) -> i64 {
        if self == Entity::Lead { 1 } else { 2 }
    }

    /// Its name in methods and comments.
    pub(super) fn name(self) -> &'static str {
        if self == Entity::Lead { "lead" } else { "deal" }
    }

    /// What a task calls it by, before its id.
    pub(super) fn letter(self) -> &'static str {
        if self == Entity::Lead { "L" } else { "D" }
    }
}

/// The chat of an open line or a bot.
pub(super) struct Chat {
    pub(super) chat_id: Option<String>,
    pub(super) client_id: Option<String>,
    pub(super) dialog_id: Option<String>,
    pub(super) bot_id: Option<String>,
    pub(super) bot_token: Option<String>,
    /// The registered command that a pressed button gives with its id; else the id itself is the command.
    pub(super) command: Option<String>,
    /// Who takes over; else whoever is free.
    pub(super) transfer: Option<Map<String, Json>>,
}

impl Options {
    pub(super) fn read(at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let api = keys.get("api").and_then(|c| c.one_of(&[("item", false), ("lead", true)]));
        let entity =
            keys.get("entity").and_then(|c| c.one_of(&[("lead", Entity::Lead), ("deal", Entity::Deal)]));
        let assigned = id_option(&keys, "assigned_by_id");
        let mut tasks = Tasks::read(&keys);
        tasks.responsible = tasks.responsible.or_else(|| assigned.clone());
        let or = |key, usual: &str| option(&keys, key).unwrap_or_else(|| usual.to_string());
        let options = Self {
            target: target(&keys, TargetKind::Bitrix24),
            words: Words::read(&keys),
            entity: entity.unwrap_or(Entity::Lead),
            old: api.unwrap_or(false),
            lead_id: id_option(&keys, "lead_id"),
            stage: or("stage_id", "NEW"),
            source: or("source_id", "WEB"),
            originator: or("originator_id", "bot"),
            assigned,
            tasks,
            statuses: Stages::read(&keys, "statuses", |c| c.filled_text()),
            stages: Stages::read(&keys, "stages", |c| c.filled_text()),
            fields: field_map(&keys, Place::read),
            transcript: transcript(&keys),
            chat: Chat::read(&keys),
        };
        keys.end();
        Some(options)
    }
}

impl Chat {
    fn read(keys: &Keys<'_>) -> Self {
        Self {
            chat_id: id_option(keys, "chat_id"),
            client_id: id_option(keys, "client_id"),
            dialog_id: id_option(keys, "dialog_id"),
            bot_id: id_option(keys, "bot_id"),
            bot_token: option(keys, "bot_token"),
            command: option(keys, "command"),
            transfer: keys.get("transfer").and_then(|c| transfer(&c)),
        }
    }
}

/// `{user_id | queue_id | transfer_id, leave?}` as the method of open lines takes it.
fn transfer(at: &Cursor<'_>) -> Option<Map<String, Json>> {
    use crate::error::Code;
    let keys = at.keys()?;
    let mut to = Map::new();
    for (key, name) in [("user_id", "USER_ID"), ("queue_id", "QUEUE_ID"), ("transfer_id", "TRANSFER_ID")] {
        if let Some(id) = id_option(&keys, key) {
            to.insert(name.to_string(), super::number(&id));
        }
    }
    if to.len() != 1 {
        at.error(Code::OneExpected, "one of `user_id`, `queue_id` and `transfer_id` is expected");
    }
    let leave = keys.get("leave").and_then(|c| c.bool()).unwrap_or(true);
    to.insert("LEAVE".into(), if leave { "Y" } else { "N" }.into());
    keys.end();
    Some(to)
}

impl Options {
    /// The stage that every portal has for a status of a lead (R136). Pipelines of deals differ.
    pub(super) fn usual_stage(&self, status: &str) -> Option<&'static str> {
        match status {
            _ if self.entity == Entity::Deal => None,
            "in_work" | "needs_manager" | "booked" | "confirmed" => Some("IN_PROCESS"),
            "done" => Some("PROCESSED"),
            "not_fit" => Some("JUNK"),
            _ => None,
        }
    }
}

/// Whether a name is the code of a stage itself: `IN_PROCESS`, `UC_7YNR2`.
pub(super) fn is_stage(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
}
