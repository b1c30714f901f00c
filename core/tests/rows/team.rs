//! What the team sees of a talk: the mirror, suggested answers, translations, and that a bot says it is one.

use crate::talk::{Talk, bot, contact, effect_key, key, shown, warnings};
use serde_json::json;

const MIRROR: &str = r#"
languages: { main: ru, also: [en], team: ru }
mirror: { to: kommo, suggest: true }
fields: { phone: { type: phone } }
leads: { l: { need: [phone], to: [crm] } }
rules: [ { if: { has: phone }, do: [ { lead: l }, { status: done }, { finish: silent } ] } ]
faq:
  items:
    - { ask: ["Сколько стоит чистка зубов?"], say: { ru: "3000 ₽.", en: "3000 rubles." }, buttons: [Записаться] }
silence: [ { after: 48h, since: client, do: [ { say: "Вы ещё тут?" } ] } ]
"#;

#[test]
fn c20_r019_every_message_of_either_side_is_one_note() {
    let mut talk = Talk::of(MIRROR);
    assert_eq!(
        talk.says("сколько стоит чистка зубов"),
        [
            "say 3000 ₽. [Записаться]",
            "note kommo: Клиент: сколько стоит чистка зубов",
            "note kommo: Бот: 3000 ₽. [Записаться]"
        ]
    );
    assert_eq!(talk.presses("Записаться"), ["note kommo: Клиент: [Записаться]"]);
    let photo = json!({"kind": "message", "text": "вот", "attachments": [{"kind": "photo", "ref": "p1"}]});
    assert_eq!(shown(&talk.event(photo)), ["note kommo: Клиент: вот [p1]"]);
    assert_eq!(talk.wait(49.0), ["say Вы ещё тут?", "note kommo: Бот: Вы ещё тут?"]);
}

#[test]
fn c20_the_mirror_holds_in_every_mode() {
    let mut talk = Talk::of(MIRROR);
    talk.operator("joined");
    let wrote = json!({"kind": "operator", "action": "message", "who": "Ольга", "text": "Слушаю вас."});
    assert_eq!(shown(&talk.event(wrote)), ["note kommo: Оператор Ольга: Слушаю вас."]);
    assert_eq!(talk.says("спасибо"), ["note kommo: Клиент: спасибо"]);
    talk.control("resume");
    talk.says("8 900 123-45-67");
    assert_eq!(talk.says("А какие у вас условия?"), ["note kommo: Клиент: А какие у вас условия?"]);
}

#[test]
fn c20_a_note_sent_again_is_the_same_note() {
    let mut talk = Talk::of(MIRROR);
    let hello = json!({"kind": "message", "text": "добрый день"});
    let turn = talk.event_called("m1", hello.clone());
    assert_eq!(turn.effects[0].key, "1.1");
    assert!(talk.event_called("m1", hello).effects.is_empty());
    assert_eq!(talk.event(json!({"kind": "message", "text": "добрый день"})).effects[0].key, "2.1");
}

#[test]
fn c20_the_answer_is_suggested_to_the_operator_only_while_one_talks() {
    let mut talk = Talk::of(MIRROR);
    talk.operator("joined");
    let turn = talk.event(json!({"kind": "message", "text": "сколько стоит чистка зубов"}));
    assert_eq!(shown(&turn), ["suggest 3000 ₽.", "note kommo: Клиент: сколько стоит чистка зубов"]);
    let suggest = serde_json::to_value(&turn.effects[0]).unwrap();
    assert!(suggest["faq"].as_str().is_some_and(|id| !id.is_empty()));
    for other in ["спасибо", "вы ремонтируете холодильники?"] {
        assert!(!talk.says(other).iter().any(|line| line.starts_with("suggest")), "{other}");
    }
    let mut plain = Talk::of(&MIRROR.replace(", suggest: true", ""));
    plain.operator("joined");
    assert_eq!(plain.says("сколько стоит чистка зубов").len(), 1);
}

const TRANSLATED: &str = r#"
languages: { main: ru, also: [en, uk], team: ru }
words: { human: [оператор, operator, agent] }
fields: { phone: { type: phone } }
rules:
  - { if: { words: human }, do: [ { request: translation }, { handoff: asked } ] }
handoff:
  to: { telegram: { say: "{reason}: {summary}; перевод: {translation.text|нет}" } }
  summary: [last_question, phone]
faq: { unknown: [ { handoff: faq_miss } ] }
"#;

