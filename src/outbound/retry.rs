//! When a request that failed is made again.

use crate::clock::Instant;
use crate::error::{Error, Result};
use actix_web::http::header::HttpDate;
use chrono::{DateTime, Utc};
use std::time::{Duration, SystemTime};

/// The longest that a receiver may ask to be left alone.
const LONGEST: Duration = Duration::from_secs(24 * 3600);

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
/// Almost three days together: more than one, whatever the dice say.
const STEPS: [u64; 9] =
    [5, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR, 24 * HOUR];

/// The pauses after a first failure, a second, and so on.
#[derive(Clone, Debug)]
pub struct Schedule(Vec<Duration>);

impl Default for Schedule {
    fn default() -> Schedule {
        Schedule(STEPS.map(Duration::from_secs).to_vec())
    }
}

impl Schedule {
    pub fn new(pauses: Vec<Duration>) -> Schedule {
        Schedule(pauses)
    }

    /// The pause after so many failures; none where it is over. Between half of the step and all of it, as `dice` (0 to
    /// 1) say: those who failed together do not come back together.
    pub fn pause(&self, failures: usize, dice: f64) -> Option<Duration> {
        let step = self.0.get(failures.checked_sub(1)?)?;
        Some(step.mul_f64(0.5 + 0.5 * dice.clamp(0.0, 1.0)))
    }

    /// The same, but not before the receiver wants it.
    pub fn pause_of_at_least(
        &self,
        failures: usize,
        dice: f64,
        wanted: Option<Duration>,
    ) -> Option<Duration> {
        self.pause(failures, dice).map(|pause| pause.max(wanted.unwrap_or_default()))
    }
}

/// What `Retry-After` asks for (RFC 9110, section 10.2.3): seconds, or a date in any of the forms of HTTP. Bounded; none
/// where it cannot be read.
pub fn retry_after(value: &str, now: Instant) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit are a long time, too.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)).min(LONGEST));
    }
    let date = SystemTime::from(value.parse::<HttpDate>().ok()?);
    let wait = Instant::from(DateTime::<Utc>::from(date)).seconds_since(now);
    Some(Duration::from_secs_f64(wait.clamp(0.0, LONGEST.as_secs_f64())))
}

/// A number from 0 to 1.
pub fn dice() -> Result<f64> {
    let mut bytes = [0; 4];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    Ok(f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_tried_for_more_than_a_day_whatever_the_dice_say() {
        let schedule = Schedule::default();
        let total = |dice: f64| (1..).map_while(|failures| schedule.pause(failures, dice)).sum::<Duration>();
        assert!(total(0.0) > Duration::from_secs(24 * HOUR), "{:?}", total(0.0));
        assert_eq!(total(1.0), Duration::from_secs(STEPS.iter().sum()));
        assert_eq!(schedule.pause(0, 1.0), None, "nothing has failed");
        assert_eq!(schedule.pause(STEPS.len() + 1, 1.0), None, "it is over");
        let pauses: Vec<Duration> = (1..=STEPS.len()).filter_map(|n| schedule.pause(n, 0.5)).collect();
        assert!(pauses.is_sorted(), "{pauses:?}");
    }

    #[test]
    fn who_asks_for_a_pause_gets_it() {
        let schedule = Schedule::new(vec![Duration::from_secs(10)]);
        let pause = |wanted| schedule.pause_of_at_least(1, 1.0, wanted);
        assert_eq!(pause(Some(Duration::from_secs(70))), Some(Duration::from_secs(70)));
        assert_eq!(pause(Some(Duration::from_secs(1))), Some(Duration::from_secs(10)));
        assert_eq!(schedule.pause_of_at_least(2, 1.0, Some(Duration::from_secs(1))), None);
    }

    #[test]
    fn retry_after_is_read_in_all_its_forms() {
        let now = Instant::from_micros(784_111_777_000_000).expect("an instant");
        let seconds = |value: &str| retry_after(value, now).map(|wait| wait.as_secs());
        assert_eq!(seconds("120"), Some(120));
        assert_eq!(seconds(" 0 "), Some(0));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:50:37 GMT"), Some(60));
        assert_eq!(seconds("Sunday, 06-Nov-94 08:50:37 GMT"), Some(60));
        assert_eq!(seconds("Sun Nov  6 08:50:37 1994"), Some(60));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:00:00 GMT"), Some(0), "it has passed");
        assert_eq!(seconds("Sat, 06 Nov 2094 08:00:00 GMT"), Some(LONGEST.as_secs()));
        assert_eq!(seconds("99999999999999999999999"), Some(LONGEST.as_secs()));
        for unreadable in ["", "-1", "1.5", "soon", "06 Nov"] {
            assert_eq!(seconds(unreadable), None, "{unreadable:?}");
        }
    }
}
