//! Kommo: R014, R015, R019, R126, R136, and the examples of its documentation.

use super::*;
use frontdesk::definition::TargetKind::Kommo;

/// The documented example, but for what only the host knows.
#[test]
fn r126_r158_a_lead_with_its_contact_and_marks() {
    let metadata = json!({
        "category": "forms", "form_id": "bot", "form_name": "Чат-бот", "form_page": "https://page.example",
        "form_sent_at": 1763712000, "referer": "https://page.example", "ip": "0.0.0.0",
    });
    let options = json!({"pipeline_id": 1113, "status_id": 2030, "tags": ["bot"], "metadata": metadata});
    let encoded = encode(Kommo, json!([lead("kommo")]), options);
    let expected = json!([{
        "name": "Запись: Чистка", "pipeline_id": 1113, "status_id": 2030, "request_id": "k-7f3a",
        "custom_fields_values": [{"field_code": "UTM_SOURCE", "values": [{"value": "ig"}]}],
        "_embedded": {
            "tags": [{"name": "bot"}],
            "contacts": [{"first_name": "Иван", "custom_fields_values": [
                {"field_code": "EMAIL", "values": [{"enum_code": "WORK", "value": "a@b.ru"}]},
                {"field_code": "PHONE", "values": [{"enum_code": "WORK", "value": "+79991234567"}]},
            ]}],
            "metadata": metadata,
        },
    }]);
    assert_eq!(encoded["payloads"], json!([expected]));
    assert_eq!(
        encoded["requests"],
        json!([{"effect": "1.1", "method": "POST", "path": "/api/v4/leads/complex", "target": "kommo", "key": "k-7f3a"}])
    );
    assert_eq!(encoded["changes"], json!([]));
}

#[test]
fn only_what_names_the_target_goes_there() {
    let effects =
        json!([lead("kommo_sales"), lead("bitrix24"), note("kommo", "а"), note("kommo_sales", "б")]);
    let encoded = encode(Kommo, effects.clone(), json!({"target": "kommo_sales", "lead_id": "7"}));
    assert_eq!(paths(&encoded), ["POST /api/v4/leads/complex", "POST /api/v4/leads/7/notes"]);
    assert!(encoded["requests"].as_array().unwrap().iter().all(|r| r["target"] == "kommo_sales"));
    assert_eq!(paths(&encode(Kommo, effects, json!({"lead_id": 7}))), ["POST /api/v4/leads/7/notes"]);
}

#[test]
fn a_lead_is_one_request_however_many_there_are() {
    let leads: Vec<Value> = (0..51)
        .map(|n| with(lead("kommo"), json!({"key": format!("{n}.1"), "lead_key": format!("k-{n}")})))
        .collect();
    let encoded = encode(Kommo, leads.into(), json!({}));
    let payloads = encoded["payloads"].as_array().unwrap();
    assert_eq!(payloads.len(), 51, "within 50 leads of a request, and where duplicates are seen");
    assert!(payloads.iter().all(|p| p.as_array().unwrap().len() == 1));
}

#[test]
fn values_go_where_the_host_says() {
    let fields = json!({
        "client": "Анна", "tel": "+380501234567;ext=12", "service": "clean", "budget": {"minor": 450_050},
        "when": {"date": "2026-12-25", "time": "15:00", "precision": "minute"}, "first_time": true,
        "city": "Киев", "secret": "x", "slot": {"id": "s", "start": "2026-12-25T12:00:00Z", "label": "Пт, 14:00"},
    });
    let map = json!({
        "client": "name", "tel": "phone", "service": 777, "budget": "price", "when": "VISIT", "first_time": "778",
        "city": "contact.55", "secret": null, "slot": "SLOT", "utm.source": 900, "chat_url": "CHAT",
        "transcript_url": 901,
    });
    let effect = with(lead("kommo"), json!({"fields": fields, "chat_url": "https://chat.example/7"}));
    let options =
        json!({"fields": map, "transcript_url": "https://log.example/7", "responsible_user_id": "5"});
    let encoded = encode(Kommo, json!([effect]), options);
    let lead = &encoded["payloads"][0][0];
    let value = |key: &str, id: Value, value: Value| json!({key: id, "values": [{"value": value}]});
    assert_eq!(
        lead["custom_fields_values"],
        json!([
            value("field_id", json!(778), json!(true)),
            value("field_id", json!(777), json!("clean")),
            value("field_code", json!("SLOT"), json!("Пт, 14:00")),
            value("field_code", json!("VISIT"), json!("2026-12-25 15:00")),
            value("field_id", json!(900), json!("ig")),
            value("field_code", json!("CHAT"), json!("https://chat.example/7")),
            value("field_id", json!(901), json!("https://log.example/7")),
        ])
    );
    assert_eq!((&lead["price"], &lead["responsible_user_id"]), (&json!(4500), &json!(5)));
    let contact = &lead["_embedded"]["contacts"][0];
    assert_eq!(contact["first_name"], "Анна");
    assert_eq!(contact["custom_fields_values"][0], value("field_id", json!(55), json!("Киев")));
    assert_eq!(contact["custom_fields_values"][1]["values"][0]["value"], "+380501234567 ext. 12");
    assert_eq!(changes(&encoded), ["clipped fields.budget 2/0"], "kopecks have no place in a price");
    assert!(!encoded.to_string().contains("secret"));
}

