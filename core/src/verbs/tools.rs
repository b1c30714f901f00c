//! One door for what works on JSON alone: a name and an argument in, JSON out. A face passes it on as it is and writes
//! types over it in its own language, so a tool that joins this table is on every face.

#[cfg(feature = "channels")]
use super::codec;
use super::{codes, instructions, lint, parts, test};
#[cfg(feature = "audit")]
use crate::audit::verbs as audit;
use crate::bot::Bot;
use crate::document::{Keys, Node, Report, nearest, whole};
use crate::error::{Code, Error};
use serde_json::json;

/// What a tool works on beside its argument.
#[derive(Clone, Copy)]
enum Tool {
    Alone(fn(&str) -> Result<String, Error>),
    /// Knows more where a bot is given.
    #[cfg(feature = "audit")]
    MayHaveBot(fn(Option<&Bot>, &str) -> Result<String, Error>),
    OfBot(fn(&Bot, &str) -> Result<String, Error>),
}

/// Every tool, by name.
const TOOLS: &[(&str, Tool)] = &[
    ("codes", Tool::Alone(|_| Ok(codes()))),
    #[cfg(feature = "channels")]
    ("decode", Tool::Alone(codec::decode)),
    #[cfg(feature = "audit")]
    ("diagram", Tool::OfBot(audit::diagram)),
    #[cfg(feature = "channels")]
    ("encode", Tool::Alone(codec::encode)),
    ("extract", Tool::Alone(parts::extract)),
    #[cfg(feature = "audit")]
    ("figures", Tool::Alone(audit::figures)),
    ("instructions", Tool::OfBot(|bot, _| Ok(json!(instructions(bot)).to_string()))),
    ("lint", Tool::Alone(lint)),
    #[cfg(feature = "audit")]
    ("mask", Tool::MayHaveBot(audit::mask)),
    #[cfg(feature = "audit")]
    ("merge", Tool::Alone(audit::merge)),
    #[cfg(feature = "audit")]
    ("metrics", Tool::MayHaveBot(audit::metrics)),
    #[cfg(feature = "audit")]
    ("purge", Tool::MayHaveBot(audit::purge)),
    #[cfg(feature = "audit")]
    ("replay", Tool::OfBot(audit::replay)),
    #[cfg(feature = "audit")]
    ("report", Tool::MayHaveBot(audit::report)),
    #[cfg(feature = "audit")]
    ("sample", Tool::MayHaveBot(audit::sample)),
    #[cfg(feature = "channels")]
    ("targets", Tool::OfBot(|bot, _| Ok(codec::targets(bot)))),
    ("test", Tool::OfBot(|bot, _| Ok(test(bot)))),
    ("tools", Tool::Alone(|_| Ok(json!(names().collect::<Vec<_>>()).to_string()))),
    #[cfg(feature = "audit")]
    ("transcript", Tool::MayHaveBot(audit::transcript)),
    #[cfg(feature = "audit")]
    ("verify", Tool::Alone(audit::verify)),
    #[cfg(feature = "audit")]
    ("what_if", Tool::OfBot(audit::what_if)),
    ("words", Tool::Alone(parts::words)),
];

