//! Reminders: R051, R052, C22, C23, catch-up after downtime, clocks that change.

use crate::booking::{booked, offers, says};
use crate::talk::{Talk, clinic, effect_key, shown};
use frontdesk::bot::{Bot, Files};
use frontdesk::dialog::Turn;
use serde_json::{Value, json};

/// Every timer that speaks within some hours: when, and what it says.
fn timeline(talk: &mut Talk, hours: i64) -> Vec<(String, String)> {
    let end = talk.now.plus(hours * 3_600_000);
    let mut said = Vec::new();
    while let Some(due) = talk.session.next_due().filter(|due| *due <= end) {
        talk.now = due.max(talk.now);
        let turn = talk.due();
        said.extend(shown(&turn).into_iter().map(|line| (talk.now.to_string(), line)));
    }
    talk.now = end;
    said
}

const ASK: &str = "say Подтвердите, пожалуйста, визит. [Подтвердить|Перенести]";

/// The times of all messages about a visit at the clinic that starts then.
fn times(start: &str) -> Vec<String> {
    let mut talk = Talk::new(clinic());
    booked(&mut talk, start);
    timeline(&mut talk, 24 * 14).into_iter().map(|(at, _)| at.replace(".000Z", "")).collect()
}

#[test]
fn r051_r052_a_day_and_two_hours_before_with_two_buttons_and_one_question_between() {
    let mut talk = Talk::new(clinic());
    booked(&mut talk, "2026-01-08T12:00:00Z");
    let reminder = "say Напоминаем: 8 января, 15:00, Чистка. [Подтвердить|Перенести]";
    let said = timeline(&mut talk, 24 * 14);
    let said: Vec<(&str, &str)> = said.iter().map(|(at, line)| (at.as_str(), line.as_str())).collect();
    assert_eq!(
        said,
        [
            ("2026-01-07T12:00:00.000Z", reminder),
            ("2026-01-08T08:00:00.000Z", ASK),
            ("2026-01-08T10:00:00.000Z", reminder),
        ]
    );
}

#[test]
fn r051_what_is_past_already_is_skipped() {
    // The booking is made at 09:00:30; the 24 hours before the second visit are over at that very moment.
    assert_eq!(
        times("2026-01-05T14:00:30Z"),
        ["2026-01-05T12:00:30"],
        "five hours ahead: only that of two hours"
    );
    assert_eq!(times("2026-01-06T09:00:30Z"), ["2026-01-06T07:00:30"], "24 hours sharp");
    assert_eq!(times("2026-01-06T09:00:40Z")[0], "2026-01-05T09:00:40", "ten seconds more");
    assert!(times("2026-01-05T11:00:30Z").is_empty(), "two hours sharp");
    assert!(times("2026-01-05T10:30:00Z").is_empty(), "too late for any");
}

#[test]
fn r051_a_move_arms_them_anew_and_a_cancellation_takes_them_back() {
    for words in ["Хочу перенести", "можно другое время?"] {
        let mut talk = Talk::new(clinic());
        booked(&mut talk, "2026-01-08T12:00:00Z");
        let asked = says(&mut talk, words);
        offers(&mut talk, &asked, &["2026-01-10T12:00:00Z"]);
        let turn = says(&mut talk, "да");
        talk.answers(&effect_key(&turn, "request"), true, Value::Null);
        let at: Vec<String> = timeline(&mut talk, 24 * 14).into_iter().map(|(at, _)| at).collect();
        assert_eq!(at, ["2026-01-09T12:00:00.000Z", "2026-01-10T08:00:00.000Z", "2026-01-10T10:00:00.000Z"]);
    }
    let mut talk = Talk::new(clinic());
    booked(&mut talk, "2026-01-08T12:00:00Z");
    talk.says("отмените запись");
    talk.says("планы поменялись");
    assert!(timeline(&mut talk, 24 * 14).is_empty());
}

#[test]
fn r052_an_answer_of_any_kind_ends_the_question_and_it_is_asked_once() {
    for answer in ["Подтвердить", "ок", "Где вы находитесь?"] {
        let mut talk = Talk::new(clinic());
        booked(&mut talk, "2026-01-08T12:00:00Z");
        talk.wait(52.0);
        talk.says(answer);
        let said = timeline(&mut talk, 24 * 14);
        assert!(!said.iter().any(|(_, line)| line == ASK), "{answer}: {said:?}");
    }
}

#[test]
fn c23_quiet_hours_move_reminders_but_never_past_the_visit() {
    // Quiet from 21:00 to 09:00 in Moscow, three hours ahead of UTC.
    for (start, expected) in [
        // 10:00: the question of 06:00 and the reminder of 08:00 both wait for 09:00; one message goes out.
        ("2026-01-08T07:00:00Z", vec!["2026-01-07T07:00:00", "2026-01-08T06:00:00"]),
        // 08:30: 09:00 would be too late, so the minute before the quiet of the evening.
        ("2026-01-08T05:30:00Z", vec!["2026-01-07T06:00:00", "2026-01-07T17:59:00"]),
        // 09:00 sharp is late too.
        ("2026-01-08T06:00:00Z", vec!["2026-01-07T06:00:00", "2026-01-07T17:59:00"]),
        // 23:00: the day before it is quiet, 21:00 itself included.
        ("2026-01-08T20:00:00Z", vec!["2026-01-08T06:00:00", "2026-01-08T17:59:00"]),
    ] {
        assert_eq!(times(start), expected, "{start}");
    }
}

