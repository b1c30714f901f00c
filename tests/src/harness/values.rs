//! The dates, sums, numbers, answers and names of op `extract`.

use frontdesk::extract::{answer, date, money, name, number, order};
use frontdesk::text::{Ruler, Span};
use frontdesk::time::{Timestamp, Zone};
use serde_json::{Map, Value, json};

/// What the text of a case holds; `now` and `zone` place its dates, `mask` finds its order numbers. Empty keys are
/// left out.
pub(crate) fn values(text: &str, case: &Value) -> Map<String, Value> {
    let option = |key: &str| case.get(key).and_then(Value::as_str);
    let now = option("now").and_then(Timestamp::parse).unwrap_or_default();
    let zone = option("zone").and_then(Zone::named).unwrap_or_else(Zone::utc);
    let ruler = Ruler::code_points(text);
    let placed = |span: Span, value: Value| placed(ruler.place(span), value);
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
    let mask = option("mask").and_then(|mask| order::Mask::parse(mask).ok());
    let orders = mask.iter().flat_map(|mask| mask.find(text));
    let orders = orders.map(|(span, value)| placed(span, json!({ "value": value })));
    let name = name::introduced(text).map(|n| placed(n.span, json!({"value": n.value})));
    let found: [(&str, Value); 6] = [
        ("dates", dates.collect()),
        ("money", money.collect()),
        ("numbers", numbers.collect()),
        ("orders", orders.collect()),
        ("yes_no", json!(answer::yes_no(text))),
        ("name", json!(name)),
    ];
    let empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    found.into_iter().filter(|(_, v)| !empty(v)).map(|(key, v)| (key.to_owned(), v)).collect()
}

/// A value with its place, without keys that say nothing.
fn placed(span: Span, mut value: Value) -> Value {
    if let Some(keys) = value.as_object_mut() {
        keys.retain(|_, value| !value.is_null());
        keys.insert("start".into(), span.start.into());
        keys.insert("end".into(), span.end.into());
    }
    value
}
