//! Events that cannot be understood: one clear error with code and path.

use frontdesk::dialog::{Contact, Event};
use frontdesk::document::Node;

#[test]
fn bad_events_are_refused_with_code_and_path() {
    let deep =
        format!(r#"{{"id":"1","kind":"fact","name":"a","data":{}1{}}}"#, "[".repeat(100), "]".repeat(100));
    let many = format!(
        r#"{{"id":"1","kind":"message","attachments":[{}]}}"#,
        vec![r#"{"kind":"photo"}"#; 33].join(",")
    );
    for (text, code, path) in [
        ("", "syntax_invalid", ""),
        ("null", "wrong_type", ""),
        ("[]", "wrong_type", ""),
        (r#"{"id":"","kind":"message"}"#, "empty", "id"),
        (r#"{"id":"1"}"#, "missing_key", ""),
        (r#"{"id":"1","kind":"operator"}"#, "missing_key", ""),
        (r#"{"id":"1","kind":"operator","action":"gone"}"#, "unknown_value", "action"),
        (r#"{"id":"1","kind":"control","action":"reset"}"#, "unknown_value", "action"),
        (r#"{"id":"1","kind":"result","effect":"1.1"}"#, "missing_key", ""),
        (r#"{"id":"1","kind":"result","effect":"1.1","ok":"yes"}"#, "wrong_type", "ok"),
        (r#"{"id":"1","kind":"fact","name":"a","data":{"x":1.5}}"#, "number_refused", "data.x"),
        (r#"{"id":"1","kind":"fact","name":"a","data":{"x":1e3}}"#, "number_refused", "data.x"),
        (r#"{"id":"1","kind":"fact","name":"a","data":{"x":9007199254740992}}"#, "number_refused", "data.x"),
        (r#"{"id":"1","kind":"fact","name":"a","data":{"x":-9007199254740992}}"#, "number_refused", "data.x"),
        (
            r#"{"id":"1","kind":"fact","name":"a","data":{"x":[{"y":1,"y":2}]}}"#,
            "duplicate_key",
            "data.x[0].y",
        ),
        (r#"{"id":"1","kind":"message","text":"a","text":"b"}"#, "duplicate_key", "text"),
        (
            r#"{"id":"1","kind":"message","attachments":[{"kind":"photo","url":"x"}]}"#,
            "unknown_key",
            "attachments[0].url",
        ),
        (r#"{"id":"1","kind":"message","contact":{"source":"fax"}}"#, "unknown_value", "contact.source"),
        (r#"{"id":"1","kind":"message","vector":[1,2,300]}"#, "unknown_value", "vector[2]"),
        (r#"{"id":"1","kind":"message","at":5}"#, "wrong_type", "at"),
        (r#"{"id":"1","kind":"message","of":"2"}"#, "unknown_key", "of"),
        (r#"{"id":5,"kind":"message"}"#, "wrong_type", "id"),
        (&deep, "limit", ""),
        (&many, "limit", ""),
    ] {
        let error = Event::from_json(text).expect_err(text);
        assert_eq!((error.code.as_str(), error.path.as_str()), (code, path), "{text}: {error}");
        assert!(!error.message.is_empty() && !error.message.ends_with('.'), "{error}");
    }
}

#[test]
fn bad_the_largest_whole_number_is_taken() {
    let text = r#"{"id":"1","kind":"fact","name":"a","data":{"x":9007199254740991,"y":-9007199254740991}}"#;
    assert!(Event::from_json(text).is_ok());
}

#[test]
fn bad_contacts_are_refused_by_path() {
    let read = |text: &str| Contact::from_node(&Node::from_json(text).expect("json")).unwrap_err();
    let error = read(r#"{"utm":{"term":5}}"#);
    assert_eq!((error.code.as_str(), error.path.as_str()), ("wrong_type", "utm.term"));
    assert_eq!(read(r#"{"phon":"1"}"#).hint.as_deref(), Some("did you mean `phone`?"));
}
