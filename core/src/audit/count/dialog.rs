//! One dialog as it is counted, record by record.

use super::counts::Counts;
use super::groups::{Case, Nearest, Outreach, Question, Scores};
use super::wording::template;
use crate::audit::marks;
use crate::audit::record::{Done, Entry, Happened};
use crate::bot::value::FieldValue;
use crate::dialog::Key;
use crate::document::packed;
use crate::extract::{self, PhoneOptions, date::dates};
use crate::limits;
use crate::time::{Timestamp, Zone};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// Within this long a lead is to be confirmed, whatever the definition says (R159).
const CONFIRM_MILLIS: i64 = 5 * 60_000;

/// What is known of a dialog so far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Dialog {
    pub(super) number: u32,
    pub(super) began: Timestamp,
    /// Sums; what is counted once for a dialog is added when it is closed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) counts: Counts,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) scores: Scores,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) operator: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    flow: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    by_faq: bool,
    #[serde(default)]
    status: String,
    /// When the client wrote first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    asked: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first_answer: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    contact: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "is_default")]
    handoff: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    paid: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    no_show: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    booked: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    leads: Vec<Lead>,
    /// Keys of the bookings requested.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    requested: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    empty: Vec<Empty>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) questions: Vec<Question>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) outreach: Vec<Outreach>,
}

packed!(Dialog {
    number,
    began,
    counts,
    scores,
    operator,
    flow,
    by_faq,
    status,
    asked,
    first_answer,
    contact,
    handoff,
    paid,
    no_show,
    booked,
    leads,
    requested,
    empty,
    questions,
    outreach
});

/// What is known of the session beside the dialog.
pub(super) struct Known<'k> {
    pub(super) fields: &'k BTreeMap<String, FieldValue>,
    pub(super) zone: &'k Zone,
}

/// A lead of the dialog.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lead {
    name: String,
    key: String,
    effect: String,
    at: Timestamp,
    missing: BTreeSet<String>,
    /// It has targets at all.
    sent: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<String>,
}

packed!(Lead { name, key, effect, at, missing, sent, by });

/// A booking that lacks something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Empty {
    at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    missing: Vec<String>,
}

packed!(Empty { at, by, missing });

impl Dialog {
    pub(super) fn new(number: u32, began: Timestamp) -> Self {
        Self {
            number,
            began,
            counts: Counts::default(),
            scores: Scores::default(),
            operator: None,
            flow: None,
            by_faq: false,
            status: String::new(),
            asked: None,
            first_answer: None,
            contact: None,
            handoff: false,
            paid: false,
            no_show: false,
            booked: false,
            leads: Vec::new(),
            requested: BTreeSet::new(),
            empty: Vec::new(),
            questions: Vec::new(),
            outreach: Vec::new(),
        }
    }

    /// What the dialog was about: its first flow, else `lead`, else `faq`, else `other`.
    pub(super) fn kind(&self) -> &str {
        match &self.flow {
            Some(flow) => flow,
            None if !self.leads.is_empty() => "lead",
            None if self.by_faq => "faq",
            None => "other",
        }
    }

    /// Takes what a record of this dialog says, but for results and facts, which may belong to an earlier one.
    pub(super) fn take(&mut self, entry: &Entry<'_>, known: &Known<'_>) {
        if let Some(event) = &entry.event {
            self.event(entry, event);
        }
        if self.flow.is_none() {
            self.flow = entry.matched.flow.as_ref().map(|flow| flow.to_string());
        }
        self.by_faq |= entry.matched.faq.is_some();
        let contact = |value: &&serde_json::value::RawValue| is_contact(value.get());
        if self.contact.is_none() && entry.fields.values().any(contact) {
            self.contact = Some(entry.now);
        }
        let outreach = entry.matched.why.iter().find_map(|why| unasked(why));
        for effect in &entry.effects {
            match &*effect.kind {
                "reply" => self.reply(entry, effect, outreach, known),
                "create_lead" => self.lead(entry, effect),
                "handoff" => self.handoff = true,
                "request" if effect.what.as_deref() == Some("book") => self.request(entry, effect, known),
                "alert" if effect.code.as_deref() == Some("lead_unconfirmed") => self.counts.leads_late += 1,
                _ => {}
            }
        }
        self.become_status(&entry.status);
    }

