//! Days as people say them.

use super::clock::Sure;
use super::read::{Mode, View};
use super::stretch::{Stretch, stretch};
use super::{ahead, clock};
use crate::extract::items::{Kind, Number};
use crate::extract::lexicon::{Meaning, Part, Unit};

/// A day, not yet placed in the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DaySaid {
    /// Days from today.
    Relative(i64),
    /// 1 is Monday.
    Weekday { day: u8, week: Week },
    /// A whole week, this or the next.
    Week(Week),
    /// Saturday and Sunday.
    Weekend(Week),
    /// A day of a month, of a year where it was said.
    Calendar { day: u8, month: Option<u8>, year: Option<i16>, doubt: Doubt },
    /// A whole month, by name or the next one.
    Month(Option<u8>),
    /// A beginning, a middle or an end.
    Stretch(Stretch),
    /// A day of the week so many weeks from this one.
    WeekdayAhead { day: u8, weeks: i64 },
    /// So many days, weeks, months or years from today.
    Ahead { amount: i64, unit: Unit, about: bool },
    /// So many minutes from now.
    Moment { minutes: i64 },
    /// A bound: `until` where it is the last day.
    Bound { day: Anchor, until: bool },
    /// This evening.
    Tonight,
    /// A day that has passed.
    Behind,
}

/// The day of a [`DaySaid::Bound`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Relative(i64),
    Weekday(u8, Week),
    Calendar { day: u8, month: Option<u8>, year: Option<i16>, doubt: Doubt },
}

/// Which week was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Week {
    Unsaid,
    This,
    Next,
}

/// What else a written date may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    None,
    /// 03/04 may be the fourth of March.
    MonthFirst,
    /// The number of an order.
    Order,
    /// The first of several days.
    Stretch,
}

impl DaySaid {
    /// A day said twice is one day: «в пятницу, 25 декабря», «на следующей неделе во вторник».
    pub(super) fn with(before: Option<DaySaid>, day: DaySaid) -> Option<DaySaid> {
        use DaySaid::*;
        match (before, day) {
            (None, day) => Some(day),
            (Some(Week(week)), Weekday { day, .. }) | (Some(Weekday { day, .. }), Week(week)) => {
                Some(Weekday { day, week })
            }
            (Some(Ahead { amount, unit: Unit::Week, .. }), Weekday { day, .. })
            | (Some(Weekday { day, .. }), Ahead { amount, unit: Unit::Week, .. }) => {
                Some(WeekdayAhead { day, weeks: amount })
            }
            (Some(Weekday { .. } | Relative(_)), Calendar { .. }) => Some(day),
            (Some(Calendar { .. } | Relative(_)), Weekday { .. }) => before,
            (Some(Behind), Weekday { .. } | Relative(_)) => Some(Behind),
            _ => None,
        }
    }
}

/// A day that begins here, with its prepositions.
pub(super) fn day(view: &View, at: usize) -> Option<(DaySaid, usize)> {
    if let Some(found) = ahead::ahead(view, at) {
        return Some(found);
    }
    if view.is(at, Meaning::After) && view.is(at + 1, Meaning::Day(1)) {
        return Some((DaySaid::Relative(2), at + 2)); // «после завтра»
    }
    let (bound, start) = match view.meaning(at) {
        Some(Meaning::To | Meaning::Before) => (Some(true), at + 1),
        Some(Meaning::After | Meaning::From) => (Some(false), at + 1),
        Some(Meaning::At | Meaning::On | Meaning::By | Meaning::In | Meaning::Through | Meaning::About) => {
            (None, at + 1)
        }
        _ => (None, at),
    };
    let start = view.past(start, Meaning::Article);
    let article = start > at && view.is(start - 1, Meaning::Article);
    if article && matches!(view.meaning(start), Some(Meaning::Weekday { sure: false, .. })) {
        return None; // "in the sun"
    }
    let (day, next) = plain(view, start, start > at)?;
    if let DaySaid::Stretch(stretch) = day {
        let until = bound == Some(true) || view.is(at, Meaning::By);
        return Some((DaySaid::Stretch(stretch.until(until)), next));
    }
    let anchor = match day {
        DaySaid::Relative(days) => Some(Anchor::Relative(days)),
        DaySaid::Weekday { day, week } => Some(Anchor::Weekday(day, week)),
        DaySaid::Calendar { day, month, year, doubt } => Some(Anchor::Calendar { day, month, year, doubt }),
        _ => None,
    };
    // «понедельник-вторник»
    let last = plain(view, next + 1, true).filter(|_| view.sign(next) == Some('-'));
    if let (Some((DaySaid::Weekday { .. }, end)), Some(first @ Anchor::Weekday(..))) = (last, anchor) {
        return Some((DaySaid::Bound { day: first, until: false }, end));
    }
    match (bound, anchor) {
        (Some(until), Some(day)) => {
            let next = if view.is(at, Meaning::From) { last_day(view, next) } else { next };
            Some((DaySaid::Bound { day, until }, next))
        }
        _ => Some((day, next)),
    }
}

