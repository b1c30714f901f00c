//! Ops `faq.load` and `faq.match`.
use crate::{Answer, State};
use frontdesk::error::{Code, Error};
use frontdesk::faq::{Index, Options, Query, Row, Threshold};
use serde_json::{Value, json};

/// A loaded table.
pub(crate) struct Table {
    ids: Vec<String>,
    index: Index,
}

pub(crate) fn load(state: &mut State, case: &Value) -> Answer {
    let entries = case.get("entries").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let rows: Vec<Row> = entries.iter().map(row).collect();
    let index = Index::build(&rows, &options(case.get("options").unwrap_or(&Value::Null)));
    let answer = json!({"rows": rows.len()});
    let ids = rows.into_iter().map(|row| row.id).collect();
    state.tables.insert(text(case, "kb"), Table { ids, index });
    Ok(answer)
}

pub(crate) fn search(state: &mut State, case: &Value) -> Answer {
    let kb = text(case, "kb");
    let Some(table) = state.tables.get(&kb) else {
        return Err(Error::new(Code::TableInvalid, "kb", format!("no table `{kb}` is loaded")));
    };
    let top = case.get("top").and_then(Value::as_u64).unwrap_or(3) as usize;
    let vector = case.get("vector").map(vector);
    let message = text(case, "text");
    let query = Query { text: &message, hidden: &[], vector: vector.as_deref() };
    let found = table.index.search(&query, top);
    let id = |row: usize| table.ids.get(row).cloned();
    let candidates: Vec<Value> =
        found.candidates.iter().map(|c| json!({"id": id(c.row), "score": c.score})).collect();
    Ok(json!({"answer": found.answer.and_then(id), "score": found.score, "candidates": candidates}))
}

fn row(entry: &Value) -> Row {
    let list = |key: &str| entry.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    Row {
        id: text(entry, "id"),
        ask: strings(list("ask")),
        vectors: list("vectors").iter().map(vector).collect(),
    }
}

fn options(options: &Value) -> Options {
    let defaults = Options::default();
    let groups = options.get("synonyms").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut read = Options {
        threshold: match options.get("threshold").and_then(Value::as_str) {
            Some("strict") => Threshold::Strict,
            Some("eager") => Threshold::Eager,
            _ => defaults.threshold,
        },
        synonyms: groups.iter().filter_map(Value::as_array).map(|group| strings(group)).collect(),
        concepts: options.get("concepts").and_then(Value::as_bool).unwrap_or(defaults.concepts),
        ..defaults
    };
    // For the table of ablations: `{"without": ["typos"]}`.
    let without = options.get("without").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let parts = &mut read.ingredients;
    for name in without.iter().filter_map(Value::as_str) {
        match name {
            "grams" => parts.grams = false,
            "typos" => parts.typos = false,
            "layout" => parts.layout = false,
            "kindred" => parts.kindred = false,
            "unknown" => parts.unknown = false,
            "centroid" => parts.centroid = false,
            "head" => parts.head = false,
            "stories" => parts.stories = false,
            _ => read.concepts = false,
        }
    }
    read
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn strings(list: &[Value]) -> Vec<String> {
    list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn vector(value: &Value) -> Vec<i8> {
    let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(Value::as_i64).filter_map(|value| i8::try_from(value).ok()).collect()
}
