//! How many units there are of something in each calendar year, as exact fractions. Both days of a period count.
//!
//! - `day`: a day is a day.
//! - `week`: a day is a seventh of a week.
//! - `month`: a whole calendar month is one; of a part, its days over the days of that month.
//! - `year`: a whole calendar year is one; of a part, its days over the days of that year, 365 or 366.
//! - `total`: the quantity is for the whole period, spread evenly over its days.

use super::types::Rhythm;
use chrono::{Datelike, NaiveDate};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

/// The units in each calendar year that the period touches, in order. None where it ends before it begins.
pub fn in_years(
    from: NaiveDate,
    until: NaiveDate,
    per: Rhythm,
    quantity: &BigRational,
) -> Vec<(i32, BigRational)> {
    let whole = days(from, until);
    let years = from.year()..=until.year();
    let part = |year: i32| {
        let first = NaiveDate::from_ymd_opt(year, 1, 1)?.max(from);
        let last = NaiveDate::from_ymd_opt(year, 12, 31)?.min(until);
        (first <= last).then_some((year, first, last))
    };
    years
        .filter_map(part)
        .map(|(year, first, last)| {
            let times = match per {
                Rhythm::Total => fraction(days(first, last), whole),
                Rhythm::Day => fraction(days(first, last), 1),
                Rhythm::Week => fraction(days(first, last), 7),
                Rhythm::Month => months(first, last),
                Rhythm::Year => fraction(days(first, last), if first.leap_year() { 366 } else { 365 }),
            };
            (year, quantity * times)
        })
        .collect()
}

/// The calendar months between two days of one year, parts of them as their days over the month's.
fn months(first: NaiveDate, last: NaiveDate) -> BigRational {
    let mut sum = BigRational::zero();
    for month in first.month()..=last.month() {
        let begin = if month == first.month() { first.day() } else { 1 };
        let length = NaiveDate::from_ymd_opt(first.year(), month, 1)
            .map_or(31, |day| u32::from(day.num_days_in_month()));
        let end = if month == last.month() { last.day() } else { length };
        sum += fraction(i64::from(end - begin + 1), i64::from(length));
    }
    sum
}

fn days(first: NaiveDate, last: NaiveDate) -> i64 {
    (last - first).num_days() + 1
}

fn fraction(over: i64, under: i64) -> BigRational {
    BigRational::new(BigInt::from(over), BigInt::from(under))
}

#[cfg(test)]
mod tests {
    use super::{fraction, in_years};
    use crate::effect_calculations::types::Rhythm;
    use chrono::{Days, NaiveDate};
    use num_rational::BigRational;
    use num_traits::{One, Zero};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn units(from: &str, until: &str, per: Rhythm) -> Vec<(i32, BigRational)> {
        in_years(day(from), day(until), per, &BigRational::one())
    }

    #[test]
    fn days_and_weeks_are_counted_with_both_ends() {
        assert_eq!(units("2026-03-01", "2026-03-01", Rhythm::Day), [(2026, fraction(1, 1))]);
        assert_eq!(units("2024-02-28", "2024-03-01", Rhythm::Day), [(2024, fraction(3, 1))]);
        assert_eq!(units("2026-02-28", "2026-03-01", Rhythm::Day), [(2026, fraction(2, 1))]);
        assert_eq!(units("2026-01-01", "2026-01-14", Rhythm::Week), [(2026, fraction(2, 1))]);
        assert_eq!(units("2026-01-01", "2026-01-10", Rhythm::Week), [(2026, fraction(10, 7))]);
    }

    #[test]
    fn whole_months_and_years_are_one_whatever_their_length() {
        for (from, until) in
            [("2026-02-01", "2026-02-28"), ("2024-02-01", "2024-02-29"), ("2026-12-01", "2026-12-31")]
        {
            assert_eq!(units(from, until, Rhythm::Month)[0].1, BigRational::one(), "{from}");
        }
        for year in [2024, 2026] {
            let (from, until) = (format!("{year}-01-01"), format!("{year}-12-31"));
            assert_eq!(units(&from, &until, Rhythm::Year), [(year, BigRational::one())]);
            assert_eq!(units(&from, &until, Rhythm::Month), [(year, fraction(12, 1))]);
        }
    }

    #[test]
    fn parts_of_months_and_years_go_by_their_own_days() {
        let part = fraction(14, 28) + fraction(14, 31);
        assert_eq!(units("2026-02-15", "2026-03-14", Rhythm::Month), [(2026, part)]);
        let leap = fraction(15, 29) + fraction(14, 31);
        assert_eq!(units("2024-02-15", "2024-03-14", Rhythm::Month), [(2024, leap)]);
        assert_eq!(units("2024-01-01", "2024-06-30", Rhythm::Year), [(2024, fraction(182, 366))]);
        assert_eq!(units("2026-01-01", "2026-06-30", Rhythm::Year), [(2026, fraction(181, 365))]);
    }

    #[test]
    fn a_period_is_cut_where_the_year_ends() {
        let both = units("2025-12-31", "2026-01-02", Rhythm::Day);
        assert_eq!(both, [(2025, fraction(1, 1)), (2026, fraction(2, 1))]);
        let both = units("2025-12-31", "2026-01-02", Rhythm::Total);
        assert_eq!(both, [(2025, fraction(1, 3)), (2026, fraction(2, 3))]);
        let months = units("2025-12-16", "2026-01-31", Rhythm::Month);
        assert_eq!(months, [(2025, fraction(16, 31)), (2026, fraction(1, 1))]);
        assert!(units("2026-01-02", "2026-01-01", Rhythm::Total).is_empty());
    }

    /// Whatever the period: its years together are the whole, and a period put together of two is the sum of both.
    #[test]
    fn nothing_is_lost_between_periods() {
        let begin = day("2023-11-17");
        let sum = |from: NaiveDate, until: NaiveDate, per| {
            in_years(from, until, per, &BigRational::one())
                .into_iter()
                .fold(BigRational::zero(), |sum, (_, units)| sum + units)
        };
        for length in (0..900).step_by(13) {
            for cut in (0..length).step_by(101) {
                let at = |days: u64| begin.checked_add_days(Days::new(days)).expect("a day");
                for per in [Rhythm::Day, Rhythm::Week, Rhythm::Month, Rhythm::Year] {
                    let parts = sum(begin, at(cut), per) + sum(at(cut + 1), at(length), per);
                    assert_eq!(parts, sum(begin, at(length), per), "{per:?} {length} {cut}");
                }
                assert_eq!(sum(begin, at(length), Rhythm::Total), BigRational::one());
            }
        }
    }
}
