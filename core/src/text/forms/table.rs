//! Tables written as text, one look-up structure each, made at the first use.

use std::sync::OnceLock;

/// Forms in order, each with the entry of a table that it comes from.
pub(super) type Index = Vec<(String, &'static str)>;

/// An index of these pairs.
#[inline(never)]
pub(super) fn sorted(mut pairs: Index) -> Index {
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The entries of a form.
pub(super) fn equal<'a>(index: &'a Index, form: &'a str) -> impl Iterator<Item = &'static str> + 'a {
    let from = index.partition_point(|(known, _)| known.as_str() < form);
    index.iter().skip(from).take_while(move |(known, _)| known == form).map(|&(_, entry)| entry)
}

/// Words parted by spaces.
pub(super) struct Words(Rows);

impl Words {
    pub(super) const fn new(text: &'static str) -> Self {
        Self(Rows::new(text, listed_forms))
    }

    /// The words in the order of the table.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.0.text.split(' ')
    }

    #[inline(never)]
    pub(super) fn contains(&self, word: &str) -> bool {
        self.0.of(word).next().is_some()
    }
}

/// Lines that start with or list words, and the forms that lead to each line.
pub(super) struct Rows {
    text: &'static str,
    forms: fn(&'static str) -> Vec<String>,
    index: OnceLock<Index>,
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
        let with_forms = |line| (self.forms)(line).into_iter().map(move |form| (form, line));
        let index = self.index.get_or_init(|| sorted(self.lines().flat_map(with_forms).collect()));
        equal(index, word)
    }

    /// Adds all forms of the words that the form belongs to.
    #[inline(never)]
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
