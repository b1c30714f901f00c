//! The wording of a message without what a client had told: two reminders that differ in names and hours only are one.

use crate::bot::value::{FieldValue, date_in_words, money_in_words};
use crate::time::Zone;
use std::collections::BTreeMap;

/// The text with the values of fields as placeholders again, and the digits that are left as `#`.
pub(super) fn template(
    text: &str,
    fields: &BTreeMap<String, FieldValue>,
    zone: &Zone,
    language: &str,
) -> String {
    let words = |value: &FieldValue| match value {
        FieldValue::Text(text) => text.replace(";ext=", " ext. "),
        FieldValue::Money(money) => money_in_words(money),
        FieldValue::Date(date) => date_in_words(date, language),
        FieldValue::Slot(slot) => slot.in_words(zone, language),
        FieldValue::YesNo(_) | FieldValue::Photo(_) => String::new(),
    };
    let mut values: Vec<(String, &String)> =
        fields.iter().map(|(name, value)| (words(value), name)).collect();
    values.retain(|(value, _)| value.chars().nth(1).is_some());
    // The longest first: «Анна Петрова» before «Анна».
    values.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.cmp(b)));
    let filled = values
        .iter()
        .fold(text.to_string(), |text, (value, name)| text.replace(value.as_str(), &format!("{{{name}}}")));
    filled.chars().map(|c| if c.is_numeric() { '#' } else { c }).collect()
}
