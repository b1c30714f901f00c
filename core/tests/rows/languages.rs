//! Several languages, one set of rules: R082 to R086, C16, C17.

use crate::talk::{Talk, at, example, json, key, shown};
use serde_json::{Value, json};

fn hotel() -> Talk {
    Talk::new(example("hotel"))
}

/// The language of the first reply to a message.
fn answered_in(talk: &mut Talk, text: &str) -> Value {
    let turn = talk.event(json!({"kind": "message", "text": text}));
    let replies = turn.effects.iter().map(|e| serde_json::to_value(e).unwrap());
    replies.filter(|e| e["kind"] == "reply").map(|e| e["language"].clone()).next().unwrap_or(Value::Null)
}

#[test]
fn r082_r083_each_message_is_answered_in_its_own_language() {
    for (text, language) in [
        ("Скільки коштує номер?", "uk"),
        ("Сколько стоит номер?", "ru"),
        ("How much is a room?", "en"),
        ("Завтрак включён в стоимость?", "ru"),
        ("Чи можна приїхати раніше?", "uk"),
        ("Можно приехать пораньше?", "ru"),
        ("Could we arrive earlier?", "en"),
        ("Хочу забронировать люкс", "ru"),
        ("Хочу забронювати люкс", "uk"),
        ("Нужен номер с балконом", "ru"),
        ("Потрібен номер із балконом", "uk"),
        ("We need a room with a balcony", "en"),
    ] {
        assert_eq!(answered_in(&mut hotel(), text), language, "{text}");
        let mut talk = hotel();
        talk.says("Is there Wi-Fi?");
        assert_eq!(answered_in(&mut talk, text), language, "after English: {text}");
    }
}

#[test]
fn c16_very_short_messages_keep_the_language_of_the_session() {
    for (opening, language) in
        [("Do you have parking?", "en"), ("Есть ли у вас парковка?", "ru"), ("Чи є парковка?", "uk")]
    {
        for short in ["ok", "+", "👍", "067 123 45 67", "2", "Spa", "wi-fi", "a@b.com"] {
            let mut talk = hotel();
            talk.says(opening);
            talk.says(short);
            assert_eq!(talk.session.language(), language, "{opening} {short}");
        }
    }
}

#[test]
fn c16_the_device_decides_before_the_client_has_written_anything_telling() {
    for (device, language) in [("en-GB", "en"), ("ru_RU", "ru"), ("pl", "uk")] {
        let mut talk = hotel();
        let turn = talk.event(json!({"kind": "message", "text": "+", "language": device}));
        assert_eq!((shown(&turn).len(), talk.session.language()), (0, language), "{device}");
        assert_eq!(answered_in(&mut talk, "Have you got parking?"), "en");
        talk.event(json!({"kind": "message", "text": "ok", "language": "ru"}));
        assert_eq!(talk.session.language(), "en", "what was written counts more than the device");
    }
}

#[test]
fn r082_a_language_the_bot_does_not_answer_in_follows_the_policy() {
    for text in [
        "هل لديكم غرفة لشخصين؟",
        "部屋は ありますか 二人です",
        "გაქვთ თავისუფალი ნომერი?",
        "יש לכם חדר פנוי?",
    ] {
        assert_eq!(hotel().says(text), ["handoff language normal"], "{text}");
        let body = "languages: { main: uk, unknown: main }\nfaq: { unknown: { say: \"Уточнимо.\" } }";
        assert_eq!(Talk::of(body).says(text), ["say Уточнимо."], "{text}");
    }
}

#[test]
fn r082_any_script_is_taken_without_harm() {
    let mut talk = hotel();
    for text in [
        "\u{202e}abc\u{0}",
        "ภาษาไทย",
        "नमस्ते दुनिया",
        "🏳️‍🌈🏳️‍🌈",
        "Ω≈ç√∫",
        "a\u{301}\u{301}\u{301}",
        "\u{feff}",
        "  \n\t ",
    ] {
        let turn = talk.event(json!({"kind": "message", "text": text}));
        assert!(json(&turn).contains("\"mode\""), "{text}");
    }
}

