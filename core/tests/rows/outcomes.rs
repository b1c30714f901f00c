//! What a dialog came to: R024, R025, R088, R105, and more words for R094 and R110.

use crate::support::Random;
use crate::talk::{Talk, bot, clinic, example, json};
use frontdesk::bot::{Bot, Files};
use frontdesk::dialog::{Mode, Session};
use serde_json::{Value, json};

#[test]
fn r024_the_team_gets_instructions_in_its_language_made_of_the_definition() {
    let clinic = clinic().instructions();
    for part in ["Стоматология «Улыбка»", "«/bot»", "faq.csv", "restart", "faq.items"] {
        assert!(clinic.contains(part), "{part} in\n{clinic}");
    }
    assert!(!clinic.contains("вернётся сам"), "this bot comes back on command only");
    let staff = example("staff").instructions();
    assert!(staff.contains("«/bot», «бот, продолжай»") && staff.contains("30 мин"), "{staff}");
    assert!(example("hotel").instructions().contains("замовкне"), "in the language of the team");
    for part in [
        "ManyChat",
        "visit_reminder",
        "kommo — сюда приходят: заявки (callback, letter, visit), вызовы человека. Нужны токен",
        "telegram_admin — сюда приходят: заявки (callback), вызовы человека. Добавьте бота",
        "В kommo должен быть этап «Нужна помощь менеджера».",
    ] {
        assert!(clinic.contains(part), "{part} in\n{clinic}");
    }
    assert!(!clinic.contains("message_echoes"), "on a platform its channels need nothing of their own");
    assert!(example("shop").instructions().contains("WhatsApp: бот видит ваши ответы"));
    assert!(staff.contains("team_chat — сюда приходят: вызовы человека"), "{staff}");
    let silent = bot("languages: { main: en }\ntexts: { help_stop: \"Join to stop.\" }").instructions();
    assert!(silent.contains("Join to stop.") && silent.contains("command resume"), "{silent}");
    assert!(!silent.contains('{') && !silent.contains("table"), "{silent}");
}

#[test]
fn r024_what_the_instructions_say_is_what_happens() {
    for command in ["/bot", "Бот, продолжай", "  бот, продолжай "] {
        let mut talk = Talk::new(example("staff"));
        talk.operator_says("я тут");
        assert!(talk.says("Какой дресс-код?").is_empty(), "an operator's message stops it");
        assert_eq!(talk.operator_says(command), ["status in_work"], "{command}");
        assert!(!talk.says("Сколько стоит доставка?").is_empty(), "{command}");
    }
    let mut talk = Talk::new(clinic());
    talk.says("Мой номер 8-900-123-45-67");
    assert_eq!(talk.session.mode(), Mode::Finished);
    talk.control("restart");
    assert_eq!(talk.says("Есть ли у вас парковка?").len(), 1);
}

fn desk(answer: &str) -> Bot {
    let table = format!("вопрос;ответ\nСколько стоит чистка?;{answer}\n");
    let definition = "bot: 1\nregion: RU\nlanguages: { main: ru }\nfaq: { file: faq.csv }\n";
    Bot::from_yaml(definition, &Files::from([("faq.csv".to_string(), table)])).unwrap().bot
}

#[test]
fn r025_a_new_table_is_a_new_bot_and_the_old_one_answers_as_it_did() {
    let (old, new) = (desk("3 000 ₽"), desk("3 500 ₽"));
    assert_ne!(old.hash(), new.hash());
    assert_eq!(old.hash(), desk("3 000 ₽").hash(), "the same table is the same bot");
    let play = |bot: Bot| {
        let mut talk = Talk::new(bot);
        let turn = talk.event(json!({"kind": "message", "text": "сколько стоит чистка"}));
        (json(&turn), talk.session.snapshot())
    };
    let (told, session) = play(desk("3 000 ₽"));
    assert!(told.contains("3 000 ₽") && told.contains(old.hash()), "the record names the bot that answered");
    assert_eq!(play(old).0, told, "and replays to the same bytes");
    assert!(play(desk("3 500 ₽")).0.contains("3 500 ₽"));
    // A session of the old table is refused rather than read wrongly.
    let refused = Session::restore(&new, &session).unwrap_err();
    assert_eq!(refused.code.as_str(), "bot_mismatch");
}

