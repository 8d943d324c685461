//! What happened when: observations over time by perspective, and how old what is open is.

use super::{Lists, Name, listed, section};
use crate::people::types::Locale;
use crate::reports::ages::{Ages, AgesOfOpen, OpenAgeBand};
use crate::reports::document::{Cell, Chart, Drawing, Groups, Kind, Section, Series, Table, Tone};
use crate::reports::over_time::{ColumnUnit, ObservationsOverTime, TimeColumn};
use crate::reports::types::ByPerspective;
use crate::reports::words::Words;
use crate::wording::units;
use chrono::Datelike;

const DAY: f64 = 86_400.0;

/// How many are from a perspective.
type FromPerspective = fn(&ByPerspective) -> usize;

/// Observations in the order in which they happened, by perspective. None where a single column tells nothing over time.
pub fn observations(words: Words, lists: Lists<'_>, over_time: &ObservationsOverTime) -> Option<Section> {
    let columns = &over_time.columns;
    if columns.len() < 2 {
        return None;
    }
    let name = Name { key: "over-time", title: words.time_title(), tab: words.time_tab() };
    let perspectives: [(String, FromPerspective); 5] = [
        (words.perspective_citizen(), |by| by.citizen),
        (words.perspective_practitioner(), |by| by.practitioner),
        (words.perspective_informal_carer(), |by| by.informal_carer),
        (words.perspective_organisation(), |by| by.organisation),
        (words.perspective_system(), |by| by.system),
    ];
    let mut heads = vec![(words.column_period(), Kind::Text)];
    heads.extend(perspectives.iter().map(|(label, _)| (label.clone(), Kind::Count)));
    heads.push((words.total(), Kind::Count));
    let mut table = Table::of_columns(&name.title, heads);
    let mut totals = Vec::with_capacity(columns.len());
    for column in columns {
        let counts = perspectives.iter().map(|(_, of)| of(&column.by_perspective));
        let total: usize = counts.clone().sum();
        let label = label(words.language(), over_time.unit, column);
        let mut cells = vec![Cell::text(&*label)];
        cells.extend(counts.map(Cell::count));
        cells.push(Cell::count(total));
        table.row_of(cells).from = lists.on("/loop/stages/observed", &column.days());
        totals.push((label, total));
    }
    let description = listed(words, totals.iter().map(|(label, total)| (label.as_str(), *total)));
    let series = |((label, of), tone): ((String, FromPerspective), Tone)| Series {
        label,
        tone,
        counts: columns.iter().map(|column| of(&column.by_perspective) as u64).collect(),
    };
    let groups = Groups {
        labels: totals.into_iter().map(|(label, _)| label).collect(),
        series: perspectives.into_iter().zip(Tone::ALL).map(series).collect(),
    };
    let chart = Chart { title: name.title.clone(), description, drawing: Drawing::Columns(groups) };
    Some(section(name, vec![words.time_how()], Some(chart), table))
}

/// What a column is called: its week by its first day, else its month, quarter or year.
fn label(language: Locale, unit: ColumnUnit, column: &TimeColumn) -> String {
    let first = column.from_on;
    match unit {
        ColumnUnit::Week => units::week(language, first),
        ColumnUnit::Month => units::month(language, first),
        ColumnUnit::Quarter => units::quarter(language, first),
        ColumnUnit::Year => first.year().to_string(),
    }
}

/// How old what is open is, with the days of pauses and without them. None where nothing is open.
pub fn ages(words: Words, lists: Lists<'_>, ages: &AgesOfOpen) -> Option<Section> {
    let kinds = [
        (words.observations(), &ages.observations, lists.at("/agesOfOpen/observations/count")),
        (words.actions(), &ages.actions, lists.at("/agesOfOpen/actions/count")),
        (words.questions(), &ages.questions, lists.at("/agesOfOpen/questions/count")),
    ];
    if kinds.iter().all(|(_, ages, _)| ages.count == 0) {
        return None;
    }
    let name = Name { key: "ages", title: words.ages_title(), tab: words.ages_tab() };
    let mut heads = vec![(words.column_what(), Kind::Text)];
    let bands = &ages.observations.bands;
    let labels: Vec<String> = bands.iter().map(|band| band_label(words, band)).collect();
    heads.extend(labels.iter().map(|label| (label.clone(), Kind::Count)));
    heads.push((words.column_median(), Kind::Duration));
    heads.push((words.column_oldest(), Kind::Duration));
    let mut table = Table::of_columns(&name.title, heads);
    for (label, ages, from) in &kinds {
        let all = row(label.clone(), ages, |band| band.count, ages.median_days, ages.oldest_days);
        table.row_of(all).from.clone_from(from);
        let (median, oldest) = (ages.median_days_without_pauses, ages.oldest_days_without_pauses);
        if (median, oldest) != (ages.median_days, ages.oldest_days) {
            let label = words.ages_without_pauses(label.clone());
            let active = row(label, ages, |band| band.count_without_pauses, median, oldest);
            table.row_of(active).from.clone_from(from);
        }
    }
    let summed = |of: fn(&OpenAgeBand) -> usize| -> Vec<u64> {
        let at =
            |at: usize| kinds.iter().filter_map(|(_, ages, _)| ages.bands.get(at)).map(of).sum::<usize>();
        (0..bands.len()).map(|index| at(index) as u64).collect()
    };
    let (with, without) = (summed(|band| band.count), summed(|band| band.count_without_pauses));
    let description =
        listed(words, labels.iter().map(String::as_str).zip(with.iter().map(|count| *count as usize)));
    let mut series = vec![Series { label: words.ages_with(), tone: Tone::First, counts: with }];
    if without != series[0].counts {
        series.push(Series { label: words.ages_without(), tone: Tone::Second, counts: without });
    }
    let chart =
        Chart { title: name.title.clone(), description, drawing: Drawing::Bars(Groups { labels, series }) };
    Some(section(name, vec![words.ages_how()], Some(chart), table))
}

fn row(
    label: String,
    ages: &Ages,
    of: fn(&OpenAgeBand) -> usize,
    median: Option<f64>,
    oldest: Option<i64>,
) -> Vec<Cell> {
    let mut cells = vec![Cell::Text(label)];
    cells.extend(ages.bands.iter().map(|band| Cell::count(of(band))));
    cells.push(median.map_or(Cell::Nothing, |days| Cell::Duration(days * DAY)));
    cells.push(oldest.map_or(Cell::Nothing, |days| Cell::Duration(days as f64 * DAY)));
    cells
}

fn band_label(words: Words, band: &OpenAgeBand) -> String {
    let least = band.at_least_days.unsigned_abs();
    match band.under_days.map(i64::unsigned_abs) {
        Some(under) if least == 0 => words.band_first(under),
        Some(under) => words.band_between(least, under - 1),
        None => words.band_last(least),
    }
}
