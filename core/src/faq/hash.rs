//! A small fixed hash for lookups: the same on every platform, never iterated over.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map whose keys are looked up only.
pub(super) type Lookup<K, V> = HashMap<K, V, BuildHasherDefault<Mix>>;

/// Multiply and rotate, as in FxHash; keys come from tables and messages, which are bounded.
#[derive(Default)]
pub(super) struct Mix(u64);

impl Mix {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for Mix {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            self.add(chunk.iter().fold(0, |word, &byte| word << 8 | u64::from(byte)));
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.add(u64::from(byte));
    }

    fn write_u64(&mut self, word: u64) {
        self.add(word);
    }

    fn finish(&self) -> u64 {
        // The table takes its slot from the low bits and its tag from the high ones: fold both in.
        self.0 ^ (self.0 >> 32)
    }
}
