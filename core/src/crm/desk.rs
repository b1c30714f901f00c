//! What the CRMs share among their options: the lead that a dialog has, tasks, stages, the field map.

use super::{id_option, option};
use crate::definition::Duration;
use crate::document::{Cursor, Keys, Value};
use crate::time::Timestamp;
use crate::wire::{ChangeCode, Encoded};
use std::collections::BTreeMap;

/// When a task is due where the host does not say.
const TASK_WITHIN: Duration = Duration(3_600_000);

/// Tasks of a CRM: somebody is responsible for each, by some time.
pub(super) struct Tasks {
    /// Who.
    pub(super) responsible: Option<String>,
    /// By when; none where neither `due` nor `now` is given.
    pub(super) due: Option<Timestamp>,
    /// The vendor's type of task.
    pub(super) kind: Option<String>,
}

impl Tasks {
    /// Reads `now` and `task: {responsible, within, due, type}` of the options.
    pub(super) fn read(keys: &Keys<'_>) -> Self {
        let now = keys.get("now").and_then(|c| c.instant());
        let Some(keys) = keys.get("task").and_then(|c| c.keys()) else {
            return Self { responsible: None, due: now.map(|now| now.plus(TASK_WITHIN.0)), kind: None };
        };
        let responsible = id_option(&keys, "responsible");
        let within = keys.get("within").and_then(|c| Duration::read(&c)).unwrap_or(TASK_WITHIN);
        let due = keys.get("due").and_then(|c| c.instant());
        let kind = id_option(&keys, "type");
        keys.end();
        Self { responsible, due: due.or(now.map(|now| now.plus(within.0))), kind }
    }

    /// Who is responsible and by when; what is missing becomes a change, since the vendor refuses a task without.
    pub(super) fn complete(&self, key: &str, out: &mut Encoded) -> Option<(&str, Timestamp)> {
        if self.responsible.is_none() {
            out.change(ChangeCode::OptionMissing, key, "options.task.responsible", 0, 1);
        }
        if self.due.is_none() {
            out.change(ChangeCode::OptionMissing, key, "options.now", 0, 1);
        }
        self.responsible.as_deref().zip(self.due)
    }
}

/// Names of statuses or stages with what the CRM calls them; `null` for one that moves nothing.
pub(super) struct Stages<T>(BTreeMap<String, Option<T>>);

impl<T: Clone> Stages<T> {
    /// Reads a map of the options.
    pub(super) fn read(keys: &Keys<'_>, key: &'static str, stage: impl Fn(&Cursor<'_>) -> Option<T>) -> Self {
        let named = keys.get(key).map(|c| c.named()).unwrap_or_default();
        let read = |(name, at): (String, Cursor<'_>)| match at.node.value {
            Value::Null => Some((name, None)),
            _ => Some((name, Some(stage(&at)?))),
        };
        Self(named.into_iter().filter_map(read).collect())
    }

    /// The stage of a name: the host's, else the usual one. The outer none says that nobody knows the name.
    pub(super) fn find(&self, name: &str, usual: Option<T>) -> Option<Option<T>> {
        self.0.get(name).cloned().or_else(|| usual.map(Some))
    }
}

/// Reads `fields` of the options: a place of the vendor's for each name, `null` for what stays out.
pub(super) fn field_map<T>(
    keys: &Keys<'_>,
    place: impl Fn(&Cursor<'_>) -> Option<T>,
) -> BTreeMap<String, Option<T>> {
    let named = keys.get("fields").map(|c| c.named()).unwrap_or_default();
    let read = |(name, at): (String, Cursor<'_>)| match at.node.value {
        Value::Null => Some((name, None)),
        _ => Some((name, Some(place(&at)?))),
    };
    named.into_iter().filter_map(read).collect()
}

/// Tags that every lead has.
pub(super) fn tags(keys: &Keys<'_>) -> Vec<String> {
    keys.get("tags").map(|c| c.texts()).unwrap_or_default()
}

/// Reads `transcript_url` of the options: where the team reads the whole talk.
pub(super) fn transcript(keys: &Keys<'_>) -> Option<String> {
    option(keys, "transcript_url")
}
