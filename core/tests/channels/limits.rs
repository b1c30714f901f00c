//! Every limit of a vendor: what is at it goes through, one more is split, clipped, listed, numbered or parted.

use super::{anyone, changes, reply, written};
use frontdesk::wire::Encoded;
use proptest::prelude::*;
use serde_json::{Value, json};

fn texts(encoded: &Encoded) -> Vec<String> {
    fn find(value: &Value) -> Option<&str> {
        ["text", "body", "content", "message", "interactive"].iter().find_map(|key| match value.get(key) {
            Some(Value::String(text)) => Some(text.as_str()),
            Some(inner @ Value::Object(_)) => find(inner),
            _ => None,
        })
    }
    encoded.payloads.iter().filter_map(|payload| find(payload).map(str::to_string)).collect()
}

#[test]
fn texts_are_split_one_above_the_limit() {
    for (channel, letter, most) in [
        ("telegram", "я", 4096),
        ("telegram", "😀", 2048),
        ("whatsapp", "я", 4096),
        ("messenger", "я", 2000),
        ("instagram", "я", 500),
        ("viber", "я", 7000),
    ] {
        let whole = written(channel, &[reply(&letter.repeat(most), &[])], &anyone());
        assert_eq!((whole.payloads.len(), changes(&whole)), (1, vec![]), "{channel}");
        let split = written(channel, &[reply(&letter.repeat(most + 1), &[])], &anyone());
        assert_eq!(split.payloads.len(), 2, "{channel}");
        assert!(changes(&split)[0].starts_with("split text "), "{channel}");
        assert_eq!(texts(&split).concat(), letter.repeat(most + 1), "{channel}");
    }
}

#[test]
fn manychat_holds_the_text_limit_of_the_channel_behind_it() {
    for (channel, most) in [("instagram", 500), ("whatsapp", 4096), ("telegram", 4096), ("messenger", 2000)] {
        let said =
            |n: usize| written("manychat", &[reply(&"я".repeat(n), &[])], &json!({"channel": channel}));
        let messages = |n| said(n).payloads[0]["content"]["messages"].as_array().unwrap().len();
        assert_eq!((messages(most), messages(most + 1)), (1, 2), "{channel}");
    }
}

fn numbered(n: usize) -> Vec<(String, String)> {
    (1..=n).map(|n| (format!("id{n}"), format!("Пункт {n}"))).collect()
}

fn with_buttons(channel: &str, buttons: &[(String, String)], options: &Value) -> Encoded {
    let buttons: Vec<(&str, &str)> =
        buttons.iter().map(|(id, title)| (id.as_str(), title.as_str())).collect();
    written(channel, &[reply("Выберите", &buttons)], options)
}

#[test]
fn buttons_degrade_one_above_the_limit() {
    let flow = |channel: &str| json!({"channel": channel, "flow": {"target": "c", "field": "f"}});
    for (channel, options, most) in [
        ("telegram", anyone(), 100),
        ("whatsapp", anyone(), 10),
        ("messenger", anyone(), 13),
        ("instagram", anyone(), 13),
        ("viber", anyone(), 24),
        ("manychat", flow("instagram"), 11),
        ("manychat", flow("telegram"), 3),
    ] {
        let at = with_buttons(channel, &numbered(most), &options);
        assert!(!changes(&at).iter().any(|c| c.starts_with("numbered")), "{channel} {:?}", changes(&at));
        let above = with_buttons(channel, &numbered(most + 1), &options);
        assert_eq!(changes(&above), [format!("numbered buttons {} {most}", most + 1)], "{channel}");
    }
    assert_eq!(changes(&with_buttons("whatsapp", &numbered(3), &anyone())), [""; 0]);
    assert_eq!(changes(&with_buttons("whatsapp", &numbered(4), &anyone())), ["listed buttons 4 3"]);
}

