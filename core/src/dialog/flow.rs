//! Flows: questions put, answers taken, goals judged.

use super::effect::EffectKind;
use super::lists::ListRef;
use super::run::Run;
use super::session::{ActiveFlow, Purpose, Question, ReactingFlow, Topic, WaitingFor, WaitingList};
use super::voice::ReplyButton;
use crate::bot::value::FieldValue;
use crate::definition::{DEFAULT_WAIT, Duration, Field, FieldKind, Flow, RequestKind, Text};
use crate::limits;
use crate::time::Timestamp;
use std::collections::BTreeSet;

/// How long a flow reacts after the visit it led to.
const REACTS_AFTER_VISIT: i64 = 7 * Duration::DAY.0;
/// Failed answers after which a question outside a flow is given up.
const GIVE_UP_AFTER: u32 = 2;

impl<'a> Run<'a> {
    /// Starts a flow; one that is active is suspended and returns when this one is done.
    pub(super) fn start_flow(&mut self, name: &str) {
        let Some(flow) = self.definition().flow(name) else { return };
        if self.awaits_human() {
            return;
        }
        self.starts += 1;
        if let Some(active) = self.session.flow.take().filter(|f| f.name != name) {
            self.session.suspended.push(active);
        }
        self.session.suspended.retain(|f| f.name != name);
        self.session.reacting.retain(|f| f.name != name);
        self.drop_lists(|list| list.flow() == Some(name));
        self.cover_lists(name);
        self.cancel_reminders(name);
        for field in &flow.collect {
            let kind = self.definition().field(field).map(|f| f.kind);
            if matches!(kind, Some(FieldKind::Slot | FieldKind::Date)) && !self.brought.contains(field) {
                self.set_field(field, None);
            }
        }
        self.set_topic(Topic::Flow(name.to_string()));
        self.matched.flow = Some(name.to_string());
        let skipped = BTreeSet::new();
        self.session.flow =
            Some(ActiveFlow { name: name.to_string(), question: None, skipped, then_ran: false });
        self.advance();
    }

    /// Lists that wait rest until a flow that starts is over.
    fn cover_lists(&mut self, flow: &str) {
        let mut waiting = std::mem::take(&mut self.session.waiting);
        for list in &mut waiting {
            if !self.session.is_covered(list) {
                list.under = Some(flow.to_string());
            }
        }
        self.session.waiting = waiting;
    }

    /// Asks for the first field that is missing; runs `then` when none is.
    pub(super) fn advance(&mut self) {
        let Some(active) = &self.session.flow else { return };
        let Some(flow) = self.definition().flow(&active.name) else { return };
        let missing = flow
            .collect
            .iter()
            .find(|f| !self.session.fields.contains_key(*f) && !active.skipped.contains(*f));
        let Some(field) = missing else { return self.complete(flow) };
        let open = active.question.clone().filter(|q| q.field == *field && q.request.is_none());
        let fresh = Question { field: field.clone(), failed: 0, slots: Vec::new(), request: None };
        let question = self.put(open.unwrap_or(fresh), Some(&flow.name));
        if let Some(active) = &mut self.session.flow {
            active.question = Some(question);
        }
    }

    fn complete(&mut self, flow: &'a Flow) {
        // A `then` that waits, for the host or for an answer, has been run: only a correction runs it anew.
        let runs = !self.waits_for(&flow.name) || self.collected_changed(flow);
        let Some(active) = &mut self.session.flow else { return };
        active.question = None;
        if active.then_ran || !runs {
            return;
        }
        if !self.run_then(&flow.name) {
            self.goes_round(&ListRef::Then(flow.name.clone()), "back to itself in one step");
            self.drop_flows();
        }
    }

    /// Whether a list of the flow waits.
    fn waits_for(&self, flow: &str) -> bool {
        self.session.waiting.iter().any(|w| w.list.flow() == Some(flow))
    }

    /// `then` of a flow has run to its end; another flow may have interrupted it meanwhile.
    pub(super) fn then_ended(&mut self, name: &str) {
        let open = self.session.flow.iter_mut().chain(&mut self.session.suspended);
        open.filter(|f| f.name == name).for_each(|f| f.then_ran = true);
        let until = self.definition().flow(name).and_then(|flow| self.reacts_until(flow));
        self.session.reacting.iter_mut().filter(|f| f.name == name).for_each(|f| f.until = until);
        self.judge(name);
    }

    /// Runs `then`, once a step. False where it had run.
    fn run_then(&mut self, flow: &str) -> bool {
        let first = self.then_ran.insert(flow.to_string());
        if first {
            self.run_list(&ListRef::Then(flow.to_string()), 0);
        }
        first
    }

