//! The whole way: a client writes, the lead reaches two systems, their answers come back to the dialog.

use super::*;
use frontdesk::bot::{Bot, Files};
use frontdesk::definition::TargetKind::{Bitrix24, Kommo, TelegramAdmin};
use frontdesk::dialog::{Contact, Event, Key, Session, Turn};
use frontdesk::time::Timestamp;

const DESK: &str = r#"{
    "bot": 1, "region": "RU", "timezone": "Europe/Moscow",
    "fields": {"phone": {"type": "phone"}},
    "rules": [{"if": {"has": "phone"}, "do": [{"lead": "callback"}, {"say": "Спасибо! Ваша заявка принята."},
        {"notify": "telegram_admin", "text": "Новая заявка {chat_url}"}, {"status": "done"}, {"finish": "silent"}]}],
    "leads": {"callback": {"need": ["phone"], "to": ["kommo", "bitrix24_spb"], "title": "Перезвонить: {phone}",
        "confirm_within": "5m"}}
}"#;

struct Desk {
    bot: Bot,
    session: Session,
    now: Timestamp,
}

impl Desk {
    fn open() -> Self {
        let bot = Bot::from_json(DESK, &Files::new()).unwrap().bot;
        let now = Timestamp::parse("2026-11-21T10:00:00Z").unwrap();
        let key = Key { channel: "instagram".into(), account: "a".into(), user: "u".into() };
        let contact = json!({"chat_url": "https://manychat.com/fb1/chat/2", "utm": {"source": "ig", "campaign": "spring"}});
        let contact = Contact::from_node(&node(&contact)).unwrap();
        let session = bot.open(key, now, Some(contact));
        Self { bot, session, now }
    }

    fn takes(&mut self, event: &Value) -> Turn {
        self.now = self.now.plus(1000);
        let event = Event::from_json(&event.to_string()).unwrap();
        self.bot.step(&mut self.session, &event, self.now).unwrap()
    }
}

fn effects(turn: &Turn) -> Value {
    serde_json::to_value(&turn.effects).unwrap()
}

#[test]
fn r126_r131_r156_r158_a_lead_reaches_both_and_their_ids_come_back() {
    let mut desk = Desk::open();
    let turn = desk.takes(&json!({"id": "m1", "kind": "message", "text": "Мой номер 8-900-123-45-67"}));
    let effects = effects(&turn);
    let kommo =
        encode(Kommo, effects.clone(), json!({"fields": {"chat_url": 55}, "statuses": {"done": null}}));
    let bitrix = encode(Bitrix24, effects.clone(), json!({"target": "bitrix24_spb"}));
    let notice =
        encode(TelegramAdmin, effects, json!({"chat_id": -5, "chat_url": "https://manychat.com/fb1/chat/2"}));
    assert_eq!(
        (paths(&kommo), paths(&bitrix)),
        (vec!["POST /api/v4/leads/complex".into()], vec!["POST crm.item.add".into()])
    );
    // One key for the CRM to know the lead by, whatever is sent again.
    assert_eq!(kommo["payloads"][0][0]["request_id"], bitrix["payloads"][0]["fields"]["originId"]);
    let marks = &bitrix["payloads"][0]["fields"];
    assert_eq!((&marks["utmSource"], &marks["utmCampaign"]), (&json!("ig"), &json!("spring")));
    assert_eq!(marks["stageId"], "PROCESSED", "R136: the status set beside the lead");
    assert_eq!(kommo["changes"], json!([]));
    let message = &notice["payloads"][0];
    assert_eq!(message["text"], "Новая заявка https://manychat.com/fb1/chat/2");
    assert_eq!(message["reply_markup"]["inline_keyboard"][0][0]["url"], "https://manychat.com/fb1/chat/2");

    let effect = kommo["requests"][0]["effect"].clone();
    let failed = json!({"effect": effect, "status": 500});
    let refused = result(Kommo, json!("<html>"), failed);
    assert_eq!(desk.takes(&refused).record.matched.why, ["refused"]);
    let answered = json!([{"id": 9774766, "request_id": [kommo["requests"][0]["key"]], "merged": true}]);
    let ok = result(
        Kommo,
        answered,
        json!({"effect": effect, "status": 200, "request": kommo["requests"][0]["key"]}),
    );
    let turn = desk.takes(&ok);
    assert_eq!(turn.record.matched.why, ["confirmed"]);
    let record = serde_json::to_value(&turn.record).unwrap();
    assert_eq!(
        record["event"]["data"],
        json!({"id": "9774766", "merged": true}),
        "the id of the deal is on record"
    );
    let repeated = desk.takes(&ok);
    assert_eq!(serde_json::to_value(repeated.outcome).unwrap(), "duplicate");
    let ok = result(
        Bitrix24,
        json!({"result": {"item": {"id": 342}}}),
        json!({"effect": effect, "target": "bitrix24_spb", "status": 200}),
    );
    assert_eq!(desk.takes(&ok).record.matched.why, ["confirmed"]);
    // Both have it: no alert after five minutes.
    desk.now = desk.now.plus(600_000);
    let due = desk.bot.due(&mut desk.session, desk.now).unwrap();
    assert!(due.effects.is_empty());
}

#[test]
fn r135_a_lead_without_a_target_is_lost_nowhere_and_sent_nowhere() {
    let text = DESK.replace(r#""to": ["kommo", "bitrix24_spb"], "#, "");
    let mut desk = Desk { bot: Bot::from_json(&text, &Files::new()).unwrap().bot, ..Desk::open() };
    desk.session =
        desk.bot.open(Key { channel: "web".into(), account: "a".into(), user: "u".into() }, desk.now, None);
    let turn = desk.takes(&json!({"id": "m1", "kind": "message", "text": "+79001234567"}));
    let effects = effects(&turn);
    assert!(effects.as_array().unwrap().iter().any(|e| e["kind"] == "create_lead"));
    for (kind, options) in [(Kommo, json!({})), (Bitrix24, json!({}))] {
        let encoded = encode(kind, effects.clone(), options);
        assert!(
            !paths(&encoded).iter().any(|path| path.contains("add") || path.contains("complex")),
            "{encoded}"
        );
    }
    assert!(serde_json::to_string(&turn.record).unwrap().contains("+79001234567"));
}
