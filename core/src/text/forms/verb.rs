//! What the verbs of Russian and Ukrainian have in common: principal parts, prefixes, and the way back from a form.

use super::table::{Index, Words, equal, sorted};
use super::{ends_with_any, join};
use std::sync::OnceLock;

/// What a dictionary gives of a verb; every form follows from it. An empty part is not used.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) infinitive: String,
    pub(super) first: String,
    pub(super) third: String,
    pub(super) third_plural: String,
    pub(super) past: Vec<String>,
    pub(super) past_feminine: Vec<String>,
    pub(super) imperative: Vec<String>,
    pub(super) further: Vec<String>,
}

/// The conjugation of one language.
pub(super) struct Conjugation {
    /// Rows of principal parts, parted by spaces, for verbs that follow no rule.
    pub(super) rows: &'static str,
    /// Lists of infinitives whose class the ending does not tell.
    pub(super) lists: &'static [&'static Words],
    /// Prefixes of verbs.
    pub(super) prefixes: &'static [&'static str],
    /// Prefixes with and without the vowel that some roots ask for: отозвать отзову, разбить разобью.
    pub(super) paired: &'static [(&'static str, &'static str)],
    /// A part of a row without the ending of reflexive verbs.
    pub(super) bare: fn(&str) -> String,
    /// The parts of an infinitive by rule.
    pub(super) regular: fn(&str) -> Option<Parts>,
    /// Every form that follows from the parts; reflexive where asked.
    pub(super) conjugate: fn(&Parts, bool, &mut Vec<String>),
    /// Lines of an end of infinitives and the endings of the regular forms that come from it.
    pub(super) endings: &'static str,
    /// The infinitive of each row without a reflexive ending, with its row; made at the first use.
    pub(super) roots: OnceLock<Index>,
    /// Every form of a listed verb with its infinitive, in order, made at the first use.
    pub(super) index: OnceLock<Index>,
}

impl Conjugation {
    /// Whether the letters before a root are prefixes, three at most.
    pub(super) fn is_prefix(&self, letters: &str) -> bool {
        self.are_prefixes(letters.strip_suffix('ъ').unwrap_or(letters), 3)
    }

    fn are_prefixes(&self, letters: &str, at_most: u8) -> bool {
        letters.is_empty()
            || at_most > 0
                && self.prefixes.iter().any(|prefix| {
                    letters.strip_prefix(prefix).is_some_and(|rest| self.are_prefixes(rest, at_most - 1))
                })
    }

    /// Whether the infinitive is one of the listed, with or without prefixes.
    pub(super) fn is_one_of(&self, list: &Words, infinitive: &str) -> bool {
        self.roots_in(list, infinitive).next().is_some()
    }