/// Runs a tool: a JSON object in, JSON out.
///
/// | name | argument | answer |
/// |---|---|---|
/// | `codes` | | the catalogue, see [`codes`] |
/// | `decode` | `{channel, payload, options?}` | `{events, key?, …}`, see [`crate::channels::decode`], [`crate::crm::decode`] |
/// | `diagram` | of a bot; `{records?, counts?, format?, flow?, language?}` | a text, or the counts, see [`crate::audit::diagram`] |
/// | `encode` | `{channel, effects, options?}` | `{payloads, changes, requests}`, see [`crate::channels::encode`], [`crate::crm::encode`] |
/// | `extract` | `{text, region?, now?, zone?, mask?, units?}` | `{phones, emails, dates?, money?, …}`, see [`super::extract`] |
/// | `figures` | `{partial, previous?, week?, filter?, rules?}` | the figures of a week, see [`crate::audit::figures`] |
/// | `instructions` | of a bot | a text, see [`instructions`] |
/// | `lint` | `{definition, files?}` | `[{code, path, …}]`, see [`lint`] |
/// | `mask` | `{records, level, key}` (of a bot) | `{lines, texts?}`, see [`crate::audit::Rechain`] |
/// | `merge` | `{partials}` | one partial |
/// | `metrics` | `{records, zone?, filter?, now?, carry?, open?}` (of a bot) | partial sums, see [`crate::audit::Counter`] |
/// | `purge` | `{records, now, keep?}` (of a bot) | `{lines, purged}`, see [`crate::audit::Purge`] |
/// | `replay` | of a bot; `{records, bots?, texts?, by_session?}` | `{steps, same, skipped?, difference?}`, see [`crate::audit::Replayer`] |
/// | `report` | `{records, zone?, week?, language?, rules?, now?}` (of a bot) | a page in HTML, see [`crate::audit::report`] |
/// | `sample` | `{records, zone?, share?, week?}` (of a bot) | `{weeks}`, see [`crate::audit::Sampler`] |
/// | `targets` | of a bot | `{targets, options}`: what to connect, and what to hand to `encode` for it |
/// | `test` | of a bot | `{passed, failed}`, see [`test()`] |
/// | `tools` | | the names of this table |
/// | `transcript` | `{records, format?, session?, dialog?, zone?, language?, why?}` (of a bot) | `{text}`, see [`crate::audit::Transcript`] |
/// | `verify` | `{records, session?, bots?, heads?, from?}` | `{ok, records, sessions, broken?, heads?}`, see [`crate::audit::Verifier`] |
/// | `what_if` | of a bot; `{records, bots?, texts?}` | `{dialogs, otherwise, skipped, groups}`, see [`crate::audit::WhatIf`] |
/// | `words` | `{words, text, units?}` | `[{word, start, end}]`, see [`super::words`] |
///
/// # Errors
/// `unknown_value` at `name` for a name that no tool has, `missing_key` at `bot` where a tool is of a bot and none is
/// given; else those of the tool, with paths into its argument.
///
/// ```
/// use frontdesk::verbs::tool;
/// let hits = tool("words", None, r#"{"words": ["собака"], "text": "Обожаю собак!"}"#).unwrap();
/// assert_eq!(hits, r#"[{"end":12,"start":7,"word":"собака"}]"#);
/// assert_eq!(tool("wrods", None, "{}").unwrap_err().hint.as_deref(), Some("did you mean `words`?"));
/// ```
pub fn tool(name: &str, bot: Option<&Bot>, argument: &str) -> Result<String, Error> {
    let (_, tool) = TOOLS.iter().find(|(known, _)| *known == name).ok_or_else(|| unknown(name, names()))?;
    let argument = &whole(argument);
    match (tool, bot) {
        (Tool::Alone(run), _) => run(argument),
        #[cfg(feature = "audit")]
        (Tool::MayHaveBot(run), bot) => run(bot, argument),
        (Tool::OfBot(run), Some(bot)) => run(bot, argument),
        (Tool::OfBot(_), None) => {
            Err(Error::new(Code::MissingKey, "bot", format!("the tool `{name}` is one of a bot")))
        }
    }
}

fn names() -> impl Iterator<Item = &'static str> {
    TOOLS.iter().map(|(name, _)| *name)
}

/// The refusal of a name that no tool has.
pub(super) fn unknown<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Error {
    let error = Error::new(Code::UnknownValue, "name", format!("no tool is called `{name}`"));
    match nearest(name, known) {
        Some(near) => error.with_hint(format!("did you mean `{near}`?")),
        None => error,
    }
}

/// Reads an argument: a JSON object with the keys that `wanted` asks for, and no others.
pub(super) fn read<T>(argument: &str, wanted: impl Fn(&Keys<'_>) -> Option<T>) -> Result<T, Error> {
    let node = Node::from_json(argument)?.without_positions();
    let report = Report::of(&node);
    let keys = report.root().keys();
    let value = keys.and_then(|keys| {
        let value = wanted(&keys);
        keys.end();
        value
    });
    report.into_first(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bot::Files;
    use crate::verbs::compile;

    #[test]
    fn a_tool_is_found_by_its_name_and_told_what_it_misses() {
        let place = |name| tool(name, None, "{}").map_err(|e| (e.code, e.path)).unwrap_err();
        assert_eq!(place("dance"), (Code::UnknownValue, "name".to_string()));
        assert_eq!(place("test"), (Code::MissingKey, "bot".to_string()));
        assert_eq!(place("words"), (Code::MissingKey, String::new()));
    }

    #[test]
    fn the_table_is_in_order_and_names_itself() {
        let listed: Vec<String> = serde_json::from_str(&tool("tools", None, "{}").unwrap()).unwrap();
        assert!(listed.is_sorted() && listed.contains(&"extract".to_string()));
    }

    #[test]
    fn tools_of_a_bot_need_no_argument() {
        let bot = compile(r#"{"bot": 1, "languages": {"main": "uk"}}"#, &Files::new()).unwrap().bot;
        assert_eq!(tool("test", Some(&bot), "{}").unwrap(), r#"{"passed":0,"failed":[]}"#);
        let told: String = serde_json::from_str(&tool("instructions", Some(&bot), "{}").unwrap()).unwrap();
        assert_eq!(told, bot.instructions());
    }
}
