//! A place in a text.

/// A half-open range of bytes `start..end` of the text it was found in, always on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span `start..end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The text of the span; empty where it does not lie on boundaries of `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Whether the two spans share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// Bytes between two marks of a ruler: as few as may be counted for a place, as many as make the marks small.
const STRETCH: usize = 64;

/// Counts places of a text in the units of other languages: the text is walked once, however many places are asked for.
///
/// ```
/// use frontdesk::text::{Ruler, Span};
/// let (text, eight) = ("да 😀 8", Span::new(10, 11));
/// assert_eq!(Ruler::code_points(text).place(eight), Span::new(5, 6));
/// assert_eq!(Ruler::utf16(text).place(eight), Span::new(6, 7));
/// ```
#[derive(Debug)]
pub struct Ruler<'t> {
    text: &'t [u8],
    /// Units that a byte begins: a character has them at its first byte.
    units: fn(u8) -> usize,
    /// Units before every stretch.
    marks: Vec<usize>,
}

impl<'t> Ruler<'t> {
    /// Counts code points, as Python does.
    pub fn code_points(text: &'t str) -> Self {
        Self::new(text, |byte| usize::from(!matches!(byte, 0x80..0xC0)))
    }

    /// Counts UTF-16 units, as JavaScript does.
    pub fn utf16(text: &'t str) -> Self {
        Self::new(text, |byte| match byte {
            0x80..0xC0 => 0,
            0xF0.. => 2, // four bytes are two surrogates
            _ => 1,
        })
    }

    fn new(text: &'t str, units: fn(u8) -> usize) -> Self {
        let mark = |before: &mut usize, stretch: &[u8]| {
            let mark = *before;
            *before += stretch.iter().copied().map(units).sum::<usize>();
            Some(mark)
        };
        let marks = text.as_bytes().chunks(STRETCH).scan(0, mark).collect();
        Self { text: text.as_bytes(), units, marks }
    }

    /// The same place in units.
    pub fn place(&self, span: Span) -> Span {
        Span { start: self.before(span.start), end: self.before(span.end) }
    }

    /// Units before a byte, which may be the end of the text.
    fn before(&self, byte: usize) -> usize {
        let stretch = (byte / STRETCH).min(self.marks.len().saturating_sub(1));
        let rest = self.text.get(stretch * STRETCH..byte).unwrap_or_default();
        let mark = self.marks.get(stretch).copied().unwrap_or_default();
        mark + rest.iter().copied().map(self.units).sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_in_the_units_of_each_language() {
        for repeats in [0, 1, 5, 40] {
            let text = "да 😀 8 €".repeat(repeats);
            let (points, utf16) = (Ruler::code_points(&text), Ruler::utf16(&text));
            for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let (before, _) = text.split_at(at);
                let place = Span::new(0, at);
                assert_eq!(points.place(place).end, before.chars().count());
                assert_eq!(utf16.place(place).end, before.encode_utf16().count());
            }
        }
    }
}