    fn event(&mut self, entry: &Entry<'_>, event: &Happened<'_>) {
        match &*event.kind {
            "message" => self.message(entry, event),
            "operator" => {
                self.handoff = true;
                if self.operator.is_none() {
                    self.operator = event.who.as_ref().map(|who| who.to_string());
                }
                if event.action.as_deref() == Some("message") {
                    self.counts.operator_messages += 1;
                    self.answered_at(entry.at.unwrap_or(entry.now));
                }
            }
            "control" if event.action.as_deref() == Some("stop") => self.handoff = true,
            _ => {}
        }
    }

    fn message(&mut self, entry: &Entry<'_>, event: &Happened<'_>) {
        self.counts.messages += 1;
        self.asked.get_or_insert(entry.at.unwrap_or(entry.now));
        self.counts.suppressed += u64::from(entry.says("suppressed"));
        if let Some(last) = self.outreach.last_mut() {
            last.answered = 1;
        }
        if entry.failed_to_answer() {
            self.counts.failed_answers += 1;
            return;
        }
        let Some(score) = entry.matched.score else { return };
        let found = &entry.matched;
        let answered =
            found.faq.is_some() || found.rule.is_some() || found.flow.is_some() || !found.why.is_empty();
        self.counts.questions += 1;
        self.counts.unanswered += u64::from(!answered);
        self.scores.count(score, answered);
        let text =
            event.text.as_deref().filter(|_| !answered && self.questions.len() < limits::QUESTIONS_OF_DIALOG);
        if let Some(text) = text {
            self.questions.push(Question { text: clipped(text), count: 1, nearest: nearest(entry) });
        }
    }

    fn reply(&mut self, entry: &Entry<'_>, effect: &Done<'_>, outreach: Option<&str>, known: &Known<'_>) {
        self.counts.replies += 1;
        let Some(timer) = outreach else { return self.answered_at(entry.now) };
        self.counts.outreach += 1;
        let language = effect.language.as_deref().unwrap_or_default();
        let text = effect.text.as_deref().unwrap_or_default();
        let text = clipped(&template(text, known.fields, known.zone, language));
        let (timer, sent) = (timer.to_string(), 1);
        if self.outreach.len() >= limits::OUTREACH_OF_DIALOG {
            self.outreach.remove(0);
        }
        self.outreach.push(Outreach {
            timer,
            text,
            sent,
            answered: 0,
            confirmed: 0,
            cancelled: 0,
            no_show: 0,
        });
    }

    /// The client's first message got its answer.
    fn answered_at(&mut self, now: Timestamp) {
        if let (Some(asked), None) = (self.asked, self.first_answer) {
            self.first_answer = Some((now.as_millis() - asked.as_millis()).max(0));
        }
    }

    fn lead(&mut self, entry: &Entry<'_>, effect: &Done<'_>) {
        let text = |text: &Option<crate::audit::Text<'_>>| text.as_deref().unwrap_or_default().to_string();
        let to: BTreeSet<String> =
            effect.to.and_then(|to| serde_json::from_str(to.get()).ok()).unwrap_or_default();
        self.counts.leads += 1;
        if self.leads.len() >= limits::LEADS {
            return;
        }
        self.leads.push(Lead {
            name: text(&effect.lead),
            key: text(&effect.lead_key),
            effect: effect.key.to_string(),
            at: entry.now,
            sent: !to.is_empty(),
            missing: to,
            by: entry.cause(),
        });
    }

