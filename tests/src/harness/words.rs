//! Op `words`.
use crate::Answer;
use serde_json::{Value, json};

pub(crate) fn words(_case: &Value) -> Answer {
    Ok(json!({"hits": []}))
}
