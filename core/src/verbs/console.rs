//! The command line of the faces: arguments and texts in, what to print and the exit code out.
//!
//! A face reads and writes the files, prints and exits; everything that is the same on all of them is here. Paths are
//! names: nothing is opened.

use super::chat::Chat;
use super::compile;
#[cfg(feature = "audit")]
use super::logs::{self, Logs};
use crate::bot::knowledge::CLIENT;
use crate::bot::{Compiled, Files};
use crate::dialog::run_tests;
use crate::document::written;
use crate::error::Error;
use crate::error::catalogue::{self, Entry};
use crate::time::Timestamp;
use serde_json::{Value as Json, json};

const USAGE: &str = "\
usage: frontdesk COMMAND [OPTIONS] DEFINITION

  check   reads a definition and says what is wrong with it, and what a careful reader would ask its author
  test    runs the dialog tests of a definition
  chat    talks to the bot in the terminal, with a clock that you move
  bundle  writes what the pages of one audience load instead of the definition

       frontdesk codes [CODE]

  codes   lists what a definition, an event or a session can be refused or warned for; explains a code

DEFINITION is a file in YAML or JSON; tables that it names are read beside it.

  --strict         check, test: a warning is a failure
  --json           check, test: print JSON
  --at TIME        chat: when it begins, such as 2026-11-21T12:00:00+03:00; now where absent
  --audience NAME  bundle: whose pages; client where absent
  -o FILE          bundle: where to; where absent beside the definition, as bot.bundle for bot.yaml
  --version        prints the version

exit code: 0 all is well, 1 tests failed or, with --strict, there are warnings, 2 errors
";

pub(super) const OK: u8 = 0;
pub(super) const FAILED: u8 = 1;
pub(super) const ERRORS: u8 = 2;

/// What to print, and how the program ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Printed {
    pub(super) text: String,
    pub(super) code: u8,
}

/// One run of the command line, which asks its face for what it needs.
///
/// The face hands [`tell`](Self::tell) `null` to begin with, does what the answer asks for, and hands it what came of
/// that. First it prints `print`, where there is one, on standard output as it stands; the rest is one of
///
/// | asked | meaning | told |
/// |---|---|---|
/// | `read: [path], beside?` | read these files, in the folder of the file `beside` | `{path: text}` without those that are no text |
/// | `lines: {path, bytes, first}` | read so many bytes of a file on from where it was left, or its `first`, up to the end of a line | the text, null at the end of the file, or why it is none, as for `read` |
/// | `write: {path, text, behind?}`, `write: {path, bytes}` | write a file, `bytes` being a list of numbers; a text may go `behind` what is written | whether it could |
/// | `move: {from, to}` | give a file that was written its name, in place of one that has it | whether it could |
/// | `line: true` | read a line of standard input | the line, or null at its end |
/// | `exit: code` | end the program | |
///
/// In the place of a text that cannot be read a face tells why: `{"error": code}`, `ENOENT` and the like as the system
/// says, or `UTF-8`.
///
/// ```
/// use frontdesk::{Timestamp, verbs::console::Console};
/// let mut console = Console::new(&["check".into(), "bot.yaml".into()], Timestamp::from_millis(0));
/// assert_eq!(console.tell("null"), r#"{"read":["bot.yaml"]}"#);
/// let told = console.tell(r#"{"bot.yaml": "bot: 1\nrulez: []\n"}"#);
/// assert!(told.starts_with(r#"{"exit":2,"print":"bot.yaml:2:1: error: unknown_key: rulez: "#));
/// ```
#[derive(Debug)]
pub struct Console {
    command: Result<Command, Printed>,
    now: Timestamp,
    waits: Waits,
    /// A command that reads a log goes its own way.
    #[cfg(feature = "audit")]
    logs: Option<Logs>,
}

/// What a console has asked for.
#[derive(Debug)]
enum Waits {
    Nothing,
    Definition,
    Tables { definition: String },
    Written(Printed),
    Line(Box<Chat>),
}

