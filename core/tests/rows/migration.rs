//! A session of yesterday's bot goes on with today's (R025).

use crate::talk::{Talk, bot, effect_key, shown};
use frontdesk::dialog::Session;
use frontdesk::error::Code;
use serde_json::json;

const SHOP: &str = r#"
statuses: { paid: { title: Оплачен } }
fields:
  size: { type: choice, ask: "Какой размер?", options: [S, M, L] }
  color: { type: text, ask: "Какой цвет?" }
  phone: { type: phone, ask: "Ваш телефон?" }
leads: { order: { need: [phone], to: [crm], confirm_within: 1h } }
flows:
  order:
    start: { words: [заказать] }
    collect: [size, color, phone]
    then: [ { request: book }, { lead: order }, { say: "Заказ принят." }, { status: booked } ]
    done: { status: booked }
    unsure: { repeat: 2, do: [ { handoff: unclear } ] }
faq: { items: [ { ask: ["Есть ли доставка по городу?"], say: "Да, 300 ₽." } ], unknown: [ { say: "Уточню." } ] }
silence:
  - { after: 24h, since: client, do: [ { say: "Вы ещё тут?" } ] }
  - { after: 72h, since: client, do: [ { say: "Мы закрываем заявку." }, { finish: reopen } ] }
"#;

/// The shop with a part of its definition in other words.
fn changed(from: &str, to: &str) -> frontdesk::Bot {
    assert!(SHOP.contains(from), "{from}");
    bot(&SHOP.replace(from, to))
}

fn asked_for_color() -> Talk {
    let mut talk = Talk::of(SHOP);
    talk.says("хочу заказать");
    assert_eq!(talk.says("M"), ["say Какой цвет?"]);
    talk
}

#[test]
fn r025_new_answers_at_once_and_the_old_ones_replay_under_the_old_hash() {
    let mut talk = Talk::of(SHOP);
    let stored = talk.session.snapshot();
    let ask = json!({"kind": "message", "text": "есть ли доставка по городу"});
    let old = talk.event(ask.clone());
    assert_eq!(shown(&old), ["say Да, 300 ₽."]);
    let (mut talk, _) = talk.migrated(changed("Да, 300 ₽.", "Да, 350 ₽."));
    let new = talk.event(ask);
    assert_eq!(shown(&new), ["say Да, 350 ₽."]);
    assert_ne!(old.record.bot, new.record.bot);
    assert_eq!(new.record.prev.as_deref(), Some(old.record.hash.as_str()), "one chain");
    // What was said stays provable: the old bot, the old session and the old event give the old bytes.
    let yesterday = bot(SHOP);
    let mut session = Session::restore(&yesterday, &stored).unwrap();
    let event = old.record.event.clone().unwrap();
    let again = yesterday.step(&mut session, &event, old.record.now).unwrap();
    assert_eq!(crate::talk::json(&again), crate::talk::json(&old));
}

#[test]
fn r025_a_session_of_another_version_is_refused_until_it_is_migrated() {
    let today = changed("Какой цвет?", "Цвет?");
    let mut talk = asked_for_color();
    let error = Session::restore(&today, &talk.session.snapshot()).unwrap_err();
    assert_eq!(error.code, Code::BotMismatch);
    let rev = talk.session.rev();
    let (talk2, report) = talk.migrated(today);
    talk = talk2;
    assert_eq!(report[0], "moved bot");
    assert!(report[1..].iter().all(|line| line.starts_with("kept ")), "{report:?}");
    assert_eq!(talk.session.rev(), rev, "saved by compare-and-swap with the step that follows");
    assert_eq!(talk.says("синий"), ["say Ваш телефон?"], "the flow goes on where it stood");
    let (_, nothing) = talk.migrated(changed("Какой цвет?", "Цвет?"));
    assert!(nothing.is_empty(), "it is this bot's already");
}

