//! From a text to words, as one table reads them.

use super::concepts::Lexicon;
use super::repair::Deletions;
use super::types::{Ingredients, Repair, RepairKind};
use super::vocabulary::{Block, Vocabulary, key_of};
use super::words::Words;
use crate::text::fold::is_cyrillic;
use crate::text::{Lang, TokenKind, fold_word, stem, tokens};

/// Trust in a word read at edit distance 1 and 2.
const TYPO_TRUST: [f32; 2] = [0.85, 0.65];
/// A message is a story when it has this many times the words of a usual phrasing of the table.
const STORY: f32 = 3.0;
/// Weight of the sentences of a story that do not ask.
const ASIDE: f32 = 0.6;

/// One word as a table reads it.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Folded, as typed.
    pub(super) typed: String,
    /// As read in the language of the table.
    pub(super) read: String,
    pub(super) stem: String,
    pub(super) lang: Lang,
    /// How much the word counts, 0 to 1.
    pub(super) weight: f32,
    /// How sure its reading is, 0 to 1.
    pub(super) trust: f32,
    /// Language and stem as typed, where the table does not know the word as it is.
    pub(super) origin: Option<(Lang, String)>,
}

/// How a table reads texts.
#[derive(Debug)]
pub(super) struct Reader {
    /// The language of its Cyrillic words.
    pub(super) cyrillic: Lang,
    /// Whether the built-in concepts help.
    pub(super) concepts: bool,
    pub(super) author: Lexicon,
    /// Words of a usual phrasing.
    pub(super) usual_words: f32,
    pub(super) ingredients: Ingredients,
}

/// What a table knows when it reads a message.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known<'i> {
    pub(super) vocabulary: &'i Vocabulary,
    pub(super) words: &'i Words,
    pub(super) deletions: &'i Deletions,
}

impl Known<'_> {
    fn has(&self, stem: &str) -> bool {
        self.vocabulary.get(Block::Stems, key_of(stem)).is_some()
    }
}

impl Reader {
    /// The words of a phrasing.
    pub(super) fn phrasing(&self, text: &str) -> Vec<Word> {
        words(text).map(|word| self.word(word)).collect()
    }

    /// One word, whatever the table knows.
    pub(super) fn word(&self, text: &str) -> Word {
        let typed = fold_word(text);
        let lang = if typed.chars().any(is_cyrillic) { self.cyrillic } else { Lang::En };
        let stem = stem(&typed, lang);
        Word { read: typed.clone(), typed, stem, lang, weight: 1.0, trust: 1.0, origin: None }
    }

    /// The words of a message, read by what the table knows.
    pub(super) fn message(&self, text: &str, known: Known<'_>, repairs: &mut Vec<Repair>) -> Vec<Word> {
        let mut words = self.phrasing(text);
        if self.ingredients.stories && words.len() as f32 >= STORY * self.usual_words {
            quieten_asides(text, &mut words);
        }
        for word in &mut words {
            if !known.has(&word.stem) {
                self.interpret(word, known, repairs);
            }
        }
        words
    }

    /// Reads a word that the table does not have: in the kindred language, then as a typing error.
    fn interpret(&self, word: &mut Word, known: Known<'_>, repairs: &mut Vec<Repair>) {
        if self.ingredients.kindred && word.lang != Lang::En {
            let kindred = if self.cyrillic == Lang::Uk { Lang::Ru } else { Lang::Uk };
            word.origin = Some((kindred, stem(&word.typed, kindred)));
            let translated = kindred.kin(&word.typed, self.cyrillic);
            word.read = translated.map_or_else(|| self.cyrillic.in_own_letters(&word.typed), str::to_owned);
            if word.read != word.typed {
                word.stem = stem(&word.read, self.cyrillic);
            }
            if let Some(to) = translated {
                repairs.push(Repair {
                    kind: RepairKind::Language,
                    from: word.typed.clone(),
                    to: to.to_owned(),
                });
            }
            if known.has(&word.stem) {
                return;
            }
        }
        if self.ingredients.typos
            && !is_real(word)
            && let Some(near) = known.deletions.nearest(&word.stem, known.vocabulary)
        {
            word.stem = near.stem.iter().collect();
            word.trust = TYPO_TRUST.get(near.distance.saturating_sub(1)).copied().unwrap_or(1.0);
            repairs.push(Repair { kind: RepairKind::Typo, from: word.typed.clone(), to: word.stem.clone() });
        }
    }
}

/// The spellings of the words of a text.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    tokens(text).filter(|token| is_word(token.kind)).map(|token| token.text)
}

fn is_word(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Word | TokenKind::Number)
}

/// Whether a language has the word: then it is no typing error, however near it is to a word of the table.
fn is_real(word: &Word) -> bool {
    Lexicon::built_in().has(word.lang, &word.stem)
        || Lang::ALL.iter().any(|lang| lang.is_light(&word.typed) || lang.is_asking(&word.typed))
}

/// Lowers the weight of the sentences that do not ask, where some sentence does.
fn quieten_asides(text: &str, words: &mut [Word]) {
    let mut sentences = Vec::new();
    let (mut length, mut asks, mut end) = (0, false, 0);
    let mut rest = words.iter();
    for token in tokens(text) {
        let new_line = text.get(end..token.span.start).is_some_and(|gap| gap.contains('\n'));
        let stop = matches!(token.text, "." | "!" | "?" | "…" | ";");
        if (stop || new_line) && length > 0 {
            sentences.push((length, asks || token.text == "?"));
            (length, asks) = (0, false);
        }
        if is_word(token.kind) {
            length += 1;
            asks |= rest.next().is_some_and(|word| Lang::ALL.iter().any(|lang| lang.is_asking(&word.typed)));
        }
        end = token.span.end;
    }
    sentences.push((length, asks));
    if sentences.iter().all(|&(_, asks)| !asks) {
        return;
    }
    let weights = sentences
        .iter()
        .flat_map(|&(length, asks)| std::iter::repeat_n(if asks { 1.0 } else { ASIDE }, length));
    for (word, weight) in words.iter_mut().zip(weights) {
        word.weight = weight;
    }
}
