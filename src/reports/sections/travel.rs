//! Where insights went, and the cycle or network beside its own past.

use super::{Lists, Name, Share, listed, of_a_whole, section};
use crate::reports::document::{Cell, Chart, Drawing, Groups, Kind, Section, Series, Table, Tone};
use crate::reports::types::{
    ByDecision, ComparedFigures, PastCycle, PastPeriod, ReportFigures, SinceClosing, Travel, TravelledInsight,
};
use crate::reports::words::Words;
use crate::wording::units;

/// Insights that a chart shows at most.
const MOST_BARS: usize = 12;

/// What others did with each of the insights that were shared.
pub fn insights(words: Words, travel: &Travel) -> Option<Section> {
    if travel.shared == 0 {
        return None;
    }
    let name = Name { key: "insights", title: words.insights_title(), tab: words.insights_tab() };
    let decided: Vec<&TravelledInsight> = travel
        .items
        .iter()
        .filter(|item| decisions(&item.adoptions).iter().any(|count| *count > 0))
        .collect();
    let mut explanation = vec![words.insights_of(travel.shared as u64), words.insights_how()];
    if decided.len() > MOST_BARS {
        explanation.push(words.insights_most(MOST_BARS as u64));
    }
    let heads = labels(words);
    let [adopted, adapted, rejected] = heads.clone().map(|label| (label, Kind::Count));
    let columns = [
        (words.column_insight(), Kind::Text),
        (words.column_shared(), Kind::Day),
        adopted,
        adapted,
        rejected,
    ];
    let mut table = Table::new(&name.title, columns);
    for item in &travel.items {
        let [adopted, adapted, rejected] = decisions(&item.adoptions).map(Cell::count);
        let shared_on = Cell::Day(item.shared_at.day());
        let row = table.row([Cell::text(&*item.title), shared_on, adopted, adapted, rejected]);
        row.from = Some(format!("/v1/insights/{}", item.id));
    }
    let drawn = &decided[..decided.len().min(MOST_BARS)];
    let chart = (!drawn.is_empty()).then(|| {
        let total = |item: &TravelledInsight| decisions(&item.adoptions).iter().sum();
        let description = listed(words, drawn.iter().map(|item| (item.title.as_str(), total(item))));
        let series = heads.into_iter().enumerate().zip(Tone::ALL).map(|((at, label), tone)| Series {
            label,
            tone,
            counts: drawn.iter().map(|item| decisions(&item.adoptions)[at] as u64).collect(),
        });
        let labels = drawn.iter().map(|item| item.title.clone()).collect();
        let drawing = Drawing::Stacks(Groups { labels, series: series.collect() });
        Chart { title: name.title.clone(), description, drawing }
    });
    Some(section(name, explanation, chart, table))
}

/// What a network made of the insights of others.
pub fn received(words: Words, lists: Lists<'_>, received: &ByDecision) -> Option<Section> {
    let name = Name { key: "received", title: words.received_title(), tab: words.received_tab() };
    let [adopted, adapted, rejected] = labels(words);
    let shares = [
        Share::new(adopted, received.adopted, lists.at("/insights/received/adopted")),
        Share::new(adapted, received.adapted, lists.at("/insights/received/adapted")),
        Share::new(rejected, received.rejected, lists.at("/insights/received/rejected")),
    ];
    of_a_whole(words, name, vec![words.received_how()], shares)
}

fn labels(words: Words) -> [String; 3] {
    [words.decision_adopted(), words.decision_adapted(), words.decision_rejected()]
}

fn decisions(by: &ByDecision) -> [usize; 3] {
    [by.adopted, by.adapted, by.rejected]
}

