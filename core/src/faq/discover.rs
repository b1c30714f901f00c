//! What clients ask that nobody answers: questions of a log in groups, each a draft of a row or a phrasing.

use super::hash::Lookup;
use super::index::Index;
use super::types::Query;
use super::vocabulary::key_of;
use crate::text::Lang;
use serde::Serialize;
use std::collections::BTreeMap;

/// A question joins a group that shares this much of the weight of their words.
const ALIKE: f32 = 0.5;
/// Rarest words of a question by which groups are looked up.
const LOOKED_UP: usize = 4;
/// Groups of one word that are compared, the largest first: a bound for words that everybody uses.
const COMPARED: usize = 64;
/// Score from which a group belongs to a row rather than to a new one, of 1000.
const NEAR: u16 = 250;

/// Questions that ask the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Index of the question that stands for the group: its commonest wording, the earliest of these.
    pub representative: usize,
    /// Indices of the questions, ascending.
    pub questions: Vec<usize>,
    /// The row the group may be added to as a phrasing; none where it asks for a row of its own.
    pub near: Option<usize>,
}

/// Groups the questions of a log, the largest group first.
///
/// Words are read as `index` reads them, words of grammar, politeness and asking aside. The same log gives the same groups;
/// the order of questions decides ties only. Cost: some microseconds a question.
///
/// ```
/// use frontdesk::faq::{Index, Options, discover::groups};
/// let index = Index::build(&[], &Options::default());
/// let log = ["Есть ли парковка?", "а парковка у вас есть", "Спасибо", "парковка"];
/// let found = groups(&log, &index);
/// assert_eq!(found[0].questions, [0, 1, 3]);
/// ```
pub fn groups(questions: &[&str], index: &Index) -> Vec<Group> {
    let wordings = wordings(questions, index);
    let rarity = rarities(&wordings);
    let weight = |key: &u64| rarity.get(key).copied().unwrap_or(0.0);
    let mut groups: Vec<Group> = Vec::new();
    let mut leaders: Vec<&[u64]> = Vec::new();
    let mut by_word: Lookup<u64, Vec<usize>> = Lookup::default();
    for (words, asked) in &wordings {
        let mut rarest: Vec<u64> = words.clone();
        rarest.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.cmp(b)));
        rarest.truncate(LOOKED_UP);
        let near = rarest
            .iter()
            .filter_map(|word| by_word.get(word))
            .flat_map(|groups| groups.iter().take(COMPARED));
        let alike = near
            .filter_map(|&at| Some((alikeness(words, leaders.get(at)?, weight), at)))
            .filter(|&(alike, _)| alike >= ALIKE)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        match alike.and_then(|(_, at)| groups.get_mut(at)) {
            Some(group) => group.questions.extend(asked),
            None => {
                for &word in &rarest {
                    by_word.entry(word).or_default().push(groups.len());
                }
                leaders.push(words);
                let representative = asked.first().copied().unwrap_or(0);
                groups.push(Group { representative, questions: asked.clone(), near: None });
            }
        }
    }
    for group in &mut groups {
        group.questions.sort_unstable();
        let text = questions.get(group.representative).copied().unwrap_or_default();
        let best = index.search(&Query::new(text), 1).candidates.first().copied();
        group.near = best.filter(|best| best.score >= NEAR).map(|best| best.row);
    }
    groups.sort_by(|a, b| {
        b.questions.len().cmp(&a.questions.len()).then(a.representative.cmp(&b.representative))
    });
    groups
}

/// Questions of the same words together, the commonest first.
fn wordings(questions: &[&str], index: &Index) -> Vec<(Vec<u64>, Vec<usize>)> {
    let is = |has: fn(Lang, &str) -> bool, typed: &str| Lang::ALL.iter().any(|&lang| has(lang, typed));
    let mut wordings: BTreeMap<Vec<u64>, Vec<usize>> = BTreeMap::new();
    for (at, question) in questions.iter().enumerate() {
        let mut words = index.reader.phrasing(question);
        words.retain(|word| !is(Lang::is_light, &word.typed));
        // «Где парковка» and «есть ли парковка» are about one thing; «где» alone is all there is.
        if words.iter().any(|word| !is(Lang::is_asking, &word.typed)) {
            words.retain(|word| !is(Lang::is_asking, &word.typed));
        }
        let mut keys: Vec<u64> = words.iter().map(|word| key_of(&word.stem)).collect();
        keys.sort_unstable();
        keys.dedup();
        if !keys.is_empty() {
            wordings.entry(keys).or_default().push(at);
        }
    }
    let mut wordings: Vec<_> = wordings.into_iter().collect();
    wordings.sort_by(|(_, a), (_, b)| b.len().cmp(&a.len()).then(a.cmp(b)));
    wordings
}

fn rarities(wordings: &[(Vec<u64>, Vec<usize>)]) -> Lookup<u64, f32> {
    let mut with: Lookup<u64, u32> = Lookup::default();
    for word in wordings.iter().flat_map(|(words, _)| words) {
        *with.entry(*word).or_default() += 1;
    }
    let all = wordings.len() as f32 + 1.0;
    with.into_iter().map(|(word, with)| (word, libm::logf(all / with as f32) + 1.0)).collect()
}

/// The weight of the words two questions share, of the weight of all their words (a weighted Jaccard index).
fn alikeness(a: &[u64], b: &[u64], weight: impl Fn(&u64) -> f32) -> f32 {
    let total = |words: &[u64]| words.iter().map(&weight).sum::<f32>();
    let shared: f32 = a.iter().filter(|word| b.binary_search(word).is_ok()).map(&weight).sum();
    shared / (total(a) + total(b) - shared).max(f32::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faq::{Options, Row};

    /// R028, R162
    #[test]
    fn groups_a_log_and_proposes_rows() {
        let rows =
            [Row { ask: vec!["Делаете ли вы гравировку?".into()], ..Row::default() }];
        let index = Index::build(&rows, &Options::default());
        let log = [
            "можно оставить велосипед во дворе",
            "гравировка на кольце",
            "Спасибо!",
            "где оставить велосипед",
            "велосипед оставить можно?",
            "гравировку на кольцо сделаете",
            "",
        ];
        let groups = groups(&log, &index);
        let seen: Vec<_> = groups.iter().map(|group| (group.questions.clone(), group.near)).collect();
        assert_eq!(seen[0].0, [0, 3, 4]);
        assert_eq!(seen[0].1, None);
        assert_eq!(seen[1].0, [1, 5]);
        assert_eq!(seen[1].1, Some(0));
        assert_eq!(super::groups(&log, &index), groups);
    }
}
