//! Fields: what the bot collects.

use super::basics::{Button, Text};
use crate::document::{Cursor, packed};
use crate::error::Code;

/// A value that a dialog may collect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: FieldKind,
    /// The question; the next try uses the next text.
    pub ask: Vec<Text>,
    /// What is said when an answer was no valid one, before the texts of `ask` go on.
    pub retry: Vec<Text>,
    /// Options of a choice.
    pub options: Vec<Button>,
    /// Asked once and skipped by «нет», «пропустить».
    pub optional: bool,
    /// Where slots come from.
    pub from: Option<String>,
    /// Pattern of an order number: `#` is a digit.
    pub mask: Option<String>,
    /// Pattern of an order number as a regular expression.
    pub regex: Option<String>,
}

packed!(Field { name, kind, ask, retry, options, optional, from, mask, regex });

/// The type of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // the words of the contract, section 14
pub enum FieldKind {
    Text,
    Name,
    Phone,
    Email,
    Number,
    Money,
    Date,
    Slot,
    Choice,
    Order,
    Photo,
    YesNo,
}

packed!(FieldKind:
    0 Text, 1 Name, 2 Phone, 3 Email, 4 Number, 5 Money, 6 Date, 7 Slot, 8 Choice, 9 Order, 10 Photo, 11 YesNo
);

impl FieldKind {
    const WORDS: &'static [(&'static str, FieldKind)] = &[
        ("text", FieldKind::Text),
        ("name", FieldKind::Name),
        ("phone", FieldKind::Phone),
        ("email", FieldKind::Email),
        ("number", FieldKind::Number),
        ("money", FieldKind::Money),
        ("date", FieldKind::Date),
        ("slot", FieldKind::Slot),
        ("choice", FieldKind::Choice),
        ("order", FieldKind::Order),
        ("photo", FieldKind::Photo),
        ("yes_no", FieldKind::YesNo),
    ];

    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }
}

impl Field {
    pub(crate) fn read(name: String, at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let texts = |c: Cursor<'_>| c.one_or_list().iter().filter_map(Text::read).collect::<Vec<_>>();
        let kind = keys.need("type").and_then(|c| c.one_of(FieldKind::WORDS));
        let ask = keys.get("ask").map(texts).unwrap_or_default();
        let retry = keys.get("retry").map(texts).unwrap_or_default();
        let options = Button::read_all(keys.get("options"));
        let optional = keys.get("optional").and_then(|c| c.bool()).unwrap_or(false);
        let from = keys.get("from").and_then(|c| c.filled_text());
        let mask = keys.get("mask").and_then(|c| c.filled_text());
        let regex = keys.get("regex").and_then(|c| c.filled_text());
        keys.end();
        let kind = kind?;
        if kind == FieldKind::Choice && options.is_empty() {
            at.error(Code::MissingKey, "a choice without `options`");
        }
        if kind != FieldKind::Choice && !options.is_empty() {
            at.error(Code::KeyMisplaced, format!("`options` belong to a choice, not to a {}", kind.as_str()));
        }
        if kind != FieldKind::Order && (mask.is_some() || regex.is_some()) {
            at.error(
                Code::KeyMisplaced,
                format!("`mask` and `regex` belong to an order, not to a {}", kind.as_str()),
            );
        }
        Some(Self { name, kind, ask, retry, options, optional, from, mask, regex })
    }
}
