//! Where in time an expression lies: every rule that settles an ambiguity stands here.

use super::clock::{HalfOfDay, Hour, Shape, TimeSaid};
use super::day::{Anchor, DaySaid, Doubt, Week};
use super::days::{first_of_month, plus_days, plus_months};
use super::read::Said;
use super::{Date, DateValue, Precision, Time, stretch};
use crate::extract::lexicon::{Part, Unit};
use crate::time::{Timestamp, Zone};
use jiff::civil::{self, DateTime};

const AFTERNOON: &str = "a bare hour from 1 to 7 was taken as the afternoon";
const MORNING: &str = "a bare hour from 8 to 11 was taken as the morning";
const STILL_AHEAD: &str = "no day was said: today, as the time is still ahead";
const TOMORROW: &str = "no day was said: tomorrow, as the time has passed today";
const EVENING_AHEAD: &str = "the hour was taken as the evening, as the morning has passed";
const NOT_TODAY: &str = "the weekday of today was taken as the next one";
const OF_NEXT_WEEK: &str = "the next weekday was taken as that of the next week";
const OF_THAT_WEEK: &str = "the weekday was taken as that of the week so far ahead";
const NEXT_YEAR: &str = "the day has passed this year and was taken as next year's";
const NEXT_MONTH: &str = "the day has passed this month and was taken as the next month's";
const DAY_FIRST: &str = "the day was taken to stand before the month";
const MAYBE_ORDER: &str = "the number may be that of an order";
const STRETCH: &str = "the first of several days";
const LAST_DAY: &str = "the last of several days";
const ABOUT: &str = "the distance was rounded";

/// Milliseconds.
const MINUTE: i64 = 60_000;

/// How many years ahead a leap day is looked for.
const LEAP_YEARS: i16 = 8;

/// A part of the day in a business: when it begins and ends.
fn ends_of(part: Part) -> (civil::Time, civil::Time) {
    let (from, until) = match part {
        Part::Morning => (9, 12),
        Part::Lunch => (13, 14),
        Part::Day => (13, 17),
        Part::Evening => (18, 21),
        Part::Night => (21, 23),
    };
    (hour_of(from), hour_of(until))
}

fn hour_of(hour: i8) -> civil::Time {
    civil::time(hour, 0, 0, 0)
}

/// The date of an expression; none where there is no such day.
pub(super) fn date(said: &Said, now: Timestamp, zone: &Zone) -> Option<Date> {
    if let Some(DaySaid::Moment { minutes }) = said.day {
        return Some(moment(said, now.plus(minutes * MINUTE).in_zone(zone)));
    }
    let now = now.in_zone(zone);
    let clock = clock(said)?;
    let (day, stretch, day_note) = match said.day.map(|day| as_written_in(zone, day)) {
        Some(day) => placed(day, now.date())?,
        None => alone(&clock, now)?,
    };
    let (clock, flipped) = match said.day {
        Some(_) if day == now.date() => evening_if_passed(clock, now.time()),
        _ => (clock, false),
    };
    let precision = match clock.precision {
        Some(precision) => precision,
        None if stretch => Precision::Range,
        None => Precision::Day,
    };
    let note = if flipped { Some(EVENING_AHEAD) } else { day_note.or(clock.note) };
    let note = if said.day.is_none() { clock.note.or(day_note) } else { note };
    let value = DateValue { date: day, time: clock.time, until: clock.until, precision };
    Some(Date { span: said.span, value, day_said: said.day.is_some(), note })
}

/// The time of an expression, without its day.
pub(super) fn time(said: &Said) -> Option<Time> {
    if matches!(said.day, Some(DaySaid::Moment { .. })) {
        return None;
    }
    let clock = clock(said)?;
    clock.precision?;
    Some(Time { span: said.span, time: clock.time, until: clock.until, note: clock.note })
}

