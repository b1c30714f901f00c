//! Floor 7: the verbs over JSON texts, for faces in other languages and for the command line.
//!
//! Definitions are texts in JSON or YAML; keys, contacts and events come as JSON, times as RFC 3339; turns and values
//! leave as JSON. Bots and sessions stay what they are. A Rust host uses [`Bot`] itself and saves the reading and
//! writing.
//!
//! Errors are those of the types behind the texts; `time_invalid` at `now` for what is no time.
//!
//! ```
//! use frontdesk::verbs;
//!
//! let greeter = r#"{"bot": 1, "name": "Greeter", "timezone": "Europe/Kyiv", "region": "UA",
//!     "languages": {"main": "uk"}, "channels": ["web"],
//!     "greeting": {"do": [{"say": "Вітаю!"}]}}"#;
//! let bot = verbs::compile(greeter, &Default::default()).unwrap().bot;
//! let key = r#"{"channel": "web", "account": "site", "user": "7"}"#;
//! let mut session = verbs::open(&bot, key, "2026-01-05T10:00:00Z", None).unwrap();
//! let event = r#"{"id": "1", "kind": "message", "text": "Привіт"}"#;
//! let turn = verbs::step(&bot, &mut session, event, "2026-01-05T10:00:05Z").unwrap();
//! assert!(verbs::head(&turn).contains("Вітаю!"));
//! let stored = session.snapshot();
//! ```

pub mod chat;
#[cfg(feature = "channels")]
mod codec;
pub mod console;
mod faq;
mod flat;
#[cfg(feature = "audit")]
mod logs;
mod parts;
mod tools;

pub use faq::Faq;
pub use flat::WORDS;
pub use parts::{extract, words};
pub use tools::tool;

use crate::bot::value::FieldValue;
use crate::bot::{Bot, Compiled, Files};
use crate::definition::{Definition, Loaded};
use crate::dialog::{Contact, Effect, Event, Key, Mode, Outcome, Session, Turn};
use crate::document::{Node, path_at, whole, written};
use crate::error::{Code, Error, catalogue};
use crate::time::Timestamp;
use std::collections::BTreeMap;

/// Compiles a definition in JSON or, with the feature `yaml`, in YAML 1.2. Errors: every one found.
pub fn compile(definition: &str, files: &Files) -> Result<Compiled, Vec<Error>> {
    Bot::compile(load(definition)?, files)
}

/// Compiles what another language brings as one JSON text: `{definition, files?: {name: text}}`, the definition a text
/// in JSON or YAML, or an object, whose lines nobody has seen: its errors name none.
pub fn compile_json(argument: &str) -> Result<Compiled, Vec<Error>> {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Argument<'a> {
        #[serde(borrow)]
        definition: &'a serde_json::value::RawValue,
        #[serde(default)]
        files: Files,
    }
    let argument = whole(argument);
    let none = |e: serde_json::Error| {
        let told = e.to_string();
        let told = told.split(" at line ").next().unwrap_or_default();
        let (code, path) = match told.starts_with("invalid type") {
            true => (Code::WrongType, path_at(&argument, e.line(), e.column())),
            false => (Code::SyntaxInvalid, String::new()),
        };
        vec![Error::new(code, path, format!("no definition with its files: {told}"))]
    };
    let Argument { definition, files } = serde_json::from_str(&argument).map_err(none)?;
    if let Ok(text) = serde_json::from_str::<String>(definition.get()) {
        return compile(&text, &files);
    }
    let node = Node::from_json(definition.get()).map_err(|e| vec![e])?.without_positions();
    Bot::compile(Definition::from_node(&node)?, &files)
}

fn load(definition: &str) -> Result<Loaded, Vec<Error>> {
    // YAML too may begin with a brace, but a text that does is what a program wrote.
    #[cfg(feature = "yaml")]
    if !definition.trim_start().starts_with('{') {
        return Definition::from_yaml(definition);
    }
    Definition::from_json(definition)
}

/// The bot as a page may have it, see [`Bot::bundle`].
pub fn bundle(bot: &Bot, audience: &str) -> Result<Vec<u8>, Error> {
    bot.bundle(audience)
}

/// The bot of a bundle, see [`Bot::from_bundle`]. What there was to warn of, its author read when it was compiled.
pub fn from_bundle(bundle: &[u8]) -> Result<Compiled, Error> {
    Bot::from_bundle(bundle).map(|bot| Compiled { bot, warnings: Vec::new() })
}

/// Errors or warnings as a JSON list of `{code, path, line?, column?, message, hint?}`.
pub fn problems(problems: &[Error]) -> String {
    written(&problems)
}

