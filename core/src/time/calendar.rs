//! Days by number. The method is Howard Hinnant's ("chrono-Compatible Low-Level Date Algorithms"): years begin in March,
//! so that a leap day ends its year.

use jiff::civil::{Date, DateTime, Time};

/// Days in 400 years, the period of the Gregorian calendar.
const PERIOD: i64 = 146_097;
/// Days from 0000-03-01 to 1970-01-01.
const EPOCH: i64 = 719_468;
/// Seconds of a day.
pub(super) const DAY: i64 = 86_400;

/// Days since 1970-01-01.
pub(crate) fn number_of(date: Date) -> i64 {
    let (year, month, day) = (i64::from(date.year()), i64::from(date.month()), i64::from(date.day()));
    let year = if month <= 2 { year - 1 } else { year };
    let (period, year) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    period * PERIOD + year * 365 + year / 4 - year / 100 + of_year - EPOCH
}

/// The date so many days after 1970-01-01; none beyond the years -9999 to 9999.
pub(crate) fn date_of(number: i64) -> Option<Date> {
    let number = number.checked_add(EPOCH)?;
    let (period, of_period) = (number.div_euclid(PERIOD), number.rem_euclid(PERIOD));
    let year = (of_period - of_period / 1460 + of_period / 36_524 - of_period / 146_096) / 365;
    let of_year = of_period - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, year) = if month < 10 { (month + 3, year) } else { (month - 9, year + 1) };
    let year = i16::try_from(year + period * 400).ok()?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Seconds from 1970-01-01T00:00:00 to this wall time, by its own clock.
pub(super) fn seconds_of(wall: DateTime) -> i64 {
    let clock = [wall.hour(), wall.minute(), wall.second()];
    number_of(wall.date()) * DAY + clock.into_iter().fold(0, |sum, part| sum * 60 + i64::from(part))
}

/// The wall time so many milliseconds after 1970-01-01T00:00:00, by its own clock.
pub(super) fn wall_of(ms: i64) -> DateTime {
    let (seconds, ms) = (ms.div_euclid(1000), ms.rem_euclid(1000));
    let date = date_of(seconds.div_euclid(DAY)).unwrap_or_default();
    let of_day = seconds.rem_euclid(DAY);
    let [hour, minute, second] = [of_day / 3600, of_day / 60 % 60, of_day % 60].map(|part| part as i8);
    DateTime::from_parts(date, Time::new(hour, minute, second, ms as i32 * 1_000_000).unwrap_or_default())
}