#[test]
fn c17_r085_the_summary_is_in_the_teams_language_and_quotes_the_client() {
    let mut talk = Talk::of(TRANSLATED);
    talk.says("my number is +7 900 123-45-67");
    let words = "I want to talk to an operator about my broken tooth";
    let asked = talk.event(json!({"kind": "message", "text": words}));
    let request = serde_json::to_value(&asked.effects[0]).unwrap();
    assert_eq!(request["what"], "translation");
    assert_eq!(request["params"], json!({"text": words, "from": "en", "to": "ru"}));
    let effect = effect_key(&asked, "request");
    let data = json!({"text": "Хочу поговорить с оператором о сломанном зубе"});
    let told = talk.event(json!({"kind": "result", "effect": effect, "ok": true, "data": data}));
    let mut effects = told.effects.iter().map(|e| serde_json::to_value(e).unwrap());
    let handoff = effects.find(|e| e["kind"] == "handoff").unwrap();
    assert_eq!(handoff["language"], "en");
    assert_eq!(handoff["summary"], format!("Вопрос: «{words}»; Телефон: +79001234567"));
    let text = handoff["to"][0]["text"].as_str().unwrap();
    assert!(text.ends_with("перевод: Хочу поговорить с оператором о сломанном зубе"), "{text}");
}

#[test]
fn c17_a_translation_that_never_comes_is_the_way_out_of_the_list() {
    let mut talk = Talk::of(TRANSLATED);
    assert_eq!(talk.says("I need an operator"), ["request translation"]);
    assert_eq!(talk.wait(0.1), ["handoff faq_miss normal"]);
    // The translation of a long message is kept whole; what no session should hold is not.
    let long = |letters: usize| json!({"text": "ы".repeat(letters)});
    for (letters, kept) in [(2_000, true), (20_000, false)] {
        let mut talk = Talk::of(TRANSLATED);
        let asked = talk.event(json!({"kind": "message", "text": "I need an operator"}));
        talk.answers(&effect_key(&asked, "request"), true, long(letters));
        assert_eq!(talk.session.snapshot().contains("ыыыы"), kept, "{letters}");
    }
}

#[test]
fn a_bot_that_must_says_that_it_is_one_before_its_first_reply() {
    let body = r#"
languages: { main: ru, also: [en] }
disclose: true
greeting: { do: [ { say: { ru: "Здравствуйте!", en: "Hello!" } } ] }
rules:
  - { if: { words: [пока], match: whole }, do: [ { finish: reopen } ] }
  - { if: { words: [стоп], match: whole }, do: [ { finish: silent } ] }
"#;
    let ru = "say С вами общается бот; если понадобится, подключится сотрудник.";
    let mut talk = Talk::of(body);
    assert_eq!(
        talk.says("пока"),
        ["finish reopen closed_by_client"],
        "nothing is said where there is no reply"
    );
    assert_eq!(talk.says("Здравствуйте"), [ru, "say Здравствуйте!"]);
    assert_eq!(talk.says("Здравствуйте"), ["say Здравствуйте!"]);
    talk.says("пока");
    assert_eq!(talk.says("Здравствуйте"), ["say Здравствуйте!"], "the next dialog opens unseen");
    talk.control("restart");
    assert_eq!(talk.says("Здравствуйте"), [ru, "say Здравствуйте!"]);
    talk.says("стоп");
    assert_eq!(talk.says("/start"), [ru, "say Здравствуйте!"]);
    let mut english = Talk::open(bot(body), key("2"), contact(r#"{"language": "en"}"#));
    assert_eq!(
        english.says("hello"),
        ["say You are talking to a bot; a person will join if needed.", "say Hello!"]
    );
}

#[test]
fn the_author_may_say_in_other_words_that_a_bot_talks() {
    let body =
        "languages: { main: ru }\ndisclose: \"Я бот салона.\"\ngreeting: { do: [ { say: Здравствуйте! } ] }";
    assert_eq!(Talk::of(body).says("привет"), ["say Я бот салона.", "say Здравствуйте!"]);
    let silent = body.replace("\"Я бот салона.\"", "false");
    assert_eq!(Talk::of(&silent).says("привет"), ["say Здравствуйте!"]);
    // Unasked and long after, only the vendor's templates may be sent: the bot names itself when it may.
    let late = format!("{body}\nsilence: [ {{ after: 48h, since: client, do: [ {{ say: Вы тут? }} ] }} ]");
    let mut talk = Talk::of(&late);
    talk.says("абракадабра");
    assert_eq!(talk.wait(49.0), ["say Вы тут?"]);
    assert_eq!(talk.says("привет"), ["say Я бот салона.", "say Здравствуйте!"]);
}

#[test]
fn what_is_acted_on_is_warned_of_no_more() {
    let all = format!("settle: 2s\nreopen_after: 30d\ndisclose: true\n{MIRROR}");
    assert!(!warnings(&all).contains(&"not_yet".to_string()));
    assert!(!warnings(TRANSLATED).contains(&"not_yet".to_string()));
}
