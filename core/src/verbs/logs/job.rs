//! What a command does with the lines of a log: they come in parts, from the first to the last, and for some commands
//! again.

use super::{Verb, Wanted};
use crate::audit::diagram::Walker;
use crate::audit::verbs as audit;
use crate::audit::{
    Counter, Entry, Expected, Filter, Kept, Purge, Replayed, Replayer, Report, Reported, Reporter, Style,
    Transcript, Verdict, Verifier,
};
use crate::bot::Bot;
use crate::error::{Code, Error};
use crate::verbs::console::{ERRORS, FAILED, OK};
use crate::verbs::tool;
use serde_json::{Value as Json, json};
use std::sync::Arc;

/// A command under way.
#[derive(Debug)]
pub(super) struct Job {
    work: Work,
    bots: Vec<Arc<Bot>>,
    /// Lines taken.
    at: usize,
}

#[derive(Debug)]
enum Work {
    Report(Box<Reporter>),
    Verify(Box<Verifier>),
    Replay(Replayer<Arc<Bot>>),
    Transcript(Transcript, Style),
    Metrics(Box<Counter>),
    /// Looks what is to be forgotten.
    Survey(Purge),
    Purge(Purge),
    Diagram(Walker),
}

/// What comes of the end of a log.
pub(super) enum Ended {
    /// It is wanted once more, from its beginning.
    Again(Box<Job>),
    Made(Made),
}

/// What a command prints or writes in the end, and its exit code.
pub(super) struct Made {
    pub(super) text: String,
    pub(super) code: u8,
}

impl Job {
    pub(super) fn new(wanted: &Wanted, bots: Vec<Arc<Bot>>) -> Result<Self, Error> {
        let bot = bots.first().map(|bot| &**bot);
        let option = |name: &str| wanted.options.get(name).and_then(Json::as_str).map(str::to_string);
        let zone = || audit::zone(option("zone").as_deref(), bot);
        let work = match wanted.verb {
            Verb::Report => {
                let [week, zone, language] = ["week", "zone", "language"].map(option);
                let now = Some(wanted.now);
                Work::Report(Box::new(Reporter::new(bot, Report { week, zone, language, rules: None, now })?))
            }
            Verb::Verify => Work::Verify(Box::new(Verifier::new(Expected::default()))),
            Verb::Replay => Work::Replay(Replayer::new(bots.clone(), Default::default(), false)),
            Verb::Transcript => {
                Work::Transcript(Transcript::default(), audit::style(bot, &wanted.argument(json!([])))?)
            }
            Verb::Metrics => {
                Work::Metrics(Box::new(Counter::new(zone()?, Filter::default(), Some(wanted.now))))
            }
            Verb::Purge => Work::Survey(audit::purge_of(bot, option("keep").as_deref(), wanted.now)?),
            Verb::Diagram => {
                let none = || Error::new(Code::MissingKey, "bot", "a diagram is one of a bot");
                let bot = bot.ok_or_else(none)?;
                // Nobody is to wait for the end of a long log to read that no flow is called so.
                wanted.drawn(Some(bot), json!([]))?;
                Work::Diagram(Walker::new(bot, bot.zone().clone(), None))
            }
        };
        Ok(Self { work, bots, at: 0 })
    }

    /// Takes a part of the log, whole lines: what is made of it at once.
    pub(super) fn take(&mut self, part: &str) -> Result<String, Error> {
        let mut made = String::new();
        // Some programs begin a file with a mark of the byte order.
        let part = if self.at == 0 { part.trim_start_matches('\u{feff}') } else { part };
        for line in part.lines() {
            let at = self.at;
            self.at += 1;
            if line.trim().is_empty() {
                continue;
            }
            if let Work::Verify(verifier) = &mut self.work {
                verifier.take(line)?;
                continue;
            }
            let entry = audit::read(at, line)?;
            match &mut self.work {
                Work::Verify(_) => {}
                Work::Report(reporter) => reporter.take(line, &entry)?,
                Work::Replay(replayer) => replayer.take(at, line, &entry)?,
                Work::Transcript(transcript, _) => transcript.take(&entry),
                Work::Metrics(counter) => counter.take(&entry)?,
                Work::Survey(purge) => purge.survey(&entry),
                Work::Purge(purge) => made.push_str(&kept(purge, line, &entry)),
                Work::Diagram(walker) => walker.take(&entry)?,
            }
        }
        Ok(made)
    }

