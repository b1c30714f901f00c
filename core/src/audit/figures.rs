//! The figures of a week beside those of the week before, and what is out of order in them.

use super::argument;
use super::count::{Case, Counts, Filter, Outreach, Partial, Question, Scores, monday_of, week_of};
use crate::error::{Code, Error};
use crate::limits;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// When a figure is an alert (R148); exactly one of the four bounds is held against it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "WrittenRule")]
pub struct Rule {
    /// The figure: a count, a share such as `handoff_permille`, `first_answer_avg_ms`.
    pub figure: String,
    /// What it must not pass, in its own units.
    pub bound: Bound,
    /// Dialogs that both weeks must have for `rise` and `fall` to mean something.
    pub least: u64,
}

/// A rule as an author writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRule {
    figure: String,
    #[serde(default)]
    above: Option<u64>,
    #[serde(default)]
    below: Option<u64>,
    #[serde(default)]
    rise: Option<u64>,
    #[serde(default)]
    fall: Option<u64>,
    #[serde(default = "enough")]
    least: u64,
}

impl TryFrom<WrittenRule> for Rule {
    type Error = &'static str;

    fn try_from(written: WrittenRule) -> Result<Self, Self::Error> {
        let WrittenRule { figure, above, below, rise, fall, least } = written;
        let bounds =
            [above.map(Bound::Above), below.map(Bound::Below), rise.map(Bound::Rise), fall.map(Bound::Fall)];
        match bounds.into_iter().flatten().collect::<Vec<_>>().as_slice() {
            [bound] => Ok(Self { figure, bound: *bound, least }),
            _ => Err("exactly one of above, below, rise and fall is expected"),
        }
    }
}

/// The bound of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the words of rules
pub enum Bound {
    Above(u64),
    Below(u64),
    /// More than so much above the week before.
    Rise(u64),
    /// More than so much below the week before.
    Fall(u64),
}

const fn enough() -> u64 {
    20
}

/// What is watched where nobody says otherwise.
fn default_rules() -> Vec<Rule> {
    let rule =
        |(figure, bound): &(&str, Bound)| Rule { figure: figure.to_string(), bound: *bound, least: enough() };
    [
        ("with_lost_lead", Bound::Above(0)),
        ("with_empty_booking", Bound::Above(0)),
        ("leads_late", Bound::Above(0)),
        ("unanswered_permille", Bound::Rise(100)),
        ("handoff_permille", Bound::Rise(100)),
        ("no_show_permille", Bound::Rise(100)),
        ("lead_permille", Bound::Fall(100)),
        ("booking_permille", Bound::Fall(100)),
    ]
    .iter()
    .map(rule)
    .collect()
}

/// What to show.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wanted {
    /// The ISO week, `2026-W02`; the last one counted by default; `all` for everything, with nothing before it.
    pub week: Option<String>,
    /// Which dialogs. It holds for counts and shares; the lists are those of all dialogs counted.
    pub filter: Filter,
    /// Alerts; some sensible ones by default.
    pub rules: Option<Vec<Rule>>,
}

/// Counts with their shares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Sums {
    #[serde(flatten)]
    pub(super) counts: Counts,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) first_answer_avg_ms: Option<u64>,
    /// In permille.
    pub(super) shares: BTreeMap<&'static str, u64>,
}

impl From<Counts> for Sums {
    fn from(counts: Counts) -> Self {
        Self {
            counts,
            first_answer_avg_ms: counts.figure("first_answer_avg_ms"),
            shares: counts.shares().collect(),
        }
    }
}

/// Sums under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Slice {
    pub(super) name: String,
    #[serde(flatten)]
    pub(super) sums: Sums,
}

/// The same dialogs, sliced in each way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Slices {
    pub(super) channel: Vec<Slice>,
    pub(super) operator: Vec<Slice>,
    pub(super) kind: Vec<Slice>,
    pub(super) day: Vec<Slice>,
    /// Every week counted, whatever week is shown.
    pub(super) week: Vec<Slice>,
}

/// A figure that is out of order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Alert {
    pub(super) figure: String,
    pub(super) bound: &'static str,
    pub(super) limit: u64,
    pub(super) now: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) before: Option<u64>,
}

