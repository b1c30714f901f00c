//! Presets: rules and word lists that many bots begin with (C19).
//!
//! An author names one among the rules, where its rules are to stand: `rules: [ …, { preset: sales }, … ]`. Its word
//! lists come along, for other rules too; the author's own list of the same name takes the place of the preset's. A bot
//! that names no preset has nothing of them.

use super::flow::Rule;
use crate::document::{Cursor, Node, Report};
use crate::error::Code;
use std::collections::BTreeMap;

const PRESETS: &str = include_str!("presets/presets.json");

/// What the names of their rules and lists begin with.
pub(super) const PRESET: &str = "preset.";

/// The names of the presets.
const NAMES: &[(&str, &str)] = &[("hr", "hr"), ("sales", "sales")];

/// The rules of a definition, with those of the presets it names, and the word lists of these.
#[derive(Default)]
pub(super) struct Rules {
    pub(super) rules: Vec<Rule>,
    pub(super) words: BTreeMap<String, Vec<String>>,
}

impl Rules {
    pub(super) fn read(entries: &[Cursor<'_>], report: &Report<'_>) -> Self {
        let mut read = Self::default();
        for (at, entry) in entries.iter().enumerate() {
            if entry.node.get("preset").is_some() {
                read.preset(entry, report);
            } else {
                read.rules.extend(Rule::read(at + 1, entry));
            }
        }
        read
    }

    /// The entry `{ preset: sales }`.
    fn preset(&mut self, entry: &Cursor<'_>, report: &Report<'_>) {
        let Some(keys) = entry.keys() else { return };
        let name = keys.need("preset").and_then(|c| c.one_of(NAMES));
        keys.end();
        let Ok(node) = Node::from_json(PRESETS) else {
            return entry.error(Code::SyntaxInvalid, "the presets cannot be read");
        };
        let own = Report::of(&node);
        let (Some(name), Some(keys)) = (name, own.root().keys()) else { return };
        let lists = keys.get("words").map(|c| c.named()).unwrap_or_default();
        self.words.extend(lists.into_iter().map(|(list, words)| (list, words.texts())));
        let presets = keys.get("presets").map(|c| c.named()).unwrap_or_default();
        let rules = presets.iter().filter(|(preset, _)| preset == name).flat_map(|(_, rules)| rules.list());
        self.rules.extend(rules.filter_map(|rule| Rule::read(0, &rule)));
        report.take_over(own);
    }
}
