//! Every list of actions and every condition of a definition, with its place in the document.

use super::preset::PRESET;
use super::{Action, Condition, Definition, Flow, Item, Reaction, Rule, Silence};
use crate::document::Cursor;

/// What a list of actions or a condition belongs to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place<'d> {
    Greeting,
    Unknown,
    Item(&'d Item),
    Rule(&'d Rule),
    Silence(&'d Silence),
    Start(&'d Flow),
    Then(&'d Flow),
    React(&'d Flow, &'d Reaction),
    Done(&'d Flow),
    Unsure(&'d Flow),
}

/// A list of actions.
pub(crate) struct List<'d, 'a> {
    pub(crate) of: Place<'d>,
    pub(crate) at: Cursor<'a>,
    pub(crate) actions: &'d [Action],
}

/// A condition.
pub(crate) struct If<'d, 'a> {
    pub(crate) of: Place<'d>,
    pub(crate) at: Cursor<'a>,
    pub(crate) condition: &'d Condition,
}

impl<'d> Place<'d> {
    /// The flow it belongs to.
    pub(crate) fn flow(self) -> Option<&'d Flow> {
        match self {
            Place::Start(flow)
            | Place::Then(flow)
            | Place::React(flow, _)
            | Place::Done(flow)
            | Place::Unsure(flow) => Some(flow),
            _ => None,
        }
    }
}

impl<'a> List<'_, 'a> {
    /// The place of an action of the list.
    pub(crate) fn action(&self, index: usize) -> Cursor<'a> {
        self.at.nth(index)
    }
}

/// The lists in the order of the contract, section 14.
pub(crate) fn lists<'d, 'a>(definition: &'d Definition, root: &Cursor<'a>) -> Vec<List<'d, 'a>> {
    let mut lists = Vec::new();
    let mut add = |of, at, actions| lists.push(List { of, at, actions });
    add(Place::Greeting, root.down("greeting").down("do"), definition.greeting.as_slice());
    let faq = root.down("faq");
    for (index, item) in definition.faq.items.iter().enumerate() {
        add(Place::Item(item), faq.down("items").nth(index).down("then"), &item.then);
    }
    add(Place::Unknown, faq.down("unknown"), &definition.faq.unknown);
    for (rule, at) in rules(definition, root) {
        add(Place::Rule(rule), at.down("do"), &rule.actions);
    }
    for flow in &definition.flows {
        let at = root.down("flows").down(&flow.name);
        add(Place::Then(flow), at.down("then"), &flow.then);
        for (index, reaction) in flow.react.iter().enumerate() {
            let place = at.down("react").nth(index).down("do");
            add(Place::React(flow, reaction), place, &reaction.actions);
        }
        add(Place::Unsure(flow), at.down("unsure").down("do"), &flow.unsure.actions);
    }
    for (index, entry) in definition.silence.iter().enumerate() {
        add(Place::Silence(entry), root.down("silence").nth(index).down("do"), &entry.actions);
    }
    lists
}

/// The rules, each with its place; those of a preset stand where the author names it.
pub(super) fn rules<'d, 'a>(definition: &'d Definition, root: &Cursor<'a>) -> Vec<(&'d Rule, Cursor<'a>)> {
    let section = root.down("rules");
    let mut rest = definition.rules.iter().peekable();
    let mut rules = Vec::new();
    for item in section.one_or_list() {
        if item.find("preset").is_some() {
            while let Some(rule) = rest.next_if(|rule| rule.name.starts_with(PRESET)) {
                rules.push((rule, item));
            }
        } else if let Some(rule) = rest.next() {
            rules.push((rule, item));
        }
    }
    rules.extend(rest.map(|rule| (rule, section)));
    rules
}

/// The conditions in the same order.
pub(crate) fn conditions<'d, 'a>(definition: &'d Definition, root: &Cursor<'a>) -> Vec<If<'d, 'a>> {
    let mut found = Vec::new();
    let mut add = |of, at, condition| found.push(If { of, at, condition });
    for (rule, at) in rules(definition, root) {
        add(Place::Rule(rule), at.down("if"), &rule.condition);
    }
    for flow in &definition.flows {
        let at = root.down("flows").down(&flow.name);
        if let Some(start) = &flow.start {
            add(Place::Start(flow), at.down("start"), start);
        }
        for (index, reaction) in flow.react.iter().enumerate() {
            let place = at.down("react").nth(index).down("if");
            add(Place::React(flow, reaction), place, &reaction.condition);
        }
        add(Place::Done(flow), at.down("done"), &flow.done);
    }
    for (index, entry) in definition.silence.iter().enumerate() {
        if let Some(condition) = &entry.condition {
            add(Place::Silence(entry), root.down("silence").nth(index).down("if"), condition);
        }
    }
    found
}

/// Calls `visit` with a condition and every one inside it, each with its place.
pub(crate) fn walk<'d, 'a>(
    condition: &'d Condition,
    at: &Cursor<'a>,
    visit: &mut impl FnMut(&'d Condition, &Cursor<'a>),
) {
    visit(condition, at);
    let mut inside = |key, inner: &'d [Condition]| {
        for (index, condition) in inner.iter().enumerate() {
            walk(condition, &at.down(key).nth(index), visit);
        }
    };
    match condition {
        Condition::All(inner) => inside("all", inner),
        Condition::Any(inner) => inside("any", inner),
        Condition::Not(inner) => walk(inner, &at.down("not"), visit),
        _ => {}
    }
}
