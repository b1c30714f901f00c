//! A system of the host's own: R016.

use super::*;
use frontdesk::definition::TargetKind::Webhook;

#[test]
fn r016_effects_go_as_they_are() {
    let effects = json!([
        lead("webhook"),
        lead("kommo"),
        reply("Да", json!([{"id": "a", "title": "А"}])),
        status("done")
    ]);
    let encoded = encode(Webhook, effects.clone(), json!({}));
    assert_eq!(encoded["payloads"], json!([effects[0], effects[2], effects[3]]));
    assert_eq!(
        encoded["requests"][0],
        json!({"effect": "1.1", "method": "POST", "target": "webhook", "key": "k-7f3a"})
    );
    // A host that names the target wants what is addressed to it, and nothing else.
    let encoded = encode(Webhook, effects, json!({"target": "webhook", "path": "/leads", "method": "PUT"}));
    assert_eq!(paths(&encoded), ["PUT /leads"]);
}

#[test]
fn r016_or_under_the_names_that_the_system_knows() {
    let fields = json!({
        "phone": "+79991234567", "when": {"date": "2026-12-25", "precision": "day"},
        "sum": {"minor": 450_050, "currency": "RUB"}, "yes": true,
    });
    let effect = with(lead("webhook_1c"), json!({"fields": fields}));
    let options = json!({
        "target": "webhook_1c",
        "field_map": {
            "fields.phone": "client.phone", "utm.source": "client.source", "fields.when": "visit", "fields.sum": "sum",
            "title": "subject", "fields.yes": "agreed", "fields.city": "city",
        },
        "values": {"from": "bot", "client.kind": 1},
    });
    let encoded = encode(Webhook, json!([effect]), options);
    assert_eq!(
        encoded["payloads"][0],
        json!({
            "client": {"phone": "+79991234567", "source": "ig", "kind": 1}, "visit": "2026-12-25",
            "sum": "4500.50 RUB", "subject": "Запись: Чистка", "agreed": true, "from": "bot",
        })
    );
    for (options, code, path) in [
        (json!({"field_map": {"a": ""}}), "empty", "field_map.a"),
        (json!({"field_map": []}), "wrong_type", "field_map"),
        (json!({"values": {"a": [1]}}), "wrong_type", "values.a"),
        (json!({"method": "GET"}), "unknown_value", "method"),
        (json!({"values": {"a": 1.5}}), "number_refused", "values.a"),
    ] {
        let refused = refusal(try_encode(Webhook, &json!([]), &options));
        assert_eq!(refused, (code.to_string(), format!("options.{path}")), "{options}");
    }
    let deep = |levels: usize| json!({"field_map": {"title": vec!["a"; levels].join(".")}});
    assert!(try_encode(Webhook, &json!([lead("webhook")]), &deep(64)).is_ok());
    assert_eq!(refusal(try_encode(Webhook, &json!([]), &deep(65))).0, "limit");
}
