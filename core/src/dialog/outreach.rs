//! What the bot says unasked: reminders, follow-ups, comebacks; quiet hours and gaps between them.

use super::effect::EffectKind;
use super::lists::ListRef;
use super::names;
use super::run::Run;
use super::session::{Mode, Purpose, Timer};
use crate::definition::{Action, Anchor, Condition, Duration, QuietHours, Remind};
use crate::extract::date::plus_days;
use crate::time::Timestamp;
use jiff::civil::{DateTime, Time};

impl<'a> Run<'a> {
    /// After a message of the client's: every silence entry counts from now again.
    pub(super) fn arm_silence(&mut self) {
        if !self.may_reach_out() {
            return;
        }
        for (at, entry) in self.definition().silence.iter().enumerate() {
            if matches!(entry.since, Anchor::LastMessage | Anchor::Client) {
                self.set_silence(at, entry.after);
            }
        }
    }

    fn set_silence(&mut self, at: usize, after: Duration) {
        let name = names::silence(self.definition(), at);
        self.set_timer(&name, after.0, Purpose::Silence { entry: at });
    }

    /// A reply to something else than a message moves the entries that count from the last message of either
    /// side, as long as they have not fired.
    pub(super) fn rearm_after_reply(&mut self) {
        let armed: Vec<usize> = self
            .session
            .timers
            .iter()
            .filter_map(|t| if let Purpose::Silence { entry } = t.purpose { Some(entry) } else { None })
            .collect();
        for at in armed {
            let Some(entry) = self.definition().silence.get(at) else { continue };
            if entry.since == Anchor::LastMessage {
                self.set_silence(at, entry.after);
            }
        }
    }

    /// An offer was made: its follow-ups are armed, and while they are, other entries rest.
    pub(super) fn offered(&mut self) {
        let definition = self.definition();
        let offers = |at: usize| definition.silence.get(at).is_some_and(|s| s.since == Anchor::Offer);
        if !definition.silence.iter().any(|s| s.since == Anchor::Offer) {
            return;
        }
        self.cancel_timers(|p| matches!(p, Purpose::Silence { entry } if !offers(*entry)));
        for (at, entry) in definition.silence.iter().enumerate().filter(|(at, _)| offers(*at)) {
            self.set_silence(at, entry.after);
        }
    }

    /// A message of the client's ends follow-ups and «no reply».
    pub(super) fn client_wrote(&mut self) {
        self.session.last_client = Some(self.now);
        let definition = self.definition();
        let ends = |at: usize| {
            definition.silence.get(at).is_none_or(|s| matches!(s.since, Anchor::Offer | Anchor::NoReply(_)))
        };
        self.cancel_timers(|p| match p {
            Purpose::NoReply { .. } => true,
            Purpose::Silence { entry } => ends(*entry),
            _ => false,
        });
    }

    pub(super) fn silence_fires(&mut self, at: usize) {
        let Some(entry) = self.definition().silence.get(at) else { return };
        if !self.may_reach_out() || entry.condition.as_ref().is_some_and(|c| !self.holds(c)) {
            return;
        }
        if let Anchor::NoReply(reminder) = &entry.since {
            self.unanswered = Some(reminder.clone());
        }
        self.template.clone_from(&entry.template);
        self.reach_out(&ListRef::Silence(at));
    }

    pub(super) fn no_reply_fires(&mut self, name: &str, at: usize, reminder: String) {
        let Some(reaction) = self.definition().flow(name).and_then(|f| f.react.get(at)) else { return };
        self.unanswered = Some(reminder);
        if self.holds(&reaction.condition) {
            self.wake();
            if self.may_reach_out() {
                self.reach_out(&ListRef::React(name.to_string(), at));
            }
        }
        self.unanswered = None;
    }

    fn reach_out(&mut self, list: &ListRef) {
        let before = self.effects.len();
        self.outreach = true;
        self.run_list(list, 0);
        self.outreach = false;
        self.template = None;
        self.count_outreach(before);
    }

    fn count_outreach(&mut self, before: usize) {
        if self.effects.iter().skip(before).any(|e| e.kind.is_reply()) {
            self.session.last_outreach = Some(self.now);
            self.session.outreach_count += 1;
        }
    }

    /// Arms reminders before a date or slot; those whose time has passed are skipped.
    pub(super) fn remind(&mut self, list: &ListRef, at: usize, remind: &Remind) {
        let ours = |p: &Purpose| matches!(p, Purpose::Reminder { list: l, action, .. } if l == list && *action == at);
        self.cancel_timers(ours);
        let Some(event) = self.instant_of(&remind.before) else { return };
        let has_time = self.has_time(&remind.before);
        for before in &remind.at {
            if before.0 < Duration::DAY.0 && !has_time {
                continue;
            }
            let due = self.outside_quiet_hours(event.plus(-before.0), event);
            if due > self.now {
                let id = format!("remind.{}.{}m", remind.name, before.0 / 60_000);
                self.set_timer_at(&id, due, Purpose::Reminder { list: list.clone(), action: at, event });
            }
        }
    }

    fn has_time(&self, field: &str) -> bool {
        use crate::bot::value::FieldValue;
        match self.session.fields.get(field) {
            Some(FieldValue::Date(date)) => date.time.is_some(),
            Some(FieldValue::Slot(_)) => true,
            _ => false,
        }
    }

