//! The FAQ of a bot: rows of the table and of the definition, one index per audience.

use crate::definition::{Action, Button, Definition, Text};
use crate::document::packed;
use crate::error::{Code, Error};
#[cfg(feature = "audit")]
use crate::faq::discover;
use crate::faq::{self, Found, Index, Learnt, Query, Row};
use crate::limits;
use crate::text::{Lang, TokenKind, fold_word, folded_words, stem, tokens};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// The audience of everybody who is no other's.
pub const CLIENT: &str = "client";

/// An answer of the FAQ.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The row's id, or its first question where the author gives none.
    pub id: String,
    /// The phrasings.
    pub ask: Vec<String>,
    /// The answer.
    pub say: Text,
    /// Placeholders are filled; a table's answers go out verbatim.
    pub template: bool,
    /// Buttons under it.
    pub buttons: Vec<Button>,
    /// What follows.
    pub then: Vec<Action>,
    /// What it is about.
    pub topic: Option<Text>,
    /// Who may hear it; all where absent.
    pub audience: Option<String>,
    /// Where it stands, for the lint: `faq.items[3]`, `faq.csv:12`.
    pub(super) place: String,
}

packed!(Answer { id, ask, say, template, buttons, then, topic, audience; place });

/// Answers with an index for every audience. A row of another audience is not in the index, so it cannot be
/// found.
#[derive(Debug)]
pub struct Knowledge {
    answers: Vec<Answer>,
    vectors: Vectors,
    audiences: BTreeMap<String, Table>,
}

/// The rows that an audience may hear.
#[derive(Debug)]
struct Table {
    index: Indexed,
    /// Its rows by place among the answers.
    places: Vec<usize>,
}

#[derive(Debug)]
enum Indexed {
    Built(Index),
    /// In a bundle: made when the first question comes, so that a page starts at once.
    Learnt(Box<Learnt>, OnceLock<Index>),
}

/// The knowledge of one audience, in a bundle.
pub(super) struct PackedKnowledge {
    pub(super) answers: Vec<Answer>,
    vectors: Vectors,
    learnt: Option<Learnt>,
}

packed!(PackedKnowledge { answers, vectors, learnt });

impl Knowledge {
    pub(super) fn build(
        definition: &Definition,
        files: &BTreeMap<String, String>,
        errors: &mut Vec<Error>,
        warnings: &mut Vec<Error>,
    ) -> Self {
        let mut answers: Vec<Answer> = definition.faq.items.iter().enumerate().map(Answer::of_item).collect();
        if let Some(name) = &definition.faq.file {
            let own: BTreeSet<String> =
                answers.iter().flat_map(|a| a.ask.iter().map(|q| folded_words(q))).collect();
            answers.extend(of_file(name, files, &own, errors, warnings));
        }
        let vectors = vectors(definition, files, errors);
        name_apart(&mut answers);
        let options = faq::Options {
            threshold: definition.faq.threshold.unwrap_or_default(),
            synonyms: definition.faq.synonyms.clone(),
            ..faq::Options::default()
        };
        let names = answers.iter().filter_map(|a| a.audience.as_deref()).chain([CLIENT]);
        let names: BTreeSet<&str> =
            names.chain(definition.audiences.iter().map(|a| a.name.as_str())).collect();
        let index = |name: &&str| {
            let heard =
                |a: &&(usize, &Answer)| a.1.audience.as_deref().is_none_or(|audience| audience == *name);
            let rows: Vec<(usize, &Answer)> = answers.iter().enumerate().filter(|a| heard(&a)).collect();
            let table: Vec<Row> = rows.iter().map(|(_, a)| a.row(&vectors)).collect();
            let places = rows.iter().map(|(place, _)| *place).collect();
            let index = Index::build(&table, &options);
            (name.to_string(), Table { index: Indexed::Built(index), places })
        };
        let audiences = names.iter().map(index).collect();
        Self { answers, vectors, audiences }
    }

    /// What one audience may hear.
    pub(super) fn packed(&self, audience: &str) -> PackedKnowledge {
        let Some(table) = self.table(audience) else {
            return PackedKnowledge { answers: Vec::new(), vectors: Vectors::new(), learnt: None };
        };
        let answers: Vec<Answer> =
            table.places.iter().filter_map(|place| self.answers.get(*place)).cloned().collect();
        let asked: BTreeSet<&String> = answers.iter().flat_map(|answer| &answer.ask).collect();
        let vectors = self.vectors.iter().filter(|(ask, _)| asked.contains(ask));
        let vectors = vectors.map(|(ask, vector)| (ask.clone(), vector.clone())).collect();
        let learnt = self.index(table).learnt();
        let answers = answers.into_iter().map(|answer| Answer { audience: None, ..answer }).collect();
        PackedKnowledge { answers, vectors, learnt: Some(learnt) }
    }

