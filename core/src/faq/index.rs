//! A table made ready to be searched.

use super::accumulate::Postings;
use super::calibrate::{Calibration, sum_squares};
use super::concepts::Lexicon;
use super::encode::Vector;
use super::hash::Lookup;
use super::head::Head;
use super::reader::{Known, Reader};
use super::repair::Deletions;
use super::types::{Options, Row, Threshold};
use super::vectors::Embeddings;
use super::vocabulary::{BLOCKS, Feature, Vocabulary};
use crate::text::Lang;
use crate::text::fold::is_cyrillic;
use std::borrow::Cow;

/// A table ready to be searched; immutable, so threads share it.
///
/// Building walks the table once and then searches it some hundred times to learn its weights; it costs some 25
/// microseconds a phrasing, and up to 4 KB of memory. Searching a table of 200 rows costs some 20 microseconds, of
/// 10,000 some 150, of 100,000 some 400.
#[derive(Debug)]
pub struct Index {
    pub(super) reader: Reader,
    pub(super) vocabulary: Vocabulary,
    pub(super) deletions: Deletions,
    pub(super) postings: Postings,
    /// One for each phrasing that has words.
    pub(super) vectors: Vec<Vector>,
    /// The row of each phrasing, ascending.
    pub(super) row_of: Vec<u32>,
    pub(super) rows: Vec<RowFacts>,
    pub(super) embeddings: Embeddings,
    pub(super) scripts: Scripts,
    /// What a usual phrasing of the table says, see [`Vector::mass`].
    pub(super) usual_mass: f32,
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
        let mut index = Self::assemble(rows, options, Cow::Borrowed(Lexicon::built_in()));
        index.calibrate();
        index
    }

    /// An index that has yet to learn its weights.
    pub(super) fn assemble(rows: &[Row], options: &Options, built_in: Cow<'static, Lexicon>) -> Index {
        let mut reader = Reader {
            cyrillic: cyrillic_of(rows),
            concepts: options.concepts,
            author: Lexicon::after(&built_in, &options.synonyms),
            built_in,
            used: None,
            usual_words: 0.0,
            ingredients: options.ingredients,
        };
        let mut vocabulary = Vocabulary::default();
        let mut stems: Lookup<String, Feature> = Lookup::default();
        let mut embeddings = Embeddings::new(rows);
        let (mut counts, mut row_of, mut facts) = (Vec::new(), Vec::new(), Vec::with_capacity(rows.len()));
        let mut read = Lookup::default();
        let mut total_words = 0;
        for (number, row) in (0..).zip(rows) {
            let first = row_of.len() as u32;
            for (at, ask) in row.ask.iter().enumerate() {
                let words = reader.phrasing_of_table(ask, &mut read);
                if words.is_empty() {
                    continue;
                }
                total_words += words.len();
                let keys = reader.keys(&words);
                let numbered = |(block, keys): (_, &Vec<super::encode::Occurrence>)| -> Vec<_> {
                    keys.iter().map(|key| (vocabulary.add(block, key.key, number), key.count)).collect()
                };
                let [first, second, third] = BLOCKS;
                let [a, b, c] = &keys;
                counts.push([(first, a), (second, b), (third, c)].map(numbered));
                for word in words {
                    if let Some(stem) = vocabulary.get(first, super::vocabulary::key_of(&word.stem)) {
                        stems.entry(word.stem).or_insert(stem);
                    }
                }
                row_of.push(number);
                embeddings.push(row.vectors.get(at));
            }
            facts.push(RowFacts { first, count: row_of.len() as u32 - first, squares: [1.0; 3] });
        }
        vocabulary.finish(rows.len());
        reader.used = Some(reader.author.numbers().map(|concept| vocabulary.has_concept(concept)).collect());
        reader.usual_words = total_words as f32 / row_of.len().max(1) as f32;
        let vectors: Vec<Vector> =
            counts.iter().map(|counts| Vector::of_phrasing(counts, &vocabulary)).collect();
        for row in facts.iter_mut().filter(|row| row.count > 1) {
            row.squares = sum_squares(row.of(&vectors).iter());
        }
        let usual_mass = vectors.iter().map(|vector| vector.mass).sum::<f32>() / vectors.len().max(1) as f32;
        Index {
            scripts: Scripts::of(stems.keys()),
            deletions: Deletions::build(stems.iter().map(|(stem, &feature)| (stem.as_str(), feature))),
            postings: Postings::build(&vectors, vocabulary.len()),
            reader,
            vocabulary,
            vectors,
            row_of,
            rows: facts,
            embeddings,
            usual_mass: usual_mass.max(f32::MIN_POSITIVE),
            calibration: Calibration::default(),
            head: None,
            threshold: options.threshold,
        }
    }

    /// Rows of the table, those without phrasings included.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn known(&self) -> Known<'_> {
        Known { vocabulary: &self.vocabulary, deletions: &self.deletions }
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
