//! Numbers, shares and times as people of a language write them. For the eye only: data stay integers.

use crate::audit::words::Words;
use crate::bot::value::day_in_words;
use crate::time::{Timestamp, Zone};
use jiff::civil::Date;

/// How a reader of the page writes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Format<'z> {
    pub(super) words: &'static Words,
    pub(super) zone: &'z Zone,
}

impl Format<'_> {
    fn english(&self) -> bool {
        self.words.code == "en"
    }

    /// `12 345`, in English `12,345`.
    pub(super) fn number(&self, n: u64) -> String {
        let digits = n.to_string();
        let between = if self.english() { ',' } else { '\u{202f}' };
        let mut out = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(between);
            }
            out.push(digit);
        }
        out
    }

    /// A share in permille: `12,4 %`, in English `12.4%`.
    pub(super) fn share(&self, permille: u64) -> String {
        let sign = if self.english() { "%" } else { "\u{a0}%" };
        format!("{}{sign}", self.tenths(permille))
    }

    /// Tenths as a decimal: `12,4`, `7`.
    fn tenths(&self, n: u64) -> String {
        let point = if self.english() { '.' } else { ',' };
        match n % 10 {
            0 => self.number(n / 10),
            tenth => format!("{}{point}{tenth}", self.number(n / 10)),
        }
    }

    /// `8 с`, `3 мин 20 с`, `2 ч 5 мин`.
    pub(super) fn duration(&self, ms: u64) -> String {
        let w = self.words;
        let (s, m, h, d) = (ms.div_ceil(1000), ms / 60_000, ms / 3_600_000, ms / 86_400_000);
        let two = |(a, unit): (u64, &str), (b, below): (u64, &str)| {
            let rest = if b == 0 { String::new() } else { format!(" {b}\u{a0}{below}") };
            format!("{a}\u{a0}{unit}{rest}")
        };
        match (d, h, m) {
            (0, 0, 0) => format!("{s}\u{a0}{}", w.seconds),
            (0, 0, _) => two((m, w.minutes), (ms / 1000 % 60, w.seconds)),
            (0, ..) => two((h, w.hours), (m % 60, w.minutes)),
            _ => two((d, w.days), (h % 24, w.hours)),
        }
    }

    /// The greatest part of it alone: `3 мин`.
    pub(super) fn short_duration(&self, ms: u64) -> String {
        let whole = [86_400_000, 3_600_000, 60_000].into_iter().find(|unit| ms >= *unit).unwrap_or(1_000);
        self.duration(ms.div_ceil(whole) * whole)
    }

    /// A figure by the suffix of its name: a share, a time, or a count.
    pub(super) fn figure(&self, name: &str, value: u64) -> String {
        match name {
            name if name.ends_with("_permille") => self.share(value),
            name if name.ends_with("_ms") => self.duration(value),
            _ => self.number(value),
        }
    }

    /// A difference with its sign: `+12`, `−1,2 п. п.`
    pub(super) fn change(&self, name: &str, change: i64) -> String {
        let (sign, size) = (if change < 0 { "−" } else { "+" }, change.unsigned_abs());
        if name.ends_with("_permille") {
            return format!("{sign}{}\u{a0}{}", self.tenths(size), self.words.points);
        }
        format!("{sign}{}", self.figure(name, size))
    }

    /// `16 ноября`
    pub(super) fn day(&self, date: Date) -> String {
        day_in_words(date, self.words.code)
    }

    /// `16–22 ноября`, `28 ноября – 4 декабря`
    pub(super) fn days(&self, from: Date, to: Date) -> String {
        let end = self.day(to);
        if from.month() == to.month() {
            format!("{}–{end}", from.day())
        } else {
            format!("{} – {end}", self.day(from))
        }
    }

    /// `пн`
    pub(super) fn weekday(&self, date: Date) -> &'static str {
        let at = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
        self.words.weekdays.split(' ').nth(at).unwrap_or_default()
    }

    /// `16 ноября, 14:05`
    pub(super) fn moment(&self, at: Timestamp) -> String {
        format!("{}, {}", self.day(at.in_zone(self.zone).date()), self.clock(at))
    }

    /// `14:05`
    pub(super) fn clock(&self, at: Timestamp) -> String {
        let wall = at.in_zone(self.zone);
        format!("{}:{:02}", wall.hour(), wall.minute())
    }
}

/// Base64, for the hashes of a content security policy.
pub(super) fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let letter = |n: u32| LETTERS.get((n & 63) as usize).map_or('=', |&b| char::from(b));
    let of_three = |chunk: &[u8]| {
        let bits = (0..3).fold(0_u32, |bits, at| bits << 8 | u32::from(chunk.get(at).copied().unwrap_or(0)));
        let letters = [bits >> 18, bits >> 12, bits >> 6, bits].map(letter);
        let padded =
            letters.into_iter().enumerate().map(move |(at, c)| if at > chunk.len() { '=' } else { c });
        padded.collect::<String>()
    };
    bytes.chunks(3).map(of_three).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::words::words;

    fn format(language: &str, zone: &Zone) -> [String; 6] {
        let f = Format { words: words(language), zone };
        [
            f.number(1_234_567),
            f.share(124),
            f.share(70),
            f.duration(200_000),
            f.change("lead_permille", -12),
            f.change("leads", 3),
        ]
    }

    #[test]
    fn numbers_are_written_as_the_language_does() {
        let zone = Zone::utc();
        let spaced = |texts: [String; 6]| texts.map(|text| text.replace(['\u{a0}', '\u{202f}'], " "));
        assert_eq!(
            spaced(format("ru", &zone)),
            ["1 234 567", "12,4 %", "7 %", "3 мин 20 с", "−1,2 п. п.", "+3"]
        );
        assert_eq!(spaced(format("en", &zone)), ["1,234,567", "12.4%", "7%", "3 min 20 s", "−1.2 pp", "+3"]);
    }

    #[test]
    fn base64_is_padded() {
        let coded = ["", "f", "fo", "foo", "foob"].map(|text| base64(text.as_bytes()));
        assert_eq!(coded, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="]); // RFC 4648, section 10
    }
}