#[test]
fn a_field_is_kept_by_name_while_its_value_fits() {
    let talk = asked_for_color();
    let (talk, report) = talk.migrated(changed("[S, M, L]", "[S, L]"));
    assert!(report.contains(&"dropped fields.size".to_string()), "{report:?}");
    assert_eq!(talk.field("size"), json!(null));
    let (_, report) = asked_for_color().migrated(changed("options: [S, M, L]", "options: [M, XL]"));
    assert!(report.contains(&"kept fields.size".to_string()), "{report:?}");
    let number = changed(
        "size: { type: choice, ask: \"Какой размер?\", options: [S, M, L] }",
        "size: { type: number }",
    );
    let (_, report) = asked_for_color().migrated(number);
    assert!(report.contains(&"dropped fields.size".to_string()), "{report:?}");
}

#[test]
fn a_question_that_is_gone_follows_on_removed() {
    let with = |word: &str| {
        let body = SHOP.replace("collect: [size, color, phone]", "collect: [size, phone]");
        bot(&body.replace("    done: {", &format!("    on_removed: {word}\n    done: {{")))
    };
    for (word, fate, hears) in [
        ("continue", "moved flow.order", "say Ваш телефон?"),
        ("restart", "moved flow.order", "say Ваш телефон?"),
        ("drop", "dropped flow.order", "say Уточню."),
    ] {
        let (mut talk, report) = asked_for_color().migrated(with(word));
        assert!(report.contains(&fate.to_string()), "{word}: {report:?}");
        // Nothing is said by itself; the client's next message meets today's bot.
        assert!(shown(&talk.due()).is_empty(), "{word}");
        assert_eq!(talk.says("абракадабра"), [hears], "{word}");
    }
    let (mut talk, _) = asked_for_color().migrated(with("unsure"));
    assert_eq!(shown(&talk.due()), ["handoff unclear normal"]);
    // A value that today's flow wants is taken, and a row of the table is answered, before it asks on.
    let (mut talk, _) = asked_for_color().migrated(with("continue"));
    assert_eq!(talk.says("есть ли доставка по городу?"), ["say Да, 300 ₽.", "say Ваш телефон?"]);
    assert_eq!(talk.says("8 900 123-45-67"), ["request book"]);
}

#[test]
fn a_flow_that_is_gone_is_left() {
    let (before, rest) = SHOP.split_once("flows:").unwrap();
    let (_, after) = rest.split_once("faq:").unwrap();
    let (mut talk, report) = asked_for_color().migrated(bot(&format!("{before}faq:{after}")));
    assert!(report.contains(&"dropped flow.order".to_string()), "{report:?}");
    assert!(report.contains(&"dropped topic".to_string()), "{report:?}");
    assert_eq!(talk.says("синий"), ["say Уточню."]);
}

fn booking() -> (Talk, String) {
    let mut talk = asked_for_color();
    talk.says("синий");
    let turn = talk.event(json!({"kind": "message", "text": "8 900 123-45-67"}));
    let effect = effect_key(&turn, "request");
    (talk, effect)
}

#[test]
fn a_list_that_waits_goes_on_at_the_action_of_the_same_name() {
    let (talk, effect) = booking();
    let today = changed(
        "then: [ { request: book }, { lead: order },",
        "then: [ { tag: new }, { request: book }, { say: \"Минуту.\" }, { lead: order },",
    );
    let (mut talk, report) = talk.migrated(today);
    assert!(report.contains(&"kept waiting.flow.order.then".to_string()), "{report:?}");
    let said = talk.answers(&effect, true, json!(null));
    assert_eq!(said[1..], ["say Заказ принят.", "status booked"], "{said:?}");
    assert!(said[0].starts_with("lead order"), "{said:?}");
}

