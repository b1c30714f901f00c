//! Migration: a session of yesterday's bot goes on with today's.
//!
//! Everything a session remembers of a definition it remembers by name. What today's definition still has under that
//! name is kept; what it has not is dropped, and the report says so. Nothing is said to the client: a flow whose open
//! question is gone goes on as its `on_removed` says, with the client's next message.

use super::lists::ListRef;
use super::names;
use super::session::{
    ActiveFlow, Asked, BotRef, Mode, Purpose, Session, Timer, Topic, WaitingFor, WaitingList,
};
use crate::bot::Bot;
use crate::bot::value::FieldValue;
use crate::definition::{Action, Definition, Field, FieldKind, Flow, OnRemoved};
use crate::limits;
use serde::Serialize;

/// What became of something in a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Migrated {
    /// Whether it is still there.
    pub code: Fate,
    /// Where it stands in the session: `fields.phone`, `flow.booking`.
    pub path: String,
    /// Why, where it is not simply kept.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub message: String,
}

/// Whether it is still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// As it was.
    Kept,
    /// Another stands in its place.
    Moved,
    /// Gone.
    Dropped,
}

impl Bot {
    /// Takes over a session of another version of this bot, by names; the report tells what became of each of them.
    ///
    /// Does nothing, and reports nothing, where the session is this bot's already. The revision stays as it was: load,
    /// migrate where the hash differs, step, save by compare-and-swap. What the old bot answered stays under its hash
    /// in the records and replays with it.
    ///
    /// ```
    /// use frontdesk::{Bot, Files, Key, Session, Timestamp};
    ///
    /// let bot = |fields: &str| Bot::from_yaml(&format!("bot: 1\nfields: {fields}"), &Files::new()).unwrap().bot;
    /// let (old, new) = (bot("{ size: { type: number } }"), bot("{ color: { type: text } }"));
    /// let key = Key { channel: "web".into(), account: "site".into(), user: "u1".into() };
    /// let stored = old.open(key, Timestamp::parse("2026-01-05T10:00:00Z").unwrap(), None).snapshot();
    /// let mut session = Session::from_json(&stored).unwrap();
    /// let report = new.migrate(&mut session);
    /// assert_eq!(report[0].path, "bot");
    /// assert_eq!(session.bot().hash, new.hash());
    /// ```
    pub fn migrate(&self, session: &mut Session) -> Vec<Migrated> {
        if session.bot.hash == self.hash() {
            return Vec::new();
        }
        let mut migration = Migration { bot: self, session, report: Vec::new() };
        migration.bot();
        migration.fields();
        migration.status();
        migration.language();
        migration.flows();
        migration.lists();
        migration.matching();
        migration.topic();
        migration.leads();
        migration.timers();
        migration.report
    }
}

/// A migration in the making.
struct Migration<'b> {
    bot: &'b Bot,
    session: &'b mut Session,
    report: Vec<Migrated>,
}