#[test]
fn what_has_no_place_is_told() {
    let fields = json!({"phone": "+79991234567", "note": "утром"});
    let effect = with(lead("kommo"), json!({"fields": fields, "chat_url": "https://chat.example/7"}));
    let encoded = encode(Kommo, json!([effect]), json!({}));
    assert_eq!(changes(&encoded), ["dropped fields.note 1/0", "dropped chat_url 1/0"]);
}

#[test]
fn forty_custom_fields_and_one_above() {
    let card = |count: usize| {
        let names: Vec<String> = (0..count).map(|n| format!("f{n:02}")).collect();
        let fields: serde_json::Map<String, Value> =
            names.iter().map(|name| (name.clone(), json!("да"))).collect();
        let map: serde_json::Map<String, Value> =
            names.iter().enumerate().map(|(n, name)| (name.clone(), json!(n + 1))).collect();
        let effect = json!({
            "key": "1.1", "kind": "create_lead", "lead": "l", "lead_key": "k", "title": "т", "fields": fields,
            "to": ["kommo"],
        });
        encode(Kommo, json!([effect]), json!({"fields": map}))
    };
    let custom =
        |encoded: &Value| encoded["payloads"][0][0]["custom_fields_values"].as_array().unwrap().len();
    let (within, above) = (card(40), card(41));
    assert_eq!((custom(&within), changes(&within)), (40, Vec::new()));
    assert_eq!((custom(&above), changes(&above)), (40, vec!["dropped fields 41/40".to_string()]));
}

#[test]
fn r014_a_task_has_somebody_responsible_and_a_deadline() {
    let call = handoff(json!({"target": "kommo", "task": "Ответить клиенту"}));
    let options = json!({
        "lead_id": 9774766, "now": "2025-11-21T08:00:00Z", "task": {"responsible": 123, "within": "1h"},
    });
    let encoded = encode(Kommo, json!([call]), options);
    assert_eq!(paths(&encoded), ["POST /api/v4/tasks"]);
    assert_eq!(
        encoded["payloads"][0],
        json!([{
            "text": "Ответить клиенту", "task_type_id": 1, "complete_till": 1763715600, "entity_type": "leads",
            "entity_id": 9774766, "responsible_user_id": 123,
        }])
    );
    let task = |options: Value| {
        let encoded = encode(Kommo, json!([call]), options);
        (encoded["payloads"].as_array().unwrap().len(), changes(&encoded))
    };
    let missing = |what: &str| (0, vec![format!("option_missing {what} 0/1")]);
    assert_eq!(
        task(json!({"lead_id": 7, "now": "2025-11-21T08:00:00Z"})),
        missing("options.task.responsible")
    );
    assert_eq!(task(json!({"lead_id": 7, "responsible_user_id": 5})), missing("options.now"));
    let due =
        json!({"lead_id": 7, "responsible_user_id": 5, "task": {"due": "2025-11-21T08:00:00Z", "type": 2}});
    assert_eq!(task(due).0, 1);
}

