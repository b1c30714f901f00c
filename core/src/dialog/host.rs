//! What the host tells: results of effects, and facts.

use super::condition::names_told;
use super::effect::AlertCode;
use super::event::EffectResult;
use super::handoff::Ignored;
use super::message::STARTED;
use super::run::{Run, Told};
use super::session::{Asked, Mode, Purpose, Question, WaitingFor, WaitingList};
use crate::bot::value::Slot;
use crate::definition::{Condition, DataSource, FieldKind, FinishMode};
use crate::limits;
use serde_json::Value as Json;

impl<'a> Run<'a> {
    /// A result meets the lead or the list that it answers, then reactions and rules that name it.
    pub(super) fn result(&mut self, result: &'a EffectResult) -> Ignored {
        if self.lead_result(result) {
            return None;
        }
        let chosen =
            result.data.as_ref().filter(|_| result.ok).and_then(|d| d.get("id")).and_then(Json::as_str);
        if self.host_chose(&result.effect, chosen) {
            return None;
        }
        if self.session.mode == Mode::Human && self.is_awaited(&result.effect) {
            return Some("human");
        }
        if let Some(question) = self.question_of(&result.effect) {
            self.stop_waiting(&result.effect);
            self.slots_came(question, result);
            return None;
        }
        let waits =
            |w: &WaitingList| matches!(&w.on, WaitingFor::Result { effect, .. } if *effect == result.effect);
        if let Some(at) = self.session.waiting.iter().position(waits) {
            self.stop_waiting(&result.effect);
            let list = self.session.waiting.remove(at);
            self.request_answered(list, result);
            self.tell();
            return None;
        }
        if let Some(at) = self.session.asked.iter().position(|a| a.effect == result.effect) {
            let asked = self.session.asked.remove(at);
            self.late_result(&asked.what, result);
            return None;
        }
        let ours = result.effect.split_once('.').and_then(|(rev, _)| rev.parse().ok());
        if ours.is_none_or(|rev: u64| rev == 0 || rev > self.session.rev) {
            return Some("effect_unknown");
        }
        if !result.ok {
            let error = result.error.as_deref().unwrap_or("no reason given");
            self.alert(AlertCode::RequestFailed, format!("effect {} failed: {error}", result.effect));
            return None;
        }
        Some("nobody_waits")
    }

    fn stop_waiting(&mut self, effect: &str) {
        self.cancel_timers(|p| matches!(p, Purpose::Wait { effect: waited } if waited == effect));
    }

    /// Whether a question or a list waits for this effect.
    fn is_awaited(&self, effect: &str) -> bool {
        let waits =
            |w: &WaitingList| matches!(&w.on, WaitingFor::Result { effect: waited, .. } if waited == effect);
        self.question_of(effect).is_some() || self.session.waiting.iter().any(waits)
    }

    /// The question that waits for the slots of this request.
    fn question_of(&self, effect: &str) -> Option<Question> {
        let asked = self.session.waiting.iter().filter_map(|w| match &w.on {
            WaitingFor::Answer(question) => Some(question),
            WaitingFor::Result { .. } => None,
        });
        let flow = self.session.flow.iter().filter_map(|f| f.question.as_ref());
        asked.chain(flow).find(|q| q.request.as_deref() == Some(effect)).cloned()
    }

    fn slots_came(&mut self, question: Question, result: &EffectResult) {
        let slots = if result.ok { slots(result.data.as_ref()) } else { Vec::new() };
        // A list that another flow interrupted asks when that flow is done.
        let rests = self.session.question() != Some(&question);
        let asking =
            |w: &&mut WaitingList| matches!(&w.on, WaitingFor::Answer(q) if q.request == question.request);
        let list = self.session.waiting.iter_mut().find(asking);
        if slots.is_empty() || self.voice.is_none() {
            let list = list.map(|w| w.list.clone());
            return self.unsure(list);
        }
        let filled = Question { slots, request: None, ..question };
        match list {
            Some(waiting) => waiting.on = WaitingFor::Answer(filled),
            None => {
                if let Some(active) = &mut self.session.flow {
                    active.question = Some(filled);
                }
            }
        }
        if !rests {
            self.ask_again();
        }
    }

    fn request_answered(&mut self, waiting: WaitingList, result: &'a EffectResult) {
        let WaitingFor::Result { what, .. } = &waiting.on else { return };
        self.remember(what, result.data.as_ref());
        self.told = Some(Told { source: DataSource::Result, name: what.clone(), data: result.data.as_ref() });
        self.matched.flow = waiting.list.flow().map(str::to_string);
        let says = |key: &str| result.data.as_ref().and_then(|d| d.get(key)).and_then(Json::as_bool);
        if says("taken") == Some(true) {
            return self.slot_taken(waiting);
        }
        if !result.ok || says("approved") == Some(false) {
            return self.unsure(Some(waiting.list));
        }
        self.go_on(&waiting);
    }

    /// A result that came after its list had given up still counts: its data are known, and what names it acts.
    fn late_result(&mut self, what: &str, result: &'a EffectResult) {
        self.remember(what, result.data.as_ref());
        self.told =
            Some(Told { source: DataSource::Result, name: what.to_string(), data: result.data.as_ref() });
        self.matched.why.push("late result".to_string());
        self.tell();
    }

