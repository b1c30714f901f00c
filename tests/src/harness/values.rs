//! The dates, sums, numbers, answers and names of op `extract`.

use frontdesk::extract::{answer, date, money, name, number, order};
use frontdesk::text::Span;
use frontdesk::time::{Timestamp, Zone};
use serde_json::{Map, Value, json};

/// What the text of a case holds; `now` and `zone` place its dates, `mask` finds its order numbers.
pub(crate) fn values(text: &str, case: &Value) -> Map<String, Value> {
    let option = |key: &str| case.get(key).and_then(Value::as_str);
    let now = option("now").and_then(Timestamp::parse).unwrap_or_default();
    let zone = option("zone").and_then(Zone::named).unwrap_or_else(Zone::utc);
    let place = |span: Span| {
        let span = span.in_code_points(text);
        json!([span.start, span.end])
    };
    let dates = date::dates(text, now, &zone)
        .into_iter()
        .map(|found| json!({"span": place(found.span), "value": found.value, "note": found.note}));
    let money = money::amounts(text).into_iter().map(|found| {
        json!({
            "span": place(found.span), "minor": found.minor, "upto": found.upto,
            "currency": found.currency, "bound": found.bound, "certain": found.certain,
        })
    });
    let numbers = number::numbers(text).into_iter().map(|n| json!({"span": place(n.span), "value": n.value}));
    let mask = option("mask").and_then(|mask| order::Mask::parse(mask).ok());
    let orders = mask
        .iter()
        .flat_map(|mask| mask.find(text))
        .map(|(span, value)| json!({"span": place(span), "value": value}));
    let name = name::introduced(text).map(|found| json!({"span": place(found.span), "value": found.value}));
    let found = [
        ("dates", dates.collect()),
        ("money", money.collect()),
        ("numbers", numbers.collect()),
        ("orders", orders.collect()),
        ("yes_no", json!(answer::yes_no(text))),
        ("name", json!(name)),
    ];
    found.into_iter().map(|(key, value): (&str, Value)| (key.to_owned(), value)).collect()
}
