//! Floor 5: the verbs over JSON texts, for faces in other languages.
//!
//! Every argument and answer is a text: definitions in JSON or YAML, keys, contacts, sessions and events in JSON,
//! times in RFC 3339. A Rust host uses [`Bot`] itself and saves the reading and writing.
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
//! let session = verbs::open(&bot, key, "2026-01-05T10:00:00Z", None).unwrap();
//! let event = r#"{"id": "1", "kind": "message", "text": "Привіт"}"#;
//! let stepped = verbs::step(&bot, &session, event, "2026-01-05T10:00:05Z").unwrap();
//! assert!(stepped.contains("Вітаю!"));
//! ```

use crate::bot::{Bot, Compiled, Files};
use crate::dialog::{Contact, Event, Key, Session, Turn};
use crate::document::Node;
use crate::error::{Code, Error, catalogue};
use crate::time::Timestamp;

/// Compiles a definition in JSON or, with the feature `yaml`, in YAML 1.2. Errors: every one found.
pub fn compile(definition: &str, files: &Files) -> Result<Compiled, Vec<Error>> {
    // YAML too may begin with a brace, but a text that does is what a program wrote.
    #[cfg(feature = "yaml")]
    if !definition.trim_start().starts_with('{') {
        return Bot::from_yaml(definition, files);
    }
    Bot::from_json(definition, files)
}

/// The bot as a page may have it, see [`Bot::bundle`].
pub fn bundle(bot: &Bot, audience: &str) -> Vec<u8> {
    bot.bundle(audience)
}

/// The bot of a bundle, see [`Bot::from_bundle`].
pub fn from_bundle(bundle: &[u8]) -> Result<Bot, Error> {
    Bot::from_bundle(bundle)
}

/// What a careful reader would ask the author: a list of warnings, each `{code, path, line?, column?, message}`.
/// Errors: those of [`compile`].
///
/// The warnings of a bot that was compiled already are in [`Compiled::warnings`].
pub fn lint(definition: &str, files: &Files) -> Result<String, Vec<Error>> {
    let compiled = compile(definition, files)?;
    Ok(serde_json::to_string(&compiled.warnings).unwrap_or_default())
}

/// The catalogue of codes: a list of `{code, level, meaning, why, remedy, wrong?, right?, table?}`.
pub fn codes() -> String {
    serde_json::to_string(&catalogue::entries().collect::<Vec<_>>()).unwrap_or_default()
}

/// Begins a session: its JSON.
pub fn open(bot: &Bot, key: &str, now: &str, contact: Option<&str>) -> Result<String, Error> {
    let key = Key::from_json(key)?;
    let contact = contact.map(|text| Contact::from_node(&Node::from_json(text)?)).transpose()?;
    Ok(bot.open(key, time(now)?, contact).snapshot())
}

/// Takes an event: `{"session": …, "turn": …}`, the session as it is to be stored.
pub fn step(bot: &Bot, session: &str, event: &str, now: &str) -> Result<String, Error> {
    let event = Event::from_json(event)?;
    let now = time(now)?;
    turned(bot, session, |session| bot.step(session, &event, now))
}

/// Lets the timers that are due fire: `{"session": …, "turn": …}`.
pub fn due(bot: &Bot, session: &str, now: &str) -> Result<String, Error> {
    let now = time(now)?;
    turned(bot, session, |session| bot.due(session, now))
}

/// Takes over a session of another version of the bot: `{"session": …, "report": [{"code", "path", "message"?}]}`.
pub fn migrate(bot: &Bot, session: &str) -> Result<String, Error> {
    let mut session = Session::from_json(session)?;
    let report = serde_json::to_string(&bot.migrate(&mut session)).unwrap_or_default();
    Ok(format!("{{\"session\":{},\"report\":{report}}}", session.snapshot()))
}

/// What the team must know, in its language: how to stop the bot, bring it back, and change its answers.
pub fn instructions(bot: &Bot) -> String {
    bot.instructions()
}

fn turned(
    bot: &Bot,
    session: &str,
    verb: impl FnOnce(&mut Session) -> Result<Turn, Error>,
) -> Result<String, Error> {
    let mut session = Session::restore(bot, session)?;
    let turn = verb(&mut session)?;
    let turn = serde_json::to_string(&turn).unwrap_or_default();
    Ok(format!("{{\"session\":{},\"turn\":{turn}}}", session.snapshot()))
}

fn time(text: &str) -> Result<Timestamp, Error> {
    let error = || Error::new(Code::TimeInvalid, "now", format!("`{text}` is no RFC 3339 time"));
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
    fn sessions_and_turns_cross_as_texts() {
        let bot = bot();
        let session = open(&bot, KEY, NOON, Some(r#"{"name":"Олена"}"#)).unwrap();
        let answer =
            step(&bot, &session, r#"{"id":"1","kind":"message","text":"Добрий день"}"#, NOON).unwrap();
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(answer["turn"]["effects"][0]["text"], "Вітаємо!");
        assert_eq!(answer["session"]["rev"], 1);
        let nothing = due(&bot, &answer["session"].to_string(), NOON).unwrap();
        assert!(nothing.contains("nothing_due"));
    }

    #[test]
    fn refuses_with_code_and_path() {
        let bot = bot();
        let session = open(&bot, KEY, NOON, None).unwrap();
        let place = |e: Error| (e.code, e.path);
        for (got, code, path) in [
            (open(&bot, "{", NOON, None), Code::SyntaxInvalid, ""),
            (open(&bot, r#"{"channel":"web","account":"a"}"#, NOON, None), Code::MissingKey, ""),
            (open(&bot, r#"{"channel":"web","account":"a","user":7}"#, NOON, None), Code::WrongType, "user"),
            (open(&bot, KEY, "noon", None), Code::TimeInvalid, "now"),
            (open(&bot, KEY, NOON, Some(r#"{"nick":"o"}"#)), Code::UnknownKey, "nick"),
            (step(&bot, &session, r#"{"id":"1","kind":"shout"}"#, NOON), Code::UnknownValue, "kind"),
            (due(&bot, "{}", NOON), Code::SnapshotInvalid, ""),
        ] {
            assert_eq!(got.map_err(place), Err((code, path.to_string())));
        }
        let errors = compile(r#"{"bot": 1, "nmae": "a"}"#, &Files::new()).unwrap_err();
        assert!(errors.iter().any(|e| e.code == Code::UnknownKey && e.path == "nmae"));
    }
}
