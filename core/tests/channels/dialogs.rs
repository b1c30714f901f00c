//! The user's example dialogs, from the request of a vendor to the answer that it takes.

use super::node;
use frontdesk::bot::Files;
use frontdesk::channels::{Channel, decode, encode};
use frontdesk::wire::Outgoing;
use frontdesk::{Bot, Session, Timestamp};
use serde_json::{Value, json};

const DESK: &str = r#"
bot: 1
name: Стойка
region: RU
timezone: Europe/Moscow
languages: { main: ru }
channels: [instagram, telegram]
platform: manychat
words: { animals: [собака] }
fields: { phone: { type: phone } }
faq:
  items: [ { ask: [Сколько стоит чистка?], say: Чистка — от 4 500 ₽ } ]
  unknown: [ { say: Передаю менеджеру. }, { handoff: faq_miss } ]
rules:
  - { if: { has: phone }, do: [ { lead: callback }, { say: Спасибо! Ваша заявка принята. До связи! }, { status: done }, { finish: silent } ] }
  - { if: { words: animals }, do: [ { status: not_fit }, { finish: silent } ] }
leads: { callback: { need: [phone], to: [kommo], title: Перезвонить } }
handoff: { to: { telegram_admin: { say: "{chat_url}" } } }
"#;

/// A host in a few lines: decode, step, encode.
struct Host {
    bot: Bot,
    session: Option<Session>,
    minute: i64,
}

impl Host {
    fn new() -> Self {
        let bot = Bot::from_yaml(DESK, &Files::new()).unwrap().bot;
        Self { bot, session: None, minute: 0 }
    }

    /// The body of a webhook in, what the vendor is sent out, and the effects beside it.
    fn take(&mut self, channel: Channel, payload: &Value, options: &Value) -> (Vec<Value>, Vec<Outgoing>) {
        self.minute += 1;
        let now = Timestamp::from_millis(1_763_712_000_000 + self.minute * 60_000);
        let decoded = decode(channel, &node(payload), &node(&json!({}))).unwrap();
        let mut effects = Vec::new();
        for talk in decoded.conversations {
            let open = || self.bot.open(talk.key.clone().unwrap(), now, talk.contact.clone());
            let session = self.session.get_or_insert_with(open);
            for event in &talk.events {
                effects.extend(Outgoing::of(&self.bot.step(session, event, now).unwrap().effects).unwrap());
            }
        }
        (encode(channel, &effects, &node(options)).unwrap().payloads, effects)
    }

    fn manychat(&mut self, text: &str) -> Value {
        let payload = json!({
            "id": "13245647000000001", "page_id": "234564657000000001", "name": "Иван П", "last_input_text": text,
            "live_chat_url": "https://manychat.com/fb2345/chat/1324", "last_interaction": format!("2025-11-21T10:{:02}:00Z", self.minute),
            "custom_fields": {"utm_source": "ig"},
        });
        let (sent, _) = self.take(
            Channel::ManyChat,
            &payload,
            &json!({"channel": "instagram", "to": "13245647000000001"}),
        );
        sent.into_iter().next().map_or(Value::Null, |block| block["content"].clone())
    }
}

fn said(content: &Value) -> Vec<&str> {
    content["messages"].as_array().into_iter().flatten().map(|m| m["text"].as_str().unwrap()).collect()
}

fn tags(content: &Value) -> Vec<&str> {
    content["actions"].as_array().into_iter().flatten().filter_map(|a| a["tag_name"].as_str()).collect()
}

#[test]
fn r004_r010_manychat_asks_and_the_table_answers_at_once() {
    let answer = Host::new().manychat("сколько стоит чистка");
    assert_eq!((&answer["type"], said(&answer)), (&json!("instagram"), vec!["Чистка — от 4 500 ₽"]));
}

#[test]
fn r111_r112_r127_a_phone_becomes_a_lead_and_silence() {
    let mut host = Host::new();
    let answer = host.manychat("Мой номер 8-900-123-45-67");
    assert_eq!(said(&answer), ["Спасибо! Ваша заявка принята. До связи!"]);
    assert_eq!(tags(&answer), ["lead", "finished"]);
    let phone = json!({"action": "set_field_value", "field_name": "phone", "value": "+79001234567"});
    assert!(answer["actions"].as_array().unwrap().contains(&phone), "{answer}");
    assert_eq!(host.manychat("А какие у вас условия?"), Value::Null);
}

#[test]
fn r113_a_stop_word_ends_the_dialog_without_a_word() {
    let mut host = Host::new();
    let answer = host.manychat("Обожаю собак!");
    assert_eq!((said(&answer), tags(&answer)), (vec![], vec!["finished"]));
}

#[test]
fn r011_r013_an_unknown_question_calls_a_human_with_the_link_to_the_chat() {
    let mut host = Host::new();
    let payload = json!({
        "id": "7", "page_id": "1", "last_input_text": "У вас есть парковка для вертолёта?", "last_interaction": "2025-11-21T10:00:00Z",
        "live_chat_url": "https://manychat.com/fb2345/chat/1324",
    });
    let (sent, effects) = host.take(Channel::ManyChat, &payload, &json!({"channel": "instagram"}));
    assert!(tags(&sent[0]["content"]).contains(&"needs_human"), "{sent:?}");
    let effects = serde_json::to_string(&effects).unwrap();
    assert!(effects.contains("https://manychat.com/fb2345/chat/1324"), "{effects}");
}

