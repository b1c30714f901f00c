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

    /// The same place counted in code points, as Python counts.
    pub fn in_code_points(self, text: &str) -> Span {
        self.counted(text, |_| 1)
    }

    /// The same place counted in UTF-16 units, as JavaScript counts.
    pub fn in_utf16(self, text: &str) -> Span {
        self.counted(text, char::len_utf16)
    }

    fn counted(self, text: &str, units: impl Fn(char) -> usize) -> Span {
        let count = |end| text.get(..end).unwrap_or(text).chars().map(&units).sum();
        Span { start: count(self.start), end: count(self.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_in_the_units_of_each_language() {
        let text = "да 😀 8";
        let span = Span::new(10, 11);
        assert_eq!(span.of(text), "8");
        assert_eq!(span.in_code_points(text), Span::new(5, 6));
        assert_eq!(span.in_utf16(text), Span::new(6, 7));
    }
}
