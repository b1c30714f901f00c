//! The page of a week and the diagrams, on two simulated weeks at the clinic.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a test may panic
#![cfg(all(feature = "audit", feature = "yaml", feature = "zones"))]

#[path = "../examples/week/guests.rs"]
mod guests;
#[path = "../examples/week/log.rs"]
mod log;
mod support;

use frontdesk::audit::diagram::{Kind, Paths, charts};
use frontdesk::audit::{Report, report};
use frontdesk::bot::{Bot, Files};
use frontdesk::verbs::tool;
use serde_json::{Value as Json, json};
use std::sync::OnceLock;

const BOT: &str = include_str!("../examples/clinic/bot.yaml");
const TABLE: &str = include_str!("../examples/clinic/faq.csv");

fn week() -> &'static str {
    static LOG: OnceLock<String> = OnceLock::new();
    LOG.get_or_init(|| log::weeks(210))
}

fn clinic(definition: &str) -> Bot {
    let files = Files::from([("faq.csv".to_string(), TABLE.to_string())]);
    Bot::from_yaml(definition, &files).unwrap_or_else(|errors| panic!("{errors:?}")).bot
}

fn bot() -> &'static Bot {
    static CLINIC: OnceLock<Bot> = OnceLock::new();
    CLINIC.get_or_init(|| clinic(BOT))
}

fn page(language: &str) -> String {
    let wanted = Report { language: Some(language.to_string()), ..Report::default() };
    report(Some(bot()), || week().lines(), &wanted).unwrap()
}

