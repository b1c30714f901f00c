//! Free data of the host's: JSON whose numbers are whole.
//!
//! `serde_json` could write it too, with the code and the tables that write a fraction: 12 KB in a page, for what the
//! contract refuses.

use super::{Node, written};
use serde::{Serialize, Serializer};
use serde_json::{Number, Value as Json};
use std::collections::BTreeMap;

/// Whether no number in it has a fraction, or is too large for one.
pub(crate) fn is_whole(data: &Json) -> bool {
    match data {
        Json::Number(number) => !number.is_f64(),
        Json::Array(items) => items.iter().all(is_whole),
        Json::Object(entries) => entries.values().all(is_whole),
        Json::Null | Json::Bool(_) | Json::String(_) => true,
    }
}

/// A number as it is written; one with a fraction is nothing.
pub(crate) fn digits(number: &Number) -> Option<String> {
    let signed = number.as_i64().map(|number| number.to_string());
    signed.or_else(|| number.as_u64().map(|number| number.to_string()))
}

/// A value as data. `serde_json` could make it too, with its whole reader of JSON in a page, for texts in texts.
pub(crate) fn of(value: &impl Serialize) -> Json {
    Node::from_stored_json(&written(value)).map_or(Json::Null, |node| node.to_json())
}

/// Writes data, for `serialize_with`.
pub(crate) fn write<S: Serializer>(data: &Json, out: S) -> Result<S::Ok, S::Error> {
    Whole(data).serialize(out)
}

/// Writes data that may be absent.
pub(crate) fn write_some<S: Serializer>(data: &Option<Json>, out: S) -> Result<S::Ok, S::Error> {
    data.as_ref().map(Whole).serialize(out)
}

/// Writes data by their names.
pub(crate) fn write_named<S: Serializer>(data: &BTreeMap<String, Json>, out: S) -> Result<S::Ok, S::Error> {
    out.collect_map(data.iter().map(|(name, data)| (name, Whole(data))))
}

struct Whole<'d>(&'d Json);

impl Serialize for Whole<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Json::Null => out.serialize_unit(),
            Json::Bool(yes) => out.serialize_bool(*yes),
            Json::Number(number) => match (number.as_i64(), number.as_u64()) {
                (Some(number), _) => out.serialize_i64(number),
                (None, Some(number)) => out.serialize_u64(number),
                (None, None) => out.serialize_unit(),
            },
            Json::String(text) => out.serialize_str(text),
            Json::Array(items) => out.collect_seq(items.iter().map(Whole)),
            Json::Object(entries) => out.collect_map(entries.iter().map(|(key, data)| (key, Whole(data)))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn whole_data_are_written_as_serde_json_writes_them() {
        let data = json!({"a": [1, -2, u64::MAX, null, true, "я\"\n"], "b": {"c": {}, "d": []}});
        assert!(is_whole(&data));
        assert_eq!(serde_json::to_string(&Whole(&data)).unwrap(), data.to_string());
        let part = json!({"a": [0.5]});
        assert!(!is_whole(&part));
        assert_eq!(serde_json::to_string(&Whole(&part)).unwrap(), r#"{"a":[null]}"#);
        assert_eq!(
            [json!(-7), json!(1.5)].map(|n| n.as_number().and_then(digits)),
            [Some("-7".into()), None]
        );
    }
}
