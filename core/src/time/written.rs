//! Dates, times and instants as they are written: RFC 3339.

use super::calendar::{DAY, number_of};
use jiff::civil::{Date, Time};

/// A date such as `2026-12-25`.
pub(crate) fn date(text: &str) -> Option<Date> {
    let mut text = Text(text);
    text.date().filter(|_| text.0.is_empty())
}

/// A time of day such as `15:00`.
pub(crate) fn time(text: &str) -> Option<Time> {
    let mut text = Text(text);
    let (hour, minute) = (text.number(2)?, text.after(':')?);
    let time = Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok();
    time.filter(|_| text.0.is_empty())
}

/// Milliseconds from 1970 to an instant such as `2026-11-21T10:00:00.5+02:00`: a space may stand for the `T`, seconds
/// may be left out, of an offset the minutes and the colon.
pub(super) fn instant(text: &str) -> Option<i64> {
    let mut text = Text(text);
    let day = number_of(text.date()?);
    text.one_of(&['T', 't', ' '])?;
    let (hour, minute) = (text.number(2)?, text.after(':')?);
    // A leap second is the second before it, as clocks without leap seconds have it.
    let second = text.after(':').unwrap_or(0);
    let ms = if text.one_of(&['.', ',']).is_some() { text.fraction()? } else { 0 };
    let offset = text.offset()?;
    let seconds = day * DAY + hour * 3600 + minute * 60 + second.min(59) - offset;
    (hour < 24 && minute < 60 && second < 61 && text.0.is_empty()).then_some(seconds * 1000 + ms)
}

/// What is still to be read; whoever reads a part moves past it.
pub(super) struct Text<'t>(pub(super) &'t str);

impl Text<'_> {
    /// Digits, exactly so many.
    pub(super) fn number(&mut self, digits: usize) -> Option<i64> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        let number = number.bytes().all(|b| b.is_ascii_digit()).then(|| number.parse().ok())?;
        self.0 = rest;
        number
    }

    /// One of these characters.
    pub(super) fn one_of(&mut self, signs: &[char]) -> Option<char> {
        let mut rest = self.0.chars();
        let sign = rest.next().filter(|first| signs.contains(first))?;
        self.0 = rest.as_str();
        Some(sign)
    }

    /// Two digits after a sign; where the digits are missing, the sign is not read either.
    fn after(&mut self, sign: char) -> Option<i64> {
        let mut ahead = Text(self.0.strip_prefix(sign)?);
        let number = ahead.number(2)?;
        self.0 = ahead.0;
        Some(number)
    }

    fn date(&mut self) -> Option<Date> {
        let (year, month, day) = (self.number(4)?, self.after('-')?, self.after('-')?);
        Date::new(year as i16, month as i8, day as i8).ok()
    }

    /// Milliseconds; digits beyond them are left away.
    fn fraction(&mut self) -> Option<i64> {
        let end = self.0.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.0.len());
        let (digits, rest) = self.0.split_at_checked(end).filter(|(digits, _)| !digits.is_empty())?;
        self.0 = rest;
        Some(digits.bytes().chain(*b"00").take(3).fold(0, |ms, digit| ms * 10 + i64::from(digit - b'0')))
    }

    /// Seconds east of UTC: `Z`, `+02:00`, `+0200`, `+02`.
    fn offset(&mut self) -> Option<i64> {
        let sign = match self.one_of(&['Z', 'z', '+', '-'])? {
            '+' => 1,
            '-' => -1,
            _ => return Some(0),
        };
        let hours = self.number(2)?;
        let minutes = self.after(':').or_else(|| self.number(2)).unwrap_or(0);
        (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes) * 60)
    }
}
