//! Values of fields: plain JSON in a session, words of the client's language in a text.

use crate::definition::{Definition, Field, FieldKind};
use crate::document::{Cursor, Stored, Value, stored};
use crate::extract::date::{DateValue, Precision};
use crate::extract::money::Money;
use crate::time::{Timestamp, Zone};
use serde::{Deserialize, Serialize};

/// A value that a dialog has collected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FieldValue {
    /// A text, a name, an order number, a decimal number; a phone in E.164, with `;ext=` for an extension; an
    /// e-mail address in lower case; a choice by the id of its option.
    Text(String),
    /// Yes or no.
    YesNo(bool),
    /// Money in minor units.
    Money(Money),
    /// A date, with a time or a range where one was given, in the bot's zone.
    Date(DateValue),
    /// A slot of the host's.
    Slot(Slot),
    /// A photo by the host's reference.
    Photo(Photo),
}

/// A time that the host offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// The host's id.
    pub id: String,
    /// When it starts, RFC 3339.
    pub start: String,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// A photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Photo {
    /// The host's reference.
    #[serde(rename = "ref")]
    pub reference: String,
}

stored!(Slot { id, start; label });

impl Stored for Photo {
    fn read(at: &Cursor<'_>) -> Self {
        let keys = at.keys_or_none();
        let reference = keys.stored("ref");
        keys.end();
        Self { reference }
    }
}

impl Stored for FieldValue {
    /// Each kind of map has a key that no other has.
    fn read(at: &Cursor<'_>) -> Self {
        let has = |key| at.find(key).is_some();
        match at.node.value {
            Value::Bool(yes) => FieldValue::YesNo(yes),
            Value::Map(_) if has("minor") => FieldValue::Money(Money::read(at)),
            Value::Map(_) if has("precision") => FieldValue::Date(DateValue::read(at)),
            Value::Map(_) if has("ref") => FieldValue::Photo(Photo::read(at)),
            Value::Map(_) => FieldValue::Slot(Slot::read(at)),
            _ => FieldValue::Text(String::read(at)),
        }
    }
}

impl FieldValue {
    /// Bytes of the text it holds; the other kinds are of one small size.
    pub(crate) fn text_bytes(&self) -> usize {
        if let FieldValue::Text(text) = self { text.len() } else { 64 }
    }

    /// The value as people read it.
    pub fn in_words(
        &self,
        definition: &Definition,
        field: Option<&Field>,
        zone: &Zone,
        language: &str,
    ) -> String {
        match self {
            FieldValue::Text(text) => match field {
                Some(field) if field.kind == FieldKind::Choice => {
                    option_title(definition, field, text, language)
                }
                _ => text.replace(";ext=", " ext. "),
            },
            FieldValue::YesNo(yes) => {
                definition.sentence(if *yes { "yes" } else { "no" }, language).to_string()
            }
            FieldValue::Money(money) => money_in_words(money),
            FieldValue::Date(date) => date_in_words(date, language),
            FieldValue::Slot(slot) => slot.in_words(zone, language),
            FieldValue::Photo(photo) => photo.reference.clone(),
        }
    }
}

fn option_title(definition: &Definition, field: &Field, id: &str, language: &str) -> String {
    let option = field.options.iter().find(|o| o.id == id);
    option.map_or(id, |o| o.title.pick(language, &definition.languages.main)).to_string()
}

impl Slot {
    /// Its label, else its date and time in the bot's zone.
    pub fn in_words(&self, zone: &Zone, language: &str) -> String {
        if let Some(label) = &self.label {
            return label.clone();
        }
        let Some(start) = Timestamp::parse(&self.start) else { return self.start.clone() };
        let wall = start.in_zone(zone);
        let (date, time) = (wall.date(), Some(wall.time()));
        date_in_words(&DateValue { date, time, until: None, precision: Precision::Minute }, language)
    }
}

/// `1500.50 UAH`, without a fraction where there is none.
pub fn money_in_words(money: &Money) -> String {
    let (whole, part) = (money.minor / 100, (money.minor % 100).abs());
    let sign = if money.minor < 0 && whole == 0 { "-" } else { "" };
    let fraction = if part == 0 { String::new() } else { format!(".{part:02}") };
    let currency = money.currency.as_deref().unwrap_or_default();
    format!("{sign}{whole}{fraction} {currency}").trim_end().to_string()
}

const MONTHS: [(&str, &str, &str); 12] = [
    ("января", "січня", "January"),
    ("февраля", "лютого", "February"),
    ("марта", "березня", "March"),
    ("апреля", "квітня", "April"),
    ("мая", "травня", "May"),
    ("июня", "червня", "June"),
    ("июля", "липня", "July"),
    ("августа", "серпня", "August"),
    ("сентября", "вересня", "September"),
    ("октября", "жовтня", "October"),
    ("ноября", "листопада", "November"),
    ("декабря", "грудня", "December"),
];

/// `25 декабря`
pub(crate) fn day_in_words(date: jiff::civil::Date, language: &str) -> String {
    let month = usize::try_from(date.month()).unwrap_or(1).saturating_sub(1);
    let (ru, uk, en) = MONTHS.get(month).copied().unwrap_or_default();
    let month = match language {
        "ru" => ru,
        "uk" => uk,
        _ => en,
    };
    format!("{} {month}", date.day())
}

/// `25 декабря, 15:00`, `25 December, 10:00–18:00`.
pub fn date_in_words(value: &DateValue, language: &str) -> String {
    let mut out = day_in_words(value.date, language);
    let clock = |t: jiff::civil::Time| format!("{}:{:02}", t.hour(), t.minute());
    match (value.time, value.until, value.precision) {
        (Some(from), Some(until), Precision::Range | Precision::PartOfDay) => {
            out.push_str(&format!(", {}–{}", clock(from), clock(until)));
        }
        (Some(time), _, _) => out.push_str(&format!(", {}", clock(time))),
        _ => {}
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    #[test]
    fn values_are_plain_json_and_read_back() {
        let values = [
            FieldValue::Text("+79001234567".into()),
            FieldValue::YesNo(true),
            FieldValue::Money(Money { minor: 150_050, currency: Some("UAH".into()) }),
            FieldValue::Slot(Slot { id: "a".into(), start: "2026-01-05T10:00:00.000Z".into(), label: None }),
            FieldValue::Photo(Photo { reference: "p1".into() }),
            FieldValue::Date(DateValue {
                date: date(2026, 12, 25),
                time: Some(time(15, 0, 0, 0)),
                until: None,
                precision: Precision::Minute,
            }),
        ];
        for value in values {
            let json = serde_json::to_string(&value).unwrap();
            assert_eq!(serde_json::from_str::<FieldValue>(&json).unwrap(), value, "{json}");
        }
    }

    #[test]
    fn money_reads_as_people_write_it() {
        let money = |minor| money_in_words(&Money { minor, currency: Some("USD".into()) });
        assert_eq!([money(150_000), money(1_250), money(-50)], ["1500 USD", "12.50 USD", "-0.50 USD"]);
    }
}
