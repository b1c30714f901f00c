//! What makes a condition hold by itself: its words, buttons, values and facts.

use crate::bot::list_name;
use crate::definition::{Condition, DataSource};

/// One thing that is enough for a condition to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trigger<'d> {
    /// A word of this list.
    Words { list: String, whole: bool },
    /// The mood of the message.
    Angry,
    /// The press of this button.
    Button(&'d str),
    /// A value of this field.
    Has(&'d str),
    /// This fact or result, whatever its data.
    Told(DataSource, &'d str),
}

/// A trigger with the state of the dialog that must stand beside it.
#[derive(Debug, Clone)]
pub(super) struct Triggered<'d> {
    pub(super) by: Trigger<'d>,
    pub(super) state: Vec<&'d Condition>,
}

/// The triggers of a condition. Under `all`, one counts only where nothing but the state of the dialog stands
/// beside it: a flow, a status, a language.
pub(super) fn triggers(condition: &Condition) -> Vec<Triggered<'_>> {
    let one = |by| vec![Triggered { by, state: Vec::new() }];
    match condition {
        Condition::Words { words, whole } => one(Trigger::Words { list: list_name(words), whole: *whole }),
        Condition::Angry => one(Trigger::Angry),
        Condition::Button(name) => one(Trigger::Button(name)),
        Condition::Has(field) => one(Trigger::Has(field)),
        Condition::Data { source, name, key: None, .. } => one(Trigger::Told(*source, name)),
        Condition::Any(inner) => inner.iter().flat_map(triggers).collect(),
        Condition::All(inner) => {
            let (state, events): (Vec<_>, Vec<_>) = inner.iter().partition(|c| is_state(c));
            let [event] = events.as_slice() else { return Vec::new() };
            let mut found = triggers(event);
            found.iter_mut().for_each(|t| t.state.extend(&state));
            found
        }
        _ => Vec::new(),
    }
}

fn is_state(condition: &Condition) -> bool {
    matches!(
        condition,
        Condition::Flow(_)
            | Condition::Status(_)
            | Condition::Language(_)
            | Condition::Channel(_)
            | Condition::Audience(_)
            | Condition::Not(_)
    )
}
