//! Values and word lists of one text, without a bot.

use crate::bot::words::{Hit, Lexicon};
use crate::document::{Cursor, Keys, Node, Report};
use crate::error::{Code, Error};
use crate::extract::{Email, Phone, PhoneOptions, Region, emails, phones};
use crate::extract::{answer, date, money, name, number, order};
use crate::text::Span;
use crate::time::{Timestamp, Zone};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// What the places in a text are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Units {
    /// As Rust counts.
    Bytes,
    /// As Python counts.
    CodePoints,
    /// As JavaScript counts.
    Utf16,
}

impl Units {
    fn of(self, span: Span, text: &str) -> Span {
        match self {
            Units::Bytes => span,
            Units::CodePoints => span.in_code_points(text),
            Units::Utf16 => span.in_utf16(text),
        }
    }
}

/// Every value of a text: `{phones, emails, dates?, money?, numbers?, orders?, yes_no?, name?}`, each list in the order
/// of the text, each value with its `start` and `end`.
///
/// `options` is JSON `{region?, now?, zone?, mask?}`: where phones without a country code belong, what «завтра» is
/// relative to (RFC 3339; 1970 where absent), the IANA zone of the client's clock (UTC where absent), and the mask of
/// order numbers, which are not looked for without one.
///
/// # Errors
/// `region_unknown`, `time_invalid`, `zone_unknown`, `mask_invalid`, `unknown_key`, each with the option as path.
///
/// ```
/// use frontdesk::verbs::{Units, extract};
/// let found = extract("Мой номер 8-900-123-45-67", r#"{"region": "RU"}"#, Units::CodePoints).unwrap();
/// assert!(found.contains(r#""e164":"+79001234567","end":25,"raw":"8-900-123-45-67","start":10"#));
/// ```
pub fn extract(text: &str, options: &str, units: Units) -> Result<String, Error> {
    let Options { region, now, zone, mask } = Options::from_json(options)?;
    let placed = |span: Span, value: Json| placed(units.of(span, text), value);
    let phone = |p: Phone<'_>| placed(p.span, json!({"e164": p.e164.as_str(), "raw": p.raw, "ext": p.ext}));
    let email = |e: Email<'_>| placed(e.span, json!({"address": e.address, "raw": e.raw}));
    let phones: Vec<Json> = phones(text, &PhoneOptions::new(region)).map(phone).collect();
    let emails: Vec<Json> = emails(text).map(email).collect();
    let dates = date::dates(text, now, &zone)
        .into_iter()
        .map(|d| placed(d.span, json!({"value": d.value, "note": d.note})));
    let money = money::amounts(text).into_iter().map(|m| {
        let said = json!({
            "minor": m.minor, "upto": m.upto, "currency": m.currency, "bound": m.bound, "certain": m.certain,
        });
        placed(m.span, said)
    });
    let numbers = number::numbers(text).into_iter().map(|n| placed(n.span, json!({"value": n.value})));
    let orders = mask.iter().flat_map(|mask| mask.find(text));
    let orders = orders.map(|(span, value)| placed(span, json!({ "value": value })));
    let name = name::introduced(text).map(|n| placed(n.span, json!({"value": n.value})));
    let rest: [(&str, Json); 6] = [
        ("dates", dates.collect()),
        ("money", money.collect()),
        ("numbers", numbers.collect()),
        ("orders", orders.collect()),
        ("yes_no", json!(answer::yes_no(text))),
        ("name", json!(name)),
    ];
    let mut found = json!({"phones": phones, "emails": emails});
    let says_something =
        |value: &Json| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty());
    for (key, value) in rest.into_iter().filter(|(_, value)| says_something(value)) {
        if let Some(keys) = found.as_object_mut() {
            keys.insert(key.to_string(), value);
        }
    }
    Ok(found.to_string())
}

/// A value with its place, without keys that say nothing.
fn placed(span: Span, mut value: Json) -> Json {
    if let Some(keys) = value.as_object_mut() {
        keys.retain(|_, value| !value.is_null());
        keys.insert("start".into(), span.start.into());
        keys.insert("end".into(), span.end.into());
    }
    value
}

struct Options {
    region: Option<Region>,
    now: Timestamp,
    zone: Zone,
    mask: Option<order::Mask>,
}

impl Options {
    fn from_json(text: &str) -> Result<Self, Error> {
        let node = Node::from_json(text)?;
        let report = Report::default();
        let options = Self::read(&Cursor::root(&node, &report));
        report.into_first(options)
    }