#[test]
fn r084_a_missing_translation_is_warned_of_and_the_main_language_stands_in() {
    let body = r#"
languages: { main: uk, also: [en] }
faq: { items: [ { ask: [режим, hours], say: { uk: "З восьмої." } } ] }
"#;
    assert!(crate::talk::warnings(body).contains(&"text_missing".to_string()));
    assert_eq!(Talk::of(body).says("What are your hours?"), ["say З восьмої."]);
}

#[test]
fn r085_c17_the_summary_is_in_the_language_of_the_team_with_the_clients_words_verbatim() {
    let mut talk = hotel();
    talk.says("Hi, I need a suite from 25 January");
    talk.says("two");
    let turn =
        talk.event(json!({"kind": "message", "text": "Let me talk to a real person, my cot must fit"}));
    let handoff =
        turn.effects.iter().map(|e| serde_json::to_value(e).unwrap()).find(|e| e["kind"] == "handoff");
    let handoff = handoff.unwrap();
    assert_eq!(handoff["language"], "en");
    assert_eq!(
        handoff["summary"],
        "Питання: «Let me talk to a real person, my cot must fit»; Номер: Люкс; Заїзд: 25 січня; Ночей: 2"
    );
    let told = handoff["to"][0]["text"].as_str().unwrap();
    assert!(told.starts_with("asked: Питання: «Let me talk"), "{told}");
}

/// The kinds of all effects of a dialog, with what they carry but for texts.
fn skeleton(channel: &str, messages: &[&str]) -> Vec<Value> {
    let mut talk =
        Talk::open(example("hotel"), frontdesk::dialog::Key { channel: channel.into(), ..key("1") }, None);
    let mut effects = Vec::new();
    for text in messages {
        let turn = talk.event(json!({"kind": "message", "text": text}));
        effects.extend(turn.effects.iter().map(|e| serde_json::to_value(e).unwrap()));
        let asked =
            effects.iter().rfind(|e| e["kind"] == "request").map(|e| e["key"].as_str().unwrap().to_string());
        if let Some(key) = asked.filter(|key| turn.effects.iter().any(|e| e.key == *key)) {
            let turn = talk.event(json!({"kind": "result", "effect": key, "ok": true}));
            effects.extend(turn.effects.iter().map(|e| serde_json::to_value(e).unwrap()));
        }
    }
    talk.now = at("2026-01-17T12:00:00Z");
    let turn = talk.due();
    effects.extend(turn.effects.iter().map(|e| serde_json::to_value(e).unwrap()));
    for effect in &mut effects {
        let effect = effect.as_object_mut().unwrap();
        ["text", "language", "lead_key", "title", "timer"].iter().for_each(|key| drop(effect.remove(*key)));
        let ids =
            |buttons: &Value| buttons.as_array().unwrap().iter().map(|b| b["id"].clone()).collect::<Value>();
        if let Some(buttons) = effect.get("buttons").map(ids) {
            effect.insert("buttons".into(), buttons);
        }
        if let Some(fields) = effect.get_mut("fields").and_then(Value::as_object_mut) {
            fields.remove("name");
        }
        if effect.get("field") == Some(&json!("name")) {
            effect.remove("value");
        }
        if let Some(params) = effect.get_mut("params").and_then(Value::as_object_mut) {
            params.remove("name");
        }
    }
    effects
}

const ENGLISH: &[&str] = &[
    "I would like to book a room on 20 January",
    "3",
    "Suite",
    "2",
    "Emma",
    "+380 67 123 45 67",
    "thank you",
];

#[test]
fn r086_the_same_dialog_in_three_languages_has_the_same_effects() {
    let ukrainian =
        ["Хочу забронювати номер на 20 січня", "три", "люкс", "двоє", "Олена", "067 123 45 67", "дякую"];
    let russian =
        ["Хочу забронировать номер на 20 января", "три", "люкс", "двое", "Елена", "067 123 45 67", "спасибо"];
    let english = skeleton("telegram", ENGLISH);
    assert!(english.iter().any(|e| e["kind"] == "create_lead"), "{english:#?}");
    assert_eq!(skeleton("telegram", &ukrainian), english);
    assert_eq!(skeleton("telegram", &russian), english);
}

#[test]
fn r038_r055_r086_and_on_every_channel() {
    let telegram = skeleton("telegram", ENGLISH);
    for channel in ["instagram", "whatsapp", "messenger", "viber", "web"] {
        assert_eq!(skeleton(channel, ENGLISH), telegram, "{channel}");
    }
}
