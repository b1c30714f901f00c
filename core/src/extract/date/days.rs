//! Steps in the calendar. jiff's own arithmetic serves every unit at once and costs a browser build 48 KB (gzip) for the
//! three steps needed here.

use jiff::civil::Date;

/// Days in 400 years, the period of the Gregorian calendar.
const PERIOD: i64 = 146_097;

/// The day so many days later, or earlier where negative. The method is Howard Hinnant's ("chrono-Compatible
/// Low-Level Date Algorithms"): years begin in March, so that a leap day ends its year.
pub(crate) fn plus_days(date: Date, days: i64) -> Option<Date> {
    let (year, month, day) = (i64::from(date.year()), i64::from(date.month()), i64::from(date.day()));
    let year = if month <= 2 { year - 1 } else { year };
    let (period, year) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let number = period * PERIOD + year * 365 + year / 4 - year / 100 + of_year;

    let number = number.checked_add(days)?;
    let (period, of_period) = (number.div_euclid(PERIOD), number.rem_euclid(PERIOD));
    let year = (of_period - of_period / 1460 + of_period / 36_524 - of_period / 146_096) / 365;
    let of_year = of_period - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, year) = if month < 10 { (month + 3, year) } else { (month - 9, year + 1) };
    let year = i16::try_from(year + period * 400).ok()?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The same day so many months later, or the last one of that month where it is shorter.
pub(super) fn plus_months(date: Date, months: i64) -> Option<Date> {
    let first = first_of_month(date, months)?;
    Date::new(first.year(), first.month(), date.day().min(first.days_in_month())).ok()
}

/// The first day of the month so many months later.
pub(super) fn first_of_month(date: Date, months: i64) -> Option<Date> {
    let number = i64::from(date.year()) * 12 + i64::from(date.month()) - 1;
    let number = number.checked_add(months)?;
    let (year, month) = (number.div_euclid(12), number.rem_euclid(12) + 1);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{ToSpan, civil::date};

    #[test]
    fn steps_as_jiff_does() {
        for start in
            [date(2024, 2, 29), date(2026, 11, 21), date(1999, 12, 31), date(1600, 3, 1), date(0, 1, 1)]
        {
            for step in (-800..800).chain([-36_524, 36_524, 146_097, 300_000]) {
                assert_eq!(
                    plus_days(start, step),
                    start.checked_add(step.days()).ok(),
                    "{start} {step} days"
                );
                let months = step % 240;
                assert_eq!(
                    plus_months(start, months),
                    start.checked_add(months.months()).ok(),
                    "{start} {months}"
                );
            }
        }
        assert_eq!(plus_days(date(9999, 12, 31), 1), None);
        assert_eq!(plus_days(date(2026, 1, 1), i64::MAX), None);
        assert_eq!(plus_months(date(2026, 1, 1), i64::MAX), None);
    }
}