#[test]
fn r015_a_call_for_a_human_moves_the_lead() {
    let call = handoff(json!({"target": "kommo", "stage": "Нужна помощь менеджера"}));
    let stages = json!({"Нужна помощь менеджера": {"status_id": 142, "pipeline_id": 1113}});
    let encoded = encode(Kommo, json!([call]), json!({"lead_id": "5", "stages": stages}));
    assert_eq!(paths(&encoded), ["PATCH /api/v4/leads/5"]);
    assert_eq!(encoded["payloads"][0], json!({"status_id": 142, "pipeline_id": 1113}));
    let unknown = encode(Kommo, json!([call]), json!({"lead_id": "5"}));
    assert_eq!(changes(&unknown), ["option_missing options.stages.Нужна помощь менеджера 0/1"]);
    let by_id = handoff(json!({"target": "kommo", "stage": "2031"}));
    let encoded = encode(Kommo, json!([by_id]), json!({"lead_id": "5"}));
    assert_eq!(encoded["payloads"][0], json!({"status_id": 2031}));
    let bare = encode(Kommo, json!([handoff(json!({"target": "kommo"}))]), json!({"lead_id": "5"}));
    let text = "asked: Вопрос: «где вы» https://chat.example/7";
    assert_eq!(bare["payloads"][0], json!([{"note_type": "common", "params": {"text": text}}]));
}

#[test]
fn r019_the_talk_is_mirrored_note_by_note() {
    let encoded = encode(Kommo, json!([note("kommo", "Клиент: да")]), json!({"lead_id": 5}));
    assert_eq!(paths(&encoded), ["POST /api/v4/leads/5/notes"]);
    assert_eq!(encoded["payloads"][0], json!([{"note_type": "common", "params": {"text": "Клиент: да"}}]));
}

#[test]
fn r136_a_status_is_a_stage_of_the_account() {
    let moved = |name: &str, options: Value| {
        let encoded = encode(Kommo, json!([status(name)]), with(json!({"lead_id": 5}), options));
        (encoded["payloads"].clone(), changes(&encoded))
    };
    let stages = json!({"statuses": {"booked": 2032, "done": null}});
    assert_eq!(moved("booked", stages.clone()), (json!([{"status_id": 2032}]), Vec::new()));
    assert_eq!(moved("done", stages), (json!([]), Vec::new()), "the host wants no move");
    assert_eq!(moved("not_fit", json!({})), (json!([{"status_id": 143}]), Vec::new()));
    assert_eq!(moved("done", json!({})).1, ["option_missing options.statuses.done 0/1"]);
    // A lead that is created beside it has no id yet: it begins in that stage, with that tag.
    let tag = json!({"key": "2.3", "kind": "tag", "tag": "vip"});
    let effects = json!([lead("kommo"), status("done"), tag]);
    let encoded = encode(Kommo, effects, json!({"status_id": 1, "statuses": {"done": 142}}));
    assert_eq!(encoded["payloads"].as_array().unwrap().len(), 1);
    assert_eq!(encoded["payloads"][0][0]["status_id"], 142);
    assert_eq!(encoded["payloads"][0][0]["_embedded"]["tags"], json!([{"name": "vip"}]));
}

#[test]
fn a_change_goes_to_the_lead_its_contact_and_a_note() {
    let fields = json!({"phone": "+79990000000", "service": "Имплант", "note": "утром"});
    let effect = update("kommo", fields, json!({"kommo": "9774766"}));
    let map = json!({"service": 777});
    let encoded = encode(Kommo, json!([effect]), json!({"fields": map, "contact_id": 12117258}));
    assert_eq!(
        paths(&encoded),
        [
            "PATCH /api/v4/leads/9774766",
            "PATCH /api/v4/contacts/12117258",
            "POST /api/v4/leads/9774766/notes"
        ]
    );
    assert_eq!(
        encoded["payloads"][1],
        json!({"custom_fields_values": [
            {"field_code": "PHONE", "values": [{"enum_code": "WORK", "value": "+79990000000"}]}
        ]})
    );
    assert_eq!(encoded["payloads"][2][0]["params"]["text"], "note: утром");
    // Nothing is lost where nobody knows the contact.
    let encoded = encode(Kommo, json!([effect]), json!({"fields": map, "labels": {"note": "Пожелания"}}));
    let text = encoded["payloads"][1][0]["params"]["text"].as_str().unwrap();
    assert_eq!(text, "Пожелания: утром\nТелефон: +79990000000");
    let tag = json!({"key": "2.3", "kind": "tag", "tag": "vip"});
    let encoded = encode(Kommo, json!([tag]), json!({"lead_id": 5}));
    assert_eq!(encoded["payloads"][0], json!({"tags_to_add": [{"name": "vip"}]}));
}