/// The place after «по среду» in «с понедельника по среду»: the first day counts.
fn last_day(view: &View, at: usize) -> usize {
    let joined = matches!(view.meaning(at), Some(Meaning::Through | Meaning::To));
    let last = if joined { plain(view, view.past(at + 1, Meaning::Article), true) } else { None };
    last.map_or(at, |(_, next)| next)
}

fn plain(view: &View, at: usize, cued: bool) -> Option<(DaySaid, usize)> {
    match view.meaning(at) {
        Some(Meaning::Day(days)) if days < 0 => return Some((DaySaid::Behind, at + 1)),
        Some(Meaning::Day(days)) => return Some((DaySaid::Relative(i64::from(days)), at + 1)),
        Some(Meaning::Tonight) => return Some((DaySaid::Tonight, at + 1)),
        Some(Meaning::This) => return in_week(view, at + 1, Week::This),
        Some(Meaning::Next) => return in_week(view, at + 1, Week::Next),
        // «ближайший вторник» is ahead even on a Tuesday
        Some(Meaning::Nearest) => {
            let week = if matches!(view.meaning(at + 1), Some(Meaning::Weekday { .. })) {
                Week::Unsaid
            } else {
                Week::This
            };
            return in_week(view, at + 1, week);
        }
        Some(Meaning::Past | Meaning::Every) => {
            return in_week(view, at + 1, Week::This).map(|(_, next)| (DaySaid::Behind, next));
        }
        // "weekend after next"
        Some(Meaning::Weekend) if view.is(at + 1, Meaning::After) && view.is(at + 2, Meaning::Next) => {
            return Some((DaySaid::Weekend(Week::Next), at + 3));
        }
        Some(Meaning::Weekend) => return Some((DaySaid::Weekend(Week::Unsaid), at + 1)),
        Some(Meaning::Weekday { day, sure }) => {
            let capital = view.item(at)?.text.starts_with(char::is_uppercase);
            let abbreviated = view.item(at)?.text.chars().count() <= 3;
            if sure
                || cued
                || (capital
                    && abbreviated
                    && (view.cardinal(at + 1).is_some()
                        || matches!(view.meaning(at + 1), Some(Meaning::At | Meaning::PartName(_)))
                        || beside_weekday(view, at)))
                || view.mode == Mode::Asked
            {
                let next = if abbreviated { view.past_stop(at + 1) } else { at + 1 };
                let next = view.past(next, Meaning::Next).max(next);
                let week =
                    if view.is(next.saturating_sub(1), Meaning::Next) { Week::Next } else { Week::Unsaid };
                return Some((DaySaid::Weekday { day, week }, next));
            }
            return None;
        }
        // «day after tomorrow»
        Some(Meaning::Unit(Unit::Day))
            if view.is(at + 1, Meaning::After) && view.is(at + 2, Meaning::Day(1)) =>
        {
            return Some((DaySaid::Relative(2), at + 3));
        }
        Some(Meaning::Month(month)) => return month_first(view, at, month, cued),
        _ => {}
    }
    if let Some(found) = stretch(view, at) {
        return Some(found);
    }
    if view.labelled(at) {
        return None;
    }
    written(view, at).or_else(|| day_of_month(view, at, cued))
}

/// "Mon-Wed".
fn beside_weekday(view: &View, at: usize) -> bool {
    let weekday =
        |at: Option<usize>| at.is_some_and(|at| matches!(view.meaning(at), Some(Meaning::Weekday { .. })));
    (view.sign(at + 1) == Some('-') && weekday(Some(at + 2)))
        || at.checked_sub(1).is_some_and(|sign| view.sign(sign) == Some('-') && weekday(sign.checked_sub(1)))
}