#[test]
fn a_list_with_nothing_to_go_on_with_is_dropped_and_its_result_still_counts() {
    let (talk, effect) = booking();
    let (mut talk, report) = talk.migrated(changed("{ lead: order }, ", ""));
    assert!(report.contains(&"dropped waiting.flow.order.then".to_string()), "{report:?}");
    assert!(report.iter().any(|line| line.starts_with("dropped timers.wait.")), "{report:?}");
    let late = talk.event(json!({"kind": "result", "effect": effect, "ok": true}));
    assert_eq!(late.record.matched.why, ["late result"]);
    // The flow is complete: today's `then` runs with the next message.
    assert_eq!(talk.says("ну что там?"), ["request book"]);
}

#[test]
fn timers_are_kept_by_what_they_are_for() {
    let silence = |talk: Talk, from: &str, to: &str| talk.migrated(changed(from, to));
    let first = "  - { after: 24h, since: client, do: [ { say: \"Вы ещё тут?\" } ] }\n";
    let (mut talk, report) = silence(asked_for_color(), first, "");
    assert!(report.contains(&"dropped timers.silence.client.1d".to_string()), "{report:?}");
    assert!(report.contains(&"kept timers.silence.client.3d".to_string()), "{report:?}");
    assert_eq!(talk.wait(80.0), ["say Мы закрываем заявку.", "finish reopen closed_by_client"]);
    let earlier = "silence:\n  - { after: 2h, since: client, do: [ { say: \"Уже?\" } ] }\n";
    let (mut talk, _) = silence(asked_for_color(), "silence:\n", earlier);
    assert_eq!(talk.wait(30.0), ["say Вы ещё тут?"], "a new entry counts from the next message");
}

#[test]
fn reminders_and_their_reactions_survive_what_is_written_before_them() {
    let clinic =
        include_str!("../../examples/clinic/bot.yaml").replace("  file: faq.csv", "  threshold: normal");
    let of = |text: &str| frontdesk::Bot::from_yaml(text, &Default::default()).unwrap().bot;
    let mut talk = Talk::new(of(&clinic));
    talk.says("запишите меня");
    let asked = talk.event(json!({"kind": "message", "text": "чистка"}));
    let slots = json!({"slots": [{"id": "s1", "start": "2026-01-20T10:00:00Z"}]});
    talk.answers(&effect_key(&asked, "request"), true, slots);
    talk.presses("s1");
    talk.says("Анна");
    talk.says("8 900 123-45-67");
    let booked = talk.event(json!({"kind": "message", "text": "нет"}));
    talk.answers(&effect_key(&booked, "request"), true, json!(null));
    assert_eq!(talk.session.status(), "booked");
    let more = clinic
        .replace("      - lead: visit", "      - tag: booked\n      - lead: visit")
        .replace("    react:\n", "    react:\n      - { if: { fact: late }, do: [ { say: Ждём! } ] }\n");
    assert_ne!(more, clinic);
    let (mut talk, report) = talk.migrated(of(&more));
    assert!(!report.iter().any(|line| line.starts_with("dropped")), "{report:?}");
    let until_reminded = 24.0 * 14.0 + 2.0;
    let said = talk.wait(until_reminded);
    assert!(said.iter().any(|line| line.starts_with("say Напоминаем")), "{said:?}");
    assert_eq!(talk.presses("Подтвердить"), ["status confirmed", "say Ждём вас!"]);
}

#[test]
fn statuses_and_languages_that_are_gone_are_replaced() {
    let body = "languages: { main: ru, also: [en] }\nstatuses: { paid: { final: false } }\n\
                rules: [ { if: { fact: payment }, do: [ { status: paid } ] } ]\n";
    let mut talk = Talk::of(body);
    talk.fact("payment");
    talk.says("How much is the delivery?");
    let (talk, report) = talk.migrated(bot("languages: { main: ru }"));
    assert_eq!(report[1..3], ["moved status.paid", "moved language.en"], "{report:?}");
    assert_eq!((talk.session.status(), talk.session.language()), ("in_work", "ru"));
}
