//! What vendors answer and report: results that count once, operators told from clients.

use super::*;
use frontdesk::definition::TargetKind::{Bitrix24, Email, Kommo, TelegramAdmin, Webhook};

fn asked(status: i64) -> Value {
    json!({"effect": "1.1", "status": status, "request": "k-7f3a"})
}

#[test]
fn r156_kommo_gives_the_id_of_the_lead_and_says_what_was_merged() {
    let answer = |merged: bool| {
        json!([
            {"id": 1, "contact_id": 2, "company_id": null, "request_id": ["k-other"], "merged": false},
            {"id": 9774766, "contact_id": 12117258, "company_id": null, "request_id": ["k-7f3a"], "merged": merged},
        ])
    };
    let new = result(Kommo, answer(false), asked(200));
    assert_eq!(
        (&new["effect"], &new["target"], &new["ok"], &new["data"]),
        (
            &json!("1.1"),
            &json!("kommo"),
            &json!(true),
            &json!({"id": "9774766", "merged": false, "contact_id": "12117258"})
        )
    );
    let merged = result(Kommo, answer(true), with(asked(200), json!({"target": "kommo_sales"})));
    assert_eq!((&merged["data"]["merged"], &merged["target"]), (&json!(true), &json!("kommo_sales")));
    // As a text, as it came over the wire; an id beyond 2^53 keeps every digit.
    let text = r#"[{"id": 9007199254740993, "request_id": "k-7f3a", "merged": false}]"#;
    assert_eq!(result(Kommo, json!(text), asked(200))["data"]["id"], "9007199254740993");
    let task = json!({"_links": {}, "_embedded": {"tasks": [{"id": 77, "request_id": "0"}]}});
    assert_eq!(result(Kommo, task, asked(200))["data"], json!({"id": "77"}));
    assert_eq!(result(Kommo, json!({"id": 5, "updated_at": 1}), asked(200))["data"], json!({"id": "5"}));
    assert_eq!(result(Kommo, json!(""), asked(204)).get("data"), None);
}

#[test]
fn the_id_of_a_result_is_that_of_its_outcome() {
    let id = |payload: Value, options: Value| result(Bitrix24, payload, options)["id"].clone();
    let failed = id(json!({"error": "QUERY_LIMIT_EXCEEDED"}), asked(503));
    let done = id(json!({"result": 3465}), asked(200));
    assert_eq!(id(json!({"result": 3465}), asked(200)), done, "a repeated answer is a duplicate");
    assert_ne!(failed, done, "and one that got through after all is none");
    assert_ne!(id(json!({"result": 3465}), with(asked(200), json!({"effect": "1.2"}))), done);
    assert_ne!(id(json!({"result": 3465}), with(asked(200), json!({"target": "b"}))), done);
}

