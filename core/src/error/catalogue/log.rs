//! Errors of logs and what is made of them.

use super::Entry;
use crate::error::Code;

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        Code::RecordInvalid,
        "What cannot be read is counted nowhere and proves nothing.",
        "Store each record as one line, as the library gives it; the path names the line and the key.",
    ),
    Entry::new(
        Code::PartialInvalid,
        "Sums of different zones or of another version would add up to figures that never were.",
        "Count again with one zone and one version, and hand in what `metrics` gave, unchanged.",
    ),
];
