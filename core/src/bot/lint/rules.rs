//! Rules against each other: the first that holds runs, so what stands below may never.

use super::Scene;
use super::compare::Compare;
use super::endings::finish;
use super::triggers::{Trigger, Triggered, triggers};
use crate::bot::words::ANGRY;
use crate::definition::{Action, Condition, If, Place, Rule};
use crate::document::Cursor;
use crate::error::Code;

/// Where a rule leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Lead,
    Human,
    Flow,
    /// The dialog is closed, and nobody gets anything of it.
    Stop,
    Other,
}

/// A rule or the start of a flow, which comes after every rule.
struct Way<'s> {
    name: String,
    at: &'s Cursor<'s>,
    condition: &'s Condition,
    triggers: Vec<Triggered<'s>>,
    end: End,
    /// Nothing below it is looked at when it held.
    last: bool,
}

pub(super) fn check(scene: &Scene<'_>) {
    let compare = Compare::new(&scene.bot.lexicon);
    let ways: Vec<Way<'_>> = scene.conditions.iter().filter_map(way).collect();
    for (place, below) in ways.iter().enumerate() {
        for above in ways.iter().take(place) {
            if !compare.goes_on() {
                return;
            }
            if opposite(&compare, above, below) || unreachable(&compare, above, below) {
                break;
            }
        }
    }
}

fn way<'s>(found: &'s If<'_, '_>) -> Option<Way<'s>> {
    let (name, end, last) = match found.of {
        Place::Rule(rule) => {
            (format!("the rule `{}`", rule.name), end(rule), !rule.go_on || finish(&rule.actions).is_some())
        }
        Place::Start(flow) => (format!("the flow `{}`", flow.name), End::Flow, false),
        _ => return None,
    };
    let condition = found.condition;
    Some(Way { name, at: &found.at, condition, triggers: triggers(condition), end, last })
}

fn end(rule: &Rule) -> End {
    let has = |wanted: fn(&Action) -> bool| rule.actions.iter().any(wanted);
    if has(|a| matches!(a, Action::Lead(_))) {
        End::Lead
    } else if has(|a| matches!(a, Action::Handoff { .. })) {
        End::Human
    } else if has(|a| matches!(a, Action::Start(_))) {
        End::Flow
    } else if has(|a| matches!(a, Action::Finish(_))) {
        End::Stop
    } else {
        End::Other
    }
}

/// One of the two closes the dialog on what the other makes something of.
fn opposite(compare: &Compare<'_>, above: &Way<'_>, below: &Way<'_>) -> bool {
    let stops = (above.end == End::Stop) != (below.end == End::Stop);
    if !stops || above.end == End::Other || below.end == End::Other {
        return false;
    }
    let Some(what) = common(compare, above, below) else { return false };
    let human = above.end == End::Human || below.end == End::Human;
    let code = if human { Code::AngryOrBanned } else { Code::OppositeRules };
    let does = |end| match end {
        End::Stop => "ends the dialog",
        End::Human => "calls a human",
        End::Lead => "creates a lead",
        _ => "starts a flow",
    };
    let message = format!(
        "{what} {} by {}, which comes first, and {} here; only the first happens",
        does(above.end),
        above.name,
        does(below.end)
    );
    below.at.warn(code, message);
    true
}

/// What fires both, wherever the upper one is as wide as the lower.
fn common(compare: &Compare<'_>, above: &Way<'_>, below: &Way<'_>) -> Option<String> {
    let pairs = above.triggers.iter().flat_map(|a| below.triggers.iter().map(move |b| (a, b)));
    let wide = |(a, b): &(&Triggered<'_>, &Triggered<'_>)| a.state.iter().all(|c| b.state.contains(c));
    pairs.filter(wide).find_map(|(a, b)| match (&a.by, &b.by) {
        (Trigger::Words { list, .. }, Trigger::Words { list: other, .. }) => compare.common(list, other),
        (Trigger::Words { list, .. }, Trigger::Angry) | (Trigger::Angry, Trigger::Words { list, .. }) => {
            compare.common(list, ANGRY)
        }
        (one, other) if one == other => Some(match one {
            Trigger::Button(name) => format!("the button `{name}`"),
            Trigger::Has(field) => format!("a value of `{field}`"),
            Trigger::Told(_, name) => format!("`{name}`"),
            Trigger::Angry | Trigger::Words { .. } => "an angry message".to_string(),
        }),
        _ => None,
    })
}

fn unreachable(compare: &Compare<'_>, above: &Way<'_>, below: &Way<'_>) -> bool {
    let covered = above.last && compare.implies(below.condition, above.condition);
    if covered {
        let message = format!("{} stands above and takes every message that would come here", above.name);
        below.at.warn(Code::RuleUnreachable, message);
    }
    covered
}
