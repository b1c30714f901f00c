//! Beginnings, middles and ends: «в конце недели», «до конца месяца», «в первых числах мая», "early next month".

use super::day::{DaySaid, Week};
use super::days::{first_of_month, plus_days};
use super::read::View;
use crate::extract::lexicon::{Meaning, Unit};
use crate::text::fold_word;
use jiff::civil::Date;

/// A third of a week or of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    of: Whole,
    third: Third,
    /// The last day is meant: «до конца», "by the end".
    pub(super) until: bool,
}

impl Stretch {
    pub(super) fn until(self, until: bool) -> Self {
        Self { until, ..self }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whole {
    Week(Week),
    Month(Week),
    Named(u8),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Third {
    Beginning,
    Middle,
    End,
}

impl Third {
    /// By the day of the month that it begins with.
    fn of(day: u64) -> Option<Self> {
        match day {
            1 => Some(Third::Beginning),
            10 => Some(Third::Middle),
            20 => Some(Third::End),
            _ => None,
        }
    }
}

/// A stretch that begins here.
pub(super) fn stretch(view: &View, at: usize) -> Option<(DaySaid, usize)> {
    let said = |of, third| DaySaid::Stretch(Stretch { of, third, until: false });
    let days = |at| view.item(at).is_some_and(|item| fold_word(item.text) == "числах");
    let (third, next) = match view.meaning(at) {
        Some(Meaning::StretchOf(day)) => (Third::of(day.into())?, at + 1),
        _ => (Third::of(view.number(at).filter(|n| n.ordinal && days(at + 1))?.value)?, at + 2),
    };
    let dashed = next + usize::from(view.sign(next) == Some('-'));
    let start = view.past(view.past(dashed, Meaning::Of), Meaning::Article);
    let (week, end) = match view.meaning(start) {
        Some(Meaning::This) => (Week::This, start + 1),
        Some(Meaning::Next) => (Week::Next, start + 1),
        Some(Meaning::Past) => return Some((DaySaid::Behind, start + 2)),
        _ => (Week::Unsaid, start),
    };
    match view.meaning(end) {
        Some(Meaning::Month(month)) => Some((said(Whole::Named(month), third), end + 1)),
        Some(Meaning::Unit(Unit::Month)) => Some((said(Whole::Month(week), third), end + 1)),
        Some(Meaning::Unit(Unit::Week)) => Some((said(Whole::Week(week), third), end + 1)),
        _ => days(next - 1).then_some((said(Whole::Month(week), third), next)),
    }
}

/// The day that stands for a stretch: its last one where that was meant, else the first that is ahead.
pub(super) fn placed(stretch: Stretch, today: Date) -> Option<Date> {
    let months = |months| first_of_month(today, months);
    match stretch.of {
        Whole::Week(week) => {
            let day = match (stretch.third, stretch.until) {
                (Third::Beginning, _) => 0,
                (Third::Middle, _) => 2,
                (Third::End, false) => 4,
                (Third::End, true) => 6,
            };
            let from_monday = i64::from(today.weekday().to_monday_zero_offset());
            let date = plus_days(today, day - from_monday + if week == Week::Next { 7 } else { 0 })?;
            Some(date.max(today))
        }
        Whole::Month(Week::Next) => of_month(stretch, months(1)?, today),
        Whole::Month(_) => (0..2).find_map(|ahead| of_month(stretch, months(ahead)?, today)),
        Whole::Named(month) => {
            let year = |years| Date::new(today.year().checked_add(years)?, i8::try_from(month).ok()?, 1).ok();
            (0..2).find_map(|years| of_month(stretch, year(years)?, today))
        }
    }
}

/// The same in a month that begins with `first`; none where the stretch has passed.
fn of_month(stretch: Stretch, first: Date, today: Date) -> Option<Date> {
    let (from, to) = match stretch.third {
        Third::Beginning => (1, 10),
        Third::Middle => (10, 20),
        Third::End => (20, first.days_in_month()),
    };
    let day = |day| Date::new(first.year(), first.month(), day).ok();
    let last = day(to).filter(|&last| last >= today)?;
    let meant = stretch.until && stretch.third == Third::End;
    if meant { Some(last) } else { day(from).map(|first| first.max(today)) }
}