    /// A booking is asked for; one without a time, or without a way to reach the client, is empty (R138).
    fn request(&mut self, entry: &Entry<'_>, effect: &Done<'_>, known: &Known<'_>) {
        if self.requested.len() >= limits::LEADS {
            self.requested.pop_first();
        }
        self.requested.insert(effect.key.to_string());
        let params: Json = effect.params.and_then(|p| serde_json::from_str(p.get()).ok()).unwrap_or_default();
        let values: Vec<&Json> = params.as_object().into_iter().flat_map(|map| map.values()).collect();
        let time = values.iter().any(|value| known.tells_time(value, entry.now));
        let contact = self.contact.is_some() || values.iter().filter_map(|v| v.as_str()).any(tells_contact);
        let lacks = [("time", time), ("contact", contact)];
        let missing: Vec<String> =
            lacks.iter().filter(|(_, there)| !there).map(|(what, _)| what.to_string()).collect();
        if !missing.is_empty() && self.empty.len() < limits::LEADS {
            self.empty.push(Empty { at: entry.now, by: entry.cause(), missing });
        }
    }

    fn become_status(&mut self, status: &str) {
        if self.status == status {
            return;
        }
        self.status = status.to_string();
        if let Some(last) = self.outreach.last_mut() {
            last.confirmed |= u64::from(status == "confirmed");
            last.cancelled |= u64::from(status == "cancelled");
        }
    }

    /// A target answered for a lead, or the calendar for a booking. False where this dialog asked for neither.
    pub(super) fn result(&mut self, event: &Happened<'_>) -> bool {
        let effect = event.effect.as_deref().unwrap_or_default();
        if let Some(lead) = self.leads.iter_mut().find(|lead| lead.effect == effect) {
            match (&event.target, event.ok) {
                (Some(target), true) => _ = lead.missing.remove(&**target),
                (None, true) => lead.missing.clear(),
                _ => {}
            }
            return true;
        }
        if !self.requested.remove(effect) {
            return false;
        }
        let data: Json = event.data.and_then(|d| serde_json::from_str(d.get()).ok()).unwrap_or_default();
        if event.ok && data.get("taken") != Some(&Json::Bool(true)) {
            self.counts.bookings += 1;
            self.booked = true;
        }
        true
    }

    pub(super) fn is_booked(&self) -> bool {
        self.booked || matches!(self.status.as_str(), "booked" | "confirmed")
    }

    pub(super) fn no_show(&mut self) {
        self.no_show = true;
        if let Some(last) = self.outreach.last_mut() {
            last.no_show = 1;
        }
    }

    pub(super) fn pay(&mut self) {
        self.paid = true;
    }

