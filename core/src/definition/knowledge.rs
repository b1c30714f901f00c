//! The FAQ as the author writes it: a table, rows in place, and how sure an answer must be.

use super::action::Action;
use super::basics::{Button, Text};
use crate::document::{Cursor, packed};
use crate::error::Code;
use crate::faq::Threshold;

/// What the bot knows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Knowledge {
    /// Name of a table handed in beside the definition.
    pub file: Option<String>,
    /// Name of a JSON file with an embedding for every phrasing: `{"Где вы?": [12, -7, …]}`.
    pub vectors: Option<String>,
    /// Rows in place; they win over the file.
    pub items: Vec<Item>,
    /// Groups of words that mean the same here.
    pub synonyms: Vec<Vec<String>>,
    /// How sure an answer must be.
    pub threshold: Option<Threshold>,
    /// Two or three close rows are offered as buttons.
    pub choose: bool,
    /// An unclear message goes to the host with the best rows.
    pub ask_host: bool,
    /// What happens where no row answers.
    pub unknown: Vec<Action>,
}

packed!(Knowledge { file, vectors, items, synonyms, threshold, choose, ask_host, unknown });

/// A question with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The phrasings of the question.
    pub ask: Vec<String>,
    /// The answer, verbatim.
    pub say: Text,
    /// Buttons under the answer.
    pub buttons: Vec<Button>,
    /// What follows the answer.
    pub then: Vec<Action>,
    /// Who may hear it; all where absent.
    pub audience: Option<String>,
    /// What it is about, for `{topic}`.
    pub topic: Option<Text>,
}

packed!(Item { ask, say, buttons, then, audience, topic });

impl Knowledge {
    /// The files that must be handed in beside the definition.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.file.iter().chain(&self.vectors).map(String::as_str)
    }

    pub(crate) fn read(at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let flag = |key| keys.get(key).and_then(|c| c.bool()).unwrap_or(false);
        let items = keys.get("items").map(|c| c.list()).unwrap_or_default();
        let knowledge = Self {
            file: keys.get("file").and_then(|c| c.filled_text()),
            vectors: keys.get("vectors").and_then(|c| c.filled_text()),
            items: items.iter().filter_map(Item::read).collect(),
            synonyms: keys
                .get("synonyms")
                .map(|c| c.list().iter().map(Cursor::texts).collect())
                .unwrap_or_default(),
            threshold: keys.get("threshold").and_then(|c| {
                c.one_of(&[
                    ("strict", Threshold::Strict),
                    ("normal", Threshold::Normal),
                    ("eager", Threshold::Eager),
                ])
            }),
            choose: flag("choose"),
            ask_host: flag("ask_host"),
            unknown: keys.get("unknown").map(|c| Action::read_list(&c)).unwrap_or_default(),
        };
        keys.end();
        Some(knowledge)
    }
}

impl Item {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let ask = keys.need("ask").map(|c| c.texts());
        let say = keys.need("say").and_then(|c| Text::read(&c));
        let buttons = Button::read_all(keys.get("buttons"));
        // `then: finish` is the short form of `then: [{finish: silent}]`.
        let then = keys.get("then").map_or_else(Vec::new, |c| {
            let finish = c.node.as_str() == Some("finish");
            if finish { vec![Action::Finish(super::FinishMode::Silent)] } else { Action::read_list(&c) }
        });
        let audience = keys.get("audience").and_then(|c| c.filled_text());
        let topic = keys.get("topic").and_then(|c| Text::read(&c));
        keys.end();
        let ask = ask?;
        if ask.is_empty() {
            at.error(Code::Empty, "a row that no question leads to");
        }
        Some(Self { ask, say: say?, buttons, then, audience, topic })
    }
}
