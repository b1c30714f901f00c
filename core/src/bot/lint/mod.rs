//! What a careful reader would ask the author of a definition that compiles.
//!
//! A file a subject; every finding is a [`Code`](crate::error::Code) of the catalogue at the place where the author
//! would mend it. A check speaks only where the bot would do what nobody can have meant: a false alarm teaches
//! authors to read none.

mod buttons;
mod channels;
mod compare;
mod endings;
mod faq;
mod flows;
mod leads;
mod log;
mod never;
mod rules;
mod team;
mod tests_wanted;
mod texts;
mod triggers;
mod unused;
mod words;

use super::Bot;
use crate::definition::{Action, Definition, If, List, Place, conditions, lists};
use crate::document::{Cursor, Named, Node, Report};
use crate::error::{Code, Error};
use std::collections::BTreeSet;

/// A definition as the checks see it.
struct Scene<'a> {
    bot: &'a Bot,
    definition: &'a Definition,
    root: Cursor<'a>,
    lists: Vec<List<'a, 'a>>,
    conditions: Vec<If<'a, 'a>>,
    /// Names that something in the definition uses.
    used: &'a BTreeSet<(Named, String)>,
}

/// Everything worth asking, with what the loading asked already, in the order of the document.
pub(super) fn warnings(
    bot: &Bot,
    source: &Node,
    used: &BTreeSet<(Named, String)>,
    loading: Vec<Error>,
) -> Vec<Error> {
    let report = Report::of(source);
    let root = report.root();
    let definition = &bot.definition;
    let (lists, conditions) = (lists(definition, &root), conditions(definition, &root));
    let scene = Scene { bot, definition, root, lists, conditions, used };
    leads::check(&scene);
    log::check(&scene);
    endings::check(&scene);
    rules::check(&scene);
    never::check(&scene);
    words::check(&scene);
    flows::check(&scene);
    faq::check(&scene);
    buttons::check(&scene);
    team::check(&scene);
    channels::check(&scene);
    texts::check(&scene);
    unused::check(&scene);
    tests_wanted::check(&scene);
    let (_, mut found) = report.into_parts();
    found.extend(loading);
    // A table has no place in the document: its rows come last.
    found.sort_by(|a, b| {
        let place = |e: &Error| (e.line.is_none(), e.line, e.column);
        let order = place(a).cmp(&place(b)).then_with(|| natural(&a.path).cmp(&natural(&b.path)));
        order.then(a.code.cmp(&b.code))
    });
    found.dedup();
    found
}

impl<'a> Scene<'a> {
    /// Every action with its list and place.
    fn actions(&self) -> impl Iterator<Item = (&List<'a, 'a>, Cursor<'a>, &'a Action)> {
        self.lists.iter().flat_map(|list| {
            let actions: &'a [Action] = list.actions;
            actions.iter().enumerate().map(move |(at, action)| (list, list.action(at), action))
        })
    }

    /// Warns of a row of the FAQ: an item where it stands, a row of the table by its line.
    fn warn_row(&self, row: usize, key: &str, code: Code, message: String) {
        if row < self.definition.faq.items.len() {
            return self.root.down("faq").down("items").nth(row).down(key).warn(code, message);
        }
        if let Some(answer) = self.bot.knowledge.answers().get(row) {
            self.root.warn_elsewhere(&answer.place, code, message);
        }
    }

    /// What people call a list: «the rule `Цена`».
    fn name(of: Place<'_>) -> String {
        match of {
            Place::Rule(rule) => format!("the rule `{}`", rule.name),
            Place::Greeting => "the greeting".into(),
            Place::Unknown => "`faq.unknown`".into(),
            Place::Item(item) => format!("the answer to `{}`", item.ask.first().map_or("", String::as_str)),
            Place::Silence(_) => "the silence entry".into(),
            Place::Start(f) | Place::Then(f) | Place::React(f, _) | Place::Done(f) | Place::Unsure(f) => {
                format!("the flow `{}`", f.name)
            }
        }
    }
}

/// A path with its numbers as numbers: `rules[2]` stands before `rules[10]`.
fn natural(path: &str) -> Vec<(usize, &str)> {
    path.split('[').map(|part| numbered(part).unwrap_or((0, part))).collect()
}

fn numbered(part: &str) -> Option<(usize, &str)> {
    let (number, rest) = part.split_once(']')?;
    Some((number.parse().ok()?, rest))
}