#[test]
fn a_request_that_is_repeated_is_answered_once() {
    let payload = json!({"id": "7", "page_id": "1", "last_input_text": "Мой номер 8-900-123-45-67", "last_interaction": "2025-11-21T10:00:00Z"});
    let mut host = Host::new();
    let options = json!({"channel": "instagram"});
    assert_eq!(host.take(Channel::ManyChat, &payload, &options).0.len(), 1);
    assert_eq!(host.take(Channel::ManyChat, &payload, &options).0.len(), 0);
}

#[test]
fn the_bot_is_silent_from_the_managers_first_word_on() {
    let business = |id: i64, from: i64, text: &str| {
        json!({"update_id": id, "business_message": {"message_id": id, "business_connection_id": "bc", "text": text, "date": 1_763_712_000,
            "from": {"id": from, "first_name": "Ольга"}, "chat": {"id": 77, "type": "private"}}})
    };
    let mut host = Host::new();
    let options = json!({"to": "77", "business_connection_id": "bc"});
    let (sent, _) = host.take(Channel::Telegram, &business(1, 77, "сколько стоит чистка"), &options);
    assert_eq!(sent[0]["text"], "Чистка — от 4 500 ₽");
    assert!(host.take(Channel::Telegram, &business(2, 5, "Здравствуйте, я на связи"), &options).0.is_empty());
    assert!(host.take(Channel::Telegram, &business(3, 77, "сколько стоит чистка"), &options).0.is_empty());
}

/// What each messenger posts for a text of its client's, and what its API needs beside.
fn posts(text: &str) -> Vec<(Channel, Value, Value)> {
    let person = json!({"id": "7", "name": "Иван"});
    let meta = |object: &str| {
        json!({"object": object, "entry": [{"id": "1", "messaging": [{
            "sender": {"id": "7"}, "recipient": {"id": "1"}, "timestamp": 1_763_712_000_000_i64, "message": {"mid": "m", "text": text},
        }]}]})
    };
    let cloud = json!({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{"field": "messages", "value": {
        "messaging_product": "whatsapp", "metadata": {"phone_number_id": "1"}, "contacts": [{"wa_id": "7", "profile": {"name": "Иван"}}],
        "messages": [{"from": "7", "id": "w", "timestamp": "1763712000", "type": "text", "text": {"body": text}}],
    }}]}]});
    let to = json!({"to": "7", "bot_name": "Бот"});
    vec![
        (
            Channel::Telegram,
            json!({"update_id": 1, "message": {"message_id": 5, "from": {"id": 7, "is_bot": false}, "chat": {"id": 7, "type": "private"}, "date": 1_763_712_000, "text": text}}),
            to.clone(),
        ),
        (Channel::Instagram, meta("instagram"), to.clone()),
        (Channel::Messenger, meta("page"), to.clone()),
        (Channel::WhatsApp, cloud, to.clone()),
        (
            Channel::Viber,
            json!({"event": "message", "timestamp": 1_763_712_000_000_i64, "message_token": "4912661846655238145", "sender": person, "message": {"type": "text", "text": text}}),
            to,
        ),
        (
            Channel::Web,
            json!({"key": {"channel": "web", "account": "site", "user": "7"}, "event": {"id": "1", "kind": "message", "text": text}}),
            json!({}),
        ),
    ]
}

#[test]
fn r001_every_messenger_and_the_site_ask_and_are_answered() {
    for (channel, payload, options) in posts("сколько стоит чистка?") {
        let (sent, _) = Host::new().take(channel, &payload, &options);
        assert!(json!(sent).to_string().contains("Чистка — от 4 500 ₽"), "{}: {sent:?}", channel.name());
    }
}

#[test]
fn r004_manychat_serves_four_messengers() {
    for channel in ["telegram", "instagram", "whatsapp", "messenger"] {
        let payload = json!({"id": "7", "page_id": "1", "last_input_text": "сколько стоит чистка", "last_interaction": "2025-11-21T10:00:00Z"});
        let (sent, _) = Host::new().take(Channel::ManyChat, &payload, &json!({"channel": channel}));
        let content = &sent[0]["content"];
        // The block for Facebook has no type.
        assert_eq!(content.get("type"), Some(&json!(channel)).filter(|_| channel != "messenger"));
        assert_eq!(said(content), ["Чистка — от 4 500 ₽"]);
    }
}

#[test]
fn r005_smartsender_serves_all_of_its_messengers_with_one_answer() {
    let asked = json!({"userId": "7", "messageId": "1", "text": "сколько стоит чистка"});
    let mut host = Host::new();
    let (sent, _) = host.take(Channel::SmartSender, &asked, &json!({}));
    assert_eq!((&sent[0]["reply"], &sent[0]["lead"]), (&json!("Чистка — от 4 500 ₽"), &json!(false)));
    let left = json!({"userId": "7", "messageId": "2", "text": "8-900-123-45-67"});
    let (sent, _) = host.take(Channel::SmartSender, &left, &json!({}));
    assert_eq!((&sent[0]["lead"], &sent[0]["phone"]), (&json!(true), &json!("+79001234567")));
    assert_eq!(sent[0]["finished"], json!(true));
}