#[test]
fn after_downtime_only_the_latest_reminder_goes_out_and_none_after_the_visit() {
    for (now, expected) in [
        ("2026-01-08T11:30:00Z", vec!["say Напоминаем: 8 января, 15:00, Чистка. [Подтвердить|Перенести]"]),
        ("2026-01-08T12:00:00Z", vec![]),
        ("2026-01-09T12:00:00Z", vec![]),
    ] {
        let mut talk = Talk::new(clinic());
        booked(&mut talk, "2026-01-08T12:00:00Z");
        talk.now = crate::talk::at(now);
        assert_eq!(shown(&talk.due()), expected, "{now}");
        assert!(timeline(&mut talk, 24 * 14).is_empty(), "{now}");
    }
    // The first reminder went out, then the host slept past the question and the second one.
    let mut talk = Talk::new(clinic());
    booked(&mut talk, "2026-01-08T12:00:00Z");
    talk.wait(52.0);
    talk.now = crate::talk::at("2026-01-08T10:30:00Z");
    assert_eq!(shown(&talk.due()).len(), 1);
    assert!(timeline(&mut talk, 24 * 14).is_empty());
}

fn windows(turn: &Turn) -> Vec<(Value, Value)> {
    let replies =
        turn.effects.iter().map(|e| serde_json::to_value(e).unwrap()).filter(|e| e["kind"] == "reply");
    replies.map(|e| (e["window"].clone(), e["template"].clone())).collect()
}

#[test]
fn c22_what_is_sent_unasked_says_whether_the_window_is_open_and_names_its_template() {
    let mut talk = Talk::new(clinic());
    booked(&mut talk, "2026-01-08T12:00:00Z");
    let fire = |talk: &mut Talk| {
        loop {
            talk.now = talk.session.next_due().unwrap();
            let said = windows(&talk.due());
            if !said.is_empty() {
                return said;
            }
        }
    };
    assert_eq!(fire(&mut talk), [(json!("closed"), json!("visit_reminder"))]);
    assert_eq!(fire(&mut talk), [(json!("closed"), json!("visit_confirm"))]);
    talk.says("ок");
    assert_eq!(fire(&mut talk), [(json!("open"), json!("visit_reminder"))]);
    talk.now = talk.now.plus(5 * 3_600_000);
    let missed = talk.event(json!({"kind": "fact", "name": "no_show"}));
    assert_eq!(windows(&missed), [(json!("open"), json!("visit_missed"))]);
}

#[test]
fn while_a_human_talks_a_reminder_goes_to_the_team() {
    let mut talk = Talk::new(clinic());
    booked(&mut talk, "2026-01-08T12:00:00Z");
    talk.operator("joined");
    let said = timeline(&mut talk, 24 * 14);
    assert!(said.iter().all(|(_, line)| line.starts_with("notify ")), "{said:?}");
    let told = said.iter().filter(|(_, line)| line.starts_with("notify telegram_admin")).count();
    assert_eq!(told, 2, "{said:?}");
}

/// A reminder two hours before a date, in Kyiv, for a dialog that begins then: when it is due.
fn due_in_kyiv(begins: &str, text: &str) -> Option<String> {
    let definition = r#"
bot: 1
timezone: Europe/Kyiv
region: UA
languages: { main: uk }
fields: { day: { type: date, ask: "Коли?" } }
flows:
  visit:
    start: { has: day }
    collect: [day]
    then: [ { status: booked }, { remind: r, before: day, at: [24h, 2h], say: "Чекаємо." } ]
    done: { status: booked }
    unsure: { do: [ { handoff: unclear } ] }
"#;
    let bot = Bot::from_yaml(definition, &Files::new()).unwrap().bot;
    let mut talk = Talk::new(bot);
    talk.now = crate::talk::at(begins);
    talk.says(text);
    let said = timeline(&mut talk, 24 * 30);
    said.last().map(|(at, _)| at.replace(":00.000Z", ""))
}

#[test]
fn when_clocks_change_hours_before_a_visit_stay_hours() {
    for (begins, text, due) in [
        // Clocks go forward on 29 March at 03:00: noon is 09:00 UTC, the day before it was 10:00.
        ("2026-03-26T08:00:00Z", "29.03 о 12:00", "2026-03-29T07:00"),
        // 03:30 does not exist and moves to 04:30.
        ("2026-03-26T08:00:00Z", "29.03 о 03:30", "2026-03-28T23:30"),
        // Clocks go back on 25 October at 04:00: 03:30 comes twice, the first counts.
        ("2026-10-22T08:00:00Z", "25.10 о 03:30", "2026-10-24T22:30"),
        ("2026-10-22T08:00:00Z", "25.10 о 12:00", "2026-10-25T08:00"),
        // A date without a time counts from 10:00 and has no reminder under 24 hours.
        ("2026-03-26T08:00:00Z", "29.03", "2026-03-28T07:00"),
    ] {
        assert_eq!(due_in_kyiv(begins, text).as_deref(), Some(due), "{text}");
    }
}
