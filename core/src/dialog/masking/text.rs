//! A text with marks in place of all that is personal in it.

use super::{Masks, told};
use crate::extract::{name, personal};
use crate::text::{Span, TokenKind, fold_word, tokens};

/// Bytes of the shortest reference that is looked for in texts: «5» stands in many.
pub(super) const LONG_REFERENCE: usize = 8;

impl Masks<'_> {
    /// A text with its phones, e-mails, names and long numbers as marks.
    pub(crate) fn masked(&self, text: &str) -> String {
        if let Some(plain) = percent_decoded(text) {
            let masked = self.masked_plain(&plain);
            if masked != plain {
                return masked;
            }
        }
        self.masked_plain(text)
    }

    /// A word of the message as the search shows it, alone.
    pub(super) fn searched(&self, word: &str) -> String {
        let folded = fold_word(word);
        if self.told.words.contains(&folded) { self.mark("name", &folded) } else { self.masked(word) }
    }

    fn masked_plain(&self, text: &str) -> String {
        let mut found: Vec<(Span, String)> = Vec::new();
        let mut add = |span: Span, mark: String| {
            if !found.iter().any(|(other, _)| other.overlaps(span)) {
                found.push((span, mark));
            }
        };
        let long = |reference: &&String| reference.len() >= LONG_REFERENCE;
        for link in self.links.iter().chain(self.told.refs.iter().filter(long)) {
            whole(text, link).for_each(|span| add(span, self.mark("link", link)));
        }
        for sent in &self.told.refs {
            // As a mirrored message shows it.
            for (at, shown) in text.match_indices(&format!("[{sent}]")) {
                add(Span::new(at + 1, at + shown.len() - 1), self.mark("link", sent));
            }
        }
        if let Some(refused) = &self.told.refused {
            whole(text, refused).for_each(|span| add(span, self.mark(told::kind_of(refused), refused)));
        }
        let published = self.published();
        for personal in personal::found(text, self.phones) {
            let value = personal.value.as_str();
            let public = published.is_some_and(|published| published.has_value(value));
            if self.own.contains(value) || !public {
                let mark = self.mark(personal.kind, value);
                add(personal.span, format!("{mark}{}", personal.rest));
            }
        }
        for digits in &self.told.digits {
            whole(text, digits).for_each(|span| add(span, self.mark("number", digits)));
        }
        let words = tokens(text).filter(|t| t.kind == TokenKind::Word);
        let known =
            words.map(|t| without_digits(t.span, t.text)).filter(|span| self.names.has(span.of(text)));
        for span in known.chain(self.lookalikes(text)) {
            add(span, self.mark("name", &fold_word(span.of(text))));
        }
        found.sort_by_key(|(span, _)| *span);
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for (span, mark) in found {
            out.push_str(text.get(from..span.start).unwrap_or_default());
            out.push_str(&mark);
            from = span.end;
        }
        out.push_str(text.get(from..).unwrap_or_default());
        out
    }

    /// What looks like a name and is not the author's.
    pub(super) fn lookalikes(&self, text: &str) -> impl Iterator<Item = Span> {
        let published = self.published();
        let may_stay = move |name: &name::Lookalike| {
            published.is_some_and(|published| published.has_name(name.span.of(text)) && !name.told)
        };
        name::lookalikes(text).into_iter().filter(move |name| !may_stay(name)).map(|name| name.span)
    }
}

/// The places of a part that stands alone in a text.
fn whole<'t>(text: &'t str, part: &'t str) -> impl Iterator<Item = Span> + 't {
    let spans = text.match_indices(part).map(|(at, part)| Span::new(at, at + part.len()));
    spans.filter(|span| {
        let before = text.get(..span.start).and_then(|t| t.chars().next_back());
        let after = text.get(span.end..).and_then(|t| t.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// «Вальдшнеп123» without its digits.
fn without_digits(span: Span, word: &str) -> Span {
    let start = word.len() - word.trim_start_matches(char::is_numeric).len();
    let end = word.trim_end_matches(char::is_numeric).len();
    Span::new(span.start + start, span.start + end.max(start))
}

/// A text with its `%D0%90` and `%2B` as they are read; none where there are no such.
fn percent_decoded(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut out = parts.next().unwrap_or_default().as_bytes().to_vec();
    let mut decoded = false;
    for part in parts {
        let byte = part.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match byte.zip(part.get(2..)) {
            Some((byte, rest)) => {
                out.push(byte);
                out.extend(rest.bytes());
                decoded = true;
            }
            None => {
                out.push(b'%');
                out.extend(part.bytes());
            }
        }
    }
    String::from_utf8(out).ok().filter(|_| decoded)
}
