//! Small values that authors write: texts by language, durations, buttons.

use super::template::placeholders;
use crate::document::{Cursor, Named, packed};
use crate::error::Code;
use std::collections::BTreeMap;

/// A text to send, in one or several languages.
///
/// Authors write a plain text, which stands for every language, or a map by language code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    plain: Option<String>,
    by_language: BTreeMap<String, String>,
}

packed!(Text { plain, by_language });

impl Text {
    /// A text that stands for every language.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { plain: Some(text.into()), by_language: BTreeMap::new() }
    }

    /// Texts with their languages; one without a language stands for every other.
    pub fn by_language(texts: impl IntoIterator<Item = (Option<String>, String)>) -> Self {
        let mut out = Self::default();
        for (language, text) in texts {
            match language {
                Some(language) => {
                    out.by_language.insert(language, text);
                }
                None => out.plain = Some(text),
            }
        }
        out
    }

    /// The text in the wanted language, else in the main one, else whatever there is.
    pub fn pick(&self, language: &str, main: &str) -> &str {
        self.by_language
            .get(language)
            .or(self.plain.as_ref())
            .or_else(|| self.by_language.get(main))
            .or_else(|| self.by_language.values().next())
            .map_or("", String::as_str)
    }

    /// Whether the text is written for this language, or for all.
    pub fn speaks(&self, language: &str) -> bool {
        self.plain.is_some() || self.by_language.contains_key(language)
    }

    /// Whether the text is written for this very language.
    pub(crate) fn names(&self, language: &str) -> bool {
        self.by_language.contains_key(language)
    }

    /// The text of every language.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.plain.iter().chain(self.by_language.values()).map(String::as_str)
    }

    pub(crate) fn read(at: &Cursor<'_>) -> Option<Self> {
        if !at.is_map() {
            return Some(Self::plain(template(at)?));
        }
        let mut by_language = BTreeMap::new();
        for (language, text) in at.named() {
            check_language(&language, &text);
            by_language.insert(language, template(&text)?);
        }
        if by_language.is_empty() {
            at.error(Code::Empty, "a text in no language");
            return None;
        }
        let written: Vec<&str> = by_language.keys().map(String::as_str).collect();
        at.uses(Named::Text, &written.join(" "));
        Some(Self { plain: None, by_language })
    }
}

/// A filled text whose placeholders are noted as used.
fn template(at: &Cursor<'_>) -> Option<String> {
    let text = at.filled_text()?;
    for name in placeholders(&text) {
        at.uses(Named::Placeholder, name);
    }
    Some(text)
}

/// Reports a language that is no two- or three-letter code.
pub(super) fn check_language(code: &str, at: &Cursor<'_>) {
    let shaped = matches!(code.len(), 2 | 3) && code.bytes().all(|b| b.is_ascii_lowercase());
    if !shaped {
        at.error(Code::UnknownValue, format!("`{code}` is no language code such as ru, uk, en"));
    }
}

/// A language code under a key.
pub(super) fn language(at: &Cursor<'_>) -> Option<String> {
    let code = at.text()?;
    check_language(&code, at);
    Some(code)
}

/// A length of time in milliseconds, written `30s`, `5m`, `48h`, `3d`, `2w`, `12mo` (a month is 30 days).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duration(pub i64);

packed!(Duration { 0 });

impl Duration {
    /// One day.
    pub const DAY: Duration = Duration(86_400_000);

    /// Reads the written form; none where it is no duration, or longer than 100 years.
    pub fn parse(text: &str) -> Option<Self> {
        let unit_at = text.find(|c: char| !c.is_ascii_digit())?;
        let (count, unit) = text.split_at_checked(unit_at)?;
        let unit = match unit.trim_start() {
            "s" => 1_000,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => Self::DAY.0,
            "w" => 7 * Self::DAY.0,
            "mo" => 30 * Self::DAY.0,
            _ => return None,
        };
        let ms = count.parse::<i64>().ok()?.checked_mul(unit)?;
        (ms <= 36_525 * Self::DAY.0).then_some(Self(ms))
    }

    pub(crate) fn read(at: &Cursor<'_>) -> Option<Self> {
        let text = at.literal()?;
        let parsed = Self::parse(&text);
        if parsed.is_none() {
            at.error_hint(
                Code::DurationInvalid,
                format!("`{text}` is no duration"),
                Some("write a whole number with s, m, h, d, w or mo: 30m, 48h, 7d".into()),
            );
        }
        parsed
    }
}

/// As authors write it, in the largest unit that is whole: `2d` for `48h`.
impl std::fmt::Display for Duration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let units = [("d", Self::DAY.0), ("h", 3_600_000), ("m", 60_000)];
        let whole = units.into_iter().find(|(_, length)| self.0 >= *length && self.0 % length == 0);
        let (unit, length) = whole.unwrap_or(("s", 1_000));
        write!(f, "{}{unit}", self.0 / length)
    }
}

/// A button of a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What conditions and events name.
    pub id: String,
    /// What the client sees.
    pub title: Text,
}

packed!(Button { id, title });

impl Button {
    /// A button that is called what it shows.
    pub fn plain(title: &str) -> Self {
        Self { id: title.to_string(), title: Text::plain(title) }
    }

    /// Reads `Записаться` or `{id: book, title: Записаться}`.
    pub(crate) fn read(at: &Cursor<'_>) -> Option<Self> {
        if !at.is_map() {
            return Some(Self::plain(&at.filled_text()?));
        }
        let keys = at.keys()?;
        let id = keys.need("id").and_then(|c| c.filled_text());
        let title = keys.get("title").map(|c| Text::read(&c));
        keys.end();
        let id = id?;
        let title = match title {
            Some(title) => title?,
            None => Text::plain(id.clone()),
        };
        Some(Self { id, title })
    }

    pub(crate) fn read_all(at: Option<Cursor<'_>>) -> Vec<Self> {
        at.map_or_else(Vec::new, |c| c.one_or_list().iter().filter_map(Button::read).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_written() {
        for (text, ms) in [("30s", Some(30_000)), ("48h", Some(172_800_000)), ("12mo", Some(31_104_000_000))]
        {
            assert_eq!(Duration::parse(text).map(|d| d.0), ms, "{text}");
        }
        for text in ["", "5", "h", "-5m", "1.5h", "5 minutes", "99999999999999999999d", "9999999d"] {
            assert_eq!(Duration::parse(text), None, "{text}");
        }
    }
}
