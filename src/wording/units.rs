//! Days, moments and durations in words.

use crate::clock::Instant;
use crate::people::types::Locale;
use chrono::{Datelike, NaiveDate, Timelike};

crate::texts! {
    /// Their words.
    pub(crate) struct Units from "units.ftl" {
        day(day: String, month: u64, year: String);
        month(month: u64, year: String);
        quarter(quarter: u64, year: String);
        week(day: String, month: u64);
        moment(day: String, time: String);
        minutes(count: u64);
        hours(count: u64);
        days(count: f64);
    }
}

const MINUTE: f64 = 60.0;
const HOUR: f64 = 3_600.0;
const DAY: f64 = 86_400.0;

/// Such as 3 maart 2026.
pub fn day(language: Locale, day: NaiveDate) -> String {
    Units::of(language).day(day.day().to_string(), day.month().into(), day.year().to_string())
}

/// Such as mrt 2026: short, for the foot of a column.
pub fn month(language: Locale, day: NaiveDate) -> String {
    Units::of(language).month(day.month().into(), day.year().to_string())
}

/// Such as kw. 1 2026.
pub fn quarter(language: Locale, day: NaiveDate) -> String {
    Units::of(language).quarter(u64::from(day.month0() / 3 + 1), day.year().to_string())
}

/// A week by its first day, such as 3 mrt.
pub fn week(language: Locale, day: NaiveDate) -> String {
    Units::of(language).week(day.day().to_string(), day.month().into())
}

/// On the clocks of the Netherlands, such as 3 maart 2026 om 14:05.
pub fn moment(language: Locale, instant: Instant) -> String {
    let local = instant.to_chrono().with_timezone(&chrono_tz::Europe::Amsterdam);
    let time = format!("{:02}:{:02}", local.hour(), local.minute());
    Units::of(language).moment(day(language, local.date_naive()), time)
}

/// As somebody would say it: minutes under an hour, hours under two days, else days, with a half while there are few.
pub fn duration(language: Locale, seconds: f64) -> String {
    let units = Units::of(language);
    let seconds = seconds.max(0.0);
    // Rounded before it is judged: 59.9 minutes are an hour.
    let minutes = (seconds / MINUTE).round();
    let hours = (seconds / HOUR).round();
    if minutes < 60.0 {
        units.minutes(minutes as u64)
    } else if hours < 48.0 {
        units.hours(hours as u64)
    } else {
        units.days(days(seconds))
    }
}

/// To half a day under ten, to a day from there on.
fn days(seconds: f64) -> f64 {
    let days = seconds / DAY;
    if days < 10.0 { (days * 2.0).round() / 2.0 } else { days.round() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Locale::{En, Nl};

    #[test]
    fn days_and_moments() {
        let march = NaiveDate::from_ymd_opt(2026, 3, 3).expect("a day");
        assert_eq!((day(Nl, march).as_str(), day(En, march).as_str()), ("3 maart 2026", "3 March 2026"));
        assert_eq!((month(Nl, march).as_str(), month(En, march).as_str()), ("mrt 2026", "Mar 2026"));
        let instant: Instant = serde_json::from_str("\"2026-07-03T22:05:00Z\"").expect("an instant");
        assert_eq!(moment(Nl, instant), "4 juli 2026 om 00:05");
        assert_eq!(moment(En, instant), "4 July 2026 at 00:05");
    }

    #[test]
    fn every_month_has_its_name() {
        for language in [Nl, En] {
            let names: std::collections::HashSet<String> = (1..=12)
                .filter_map(|month| NaiveDate::from_ymd_opt(2026, month, 1))
                .map(|first| day(language, first) + &month(language, first))
                .collect();
            assert_eq!(names.len(), 12);
        }
    }

    #[test]
    fn durations_as_somebody_would_say_them() {
        let said = |seconds: f64| (duration(Nl, seconds), duration(En, seconds));
        let cases = [
            (-5.0, "0 minuten", "0 minutes"),
            (60.0, "1 minuut", "1 minute"),
            (3_599.0, "1 uur", "1 hour"),
            (36.0 * HOUR, "36 uur", "36 hours"),
            (47.9 * HOUR, "2 dagen", "2 days"),
            (4.4 * DAY, "4,5 dagen", "4.5 days"),
            (12.4 * DAY, "12 dagen", "12 days"),
            (1_234.0 * DAY, "1.234 dagen", "1,234 days"),
        ];
        for (seconds, dutch, english) in cases {
            assert_eq!(said(seconds), (dutch.to_owned(), english.to_owned()));
        }
    }
}
