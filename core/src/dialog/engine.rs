//! The verbs: open, step, due.

use super::burst::Burst;
use super::event::{Contact, Event, EventKind};
use super::handoff::Ignored;
use super::masking::{Masks, names_of};
use super::run::Run;
use super::session::{BotRef, Key, Mode, SESSION_VERSION, Seen, Session};
use super::turn::{Outcome, Record, Turn};
use crate::bot::{Bot, hex};
use crate::error::Error;
use crate::limits;
use crate::time::Timestamp;
use sha2::{Digest, Sha256};

/// The version of this engine, for records.
const ENGINE: &str = concat!("frontdesk ", env!("CARGO_PKG_VERSION"));

impl Bot {
    /// Begins a session: active, status `in_work`, dialog 1. Nothing is said yet.
    pub fn open(&self, key: Key, now: Timestamp, contact: Option<Contact>) -> Session {
        let contact = contact.unwrap_or_default();
        let definition = self.definition();
        let language = contact.language.as_deref().and_then(|l| definition.languages.spoken(l));
        Session {
            v: SESSION_VERSION,
            bot: BotRef { name: definition.name.clone(), hash: self.hash().to_string() },
            key,
            dialog: 1,
            rev: 0,
            now,
            mode: Mode::Active,
            mode_rev: 0,
            finished: None,
            status: "in_work".to_string(),
            language: language.unwrap_or(&definition.languages.main).to_string(),
            contact,
            fields: Default::default(),
            mentioned: Default::default(),
            flow: None,
            suspended: Vec::new(),
            reacting: Vec::new(),
            waiting: Vec::new(),
            timers: Vec::new(),
            leads: Vec::new(),
            asked: Vec::new(),
            matching: None,
            handoffs: Vec::new(),
            buttons: Vec::new(),
            topic: None,
            last_question: None,
            last_client: None,
            last_at: None,
            last_outreach: None,
            outreach_count: 0,
            suppressed: 0,
            data: Default::default(),
            burst: None,
            lent: Default::default(),
            former: Vec::new(),
            ways_out: 0,
            disclosed: false,
            gap: false,
            seen: Vec::new(),
            last_record: None,
        }
    }

    /// Takes an event. Pure: the same session, event and time give the same turn, byte for byte.
    ///
    /// Fires no timers; call [`Bot::due`] at `next_due`. An earlier `now` than the last is raised to it.
    ///
    /// # Errors
    /// `bot_mismatch` where the session belongs to another bot, `number_refused` where data of the event have a
    /// fraction; the session is unchanged then.
    ///
    /// Cost: some tens of microseconds on the clinic, most of it the FAQ.
    pub fn step(&self, session: &mut Session, event: &Event, now: Timestamp) -> Result<Turn, Error> {
        session.belongs_to(self)?;
        event.kind.check()?;
        let now = now.max(session.now);
        let id = event_hash(&event.id);
        if session.seen.iter().any(|s| s.0 == id && now.as_millis() - s.1.as_millis() < limits::SEEN_MILLIS) {
            return Ok(unchanged(session, self, now, Outcome::Duplicate, "duplicate", Some(event)));
        }
        let mut run = Run::new(self, session.clone(), now);
        run.session.rev += 1;
        run.session.now = now;
        remember(&mut run.session.seen, id, now);
        run.matched.late = event.at.is_some_and(|at| run.session.last_at.is_some_and(|last| at < last));
        run.session.last_at = run.session.last_at.max(event.at);
        let ignored = run.event(&event.kind);
        run.mirror(Some(&event.kind));
        let ignored = ignored.filter(|_| run.effects.is_empty());
        let outcome = if ignored.is_some() { Outcome::Ignored } else { Outcome::Applied };
        let contact = match &event.kind {
            EventKind::Message(message) => message.contact.clone(),
            _ => None,
        };
        let opened = || (run.session.rev == 1).then(|| run.session.contact.clone());
        let told = contact.is_some();
        let contact = contact.or_else(opened).filter(|c| *c != Contact::default());
        let first = told && session.rev == 0 && session.contact != Contact::default();
        let opened = first.then(|| session.contact.clone());
        Ok(settle(session, run, outcome, ignored, Some(event), Told { opened, contact }))
    }

    /// Fires the timers that are due, in order of their time and id, and what they arm up to now.
    ///
    /// # Errors
    /// `bot_mismatch` where the session belongs to another bot; the session is unchanged then.
    pub fn due(&self, session: &mut Session, now: Timestamp) -> Result<Turn, Error> {
        session.belongs_to(self)?;
        let now = now.max(session.now);
        if session.next_due().is_none_or(|due| due > now) {
            return Ok(unchanged(session, self, now, Outcome::Ignored, "nothing_due", None));
        }
        let burst = session.burst.as_ref().map(Burst::message);
        let mut run = Run::new(self, session.clone(), now);
        run.session.rev += 1;
        run.session.now = now;
        run.burst = burst.as_ref();
        run.fire_due();
        run.rerun_changed();
        run.update_leads();
        run.mirror(None);
        Ok(settle(session, run, Outcome::Applied, None, None, Told::default()))
    }
}

