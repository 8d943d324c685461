//! Observations over time, from each perspective. Pure.

use super::types::ByPerspective;
use crate::loops::days::Days;
use crate::practice::Perspective;
use chrono::{Datelike, Days as Span, Months, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How long a column is: as short as [`MOST_COLUMNS`] allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ColumnUnit {
    Week,
    Month,
    Quarter,
    Year,
}

/// Columns that a chart shows at most, unless more years than this are to be told.
const MOST_COLUMNS: usize = 26;

/// How long a period may go on before the first observation and after the last to be told whole, in days.
const EMPTY_DAYS: i64 = 366;

/// Observations by when they happened: from the first to the last, or over the whole of the period that was asked for where
/// no more than a year of it is empty at either end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ObservationsOverTime {
    pub unit: ColumnUnit,
    /// One after the other, with nothing between them; none where nothing was observed.
    pub columns: Vec<TimeColumn>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TimeColumn {
    pub from_on: NaiveDate,
    /// The last day.
    pub to_on: NaiveDate,
    pub by_perspective: ByPerspective,
}

impl TimeColumn {
    pub fn days(&self) -> Days {
        Days { from: Some(self.from_on), to: Some(self.to_on) }
    }
}

/// Puts observations into columns. `days` are those that the report is of.
pub fn over_time(observed: &[(NaiveDate, Perspective)], days: &Days) -> ObservationsOverTime {
    let (first, last) = (observed.iter().map(|seen| seen.0).min(), observed.iter().map(|seen| seen.0).max());
    let (Some(first), Some(last)) = (first, last) else {
        return ObservationsOverTime { unit: ColumnUnit::Month, columns: Vec::new() };
    };
    let near = |day: &NaiveDate, other: NaiveDate| (*day - other).num_days().abs() <= EMPTY_DAYS;
    let first = days.from.filter(|from| near(from, first)).unwrap_or(first);
    let last = days.to.filter(|to| near(to, last)).unwrap_or(last);
    let unit = unit_for(first, last);
    let mut columns = columns(unit, first, last);
    for (day, perspective) in observed {
        let after = columns.partition_point(|column| column.from_on <= *day);
        if let Some(column) = after.checked_sub(1).and_then(|index| columns.get_mut(index)) {
            *column.by_perspective.of(*perspective) += 1;
        }
    }
    ObservationsOverTime { unit, columns }
}

fn unit_for(first: NaiveDate, last: NaiveDate) -> ColumnUnit {
    let fits = |unit: &ColumnUnit| {
        let days_each = match unit {
            ColumnUnit::Week => 7,
            ColumnUnit::Month => 30,
            ColumnUnit::Quarter => 91,
            ColumnUnit::Year => 365,
        };
        (last - first).num_days() / days_each < MOST_COLUMNS as i64
    };
    [ColumnUnit::Week, ColumnUnit::Month, ColumnUnit::Quarter]
        .into_iter()
        .find(fits)
        .unwrap_or(ColumnUnit::Year)
}

/// The columns from the first day to the last; the outer ones may be cut.
fn columns(unit: ColumnUnit, first: NaiveDate, last: NaiveDate) -> Vec<TimeColumn> {
    let (mut columns, mut from) = (Vec::new(), first);
    loop {
        let next = next_start(unit, from);
        let end = next.and_then(|next| next.pred_opt()).unwrap_or(last).min(last);
        columns.push(TimeColumn { from_on: from, to_on: end, by_perspective: ByPerspective::default() });
        match next.filter(|next| *next <= last) {
            Some(next) => from = next,
            None => return columns,
        }
    }
}

/// The first day of the column after the one that the day is in; weeks begin on Mondays (ISO 8601).
fn next_start(unit: ColumnUnit, day: NaiveDate) -> Option<NaiveDate> {
    let months_ahead = |months: u32| day.with_day(1)?.checked_add_months(Months::new(months));
    match unit {
        ColumnUnit::Week => {
            day.checked_add_days(Span::new(7 - u64::from(day.weekday().num_days_from_monday())))
        }
        ColumnUnit::Month => months_ahead(1),
        ColumnUnit::Quarter => months_ahead(3 - day.month0() % 3),
        ColumnUnit::Year => months_ahead(12 - day.month0()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn every_observation_is_in_one_column_and_columns_touch() {
        for (first, last) in [
            ("2026-01-07", "2026-01-07"),
            ("2026-01-07", "2026-03-01"),
            ("2025-11-07", "2026-11-30"),
            ("2021-02-03", "2026-11-30"),
            ("1996-02-29", "2026-11-30"),
        ] {
            let (first, last) = (day(first), day(last));
            let observed: Vec<_> = first.iter_days().take_while(|day| *day <= last).collect();
            let seen: Vec<_> = observed.iter().map(|day| (*day, Perspective::Citizen)).collect();
            let told = over_time(&seen, &Days::ALL);
            let counted: usize = told.columns.iter().map(|column| column.by_perspective.citizen).sum();
            assert_eq!(counted, seen.len());
            assert!(told.columns.len() <= MOST_COLUMNS + 6, "{:?} {}", told.unit, told.columns.len());
            assert_eq!(told.columns.first().map(|column| column.from_on), Some(first));
            assert_eq!(told.columns.last().map(|column| column.to_on), Some(last));
            for pair in told.columns.windows(2) {
                assert_eq!(pair[0].to_on.succ_opt(), Some(pair[1].from_on));
            }
            for column in &told.columns {
                assert_eq!(
                    column.by_perspective.citizen as i64,
                    (column.to_on - column.from_on).num_days() + 1
                );
            }
        }
    }

    #[test]
    fn a_period_is_told_whole() {
        let seen = [(day("2026-02-11"), Perspective::System)];
        let days = Days { from: Some(day("2026-01-01")), to: Some(day("2026-03-31")) };
        let told = over_time(&seen, &days);
        assert_eq!((told.unit, told.columns.len()), (ColumnUnit::Week, 14));
        assert_eq!(told.columns.iter().map(|column| column.by_perspective.system).sum::<usize>(), 1);
        assert_eq!(over_time(&[], &days).columns, []);
    }
}
