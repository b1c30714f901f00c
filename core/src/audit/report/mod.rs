//! A week on one page, for a manager: figures and plots, what must be looked into today, questions that nobody
//! answered with rows proposed for them, how dialogs go through the flows, and the sample to read and mark.
//!
//! The page is one file in HTML that loads and sends nothing: its policy forbids it. Marks stay in the browser and are
//! saved as rows for the table and as dialog tests. It shows what [`Figures`](super::Figures), [`Sampler`] and
//! [`Transcript`](super::Transcript) say, and counts nothing itself.

mod format;
mod page;
mod parts;
mod plots;
mod talk;

use super::argument::{self, Records};
use super::count::{Case, Counter, Filter, Question};
use super::diagram::{Chart, Paths, Walker, charts};
use super::figures::{self, Figures, Rule, Wanted, figures};
use super::record::Entry;
use super::sample::Sampler;
use super::verbs::{read, zone};
use super::words::words;
use crate::bot::Bot;
use crate::dialog::Key;
use crate::error::Error;
use crate::limits;
use crate::time::{Timestamp, Zone};
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};
use talk::Talk;

/// What a report is to be of.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The ISO week, `2026-W47`; the last one of the log by default, `all` for everything.
    pub week: Option<String>,
    /// The zone of days and weeks; the bot's by default, else UTC.
    pub zone: Option<String>,
    /// `ru`, `uk` or `en`; by default what the bot's team reads.
    pub language: Option<String>,
    /// When a figure is an alert; some sensible rules by default.
    pub rules: Option<Vec<Rule>>,
    /// When the log is looked at: younger leads are not lost yet.
    pub now: Option<Timestamp>,
}

/// What stands on the page.
struct Data<'b> {
    bot: Option<&'b Bot>,
    zone: Zone,
    records: u64,
    figures: Figures,
    asked: Vec<Asked>,
    cases: Vec<(Case, Option<Talk>)>,
    dialogs: usize,
    sample: Vec<Talk>,
    charts: Vec<(Chart, Paths)>,
}

/// Questions that ask the same, and nobody answered.
struct Asked {
    text: String,
    count: u64,
    /// Other wordings.
    variants: Vec<String>,
    /// The row they may be added to: its question, its answer, its score where one question stands alone.
    row: Option<Row>,
}

/// A row of the table.
struct Row {
    question: String,
    answer: String,
}

/// The page, from the lines of a log, which is read three times: `log` begins it anew each time. Without the bot there
/// are no diagrams, and questions are not grouped. [`Reporter`] does the same with lines that come in parts.
///
/// # Errors
/// `record_invalid` with the place of a line that is no record, `zone_unknown`, `time_invalid` for what is no week,
/// `unknown_name` for a rule that names no figure.
///
/// ```
/// use frontdesk::audit::{Report, report};
/// let page = report(None, || "".lines(), &Report::default()).unwrap();
/// assert!(page.starts_with("<!doctype html>"));
/// ```
pub fn report<L: AsRef<str>, I: Iterator<Item = L>>(
    bot: Option<&Bot>,
    log: impl Fn() -> I,
    wanted: &Report,
) -> Result<String, Error> {
    let mut reporter = Reporter::new(bot, wanted.clone())?;
    loop {
        for (at, line) in log().enumerate().filter(|(_, line)| !line.as_ref().trim().is_empty()) {
            reporter.take(line.as_ref(), &read(at, line.as_ref())?)?;
        }
        match reporter.end(bot)? {
            Reported::Again(next) => reporter = *next,
            Reported::Page(page) => return Ok(page),
        }
    }
}

/// A page in the making, which wants the log three times: it counts, then chooses what is shown, then keeps that.
///
/// Memory: what is known of each session, and the lines of the sessions that are shown; a log that is read from its file
/// line by line is never in memory as a whole.
#[derive(Debug)]
pub struct Reporter {
    wanted: Report,
    zone: Zone,
    stage: Stage,
}

/// What comes of the end of a log.
#[derive(Debug)]
pub enum Reported {
    /// It is wanted once more, from its beginning.
    Again(Box<Reporter>),
    /// The page.
    Page(String),
}

