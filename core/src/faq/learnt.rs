//! What a table has taught, apart from the table: enough to make its index again without learning anew.

use super::concepts::Lexicon;
use super::head::Head;
use super::index::Index;
use super::types::{Options, Row, Threshold};
use crate::document::packed;

/// What [`Index::restore`] needs beside the rows.
#[derive(Debug, Clone)]
pub(crate) struct Learnt {
    threshold: Threshold,
    /// Weight of the concepts.
    concepts: f32,
    /// The score that is needed, without embeddings and with them.
    needed: (f32, f32),
    head: Option<Head>,
    /// The author's groups as hashes: also one that no row has counts in the score of a message, and may be about the
    /// rows of somebody else.
    author: Lexicon,
}

packed!(Learnt { threshold, concepts, needed, head, author });

impl Index {
    /// What the table has taught.
    pub(crate) fn learnt(&self) -> Learnt {
        let calibration = &self.calibration;
        let [_, _, concepts] = calibration.weights;
        Learnt {
            threshold: self.threshold,
            concepts,
            needed: (calibration.threshold, calibration.threshold_fused),
            head: self.head.clone(),
            author: self.reader.author.clone(),
        }
    }

    /// The index that taught this, from the rows it was built of: the same answers to every message, in a fraction of
    /// the time of [`Index::build`].
    pub(crate) fn restore(rows: &[Row], learnt: &Learnt) -> Index {
        let options = Options { threshold: learnt.threshold, ..Options::default() };
        let mut index = Self::assemble(rows, &options, learnt.author.clone());
        index.calibration = index.calibration_with(learnt.concepts);
        (index.calibration.threshold, index.calibration.threshold_fused) = learnt.needed;
        index.head = learnt.head.clone();
        index
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{pack, unpack};
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
        let options = Options { synonyms, ..Options::default() };
        let index = Index::build(&rows, &options);
        let learnt = pack(&index.learnt());
        let restored = Index::restore(&rows, &unpack(&learnt).unwrap());
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