    pub(super) fn reminder_fires(&mut self, list: &ListRef, at: usize, event: Timestamp) {
        let Some(Action::Remind(remind)) = list.actions(self.bot).get(at) else { return };
        if self.now >= event {
            return;
        }
        self.wake();
        if self.session.mode == Mode::Human {
            let text = self.team_text(&remind.say.text);
            for target in &self.definition().handoff.to {
                self.effect(EffectKind::Notify { to: target.name.clone(), text: text.clone() });
            }
            return;
        }
        let before = self.effects.len();
        let (text, buttons) = (self.text(&remind.say.text), self.buttons(&remind.say.buttons));
        self.say(text, buttons, remind.say.template.clone());
        self.count_outreach(before);
        self.arm_no_reply(&remind.name, event);
    }

    /// «No reply» counts from the sending of the reminder. A reaction asks again before the event, never after it.
    fn arm_no_reply(&mut self, reminder: &str, event: Timestamp) {
        for name in self.open_flows() {
            let Some(flow) = self.definition().flow(name) else { continue };
            for (at, reaction) in flow.react.iter().enumerate() {
                let mut within = None;
                reaction.condition.walk(&mut |c| {
                    if let Condition::NoReply { reminder: named, within: length } = c
                        && named == reminder
                    {
                        within = Some(*length);
                    }
                });
                let due = within.filter(|within| self.now.plus(within.0) < event);
                if let (Some(within), Some(id)) = (due, names::no_reply(flow, at)) {
                    let (flow, reminder) = (name.to_string(), reminder.to_string());
                    let purpose = Purpose::NoReply { flow, reaction: at, reminder, event };
                    self.set_timer(&id, within.0, purpose);
                }
            }
        }
        for (at, entry) in self.definition().silence.iter().enumerate() {
            if matches!(&entry.since, Anchor::NoReply(named) if named == reminder) {
                self.set_silence(at, entry.after);
            }
        }
    }

    pub(super) fn cancel_reminders(&mut self, flow: &str) {
        self.cancel_timers(|p| match p {
            Purpose::Reminder { list, .. } => list.flow() == Some(flow),
            Purpose::NoReply { flow: name, .. } => name == flow,
            _ => false,
        });
    }

    /// Puts an outreach off where it is due in quiet hours or too soon after the last one. True where put off or
    /// dropped.
    pub(super) fn put_off(&mut self, timer: &Timer) -> bool {
        if self.writes_nothing(&timer.purpose) {
            return false;
        }
        let reminder = matches!(timer.purpose, Purpose::Reminder { .. });
        let mut due = self.after_quiet_hours(self.now);
        if !reminder {
            let bounds = &self.definition().outreach;
            if bounds.max.is_some_and(|most| self.session.outreach_count >= most) {
                return true;
            }
            if let (Some(gap), Some(last)) = (bounds.min_gap, self.session.last_outreach) {
                due = due.max(self.after_quiet_hours(last.plus(gap.0)));
            }
        }
        if due <= self.now {
            return false;
        }
        let past = matches!(timer.purpose,
            Purpose::Reminder { event, .. } | Purpose::NoReply { event, .. } if due >= event);
        if !past {
            self.set_timer_at(&timer.id, due, timer.purpose.clone());
        }
        true
    }

    /// Silence that only closes a dialog disturbs nobody: it needs no quiet hours and counts as no outreach.
    fn writes_nothing(&self, purpose: &Purpose) -> bool {
        let Purpose::Silence { entry } = purpose else { return false };
        self.definition().silence.get(*entry).is_some_and(|entry| !entry.actions.iter().any(Action::speaks))
    }

    /// The next minute in which outreach is allowed.
    fn after_quiet_hours(&self, at: Timestamp) -> Timestamp {
        let Some(quiet) = self.definition().quiet_hours else { return at };
        let wall = at.in_zone(self.bot.zone());
        if !is_quiet(quiet, wall) {
            return at;
        }
        let end = wall.date().to_datetime(clock(quiet.to));
        let end = if end > wall { end } else { a_day_from(end, 1) };
        self.bot.zone().instant(end)
    }

    /// A reminder's time outside quiet hours: later, but never past the event; then the minute before they begin.
    fn outside_quiet_hours(&self, due: Timestamp, event: Timestamp) -> Timestamp {
        let shifted = self.after_quiet_hours(due);
        let (Some(quiet), true) = (self.definition().quiet_hours, shifted >= event) else { return shifted };
        let wall = due.in_zone(self.bot.zone());
        let start = wall.date().to_datetime(clock(quiet.from));
        let start = if start <= wall { start } else { a_day_from(start, -1) };
        self.bot.zone().instant(start).plus(-60_000)
    }
}

/// The same time of another day; of this one at the end of the calendar.
fn a_day_from(wall: DateTime, days: i64) -> DateTime {
    plus_days(wall.date(), days).unwrap_or(wall.date()).to_datetime(wall.time())
}

/// Whether the wall clock stands in quiet hours: `from` counts, `to` does not; they may pass midnight.
fn is_quiet(quiet: QuietHours, wall: DateTime) -> bool {
    let minute = i32::from(wall.hour()) * 60 + i32::from(wall.minute());
    let (from, to) = (i32::from(quiet.from), i32::from(quiet.to));
    if from <= to { (from..to).contains(&minute) } else { minute >= from || minute < to }
}

fn clock(minute: u16) -> Time {
    let part = |n: u16| i8::try_from(n).unwrap_or(0);
    Time::new(part(minute / 60), part(minute % 60), 0, 0).unwrap_or(Time::MIN)
}