#[test]
fn a_refusal_tells_why_and_whether_to_try_again() {
    let refused = |kind, payload: Value, status: i64| {
        let event = result(kind, payload, asked(status));
        assert_eq!(event["ok"], false);
        (event["error"].as_str().unwrap().to_string(), event["data"]["retry"].as_bool().unwrap())
    };
    let validation = json!({
        "validation-errors": [{"request_id": "0", "errors": [
            {"code": "NotSupportedChoice", "path": "status_id", "detail": "The value you selected is not valid."}
        ]}],
        "title": "Bad Request", "type": "https://httpstatus.es/400", "status": 400,
        "detail": "Request validation failed",
    });
    let (why, again) = refused(Kommo, validation, 400);
    assert!(
        why.starts_with("400 Bad Request: Request validation failed; status_id NotSupportedChoice"),
        "{why}"
    );
    assert!(!again);
    assert!(
        refused(Kommo, json!({"title": "Unauthorized", "status": 401}), 401).1,
        "after the token is renewed"
    );
    assert!(refused(Kommo, json!({"title": "Too Many Requests"}), 429).1);
    for (status, again) in [(500, true), (502, true), (504, true), (403, false), (404, false), (402, false)] {
        for kind in TargetKind::ALL {
            let (why, retry) = refused(kind, json!("<html><h1>Bad Gateway</h1></html>"), status);
            assert!(why.starts_with(&status.to_string()), "{why}");
            assert_eq!(retry, again, "{kind:?} {status}");
        }
    }
    for kind in TargetKind::ALL {
        assert_eq!(refused(kind, json!(""), 0), ("no answer".to_string(), true));
    }
    let limit = json!({"error": "QUERY_LIMIT_EXCEEDED", "error_description": "Too many requests"});
    let why = "503 QUERY_LIMIT_EXCEEDED: Too many requests".to_string();
    assert_eq!(refused(Bitrix24, limit.clone(), 503), (why, true));
    assert!(refused(Bitrix24, limit, 200).1, "whatever HTTP says");
    assert!(refused(Bitrix24, json!({"error": "expired_token"}), 401).1);
    assert!(!refused(Bitrix24, json!({"error": "NO_AUTH_FOUND"}), 401).1);
    assert!(!refused(Bitrix24, json!({"error": 100, "error_description": "Invalid value"}), 400).1);
    assert!(!refused(Bitrix24, json!({"result": false}), 200).1);
    let flood = json!({
        "ok": false, "error_code": 429, "description": "Too Many Requests: retry after 5",
        "parameters": {"retry_after": 5},
    });
    let event = result(TelegramAdmin, flood, json!({"effect": "1.1"}));
    assert_eq!(event["error"], "429 Too Many Requests: retry after 5");
    assert_eq!(event["data"], json!({"retry": true, "retry_after": 5}));
    let blocked = json!({"ok": false, "error_code": 403, "description": "Forbidden: bot was kicked"});
    assert!(!refused(TelegramAdmin, blocked, 403).1);
    // A success that cannot be read may have created the lead: it is not sent twice.
    for kind in [Kommo, Bitrix24, TelegramAdmin] {
        assert!(!refused(kind, json!("<html>"), 200).1, "{kind:?}");
    }
    let long = "д".repeat(501);
    assert_eq!(refused(Webhook, json!({"error": long}), 400).0.chars().count(), 500);
}

#[test]
fn the_others_answer_as_simply_as_they_are_asked() {
    assert_eq!(
        result(Bitrix24, json!({"result": {"item": {"id": 342}}}), asked(200))["data"],
        json!({"id": "342"})
    );
    assert_eq!(
        result(Bitrix24, json!({"result": {"task": {"id": "3711"}}}), asked(200))["data"]["id"],
        "3711"
    );
    assert_eq!(
        result(Bitrix24, json!({"result": {"id": 789, "uuidMap": {}}}), asked(200))["data"]["id"],
        "789"
    );
    let timed = json!("{\"result\": true, \"time\": {\"start\": 1728626400.456}}");
    assert_eq!(result(Bitrix24, timed, asked(200))["ok"], true);
    let sent = json!({"ok": true, "result": {"message_id": 15, "chat": {"id": -100}}});
    assert_eq!(result(TelegramAdmin, sent, json!({"effect": "1.1"}))["data"], json!({"id": "15"}));
    assert_eq!(result(Email, json!(null), asked(250)).get("data"), None);
    let own = result(Webhook, json!({"id": 7, "merged": true}), asked(201));
    assert_eq!(own["data"], json!({"id": "7", "merged": true}));
    let no = result(Webhook, json!({"ok": false, "error": "нет такого поля"}), asked(200));
    assert_eq!((&no["ok"], &no["error"]), (&json!(false), &json!("нет такого поля")));
}

#[test]
fn without_an_effect_there_is_no_answer_to_read() {
    for kind in [TelegramAdmin, Email, Webhook] {
        let refused = refusal(try_decode(kind, &json!({}), &json!({})));
        assert_eq!(refused, ("missing_key".into(), "options.effect".into()));
    }
    let refused = refusal(try_decode(Kommo, &json!([]), &json!({"effect": "1.1", "stauts": 200})));
    assert_eq!(refused, ("unknown_key".into(), "options.stauts".into()));
}

/// A form as PHP writes it, from pairs.
fn form(pairs: &[(&str, &str)]) -> Value {
    let escaped = |text: &str| {
        text.bytes()
            .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
            .collect::<String>()
    };
    let pairs: Vec<String> = pairs.iter().map(|(k, v)| format!("{}={}", escaped(k), escaped(v))).collect();
    json!(pairs.join("&"))
}

