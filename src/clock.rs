//! Time. Instants are UTC with microseconds, the most that both databases keep; `now` and `uptime` are the two places
//! that ask the machine's clocks.

use chrono::{DateTime, NaiveDate, SecondsFormat, SubsecRound, TimeZone, Utc};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::sync::OnceLock;
use std::time::Duration;

/// A point in time, to the microsecond. Written as RFC 3339 in UTC with `Z`; any offset is accepted.
/// (Where nobody reads it, as a number of microseconds.)
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, FromSqlRow, AsExpression)]
#[diesel(sql_type = crate::db::types::Moment)]
pub struct Instant(DateTime<Utc>);

/// The present moment, cut to microseconds so that an answer and a later read of the record agree.
#[allow(clippy::disallowed_methods)] // the one place that asks the clock
pub fn now() -> Instant {
    Instant::from(Utc::now())
}

/// How long the program has run, by a clock that nobody sets: for waiting times and limits, which a wall clock that is set
/// back would make longer.
pub fn uptime() -> Duration {
    static BEGUN: OnceLock<std::time::Instant> = OnceLock::new();
    BEGUN.get_or_init(std::time::Instant::now).elapsed()
}

/// Time that only goes on, whatever is done to the machine's clock: to tell how long something takes.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Duration);

impl Stopwatch {
    pub fn start() -> Stopwatch {
        Stopwatch(uptime())
    }

    pub fn elapsed(self) -> Duration {
        uptime().saturating_sub(self.0)
    }
}

impl Instant {
    /// Microseconds since 1970-01-01T00:00:00Z.
    pub fn micros(self) -> i64 {
        self.0.timestamp_micros()
    }

    /// None where the number lies outside of what a calendar date can say.
    pub fn from_micros(micros: i64) -> Option<Instant> {
        DateTime::from_timestamp_micros(micros).map(Instant)
    }

    pub fn plus(self, duration: chrono::Duration) -> Instant {
        Instant(self.0 + duration)
    }

    pub fn minus(self, duration: chrono::Duration) -> Instant {
        Instant(self.0 - duration)
    }

    /// Seconds from `earlier` to this instant, with a fraction; negative when it is later.
    pub fn seconds_since(self, earlier: Instant) -> f64 {
        (self.micros() - earlier.micros()) as f64 / 1e6
    }

    /// The calendar day in the Netherlands.
    pub fn day(self) -> NaiveDate {
        self.0.with_timezone(&chrono_tz::Europe::Amsterdam).date_naive()
    }

    /// The moment at which a calendar day begins in the Netherlands.
    pub fn at_start_of(day: NaiveDate) -> Instant {
        let midnight = day.and_time(chrono::NaiveTime::MIN);
        // Where the clock skips midnight, which it has done there in the past, the day begins an hour later.
        let begins = (0..24).find_map(|hour| {
            let local = midnight + chrono::Duration::hours(hour);
            chrono_tz::Europe::Amsterdam.from_local_datetime(&local).earliest()
        });
        Instant::from(begins.map_or(midnight.and_utc(), |begins| begins.to_utc()))
    }

    pub fn to_chrono(self) -> DateTime<Utc> {
        self.0
    }

    /// RFC 3339 as chrono writes it, with its length; None outside of the years 0 to 9999. Of a page of records, chrono's
    /// general formatter took a tenth of the time.
    fn rfc3339(self) -> Option<([u8; 27], usize)> {
        let mut text = [0; 27];
        use chrono::{Datelike, Timelike};
        let (date, time) = (self.0.date_naive(), self.0.time());
        let year = u32::try_from(date.year()).ok().filter(|year| *year <= 9999)?;
        let mut put = |at: usize, digits: usize, mut value: u32| {
            for place in (at..at + digits).rev() {
                text[place] = b'0' + (value % 10) as u8;
                value /= 10;
            }
        };
        put(0, 4, year);
        put(5, 2, date.month());
        put(8, 2, date.day());
        put(11, 2, time.hour());
        put(14, 2, time.minute());
        put(17, 2, time.second());
        let micros = time.nanosecond() / 1000;
        put(20, 6, micros);
        for (at, mark) in [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':'), (19, b'.')] {
            text[at] = mark;
        }
        let end = if micros == 0 {
            19
        } else if micros % 1000 == 0 {
            23
        } else {
            26
        };
        text[end] = b'Z';
        Some((text, end + 1))
    }
}

impl From<DateTime<Utc>> for Instant {
    fn from(time: DateTime<Utc>) -> Instant {
        Instant(time.trunc_subsecs(6))
    }
}

