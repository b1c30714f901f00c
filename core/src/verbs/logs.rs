//! The commands of the command line that read logs: what a manager looks at, and what CI checks.
//!
//! They speak with the face as [`Console`](super::console::Console) does: it asks for files and gets their texts.

use super::console::{ERRORS, FAILED, OK, Printed, tables};
use super::{compile, tool};
use crate::bot::{Bot, Files};
use crate::error::Error;
use crate::time::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

/// What the help says of these commands.
pub(super) const USAGE: &str = "
       frontdesk COMMAND [OPTIONS] LOG

  report      one page of a week: figures, what is to be looked into, the sample to mark; exit code 0
  verify      proves a log whole; exit code 1 where it is not, with the first record that is broken
  replay      lets the bot take the events of a log again; exit code 1 where it does otherwise
  transcript  dialogs as people read them
  metrics     the figures of a week as JSON
  purge       the log without what is older than it may be kept
  diagram     the flows of a bot with dialogs counted on the arrows

LOG is a file of records, one JSON object a line.

  --bot DEFINITION  whose log it is; needed by replay and diagram, better for report; replay takes one for each
                    version of the bot that wrote the log
  --week WEEK       report, metrics: such as 2026-W47; the last one of the log where absent, all for all of it
  --zone ZONE       of days and weeks; the bot's where absent, else UTC
  --language CODE   report, transcript, diagram: ru, uk, en; what the bot's team reads where absent
  --format FORMAT   transcript: text, markdown, html, jsonl; diagram: mermaid, svg
  --flow NAME       diagram: one flow; all of them together where absent
  --keep TIME       purge: such as 12mo; what the bot's definition says where absent
  --at TIME         report, metrics, purge: as of when; now where absent
  --json            verify, replay: print JSON
  -o FILE           where to; report.html for a report where absent, else what is made is printed
";

/// One run of such a command.
#[derive(Debug)]
pub(super) struct Logs {
    verb: Verb,
    log: String,
    /// Options as the tools take them, `bot`, `output` and `json` aside.
    options: Map<String, Json>,
    bots: Vec<String>,
    output: Option<String>,
    json: bool,
    now: Timestamp,
    waits: Waits,
}

#[derive(Debug)]
enum Waits {
    Nothing,
    Texts,
    /// The tables of the definition at a place.
    Tables {
        records: String,
        sources: Vec<Source>,
        at: usize,
    },
    Written(Printed),
}

/// A definition that was read, with the tables beside it.
#[derive(Debug, Serialize)]
struct Source {
    definition: String,
    files: Files,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    Report,
    Verify,
    Replay,
    Transcript,
    Metrics,
    Purge,
    Diagram,
}

const VERBS: &[(&str, Verb)] = &[
    ("report", Verb::Report),
    ("verify", Verb::Verify),
    ("replay", Verb::Replay),
    ("transcript", Verb::Transcript),
    ("metrics", Verb::Metrics),
    ("purge", Verb::Purge),
    ("diagram", Verb::Diagram),
];

impl Logs {
    /// The command of these arguments; none where it is another one's. Error: what is wrong with them.
    pub(super) fn parse(arguments: &[String], now: Timestamp) -> Option<Result<Self, String>> {
        let (first, rest) = arguments.split_first()?;
        let (_, verb) = VERBS.iter().find(|(name, _)| name == first)?;
        Some(Self::options(*verb, rest, now))
    }