impl Console {
    /// Reads the arguments, the name of the program not among them; a chat begins `now`.
    pub fn new(arguments: &[String], now: Timestamp) -> Self {
        #[cfg(feature = "audit")]
        let (command, logs) = match Logs::parse(arguments, now) {
            None => (Command::parse(arguments), None),
            Some(Ok(logs)) => (Err(help()), Some(logs)),
            Some(Err(message)) => (Err(misused(message)), None),
        };
        #[cfg(not(feature = "audit"))]
        let command = Command::parse(arguments);
        Self {
            command,
            now,
            waits: Waits::Nothing,
            #[cfg(feature = "audit")]
            logs,
        }
    }

    /// Takes what came of the last answer, as JSON: what to do next.
    pub fn tell(&mut self, told: &str) -> String {
        self.next(&serde_json::from_str(told).unwrap_or_default()).to_string()
    }

    fn next(&mut self, told: &Json) -> Json {
        #[cfg(feature = "audit")]
        if let Some(logs) = &mut self.logs {
            return logs.next(told);
        }
        let command = match &self.command {
            Ok(command) => command,
            Err(printed) => return printed.last(),
        };
        match std::mem::replace(&mut self.waits, Waits::Nothing) {
            Waits::Nothing => {
                self.waits = Waits::Definition;
                json!({"read": [command.path]})
            }
            Waits::Definition => {
                let told = told.get(&command.path);
                let Some(definition) = told.and_then(Json::as_str) else {
                    return unreadable(&command.path, told).last();
                };
                let tables = tables(definition);
                if tables.is_empty() {
                    return self.run(definition, &Files::new());
                }
                let asked = json!({"read": tables, "beside": command.path});
                self.waits = Waits::Tables { definition: definition.to_string() };
                asked
            }
            Waits::Tables { definition } => self.run(&definition, &texts(told)),
            Waits::Written(printed) if *told == json!(true) => printed.last(),
            Waits::Written(_) => {
                Printed { text: format!("{}: cannot be written\n", command.output), code: ERRORS }.last()
            }
            Waits::Line(mut chat) => match told.as_str().and_then(|line| chat.line(line)) {
                Some(text) => self.listen(chat, text),
                None => Printed { text: String::new(), code: OK }.last(),
            },
        }
    }

    /// Carries the command out; a file that cannot be read is not among `files`.
    fn run(&mut self, definition: &str, files: &Files) -> Json {
        let command = match &self.command {
            Ok(command) => command,
            Err(printed) => return printed.last(),
        };
        let compiled = match compile(definition, files) {
            Ok(compiled) => compiled,
            Err(errors) => return command.faulty(&errors, files).last(),
        };
        match command.verb {
            Verb::Check => command.check(&compiled, files).last(),
            Verb::Test => command.test(&compiled, files).last(),
            Verb::Chat => {
                let warnings = command.listed("warning", &compiled.warnings, files);
                let name = &compiled.bot.definition().name;
                let text = format!("{warnings}{name} is listening. Type a message, or /help.\n");
                let chat = Chat::new(compiled.bot, command.at.unwrap_or(self.now));
                self.listen(Box::new(chat), text)
            }
            Verb::Bundle => {
                let bytes = match super::bundle(&compiled.bot, &command.audience) {
                    Ok(bytes) => bytes,
                    Err(error) => return command.faulty(&[error], files).last(),
                };
                let warnings = command.listed("warning", &compiled.warnings, files);
                let text = format!("{warnings}{}: {}\n", command.output, counted(bytes.len(), "byte"));
                let asked = json!({"write": {"path": command.output, "bytes": bytes}});
                self.waits = Waits::Written(Printed { text, code: OK });
                asked
            }
        }
    }

    fn listen(&mut self, chat: Box<Chat>, text: String) -> Json {
        self.waits = Waits::Line(chat);
        json!({"print": text, "line": true})
    }
}

impl Printed {
    pub(super) fn last(&self) -> Json {
        json!({"print": self.text, "exit": self.code})
    }
}