    fn table(&self, audience: &str) -> Option<&Table> {
        self.audiences.get(audience).or_else(|| self.audiences.get(CLIENT))
    }

    fn index<'k>(&'k self, table: &'k Table) -> &'k Index {
        match &table.index {
            Indexed::Built(index) => index,
            Indexed::Learnt(learnt, index) => index.get_or_init(|| {
                let rows = table.places.iter().filter_map(|place| self.answers.get(*place));
                let rows: Vec<Row> = rows.map(|answer| answer.row(&self.vectors)).collect();
                Index::restore(&rows, learnt)
            }),
        }
    }

    /// Searches the rows that an audience may hear.
    pub fn search(&self, audience: &str, query: &Query<'_>, top: usize) -> Search<'_> {
        let Some(table) = self.table(audience) else {
            return Search { found: Found::default(), answers: Vec::new() };
        };
        let found = self.index(table).search(query, top);
        let answers = found
            .candidates
            .iter()
            .map(|c| table.places.get(c.row).and_then(|place| self.answers.get(*place)))
            .map_while(|a| a)
            .collect();
        Search { found, answers }
    }

    /// Groups questions that clients asked in vain, the largest group first, each with the row that it may be added to.
    #[cfg(feature = "audit")]
    pub(crate) fn discover(&self, questions: &[&str]) -> Vec<(discover::Group, Option<&Answer>)> {
        let Some(table) = self.table(CLIENT) else { return Vec::new() };
        let near = |row: usize| table.places.get(row).and_then(|place| self.answers.get(*place));
        let groups = discover::groups(questions, self.index(table));
        let with_row = |group: discover::Group| {
            let row = group.near.and_then(near);
            (group, row)
        };
        groups.into_iter().map(with_row).collect()
    }

    /// The answer of an id.
    pub fn answer(&self, id: &str) -> Option<&Answer> {
        self.answers.iter().find(|a| a.id == id)
    }

    /// Every answer, over all audiences: the author's rows, then the table's.
    pub(super) fn answers(&self) -> &[Answer] {
        &self.answers
    }

    /// How many rows there are, over all audiences.
    pub fn len(&self) -> usize {
        self.answers.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }

    /// Whether an audience may hear no row at all.
    pub(crate) fn is_mute(&self, audience: &str) -> bool {
        self.table(audience).is_none_or(|table| table.places.is_empty())
    }
}

impl PackedKnowledge {
    /// The knowledge of the only audience there is.
    pub(super) fn unpacked(self, audience: &str) -> Knowledge {
        let places = (0..self.answers.len()).collect();
        let table = |learnt| Table { index: Indexed::Learnt(Box::new(learnt), OnceLock::new()), places };
        let audiences = self.learnt.map(|learnt| (audience.to_string(), table(learnt))).into_iter().collect();
        Knowledge { answers: self.answers, vectors: self.vectors, audiences }
    }
}

/// What a search found, with the answers of its candidates in the same order.
#[derive(Debug)]
pub struct Search<'k> {
    /// Scores and reasons.
    pub found: Found,
    /// The answers of the candidates.
    pub answers: Vec<&'k Answer>,
}

impl<'k> Search<'k> {
    /// The answer that is sure enough.
    pub fn answer(&self) -> Option<&'k Answer> {
        self.of(self.found.answer?)
    }

    /// Two or three answers too close to call.
    pub fn close(&self) -> Vec<&'k Answer> {
        self.found.close.iter().filter_map(|row| self.of(*row)).collect()
    }

    fn of(&self, row: usize) -> Option<&'k Answer> {
        let place = self.found.candidates.iter().position(|c| c.row == row)?;
        self.answers.get(place).copied()
    }
}

impl Answer {
    fn of_item((place, item): (usize, &crate::definition::Item)) -> Self {
        Self {
            id: item.ask.first().cloned().unwrap_or_default(),
            ask: item.ask.clone(),
            say: item.say.clone(),
            template: true,
            buttons: item.buttons.clone(),
            then: item.then.clone(),
            topic: item.topic.clone(),
            audience: item.audience.clone(),
            place: format!("faq.items[{place}]"),
        }
    }

    /// Whether a text asks what one of the phrasings asks, in the same words: forms, order, grammar and politeness
    /// apart.
    pub(crate) fn is_asked_by(&self, text: &str) -> bool {
        let asked = telling_stems(text);
        !asked.is_empty() && self.ask.iter().any(|phrasing| telling_stems(phrasing) == asked)
    }