#[test]
fn titles_are_clipped_one_above_the_limit() {
    let titled = |n: usize| vec![("a".to_string(), "я".repeat(n))];
    let flow = json!({"channel": "instagram", "flow": {"target": "c", "field": "f"}});
    for (channel, options, most, unit) in [
        ("whatsapp", anyone(), 20, 1),
        ("messenger", anyone(), 20, 1),
        ("instagram", anyone(), 20, 1),
        ("manychat", flow, 20, 1),
        ("viber", anyone(), 125, 2),
    ] {
        assert_eq!(changes(&with_buttons(channel, &titled(most), &options)), [""; 0], "{channel}");
        let clipped = changes(&with_buttons(channel, &titled(most + 1), &options));
        assert_eq!(
            clipped,
            [format!("clipped buttons[0].title {} {}", (most + 1) * unit, most * unit)],
            "{channel}"
        );
    }
    let name = |n: usize| {
        changes(&written("viber", &[reply("а", &[])], &json!({"to": "7", "bot_name": "я".repeat(n)})))
    };
    assert_eq!((name(28), name(29)), (vec![], vec!["clipped bot_name 29 28".to_string()]));
}

#[test]
fn ids_become_tokens_or_numbers_one_above_the_limit() {
    let ids = |n: usize| vec![("x".repeat(n), "Да".to_string())];
    assert_eq!(changes(&with_buttons("telegram", &ids(64), &anyone())), [""; 0]);
    assert_eq!(changes(&with_buttons("telegram", &ids(65), &anyone())), ["shortened buttons[0].id 65 64"]);
    for (channel, most) in [("whatsapp", 256), ("messenger", 512), ("viber", 150)] {
        assert_eq!(changes(&with_buttons(channel, &ids(most), &anyone())), [""; 0], "{channel}");
        assert!(
            changes(&with_buttons(channel, &ids(most + 1), &anyone()))[0].starts_with("numbered"),
            "{channel}"
        );
    }
    // A list takes shorter ids than buttons do.
    let mut four = numbered(3);
    four.extend(ids(200));
    assert_eq!(changes(&with_buttons("whatsapp", &four, &anyone())), ["listed buttons 4 3"]);
    four[3].0.push('x');
    assert_eq!(changes(&with_buttons("whatsapp", &four, &anyone())), ["numbered buttons 4 10"]);
}

#[test]
fn titles_that_clipping_makes_equal_are_numbered() {
    let same = [("1", "Консультация терапевта"), ("2", "Консультация терапевтов")];
    let encoded = written("whatsapp", &[reply("Кто?", &same)], &anyone());
    // Buttons of 20 characters would be equal; rows of 24 are not.
    assert_eq!(changes(&encoded), ["listed buttons 2 3"]);
    let same = [("1", "Консультация заместителя врача"), ("2", "Консультация заместителя хирурга")];
    let encoded = written("whatsapp", &[reply("Кто?", &same)], &anyone());
    assert_eq!(changes(&encoded), ["numbered buttons 2 10"]);
}

#[test]
fn a_body_with_buttons_is_shorter_than_a_text() {
    let asked = |n: usize| written("whatsapp", &[reply(&"я".repeat(n), &[("y", "Да")])], &anyone());
    assert_eq!((asked(1024).payloads.len(), asked(1025).payloads.len()), (1, 2));
    let kinds: Vec<Value> = asked(1025).payloads.iter().map(|p| p["type"].clone()).collect();
    assert_eq!(kinds, ["text", "interactive"]);
}

#[test]
fn manychat_takes_ten_messages_and_five_actions() {
    let options = json!({"channel": "telegram", "to": "7"});
    let said = |n: usize| written("manychat", &vec![reply("а", &[]); n], &options);
    assert_eq!(said(10).payloads.len(), 1);
    let two = said(11);
    assert_eq!((two.payloads.len(), changes(&two)), (2, vec!["parted messages 11 10".to_string()]));
    assert_eq!(two.requests[1].path.as_deref(), Some("fb/sending/sendContent"));
    assert_eq!(two.payloads[1]["subscriber_id"], "7");
    let tags = |n: usize| {
        let tags: Vec<Value> =
            (0..n).map(|n| json!({"key": "1.1", "kind": "tag", "tag": format!("t{n}")})).collect();
        written("manychat", &tags, &options)
    };
    assert_eq!(tags(5).payloads.len(), 1);
    assert_eq!((tags(6).payloads.len(), changes(&tags(6))), (2, vec!["parted actions 6 5".to_string()]));
}