/// How the commands are used.
fn help() -> Printed {
    #[cfg(feature = "audit")]
    let more = logs::USAGE;
    #[cfg(not(feature = "audit"))]
    let more = "";
    Printed { text: format!("{USAGE}{more}"), code: OK }
}

fn version() -> Printed {
    Printed { text: concat!("frontdesk ", env!("CARGO_PKG_VERSION"), "\n").to_string(), code: OK }
}

/// What is wrong with the arguments, and how they should be.
fn misused(message: String) -> Printed {
    Printed { text: format!("{message}\n\n{}", help().text), code: ERRORS }
}

/// The files that could be read.
pub(super) fn texts(told: &Json) -> Files {
    let text = |(name, text): (&String, &Json)| Some((name.clone(), text.as_str()?.to_string()));
    told.as_object().into_iter().flatten().filter_map(text).collect()
}

/// Why a file is no text that can be read, where the face has told it.
pub(super) fn unreadable(path: &str, told: Option<&Json>) -> Printed {
    let why = match told.and_then(|told| told.get("error")).and_then(Json::as_str) {
        Some("ENOENT" | "ENOTDIR") => "there is no such file",
        Some("EISDIR") => "a folder, and no file",
        Some("EACCES" | "EPERM") => "may not be read",
        Some("UTF-8") => "no UTF-8 text",
        _ => "no text that can be read",
    };
    Printed { text: format!("{path}: {why}\n"), code: ERRORS }
}

/// The tables that a definition names, to be read beside it; none where it cannot be read.
pub(super) fn tables(definition: &str) -> Vec<String> {
    let loaded = super::load(definition);
    loaded.map(|l| l.definition.faq.files().map(str::to_string).collect()).unwrap_or_default()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    Check,
    Test,
    Chat,
    Bundle,
}

impl Verb {
    fn named(name: &str) -> Option<Self> {
        let named =
            [("check", Verb::Check), ("test", Verb::Test), ("chat", Verb::Chat), ("bundle", Verb::Bundle)];
        named.into_iter().find_map(|(known, verb)| (known == name).then_some(verb))
    }
}

#[derive(Debug)]
struct Command {
    verb: Verb,
    path: String,
    strict: bool,
    json: bool,
    at: Option<Timestamp>,
    audience: String,
    output: String,
}

impl Command {
    /// Reads the arguments: a command, or what to print where they are none or ask for help.
    fn parse(arguments: &[String]) -> Result<Self, Printed> {
        let wrong = misused;
        let mut words = Vec::new();
        let (mut strict, mut json, mut at) = (false, false, None);
        let (mut audience, mut output) = (CLIENT.to_string(), None);
        let mut arguments = arguments.iter().map(String::as_str);
        while let Some(argument) = arguments.next() {
            match argument {
                "--help" | "-h" => return Err(help()),
                "--version" => return Err(version()),
                "--strict" => strict = true,
                "--json" => json = true,
                "--at" => {
                    let time = arguments.next().unwrap_or_default();
                    let none = || wrong(format!("--at: `{time}` is no time such as 2026-11-21T12:00:00Z"));
                    at = Some(Timestamp::parse(time).ok_or_else(none)?);
                }
                "--audience" | "-o" => {
                    let none = || wrong(format!("{argument}: a value is missing"));
                    let value = arguments.next().ok_or_else(none)?.to_string();
                    if argument == "-o" { output = Some(value) } else { audience = value }
                }
                _ if argument.starts_with('-') => return Err(wrong(format!("unknown option `{argument}`"))),
                _ => words.push(argument),
            }
        }
        let unknown = |verb: &str| wrong(format!("unknown command `{verb}`"));
        let (verb, rest) = match words.as_slice() {
            ["codes"] => return Err(Printed { text: catalogue::entries().map(line_of).collect(), code: OK }),
            ["codes", code] => {
                let known = catalogue::entries().find(|entry| entry.code.as_str() == *code);
                let entry = known.ok_or_else(|| wrong(format!("unknown code `{code}`")))?;
                return Err(Printed { text: explained(&entry), code: OK });
            }
            ["help", ..] => return Err(help()),
            [verb, rest @ ..] => (Verb::named(verb).ok_or_else(|| unknown(verb))?, rest),
            [] => return Err(wrong("a command is missing".to_string())),
        };
        let path = match rest {
            [path] => (*path).to_string(),
            [] => return Err(wrong("a definition is missing".to_string())),
            [_, extra, ..] => return Err(wrong(format!("unexpected `{extra}`"))),
        };
        let output = output.unwrap_or_else(|| beside(&path));
        Ok(Self { verb, path, strict, json, at, audience, output })
    }

