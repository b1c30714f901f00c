//! What each channel reads.

use super::{event, read, refusal, try_decode};
use frontdesk::error::Code;
use serde_json::{Value, json};

fn telegram(message: &Value) -> Value {
    let mut whole = json!({
        "message_id": 5, "date": 1_763_712_000, "chat": {"id": 77, "type": "private"},
        "from": {"id": 77, "is_bot": false, "first_name": "Иван", "last_name": "П", "username": "ivan", "language_code": "ru"},
    });
    whole.as_object_mut().unwrap().extend(message.as_object().unwrap().clone());
    json!({"update_id": 1, "message": whole})
}

#[test]
fn manychat_tells_the_text_the_contact_and_the_campaign() {
    let payload = json!({
        "id": "13245647000000001", "page_id": "234564657000000001", "first_name": "Иван", "name": "Иван П",
        "locale": "ru_RU", "live_chat_url": "https://manychat.com/fb2345/chat/1324", "last_growth_tool": null,
        "last_input_text": "Сколько стоит?", "last_interaction": "2018-07-02T00:00:00+00:00",
        "custom_fields": {"utm_source": "ig", "size": 4},
    });
    let read = try_decode("manychat", &payload, &json!({"channel": "instagram"})).unwrap();
    assert_eq!(
        read["key"],
        json!({"channel": "instagram", "account": "234564657000000001", "user": "13245647000000001"})
    );
    let event = &read["events"][0];
    assert_eq!(event["text"], "Сколько стоит?");
    assert_eq!(event["at"], "2018-07-02T00:00:00.000Z");
    assert_eq!(
        event["contact"],
        json!({"name": "Иван П", "language": "ru_RU", "chat_url": "https://manychat.com/fb2345/chat/1324", "utm": {"source": "ig"}})
    );
    // A number that ManyChat knows is none that the client gave here.
    let mut known = payload.clone();
    known["phone"] = json!("+7 999 123-45-67");
    assert_eq!(super::event("manychat", &known)["contact"]["phone"], Value::Null);
    let told = try_decode("manychat", &known, &json!({"contact_from_channel": true})).unwrap();
    assert_eq!(told["events"][0]["contact"]["phone"], "+79991234567");
    // A request that is repeated has the same id, the same words a minute later another one.
    assert_eq!(super::event("manychat", &payload)["id"], event["id"]);
    let mut later = payload.clone();
    later["last_interaction"] = json!("2018-07-02T00:01:00+00:00");
    assert_ne!(super::event("manychat", &later)["id"], event["id"]);
}

#[test]
fn manychat_tells_a_press_in_a_wrapper_of_ours() {
    let person = json!({"id": 13_245_647_000_000_001_i64, "last_interaction": "2018-07-02T00:00:00Z", "last_input_text": "Привет"});
    let pressed = event("manychat", &json!({"contact": person, "button": "move", "id": "e-1"}));
    assert_eq!(
        (&pressed["button"], &pressed["id"], &pressed["text"]),
        (&json!("move"), &json!("e-1"), &Value::Null)
    );
}

#[test]
fn smartsender_needs_something_that_tells_two_messages_apart() {
    let payload =
        json!({"userId": 7, "text": "да", "time": "1763712000", "name": "Ольга", "utm_campaign": "весна"});
    let read = event("smartsender", &payload);
    assert_eq!((&read["text"], &read["at"]), (&json!("да"), &json!("2025-11-21T08:00:00.000Z")));
    assert_eq!(read["contact"], json!({"name": "Ольга", "utm": {"campaign": "весна"}}));
    let bare = json!({"userId": 7, "text": "да"});
    let error = try_decode("smartsender", &bare, &json!({})).unwrap_err();
    assert_eq!((error.code, error.path.as_str()), (Code::MissingKey, "payload"));
    assert!(error.hint.unwrap().contains("messageId"));
    let operator =
        event("smartsender", &json!({"userId": 7, "text": "Отвечу", "messageId": 9, "operator": true}));
    assert_eq!((&operator["kind"], &operator["id"]), (&json!("operator"), &json!("9")));
}

#[test]
fn telegram_tells_texts_and_who_wrote_them() {
    let read = read("telegram", &telegram(&json!({"text": "Привет"})));
    assert_eq!(read["key"], json!({"channel": "telegram", "account": "", "user": "77"}));
    let contact = json!({"name": "Иван П", "language": "ru", "chat_url": "https://t.me/ivan"});
    let expected = json!({
        "id": "m5", "at": "2025-11-21T08:00:00.000Z", "kind": "message", "text": "Привет", "contact": contact,
    });
    assert_eq!(read["events"], json!([expected]));
}

