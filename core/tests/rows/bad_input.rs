//! Definitions and tables that are wrong: every error at once, with code, path, line and column.

use crate::talk::{clinic, compile};
use frontdesk::bot::{Bot, Files};
use frontdesk::dialog::Session;
use frontdesk::error::Error;

/// `code path line:column hint` of every error of a YAML text.
fn errors_of(text: &str, files: &Files) -> Vec<String> {
    let Err(errors) = Bot::from_yaml(text, files) else { return vec!["compiles".into()] };
    errors.iter().map(in_short).collect()
}

fn in_short(e: &Error) -> String {
    let place = e.line.zip(e.column).map_or("-".to_string(), |(line, column)| format!("{line}:{column}"));
    let hint = e.hint.as_ref().map_or(String::new(), |hint| format!(" ({hint})"));
    format!("{} {} {place}{hint}", e.code, e.path)
}

fn errors(text: &str) -> Vec<String> {
    errors_of(text, &Files::new())
}

#[test]
fn bad_an_unknown_key_is_named_with_a_suggestion() {
    assert_eq!(errors("bot: 1\nrulez: []\n"), ["unknown_key rulez 2:1 (did you mean `rules`?)"]);
    assert_eq!(
        errors("bot: 1\nrules:\n  - if: { words: [а] }\n    do: [ { finsh: silent } ]\n"),
        ["unknown_key rules[0].do[0] 4:11 (did you mean `finish`?)"]
    );
}

#[test]
fn bad_a_wrong_type_is_named() {
    assert_eq!(errors("bot: 1\nrules: {}\n"), ["wrong_type rules 2:8"]);
    assert_eq!(errors("bot: one\n"), ["wrong_type bot 1:6"]);
    assert_eq!(errors("bot: 1.5\n"), ["number_refused bot 1:6"]);
    assert_eq!(errors("bot: 2\n"), ["format_unknown bot 1:6"]);
    assert_eq!(errors("- 1\n"), ["wrong_type  1:1"]);
    assert_eq!(errors("").len(), 1);
}

#[test]
fn bad_names_that_nothing_has() {
    let text = r#"bot: 1
words: { yes: [да] }
rules:
  - if: { words: nolist }
    do:
      - { ask: nofield }
      - { lead: nolead }
      - { start: noflow }
      - { status: nostatus }
      - { say: "{noplace}" }
  - if: { words: yess }
    do: [ { set: { nofield: 1 } } ]
  - if: { has: nofield }
    do: [ { status: dune } ]
"#;
    assert_eq!(
        errors(text),
        [
            "unknown_name rules[0].if.words 4:18",
            "unknown_name rules[0].do[0].ask 6:16",
            "unknown_name rules[0].do[1].lead 7:17",
            "unknown_name rules[0].do[2].start 8:18",
            "unknown_name rules[0].do[3].status 9:19",
            "unknown_placeholder rules[0].do[4].say 10:16",
            "unknown_name rules[1].if.words 11:18 (did you mean `yes`?)",
            "unknown_name rules[1].do[0].set.nofield 12:29",
            "unknown_name rules[2].if.has 13:16",
            "unknown_name rules[2].do[0].status 14:21 (did you mean `done`?)",
        ]
    );
}

#[test]
fn bad_every_error_comes_at_once() {
    let text = r#"bot: 1
timezone: Europe/Kiew
region: XX
colour: red
channels: [telegram, telegrm]
quiet_hours: { from: "25:00", to: "09:00" }
fields: { a: { type: txt } }
rules:
  - do: [ { say: "" } ]
flows: { f: { collect: [a] } }
"#;
    let found = errors(text);
    for wanted in [
        "zone_unknown timezone 2:11",
        "region_unknown region 3:9",
        "unknown_key colour 4:1",
        "unknown_value channels[1] 5:22 (did you mean `telegram`?)",
        "time_invalid quiet_hours.from 6:22",
        "unknown_value fields.a.type 7:22 (did you mean `text`?)",
        "missing_key rules[0] 9:5",
        "empty rules[0].do[0].say 9:18",
        "missing_key flows.f 10:13",
    ] {
        assert!(found.iter().any(|line| line == wanted), "{wanted} is not in {found:#?}");
    }
}

#[test]
fn bad_yaml_alias_duplicate_tag_and_broken_text() {
    assert_eq!(errors("bot: 1\nname: &n Бот\ntimezone: *n\n"), ["syntax_invalid  3:11"]);
    assert_eq!(errors("bot: 1\nname: а\nname: б\n"), ["duplicate_key name 3:1"]);
    assert_eq!(errors("bot: 1\nname: !!str а\n").len(), 1);
    assert_eq!(errors("bot: [1\n").len(), 1);
    assert_eq!(errors("bot: 1\n\tname: а\n").len(), 1);
    assert_eq!(errors("bot: 1\n---\nbot: 1\n"), ["syntax_invalid  2:1"]);
}

#[test]
fn bad_json_says_line_and_column_too() {
    let files = Files::new();
    let found =
        |text: &str| Bot::from_json(text, &files).unwrap_err().iter().map(in_short).collect::<Vec<_>>();
    assert_eq!(
        found("{\n \"bot\": 1,\n \"rulez\": []\n}"),
        ["unknown_key rulez 3:3 (did you mean `rules`?)"]
    );
    assert_eq!(found("{\"bot\": 1, \"bot\": 1}"), ["duplicate_key bot 1:13"]);
    assert_eq!(found("{\"bot\": 1,}").len(), 1);
    assert!(found("{\"bot\": 1,}")[0].starts_with("syntax_invalid"));
    assert_eq!(found("{\"bot\": 9007199254740993}"), ["number_refused bot 1:9"]);
}