#[test]
fn what_belongs_to_a_lead_waits_for_its_id() {
    let effects = json!([
        note("kommo", "а"),
        status("not_fit"),
        update("kommo", json!({"phone": "+79990000000"}), json!({})),
        handoff(json!({"target": "kommo", "task": "т"})),
    ]);
    let encoded = encode(Kommo, effects, json!({"now": "2025-11-21T08:00:00Z", "responsible_user_id": 1}));
    assert_eq!(encoded["payloads"], json!([]));
    assert_eq!(changes(&encoded), ["lead_unknown - 0/1"; 4]);
    // An id stands in paths: nothing but digits may.
    let odd = update("kommo", json!({"note": "а"}), json!({"kommo": "5/../6"}));
    assert_eq!(changes(&encode(Kommo, json!([odd]), json!({}))), ["lead_unknown - 0/1"]);
}

#[test]
fn options_are_read_strictly() {
    let refused = |options: Value| refusal(try_encode(Kommo, &json!([]), &options));
    for (options, code, path) in [
        (json!({"pipline_id": 1}), "unknown_key", "pipline_id"),
        (json!({"lead_id": "5; drop"}), "unknown_value", "lead_id"),
        (json!({"stages": {"a": {"status": 1}}}), "missing_key", "stages.a"),
        (json!({"now": "noon"}), "time_invalid", "now"),
        (json!({"task": {"within": "soon"}}), "duration_invalid", "task.within"),
        (json!([]), "wrong_type", ""),
        (json!({"timezone": "Europe/Kiew"}), "zone_unknown", "timezone"),
    ] {
        let path = format!("options.{path}");
        assert_eq!(
            refused(options.clone()),
            (code.to_string(), path.trim_end_matches('.').to_string()),
            "{options}"
        );
    }
    assert!(try_encode(Kommo, &json!([]), &Value::Null).is_ok());
}

#[test]
fn salesbot_shows_eighty_letters_at_a_time() {
    let options = json!({"return_url": "https://school.kommo.com/api/v4/salesbot/321/continue/123"});
    let shown = |text: &str, buttons: Value| {
        let encoded = encode(Kommo, json!([reply(text, buttons)]), options.clone());
        (encoded["payloads"][0].clone(), changes(&encoded))
    };
    let within = "д".repeat(80);
    assert_eq!(
        shown(&within, json!([])),
        (
            json!({"data": {"status": "success"}, "execute_handlers": [
                {"handler": "show", "params": {"type": "text", "value": within}}
            ]}),
            Vec::new()
        )
    );
    let (payload, told) = shown(&"д".repeat(81), json!([{"id": "y", "title": "Да"}]));
    let handlers = payload["execute_handlers"].as_array().unwrap();
    assert_eq!((handlers.len(), told), (2, vec!["split text 81/80".to_string()]));
    assert_eq!(handlers[1]["params"], json!({"type": "buttons", "value": "д", "buttons": ["Да"]}));
    let buttons = |count: usize| -> Value {
        (0..count).map(|n| json!({"id": format!("b{n}"), "title": format!("Кнопка {n}")})).collect()
    };
    assert_eq!(shown("Что?", buttons(25)).1, Vec::<String>::new());
    assert_eq!(shown("Что?", buttons(26)).1, ["dropped buttons 26/25"]);
    let (payload, told) = shown(&"д".repeat(80 * 10), json!([]));
    assert_eq!((payload["execute_handlers"].as_array().unwrap().len(), told.len()), (10, 1));
    let (payload, told) = shown(&"д".repeat(80 * 10 + 1), json!([]));
    assert_eq!(payload["execute_handlers"].as_array().unwrap().len(), 10);
    assert_eq!(told, ["split text 801/80", "dropped text 11/10"]);
    // Two replies are one continuation: the block waits for one.
    let two = json!([reply("Раз", json!([])), reply("Два", json!([]))]);
    let encoded = encode(Kommo, two, options.clone());
    assert_eq!(encoded["payloads"].as_array().unwrap().len(), 1);
    assert_eq!(encoded["payloads"][0]["execute_handlers"].as_array().unwrap().len(), 2);
}