    fn row(&self, vectors: &Vectors) -> Row {
        // A phrasing without an embedding keeps its place, so that those after it keep theirs.
        let vectors = self.ask.iter().map(|q| vectors.get(q).cloned().unwrap_or_default()).collect();
        Row { id: self.id.clone(), ask: self.ask.clone(), vectors }
    }
}

/// Stems of the words that tell what a text is about, question words among them: «как записаться» is not
/// «записаться».
fn telling_stems(text: &str) -> BTreeSet<String> {
    let words = tokens(text).filter(|t| t.kind == TokenKind::Word).map(|t| fold_word(t.text));
    let tells = |word: &String| Lang::ALL.iter().all(|lang| !lang.is_light(word) || lang.is_asking(word));
    words.filter(tells).map(|word| stem(&stem(&word, Lang::Ru), Lang::En)).collect()
}

/// Embeddings of the host's by phrasing.
type Vectors = BTreeMap<String, Vec<i8>>;

fn vectors(definition: &Definition, files: &BTreeMap<String, String>, errors: &mut Vec<Error>) -> Vectors {
    let Some(name) = &definition.faq.vectors else { return Vectors::new() };
    let read = match files.get(name) {
        None => {
            let message = format!("the vectors `{name}` were not handed in beside the definition");
            Err(Error::new(Code::FileMissing, "faq.vectors", message))
        }
        Some(text) if text.len() > limits::TABLE_BYTES => {
            let message = format!("{} bytes; at most {} are read", text.len(), limits::TABLE_BYTES);
            Err(Error::new(Code::Limit, name.as_str(), message))
        }
        Some(text) => serde_json::from_str::<Vectors>(text).map_err(|e| {
            let message = format!("not a map of phrasings to whole numbers from -128 to 127: {e}");
            Error::new(Code::VectorsInvalid, name.as_str(), message)
        }),
    };
    let vectors = read.unwrap_or_else(|error| {
        errors.push(error);
        Vectors::new()
    });
    let lengths: BTreeSet<usize> = vectors.values().map(Vec::len).collect();
    if lengths.len() > 1 {
        let message = format!("vectors of {lengths:?} dimensions; one number of them is expected");
        errors.push(Error::new(Code::VectorsInvalid, name.as_str(), message));
    }
    vectors
}

fn of_file(
    name: &str,
    files: &BTreeMap<String, String>,
    own: &BTreeSet<String>,
    errors: &mut Vec<Error>,
    warnings: &mut Vec<Error>,
) -> Vec<Answer> {
    let Some(text) = files.get(name) else {
        let message = format!("the table `{name}` was not handed in beside the definition");
        errors.push(Error::new(Code::FileMissing, "faq.file", message));
        return Vec::new();
    };
    let table = match faq::table::read(name, text) {
        Ok(table) => table,
        Err(found) => {
            errors.extend(found);
            return Vec::new();
        }
    };
    let mut answers = Vec::new();
    for row in table.rows {
        let place = format!("{name}:{}", row.line);
        if let Some(shadowed) = row.ask.iter().find(|q| own.contains(&folded_words(q))) {
            let message = format!("`{shadowed}` stands in `items` too; the row there answers");
            warnings.push(Error::new(Code::FaqShadowed, place, message));
            continue;
        }
        let by_language = row.say.into_iter().map(|(lang, text)| (lang.map(|l| l.code().to_string()), text));
        answers.push(Answer {
            id: row.id,
            ask: row.ask,
            say: Text::by_language(by_language),
            template: false,
            buttons: row.buttons.iter().map(|title| Button::plain(title)).collect(),
            then: Vec::new(),
            topic: row.topic.map(Text::plain),
            audience: row.audience,
            place,
        });
    }
    answers
}

/// Gives rows of the same id ids of their own, so that an id means one row: the second «Скидка» is `Скидка #2`.
fn name_apart(answers: &mut [Answer]) {
    let mut own: BTreeSet<String> = answers.iter().map(|answer| answer.id.clone()).collect();
    let mut next: BTreeMap<String, usize> = BTreeMap::new();
    for answer in answers {
        let number = next.entry(answer.id.clone()).or_insert(1);
        if *number > 1 {
            // An author may have named a row `Скидка #2` too.
            let apart = (*number..).map(|n| (n, format!("{} #{n}", answer.id)));
            if let Some((n, id)) = apart.into_iter().find(|(_, id)| !own.contains(id)) {
                *number = n;
                own.insert(id.clone());
                answer.id = id;
            }
        }
        *number += 1;
    }
}
