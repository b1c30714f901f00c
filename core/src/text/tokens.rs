//! Tokens: the words, numbers, signs and emoji of a text, with their places.

use super::fold::{is_alphabetic, is_alphanumeric, is_apostrophe, is_combining, is_invisible};
use super::fold_word;
use super::span::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with digits and apostrophes inside.
    Word,
    /// Digits only.
    Number,
    /// One punctuation mark or sign.
    Sign,
    /// One pictograph, with its modifiers.
    Emoji,
}

/// A token of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'t> {
    /// The text as typed.
    pub text: &'t str,
    /// Its place in bytes.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

/// Splits a text into tokens; white space and invisible characters between tokens are dropped.
///
/// A hyphen parts words («прайс-лист» is two), an apostrophe between letters does not («п'ять» is one).
///
/// ```
/// use frontdesk::text::{tokens, TokenKind};
/// let words: Vec<_> = tokens("Да, п'ять!").filter(|t| t.kind == TokenKind::Word).map(|t| t.text).collect();
/// assert_eq!(words, ["Да", "п'ять"]);
/// ```
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0 }
}

/// The words, numbers and pictographs of a text, folded and parted by one space: equal for texts that differ only in
/// how they were typed.
pub(crate) fn folded_words(text: &str) -> String {
    let words = tokens(text).filter(|t| t.kind != TokenKind::Sign).map(|t| fold_word(t.text));
    words.collect::<Vec<_>>().join(" ")
}

/// The iterator of [`tokens`]; borrows the text, allocates nothing.
#[derive(Debug, Clone)]
pub struct Tokens<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        let rest = self.text.get(self.at..)?;
        let skipped = rest.find(|c: char| !(c.is_whitespace() || is_invisible(c) || is_combining(c)))?;
        let start = self.at + skipped;
        let rest = self.text.get(start..)?;
        let first = rest.chars().next()?;
        let (len, kind) = if is_alphanumeric(first) {
            word(rest)
        } else if is_pictograph(first) {
            (emoji_len(rest), TokenKind::Emoji)
        } else {
            (first.len_utf8(), TokenKind::Sign)
        };
        self.at = start + len;
        let span = Span::new(start, start + len);
        Some(Token { text: span.of(self.text), span, kind })
    }
}

fn word(rest: &str) -> (usize, TokenKind) {
    let (mut end, mut letters) = (0, false);
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if is_alphabetic(c) {
            letters = true;
        } else if is_invisible(c) {
            continue;
        } else if !(is_alphanumeric(c)
            || is_combining(c)
            || (is_apostrophe(c) && letters && chars.peek().is_some_and(|&(_, next)| is_alphabetic(next))))
        {
            break;
        }
        end = at + c.len_utf8();
    }
    (end, if letters { TokenKind::Word } else { TokenKind::Number })
}

fn emoji_len(rest: &str) -> usize {
    let tail = |c: char| is_invisible(c) || is_combining(c) || ('\u{1F3FB}'..='\u{1F3FF}').contains(&c);
    rest.char_indices().skip(1).find(|&(_, c)| !tail(c)).map_or(rest.len(), |(at, _)| at)
}

/// Whether the character is drawn as a picture.
pub fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}' | '\u{2300}'..='\u{23FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<(&str, TokenKind)> {
        tokens(text).map(|t| (t.text, t.kind)).collect()
    }

    #[test]
    fn letters_are_those_of_unicode() {
        assert!(('\0'..=char::MAX).all(|c| is_alphabetic(c) == c.is_alphabetic()));
    }

    #[test]
    fn splits_words_numbers_signs_and_emoji() {
        use TokenKind::*;
        assert_eq!(
            split("Прайс-лист 5 👍🏽!"),
            [("Прайс", Word), ("-", Sign), ("лист", Word), ("5", Number), ("👍🏽", Emoji), ("!", Sign)]
        );
        assert_eq!(split("'don't' "), [("'", Sign), ("don't", Word), ("'", Sign)]);
        assert_eq!(split(" \u{200B}"), []);
    }
}