    /// The log, whose file is `path`, has ended.
    pub(super) fn end(self, wanted: &Wanted, path: &str) -> Result<Ended, Error> {
        let Self { work, bots, .. } = self;
        let bot = bots.first().map(|bot| &**bot);
        let (text, code) = match work {
            Work::Survey(purge) => return Ok(again(Work::Purge(purge), bots)),
            Work::Report(reporter) => match reporter.end(bot)? {
                Reported::Again(reporter) => return Ok(again(Work::Report(reporter), bots)),
                Reported::Page(page) => (page, OK),
            },
            Work::Verify(verifier) => verdict(&verifier.finish(false), wanted.json, path),
            Work::Replay(replayer) => replayed(&replayer.finish(), wanted.json, path),
            Work::Transcript(transcript, style) => (transcript.write(&style), OK),
            Work::Metrics(counter) => {
                let partial: Json = read(&counter.finish().to_json());
                let figures = json!({ "partial": partial, "week": wanted.options.get("week") }).to_string();
                (tool("figures", bot, &figures)? + "\n", OK)
            }
            Work::Purge(_) => (String::new(), OK),
            Work::Diagram(walker) => (wanted.drawn(bot, json!([walker.finish()]))?, OK),
        };
        Ok(Ended::Made(Made { text, code }))
    }
}

fn again(work: Work, bots: Vec<Arc<Bot>>) -> Ended {
    Ended::Again(Box::new(Job { work, bots, at: 0 }))
}

impl Wanted {
    /// What a tool is handed.
    fn argument(&self, records: Json) -> String {
        let mut argument = self.options.clone();
        argument.insert("records".to_string(), records);
        Json::Object(argument).to_string()
    }

    /// The diagram with these counts.
    fn drawn(&self, bot: Option<&Bot>, counts: Json) -> Result<String, Error> {
        let mut argument = self.options.clone();
        argument.insert("counts".to_string(), counts);
        let drawn = tool("diagram", bot, &Json::Object(argument).to_string())?;
        Ok(serde_json::from_str(&drawn).unwrap_or_default())
    }
}

/// What a purged log has in place of a line.
fn kept(purge: &mut Purge, line: &str, entry: &Entry<'_>) -> String {
    match purge.keep(entry) {
        Kept::Whole => format!("{}\n", line.trim()),
        Kept::Tombstone(stone) => format!("{stone}\n"),
        Kept::Gone => String::new(),
    }
}

fn verdict(verdict: &Verdict, as_json: bool, path: &str) -> (String, u8) {
    let code = match &verdict.broken {
        None => OK,
        Some(broken) if broken.code == Code::RecordInvalid => ERRORS,
        Some(_) => FAILED,
    };
    let text = match &verdict.broken {
        _ if as_json => json!(verdict).to_string(),
        Some(broken) => {
            format!("{path}:{}: error: {}: {}", broken.at + 1, broken.code.as_str(), broken.message)
        }
        None => format!("{path}: {} records of {} sessions: ok", verdict.records, verdict.sessions),
    };
    (text + "\n", code)
}

fn replayed(replayed: &Replayed, as_json: bool, path: &str) -> (String, u8) {
    let code = if replayed.same { OK } else { FAILED };
    let text = match &replayed.difference {
        _ if as_json => json!(replayed).to_string(),
        Some(other) => {
            let cause = |cause: &Option<String>| cause.clone().unwrap_or_else(|| "nothing".to_string());
            let (expected, got) = (shown(&other.expected), shown(&other.got));
            let (was, is) = (cause(&other.was), cause(&other.is));
            let line = other.at + 1;
            format!("{path}:{line}: {}: {expected} is {got} now; {was} led to it, {is} does now", other.path)
        }
        None => format!("{path}: {} records, the same", replayed.steps),
    };
    (text + "\n", code)
}

fn read(json: &str) -> Json {
    serde_json::from_str(json).unwrap_or_default()
}

fn shown(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_string)
}
