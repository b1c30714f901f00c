//! Names for what a definition leaves unnamed: sessions remember these, so that a definition may grow under them.

use crate::definition::{Action, Anchor, Definition, Flow, Silence};
use crate::definition::{Condition, Duration};

/// The place of an action in its list: `say`, `request.book`, `say.2` for the second of that name, `end` after all.
pub(super) fn place(actions: &[Action], at: usize) -> String {
    let Some(action) = actions.get(at) else { return "end".to_string() };
    let name = action_name(action);
    numbered(&name, actions.iter().take(at).filter(|a| action_name(a) == name).count())
}

/// Where the place of that name is now; none where the list has no such action any more.
pub(super) fn find_place(actions: &[Action], name: &str) -> Option<usize> {
    (0..=actions.len()).find(|at| place(actions, *at) == name)
}

fn action_name(action: &Action) -> String {
    let (word, what) = match action {
        Action::Say(_) => ("say", ""),
        Action::Ask(field) => ("ask", field.as_str()),
        Action::Lead(name) => ("lead", name.as_str()),
        Action::Status(status) => ("status", status.as_str()),
        Action::Finish(mode) => ("finish", mode.as_str()),
        Action::Handoff { reason, .. } => ("handoff", reason.as_str()),
        Action::Notify { to, .. } => ("notify", to.as_str()),
        Action::Set(_) => ("set", ""),
        Action::Tag(tag) => ("tag", tag.as_str()),
        Action::Start(flow) => ("start", flow.as_str()),
        Action::Request { what, .. } => ("request", what.as_str()),
        Action::Remind(remind) => ("remind", remind.name.as_str()),
        Action::Cancel(_) => ("cancel", ""),
    };
    if what.is_empty() { word.to_string() } else { format!("{word}.{what}") }
}

/// The timer of an entry of `silence`: `silence.client.2d`.
pub(super) fn silence(definition: &Definition, at: usize) -> String {
    let Some(entry) = definition.silence.get(at) else { return "silence".to_string() };
    let name = silence_name(entry);
    numbered(&name, definition.silence.iter().take(at).filter(|s| silence_name(s) == name).count())
}

fn silence_name(entry: &Silence) -> String {
    let since = match &entry.since {
        Anchor::LastMessage => "last_message",
        Anchor::Client => "client",
        Anchor::Offer => "offer",
        Anchor::NoReply(reminder) => reminder,
    };
    format!("silence.{since}.{}", entry.after)
}

/// The timer of a flow's reaction to no reply: `no_reply.booking.visit.20h`; none for other reactions.
pub(super) fn no_reply(flow: &Flow, at: usize) -> Option<String> {
    let (reminder, within) = awaited(flow, at)?;
    let same = (0..at).filter(|earlier| awaited(flow, *earlier) == Some((reminder, within))).count();
    Some(numbered(&format!("no_reply.{}.{reminder}.{within}", flow.name), same))
}

fn awaited(flow: &Flow, at: usize) -> Option<(&str, Duration)> {
    let mut found = None;
    flow.react.get(at)?.condition.walk(&mut |c| {
        if let Condition::NoReply { reminder, within } = c {
            found = Some((reminder.as_str(), *within));
        }
    });
    found
}

fn numbered(name: &str, earlier: usize) -> String {
    if earlier == 0 { name.to_string() } else { format!("{name}.{}", earlier + 1) }
}
