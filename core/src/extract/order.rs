//! Order numbers by the author's mask or regular expression.

use crate::error::{Code, Error};
use crate::limits::PATTERN_CHARS;
use crate::text::Span;
use crate::text::case::lower;
use crate::text::fold::{is_combining, is_invisible, plain};

/// A mask such as `A-######`: `#` is a digit, every other character stands for itself.
///
/// Case and look-alikes are folded (Cyrillic А is Latin A, any dash is `-`), and so are full-width forms; a number
/// is found where no letter or digit continues it on either side. For shapes with alternatives use [`Pattern`].
///
/// ```
/// use frontdesk::extract::order::Mask;
/// let mask = Mask::parse("A-######").unwrap();
/// let (_, number) = mask.find("где мой заказ а–123456?").remove(0); // Cyrillic а, a long dash
/// assert_eq!(number, "A-123456");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mask {
    places: Vec<Place>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Digit,
    Letter { written: char, folded: char },
}

impl Mask {
    /// Reads a mask. Refuses one without a `#`, with white space at an end, or longer than
    /// [`PATTERN_CHARS`], with the code `mask_invalid`.
    pub fn parse(mask: &str) -> Result<Self, Error> {
        let wrong = |message: String| Err(Error::new(Code::MaskInvalid, "", message));
        if mask.chars().count() > PATTERN_CHARS {
            return wrong(format!("a mask of more than {PATTERN_CHARS} characters"));
        }
        if !mask.contains('#') {
            return wrong(format!("mask `{mask}` has no `#`"))
                .map_err(|e| e.with_hint("`#` stands for a digit"));
        }
        if mask.trim() != mask {
            return wrong(format!("mask `{mask}` begins or ends with white space"));
        }
        let places = mask.chars().map(|c| match c {
            '#' => Place::Digit,
            written => Place::Letter { written, folded: fold(written) },
        });
        Ok(Self { places: places.collect() })
    }

    /// The numbers of a text, in order and disjoint, spelt as the mask spells them.
    ///
    /// Cost: at most the length of the mask for each word of the text.
    pub fn find(&self, text: &str) -> Vec<(Span, String)> {
        let mut out = Vec::new();
        let mut free_from = 0;
        let mut inside_word = false;
        for (at, c) in text.char_indices() {
            if is_invisible(c) {
                continue;
            }
            let starts = at >= free_from && !(inside_word && self.begins_with_word());
            if starts && let Some((end, number)) = self.at(text, at) {
                out.push((Span::new(at, end), number));
                free_from = end;
            }
            inside_word = c.is_alphanumeric();
        }
        out
    }

    fn begins_with_word(&self) -> bool {
        self.places.first().is_some_and(|place| match place {
            Place::Digit => true,
            Place::Letter { written, .. } => written.is_alphanumeric(),
        })
    }

    fn at(&self, text: &str, start: usize) -> Option<(usize, String)> {
        let rest = text.get(start..)?;
        let mut chars = rest.char_indices().filter(|&(_, c)| !is_invisible(c));
        let mut number = String::with_capacity(self.places.len());
        let mut end = start;
        for place in &self.places {
            let (at, c) = chars.next()?;
            end = start + at + c.len_utf8();
            match *place {
                Place::Digit => number.push(char::from_digit(plain(c).to_digit(10)?, 10)?),
                Place::Letter { written, folded } if fold(c) == folded => number.push(written),
                Place::Letter { .. } => return None,
            }
        }
        let word = number.ends_with(char::is_alphanumeric);
        let goes_on = chars.next().is_some_and(|(_, c)| c.is_alphanumeric() || is_combining(c));
        (!(word && goes_on)).then_some((end, number))
    }
}

/// Case, full-width forms, dashes and Cyrillic letters that look Latin.
fn fold(c: char) -> char {
    let c = plain(c);
    match lower(c).next().unwrap_or(c) {
        'а' => 'a',
        'в' => 'b',
        'с' => 'c',
        'е' => 'e',
        'н' => 'h',
        'і' => 'i',
        'к' => 'k',
        'м' => 'm',
        'о' => 'o',
        'р' => 'p',
        'т' => 't',
        'х' => 'x',
        'у' => 'y',
        '‐' | '‑' | '–' | '—' | '−' => '-',
        c => c,
    }
}

/// An author's regular expression, in linear time and with ASCII classes: `\d` is 0 to 9.
///
/// In a build without the feature `author-regex` every expression is refused with `regex_not_built`; a mask needs
/// no feature.
#[derive(Debug, Clone)]
pub struct Pattern {
    #[cfg(feature = "author-regex")]
    regex: regex_lite::Regex,
}

