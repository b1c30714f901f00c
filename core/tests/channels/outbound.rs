//! What each channel writes, and that a button which is written is read back.

use super::{anyone, changes, read, reply, written};
use serde_json::{Value, json};

fn payload(channel: &str, effects: &[Value], options: &Value) -> Value {
    let encoded = written(channel, effects, options);
    assert_eq!(encoded.payloads.len(), 1, "{:?}", encoded.payloads);
    encoded.payloads[0].clone()
}

fn paths(channel: &str, effects: &[Value], options: &Value) -> Vec<String> {
    written(channel, effects, options).requests.iter().map(|r| r.path.clone().unwrap_or_default()).collect()
}

const YES_NO: &[(&str, &str)] = &[("yes", "Да"), ("no", "Нет")];

#[test]
fn telegram_sends_messages_with_inline_keyboards() {
    let sent = payload("telegram", &[reply("Запишем?", YES_NO)], &anyone());
    let keyboard =
        json!([[{"text": "Да", "callback_data": "yes"}], [{"text": "Нет", "callback_data": "no"}]]);
    assert_eq!(
        sent,
        json!({"chat_id": 77, "text": "Запишем?", "reply_markup": {"inline_keyboard": keyboard}})
    );
    let business = json!({"to": "77", "business_connection_id": "bc", "callback_query_id": "9"});
    let encoded = written("telegram", &[reply("Да", &[])], &business);
    assert_eq!(
        encoded.payloads,
        [
            json!({"callback_query_id": "9"}),
            json!({"chat_id": 77, "text": "Да", "business_connection_id": "bc"})
        ]
    );
    assert_eq!(paths("telegram", &[reply("Да", &[])], &business), ["answerCallbackQuery", "sendMessage"]);
}

#[test]
fn telegram_reads_a_long_button_back_by_its_token() {
    let long = "Записаться на консультацию к главному врачу клиники";
    let sent = written("telegram", &[reply("Что дальше?", &[(long, long), ("no", "Нет")])], &anyone());
    assert_eq!(changes(&sent), ["shortened buttons[0].id 96 64"]);
    let markup = sent.payloads[0]["reply_markup"].clone();
    let data = markup["inline_keyboard"][0][0]["callback_data"].as_str().unwrap().to_string();
    assert!(data.len() <= 64 && data.starts_with('~'), "{data}");
    let press = |markup: Value| {
        let message = json!({"message_id": 5, "chat": {"id": 77, "type": "private"}, "reply_markup": markup});
        let update = json!({"update_id": 2, "callback_query": {"id": "9", "from": {"id": 77}, "data": data, "message": message}});
        read("telegram", &update)
    };
    let pressed = press(markup);
    assert_eq!((&pressed["events"][0]["button"], &pressed["events"][0]["id"]), (&json!(long), &json!("c9")));
    assert_eq!(pressed["reply"], json!({"callback_query_id": "9"}));
    // The keyboard is gone where Telegram holds the message inaccessible: a press that nobody handles.
    assert_eq!(press(Value::Null)["events"][0]["button"], json!(data));
}

#[test]
fn whatsapp_sends_buttons_then_a_list_then_numbers() {
    let to = json!({"to": "16505551234", "account": "1065"});
    let head = json!({"messaging_product": "whatsapp", "recipient_type": "individual", "to": "16505551234"});
    let text = payload("whatsapp", &[reply("Добрый день", &[])], &to);
    let mut expected = head.clone();
    expected["type"] = json!("text");
    expected["text"] = json!({"body": "Добрый день"});
    assert_eq!(text, expected);
    assert_eq!(paths("whatsapp", &[reply("а", &[])], &to), ["1065/messages"]);
    let buttons = payload("whatsapp", &[reply("Запишем?", YES_NO)], &to);
    let shown = json!([{"type": "reply", "reply": {"id": "yes", "title": "Да"}}, {"type": "reply", "reply": {"id": "no", "title": "Нет"}}]);
    assert_eq!(
        buttons["interactive"],
        json!({"type": "button", "body": {"text": "Запишем?"}, "action": {"buttons": shown}})
    );
    let four = [("1", "Утро"), ("2", "День"), ("3", "Вечер"), ("4", "Свой вариант, напишу удобное время")];
    let encoded = written("whatsapp", &[reply("Когда?", &four)], &to);
    let list = &encoded.payloads[0]["interactive"];
    assert_eq!((&list["type"], &list["action"]["button"]), (&json!("list"), &json!("Выбрать")));
    let last = json!({"id": "4", "title": "Свой вариант, напишу уд…", "description": "Свой вариант, напишу удобное время"});
    assert_eq!(list["action"]["sections"][0]["rows"][3], last);
    assert_eq!(changes(&encoded), ["clipped buttons[3].title 34 24", "listed buttons 4 3"]);
}

