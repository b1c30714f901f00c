//! Handoff: a human is called, comes, and gives the dialog back.

use super::effect::{EffectKind, HandoffEffect, HandoffTo};
use super::event::{ControlAction, Operator, OperatorAction};
use super::run::Run;
use super::session::{Mode, Purpose, WaitingFor, WaitingList};
use crate::definition::{DEFAULT_WAIT, FinishMode, HandoffTarget, LAST_QUESTION, Priority};
use crate::text::case::lowercase;

/// What an event outside the client's messages led to: nothing, for this reason.
pub(super) type Ignored = Option<&'static str>;

impl Run<'_> {
    /// Calls a human. A second call needs another reason; until the human joins, flows and outreach rest.
    pub(super) fn hand_off(&mut self, reason: &str, priority: Priority) {
        if self.session.handoffs.iter().any(|r| r == reason) || self.session.mode == Mode::Human {
            return;
        }
        self.reason = Some(reason.to_string());
        let summary = self.summary();
        let to = self.definition().handoff.to.iter().map(|target| self.handoff_to(target)).collect();
        self.effect(EffectKind::Handoff(HandoffEffect {
            reason: reason.to_string(),
            priority: priority.as_str(),
            summary,
            language: self.session.language.clone(),
            to,
            chat_url: self.session.contact.chat_url.clone(),
        }));
        self.session.status = "needs_manager".to_string();
        self.session.handoffs.push(reason.to_string());
        self.drop_flows();
        self.cancel_timers(|p| matches!(p, Purpose::Silence { .. } | Purpose::NoReply { .. }));
    }

    fn handoff_to(&self, target: &HandoffTarget) -> HandoffTo {
        HandoffTo {
            target: target.name.clone(),
            stage: target.stage.clone(),
            task: target.task.clone(),
            text: target.say.as_ref().map(|t| self.team_text(t)),
        }
    }

    /// What the team should know: fields in its language, the client's words as they were.
    pub(super) fn summary(&self) -> String {
        let language = self.definition().languages.team();
        let line = |name: &String| {
            let (label, value) = if name == LAST_QUESTION {
                let question = self.session.last_question.as_ref()?;
                (self.definition().sentence("last_question", language), format!("«{question}»"))
            } else {
                let value = self.session.fields.get(name)?;
                let field = self.definition().field(name);
                let shown = value.in_words(self.definition(), field, self.bot.zone(), language);
                (self.definition().label(name, language), shown)
            };
            Some(format!("{label}: {value}"))
        };
        let lines: Vec<String> = self.definition().handoff.summary.iter().filter_map(line).collect();
        lines.join("; ")
    }

    /// A human joined, wrote or left.
    pub(super) fn operator(&mut self, operator: &Operator) -> Ignored {
        if self.session.finish_mode() == Some(FinishMode::Silent) {
            return Some("finished");
        }
        let resumes = operator.action == OperatorAction::Message
            && operator.text.as_ref().is_some_and(|text| self.is_resume(text));
        if resumes {
            return self.resume();
        }
        if operator.action != OperatorAction::Left {
            self.yield_to_human();
        }
        self.count_operator_silence();
        None
    }

    /// Where the author wants it, the bot comes back by itself after the operator has been silent for so long.
    fn count_operator_silence(&mut self) {
        if let (Mode::Human, Some(pause)) = (self.session.mode, self.definition().handoff.pause) {
            self.set_timer("pause", pause.0, Purpose::Pause);
        }
    }

    fn is_resume(&self, text: &str) -> bool {
        let said = lowercase(text.trim());
        self.definition().handoff.resume.iter().any(|command| lowercase(command.trim()) == said)
    }

    /// The bot falls silent. Reminders of appointments stay, for the team.
    fn yield_to_human(&mut self) {
        if self.session.mode == Mode::Human {
            return;
        }
        self.set_mode(Mode::Human);
        self.session.matching = None;
        self.cancel_timers(|p| {
            matches!(p, Purpose::Silence { .. } | Purpose::NoReply { .. } | Purpose::Wait { .. })
        });
    }

    /// The host stops, resumes or restarts the bot.
    pub(super) fn control(&mut self, action: ControlAction) -> Ignored {
        match action {
            ControlAction::Restart => {
                self.restart();
                None
            }
            _ if self.session.mode == Mode::Finished => Some("finished"),
            ControlAction::Resume => self.resume(),
            ControlAction::Stop if self.session.mode == Mode::Human => Some("stopped_already"),
            ControlAction::Stop => {
                self.yield_to_human();
                self.count_operator_silence();
                None
            }
        }
    }

    /// The bot talks again. What was said meanwhile is not known: a gap.
    pub(super) fn resume(&mut self) -> Ignored {
        if self.session.mode != Mode::Human {
            return Some("not_stopped");
        }
        self.cancel_timers(|p| *p == Purpose::Pause);
        self.set_mode(Mode::Active);
        self.session.gap = true;
        self.session.ways_out = 0;
        self.session.handoffs.clear();
        if self.definition().handoff.continue_flow {
            self.wait_again();
        } else {
            self.drop_flows();
            self.session.waiting.clear();
        }
        self.set_status("in_work");
        self.go_on_if_answered();
        None
    }

    /// Where the human was told what the flow had asked, the flow goes on from there.
    fn go_on_if_answered(&mut self) {
        let asked = self.session.flow.as_ref().and_then(|f| f.question.as_ref());
        if asked.is_some_and(|q| self.session.fields.contains_key(&q.field))
            && self.session.waiting.is_empty()
        {
            self.advance();
        }
    }

    /// Lists that waited for the host wait on, each for its time anew.
    fn wait_again(&mut self) {
        let awaited = |w: &WaitingList| match &w.on {
            WaitingFor::Result { effect, .. } => Some(effect.clone()),
            WaitingFor::Answer(question) => question.request.clone(),
        };
        let question = self.session.flow.as_ref().and_then(|f| f.question.as_ref()?.request.clone());
        let effects: Vec<String> = self.session.waiting.iter().filter_map(awaited).chain(question).collect();
        for effect in effects {
            self.set_timer(
                &format!("wait.{effect}"),
                DEFAULT_WAIT.0,
                Purpose::Wait { effect: effect.clone() },
            );
        }
    }

    /// The next dialog, knowing nothing.
    fn restart(&mut self) {
        self.cancel_timers(|p| !matches!(p, Purpose::Confirm { .. }));
        self.session.reacting.clear();
        self.session.burst = None;
        self.begin_anew();
        self.session.fields.clear();
        self.session.lent.clear();
        self.session.data.clear();
        self.session.topic = None;
        self.session.last_question = None;
        self.session.gap = false;
    }

    /// The next dialog, and the client sees that it is another one.
    pub(super) fn begin_anew(&mut self) {
        self.session.disclosed = false;
        self.next_dialog();
    }

    /// The next dialog under the same key; fields stay known, a first mention counts as new.
    pub(super) fn next_dialog(&mut self) {
        self.session.dialog += 1;
        self.session.status = "in_work".to_string();
        self.session.mentioned.clear();
        self.session.handoffs.clear();
        self.session.ways_out = 0;
        self.session.buttons.clear();
        self.session.waiting.clear();
        self.session.matching = None;
        self.session.flow = None;
        self.session.suspended.clear();
        self.session.reacting.retain(|f| f.until.is_some());
        let reacts = |dialog: u32| self.session.reacting.iter().any(|f| f.dialog == dialog);
        // A lead that every target has is done with, unless a flow of its dialog may still change it; one that
        // somebody still owes an answer is not.
        self.session.leads.retain(|l| l.missing().next().is_some() || reacts(l.dialog));
        // What a lead was sent matters only where it may change.
        let settled = self.session.leads.iter_mut().filter(|l| !reacts(l.dialog));
        settled.for_each(|lead| lead.sent.clear());
        self.session.outreach_count = 0;
        self.set_mode(Mode::Active);
    }

    /// A dialog that finished to be reopened goes on as it was: one of its reminders or their buttons spoke.
    pub(super) fn wake(&mut self) {
        if self.session.finish_mode() == Some(FinishMode::Reopen) {
            self.set_mode(Mode::Active);
        }
    }
}
