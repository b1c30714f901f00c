//! Leads: what they need, where they go, what follows them.

use super::Scene;
use crate::definition::{Action, Definition, FieldKind, List, Place};
use crate::error::Code;
use std::collections::BTreeSet;

pub(super) fn check(scene: &Scene<'_>) {
    scene.lists.iter().for_each(after_lead);
    let asked = asked(scene);
    for lead in &scene.definition.leads {
        let at = scene.root.down("leads").down(&lead.name);
        if lead.to.is_empty() {
            let message = format!("the lead `{}` has no target; it stays in session and record", lead.name);
            at.warn(Code::LeadWithoutTarget, message);
        }
        if lead.need.is_empty() {
            let message = format!("the lead `{}` needs nothing, so empty ones are created", lead.name);
            at.warn(Code::LeadNeedsNothing, message);
        }
        for (place, field) in lead.need.iter().enumerate() {
            if !comes(scene.definition, field) && !asked.contains(field.as_str()) {
                let message = format!(
                    "nothing collects `{field}`; it is asked for in built-in words when the lead is due. add it \
                     to a flow, or give it an `ask`"
                );
                at.down("need").nth(place).warn(Code::NeedNotCollected, message);
            }
        }
    }
}

/// A list that creates a lead and says nothing of what follows. A flow's `then` leads to its `done`.
fn after_lead(list: &List<'_, '_>) {
    if matches!(list.of, Place::Then(_)) {
        return;
    }
    let says_more = |a: &Action| {
        matches!(
            a,
            Action::Finish(_)
                | Action::Status(_)
                | Action::Say(_)
                | Action::Ask(_)
                | Action::Start(_)
                | Action::Handoff { .. }
        )
    };
    let Some(at) = list.actions.iter().position(|a| matches!(a, Action::Lead(_))) else { return };
    if !list.actions.iter().skip(at + 1).any(says_more) {
        let message = format!(
            "{} creates a lead and does not say what follows; the dialog goes on. add `finish` or `say`",
            Scene::name(list.of)
        );
        list.action(at).warn(Code::AfterLead, message);
    }
}

/// Whether a value of the field comes without being asked, or the author words the question.
fn comes(definition: &Definition, field: &str) -> bool {
    use FieldKind::*;
    let unasked = |kind| matches!(kind, Name | Phone | Email | Money | Date | Choice | Order);
    definition.field(field).is_none_or(|f| unasked(f.kind) || !f.ask.is_empty())
}

/// Fields that a flow collects, or that a list asks for or sets.
pub(super) fn asked<'a>(scene: &Scene<'a>) -> BTreeSet<&'a str> {
    let mut asked: BTreeSet<&str> =
        scene.definition.flows.iter().flat_map(|f| &f.collect).map(String::as_str).collect();
    for (_, _, action) in scene.actions() {
        match action {
            Action::Ask(field) => {
                asked.insert(field);
            }
            Action::Set(values) => asked.extend(values.iter().map(|(name, _)| name.as_str())),
            _ => {}
        }
    }
    asked
}
