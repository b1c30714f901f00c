//! Op `words`.
use crate::Answer;
use frontdesk::text::{TokenKind, fold_word, forms, tokens};
use serde_json::{Value, json};

/// Single words only: every form of each.
pub(crate) fn words(case: &Value) -> Answer {
    let text = case.get("text").and_then(Value::as_str).unwrap_or_default();
    let listed = case.get("words").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let lists: Vec<_> = listed.map(|word| (word, forms::expand(word))).collect();
    let mut hits = Vec::new();
    for token in tokens(text).filter(|token| token.kind != TokenKind::Sign) {
        let folded = fold_word(token.text);
        for (word, _) in lists.iter().filter(|(_, forms)| forms.contains(&folded)) {
            let span = token.span.in_code_points(text);
            hits.push(json!({"word": word, "start": span.start, "end": span.end}));
        }
    }
    Ok(json!({ "hits": hits }))
}