    /// Runs `then` again for a flow that had run it and whose fields this step changed.
    pub(super) fn rerun_changed(&mut self) {
        let active = self.session.flow.iter().filter(|f| f.then_ran).map(|f| f.name.clone());
        // What an earlier dialog led to is changed by its own reactions only, not by what is said since.
        let ours = |f: &&ReactingFlow| f.dialog == self.session.dialog || self.reacted.contains(&f.name);
        let reacting = self.session.reacting.iter().filter(ours).map(|f| f.name.clone());
        for name in active.chain(reacting).collect::<Vec<_>>() {
            let Some(flow) = self.definition().flow(&name) else { continue };
            if self.collected_changed(flow) && !self.waits_for(&name) {
                self.run_then(&name);
            }
        }
    }

    /// Whether this step brought a new value of a field that the flow collects.
    fn collected_changed(&self, flow: &Flow) -> bool {
        flow.collect.iter().any(|f| matches!(self.changed.get(f), Some(Some(_))))
    }

    /// Whether the goal of a flow is reached, be it the active one or one that another interrupted.
    pub(super) fn judge(&mut self, name: &str) {
        let mut open = self.session.flow.iter().chain(&self.session.suspended);
        let Some(open) = open.find(|f| f.name == name) else { return };
        let Some(flow) = self.definition().flow(name) else { return };
        if !open.then_ran || self.waits_for(name) || !self.holds(&flow.done) {
            return;
        }
        self.session.flow.take_if(|f| f.name == name);
        self.session.suspended.retain(|f| f.name != name);
        if !flow.react.is_empty() {
            let until = self.reacts_until(flow);
            let dialog = self.session.dialog;
            self.session.reacting.push(ReactingFlow { name: name.to_string(), dialog, until });
        }
        match &self.session.flow {
            Some(active) => {
                let under = Some(active.name.clone());
                let rest = self.session.waiting.iter_mut().filter(|w| w.under.as_deref() == Some(name));
                rest.for_each(|list| list.under.clone_from(&under));
            }
            None => {
                self.session.flow = self.session.suspended.pop();
                self.goes_back_from(name);
            }
        }
    }

    /// The flow that was started last is over: the question that stood before it returns.
    fn goes_back_from(&mut self, over: &str) {
        let asking = self.session.asking_list().and_then(|at| self.session.waiting.get(at));
        let list = asking.filter(|list| list.under.as_deref() == Some(over));
        match list.and_then(WaitingList::asked_field).map(str::to_string) {
            Some(field) if self.brought.contains(&field) => _ = self.answered(&field),
            Some(_) => self.ask_again(),
            None => self.advance(),
        }
    }

    /// A flow with a visit, its latest filled slot or date, reacts for some days after it.
    fn reacts_until(&self, flow: &Flow) -> Option<Timestamp> {
        let visit = flow.collect.iter().filter_map(|f| self.instant_of(f)).max();
        visit.map(|at| at.plus(REACTS_AFTER_VISIT))
    }

    /// The instant of a slot or date field.
    pub(super) fn instant_of(&self, field: &str) -> Option<Timestamp> {
        match self.session.fields.get(field)? {
            FieldValue::Slot(slot) => Timestamp::parse(&slot.start),
            FieldValue::Date(date) => Some(self.bot.zone().instant(date.start())),
            _ => None,
        }
    }

    /// Drops the active flow, those it interrupted, and their lists.
    pub(super) fn drop_flows(&mut self) {
        self.session.flow = None;
        self.session.suspended.clear();
        self.drop_lists(|list| list.flow().is_some());
    }