#[test]
fn telegram_tells_a_start_with_the_payload_of_its_link() {
    let read = read("telegram", &telegram(&json!({"text": "/start utm_source=ig&utm_campaign=spring"})));
    let fact = &read["events"][0];
    assert_eq!((&fact["kind"], &fact["name"]), (&json!("fact"), &json!("started")));
    assert_eq!(fact["data"], json!({"entry": "utm_source=ig&utm_campaign=spring"}));
    assert_eq!(read["contact"]["utm"], json!({"source": "ig", "campaign": "spring"}));
    assert_eq!(read["contact"]["name"], "Иван П");
    let plain = event("telegram", &telegram(&json!({"text": "/start"})));
    assert_eq!((&plain["name"], &plain["data"]), (&json!("started"), &Value::Null));
    assert_eq!(event("telegram", &telegram(&json!({"text": "/started"})))["text"], "/started");
}

#[test]
fn telegram_trusts_only_the_clients_own_card() {
    let card = |user: i64| telegram(&json!({"contact": {"phone_number": "79001234567", "user_id": user}}));
    let own = event("telegram", &card(77));
    assert_eq!((&own["text"], &own["contact"]["phone"]), (&json!("+79001234567"), &json!("+79001234567")));
    let anothers = event("telegram", &card(78));
    assert_eq!((&anothers["text"], &anothers["contact"]["phone"]), (&Value::Null, &Value::Null));
    assert_eq!(anothers["attachments"], json!([{"kind": "contact"}]));
}