#[test]
fn r022_kommo_reports_clients_managers_and_stages() {
    let message = [
        ("account[subdomain]", "school"),
        ("account[id]", "31257294"),
        ("message[add][0][id]", "a0ce13c7"),
        ("message[add][0][chat_id]", "54caee02"),
        ("message[add][0][contact_id]", "93589657"),
        ("message[add][0][text]", "Сколько стоит?"),
        ("message[add][0][created_at]", "1695482791"),
        ("message[add][0][entity_type]", "lead"),
        ("message[add][0][entity_id]", "27754599"),
        ("message[add][0][type]", "incoming"),
        ("message[add][0][author][type]", "external"),
        ("message[add][0][author][name]", "Олег"),
    ];
    let decoded = decode(Kommo, form(&message), json!({}));
    assert_eq!(
        decoded,
        json!({
            "key": {"channel": "kommo", "account": "school", "user": "54caee02"},
            "events": [{"id": "a0ce13c7", "at": "2023-09-23T15:26:31.000Z", "kind": "message",
                "text": "Сколько стоит?", "contact": {"name": "Олег"}}],
            "reply": {"lead_id": "27754599", "contact_id": "93589657"},
        })
    );
    let mut manager = message.to_vec();
    manager.retain(|(key, _)| !key.contains("type]") || key.contains("entity"));
    manager.extend([("message[add][0][type]", "outgoing"), ("message[add][0][author][type]", "internal")]);
    let decoded = decode(Kommo, form(&manager), json!({"account": "own"}));
    assert_eq!(decoded["key"]["account"], "own");
    let event = &decoded["events"][0];
    assert_eq!(
        (&event["kind"], &event["action"], &event["who"]),
        (&json!("operator"), &json!("message"), &json!("Олег"))
    );
    let moved = form(&[
        ("account[subdomain]", "school"),
        ("leads[status][0][id]", "27754599"),
        ("leads[status][0][status_id]", "142"),
        ("leads[status][0][old_status_id]", "59936202"),
        ("leads[status][0][pipeline_id]", "7173574"),
        ("leads[status][0][last_modified]", "1695482894"),
    ]);
    let decoded = decode(Kommo, moved, json!({}));
    assert_eq!((&decoded["key"], &decoded["events"][0]["name"]), (&Value::Null, &json!("crm_status")));
    assert_eq!(
        decoded["events"][0]["data"],
        json!({"lead_id": "27754599", "status_id": "142", "old_status_id": "59936202", "pipeline_id": "7173574"})
    );
    let other = decode(Kommo, form(&[("account[id]", "7"), ("contacts[add][0][id]", "5")]), json!({}));
    assert_eq!(other, json!({"events": [], "ignored": "no message and no lead"}));
    assert_eq!(
        refusal(try_decode(Kommo, &json!({"a": 1}), &json!({}))),
        ("payload_invalid".into(), "payload".into())
    );
}

#[test]
fn a_salesbot_that_waits_is_a_message_to_answer() {
    let asks = json!({
        "token": "jwt", "data": {"user": "77", "text": "Привет", "name": "Олег", "lead_id": "5"},
        "return_url": "https://school.kommo.com/api/v4/salesbot/321/continue/123",
    });
    let decoded = decode(Kommo, asks.clone(), json!({}));
    assert_eq!(decoded["key"], json!({"channel": "kommo", "account": "school", "user": "77"}));
    assert_eq!((&decoded["events"][0]["text"], &decoded["token"]), (&json!("Привет"), &json!("jwt")));
    // What `reply` holds are options of the answer.
    let encoded = encode(Kommo, json!([reply("Здравствуйте!", json!([]))]), decoded["reply"].clone());
    assert_eq!(paths(&encoded), [format!("POST {}", asks["return_url"].as_str().unwrap())]);
    let refused = try_decode(Kommo, &json!({"return_url": "https://a.b/c", "data": {}}), &json!({}));
    assert_eq!(refusal(refused), ("missing_key".into(), "payload.data".into()));
}

fn bot_message(user: Value, chat: Value, text: &str) -> Value {
    json!({
        "event": "ONIMBOTV2MESSAGEADD", "ts": "1772093963",
        "data": {
            "bot": {"id": "456", "code": "desk", "auth": {"application_token": "inner"}},
            "message": {"id": "789", "chatId": "5", "authorId": "1", "date": "2025-01-15T10:30:00+03:00", "text": text,
                "isSystem": "0"},
            "chat": chat, "user": user, "language": "ru",
        },
        "auth": {"domain": "shop.bitrix24.ru", "application_token": "outer"},
    })
}