/// Errors and warnings of a definition, empty where there is nothing to say. `argument` as for [`compile_json`].
pub fn lint(argument: &str) -> Result<String, Error> {
    Ok(problems(&compile_json(argument).map_or_else(|errors| errors, |compiled| compiled.warnings)))
}

/// Runs the dialog tests of a definition: `{passed, failed: [{name, step, expected, got}]}`.
pub fn test(bot: &Bot) -> String {
    written(&crate::dialog::run_tests(bot))
}

/// Begins a session.
pub fn open(bot: &Bot, key: &str, now: &str, contact: Option<&str>) -> Result<Session, Error> {
    let now = time(now)?;
    let key = Key::from_json(key)?;
    let contact = contact.map(|text| Contact::from_node(&Node::from_json(text)?)).transpose()?;
    Ok(bot.open(key, now, contact))
}

/// Takes an event.
pub fn step(bot: &Bot, session: &mut Session, event: &str, now: &str) -> Result<Turn, Error> {
    let now = time(now)?;
    bot.step(session, &Event::from_json(event)?, now)
}

/// Lets the timers that are due fire.
pub fn due(bot: &Bot, session: &mut Session, now: &str) -> Result<Turn, Error> {
    bot.due(session, time(now)?)
}

/// A turn without its record: `{outcome, reason?, effects, mode, status, next_due?}`. The record repeats event and
/// effects, so it is twice as long as all the rest.
pub fn head(turn: &Turn) -> String {
    #[derive(serde::Serialize)]
    struct Head<'t> {
        outcome: Outcome,
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<&'static str>,
        effects: &'t [Effect],
        mode: Mode,
        status: &'t str,
        #[serde(skip_serializing_if = "Option::is_none")]
        next_due: Option<Timestamp>,
    }
    let Turn { outcome, reason, effects, mode, status, next_due, record: _ } = turn;
    let (outcome, reason, mode, next_due) = (*outcome, *reason, *mode, *next_due);
    written(&Head { outcome, reason, effects, mode, status, next_due })
}

/// The same as the units of a text that the facade for JavaScript reads faster than JSON; it takes [`WORDS`] from here.
pub fn flat_head(turn: &Turn) -> Vec<u16> {
    flat::flat(&head(turn))
}

/// A whole turn: the head and, as its last key, the record.
pub fn turn(turn: &Turn) -> String {
    let head = head(turn);
    format!("{},\"record\":{}}}", head.strip_suffix('}').unwrap_or(&head), turn.record.json())
}

/// Takes over a stored session of another version of the bot: `{session, report: [{code, path, message?}]}`.
pub fn migrate(bot: &Bot, snapshot: &str) -> Result<String, Error> {
    let mut session = Session::from_json(snapshot)?;
    let report = written(&bot.migrate(&mut session));
    Ok(format!("{{\"session\":{},\"report\":{report}}}", session.snapshot()))
}

/// What the team must know, in its language: how to stop the bot, bring it back, and change its answers.
pub fn instructions(bot: &Bot) -> String {
    bot.instructions()
}

/// The catalogue of codes: a list of `{code, level, meaning, why, remedy, wrong?, right?, table?}`.
pub fn codes() -> String {
    written(&catalogue::entries().collect::<Vec<_>>())
}

/// What a host asks of a session between steps: `{mode, status, rev, mode_rev, dialog, language, flow?, next_due?,
/// fields}`.
pub fn state(session: &Session) -> String {
    #[derive(serde::Serialize)]
    struct State<'s> {
        dialog: u32,
        fields: &'s BTreeMap<String, FieldValue>,
        #[serde(skip_serializing_if = "Option::is_none")]
        flow: Option<&'s str>,
        language: &'s str,
        mode: Mode,
        mode_rev: u64,
        #[serde(skip_serializing_if = "Option::is_none")]
        next_due: Option<Timestamp>,
        rev: u64,
        status: &'s str,
    }
    written(&State {
        dialog: session.dialog(),
        fields: session.fields(),
        flow: session.flow(),
        language: session.language(),
        mode: session.mode(),
        mode_rev: session.mode_rev(),
        next_due: session.next_due(),
        rev: session.rev(),
        status: session.status(),
    })
}

