//! Features of a table under one numbering, with their rarity.

use super::hash::Lookup;

/// Number of a feature.
pub(super) type Feature = u32;

/// What a feature is, which decides its block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    Stems,
    Grams,
    Concepts,
}

/// The blocks in the order of every `[_; 3]` here.
pub(super) const BLOCKS: [Block; 3] = [Block::Stems, Block::Grams, Block::Concepts];

/// The known features of a table. Stems and concepts are known by the hash of their spelling.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    known: [Lookup<u64, Feature>; 3],
    seen: Vec<Seen>,
    rarity: Vec<f32>,
    /// Rarity of what no row has.
    pub(super) unseen: f32,
}

#[derive(Debug, Default, Clone, Copy)]
struct Seen {
    rows: u32,
    last_row: u32,
}

impl Vocabulary {
    pub(super) fn get(&self, block: Block, key: u64) -> Option<Feature> {
        self.known.get(block as usize)?.get(&key).copied()
    }

    pub(super) fn len(&self) -> usize {
        self.seen.len()
    }

    /// How many rows have the feature.
    pub(super) fn rows_with(&self, feature: Feature) -> u32 {
        self.seen.get(feature as usize).map_or(0, |seen| seen.rows)
    }

    /// The inverse document frequency over rows.
    pub(super) fn rarity(&self, feature: Feature) -> f32 {
        self.rarity.get(feature as usize).copied().unwrap_or(self.unseen)
    }

    /// The number of a feature, a new one where it has none.
    pub(super) fn number(&mut self, block: Block, key: u64) -> Feature {
        let next = self.seen.len() as Feature;
        let Some(known) = self.known.get_mut(block as usize) else { return next };
        let feature = *known.entry(key).or_insert(next);
        if feature == next {
            self.seen.push(Seen::default());
        }
        feature
    }

    /// Counts a row that has a feature; rows come in order.
    pub(super) fn seen_in(&mut self, feature: Feature, row: u32) {
        if let Some(seen) = self.seen.get_mut(feature as usize)
            && (seen.rows == 0 || seen.last_row != row)
        {
            *seen = Seen { rows: seen.rows + 1, last_row: row };
        }
    }

    /// Fixes the rarities: ln((N + 1) / (n + 1)) + 1 for a feature that n of N rows have. Rows count, not phrasings:
    /// a word that every phrasing of one row has is still rare.
    pub(super) fn finish(&mut self, rows: usize) {
        let rarity = |with: u32| (libm::log((rows as f64 + 1.0) / (f64::from(with) + 1.0)) + 1.0) as f32;
        // Few counts repeat over many features: a logarithm each would be the dearest part of a build.
        let most = self.seen.iter().map(|seen| seen.rows).max().unwrap_or(0);
        let by_count: Vec<f32> = (0..=most).map(rarity).collect();
        self.unseen = rarity(0);
        self.rarity = self
            .seen
            .iter()
            .map(|seen| by_count.get(seen.rows as usize).copied().unwrap_or(self.unseen))
            .collect();
    }
}

/// The key of a spelling: FNV-1a, 64 bits.
pub(super) fn key_of(spelling: &str) -> u64 {
    spelling
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
