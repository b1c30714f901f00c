//! How far dialogs came, counted in records.
//!
//! A record says which rule, flow or row took a message, but not which question of a flow is open or which list an
//! effect came from. That is derived: a question is passed when its field is known, or skipped; an action has run when
//! the effect stands in a record that its flow, or the rule before it, led to; a later action proves the earlier ones. Every number is one of
//! dialogs, so that a client who asks ten times counts once, and counts of parts of a log that was cut by session add
//! up.

use crate::audit::record::{Done, Entry};
use crate::audit::sessions::Sessions;
use crate::bot::Bot;
use crate::definition::{Action, Condition, Flow, WordsRef};
use crate::document::packed;
use crate::error::Error;
use crate::limits;
use crate::time::{Timestamp, Zone};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Dialogs by the marks they left: places of a definition, `flow.booking.ask.phone`, `rule.Злой клиент`, and what they
/// led to, `flow.booking>lead.visit`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paths {
    /// Dialogs counted.
    pub dialogs: u64,
    marks: BTreeMap<String, u64>,
}

impl Paths {
    /// Dialogs that left a mark.
    pub fn of(&self, mark: &str) -> u64 {
        self.marks.get(mark).copied().unwrap_or(0)
    }

    /// Adds what another part of the log counted.
    pub fn merge(&mut self, other: &Paths) {
        self.dialogs = self.dialogs.saturating_add(other.dialogs);
        for (mark, count) in &other.marks {
            let sum = self.marks.entry(mark.clone()).or_default();
            *sum = sum.saturating_add(*count);
        }
    }
}

/// An action that leaves a trace of its own in a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sign {
    Lead(String),
    Status(String),
    Handoff(String),
    Request(&'static str),
    Finish,
}

impl Sign {
    pub(super) fn of(action: &Action) -> Option<Self> {
        Some(match action {
            Action::Lead(name) => Sign::Lead(name.clone()),
            Action::Status(status) => Sign::Status(status.clone()),
            Action::Handoff { reason, .. } => Sign::Handoff(reason.clone()),
            Action::Request { what, .. } => Sign::Request(what.as_str()),
            Action::Finish(_) => Sign::Finish,
            _ => return None,
        })
    }

    /// The signs of a list, in order.
    pub(super) fn all(actions: &[Action]) -> Vec<Self> {
        actions.iter().filter_map(Self::of).collect()
    }

    fn of_effect(effect: &Done<'_>) -> Option<Self> {
        let text = |text: &Option<crate::audit::Text<'_>>| text.as_deref().unwrap_or_default().to_string();
        Some(match &*effect.kind {
            "create_lead" | "update_lead" => Sign::Lead(text(&effect.lead)),
            "set_status" => Sign::Status(text(&effect.status)),
            "handoff" => Sign::Handoff(text(&effect.reason)),
            "finish" => Sign::Finish,
            "request" => {
                Sign::Request(crate::definition::RequestKind::parse(effect.what.as_deref()?)?.as_str())
            }
            _ => return None,
        })
    }

    /// What it leads to, where that is more than a step on the way.
    pub(super) fn outcome(&self) -> Option<String> {
        match self {
            Sign::Lead(name) => Some(format!("lead.{name}")),
            Sign::Status(name) => Some(format!("status.{name}")),
            Sign::Handoff(_) => Some("handoff".to_string()),
            Sign::Finish => Some("finish".to_string()),
            Sign::Request(_) => None,
        }
    }
}

/// What is known of a flow beforehand.
#[derive(Debug)]
struct Signs {
    flow: Flow,
    then: Vec<Sign>,
    unsure: Vec<Sign>,
}

/// Counts marks; records of one session in their order, sessions mixed in any way.
#[derive(Debug)]
pub struct Walker {
    flows: Vec<Signs>,
    zone: Zone,
    span: Option<(Date, Date)>,
    sessions: Sessions<Talk>,
    paths: Paths,
}

#[derive(Debug, Default)]
struct Talk {
    /// Fields that have a value.
    known: BTreeSet<String>,
    dialogs: Vec<Dialog>,
}

packed!(Talk { known, dialogs });

#[derive(Debug)]
struct Dialog {
    number: u32,
    began: Timestamp,
    /// What the last message led to: results and timers without a word of their own belong to it.
    source: Option<String>,
    /// The flow whose question may be open.
    open: Option<usize>,
    marks: BTreeSet<String>,
    progress: BTreeMap<usize, Progress>,
}

packed!(Dialog { number, began, source, open, marks, progress });

