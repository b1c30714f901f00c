//! The rule by which a zone changes its clock every year, as the end of a TZif file has it: `EET-2EEST,M3.5.0/3,M10.5.0/4`
//! (POSIX `TZ` with the extensions of RFC 9636).

use super::calendar::{DAY, date_of, number_of};
use super::written::Text;
use jiff::civil::Date;

/// The offsets of every year, in seconds east of UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Yearly {
    standard: i64,
    summer: Option<Summer>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Summer {
    offset: i64,
    starts: Change,
    ends: Change,
}

/// A day of the year and the seconds from its midnight to the change, by the clock until then.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Change {
    day: Day,
    seconds: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Day {
    /// From 1, as if there were no 29 February.
    WithoutLeap(i64),
    /// From 0.
    OfYear(i64),
    /// The week of a month, of which 5 is the last, and the day from Sunday.
    OfWeek { month: i64, week: i64, day: i64 },
}

impl Yearly {
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut text = Text(text);
        text.name()?;
        // The sign of POSIX is that of longitudes west.
        let standard = -text.clock()?;
        if text.0.is_empty() {
            return Some(Self { standard, summer: None });
        }
        text.name()?;
        let offset = if text.0.starts_with(',') { standard + 3600 } else { -text.clock()? };
        let summer = Summer { offset, starts: text.change()?, ends: text.change()? };
        text.0.is_empty().then_some(Self { standard, summer: Some(summer) })
    }

    pub(super) fn offset(&self, at: i64) -> i64 {
        let year = date_of(at.saturating_add(self.standard).div_euclid(DAY)).map(Date::year);
        let Some((summer, year)) = self.summer.as_ref().zip(year) else { return self.standard };
        let starts = summer.starts.of(year).map(|wall| wall - self.standard);
        let ends = summer.ends.of(year).map(|wall| wall - summer.offset);
        let Some((starts, ends)) = starts.zip(ends) else { return self.standard };
        // South of the equator summer lasts over New Year.
        let is_summer = if starts < ends { starts <= at && at < ends } else { starts <= at || at < ends };
        if is_summer { summer.offset } else { self.standard }
    }
}

impl Change {
    /// Seconds from 1970 to the change of a year, by the clock until then.
    fn of(&self, year: i16) -> Option<i64> {
        let january = Date::new(year, 1, 1).ok()?;
        let number = match self.day {
            Day::WithoutLeap(day) => {
                number_of(january) + day - 1 + i64::from(day > 59 && january.in_leap_year())
            }
            Day::OfYear(day) => number_of(january) + day,
            Day::OfWeek { month, week, day } => {
                let first = Date::new(year, i8::try_from(month).ok()?, 1).ok()?;
                // 1970 began on a Thursday.
                let to_day = (day - number_of(first) - 4).rem_euclid(7);
                let of_month = to_day + 7 * (week - 1);
                let beyond = of_month >= i64::from(first.days_in_month());
                number_of(first) + of_month - if beyond { 7 } else { 0 }
            }
        };
        Some(number * DAY + self.seconds)
    }
}

impl Text<'_> {
    /// `EET`, `<+03>`.
    fn name(&mut self) -> Option<()> {
        let quoted = self.0.strip_prefix('<').and_then(|text| text.split_once('>')).map(|(_, rest)| rest);
        let rest = quoted.unwrap_or_else(|| self.0.trim_start_matches(|c: char| c.is_ascii_alphabetic()));
        (rest.len() < self.0.len()).then(|| self.0 = rest)
    }

    /// Seconds of `2`, `-3:30`, `167:59:59`.
    fn clock(&mut self) -> Option<i64> {
        let sign = if self.one_of(&['+', '-']) == Some('-') { -1 } else { 1 };
        let mut seconds = self.digits()? * 3600;
        for unit in [60, 1] {
            if self.one_of(&[':']).is_none() {
                break;
            }
            seconds += self.digits()? * unit;
        }
        Some(sign * seconds)
    }

    /// `,M3.5.0/3`, `,J60`, `,0/-1`.
    fn change(&mut self) -> Option<Change> {
        self.one_of(&[','])?;
        let day = match self.one_of(&['J', 'M']) {
            Some('J') => Day::WithoutLeap(self.digits().filter(|day| (1..=365).contains(day))?),
            Some(_) => {
                let (month, week, day) = (self.digits()?, self.part()?, self.part()?);
                let is_one = (1..=12).contains(&month) && (1..=5).contains(&week) && day < 7;
                is_one.then_some(Day::OfWeek { month, week, day })?
            }
            None => Day::OfYear(self.digits().filter(|day| *day < 366)?),
        };
        // Where no time is given, two in the morning.
        let seconds = if self.one_of(&['/']).is_some() { self.clock()? } else { 2 * 3600 };
        Some(Change { day, seconds })
    }

    fn part(&mut self) -> Option<i64> {
        self.one_of(&['.'])?;
        self.digits()
    }

    /// A number of one to three digits.
    fn digits(&mut self) -> Option<i64> {
        let count = self.0.bytes().take(3).take_while(u8::is_ascii_digit).count();
        if count == 0 { None } else { self.number(count) }
    }
}