#[test]
fn bad_too_deep_and_too_large() {
    let deep = format!("bot: {}1{}", "[".repeat(200), "]".repeat(200));
    assert_eq!(errors(&deep).len(), 1);
    let json = format!("{{\"bot\": {}1{}}}", "[".repeat(100), "]".repeat(100));
    let found = Bot::from_json(&json, &Files::new()).unwrap_err();
    assert_eq!((found.len(), found[0].code.as_str()), (1, "limit"));
    let stack = "[".repeat(1_000_000);
    assert_eq!(Bot::from_json(&stack, &Files::new()).unwrap_err().len(), 1);
    let large = format!("bot: 1\nname: \"{}\"\n", "я".repeat(5 * 1024 * 1024));
    assert!(errors(&large)[0].starts_with("limit"), "{:?}", errors(&large));
    let deep_if = format!(
        "bot: 1\nrules: [ {{ if: {} {{ has: x }} {}, do: [] }} ]",
        "{ not: ".repeat(70),
        "}".repeat(70)
    );
    assert_eq!(errors(&deep_if).len(), 1);
}

#[test]
fn bad_tables() {
    let text = "bot: 1\nfaq: { file: t.csv }\n";
    let with = |table: &str| errors_of(text, &Files::from([("t.csv".to_string(), table.to_string())]));
    assert_eq!(errors(text), ["file_missing faq.file 2:14"]);
    for (table, what) in [
        ("", "an empty table"),
        ("foo;bar\n1;2\n", "no known column"),
        ("вопрос;ответ\nГде вы?;\n", "no answer"),
        ("вопрос;ответ\n;Тут\n", "no question"),
        ("вопрос;ответ\n\"Где вы?;Тут\n", "a quote that never ends"),
    ] {
        let found = with(table);
        assert!(
            found.iter().all(|e| e.starts_with("table_invalid")) && !found.is_empty(),
            "{what}: {found:?}"
        );
    }
    // Every broken row is told, with its line.
    let found = with("вопрос;ответ\nА?;\nБ?;Да\nВ?;\n");
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn bad_a_name_of_a_language_and_a_wrong_duration() {
    let text = "bot: 1\nlanguages: { main: russian }\nsilence: [ { after: 2 days, do: [ { say: а } ] } ]\n";
    assert_eq!(
        errors(text),
        [
            "unknown_value languages.main 2:20",
            "duration_invalid silence[0].after 3:21 (write a whole number with s, m, h, d, w or mo: 30m, 48h, 7d)"
        ]
    );
}

#[test]
fn bad_viber_is_not_on_manychat() {
    let text = "bot: 1\nplatform: manychat\nchannels: [viber, web]\n";
    assert_eq!(errors(text), ["channel_not_on_platform channels[0] 3:12"]);
    assert_eq!(errors("bot: 1\nplatform: smartsender\nchannels: [viber, web]\n"), ["compiles"]);
}

#[test]
fn bad_a_snapshot_cut_at_any_byte_is_one_clear_error() {
    let bot = clinic();
    let mut talk = crate::talk::Talk::new(clinic());
    for text in ["хочу записаться", "чистка", "Мой email anna@example.com", "позовите оператора"]
    {
        talk.says(text);
    }
    let whole = talk.session.snapshot();
    for cut in 0..whole.len() {
        let part = String::from_utf8_lossy(&whole.as_bytes()[..cut]).into_owned();
        let error = Session::restore(&bot, &part).expect_err("a part is no session");
        assert_eq!(error.code.as_str(), "snapshot_invalid", "cut at {cut}: {error}");
        assert!(!error.message.contains("serde") && !error.message.contains("struct"), "{error}");
    }
    assert!(Session::restore(&bot, &whole).is_ok());
    assert!(talk.says("спасибо").len() < 3, "the original still works");
}

#[test]
fn bad_an_edited_snapshot_names_the_place() {
    let bot = clinic();
    let whole = crate::talk::Talk::new(clinic()).session.snapshot();
    for (from, to, path) in [
        ("\"rev\":0", "\"rev\":\"no\"", "rev"),
        ("\"mode\":\"active\"", "\"mode\":\"asleep\"", "mode"),
        ("\"v\":1", "\"v\":2", "v"),
        ("\"user\":\"1\"", "\"user\":1", "key.user"),
    ] {
        assert!(whole.contains(from), "{from} in {whole}");
        let error = Session::restore(&bot, &whole.replacen(from, to, 1)).unwrap_err();
        assert_eq!((error.code.as_str(), error.path.as_str()), ("snapshot_invalid", path), "{error}");
    }
    let more = whole.replacen('{', "{\"extra\":1,", 1);
    assert_eq!(Session::restore(&bot, &more).unwrap_err().code.as_str(), "snapshot_invalid");
    assert_eq!(Session::restore(&bot, &format!("{whole} ")).map(|_| ()), Ok(()));
    assert_eq!(Session::restore(&bot, &format!("{whole}x")).unwrap_err().code.as_str(), "snapshot_invalid");
}

#[test]
fn bad_a_good_definition_is_not_refused() {
    assert!(compile("{}").is_err(), "a head and a map do not mix");
    assert!(compile("name2: 1").is_err());
    assert!(compile("").is_ok());
}
