//! Figures: R091, R105, R138, R141, R148, R149, R150, R152 to R154, R159 to R162.

use crate::journal::{Journal, figures, verb};
use crate::talk::{bot, clinic};
use frontdesk::verbs::tool;
use serde_json::{Value, json};

/// A week at the clinic: a booking with its reminders and visit, a lead that nobody confirmed, a question without an
/// answer, a goodbye.
fn week() -> Vec<String> {
    let mut lines = Vec::new();
    let mut booked = Journal::new(clinic(), "booked");
    booked.books("Анна", "8 900 123-45-67");
    booked.wait(54);
    booked.presses("Подтвердить");
    booked.wait(24);
    let mut lost = Journal::new(clinic(), "lost");
    lost.says("Мой номер 8-900-123-45-68");
    lost.wait(1);
    let mut asked = Journal::new(clinic(), "asked");
    asked.says("Вы ремонтируете холодильники?");
    asked.event(
        json!({"kind": "operator", "action": "message", "who": "olga", "text": "Нет, не ремонтируем"}),
    );
    asked.says("Жаль, а телевизоры?");
    let mut missed = Journal::new(clinic(), "missed");
    missed.books("Пётр", "8 900 123-45-69");
    missed.wait(80);
    missed.event(json!({"kind": "fact", "name": "no_show"}));
    for journal in [booked, lost, asked, missed] {
        lines.extend(journal.lines);
    }
    lines
}

#[test]
fn r091_r154_the_figures_of_a_week() {
    let shown = figures(&week(), json!({}));
    assert_eq!(
        (&shown["week"], &shown["from"], &shown["to"]),
        (&json!("2026-W02"), &json!("2026-01-05"), &json!("2026-01-11"))
    );
    let all = &shown["all"];
    assert_eq!(all["dialogs"], 4);
    assert_eq!(all["answered"], 4, "{all:#}");
    assert_eq!(all["first_answer_avg_ms"], 2_500, "two had to wait 5 s for the calendar");
    let shares = &all["shares"];
    for (share, permille) in [
        ("done", 750),
        ("lead", 750),
        ("booking", 500),
        ("lead_to_booking", 666),
        ("handoff", 250),
        ("lost_lead", 333),
        ("no_show", 500),
    ] {
        assert_eq!(shares[share], permille, "{share} of {all:#}");
    }
}

#[test]
fn r105_replies_not_given_are_counted() {
    let shown = figures(&week(), json!({}));
    assert_eq!(shown["all"]["suppressed"], 1, "the question to the human");
    assert_eq!(shown["all"]["operator_messages"], 1);
}

#[test]
fn r141_r162_unanswered_questions_stand_with_the_row_that_came_nearest() {
    let mut lines = Vec::new();
    for (at, text) in ["Вы ремонтируете холодильники?", "вы ремонтируете холодильники", "А кредит даёте?"]
        .iter()
        .enumerate()
    {
        let mut journal = Journal::new(clinic(), &at.to_string());
        journal.says(text);
        lines.extend(journal.lines);
    }
    let shown = figures(&lines, json!({}));
    let first = &shown["questions"][0];
    assert_eq!((&first["text"], &first["count"]), (&json!("Вы ремонтируете холодильники?"), &json!(2)));
    assert!(first.get("nearest").is_none_or(|n| n["score"].as_u64().unwrap() < 1000), "{first}");
    assert_eq!(shown["all"]["shares"]["unanswered"], 1000);
    let scores = shown["scores"]["unanswered"].as_array().unwrap();
    assert_eq!(scores.iter().map(|n| n.as_u64().unwrap()).sum::<u64>(), 3, "every score is in the histogram");
}

#[test]
fn r141_an_answer_that_failed_is_no_question_that_nobody_answered() {
    let mut journal = Journal::new(clinic(), "7");
    let turn = journal.says("Хочу записаться на чистку");
    let slots = json!({"data": {"slots": [{"id": "s1", "start": "2026-01-08T15:00:00+03:00"}]}});
    journal.answers(&turn, "request", slots);
    journal.presses("s1");
    journal.says("Олег");
    let failed = journal.says("ну тот самый, что и был");
    assert_eq!(failed.record.matched.why, ["no answer to phone"]);
    let told = journal.says("ладно: 8 900 123-45-67");
    assert_eq!(told.record.matched.why, ["answers phone"]);
    let shown = figures(&journal.lines, json!({}));
    let all = &shown["all"];
    assert_eq!((&all["failed_answers"], all.get("unanswered")), (&json!(1), None), "{all:#}");
    assert_eq!(shown["questions"], json!([]));
    let counts = verb("diagram", Some(&clinic()), &journal.lines, json!({"format": "counts"}));
    assert_eq!(counts["marks"]["flow.booking.failed"], 1, "{counts:#}");
}