/// What stands after «эту», «следующую».
fn in_week(view: &View, at: usize, week: Week) -> Option<(DaySaid, usize)> {
    match view.meaning(at)? {
        Meaning::Weekday { day, .. } => Some((DaySaid::Weekday { day, week }, at + 1)),
        Meaning::Weekend => Some((DaySaid::Weekend(week), at + 1)),
        Meaning::Unit(Unit::Week) => Some((DaySaid::Week(week), at + 1)),
        Meaning::Unit(Unit::Day) if week == Week::Next => Some((DaySaid::Relative(1), at + 1)),
        Meaning::Unit(Unit::Month) if week == Week::Next => Some((DaySaid::Month(None), at + 1)),
        Meaning::PartName(Part::Evening) if week == Week::This => Some((DaySaid::Tonight, at + 1)),
        Meaning::PartName(_) if week == Week::This => Some((DaySaid::Relative(0), at)),
        _ => None,
    }
}

/// «декабря 25», "Dec 25, 2026", or the month alone: «в декабре».
fn month_first(view: &View, at: usize, month: u8, cued: bool) -> Option<(DaySaid, usize)> {
    let word = view.item(at)?.text;
    let verb = word == "may" || word == "march" || word == "mar";
    let next = view.past(view.past_stop(at + 1), Meaning::Article);
    if !verb
        && let Some(day) = view.number(next).and_then(day_number)
        && !view.forbids_number(next + 1)
        && view.cluster(next).is_none_or(|cluster| cluster.len == 1)
    {
        let (year, end) = year(view, next + 1);
        return Some((DaySaid::Calendar { day, month: Some(month), year, doubt: Doubt::None }, end));
    }
    let long = word.chars().count() > 3;
    let named = at.checked_sub(1).and_then(|before| view.meaning(before));
    let inside = matches!(named, Some(Meaning::At | Meaning::In | Meaning::On));
    (cued && inside && (long || view.mode == Mode::Asked)).then_some((DaySaid::Month(Some(month)), at + 1))
}

/// 25.12, 25.12.2026, 25/12/26, 2026-12-25.
fn written(view: &View, at: usize) -> Option<(DaySaid, usize)> {
    let cluster = view.cluster(at)?;
    if view.forbids_number(cluster.next) && view.unit(cluster.next) != Some(Unit::Year) {
        return None;
    }
    let before = at.checked_sub(1).and_then(|before| view.meaning(before));
    if let Some((a, b, c, sign)) = cluster.three() {
        let (day, month, year) = match sign {
            '-' if a.digits == 4 => (c, b, a),
            '-' if c.digits != 4 => return None,
            '.' | '/' | '-' => (a, b, c),
            _ => return None,
        };
        let year = match year.digits {
            4 => i16::try_from(year.value).ok()?,
            2 => 2000 + i16::try_from(year.value).ok()?,
            _ => return None,
        };
        let (day, month, doubt) = day_and_month(day, month, sign)?;
        let end = year_word(view, cluster.next);
        return Some((DaySaid::Calendar { day, month: Some(month), year: Some(year), doubt }, end));
    }
    let (day, sign, month) = cluster.two()?;
    let asked = view.mode == Mode::Asked;
    let joins = matches!(sign, '.' | '/') || (asked && sign == ',');
    if !joins {
        return None;
    }
    // «1/2» is a half, "2/3 at noon" a day
    let timed =
        || sign == '/' && clock::time(view, cluster.next, false).is_some_and(|(t, _)| t.sure == Sure::Alone);
    if day.digits > 2 || month.digits > 2 || (month.digits != 2 && !asked && !timed()) {
        return None;
    }
    if sign == '.' && before == Some(Meaning::At) && month.value < 60 && day.value < 24 {
        return None; // «в 10.10» is a time
    }
    let (day, month, doubt) = day_and_month(day, month, sign)?;
    let order = before == Some(Meaning::Order);
    let doubt = if order { Doubt::Order } else { doubt };
    let end = year_word(view, cluster.next);
    Some((DaySaid::Calendar { day, month: Some(month), year: None, doubt }, end))
}

fn day_and_month(day: Number, month: Number, sign: char) -> Option<(u8, u8, Doubt)> {
    let (d, m) = (u8::try_from(day.value).ok()?, u8::try_from(month.value).ok()?);
    let doubt = if sign == '/' && d <= 12 && d != m { Doubt::MonthFirst } else { Doubt::None };
    match (d, m) {
        (1..=31, 1..=12) => Some((d, m, doubt)),
        (1..=12, 13..=31) if sign == '/' => Some((m, d, Doubt::None)),
        _ => None,
    }
}