    fn read(at: &Cursor<'_>) -> Option<Self> {
        let keys = at.keys()?;
        let region = option(&keys, "region", Code::RegionUnknown, "country such as `UA`", Region::from_code);
        let now = option(&keys, "now", Code::TimeInvalid, "RFC 3339 time", Timestamp::parse);
        let zone = option(&keys, "zone", Code::ZoneUnknown, "IANA time zone", Zone::named);
        let mask =
            option(&keys, "mask", Code::MaskInvalid, "mask such as `A-####`", |m| order::Mask::parse(m).ok());
        keys.end();
        Some(Self { region, now: now.unwrap_or_default(), zone: zone.unwrap_or_else(Zone::utc), mask })
    }
}

fn option<T>(
    keys: &Keys<'_>,
    key: &'static str,
    code: Code,
    what: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let at = keys.get(key)?;
    let text = at.text()?;
    let value = parse(&text);
    if value.is_none() {
        at.error(code, format!("`{text}` is no {what}"));
    }
    value
}

/// Where the words of a list stand in a text, as an author's rule finds them: `[{word, start, end}]`.
///
/// `words` is a JSON list as an author writes it; `@profanity` and the other built-in lists may be among them.
pub fn words(words: &str, text: &str, units: Units) -> Result<String, Error> {
    const LIST: &str = "own";
    let node = Node::from_json(words)?;
    let report = Report::default();
    // An empty entry stands for no word, and is nothing.
    let listed: Vec<String> = Cursor::root(&node, &report).list().iter().filter_map(Cursor::text).collect();
    let listed = report.into_first(Some(listed))?;
    // Built-in lists are compiled only where one is named: they are large.
    let lexicon = if listed.iter().any(|word| word.starts_with('@')) {
        Lexicon::new(&BTreeMap::from([(LIST.to_string(), listed)]))
    } else {
        Lexicon::single(LIST, &listed)
    };
    let reading = lexicon.read(text, &[]);
    let hit = |hit: &Hit<'_>| placed(units.of(hit.span, text), json!({"word": hit.word}));
    let hits: Vec<Json> = lexicon.hits(LIST, &reading).iter().map(hit).collect();
    Ok(json!(hits).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_in_the_units_asked_for() {
        let text = "да 😀 a@example.com";
        let start = |units| {
            let found: Json = serde_json::from_str(&extract(text, "{}", units).unwrap()).unwrap();
            found["emails"][0]["start"].as_u64().unwrap()
        };
        assert_eq!([Units::Bytes, Units::CodePoints, Units::Utf16].map(start), [10, 5, 6]);
    }

    #[test]
    fn every_kind_of_value_is_found() {
        let options =
            r##"{"region":"UA","now":"2026-11-21T10:00:00Z","zone":"Europe/Kyiv","mask":"A-####"}"##;
        let text = "Мене звати Ярина, 067 123 45 67, завтра о 15:00, бюджет 1500 грн, замовлення A-1234";
        let found: Json = serde_json::from_str(&extract(text, options, Units::CodePoints).unwrap()).unwrap();
        assert_eq!(found["phones"][0]["e164"], "+380671234567");
        assert_eq!(found["dates"][0]["value"]["date"], "2026-11-22");
        assert_eq!(found["money"][0]["minor"], 150_000);
        assert_eq!(found["orders"][0]["value"], "A-1234");
        assert_eq!(found["name"]["value"], "Ярина");
    }

    #[test]
    fn options_are_read_strictly() {
        for (options, code, path) in [
            (r#"{"region":"UKR"}"#, Code::RegionUnknown, "region"),
            (r#"{"zone":"Kyiv"}"#, Code::ZoneUnknown, "zone"),
            (r#"{"now":"noon"}"#, Code::TimeInvalid, "now"),
            (r#"{"mask":"ABC"}"#, Code::MaskInvalid, "mask"),
            (r#"{"Region":"UA"}"#, Code::UnknownKey, "Region"),
        ] {
            let error = extract("", options, Units::Bytes).unwrap_err();
            assert_eq!((error.code, error.path.as_str()), (code, path));
        }
    }

    #[test]
    fn words_are_found_as_rules_find_them() {
        let hits = words(r#"["собака"]"#, "Обожаю собак!", Units::CodePoints).unwrap();
        assert_eq!(hits, r#"[{"end":12,"start":7,"word":"собака"}]"#);
        assert_eq!(words(r#"["", "кот"]"#, "текст", Units::Bytes).unwrap(), "[]");
        assert_eq!(words("[1]", "текст", Units::Bytes).unwrap_err().code, Code::WrongType);
    }
}
