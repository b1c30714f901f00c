//! Notices to the team: R012, R013, R018, R096, R131.

use super::*;
use frontdesk::definition::TargetKind::{Email, TelegramAdmin};

fn notify(text: &str) -> Value {
    json!({"key": "3.1", "kind": "notify", "to": "telegram_admin", "text": text})
}

#[test]
fn r012_r131_a_notice_is_a_message_in_the_chat_of_the_team() {
    let encoded =
        encode(TelegramAdmin, json!([notify("Новая заявка")]), json!({"chat_id": -1001234567890_i64}));
    assert_eq!(encoded["payloads"], json!([{"chat_id": -1001234567890_i64, "text": "Новая заявка"}]));
    assert_eq!(
        encoded["requests"],
        json!([{"effect": "3.1", "method": "POST", "path": "sendMessage", "target": "telegram_admin"}])
    );
    let named = encode(TelegramAdmin, json!([notify("Да")]), json!({"chat_id": "@team", "thread_id": 7}));
    assert_eq!(named["payloads"][0], json!({"chat_id": "@team", "text": "Да", "message_thread_id": 7}));
    let refused = refusal(try_encode(TelegramAdmin, &json!([]), &json!({})));
    assert_eq!(refused, ("missing_key".into(), "options".into()));
}

#[test]
fn r013_r096_a_call_for_a_human_has_the_way_to_the_chat() {
    let button = json!({"inline_keyboard": [[{"text": "Открыть чат", "url": "https://chat.example/7"}]]});
    let said = "asked: Вопрос: «где вы» https://chat.example/7";
    let call = handoff(json!({"target": "telegram_admin", "text": said}));
    let encoded = encode(TelegramAdmin, json!([call]), json!({"chat_id": 1}));
    assert_eq!(encoded["payloads"][0], json!({"chat_id": 1, "text": said, "reply_markup": button}));
    // Where the author's words leave the link out, or there are none, it stands there all the same.
    let short = handoff(json!({"target": "telegram_admin", "text": "Клиент ждёт"}));
    let encoded = encode(TelegramAdmin, json!([short]), json!({"chat_id": 1}));
    assert_eq!(encoded["payloads"][0]["text"], "Клиент ждёт\nhttps://chat.example/7");
    let bare =
        encode(TelegramAdmin, json!([handoff(json!({"target": "telegram_admin"}))]), json!({"chat_id": 1}));
    assert_eq!(bare["payloads"][0]["text"], said);
    // Without a link nothing stands for it; Telegram refuses a message for a button that is no address.
    let mut unlinked = handoff(json!({"target": "telegram_admin"}));
    unlinked.as_object_mut().unwrap().remove("chat_url");
    let encoded = encode(TelegramAdmin, json!([unlinked]), json!({"chat_id": 1}));
    assert_eq!(encoded["payloads"][0], json!({"chat_id": 1, "text": "asked: Вопрос: «где вы»"}));
    let odd = with(handoff(json!({"target": "telegram_admin"})), json!({"chat_url": "app://chat 7"}));
    let encoded = encode(TelegramAdmin, json!([odd]), json!({"chat_id": 1}));
    assert!(encoded["payloads"][0].get("reply_markup").is_none());
    let other = encode(TelegramAdmin, json!([handoff(json!({"target": "kommo"}))]), json!({"chat_id": 1}));
    assert_eq!(other["payloads"], json!([]));
}

