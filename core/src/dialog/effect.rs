//! Effects: what the host is to do.

use super::event::Utm;
use super::voice::Reply;
use crate::bot::value::FieldValue;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Something for the host to do, once.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Effect {
    /// `<rev>.<n>`, unique with the session's key; results name it.
    pub key: String,
    /// What to do.
    #[serde(flatten)]
    pub kind: EffectKind,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EffectKind {
    /// Send this to the client.
    Reply(Reply),
    /// Create a lead at every target.
    CreateLead(CreateLead),
    /// Change the lead at every target.
    UpdateLead(UpdateLead),
    /// Find something out and answer with a `result`.
    Request {
        /// What.
        what: &'static str,
        /// With what.
        #[serde(serialize_with = "crate::document::data::write")]
        params: Json,
    },
    /// Call a human.
    Handoff(HandoffEffect),
    /// Tell the team.
    Notify {
        /// The target.
        to: String,
        /// The text.
        text: String,
    },
    /// Write a note on the client's card.
    Note {
        /// The target.
        to: String,
        /// The text.
        text: String,
    },
    /// Suggest an answer to the operator, and to nobody else.
    Suggest {
        /// The text.
        text: String,
        /// The row it comes from.
        faq: String,
    },
    /// The status of the dialog changed.
    SetStatus {
        /// The status.
        status: String,
    },
    /// A field has a new value; an empty one was taken back.
    SetField {
        /// The field.
        field: String,
        /// The value.
        #[serde(skip_serializing_if = "Option::is_none")]
        value: Option<FieldValue>,
    },
    /// Tag the client.
    Tag {
        /// The tag.
        tag: String,
    },
    /// A timer is set; informs, the host needs `next_due` only.
    SetTimer {
        /// Its id.
        timer: String,
        /// When.
        due: Timestamp,
        /// What for.
        purpose: &'static str,
    },
    /// A timer is taken back.
    CancelTimer {
        /// Its id.
        timer: String,
    },
    /// The dialog is over.
    Finish {
        /// `silent` or `reopen`.
        mode: &'static str,
        /// The final status, or `closed_by_client`.
        outcome: String,
    },
    /// Something that the people who run the bot must see.
    Alert {
        /// What happened.
        code: AlertCode,
        /// The details.
        text: String,
    },
}

/// A lead.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CreateLead {
    /// Name of the lead in the definition.
    pub lead: String,
    /// The CRM's idempotency key: the same for session key, dialog and lead.
    pub lead_key: String,
    /// All filled fields.
    pub fields: BTreeMap<String, FieldValue>,
    /// Title.
    pub title: String,
    /// Targets.
    pub to: Vec<String>,
    /// Where the client came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub utm: Option<Utm>,
    /// A link to the chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat_url: Option<String>,
}

/// A change of a lead.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UpdateLead {
    /// Name of the lead in the definition.
    pub lead: String,
    /// Its idempotency key.
    pub lead_key: String,
    /// What changed.
    pub fields: BTreeMap<String, FieldValue>,
    /// Targets.
    pub to: Vec<String>,
    /// Ids that the targets gave.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub ids: BTreeMap<String, String>,
}

/// A call for a human.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HandoffEffect {
    /// Why.
    pub reason: String,
    /// `normal` or `high`.
    pub priority: &'static str,
    /// What the team should know, in its language, the client's words verbatim.
    pub summary: String,
    /// The client's language.
    pub language: String,
    /// Who is told, and how.
    pub to: Vec<HandoffTo>,
    /// A link to the chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat_url: Option<String>,
}

/// A target of a handoff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandoffTo {
    /// The target.
    pub target: String,
    /// Stage of the pipeline to move to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// Task to put.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
    /// Text to send.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// What an alert is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertCode {
    /// No target confirmed a lead in time.
    LeadUnconfirmed,
    /// The host could not do what nobody waits for.
    RequestFailed,
    /// A target answered that the lead does not have.
    TargetUnknown,
    /// A list of actions ran into a limit: it goes round in circles.
    Limit,
}

impl EffectKind {
    /// Whether the client sees it.
    pub fn is_reply(&self) -> bool {
        matches!(self, EffectKind::Reply(_))
    }
}
