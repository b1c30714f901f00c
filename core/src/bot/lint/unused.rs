//! What stands in a definition and nothing uses: as often as not, it was to be used under another name.

use super::Scene;
use crate::bot::words::is_built_in;
use crate::definition::{Action, FieldKind};
use crate::document::Named;
use crate::error::Code;
use std::collections::BTreeSet;

pub(super) fn check(scene: &Scene<'_>) {
    let definition = scene.definition;
    let words = definition.words.keys().filter(|name| !is_built_in(name));
    report(scene, "words", Named::Words, Code::WordsUnused, words.map(String::as_str));
    // Values of these types come by themselves and go into every lead.
    let comes = |kind| {
        use FieldKind::*;
        matches!(kind, Name | Phone | Email | Money | Date | Choice | Order)
    };
    let fields = definition.fields.iter().filter(|f| definition.leads.is_empty() || !comes(f.kind));
    report(scene, "fields", Named::Field, Code::FieldUnused, fields.map(|f| f.name.as_str()));
    let leads = definition.leads.iter().map(|l| l.name.as_str());
    report(scene, "leads", Named::Lead, Code::LeadUnused, leads);
    let statuses = definition.statuses.iter().map(|s| s.name.as_str());
    report(scene, "statuses", Named::Status, Code::StatusUnused, statuses);
    let mut started = BTreeSet::new();
    for (_, _, action) in scene.actions() {
        if let Action::Start(flow) = action {
            started.insert(flow.as_str());
        }
    }
    for flow in definition.flows.iter().filter(|f| f.start.is_none() && !started.contains(f.name.as_str())) {
        if let Some(at) = scene.root.down("flows").find(&flow.name) {
            let message = format!("nothing starts the flow `{}`; give it a `start`", flow.name);
            at.warn(Code::FlowUnused, message);
        }
    }
}

fn report<'n>(
    scene: &Scene<'_>,
    section: &str,
    named: Named,
    code: Code,
    names: impl Iterator<Item = &'n str>,
) {
    let section = scene.root.down(section);
    for name in names {
        let placeholder =
            named == Named::Field && scene.used.contains(&(Named::Placeholder, name.to_string()));
        if placeholder || scene.used.contains(&(named, name.to_string())) {
            continue;
        }
        // What stands in no document, as the parts of a preset, is not the author's to mend.
        if let Some(at) = section.find(name) {
            at.warn(code, format!("nothing uses `{name}`"));
        }
    }
}
