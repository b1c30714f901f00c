//! Bitrix24: leads through `crm.item.*` or the older `crm.lead.*`, comments, tasks, open lines and bots.
//!
//! Facts: `bitrix-tools/b24-rest-docs`.

mod chat;
mod events;
mod lead;
mod options;

pub(super) use events::{events, outcome};

use super::field::of_fields;
use super::job::{Task, creates, first_status, jobs};
use crate::dialog::{HandoffEffect, HandoffTo, UpdateLead};
use crate::document::Cursor;
use crate::wire::{ChangeCode, Encoded, Outgoing, Request};
use lead::Card;
use options::Options;
use serde_json::{Value as Json, json};

/// Encodes for one target; see [`super::encode`].
pub(super) fn encode(effects: &[Outgoing], at: &Cursor<'_>) -> Option<Encoded> {
    let desk = Options::read(at)?;
    let jobs = jobs(effects, &desk.target);
    let mut out = Encoded::default();
    let status = first_status(&jobs);
    let born = creates(&jobs);
    for job in &jobs {
        match job.task {
            Task::Create(lead) => {
                let stage = status.and_then(|status| desk.status(status, job.key, &mut out));
                let card = Card::of_lead(&desk, lead);
                let mut request =
                    Request::post(job.key, if desk.old { "crm.lead.add" } else { "crm.item.add" });
                request.key = Some(lead.lead_key.clone());
                out.send(request, card.creation(&desk, lead, stage));
            }
            Task::Update(lead) => update(&desk, lead, job.key, &mut out),
            Task::Handoff(call, to) => {
                if let Some(to) = to {
                    handoff(&desk, call, to, job.key, &mut out);
                }
                chat::hand_over(&desk, job.key, &mut out);
            }
            Task::Tell(text) => desk.comment(None, text, job.key, &mut out),
            Task::Status(status) if !born => {
                if let Some(stage) = desk.status(status, job.key, &mut out) {
                    desk.move_lead(stage, job.key, &mut out);
                }
            }
            Task::Reply(said) => chat::say(&desk, said, job.key, &mut out),
            Task::Finish => chat::finish(&desk, job.key, &mut out),
            Task::Tag(_) => out.change(ChangeCode::Dropped, job.key, "tag", 1, 0),
            Task::Status(_) | Task::Alert { .. } => {}
        }
    }
    out.requests.iter_mut().for_each(|request| request.target = Some(desk.target.clone()));
    Some(out)
}

/// What changed goes into the fields of the lead; what it has no field for becomes a comment.
fn update(desk: &Options, lead: &UpdateLead, key: &str, out: &mut Encoded) {
    let id = lead.ids.get(&desk.target).map(String::as_str);
    let card = Card::of(desk, of_fields(&lead.fields));
    if card.has_fields() {
        desk.change_lead(id, card.fields(desk), key, out);
    }
    let rest = card.rest(desk);
    if !rest.is_empty() {
        desk.comment(id, &rest.join("\n"), key, out);
    }
}

/// A stage, a task, a comment: what the author named, else a comment with what the team should know.
fn handoff(desk: &Options, call: &HandoffEffect, to: &HandoffTo, key: &str, out: &mut Encoded) {
    if let Some(stage) = &to.stage {
        match desk.stages.find(stage, options::is_stage(stage).then(|| stage.clone())).flatten() {
            Some(stage) => desk.move_lead(stage, key, out),
            None => out.change(ChangeCode::OptionMissing, key, &format!("options.stages.{stage}"), 0, 1),
        }
    }
    if let Some(task) = &to.task {
        desk.task(task, &super::notice::call(call), key, out);
    }
    if let Some(text) = &to.text {
        desk.comment(None, text, key, out);
    } else if to.stage.is_none() && to.task.is_none() {
        desk.comment(None, &super::notice::call(call), key, out);
    }
}

impl Options {
    /// The id of the lead; a change where nobody knows it yet.
    fn lead_id<'o>(&'o self, id: Option<&'o str>, key: &str, out: &mut Encoded) -> Option<&'o str> {
        let id = id.or(self.lead_id.as_deref());
        if id.is_none() {
            out.change(ChangeCode::LeadUnknown, key, "", 0, 1);
        }
        id
    }

    fn change_lead(&self, id: Option<&str>, fields: Json, key: &str, out: &mut Encoded) {
        let Some(id) = self.lead_id(id, key, out) else { return };
        let mut payload = json!({"id": number(id), "fields": fields});
        if let (false, Some(keys)) = (self.old, payload.as_object_mut()) {
            keys.insert("entityTypeId".into(), self.entity.type_id().into());
        }
        self.keep_names(&mut payload);
        out.send(Request::post(key, self.method("update")), payload);
    }

    /// `crm.item.add`, `crm.lead.update`.
    fn method(&self, what: &str) -> String {
        format!("crm.{}.{what}", if self.old { self.entity.name() } else { "item" })
    }

    fn move_lead(&self, stage: String, key: &str, out: &mut Encoded) {
        self.change_lead(None, json!({ self.field_name("stageId"): stage }), key, out);
    }

    fn comment(&self, id: Option<&str>, text: &str, key: &str, out: &mut Encoded) {
        let Some(id) = self.lead_id(id, key, out) else { return };
        let fields = json!({"ENTITY_ID": number(id), "ENTITY_TYPE": self.entity.name(), "COMMENT": text});
        out.send(Request::post(key, "crm.timeline.comment.add"), json!({ "fields": fields }));
    }

    fn task(&self, title: &str, summary: &str, key: &str, out: &mut Encoded) {
        let Some((responsible, due)) = self.tasks.complete(key, out) else { return };
        let Some(id) = self.lead_id(None, key, out) else { return };
        let fields = json!({
            "TITLE": title, "DESCRIPTION": summary, "RESPONSIBLE_ID": number(responsible),
            "DEADLINE": due.to_string(), "UF_CRM_TASK": [format!("{}_{id}", self.entity.letter())],
        });
        out.send(Request::post(key, "tasks.task.add"), json!({ "fields": fields }));
    }

    /// The stage of a status; a change where none is known.
    fn status(&self, status: &str, key: &str, out: &mut Encoded) -> Option<String> {
        let stage = self.statuses.find(status, self.usual_stage(status).map(str::to_string));
        if stage.is_none() {
            out.change(ChangeCode::OptionMissing, key, &format!("options.statuses.{status}"), 0, 1);
        }
        stage.flatten()
    }
}

/// An id as Bitrix24 writes it: a number. One that is none of this world stays a text for it to refuse.
fn number(id: &str) -> Json {
    id.parse::<i64>().map_or_else(|_| Json::from(id), Json::from)
}