fn moment(said: &Said, then: DateTime) -> Date {
    let time = civil::time(then.hour(), then.minute(), 0, 0);
    let value = DateValue { date: then.date(), time: Some(time), until: None, precision: Precision::Minute };
    Date { span: said.span, value, day_said: true, note: None }
}

/// A time of day with what is left open.
#[derive(Debug, Clone, Copy)]
struct Clock {
    time: Option<civil::Time>,
    until: Option<civil::Time>,
    precision: Option<Precision>,
    note: Option<&'static str>,
    /// The same time twelve hours later is as good a reading.
    either_half: bool,
}

fn clock(said: &Said) -> Option<Clock> {
    let tonight = matches!(said.day, Some(DaySaid::Tonight));
    let part = said.part.or(tonight.then_some(Part::Evening));
    let open = Clock { time: None, until: None, precision: None, note: None, either_half: false };
    let Some(TimeSaid { shape, .. }) = said.time else {
        let Some((time, until)) = part.map(ends_of) else { return Some(open) };
        return Some(Clock {
            time: Some(time),
            until: Some(until),
            precision: Some(Precision::PartOfDay),
            ..open
        });
    };
    let settled = |hour: Hour| {
        let half = match (hour.half, part) {
            (HalfOfDay::Unsaid, Some(part)) => HalfOfDay::Part(part),
            (half, _) => half,
        };
        of_half(Hour { half, ..hour })
    };
    let range = Some(Precision::Range);
    Some(match shape {
        Shape::At(hour) => {
            let (time, note) = settled(hour)?;
            let either_half = hour.half == HalfOfDay::Unsaid && part.is_none() && time.hour() < 12;
            Clock { time: Some(time), precision: Some(Precision::Minute), note, either_half, ..open }
        }
        Shape::After(hour) => {
            let (time, note) = settled(hour)?;
            Clock { time: Some(time), precision: range, note, ..open }
        }
        Shape::Until(hour) => {
            let (time, note) = settled(hour)?;
            Clock { until: Some(time), precision: range, note, ..open }
        }
        Shape::Between(first, last) => {
            let (time, until, note) = between(first, last, settled)?;
            Clock { time: Some(time), until: Some(until), precision: range, note, ..open }
        }
    })
}

