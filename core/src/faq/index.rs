//! A table made ready to be searched.

use super::calibrate::Calibration;
use super::concepts::Lexicon;
use super::encode::Vector;
use super::head::Head;
use super::phrasings::{Phrasings, Scales, Sums};
use super::reader::{Known, Reader};
use super::repair::Deletions;
use super::types::{Options, Row, Threshold};
use super::vectors::Embeddings;
use super::vocabulary::{Block, Vocabulary};
use super::words::{Numbering, Words};
use crate::text::Lang;
use crate::text::fold::is_cyrillic;
use std::ops::Range;

/// A table ready to be searched; immutable, so threads share it.
///
/// Building walks the table once and then searches it some hundred times to learn its weights; it costs some 7
/// microseconds a phrasing, and some 300 bytes of memory. Searching a table of 200 rows costs some 20 microseconds,
/// of 10,000 some 50, of 100,000 some 250.
#[derive(Debug)]
pub struct Index {
    pub(super) reader: Reader,
    pub(super) vocabulary: Vocabulary,
    pub(super) deletions: Deletions,
    pub(super) words: Words,
    pub(super) phrasings: Phrasings,
    pub(super) rows: Vec<RowFacts>,
    pub(super) embeddings: Embeddings,
    pub(super) scripts: Scripts,
    /// Of a usual phrasing of the table.
    pub(super) usual_scales: Scales,
    pub(super) calibration: Calibration,
    pub(super) head: Option<Head>,
    pub(super) threshold: Threshold,
}

/// The phrasings of a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowFacts {
    pub(super) first: u32,
    pub(super) count: u32,
    /// Squared length of the sum of its phrasings, block by block.
    pub(super) squares: [f32; 3],
}

impl RowFacts {
    pub(super) fn phrasings(self) -> Range<u32> {
        self.first..self.first + self.count
    }

    pub(super) fn of<T>(self, phrasings: &[T]) -> &[T] {
        let first = self.first as usize;
        phrasings.get(first..first + self.count as usize).unwrap_or_default()
    }

    pub(super) fn of_mut<T>(self, phrasings: &mut [T]) -> &mut [T] {
        let first = self.first as usize;
        phrasings.get_mut(first..first + self.count as usize).unwrap_or_default()
    }
}

/// Which alphabets the words of a table are written in.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Scripts {
    pub(super) cyrillic: bool,
    pub(super) latin: bool,
}

impl Index {
    /// Builds the index of a table. Any table can be built, also an empty one.
    pub fn build(rows: &[Row], options: &Options) -> Index {
        let mut index = Self::assemble(rows, options, Lexicon::of_author(&options.synonyms));
        index.calibrate();
        index
    }

    /// An index that has yet to learn its weights.
    pub(super) fn assemble(rows: &[Row], options: &Options, author: Lexicon) -> Index {
        let mut reader = Reader {
            cyrillic: cyrillic_of(rows),
            concepts: options.concepts,
            author,
            usual_words: 0.0,
            ingredients: options.ingredients,
        };
        let mut vocabulary = Vocabulary::default();
        let mut numbering = Numbering::default();
        let mut phrasings = Phrasings::default();
        let mut embeddings = Embeddings::new(rows);
        let mut facts = Vec::with_capacity(rows.len());
        for (number, row) in (0..).zip(rows) {
            let first = phrasings.len() as u32;
            for (at, ask) in row.ask.iter().enumerate() {
                let words = numbering.phrasing(ask, &reader, &mut vocabulary);
                if words.is_empty() {
                    continue;
                }
                let number_of = |key| Some(vocabulary.number(Block::Concepts, key));
                let concepts = reader.concepts_of(&numbering.read(&words), number_of).into_iter();
                let concepts: Vec<_> = concepts.filter_map(|of| Some((of.feature()?, of.count))).collect();
                let features = words.iter().flat_map(|&word| numbering.words().all(word));
                for &feature in features.chain(concepts.iter().map(|(concept, _)| concept)) {
                    vocabulary.seen_in(feature, number);
                }
                phrasings.push(number, words, concepts);
                embeddings.push(row.vectors.get(at));
            }
            facts.push(RowFacts { first, count: phrasings.len() as u32 - first, squares: [1.0; 3] });
        }
        vocabulary.finish(rows.len());
        let (words, stems) = numbering.finish(&vocabulary);
        phrasings.finish(&words, &vocabulary);
        reader.usual_words = phrasings.usual_words();
        let mut sums = Sums::new(vocabulary.len());
        for row in facts.iter_mut().filter(|row| row.count > 1) {
            row.squares = phrasings.squares(row.phrasings(), &words, &vocabulary, &mut sums);
        }
        Index {
            scripts: Scripts::of(stems.iter().map(|(stem, _)| stem)),
            deletions: Deletions::build(&stems),
            reader,
            vocabulary,
            words,
            usual_scales: phrasings.usual_scales(),
            phrasings,
            rows: facts,
            embeddings,
            calibration: Calibration::default(),
            head: None,
            threshold: options.threshold,
        }
    }

    /// Rows of the table, those without phrasings included.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn row_of_phrasing(&self, phrasing: u32) -> Option<RowFacts> {
        let row = self.phrasings.row_of.get(phrasing as usize)?;
        self.rows.get(*row as usize).copied()
    }

    /// A phrasing as a message would be.
    pub(super) fn vector_of(&self, phrasing: u32) -> Vector {
        self.phrasings.vector(phrasing, &self.words, &self.vocabulary)
    }

    pub(super) fn known(&self) -> Known<'_> {
        Known { vocabulary: &self.vocabulary, words: &self.words, deletions: &self.deletions }
    }
}

impl Scripts {
    /// A script counts from a tenth of the words: a Russian table with «Wi-Fi» in it is not a Latin one.
    fn of<'s>(stems: impl Iterator<Item = &'s String>) -> Self {
        let (mut cyrillic, mut latin) = (0usize, 0usize);
        for stem in stems {
            cyrillic += usize::from(stem.chars().any(is_cyrillic));
            latin += usize::from(stem.chars().any(|c| c.is_ascii_alphabetic()));
        }
        let tenth = (cyrillic + latin).div_ceil(10).max(1);
        Self { cyrillic: cyrillic >= tenth, latin: latin >= tenth }
    }
}

/// The language of the table's Cyrillic words, by the letters that only one of them has.
fn cyrillic_of(rows: &[Row]) -> Lang {
    let (mut uk, mut ru) = (0usize, 0usize);
    for c in rows.iter().flat_map(|row| &row.ask).flat_map(|ask| ask.chars()) {
        match c {
            'і' | 'ї' | 'є' | 'ґ' | 'І' | 'Ї' | 'Є' | 'Ґ' => uk += 1,
            'ы' | 'э' | 'ъ' | 'ё' | 'Ы' | 'Э' | 'Ъ' | 'Ё' => ru += 1,
            _ => {}
        }
    }
    if uk > ru { Lang::Uk } else { Lang::Ru }
}
