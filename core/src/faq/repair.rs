//! Typing errors: the nearest known stem through an index of deletions.

use super::vocabulary::{Feature, Vocabulary};

/// Letters from which a word may differ by one.
const ONE_FROM: usize = 4;
/// Letters from which a word may differ by two.
const TWO_FROM: usize = 7;
/// Letters from which a word with one error may begin with another letter.
const ANY_FIRST_FROM: usize = 6;
/// Longest word repaired.
const LONGEST: usize = 24;

/// Known stems by every spelling one or two deletions away.
///
/// Two words at edit distance d share a spelling at most d deletions from each (Mor and Fraenkel 1982, known as
/// SymSpell), so candidates are found by lookup, never by a walk over the vocabulary.
#[derive(Debug, Default)]
pub(super) struct Deletions {
    stems: Vec<(Vec<char>, Feature)>,
    by_spelling: Vec<(u32, u32)>,
}

/// A known stem near an unknown one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Near<'i> {
    pub(super) stem: &'i [char],
    pub(super) feature: Feature,
    pub(super) distance: usize,
}

impl Deletions {
    /// An index of stems in order, each with its feature.
    pub(super) fn build(stems: &[(String, Feature)]) -> Self {
        let fits = |stem: &[char]| {
            (ONE_FROM - 1..=LONGEST).contains(&stem.len()) && stem.iter().all(|c| c.is_alphabetic())
        };
        let stems: Vec<(Vec<char>, Feature)> = stems
            .iter()
            .map(|(stem, feature)| (stem.chars().collect::<Vec<_>>(), *feature))
            .filter(|(stem, _)| fits(stem))
            .collect();
        let mut by_spelling = Vec::new();
        for (at, (stem, _)) in stems.iter().enumerate() {
            spellings(stem, |spelling| by_spelling.push((spelling, at as u32)));
        }
        by_spelling.sort_unstable();
        by_spelling.dedup();
        Self { stems, by_spelling }
    }

    /// The nearest known stem; among equals the one that more rows have, then the first by spelling.
    pub(super) fn nearest(&self, stem: &str, vocabulary: &Vocabulary) -> Option<Near<'_>> {
        let word: Vec<char> = stem.chars().collect();
        let allowed = match word.len() {
            ONE_FROM..TWO_FROM => 1,
            TWO_FROM..=LONGEST => 2,
            _ => return None,
        };
        let mut candidates = Vec::new();
        spellings(&word, |spelling| {
            let first = self.by_spelling.partition_point(|&(known, _)| known < spelling);
            let same = self.by_spelling.iter().skip(first).take_while(|&&(known, _)| known == spelling);
            candidates.extend(same.map(|&(_, at)| at));
        });
        candidates.sort_unstable();
        candidates.dedup();
        candidates
            .into_iter()
            .filter_map(|at| {
                let (known, feature) = self.stems.get(at as usize)?;
                let distance = distance(&word, known, allowed)?;
                // People rarely miss the first letter; a short word, or one with two errors, needs it as proof.
                let proven = word.first() == known.first() || (distance == 1 && word.len() >= ANY_FIRST_FROM);
                if !proven {
                    return None;
                }
                Some((distance, std::cmp::Reverse(vocabulary.rows_with(*feature)), at))
            })
            .min()
            .and_then(|(distance, _, at)| {
                let (stem, feature) = self.stems.get(at as usize)?;
                Some(Near { stem, feature: *feature, distance })
            })
    }
}

/// Calls back with the hash of the word and of every spelling with one letter less, or two for long words.
fn spellings(word: &[char], mut found: impl FnMut(u32)) {
    found(hash(word.iter()));
    let one = |skip: usize| word.iter().enumerate().filter(move |&(at, _)| at != skip);
    for first in 0..word.len() {
        found(hash(one(first).map(|(_, c)| c)));
        if word.len() + 1 >= TWO_FROM {
            for second in first + 1..word.len() {
                found(hash(one(first).filter(|&(at, _)| at != second).map(|(_, c)| c)));
            }
        }
    }
}

fn hash<'c>(letters: impl Iterator<Item = &'c char>) -> u32 {
    letters.fold(0x811c_9dc5, |hash, &c| (hash ^ u32::from(c)).wrapping_mul(0x0100_0193))
}

/// Insertions, deletions, substitutions and swaps of neighbours between two words, if at most `allowed`.
fn distance(a: &[char], b: &[char], allowed: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > allowed {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    let mut previous_a = None;
    for (i, &ca) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        let mut left = i + 1;
        row.push(left);
        let mut previous_b = None;
        for (j, &cb) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
            let mut cost = (at(&above, j) + usize::from(ca != cb)).min(at(&above, j + 1) + 1).min(left + 1);
            if previous_a == Some(cb) && previous_b == Some(ca) {
                cost = cost.min(at(&before, j.wrapping_sub(1)) + 1);
            }
            row.push(cost);
            left = cost;
            previous_b = Some(cb);
        }
        before = std::mem::replace(&mut above, row);
        previous_a = Some(ca);
    }
    above.last().copied().filter(|&distance| distance <= allowed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faq::vocabulary::{Block, key_of};

    #[test]
    fn measures_distance() {
        let d =
            |a: &str, b: &str| distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>(), 2);
        assert_eq!(d("имплант", "имплант"), Some(0));
        assert_eq!(d("импалнт", "имплант"), Some(1));
        assert_eq!(d("инпланд", "имплант"), Some(2));
        assert_eq!(d("брекет", "эмаль"), None);
    }

    #[test]
    fn finds_the_nearest_by_lookup() {
        let mut vocabulary = Vocabulary::default();
        let stems = ["имплантац", "виниры", "зуб", "доставк"];
        let features: Vec<_> = stems.map(|stem| vocabulary.number(Block::Stems, key_of(stem))).to_vec();
        let mut stems: Vec<_> = stems.map(str::to_owned).into_iter().zip(features).collect();
        stems.sort_unstable();
        let index = Deletions::build(&stems);
        let near = |stem: &str| index.nearest(stem, &vocabulary).map(|n| n.stem.iter().collect::<String>());
        assert_eq!(near("инплонтац").as_deref(), Some("имплантац"));
        assert_eq!(near("винеры").as_deref(), Some("виниры"));
        assert_eq!(near("завиниры"), None);
        assert_eq!(near("дотсавк").as_deref(), Some("доставк"));
        assert_eq!(near("зуп"), None);
        assert_eq!(near(&"а".repeat(10_000)), None);
    }
}
