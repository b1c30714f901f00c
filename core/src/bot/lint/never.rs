//! Conditions that can never hold: names of nothing, values that cannot be, parts that exclude each other.

use super::Scene;
use super::compare::Compare;
use crate::bot::knowledge::CLIENT;
use crate::definition::{
    Action, Anchor, Condition, DataSource, Definition, Field, FieldKind, If, Place, RequestKind, Test, walk,
};
use crate::document::nearest;
use crate::error::Code;
use std::collections::BTreeSet;

pub(super) fn check(scene: &Scene<'_>) {
    let compare = Compare::new(&scene.bot.lexicon);
    let set = statuses_set(scene);
    let requested = requested(scene);
    for found in &scene.conditions {
        walk(found.condition, &found.at, &mut |condition, at| {
            if let Some(why) = impossible(scene.definition, &requested, found, condition) {
                at.warn(Code::NeverHolds, why);
            }
            if let Condition::All(inner) = condition
                && let Some(why) = excluded(&compare, inner)
            {
                at.warn(Code::NeverHolds, why);
            }
            if let Condition::Status(names) = condition
                && let Some(name) = names.iter().find(|name| !set.contains(name.as_str()))
            {
                at.down("status").warn(Code::StatusNeverSet, format!("nothing sets the status `{name}`"));
            }
            if let Condition::Audience(names) = condition
                && let Some(name) = names.iter().find(|name| !is_audience(scene.definition, name))
            {
                at.warn(Code::AudienceUnknown, format!("no audience is called `{name}`"));
            }
        });
    }
}

/// Whether somebody belongs to an audience of this name.
pub(super) fn is_audience(definition: &Definition, name: &str) -> bool {
    name == CLIENT || definition.audiences.iter().any(|a| a.name == name)
}

/// Statuses that a dialog may come to be in.
fn statuses_set<'a>(scene: &Scene<'a>) -> BTreeSet<&'a str> {
    let by_actions = scene.actions().filter_map(|(_, _, action)| match action {
        Action::Status(name) => Some(name.as_str()),
        _ => None,
    });
    by_actions.chain(["in_work", "needs_manager"]).collect()
}