/// More sessions than stand ready, their records mixed: each goes on where it was folded.
#[test]
fn r091_r140_a_log_of_many_mixed_sessions_gives_what_each_alone_does() {
    let desk = || {
        bot("fields: { phone: { type: phone } }\n\
         rules: [ { name: Номер, if: { has: phone }, do: [ { lead: callback }, { say: Перезвоним. } ] } ]\n\
         leads: { callback: { need: [phone], to: [crm] } }\n")
    };
    let one = desk();
    let sessions: Vec<Vec<String>> = (0..1_100)
        .map(|user| {
            let key = frontdesk::dialog::Key {
                channel: if user % 2 == 0 { "web" } else { "viber" }.into(),
                account: "main".into(),
                user: user.to_string(),
            };
            let mut now = frontdesk::Timestamp::from_millis(1_767_600_000_000 + user * 60_000);
            let mut session = one.open(key, now, None);
            let texts = ["Добрый день", "мой номер 8 900 123-45-67", "спасибо"];
            texts
                .iter()
                .enumerate()
                .map(|(at, text)| {
                    now = now.plus(20_000);
                    let event = frontdesk::Event::text(at.to_string(), *text);
                    one.step(&mut session, &event, now).unwrap().record.json().to_string()
                })
                .collect()
        })
        .collect();
    let sorted: Vec<String> = sessions.concat();
    let mixed: Vec<String> = (0..3).flat_map(|at| sessions.iter().map(move |of| of[at].clone())).collect();
    let count = |lines: &[String]| verb("metrics", None, lines, json!({}));
    assert_eq!(count(&mixed), count(&sorted));
    assert_eq!(count(&mixed)["records"], 3_300);
    let replayed = verb("replay", Some(&one), &mixed, json!({}));
    assert_eq!(replayed, json!({"steps": 3_300, "same": true}));
    let sorted = verb("replay", Some(&one), &sorted, json!({"by_session": true}));
    assert_eq!(sorted, replayed);
    assert_eq!(verb("verify", None, &mixed, json!({}))["sessions"], 1_100);
    let compared = verb("what_if", Some(&desk()), &mixed, json!({}));
    assert_eq!((&compared["dialogs"], &compared["otherwise"]), (&json!(1_100), &json!(0)));
}

#[test]
fn r138_an_empty_booking_is_found_with_what_led_to_it() {
    let desk = || {
        bot("fields: { when: { type: slot, ask: Когда? } }\n\
             rules: [ { name: Сразу, if: { words: [запишите] }, do: [ { request: book }, { status: booked }, { say: Записали. } ] } ]\n\
             leads: {}\n")
    };
    let mut journal = Journal::new(desk(), "1");
    let turn = journal.says("запишите");
    journal.answers(&turn, "request", json!({}));
    let shown = figures(&journal.lines, json!({}));
    let case = &shown["cases"][0];
    assert_eq!(
        (&case["code"], &case["by"], &case["missing"]),
        (&json!("empty_booking"), &json!("rule Сразу"), &json!(["time", "contact"]))
    );
    assert_eq!(shown["all"]["with_empty_booking"], 1);
    assert!(shown["alerts"].as_array().unwrap().iter().any(|alert| alert["figure"] == "with_empty_booking"));
}

/// A desk that tells the calendar time and phone in its own words, and keeps so much of it.
fn booking_by_words(level: &str) -> frontdesk::bot::Bot {
    bot(&format!(
        "log: {{ text: {level} }}\n\
         fields:\n  when: {{ type: slot, ask: Когда?, from: calendar }}\n  phone: {{ type: phone, ask: Номер? }}\n\
         flows:\n  visit:\n    start: {{ words: [запись] }}\n    collect: [when, phone]\n    \
         then: [ {{ request: book, params: {{ at: \"{{when}}\", tel: \"тел. {{phone}}\" }} }}, {{ status: booked }} ]\n    \
         done: {{ status: booked }}\n    unsure: {{ do: [ {{ say: Уточню. }} ] }}\n"
    ))
}

