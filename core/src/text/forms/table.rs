//! Tables written as text, one look-up structure each, made at the first use.

use std::sync::OnceLock;

/// Words parted by spaces.
pub(super) struct Words {
    text: &'static str,
    sorted: OnceLock<Vec<&'static str>>,
}

impl Words {
    pub(super) const fn new(text: &'static str) -> Self {
        Self { text, sorted: OnceLock::new() }
    }

    /// The words in the order of the table.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.text.split_ascii_whitespace()
    }

    pub(super) fn contains(&self, word: &str) -> bool {
        let sorted = self.sorted.get_or_init(|| {
            let mut words: Vec<_> = self.iter().collect();
            words.sort_unstable();
            words
        });
        sorted.binary_search(&word).is_ok()
    }
}

/// Lines that start with or list words, and the forms that lead to each line.
pub(super) struct Rows {
    text: &'static str,
    forms: fn(&'static str) -> Vec<String>,
    index: OnceLock<Vec<(String, &'static str)>>,
}

impl Rows {
    /// `forms` tells all forms of the word that a line stands for.
    pub(super) const fn new(text: &'static str, forms: fn(&'static str) -> Vec<String>) -> Self {
        Self { text, forms, index: OnceLock::new() }
    }

    /// The lines in their order.
    pub(super) fn lines(&self) -> impl Iterator<Item = &'static str> {
        self.text.lines()
    }

    /// The lines that stand for the word.
    pub(super) fn of<'a>(&'a self, word: &'a str) -> impl Iterator<Item = &'static str> + 'a {
        let index = self.index.get_or_init(|| {
            let with_forms = |line| (self.forms)(line).into_iter().map(move |form| (form, line));
            let mut index: Vec<_> = self.lines().flat_map(with_forms).collect();
            index.sort_unstable();
            index.dedup();
            index
        });
        let from = index.partition_point(|(form, _)| form.as_str() < word);
        index.iter().skip(from).take_while(move |(form, _)| form == word).map(|&(_, line)| line)
    }

    /// Adds all forms of the words that the form belongs to.
    pub(super) fn expand(&self, word: &str, out: &mut Vec<String>) {
        for line in self.of(word) {
            out.extend((self.forms)(line));
        }
    }
}

/// The forms of a line that lists them.
pub(super) fn listed_forms(line: &'static str) -> Vec<String> {
    line.split(' ').map(str::to_owned).collect()
}
