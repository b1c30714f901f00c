//! Timers: data in the session, fired by `due` in (due, id) order.

use super::effect::{AlertCode, EffectKind};
use super::run::Run;
use super::session::{Mode, Purpose, Timer};
use crate::definition::Action;
use crate::limits;
use crate::time::Timestamp;

impl Run<'_> {
    /// Sets a timer `after` milliseconds from now; one of the same id is replaced.
    pub(super) fn set_timer(&mut self, id: &str, after: i64, purpose: Purpose) {
        self.set_timer_at(id, self.now.plus(after), purpose);
    }

    pub(super) fn set_timer_at(&mut self, id: &str, due: Timestamp, purpose: Purpose) {
        let word = purpose.word();
        let timer = Timer { id: id.to_string(), due, purpose };
        if self.session.timers.contains(&timer) {
            return;
        }
        self.session.timers.retain(|t| t.id != id);
        if self.session.timers.len() >= limits::TIMERS {
            let text = format!("more than {} timers; `{id}` is not set", limits::TIMERS);
            return self.alert(AlertCode::Limit, text);
        }
        self.session.timers.push(timer);
        self.effect(EffectKind::SetTimer { timer: id.to_string(), due, purpose: word });
    }

    /// Cancels every timer whose purpose is meant.
    pub(super) fn cancel_timers(&mut self, meant: impl Fn(&Purpose) -> bool) {
        let timers = std::mem::take(&mut self.session.timers);
        let (cancelled, kept): (Vec<_>, Vec<_>) = timers.into_iter().partition(|t| meant(&t.purpose));
        self.session.timers = kept;
        for timer in cancelled {
            self.effect(EffectKind::CancelTimer { timer: timer.id });
        }
    }

    /// Fires what is due, and what that arms up to now. False where nothing was.
    pub(super) fn fire_due(&mut self) -> bool {
        self.keep_latest_of_ladders();
        let mut fired = false;
        for _ in 0..limits::TIMERS_PER_DUE {
            let due = self.session.timers.iter().filter(|t| t.due <= self.now);
            let Some(id) = due.min_by(|a, b| (a.due, &a.id).cmp(&(b.due, &b.id))).map(|t| t.id.clone())
            else {
                break;
            };
            let Some(at) = self.session.timers.iter().position(|t| t.id == id) else { break };
            let timer = self.session.timers.remove(at);
            fired = true;
            self.fire(timer);
        }
        fired
    }

    fn fire(&mut self, timer: Timer) {
        if timer.purpose.is_outreach() && self.put_off(&timer) {
            return;
        }
        self.matched.why.push(format!("timer {}", timer.id));
        match timer.purpose {
            Purpose::Silence { entry } => self.silence_fires(entry),
            Purpose::NoReply { flow, reaction, reminder, .. } => {
                self.no_reply_fires(&flow, reaction, reminder);
            }
            Purpose::Reminder { list, action, event } => self.reminder_fires(&list, action, event),
            Purpose::Confirm { lead_key } => self.lead_unconfirmed(&lead_key),
            Purpose::Wait { effect } => self.wait_over(&effect),
            Purpose::Pause => {
                self.resume();
            }
            Purpose::Removed { flow } => self.removed(&flow),
            Purpose::Settle => {
                self.burst_ends();
            }
        }
    }

    /// After downtime a ladder yields its latest due step only: of one reminder and what follows where nobody
    /// answers it, the last; of the silence entries, the last.
    fn keep_latest_of_ladders(&mut self) {
        let now = self.now;
        let rung = |t: &Timer| {
            let ladder = match &t.purpose {
                Purpose::Reminder { list, action, event } => match list.actions(self.bot).get(*action) {
                    Some(Action::Remind(remind)) => Some((*event, remind.name.clone())),
                    _ => None,
                },
                Purpose::NoReply { reminder, event, .. } => Some((*event, reminder.clone())),
                Purpose::Silence { .. } => None,
                _ => return None,
            };
            Some(Rung { ladder, due: t.due, id: t.id.clone() })
        };
        let due: Vec<Rung> = self.session.timers.iter().filter(|t| t.due <= now).filter_map(rung).collect();
        let followed = |rung: &&Rung| due.iter().any(|later| later.ladder == rung.ladder && later > *rung);
        let passed: Vec<String> = due.iter().filter(followed).map(|rung| rung.id.clone()).collect();
        self.session.timers.retain(|t| !passed.contains(&t.id));
    }

    /// Whether the bot may write unasked now.
    pub(super) fn may_reach_out(&self) -> bool {
        self.session.mode == Mode::Active && !self.awaits_human()
    }
}

/// A timer that writes unasked: a rung of the ladder of a reminder, or of that of silence.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rung {
    /// The event and the name of its reminder; none for silence.
    ladder: Option<(Timestamp, String)>,
    due: Timestamp,
    id: String,
}