/// «с 10 до 6»: the end lies after the beginning; "2 to 4pm": the half said of the end holds for the beginning.
fn between(
    first: Hour,
    last: Hour,
    settled: impl Fn(Hour) -> Option<(civil::Time, Option<&'static str>)>,
) -> Option<(civil::Time, civil::Time, Option<&'static str>)> {
    let unsaid = |hour: Hour| hour.half == HalfOfDay::Unsaid;
    let (mut until, mut note) = settled(last)?;
    let (mut time, first_note) = settled(first)?;
    note = first_note.or(note);
    if unsaid(first) && !unsaid(last) {
        note = None;
        let early = civil::time(first.hour % 12, first.minute, 0, 0);
        let late = civil::time(first.hour % 12 + 12, first.minute, 0, 0);
        time = if late < until { late } else { early };
    }
    if unsaid(last) && until <= time {
        until = civil::time(until.hour() % 12 + 12, until.minute(), 0, 0);
    }
    if unsaid(first) && until <= time {
        time = civil::time(first.hour % 12, first.minute, 0, 0);
    }
    Some((time, until, note))
}

fn of_half(said: Hour) -> Option<(civil::Time, Option<&'static str>)> {
    let hour = said.hour;
    let (hour, note) = match said.half {
        HalfOfDay::Written => (hour, None),
        HalfOfDay::Unsaid if (1..=7).contains(&hour) => (hour + 12, Some(AFTERNOON)),
        HalfOfDay::Unsaid if (8..=11).contains(&hour) => (hour, Some(MORNING)),
        HalfOfDay::Unsaid => (hour, None),
        HalfOfDay::Am | HalfOfDay::Part(Part::Morning) => (hour % 12, None),
        HalfOfDay::Pm | HalfOfDay::Part(Part::Evening) if hour < 12 => (hour + 12, None),
        HalfOfDay::Part(Part::Day | Part::Lunch) if hour < 10 => (hour + 12, None),
        HalfOfDay::Part(Part::Night) if hour == 12 => (0, None),
        HalfOfDay::Part(Part::Night) if (6..12).contains(&hour) => (hour + 12, None),
        HalfOfDay::Part(Part::Evening) if hour == 12 => (0, None),
        HalfOfDay::Pm | HalfOfDay::Part(_) => (hour, None),
    };
    civil::Time::new(hour, said.minute, 0, 0).ok().map(|time| (time, note))
}

/// «сегодня в 9», said at noon, is the evening.
fn evening_if_passed(clock: Clock, now: civil::Time) -> (Clock, bool) {
    let Some(time) = clock.time.filter(|&time| clock.either_half && time <= now) else {
        return (clock, false);
    };
    match civil::Time::new(time.hour() + 12, time.minute(), 0, 0) {
        Ok(later) if later > now => (Clock { time: Some(later), ..clock }, true),
        _ => (clock, false),
    }
}

/// Zones of the United States, where 2/3 is the third of February.
const MONTH_FIRST: &[&str] = &[
    "America/Anchorage",
    "America/Boise",
    "America/Chicago",
    "America/Denver",
    "America/Detroit",
    "America/Los_Angeles",
    "America/New_York",
    "America/Phoenix",
    "Pacific/Honolulu",
];

/// A day with its month in the order of the zone, where either may come first.
fn as_written_in(zone: &Zone, day: DaySaid) -> DaySaid {
    match day {
        DaySaid::Calendar { day, month: Some(month), year, doubt: Doubt::MonthFirst }
            if MONTH_FIRST.contains(&zone.name()) =>
        {
            DaySaid::Calendar { day: month, month: Some(day), year, doubt: Doubt::None }
        }
        day => day,
    }
}

type Placed = (civil::Date, bool, Option<&'static str>);

/// A time without a day: today while it is ahead, else tomorrow.
fn alone(clock: &Clock, now: DateTime) -> Option<Placed> {
    let ahead = match (clock.precision?, clock.time, clock.until) {
        (Precision::Minute, Some(time), _) => time > now.time(),
        (_, _, Some(until)) => until > now.time(),
        (_, Some(_), None) => true,
        (_, None, None) => return None,
    };
    match ahead {
        true => Some((now.date(), false, Some(STILL_AHEAD))),
        false => Some((plus_days(now.date(), 1)?, false, Some(TOMORROW))),
    }
}

/// The day, whether it stands for several, and how it was settled.
fn placed(day: DaySaid, today: civil::Date) -> Option<Placed> {
    match day {
        DaySaid::Relative(days) => Some((plus_days(today, days)?, false, None)),
        DaySaid::Tonight => Some((today, false, None)),
        DaySaid::Weekday { day, week } => weekday(day, week, today).map(|(date, note)| (date, false, note)),
        DaySaid::Week(week) => {
            let monday = plus_days(today, 1 - i64::from(weekday_of(today)))?;
            let start = if week == Week::Next { plus_days(monday, 7)? } else { today };
            Some((start, true, Some(STRETCH)))
        }
        DaySaid::Weekend(week) => {
            let (saturday, _) = match weekday_of(today) {
                7 if week != Week::Next => (today, None),
                6 if week != Week::Next => (today, None),
                _ => weekday(6, week, today)?,
            };
            Some((saturday, true, Some(STRETCH)))
        }
        DaySaid::Calendar { day, month, year, doubt } => calendar(day, month, year, doubt, today),
        DaySaid::Month(None) => Some((first_of_month(today, 1)?, true, Some(STRETCH))),
        DaySaid::Month(Some(month)) => {
            let year = today.year() + i16::from(i8::try_from(month).ok()? < today.month());
            let first = civil::Date::new(year, i8::try_from(month).ok()?, 1).ok()?;
            Some((first.max(today), true, Some(STRETCH)))
        }
        DaySaid::Stretch(said) => {
            let note = if said.until { LAST_DAY } else { STRETCH };
            Some((stretch::placed(said, today)?, true, Some(note)))
        }
        DaySaid::WeekdayAhead { day, weeks } => {
            let days = weeks.checked_mul(7)? + i64::from(day) - i64::from(weekday_of(today));
            Some((plus_days(today, days)?, false, Some(OF_THAT_WEEK)))
        }
        DaySaid::Ahead { amount, unit, about } => {
            let date = match unit {
                Unit::Week => plus_days(today, amount.checked_mul(7)?),
                Unit::Month => plus_months(today, amount),
                Unit::Year => plus_months(today, amount.checked_mul(12)?),
                _ => plus_days(today, amount),
            };
            Some((date?, false, about.then_some(ABOUT)))
        }
        DaySaid::Bound { day, until } => {
            let day = match day {
                Anchor::Relative(days) => DaySaid::Relative(days),
                Anchor::Weekday(day, week) => DaySaid::Weekday { day, week },
                Anchor::Calendar { day, month, year, doubt } => DaySaid::Calendar { day, month, year, doubt },
            };
            let (date, _, note) = placed(day, today)?;
            Some((date, true, note.or(Some(if until { LAST_DAY } else { STRETCH }))))
        }
        DaySaid::Moment { .. } | DaySaid::Behind => None,
    }
}

/// 1 is Monday.
fn weekday_of(date: civil::Date) -> i8 {
    date.weekday().to_monday_one_offset()
}

fn weekday(day: u8, week: Week, today: civil::Date) -> Option<(civil::Date, Option<&'static str>)> {
    let from_today = i64::from(day) - i64::from(weekday_of(today));
    let (days, note) = match week {
        Week::Next => (from_today + 7, Some(OF_NEXT_WEEK)),
        Week::This if from_today >= 0 => (from_today, None),
        Week::Unsaid if from_today > 0 => (from_today, None),
        Week::Unsaid if from_today == 0 => (7, Some(NOT_TODAY)),
        _ => (from_today + 7, None),
    };
    Some((plus_days(today, days)?, note))
}

fn calendar(
    day: u8,
    month: Option<u8>,
    year: Option<i16>,
    doubt: Doubt,
    today: civil::Date,
) -> Option<Placed> {
    let day = i8::try_from(day).ok()?;
    let doubt_note = match doubt {
        Doubt::None => None,
        Doubt::MonthFirst => Some(DAY_FIRST),
        Doubt::Order => Some(MAYBE_ORDER),
        Doubt::Stretch => Some(STRETCH),
    };
    let stretch = doubt == Doubt::Stretch;
    let found = |date: civil::Date, note| Some((date, stretch, doubt_note.or(note)));
    let Some(month) = month else {
        let this = civil::Date::new(today.year(), today.month(), day).ok().filter(|&date| date >= today);
        if let Some(date) = this {
            return found(date, None);
        }
        // of two months in a row one has 31 days
        let next = (1..=2).filter_map(|months| first_of_month(today, months));
        let date = next.filter_map(|first| civil::Date::new(first.year(), first.month(), day).ok()).next()?;
        return found(date, Some(NEXT_MONTH));
    };
    let month = i8::try_from(month).ok()?;
    if let Some(year) = year {
        return found(civil::Date::new(year, month, day).ok()?, None);
    }
    let date = (0..=LEAP_YEARS)
        .filter_map(|years| civil::Date::new(today.year().checked_add(years)?, month, day).ok())
        .find(|&date| date >= today)?;
    found(date, (date.year() > today.year()).then_some(NEXT_YEAR))
}
