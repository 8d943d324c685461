//! How long of the time that something is open its network was at rest. Pure.

use crate::clock::Instant;
use crate::networks::types::Pause;
use chrono::NaiveDate;

/// How many of the days that something is open lie in pauses: the day on which it happened is not among them.
pub fn paused_days(since: Instant, now: Instant, pauses: &[Pause]) -> i64 {
    paused_between(since.day(), now.day(), pauses)
}

/// How many of the days after the first, up to the last, lie in pauses.
pub fn paused_between(first: NaiveDate, last: NaiveDate, pauses: &[Pause]) -> i64 {
    let mut spans: Vec<(NaiveDate, NaiveDate)> = pauses
        .iter()
        .filter_map(|pause| {
            let after = NaiveDate::from(pause.starts_on).max(first.succ_opt()?);
            Some((after, NaiveDate::from(pause.ends_on).min(last)))
        })
        .filter(|(start, end)| start <= end)
        .collect();
    spans.sort_unstable();
    let (mut days, mut counted) = (0, first);
    for (start, end) in spans {
        // Pauses may overlap.
        let start = if start <= counted { counted.succ_opt().unwrap_or(start) } else { start };
        if start <= end {
            days += (end - start).num_days() + 1;
            counted = end;
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pause(starts_on: &str, ends_on: &str) -> Pause {
        let day = |text: &str| serde_json::from_value(text.into()).expect("a day");
        Pause { starts_on: day(starts_on), ends_on: day(ends_on), label: None }
    }

    fn at(text: &str) -> Instant {
        serde_json::from_value(text.into()).expect("an instant")
    }

    #[test]
    fn days_in_pauses_are_counted_once_and_only_while_it_was_open() {
        let (since, now) = (at("2025-07-10T12:00:00Z"), at("2025-09-01T12:00:00Z"));
        let paused = |pauses: &[Pause]| paused_days(since, now, pauses);
        assert_eq!(paused(&[]), 0);
        assert_eq!(paused(&[pause("2025-07-14", "2025-08-10")]), 28);
        assert_eq!(paused(&[pause("2025-08-01", "2025-08-10"), pause("2025-07-14", "2025-08-04")]), 28);
        assert_eq!(paused(&[pause("2025-07-14", "2025-08-10"), pause("2025-07-20", "2025-07-25")]), 28);
        assert_eq!(paused(&[pause("2025-07-14", "2025-07-15"), pause("2025-07-16", "2025-07-16")]), 3);
        assert_eq!(paused(&[pause("2025-01-01", "2025-07-10")]), 0, "before, and on the day itself");
        assert_eq!(paused(&[pause("2025-07-01", "2025-07-12")]), 2);
        assert_eq!(paused(&[pause("2025-08-30", "2025-12-31")]), 3, "it goes on");
        assert_eq!(paused(&[pause("2025-10-01", "2025-10-31")]), 0);
        assert_eq!(paused(&[pause("2025-01-01", "2025-12-31")]), (now.day() - since.day()).num_days());
    }
}