#[test]
fn r013_r018_a_lead_is_told_with_its_fields_and_links() {
    let fields = json!({
        "phone": "+79991234567", "service": "Чистка", "first": true,
        "when": {"date": "2026-12-25", "time": "15:00", "precision": "minute"},
        "slot": {"id": "s", "start": "2026-12-25T12:00:00Z"},
    });
    let effect =
        with(lead("telegram_admin"), json!({"fields": fields, "chat_url": "https://chat.example/7"}));
    let options = json!({
        "chat_id": 1, "labels": {"service": "Услуга"}, "timezone": "Europe/Moscow",
        "transcript_url": "https://log.example/7",
    });
    let encoded = encode(TelegramAdmin, json!([effect]), options);
    assert_eq!(
        encoded["payloads"][0]["text"].as_str().unwrap().lines().collect::<Vec<_>>(),
        [
            "Запись: Чистка",
            "first: Да",
            "Телефон: +79991234567",
            "Услуга: Чистка",
            "Время: 25 декабря, 15:00",
            "when: 25 декабря, 15:00",
            "utm.source: ig",
            "Переписка: https://log.example/7",
            "https://chat.example/7",
        ]
    );
    let english = encode(TelegramAdmin, json!([effect]), json!({"chat_id": 1, "language": "en"}));
    assert!(english["payloads"][0]["text"].as_str().unwrap().contains("Phone: +79991234567"));
    let changed = update("telegram_admin", json!({"phone": "+79990000000"}), json!({}));
    let encoded = encode(TelegramAdmin, json!([changed]), json!({"chat_id": 1}));
    assert_eq!(encoded["payloads"][0]["text"], "Заявка изменилась: visit\nТелефон: +79990000000");
}

#[test]
fn alerts_go_where_the_host_wants_them() {
    let alert = json!({"key": "7.1", "kind": "alert", "code": "lead_unconfirmed", "text": "the lead is not confirmed"});
    let told = |options: Value| encode(TelegramAdmin, json!([alert]), options)["payloads"].clone();
    assert_eq!(told(json!({"chat_id": 1})), json!([]));
    assert_eq!(told(json!({"chat_id": 1, "alerts": true}))[0]["text"], "the lead is not confirmed");
}

#[test]
fn r012_4096_units_and_one_above() {
    let told = |text: &str| {
        let options = json!({"chat_id": 1, "chat_url": "https://c.example"});
        let encoded = encode(TelegramAdmin, json!([notify(text)]), options);
        let buttons: Vec<bool> =
            encoded["payloads"].as_array().unwrap().iter().map(|p| p.get("reply_markup").is_some()).collect();
        (buttons, changes(&encoded))
    };
    // The link stands below, after a line break.
    let room = 4096 - "https://c.example".len() - 1;
    assert_eq!(told(&"д".repeat(room)), (vec![true], Vec::new()));
    assert_eq!(told(&"д".repeat(room + 1)), (vec![false, true], vec!["split text 4097/4096".to_string()]));
    // An emoji is two units.
    assert_eq!(told(&"🦷".repeat(room / 2)).0, [true]);
    assert_eq!(told(&"🦷".repeat(room / 2 + 1)).0.len(), 2);
}

#[test]
fn a_mail_has_one_line_of_subject() {
    let effect = with(
        lead("email"),
        json!({"chat_url": "https://chat.example/7", "title": "Запись:\r\nBcc: all@x.ru"}),
    );
    let encoded = encode(Email, json!([effect]), json!({"to": ["boss@a.ru"]}));
    assert_eq!(
        encoded["payloads"][0],
        json!({
            "to": ["boss@a.ru"], "subject": "Запись: Bcc: all@x.ru",
            "text": "Запись:\r\nBcc: all@x.ru\nПочта: a@b.ru\nИмя: Иван\nТелефон: +79991234567\nutm.source: ig\nhttps://chat.example/7",
        })
    );
    assert_eq!(encoded["requests"][0], json!({"effect": "1.1", "method": "SMTP", "target": "email"}));
    let subject = |count: usize| {
        let notice = json!({"key": "3.1", "kind": "notify", "to": "email", "text": "д".repeat(count)});
        let encoded = encode(Email, json!([notice]), json!({"to": "boss@a.ru"}));
        (encoded["payloads"][0]["subject"].as_str().unwrap().chars().count(), changes(&encoded))
    };
    assert_eq!(subject(200), (200, Vec::new()));
    assert_eq!(subject(201), (200, vec!["clipped subject 201/200".to_string()]));
    let own = json!({"to": "boss@a.ru", "subject": "Бот", "target": "email_boss"});
    let call = handoff(json!({"target": "email_boss"}));
    assert_eq!(encode(Email, json!([call, lead("email")]), own)["payloads"].as_array().unwrap().len(), 1);
    assert_eq!(refusal(try_encode(Email, &json!([]), &json!({}))).0, "missing_key");
}
