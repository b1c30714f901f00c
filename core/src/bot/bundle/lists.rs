//! Word lists with their forms already expanded.

use crate::bot::words::{Entry, Lexicon};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The lists that a definition for one audience still names.
#[derive(Serialize, Deserialize)]
pub(super) struct Lists {
    names: BTreeMap<String, usize>,
    entries: Vec<Entry>,
    beginnings: Vec<(String, u32)>,
    forms: Vec<Form>,
}

/// A form in the order of spelling, told by how it differs from the one before.
#[derive(Serialize, Deserialize)]
struct Form {
    /// Bytes shared with the form before.
    shared: usize,
    rest: String,
    patterns: Vec<u32>,
}

impl Lists {
    /// The lists that are used, with the entries that stand in one of them, in their order.
    pub(super) fn of(lexicon: &Lexicon, used: impl Fn(&str) -> bool) -> Self {
        let names: BTreeMap<String, usize> = lexicon
            .lists
            .iter()
            .filter(|(name, _)| used(name))
            .map(|(name, at)| (name.clone(), *at))
            .collect();
        let kept: BTreeSet<usize> = names.values().copied().collect();
        let entries = lexicon.entries.iter().filter(|entry| !entry.lists.is_disjoint(&kept));
        let entries: Vec<Entry> = entries
            .map(|entry| Entry { lists: entry.lists.intersection(&kept).copied().collect(), ..entry.clone() })
            .collect();
        let patterns: BTreeSet<u32> =
            entries.iter().flat_map(|entry| entry.patterns.iter().copied()).collect();
        let beginnings = lexicon.beginnings.iter().filter(|(_, pattern)| patterns.contains(pattern));
        Self {
            names,
            entries,
            beginnings: beginnings.map(|(text, pattern)| (text.to_string(), *pattern)).collect(),
            forms: forms(lexicon, &patterns),
        }
    }

    /// The lexicon of these lists.
    pub(super) fn compiled(self) -> Lexicon {
        let mut lexicon = Lexicon::default();
        lexicon.lists = self.names;
        self.entries.into_iter().for_each(|entry| lexicon.push(entry));
        lexicon.beginnings =
            self.beginnings.into_iter().map(|(text, pattern)| (text.into_boxed_str(), pattern)).collect();
        let mut before = String::new();
        lexicon.forms.reserve(self.forms.len());
        for form in self.forms {
            before = format!("{}{}", before.get(..form.shared).unwrap_or_default(), form.rest);
            lexicon.forms.insert(before.as_str().into(), form.patterns);
        }
        lexicon
    }
}

fn forms(lexicon: &Lexicon, patterns: &BTreeSet<u32>) -> Vec<Form> {
    let met = |met: &Vec<u32>| met.iter().copied().filter(|p| patterns.contains(p)).collect::<Vec<_>>();
    let met = lexicon.forms.iter().map(|(text, patterns)| (&**text, met(patterns)));
    let sorted: BTreeMap<&str, Vec<u32>> = met.filter(|(_, patterns)| !patterns.is_empty()).collect();
    let mut before = "";
    let mut forms = Vec::with_capacity(sorted.len());
    for (text, patterns) in sorted {
        let letters = text.chars().zip(before.chars()).take_while(|(a, b)| a == b);
        let shared: usize = letters.map(|(letter, _)| letter.len_utf8()).sum();
        let rest = text.get(shared..).unwrap_or_default().to_string();
        forms.push(Form { shared, rest, patterns });
        before = text;
    }
    forms
}