    fn faulty(&self, errors: &[Error], files: &Files) -> Printed {
        let text = if self.json {
            format!("{}\n", json!({"errors": errors, "warnings": []}))
        } else {
            let counted = counted(errors.len(), "error");
            format!("{}{}: {counted}\n", self.listed("error", errors, files), self.path)
        };
        Printed { text, code: ERRORS }
    }

    fn check(&self, compiled: &Compiled, files: &Files) -> Printed {
        let warnings = &compiled.warnings;
        let text = if self.json {
            format!("{}\n", json!({"errors": [], "warnings": warnings}))
        } else {
            let counted = if warnings.is_empty() { "ok".into() } else { counted(warnings.len(), "warning") };
            format!("{}{}: {counted}\n", self.listed("warning", warnings, files), self.path)
        };
        Printed { text, code: if self.warned(compiled) { FAILED } else { OK } }
    }

    fn test(&self, compiled: &Compiled, files: &Files) -> Printed {
        let report = run_tests(&compiled.bot);
        let text = if self.json {
            format!("{}\n", written(&report))
        } else {
            let warnings = self.listed("warning", &compiled.warnings, files);
            let failures: String = report.failed.iter().map(ToString::to_string).collect();
            format!(
                "{warnings}{failures}{}: {} passed, {} failed\n",
                self.path,
                report.passed,
                report.failed.len()
            )
        };
        let failed = !report.failed.is_empty() || self.warned(compiled);
        Printed { text, code: if failed { FAILED } else { OK } }
    }

    fn warned(&self, compiled: &Compiled) -> bool {
        self.strict && !compiled.warnings.is_empty()
    }

    /// A line for each, as compilers write them, so that editors and CI find the place.
    fn listed(&self, severity: &str, errors: &[Error], files: &Files) -> String {
        let line = |error: &Error| {
            let in_table = files.keys().find(|name| error.path.starts_with(name.as_str()));
            let mut place = in_table.unwrap_or(&self.path).clone();
            if let (Some(line), Some(column)) = (error.line, error.column) {
                place.push_str(&format!(":{line}:{column}"));
            }
            let told = Error { line: None, column: None, ..error.clone() };
            format!("{place}: {severity}: {told}\n")
        };
        errors.iter().map(line).collect()
    }
}

/// Where the bundle of a definition goes: `shop/bot.bundle` for `shop/bot.yaml`.
fn beside(path: &str) -> String {
    let (folder, file) =
        path.rfind(['/', '\\']).and_then(|at| path.split_at_checked(at + 1)).unwrap_or(("", path));
    let name = file.rsplit_once('.').map_or(file, |(name, _)| name);
    format!("{folder}{name}.bundle")
}

fn line_of(entry: Entry) -> String {
    format!("{:24} {}\n", entry.code.as_str(), entry.code.meaning())
}

/// All that the catalogue has of a code.
fn explained(entry: &Entry) -> String {
    let level = if entry.code.is_warning() { "warning" } else { "error" };
    let mut text = format!("{level}: {}\n\n", entry.code);
    for paragraph in [entry.code.meaning(), entry.why, entry.remedy] {
        text.push_str(&format!("{paragraph}\n"));
    }
    for (title, example) in [("wrong", entry.wrong), ("right", entry.right), ("faq.csv", entry.table)] {
        if !example.is_empty() {
            text.push_str(&format!("\n{title}:\n\n{}\n", example.trim_end()));
        }
    }
    text
}

fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