/// «25 декабря», «25-е», «двадцать пятого», «5 числа», "the 25th of December".
fn day_of_month(view: &View, at: usize, cued: bool) -> Option<(DaySaid, usize)> {
    let number = view.number(at)?;
    let day = day_number(number)?;
    let mut next = at + 1;
    let mut doubt = Doubt::None;
    // «25-27 декабря», «с 25 по 27 декабря»: the first day counts
    let joined = matches!(view.sign(next), Some('-'))
        || matches!(view.meaning(next), Some(Meaning::Through | Meaning::To | Meaning::And));
    if joined && view.number(next + 1).and_then(day_number).is_some() && names_month(view, next + 2) {
        next += 2;
        doubt = Doubt::Stretch;
    }
    let month_at = view.past(next, Meaning::Of);
    if let Some(Meaning::Month(month)) = view.meaning(month_at) {
        let short = view.item(month_at)?.text.chars().count() <= 3;
        let after = if short { view.past_stop(month_at + 1) } else { month_at + 1 };
        let (year, end) = year(view, after);
        return Some((DaySaid::Calendar { day, month: Some(month), year, doubt }, end));
    }
    let calendar = DaySaid::Calendar { day, month: None, year: None, doubt };
    if view.is(next, Meaning::DayOfMonth) {
        return Some((calendar, next + 1));
    }
    let clear = view.item(next).is_none_or(|_| view.lets_number_be(next));
    let before = at.checked_sub(1).and_then(|before| view.meaning(before));
    // «на третю», «о 15-й»: an hour
    let hour = before == Some(Meaning::At) || clock::is_feminine(view.item(at)?.text);
    if number.ordinal && cued && clear && !hour {
        return Some((calendar, next));
    }
    if number.ordinal && clear && !hour && names_day(view, at, number, next) {
        return Some((calendar, next));
    }
    let timed = matches!(
        view.meaning(next),
        Some(Meaning::At | Meaning::By | Meaning::From | Meaning::After | Meaning::To)
    );
    if number.ordinal && number.digits > 0 && timed {
        return Some((calendar, next)); // «18-го к 12»
    }
    let asked = view.mode == Mode::Asked && number.digits == 2 && number.value > 24 && clear;
    asked.then_some((calendar, next))
}

/// «20-го утром», «хочу девятого»: the ordinal of a day without its month. The first three, spelt out, are of
/// anything, and need a time; «пять минут девятого», «в начале пятого» are times themselves.
fn names_day(view: &View, at: usize, number: Number, next: usize) -> bool {
    let of_hour =
        at.checked_sub(1).and_then(|before| view.item(before)).is_some_and(|item| match item.kind {
            Kind::Number(_) => true,
            Kind::Word(meaning) => matches!(
                meaning,
                Meaning::Unit(_) | Meaning::Half | Meaning::Quarter | Meaning::StretchOf(_) | Meaning::Order
            ),
            _ => false,
        });
    let genitive = view.item(at).is_some_and(|item| item.text.ends_with("го"));
    let timed = || clock::time(view, next, false).is_some() || clock::part(view, next, true).is_some();
    genitive && !of_hour && (number.digits > 0 || number.value > 3 || timed())
}

fn names_month(view: &View, at: usize) -> bool {
    matches!(view.meaning(at), Some(Meaning::Month(_) | Meaning::DayOfMonth))
}

fn day_number(number: Number) -> Option<u8> {
    let short = number.digits <= 2;
    u8::try_from(number.value).ok().filter(|day| short && (1..=31).contains(day))
}

/// A year with its word, where one follows.
fn year(view: &View, at: usize) -> (Option<i16>, usize) {
    let comma = at + usize::from(view.sign(at) == Some(','));
    for start in [at, comma] {
        if let Some(number) = view.cardinal(start)
            && number.digits == 4
            && (1900..2200).contains(&number.value)
            && view.cluster(start).is_some_and(|cluster| cluster.len == 1)
        {
            return (i16::try_from(number.value).ok(), year_word(view, start + 1));
        }
    }
    (None, at)
}

fn year_word(view: &View, at: usize) -> usize {
    if view.unit(at) == Some(Unit::Year) { view.past_stop(at + 1) } else { at }
}
