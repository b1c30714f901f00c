//! Word lists with their forms already expanded.

use crate::bot::words::{Entry, Lexicon};
use crate::document::packed;
use std::collections::{BTreeMap, BTreeSet};

/// The lists that a definition for one audience still names.
pub(super) struct Lists {
    names: BTreeMap<String, usize>,
    entries: Vec<Entry>,
    beginnings: Vec<(String, u32)>,
    forms: Vec<Forms>,
}

packed!(Lists { names, entries, beginnings, forms });

/// The forms of a pattern: words of one kind have the same endings, which packs well.
struct Forms {
    pattern: u32,
    beginning: String,
    /// What follows it in each form, parted by spaces.
    endings: String,
}

packed!(Forms { pattern, beginning, endings });

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
        for Forms { pattern, beginning, endings } in self.forms {
            for ending in endings.split(' ') {
                let form = format!("{beginning}{ending}").into_boxed_str();
                lexicon.forms.entry(form).or_default().push(pattern);
            }
        }
        lexicon
    }
}

fn forms(lexicon: &Lexicon, kept: &BTreeSet<u32>) -> Vec<Forms> {
    let mut by_pattern: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
    for (form, patterns) in &lexicon.forms {
        for pattern in patterns.iter().filter(|pattern| kept.contains(pattern)) {
            by_pattern.entry(*pattern).or_default().insert(form);
        }
    }
    let packed = |(pattern, forms): (u32, BTreeSet<&str>)| {
        // In the order of spelling the first and the last share the least.
        let ends = forms.first().zip(forms.last());
        let beginning = ends.map_or("", |(first, last)| shared(first, last));
        let endings: Vec<&str> = forms.iter().filter_map(|form| form.strip_prefix(beginning)).collect();
        Forms { pattern, beginning: beginning.to_string(), endings: endings.join(" ") }
    };
    by_pattern.into_iter().map(packed).collect()
}

/// What two words begin with alike.
fn shared<'w>(word: &'w str, other: &str) -> &'w str {
    let end = word.char_indices().zip(other.chars()).find(|((_, a), b)| a != b);
    let end = end.map_or(word.len().min(other.len()), |((at, _), _)| at);
    word.get(..end).unwrap_or_default()
}