/// Reads the time of a call, RFC 3339. Errors: `time_invalid` at `now`.
pub fn time(text: &str) -> Result<Timestamp, Error> {
    let zoned = || Timestamp::parse(&format!("{text}Z"));
    let lacks = || if zoned().is_some() { "has no zone" } else { "is no RFC 3339 time" };
    let error = || Error::new(Code::TimeInvalid, "now", format!("`{text}` {}", lacks()));
    Timestamp::parse(text).ok_or_else(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ECHO: &str = r#"{"bot": 1, "name": "Гончарня", "timezone": "Europe/Kyiv", "region": "UA",
        "languages": {"main": "uk"}, "channels": ["web"], "greeting": {"do": [{"say": "Вітаємо!"}]}}"#;
    const KEY: &str = r#"{"channel":"web","account":"site","user":"7"}"#;
    const NOON: &str = "2026-01-05T12:00:00Z";

    fn bot() -> Bot {
        compile(ECHO, &Files::new()).unwrap().bot
    }

    #[test]
    fn turns_cross_as_texts_and_sessions_stay() {
        let bot = bot();
        let mut session = open(&bot, KEY, NOON, Some(r#"{"name":"Олена"}"#)).unwrap();
        let event = r#"{"id":"1","kind":"message","text":"Добрий день"}"#;
        let mut same = session.clone();
        let expected = bot.step(&mut same, &Event::from_json(event).unwrap(), time(NOON).unwrap()).unwrap();
        let got = step(&bot, &mut session, event, NOON).unwrap();
        assert_eq!((&got, &session), (&expected, &same));
        assert!(head(&got).contains("Вітаємо!"));
        assert_eq!(super::turn(&got), serde_json::to_string(&got).unwrap());
        assert_eq!(got.record.json(), serde_json::to_string(&got.record).unwrap());
        assert_eq!(
            state(&session),
            "{\"dialog\":1,\"fields\":{},\"language\":\"uk\",\"mode\":\"active\",\"mode_rev\":0,\"rev\":1,\"status\":\"in_work\"}"
        );
        assert_eq!(due(&bot, &mut session, NOON).unwrap().reason, Some("nothing_due"));
    }

    #[test]
    fn refuses_with_code_and_path() {
        let bot = bot();
        let mut session = open(&bot, KEY, NOON, None).unwrap();
        let place = |e: Error| (e.code, e.path);
        for (got, code, path) in [
            (open(&bot, "{", NOON, None), Code::SyntaxInvalid, ""),
            (open(&bot, r#"{"channel":"web","account":"a"}"#, NOON, None), Code::MissingKey, ""),
            (open(&bot, r#"{"channel":"web","account":"a","user":7}"#, NOON, None), Code::WrongType, "user"),
            (open(&bot, KEY, "noon", None), Code::TimeInvalid, "now"),
            (open(&bot, KEY, "2026-01-05T12:00:00", None), Code::TimeInvalid, "now"),
            (open(&bot, KEY, NOON, Some(r#"{"nick":"o"}"#)), Code::UnknownKey, "nick"),
            (Session::restore(&bot, "{}"), Code::SnapshotInvalid, ""),
        ] {
            assert_eq!(got.map_err(place), Err((code, path.to_string())));
        }
        let shout = step(&bot, &mut session, r#"{"id":"1","kind":"shout"}"#, NOON);
        assert_eq!(shout.map_err(place).map(|_| ()), Err((Code::UnknownValue, "kind".to_string())));
        let errors = compile(r#"{"bot": 1, "nmae": "a"}"#, &Files::new()).unwrap_err();
        assert!(errors.iter().any(|e| e.code == Code::UnknownKey && e.path == "nmae" && e.line == Some(1)));
    }

    #[test]
    fn a_definition_comes_as_a_text_or_as_an_object() {
        let lines = |argument| compile_json(argument).unwrap_err().iter().map(|e| e.line).collect::<Vec<_>>();
        assert_eq!(lines(r#"{"definition": "bot: 1\nnmae: a\n"}"#), [Some(2)]);
        assert_eq!(lines(r#"{"definition": {"bot": 1, "nmae": "a"}, "files": {}}"#), [None]);
        for argument in ["{}", "[]", r#"{"definition": {}, "file": {}}"#] {
            assert_eq!(compile_json(argument).unwrap_err()[0].code, Code::SyntaxInvalid);
        }
        let place =
            |argument: &str| compile_json(argument).map_err(|e| (e[0].code, e[0].path.clone())).unwrap_err();
        let of_files = |files| place(&format!(r#"{{"definition": {{}}, "files": {files}}}"#));
        assert_eq!(of_files(r#"{"a": "", "b": null}"#), (Code::WrongType, "files.b".to_string()));
        assert_eq!(of_files("null"), (Code::WrongType, "files".to_string()));
        let hash = |argument: &str| compile_json(argument).unwrap().bot.hash().to_owned();
        let cut = r#"{"definition": {"bot": 1, "name": "Гончарня \ud83d"}}"#;
        assert_eq!(hash(cut), hash(&cut.replace("\\ud83d", "\u{FFFD}")));
        assert_eq!(hash(cut), hash(r#"{"definition": "bot: 1\nname: \"Гончарня \ud83d\""}"#));
        let found = lint(r#"{"definition": {"bot": 1, "nmae": "a"}}"#).unwrap();
        assert!(found.starts_with(r#"[{"code":"unknown_key","path":"nmae""#));
    }
}
