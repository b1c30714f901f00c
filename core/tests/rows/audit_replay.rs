//! Replay and what-if: R140, R143, R145, R150, R155, and a log that bots of several versions wrote.

use crate::journal::{Journal, refused, verb};
use crate::talk::{bot, clinic};
use frontdesk::bot::{Bot, Files};
use serde_json::{Value, json};

const CLINIC: &str = include_str!("../../examples/clinic/bot.yaml");
const TABLE: &str = include_str!("../../examples/clinic/faq.csv");

fn edited(from: &str, to: &str) -> Bot {
    assert!(CLINIC.contains(from), "{from}");
    let files = Files::from([("faq.csv".to_string(), TABLE.to_string())]);
    Bot::from_yaml(&CLINIC.replacen(from, to, 1), &files).unwrap().bot
}

fn visit(user: &str) -> Vec<String> {
    let told = r#"{"name":"Olga","language":"ru","source":"form","entry":"ad-7","utm":{"source":"google"}}"#;
    let mut journal = Journal::known(clinic(), user, told);
    journal.event(json!({"kind": "message", "text": "Привет", "contact": {"chat_url": "https://chat/7"}}));
    journal.books("Анна", "8 900 123-45-67");
    journal.wait(54);
    journal.presses("Подтвердить");
    journal.wait(120);
    journal.says("Здравствуйте");
    journal.lines
}

#[test]
fn r140_a_log_replays_to_the_same_effects_timers_included() {
    let lines = visit("1");
    assert!(lines.iter().any(|line| line.contains("\"timer remind.")), "a turn of `due` is among them");
    assert_eq!(
        verb("replay", Some(&clinic()), &lines, json!({})),
        json!({"steps": lines.len(), "same": true})
    );
}

#[test]
fn r140_the_first_difference_names_step_place_and_rule() {
    let mut lines = visit("1");
    let at = lines.iter().position(|line| line.contains("Как к вам обращаться?")).unwrap();
    lines[at] = lines[at].replace("Как к вам обращаться?", "Ваше имя?");
    let replayed = verb("replay", Some(&clinic()), &lines, json!({}));
    let difference = &replayed["difference"];
    assert_eq!((&replayed["same"], &difference["at"]), (&json!(false), &json!(at)));
    assert_eq!(
        (&difference["expected"], &difference["got"]),
        (&json!("Ваше имя?"), &json!("Как к вам обращаться?"))
    );
    assert_eq!((&difference["was"], &difference["is"]), (&json!("flow booking"), &json!("flow booking")));
    assert!(difference["path"].as_str().unwrap().ends_with(".text"), "{difference}");
}

#[test]
fn r140_a_log_of_several_bots_needs_all_of_them_and_migrates_as_it_did() {
    let mut journal = Journal::new(clinic(), "1");
    journal.says("Хочу записаться на чистку");
    let (talk, _) = journal.talk.migrated(edited("Ждём вас!", "До встречи!"));
    journal.talk = talk;
    journal.says("А где вы находитесь?");
    let newer = edited("Ждём вас!", "До встречи!");
    let alone = frontdesk::verbs::tool(
        "replay",
        Some(&newer),
        &json!({"records": journal.lines.join("\n")}).to_string(),
    );
    let error = alone.unwrap_err();
    assert_eq!((error.code.as_str(), error.path.as_str()), ("bot_mismatch", "records[0].bot"));
    let bots = json!({"bots": [{"definition": CLINIC, "files": {"faq.csv": TABLE}}]});
    assert_eq!(verb("replay", Some(&newer), &journal.lines, bots), json!({"steps": 2, "same": true}));
}

#[test]
fn r163_a_session_whose_beginning_was_forgotten_is_skipped() {
    let lines = visit("1");
    let replayed = verb("replay", Some(&clinic()), &lines[4..], json!({}));
    assert_eq!(replayed, json!({"steps": 0, "same": true, "skipped": lines.len() - 4}));
}

