//! Dates and times of a message, in Russian, Ukrainian and English.
//!
//! «завтра в 15:00», «в пятницу вечером», «за тиждень», "next Friday at 3pm": a message is read once from left to
//! right; [`read`](self) finds what was said, [`settle`](self) places it in time. What is ambiguous is settled
//! forward: a weekday is the next one, a day of the year that has passed is next year's, a bare hour from 1 to 7 is
//! in the afternoon, a time alone is today's while it is ahead. How it was settled stands in [`Date::note`].
//!
//! Dates that lie behind («вчера», «в прошлую пятницу», «в субботу был у вас»), that repeat («каждую пятницу») or
//! that are denied («не завтра», «завтра не могу», «вместо завтра») are no values. Phones, prices, versions and counts are no dates. It is not a calendar library: no
//! recurrence, no holidays, no durations.
//!
//! Known misses: a distance from another day («за день до пятницы», "a week from Monday"), holidays by name, «в то
//! же время», several hours of one day («в 9 или 10» gives the first), a range of days keeps its first day only, a
//! night between two days («ночью с пятницы на субботу» names both), «за годину» alone, which is a price more often.
//!
//! Cost: one pass over the tokens; a text with neither a digit nor a word of the calendar ends there.

mod ahead;
mod clock;
mod day;
mod days;
mod read;
mod refused;
mod settle;
mod stretch;
#[cfg(test)]
mod tests;

use super::items::Item;
use crate::document::{Cursor, Stored};
use crate::text::Span;
use crate::time::{Timestamp, Zone, written};
pub(crate) use days::plus_days;
use jiff::civil;
use read::Mode;
pub(super) use read::speaks_of_time;
use serde::{Deserialize, Serialize};

/// How exactly a [`DateValue`] is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// A day, no time.
    Day,
    /// A morning, an evening: `time` and `until` are its usual ends.
    PartOfDay,
    /// A time of a day.
    Minute,
    /// A stretch: `time` to `until` where both are there, open where one is missing; without either, days that
    /// begin or end with `date`: a week, a month, a deadline.
    Range,
}

/// A date in the bot's zone, as it stands in a session: `{"date":"2026-12-25","time":"15:00","precision":"minute"}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateValue {
    /// The day.
    #[serde(with = "text::date")]
    pub date: civil::Date,
    /// The time, or where a stretch begins.
    #[serde(with = "text::time", default, skip_serializing_if = "Option::is_none")]
    pub time: Option<civil::Time>,
    /// Where a stretch of the same day ends.
    #[serde(with = "text::time", default, skip_serializing_if = "Option::is_none")]
    pub until: Option<civil::Time>,
    /// How exactly it is known.
    pub precision: Precision,
}

impl Stored for DateValue {
    fn read(at: &Cursor<'_>) -> Self {
        let keys = at.keys_or_none();
        let date = keys.need("date").and_then(|at| at.parsed("date like 2026-12-25", written::date));
        let time = |key| keys.get(key).and_then(|at| at.parsed("time like 15:00", written::time));
        let (time, until) = (time("time"), time("until"));
        let precision = keys.need("precision").and_then(|at| {
            at.one_of(&[
                ("day", Precision::Day),
                ("part_of_day", Precision::PartOfDay),
                ("minute", Precision::Minute),
                ("range", Precision::Range),
            ])
        });
        keys.end();
        let (date, precision) = (date.unwrap_or_default(), precision.unwrap_or(Precision::Day));
        Self { date, time, until, precision }
    }
}

impl DateValue {
    /// The wall time to count from; a date without a time counts from 10:00.
    pub fn start(&self) -> civil::DateTime {
        self.date.to_datetime(self.time.unwrap_or(civil::time(10, 0, 0, 0)))
    }
}

/// A date found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Date {
    /// Its place.
    pub span: Span,
    /// What it says.
    pub value: DateValue,
    /// A day was said; where only a time was, the day is the nearest one that has it ahead.
    pub day_said: bool,
    /// How an ambiguity was settled; none where there was none.
    pub note: Option<&'static str>,
}

/// A time of day found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time {
    /// Its place.
    pub span: Span,
    /// The time, or where a stretch begins; none in «до 18».
    pub time: Option<civil::Time>,
    /// Where a stretch ends.
    pub until: Option<civil::Time>,
    /// How an ambiguity was settled.
    pub note: Option<&'static str>,
}

/// The dates of a text, in order; `now` on the wall of `zone` is what they are relative to.
///
/// ```
/// use frontdesk::extract::date::dates;
/// use frontdesk::time::{Timestamp, Zone};
/// let now = Timestamp::parse("2026-11-21T10:00:00Z").unwrap();
/// let found = dates("можно приехать завтра в 15:00?", now, &Zone::named("Europe/Kyiv").unwrap());
/// assert_eq!(found[0].value.start().to_string(), "2026-11-22T15:00:00");
/// ```
pub fn dates(text: &str, now: Timestamp, zone: &Zone) -> Vec<Date> {
    found(text, now, zone, Mode::Unasked)
}