/// What came since the closing. It stands beside the figures of then, and changes none of them.
pub fn since_closing(words: Words, lists: Lists<'_>, since: &SinceClosing) -> Option<Section> {
    let rows = [
        (words.since_observations(), since.observations, "/sinceClosing/observations"),
        (words.since_evaluations(), since.evaluations, "/sinceClosing/evaluations"),
        (words.since_evaluated(), since.evaluated, "/sinceClosing/evaluated"),
        (words.since_withdrawn(), since.withdrawn, "/sinceClosing/withdrawn"),
        (words.since_returned(), since.returned, "/sinceClosing/returned"),
    ];
    if rows.iter().all(|(_, count, _)| *count == 0) {
        return None;
    }
    let name = Name { key: "since-closing", title: words.since_title(), tab: words.since_tab() };
    let mut table =
        Table::new(&name.title, [(words.column_what(), Kind::Text), (words.column_count(), Kind::Count)]);
    for (label, count, place) in rows {
        table.row([Cell::Text(label), Cell::count(count)]).from = lists.at(place);
    }
    Some(section(name, vec![words.since_how()], None, table))
}

/// A cycle beside those that it goes on from.
pub fn predecessors(
    words: Words,
    lists: Lists<'_>,
    now: &ReportFigures,
    past: &[PastCycle],
) -> Option<Section> {
    let day =
        |cycle: &PastCycle| units::day(words.language(), cycle.closed_at.unwrap_or(cycle.created_at).day());
    beside(words, lists, now, past.iter().map(|cycle| (day(cycle), &cycle.figures)).collect())
}

/// A period of a network beside those before it.
pub fn earlier(words: Words, lists: Lists<'_>, now: &ReportFigures, past: &[PastPeriod]) -> Option<Section> {
    let days = |period: &PastPeriod| {
        let day = |day| units::day(words.language(), day);
        words.period(day(period.from_on), day(period.to_on))
    };
    beside(words, lists, now, past.iter().map(|period| (days(period), &period.figures)).collect())
}

/// The figures of a report, as those are that stand beside them.
fn compared(now: &ReportFigures) -> ComparedFigures {
    let (counts, stages) = (&now.counts, &now.looped.stages);
    ComparedFigures {
        questions: counts.questions,
        observations: counts.observations,
        reflections: counts.reflections,
        actions: counts.actions,
        evaluations: counts.evaluations,
        evaluated: stages.evaluated,
        closed_without_action: stages.closed_without_action,
        open: stages.open,
        closure_rate: now.looped.closure_rate,
        frame_shifts: now.frame_shifts,
        returned: now.looped.returned_to_citizen.returned,
    }
}

/// A figure of those that are set beside each other.
type ComparedFigure = fn(&ComparedFigures) -> usize;

fn beside(
    words: Words,
    lists: Lists<'_>,
    now: &ReportFigures,
    past: Vec<(String, &ComparedFigures)>,
) -> Option<Section> {
    if past.is_empty() {
        return None;
    }
    let now = &compared(now);
    let name = Name { key: "past", title: words.past_title(), tab: words.past_tab() };
    let mut heads = vec![(words.column_what(), Kind::Text), (words.column_now(), Kind::Count)];
    heads.extend(past.iter().map(|(label, _)| (label.clone(), Kind::Count)));
    let mut table = Table::of_columns(&name.title, heads);
    let rows: [(String, &str, ComparedFigure); 9] = [
        (words.questions(), "/counts/questions", |of| of.questions),
        (words.step_told(), "/loop/returnedToCitizen/returned", |of| of.returned),
        (words.observations(), "/counts/observations", |of| of.observations),
        (words.reflections(), "/counts/reflections", |of| of.reflections),
        (words.actions(), "/counts/actions", |of| of.actions),
        (words.evaluations(), "/counts/evaluations", |of| of.evaluations),
        (words.part_evaluated(), "/loop/stages/evaluated", |of| of.evaluated),
        (words.part_closed(), "/loop/stages/closedWithoutAction", |of| of.closed_without_action),
        (words.column_still_open(), "/loop/stages/open", |of| of.open),
    ];
    for (label, place, of) in rows {
        let mut cells = vec![Cell::Text(label), Cell::count(of(now))];
        cells.extend(past.iter().map(|(_, figures)| Cell::count(of(figures))));
        table.row_of(cells).from = lists.at(place);
    }
    Some(section(name, vec![words.past_how()], None, table))
}