#[test]
fn r145_r146_r155_r156_a_record_holds_the_source_the_entry_and_the_seven_fields() {
    let lines = visit("1");
    let record = |at: usize| -> Value { serde_json::from_str(&lines[at]).unwrap() };
    let first = record(0);
    assert_eq!((&first["source"], &first["contact"]["chat_url"]), (&json!("form"), &json!("https://chat/7")));
    assert_eq!(
        (&first["opened"]["entry"], &first["opened"]["utm"]["source"]),
        (&json!("ad-7"), &json!("google"))
    );
    // Time, source, session, question, answer; status of the lead and number of the deal come with the result.
    assert!(
        first["now"].is_string() && first["session"]["user"] == "1" && first["event"]["text"] == "Привет"
    );
    assert!(
        first["effects"].as_array().unwrap().iter().any(|e| e["kind"] == "reply" && e["text"].is_string())
    );
    let confirmed = lines.iter().find(|line| line.contains("\"confirmed\"")).unwrap();
    let confirmed: Value = serde_json::from_str(confirmed).unwrap();
    assert_eq!(
        (&confirmed["event"]["ok"], &confirmed["event"]["data"]["id"]),
        (&json!(true), &json!("L-77"))
    );
}

#[test]
fn r143_messages_answers_flows_and_leads_are_all_in_the_log() {
    let log = visit("1").join("\n");
    for part in [
        "\"kind\":\"message\"",
        "\"kind\":\"reply\"",
        "\"flow\":\"booking\"",
        "\"kind\":\"create_lead\"",
        "\"kind\":\"result\"",
    ] {
        assert!(log.contains(part), "{part}");
    }
}

#[test]
fn r150_what_an_edited_bot_would_have_done_otherwise_by_cause() {
    let mut lines = visit("1");
    for (user, text) in [("2", "Обожаю собак!"), ("3", "у меня кошка"), ("4", "А где вы находитесь?")]
    {
        let mut journal = Journal::new(clinic(), user);
        journal.says(text);
        lines.extend(journal.lines);
    }
    let same = verb("what_if", Some(&clinic()), &lines, json!({}));
    assert_eq!((&same["otherwise"], &same["groups"]), (&json!(0), &json!([])));
    let without = edited("banned:  [собака, кошка, ", "banned:  [");
    let compared = verb("what_if", Some(&without), &lines, json!({}));
    assert_eq!((&compared["dialogs"], &compared["otherwise"]), (&json!(4), &json!(2)), "{compared:#}");
    let group = &compared["groups"][0];
    assert_eq!((&group["was"], &group["dialogs"]), (&json!("rule Не наша тема"), &json!(2)));
    assert_eq!(group["first"]["text"], "Обожаю собак!");
    assert!(group["changed"].as_array().unwrap().contains(&json!("finish")));
    assert!(group["first"]["expected"].as_array().unwrap().iter().any(|e| e["kind"] == "finish"));
}

#[test]
fn r150_after_a_difference_the_next_dialog_begins_where_the_old_bot_had_left_the_session() {
    let mut journal = Journal::new(clinic(), "1");
    journal.says("спасибо");
    journal.says("А где вы находитесь?");
    let polite = edited("Хорошего дня!", "До свидания!");
    let alone = verb("what_if", Some(&polite), &journal.lines, json!({}));
    assert_eq!(
        (&alone["dialogs"], &alone["otherwise"], &alone["skipped"]),
        (&json!(2), &json!(1), &json!(1))
    );
    let bots = json!({"bots": [{"definition": CLINIC, "files": {"faq.csv": TABLE}}]});
    let both = verb("what_if", Some(&polite), &journal.lines, bots);
    assert_eq!((&both["dialogs"], &both["otherwise"], &both["skipped"]), (&json!(2), &json!(1), &json!(0)));
}

/// A client who asks, and again a day later.
fn asked_twice(user: &str) -> Vec<String> {
    let mut journal = Journal::new(clinic(), user);
    journal.says("А где вы находитесь?");
    journal.wait(24);
    journal.says("Больно ли ставить имплант?");
    journal.lines
}