    fn options(verb: Verb, arguments: &[String], now: Timestamp) -> Result<Self, String> {
        let (options, bots, output) = Default::default();
        let (log, json, waits) = (String::new(), false, Waits::Nothing);
        let mut logs = Self { verb, log, options, bots, output, json, now, waits };
        let mut arguments = arguments.iter().map(String::as_str);
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("{argument}: a value is missing"));
            match argument {
                "--json" => logs.json = true,
                "--bot" => logs.bots.push(value()?.to_string()),
                "-o" | "--out" => logs.output = Some(value()?.to_string()),
                "--at" => {
                    let time = value()?;
                    let none = || format!("--at: `{time}` is no time such as 2026-11-21T12:00:00Z");
                    logs.now = Timestamp::parse(time).ok_or_else(none)?;
                }
                "--week" | "--zone" | "--language" | "--format" | "--flow" | "--keep" => {
                    let name = argument.trim_start_matches('-');
                    if !verb.takes(name) {
                        return Err(format!("`{argument}` is no option of this command"));
                    }
                    logs.options.insert(name.to_string(), value()?.into());
                }
                _ if argument.starts_with('-') => return Err(format!("unknown option `{argument}`")),
                _ if logs.log.is_empty() => logs.log = argument.to_string(),
                _ => return Err(format!("unexpected `{argument}`")),
            }
        }
        match verb {
            _ if logs.log.is_empty() => Err("a log is missing".to_string()),
            Verb::Replay | Verb::Diagram if logs.bots.is_empty() => Err("--bot is missing".to_string()),
            Verb::Replay => Ok(logs),
            _ if logs.bots.len() > 1 => Err("this command takes one --bot".to_string()),
            _ => Ok(logs),
        }
    }

    /// Takes what came of the last answer: what to do next.
    pub(super) fn next(&mut self, told: &Json) -> Json {
        match std::mem::replace(&mut self.waits, Waits::Nothing) {
            Waits::Nothing => {
                self.waits = Waits::Texts;
                let paths: Vec<&String> = std::iter::once(&self.log).chain(&self.bots).collect();
                json!({ "read": paths })
            }
            Waits::Texts => {
                let text = |path: &String| {
                    told.get(path).and_then(Json::as_str).map(str::to_string).ok_or_else(|| unreadable(path))
                };
                let source = |path| text(path).map(|definition| Source { definition, files: Files::new() });
                let sources = self.bots.iter().map(source).collect();
                match (text(&self.log), sources) {
                    (Ok(records), Ok(sources)) => self.gather(records, sources, 0),
                    (Err(told), _) | (_, Err(told)) => told,
                }
            }
            Waits::Tables { records, mut sources, at } => {
                if let Some(source) = sources.get_mut(at) {
                    source.files = super::console::texts(told);
                }
                self.gather(records, sources, at + 1)
            }
            Waits::Written(printed) if *told == json!(true) => printed.last(),
            Waits::Written(_) => {
                let path = self.output.as_deref().unwrap_or_default();
                Printed { text: format!("{path}: cannot be written\n"), code: ERRORS }.last()
            }
        }
    }

    /// Asks for the tables of the definitions from a place on; runs the command where all are there.
    fn gather(&mut self, records: String, sources: Vec<Source>, from: usize) -> Json {
        let named = sources.iter().zip(&self.bots).enumerate().skip(from);
        let mut named = named.map(|(at, (source, path))| (at, path, tables(&source.definition)));
        if let Some((at, path, tables)) = named.find(|(_, _, tables)| !tables.is_empty()) {
            let asked = json!({ "read": tables, "beside": path });
            self.waits = Waits::Tables { records, sources, at };
            return asked;
        }
        let mut bots = Vec::new();
        for (source, path) in sources.iter().zip(&self.bots) {
            match compile(&source.definition, &source.files) {
                Ok(compiled) => bots.push(compiled.bot),
                Err(errors) => {
                    let text = errors.iter().map(|error| format!("{path}: error: {error}\n")).collect();
                    return Printed { text, code: ERRORS }.last();
                }
            }
        }
        if let Some((_, others)) = sources.split_first().filter(|(_, others)| !others.is_empty()) {
            self.options.insert("bots".to_string(), json!(others));
        }
        match self.made(records, bots.first()) {
            Err(error) => Printed { text: format!("{}: error: {error}\n", self.log), code: ERRORS }.last(),
            Ok((made, code)) => self.hand_out(made, code),
        }
    }

    /// What the command makes, and the exit code.
    fn made(&self, records: String, bot: Option<&Bot>) -> Result<(String, u8), Error> {
        let mut argument = self.options.clone();
        argument.insert("records".to_string(), records.into());
        // The sums are those of every week; the figures choose one.
        let week = if self.verb == Verb::Metrics { argument.remove("week") } else { None };
        if matches!(self.verb, Verb::Report | Verb::Metrics | Verb::Purge) {
            argument.insert("now".to_string(), json!(self.now));
        }
        let run = |name: &str| tool(name, bot, &Json::Object(argument).to_string());
        let text = |json: String| serde_json::from_str::<String>(&json).unwrap_or_default();
        Ok(match self.verb {
            Verb::Report => (text(run("report")?), OK),
            Verb::Diagram => (text(run("diagram")?), OK),
            Verb::Transcript => {
                let made: Json = read(&run("transcript")?);
                (made.get("text").and_then(Json::as_str).unwrap_or_default().to_string(), OK)
            }
            Verb::Metrics => {
                let partial: Json = read(&run("metrics")?);
                let figures = json!({ "partial": partial, "week": week }).to_string();
                (tool("figures", bot, &figures)? + "\n", OK)
            }
            Verb::Purge => {
                let made: Json = read(&run("purge")?);
                let lines = made.get("lines").and_then(Json::as_array).into_iter().flatten();
                (lines.filter_map(Json::as_str).map(|line| format!("{line}\n")).collect(), OK)
            }
            Verb::Verify => self.verdict(&run("verify")?),
            Verb::Replay => self.replayed(&run("replay")?),
        })
    }

    /// Prints what was made, or has it written.
    fn hand_out(&mut self, made: String, code: u8) -> Json {
        if self.verb == Verb::Report && self.output.is_none() {
            self.output = Some("report.html".to_string());
        }
        let Some(path) = &self.output else { return Printed { text: made, code }.last() };
        let asked = json!({ "write": { "path": path, "text": made } });
        self.waits = Waits::Written(Printed { text: format!("{path}: {} bytes\n", made.len()), code });
        asked
    }

    fn verdict(&self, verdict: &str) -> (String, u8) {
        let told: Json = read(verdict);
        let code = if told.get("ok") == Some(&json!(true)) { OK } else { FAILED };
        let text = |broken: &Json, key: &str| broken.get(key).map(shown).unwrap_or_default();
        let line = |broken: &Json| broken.get("at").and_then(Json::as_u64).unwrap_or(0) + 1;
        let text = match told.get("broken") {
            _ if self.json => verdict.to_string(),
            Some(broken) => {
                let (code, message) = (text(broken, "code"), text(broken, "message"));
                format!("{}:{}: error: {code}: {message}", self.log, line(broken))
            }
            None => {
                let (records, sessions) = (text(&told, "records"), text(&told, "sessions"));
                format!("{}: {records} records of {sessions} sessions: ok", self.log)
            }
        };
        (text + "\n", code)
    }

    fn replayed(&self, replayed: &str) -> (String, u8) {
        let told: Json = read(replayed);
        let code = if told.get("same") == Some(&json!(true)) { OK } else { FAILED };
        let text = |told: &Json, key: &str| told.get(key).map_or_else(|| "nothing".to_string(), shown);
        let text = match told.get("difference") {
            _ if self.json => replayed.to_string(),
            Some(other) => {
                let line = other.get("at").and_then(Json::as_u64).unwrap_or(0) + 1;
                let [path, expected, got, was, is] =
                    ["path", "expected", "got", "was", "is"].map(|key| text(other, key));
                format!(
                    "{}:{line}: {path}: {expected} is {got} now; {was} led to it, {is} does now",
                    self.log
                )
            }
            None => format!("{}: {} records, the same", self.log, text(&told, "steps")),
        };
        (text + "\n", code)
    }
}