impl<'b> Migration<'b> {
    fn definition(&self) -> &'b Definition {
        self.bot.definition()
    }

    fn tell(&mut self, code: Fate, path: String, message: impl Into<String>) {
        self.report.push(Migrated { code, path, message: message.into() });
    }

    fn kept(&mut self, path: String) {
        self.tell(Fate::Kept, path, "");
    }

    fn bot(&mut self) {
        let now = BotRef { name: self.definition().name.clone(), hash: self.bot.hash().to_string() };
        let before = std::mem::replace(&mut self.session.bot, now);
        self.tell(Fate::Moved, "bot".into(), format!("from `{}`", before.name));
    }

    fn fields(&mut self) {
        for (name, value) in std::mem::take(&mut self.session.fields) {
            let path = format!("fields.{name}");
            match self.definition().field(&name) {
                None => self.tell(Fate::Dropped, path, "no field is called so"),
                Some(field) if !fits(&value, field) => {
                    self.tell(Fate::Dropped, path, format!("its value is no {}", field.kind.as_str()));
                }
                Some(_) => {
                    self.session.fields.insert(name, value);
                    self.kept(path);
                }
            }
        }
        let known = &self.session.fields;
        self.session.mentioned.retain(|name| known.contains_key(name));
    }

    fn status(&mut self) {
        let status = self.session.status.clone();
        if self.definition().is_final(&status).is_some() {
            return self.kept(format!("status.{status}"));
        }
        let now = if self.session.mode == Mode::Finished { "done" } else { "in_work" };
        self.session.status = now.to_string();
        self.tell(Fate::Moved, format!("status.{status}"), format!("no status is called so; `{now}` now"));
    }

    fn language(&mut self) {
        let languages = &self.definition().languages;
        if languages.all().all(|language| language != self.session.language) {
            let before = std::mem::replace(&mut self.session.language, languages.main.clone());
            let message = format!("not spoken any more; `{}` now", languages.main);
            self.tell(Fate::Moved, format!("language.{before}"), message);
        }
    }

    fn flows(&mut self) {
        self.session.flow = self.session.flow.take().and_then(|flow| self.flow(flow));
        let suspended = std::mem::take(&mut self.session.suspended);
        self.session.suspended = suspended.into_iter().filter_map(|flow| self.flow(flow)).collect();
        for flow in std::mem::take(&mut self.session.reacting) {
            let path = format!("reacting.{}", flow.name);
            if self.definition().flow(&flow.name).is_some_and(|f| !f.react.is_empty()) {
                self.session.reacting.push(flow);
                self.kept(path);
            } else {
                self.tell(Fate::Dropped, path, "no flow called so reacts");
            }
        }
    }

    /// A flow that collects: kept with its question, or as `on_removed` says where that is gone.
    fn flow(&mut self, mut active: ActiveFlow) -> Option<ActiveFlow> {
        let path = format!("flow.{}", active.name);
        let Some(flow) = self.definition().flow(&active.name) else {
            self.tell(Fate::Dropped, path, "no flow is called so");
            return None;
        };
        active.skipped.retain(|field| flow.collect.contains(field));
        let Some(gone) = active.question.take_if(|q| !self.still_asks(flow, q)) else {
            self.kept(path);
            return Some(active);
        };
        let what = format!("it asks for `{}` no more; on_removed: {}", gone.field, flow.on_removed.as_str());
        if flow.on_removed == OnRemoved::Drop {
            self.tell(Fate::Dropped, path, what);
            return None;
        }
        self.tell(Fate::Moved, path, what);
        match flow.on_removed {
            OnRemoved::Restart => self.restart(flow, &mut active),
            OnRemoved::Unsure => {
                let (due, flow) = (self.session.now, flow.name.clone());
                let timer = Timer { id: format!("removed.{flow}"), due, purpose: Purpose::Removed { flow } };
                self.session.timers.push(timer);
            }
            OnRemoved::Continue | OnRemoved::Drop => {}
        }
        Some(active)
    }

    /// Whether a question can be answered as it was put.
    fn still_asks(&self, flow: &Flow, question: &super::session::Question) -> bool {
        let kind = self.definition().field(&question.field).map(|f| f.kind);
        let of_slots = !question.slots.is_empty() || question.request.is_some();
        flow.collect.contains(&question.field) && of_slots == (kind == Some(FieldKind::Slot))
    }

    /// As when it was started: what is known is not asked, times are.
    fn restart(&mut self, flow: &Flow, active: &mut ActiveFlow) {
        active.then_ran = false;
        active.skipped.clear();
        let definition = self.definition();
        let is_time = |field: &Field| matches!(field.kind, FieldKind::Slot | FieldKind::Date);
        for field in flow.collect.iter().filter(|name| definition.field(name).is_some_and(is_time)) {
            self.session.fields.remove(field);
        }
    }

    fn lists(&mut self) {
        for mut waiting in std::mem::take(&mut self.session.waiting) {
            let path = format!("waiting.{}", waiting.list);
            if self.finds(&mut waiting) {
                self.session.waiting.push(waiting);
                self.kept(path);
                continue;
            }
            self.tell(
                Fate::Dropped,
                path,
                format!("nothing called `{}` is left to go on with", waiting.next),
            );
            // The host may answer all the same.
            if let WaitingFor::Result { effect, what } = waiting.on
                && self.session.asked.len() < limits::LATE_REQUESTS
            {
                self.session.asked.push(Asked { effect, what });
            }
        }
    }

    /// Whether a list that waits can go on: by its name, or by the only thing told of an unnamed one, where it stopped.
    fn finds(&self, waiting: &mut WaitingList) -> bool {
        let definition = self.definition();
        if let WaitingFor::Answer(question) = &waiting.on
            && definition.field(&question.field).is_none()
        {
            return false;
        }
        let goes_on = |list: &ListRef| {
            list.stands(self.bot) && names::find_place(list.actions(self.bot), &waiting.next).is_some()
        };
        let others: Vec<ListRef> = match &waiting.list {
            ListRef::React(flow, _) => {
                let reactions = definition.flow(flow).map_or(0, |f| f.react.len());
                (0..reactions).map(|at| ListRef::React(flow.clone(), at)).collect()
            }
            ListRef::Silence(_) => (0..definition.silence.len()).map(ListRef::Silence).collect(),
            _ => Vec::new(),
        };
        let found = Some(waiting.list.clone()).filter(goes_on).or_else(|| others.into_iter().find(goes_on));
        found.map(|list| waiting.list = list).is_some()
    }

    fn matching(&mut self) {
        let Some(mut matching) = self.session.matching.take() else { return };
        let stands = |id: &String| self.bot.knowledge().answer(id).is_some();
        matching.rows.retain(stands);
        matching.close.retain(stands);
        if matching.rows.is_empty() {
            return self.tell(Fate::Dropped, "matching".into(), "the rows are no more");
        }
        self.session.matching = Some(matching);
        self.kept("matching".into());
    }

    fn topic(&mut self) {
        let gone = match &self.session.topic {
            Some(Topic::Flow(name)) => self.definition().flow(name).is_none(),
            Some(Topic::Faq(id)) => self.bot.knowledge().answer(id).is_none(),
            None => false,
        };
        if gone {
            self.session.topic = None;
            self.tell(Fate::Dropped, "topic".into(), "what the talk was about is no more");
        }
    }

    /// A lead that was sent is at its targets, whatever the definition says: its answers still count.
    fn leads(&mut self) {
        let names: Vec<String> = self.session.leads.iter().map(|lead| lead.name.clone()).collect();
        names.into_iter().for_each(|name| self.kept(format!("leads.{name}")));
    }

    fn timers(&mut self) {
        for mut timer in std::mem::take(&mut self.session.timers) {
            let path = format!("timers.{}", timer.id);
            if self.still_due(&mut timer) {
                self.session.timers.push(timer);
                self.kept(path);
            } else {
                self.tell(Fate::Dropped, path, "what it was for is no more");
            }
        }
    }

    /// Whether a timer still has a purpose; places in today's lists stand in for those of yesterday's.
    fn still_due(&self, timer: &mut Timer) -> bool {
        let definition = self.definition();
        let id = timer.id.as_str();
        let found = match &mut timer.purpose {
            Purpose::Silence { entry } => (0..definition.silence.len())
                .find(|at| names::silence(definition, *at) == id)
                .map(|at| *entry = at),
            Purpose::NoReply { flow, reaction, .. } => definition.flow(flow).and_then(|flow| {
                let same = |at: &usize| names::no_reply(flow, *at).as_deref() == Some(id);
                (0..flow.react.len()).find(same).map(|at| *reaction = at)
            }),
            Purpose::Reminder { list, action, .. } => {
                let name =
                    id.strip_prefix("remind.").and_then(|id| id.rsplit_once('.')).map(|(name, _)| name);
                let same = |a: &Action| matches!(a, Action::Remind(r) if Some(r.name.as_str()) == name);
                list.actions(self.bot).iter().position(same).map(|at| *action = at)
            }
            Purpose::Wait { effect } => self.awaits(effect).then_some(()),
            Purpose::Pause => definition.handoff.pause.map(|_| ()),
            Purpose::Confirm { .. } | Purpose::Settle | Purpose::Removed { .. } => Some(()),
        };
        found.is_some()
    }

    /// Whether anything waits for the result of an effect.
    fn awaits(&self, effect: &str) -> bool {
        let listed = self.session.waiting.iter().any(|w| match &w.on {
            WaitingFor::Result { effect: waited, .. } => waited == effect,
            WaitingFor::Answer(question) => question.request.as_deref() == Some(effect),
        });
        let flows = self.session.flow.iter().chain(&self.session.suspended);
        let mut questions = flows.filter_map(|flow| flow.question.as_ref());
        listed
            || questions.any(|q| q.request.as_deref() == Some(effect))
            || self.session.matching.as_ref().is_some_and(|m| m.effect == effect)
    }
}

/// Whether a text is a number as fields hold it: `12`, `-0.5`.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, fraction].iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a value can be one of this field.
fn fits(value: &FieldValue, field: &Field) -> bool {
    match (field.kind, value) {
        (FieldKind::Phone, FieldValue::Text(text)) => text.starts_with('+'),
        (FieldKind::Email, FieldValue::Text(text)) => text.contains('@'),
        (FieldKind::Number, FieldValue::Text(text)) => is_decimal(text),
        (FieldKind::Choice, FieldValue::Text(id)) => field.options.iter().any(|option| option.id == *id),
        (FieldKind::Text | FieldKind::Name | FieldKind::Order, FieldValue::Text(_))
        | (FieldKind::YesNo, FieldValue::YesNo(_))
        | (FieldKind::Money, FieldValue::Money(_))
        | (FieldKind::Date, FieldValue::Date(_))
        | (FieldKind::Slot, FieldValue::Slot(_))
        | (FieldKind::Photo, FieldValue::Photo(_)) => true,
        _ => false,
    }
}
