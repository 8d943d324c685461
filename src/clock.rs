//! Time. Instants are UTC with microseconds, the most that both databases keep; `now` is the one place that asks the
//! machine's clock.

use chrono::{DateTime, NaiveDate, SecondsFormat, SubsecRound, Utc};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A point in time, to the microsecond. Written as RFC 3339 in UTC with `Z`; any offset is accepted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, FromSqlRow, AsExpression)]
#[diesel(sql_type = crate::db::types::Moment)]
pub struct Instant(DateTime<Utc>);

/// The present moment, cut to microseconds so that an answer and a later read of the record agree.
#[allow(clippy::disallowed_methods)] // the one place that asks the clock
pub fn now() -> Instant {
    Instant::from(Utc::now())
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

    pub fn to_chrono(self) -> DateTime<Utc> {
        self.0
    }
}

impl From<DateTime<Utc>> for Instant {
    fn from(time: DateTime<Utc>) -> Instant {
        Instant(time.trunc_subsecs(6))
    }
}

impl std::fmt::Display for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Instant, D::Error> {
        DateTime::<chrono::FixedOffset>::deserialize(deserializer).map(|time| Instant::from(time.to_utc()))
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
