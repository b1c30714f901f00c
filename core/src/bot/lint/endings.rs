//! How dialogs end: by what words, in what status, and what stands after the end.

use super::Scene;
use super::triggers::{Trigger, triggers};
use crate::bot::words::Lexicon;
use crate::definition::{Action, Condition, FinishMode, List, Place, final_and_open, last_status};
use crate::error::Code;

pub(super) fn check(scene: &Scene<'_>) {
    for list in &scene.lists {
        after_finish(list);
        statuses(scene, list);
        for_good(list);
    }
    for found in &scene.conditions {
        if let Place::Rule(rule) = found.of
            && finish(&rule.actions).is_some()
            && let Some(word) = closing_word(&scene.bot.lexicon, found.condition)
        {
            let message = format!(
                "`{word}` ends the dialog wherever it stands in a message: «{word}, and one more question». add \
                 `match: whole`"
            );
            found.at.warn(Code::ClosingContains, message);
        }
    }
}

/// The first `finish` of a list.
pub(super) fn finish(actions: &[Action]) -> Option<(usize, FinishMode)> {
    let mode = |a: &Action| if let Action::Finish(mode) = a { Some(*mode) } else { None };
    actions.iter().enumerate().find_map(|(at, a)| mode(a).map(|mode| (at, mode)))
}

fn after_finish(list: &List<'_, '_>) {
    let Some((at, _)) = finish(list.actions) else { return };
    for (place, action) in list.actions.iter().enumerate().skip(at + 1) {
        let speaks = action.speaks();
        let what = if speaks { "is never said" } else { "belongs before it" };
        list.action(place)
            .warn(Code::AfterFinish, format!("the dialog is over: what stands after `finish` {what}"));
    }
}

fn statuses(scene: &Scene<'_>, list: &List<'_, '_>) {
    let definition = scene.definition;
    if let Some((at, FinishMode::Silent)) = finish(list.actions)
        && let Some((at, name)) = last_status(list.actions, at)
        && definition.is_final(name) == Some(false)
    {
        let message = format!("the dialog ends for good in `{name}`, which is not final");
        list.action(at).warn(Code::FinishKeepsStatus, message);
    }
    let may_go_on = match list.of {
        // Its own `done` names the status: that is what the flow was for.
        Place::Then(flow) | Place::React(flow, _) | Place::Unsure(flow) => names_statuses(&flow.done),
        Place::Silence(_) => Vec::new(),
        _ => return,
    };
    if let Some((at, name)) = final_and_open(definition, list.actions)
        && !may_go_on.iter().any(|status| status == name)
    {
        let message = format!("`{name}` is a final status, and the dialog goes on. add `finish`");
        list.action(at).warn(Code::FinalStatusOpen, message);
    }
}

fn names_statuses(condition: &Condition) -> Vec<String> {
    let mut names = Vec::new();
    condition.walk(&mut |c| {
        if let Condition::Status(statuses) = c {
            names.extend_from_slice(statuses);
        }
    });
    names
}

/// Ends for good that nobody deserved: by an answer of the FAQ, by a greeting, or with a human called.
fn for_good(list: &List<'_, '_>) {
    let Some((at, mode)) = finish(list.actions) else { return };
    let calls = list.actions.iter().take(at).any(|a| matches!(a, Action::Handoff { .. }));
    if calls {
        let message =
            "a human is called and the dialog ends: nobody talks to the client. leave one of them out";
        list.action(at).warn(Code::HandoffFinish, message);
    }
    match list.of {
        Place::Item(_) if mode == FinishMode::Silent => {
            let message = "an answer is found by likeness, and this one silences the bot for good. write \
                           `then: [ { finish: reopen } ]`";
            list.action(at).warn(Code::FaqFinish, message);
        }
        Place::Greeting if mode == FinishMode::Silent => {
            let message = "who only says hello is never answered again. write `finish: reopen`";
            list.action(at).warn(Code::GreetingFinish, message);
        }
        _ => {}
    }
}

/// A word of courtesy that makes a condition hold wherever it stands.
fn closing_word<'l>(lexicon: &'l Lexicon, condition: &Condition) -> Option<&'l str> {
    let courtesy = |word: &&str| lexicon.only_courtesy(&lexicon.read(word.trim_start_matches('='), &[]));
    triggers(condition).into_iter().find_map(|found| match found.by {
        Trigger::Words { list, whole: false } => lexicon.entries(&list).find(courtesy),
        _ => None,
    })
}
