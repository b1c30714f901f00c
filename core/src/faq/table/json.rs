//! Tables as JSON: an array of objects whose keys are the names of columns.

use super::cells::Place;
use super::columns::Column;
use super::{Collected, Draft};
use crate::document::whole;
use crate::text::Lang;
use serde_json::Value;

pub(super) fn read(name: &str, text: &str, collected: &mut Collected) {
    let rows: Vec<Value> = match serde_json::from_str(&whole(text)) {
        Ok(rows) => rows,
        Err(error) => {
            let place = Place { line: error.line() as u32, column: error.column() as u32 };
            return collected.fail(name.to_owned(), Some(place), "not a JSON array of objects");
        }
    };
    for (number, row) in (0u32..).zip(&rows) {
        let path = format!("{name}[{number}]");
        let Some(object) = row.as_object() else {
            collected.fail(path, None, "expected an object with `ask` and `say`");
            continue;
        };
        let faults = collected.errors.len();
        let mut draft = Draft::default();
        draft.row.line = number;
        for (key, value) in object {
            let at = format!("{path}.{key}");
            match Column::named(key) {
                None if collected.ignored.contains(key) => {}
                None => collected.ignored.push(key.clone()),
                Some(column) => set(&mut draft, column, value, at, collected),
            }
        }
        for (column, missing) in
            [(Column::Ask, draft.row.ask.is_empty()), (Column::Say(None), draft.row.say.is_empty())]
        {
            if missing && collected.errors.len() == faults {
                collected.fail(format!("{path}.{}", column.canonical()), None, "is missing or empty");
            }
        }
        if collected.errors.len() == faults {
            collected.take(draft, &path, None);
        }
    }
}

fn set(draft: &mut Draft, column: Column, value: &Value, path: String, collected: &mut Collected) {
    match (column, value) {
        (_, Value::Null) => {}
        // A text of JSON is taken whole: its author can write a list.
        (Column::Ask | Column::Variants, Value::String(text)) => draft.row.ask.push(text.clone()),
        (Column::Say(None), Value::Object(by_language)) => {
            for (code, text) in by_language {
                match (Lang::from_code(code), text) {
                    (Some(language), Value::String(text)) => {
                        draft.row.say.insert(Some(language), text.clone());
                    }
                    (None, _) => {
                        collected.fail(format!("{path}.{code}"), None, super::unknown_language(code))
                    }
                    (_, other) => collected.fail(format!("{path}.{code}"), None, expected("a text", other)),
                }
            }
        }
        (_, Value::String(text)) => {
            if let Err(message) = draft.set(column, text) {
                collected.fail(path, None, message);
            }
        }
        (Column::Id, Value::Number(number)) => {
            draft.row.id = number.to_string();
            draft.has_id = true;
        }
        (Column::Ask | Column::Variants | Column::Buttons | Column::Tags, Value::Array(parts)) => {
            for (at, part) in parts.iter().enumerate() {
                match (part, column) {
                    (Value::String(text), Column::Buttons) => draft.row.buttons.push(text.clone()),
                    (Value::String(text), Column::Tags) => draft.row.tags.push(text.clone()),
                    (Value::String(text), _) => draft.row.ask.push(text.clone()),
                    (other, _) => collected.fail(format!("{path}[{at}]"), None, expected("a text", other)),
                }
            }
        }
        (_, other) => collected.fail(path, None, expected("a text", other)),
    }
}

fn expected(what: &str, found: &Value) -> String {
    format!("expected {what}, found `{found}`")
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use crate::text::Lang;

    #[test]
    fn reads_an_array_of_objects() {
        let text = r#"[{"id": 7, "ask": ["Где вы?", "Адрес"], "say": {"ru": "Тут", "en": "Here"}, "x": 1},
            {"вопрос": "Есть чай?", "ответ": "Да", "buttons": ["Меню"]}]"#;
        let table = read("faq.json", text).unwrap();
        assert_eq!(table.ignored, ["x"]);
        assert_eq!((table.rows[0].id.as_str(), table.rows[0].ask.len()), ("7", 2));
        assert_eq!(table.rows[0].say[&Some(Lang::En)], "Here");
        assert_eq!(table.rows[1].buttons, ["Меню"]);
    }

    #[test]
    fn names_every_faulty_value() {
        let text = r#"[{"ask": ["a", 5], "say": "b"}, {"ask": "a"}, 3, {"ask": "a", "say": {"xx": "b"}}]"#;
        let errors = read("faq.json", text).unwrap_err();
        let paths: Vec<_> = errors.iter().map(|e| e.path.as_str()).collect();
        assert_eq!(paths, ["faq.json[0].ask[1]", "faq.json[1].say", "faq.json[2]", "faq.json[3].say.xx"]);
        assert_eq!(read("faq.json", "[{").unwrap_err()[0].line, Some(1));
    }
}