impl Verb {
    fn takes(self, option: &str) -> bool {
        let options: &[&str] = match self {
            Verb::Report => &["week", "zone", "language"],
            Verb::Transcript => &["zone", "language", "format"],
            Verb::Metrics => &["week", "zone"],
            Verb::Purge => &["keep"],
            Verb::Diagram => &["language", "format", "flow"],
            Verb::Verify | Verb::Replay => &[],
        };
        options.contains(&option)
    }
}

fn unreadable(path: &str) -> Json {
    Printed { text: format!("{path}: no text that can be read\n"), code: ERRORS }.last()
}

fn read(json: &str) -> Json {
    serde_json::from_str(json).unwrap_or_default()
}

fn shown(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bot::Bot;
    use crate::dialog::{Event, Key};

    const VERSION: &str = r#"{"bot":1,"greeting":{"do":[{"say":"Добрый день!"}]}}"#;

    fn key() -> Key {
        Key { channel: "web".into(), account: "site".into(), user: "7".into() }
    }

    fn now() -> Timestamp {
        Timestamp::parse("2026-01-05T10:00:00Z").unwrap()
    }

    /// Two records of one session.
    fn log() -> String {
        let bot = Bot::from_json(VERSION, &Files::new()).unwrap().bot;
        let mut session = bot.open(key(), now(), None);
        let mut line = |id: &str| {
            let turn = bot.step(&mut session, &Event::text(id, "Здравствуйте"), now()).unwrap();
            format!("{}\n", turn.record.json())
        };
        line("1") + &line("2")
    }

    fn parsed(words: &str) -> Result<Logs, String> {
        let words: Vec<String> = words.split(' ').map(str::to_string).collect();
        Logs::parse(&words, Timestamp::parse("2026-01-12T09:00:00Z").unwrap()).unwrap()
    }

    /// What comes of a command on a log.
    fn done(words: &str, log: &str) -> Json {
        let mut logs = parsed(words).unwrap();
        assert_eq!(logs.next(&Json::Null)["read"][0], "log.jsonl");
        logs.next(&json!({ "log.jsonl": log }))
    }

    #[test]
    fn a_whole_log_is_verified_and_replayed_and_an_edited_one_is_not() {
        let log = log();
        let whole = done("verify log.jsonl", &log);
        assert_eq!(whole, json!({"print": "log.jsonl: 2 records of 1 sessions: ok\n", "exit": OK}));
        let edited = done("verify log.jsonl", &log.replacen("Здравствуйте", "Здрасьте", 1));
        assert_eq!(edited["exit"], FAILED);
        assert!(
            edited["print"].as_str().unwrap().starts_with("log.jsonl:1: error: log_edited: "),
            "{edited}"
        );
        assert_eq!(
            done("verify --json log.jsonl", &log)["print"].as_str().unwrap().chars().next(),
            Some('{')
        );
        let cut = done("metrics log.jsonl", log.split_at(100).0);
        assert_eq!(cut["exit"], ERRORS);
    }

    #[test]
    fn a_log_of_two_versions_is_replayed_with_both() {
        let (old, new) = (VERSION.to_string(), VERSION.replace("Добрый день!", "Здравствуйте!"));
        let [was, is] = [&old, &new].map(|definition| Bot::from_json(definition, &Files::new()).unwrap().bot);
        let mut session = was.open(key(), now(), None);
        let mut record = |bot: &Bot, id: &str| {
            bot.migrate(&mut session);
            bot.step(&mut session, &Event::text(id, "Здравствуйте"), now()).unwrap().record.json().to_string()
        };
        let log = [record(&was, "1"), record(&is, "2")].join("\n");
        let replayed = |words: &str| {
            let mut logs = parsed(words).unwrap();
            logs.next(&Json::Null);
            logs.next(&json!({ "log.jsonl": log, "new.json": new, "old.json": old }))
        };
        let both = replayed("replay log.jsonl --bot new.json --bot old.json");
        assert_eq!(both, json!({"print": "log.jsonl: 2 records, the same\n", "exit": OK}));
        let one = replayed("replay log.jsonl --bot new.json");
        assert_eq!(one["exit"], ERRORS);
        assert!(one["print"].as_str().unwrap().contains("records[0].bot"), "{one}");
    }

    #[test]
    fn what_is_made_is_printed_or_written() {
        let log = log();
        let told = done("transcript --format markdown log.jsonl", &log);
        assert!(told["print"].as_str().unwrap().contains("Добрый день!"), "{told}");
        let mut logs = parsed("report --language en log.jsonl -o week.html").unwrap();
        logs.next(&Json::Null);
        let asked = logs.next(&json!({"log.jsonl": log}));
        assert_eq!(asked["write"]["path"], "week.html");
        assert!(asked["write"]["text"].as_str().unwrap().contains("Report of the week"));
        assert_eq!(logs.next(&json!(true))["exit"], OK);
        let purged = done("purge --keep 1d log.jsonl", &log);
        assert!(purged["print"].as_str().unwrap().contains("\"purged\":"), "{purged}");
        let week = done("metrics --week 2026-W02 log.jsonl", &log);
        assert!(week["print"].as_str().unwrap().contains("\"week\":\"2026-W02\""), "{week}");
    }

    #[test]
    fn arguments_that_do_not_fit_are_told() {
        for (words, message) in [
            ("verify", "a log is missing"),
            ("replay log.jsonl", "--bot is missing"),
            ("verify --week 2026-W02 log.jsonl", "`--week` is no option of this command"),
            ("report --fast log.jsonl", "unknown option `--fast`"),
            ("report log.jsonl other.jsonl", "unexpected `other.jsonl`"),
            ("report log.jsonl --bot", "--bot: a value is missing"),
            ("report log.jsonl --bot a.yaml --bot b.yaml", "this command takes one --bot"),
            ("report log.jsonl --at noon", "--at: `noon` is no time such as 2026-11-21T12:00:00Z"),
        ] {
            assert_eq!(parsed(words).unwrap_err(), message);
        }
        assert!(Logs::parse(&["check".to_string()], Timestamp::from_millis(0)).is_none());
        assert_eq!(parsed("verify log.jsonl").unwrap().next(&Json::Null), json!({"read": ["log.jsonl"]}));
    }
}
