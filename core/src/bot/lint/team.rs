//! What reaches the team: targets, summaries, links.

use super::Scene;
use crate::definition::{Action, TargetKind, Text, placeholders};
use crate::document::{Cursor, nearest};
use crate::error::Code;
use std::collections::BTreeMap;

pub(super) fn check(scene: &Scene<'_>) {
    let handoff = &scene.definition.handoff;
    let at = scene.root.down("handoff");
    let mut summaries = 0;
    let mut first_handoff = None;
    for (_, at, action) in scene.actions() {
        match action {
            Action::Handoff { .. } => first_handoff = first_handoff.or(Some(at)),
            Action::Notify { text: None, .. } => summaries += 1,
            Action::Notify { text: Some(text), .. } => links(&at.down("text"), text, &mut summaries),
            _ => {}
        }
    }
    for target in &handoff.to {
        if let Some(say) = &target.say {
            links(&at.down("to").down(&target.name).down("say"), say, &mut summaries);
        }
    }
    if let (Some(first), true) = (&first_handoff, handoff.to.is_empty()) {
        first
            .warn(Code::HandoffWithoutTarget, "a human is called, and `handoff.to` names nobody who is told");
    }
    if summaries > 0 && handoff.summary.is_empty() {
        at.warn(
            Code::SummaryEmpty,
            "the team is sent a summary, and `handoff.summary` names no field for it",
        );
    }
    targets(scene);
    powers(scene);
}

/// What a target of the handoff is asked for, and its kind cannot do.
fn powers(scene: &Scene<'_>) {
    for target in &scene.definition.handoff.to {
        let Some(kind) = TargetKind::of(&target.name).filter(|kind| !kind.is_crm()) else { continue };
        let at = scene.root.down("handoff").down("to").down(&target.name);
        let asked = [("stage", target.stage.is_some()), ("task", target.task.is_some())];
        for (key, _) in asked.into_iter().filter(|(_, asked)| *asked) {
            let message = format!("a target of the kind `{}` has no {key}", kind.as_str());
            at.down(key).warn(Code::TargetCannot, message);
        }
    }
}

/// R013: who is called needs the way to the chat.
fn links(at: &Cursor<'_>, text: &Text, summaries: &mut usize) {
    let has = |wanted: &str| text.all().any(|text| placeholders(text).contains(&wanted));
    *summaries += usize::from(has("summary"));
    if !has("chat_url") {
        at.warn(Code::ChatLinkMissing, "the message carries no link to the chat; add `{chat_url}`");
    }
}

/// Names of targets that are compared with each other; a team has ten.
const TARGETS: usize = 100;

/// A name that stands once, and nearly so elsewhere or among the kinds, is a slip.
fn targets(scene: &Scene<'_>) {
    let definition = scene.definition;
    let mut named: BTreeMap<&str, Vec<Cursor<'_>>> = BTreeMap::new();
    let to = scene.root.down("handoff").down("to");
    for (place, target) in definition.handoff.to.iter().enumerate() {
        let at = to.find(&target.name).unwrap_or_else(|| to.nth(place));
        named.entry(&target.name).or_default().push(at);
    }
    for lead in &definition.leads {
        let at = scene.root.down("leads").down(&lead.name).down("to");
        lead.to.iter().enumerate().for_each(|(place, to)| named.entry(to).or_default().push(at.nth(place)));
    }
    if let Some(mirror) = &definition.mirror {
        named.entry(&mirror.to).or_default().push(scene.root.down("mirror").down("to"));
    }
    for (_, at, action) in scene.actions() {
        if let Action::Notify { to, .. } = action {
            named.entry(to).or_default().push(at.down("notify"));
        }
    }
    let often: Vec<&str> =
        named.iter().filter(|(_, places)| places.len() > 1).map(|(name, _)| *name).collect();
    for (name, places) in named.iter().take(TARGETS) {
        if let (Some(kind), Some(at)) = (slip_of_kind(name), places.first()) {
            let message = format!("`{name}` is the host's own target; did you mean `{kind}`?");
            at.warn(Code::TargetMisspelt, message);
            continue;
        }
        let [at] = places.as_slice() else { continue };
        let near = nearest(name, often.iter().take(TARGETS).copied());
        if let Some(near) = near.filter(|near| !differ_in_numbers(name, near)) {
            at.warn(Code::TargetMisspelt, format!("`{name}` stands here only; did you mean `{near}`?"));
        }
    }
}

/// The kind that a name nearly says. Slips spare the first letter: `mail` is a word of its own beside `email`.
fn slip_of_kind(name: &str) -> Option<String> {
    if TargetKind::of(name).is_some() {
        return None;
    }
    let name = name.to_lowercase();
    let alike = |kind: &&str| kind.chars().next() == name.chars().next();
    let kinds = TargetKind::ALL.into_iter().map(TargetKind::as_str).filter(alike);
    nearest(&name, kinds)
}

/// `chat1` beside `chat2` is no slip.
fn differ_in_numbers(one: &str, other: &str) -> bool {
    let letters = |name: &str| name.chars().filter(|c| !c.is_numeric()).collect::<String>();
    letters(one) == letters(other)
}
