//! Where insights went, and the cycle or network beside its own past.

use super::{Name, Share, of_a_whole, section};
use crate::reports::document::{Cell, Kind, Section, Table};
use crate::reports::types::{
    ByDecision, ComparedFigures, PastCycle, PastPeriod, ReportFigures, SinceClosing, Travel,
};
use crate::reports::words::Words;
use crate::wording::units;

/// What others did with the insights that were shared: a table of them, and of all decisions one bar.
pub fn insights(words: Words, travel: &Travel) -> Option<Section> {
    if travel.shared == 0 {
        return None;
    }
    let name = Name { key: "insights", title: words.insights_title(), tab: words.insights_tab() };
    let explanation = vec![words.insights_of(travel.shared as u64), words.insights_how()];
    let sum =
        |of: fn(&ByDecision) -> usize| travel.items.iter().map(|item| of(&item.adoptions)).sum::<usize>();
    let whole = decisions(
        words,
        name.clone(),
        explanation.clone(),
        [sum(|by| by.adopted), sum(|by| by.adapted), sum(|by| by.rejected)],
    );
    let columns = [
        (words.column_insight(), Kind::Text),
        (words.column_shared(), Kind::Day),
        (words.decision_adopted(), Kind::Count),
        (words.decision_adapted(), Kind::Count),
        (words.decision_rejected(), Kind::Count),
    ];
    let mut table = Table::new(&name.title, columns);
    for item in &travel.items {
        let by = &item.adoptions;
        let row = table.row([
            Cell::text(&*item.title),
            Cell::Day(item.shared_at.day()),
            Cell::count(by.adopted),
            Cell::count(by.adapted),
            Cell::count(by.rejected),
        ]);
        row.from = Some(format!("/v1/insights/{}", item.id));
    }
    Some(section(name, explanation, whole.and_then(|whole| whole.chart), table))
}

/// What a network made of the insights of others.
pub fn received(words: Words, received: &ByDecision) -> Option<Section> {
    let name = Name { key: "received", title: words.received_title(), tab: words.received_tab() };
    decisions(
        words,
        name,
        vec![words.received_how()],
        [received.adopted, received.adapted, received.rejected],
    )
}

fn decisions(words: Words, name: Name, explanation: Vec<String>, counts: [usize; 3]) -> Option<Section> {
    let [adopted, adapted, rejected] = counts;
    let shares = [
        Share::new(words.decision_adopted(), adopted),
        Share::new(words.decision_adapted(), adapted),
        Share::new(words.decision_rejected(), rejected),
    ];
    of_a_whole(words, name, explanation, shares)
}

/// What came since the closing. It stands beside the figures of then, and changes none of them.
pub fn since_closing(words: Words, since: &SinceClosing) -> Option<Section> {
    let rows = [
        (words.since_observations(), since.observations),
        (words.since_evaluations(), since.evaluations),
        (words.since_evaluated(), since.evaluated),
        (words.since_withdrawn(), since.withdrawn),
        (words.since_returned(), since.returned),
    ];
    if rows.iter().all(|(_, count)| *count == 0) {
        return None;
    }
    let name = Name { key: "since-closing", title: words.since_title(), tab: words.since_tab() };
    let mut table =
        Table::new(&name.title, [(words.column_what(), Kind::Text), (words.column_count(), Kind::Count)]);
    for (label, count) in rows {
        table.row([Cell::Text(label), Cell::count(count)]);
    }
    Some(section(name, vec![words.since_how()], None, table))
}

/// A cycle beside those that it goes on from.
pub fn predecessors(words: Words, now: &ReportFigures, past: &[PastCycle]) -> Option<Section> {
    let day =
        |cycle: &PastCycle| units::day(words.language(), cycle.closed_at.unwrap_or(cycle.created_at).day());
    beside(words, now, past.iter().map(|cycle| (day(cycle), &cycle.figures)).collect())
}

/// A period of a network beside those before it.
pub fn earlier(words: Words, now: &ReportFigures, past: &[PastPeriod]) -> Option<Section> {
    let days = |period: &PastPeriod| {
        let day = |day| units::day(words.language(), day);
        words.period(day(period.from_on), day(period.to_on))
    };
    beside(words, now, past.iter().map(|period| (days(period), &period.figures)).collect())
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

fn beside(words: Words, now: &ReportFigures, past: Vec<(String, &ComparedFigures)>) -> Option<Section> {
    if past.is_empty() {
        return None;
    }
    let now = &compared(now);
    let name = Name { key: "past", title: words.past_title(), tab: words.past_tab() };
    let mut heads = vec![(words.column_what(), Kind::Text), (words.column_now(), Kind::Count)];
    heads.extend(past.iter().map(|(label, _)| (label.clone(), Kind::Count)));
    let mut table = Table::of_columns(&name.title, heads);
    let rows: [(String, fn(&ComparedFigures) -> usize); 9] = [
        (words.questions(), |of| of.questions),
        (words.step_told(), |of| of.returned),
        (words.observations(), |of| of.observations),
        (words.reflections(), |of| of.reflections),
        (words.actions(), |of| of.actions),
        (words.evaluations(), |of| of.evaluations),
        (words.part_evaluated(), |of| of.evaluated),
        (words.part_closed(), |of| of.closed_without_action),
        (words.column_still_open(), |of| of.open),
    ];
    for (label, of) in rows {
        let mut cells = vec![Cell::Text(label), Cell::count(of(now))];
        cells.extend(past.iter().map(|(_, figures)| Cell::count(of(figures))));
        table.row_of(cells);
    }
    Some(section(name, vec![words.past_how()], None, table))
}
