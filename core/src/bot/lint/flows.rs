//! Flows: how they start, what they collect, what they leave running.

use super::Scene;
use super::compare::Compare;
use super::leads::asked;
use super::triggers::{Trigger, Triggered, triggers};
use crate::definition::{Action, Anchor, Condition, FieldKind, Flow, Place, RequestKind};
use crate::document::Cursor;
use crate::error::Code;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(scene: &Scene<'_>) {
    starts_overlap(scene);
    start_cycles(scene);
    ambiguous_fields(scene);
    reminders(scene);
    bookings(scene);
    offers(scene);
}

/// C8: one message starts two flows; the longest phrase wins, and among equals the first by name.
fn starts_overlap(scene: &Scene<'_>) {
    let compare = Compare::new(&scene.bot.lexicon);
    let starts: Vec<(&Flow, &Cursor<'_>)> = scene
        .conditions
        .iter()
        .filter_map(|found| if let Place::Start(flow) = found.of { Some((flow, &found.at)) } else { None })
        .collect();
    for (place, (below, at)) in starts.iter().enumerate() {
        for (above, _) in starts.iter().take(place) {
            if !compare.goes_on() {
                return;
            }
            if let Some(what) = overlap(&compare, above, below) {
                let message = format!(
                    "{what} starts the flow `{}` and this one; the longest phrase wins, then the first by name",
                    above.name
                );
                at.warn(Code::StartsOverlap, message);
            }
        }
    }
}

/// A message that starts both flows.
fn overlap(compare: &Compare<'_>, one: &Flow, other: &Flow) -> Option<String> {
    let (one, other) = (start_triggers(one), start_triggers(other));
    let pairs = one.iter().flat_map(|a| other.iter().map(move |b| (&a.by, &b.by)));
    pairs.into_iter().find_map(|pair| match pair {
        (Trigger::Words { list, .. }, Trigger::Words { list: other, .. }) => {
            compare.both_in(list, other).map(|phrase| format!("`{phrase}`"))
        }
        (Trigger::Button(name), Trigger::Button(other)) if name == other => {
            Some(format!("the button `{name}`"))
        }
        _ => None,
    })
}

fn start_triggers(flow: &Flow) -> Vec<Triggered<'_>> {
    flow.start.as_ref().map(triggers).unwrap_or_default()
}

/// Flows whose `then` or `unsure` start each other.
fn start_cycles(scene: &Scene<'_>) {
    let mut next: BTreeMap<&str, Vec<(&str, Cursor<'_>)>> = BTreeMap::new();
    for (list, at, action) in scene.actions() {
        if let (Place::Then(flow) | Place::Unsure(flow), Action::Start(started)) = (list.of, action) {
            next.entry(&flow.name).or_default().push((started, at));
        }
    }
    let leads_to = |from: &str, to: &str| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
        while let Some(name) = open.pop() {
            if name == to {
                return true;
            }
            if seen.insert(name) {
                open.extend(next.get(name).into_iter().flatten().map(|(started, _)| *started));
            }
        }
        false
    };
    // One warning a circle: at the first of its flows by name.
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for (flow, starts) in &next {
        for (started, at) in starts {
            if !told.contains(flow) && leads_to(started, flow) {
                told.extend(next.keys().filter(|other| leads_to(started, other) && leads_to(other, flow)));
                let message = format!(
                    "the flow `{flow}` starts `{started}`, which leads back to it: they go round in circles"
                );
                at.warn(Code::StartCycle, message);
            }
        }
    }
}

/// Types of which a message may bring a value that nobody asked for.
const UNASKED: &[FieldKind] =
    &[FieldKind::Phone, FieldKind::Email, FieldKind::Money, FieldKind::Date, FieldKind::Name];

fn ambiguous_fields(scene: &Scene<'_>) {
    let definition = scene.definition;
    let mut waited = BTreeSet::new();
    for found in &scene.conditions {
        if let Place::Rule(_) | Place::Start(_) | Place::Silence(_) = found.of {
            found.condition.walk(&mut |c| {
                if let Condition::Has(name) = c {
                    waited.insert(name.as_str());
                }
            });
        }
    }
    let asked = asked(scene);
    for kind in UNASKED {
        let names: Vec<&str> =
            definition.fields.iter().filter(|f| f.kind == *kind).map(|f| f.name.as_str()).collect();
        if names.len() < 2 || names.contains(&kind.as_str()) {
            continue;
        }
        // Where all are asked for and no rule waits for one, each has its turn.
        if names.iter().all(|name| asked.contains(name) && !waited.contains(name)) {
            continue;
        }
        let message = format!(
            "a {} that nobody asked for fills none of {}; call one of them `{}`",
            kind.as_str(),
            names.join(", "),
            kind.as_str()
        );
        if let Some(name) = names.iter().find(|n| waited.contains(*n)).or(names.first()) {
            scene.root.down("fields").down(name).warn(Code::FieldAmbiguous, message);
        }
    }
}

fn reminders(scene: &Scene<'_>) {
    for (_, at, action) in scene.actions() {
        let Action::Remind(remind) = action else { continue };
        let Some(field) = scene.definition.field(&remind.before) else { continue };
        if !matches!(field.kind, FieldKind::Date | FieldKind::Slot) {
            let message =
                format!("`{}` is a {} and holds no date to count back from", field.name, field.kind.as_str());
            at.down("before").warn(Code::RemindNever, message);
        }
    }
}

/// A booking request that carries no time: an empty booking in the calendar.
fn bookings(scene: &Scene<'_>) {
    for (list, at, action) in scene.actions() {
        if let (Action::Request { what: RequestKind::Book, params: None, .. }, Some(flow)) =
            (action, list.of.flow())
        {
            let timed = |name: &String| {
                let kind = scene.definition.field(name).map(|f| f.kind);
                matches!(kind, Some(FieldKind::Slot | FieldKind::Date))
            };
            if !flow.collect.iter().any(timed) {
                let message = format!("the flow `{}` books without collecting a slot or date", flow.name);
                at.warn(Code::BookWithoutTime, message);
            }
        }
    }
}

/// Follow-ups of an offer that no list makes.
fn offers(scene: &Scene<'_>) {
    let offers = scene.lists.iter().any(|list| {
        let quote = |a: &Action| matches!(a, Action::Request { what: RequestKind::Quote, .. });
        let buttons = |a: &Action| matches!(a, Action::Say(say) if !say.buttons.is_empty());
        list.actions.iter().any(quote) && list.actions.iter().any(buttons)
    });
    let entries = scene.definition.silence.iter().enumerate();
    for (place, _) in entries.filter(|(_, s)| s.since == Anchor::Offer && !offers) {
        let message = "no list makes an offer: a reply with buttons in a list that holds `request: quote`";
        scene.root.down("silence").nth(place).down("since").warn(Code::SilenceNever, message);
    }
}