    /// Reactions of open flows, else rules, else flow starts that name the fact or result of this step.
    fn tell(&mut self) -> bool {
        if self.session.mode != Mode::Active {
            return false;
        }
        let named: Vec<&Condition> = self.reactions().filter(|c| names_told(c, self)).collect();
        self.react(|c| named.iter().any(|n| std::ptr::eq(*n, c))) || self.told_rules() || self.told_start()
    }

    /// The conditions of all reactions of open flows.
    fn reactions(&self) -> impl Iterator<Item = &'a Condition> + use<'a> {
        let definition = self.definition();
        let flows = self.open_flows().into_iter().filter_map(move |name| definition.flow(name));
        flows.flat_map(|f| f.react.iter().map(|r| &r.condition))
    }

    /// Somebody else was faster: slots are offered again, and the list books once more.
    fn slot_taken(&mut self, waiting: WaitingList) {
        let flow = waiting.list.flow().and_then(|name| self.definition().flow(name));
        let is_slot = |f: &&String| self.definition().field(f).is_some_and(|f| f.kind == FieldKind::Slot);
        let Some(field) = flow.and_then(|f| f.collect.iter().find(is_slot)) else {
            return self.unsure(Some(waiting.list));
        };
        self.set_field(field, None);
        let question = Question { field: field.clone(), failed: 0, slots: Vec::new(), request: None };
        let question = self.put(question, waiting.list.flow());
        self.wait(&waiting.list, self.next_of(&waiting).saturating_sub(1), WaitingFor::Answer(question));
    }

    /// A fact meets reactions of open flows, then rules and flow starts that name it. `started` with the entry point
    /// that led the client to the chat opens the next dialog where one is over.
    pub(super) fn fact(&mut self, name: &str, data: Option<&'a Json>) -> Ignored {
        let entry = data.and_then(|d| d.get("entry")).and_then(Json::as_str);
        self.remember(name, data);
        self.told = Some(Told { source: DataSource::Fact, name: name.to_string(), data });
        if self.session.mode == Mode::Human {
            return Some("human");
        }
        if self.session.mode == Mode::Finished && !self.wakes() {
            if name != STARTED || entry.is_none() {
                return Some("finished");
            }
            self.begin_anew();
        }
        if name == STARTED {
            self.entered_by(entry);
        }
        if self.tell() || (name == STARTED && self.greet()) {
            return None;
        }
        Some("nothing_names_it")
    }

    /// Whether a dialog finished to be reopened goes on for this fact, because a reaction of it waits.
    fn wakes(&mut self) -> bool {
        if self.session.finish_mode() != Some(FinishMode::Reopen) {
            return false;
        }
        let reacts = self.open_flows().into_iter().filter_map(|name| self.definition().flow(name));
        let holds =
            reacts.flat_map(|f| &f.react).any(|r| names_told(&r.condition, self) && self.holds(&r.condition));
        if holds {
            self.wake();
        }
        holds
    }

    fn told_rules(&mut self) -> bool {
        for rule in &self.definition().rules {
            if names_told(&rule.condition, self) && self.rule_holds(&rule.condition) && self.run_rule(rule) {
                return true;
            }
        }
        false
    }

    fn told_start(&mut self) -> bool {
        let starts = |f: &&crate::definition::Flow| {
            f.start.as_ref().is_some_and(|c| names_told(c, self) && self.holds(c))
        };
        let Some(flow) = self.definition().flows.iter().find(starts) else { return false };
        self.start_flow(&flow.name);
        true
    }

    /// A request has had no answer in time.
    pub(super) fn wait_over(&mut self, effect: &str) {
        if self.host_chose(effect, None) {
            return;
        }
        if let Some(question) = self.question_of(effect) {
            let list = self.session.waiting.iter().find_map(|w| match &w.on {
                WaitingFor::Answer(q) if q.request == question.request => Some(w.list.clone()),
                _ => None,
            });
            return self.unsure(list);
        }
        let waits =
            |w: &WaitingList| matches!(&w.on, WaitingFor::Result { effect: waited, .. } if waited == effect);
        if let Some(at) = self.session.waiting.iter().position(waits) {
            let waiting = self.session.waiting.remove(at);
            if let WaitingFor::Result { effect, what } = waiting.on {
                self.session.asked.push(Asked { effect, what });
                let over = self.session.asked.len().saturating_sub(limits::LATE_REQUESTS);
                self.session.asked.drain(..over);
            }
            self.unsure(Some(waiting.list));
        }
    }
}

/// The slots of a result that can be read; ill-formed ones are left out.
fn slots(data: Option<&Json>) -> Vec<Slot> {
    let list = data.and_then(|d| d.get("slots")).and_then(Json::as_array);
    let slot = |item: &Json| {
        let fits = |text: &&str| text.len() <= limits::LABEL_BYTES;
        let text = |key: &str| item.get(key).and_then(Json::as_str).filter(fits).map(str::to_string);
        let start = crate::time::Timestamp::parse(&text("start")?)?;
        Some(Slot { id: text("id")?, start: start.to_string(), label: text("label") })
    };
    list.into_iter().flatten().filter_map(slot).take(limits::SLOTS).collect()
}
