//! Partial sums: they add up, and they are plain JSON.

use super::counts::Counts;
use super::dialog::Dialog;
use super::groups::{Case, Cases, Groups, Outreach, Question, Scores};
use crate::audit::argument;
use crate::dialog::Key;
use crate::error::{Code, Error};
use crate::limits;
use crate::time::{Timestamp, Zone};
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the format.
const VERSION: u32 = 1;
/// The operator of a dialog that no human took part in.
const ASSISTANT: &str = "assistant";

/// What a part of a log counts; [`Partial::merge`] adds two.
///
/// As JSON: `{v, zone, records, days: {day: [{channel, operator, kind, …counts}]}, weeks: {week: {questions, outreach,
/// cases, scores}}}`; a day is `2026-01-05`, a week `2026-W02`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partial {
    v: u32,
    /// The zone of its days and weeks.
    pub(in crate::audit) zone: String,
    pub(super) records: u64,
    days: BTreeMap<String, Cells>,
    pub(in crate::audit) weeks: BTreeMap<String, Week>,
}

/// The lists of one week.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(in crate::audit) struct Week {
    #[serde(skip_serializing_if = "Groups::is_empty")]
    questions: Groups<Question, { limits::QUESTIONS_OF_WEEK }>,
    #[serde(skip_serializing_if = "Groups::is_empty")]
    outreach: Groups<Outreach, { limits::WORDINGS_OF_WEEK }>,
    #[serde(skip_serializing_if = "Cases::is_empty")]
    cases: Cases<{ limits::CASES_OF_WEEK }>,
    pub(in crate::audit) scores: Scores,
}

impl Week {
    pub(in crate::audit) fn questions(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter()
    }

    pub(in crate::audit) fn outreach(&self) -> impl Iterator<Item = &Outreach> {
        self.outreach.iter()
    }

    pub(in crate::audit) fn cases(&self) -> impl DoubleEndedIterator<Item = &Case> {
        self.cases.iter()
    }

    fn add(&mut self, other: Week) {
        other.questions.iter().for_each(|one| self.questions.add(one.clone()));
        other.outreach.iter().for_each(|one| self.outreach.add(one.clone()));
        other.cases.iter().for_each(|one| self.cases.add(one.clone()));
        self.scores.add(&other.scores);
    }
}

/// The dialogs of one day that share channel, operator and kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // see above
pub struct Cell {
    pub channel: String,
    /// The first human who took part, else `assistant`.
    pub operator: String,
    /// The first flow, else `lead`, `faq` or `other`.
    pub kind: String,
    #[serde(flatten)]
    pub counts: Counts,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Cells(BTreeMap<(String, String, String), Counts>);

impl Cells {
    fn add(&mut self, cell: Cell) {
        self.0.entry((cell.channel, cell.operator, cell.kind)).or_default().add(&cell.counts);
    }

    fn iter(&self) -> impl Iterator<Item = Cell> + '_ {
        self.0.iter().map(|((channel, operator, kind), counts)| Cell {
            channel: channel.clone(),
            operator: operator.clone(),
            kind: kind.clone(),
            counts: *counts,
        })
    }
}

impl Serialize for Cells {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Cells {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut cells = Self::default();
        Vec::<Cell>::deserialize(deserializer)?.into_iter().for_each(|cell| cells.add(cell));
        Ok(cells)
    }
}

/// Which dialogs count: those of a channel, an operator, a kind, of days from one to another, both included (R149).
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs)] // see above
pub struct Filter {
    pub channel: Option<String>,
    pub operator: Option<String>,
    pub kind: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
}

impl Filter {
    /// Error: `time_invalid` at a day that is none.
    pub(in crate::audit) fn check(&self) -> Result<(), Error> {
        let days = [("from", &self.from), ("to", &self.to)];
        let is_day = |text: &str| text.parse::<Date>().is_ok_and(|date| date.to_string() == text);
        let mut wrong = days.into_iter().filter_map(|(key, day)| Some((key, day.as_deref()?)));
        match wrong.find(|(_, day)| !is_day(day)) {
            None => Ok(()),
            Some((key, day)) => {
                let message = format!("`{day}` is no day such as 2026-01-05");
                Err(Error::new(Code::TimeInvalid, format!("filter.{key}"), message))
            }
        }
    }

