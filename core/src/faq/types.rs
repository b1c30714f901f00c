//! What goes in and what comes out.

use crate::document::packed;
use crate::text::Span;
use serde::Serialize;

/// One row of a table: the questions it answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The author's name of the row.
    pub id: String,
    /// Its phrasings; a row without any is never found.
    pub ask: Vec<String>,
    /// Embeddings of the phrasings from the host, one for each, of any one dimension; empty where there are none.
    pub vectors: Vec<Vec<i8>>,
}

/// How sure a match must be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Threshold {
    /// Answers less often: a wrong answer is dear.
    Strict,
    /// The balance that suits most tables.
    #[default]
    Normal,
    /// Answers more often: a person reads along.
    Eager,
}

packed!(Threshold: 0 Strict, 1 Normal, 2 Eager);

/// How a table is matched.
#[derive(Debug, Clone)]
pub struct Options {
    /// How sure a match must be.
    pub threshold: Threshold,
    /// The author's groups of words that mean the same, single words or short phrases.
    pub synonyms: Vec<Vec<String>>,
    /// Whether the built-in concepts help.
    pub concepts: bool,
    /// Other parts of the matcher that may be left out; all are in by default.
    pub ingredients: Ingredients,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            threshold: Threshold::Normal,
            synonyms: Vec::new(),
            concepts: true,
            ingredients: Ingredients::default(),
        }
    }
}

/// The parts of the matcher that can be left out, to measure what each is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ingredients {
    /// Letter groups beside stems.
    pub grams: bool,
    /// Typing errors.
    pub typos: bool,
    /// Keyboard layout and Latin spelling.
    pub layout: bool,
    /// Words and letters of the kindred language.
    pub kindred: bool,
    /// The mass of unknown words in the length of a message.
    pub unknown: bool,
    /// Centroids of rows beside their best phrasing.
    pub centroid: bool,
    /// The linear head.
    pub head: bool,
    /// The asking part of a long message counts more, and long messages are forgiven their length.
    pub stories: bool,
}

impl Default for Ingredients {
    fn default() -> Self {
        let on = true;
        Self {
            grams: on,
            typos: on,
            layout: on,
            kindred: on,
            unknown: on,
            centroid: on,
            head: on,
            stories: on,
        }
    }
}

/// A message to match.
#[derive(Debug, Clone, Copy, Default)]
pub struct Query<'t> {
    /// The message.
    pub text: &'t str,
    /// Places of extracted values: a phone or a date says nothing about the question.
    pub hidden: &'t [Span],
    /// The embedding of the message, of the dimension of the rows' vectors.
    pub vector: Option<&'t [i8]>,
}

impl<'t> Query<'t> {
    /// A message with nothing hidden and no embedding.
    pub fn new(text: &'t str) -> Self {
        Self { text, ..Self::default() }
    }
}

/// A row with its score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Candidate {
    /// Index of the row in the table.
    pub row: usize,
    /// 0 (nothing in common) to 1000 (the same question).
    pub score: u16,
}

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Found {
    /// Index of the row that answers, where one is sure enough.
    pub answer: Option<usize>,
    /// Whether the best row is sure enough even for [`Threshold::Strict`].
    pub strict: bool,
    /// The score of the best row, 0 to 1000.
    pub score: u16,
    /// The best rows, best first, whatever the threshold.
    pub candidates: Vec<Candidate>,
    /// Two or three rows too close to call, worth offering as a choice; else empty.
    pub close: Vec<usize>,
    /// Why.
    pub why: Why,
}

/// Why a row answered or none did; small enough for the record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Why {
    /// Words of the message that speak for the best row, the weightiest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<WhyWord>,
    /// What was read differently from how it was typed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub repairs: Vec<Repair>,
    /// The second best row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runner_up: Option<Candidate>,
    /// The score that was needed.
    pub needed: u16,
    /// Why nothing was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rejected: Option<Rejected>,
}

/// Why nothing was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rejected {
    /// The message has no words.
    Empty,
    /// No row has anything in common with it.
    NothingKnown,
    /// The best row is not sure enough.
    BelowThreshold,
}

/// A word of the message that speaks for the best row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhyWord {
    /// The word, folded.
    pub word: String,
    /// Its share of the match, 0 to 1000.
    pub weight: u16,
}

/// A word or message read differently from how it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Repair {
    /// What was undone.
    pub kind: RepairKind,
    /// As typed.
    pub from: String,
    /// As read: a word, or for a typing error its stem.
    pub to: String,
}

/// What a repair undid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RepairKind {
    /// A typing error.
    Typo,
    /// The wrong keyboard layout.
    Layout,
    /// Latin letters for another alphabet.
    Latin,
    /// A word of a kindred language.
    Language,
}
