//! Actions: lists run until they end, or until they wait for an answer or a result.

use super::effect::{AlertCode, EffectKind};
use super::lists::ListRef;
use super::names;
use super::run::Run;
use super::session::{Finished, Mode, Purpose, Question, Topic, WaitingFor, WaitingList};
use crate::bot::value::FieldValue;
use crate::definition::{Action, CancelWhat, FieldKind, FinishMode, RequestKind, Say, Text};
use crate::document::data;
use crate::extract::{answer, date, money};
use crate::limits;
use serde_json::{Map, Value as Json, json};

/// What becomes of a list after one of its actions.
#[derive(PartialEq, Eq)]
enum Next {
    GoOn,
    Wait,
}

impl Run<'_> {
    /// Runs a list from an action on. A list that waits is kept in the session.
    pub(super) fn run_list(&mut self, list: &ListRef, from: usize) {
        if from == 0 {
            self.stop_list(list);
        }
        let outermost = self.origin.is_none();
        self.origin.get_or_insert_with(|| list.clone());
        self.run_actions(list, from);
        if outermost {
            self.origin = None;
        }
    }

    fn run_actions(&mut self, list: &ListRef, from: usize) {
        self.acts_in = self.acts_in.or(self.earlier_dialog(list));
        let actions = list.actions(self.bot);
        for (at, action) in actions.iter().enumerate().skip(from) {
            let Some(left) = self.budget.checked_sub(1) else {
                return self.out_of_budget(list);
            };
            self.budget = left;
            if self.act(list, at, action) == Next::Wait {
                return;
            }
        }
        self.list_ended(list);
    }

    fn out_of_budget(&mut self, list: &ListRef) {
        self.goes_round(list, &format!("past {} actions in one step", limits::ACTIONS_PER_STEP));
    }

    /// The definition goes round in circles: one alert a step names where it began and where it stopped.
    pub(super) fn goes_round(&mut self, list: &ListRef, how: &str) {
        let alerted =
            self.effects.iter().any(|e| matches!(e.kind, EffectKind::Alert { code: AlertCode::Limit, .. }));
        if !alerted {
            let origin = self.origin.as_ref().unwrap_or(list);
            let text = format!("`{origin}` led {how}, stopped at `{list}`: it goes round in circles");
            self.alert(AlertCode::Limit, text);
        }
    }

    /// A list that begins anew waits no more for what its earlier run had asked.
    fn stop_list(&mut self, list: &ListRef) {
        self.drop_lists(|waiting| waiting == list);
    }

    fn list_ended(&mut self, list: &ListRef) {
        match list {
            ListRef::Then(flow) => self.then_ended(flow),
            ListRef::React(flow, _) => {
                self.reacted.insert(flow.clone());
                self.judge(flow);
            }
            _ => {}
        }
    }

    fn act(&mut self, list: &ListRef, at: usize, action: &Action) -> Next {
        match action {
            Action::Say(say) => self.say_action(list, say),
            Action::Ask(field) => return self.ask_action(list, at, field),
            Action::Lead(name) => return self.lead_action(list, at, name),
            Action::Status(status) if self.earlier_dialog(list).is_some() => {
                self.effect(EffectKind::SetStatus { status: status.clone() });
            }
            Action::Finish(_) if self.earlier_dialog(list).is_some() => {}
            Action::Status(status) => self.set_status(status),
            Action::Finish(mode) => self.finish(*mode),
            Action::Handoff { reason, priority } => self.hand_off(reason, *priority),
            Action::Notify { to, text } => {
                let text = text.as_ref().map_or_else(|| self.summary(), |t| self.team_text(t));
                self.effect(EffectKind::Notify { to: to.clone(), text });
            }
            Action::Set(values) => values.iter().for_each(|(field, text)| self.set_action(field, text)),
            Action::Tag(tag) => {
                self.effect(EffectKind::Tag { tag: tag.clone() });
            }
            Action::Start(flow) => self.start_flow(flow),
            Action::Request { what, params, wait } => {
                let params = self.params(list, *what, params.as_deref());
                // What the last one of its kind answered would be told as the answer to this one.
                self.session.data.remove(what.as_str());
                let effect = self.effect(EffectKind::Request { what: what.as_str(), params });
                self.set_timer(&format!("wait.{effect}"), wait.0, Purpose::Wait { effect: effect.clone() });
                let on = WaitingFor::Result { effect, what: what.as_str().to_string() };
                self.wait(list, at + 1, on);
                return Next::Wait;
            }
            Action::Remind(remind) => self.remind(list, at, remind),
            Action::Cancel(what) => self.cancel(list, *what),
        }
        Next::GoOn
    }

    /// The dialog before this one that a list belongs to: that of a flow which still reacts. Its status is told, that of
    /// this dialog stays, and what is over is not finished again.
    fn earlier_dialog(&self, list: &ListRef) -> Option<u32> {
        let reacting = self.session.reacting.iter().find(|f| Some(f.name.as_str()) == list.flow());
        reacting.map(|f| f.dialog).filter(|dialog| *dialog < self.session.dialog)
    }

    fn say_action(&mut self, list: &ListRef, say: &Say) {
        let text = self.text(&say.text);
        let buttons = self.buttons(&say.buttons);
        let offer = !buttons.is_empty() && self.voice.is_some() && has_quote(list.actions(self.bot));
        self.say(text, buttons, say.template.clone());
        if offer {
            self.offered();
        }
    }

    /// A text for the team, in its language.
    pub(super) fn team_text(&self, text: &Text) -> String {
        let languages = &self.definition().languages;
        self.filled(text.pick(languages.team(), &languages.main), languages.team())
    }

    /// Asks, unless this very step brought the answer.
    fn ask_action(&mut self, list: &ListRef, at: usize, field: &str) -> Next {
        let answered = self.brought.contains(field) && self.session.fields.contains_key(field);
        if answered || self.voice.is_none() {
            return Next::GoOn;
        }
        let question = Question { field: field.to_string(), failed: 0, slots: Vec::new(), request: None };
        let question = self.put(question, list.flow());
        self.wait(list, at + 1, WaitingFor::Answer(question));
        Next::Wait
    }

    /// Creates the lead, or asks for the first field that it still needs and comes back.
    fn lead_action(&mut self, list: &ListRef, at: usize, name: &str) -> Next {
        let Some(lead) = self.definition().lead(name) else { return Next::GoOn };
        // What was given for a flow's own purpose is no contact for a list outside of flows.
        let lent = |f: &String| list.flow().is_none() && self.session.lent.contains(f);
        let missing = lead.need.iter().find(|f| !self.session.fields.contains_key(*f) || lent(f));
        let Some(field) = missing else {
            self.send_lead(lead, list.flow());
            return Next::GoOn;
        };
        if self.voice.is_some() {
            let question = Question { field: field.clone(), failed: 0, slots: Vec::new(), request: None };
            let question = self.put(question, list.flow());
            self.wait(list, at, WaitingFor::Answer(question));
        }
        Next::Wait
    }

    /// Runs on a list that waited.
    pub(super) fn go_on(&mut self, waiting: &WaitingList) {
        self.run_list(&waiting.list, self.next_of(waiting));
    }

    /// Where a list that waits goes on.
    pub(super) fn next_of(&self, waiting: &WaitingList) -> usize {
        let actions = waiting.list.actions(self.bot);
        names::find_place(actions, &waiting.next).unwrap_or(actions.len())
    }

    pub(super) fn wait(&mut self, list: &ListRef, next: usize, on: WaitingFor) {
        if self.session.waiting.len() >= limits::WAITING_LISTS {
            self.session.waiting.remove(0);
        }
        let next = names::place(list.actions(self.bot), next);
        self.session.waiting.push(WaitingList { list: list.clone(), next, on, under: None });
    }

    fn set_action(&mut self, field: &str, text: &Text) {
        let text = self.text(text);
        let Some(known) = self.definition().field(field) else { return };
        let value = match known.kind {
            _ if text.is_empty() => None,
            FieldKind::YesNo => answer::yes_no(&text).or(text.parse().ok()).map(FieldValue::YesNo),
            FieldKind::Money => money::amounts(&text).first().map(|amount| self.money(amount)),
            FieldKind::Date => {
                let dates = date::dates_expected(&text, self.now, self.bot.zone());
                dates.into_iter().next().map(|d| FieldValue::Date(d.value))
            }
            FieldKind::Slot | FieldKind::Photo => None,
            _ => Some(FieldValue::Text(text)),
        };
        self.set_field(field, value);
    }

    /// Parameters of a request: the author's, else what the client said where that is to be translated, else the
    /// filled fields of the flow.
    fn params(&self, list: &ListRef, what: RequestKind, params: Option<&[(String, Text)]>) -> Json {
        if let Some(params) = params {
            let filled = params.iter().map(|(name, text)| (name.clone(), Json::String(self.text(text))));
            return Json::Object(filled.collect());
        }
        if what == RequestKind::Translation {
            let said = self.heard.as_ref().map(|h| h.text.trim()).filter(|text| !text.is_empty());
            let text = said.or(self.session.last_question.as_deref());
            return json!({"text": text, "from": self.session.language, "to": self.definition().languages.team()});
        }
        let flow = list.flow().and_then(|name| self.definition().flow(name));
        flow.map_or_else(|| Json::Object(Map::new()), |flow| self.field_params(&flow.collect))
    }

    pub(super) fn field_params(&self, names: &[String]) -> Json {
        let value = |name: &String| {
            let value = self.session.fields.get(name)?;
            Some((name.clone(), data::of(value)))
        };
        Json::Object(names.iter().filter_map(value).collect())
    }

    fn cancel(&mut self, list: &ListRef, what: CancelWhat) {
        let flow = list.flow().or_else(|| self.session.flow()).map(str::to_string);
        match (what, flow) {
            (CancelWhat::Flow, _) => self.drop_flows(),
            (_, None) => {}
            (CancelWhat::Reminders, Some(flow)) => self.cancel_reminders(&flow),
            (CancelWhat::Booking, Some(flow)) => {
                let what = RequestKind::CancelBooking;
                let params = self.params(list, what, None);
                self.effect(EffectKind::Request { what: what.as_str(), params });
                self.cancel_reminders(&flow);
                self.session.reacting.retain(|f| f.name != flow);
            }
        }
    }

    /// Ends the dialog. What its list still holds runs on, but has no voice.
    fn finish(&mut self, mode: FinishMode) {
        if self.session.mode == Mode::Finished {
            return;
        }
        let last = self.definition().is_final(&self.session.status) == Some(true);
        let outcome = if last { self.session.status.clone() } else { "closed_by_client".to_string() };
        let silent = mode == FinishMode::Silent;
        self.cancel_timers(|purpose| match purpose {
            Purpose::Confirm { .. } => false,
            Purpose::Reminder { .. } | Purpose::NoReply { .. } | Purpose::Settle => silent,
            _ => true,
        });
        self.session.flow = None;
        self.session.suspended.clear();
        self.session.waiting.clear();
        self.session.handoffs.clear();
        self.session.matching = None;
        if silent {
            self.session.reacting.clear();
            self.session.burst = None;
        }
        self.set_mode(Mode::Finished);
        self.session.finished = Some(Finished { reopen: !silent, outcome: outcome.clone(), at: self.now });
        self.effect(EffectKind::Finish { mode: mode.as_str(), outcome });
    }

    pub(super) fn set_topic(&mut self, topic: Topic) {
        self.session.topic = Some(topic);
    }
}

/// Whether a list makes an offer: its replies with buttons start the follow-ups.
fn has_quote(actions: &[Action]) -> bool {
    actions.iter().any(|a| matches!(a, Action::Request { what: RequestKind::Quote, .. }))
}
