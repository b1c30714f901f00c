//! Whatever comes: no panic, the same bytes, ids to the digit.

use super::*;
use proptest::prelude::*;

/// Any JSON, built of the keys that codecs look for.
fn any_json() -> impl Strategy<Value = Value> {
    let key = proptest::sample::select(vec![
        "id",
        "event",
        "data",
        "auth",
        "account",
        "message",
        "add",
        "leads",
        "status",
        "chat",
        "user",
        "text",
        "bot",
        "DATA",
        "FIELDS",
        "ID",
        "result",
        "item",
        "error",
        "ok",
        "_embedded",
        "request_id",
        "merged",
        "return_url",
        "chat_id",
        "author",
        "type",
        "command",
        "connector",
        "ts",
        "validation-errors",
        "errors",
        "parameters",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[a-zа-я0-9 /\\[\\]=&%]{0,12}".prop_map(Value::from),
        proptest::sample::select(vec![
            "ONIMBOTV2MESSAGEADD",
            "ONOPENLINEMESSAGEADD",
            "ONIMBOTV2COMMANDADD",
            "ONCRMLEADUPDATE",
            "outgoing",
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 48, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((key.clone(), inner), 0..6).prop_map(|pairs| {
                Value::Object(pairs.into_iter().map(|(k, v)| (k.to_string(), v)).collect())
            }),
        ]
    })
}

fn kind() -> impl Strategy<Value = TargetKind> {
    proptest::sample::select(TargetKind::ALL.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_payload_is_read_or_refused(kind in kind(), payload in any_json(), status in any::<i64>()) {
        let _ = try_decode(kind, &payload, &json!({}));
        let _ = try_decode(kind, &payload, &payload);
        let text = json!(payload.to_string());
        let options = json!({"effect": "1.1", "status": status});
        let read = |payload: &Value| Node::from_json(&options.to_string())
            .and_then(|o| crm::decode(kind, &node(payload), &o));
        if status.unsigned_abs() < 1 << 53 {
            let answer = read(&payload).unwrap();
            prop_assert_eq!(answer.events().count(), 1, "an answer is a result, whatever it is");
            prop_assert_eq!(&read(&payload).unwrap(), &answer);
            prop_assert_eq!(read(&text).unwrap().events().count(), 1);
        }
    }

    #[test]
    fn any_options_are_read_or_refused(kind in kind(), options in any_json(), text in "\\PC{0,60}") {
        let effects = json!([lead(kind.as_str()), note(kind.as_str(), &text), status(&text), handoff(json!({"target": kind.as_str(), "stage": text}))]);
        let _ = try_encode(kind, &effects, &options);
    }

    #[test]
    fn any_text_is_written_and_fits(kind in kind(), text in "(\\PC|\\n){0,300}", count in 0_usize..40) {
        let text = text.repeat(count);
        let name = kind.as_str();
        let effects = json!([
            with(lead(name), json!({"title": text, "fields": {"phone": text, "other": text}, "chat_url": text})),
            note(name, &text), update(name, json!({"name": text}), json!({name: text})), reply(&text, json!([])),
        ]);
        let options = match kind {
            TargetKind::TelegramAdmin => json!({"chat_id": 1}),
            TargetKind::Email => json!({"to": "a@b.ru"}),
            TargetKind::Bitrix24 => json!({"lead_id": 1, "bot_id": 1, "dialog_id": "chat5"}),
            TargetKind::Kommo => json!({"lead_id": 1, "return_url": "https://a.kommo.com/"}),
            TargetKind::Webhook => json!({}),
        };
        let encoded = encode(kind, effects.clone(), options.clone());
        prop_assert_eq!(&encode(kind, effects, options), &encoded);
        for payload in encoded["payloads"].as_array().unwrap() {
            let units = |value: &Value| value.as_str().map_or(0, |t| t.encode_utf16().count());
            match kind {
                TargetKind::TelegramAdmin => prop_assert!(units(&payload["text"]) <= 4096),
                TargetKind::Email => prop_assert!(!payload["subject"].as_str().unwrap().contains(['\n', '\r'])),
                _ => {}
            }
        }
    }

    #[test]
    fn an_id_keeps_every_digit(id in 0_u64..=u64::MAX) {
        let text = json!(format!(r#"[{{"id": {id}, "merged": false}}]"#));
        let event = result(TargetKind::Kommo, text, json!({"effect": "1.1", "status": 200}));
        prop_assert_eq!(&event["data"]["id"], &json!(id.to_string()));
        let text = json!(format!(r#"{{"result": {{"item": {{"id": {id}}}}}}}"#));
        let event = result(TargetKind::Bitrix24, text, json!({"effect": "1.1", "status": 200}));
        prop_assert_eq!(&event["data"]["id"], &json!(id.to_string()));
    }
}
