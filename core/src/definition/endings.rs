//! How lists end: a dialog that is over and one that goes on must not be taken for each other.

use super::walk::{List, Place, lists};
use super::{Action, Definition};
use crate::document::Cursor;
use crate::error::Code;

/// Statuses that say of themselves that the dialog goes on. Others that are not final, `booked` and those of the
/// author's, may be kept by a dialog that ends: `finish` without a final status keeps the status.
const GOES_ON: &[&str] = &["in_work", "needs_manager"];

/// Reports lists that set one kind of status and do the other.
pub(super) fn check(definition: &Definition, root: &Cursor<'_>) {
    for list in lists(definition, root) {
        finishes_in_work(&list);
        goes_on_as_final(definition, &list);
    }
}

fn finishes_in_work(list: &List<'_, '_>) {
    let finish = list.actions.iter().position(|a| matches!(a, Action::Finish(_)));
    if let Some((at, name)) = last_status(list.actions, finish.unwrap_or(0))
        && GOES_ON.contains(&name)
    {
        let message =
            format!("`{name}` is the status of a dialog that goes on, and this list ends the dialog");
        let hint = "set a final status such as `done`, or leave the status as it is";
        list.action(at).down("status").error_hint(Code::FinishNotFinal, message, Some(hint.into()));
    }
}

/// Flows and silence may have a reason to go on: there it is a warning of the lint.
fn goes_on_as_final(definition: &Definition, list: &List<'_, '_>) {
    let passes_on = matches!(list.of, Place::Rule(rule) if rule.go_on);
    let strict = matches!(list.of, Place::Greeting | Place::Unknown | Place::Item(_) | Place::Rule(_));
    if passes_on || !strict {
        return;
    }
    if let Some((at, name)) = final_and_open(definition, list.actions) {
        let message = format!("`{name}` is a final status, and the dialog goes on");
        let hint = "add `finish: silent` or `finish: reopen`, or set a status that is not final";
        list.action(at).down("status").error_hint(Code::FinalGoesOn, message, Some(hint.into()));
    }
}

/// The final status that a list leaves a dialog in which goes on: its place and name.
pub(crate) fn final_and_open<'d>(definition: &Definition, actions: &'d [Action]) -> Option<(usize, &'d str)> {
    let ends = |a: &Action| matches!(a, Action::Finish(_) | Action::Handoff { .. } | Action::Start(_));
    let last = last_status(actions, actions.len())?;
    let open = definition.is_final(last.1) == Some(true) && !actions.iter().any(ends);
    open.then_some(last)
}

/// The last status that a list sets before one of its actions: its place and name.
pub(crate) fn last_status(actions: &[Action], before: usize) -> Option<(usize, &str)> {
    let (actions, _) = actions.split_at_checked(before)?;
    let at = actions.iter().rposition(|action| matches!(action, Action::Status(_)))?;
    if let Some(Action::Status(name)) = actions.get(at) { Some((at, name)) } else { None }
}