#[cfg(feature = "yaml")]
#[cfg(test)]
mod tests {
    use super::*;

    const DESK: &str = "
bot: 1
region: RU
fields: { phone: { type: phone } }
rules: [ { if: { has: phone }, do: [ { lead: callback }, { say: Спасибо! }, { finish: silent } ] } ]
leads: { callback: { need: [phone] } }
tests:
  - { name: phone, dialog: [ { client: 8 900 123-45-67 }, { expect: [ { lead: callback }, { say: Спасибо! }, { finish: silent } ] } ] }
";

    fn console(words: &str) -> Console {
        let words: Vec<String> =
            words.split(' ').filter(|word| !word.is_empty()).map(str::to_string).collect();
        Console::new(&words, Timestamp::from_millis(0))
    }

    /// Answers a console until it writes, listens or ends; all files are there but those that are not given.
    fn asked(console: &mut Console, definition: &str, files: &Files) -> Json {
        let mut told = json!(null);
        loop {
            let asked: Json = serde_json::from_str(&console.tell(&told.to_string())).unwrap();
            let Some(paths) = asked.get("read") else { return asked };
            told = if asked.get("beside").is_some() {
                json!(files)
            } else {
                json!({ paths[0].as_str().unwrap(): definition })
            };
        }
    }

    fn done(words: &str, definition: &str, files: &Files) -> (String, u8) {
        let asked = asked(&mut console(words), definition, files);
        (asked["print"].as_str().unwrap().to_string(), asked["exit"].as_u64().unwrap() as u8)
    }

    #[test]
    fn warnings_fail_where_they_count() {
        let none = Files::new();
        let (untested, _) = DESK.split_once("tests:").unwrap();
        let (text, code) = done("check bot.yaml", untested, &none);
        assert!(text.starts_with("bot.yaml:6:20: warning: lead_without_target: leads.callback: "), "{text}");
        assert!(text.ends_with("bot.yaml: 1 warning\n") && code == OK, "{text}");
        assert_eq!(done("check --strict bot.yaml", untested, &none).1, FAILED);
        assert_eq!(done("test --strict bot.yaml", untested, &none).1, FAILED);
        let targeted = untested.replace("[phone] }", "[phone], to: [crm] }");
        assert_eq!(done("check --strict bot.yaml", &targeted, &none), ("bot.yaml: ok\n".into(), OK));
    }

    #[test]
    fn tests_are_counted_and_told() {
        let none = Files::new();
        let (text, code) = done("test bot.yaml", DESK, &none);
        assert!(text.ends_with("bot.yaml: 1 passed, 0 failed\n") && code == OK, "{text}");
        let failing = DESK.replace("{ say: Спасибо! }, { finish: silent } ] } ] }", "{ say: Нет } ] } ] }");
        let (text, code) = done("test bot.yaml", &failing, &none);
        assert!(text.contains("phone: step 2") && code == FAILED, "{text}");
        let (text, _) = done("test --json bot.yaml", DESK, &none);
        assert_eq!(text, "{\"passed\":1,\"failed\":[]}\n");
    }

