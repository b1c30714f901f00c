//! Lengths as vendors count them; clipping and splitting that never part a grapheme.

use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;

/// What a vendor counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Bytes of UTF-8: a Cyrillic letter is two.
    Bytes,
    /// Code points.
    CodePoints,
    /// Units of UTF-16: an emoji is two and more.
    Utf16,
}

/// The most that a vendor takes of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// How much.
    pub most: usize,
    /// Of what.
    pub measure: Measure,
}

impl Limit {
    /// A limit in bytes.
    pub const fn bytes(most: usize) -> Self {
        Self { most, measure: Measure::Bytes }
    }

    /// A limit in code points.
    pub const fn code_points(most: usize) -> Self {
        Self { most, measure: Measure::CodePoints }
    }

    /// A limit in units of UTF-16.
    pub const fn utf16(most: usize) -> Self {
        Self { most, measure: Measure::Utf16 }
    }

    /// The length of a text in the units of the limit.
    pub fn length(self, text: &str) -> usize {
        match self.measure {
            Measure::Bytes => text.len(),
            Measure::CodePoints => text.chars().count(),
            Measure::Utf16 => text.encode_utf16().count(),
        }
    }

    /// Whether a text is within the limit.
    pub fn holds(self, text: &str) -> bool {
        self.length(text) <= self.most
    }

    /// The text, or as many of its graphemes as fit before a `…`.
    ///
    /// ```
    /// use frontdesk::wire::Limit;
    /// assert_eq!(Limit::code_points(20).clip("Записаться на чистку"), "Записаться на чистку");
    /// assert_eq!(Limit::bytes(12).clip("Подтвердить"), "Подт…");
    /// ```
    pub fn clip(self, text: &str) -> Cow<'_, str> {
        const MARK: &str = "…";
        if self.holds(text) {
            return Cow::Borrowed(text);
        }
        let most = self.most.saturating_sub(self.length(MARK));
        let (head, _) = Self { most, ..self }.part(text);
        // A limit below the mark itself holds the beginning alone, and one of nothing holds nothing.
        if self.length(MARK) > self.most {
            return Cow::Borrowed(Self { ..self }.part(text).0);
        }
        Cow::Owned(format!("{}{MARK}", head.trim_end()))
    }

    /// The text in parts that fit, parted where it reads best: between paragraphs, lines, sentences, words.
    ///
    /// ```
    /// use frontdesk::wire::Limit;
    /// let parts = Limit::code_points(24).split("Мы работаем до восьми. Адрес: улица Садовая, 5.");
    /// assert_eq!(parts, ["Мы работаем до восьми.", "Адрес: улица Садовая, 5."]);
    /// ```
    pub fn split(self, text: &str) -> Vec<&str> {
        let mut parts = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            let (head, tail) = self.part(rest);
            if head.is_empty() {
                break; // a limit of nothing
            }
            let end = if tail.is_empty() { rest.len() } else { good_end(head, tail) };
            let (part, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            parts.push(part.trim_end());
            rest = after.trim_start();
        }
        parts
    }

    /// The longest beginning that fits, and the rest. Only a grapheme that alone is too long is parted.
    fn part(self, text: &str) -> (&str, &str) {
        let fitting = |pieces: &mut dyn Iterator<Item = &str>| {
            let mut left = self.most;
            let mut end = 0;
            for piece in pieces {
                let Some(less) = left.checked_sub(self.length(piece)) else { break };
                left = less;
                end += piece.len();
            }
            end
        };
        let end = match fitting(&mut text.graphemes(true)) {
            0 => fitting(&mut text.char_indices().filter_map(|(at, c)| text.get(at..at + c.len_utf8()))),
            end => end,
        };
        text.split_at_checked(end).unwrap_or((text, ""))
    }
}

/// Where a part ends that had to stop after `head`: at the best break in its second half, else at any word, else there.
fn good_end(head: &str, tail: &str) -> usize {
    if tail.starts_with(char::is_whitespace) {
        return head.len();
    }
    let half = head.len() / 2;
    let late = |end: &usize| *end > half;
    let paragraph = head.rfind("\n\n").filter(late);
    let line = || head.rfind('\n').filter(late);
    let sentence = || sentence_end(head).filter(late);
    let word = || head.rfind(char::is_whitespace).filter(|end| *end > 0);
    paragraph.or_else(line).or_else(sentence).or_else(word).unwrap_or(head.len())
}

/// The end of the last sentence that ends before a space.
fn sentence_end(text: &str) -> Option<usize> {
    let mut ends = None;
    let mut before = None;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() && matches!(before, Some('.' | '!' | '?' | '…')) {
            ends = Some(at);
        }
        before = Some(c);
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FAMILY: &str = "👨‍👩‍👧‍👦";

    #[test]
    fn vendors_count_in_their_own_units() {
        for (limit, length) in [(Limit::bytes(9), 25), (Limit::code_points(9), 7), (Limit::utf16(9), 11)] {
            assert_eq!(limit.length(FAMILY), length);
        }
    }

    #[test]
    fn a_clipped_text_ends_with_a_whole_grapheme_and_a_mark() {
        let limit = Limit::code_points(20);
        assert_eq!(limit.clip("Подтвердить запись!!"), "Подтвердить запись!!");
        assert_eq!(limit.clip("Подтвердить запись!!!"), "Подтвердить запись!…");
        // The family needs seven code points, and six are left before the mark.
        assert_eq!(limit.clip(&format!("Семейный приём{FAMILY}")), "Семейный приём…");
        assert_eq!(Limit::bytes(2).clip("ёж"), "ё");
        assert_eq!(Limit::bytes(0).clip("ёж"), "");
    }

    #[test]
    fn a_text_is_parted_where_it_reads_best() {
        let limit = Limit::code_points(16);
        assert_eq!(limit.split("Первый абзац\n\nвторой абзац"), ["Первый абзац", "второй абзац"]);
        assert_eq!(limit.split("строка одна\nстрока два"), ["строка одна", "строка два"]);
        assert_eq!(limit.split("Да. Нет. Потом. А завтра?"), ["Да. Нет. Потом.", "А завтра?"]);
        assert_eq!(limit.split("одно два три четыре пять"), ["одно два три", "четыре пять"]);
        assert_eq!(limit.split("неделимоеслово_без_пробелов"), ["неделимоеслово_б", "ез_пробелов"]);
        assert_eq!(limit.split("  \n "), [""; 0]);
        // A short beginning is no reason to send it alone.
        assert_eq!(limit.split("Да.\n\nмы открыты до восьми"), ["Да.\n\nмы открыты", "до восьми"]);
    }

    proptest! {
        #[test]
        fn parts_fit_and_lose_nothing_but_spaces(
            text in "[а-я .!\\n👍🏽é👨‍👩‍👧]{0,200}", most in 1_usize..40, unit in 0_usize..3,
        ) {
            let measure = [Measure::Bytes, Measure::CodePoints, Measure::Utf16][unit];
            let limit = Limit { most: most + 3, measure };
            let parts = limit.split(&text);
            prop_assert!(parts.iter().all(|part| limit.holds(part) && !part.is_empty()));
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(bare(&parts.concat()), bare(&text));
            prop_assert!(limit.holds(&limit.clip(&text)));
        }
    }
}
