//! Calendar periods, and which of them are over. Pure.

use super::types::Every;
use crate::clock::{Day, Instant};
use crate::error::FieldError;
use crate::loops::days::Days;
use chrono::{Datelike, Months, NaiveDate};

/// Periods of a schedule that are made up for at most: of those that ended while no server ran, or the network was archived,
/// the last.
pub const MADE_UP_FOR: usize = 12;
/// Schedules of one network.
pub const MOST: i64 = 10;

/// A calendar period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

impl Period {
    /// The one in which a day lies; none at the end of the calendar.
    pub fn of(every: Every, day: NaiveDate) -> Option<Period> {
        let (months, first) = match every {
            Every::Month => (1, day.month0()),
            Every::Quarter => (3, day.month0() / 3 * 3),
            Every::Year => (12, 0),
        };
        let from = NaiveDate::from_ymd_opt(day.year(), first + 1, 1)?;
        let to = from.checked_add_months(Months::new(months))?.pred_opt()?;
        Some(Period { from, to })
    }

    /// The moment at which it is over (Europe/Amsterdam).
    pub fn ends_at(&self) -> Option<Instant> {
        Days { from: None, to: Some(self.to) }.ends_at()
    }
}

/// A fault where a schedule starts on a day of the calendar's far ends.
pub fn check_start(starts_on: Option<Day>, faults: &mut Vec<FieldError>) {
    let year = starts_on.map(|day| NaiveDate::from(day).year());
    if year.is_some_and(|year| !(1900..=9998).contains(&year)) {
        let detail = "Must lie in the years 1900 to 9998.";
        faults.push(FieldError::new("/startsOn", "out_of_range", detail));
    }
}

/// The periods that are over, from the one on that begins on a day, [`MADE_UP_FOR`] at most; and the first that is not.
pub fn over(every: Every, next_on: NaiveDate, now: Instant) -> Option<(Vec<Period>, Period)> {
    let mut over = Vec::new();
    let mut period = Period::of(every, next_on)?;
    while period.ends_at()? <= now {
        over.push(period);
        period = Period::of(every, period.to.succ_opt()?)?;
    }
    over.drain(..over.len().saturating_sub(MADE_UP_FOR));
    Some((over, period))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn a_day_lies_in_one_period_of_each_length() {
        let of = |every, on: &str| Period::of(every, day(on)).map(|period| (period.from, period.to));
        assert_eq!(of(Every::Month, "2028-02-29"), Some((day("2028-02-01"), day("2028-02-29"))));
        assert_eq!(of(Every::Quarter, "2026-12-31"), Some((day("2026-10-01"), day("2026-12-31"))));
        assert_eq!(of(Every::Quarter, "2026-01-01"), Some((day("2026-01-01"), day("2026-03-31"))));
        assert_eq!(of(Every::Year, "2026-07-12"), Some((day("2026-01-01"), day("2026-12-31"))));
    }

    #[test]
    fn a_period_is_over_at_midnight_in_the_netherlands() {
        let march = Period::of(Every::Month, day("2026-03-05")).expect("a period");
        // In summer time by then, two hours before midnight in UTC.
        let ends_at: Instant = serde_json::from_str("\"2026-03-31T22:00:00Z\"").expect("an instant");
        assert_eq!(march.ends_at(), Some(ends_at));
        let just_before = ends_at.minus(chrono::Duration::microseconds(1));
        let count = |now| over(Every::Month, march.from, now).map(|(over, next)| (over.len(), next.from));
        assert_eq!(count(just_before), Some((0, day("2026-03-01"))));
        assert_eq!(count(ends_at), Some((1, day("2026-04-01"))));
    }

    #[test]
    fn a_year_of_months_is_made_up_for_and_no_more() {
        let now: Instant = serde_json::from_str("\"2026-11-26T12:00:00Z\"").expect("an instant");
        let (over, next) = over(Every::Month, day("2020-01-01"), now).expect("periods");
        assert_eq!(
            (over.len(), over[0].from, next.from),
            (MADE_UP_FOR, day("2025-11-01"), day("2026-11-01"))
        );
    }
}
