//! The command line of the faces: arguments and texts in, what to print and the exit code out.
//!
//! A face reads and writes the files, prints and exits; everything that is the same on all of them is here. Paths are
//! names: nothing is opened.

use super::chat::Chat;
use super::compile;
use crate::bot::knowledge::CLIENT;
use crate::bot::{Compiled, Files};
use crate::dialog::run_tests;
use crate::error::Error;
use crate::time::Timestamp;
use serde_json::json;

const USAGE: &str = "\
usage: frontdesk COMMAND [OPTIONS] DEFINITION

  check   reads a definition and says what is wrong with it, and what a careful reader would ask its author
  test    runs the dialog tests of a definition
  chat    talks to the bot in the terminal, with a clock that you move
  bundle  writes what the pages of one audience load instead of the definition

DEFINITION is a file in YAML or JSON; tables that it names are read beside it.

  --strict         check, test: a warning is a failure
  --json           check, test: print JSON
  --at TIME        chat: when it begins, such as 2026-11-21T12:00:00+03:00; now where absent
  --audience NAME  bundle: whose pages; client where absent
  -o FILE          bundle: where to; where absent beside the definition, as bot.bundle for bot.yaml

exit code: 0 all is well, 1 tests failed or, with --strict, there are warnings, 2 errors
";

const OK: Option<u8> = Some(0);
const FAILED: Option<u8> = Some(1);
const ERRORS: Option<u8> = Some(2);

/// What to print, and how the program ends.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Printed {
    /// What to print on standard output as it stands.
    pub text: String,
    /// The exit code; none where a chat begins.
    pub code: Option<u8>,
}

impl Printed {
    /// `{text, code}`.
    pub fn to_json(&self) -> String {
        super::written(self)
    }
}

/// One run of the command line.
///
/// The face reads the file at [`path`](Self::path) and the [`files`](Self::files) beside it, prints what
/// [`run`](Self::run) gives and exits; where there is no exit code, it hands [`line`](Self::line) what is typed. Where
/// there is an [`output`](Self::output) after the run, it writes that first.
///
/// ```
/// use frontdesk::verbs::console::Console;
/// let mut console = Console::new(&["check".into(), "bot.yaml".into()]);
/// assert_eq!(console.path(), Some("bot.yaml"));
/// let now = frontdesk::Timestamp::from_millis(0);
/// let printed = console.run(Some("bot: 1\nrulez: []\n"), &Default::default(), now);
/// assert!(printed.text.starts_with("bot.yaml:2:1: error: unknown_key: rulez: "));
/// assert_eq!(printed.code, Some(2));
/// ```
#[derive(Debug)]
pub struct Console {
    command: Result<Command, Printed>,
    chat: Option<Chat>,
    bundle: Option<Vec<u8>>,
}

impl Console {
    /// Reads the arguments, the name of the program not among them.
    pub fn new(arguments: &[String]) -> Self {
        Self { command: Command::parse(arguments), chat: None, bundle: None }
    }

    /// The file of the definition; none where the arguments ask for none: [`run`](Self::run) without one, then.
    pub fn path(&self) -> Option<&str> {
        self.command.as_ref().ok().map(|command| command.path.as_str())
    }

    /// The files that a definition names, to be read beside it; none where it cannot be read.
    pub fn files(definition: &str) -> Vec<String> {
        let loaded = super::load(definition);
        loaded.map(|l| l.definition.faq.files().map(str::to_string).collect()).unwrap_or_default()
    }

    /// Carries the command out. `definition` is none where its file cannot be read; a file that cannot is left out.
    pub fn run(&mut self, definition: Option<&str>, files: &Files, now: Timestamp) -> Printed {
        let command = match &self.command {
            Ok(command) => command,
            Err(printed) => return printed.clone(),
        };
        let Some(definition) = definition else { return command.unreadable() };
        let compiled = match compile(definition, files) {
            Ok(compiled) => compiled,
            Err(errors) => return command.faulty(&errors, files),
        };
        match command.verb {
            Verb::Check => command.check(&compiled, files),
            Verb::Test => command.test(&compiled, files),
            Verb::Chat => {
                let warnings = command.listed("warning", &compiled.warnings, files);
                let name = &compiled.bot.definition().name;
                let text = format!("{warnings}{name} is listening. Type a message, or /help.\n");
                self.chat = Some(Chat::new(compiled.bot, command.at.unwrap_or(now)));
                Printed { text, code: None }
            }
            Verb::Bundle => {
                let bundle = self.bundle.insert(super::bundle(&compiled.bot, &command.audience));
                let warnings = command.listed("warning", &compiled.warnings, files);
                let text = format!("{warnings}{}: {}\n", command.output, counted(bundle.len(), "byte"));
                Printed { text, code: OK }
            }
        }
    }