#[test]
fn telegram_tells_what_was_sent_edited_and_deleted() {
    let photo = telegram(&json!({"photo": [{"file_id": "s"}, {"file_id": "l"}], "caption": "вот"}));
    let sent = event("telegram", &photo);
    assert_eq!(
        (&sent["text"], &sent["attachments"]),
        (&json!("вот"), &json!([{"kind": "photo", "ref": "l"}]))
    );
    let place = r#"{"update_id": 1, "message": {"message_id": 5, "chat": {"id": 77}, "from": {"id": 77}, "location": {"latitude": 50.45, "longitude": 30.52}}}"#;
    let channel = frontdesk::channels::Channel::Telegram;
    let none = frontdesk::document::Node::from_json("{}").unwrap();
    let place =
        frontdesk::channels::decode(channel, &frontdesk::document::Node::from_json(place).unwrap(), &none);
    assert!(
        serde_json::to_string(&place.unwrap())
            .unwrap()
            .contains(r#"{"kind":"location","ref":"50.45,30.52"}"#)
    );
    // C24: an edit names the message that it changes, and is an event of its own.
    let mut edit = telegram(&json!({"text": "8 900 123-45-67", "edit_date": 1_763_712_060}));
    edit["update_id"] = json!(8);
    edit["edited_message"] = edit["message"].take();
    let edited = event("telegram", &edit);
    assert_eq!((&edited["id"], &edited["edited"]), (&json!("u8"), &json!("m5")));
    let gone = json!({"update_id": 9, "deleted_business_messages": {"business_connection_id": "c", "chat": {"id": 77, "type": "private"}, "message_ids": [5, 6]}});
    let gone = read("telegram", &gone);
    assert_eq!(
        gone["events"],
        json!([{"id": "u9.0", "kind": "deleted", "of": "m5"}, {"id": "u9.1", "kind": "deleted", "of": "m6"}])
    );
    assert_eq!(gone["reply"], json!({"business_connection_id": "c"}));
}

#[test]
fn telegram_hears_the_human_of_a_business_account() {
    let business = |from: i64, more: Value| {
        let mut update = telegram(&more);
        update["message"]["from"]["id"] = json!(from);
        update["message"]["business_connection_id"] = json!("bc");
        json!({"update_id": 1, "business_message": update["message"].take()})
    };
    let client = read("telegram", &business(77, json!({"text": "Здравствуйте"})));
    assert_eq!(client["events"][0]["kind"], "message");
    assert_eq!(client["reply"], json!({"business_connection_id": "bc"}));
    let human = read("telegram", &business(5, json!({"text": "Добрый день, это Ольга"})));
    assert_eq!(human["events"][0]["kind"], "operator");
    assert_eq!((&human["events"][0]["action"], &human["key"]["user"]), (&json!("message"), &json!("77")));
    let own = read("telegram", &business(5, json!({"text": "Запишем?", "sender_business_bot": {"id": 1}})));
    assert_eq!((&own["events"], &own["ignored"]), (&json!([]), &json!("own message")));
}

#[test]
fn telegram_passes_over_what_is_no_clients() {
    let group = json!({"update_id": 1, "message": {"message_id": 1, "chat": {"id": -5, "type": "group"}, "from": {"id": 7}, "text": "а"}});
    assert_eq!(read("telegram", &group)["ignored"], "group");
    assert_eq!(read("telegram", &telegram(&json!({"pinned_message": {}})))["ignored"], "service message");
    assert_eq!(read("telegram", &json!({"update_id": 1, "poll": {}}))["ignored"], "update");
    let blocked = json!({"update_id": 4, "my_chat_member": {"chat": {"id": 77, "type": "private"}, "date": 1_763_712_000, "new_chat_member": {"status": "kicked"}}});
    assert_eq!(event("telegram", &blocked)["name"], "unsubscribed");
}

fn whatsapp(field: &str, value: &Value) -> Value {
    let mut value = value.clone();
    value["messaging_product"] = json!("whatsapp");
    value["metadata"] = json!({"display_phone_number": "15550783881", "phone_number_id": "1065"});
    json!({"object": "whatsapp_business_account", "entry": [{"id": "1022", "changes": [{"value": value, "field": field}]}]})
}

fn sheena(message: &Value) -> Value {
    let mut message = message.clone();
    message["from"] = json!("16505551234");
    message["id"] = json!("wamid.HBg1");
    message["timestamp"] = json!("1749416383");
    whatsapp(
        "messages",
        &json!({"contacts": [{"profile": {"name": "Sheena"}, "wa_id": "16505551234"}], "messages": [message]}),
    )
}

#[test]
fn whatsapp_tells_texts_without_believing_the_number() {
    let payload = sheena(&json!({"type": "text", "text": {"body": "Здравствуйте"}}));
    let read = read("whatsapp", &payload);
    assert_eq!(read["key"], json!({"channel": "whatsapp", "account": "1065", "user": "16505551234"}));
    let event = &read["events"][0];
    assert_eq!((&event["id"], &event["text"]), (&json!("wamid.HBg1"), &json!("Здравствуйте")));
    assert_eq!(event["contact"], json!({"name": "Sheena", "chat_url": "https://wa.me/16505551234"}));
    let told = try_decode("whatsapp", &payload, &json!({"contact_from_channel": true})).unwrap();
    assert_eq!(told["events"][0]["contact"]["phone"], "+16505551234");
}

#[test]
fn whatsapp_tells_presses_files_and_advertisements() {
    for (message, key, expected) in [
        (
            json!({"type": "interactive", "interactive": {"type": "button_reply", "button_reply": {"id": "b1", "title": "Да"}}}),
            "button",
            json!("b1"),
        ),
        (
            json!({"type": "interactive", "interactive": {"type": "list_reply", "list_reply": {"id": "s7", "title": "Вт"}}}),
            "button",
            json!("s7"),
        ),
        (json!({"type": "button", "button": {"payload": "yes", "text": "Да"}}), "button", json!("yes")),
        (
            json!({"type": "image", "image": {"id": "9", "caption": "вот"}}),
            "attachments",
            json!([{"kind": "photo", "ref": "9"}]),
        ),
        (
            json!({"type": "audio", "audio": {"id": "9", "voice": true}}),
            "attachments",
            json!([{"kind": "voice", "ref": "9"}]),
        ),
        (json!({"type": "order", "order": {}}), "attachments", json!([{"kind": "order"}])),
    ] {
        assert_eq!(event("whatsapp", &sheena(&message))[key], expected);
    }
    let ad = json!({"type": "text", "text": {"body": "а"}, "referral": {"source_url": "https://fb.me/x", "source_type": "ad", "source_id": "123", "headline": "Акция"}});
    let contact = event("whatsapp", &sheena(&ad))["contact"].clone();
    assert_eq!(contact["entry"], "https://fb.me/x");
    assert_eq!(contact["utm"], json!({"source": "ad", "campaign": "123", "content": "Акция"}));
}

#[test]
fn whatsapp_hears_the_human_and_passes_over_receipts() {
    let echo = json!({"message_echoes": [{"from": "15550783881", "to": "16505551234", "id": "wamid.E", "timestamp": "1749416384", "type": "text", "text": {"body": "Сейчас отвечу"}}]});
    let heard = read("whatsapp", &whatsapp("smb_message_echoes", &echo));
    assert_eq!(heard["key"]["user"], "16505551234");
    assert_eq!(
        (&heard["events"][0]["kind"], &heard["events"][0]["text"]),
        (&json!("operator"), &json!("Сейчас отвечу"))
    );
    let statuses =
        read("whatsapp", &whatsapp("messages", &json!({"statuses": [{"id": "wamid.1", "status": "read"}]})));
    assert_eq!((&statuses["events"], &statuses["ignored"]), (&json!([]), &json!("statuses")));
    let mut standby = sheena(&json!({"type": "text", "text": {"body": "ау"}}));
    standby["entry"][0]["changes"][0]["field"] = json!("standby");
    let standby = read("whatsapp", &standby);
    assert_eq!(
        (&standby["events"][0]["action"], &standby["events"][1]["text"]),
        (&json!("joined"), &json!("ау"))
    );
}

#[test]
fn a_batch_is_told_apart_by_conversation() {
    let message = |from: &str, id: &str| json!({"from": from, "id": id, "timestamp": "1", "type": "text", "text": {"body": id}});
    let batch =
        whatsapp("messages", &json!({"messages": [message("1", "a"), message("2", "b"), message("1", "c")]}));
    let read = read("whatsapp", &batch);
    assert_eq!(read["key"], Value::Null);
    let ids = |events: &Value| {
        events.as_array().unwrap().iter().map(|e| e["id"].as_str().unwrap().to_string()).collect::<String>()
    };
    let talks = read["conversations"].as_array().unwrap();
    let talks: Vec<_> =
        talks.iter().map(|t| (t["key"]["user"].as_str().unwrap(), ids(&t["events"]))).collect();
    assert_eq!(talks, [("1", "ac".to_string()), ("2", "b".to_string())]);
    assert_eq!(read["events"].as_array().unwrap().len(), 3);
}

fn meta(list: &str, item: &Value) -> Value {
    let mut item = item.clone();
    for (key, value) in [
        ("sender", json!({"id": "7"})),
        ("recipient", json!({"id": "100"})),
        ("timestamp", json!(1_502_905_976_377_i64)),
    ] {
        if item[key].is_null() {
            item[key] = value;
        }
    }
    json!({"object": "page", "entry": [{"id": "100", "time": 1_502_905_976_963_i64, list: [item]}]})
}

#[test]
fn messenger_tells_texts_presses_and_links() {
    let said = meta("messaging", &json!({"message": {"mid": "m1", "text": "Привет"}}));
    let read = read("messenger", &said);
    assert_eq!(read["key"], json!({"channel": "messenger", "account": "100", "user": "7"}));
    assert_eq!(read["events"][0]["at"], "2017-08-16T17:52:56.377Z");
    for (item, key, expected) in [
        (
            json!({"message": {"mid": "m2", "text": "Да", "quick_reply": {"payload": "yes"}}}),
            "button",
            json!("yes"),
        ),
        (json!({"postback": {"mid": "m3", "title": "Начать", "payload": "go"}}), "button", json!("go")),
        (
            json!({"message": {"mid": "m4", "attachments": [{"type": "image", "payload": {"url": "https://x/p"}}]}}),
            "attachments",
            json!([{"kind": "photo", "ref": "https://x/p"}]),
        ),
        (json!({"message": {"mid": "m5", "is_deleted": true}}), "of", json!("m5")),
        (json!({"message_edit": {"mid": "m1", "text": "Приветик", "num_edit": 1}}), "edited", json!("m1")),
        (
            json!({"referral": {"ref": "utm_source=fb", "source": "SHORTLINK"}}),
            "data",
            json!({"entry": "utm_source=fb"}),
        ),
    ] {
        assert_eq!(event("messenger", &meta("messaging", &item))[key], expected);
    }
    assert_eq!(
        super::read("messenger", &meta("messaging", &json!({"read": {"watermark": 1}})))["ignored"],
        "receipt"
    );
}

#[test]
fn messenger_tells_a_human_from_its_own_echo() {
    let echo = |more: Value| {
        let mut message = json!({"mid": "m9", "is_echo": true, "text": "Добрый день"});
        message.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        meta("messaging", &json!({"sender": {"id": "100"}, "recipient": {"id": "7"}, "message": message}))
    };
    let human = read("messenger", &echo(json!({"app_id": 263_902_037_430_900_i64})));
    assert_eq!(
        (&human["events"][0]["kind"], &human["key"]["user"], &human["key"]["account"]),
        (&json!("operator"), &json!("7"), &json!("100"))
    );
    let own = json!({"own_app_ids": ["555"]});
    for ours in [json!({"app_id": 555}), json!({"metadata": "dlg:1.1"})] {
        let read = try_decode("messenger", &echo(ours), &own).unwrap();
        assert_eq!((&read["events"], &read["ignored"]), (&json!([]), &json!("own message")));
    }
    let standby = read("messenger", &meta("standby", &json!({"message": {"mid": "m1", "text": "ау"}})));
    assert_eq!(
        (&standby["events"][0]["action"], &standby["events"][1]["text"]),
        (&json!("joined"), &json!("ау"))
    );
    let passed = json!({"pass_thread_control": {"new_owner_app_id": "555"}});
    let back = try_decode("messenger", &meta("messaging", &passed), &own).unwrap();
    assert_eq!(back["events"][0]["action"], "left");
}

#[test]
fn viber_tells_presses_by_its_tracking_data() {
    let said = |message: Value| {
        let text = format!(
            r#"{{"event":"message","timestamp":1457764197627,"message_token":4912661846655238145,"sender":{{"id":"01234567890A=","name":"Иван","language":"ru"}},"message":{message}}}"#
        );
        json!(text)
    };
    let typed = event("viber", &said(json!({"type": "text", "text": "b1"})));
    assert_eq!((&typed["id"], &typed["text"]), (&json!("4912661846655238145"), &json!("b1")));
    let pressed = event(
        "viber",
        &said(json!({"type": "text", "text": "b1", "tracking_data": "{\"b\":[\"b1\",\"b2\"]}"})),
    );
    assert_eq!((&pressed["button"], &pressed["text"]), (&json!("b1"), &Value::Null));
    let card = event(
        "viber",
        &said(json!({"type": "contact", "contact": {"name": "Иван", "phone_number": "380671234567"}})),
    );
    assert_eq!(card["text"], "+380671234567");
}

#[test]
fn viber_tells_who_came_and_went() {
    let started = json!({"event": "conversation_started", "timestamp": 1_457_764_197_627_i64, "message_token": 491, "context": "utm_source=ig", "user": {"id": "A=", "name": "Иван"}, "subscribed": false});
    let read = read("viber", &started);
    assert_eq!(
        (&read["events"][0]["name"], &read["events"][0]["data"]["entry"]),
        (&json!("started"), &json!("utm_source=ig"))
    );
    assert_eq!(read["contact"]["utm"], json!({"source": "ig"}));
    let gone = json!({"event": "unsubscribed", "timestamp": 1, "user_id": "A=", "message_token": 5});
    assert_eq!(event("viber", &gone)["name"], "unsubscribed");
    assert_eq!(super::read("viber", &json!({"event": "seen"}))["ignored"], "receipt");
}

#[test]
fn a_page_tells_what_its_visitor_did_and_nothing_else() {
    let key = json!({"channel": "web", "account": "site1", "user": "u1"});
    let contact = json!({"chat_url": "https://x", "utm": {"source": "ig"}, "source": "chat"});
    let message =
        json!({"key": key, "contact": contact, "event": {"id": "1", "kind": "message", "text": "Привет"}});
    let read = read("web", &message);
    assert_eq!((&read["key"], &read["events"][0]["contact"]), (&key, &contact));
    let result = json!({"key": key, "event": {"id": "1", "kind": "result", "effect": "1.1", "ok": true}});
    assert_eq!(event("webhook", &result)["kind"], "result");
    assert_eq!(refusal("web", &result), (Code::PayloadInvalid, "payload.event.kind".to_string()));
    let operator = json!({"key": key, "event": {"id": "1", "kind": "operator", "action": "joined"}});
    assert_eq!(refusal("web", &operator).0, Code::PayloadInvalid);
    let strange = json!({"key": key, "event": {"id": "1", "kind": "massage"}});
    assert_eq!(refusal("webhook", &strange), (Code::UnknownValue, "payload.event.kind".to_string()));
}