#[test]
fn outside_the_window_only_a_template_goes_out() {
    let mut late = reply("Ждём вас завтра", &[]);
    late["window"] = json!("closed");
    for channel in ["whatsapp", "messenger", "instagram"] {
        let encoded = written(channel, &[late.clone()], &anyone());
        assert_eq!(
            (encoded.payloads.len(), changes(&encoded)),
            (0, vec!["window_closed - 1 0".to_string()]),
            "{channel}"
        );
    }
    let mut business = anyone();
    business["business_connection_id"] = json!("bc");
    assert_eq!(changes(&written("telegram", &[late.clone()], &business)), ["window_closed - 1 0"]);
    for channel in ["telegram", "viber"] {
        assert_eq!(written(channel, &[late.clone()], &anyone()).payloads.len(), 1, "{channel} has no window");
    }
    late["template"] = json!("visit");
    let options = json!({"to": "1", "templates": {"visit": [{"type": "body", "parameters": []}]}});
    let template = payload("whatsapp", &[late.clone()], &options);
    let expected = json!({"name": "visit", "language": {"code": "ru"}, "components": [{"type": "body", "parameters": []}]});
    assert_eq!((&template["type"], &template["template"]), (&json!("template"), &expected));
    let tagged = payload("messenger", &[late], &anyone());
    assert_eq!((&tagged["messaging_type"], &tagged["tag"]), (&json!("MESSAGE_TAG"), &json!("visit")));
}

#[test]
fn messenger_sends_quick_replies_with_a_mark_of_its_own() {
    let sent = payload("messenger", &[reply("Запишем?", YES_NO)], &anyone());
    let quick = json!([
        {"content_type": "text", "title": "Да", "payload": "yes"}, {"content_type": "text", "title": "Нет", "payload": "no"},
    ]);
    let message = json!({"text": "Запишем?", "metadata": "dlg:1.1", "quick_replies": quick});
    assert_eq!(sent, json!({"recipient": {"id": "77"}, "messaging_type": "RESPONSE", "message": message}));
    // What it sent comes back as an echo, and is known again.
    let echo = json!({"object": "page", "entry": [{"messaging": [{"sender": {"id": "100"}, "recipient": {"id": "77"},
        "message": {"mid": "m", "is_echo": true, "metadata": sent["message"]["metadata"], "text": "Запишем?"}}]}]});
    assert_eq!(read("messenger", &echo)["ignored"], "own message");
}

#[test]
fn viber_sends_a_keyboard_whose_presses_are_known_again() {
    let sent = payload("viber", &[reply("Запишем?", YES_NO)], &anyone());
    assert_eq!((&sent["receiver"], &sent["sender"]), (&json!("77"), &json!({"name": "Бот"})));
    let key = json!({"Columns": 6, "Rows": 1, "ActionType": "reply", "ActionBody": "yes", "Text": "Да"});
    assert_eq!(sent["keyboard"]["Buttons"][0], key);
    let message = json!({"type": "text", "text": "yes", "tracking_data": sent["tracking_data"]});
    let pressed = json!({"event": "message", "message_token": 5, "sender": {"id": "77"}, "message": message});
    assert_eq!(read("viber", &pressed)["events"][0]["button"], "yes");
}

/// Effects of a step that takes a lead and ends.
fn deal() -> Vec<Value> {
    vec![
        reply("Спасибо! До связи!", &[]),
        json!({"key": "1.2", "kind": "set_field", "field": "phone", "value": "+79001234567"}),
        json!({"key": "1.3", "kind": "create_lead", "lead": "callback", "lead_key": "k", "fields": {"phone": "+79001234567", "name": "Иван"}, "title": "Заявка", "to": ["kommo"]}),
        json!({"key": "1.4", "kind": "set_status", "status": "done"}),
        json!({"key": "1.5", "kind": "finish", "mode": "silent", "outcome": "done"}),
        json!({"key": "1.6", "kind": "notify", "to": "telegram_admin", "text": "Лид"}),
        json!({"key": "1.7", "kind": "set_timer", "timer": "a", "due": "2026-01-06T10:00:00.000Z", "purpose": "confirm"}),
    ]
}

#[test]
fn manychat_answers_with_a_block_whose_actions_are_tags_and_fields() {
    let block = payload("manychat", &deal(), &json!({"channel": "instagram", "tags": {"finish": null}}));
    let actions = json!([
        {"action": "set_field_value", "field_name": "phone", "value": "+79001234567"},
        {"action": "add_tag", "tag_name": "lead"},
        {"action": "set_field_value", "field_name": "status", "value": "done"},
    ]);
    let content = json!({"type": "instagram", "messages": [{"type": "text", "text": "Спасибо! До связи!"}], "actions": actions});
    assert_eq!(block, json!({"version": "v2", "content": content}));
    let handoff = json!({"key": "2.1", "kind": "handoff", "reason": "angry", "priority": "high", "summary": "", "language": "ru", "to": []});
    let tagged = payload("manychat", &[handoff], &json!({}));
    assert_eq!(
        tagged["content"],
        json!({"messages": [], "actions": [{"action": "add_tag", "tag_name": "needs_human"}]})
    );
}