    /// The file that the run made, to be written before its text is printed: path and bytes. Where it cannot be, print
    /// [`unwritten`](Self::unwritten) instead.
    pub fn output(&self) -> Option<(&str, &[u8])> {
        let command = self.command.as_ref().ok()?;
        Some((&command.output, self.bundle.as_deref()?))
    }

    /// What to print where a file cannot be written.
    pub fn unwritten(path: &str) -> Printed {
        Printed { text: format!("{path}: cannot be written\n"), code: ERRORS }
    }

    /// Takes a line of the chat: what to print, or none at its end. See [`Chat::line`].
    pub fn line(&mut self, line: &str) -> Option<String> {
        self.chat.as_mut()?.line(line)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    Check,
    Test,
    Chat,
    Bundle,
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
        let wrong = |message: String| Printed { text: format!("{message}\n\n{USAGE}"), code: ERRORS };
        let mut words = Vec::new();
        let (mut strict, mut json, mut at) = (false, false, None);
        let (mut audience, mut output) = (CLIENT.to_string(), None);
        let mut arguments = arguments.iter().map(String::as_str);
        while let Some(argument) = arguments.next() {
            match argument {
                "--help" | "-h" => return Err(Printed { text: USAGE.to_string(), code: OK }),
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
        let (verb, path) = match words.as_slice() {
            [verb, path] => (*verb, (*path).to_string()),
            [] => return Err(wrong("a command is missing".to_string())),
            [_] => return Err(wrong("a definition is missing".to_string())),
            [_, _, extra, ..] => return Err(wrong(format!("unexpected `{extra}`"))),
        };
        let verb = match verb {
            "check" => Verb::Check,
            "test" => Verb::Test,
            "chat" => Verb::Chat,
            "bundle" => Verb::Bundle,
            _ => return Err(wrong(format!("unknown command `{verb}`"))),
        };
        let output = output.unwrap_or_else(|| beside(&path));
        Ok(Self { verb, path, strict, json, at, audience, output })
    }

    fn unreadable(&self) -> Printed {
        Printed { text: format!("{}: no text that can be read\n", self.path), code: ERRORS }
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
            format!("{}\n", serde_json::to_string(&report).unwrap_or_default())
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
        Console::new(&words.split(' ').map(str::to_string).collect::<Vec<_>>())
    }

    fn done(words: &str, definition: &str, files: &Files) -> (String, Option<u8>) {
        let printed = console(words).run(Some(definition), files, Timestamp::from_millis(0));
        (printed.text, printed.code)
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
        assert_eq!(Console::files(definition), ["faq.csv"]);
        assert!(Console::files("faq: [").is_empty());
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
        let now = Timestamp::from_millis(0);
        for (words, path) in [
            ("bundle shop.v2/bot.yaml", "shop.v2/bot.bundle"),
            ("bundle shop.v2/bot", "shop.v2/bot.bundle"),
            ("bundle --audience staff -o out bot.yaml", "out"),
        ] {
            let mut console = console(words);
            assert_eq!(console.output(), None);
            let printed = console.run(Some(DESK), &Files::new(), now);
            let (output, bytes) = console.output().unwrap();
            assert_eq!((output, printed.code), (path, OK));
            assert!(printed.text.ends_with(&format!("{path}: {} bytes\n", bytes.len())), "{}", printed.text);
            assert!(crate::bot::Bot::from_bundle(bytes).is_ok());
        }
        let mut console = console("bundle bot.yaml");
        assert_eq!(console.run(Some("bot: 2"), &Files::new(), now).code, ERRORS);
        assert_eq!(console.output(), None);
    }

    #[test]
    fn arguments_that_are_no_command_are_told() {
        let none = Files::new();
        let printed = |words: &str| {
            let mut console = console(words);
            assert_eq!(console.path(), None);
            console.run(None, &none, Timestamp::from_millis(0))
        };
        for words in
            ["", "check", "dance bot.yaml", "check a b", "check --fast a", "chat --at noon a", "bundle a -o"]
        {
            let printed = printed(words);
            assert!(printed.code == ERRORS && printed.text.contains("\n\nusage: "), "{words}");
        }
        assert_eq!(printed("--help"), Printed { text: USAGE.to_string(), code: OK });
        let unread = console("test a").run(None, &none, Timestamp::from_millis(0));
        assert_eq!(unread, Printed { text: "a: no text that can be read\n".into(), code: ERRORS });
    }

    #[test]
    fn a_chat_goes_on_until_it_is_left() {
        let mut console = console("chat --at 2026-01-05T12:00:00Z a");
        assert_eq!(console.line("до начала"), None);
        let printed = console.run(Some(DESK), &Files::new(), Timestamp::from_millis(0));
        assert!(printed.text.ends_with("is listening. Type a message, or /help.\n"));
        assert_eq!(printed.code, None);
        assert!(console.line("/wait 1h").is_some_and(|shown| shown.contains("2026-01-05 13:00")));
        assert_eq!(console.line("/quit"), None);
    }
}
