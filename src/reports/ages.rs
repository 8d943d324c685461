//! How old what is open is, with the days of pauses and without them. Pure.

use crate::loops::days::Days;
use crate::loops::legs::percentile;
use crate::networks::types::Pause;
use crate::open_items::rules::paused_between;
use chrono::{Duration, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where each band of ages begins, in days.
const BANDS: [i64; 4] = [0, 7, 30, 90];
/// Days that are looked back at most for what is so old, pauses left out.
const FURTHEST: i64 = 200 * 365;

/// The ages of what is open, each kind of record for itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AgesOfOpen {
    pub observations: Ages,
    pub actions: Ages,
    pub questions: Ages,
}

/// Calendar days since each happened. `…WithoutPauses` leaves out those on which the network was at rest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Ages {
    pub count: usize,
    /// Null where nothing is open, as are the others.
    pub median_days: Option<f64>,
    pub oldest_days: Option<i64>,
    pub median_days_without_pauses: Option<f64>,
    pub oldest_days_without_pauses: Option<i64>,
    /// From the youngest to the oldest; always four.
    pub bands: Vec<OpenAgeBand>,
}

/// How many are of an age.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenAgeBand {
    pub at_least_days: i64,
    /// Null of the oldest.
    pub under_days: Option<i64>,
    pub count: usize,
    pub count_without_pauses: usize,
    /// The days on which those of `count` happened.
    #[serde(skip)]
    pub happened: Days,
    /// The days on which those of `countWithoutPauses` happened.
    #[serde(skip)]
    pub happened_without_pauses: Days,
}

/// The ages on a day of what happened on these days.
pub fn ages(mut happened: Vec<NaiveDate>, today: NaiveDate, pauses: &[Pause]) -> Ages {
    // The latest first, so that ages rise.
    happened.sort_unstable_by(|one, other| other.cmp(one));
    let old: Vec<i64> = happened.iter().map(|day| (today - *day).num_days().max(0)).collect();
    let active: Vec<i64> = happened.iter().map(|day| active_days(*day, today, pauses)).collect();
    let median = |ages: &[i64]| percentile(&ages.iter().map(|days| *days as f64).collect::<Vec<_>>(), 0.5);
    let band = |index: usize| {
        let (least, under) = (BANDS[index], BANDS.get(index + 1).copied());
        let holds = |age: &&i64| **age >= least && under.is_none_or(|under| **age < under);
        OpenAgeBand {
            at_least_days: least,
            under_days: under,
            count: old.iter().filter(holds).count(),
            count_without_pauses: active.iter().filter(holds).count(),
            happened: of_age(least, under, today, &[]),
            happened_without_pauses: of_age(least, under, today, pauses),
        }
    };
    Ages {
        count: happened.len(),
        median_days: median(&old),
        oldest_days: old.last().copied(),
        median_days_without_pauses: median(&active),
        oldest_days_without_pauses: active.last().copied(),
        bands: (0..BANDS.len()).map(band).collect(),
    }
}

/// The days since, without those of pauses.
fn active_days(day: NaiveDate, today: NaiveDate, pauses: &[Pause]) -> i64 {
    ((today - day).num_days() - paused_between(day, today, pauses)).max(0)
}

/// The days on which what is of such an age happened.
fn of_age(least: i64, under: Option<i64>, today: NaiveDate, pauses: &[Pause]) -> Days {
    let latest = |age: i64| latest_of_age(age, today, pauses);
    let from = under.and_then(latest).and_then(|day| day.succ_opt());
    // What will happen is as young as what happens today.
    Days { from, to: if least == 0 { None } else { latest(least).or(NaiveDate::from_ymd_opt(1, 1, 1)) } }
}

/// The latest day on which something happened that is at least so old; none where nothing can be. Ages fall from day to day,
/// so the day is found by halving.
fn latest_of_age(age: i64, today: NaiveDate, pauses: &[Pause]) -> Option<NaiveDate> {
    let ago = |days: i64| today.checked_sub_signed(Duration::days(days));
    let (mut young, mut old) = (age, FURTHEST);
    if active_days(ago(old)?, today, pauses) < age {
        return None;
    }
    while young < old {
        let middle = (young + old) / 2;
        if active_days(ago(middle)?, today, pauses) >= age {
            old = middle;
        } else {
            young = middle + 1;
        }
    }
    ago(old)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn rest(starts_on: &str, ends_on: &str) -> Pause {
        serde_json::from_value(json!({"startsOn": starts_on, "endsOn": ends_on})).expect("a pause")
    }

    #[test]
    fn a_summer_makes_nothing_older_than_it_is() {
        let today = day("2026-09-01");
        let ages = ages(
            vec![day("2026-07-01"), day("2026-08-31"), day("2026-05-01")],
            today,
            &[rest("2026-07-10", "2026-08-20")],
        );
        assert_eq!((ages.median_days, ages.median_days_without_pauses), (Some(62.0), Some(20.0)));
        assert_eq!((ages.oldest_days, ages.oldest_days_without_pauses), (Some(123), Some(81)));
        let counts = |of: fn(&OpenAgeBand) -> usize| ages.bands.iter().map(of).collect::<Vec<_>>();
        assert_eq!(counts(|band| band.count), [1, 0, 1, 1]);
        assert_eq!(counts(|band| band.count_without_pauses), [1, 1, 1, 0]);
    }

    #[test]
    fn the_days_of_a_band_are_those_on_which_what_is_in_it_happened() {
        let today = day("2026-09-01");
        let pauses = [
            rest("2026-07-10", "2026-08-20"),
            rest("2026-08-30", "2026-09-30"),
            rest("2026-03-01", "2026-03-02"),
        ];
        for pauses in [&pauses[..], &[]] {
            let bands = ages(Vec::new(), today, pauses).bands;
            for ago in 0..400 {
                let happened = today - Duration::days(ago);
                for band in &bands {
                    let of = |age: i64| {
                        age >= band.at_least_days && band.under_days.is_none_or(|under| age < under)
                    };
                    assert_eq!(band.happened.hold(happened), of(ago), "{happened} {band:?}");
                    let active = active_days(happened, today, pauses);
                    assert_eq!(
                        band.happened_without_pauses.hold(happened),
                        of(active),
                        "{happened} {band:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn nothing_open_has_no_age_and_endless_rest_makes_none_old() {
        let today = day("2026-09-01");
        let none = ages(Vec::new(), today, &[]);
        assert_eq!((none.count, none.median_days, none.bands.len()), (0, None, 4));
        let rested = ages(vec![day("2026-01-01")], today, &[rest("0001-01-01", "9999-12-31")]);
        assert_eq!((rested.oldest_days, rested.oldest_days_without_pauses), (Some(243), Some(0)));
        assert!(!rested.bands[3].happened_without_pauses.hold(day("1990-01-01")));
    }
}