/// [`dates`] of an answer to «when?»: a bare hour («16», «на четыре») or day («25», «5.12») counts too.
///
/// Not for a message that nobody asked for: there «16» is anything.
///
/// ```
/// use frontdesk::extract::date::{dates, dates_expected};
/// use frontdesk::time::{Timestamp, Zone};
/// let now = Timestamp::parse("2026-11-21T10:00:00Z").unwrap();
/// assert!(dates("на четыре", now, &Zone::utc()).is_empty());
/// let found = dates_expected("на четыре", now, &Zone::utc());
/// assert_eq!(found[0].value.start().to_string(), "2026-11-21T16:00:00");
/// ```
pub fn dates_expected(text: &str, now: Timestamp, zone: &Zone) -> Vec<Date> {
    let strict = found(text, now, zone, Mode::Unasked);
    if strict.is_empty() { found(text, now, zone, Mode::Asked) } else { strict }
}

/// The times of an answer to «at what time?», without a day: «в 16», «16», «на четыре», «с 10 до 18».
///
/// ```
/// use frontdesk::extract::date::times;
/// assert_eq!(times("лучше в 16")[0].time, Some(jiff::civil::time(16, 0, 0, 0)));
/// ```
pub fn times(text: &str) -> Vec<Time> {
    read::expressions(text, Mode::Asked).iter().filter_map(settle::time).collect()
}

/// What is wanted of several times offered: a day, a time of a day, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wish {
    pub(crate) span: Span,
    /// None where no day was said: the time of any will do.
    pub(crate) day: Option<civil::Date>,
    pub(crate) time: Option<civil::Time>,
    pub(crate) until: Option<civil::Time>,
    pub(crate) precision: Precision,
}

/// The wishes of an answer to «which of these?».
pub(crate) fn wishes(text: &str, now: Timestamp, zone: &Zone) -> Vec<Wish> {
    let wish = |said: &read::Said| {
        let Date { span, value, .. } = settle::date(said, now, zone)?;
        // Where no day was said, an hour that has passed today is an hour of another day all the same.
        let clock = if said.day.is_none() { settle::time(said) } else { None };
        let (time, until) = clock.map_or((value.time, value.until), |clock| (clock.time, clock.until));
        let day = said.day.is_some().then_some(value.date);
        Some(Wish { span, day, time, until, precision: value.precision })
    };
    let read = |mode| read::expressions(text, mode).iter().filter_map(wish).collect::<Vec<_>>();
    let strict = read(Mode::Unasked);
    if strict.is_empty() { read(Mode::Asked) } else { strict }
}

/// [`dates`] of a text that is read already.
pub(super) fn dates_in(items: &[Item<'_>], now: Timestamp, zone: &Zone) -> Vec<Date> {
    let said = read::expressions_in(items, Mode::Unasked);
    said.iter().filter_map(|said| settle::date(said, now, zone)).collect()
}

fn found(text: &str, now: Timestamp, zone: &Zone, mode: Mode) -> Vec<Date> {
    read::expressions(text, mode).iter().filter_map(|said| settle::date(said, now, zone)).collect()
}

/// The string forms of a date and a time.
mod text {
    pub(super) mod date {
        use crate::time::written;
        use jiff::civil::Date;
        use serde::{Deserialize, Deserializer, Serializer, de::Error};

        pub(in super::super) fn serialize<S: Serializer>(date: &Date, s: S) -> Result<S::Ok, S::Error> {
            s.collect_str(date)
        }

        pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Date, D::Error> {
            let text = String::deserialize(d)?;
            written::date(&text)
                .ok_or_else(|| D::Error::custom(format!("`{text}` is no date like 2026-12-25")))
        }
    }

    pub(super) mod time {
        use crate::time::written;
        use jiff::civil::Time;
        use serde::{Deserialize, Deserializer, Serializer, de::Error};

        pub(in super::super) fn serialize<S: Serializer>(
            time: &Option<Time>,
            s: S,
        ) -> Result<S::Ok, S::Error> {
            match time {
                Some(time) => s.collect_str(&format_args!("{:02}:{:02}", time.hour(), time.minute())),
                None => s.serialize_none(),
            }
        }

        pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
            d: D,
        ) -> Result<Option<Time>, D::Error> {
            let Some(text) = Option::<String>::deserialize(d)? else { return Ok(None) };
            let time = written::time(&text).map(Some);
            time.ok_or_else(|| D::Error::custom(format!("`{text}` is no time like 15:00")))
        }
    }
}