#[derive(Debug)]
enum Stage {
    Counting(Box<Counter>),
    Choosing { counted: Box<Counted>, sampler: Box<Sampler>, walker: Option<Box<Walker>> },
    Keeping { counted: Box<Counted>, dialogs: usize, chosen: Vec<(Key, u32)>, paths: Paths, shown: Shown },
}

/// What the log counts.
#[derive(Debug)]
struct Counted {
    figures: Figures,
    records: u64,
}

/// The lines of the sessions that are shown.
type Shown = HashMap<Key, Vec<String>>;

impl Reporter {
    /// A page about a bot, where there is one.
    ///
    /// # Errors
    /// `zone_unknown`, `unknown_value` for a language that no page is written in.
    pub fn new(bot: Option<&Bot>, wanted: Report) -> Result<Self, Error> {
        argument::language(wanted.language.as_deref())?;
        let zone = zone(wanted.zone.as_deref(), bot)?;
        let stage = Stage::Counting(Box::new(Counter::new(zone.clone(), Filter::default(), wanted.now)));
        Ok(Self { wanted, zone, stage })
    }

    /// Takes the next record, and its line.
    ///
    /// # Errors
    /// `limit` above a million sessions.
    pub fn take(&mut self, line: &str, entry: &Entry<'_>) -> Result<(), Error> {
        match &mut self.stage {
            Stage::Counting(counter) => counter.take(entry),
            Stage::Choosing { sampler, walker, .. } => {
                sampler.take(entry);
                walker.as_mut().map_or(Ok(()), |walker| walker.take(entry))
            }
            Stage::Keeping { shown, .. } => {
                if let Some(lines) = shown.get_mut(&entry.session.to_key()) {
                    lines.push(line.to_string());
                }
                Ok(())
            }
        }
    }

    /// The log has ended; `bot` is that of the beginning.
    ///
    /// # Errors
    /// `time_invalid` for what is no week, `unknown_name` for a rule that names no figure.
    pub fn end(self, bot: Option<&Bot>) -> Result<Reported, Error> {
        let Self { wanted, zone, stage } = self;
        let stage = match stage {
            Stage::Counting(counter) => choosing(bot, &wanted, &zone, *counter)?,
            Stage::Choosing { counted, sampler, walker } => {
                let samples = sampler.finish();
                let dialogs = samples.iter().map(|sample| sample.dialogs).sum();
                let chosen = samples.into_iter().flat_map(|sample| sample.chosen).take(limits::DIALOGS_SHOWN);
                let chosen: Vec<(Key, u32)> = chosen.map(|one| (one.session, one.dialog)).collect();
                let looked_into =
                    counted.figures.cases.iter().take(limits::DIALOGS_SHOWN).map(|case| &case.session);
                let sessions = chosen.iter().map(|(key, _)| key).chain(looked_into);
                let shown = sessions.map(|key| (key.clone(), Vec::new())).collect();
                let paths = walker.map(|walker| walker.finish()).unwrap_or_default();
                Stage::Keeping { counted, dialogs, chosen, paths, shown }
            }
            Stage::Keeping { counted, dialogs, chosen, paths, shown } => {
                let Counted { figures, records } = *counted;
                let cases = figures.cases.iter();
                let cases =
                    cases.map(|case| (case.clone(), told(&shown, &case.session, case.dialog))).collect();
                let sample = chosen.iter().filter_map(|(key, dialog)| told(&shown, key, *dialog)).collect();
                let language =
                    wanted.language.as_deref().or(bot.map(|bot| bot.definition().languages.team()));
                let language = language.unwrap_or("en");
                let charts = bot.map(|bot| charts(bot, language)).unwrap_or_default();
                let charts = charts.into_iter().map(|chart| (chart, paths.clone())).collect();
                let asked = asked(bot, &figures.questions, language);
                let data = Data { bot, zone, records, figures, asked, cases, dialogs, sample, charts };
                return Ok(Reported::Page(page::page(&data, words(language))));
            }
        };
        Ok(Reported::Again(Box::new(Self { wanted, zone, stage })))
    }
}

