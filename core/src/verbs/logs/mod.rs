//! The commands of the command line that read logs: what a manager looks at, and what CI checks.
//!
//! They speak with the face as [`Console`](super::console::Console) does: it asks for files and gets their texts. The log
//! comes in parts, for one that is larger than memory, or than the texts of JavaScript may be.

mod job;

use super::compile;
use super::console::{ERRORS, Printed, tables, texts, unreadable};
use crate::bot::Files;
use crate::error::Error;
use crate::limits;
use crate::time::Timestamp;
use job::{Ended, Job, Made};
use serde_json::{Map, Value as Json, json};
use std::sync::Arc;

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
    wanted: Wanted,
    log: String,
    bots: Vec<String>,
    output: Option<String>,
    /// Bytes of the output that are written.
    written: usize,
    /// The output is written in parts, to a file of its own that takes its name when it is whole: it may be the log's.
    in_parts: bool,
    waits: Waits,
}

/// What is to be made of a log.
#[derive(Debug)]
struct Wanted {
    verb: Verb,
    /// Options as the tools take them, `bot`, `output` and `json` aside.
    options: Map<String, Json>,
    json: bool,
    now: Timestamp,
}

#[derive(Debug)]
enum Waits {
    Nothing,
    Definitions,
    /// The tables of the definition at a place.
    Tables {
        sources: Vec<Source>,
        at: usize,
    },
    /// The next part of the log.
    Part(Box<Job>),
    /// Whether a part of what is made was written, while the log goes on.
    PartWritten(Box<Job>),
    Written(Printed),
}

