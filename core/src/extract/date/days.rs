//! Steps in the calendar. jiff's own arithmetic serves every unit at once and costs a browser build 48 KB (gzip) for the
//! three steps needed here.

use crate::time::calendar::{date_of, number_of};
use jiff::civil::Date;

/// The day so many days later, or earlier where negative.
pub(crate) fn plus_days(date: Date, days: i64) -> Option<Date> {
    date_of(number_of(date).checked_add(days)?)
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