    /// Drops lists that wait, with the timers of what they wait for.
    pub(super) fn drop_lists(&mut self, meant: impl Fn(&ListRef) -> bool) {
        let waiting = std::mem::take(&mut self.session.waiting);
        let (dropped, kept): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|w| meant(&w.list));
        self.session.waiting = kept;
        for list in dropped {
            if let WaitingFor::Result { effect, .. } = list.on {
                self.cancel_timers(|p| *p == Purpose::Wait { effect: effect.clone() });
            }
        }
    }

    /// Puts a question: slots are requested first, everything else is asked at once.
    pub(super) fn put(&mut self, mut question: Question, flow: Option<&str>) -> Question {
        let Some(field) = self.definition().field(&question.field) else { return question };
        if field.kind == FieldKind::Slot && question.slots.is_empty() {
            let effect = self.request_slots(field, flow);
            question.request = Some(effect);
            return question;
        }
        self.ask(field, &question);
        question
    }

    /// Asks the host for slots, telling what the flow knows already.
    fn request_slots(&mut self, field: &Field, flow: Option<&str>) -> String {
        let flow = flow.and_then(|name| self.definition().flow(name));
        let names = flow.map(|f| f.collect.as_slice()).unwrap_or_default();
        let mut params = self.field_params(names);
        if let (Some(params), Some(from)) = (params.as_object_mut(), &field.from) {
            params.insert("from".into(), from.clone().into());
        }
        let effect = self.effect(EffectKind::Request { what: RequestKind::Slots.as_str(), params });
        self.set_timer(&format!("wait.{effect}"), DEFAULT_WAIT.0, Purpose::Wait { effect: effect.clone() });
        effect
    }

    /// Asks: in the next words after every failed answer.
    pub(super) fn ask(&mut self, field: &'a Field, question: &Question) {
        let failed = usize::try_from(question.failed).unwrap_or(usize::MAX);
        let nth = |texts: &'a [Text], n: usize| texts.get(n.min(texts.len().saturating_sub(1)));
        let text = match failed.checked_sub(1) {
            None => self.together(&field.name).or_else(|| nth(&field.ask, failed)),
            Some(retry) if !field.retry.is_empty() => nth(&field.retry, retry),
            _ => nth(&field.ask, failed),
        };
        let text = text.map_or_else(
            || {
                self.definition()
                    .sentence(&format!("ask_{}", field.kind.as_str()), self.session.language.as_str())
                    .to_string()
            },
            |text| self.text(text),
        );
        let buttons = match field.kind {
            FieldKind::Choice => self.buttons(&field.options),
            FieldKind::Slot => question.slots.iter().map(|slot| self.slot_button(slot)).collect(),
            _ => Vec::new(),
        };
        self.say(text, buttons, None);
    }

    /// The question that asks for this field and others of the active flow at once, while none of them is known.
    fn together(&self, field: &str) -> Option<&'a Text> {
        let flow = self.session.flow().and_then(|name| self.definition().flow(name))?;
        let group = flow.together.iter().find(|group| group.fields.iter().any(|f| f == field))?;
        let known = group.fields.iter().any(|f| self.session.fields.contains_key(f));
        (!known).then_some(&group.ask)
    }

    fn slot_button(&self, slot: &crate::bot::value::Slot) -> ReplyButton {
        let value = FieldValue::Slot(slot.clone());
        let field = None;
        ReplyButton {
            id: slot.id.clone(),
            title: value.in_words(self.definition(), field, self.bot.zone(), &self.session.language),
        }
    }

    /// Puts the open question once more, after an answer of the FAQ.
    pub(super) fn ask_again(&mut self) {
        let Some(question) = self.session.question().cloned() else {
            self.asks_on();
            return;
        };
        if question.request.is_none()
            && let Some(field) = self.definition().field(&question.field)
        {
            self.ask(field, &question);
        }
    }

    /// The answer to the open question failed: the question in its next words, or the safe way out.
    pub(super) fn answer_failed(&mut self) {
        let Some(mut question) = self.session.question().cloned() else { return };
        let list = self.questioning_list();
        let flow = list.as_ref().and_then(ListRef::flow).or_else(|| self.session.flow());
        let repeat = flow.and_then(|f| self.definition().flow(f)).map_or(GIVE_UP_AFTER, |f| f.unsure.repeat);
        question.failed += 1;
        let failed = question.failed;
        self.matched.why.push(format!("no answer to {}", question.field));
        self.replace_question(question);
        if failed >= repeat { self.unsure(list) } else { self.ask_again() }
    }

    /// The list whose question is open; none for a question of the flow itself.
    fn questioning_list(&self) -> Option<ListRef> {
        let asking = self.session.asking_list().and_then(|at| self.session.waiting.get(at));
        asking.map(|w| w.list.clone())
    }

    fn replace_question(&mut self, question: Question) {
        let asking = self.session.asking_list().and_then(|at| self.session.waiting.get_mut(at));
        if let Some(list) = asking {
            list.on = WaitingFor::Answer(question);
        } else if let Some(flow) = &mut self.session.flow {
            flow.question = Some(question);
        }
    }

    /// The safe way out of a list that cannot go on, or of the active flow: its `unsure`, else `faq.unknown`.
    pub(super) fn unsure(&mut self, list: Option<ListRef>) {
        let flow = list.as_ref().map_or_else(|| self.session.flow(), ListRef::flow).map(str::to_string);
        if let Some(list) = &list {
            self.session.waiting.retain(|w| w.list != *list);
        }
        match (flow, list) {
            // Nothing leads further than the way out itself.
            (_, Some(ListRef::Unsure(_) | ListRef::Unknown)) => {}
            (Some(flow), _) => {
                let unsure = ListRef::Unsure(flow.clone());
                if self.session.ways_out >= limits::WAYS_OUT {
                    return self.no_way_out(&unsure);
                }
                self.session.ways_out += 1;
                let starts = self.starts;
                self.run_list(&unsure, 0);
                let again = self.starts > starts && self.session.flow() == Some(flow.as_str());
                let goes_on = again || self.session.waiting.iter().any(|w| w.list == unsure);
                if !goes_on && self.session.flow() == Some(flow.as_str()) {
                    self.drop_flows();
                } else if !goes_on {
                    self.session.suspended.retain(|f| f.name != flow);
                }
            }
            // A human is on the way: a further miss says nothing.
            (None, _) if self.awaits_human() => {}
            (None, _) => self.run_list(&ListRef::Unknown, 0),
        }
    }

    /// Ways out that lead back into flows, with no answer between: they would for ever.
    fn no_way_out(&mut self, list: &ListRef) {
        self.goes_round(list, &format!("back {} times without an answer", limits::WAYS_OUT));
        self.drop_flows();
        self.session.ways_out = 0;
    }

    /// A newer definition no longer has the question that the flow stood at, and the author wants the safe way out.
    pub(super) fn removed(&mut self, flow: &str) {
        if self.voice.is_some() && self.session.flow() == Some(flow) {
            self.unsure(None);
        }
    }

    /// A flow whose question a newer definition no longer has asks on for what is missing. False where none does.
    pub(super) fn asks_on(&mut self) -> bool {
        let Some(active) = &self.session.flow else { return false };
        let stands = active.question.is_none() && !active.then_ran && !self.waits_for(&active.name);
        if stands {
            self.advance();
        }
        stands
    }

    /// Goes on with the list whose question was answered, else with the flow. True where one went on.
    pub(super) fn answered(&mut self, field: &str) -> bool {
        self.session.ways_out = 0;
        if self.matched.why.is_empty() {
            self.matched.why.push(format!("answers {field}"));
        }
        if let Some(at) = self.list_answered(field) {
            let waiting = self.session.waiting.remove(at);
            self.matched.flow = waiting.list.flow().map(str::to_string).or(self.matched.flow.take());
            self.go_on(&waiting);
            return true;
        }
        let Some(active) = &mut self.session.flow else { return false };
        if active.question.as_ref().is_none_or(|q| q.field != field) {
            return false;
        }
        active.question = None;
        self.matched.flow = Some(active.name.clone());
        self.advance();
        true
    }

    /// The list whose question for this field was answered: the latest, one that rests only where the active flow has
    /// not asked the same.
    fn list_answered(&self, field: &str) -> Option<usize> {
        let latest = |covered: bool| {
            self.session.waiting.iter().rposition(|w| w.asks(field) && self.session.is_covered(w) == covered)
        };
        let question = self.session.flow.as_ref().and_then(|f| f.question.as_ref());
        let of_flow = question.is_some_and(|q| q.field == field);
        latest(false).or_else(|| latest(true).filter(|_| !of_flow))
    }

    /// Skips the open question where its field is optional.
    pub(super) fn skip_optional(&mut self) -> bool {
        let Some(question) = self.session.question().cloned() else { return false };
        let optional = self.definition().field(&question.field).is_some_and(|f| f.optional);
        let skips = self.heard.as_ref().is_some_and(|h| crate::extract::answer::skip(h.text));
        if !optional || !skips {
            return false;
        }
        if let Some(active) = &mut self.session.flow {
            active.skipped.insert(question.field.clone());
        }
        self.answered(&question.field)
    }

    /// Open flows whose reactions live: the active one, those it interrupted, those done; the latest first.
    pub(super) fn open_flows(&self) -> Vec<&'a str> {
        let alive = |f: &&ReactingFlow| f.until.is_none_or(|until| self.now < until);
        let reacting = self.session.reacting.iter().filter(alive).rev().map(|f| &f.name);
        let suspended = self.session.suspended.iter().rev().map(|f| &f.name);
        let names = self.session.flow.iter().map(|f| &f.name).chain(suspended).chain(reacting);
        names.filter_map(|name| self.definition().flow(name)).map(|f| f.name.as_str()).collect()
    }

    /// Runs the first reaction of an open flow that holds and that `suits`.
    pub(super) fn react(&mut self, suits: impl Fn(&crate::definition::Condition) -> bool) -> bool {
        for name in self.open_flows() {
            let Some(flow) = self.definition().flow(name) else { continue };
            let found = flow.react.iter().position(|r| suits(&r.condition) && self.holds(&r.condition));
            let Some(at) = found else { continue };
            if let Some(reaction) = flow.react.get(at) {
                self.matched_by(&reaction.condition);
            }
            self.matched.flow = Some(name.to_string());
            self.run_list(&ListRef::React(name.to_string(), at), 0);
            return true;
        }
        false
    }
}