#[test]
fn manychat_calls_back_where_it_can_and_numbers_where_it_cannot() {
    let asked = [reply("Запишем?", YES_NO)];
    let flow = json!({"channel": "whatsapp", "flow": {"target": "content2018", "field": "pressed"}});
    let button = &payload("manychat", &asked, &flow)["content"]["messages"][0]["buttons"][0];
    let note = json!([{"action": "set_field_value", "field_name": "pressed", "value": "yes"}]);
    assert_eq!(*button, json!({"type": "flow", "caption": "Да", "target": "content2018", "actions": note}));
    let callback = json!({"callback": {"url": "https://host/hook", "headers": {"X-Key": "1"}}});
    let quick = payload("manychat", &asked, &callback)["content"]["quick_replies"][0].clone();
    assert_eq!(
        (&quick["type"], &quick["url"], &quick["payload"]["button"]),
        (&json!("dynamic_block_callback"), &json!("https://host/hook"), &json!("yes"))
    );
    let posted =
        json!({"id": "7", "last_interaction": "2026-01-05T10:00:00Z", "button": quick["payload"]["button"]});
    assert_eq!(read("manychat", &posted)["events"][0]["button"], "yes");
    let telegram = written("manychat", &asked, &json!({"channel": "telegram"}));
    assert_eq!(telegram.payloads[0]["content"]["messages"][0]["text"], "Запишем?\n\n1. Да\n2. Нет");
    assert_eq!(changes(&telegram), ["numbered buttons 2 0"]);
}

#[test]
fn only_the_last_buttons_are_numbered() {
    let encoded = written(
        "manychat",
        &[reply("Один?", YES_NO), reply("Два?", YES_NO)],
        &json!({"channel": "telegram"}),
    );
    let messages = &encoded.payloads[0]["content"]["messages"];
    assert_eq!(messages[0]["text"], "Один?\n\n— Да\n— Нет");
    assert_eq!(messages[1]["text"], "Два?\n\n1. Да\n2. Нет");
    let callback = json!({"callback": {"url": "https://host/hook"}});
    let quick = written("manychat", &[reply("Один?", YES_NO), reply("Два?", YES_NO)], &callback);
    assert_eq!(quick.payloads[0]["content"]["quick_replies"].as_array().unwrap().len(), 2);
    assert_eq!(changes(&quick), ["numbered buttons 2 0"]);
}

#[test]
fn flat_answers_have_every_key_and_the_fields_beside_them() {
    let flat = payload("manychat", &deal(), &json!({"form": "flat"}));
    let expected = json!({
        "reply": "Спасибо! До связи!", "buttons": [], "lead": true, "handoff": false, "finished": true, "status": "done",
        "phone": "+79001234567", "name": "Иван",
    });
    assert_eq!(flat, expected);
    let asked = payload("smartsender", &[reply("Запишем?", YES_NO)], &json!({}));
    assert_eq!((&asked["reply"], &asked["buttons"]), (&json!("Запишем?"), &json!(["Да", "Нет"])));
    let odd = json!({"key": "1.1", "kind": "set_field", "field": "reply", "value": true});
    assert_eq!(payload("smartsender", &[odd], &json!({}))["field_reply"], true);
    let sent = written(
        "smartsender",
        &[reply("Запишем?", YES_NO)],
        &json!({"form": "send", "to": "c7", "watermark": 1_763_712_000}),
    );
    assert_eq!(
        sent.payloads,
        [json!({"type": "text", "content": "Запишем?\n\n1. Да\n2. Нет", "watermark": 1_763_712_000})]
    );
    assert_eq!(sent.requests[0].path.as_deref(), Some("v1/contacts/c7/send"));
}

#[test]
fn a_page_sees_what_its_visitor_may_and_a_host_everything() {
    let page = written("web", &deal(), &json!({}));
    assert_eq!(page.payloads, [deal()[0].clone(), deal()[4].clone()]);
    assert_eq!(written("webhook", &deal(), &json!({})).payloads, deal());
    let map = json!({"field_map": {"reply": "answer", "phone": "tel", "nothing": "x"}});
    assert_eq!(
        payload("webhook", &deal(), &map),
        json!({"answer": "Спасибо! До связи!", "tel": "+79001234567"})
    );
}

#[test]
fn what_is_not_for_the_client_is_not_sent() {
    let quiet = &deal()[5..];
    for channel in ["telegram", "whatsapp", "messenger", "instagram", "viber", "web", "manychat"] {
        assert!(written(channel, quiet, &anyone()).payloads.is_empty(), "{channel}");
        assert!(written(channel, &[], &anyone()).payloads.is_empty(), "{channel}");
    }
}