/// A visit booked with it, up to the calendar's word.
fn booked_by_words(level: &str, answer: Value) -> Vec<String> {
    let mut journal = Journal::new(booking_by_words(level), "1");
    let turn = journal.says("запись");
    let slots = json!({"data": {"slots": [{"id": "a1", "start": "2026-01-20T00:30:00+03:00"}]}});
    journal.answers(&turn, "request", slots);
    journal.presses("a1");
    let turn = journal.says("8 900 123-45-67");
    journal.answers(&turn, "request", answer);
    journal.lines
}

#[test]
fn r138_a_booking_whose_time_and_phone_stand_in_other_words_is_not_empty() {
    for level in ["full", "masked", "reference", "off"] {
        let lines = booked_by_words(level, json!({}));
        for zone in ["Europe/Moscow", "UTC", "Asia/Vladivostok"] {
            let partial = verb("metrics", None, &lines, json!({"zone": zone}));
            let shown = tool("figures", None, &json!({"partial": partial}).to_string()).unwrap();
            let shown: Value = serde_json::from_str(&shown).unwrap();
            assert_eq!(shown["all"].get("with_empty_booking"), None, "{level} {zone}: {}", shown["cases"]);
            let all = &shown["all"];
            assert_eq!((&all["bookings"], &all["with_contact"]), (&json!(1), &json!(1)), "{level} {zone}");
        }
        let taken =
            figures(&booked_by_words(level, json!({"data": {"taken": true, "who": "Пётр"}})), json!({}));
        assert_eq!(taken["all"].get("bookings"), None, "{level}: the time was taken");
    }
    let off = booked_by_words("off", json!({"data": {"taken": true, "who": "Пётр"}})).join("");
    assert!(off.contains(r#""params":{"at":"[off]","tel":"[phone]"}"#), "{off}");
    assert!(off.contains(r#""data":{"taken":true}"#) && !off.contains("Пётр"), "{off}");
}

#[test]
fn r159_c21_a_lead_not_confirmed_in_five_minutes_and_a_contact_without_a_lead_are_lost() {
    let mut journal = Journal::new(clinic(), "lost");
    journal.says("Мой номер 8-900-123-45-68");
    let soon = verb("metrics", None, &journal.lines, json!({"now": "2026-01-05T09:04:00Z"}));
    assert!(soon["weeks"]["2026-W02"].get("cases").is_none(), "five minutes are not over: {soon}");
    let shown = figures(&journal.lines, json!({}));
    let case = &shown["cases"][0];
    assert_eq!(
        (&case["code"], &case["missing"]),
        (&json!("lead_unconfirmed"), &json!(["kommo", "telegram_admin"]))
    );
    assert!(case["lead_key"].as_str().unwrap().starts_with("k-"));
    let turn = journal.event(json!({"kind": "result", "effect": "1.2", "target": "kommo", "ok": true}));
    assert_eq!(turn.record.matched.why, ["confirmed"]);
    let shown = figures(&journal.lines, json!({}));
    assert_eq!(shown["cases"][0]["missing"], json!(["telegram_admin"]));
    journal.event(json!({"kind": "result", "effect": "1.2", "target": "telegram_admin", "ok": true}));
    let shown = figures(&journal.lines, json!({}));
    assert_eq!((&shown["cases"], &shown["all"]["leads_confirmed"]), (&json!([]), &json!(1)));

    let listens = bot("fields: { phone: { type: phone } }\ngreeting: { do: [ { say: Привет! } ] }");
    let mut journal = Journal::new(listens, "1");
    journal.says("8-900-123-45-68");
    let shown = figures(&journal.lines, json!({}));
    assert_eq!(shown["cases"][0]["code"], "contact_without_lead");
    assert_eq!(shown["all"]["shares"]["lost_lead"], 1000);
}

#[test]
fn r149_figures_by_operator_channel_kind_and_period() {
    let lines = week();
    let shown = figures(&lines, json!({}));
    let names = |by: &str| -> Vec<String> {
        let slices = shown["by"][by].as_array().unwrap();
        slices
            .iter()
            .map(|slice| format!("{} {}", slice["name"].as_str().unwrap(), slice["dialogs"]))
            .collect()
    };
    assert_eq!(names("operator"), ["assistant 3", "olga 1"]);
    assert_eq!(names("kind"), ["booking 2", "lead 1", "other 1"]);
    assert_eq!(names("channel"), ["telegram 4"]);
    assert_eq!(names("day"), ["2026-01-05 4"]);
    let only = figures(&lines, json!({"filter": {"operator": "olga"}}));
    assert_eq!(only["all"]["dialogs"], 1);
    let none = figures(&lines, json!({"filter": {"from": "2026-01-06"}}));
    assert_eq!(none["all"].get("dialogs"), None);
    let counted = verb("metrics", None, &lines, json!({"filter": {"kind": "booking"}}));
    let days = counted["days"].as_object().unwrap();
    assert!(days.values().flat_map(|cells| cells.as_array().unwrap()).all(|cell| cell["kind"] == "booking"));
}

#[test]
fn r153_reminders_are_told_apart_by_wording_and_what_came_of_them() {
    let shown = figures(&week(), json!({}));
    let outreach = shown["outreach"].as_array().unwrap();
    let of =
        |timer: &str| outreach.iter().find(|one| one["timer"].as_str().unwrap().starts_with(timer)).unwrap();
    let day = of("remind.booking_reminder.1440m");
    assert_eq!(
        day["text"], "Напоминаем: {when}, {service}.",
        "what the client had told is a placeholder again"
    );
    assert_eq!((&day["sent"], &day["confirmed"], &day["answered"]), (&json!(2), &json!(1), &json!(1)));
    let two = of("remind.booking_reminder.120m");
    assert_eq!(two["no_show"], 1);
}

#[test]
fn r160_r152_weeks_are_iso_weeks_of_the_zone_and_the_week_before_is_compared() {
    let mut lines = Vec::new();
    for (user, hours) in [("a", 0), ("b", 7 * 24), ("c", 7 * 24)] {
        let mut journal = Journal::new(clinic(), user).later(hours);
        journal.says(if user == "c" {
            "Мой номер 8-900-123-45-68"
        } else {
            "А где вы находитесь?"
        });
        lines.extend(journal.lines);
    }
    let shown = figures(&lines, json!({}));
    assert_eq!(
        (&shown["week"], &shown["all"]["dialogs"], &shown["before"]["dialogs"]),
        (&json!("2026-W03"), &json!(2), &json!(1))
    );
    assert_eq!((&shown["change"]["dialogs"], &shown["change"]["lead_permille"]), (&json!(1), &json!(500)));
    let weeks: Vec<&Value> =
        shown["by"]["week"].as_array().unwrap().iter().map(|week| &week["name"]).collect();
    assert_eq!(weeks, ["2026-W02", "2026-W03"]);
    // Half past eleven on Sunday in London is Monday in Moscow.
    let mut late = Journal::new(clinic(), "d").later(6 * 24 + 14);
    late.says("Здравствуйте");
    let week = |zone: &str| {
        let counted = verb("metrics", None, &late.lines, json!({ "zone": zone }));
        counted["weeks"].as_object().unwrap().keys().next().unwrap().clone()
    };
    assert_eq!((week("Europe/London"), week("Europe/Moscow")), ("2026-W02".into(), "2026-W03".into()));
    let early = figures(&lines, json!({"week": "2026-W02"}));
    assert_eq!(early["all"]["dialogs"], 1);
}

#[test]
fn r148_alerts_hold_a_figure_against_a_bound_or_the_week_before() {
    let lines = week();
    let rules = json!([{"figure": "handoff_permille", "above": 200}, {"figure": "dialogs", "below": 4}, {"figure": "leads", "above": 1}]);
    let shown = figures(&lines, json!({ "rules": rules }));
    let fired: Vec<&Value> =
        shown["alerts"].as_array().unwrap().iter().map(|alert| &alert["figure"]).collect();
    assert_eq!(fired, ["handoff_permille", "leads"]);
    let mut grown = Vec::new();
    for user in 0..6 {
        let mut journal = Journal::new(clinic(), &user.to_string()).later(7 * 24 * (user / 3));
        journal.says(if user < 3 { "А где вы находитесь?" } else { "оператор" });
        grown.extend(journal.lines);
    }
    let rules = json!([{"figure": "handoff_permille", "rise": 500, "least": 3}, {"figure": "handoff_permille", "rise": 500}]);
    let shown = figures(&grown, json!({ "rules": rules }));
    assert_eq!(
        shown["alerts"],
        json!([{"figure": "handoff_permille", "bound": "rise", "limit": 500, "now": 1000, "before": 0}])
    );
    let partial = verb("metrics", None, &lines, json!({}));
    let wrong = json!({"partial": partial, "rules": [{"figure": "hapiness", "above": 1}]}).to_string();
    let error = tool("figures", None, &wrong).unwrap_err();
    assert_eq!((error.code.as_str(), error.path.as_str()), ("unknown_name", "rules[0].figure"));
}

#[test]
fn sums_are_the_same_however_the_log_is_cut_and_whatever_order_it_has() {
    let lines = week();
    let whole = verb("metrics", None, &lines, json!({}));
    let user = |line: &String| serde_json::from_str::<Value>(line).unwrap()["session"]["user"].clone();
    let mut parts: Vec<Vec<String>> = vec![Vec::new(); 3];
    for line in &lines {
        let part = user(line).as_str().unwrap().len() % 3;
        parts[part].push(line.clone());
    }
    let partials: Vec<Value> =
        parts.iter().rev().map(|part| verb("metrics", None, part, json!({}))).collect();
    let merged = tool("merge", None, &json!({ "partials": partials }).to_string()).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&merged).unwrap(), whole);
    // Mixed sessions, each in its order.
    let mut mixed: Vec<(u64, String)> = lines
        .iter()
        .map(|l| (serde_json::from_str::<Value>(l).unwrap()["n"].as_u64().unwrap(), l.clone()))
        .collect();
    mixed.sort();
    let mixed: Vec<String> = mixed.into_iter().map(|(_, line)| line).collect();
    assert_eq!(verb("metrics", None, &mixed, json!({})), whole);
    // Cut in the middle of every session: what is open is carried on.
    let (first, second) = mixed.split_at(mixed.len() / 2);
    let begun = verb("metrics", None, first, json!({"open": true}));
    assert_eq!(begun["partial"]["days"], json!({}), "nothing is over before it is said so");
    let ended = verb("metrics", None, second, json!({"carry": begun["carry"]}));
    let merged = tool("merge", None, &json!({"partials": [begun["partial"], ended]}).to_string()).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&merged).unwrap(), whole);
    // Twice the same line counts once.
    let twice: Vec<String> = lines.iter().flat_map(|line| [line.clone(), line.clone()]).collect();
    assert_eq!(verb("metrics", None, &twice, json!({})), whole);
}

