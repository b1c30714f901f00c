//! Kommo, formerly amoCRM: API v4.
//!
//! Facts: <https://developers.kommo.com/reference/complex-leads> for the limits, `amocrm/amocrm-api-php` for the fields.

mod events;
mod lead;
mod options;
mod salesbot;

pub(super) use events::{events, outcome};

use super::field::of_fields;
use super::job::{Task, creates, first_status, first_tags, jobs};
use crate::dialog::{HandoffEffect, HandoffTo, UpdateLead};
use crate::document::Cursor;
use crate::wire::{ChangeCode, Encoded, Outgoing, Request};
use lead::Card;
use options::{Options, Stage};
use serde_json::{Value as Json, json};

/// Encodes for one target; see [`super::encode`].
pub(super) fn encode(effects: &[Outgoing], at: &Cursor<'_>) -> Option<Encoded> {
    let desk = Options::read(at)?;
    let jobs = jobs(effects, &desk.target);
    let mut out = Encoded::default();
    let (status, tags) = (first_status(&jobs), first_tags(&jobs));
    let born = creates(&jobs);
    for job in &jobs {
        match job.task {
            Task::Create(lead) => {
                let stage = status.and_then(|status| desk.status(status, job.key, &mut out));
                let payload = lead::create(&desk, lead, stage, &tags, job.key, &mut out);
                let mut request = Request::post(job.key, "/api/v4/leads/complex");
                request.key = Some(lead.lead_key.clone());
                out.send(request, payload);
            }
            Task::Update(lead) => update(&desk, lead, job.key, &mut out),
            Task::Handoff(call, Some(to)) => handoff(&desk, call, to, job.key, &mut out),
            Task::Tell(text) => desk.note(None, text, job.key, &mut out),
            Task::Status(status) if !born => {
                if let Some(stage) = desk.status(status, job.key, &mut out) {
                    desk.change_lead(None, stage.keys(), job.key, &mut out);
                }
            }
            Task::Tag(tag) if !born => {
                desk.change_lead(None, json!({"tags_to_add": [{"name": tag}]}), job.key, &mut out);
            }
            _ => {}
        }
    }
    salesbot::encode(&desk, &jobs, &mut out);
    out.requests.iter_mut().for_each(|request| request.target = Some(desk.target.clone()));
    Some(out)
}

/// What changed goes into the fields of the lead and its contact; what neither has a field for becomes a note.
fn update(desk: &Options, lead: &UpdateLead, key: &str, out: &mut Encoded) {
    let id = lead.ids.get(&desk.target).map(String::as_str);
    let mut card = Card::of(desk, of_fields(&lead.fields), key, out);
    if let Some(fields) = card.lead_fields(key, out) {
        desk.change_lead(id, fields, key, out);
    }
    match &desk.contact_id {
        Some(contact) if card.has_contact() => {
            let fields = card.contact_fields(key, out);
            out.send(request("PATCH", key, format!("/api/v4/contacts/{contact}")), fields);
        }
        Some(_) => {}
        None => card.give_up_contact(),
    }
    if !card.rest.is_empty() {
        desk.note(id, &desk.words.lines(&card.rest).join("\n"), key, out);
    }
}

/// A stage, a task, a note: what the author named, else a note with what the team should know.
fn handoff(desk: &Options, call: &HandoffEffect, to: &HandoffTo, key: &str, out: &mut Encoded) {
    if let Some(stage) = &to.stage {
        match desk.stage(stage) {
            Some(stage) => desk.change_lead(None, stage.keys(), key, out),
            None => out.change(ChangeCode::OptionMissing, key, &format!("options.stages.{stage}"), 0, 1),
        }
    }
    if let Some(task) = &to.task {
        desk.task(task, key, out);
    }
    if let Some(text) = &to.text {
        desk.note(None, text, key, out);
    } else if to.stage.is_none() && to.task.is_none() {
        desk.note(None, &super::notice::call(call), key, out);
    }
}

fn request(method: &'static str, key: &str, path: String) -> Request {
    let mut request = Request::post(key, path);
    request.method = method;
    request
}

impl Options {
    /// The id of the lead; a change where nobody knows it yet.
    fn lead_id<'o>(&'o self, id: Option<&'o str>, key: &str, out: &mut Encoded) -> Option<&'o str> {
        // An id stands in paths, so nothing but digits may.
        let digits = |id: &&str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
        let id = id.filter(digits).or(self.lead_id.as_deref());
        if id.is_none() {
            out.change(ChangeCode::LeadUnknown, key, "", 0, 1);
        }
        id
    }

    fn change_lead(&self, id: Option<&str>, fields: Json, key: &str, out: &mut Encoded) {
        if let Some(id) = self.lead_id(id, key, out) {
            out.send(request("PATCH", key, format!("/api/v4/leads/{id}")), fields);
        }
    }

    fn note(&self, id: Option<&str>, text: &str, key: &str, out: &mut Encoded) {
        if let Some(id) = self.lead_id(id, key, out) {
            let note = json!([{"note_type": "common", "params": {"text": text}}]);
            out.send(Request::post(key, format!("/api/v4/leads/{id}/notes")), note);
        }
    }

    fn task(&self, text: &str, key: &str, out: &mut Encoded) {
        let Some((responsible, due)) = self.tasks.complete(key, out) else { return };
        let Some(id) = self.lead_id(None, key, out) else { return };
        const CALL: &str = "1";
        let task = json!([{
            "text": text, "task_type_id": number(self.tasks.kind.as_deref().unwrap_or(CALL)),
            "complete_till": due.as_millis() / 1000, "entity_type": "leads", "entity_id": number(id),
            "responsible_user_id": number(responsible),
        }]);
        out.send(Request::post(key, "/api/v4/tasks"), task);
    }

    /// The stage of a status; a change where the host gave none. Only `not_fit` has one in every account.
    fn status(&self, status: &str, key: &str, out: &mut Encoded) -> Option<Stage> {
        let lost = (status == "not_fit").then(Stage::lost);
        let stage = self.statuses.find(status, lost);
        if stage.is_none() {
            out.change(ChangeCode::OptionMissing, key, &format!("options.statuses.{status}"), 0, 1);
        }
        stage.flatten()
    }

    /// The stage that an author names: one of the options, or its id itself.
    fn stage(&self, name: &str) -> Option<Stage> {
        let digits = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
        let id = digits.then(|| Stage::of(name));
        self.stages.find(name, id).flatten()
    }
}

/// An id as Kommo writes it: a number. One that is none of this world stays a text for Kommo to refuse.
fn number(id: &str) -> Json {
    id.parse::<i64>().map_or_else(|_| Json::from(id), Json::from)
}
