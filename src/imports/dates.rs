//! Dates and times as Dutch spreadsheets write them.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, TimeZone};
use chrono_tz::Europe::Amsterdam;

/// `25-11-2026 14:30` as RFC 3339 writes it. What is written otherwise stays as it is, and so does a time that the clocks
/// leave out: the member's type then says what is wrong. Of a time that comes twice the earlier is meant.
pub fn instant(text: &str) -> Option<String> {
    let text = text.trim().replace('/', "-");
    let formats = ["%d-%m-%Y %H:%M", "%d-%m-%Y %H:%M:%S"];
    let read = |format| NaiveDateTime::parse_from_str(&text, format).ok();
    let time = formats.into_iter().find_map(read).or_else(|| Some(date(&text)?.and_time(NaiveTime::MIN)))?;
    let instant = Amsterdam.from_local_datetime(&time).earliest()?;
    Some(instant.to_utc().to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// `25-11-2026` as RFC 3339 writes it.
pub fn day(text: &str) -> Option<String> {
    Some(date(&text.trim().replace('/', "-"))?.to_string())
}

/// Years are written out: nobody means the year 26.
fn date(text: &str) -> Option<NaiveDate> {
    let year = text.rsplit('-').next().filter(|year| year.len() == 4)?;
    NaiveDate::parse_from_str(text, "%d-%m-%Y")
        .ok()
        .filter(|_| year.bytes().all(|digit| digit.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::{day, instant};

    #[test]
    fn dutch_times_are_those_of_the_netherlands() {
        let of = |text| instant(text).unwrap_or_default();
        assert_eq!(of("25-11-2026 14:30"), "2026-11-25T13:30:00Z");
        assert_eq!(of("1/7/2026 9:05:30"), "2026-07-01T07:05:30Z");
        assert_eq!(of("25-11-2026"), "2026-11-24T23:00:00Z");
        assert_eq!(of("25-10-2026 02:30"), "2026-10-25T00:30:00Z", "the earlier of two");
        for not in ["29-03-2026 02:30", "2026-11-25T14:30:00Z", "11-25-2026", "25-11-26", "morgen", ""] {
            assert_eq!(instant(not), None, "{not}");
        }
        assert_eq!(day("3-4-2027").as_deref(), Some("2027-04-03"));
        assert_eq!(day("2027-04-03"), None);
        assert_eq!(day("3-4-27"), None);
    }
}