    #[test]
    fn errors_of_a_table_name_the_table() {
        let definition = "bot: 1\nregion: RU\nfaq: { file: faq.csv, unknown: [ { handoff: faq_miss } ] }\n";
        assert_eq!(tables(definition), ["faq.csv"]);
        assert!(tables("faq: [").is_empty());
        let files = Files::from([("faq.csv".to_string(), "Вопрос;Ответ\nГде вы?;\n".to_string())]);
        let (text, code) = done("check shop/bot.yaml", definition, &files);
        assert!(text.starts_with("faq.csv:2:"), "{text}");
        assert!(text.ends_with("shop/bot.yaml: 1 error\n") && code == ERRORS, "{text}");
        let (json, _) = done("check --json bot.yaml", definition, &Files::new());
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["errors"][0]["code"], "file_missing");
    }

    #[test]
    fn a_bundle_is_handed_out_to_be_written() {
        for (words, path) in [
            ("bundle shop.v2/bot.yaml", "shop.v2/bot.bundle"),
            ("bundle shop.v2/bot", "shop.v2/bot.bundle"),
            ("bundle --audience client -o out bot.yaml", "out"),
        ] {
            for (told, code) in [("true", OK), ("false", ERRORS)] {
                let mut console = console(words);
                let write = asked(&mut console, DESK, &Files::new())["write"].take();
                assert_eq!(write["path"], path);
                let bytes: Vec<u8> = serde_json::from_value(write["bytes"].clone()).unwrap();
                assert!(crate::bot::Bot::from_bundle(&bytes).is_ok());
                let last: Json = serde_json::from_str(&console.tell(told)).unwrap();
                let size = format!("{path}: {} bytes\n", bytes.len());
                assert_eq!(
                    (last["print"].as_str().unwrap().ends_with(&size), last["exit"].as_u64()),
                    (code == OK, Some(code.into()))
                );
            }
        }
        assert_eq!(done("bundle bot.yaml", "bot: 2", &Files::new()).1, ERRORS);
        let (text, code) = done("bundle --audience clients bot.yaml", DESK, &Files::new());
        assert!(
            text.contains("unknown_name: audience: ") && text.contains("`client`?") && code == ERRORS,
            "{text}"
        );
    }

    #[test]
    fn arguments_that_are_no_command_are_told() {
        for words in [
            "",
            "check",
            "dance bot.yaml",
            "dance",
            "check a b",
            "check --fast a",
            "chat --at noon a",
            "bundle a -o",
        ] {
            let (text, code) = done(words, "", &Files::new());
            assert!(code == ERRORS && text.contains("\n\nusage: "), "{words}");
        }
        assert!(done("dance", "", &Files::new()).0.starts_with("unknown command `dance`\n"));
        for words in ["--help", "help", "help check", "check --help"] {
            assert_eq!(done(words, "", &Files::new()), (help().text, OK), "{words}");
        }
        let (version, code) = done("--version", "", &Files::new());
        assert_eq!((version.as_str(), code), (concat!("frontdesk ", env!("CARGO_PKG_VERSION"), "\n"), OK));
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        for (told, why) in [
            ("{}", "no text that can be read"),
            (r#"{"a": {"error": "ENOENT"}}"#, "there is no such file"),
            (r#"{"a": {"error": "EISDIR"}}"#, "a folder, and no file"),
            (r#"{"a": {"error": "EACCES"}}"#, "may not be read"),
            (r#"{"a": {"error": "UTF-8"}}"#, "no UTF-8 text"),
            (r#"{"a": {"error": "EIO"}}"#, "no text that can be read"),
        ] {
            let mut console = console("test a");
            console.tell("null");
            assert_eq!(console.tell(told), json!({"exit": 2, "print": format!("a: {why}\n")}).to_string());
        }
        let told = json!({"faq.csv": "q,a", "vectors.json": {"error": "ENOENT"}});
        assert_eq!(texts(&told), Files::from([("faq.csv".to_string(), "q,a".to_string())]));
    }

    #[test]
    fn codes_are_listed_and_explained() {
        let (text, code) = done("codes", "", &Files::new());
        assert_eq!((text.lines().count(), code), (crate::error::Code::ALL.len(), OK));
        let (text, _) = done("codes after_lead", "", &Files::new());
        assert!(text.starts_with("warning: after_lead\n\n") && text.contains("\nright:\n"), "{text}");
        assert_eq!(done("codes after_led", "", &Files::new()).1, ERRORS);
    }

    #[test]
    fn a_chat_goes_on_until_it_is_left() {
        let mut console = console("chat --at 2026-01-05T12:00:00Z a");
        let begun = asked(&mut console, DESK, &Files::new());
        assert!(begun["print"].as_str().unwrap().ends_with("is listening. Type a message, or /help.\n"));
        assert_eq!(begun["line"], true);
        assert!(console.tell(r#""/wait 1h""#).contains("2026-01-05 13:00"));
        assert_eq!(console.tell(r#""/quit""#), r#"{"exit":0,"print":""}"#);
    }
}