#[test]
fn r150_a_timer_that_the_edited_bot_fires_between_the_records_is_a_difference() {
    let sooner = edited("after: 48h", "after: 20h");
    let compared = verb("what_if", Some(&sooner), &asked_twice("1"), json!({}));
    assert_eq!((&compared["dialogs"], &compared["otherwise"]), (&json!(1), &json!(1)), "{compared:#}");
    let group = &compared["groups"][0];
    assert!(group["is"].as_str().unwrap().starts_with("timer silence."), "{group:#}");
    assert_eq!((group.get("was"), &group["changed"]), (None, &json!(["reply"])));
    let first = &group["first"];
    assert_eq!((&first["at"], &first["n"], &first["expected"]), (&json!(0), &json!(1), &json!([])));
    assert!(first["got"][0]["text"].as_str().unwrap().starts_with("Вы спрашивали"), "{first:#}");

    let added = edited("silence:\n", "silence:\n  - { after: 1h, do: [ { say: Вы тут? } ], template: x }\n");
    let compared = verb("what_if", Some(&added), &asked_twice("1"), json!({}));
    assert_eq!(compared["groups"][0]["first"]["got"][0]["text"], "Вы тут?", "{compared:#}");
}

#[test]
fn r150_after_the_last_record_time_passes_up_to_the_end_of_the_log() {
    let mut lines = Journal::new(clinic(), "1").lines_of(|journal| _ = journal.says("Где вы?"));
    let sooner = edited("after: 48h", "after: 20h");
    let otherwise = |lines: &[String]| verb("what_if", Some(&sooner), lines, json!({}))["otherwise"].clone();
    assert_eq!(otherwise(&lines), 0, "the log has seen no hour of it");
    lines.extend(Journal::new(clinic(), "2").later(19).lines_of(|journal| _ = journal.says("Где вы?")));
    assert_eq!(otherwise(&lines), 0);
    lines.extend(Journal::new(clinic(), "3").later(21).lines_of(|journal| _ = journal.says("Где вы?")));
    assert_eq!(otherwise(&lines), 1);
}

#[test]
fn r150_a_host_that_is_late_with_its_timers_is_no_difference() {
    // The same bot, whose host fires each timer seven seconds late, and was down when one was due.
    let mut journal = Journal::new(clinic(), "1");
    journal.books("Анна", "8 900 123-45-67");
    while let Some(due) = journal.talk.session.next_due() {
        journal.talk.now = due.plus(7_000);
        let turn = journal.talk.due();
        journal.lines.push(turn.record.json().to_string());
    }
    let mut down = Journal::new(clinic(), "2");
    down.says("А где вы находитесь?");
    let mut down = down.later(72);
    down.says("Больно ли ставить имплант?");
    journal.lines.extend(down.lines);
    let later = edited("Выберите удобное время.", "Выберите время.");
    for (bot, otherwise) in [(&clinic(), 0), (&later, 1)] {
        let compared = verb("what_if", Some(bot), &journal.lines, json!({}));
        assert_eq!(compared["otherwise"], otherwise, "{compared:#}");
    }
}

#[test]
fn r140_what_cannot_be_read_of_an_event_is_told_with_its_place() {
    let mut lines = visit("1");
    lines[1] = lines[1].replacen("\"kind\":\"message\"", "\"kind\":\"massage\"", 1);
    for name in ["replay", "what_if"] {
        let told = refused(name, Some(&clinic()), &lines, json!({}));
        assert_eq!(told, ("unknown_value".to_string(), "records[1].event.kind".to_string()), "{name}");
    }
}

#[test]
fn r144_r164_records_are_plain_json_lines_for_any_store() {
    let desk = bot("greeting: { do: [ { say: Привет! } ] }");
    let mut journal = Journal::new(desk, "1");
    journal.says("привет");
    let keys: Vec<String> = serde_json::from_str::<Value>(&journal.lines[0])
        .unwrap()
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    for key in [
        "n", "hash", "engine", "tz", "bot", "session", "dialog", "now", "source", "event", "matched",
        "effects", "mode", "status",
    ] {
        assert!(keys.contains(&key.to_string()), "{key}");
    }
    assert!(!journal.lines[0].contains('\n'));
}

#[test]
fn r140_a_repeated_first_message_is_replayed_in_a_log_by_session() {
    let mut lines = Vec::new();
    for user in ["a", "b"] {
        let mut journal = Journal::new(clinic(), user);
        for _ in 0..2 {
            let said = json!({"kind": "message", "text": "Добрый день"});
            let turn = journal.talk.event_called("m-1", said);
            journal.lines.push(turn.record.json().to_string());
        }
        journal.says("Спасибо");
        lines.extend(journal.lines);
    }
    let replayed = verb("replay", Some(&clinic()), &lines, json!({"by_session": true}));
    assert_eq!(replayed, json!({"steps": 6, "same": true}));
}
