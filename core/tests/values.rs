//! The project's own corpus of dates, sums, names and answers in chat messages: what is read is exact.
#![cfg(test)]

use frontdesk::extract::{answer, date, money, name};
use frontdesk::time::{Timestamp, Zone};
use serde_json::{Map, Value, json};

/// Of a hundred messages at least so many are read exactly as expected.
const EXACT_PERCENT: usize = 95;

fn corpus(lines: &str, read: impl Fn(&str, &Value) -> (Value, Value)) {
    let (mut all, mut wrong) = (0, Vec::new());
    for line in lines.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let text = case["text"].as_str().unwrap();
        let (expected, found) = read(text, &case);
        all += 1;
        if expected != found {
            wrong.push(format!("{text}\n  expected {expected}\n  found    {found}"));
        }
    }
    println!("{} of {all} exact\n{}", all - wrong.len(), wrong.join("\n"));
    assert!(wrong.len() * 100 <= all * (100 - EXACT_PERCENT), "{} of {all} wrong", wrong.len());
}

#[test]
fn dates_are_exact() {
    let zone = Zone::named("Europe/Kyiv").unwrap();
    corpus(include_str!("values/dates.jsonl"), |text, case| {
        let now = Timestamp::parse(case["now"].as_str().unwrap()).unwrap();
        let found: Vec<_> = date::dates(text, now, &zone).into_iter().map(|date| date.value).collect();
        (case["dates"].clone(), json!(found))
    });
}

#[test]
fn certain_money_is_exact() {
    corpus(include_str!("values/money.jsonl"), |text, case| {
        let found = money::amounts(text).into_iter().filter(|amount| amount.certain).map(|amount| {
            let mut out = Map::new();
            out.insert("minor".into(), json!(amount.minor));
            out.insert("bound".into(), json!(amount.bound));
            out.extend(amount.upto.map(|upto| ("upto".into(), json!(upto))));
            out.extend(amount.currency.map(|code| ("currency".into(), json!(code))));
            Value::Object(out)
        });
        (case["money"].clone(), found.collect())
    });
}

#[test]
fn names_are_exact() {
    corpus(include_str!("values/names.jsonl"), |text, case| {
        (case["name"].clone(), json!(name::introduced(text).map(|name| name.value)))
    });
}

#[test]
fn answers_are_exact() {
    corpus(include_str!("values/answers.jsonl"), |text, case| {
        (case["yes"].clone(), json!(answer::yes_no(text)))
    });
}
