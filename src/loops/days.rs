//! The days that figures are of.

use crate::clock::{Day, Instant};
use crate::error::FieldError;
use chrono::{Datelike, NaiveDate};

/// Days in Europe/Amsterdam, the first and the last included; without a bound on a side where none was given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Days {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl Days {
    pub const ALL: Days = Days { from: None, to: None };

    pub fn between(from: Option<Day>, to: Option<Day>) -> Days {
        Days { from: from.map(Into::into), to: to.map(Into::into) }
    }

    /// The moment they begin.
    pub fn starts_at(&self) -> Option<Instant> {
        self.from.map(Instant::at_start_of)
    }

    /// The moment they are over.
    pub fn ends_at(&self) -> Option<Instant> {
        self.to.and_then(|to| to.succ_opt()).map(Instant::at_start_of)
    }

    pub fn holds(&self, at: Instant) -> bool {
        // The calendar is asked only where a bound was given: it costs more than the comparison.
        if *self == Days::ALL {
            return true;
        }
        self.hold(at.day())
    }

    pub fn hold(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Those of these days that are also among the others.
    pub fn within(&self, other: &Days) -> Days {
        let to = match (self.to, other.to) {
            (Some(one), Some(another)) => Some(one.min(another)),
            (one, another) => one.or(another),
        };
        Days { from: self.from.max(other.from), to }
    }

    /// The days of the same number that end before these begin; none without a bound on both sides, and none that begin
    /// before the year 1.
    pub fn before(&self) -> Option<Days> {
        let (from, to) = (self.from?, self.to?);
        let last = from.pred_opt()?;
        let first = last.checked_sub_signed(to - from).filter(|first| first.year() > 0)?;
        Some(Days { from: Some(first), to: Some(last) })
    }

    /// A fault where the last day lies before the first.
    pub fn check(&self, faults: &mut Vec<FieldError>) {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && to < from
        {
            faults.push(FieldError::new("/to", "inconsistent", "Must not lie before from."));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(from: &str, to: &str) -> Days {
        Days { from: from.parse().ok(), to: to.parse().ok() }
    }

    #[test]
    fn the_days_before_are_as_many_and_touch() {
        assert_eq!(days("2026-04-01", "2026-04-30").before(), Some(days("2026-03-02", "2026-03-31")));
        assert_eq!(days("2026-04-01", "2026-04-01").before(), Some(days("2026-03-31", "2026-03-31")));
        assert_eq!(days("", "2026-04-01").before(), None);
    }

    #[test]
    fn days_within_others_keep_the_narrower_bounds() {
        assert_eq!(days("2026-01-01", "").within(&days("", "2026-02-01")), days("2026-01-01", "2026-02-01"));
        assert_eq!(
            days("2026-01-01", "2026-03-01").within(&days("2026-02-01", "2026-02-09")),
            days("2026-02-01", "2026-02-09")
        );
    }
}