/// The figures of a week; as JSON, `docs/figures.md` shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figures {
    pub(super) v: u32,
    pub(super) zone: String,
    pub(super) week: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) to: Option<String>,
    pub(super) all: Sums,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) before: Option<Sums>,
    /// Each figure less that of the week before.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) change: BTreeMap<String, i64>,
    pub(super) by: Slices,
    pub(super) scores: Scores,
    pub(super) questions: Vec<Question>,
    pub(super) outreach: Vec<Outreach>,
    pub(super) cases: Vec<Case>,
    pub(super) alerts: Vec<Alert>,
}

/// The figures of a week, those of the week before where the sums have it, and what is out of order.
///
/// # Errors
/// `unknown_name` where a rule names no figure, `time_invalid` where the week or a day of the filter is none.
pub fn figures(sums: &Partial, wanted: &Wanted) -> Result<Figures, Error> {
    wanted.filter.check()?;
    let rules = wanted.rules.clone().unwrap_or_else(default_rules);
    if let Some(at) = rules.iter().position(|rule| !Counts::knows(&rule.figure)) {
        let name = rules.get(at).map(|rule| rule.figure.as_str()).unwrap_or_default();
        let message = format!("no figure is called `{name}`");
        return Err(Error::new(Code::UnknownName, format!("rules[{at}].figure"), message));
    }
    let last = sums.weeks.keys().next_back().map_or("all", String::as_str);
    let week = wanted.week.as_deref().unwrap_or(last);
    let monday = if week == "all" { None } else { Some(monday(week)?) };
    let span = monday.map(|monday| (monday, days_after(monday, 6)));
    let earlier = monday.map(|monday| (days_after(monday, -7), days_after(monday, -1)));
    let all = total(sums, &wanted.filter, span);
    let before = earlier.map(|span| total(sums, &wanted.filter, Some(span))).filter(|c| c.dialogs > 0);
    let mut by: [BTreeMap<String, Counts>; 5] = Default::default();
    let [channel, operator, kind, day, weeks] = &mut by;
    for (name, cell) in sums.cells(&wanted.filter) {
        let date: Option<Date> = name.parse().ok();
        let add = |map: &mut BTreeMap<String, Counts>, name: &str| {
            map.entry(name.to_string()).or_default().add(&cell.counts);
        };
        add(weeks, &date.map(week_of).unwrap_or_default());
        if span.is_none_or(|(from, to)| date.is_some_and(|date| from <= date && date <= to)) {
            add(channel, &cell.channel);
            add(operator, &cell.operator);
            add(kind, &cell.kind);
            add(day, name);
        }
    }
    let [channel, operator, kind, day, weeks] = by.map(slices);
    let (scores, questions, outreach, cases) = lists(sums, week);
    Ok(Figures {
        v: 1,
        zone: sums.zone.clone(),
        week: week.to_string(),
        from: span.map(|(from, _)| from.to_string()),
        to: span.map(|(_, to)| to.to_string()),
        change: before.map(|before| change(&all, &before)).unwrap_or_default(),
        alerts: rules.iter().filter_map(|rule| alert(rule, &all, before.as_ref())).collect(),
        all: all.into(),
        before: before.map(Sums::from),
        by: Slices { channel, operator, kind, day, week: weeks },
        scores,
        questions,
        outreach,
        cases,
    })
}

/// The first and the last day of an ISO week. Error: `time_invalid` at `week`.
pub(super) fn span(week: &str) -> Result<(Date, Date), Error> {
    let monday = monday(week)?;
    Ok((monday, days_after(monday, 6)))
}

fn monday(week: &str) -> Result<Date, Error> {
    let message = || format!("`{week}` is no ISO week such as 2026-W02");
    monday_of(week).ok_or_else(|| Error::new(Code::TimeInvalid, "week", message()))
}

fn days_after(date: Date, days: i64) -> Date {
    date.saturating_add(jiff::Span::new().days(days))
}

fn total(sums: &Partial, filter: &Filter, span: Option<(Date, Date)>) -> Counts {
    let mut total = Counts::default();
    for (day, cell) in sums.cells(filter) {
        let date: Option<Date> = day.parse().ok();
        if span.is_none_or(|(from, to)| date.is_some_and(|date| from <= date && date <= to)) {
            total.add(&cell.counts);
        }
    }
    total
}

