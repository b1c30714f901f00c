//! The values of a lead: where they come from, and how they are written.

use super::option;
use crate::bot::value::{FieldValue, date_in_words, money_in_words};
use crate::definition::sentence_in;
use crate::dialog::{CreateLead, Utm};
use crate::document::{Cursor, Keys};
use crate::error::Code;
use crate::time::Zone;
use std::collections::BTreeMap;

/// A value of a lead under the name that a field map calls it by.
pub(super) struct Source<'e> {
    /// `phone`, `utm.source`, `chat_url`, `transcript_url`.
    pub(super) name: &'e str,
    /// Where it stands in the effect, for a change.
    pub(super) path: String,
    /// The value.
    pub(super) value: FieldValue,
}

/// Every value of fields, in the order of their names.
pub(super) fn of_fields(fields: &BTreeMap<String, FieldValue>) -> Vec<Source<'_>> {
    let fields = fields.iter();
    fields
        .map(|(name, value)| Source { name, path: format!("fields.{name}"), value: value.clone() })
        .collect()
}

/// Every value of a new lead: its fields, then the marks of its campaign and its links.
pub(super) fn of_lead<'e>(lead: &'e CreateLead, transcript: Option<&str>) -> Vec<Source<'e>> {
    let mut sources = of_fields(&lead.fields);
    let links = [("chat_url", lead.chat_url.as_deref()), ("transcript_url", transcript)];
    let marks = lead.utm.as_ref().map(marks).unwrap_or_default();
    for (name, text) in marks.into_iter().chain(links) {
        if let Some(text) = text {
            let value = FieldValue::Text(text.to_string());
            sources.push(Source { name, path: name.to_string(), value });
        }
    }
    sources
}

/// The marks of a campaign under the names that a field map calls them by.
pub(super) const MARKS: [&str; 5] = ["utm.source", "utm.medium", "utm.campaign", "utm.term", "utm.content"];

fn marks(utm: &Utm) -> Vec<(&'static str, Option<&str>)> {
    let values = [&utm.source, &utm.medium, &utm.campaign, &utm.term, &utm.content];
    MARKS.into_iter().zip(values.map(|value| value.as_deref())).collect()
}

/// The value as a system takes it: dates as `2026-12-25 15:00`, amounts as `4500.50 RUB`.
pub(super) fn plain(value: &FieldValue) -> String {
    match value {
        FieldValue::Text(text) => text.replace(";ext=", " ext. "),
        FieldValue::YesNo(yes) => yes.to_string(),
        FieldValue::Money(money) => money_in_words(money),
        FieldValue::Date(date) => {
            let clock = |time: jiff::civil::Time| format!("{:02}:{:02}", time.hour(), time.minute());
            let from = date.time.map(|time| format!(" {}", clock(time))).unwrap_or_default();
            let until = date.until.map(|time| format!("–{}", clock(time))).unwrap_or_default();
            format!("{}{from}{until}", date.date)
        }
        FieldValue::Slot(slot) => slot.label.clone().unwrap_or_else(|| slot.start.clone()),
        FieldValue::Photo(photo) => photo.reference.clone(),
    }
}

/// Words of notices, which have no definition at hand.
const OWN: &[(&str, &str, &str, &str)] = &[
    ("open_chat", "Открыть чат", "Відкрити чат", "Open the chat"),
    ("lead_changed", "Заявка изменилась", "Заявка змінилася", "The lead has changed"),
    ("chat_url", "Чат", "Чат", "Chat"),
    ("transcript_url", "Переписка", "Листування", "The whole talk"),
];

/// Texts by name.
fn words(at: &Cursor<'_>) -> BTreeMap<String, String> {
    at.named().into_iter().filter_map(|(name, at)| Some((name, at.filled_text()?))).collect()
}

/// How values are told to people.
pub(super) struct Words {
    language: String,
    zone: Option<Zone>,
    labels: BTreeMap<String, String>,
    titles: BTreeMap<String, BTreeMap<String, String>>,
}

impl Words {
    /// Reads `language`, `timezone`, `labels` and `titles` of the options.
    pub(super) fn read(keys: &Keys<'_>) -> Self {
        let labels = keys.get("labels").map(|c| words(&c)).unwrap_or_default();
        let titles = keys.get("titles").map(|c| c.named()).unwrap_or_default();
        let titles = titles.into_iter().map(|(field, at)| (field, words(&at))).collect();
        let zone = keys.get("timezone").and_then(|c| {
            let name = c.filled_text()?;
            let zone = Zone::named(&name);
            if zone.is_none() {
                c.error(Code::ZoneUnknown, format!("`{name}` is no time zone such as Europe/Kyiv"));
            }
            zone
        });
        let language = option(keys, "language").unwrap_or_else(|| "ru".to_string());
        Self { language, zone, labels, titles }
    }

    /// A word of notices in the team's language.
    pub(super) fn own(&self, name: &str) -> &'static str {
        let (_, ru, uk, en) = OWN.iter().find(|(own, ..)| *own == name).copied().unwrap_or_default();
        match self.language.as_str() {
            "ru" | "be" | "kk" => ru,
            "uk" => uk,
            _ => en,
        }
    }

    /// What people call a field: the host's word, else a built-in one, else its name.
    pub(super) fn label<'n>(&'n self, name: &'n str) -> &'n str {
        let own = self.labels.get(name).map(String::as_str);
        let built_in = || Some(self.own(name)).filter(|word| !word.is_empty());
        own.or_else(|| sentence_in(&format!("field_{name}"), &self.language))
            .or_else(built_in)
            .unwrap_or(name)
    }

    /// The value of a field as people read it.
    fn value(&self, field: &str, value: &FieldValue) -> String {
        match value {
            FieldValue::Text(text) => match self.titles.get(field).and_then(|titles| titles.get(text)) {
                Some(title) => title.clone(),
                None => plain(value),
            },
            FieldValue::YesNo(yes) => {
                let word = if *yes { "yes" } else { "no" };
                sentence_in(word, &self.language).unwrap_or_default().to_string()
            }
            FieldValue::Date(date) => date_in_words(date, &self.language),
            FieldValue::Slot(slot) => match &self.zone {
                Some(zone) => slot.in_words(zone, &self.language),
                None => plain(value),
            },
            _ => plain(value),
        }
    }

    /// `Телефон: +79001234567`, a line each.
    pub(super) fn lines<'s>(&self, sources: impl IntoIterator<Item = &'s Source<'s>>) -> Vec<String> {
        let line = |s: &Source<'_>| format!("{}: {}", self.label(s.name), self.value(s.name, &s.value));
        sources.into_iter().map(line).collect()
    }
}