#[test]
fn r149_r161_arguments_that_mean_nothing_are_refused_with_their_place() {
    let desk = clinic();
    let partial = verb("metrics", None, &[], json!({}));
    let rules = |rule: Value| json!({"partial": partial, "rules": [rule]});
    for (name, argument, code, path) in [
        ("metrics", json!({"records": [], "filter": {"from": "2026-13-01"}}), "time_invalid", "filter.from"),
        ("metrics", json!({"records": [], "filter": {"to": "2026-1-7"}}), "time_invalid", "filter.to"),
        ("metrics", json!({"records": [], "now": "yesterday"}), "time_invalid", "now"),
        ("metrics", json!({"records": [], "open": 1}), "wrong_type", "open"),
        ("metrics", json!({"records": 5}), "wrong_type", "records"),
        (
            "figures",
            json!({"partial": partial, "filter": {"from": "nonsense"}}),
            "time_invalid",
            "filter.from",
        ),
        ("figures", json!({"partial": partial, "week": "26-W02"}), "time_invalid", "week"),
        ("figures", json!({"partial": partial, "week": "2026-W2"}), "time_invalid", "week"),
        ("figures", rules(json!({"figure": "dialogs"})), "one_expected", "rules[0]"),
        ("figures", rules(json!({"figure": "dialogs", "above": 1, "fall": 2})), "one_expected", "rules[0]"),
        ("figures", rules(json!({"figure": "dialogs", "above": "x"})), "wrong_type", "rules[0].above"),
        ("sample", json!({"records": [], "week": "q"}), "time_invalid", "week"),
        ("sample", json!({"records": [], "share": 101}), "unknown_value", "share"),
        ("report", json!({"records": [], "language": "kk"}), "unknown_value", "language"),
        ("report", json!({"records": [], "week": "2026-W54"}), "time_invalid", "week"),
        ("transcript", json!({"records": [], "language": "kk"}), "unknown_value", "language"),
        ("diagram", json!({"language": "kk"}), "unknown_value", "language"),
    ] {
        let error = tool(name, Some(&desk), &argument.to_string()).unwrap_err();
        assert_eq!((error.code.as_str(), error.path.as_str()), (code, path), "{name} {argument}: {error}");
    }
    let error = tool("sample", None, &json!({"records": [], "share": "5%"}).to_string()).unwrap_err();
    assert!(error.message.ends_with("expected a whole number from 0"), "{error}");
}