fn slices(by: BTreeMap<String, Counts>) -> Vec<Slice> {
    by.into_iter().map(|(name, counts)| Slice { name, sums: counts.into() }).collect()
}

/// The lists of a week, or of all of them, the most telling first.
fn lists(sums: &Partial, week: &str) -> (Scores, Vec<Question>, Vec<Outreach>, Vec<Case>) {
    let weeks = sums.weeks.iter().filter(|(name, _)| week == "all" || *name == week).map(|(_, lists)| lists);
    let mut scores = Scores::default();
    weeks.clone().for_each(|lists| scores.add(&lists.scores));
    let mut questions: Vec<Question> = weeks.clone().flat_map(|lists| lists.questions().cloned()).collect();
    questions.sort_by(|a, b| (Reverse(a.count), &a.text).cmp(&(Reverse(b.count), &b.text)));
    questions.truncate(limits::QUESTIONS_SHOWN);
    let mut outreach: Vec<Outreach> = weeks.clone().flat_map(|lists| lists.outreach().cloned()).collect();
    outreach.sort_by(|a, b| (&a.timer, Reverse(a.sent), &a.text).cmp(&(&b.timer, Reverse(b.sent), &b.text)));
    let mut cases: Vec<Case> = weeks.flat_map(|lists| lists.cases().cloned()).collect();
    cases.sort_by(|a, b| b.cmp(a));
    (scores, questions, outreach, cases)
}

/// Every share and the figures that a manager looks at first, less those of the week before.
fn change(now: &Counts, before: &Counts) -> BTreeMap<String, i64> {
    const COUNTED: &[&str] = &["dialogs", "leads", "bookings", "first_answer_avg_ms"];
    let shares = now.shares().map(|(name, _)| format!("{name}_permille"));
    let names = shares.chain(COUNTED.iter().map(|name| name.to_string()));
    let difference = |name: String| {
        let signed = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let (now, before) = (now.figure(&name)?, before.figure(&name)?);
        Some((name, signed(now).saturating_sub(signed(before))))
    };
    names.filter_map(difference).collect()
}

fn alert(rule: &Rule, now: &Counts, before: Option<&Counts>) -> Option<Alert> {
    let value = now.figure(&rule.figure)?;
    let enough = |c: &&Counts| c.dialogs >= rule.least && now.dialogs >= rule.least;
    let earlier = before.and_then(|c| c.figure(&rule.figure));
    let compared = before.filter(enough).and(earlier);
    let (bound, limit, passed) = match rule.bound {
        Bound::Above(limit) => ("above", limit, value > limit),
        Bound::Below(limit) => ("below", limit, value < limit),
        Bound::Rise(limit) => ("rise", limit, compared.is_some_and(|b| value > b.saturating_add(limit))),
        Bound::Fall(limit) => ("fall", limit, compared.is_some_and(|b| value.saturating_add(limit) < b)),
    };
    passed.then(|| Alert { figure: rule.figure.clone(), bound, limit, now: value, before: earlier })
}

/// The argument of the verb.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Argument<'a> {
    #[serde(borrow)]
    partial: &'a serde_json::value::RawValue,
    /// Sums of earlier weeks that were kept apart.
    #[serde(borrow, default)]
    previous: Option<&'a serde_json::value::RawValue>,
    #[serde(default)]
    week: Option<String>,
    #[serde(default)]
    filter: Filter,
    #[serde(default)]
    rules: Option<Vec<Rule>>,
}

/// `figures {partial, previous?, week?, filter?, rules?}`.
pub(crate) fn verb(argument: &str) -> Result<String, Error> {
    let argument: Argument<'_> = argument::read(argument)?;
    let mut sums = Partial::from_json(argument.partial.get())?;
    let last = sums.weeks.keys().next_back().cloned();
    if let Some(previous) = argument.previous {
        sums.merge(Partial::from_json(previous.get())?)?;
    }
    let wanted = Wanted { week: argument.week.or(last), filter: argument.filter, rules: argument.rules };
    Ok(serde_json::to_string(&figures(&sums, &wanted)?).unwrap_or_default())
}
