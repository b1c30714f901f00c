//! What a table has taught, apart from the table: enough to make its index again without learning anew.

use super::concepts::{Lexicon, built_in_groups};
use super::head::Head;
use super::index::Index;
use super::types::{Options, Row, Threshold};
use super::vocabulary::{Block, key_of};
use crate::text::fold::is_cyrillic;
use crate::text::{Lang, TokenKind, fold_word, stem, tokens};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What [`Index::restore`] needs beside the rows.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Learnt {
    threshold: Threshold,
    /// Weight of the concepts.
    concepts: f32,
    /// The score that is needed, without embeddings and with them.
    needed: [f32; 2],
    head: Option<Head>,
    /// Terms of the built-in concepts that some row has, a concept a line.
    built_in: String,
    /// The same of the author's groups.
    author: Vec<Vec<String>>,
    /// Stems that the built-in concepts know and that the table would take for typing errors.
    real: BTreeSet<String>,
}

impl Index {
    /// What the table has taught; `synonyms` are those it was built with.
    pub(crate) fn learnt(&self, synonyms: &[Vec<String>]) -> Learnt {
        let groups = built_in_groups().map(|terms| terms.collect::<Vec<_>>());
        let built_in: Vec<Vec<&str>> = if self.reader.concepts { groups.collect() } else { Vec::new() };
        let author = (Lexicon::built_in().numbers().end..).zip(synonyms);
        let calibration = &self.calibration;
        let [_, _, concepts] = calibration.weights;
        Learnt {
            threshold: self.threshold,
            concepts,
            needed: [calibration.threshold, calibration.threshold_fused],
            head: self.head.clone(),
            built_in: (0..)
                .zip(built_in)
                .filter(|&(concept, _)| self.reader.uses(concept))
                .map(|(_, terms)| terms.join(","))
                .collect::<Vec<_>>()
                .join("\n"),
            author: author
                .filter(|&(concept, _)| self.reader.uses(concept))
                .map(|(_, group)| group.clone())
                .collect(),
            real: self.mistakable(),
        }
    }

    /// Stems of the built-in concepts that differ from a word of the table as a typing error would.
    fn mistakable(&self) -> BTreeSet<String> {
        let words = built_in_groups().flatten().flat_map(tokens);
        let words = words.filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number));
        let stems = words.map(|token| {
            let word = fold_word(token.text);
            let lang = if word.chars().any(is_cyrillic) { self.reader.cyrillic } else { Lang::En };
            stem(&word, lang)
        });
        let stems: BTreeSet<String> = stems.collect();
        let unknown = |stem: &String| self.vocabulary.get(Block::Stems, key_of(stem)).is_none();
        let near = |stem: &String| self.deletions.nearest(stem, &self.vocabulary).is_some();
        stems.into_iter().filter(|stem| unknown(stem) && near(stem)).collect()
    }

    /// The index that taught this, from the rows it was built of: the same answers to every message, in a fraction of
    /// the time of [`Index::build`].
    pub(crate) fn restore(rows: &[Row], learnt: &Learnt) -> Index {
        let options =
            Options { threshold: learnt.threshold, synonyms: learnt.author.clone(), ..Options::default() };
        let groups = learnt.built_in.lines().map(|terms| terms.split(',').map(String::from).collect());
        let groups: Vec<Vec<String>> = groups.collect();
        let lexicon = Lexicon::after(&Lexicon::default(), &groups);
        let mut index = Self::assemble(rows, &options, Cow::Owned(lexicon));
        let cyrillic = index.reader.cyrillic;
        index.reader.built_in.to_mut().add_words(cyrillic, learnt.real.iter().map(String::as_str));
        index.calibration = index.calibration_with(learnt.concepts);
        [index.calibration.threshold, index.calibration.threshold_fused] = learnt.needed;
        index.head = learnt.head.clone();
        index
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faq::Query;

    fn row(id: &str, ask: &[&str]) -> Row {
        Row { id: id.into(), ask: ask.iter().map(|&ask| ask.into()).collect(), ..Row::default() }
    }

    #[test]
    fn a_restored_index_finds_the_same_for_the_same_reasons() {
        let rows = [
            row("delivery", &["Как работает доставка?", "Сколько стоит доставка", "Когда привезут"]),
            row("refund", &["Как вернуть товар?", "Возврат денег", "Не подошло, хочу обратно деньги"]),
            row("hours", &["Во сколько вы открываетесь?", "График работы", "Вы работаете в субботу?"]),
            row("none", &[]),
        ];
        let synonyms = vec![vec!["курьер".to_string(), "доставка".into()], vec!["x".into(), "y".into()]];
        let options = Options { synonyms: synonyms.clone(), ..Options::default() };
        let index = Index::build(&rows, &options);
        let learnt = postcard::to_allocvec(&index.learnt(&synonyms)).unwrap();
        let restored = Index::restore(&rows, &postcard::from_bytes(&learnt).unwrap());
        for text in [
            "доставка",
            "дотсавка",
            "ljcnfdrf",
            "скільки коштує доставка",
            "вернуть",
            "вернуться",
            "график",
            "а курьер когда",
            "работа",
            "собака съела носок",
            "",
            "zzz",
            "refund please",
            "оплата картой",
            "Купил вчера. Не подошло. Деньги вернёте?",
        ] {
            assert_eq!(restored.search(&Query::new(text), 5), index.search(&Query::new(text), 5), "{text}");
        }
    }
}
