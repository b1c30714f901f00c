//! Op `words`.

use crate::Answer;
use frontdesk::bot::words::Lexicon;
use frontdesk::text::Ruler;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A word list as an author writes it, found in a text.
pub(crate) fn words(case: &Value) -> Answer {
    const LIST: &str = "own";
    let text = case.get("text").and_then(Value::as_str).unwrap_or_default();
    let listed = case.get("words").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let words: Vec<String> = listed.map(str::to_string).collect();
    let lexicon = if words.iter().any(|word| word.starts_with('@')) {
        Lexicon::new(&BTreeMap::from([(LIST.to_string(), words)]))
    } else {
        Lexicon::single(LIST, &words)
    };
    let reading = lexicon.read(text, &[]);
    let ruler = Ruler::code_points(text);
    let hit = |hit: &frontdesk::bot::words::Hit<'_>| {
        let span = ruler.place(hit.span);
        json!({"word": hit.word, "start": span.start, "end": span.end})
    };
    let hits: Vec<Value> = lexicon.hits(LIST, &reading).iter().map(hit).collect();
    Ok(json!({ "hits": hits }))
}