    /// What follows prefixes in the infinitive and is listed.
    fn roots_in<'a>(&'a self, list: &'a Words, infinitive: &'a str) -> impl Iterator<Item = &'a str> {
        infinitive
            .char_indices()
            .filter_map(|(at, _)| infinitive.split_at_checked(at))
            .filter(|(prefix, root)| list.contains(root) && self.is_prefix(prefix))
            .map(|(_, root)| root)
    }

    /// The prefix, and what it becomes where it gains or loses a vowel.
    fn variants(&self, prefix: &str) -> Vec<String> {
        let mut variants = vec![prefix.to_owned()];
        for (long, short) in self.paired {
            if let Some(head) = prefix.strip_suffix(long) {
                variants.push(join(head, short));
            } else if let Some(head) = prefix.strip_suffix(short) {
                variants.push(join(head, long));
            }
        }
        variants
    }

    /// The parts of an infinitive without a reflexive ending; several where it has several sets of forms.
    pub(super) fn parts(&self, infinitive: &str) -> Vec<Parts> {
        let listed = self.listed(infinitive);
        if listed.is_empty() { (self.regular)(infinitive).into_iter().collect() } else { listed }
    }

    /// The rows with the longest root that ends the infinitive.
    pub(super) fn listed(&self, infinitive: &str) -> Vec<Parts> {
        let mut best = Vec::new();
        let mut length = 0;
        let bare = |row: &'static str| ((self.bare)(row.split(' ').next().unwrap_or_default()), row);
        for (root, row) in self.roots.get_or_init(|| self.rows.lines().map(bare).collect()) {
            if root.len() < length {
                continue;
            }
            let Some(prefix) = infinitive.strip_suffix(root).filter(|letters| self.is_prefix(letters)) else {
                continue;
            };
            if root.len() > length {
                best.clear();
                length = root.len();
            }
            best.extend(self.expand_row(prefix, row));
        }
        // «видеть» is no «деть»: a longer root in a list is the better reading.
        let mut lists = self.lists.iter();
        if !best.is_empty()
            && lists.any(|list| self.roots_in(list, infinitive).any(|root| root.len() > length))
        {
            best.clear();
        }
        best
    }

    /// The parts of a row after a prefix, once for each variant of the prefix.
    fn expand_row(&self, prefix: &str, row: &str) -> Vec<Parts> {
        let parts_with = |(at, own): (usize, String)| {
            let mut fields = row.split(' ').map(|part| join(&own, &(self.bare)(part)));
            let mut next = || fields.next().unwrap_or_default();
            let mut parts = Parts {
                infinitive: next(),
                first: next(),
                third: next(),
                third_plural: next(),
                past: vec![next()],
                past_feminine: vec![next()],
                imperative: vec![next()],
                further: Vec::new(),
            };
            parts.further = fields.collect();
            if at > 0 {
                parts.infinitive.clear();
            }
            parts
        };
        self.variants(prefix).into_iter().enumerate().map(parts_with).collect()
    }

    /// Adds the forms of every verb that `word` may be a form of; `bare` is the word without a reflexive ending.
    /// Listed verbs come first; regular ones only where no listed one fits and `regular` allows.
    pub(super) fn behind(&self, word: &str, bare: &str, regular: bool, out: &mut Vec<String>) {
        let reflexive = bare.len() < word.len();
        let before = out.len();
        let mut forms = Vec::new();
        let mut keep = |infinitive: &str, out: &mut Vec<String>| {
            forms.clear();
            for parts in self.parts(infinitive) {
                (self.conjugate)(&parts, reflexive, &mut forms);
            }
            if forms.iter().any(|form| form == word) {
                out.append(&mut forms);
            }
        };
        for infinitive in self.listed_behind(bare) {
            keep(&infinitive, out);
        }
        // «оплачу» is of «оплакать» and of «оплатить».
        let told = out.len() > before && !ends_with_any(bare, "чу шу");
        if told || !regular {
            return;
        }
        for (end, endings) in self.endings.lines().filter_map(|line| line.split_once(' ')) {
            for stem in endings.split(' ').filter_map(|ending| bare.strip_suffix(ending)) {
                if stem.chars().nth(1).is_some() {
                    keep(&join(stem, end), out);
                }
            }
        }
    }

    /// Infinitives of listed verbs, with prefixes, that the word may be a form of.
    fn listed_behind(&self, word: &str) -> Vec<String> {
        let mut found = Vec::new();
        for (at, _) in word.char_indices() {
            let Some((prefix, rest)) = word.split_at_checked(at) else { continue };
            let mut same = equal(self.forms_of_listed(), rest).peekable();
            if same.peek().is_none() || !self.is_prefix(prefix) {
                continue;
            }
            let variants = self.variants(prefix);
            for infinitive in same.map(self.bare) {
                found.extend(variants.iter().map(|prefix| join(prefix, &infinitive)));
            }
        }
        found
    }

    fn forms_of_listed(&self) -> &Index {
        self.index.get_or_init(|| {
            let rows = self.rows.lines().filter_map(|row| row.split(' ').next());
            let lists = self.lists.iter().flat_map(|list| list.iter());
            let mut index = Vec::new();
            for infinitive in rows.chain(lists) {
                let mut forms = Vec::new();
                for parts in self.parts(&(self.bare)(infinitive)) {
                    (self.conjugate)(&parts, false, &mut forms);
                }
                index.extend(forms.into_iter().map(|form| (form, infinitive)));
            }
            sorted(index)
        })
    }
}
