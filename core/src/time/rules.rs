//! The offsets of a zone, read from the file that IANA's compiler makes of it: TZif (RFC 9636).
//!
//! Only the data of version 2 and later are read, which is what every compiler has written since 2006; names of offsets
//! and leap seconds are passed over, since a wall clock needs neither.

use super::calendar::DAY;
use super::posix::Yearly;

/// When the offset of a zone from UTC changed, and by which rule it changes further on. Seconds everywhere.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Rules {
    /// The offset before the first change.
    first: i64,
    /// Instants of changes, in order, each with the offset from then on.
    changes: Vec<(i64, i64)>,
    /// After the last change; where there is none, the last offset stays.
    further: Option<Yearly>,
}

impl Rules {
    /// Reads a file; none where it is no TZif, or none of version 2 or later.
    pub(super) fn read(file: &[u8]) -> Option<Self> {
        let mut file = File(file);
        let old = file.header()?;
        file.take(old.size(4)?)?;
        let head = file.header()?;
        let (times, _) = file.take(head.times.checked_mul(8)?)?.as_chunks();
        let kinds = file.take(head.times)?;
        let (types, _) = file.take(head.types.checked_mul(6)?)?.as_chunks();
        file.take(head.rest(8)?)?;
        let offsets: Vec<i64> =
            types.iter().map(|[a, b, c, d, _, _]| i32::from_be_bytes([*a, *b, *c, *d]).into()).collect();
        let offset = |kind: &u8| offsets.get(usize::from(*kind)).copied();
        let times = times.iter().map(|time| i64::from_be_bytes(*time));
        let changes = times.zip(kinds).map(|(time, kind)| Some((time, offset(kind)?)));
        let changes: Vec<(i64, i64)> = changes.collect::<Option<_>>()?;
        let footer = str::from_utf8(file.0).ok()?.strip_prefix('\n')?.strip_suffix('\n')?;
        let further = if footer.is_empty() { None } else { Some(Yearly::read(footer)?) };
        let sound = changes.is_sorted_by_key(|(time, _)| *time)
            && offsets.iter().all(|offset| offset.abs() < 2 * DAY);
        sound.then_some(Self { first: offset(&0)?, changes, further })
    }

    /// Seconds east of UTC at an instant.
    pub(super) fn offset(&self, at: i64) -> i64 {
        let passed = self.changes.partition_point(|(time, _)| *time <= at);
        if let (Some(further), true) = (&self.further, passed == self.changes.len()) {
            return further.offset(at);
        }
        passed
            .checked_sub(1)
            .and_then(|last| self.changes.get(last))
            .map_or(self.first, |(_, offset)| *offset)
    }

    /// The instant of a wall time, given as seconds of its own clock: in a gap later by the gap, in a fold the first.
    pub(super) fn instant(&self, wall: i64) -> i64 {
        // No clock differs from UTC by more than a day, and none was set twice within two.
        let (before, after) = (self.offset(wall - DAY), self.offset(wall + DAY));
        let (first, second) = (wall - before, wall - after);
        let is_after = self.offset(first) != before && self.offset(second) == after;
        if is_after { second } else { first }
    }
}

/// What is still to be read of a file.
struct File<'f>(&'f [u8]);

/// How many of everything follow a header.
struct Header {
    times: usize,
    types: usize,
    letters: usize,
    leaps: usize,
    marks: usize,
}

impl<'f> File<'f> {
    fn take(&mut self, size: usize) -> Option<&'f [u8]> {
        let (taken, rest) = self.0.split_at_checked(size)?;
        self.0 = rest;
        Some(taken)
    }

    fn header(&mut self) -> Option<Header> {
        let (mark, counts) = self.take(44)?.split_at_checked(20)?;
        if !mark.starts_with(b"TZif") || mark.get(4).is_none_or(|version| *version < b'2') {
            return None;
        }
        let mut counts = counts.as_chunks().0.iter().map(|count| u32::from_be_bytes(*count) as usize);
        let marks = counts.next()?.checked_add(counts.next()?)?;
        let (leaps, times, types, letters) = (counts.next()?, counts.next()?, counts.next()?, counts.next()?);
        Some(Header { times, types, letters, leaps, marks })
    }
}

impl Header {
    /// Bytes of what follows, where instants have so many.
    fn size(&self, instant: usize) -> Option<usize> {
        let changes = self.times.checked_mul(instant + 1)?;
        self.types.checked_mul(6)?.checked_add(changes)?.checked_add(self.rest(instant)?)
    }

    /// Bytes of what follows the types.
    fn rest(&self, instant: usize) -> Option<usize> {
        self.leaps.checked_mul(instant + 4)?.checked_add(self.letters)?.checked_add(self.marks)
    }
}
