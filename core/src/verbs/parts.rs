//! Values and word lists of one text, without a bot.

use super::tools::read;
use crate::bot::words::{Hit, Lexicon};
use crate::document::{Cursor, Keys};
use crate::error::{Code, Error};
use crate::extract::{Email, Phone, PhoneOptions, Region, emails, phones};
use crate::extract::{answer, date, money, name, number, order};
use crate::text::{Ruler, Span};
use crate::time::{Timestamp, Zone};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// What the places in a text are counted in: as Rust, Python and JavaScript count.
#[derive(Debug, Clone, Copy)]
enum Units {
    Bytes,
    CodePoints,
    Utf16,
}

impl Units {
    fn read(keys: &Keys<'_>) -> Self {
        let named = [("bytes", Units::Bytes), ("code_points", Units::CodePoints), ("utf16", Units::Utf16)];
        keys.get("units").and_then(|units| units.one_of(&named)).unwrap_or(Units::CodePoints)
    }

    /// Places of a text in these units.
    fn of(self, text: &str) -> impl Fn(Span) -> Span {
        let ruler = match self {
            Units::Bytes => None,
            Units::CodePoints => Some(Ruler::code_points(text)),
            Units::Utf16 => Some(Ruler::utf16(text)),
        };
        move |span| ruler.as_ref().map_or(span, |ruler| ruler.place(span))
    }
}

/// Every value of a text: `{phones, emails, dates?, money?, numbers?, orders?, yes_no?, name?}`, each list in the order
/// of the text, each value with its `start` and `end`.
///
/// `argument` is JSON `{text, region?, now?, zone?, mask?, units?}`: where phones without a country code belong, what
/// «завтра» is relative to (RFC 3339; 1970 where absent), the IANA zone of the client's clock (UTC where absent), the
/// mask of order numbers, which are not looked for without one, and what places are counted in: `bytes`,
/// `code_points` (where absent) or `utf16`.
///
/// # Errors
/// `region_unknown`, `time_invalid`, `zone_unknown`, `mask_invalid`, `unknown_key`, each with the key as path.
///
/// ```
/// use frontdesk::verbs::extract;
/// let found = extract(r#"{"text": "Мой номер 8-900-123-45-67", "region": "RU"}"#).unwrap();
/// assert!(found.contains(r#""e164":"+79001234567","end":25,"raw":"8-900-123-45-67","start":10"#));
/// ```
pub fn extract(argument: &str) -> Result<String, Error> {
    let Wanted { text, region, now, zone, mask, units } = read(argument, Wanted::read)?;
    let text = text.as_str();
    let place = units.of(text);
    let placed = |span: Span, value: Json| placed(place(span), value);
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

struct Wanted {
    text: String,
    region: Option<Region>,
    now: Timestamp,
    zone: Zone,
    mask: Option<order::Mask>,
    units: Units,
}

impl Wanted {
    fn read(keys: &Keys<'_>) -> Option<Self> {
        let region = option(keys, "region", Code::RegionUnknown, "country such as `UA`", Region::from_code);
        let now = option(keys, "now", Code::TimeInvalid, "RFC 3339 time", Timestamp::parse);
        let zone = option(keys, "zone", Code::ZoneUnknown, "IANA time zone", Zone::named);
        let mask =
            option(keys, "mask", Code::MaskInvalid, "mask such as `A-####`", |m| order::Mask::parse(m).ok());
        Some(Self {
            units: Units::read(keys),
            text: keys.need("text")?.text()?,
            region,
            now: now.unwrap_or_default(),
            zone: zone.unwrap_or_else(Zone::utc),
            mask,
        })
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
/// `argument` is JSON `{words, text, units?}`: a list as an author writes it, `@profanity` and the other built-in lists
/// may be among it; `units` as in [`extract`].
pub fn words(argument: &str) -> Result<String, Error> {
    const LIST: &str = "own";
    let (listed, text, units) = read(argument, |keys| {
        // An empty entry stands for no word, and is nothing.
        let listed: Vec<String> = keys.need("words")?.list().iter().filter_map(Cursor::text).collect();
        Some((listed, keys.need("text")?.text()?, Units::read(keys)))
    })?;
    let text = text.as_str();
    // Built-in lists are compiled only where one is named: they are large.
    let lexicon = if listed.iter().any(|word| word.starts_with('@')) {
        Lexicon::new(&BTreeMap::from([(LIST.to_string(), listed)]))
    } else {
        Lexicon::single(LIST, &listed)
    };
    let reading = lexicon.read(text, &[]);
    let place = units.of(text);
    let hit = |hit: &Hit<'_>| placed(place(hit.span), json!({"word": hit.word}));
    let hits: Vec<Json> = lexicon.hits(LIST, &reading).iter().map(hit).collect();
    Ok(json!(hits).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_in_the_units_asked_for() {
        let start = |units: Json| {
            let found = extract(&json!({"text": "да 😀 a@example.com", "units": units}).to_string()).unwrap();
            serde_json::from_str::<Json>(&found).unwrap()["emails"][0]["start"].as_u64().unwrap()
        };
        assert_eq!(["bytes", "code_points", "utf16"].map(|units| start(json!(units))), [10, 5, 6]);
    }

    #[test]
    fn every_kind_of_value_is_found() {
        let argument = json!({
            "text": "Мене звати Ярина, 067 123 45 67, завтра о 15:00, бюджет 1500 грн, замовлення A-1234",
            "region": "UA", "now": "2026-11-21T10:00:00Z", "zone": "Europe/Kyiv", "mask": "A-####",
        });
        let found: Json = serde_json::from_str(&extract(&argument.to_string()).unwrap()).unwrap();
        assert_eq!(found["phones"][0]["e164"], "+380671234567");
        assert_eq!(found["dates"][0]["value"]["date"], "2026-11-22");
        assert_eq!(found["money"][0]["minor"], 150_000);
        assert_eq!(found["orders"][0]["value"], "A-1234");
        assert_eq!(found["name"]["value"], "Ярина");
    }

    #[test]
    fn options_are_read_strictly() {
        for (argument, code, path) in [
            (r#"{"text":"","region":"UKR"}"#, Code::RegionUnknown, "region"),
            (r#"{"text":"","zone":"Kyiv"}"#, Code::ZoneUnknown, "zone"),
            (r#"{"text":"","now":"noon"}"#, Code::TimeInvalid, "now"),
            (r#"{"text":"","mask":"ABC"}"#, Code::MaskInvalid, "mask"),
            (r#"{"text":"","units":"letters"}"#, Code::UnknownValue, "units"),
            (r#"{"text":"","Region":"UA"}"#, Code::UnknownKey, "Region"),
            ("{}", Code::MissingKey, ""),
        ] {
            let error = extract(argument).unwrap_err();
            assert_eq!((error.code, error.path.as_str()), (code, path));
        }
    }

    #[test]
    fn words_are_found_as_rules_find_them() {
        let hits =
            words(r#"{"words": ["собака"], "text": "Обожаю собак!", "units": "code_points"}"#).unwrap();
        assert_eq!(hits, r#"[{"end":12,"start":7,"word":"собака"}]"#);
        assert_eq!(words(r#"{"words": ["", "кот"], "text": "текст"}"#).unwrap(), "[]");
        assert_eq!(words(r#"{"words": [1], "text": "текст"}"#).unwrap_err().code, Code::WrongType);
    }
}