#[derive(Debug, Default)]
struct Progress {
    skipped: BTreeSet<String>,
    /// Questions passed, actions done.
    asked: usize,
    done: usize,
}

packed!(Progress { skipped, asked, done });

impl Walker {
    /// Counts dialogs that began on a day of `span`, both ends included; all of them without one.
    pub fn new(bot: &Bot, zone: Zone, span: Option<(Date, Date)>) -> Self {
        let signs = |flow: &Flow| Signs {
            flow: flow.clone(),
            then: Sign::all(&flow.then),
            unsure: Sign::all(&flow.unsure.actions),
        };
        let flows = bot.definition().flows.iter().map(signs).collect();
        Self { flows, zone, span, sessions: Sessions::default(), paths: Paths::default() }
    }

    /// Takes a record. Error: `limit` above [`limits::LOG_SESSIONS`] sessions.
    pub fn take(&mut self, entry: &Entry<'_>) -> Result<(), Error> {
        if entry.purged.is_some() || entry.is_aside() {
            return Ok(());
        }
        let talk = self.sessions.of(&entry.session)?;
        for (name, value) in &entry.fields {
            if value.get() == "null" {
                talk.known.remove(&**name);
            } else {
                talk.known.insert(name.to_string());
            }
        }
        if !talk.dialogs.iter().any(|d| d.number == entry.dialog) {
            talk.dialogs.push(Dialog::new(entry));
        }
        let Some(dialog) = talk.dialogs.iter_mut().find(|d| d.number == entry.dialog) else { return Ok(()) };
        dialog.take(entry, &self.flows, &talk.known);
        if talk.dialogs.len() > limits::DIALOGS_REMEMBERED {
            let oldest = talk.dialogs.remove(0);
            self.close(oldest);
        }
        Ok(())
    }

    /// The counts.
    pub fn finish(mut self) -> Paths {
        for (_, talk) in self.sessions.drain() {
            talk.dialogs.into_iter().for_each(|dialog| self.close(dialog));
        }
        self.paths
    }

    fn close(&mut self, dialog: Dialog) {
        let date = dialog.began.in_zone(&self.zone).date();
        if self.span.is_some_and(|(from, to)| date < from || to < date) {
            return;
        }
        let mut marks = dialog.marks;
        for (at, progress) in dialog.progress {
            let Some(Signs { flow, then, .. }) = self.flows.get(at) else { continue };
            let asked = if progress.done > 0 { flow.collect.len() } else { progress.asked };
            marks.extend(flow.collect.iter().take(asked).map(|f| format!("flow.{}.ask.{f}", flow.name)));
            marks.extend((0..progress.done).map(|n| format!("flow.{}.then.{n}", flow.name)));
            let all = progress.done == then.len() && asked == flow.collect.len();
            marks.extend(all.then(|| format!("flow.{}.done", flow.name)));
        }
        self.paths.dialogs += 1;
        for mark in marks {
            *self.paths.marks.entry(mark).or_default() += 1;
        }
    }
}

impl Dialog {
    fn new(entry: &Entry<'_>) -> Self {
        Self {
            number: entry.dialog,
            began: entry.now,
            source: None,
            open: None,
            marks: BTreeSet::new(),
            progress: BTreeMap::new(),
        }
    }

    fn take(&mut self, entry: &Entry<'_>, flows: &[Signs], known: &BTreeSet<String>) {
        let found = &entry.matched;
        let passed = found.passed.iter().chain(&found.rule).map(|rule| format!("rule.{}", &**rule));
        self.marks.extend(passed);
        let signs: Vec<Sign> = entry.effects.iter().filter_map(Sign::of_effect).collect();
        let named = found.flow.as_ref().and_then(|name| flows.iter().position(|s| s.flow.name == **name));
        if let Some(rule) = &found.rule {
            self.source = Some(format!("rule.{}", &**rule));
        } else if let Some((at, signs_of)) = named.and_then(|at| Some((at, flows.get(at)?))) {
            self.source = Some(format!("flow.{}", signs_of.flow.name));
            self.flow(at, signs_of, entry);
        } else if found.faq.is_some() {
            self.source = Some("faq".to_string());
        } else if entry.says("greeting") {
            self.source = Some("greeting".to_string());
        } else if found.why.iter().any(|why| why.starts_with("timer silence")) {
            self.source = Some("silence".to_string());
        } else if entry.failed_to_answer() {
            self.failed(flows);
        } else if entry.message().is_some() && found.score.is_some() && found.why.is_empty() {
            self.source = Some("unknown".to_string());
        }
        let source = self.source.clone();
        self.marks.extend(source.clone());
        let outcomes = signs.iter().filter_map(Sign::outcome);
        self.marks.extend(outcomes.flat_map(|to| {
            let from = source.as_ref().map(|from| format!("{from}>{to}"));
            std::iter::once(to).chain(from)
        }));
        let of_flow = source.as_ref().is_some_and(|source| source.starts_with("flow."));
        if let Some(at) = self.open.filter(|_| of_flow || found.faq.is_some()) {
            self.go_on(at, flows, &signs, known);
        }
        if signs.iter().any(|sign| matches!(sign, Sign::Handoff(_) | Sign::Finish)) {
            self.open = None;
        }
    }