/// What the host is asked for.
fn requested(scene: &Scene<'_>) -> BTreeSet<&'static str> {
    let by_actions = scene.actions().filter_map(|(_, _, action)| match action {
        Action::Request { what, .. } => Some(*what),
        _ => None,
    });
    let slots = scene.definition.fields.iter().any(|f| f.kind == FieldKind::Slot);
    let matching = scene.definition.faq.ask_host;
    by_actions
        .chain(slots.then_some(RequestKind::Slots))
        .chain(matching.then_some(RequestKind::Match))
        .map(RequestKind::as_str)
        .collect()
}

/// Why a condition without others inside can never hold.
fn impossible(
    definition: &Definition,
    requested: &BTreeSet<&str>,
    found: &If<'_, '_>,
    condition: &Condition,
) -> Option<String> {
    match condition {
        Condition::Language(names) => {
            let spoken = names.iter().any(|name| definition.languages.all().any(|l| l == name));
            (!spoken).then(|| format!("`{}` is none of the languages of the bot", names.join(", ")))
        }
        Condition::Channel(names) => {
            let served =
                definition.channels.is_empty() || names.iter().any(|n| definition.channels.contains(n));
            (!served).then(|| format!("`{}` is none of the channels of the bot", names.join(", ")))
        }
        Condition::NoReply { reminder, .. } => {
            let heard = match found.of {
                Place::React(..) => true,
                Place::Silence(entry) => entry.since == Anchor::NoReply(reminder.clone()),
                _ => false,
            };
            (!heard)
                .then(|| "`no_reply` holds in the reactions of a flow and under `silence` only".to_string())
        }
        Condition::Data { source: DataSource::Result, name, .. } if !requested.contains(name.as_str()) => {
            let near = nearest(name, requested.iter().copied());
            let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            Some(format!("nothing requests `{name}`, so no result of it comes{hint}"))
        }
        Condition::Field { name, tests } => {
            let field = definition.field(name)?;
            tests.iter().find_map(|test| cannot_compare(field, test))
        }
        _ => None,
    }
}

/// Why no value of a field can pass a test.
fn cannot_compare(field: &Field, test: &Test) -> Option<String> {
    use FieldKind::*;
    let kind = field.kind;
    match test {
        Test::Is(wanted) => {
            let odd = wanted.iter().find(|literal| !may_be(field, literal))?;
            let ids = field.options.iter().map(|o| o.id.as_str());
            let hint = nearest(odd, ids).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            Some(format!("`{}` is never `{odd}`{hint}", field.name))
        }
        Test::Over(bound) | Test::AtLeast(bound) | Test::Below(bound) | Test::AtMost(bound) => {
            let ordered = match kind {
                Date | Slot => is_date(bound),
                YesNo | Photo | Name | Phone | Email | Choice => false,
                Text | Order | Number | Money => is_decimal(bound),
            };
            (!ordered).then(|| format!("a {} cannot be compared with `{bound}`", kind.as_str()))
        }
        Test::Within(_) => (!matches!(kind, Date | Slot))
            .then(|| format!("`within` asks for a date, not for a {}", kind.as_str())),
    }
}

fn may_be(field: &Field, literal: &str) -> bool {
    match field.kind {
        FieldKind::Choice => {
            field.options.iter().any(|o| o.id == literal || o.title.all().any(|title| title == literal))
        }
        FieldKind::YesNo => matches!(literal, "true" | "yes" | "да" | "false" | "no" | "нет"),
        FieldKind::Date => is_date(literal),
        FieldKind::Number | FieldKind::Money => is_decimal(literal),
        _ => true,
    }
}

fn is_date(literal: &str) -> bool {
    crate::time::written::date(literal.trim()).is_some()
}

fn is_decimal(literal: &str) -> bool {
    let digits = literal.trim().trim_start_matches('-');
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
}

/// Why parts of one `all` exclude each other.
fn excluded(compare: &Compare<'_>, inner: &[Condition]) -> Option<String> {
    let pairs = inner.iter().enumerate().flat_map(|(at, a)| inner.iter().skip(at + 1).map(move |b| (a, b)));
    pairs.take_while(|_| compare.goes_on()).find_map(|(a, b)| exclude(compare, a, b))
}

fn exclude(compare: &Compare<'_>, a: &Condition, b: &Condition) -> Option<String> {
    let apart = |what: &str, one: &[String], other: &[String]| {
        let none = !one.iter().any(|name| other.contains(name));
        none.then(|| format!("no {what} is at once `{}` and `{}`", one.join(", "), other.join(", ")))
    };
    match (a, b) {
        (Condition::Status(one), Condition::Status(other)) => apart("status", one, other),
        (Condition::Language(one), Condition::Language(other)) => apart("language", one, other),
        (Condition::Channel(one), Condition::Channel(other)) => apart("channel", one, other),
        (Condition::Audience(one), Condition::Audience(other)) => apart("audience", one, other),
        (Condition::Flow(one), Condition::Flow(other)) if one != other => {
            Some("only one flow is active at a time".to_string())
        }
        (Condition::Button(one), Condition::Button(other)) if one != other => {
            Some(format!("only one button is pressed at a time, `{one}` or `{other}`"))
        }
        (held, Condition::Not(out)) | (Condition::Not(out), held) if compare.implies(held, out) => {
            Some("one part holds only where the other does not".to_string())
        }
        _ if is_said(a) && is_told(b) || is_told(a) && is_said(b) => Some(
            "a message of the client's and a fact, result or silence never come in one event".to_string(),
        ),
        _ => None,
    }
}

fn is_said(condition: &Condition) -> bool {
    use Condition::*;
    matches!(condition, Words { .. } | Button(_) | Angry | Attachment(_))
}

fn is_told(condition: &Condition) -> bool {
    matches!(condition, Condition::Data { .. } | Condition::NoReply { .. })
}
