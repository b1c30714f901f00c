//! What only the host knows of an account of Kommo.

use super::number;
use crate::crm::desk::{Stages, Tasks, field_map, tags, transcript};
use crate::crm::field::Words;
use crate::crm::{id_option, option, target};
use crate::definition::TargetKind;
use crate::document::Cursor;
use crate::error::Code;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// The options of an account.
pub(super) struct Options {
    pub(super) target: String,
    pub(super) words: Words,
    pub(super) lead_id: Option<String>,
    pub(super) contact_id: Option<String>,
    pub(super) stage: Option<Stage>,
    pub(super) pipeline: Option<String>,
    pub(super) responsible: Option<String>,
    pub(super) tasks: Tasks,
    pub(super) tags: Vec<String>,
    pub(super) statuses: Stages<Stage>,
    pub(super) stages: Stages<Stage>,
    pub(super) fields: BTreeMap<String, Option<Place>>,
    pub(super) transcript: Option<String>,
    pub(super) metadata: Option<Json>,
    pub(super) return_url: Option<String>,
}

impl Options {
    pub(super) fn read(at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let digits = |key| keys.get(key).and_then(|c| numeric(&c));
        let responsible = digits("responsible_user_id");
        let mut tasks = Tasks::read(&keys);
        tasks.responsible = tasks.responsible.or_else(|| responsible.clone());
        let options = Self {
            target: target(&keys, TargetKind::Kommo),
            words: Words::read(&keys),
            lead_id: digits("lead_id"),
            contact_id: digits("contact_id"),
            stage: digits("status_id").map(|id| Stage::of(&id)),
            pipeline: digits("pipeline_id"),
            responsible,
            tasks,
            tags: tags(&keys),
            statuses: Stages::read(&keys, "statuses", Stage::read),
            stages: Stages::read(&keys, "stages", Stage::read),
            fields: field_map(&keys, |c| c.id().map(|place| Place::of(&place))),
            transcript: transcript(&keys),
            metadata: keys.get("metadata").map(|c| c.data()),
            return_url: option(&keys, "return_url"),
        };
        keys.end();
        Some(options)
    }

    /// The place of a value: the host's, else the one that every account has.
    pub(super) fn place(&self, name: &str) -> Option<Place> {
        match self.fields.get(name) {
            Some(Some(place)) => Some(place.clone()),
            Some(None) => Some(Place::Nowhere),
            None => Place::usual(name),
        }
    }
}

fn numeric(at: &Cursor<'_>) -> Option<String> {
    let id = at.id()?;
    if id.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(id);
    }
    at.error(Code::UnknownValue, format!("`{id}` is no id of kommo; they are numbers"));
    None
}

/// A stage of a pipeline.
#[derive(Clone)]
pub(super) struct Stage {
    status: String,
    pipeline: Option<String>,
}

impl Stage {
    pub(super) fn of(status: &str) -> Self {
        Self { status: status.to_string(), pipeline: None }
    }

    /// «Closed and lost», the same in every pipeline.
    pub(super) fn lost() -> Self {
        Self::of("143")
    }

    /// An id, or `{status_id, pipeline_id}`.
    fn read(at: &Cursor<'_>) -> Option<Self> {
        if !at.is_map() {
            return numeric(at).map(|status| Self::of(&status));
        }
        let keys = at.keys()?;
        let status = keys.need("status_id").and_then(|c| numeric(&c));
        let pipeline = id_option(&keys, "pipeline_id");
        keys.end();
        Some(Self { status: status?, pipeline })
    }

    /// The keys of a lead that say it.
    pub(super) fn keys(&self) -> Json {
        let mut keys = json!({"status_id": number(&self.status)});
        if let (Some(pipeline), Some(keys)) = (&self.pipeline, keys.as_object_mut()) {
            keys.insert("pipeline_id".into(), number(pipeline));
        }
        keys
    }
}

/// Where a value goes.
#[derive(Clone)]
pub(super) enum Place {
    Name,
    Phone,
    Email,
    /// The budget of the lead, in whole units.
    Price,
    /// A custom field of the lead, by id or code.
    Lead(String),
    /// A custom field of the contact.
    Contact(String),
    /// Left out on purpose.
    Nowhere,
}

impl Place {
    fn of(text: &str) -> Self {
        match text {
            "name" => Self::Name,
            "phone" => Self::Phone,
            "email" => Self::Email,
            "price" => Self::Price,
            other => match other.strip_prefix("contact.") {
                Some(field) => Self::Contact(field.to_string()),
                None => Self::Lead(other.to_string()),
            },
        }
    }

    /// Where a value of this name goes in every account.
    fn usual(name: &str) -> Option<Self> {
        match name {
            "name" | "phone" | "email" => Some(Self::of(name)),
            _ => name.strip_prefix("utm.").map(|mark| Self::Lead(format!("UTM_{}", mark.to_uppercase()))),
        }
    }
}