/// What the counts lead to: the week, and who looks for its dialogs.
fn choosing(bot: Option<&Bot>, wanted: &Report, zone: &Zone, counter: Counter) -> Result<Stage, Error> {
    let sums = counter.finish();
    let of_week =
        Wanted { week: wanted.week.clone(), filter: Filter::default(), rules: wanted.rules.clone() };
    let figures = figures(&sums, &of_week)?;
    let whole = figures.week == "all";
    let share = bot.and_then(|bot| bot.definition().log.review);
    let sampler = Box::new(Sampler::new(zone.clone(), share, (!whole).then(|| figures.week.clone())));
    let span = if whole { None } else { Some(figures::span(&figures.week)?) };
    let walker = bot.map(|bot| Box::new(Walker::new(bot, zone.clone(), span)));
    let counted = Box::new(Counted { figures, records: sums.records() });
    Ok(Stage::Choosing { counted, sampler, walker })
}

/// A dialog as the page shows it.
fn told(shown: &Shown, key: &Key, dialog: u32) -> Option<Talk> {
    let lines = shown.get(key)?;
    let mut entries: Vec<Entry<'_>> = lines.iter().filter_map(|line| Entry::read(line).ok()).collect();
    entries.sort_by_key(|entry| entry.n);
    talk::talk(key, dialog, &entries)
}

/// The unanswered questions in groups, the largest first, each with the row it may be added to (R162).
fn asked(bot: Option<&Bot>, questions: &[Question], language: &str) -> Vec<Asked> {
    let text_of = |id: &str, bot: &Bot| {
        let answer = bot.knowledge().answer(id)?;
        let question = answer.ask.first()?.clone();
        Some(Row {
            question,
            answer: answer.say.pick(language, &bot.definition().languages.main).to_string(),
        })
    };
    let Some(bot) = bot else {
        let alone = |question: &Question| Asked {
            text: question.text.clone(),
            count: question.count,
            variants: Vec::new(),
            row: question
                .nearest
                .as_ref()
                .map(|near| Row { question: near.faq.clone(), answer: String::new() }),
        };
        return questions.iter().map(alone).collect();
    };
    let texts: Vec<&str> = questions.iter().map(|question| question.text.as_str()).collect();
    let mut in_groups = BTreeSet::new();
    let mut out: Vec<Asked> = Vec::new();
    for (group, near) in bot.knowledge().discover(&texts) {
        let members: Vec<&Question> = group.questions.iter().filter_map(|at| questions.get(*at)).collect();
        in_groups.extend(group.questions.iter().copied());
        let Some(first) = members.iter().max_by_key(|q| (q.count, std::cmp::Reverse(&q.text))) else {
            continue;
        };
        out.push(Asked {
            text: first.text.clone(),
            count: members.iter().map(|question| question.count).sum(),
            variants: members.iter().filter(|q| q.text != first.text).map(|q| q.text.clone()).collect(),
            row: near.and_then(|answer| text_of(&answer.id, bot)),
        });
    }
    let alone = questions.iter().enumerate().filter(|(at, _)| !in_groups.contains(at));
    out.extend(alone.map(|(_, question)| Asked {
        text: question.text.clone(),
        count: question.count,
        variants: Vec::new(),
        row: None,
    }));
    out.sort_by(|a, b| b.count.cmp(&a.count).then(a.text.cmp(&b.text)));
    out
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Argument<'a> {
    #[serde(borrow)]
    records: Records<'a>,
    #[serde(default)]
    week: Option<String>,
    #[serde(default)]
    zone: Option<String>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    rules: Option<Vec<Rule>>,
    #[serde(default)]
    now: Option<Timestamp>,
}

/// `report {records, week?, zone?, language?, rules?, now?}`: the page as a text.
pub(crate) fn verb(bot: Option<&Bot>, argument: &str) -> Result<String, Error> {
    let Argument { records, week, zone, language, rules, now } = argument::read(argument)?;
    let page = report(bot, || records.texts(), &Report { week, zone, language, rules, now })?;
    Ok(serde_json::to_string(&page).unwrap_or_default())
}