/// What the page's script is given.
fn given(page: &str) -> Json {
    let (_, rest) = page.split_once("id=\"data\">").unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

fn figures() -> Json {
    let partial = tool("metrics", Some(bot()), &json!({"records": week()}).to_string()).unwrap();
    let partial: Json = serde_json::from_str(&partial).unwrap();
    serde_json::from_str(&tool("figures", None, &json!({"partial": partial}).to_string()).unwrap()).unwrap()
}

#[test]
fn the_page_loads_nothing() {
    let page = page("ru");
    assert!(page.contains("default-src 'none'; script-src 'sha256-"));
    for word in ["http://", "https://", "src=", "url(", "@import", "fetch(", "XMLHttpRequest"] {
        let found = page.replace("http://www.w3.org/2000/svg", "");
        // A policy names its directives, and a text of a client's may hold anything.
        assert!(!found.contains(word), "{word}");
    }
    assert_eq!(page.matches("<script").count(), 2);
    assert_eq!(page, self::page("ru"), "the same log gives the same page");
}

#[test]
fn r138_r159_what_went_wrong_is_listed_with_its_dialog() {
    let (page, figures) = (page("ru"), figures());
    let codes: Vec<&str> =
        figures["cases"].as_array().unwrap().iter().map(|case| case["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"lead_unconfirmed") && codes.contains(&"empty_booking"), "{codes:?}");
    for (code, title) in
        [("lead_unconfirmed", "Заявка не подтверждена в CRM"), ("empty_booking", "Пустая запись")]
    {
        let items = page.matches(&format!("class=\"{code}\">{title}<")).count();
        assert_eq!(items, codes.iter().filter(|c| **c == code).count());
    }
    assert!(page.contains("причина: правило «Оставил телефон вне записи»"));
    assert!(figures["all"]["with_no_show"].as_u64().unwrap() > 0);
}

#[test]
fn texts_of_clients_stay_texts() {
    let page = page("en");
    assert!(!page.contains("<script>alert"));
    assert!(page.contains("&lt;script&gt;alert(&#39;клиент&#39;)&lt;/script&gt;"));
    assert!(page.contains("\\u003cscript\\u003ealert"), "in the data of the script too");
}

#[test]
fn r162_questions_without_an_answer_come_with_rows_for_them() {
    let page = given(&page("ru"));
    let asked = page["asked"].as_array().unwrap();
    assert!(asked.len() > 3);
    assert!(asked.iter().any(|one| one["row"].is_array()), "none is near a row");
    assert!(asked.iter().any(|one| !one["variants"].as_array().unwrap().is_empty()), "nothing was grouped");
}

#[test]
fn r150_right_marks_are_dialog_tests_that_pass() {
    let page = given(&page("ru"));
    let tests: Vec<Json> = page["talks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|talk| talk["at"].is_string())
        .map(|talk| {
            let steps = talk["turns"].as_array().unwrap().iter().flat_map(|turn| {
                let expected = turn["expect"].as_array().filter(|list| !list.is_empty());
                let expected = expected.map_or(json!("nothing"), |list| json!(list));
                turn["steps"].as_array().unwrap().clone().into_iter().chain([json!({ "expect": expected })])
            });
            let steps: Vec<Json> =
                talk["before"].as_array().unwrap().clone().into_iter().chain(steps).collect();
            json!({"name": talk["name"], "at": talk["at"], "channel": talk["channel"], "dialog": steps})
        })
        .collect();
    assert!(tests.len() >= 5, "{} tests", tests.len());
    let (definition, _) = BOT.split_once("\ntests:").unwrap();
    let bot = clinic(&format!("{definition}\ntests: {}\n", json!(tests)));
    let told: Json = serde_json::from_str(&tool("test", Some(&bot), "{}").unwrap()).unwrap();
    assert_eq!((told["passed"].as_u64(), &told["failed"]), (Some(tests.len() as u64), &json!([])));
}

#[test]
fn numbers_are_those_of_the_figures() {
    let (page, figures) = (page("en"), figures());
    let all = &figures["all"];
    for (name, title) in [("dialogs", "Dialogs"), ("with_lead", "Leads"), ("with_booking", "Bookings")] {
        let tile = format!("<span class=\"name\">{title}</span><b>{}</b>", all[name]);
        assert!(page.contains(&tile), "{tile}");
    }
}

#[test]
fn every_language_has_its_own_page_and_no_bot_is_needed() {
    for (language, title) in
        [("ru", "Отчёт за неделю"), ("uk", "Звіт за тиждень"), ("en", "Report of the week")]
    {
        assert!(page(language).contains(title));
    }
    let bare =
        report(None, || week().lines(), &Report { week: Some("2026-W46".into()), ..Report::default() })
            .unwrap();
    assert!(bare.contains("2026-W46") && !bare.contains("class=\"chart\""));
    let empty = report(None, || "".lines(), &Report::default()).unwrap();
    assert!(empty.contains("no data"));
    let week = Report { week: Some("next".into()), ..Report::default() };
    assert_eq!(report(None, || "".lines(), &week).unwrap_err().path, "week");
}

#[test]
fn r160_a_page_of_all_time_speaks_of_weeks_and_of_no_share_of_nothing() {
    let wanted = Report { week: Some("all".into()), language: Some("ru".into()), ..Report::default() };
    let page = report(Some(bot()), || week().lines(), &wanted).unwrap();
    assert!(page.contains("Диалоги по неделям") && page.contains("Конверсия по неделям"));
    assert!(!page.contains("по дням") && page.contains("<p class=\"about\">"));
    assert!(!page.contains("<p class=\"about\">all"));
    let unbooked = || week().lines().filter(|line| line.contains("\"n\":1,"));
    let page = report(Some(bot()), unbooked, &wanted).unwrap();
    assert!(!page.contains("<span class=\"of\">от записей</span>"));
}

#[test]
fn no_arrow_of_a_flow_leaves_a_box_that_fewer_dialogs_have_reached() {
    let paths: Paths =
        serde_json::from_str(&diagram(json!({"records": week(), "format": "counts"})).unwrap()).unwrap();
    for chart in charts(bot(), "ru").iter().filter(|chart| chart.flow.is_some()) {
        for (at, node) in chart.nodes.iter().enumerate().filter(|(_, node)| node.kind != Kind::Start) {
            let into = chart.arrows.iter().filter(|arrow| arrow.to == at).map(|arrow| paths.of(&arrow.mark));
            let into: u64 = into.sum();
            let mut out = chart.arrows.iter().filter(|arrow| arrow.from == at);
            assert!(out.all(|arrow| paths.of(&arrow.mark) <= into), "{:?} {}", chart.flow, node.title);
        }
    }
}

fn diagram(more: Json) -> Result<String, String> {
    let made = tool("diagram", Some(bot()), &more.to_string()).map_err(|e| e.to_string())?;
    Ok(serde_json::from_str::<String>(&made).unwrap_or(made))
}

#[test]
fn counts_on_arrows_add_up_however_the_log_is_cut() {
    let whole = diagram(json!({"records": week(), "format": "counts"})).unwrap();
    let parts: Vec<Json> = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]
        .iter()
        .map(|last| {
            let ends = |line: &&str| {
                let record: Json = serde_json::from_str(line).unwrap();
                record["session"]["user"].as_str().unwrap().ends_with(last)
            };
            let part: Vec<&str> = week().lines().filter(ends).collect();
            let part = diagram(json!({"records": part.join("\n"), "format": "counts"})).unwrap();
            serde_json::from_str(&part).unwrap()
        })
        .collect();
    assert_eq!(diagram(json!({"counts": parts, "format": "counts"})).unwrap(), whole);
    let counts: Json = serde_json::from_str(&whole).unwrap();
    let of = |mark: &str| counts["marks"][mark].as_u64().unwrap_or(0);
    let way = ["start", "ask.service", "ask.when", "ask.name", "ask.phone", "ask.note", "then.0", "done"];
    let way = way.map(|place| of(&format!("flow.booking.{place}")));
    assert!(way.is_sorted_by(|a, b| a >= b) && way[0] > way[3] && way[7] > 0, "{way:?}");
    assert_eq!(of("flow.booking>lead.visit"), of("lead.visit"));
    for place in ["react.0", "react.2", "unsure", "failed"] {
        assert!(of(&format!("flow.booking.{place}")) > 0, "{place}");
    }
    for rule in ["Просит человека", "Оставил телефон вне записи", "Не наша тема"]
    {
        assert!(of(&format!("rule.{rule}")) > 0, "{rule}");
    }
    assert!(of("unknown>handoff") > 0 && of("faq") > of("unknown"));
}

#[test]
fn flows_are_drawn_with_and_without_a_log() {
    let plain = diagram(json!({"flow": "booking", "language": "en"})).unwrap();
    assert!(
        plain.starts_with("flowchart TD\n") && plain.contains("service") && !plain.contains('|'),
        "{plain}"
    );
    let counted = diagram(json!({"records": week(), "flow": "booking"})).unwrap();
    assert!(counted.contains("n0 -->|"), "{counted}");
    let drawn = diagram(json!({"records": week(), "format": "svg"})).unwrap();
    assert!(drawn.starts_with("<svg ") && drawn.contains("Оставил почту") && drawn.ends_with("</svg>"));
    let wrong = diagram(json!({"flow": "dance"})).unwrap_err();
    assert!(wrong.contains("no flow is called `dance`"), "{wrong}");
}

/// The bots of the other examples have rules and flows of every kind.
#[test]
fn every_example_can_be_drawn() {
    for name in ["agency", "hotel", "shop", "staff"] {
        let place = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
        let text = |file: &str| std::fs::read_to_string(place.join(file)).unwrap();
        let files = Files::from([("faq.csv".to_string(), text("faq.csv"))]);
        let bot = Bot::from_yaml(&text("bot.yaml"), &files).unwrap().bot;
        for chart in frontdesk::audit::diagram::charts(&bot, "ru") {
            let svg = frontdesk::audit::diagram::svg(&chart, None, true);
            assert!(
                svg.matches("<g class").count() == chart.nodes.len()
                    && chart.arrows.len() + 2 >= chart.nodes.len()
            );
            let places: std::collections::BTreeSet<_> =
                chart.nodes.iter().map(|n| (n.column, n.row)).collect();
            assert_eq!(places.len(), chart.nodes.len(), "{name}: two boxes in one place");
        }
    }
}
