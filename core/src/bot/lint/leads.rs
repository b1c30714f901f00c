//! Leads: what they need, where they go, what follows them.

use super::Scene;
use crate::definition::{Action, Definition, FieldKind, List, Place};
use crate::error::Code;

pub(super) fn check(scene: &Scene<'_>) {
    scene.lists.iter().for_each(after_lead);
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
            if !comes(scene.definition, field) && !is_asked(scene, field) {
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

/// Whether a flow collects it, or a list asks for it or sets it.
fn is_asked(scene: &Scene<'_>, field: &str) -> bool {
    let collected = scene.definition.flows.iter().any(|f| f.collect.iter().any(|c| c == field));
    let asked = |action: &Action| match action {
        Action::Ask(asked) => asked == field,
        Action::Set(values) => values.iter().any(|(name, _)| name == field),
        _ => false,
    };
    collected || scene.actions().any(|(_, _, action)| asked(action))
}