/// A definition that was read, with the tables beside it.
#[derive(Debug)]
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
        let wanted = Wanted { verb, options: Map::new(), json: false, now };
        let (log, bots, output, written, in_parts) = Default::default();
        let mut logs = Self { wanted, log, bots, output, written, in_parts, waits: Waits::Nothing };
        let mut arguments = arguments.iter().map(String::as_str);
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("{argument}: a value is missing"));
            match argument {
                "--json" => logs.wanted.json = true,
                "--bot" => logs.bots.push(value()?.to_string()),
                "-o" | "--out" => logs.output = Some(value()?.to_string()),
                "--at" => {
                    let time = value()?;
                    let none = || format!("--at: `{time}` is no time such as 2026-11-21T12:00:00Z");
                    logs.wanted.now = Timestamp::parse(time).ok_or_else(none)?;
                }
                "--week" | "--zone" | "--language" | "--format" | "--flow" | "--keep" => {
                    let name = argument.trim_start_matches('-');
                    if !verb.takes(name) {
                        return Err(format!("`{argument}` is no option of this command"));
                    }
                    logs.wanted.options.insert(name.to_string(), value()?.into());
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
            Waits::Nothing if self.bots.is_empty() => self.begin(&[]),
            Waits::Nothing => {
                self.waits = Waits::Definitions;
                json!({ "read": self.bots })
            }
            Waits::Definitions => {
                let text = |path: &String| {
                    told.get(path).and_then(Json::as_str).ok_or_else(|| unreadable(path, told.get(path)))
                };
                let source = |path| {
                    text(path).map(|text| Source { definition: text.to_string(), files: Files::new() })
                };
                let sources: Result<Vec<_>, _> = self.bots.iter().map(source).collect();
                sources.map_or_else(|printed| printed.last(), |sources| self.gather(sources, 0))
            }
            Waits::Tables { mut sources, at } => {
                if let Some(source) = sources.get_mut(at) {
                    source.files = texts(told);
                }
                self.gather(sources, at + 1)
            }
            Waits::Part(job) => self.part(job, told),
            Waits::PartWritten(job) if *told == json!(true) => self.more(job, false),
            Waits::Written(printed) if *told == json!(true) && self.in_parts => {
                self.waits = Waits::Written(printed);
                let from = self.place();
                self.in_parts = false;
                json!({ "move": { "from": from, "to": self.place() } })
            }
            Waits::Written(printed) if *told == json!(true) => printed.last(),
            Waits::PartWritten(_) | Waits::Written(_) => {
                let path = self.output.as_deref().unwrap_or_default();
                Printed { text: format!("{path}: cannot be written\n"), code: ERRORS }.last()
            }
        }
    }

    /// Asks for the tables of the definitions from a place on; begins with the log where all are there.
    fn gather(&mut self, sources: Vec<Source>, from: usize) -> Json {
        let named = sources.iter().zip(&self.bots).enumerate().skip(from);
        let mut named = named.map(|(at, (source, path))| (at, path, tables(&source.definition)));
        if let Some((at, path, tables)) = named.find(|(_, _, tables)| !tables.is_empty()) {
            let asked = json!({ "read": tables, "beside": path });
            self.waits = Waits::Tables { sources, at };
            return asked;
        }
        self.begin(&sources)
    }

    fn begin(&mut self, sources: &[Source]) -> Json {
        let mut bots = Vec::new();
        for (source, path) in sources.iter().zip(&self.bots) {
            match compile(&source.definition, &source.files) {
                Ok(compiled) => bots.push(Arc::new(compiled.bot)),
                Err(errors) => {
                    let text = errors.iter().map(|error| format!("{path}: error: {error}\n")).collect();
                    return Printed { text, code: ERRORS }.last();
                }
            }
        }
        match Job::new(&self.wanted, bots) {
            Ok(job) => self.more(Box::new(job), true),
            Err(error) => self.refused(&error),
        }
    }

    /// Asks for the next part of the log, or for the first one.
    fn more(&mut self, job: Box<Job>, first: bool) -> Json {
        self.waits = Waits::Part(job);
        json!({ "lines": { "path": self.log, "bytes": limits::LOG_PART, "first": first } })
    }

    /// Takes a part of the log: a text of whole lines, null at its end.
    fn part(&mut self, mut job: Box<Job>, told: &Json) -> Json {
        let made = match told {
            Json::String(part) => job.take(part),
            Json::Null => return self.end(*job),
            why => return unreadable(&self.log, Some(why)).last(),
        };
        match made {
            Err(error) => self.refused(&error),
            Ok(made) if made.is_empty() => self.more(job, false),
            Ok(made) => self.hand_on(job, made),
        }
    }

    fn end(&mut self, job: Job) -> Json {
        match job.end(&self.wanted, &self.log) {
            Err(error) => self.refused(&error),
            Ok(Ended::Again(job)) => self.more(job, true),
            Ok(Ended::Made(made)) => self.hand_out(made),
        }
    }

    /// Prints a part of what is made, or has it written, and goes on.
    fn hand_on(&mut self, job: Box<Job>, made: String) -> Json {
        if self.output.is_some() {
            self.in_parts = true;
            self.waits = Waits::PartWritten(job);
            return self.write(&made);
        }
        let mut asked = self.more(job, false);
        if let Some(keys) = asked.as_object_mut() {
            keys.insert("print".to_string(), made.into());
        }
        asked
    }

    /// Prints what was made, or has it written.
    fn hand_out(&mut self, Made { text, code }: Made) -> Json {
        if self.wanted.verb == Verb::Report && self.output.is_none() {
            self.output = Some("report.html".to_string());
        }
        let Some(path) = self.output.clone() else { return Printed { text, code }.last() };
        let asked = self.write(&text);
        self.waits = Waits::Written(Printed { text: format!("{path}: {} bytes\n", self.written), code });
        asked
    }

    /// Where the output is written.
    fn place(&self) -> String {
        let path = self.output.as_deref().unwrap_or_default();
        if self.in_parts { format!("{path}.part") } else { path.to_string() }
    }

    /// Has a text written, behind what is written already.
    fn write(&mut self, text: &str) -> Json {
        let asked = json!({ "write": { "path": self.place(), "text": text, "behind": self.written > 0 } });
        self.written += text.len();
        asked
    }

    fn refused(&self, error: &Error) -> Json {
        Printed { text: format!("{}: error: {error}\n", self.log), code: ERRORS }.last()
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

#[cfg(test)]
mod tests {
    use super::super::console::{FAILED, OK};
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

    /// What comes of a command on a log that is handed in line by line.
    fn done(words: &str, log: &str) -> Json {
        handed(&mut parsed(words).unwrap(), log, &Json::Null)
    }

    /// Answers with `told`, then with the lines of the log: the next that is asked otherwise, after what was printed.
    fn handed(logs: &mut Logs, log: &str, told: &Json) -> Json {
        let (mut lines, mut printed) = (log.split_inclusive('\n'), String::new());
        let mut asked = logs.next(told);
        while let Some(part) = asked.get("lines") {
            assert_eq!(part["path"], "log.jsonl");
            printed += asked.get("print").and_then(Json::as_str).unwrap_or_default();
            if part["first"] == true {
                lines = log.split_inclusive('\n');
            }
            asked = logs.next(&json!(lines.next()));
        }
        if let Some(last) = asked.get("print").and_then(Json::as_str) {
            printed += last;
            asked["print"] = printed.into();
        }
        asked
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
        assert_eq!(done("verify log.jsonl", "bot: 1\nname: Улыбка\n")["exit"], ERRORS, "no log at all");
        assert_eq!(done("verify log.jsonl", &format!("\u{feff}{log}"))["exit"], OK, "a byte order mark");
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
            handed(&mut logs, &log, &json!({ "new.json": new, "old.json": old }))
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
        let asked = handed(&mut logs, &log, &Json::Null);
        assert_eq!(asked["write"]["path"], "week.html");
        assert!(asked["write"]["text"].as_str().unwrap().contains("Report of the week"));
        assert_eq!(logs.next(&json!(true))["exit"], OK);
        let purged = done("purge --keep 1d log.jsonl", &log);
        assert!(purged["print"].as_str().unwrap().contains("\"purged\":"), "{purged}");
        let mut logs = parsed("purge --keep 12mo log.jsonl -o kept.jsonl").unwrap();
        let (mut asked, mut kept) = (handed(&mut logs, &log, &Json::Null), String::new());
        while let Some(file) = asked.get("write") {
            assert_eq!(
                (file["path"].as_str(), &file["behind"]),
                (Some("kept.jsonl.part"), &json!(!kept.is_empty()))
            );
            kept += file["text"].as_str().unwrap();
            let rest = if kept.lines().count() == 1 { log.split_inclusive('\n').nth(1).unwrap() } else { "" };
            asked = handed(&mut logs, rest, &json!(true));
        }
        assert_eq!(asked["move"], json!({"from": "kept.jsonl.part", "to": "kept.jsonl"}));
        let last = json!({"print": format!("kept.jsonl: {} bytes\n", log.len()), "exit": OK});
        assert_eq!((kept, logs.next(&json!(true))), (log.clone(), last));
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
        let asked = parsed("verify log.jsonl").unwrap().next(&Json::Null);
        assert_eq!(asked["lines"]["path"], "log.jsonl");
        let none = json!({"print": "log.jsonl: there is no such file\n", "exit": ERRORS});
        let mut logs = parsed("verify log.jsonl").unwrap();
        logs.next(&Json::Null);
        assert_eq!(logs.next(&json!({"error": "ENOENT"})), none);
    }
}
