//! What ails a table, each finding with what to do about it.

use super::index::Index;
use super::types::{Query, Row};
use crate::text::Lang;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A second row this near to the first on a phrasing of the first is too near, of 1000.
const TOO_NEAR: u32 = 750;
/// Letters of a phrasing that says too little alone.
const TOO_SHORT: usize = 3;

/// What ails a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Ailment {
    /// The row has no phrasing with a word in it.
    Unreachable,
    /// Two rows have the same question.
    Duplicate,
    /// Two rows with different answers are hard to tell apart.
    NearDuplicate,
    /// Another row is better on a phrasing of this one.
    LosesOwnPhrasing,
    /// A phrasing is too short to mean anything.
    TooShort,
    /// No message of the log was answered by the row.
    NeverMatched,
}

impl Ailment {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Ailment::Unreachable => "faq_unreachable",
            Ailment::Duplicate => "faq_duplicate",
            Ailment::NearDuplicate => "faq_near_duplicate",
            Ailment::LosesOwnPhrasing => "faq_loses_own_phrasing",
            Ailment::TooShort => "faq_too_short",
            Ailment::NeverMatched => "faq_never_matched",
        }
    }

    /// What the author may do.
    pub fn remedy(self) -> &'static str {
        match self {
            Ailment::Unreachable => "give the row a question in words",
            Ailment::Duplicate => "merge the two rows, or word one of the questions differently",
            Ailment::NearDuplicate => {
                "merge the rows, or give each phrasings with the words that set it apart"
            }
            Ailment::LosesOwnPhrasing => {
                "move the phrasing to the row that wins it, or add phrasings in other words"
            }
            Ailment::TooShort => "write the question out, as a client would ask it",
            Ailment::NeverMatched => "add phrasings in the clients' words, or drop the row if nobody asks",
        }
    }
}

/// A finding about a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// Index of the row.
    pub row: usize,
    /// What ails it.
    pub ailment: Ailment,
    /// Index of the phrasing, where one is to blame.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phrasing: Option<usize>,
    /// The other row, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<usize>,
}

/// Looks a table over: row by row, worst first within a row.
///
/// `index` was built from `rows`; `answers` are the texts of the rows, so that two rows of one answer are no
/// near-duplicates (hand in an empty list where they are not at hand). `matched` are the rows that a log saw
/// answering; none skips that check. Cost: one search for each phrasing.
///
/// ```
/// use frontdesk::faq::{Index, Options, Row, health::{Ailment, examine}};
/// let row = |ask: &str| Row { id: ask.into(), ask: vec![ask.into()], ..Row::default() };
/// let rows = [row("Есть ли доставка?"), row("доставка есть ли"), row("Где вы находитесь?")];
/// let index = Index::build(&rows, &Options::default());
/// let findings = examine(&rows, &[], &index, None);
/// assert_eq!(findings[0].ailment, Ailment::Duplicate);
/// ```
pub fn examine(rows: &[Row], answers: &[&str], index: &Index, matched: Option<&[usize]>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut first_with: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let mut add = |ailment, phrasing, other| findings.push(Finding { row: at, ailment, phrasing, other });
        let mut reachable = false;
        for (number, ask) in row.ask.iter().enumerate() {
            let words = index.reader.phrasing(ask);
            if words.is_empty() {
                continue;
            }
            reachable = true;
            let light = |typed: &str| Lang::ALL.iter().any(|lang| lang.is_light(typed));
            if words.iter().all(|word| light(&word.typed) || word.typed.chars().count() < TOO_SHORT) {
                add(Ailment::TooShort, Some(number), None);
            }
            let mut stems: Vec<String> = words.into_iter().map(|word| word.stem).collect();
            stems.sort_unstable();
            let first = *first_with.entry(stems).or_insert(at);
            if first != at {
                add(Ailment::Duplicate, Some(number), Some(first));
                continue;
            }
            let found = index.search(&Query::new(ask), 2);
            let [best, second] = [0, 1].map(|place| found.candidates.get(place).copied());
            if let Some(best) = best.filter(|best| best.row != at) {
                add(Ailment::LosesOwnPhrasing, Some(number), Some(best.row));
            } else if let (Some(best), Some(second)) = (best, second) {
                let near = u32::from(second.score) * 1000 >= u32::from(best.score) * TOO_NEAR;
                let same_answer =
                    matches!((answers.get(at), answers.get(second.row)), (Some(a), Some(b)) if a == b);
                if near && !same_answer {
                    add(Ailment::NearDuplicate, Some(number), Some(second.row));
                }
            }
        }
        if !reachable {
            add(Ailment::Unreachable, None, None);
        } else if matched.is_some_and(|matched| !matched.contains(&at)) {
            add(Ailment::NeverMatched, None, None);
        }
    }
    // A pair told as duplicates need not be told as nearly so from its other side.
    let told: BTreeSet<(usize, Option<usize>)> = findings
        .iter()
        .filter(|finding| finding.ailment == Ailment::Duplicate)
        .filter_map(|finding| Some((finding.other?, Some(finding.row))))
        .collect();
    findings.retain(|f| f.ailment != Ailment::NearDuplicate || !told.contains(&(f.row, f.other)));
    findings.sort_unstable();
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faq::Options;

    /// R027
    #[test]
    fn finds_every_ailment() {
        let row = |ask: &[&str]| Row { ask: ask.iter().map(|&ask| ask.into()).collect(), ..Row::default() };
        let rows = [
            row(&["Сколько стоит пошив штор?", "Пошив на заказ"]),
            row(&["Как ухаживать за льном?", "заказ на пошив"]),
            row(&["?!"]),
            row(&["Сколько стоит выезд замерщика?", "а вы"]),
            row(&["Сколько стоит выезд замерщика за город?"]),
        ];
        let index = Index::build(&rows, &Options::default());
        let findings = examine(&rows, &[], &index, Some(&[0, 1, 3]));
        let has = |row, ailment| findings.iter().any(|f| f.row == row && f.ailment == ailment);
        assert!(has(1, Ailment::Duplicate), "{findings:?}");
        assert!(has(2, Ailment::Unreachable));
        assert!(has(3, Ailment::TooShort));
        assert!(has(3, Ailment::NearDuplicate) || has(4, Ailment::NearDuplicate), "{findings:?}");
        assert!(has(4, Ailment::NeverMatched));
        assert!(!has(0, Ailment::NeverMatched));
        let same = ["x", "y", "z", "w", "w"];
        let findings = examine(&rows, &same, &index, None);
        assert!(
            findings.iter().all(|f| f.ailment != Ailment::NearDuplicate || f.other.is_none_or(|o| o < 3))
        );
    }

    #[test]
    fn a_healthy_table_has_no_findings() {
        let row = |ask: &[&str]| Row { ask: ask.iter().map(|&ask| ask.into()).collect(), ..Row::default() };
        let rows = [row(&["Сколько стоит пошив штор?"]), row(&["Как ухаживать за льном?"])];
        assert_eq!(examine(&rows, &[], &Index::build(&rows, &Options::default()), None), []);
        assert_eq!(examine(&[], &[], &Index::build(&[], &Options::default()), None), []);
    }
}