#[test]
fn r022_bitrix24_tells_clients_from_operators() {
    let line = json!({"id": "5", "dialogId": "chat5", "entityType": "LINES"});
    let client = json!({"id": "1", "name": "Иван", "connector": "1", "bot": "0", "type": "extranet"});
    let employee = json!({"id": "2", "name": "Ольга", "connector": "0", "bot": "0", "type": "employee"});
    let decoded = decode(Bitrix24, bot_message(client, line.clone(), "Здравствуйте"), json!({}));
    assert_eq!(
        decoded,
        json!({
            "key": {"channel": "bitrix24", "account": "shop.bitrix24.ru", "user": "chat5"},
            "events": [{"id": "789", "at": "2025-01-15T07:30:00.000Z", "kind": "message", "text": "Здравствуйте",
                "contact": {"name": "Иван"}}],
            "reply": {"dialog_id": "chat5", "chat_id": "5", "bot_id": "456"},
            "token": "outer",
        })
    );
    let event =
        |user: &Value, chat: Value| decode(Bitrix24, bot_message(user.clone(), chat, "Да"), json!({}));
    let wrote = event(&employee, line.clone());
    assert_eq!(wrote["events"][0]["kind"], "operator");
    assert_eq!(wrote["events"][0]["who"], "Ольга");
    let own = json!({"id": "1", "dialogId": "1", "entityType": ""});
    assert_eq!(event(&employee, own)["events"][0]["kind"], "message", "an employee asks the bot itself");
    let bot = with(employee, json!({"bot": "1"}));
    assert_eq!(event(&bot, line)["events"], json!([]));
}

#[test]
fn bitrix24_comes_as_a_form_in_which_everything_is_a_text() {
    let hook = form(&[
        ("event", "ONIMBOTV2MESSAGEADD"),
        ("data[bot][id]", "456"),
        ("data[message][id]", "9007199254740993"),
        ("data[message][text]", "Сколько стоит имплант?"),
        ("data[message][isSystem]", "0"),
        ("data[message][forward]", ""),
        ("data[chat][id]", "5"),
        ("data[chat][dialogId]", "chat5"),
        ("data[chat][entityType]", "LINES"),
        ("data[user][id]", "1"),
        ("data[user][name]", "Иван"),
        ("data[user][connector]", "1"),
        ("data[user][bot]", "0"),
        ("ts", "1772093963"),
        ("auth[application_token]", "51856fefc120"),
        ("auth[domain]", "shop.bitrix24.ru"),
    ]);
    let decoded = decode(Bitrix24, hook, json!({}));
    let event = &decoded["events"][0];
    assert_eq!(
        (&event["id"], &event["text"]),
        (&json!("9007199254740993"), &json!("Сколько стоит имплант?"))
    );
    assert_eq!(decoded["token"], "51856fefc120");
    let line = |author: &str, system: &str| {
        let hook = form(&[
            ("event", "ONOPENLINEMESSAGEADD"),
            ("data[DATA][0][connector][connector_id]", "livechat"),
            ("data[DATA][0][connector][user_id]", "1985"),
            ("data[DATA][0][chat][id]", "10585"),
            ("data[DATA][0][message][id]", "80964"),
            ("data[DATA][0][message][text]", "hello"),
            ("data[DATA][0][message][system]", system),
            ("data[DATA][0][message][user_id]", author),
            ("auth[domain]", "shop.bitrix24.ru"),
        ]);
        decode(Bitrix24, hook, json!({}))
    };
    assert_eq!(line("1985", "N")["events"][0]["kind"], "message");
    assert_eq!(line("12", "N")["events"][0]["kind"], "operator");
    assert_eq!(line("12", "Y")["events"], json!([]));
    assert_eq!(line("12", "N")["key"]["user"], "chat10585", "the same dialog as the bot's");
}

