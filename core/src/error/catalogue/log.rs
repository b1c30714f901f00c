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
        Code::LogEdited,
        "What the log says now is not what happened.",
        "Restore the record from a copy; store records as texts, since a store that sorts keys changes them too.",
    ),
    Entry::new(
        Code::LogTruncated,
        "What is missing can be neither shown nor counted.",
        "Restore the missing records; where they were to be forgotten, `purge` leaves a tombstone in their place.",
    ),
    Entry::new(
        Code::LogReordered,
        "Read in this order the log tells of dialogs that never were.",
        "Order the records of each session by `n`; sessions may be mixed in any way.",
    ),
    Entry::new(
        Code::LogDuplicated,
        "Counted twice, a lead is two.",
        "Store records under session key and `n`, so that a record written again replaces itself.",
    ),
    Entry::new(
        Code::LogForeign,
        "Two histories of one session were joined, or the log of another session or bot was handed in.",
        "Keep one log for each installation; where a session was stored late, keep the records that follow from it.",
    ),
    Entry::new(
        Code::LogKeyMissing,
        "There are few phones: who tries them all finds the one behind a mark that was made without a secret.",
        "Hand a text that is hard to guess in as the file `log.key`, and keep it apart from the log.",
    )
    .example("log: { text: masked }\n", "log: { text: full }\n"),
    Entry::new(
        Code::PartialInvalid,
        "Sums of different zones or of another version would add up to figures that never were.",
        "Count again with one zone and one version, and hand in what `metrics` gave, unchanged.",
    ),
];