    /// Adds what is counted once for a dialog, and gives the cases to look at. `now` is when the log is looked at.
    pub(super) fn close(&mut self, key: &Key, now: Option<Timestamp>) -> Vec<Case> {
        let booked = self.is_booked();
        let due = |at: Timestamp| now.is_none_or(|now| at.plus(CONFIRM_MILLIS) <= now);
        let open = |lead: &&Lead| !lead.sent || !lead.missing.is_empty();
        let case = |at, code: &str| Case {
            at,
            code: code.to_string(),
            session: key.clone(),
            dialog: self.number,
            by: None,
            lead: None,
            lead_key: None,
            missing: Vec::new(),
        };
        let unconfirmed = self.leads.iter().filter(open).filter(|lead| due(lead.at)).map(|lead| Case {
            by: lead.by.clone(),
            lead: Some(lead.name.clone()),
            lead_key: Some(lead.key.clone()),
            missing: lead.missing.iter().cloned().collect(),
            ..case(lead.at, "lead_unconfirmed")
        });
        let without = self.contact.filter(|at| self.leads.is_empty() && due(*at));
        let without = without.map(|at| case(at, "contact_without_lead"));
        let mut cases: Vec<Case> = unconfirmed.chain(without).collect();
        let lost = !cases.is_empty();
        cases.extend(self.empty.iter().map(|empty| Case {
            by: empty.by.clone(),
            missing: empty.missing.clone(),
            ..case(empty.at, "empty_booking")
        }));
        let one = u64::from;
        let once = Counts {
            dialogs: 1,
            written: one(self.asked.is_some()),
            repeat: one(self.number > 1),
            answered: one(self.first_answer.is_some()),
            first_answer_ms: self.first_answer.and_then(|ms| u64::try_from(ms).ok()).unwrap_or(0),
            answered_within_minute: one(self.first_answer.is_some_and(|ms| ms <= 60_000)),
            answered_within_hour: one(self.first_answer.is_some_and(|ms| ms <= 3_600_000)),
            done: one(booked || self.paid || self.status == "done"),
            with_lead: one(!self.leads.is_empty()),
            with_booking: one(booked),
            with_lead_and_booking: one(booked && !self.leads.is_empty()),
            with_payment: one(self.paid),
            with_handoff: one(self.handoff),
            with_no_show: one(self.no_show),
            with_contact: one(self.contact.is_some() || !self.leads.is_empty()),
            with_lost_lead: one(lost),
            with_empty_booking: one(!self.empty.is_empty()),
            cancelled: one(self.status == "cancelled"),
            leads_confirmed: self.leads.iter().filter(|lead| !open(lead)).count() as u64,
            ..Counts::default()
        };
        self.counts.add(&once);
        cases
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// The timer of a message nobody asked for: `timer remind.visit.1440m`.
fn unasked(why: &str) -> Option<&str> {
    let timer = why.strip_prefix("timer ")?;
    ["remind.", "silence.", "no_reply."].iter().any(|kind| timer.starts_with(kind)).then_some(timer)
}

impl Known<'_> {
    /// Whether a parameter of a booking is its time: a slot or a date, or a text that says that of a field, under
    /// whatever name and in whatever words.
    fn tells_time(&self, value: &Json, now: Timestamp) -> bool {
        let Some(text) = value.as_str() else {
            return value.get("start").is_some() || value.get("date").is_some();
        };
        // What may be one: the level `off` keeps of a parameter only what kind it is.
        if matches!(text, marks::TIME | marks::OFF) {
            return true;
        }
        let named = || dates(text, now, self.zone).into_iter().map(|found| found.value.date);
        // The zone of the sums may be another one than the bot's, in which the text was written.
        let near = |date: Date| named().any(|day| (day - date).get_days().abs() <= 1);
        self.fields.values().any(|field| match field {
            FieldValue::Date(date) => near(date.date),
            FieldValue::Slot(slot) => {
                let label = slot.label.as_deref().is_some_and(|label| text.contains(label));
                let start = Timestamp::parse(&slot.start);
                let same = start.is_some() && Timestamp::parse(text) == start;
                let near = || start.is_some_and(|start| near(start.in_zone(self.zone).date()));
                label || same || text == slot.id || near()
            }
            _ => false,
        })
    }
}

/// Whether a value of a record is a text with a phone or an e-mail.
fn is_contact(json: &str) -> bool {
    serde_json::from_str::<String>(json).is_ok_and(|text| tells_contact(&text))
}

/// Whether a phone or an e-mail stands in a text, or what stands for one in a masked log.
fn tells_contact(text: &str) -> bool {
    let phone = || extract::phones(text, &PhoneOptions::new(None)).next().is_some();
    let email = || extract::emails(text).next().is_some();
    text.contains('+') && phone() || text.contains('@') && email() || marks::holds_contact(text)
}

fn nearest(entry: &Entry<'_>) -> Option<Nearest> {
    #[derive(Deserialize)]
    struct Search {
        candidates: Vec<Nearest>,
    }
    let search: Search = serde_json::from_str(entry.matched.search?.get()).ok()?;
    search.candidates.into_iter().next()
}

fn clipped(text: &str) -> String {
    text.chars().take(limits::SHOWN_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r138_a_phone_or_an_email_is_a_contact_and_an_at_sign_is_none() {
        for (text, contact) in [
            ("+79001234567", true),
            ("тел. +380671234567;ext=12", true),
            ("anna@mail.ru", true),
            ("напишите на [email:1f0c9a62d5e3]", true),
            ("[phone]", true),
            ("ул. Мира 5 @ подъезд 2", false),
            ("@anna", false),
            ("+7 этаж", false),
            ("+7", false),
            ("[name:1f0c9a62d5e3]", false),
        ] {
            assert_eq!(is_contact(&serde_json::to_string(text).unwrap()), contact, "{text}");
        }
        assert!(!is_contact(r#"{"start":"+79001234567"}"#) && !is_contact("null"));
    }
}