#[test]
fn bitrix24_reports_buttons_beginnings_and_ends() {
    let chat = json!({"id": 5, "dialogId": "chat5", "entityType": "LINES"});
    let hook = |event: &str, data: Value| json!({"event": event, "data": data, "ts": 1772093963, "auth": {"domain": "a.b"}});
    let decoded = |event: &str, data: Value| decode(Bitrix24, hook(event, data), json!({}));
    let command = |params: &str, context: &str| {
        let message = json!({"id": 790, "text": "/press yes"});
        let command = json!({"id": 78, "command": "/press", "params": params, "context": context});
        decoded("ONIMBOTV2COMMANDADD", json!({"command": command, "message": message, "chat": chat}))
    };
    assert_eq!(command("yes", "keyboard")["events"][0]["button"], "yes");
    assert_eq!(command("", "keyboard")["events"][0]["button"], "press");
    assert_eq!(command("yes", "textarea")["events"][0]["text"], "/press yes");
    let user = json!({"id": 1, "connector": true});
    let edited = json!({"message": {"id": 789, "text": "завтра"}, "chat": chat, "user": user});
    let edited = decoded("ONIMBOTV2MESSAGEUPDATE", edited);
    assert_eq!(
        (&edited["events"][0]["edited"], &edited["events"][0]["text"]),
        (&json!("789"), &json!("завтра"))
    );
    assert_ne!(edited["events"][0]["id"], "789");
    let deleted = decoded("ONIMBOTV2MESSAGEDELETE", json!({"messageId": 789, "chat": chat}));
    assert_eq!(
        (&deleted["events"][0]["kind"], &deleted["events"][0]["of"]),
        (&json!("deleted"), &json!("789"))
    );
    let joined = decoded("ONIMBOTV2JOINCHAT", json!({"dialogId": "chat5", "chat": chat}));
    assert_eq!(joined["events"][0]["name"], "started");
    for (event, fact) in [("ONSESSIONSTART", "started"), ("ONSESSIONFINISH", "chat_closed")] {
        let session =
            decoded(event, json!({"DATA": [{"chat": {"id": 10585}, "connector": {"user_id": 1984}}]}));
        assert_eq!(session["events"][0]["name"], fact);
        assert_eq!(session["key"]["user"], "chat10585");
    }
    let lead = decoded("ONCRMLEADUPDATE", json!({"FIELDS": {"ID": 342}}));
    assert_eq!(lead["events"][0]["data"], json!({"lead_id": "342"}));
    let other = decoded("ONTASKADD", json!({}));
    assert_eq!(other["events"], json!([]));
    for (payload, code, path) in [
        (json!({"data": {}}), "missing_key", "payload"),
        (json!({"event": "ONIMBOTV2MESSAGEADD", "data": {}}), "missing_key", "payload.data"),
        (json!({"event": 5, "data": {}}), "wrong_type", "payload.event"),
        (json!({"event": "ONCRMLEADADD", "data": {"FIELDS": []}}), "missing_key", "payload.data.FIELDS"),
        (json!("{"), "syntax_invalid", ""),
        (json!(""), "syntax_invalid", ""),
    ] {
        let refused = refusal(try_decode(Bitrix24, &payload, &json!({})));
        assert_eq!(refused, (code.to_string(), path.to_string()), "{payload}");
    }
}

/// A batch of several talks keeps them apart, in any order of its keys.
#[test]
fn several_talks_of_one_webhook_are_kept_apart() {
    let message = |id: &str, chat: &str| json!({"text": id, "chat_id": chat, "id": id, "author": {"type": "external"}, "type": "incoming"});
    let batch = json!({
        "message": {"add": [message("m1", "a"), message("m2", "b"), message("m3", "a")]}, "account": {"id": 7},
    });
    let decoded = decode(Kommo, batch, json!({}));
    let of: Vec<(&Value, usize)> = decoded["conversations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| (&c["key"]["user"], c["events"].as_array().unwrap().len()))
        .collect();
    assert_eq!(of, [(&json!("a"), 2), (&json!("b"), 1)]);
    assert_eq!(decoded["key"], Value::Null);
    let many: Vec<Value> = (0..1025).map(|n| message(&n.to_string(), "a")).collect();
    let batch = |count: usize| json!({"account": {"id": 7}, "message": {"add": many[..count]}});
    assert!(try_decode(Kommo, &batch(1024), &json!({})).is_ok());
    assert_eq!(refusal(try_decode(Kommo, &batch(1025), &json!({}))).0, "limit");
}
