//! Malformed, empty, huge and strange payloads: a clear error or no event, never a panic, never a lost digit.

use super::{anyone, changes, event, node, read, refusal, reply, try_decode, written};
use frontdesk::Event;
use frontdesk::channels::{Channel, decode};
use frontdesk::document::Node;
use frontdesk::error::Code;
use frontdesk::limits;
use proptest::prelude::*;
use serde_json::{Value, json};

#[test]
fn what_is_none_of_a_vendors_payloads_is_refused() {
    for (channel, _) in Channel::NAMES {
        let strange = json!({"hello": "world"});
        let code = refusal(channel, &strange).0;
        assert!(matches!(code, Code::PayloadInvalid | Code::MissingKey), "{channel}: {code}");
        for wrong in
            [json!({}), json!([]), json!(null), json!(7), json!(""), json!("hello"), json!("{"), json!("a=%")]
        {
            assert!(try_decode(channel, &wrong, &json!({})).is_err(), "{channel}: {wrong}");
        }
    }
}

#[test]
fn what_is_wrong_inside_is_named_with_its_path() {
    let message = |more: Value| json!({"update_id": 1, "message": more});
    for (channel, payload, code, path) in [
        ("telegram", message(json!({"message_id": 5})), Code::MissingKey, "payload.message"),
        (
            "telegram",
            message(json!({"chat": {"id": {}}, "from": {}})),
            Code::WrongType,
            "payload.message.chat.id",
        ),
        (
            "whatsapp",
            json!({"object": "whatsapp_business_account", "entry": {}}),
            Code::WrongType,
            "payload.entry",
        ),
        (
            "whatsapp",
            json!({"object": "whatsapp_business_account", "entry": [{"changes": [{"field": "messages", "value": {"messages": [{"from": "1"}]}}]}]}),
            Code::MissingKey,
            "payload.entry[0].changes[0].value.messages[0]",
        ),
        (
            "messenger",
            json!({"object": "page", "entry": [{"messaging": [{"sender": {"id": 7}}]}]}),
            Code::MissingKey,
            "payload.entry[0].messaging[0]",
        ),
        ("viber", json!({"event": "message", "sender": {"id": "a"}}), Code::MissingKey, "payload"),
        ("manychat", json!({"id": [1]}), Code::WrongType, "payload.id"),
        ("smartsender", json!({"userId": 7, "text": 5, "messageId": 1}), Code::WrongType, "payload.text"),
    ] {
        assert_eq!(refusal(channel, &payload), (code, path.to_string()), "{channel}");
    }
    let error = try_decode("telegram", &json!({"update_id": 1}), &json!({"acount": "a"})).unwrap_err();
    assert_eq!((error.code, error.path.as_str()), (Code::UnknownKey, "options.acount"));
    assert_eq!(error.hint.as_deref(), Some("did you mean `account`?"));
}

#[test]
fn what_only_the_host_knows_is_left_to_it_by_name() {
    let lacking = |channel, options| changes(&written(channel, &[reply("Да", &[])], &options));
    for (channel, key) in
        [("telegram", "chat_id"), ("whatsapp", "to"), ("messenger", "recipient"), ("instagram", "recipient")]
    {
        assert_eq!(lacking(channel, json!({})), [format!("option_missing {key} 0 1")], "{channel}");
        let told = json!({"key": {"channel": channel, "account": "main", "user": "77"}});
        assert_eq!(lacking(channel, told), [""; 0], "{channel}");
    }
    assert_eq!(lacking("viber", json!({})), ["option_missing receiver 0 1", "option_missing sender 0 1"]);
    assert_eq!(
        lacking("smartsender", json!({"form": "send"})),
        ["option_missing options.to 0 1", "option_missing watermark 0 1"]
    );
    for channel in ["manychat", "smartsender", "web", "webhook"] {
        assert_eq!(lacking(channel, json!({})), [""; 0], "{channel}");
    }
}

#[test]
fn a_message_has_a_bound() {
    let said = |bytes: usize| json!({"update_id": 1, "message": {"message_id": 5, "chat": {"id": 7}, "from": {"id": 7}, "text": "a".repeat(bytes)}});
    assert_eq!(read("telegram", &said(limits::MESSAGE_BYTES))["events"].as_array().unwrap().len(), 1);
    assert_eq!(
        refusal("telegram", &said(limits::MESSAGE_BYTES + 1)),
        (Code::Limit, "payload.message.text".to_string())
    );
}

#[test]
fn a_payload_has_a_bound() {
    let message =
        |n: usize| json!({"from": "1", "id": format!("m{n}"), "type": "text", "text": {"body": "а"}});
    let batch = |n: usize| json!({"object": "whatsapp_business_account", "entry": [{"changes": [{"field": "messages", "value": {"messages": (0..n).map(message).collect::<Vec<_>>()}}]}]});
    assert_eq!(
        read("whatsapp", &batch(limits::PAYLOAD_EVENTS))["events"].as_array().unwrap().len(),
        limits::PAYLOAD_EVENTS
    );
    assert_eq!(refusal("whatsapp", &batch(limits::PAYLOAD_EVENTS + 1)), (Code::Limit, "payload".to_string()));
    let text = |bytes: usize| json!(format!("{{\"update_id\":1{}}}", " ".repeat(bytes - 15)));
    assert_eq!(read("telegram", &text(limits::PAYLOAD_BYTES))["ignored"], "update");
    assert_eq!(refusal("telegram", &text(limits::PAYLOAD_BYTES + 1)).0, Code::Limit);
}