#[test]
fn manychat_keeps_tags_before_fields_where_it_can_only_answer() {
    let field = |n: usize| json!({"key": "1.1", "kind": "set_field", "field": format!("f{n}"), "value": "а"});
    let mut effects: Vec<Value> = (0..5).map(field).collect();
    effects.push(json!({"key": "1.6", "kind": "tag", "tag": "vip"}));
    let encoded = written("manychat", &effects, &json!({}));
    assert_eq!((encoded.payloads.len(), changes(&encoded)), (1, vec!["dropped actions 6 5".to_string()]));
    let actions = encoded.payloads[0]["content"]["actions"].as_array().unwrap();
    assert_eq!((actions.len(), &actions[4]["tag_name"]), (5, &json!("vip")));
    let said = written("manychat", &vec![reply("а", &[]); 11], &json!({}));
    assert_eq!((said.payloads.len(), changes(&said)), (1, vec!["dropped messages 11 10".to_string()]));
}

#[test]
fn the_largest_message_of_viber_is_below_30_kb() {
    let buttons: Vec<(String, String)> =
        (0..24).map(|n| (format!("{n:0>150}"), format!("{n:😀>62}"))).collect();
    let buttons: Vec<(&str, &str)> =
        buttons.iter().map(|(id, title)| (id.as_str(), title.as_str())).collect();
    let encoded = written("viber", &[reply(&"я".repeat(7000), &buttons)], &anyone());
    assert!(encoded.payloads.last().unwrap()["keyboard"].is_object());
    for payload in &encoded.payloads {
        assert!(payload.to_string().len() <= 30_000, "{}", payload.to_string().len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nothing_leaves_above_a_limit(
        text in "[а-я 😀👩‍🔬.\\n]{1,60}", times in 1_usize..120, titles in prop::collection::vec("[а-я😀]{1,40}", 0..16),
    ) {
        let buttons: Vec<(&str, &str)> = titles.iter().map(|t| (t.as_str(), t.as_str())).collect();
        let said = reply(&format!("а{}", text.repeat(times)), &buttons);
        let utf16 = |text: &str| text.encode_utf16().count();
        for text in texts(&written("telegram", std::slice::from_ref(&said), &anyone())) {
            prop_assert!(utf16(&text) <= 4096);
        }
        for text in texts(&written("instagram", std::slice::from_ref(&said), &anyone())) {
            prop_assert!(text.len() <= 1000);
        }
        for payload in written("telegram", std::slice::from_ref(&said), &anyone()).payloads {
            for row in payload["reply_markup"]["inline_keyboard"].as_array().into_iter().flatten() {
                prop_assert!(row[0]["callback_data"].as_str().unwrap().len() <= 64);
            }
        }
        for payload in written("whatsapp", &[said], &anyone()).payloads {
            for button in payload["interactive"]["action"]["buttons"].as_array().into_iter().flatten() {
                prop_assert!(utf16(button["reply"]["title"].as_str().unwrap()) <= 20);
            }
            prop_assert!(utf16(payload["interactive"]["body"]["text"].as_str().unwrap_or_default()) <= 1024);
        }
    }

    #[test]
    fn every_button_that_is_shown_is_found_again(titles in prop::collection::hash_set("[а-яa-z~ ]{1,80}", 1..8)) {
        let buttons: Vec<(&str, &str)> = titles.iter().map(|t| (t.as_str(), t.as_str())).filter(|(t, _)| !t.trim().is_empty()).collect();
        let sent = written("telegram", &[reply("Что?", &buttons)], &anyone());
        let markup = &sent.payloads[0]["reply_markup"];
        for (row, (id, _)) in markup["inline_keyboard"].as_array().into_iter().flatten().zip(&buttons) {
            let message = json!({"chat": {"id": 77}, "reply_markup": markup});
            let query = json!({"id": "9", "from": {"id": 77}, "data": row[0]["callback_data"], "message": message});
            let read = super::read("telegram", &json!({"update_id": 1, "callback_query": query}));
            prop_assert_eq!(&read["events"][0]["button"], &json!(id));
        }
    }
}