#[test]
fn r105_outcome_and_replies_not_given_are_known() {
    let mut talk = Talk::new(clinic());
    assert_eq!((talk.session.outcome(), talk.session.suppressed()), (None, 0));
    talk.says("Мой номер 8-900-123-45-67");
    assert_eq!(talk.session.outcome(), Some("done"));
    for text in ["Когда перезвоните?", "А какие у вас условия?", "алло"]
    {
        let turn = talk.event(json!({"kind": "message", "text": text}));
        assert_eq!(turn.record.matched.why, ["suppressed"], "{text}");
    }
    assert_eq!(talk.session.suppressed(), 3);
    let mut talk = talk.restored();
    talk.event_called("again", json!({"kind": "message", "text": "?"}));
    talk.event_called("again", json!({"kind": "message", "text": "?"}));
    assert_eq!(talk.session.suppressed(), 4, "a repeated delivery counts once");
    for (text, outcome) in [("Обожаю собак!", "not_fit"), ("спасибо", "closed_by_client")] {
        let mut talk = Talk::new(clinic());
        let turn = talk.event(json!({"kind": "message", "text": text}));
        assert!(json(&turn).contains(&format!("\"outcome\":\"{outcome}\"")), "{text}");
        assert_eq!(talk.session.outcome(), Some(outcome), "{text}");
    }
    let mut talk = Talk::new(clinic());
    talk.operator("joined");
    talk.says("Есть ли у вас парковка?");
    assert_eq!(talk.session.suppressed(), 1, "while a human talks, too");
}

#[test]
fn r094_anger_in_words_capitals_and_exclamations_finds_a_human_first() {
    for text in [
        "Это безобразие, верните деньги",
        "Верните мне мои деньги немедленно",
        "СКОЛЬКО МОЖНО ЖДАТЬ",
        "Почему никто не отвечает!!!",
        "напишу жалобу, собаки",
        "пойду в прокуратуру, мой номер 89001234567",
    ] {
        let said = Talk::new(clinic()).says(text);
        assert!(said.contains(&"handoff angry high".to_string()), "{text}: {said:?}");
        assert!(
            !said.iter().any(|line| line.starts_with("finish") || line.starts_with("lead")),
            "{text}: {said:?}"
        );
    }
    for text in ["Спасибо огромное!!!", "Ура, спасибо!!!", "МРТ делаете?"]
    {
        let said = Talk::new(clinic()).says(text);
        assert!(!said.iter().any(|line| line.contains("angry")), "{text}: {said:?}");
    }
}

#[test]
fn r110_a_greeting_alone_makes_no_lead_and_in_the_literal_mode_ends_the_dialog() {
    let literal =
        "greeting: { do: [ { status: inactive }, { finish: reopen } ] }\nfields: { phone: { type: phone } }";
    for text in
        ["Привет, как дела?", "здравствуйте!", "Добрый вечер, как жизнь", "Привіт, як справи?", "hello"]
    {
        assert_eq!(Talk::new(clinic()).says(text), ["say Здравствуйте! Чем помочь?"], "{text}");
        let mut talk = Talk::of(literal);
        assert_eq!(talk.says(text), ["status inactive", "finish reopen inactive"], "{text}");
        assert!(talk.says("А цены какие?").is_empty());
        assert_eq!((talk.session.dialog(), talk.session.status()), (2, "in_work"), "{text}");
    }
}

/// A flow whose goal holds from the start: only what it requires keeps it open.
const EAGER: &str = r#"
fields:
  service: { type: choice, options: [Чистка, Имплант] }
  day: { type: date }
  when: { type: slot }
  budget: { type: money }
  count: { type: number }
  sure: { type: yes_no }
  name: { type: name }
  phone: { type: phone }
  email: { type: email }
  note: { type: text, optional: true }
  photo: { type: photo }
flows:
  all:
    start: { words: [начать] }
    collect: [service, day, when, budget, count, sure, name, phone, email, note, photo]
    then: [ { say: "Всё." } ]
    done: { not: { flow: none } }
    unsure: { repeat: 100, do: [ { say: "Ещё раз." } ] }
"#;