#[test]
fn keys_may_come_in_any_order_and_be_the_vendors_own() {
    let one = r#"{"update_id":1,"message":{"message_id":5,"text":"а","from":{"id":7},"chat":{"id":7,"type":"private"},"date":5}}"#;
    let other = r#"{"message":{"date":5,"chat":{"type":"private","id":7,"new":[1.5]},"from":{"id":7},"text":"а","message_id":5},"new":{},"update_id":1}"#;
    assert_eq!(read("telegram", &json!(one)), read("telegram", &json!(other)));
}

#[test]
fn a_form_is_read_like_json() {
    let form = "userId=7&messageId=9&text=%D0%9F%D1%80%D0%B8%D0%B2%D0%B5%D1%82&name=";
    let json = json!({"userId": "7", "messageId": "9", "text": "Привет"});
    assert_eq!(read("smartsender", &json!(form)), read("smartsender", &json));
}

#[test]
fn a_hostile_message_beside_good_ones_is_named() {
    let long = "б".repeat(limits::CONTACT_BYTES);
    let named = json!({"update_id": 1, "message": {"message_id": 5, "chat": {"id": 7}, "from": {"id": 7, "first_name": long}, "text": "а"}});
    assert_eq!(event("telegram", &named)["contact"]["name"], Value::Null);
    let many: Vec<Value> =
        (0..40).map(|n| json!({"type": "image", "payload": {"url": format!("https://x/{n}")}})).collect();
    let album = json!({"object": "page", "entry": [{"messaging": [{"sender": {"id": 1}, "recipient": {"id": 2}, "message": {"mid": "m", "attachments": many}}]}]});
    let album = read("messenger", &album);
    assert_eq!(album["events"][0]["attachments"].as_array().unwrap().len(), limits::ATTACHMENTS);
    assert_eq!(album["ignored"], "attachments beyond the bound");
}

/// Words of vendors' payloads, so that random documents get deep into the readers.
fn key() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "update_id",
        "message",
        "message_id",
        "chat",
        "id",
        "type",
        "from",
        "text",
        "callback_query",
        "data",
        "object",
        "entry",
        "changes",
        "field",
        "value",
        "messages",
        "messaging",
        "standby",
        "sender",
        "recipient",
        "mid",
        "is_echo",
        "postback",
        "payload",
        "event",
        "message_token",
        "user",
        "userId",
        "messageId",
        "contact",
        "key",
        "kind",
        "channel",
        "account",
        "last_input_text",
        "interactive",
        "button_reply",
        "reply_markup",
        "inline_keyboard",
        "photo",
        "location",
        "media",
    ])
    .prop_map(str::to_string)
}

fn document() -> impl Strategy<Value = Value> {
    let word = prop::sample::select(vec![
        "whatsapp_business_account",
        "page",
        "instagram",
        "messages",
        "standby",
        "text",
        "message",
        "conversation_started",
        "interactive",
        "private",
        "~1",
        "/start a",
        "fact",
        "",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word.prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 48, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map(key(), inner, 0..6).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_document_gives_events_that_a_step_takes_or_an_error(payload in document()) {
        for (_, channel) in Channel::NAMES {
            let none = Node::from_json("{}").unwrap();
            if let Ok(decoded) = decode(*channel, &node(&payload), &none) {
                for event in decoded.events() {
                    let written = serde_json::to_string(event).unwrap();
                    prop_assert!(Event::from_json(&written).is_ok(), "{}", written);
                }
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,60}") {
        for (_, channel) in Channel::NAMES {
            let _ = decode(*channel, &node(&json!(text)), &node(&json!({})));
        }
    }

    #[test]
    fn an_id_keeps_its_digits(digits in "[1-9][0-9]{0,30}") {
        let viber = format!(r#"{{"event":"message","message_token":{digits},"sender":{{"id":"a"}},"message":{{"type":"text","text":"а"}}}}"#);
        prop_assert_eq!(&read("viber", &json!(viber))["events"][0]["id"], &json!(digits));
        let telegram = format!(r#"{{"update_id":1,"message":{{"message_id":{digits},"chat":{{"id":{digits}}},"from":{{"id":{digits}}},"text":"а"}}}}"#);
        let read = read("telegram", &json!(telegram));
        prop_assert_eq!(&read["key"]["user"], &json!(digits));
        prop_assert_eq!(&read["events"][0]["id"], &json!(format!("m{digits}")));
    }

    #[test]
    fn any_reply_can_be_written(text in "\\PC{1,80}", titles in prop::collection::vec("\\PC{0,40}", 0..30)) {
        let buttons: Vec<(&str, &str)> = titles.iter().map(|t| (t.as_str(), t.as_str())).collect();
        for (name, _) in Channel::NAMES {
            let encoded = written(name, &[reply(&text, &buttons)], &anyone());
            prop_assert_eq!(encoded.payloads.len(), encoded.requests.len());
        }
    }
}