    fn takes(&self, day: &str, cell: &Cell) -> bool {
        let same = |wanted: &Option<String>, is: &str| wanted.as_ref().is_none_or(|wanted| wanted == is);
        same(&self.channel, &cell.channel)
            && same(&self.operator, &cell.operator)
            && same(&self.kind, &cell.kind)
            && self.from.as_deref().is_none_or(|from| from <= day)
            && self.to.as_deref().is_none_or(|to| day <= to)
    }
}

impl Partial {
    /// Sums of nothing.
    pub fn new(zone: &str) -> Self {
        Self { v: VERSION, zone: zone.to_string(), records: 0, days: BTreeMap::new(), weeks: BTreeMap::new() }
    }

    /// Reads sums that were written. Error: `partial_invalid`.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let partial: Self = argument::read_as(text, Code::PartialInvalid)?;
        if partial.v != VERSION {
            let message = format!("sums of version {}; this version reads {VERSION}", partial.v);
            return Err(Error::new(Code::PartialInvalid, "v", message));
        }
        Ok(partial)
    }

    /// The sums as JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Adds the sums of other sessions. Error: `partial_invalid` where their days are of another zone.
    pub fn merge(&mut self, other: Partial) -> Result<(), Error> {
        if self.zone != other.zone {
            let message = format!("days of `{}` and of `{}` do not add up", self.zone, other.zone);
            return Err(Error::new(Code::PartialInvalid, "zone", message));
        }
        self.records += other.records;
        for (day, cells) in other.days {
            let own = self.days.entry(day).or_default();
            cells.iter().for_each(|cell| own.add(cell));
        }
        for (week, lists) in other.weeks {
            self.weeks.entry(week).or_default().add(lists);
        }
        Ok(())
    }

    /// All counts together.
    pub fn total(&self) -> Counts {
        let mut total = Counts::default();
        self.cells(&Filter::default()).for_each(|(_, cell)| total.add(&cell.counts));
        total
    }

    /// Records counted.
    pub fn records(&self) -> u64 {
        self.records
    }

    /// The cells with their days, in order.
    pub fn cells<'p>(&'p self, filter: &'p Filter) -> impl Iterator<Item = (&'p str, Cell)> + 'p {
        let of_day = |(day, cells): (&'p String, &'p Cells)| {
            cells.iter().map(|cell| (day.as_str(), cell)).collect::<Vec<_>>()
        };
        self.days.iter().flat_map(of_day).filter(|(day, cell)| filter.takes(day, cell))
    }

    /// Adds a dialog as it stands.
    pub(super) fn close(
        &mut self,
        mut dialog: Dialog,
        key: &Key,
        zone: &Zone,
        filter: &Filter,
        now: Option<Timestamp>,
    ) {
        let date = dialog.began.in_zone(zone).date();
        let day = date.to_string();
        let cases = dialog.close(key, now);
        let cell = Cell {
            channel: key.channel.clone(),
            operator: dialog.operator.clone().unwrap_or_else(|| ASSISTANT.to_string()),
            kind: dialog.kind().to_string(),
            counts: dialog.counts,
        };
        if !filter.takes(&day, &cell) {
            return;
        }
        self.days.entry(day).or_default().add(cell);
        let week = self.weeks.entry(week_of(date)).or_default();
        cases.into_iter().for_each(|case| week.cases.add(case));
        dialog.questions.into_iter().for_each(|question| week.questions.add(question));
        dialog.outreach.into_iter().for_each(|outreach| week.outreach.add(outreach));
        week.scores.add(&dialog.scores);
    }
}

/// The ISO week of a day: `2026-W02`.
pub(in crate::audit) fn week_of(date: Date) -> String {
    let week = date.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

/// The Monday of an ISO week, written as `2026-W02`.
pub(in crate::audit) fn monday_of(written: &str) -> Option<Date> {
    let (year, week) = written.split_once("-W")?;
    let (year, week) = (year.parse().ok()?, week.parse().ok()?);
    let monday = jiff::civil::ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date();
    Some(monday).filter(|monday| week_of(*monday) == written)
}