impl<'a> Run<'a> {
    fn event(&mut self, kind: &'a EventKind) -> Ignored {
        let by_message = matches!(kind, EventKind::Message(_));
        let ignored = match kind {
            EventKind::Message(message) => self.message(message),
            EventKind::Deleted { .. } => Some("deleted"),
            EventKind::Operator(operator) => self.operator(operator),
            EventKind::Control { action } => self.control(*action),
            EventKind::Result(result) => self.result(result),
            EventKind::Fact { name, data } => self.fact(name, data.as_ref()),
        };
        if !by_message {
            self.rerun_changed();
            self.update_leads();
            if self.effects.iter().any(|e| e.kind.is_reply()) {
                self.rearm_after_reply();
            }
        }
        let suppressed = by_message && matches!(ignored, Some("finished" | "human"));
        self.session.suppressed = self.session.suppressed.saturating_add(u32::from(suppressed));
        if let (Some(reason), true) = (ignored, self.matched.why.is_empty()) {
            self.matched.why = vec![if suppressed { "suppressed" } else { reason }.to_string()];
        }
        ignored
    }
}

/// What a channel told of the client.
#[derive(Default)]
struct Told {
    /// When the session was opened.
    opened: Option<Contact>,
    contact: Option<Contact>,
}

/// Keeps the session as the step left it, and makes the turn with its record.
fn settle(
    session: &mut Session,
    run: Run<'_>,
    outcome: Outcome,
    reason: Option<&'static str>,
    event: Option<&Event>,
    Told { opened, contact }: Told,
) -> Turn {
    let bot = run.bot;
    let masks = Masks::of(bot, &[session, &run.session]);
    let former = if masks.is_some() { former_names(bot, session, &run.session) } else { Vec::new() };
    *session = run.session;
    session.former = former;
    let mut record = Record {
        dialog: run.acts_in.unwrap_or(session.dialog),
        matched: run.matched,
        fields: run.changed,
        opened,
        contact,
        ..record(session, bot, session.now, event)
    };
    record.effects.clone_from(&run.effects);
    record.seal(masks);
    session.last_record = Some(record.hash.clone());
    Turn {
        outcome,
        reason,
        effects: run.effects,
        mode: session.mode,
        status: session.status.clone(),
        next_due: session.next_due(),
        record,
    }
}

/// A turn that leaves the session as it was; its record is no part of the chain.
fn unchanged(
    session: &Session,
    bot: &Bot,
    now: Timestamp,
    outcome: Outcome,
    reason: &'static str,
    event: Option<&Event>,
) -> Turn {
    let mut record = record(session, bot, now, event);
    record.matched.why = vec![reason.to_string()];
    record.seal(Masks::of(bot, &[session]));
    Turn {
        outcome,
        reason: Some(reason),
        effects: Vec::new(),
        mode: session.mode,
        status: session.status.clone(),
        next_due: session.next_due(),
        record,
    }
}

fn record(session: &Session, bot: &Bot, now: Timestamp, event: Option<&Event>) -> Record {
    Record {
        n: session.rev,
        prev: session.last_record.clone(),
        hash: String::new(),
        engine: ENGINE,
        tz: bot.zone().version().to_string(),
        bot: bot.hash().to_string(),
        session: session.key.clone(),
        dialog: session.dialog,
        at: event.and_then(|e| e.at),
        now,
        source: session.contact.source.clone().unwrap_or_else(|| "chat".to_string()),
        opened: None,
        contact: None,
        event: event.cloned(),
        matched: Default::default(),
        fields: Default::default(),
        effects: Vec::new(),
        mode: session.mode,
        status: session.status.clone(),
        kept: None,
        json: String::new(),
    }
}

/// The names that a client had before, the latest last: a masked log hides them still.
fn former_names(bot: &Bot, before: &Session, after: &Session) -> Vec<String> {
    let mut former = after.former.clone();
    let names: Vec<&str> = names_of(bot, after).collect();
    for name in names_of(bot, before).filter(|name| !names.contains(name)) {
        former.retain(|known| known != name);
        former.push(name.to_string());
    }
    former.drain(..former.len().saturating_sub(limits::FORMER_NAMES));
    former
}

fn event_hash(id: &str) -> String {
    hex(Sha256::digest(id).get(..8).unwrap_or_default())
}

fn remember(seen: &mut Vec<Seen>, id: String, now: Timestamp) {
    seen.retain(|s| s.0 != id && now.as_millis() - s.1.as_millis() < limits::SEEN_MILLIS);
    seen.push(Seen(id, now));
    let over = seen.len().saturating_sub(limits::SEEN_EVENTS);
    seen.drain(..over);
}