/// Bytes a compiled expression may take; the largest sensible order pattern takes a hundredth.
#[cfg(feature = "author-regex")]
const PATTERN_SIZE: usize = 1 << 18;

impl Pattern {
    /// Compiles an expression. Refuses one that cannot be read, that is too large or that matches the empty text,
    /// with the code `regex_invalid`.
    #[cfg(feature = "author-regex")]
    pub fn parse(regex: &str) -> Result<Self, Error> {
        let wrong = |why: String| Error::new(Code::RegexInvalid, "", format!("regex `{regex}`: {why}"));
        if regex.chars().count() > PATTERN_CHARS {
            return Err(Error::new(
                Code::RegexInvalid,
                "",
                format!("a regex of more than {PATTERN_CHARS} characters"),
            ));
        }
        let built = regex_lite::RegexBuilder::new(regex).size_limit(PATTERN_SIZE).build();
        let built = built.map_err(|error| wrong(error.to_string()))?;
        if built.is_match("") {
            return Err(wrong("matches the empty text".to_owned()));
        }
        Ok(Self { regex: built })
    }

    /// Refuses every expression with the code `regex_not_built`.
    #[cfg(not(feature = "author-regex"))]
    pub fn parse(regex: &str) -> Result<Self, Error> {
        let message = format!("regex `{regex}` needs a build with the feature `author-regex`");
        Err(Error::new(Code::RegexNotBuilt, "", message).with_hint("a `mask` needs no feature"))
    }

    /// The matches in a text, in order and disjoint; where the expression has groups, the first one is the value.
    #[cfg(feature = "author-regex")]
    pub fn find(&self, text: &str) -> Vec<(Span, String)> {
        let matches = self.regex.captures_iter(text).filter_map(|found| found.get(1).or(found.get(0)));
        let values = matches.filter(|value| !value.is_empty());
        values.map(|value| (Span::new(value.start(), value.end()), value.as_str().to_owned())).collect()
    }

    /// Nothing: no expression can be built.
    #[cfg(not(feature = "author-regex"))]
    pub fn find(&self, _text: &str) -> Vec<(Span, String)> {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(mask: &str, text: &str) -> Vec<String> {
        Mask::parse(mask).unwrap().find(text).into_iter().map(|(_, number)| number).collect()
    }

    #[test]
    fn finds_numbers_as_people_type_them() {
        for (mask, text, number) in [
            ("A-######", "заказ A-123456", "A-123456"),
            ("A-######", "заказ а-123456, где он?", "A-123456"), // Cyrillic
            ("A-######", "№А—123456", "A-123456"),
            ("ORD####", "ord1234!", "ORD1234"),
            ("ЗК-####", "зк-0042", "ЗК-0042"),
            ("######", "номер 654321.", "654321"),
            ("##/###", "12/345", "12/345"),
            ("#A#", "１Ａ２", "1A2"),
        ] {
            assert_eq!(found(mask, text), [number], "{mask} in {text}");
        }
    }

    #[test]
    fn a_number_stands_on_its_own() {
        for (mask, text) in [
            ("A-######", "A-1234567"),
            ("A-######", "BA-123456"),
            ("######", "79991234567"),
            ("######", "x123456"),
            ("######", "12345"),
            ("A-######", ""),
        ] {
            assert_eq!(found(mask, text), Vec::<String>::new(), "{mask} in {text}");
        }
        assert_eq!(found("##", "12 34 56"), ["12", "34", "56"]);
    }

    #[test]
    fn a_mask_that_can_match_nothing_is_refused() {
        for mask in ["", "ABC", " ##", "##\n", &"#".repeat(65)] {
            assert_eq!(Mask::parse(mask).unwrap_err().code, Code::MaskInvalid, "{mask:?}");
        }
    }

    #[cfg(feature = "author-regex")]
    #[test]
    fn an_expression_is_linear_and_ascii() {
        let pattern = Pattern::parse(r"\bTT(\d{4,6})\b").unwrap();
        assert_eq!(pattern.find("мой TT12345 и TT٣٣٣٣")[0].1, "12345");
        assert_eq!(pattern.find("мой TT12345 и TT٣٣٣٣").len(), 1);
        for wrong in ["(", "a*", "(?:a{1000}){1000}", "(?=x)"] {
            assert_eq!(Pattern::parse(wrong).unwrap_err().code, Code::RegexInvalid, "{wrong}");
        }
    }
}
