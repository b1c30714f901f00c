//! Where a list of actions stands in the definition, by name.

use crate::bot::Bot;
use crate::definition::Action;
use serde::Serialize;
use std::fmt;

/// A list of actions of the definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ListRef {
    Rule(String),
    Then(String),
    React(String, usize),
    Unsure(String),
    Faq(String),
    Unknown,
    Greeting,
    Silence(usize),
}

impl ListRef {
    /// The actions; none where the definition no longer has the list.
    pub(super) fn actions<'b>(&self, bot: &'b Bot) -> &'b [Action] {
        self.find(bot).map_or(&[], Vec::as_slice)
    }

    /// Whether the definition has the list.
    pub(super) fn stands(&self, bot: &Bot) -> bool {
        self.find(bot).is_some()
    }

    fn find<'b>(&self, bot: &'b Bot) -> Option<&'b Vec<Action>> {
        let definition = bot.definition();
        match self {
            ListRef::Rule(name) => definition.rules.iter().find(|r| r.name == *name).map(|r| &r.actions),
            ListRef::Then(flow) => definition.flow(flow).map(|f| &f.then),
            ListRef::React(flow, at) => {
                definition.flow(flow).and_then(|f| f.react.get(*at)).map(|r| &r.actions)
            }
            ListRef::Unsure(flow) => definition.flow(flow).map(|f| &f.unsure.actions),
            ListRef::Faq(id) => bot.knowledge().answer(id).map(|a| &a.then),
            ListRef::Unknown => Some(&definition.faq.unknown),
            ListRef::Greeting => Some(&definition.greeting),
            ListRef::Silence(at) => definition.silence.get(*at).map(|s| &s.actions),
        }
    }

    /// The flow it belongs to.
    pub(super) fn flow(&self) -> Option<&str> {
        match self {
            ListRef::Then(flow) | ListRef::React(flow, _) | ListRef::Unsure(flow) => Some(flow),
            _ => None,
        }
    }
}

/// As an author finds it: `rule.Злой клиент`, `flow.booking.then`.
impl fmt::Display for ListRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ListRef::Rule(name) => write!(f, "rule.{name}"),
            ListRef::Then(flow) => write!(f, "flow.{flow}.then"),
            ListRef::React(flow, at) => write!(f, "flow.{flow}.react[{at}]"),
            ListRef::Unsure(flow) => write!(f, "flow.{flow}.unsure"),
            ListRef::Faq(id) => write!(f, "faq.{id}"),
            ListRef::Unknown => write!(f, "faq.unknown"),
            ListRef::Greeting => write!(f, "greeting"),
            ListRef::Silence(at) => write!(f, "silence[{at}]"),
        }
    }
}