impl std::fmt::Display for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.rfc3339() {
            Some((text, length)) => {
                f.write_str(std::str::from_utf8(&text[..length]).map_err(|_| std::fmt::Error)?)
            }
            None => f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
        }
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return self.micros().serialize(serializer);
        }
        let text = self.rfc3339();
        match text.as_ref().and_then(|(text, length)| std::str::from_utf8(&text[..*length]).ok()) {
            Some(text) => serializer.serialize_str(text),
            None => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Instant, D::Error> {
        if !deserializer.is_human_readable() {
            let instant = Instant::from_micros(i64::deserialize(deserializer)?);
            return instant.ok_or_else(|| serde::de::Error::custom("no such microsecond"));
        }
        let text = String::deserialize(deserializer)?;
        // A space for the T is allowed to who agrees on it, and not by JSON Schema.
        let marked = matches!(text.as_bytes().get(10), Some(b'T' | b't'));
        let time = DateTime::parse_from_rfc3339(&text).ok().filter(|_| marked);
        let instant = time.map(|time| Instant::from(time.to_utc()));
        // An offset may lead out of the years 0 to 9999, where days and differences overflow.
        instant.filter(|instant| instant.rfc3339().is_some()).ok_or_else(|| {
            serde::de::Error::custom("must be a date-time of RFC 3339, such as 2027-03-01T09:30:00Z")
        })
    }
}

impl schemars::JsonSchema for Instant {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Instant".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "format": "date-time", "maxLength": 40})
    }
}

/// A calendar day as a request names it: the full-date of RFC 3339 and nothing else. chrono by itself reads `2027-3-1` and
/// `+12027-01-01` too.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(transparent)]
pub struct Day(NaiveDate);

impl From<Day> for NaiveDate {
    fn from(day: Day) -> NaiveDate {
        day.0
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        let text = String::deserialize(deserializer)?;
        // Ten characters leave no room for a fifth digit of the year, or for a sign.
        let date = text.parse::<NaiveDate>().ok().filter(|date| text.len() == 10 && date.to_string() == text);
        date.map(Day).ok_or_else(|| serde::de::Error::custom("must be a date, such as 2027-03-01"))
    }
}

impl schemars::JsonSchema for Day {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        NaiveDate::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_it_is_written() {
        let read = |text: &str| serde_json::from_value::<Day>(text.into()).ok();
        for text in ["2027-03-01", "2028-02-29", "0000-01-01", "9999-12-31"] {
            assert_eq!(read(text).map(|day| NaiveDate::from(day).to_string()).as_deref(), Some(text));
        }
        for text in [
            "2027-3-1",
            "2027-03-1",
            "+12027-01-01",
            "+2027-3-01",
            "-001-01-01",
            "2027-02-29",
            " 2027-3-01",
            "2027-03-01T00:00:00Z",
            "",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }

    #[test]
    fn an_instant_is_read_as_rfc_3339_writes_it_and_not_otherwise() {
        let read =
            |text: &str| serde_json::from_value::<Instant>(text.into()).ok().map(|read| read.to_string());
        for (text, instant) in [
            ("2026-03-10T15:00:00Z", "2026-03-10T15:00:00Z"),
            ("2026-03-10t15:00:00.1023456z", "2026-03-10T15:00:00.102345Z"),
            ("2026-03-10T15:00:00+01:00", "2026-03-10T14:00:00Z"),
        ] {
            assert_eq!(read(text).as_deref(), Some(instant));
        }
        for text in [
            "2026-03-10T15:00:0.1023456Z",
            "2026-3-10T15:00:00Z",
            "2026-03-10T15:00Z",
            "2026-03-10 15:00:00Z",
            "2026-03-10T15:00:00",
            "2026-03-10T15:00:00 Z",
            "2026-03-10T24:00:00Z",
            "+12026-03-10T15:00:00Z",
            "9999-12-31T23:59:59-01:00",
            "0000-01-01T00:00:00+01:00",
            "é026-03-10T15:00:00Z",
            "",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }

    #[test]
    fn an_instant_is_written_as_chrono_writes_it() {
        let micros = [
            0,
            1,
            999,
            1_000,
            999_999,
            1_000_000,
            951_782_399_123_000,
            1_709_210_096_000_001,
            -1,
            -62_135_596_800_000_000,
        ];
        for instant in micros.into_iter().filter_map(Instant::from_micros) {
            let written = serde_json::to_string(&instant).unwrap_or_default();
            let chronos = instant.to_chrono().to_rfc3339_opts(SecondsFormat::AutoSi, true);
            assert_eq!(written, format!("\"{chronos}\""));
            assert_eq!(serde_json::from_str::<Instant>(&written).ok(), Some(instant));
        }
        let far =
            Instant::from_micros(253_402_300_800_000_000).map(|instant| serde_json::to_string(&instant).ok());
        assert_eq!(
            far,
            Some(Some("\"+10000-01-01T00:00:00Z\"".to_owned())),
            "beyond four digits it is chrono's"
        );
    }
}
