//! What of a definition concerns one audience; the rest is left out.

use crate::bot::inline_list;
use crate::bot::knowledge::Answer;
use crate::definition::{Action, Condition, Definition, Flow, Knowledge, WordsRef, for_each_condition};
use std::collections::BTreeSet;

const ALWAYS: Condition = Condition::All(Vec::new());
const NEVER: Condition = Condition::Any(Vec::new());

/// The definition as one audience meets it. Rules, reactions, starts and silences of others go, then the flows and
/// leads that nothing leads to any more, and what only the compiler, the tests and the team read. What may show in
/// an effect stays: an effect has the same bytes as that of the whole definition.
pub(super) fn definition_for(audience: &str, whole: &Definition, answers: &[Answer]) -> Definition {
    let mut kept = whole.clone();
    for_each_condition_mut(&mut kept, |condition| settle(condition, audience));
    kept.rules.retain(|rule| may_hold(&rule.condition));
    for entry in &mut kept.silence {
        // An entry arms its timer whatever its condition says later, and the timer shows in an effect.
        if entry.condition.as_ref().is_some_and(|condition| !may_hold(condition)) {
            entry.condition = Some(NEVER);
            entry.actions.clear();
        }
    }
    for flow in &mut kept.flows {
        flow.start.take_if(|start| !may_hold(start));
        for reaction in flow.react.iter_mut().filter(|reaction| !may_hold(&reaction.condition)) {
            reaction.condition = NEVER;
            reaction.actions.clear();
        }
    }
    // The rows that the audience hears are carried beside the definition.
    let faq = std::mem::take(&mut kept.faq);
    kept.faq = Knowledge {
        threshold: faq.threshold,
        choose: faq.choose,
        ask_host: faq.ask_host,
        unknown: faq.unknown,
        ..Knowledge::default()
    };
    drop_unreached(&mut kept, answers);
    kept.words.clear();
    kept.statuses.iter_mut().for_each(|status| status.title = None);
    kept.accounts.clear();
    kept.tests.clear();
    kept.audiences.clear();
    kept
}

fn for_each_condition_mut(definition: &mut Definition, mut visit: impl FnMut(&mut Condition)) {
    definition.rules.iter_mut().for_each(|rule| visit(&mut rule.condition));
    definition.silence.iter_mut().filter_map(|entry| entry.condition.as_mut()).for_each(&mut visit);
    for flow in &mut definition.flows {
        flow.start.iter_mut().chain([&mut flow.done]).for_each(&mut visit);
        flow.react.iter_mut().for_each(|reaction| visit(&mut reaction.condition));
    }
}

/// Puts an answer where a condition asks for the audience, so that it names no other.
fn settle(condition: &mut Condition, audience: &str) {
    match condition {
        Condition::All(inner) | Condition::Any(inner) => inner.iter_mut().for_each(|c| settle(c, audience)),
        Condition::Not(inner) => settle(inner, audience),
        Condition::Audience(names) => {
            *condition = if names.iter().any(|n| n == audience) { ALWAYS } else { NEVER }
        }
        _ => {}
    }
}

/// Whether a condition can hold at all, or must: the answers of what is settled, and both where it depends.
fn may_hold(condition: &Condition) -> bool {
    match condition {
        Condition::All(inner) => inner.iter().all(may_hold),
        Condition::Any(inner) => inner.iter().any(may_hold),
        Condition::Not(inner) => !must_hold(inner),
        _ => true,
    }
}

fn must_hold(condition: &Condition) -> bool {
    match condition {
        Condition::All(inner) => inner.iter().all(must_hold),
        Condition::Any(inner) => inner.iter().any(must_hold),
        Condition::Not(inner) => !may_hold(inner),
        _ => false,
    }
}

/// Drops flows that nothing starts and leads that nothing creates.
fn drop_unreached(definition: &mut Definition, answers: &[Answer]) {
    let rules = definition.rules.iter().map(|rule| &rule.actions);
    let silence = definition.silence.iter().map(|entry| &entry.actions);
    let own = [&definition.greeting, &definition.faq.unknown].into_iter();
    let mut reached = Reached::default();
    own.chain(rules).chain(silence).chain(answers.iter().map(|a| &a.then)).for_each(|list| reached.by(list));
    loop {
        let before = reached.flows.len();
        for flow in &definition.flows {
            if flow.start.is_some() || reached.flows.contains(&flow.name) {
                reached.flows.insert(flow.name.clone());
                lists_of(flow).for_each(|list| reached.by(list));
            }
        }
        if reached.flows.len() == before {
            break;
        }
    }
    definition.flows.retain(|flow| reached.flows.contains(&flow.name));
    definition.leads.retain(|lead| reached.leads.contains(&lead.name));
}

/// What lists of actions lead to.
#[derive(Default)]
struct Reached {
    flows: BTreeSet<String>,
    leads: BTreeSet<String>,
}

impl Reached {
    fn by(&mut self, list: &Vec<Action>) {
        for action in list {
            match action {
                Action::Start(flow) => self.flows.insert(flow.clone()),
                Action::Lead(lead) => self.leads.insert(lead.clone()),
                _ => false,
            };
        }
    }
}

fn lists_of(flow: &Flow) -> impl Iterator<Item = &Vec<Action>> {
    [&flow.then, &flow.unsure.actions].into_iter().chain(flow.react.iter().map(|reaction| &reaction.actions))
}

/// The word lists that conditions name, by the names that the lexicon has them under.
pub(super) fn lists_used(definition: &Definition) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for_each_condition(definition, &mut |condition| {
        if let Condition::Words { words, .. } = condition {
            used.insert(match words {
                WordsRef::Named(name) => name.clone(),
                WordsRef::Inline(words) => inline_list(words),
            });
        }
    });
    used
}