#[test]
fn r088_no_flow_is_done_while_a_required_field_is_empty() {
    let required = ["service", "day", "when", "budget", "count", "sure", "name", "phone", "email", "photo"];
    let mut random = Random::new(88);
    let mut reached = 0;
    for _ in 0..40 {
        let mut talk = Talk::of(EAGER);
        talk.says("начать");
        for _ in 0..60 {
            let event = random_event(&mut random, &talk);
            let turn = talk.event(event);
            let missing: Vec<_> = required.iter().filter(|f| talk.field(f).is_null()).collect();
            let said = json(&turn).contains("Всё.");
            assert!(!said || missing.is_empty(), "done without {missing:?}");
            assert!(talk.session.flow().is_some() || missing.is_empty(), "left without {missing:?}");
            if said {
                reached += 1;
                break;
            }
        }
    }
    assert!(reached > 0, "the goal can be reached at all");
}

fn random_event(random: &mut Random, talk: &Talk) -> Value {
    let texts = [
        "Чистка",
        "завтра",
        "25.12 в 15:00",
        "50 тысяч рублей",
        "3",
        "да",
        "нет",
        "Анна",
        "89001234567",
        "a@b.ru",
        "пропустить",
        "не знаю",
        "?",
        "спасибо",
        "начать",
        "имплант и чистка",
        "1",
        "",
        "восемь девятьсот",
        "ок",
    ];
    let snapshot: Value = serde_json::from_str(&talk.session.snapshot()).unwrap();
    let asked = snapshot["flow"]["question"]["request"].as_str().map(str::to_string);
    match (random.below(10), asked) {
        (0..=5, Some(effect)) => {
            let slots = json!([{"id": "s1", "start": "2026-02-01T10:00:00Z"}, {"id": "s2", "start": "2026-02-02T10:00:00Z"}]);
            json!({"kind": "result", "effect": effect, "ok": true, "data": {"slots": slots}})
        }
        (6, _) => json!({"kind": "message", "attachments": [{"kind": "photo", "ref": "p"}]}),
        (7, _) => json!({"kind": "message", "button": random.pick(&["s1", "s2", "Чистка", "нет такой"])}),
        (8, _) => json!({"kind": "fact", "name": "payment"}),
        _ => json!({"kind": "message", "text": random.pick(&texts)}),
    }
}

/// Records of three dialogs of the shop: told of an order, given to a human, left in silence.
fn three_dialogs() -> Vec<Vec<Value>> {
    let mut found = Talk::new(example("shop"));
    let mut told = vec![found.event(json!({"kind": "message", "text": "где заказ A-123456, +79001234567"}))];
    let effect = crate::talk::effect_key(&told[0], "request");
    let data = json!({"status": "in_transit", "eta": "15.01"});
    told.push(found.event(json!({"kind": "result", "effect": effect, "ok": true, "data": data})));
    let mut angry = Talk::new(example("shop"));
    let handed = vec![angry.event(json!({"kind": "message", "text": "Позовите оператора"}))];
    let mut gone = Talk::new(example("shop"));
    let asked = vec![gone.event(json!({"kind": "message", "text": "где мой заказ"}))];
    let records = |turns: Vec<frontdesk::dialog::Turn>| {
        turns.iter().map(|turn| serde_json::to_value(&turn.record).unwrap()).collect()
    };
    [told, handed, asked].map(records).into()
}

#[test]
fn r091_the_records_hold_what_the_four_figures_are_counted_from() {
    let dialogs = three_dialogs();
    let kinds = |dialog: &[Value]| -> Vec<String> {
        let effects =
            dialog.iter().flat_map(|record| record["effects"].as_array().cloned().unwrap_or_default());
        effects.map(|effect| effect["kind"].as_str().unwrap_or_default().to_string()).collect()
    };
    let answered = |dialog: &&Vec<Value>| {
        // The first answer stands in the record of the message itself: no time passed.
        dialog[0]["effects"].as_array().is_some_and(|e| e.iter().any(|e| e["kind"] == "reply"))
    };
    assert_eq!(dialogs.iter().filter(answered).count(), 2, "time to the first answer: none for those two");
    let ends: Vec<&Value> = dialogs.iter().map(|dialog| &dialog.last().unwrap()["status"]).collect();
    assert_eq!(ends, ["informed", "needs_manager", "in_work"], "share done, conversion, share left open");
    let handed = dialogs.iter().filter(|dialog| kinds(dialog).contains(&"handoff".to_string())).count();
    assert_eq!(handed, 1, "share handed to a human");
}