    /// An answer failed. A question that no flow asks is one of a list, whose source stays.
    fn failed(&mut self, flows: &[Signs]) {
        if let Some(signs) = self.open.and_then(|at| flows.get(at)) {
            self.source = Some(format!("flow.{}", signs.flow.name));
            self.marks.insert(format!("flow.{}.failed", signs.flow.name));
        }
    }

    /// A flow took the message, or reacts.
    fn flow(&mut self, at: usize, signs: &Signs, entry: &Entry<'_>) {
        let name = &signs.flow.name;
        let reacts = signs.flow.react.iter().position(|reaction| led(&reaction.condition, entry));
        let starts = signs.flow.start.as_ref().is_some_and(|start| led(start, entry));
        if let Some(reaction) = reacts.filter(|_| self.progress.contains_key(&at) || !starts) {
            self.marks.insert(format!("flow.{name}.react.{reaction}"));
            return;
        }
        self.marks.insert(format!("flow.{name}.start"));
        self.open = Some(at);
        let progress = self.progress.entry(at).or_default();
        let answers = entry.matched.why.iter().filter_map(|why| why.strip_prefix("answers "));
        progress.skipped.extend(answers.map(str::to_string));
    }

    /// What the flow has come to since.
    fn go_on(&mut self, at: usize, flows: &[Signs], signs: &[Sign], known: &BTreeSet<String>) {
        let (Some(Signs { flow, then, unsure }), Some(progress)) =
            (flows.get(at), self.progress.get_mut(&at))
        else {
            return;
        };
        let passed = |field: &&String| known.contains(*field) || progress.skipped.contains(*field);
        progress.asked = progress.asked.max(flow.collect.iter().take_while(passed).count());
        if let Some(last) = then.iter().rposition(|sign| signs.contains(sign)) {
            progress.done = progress.done.max(last + 1);
        }
        if unsure.iter().any(|sign| signs.contains(sign) && !then.contains(sign)) {
            self.marks.insert(format!("flow.{}.unsure", flow.name));
        }
    }
}

/// Whether the reasons of a record are those by which a condition holds.
fn led(condition: &Condition, entry: &Entry<'_>) -> bool {
    let mut reasons = entry.matched.why.iter().filter(|why| !why.starts_with("timer ")).peekable();
    if reasons.peek().is_none() {
        let mut waits = false;
        condition.walk(&mut |c| {
            if let Condition::NoReply { reminder, .. } = c {
                let named = format!(".{reminder}.");
                let fired = |why: &str| why.starts_with("timer no_reply.") && why.contains(&named);
                waits |= entry.matched.why.iter().any(|why| fired(why));
            }
        });
        return waits;
    }
    reasons.all(|why| {
        let mut fits = false;
        condition.walk(&mut |c| fits |= is_reason(c, why));
        fits
    })
}

/// Whether a reason of a record may be that of a condition.
fn is_reason(condition: &Condition, why: &str) -> bool {
    let (kind, rest) = why.split_once(' ').unwrap_or((why, ""));
    let word = |name: &str| rest.strip_prefix(name).is_some_and(|rest| rest.starts_with(':'));
    match condition {
        Condition::Words { words: WordsRef::Named(name), .. } => kind == "words" && word(name),
        Condition::Words { words: WordsRef::Inline(words), .. } => {
            kind == "words" && words.iter().any(|listed| word(listed))
        }
        Condition::Has(field) => kind == "has" && rest == field,
        Condition::Field { name, .. } => kind == "field" && rest == name,
        Condition::Button(name) => kind == "button" && rest == name,
        Condition::Data { name, .. } => kind == "told" && rest == name,
        Condition::Angry => why == "mood angry",
        Condition::Attachment(name) => kind == "attachment" && rest == name,
        Condition::NoReply { reminder, .. } => rest.strip_prefix("reply to ") == Some(reminder),
        _ => false,
    }
}
