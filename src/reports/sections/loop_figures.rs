//! How far the loop has closed: parts of the whole, the funnel, what went back to the citizen, and time per leg.

use super::{Lists, Name, Share, listed, of_a_whole, section};
use crate::loops::legs::Leg;
use crate::reports::document::{Cell, Chart, Drawing, Kind, Section, Span, Step, Table};
use crate::reports::types::{Parts, ReturnedToCitizen, Stages};
use crate::reports::words::Words;
use crate::wording;

/// The parts of the whole. They come first: the rate alone punishes who logs much and who has just begun.
pub fn parts(words: Words, lists: Lists<'_>, parts: &Parts) -> Option<Section> {
    let whole = parts.evaluated + parts.closed_without_action + parts.open_under30_days + parts.open_longer;
    let name = Name { key: "parts", title: words.parts_title(), tab: words.parts_tab() };
    let explanation = vec![words.parts_of(whole as u64), words.parts_how()];
    let shares = [
        Share::new(words.part_evaluated(), parts.evaluated, lists.at("/loop/parts/evaluated")),
        Share::new(
            words.part_closed(),
            parts.closed_without_action,
            lists.at("/loop/parts/closedWithoutAction"),
        ),
        Share::new(words.part_open_short(), parts.open_under30_days, lists.at("/loop/parts/openUnder30Days")),
        Share::new(words.part_open_long(), parts.open_longer, lists.at("/loop/parts/openLonger")),
    ];
    of_a_whole(words, name, explanation, shares)
}

/// How far observations got, and where the loop leaks.
pub fn funnel(words: Words, lists: Lists<'_>, stages: &Stages, closure_rate: Option<f64>) -> Option<Section> {
    let rate = closure_rate?;
    let name = Name { key: "loop", title: words.funnel_title(), tab: words.funnel_tab() };
    let rate = words.funnel_rate(wording::share(words.language(), rate));
    let steps = [
        Stop::new(
            words.step_observed(),
            stages.observed,
            lists.at("/loop/stages/observed"),
            Words::leak_discussed,
        ),
        Stop::new(
            words.step_discussed(),
            stages.discussed,
            lists.at("/loop/stages/discussed"),
            Words::leak_acted_on,
        ),
        Stop::new(
            words.step_acted_on(),
            stages.acted_on,
            lists.at("/loop/stages/actedOn"),
            Words::leak_evaluated,
        ),
        Stop::last(words.step_evaluated(), stages.evaluated, lists.at("/loop/stages/evaluated")),
    ];
    Some(of_steps(words, name, vec![rate, words.funnel_how()], steps))
}

/// Told, heard and recognised are figures of their own.
pub fn told(words: Words, lists: Lists<'_>, told: &ReturnedToCitizen) -> Option<Section> {
    if told.questions == 0 {
        return None;
    }
    let name = Name { key: "back-to-the-citizen", title: words.told_title(), tab: words.told_tab() };
    let explanation = vec![words.told_of(told.questions as u64), words.told_how()];
    let steps = [
        Stop::new(
            words.step_asked(),
            told.questions,
            lists.at("/loop/returnedToCitizen/questions"),
            Words::leak_told,
        ),
        Stop::new(
            words.step_told(),
            told.returned,
            lists.at("/loop/returnedToCitizen/returned"),
            Words::leak_heard,
        ),
        Stop::new(
            words.step_heard(),
            told.heard_back,
            lists.at("/loop/returnedToCitizen/heardBack"),
            Words::leak_recognised,
        ),
        Stop::last(words.step_recognised(), told.recognised, lists.at("/loop/returnedToCitizen/recognised")),
    ];
    Some(of_steps(words, name, explanation, steps))
}

/// A step of a funnel; `leak` says how many went no further.
struct Stop {
    label: String,
    count: usize,
    from: Option<String>,
    leak: Option<fn(Words, u64) -> String>,
}

impl Stop {
    fn new(label: String, count: usize, from: Option<String>, leak: fn(Words, u64) -> String) -> Stop {
        Stop { label, count, from, leak: Some(leak) }
    }

    fn last(label: String, count: usize, from: Option<String>) -> Stop {
        Stop { label, count, from, leak: None }
    }
}

/// A section about how far things got: a funnel, and a table with what stayed at each step.
fn of_steps<const N: usize>(words: Words, name: Name, explanation: Vec<String>, stops: [Stop; N]) -> Section {
    let columns = [
        (words.column_step(), Kind::Text),
        (words.column_count(), Kind::Count),
        (words.column_share(), Kind::Share),
        (words.column_left(), Kind::Count),
    ];
    let mut table = Table::new(&name.title, columns);
    let whole = stops.first().map_or(0, |stop| stop.count);
    let mut steps = Vec::with_capacity(N);
    for (at, stop) in stops.iter().enumerate() {
        let left = stops.get(at + 1).map(|next| stop.count.saturating_sub(next.count));
        let row = table.row([
            Cell::text(&*stop.label),
            Cell::count(stop.count),
            Cell::share_of(stop.count, whole),
            left.map_or(Cell::Nothing, Cell::count),
        ]);
        row.from.clone_from(&stop.from);
        let leak = stop.leak.zip(left).filter(|(_, left)| *left > 0);
        let leak = leak.map(|(say, left)| say(words, left as u64));
        steps.push(Step { label: stop.label.clone(), count: stop.count as u64, leak });
    }
    let description = listed(words, stops.iter().map(|stop| (stop.label.as_str(), stop.count)));
    let chart = Chart { title: name.title.clone(), description, drawing: Drawing::Funnel(steps) };
    section(name, explanation, Some(chart), table)
}

/// How long each leg of the loop takes.
pub fn legs(words: Words, lists: Lists<'_>, legs: &[Leg]) -> Option<Section> {
    if legs.iter().all(|leg| leg.count == 0) {
        return None;
    }
    let name = Name { key: "legs", title: words.legs_title(), tab: words.legs_tab() };
    let columns = [
        (words.column_step(), Kind::Text),
        (words.column_cases(), Kind::Count),
        (words.column_median(), Kind::Duration),
        (words.column_p90(), Kind::Duration),
        (words.column_still_open(), Kind::Count),
        (words.column_out_of_order(), Kind::Count),
    ];
    let mut table = Table::new(&name.title, columns);
    let mut spans = Vec::with_capacity(legs.len());
    let mut medians = Vec::with_capacity(legs.len());
    for (at, leg) in legs.iter().enumerate() {
        let label = words.leg(leg.to);
        let none = if leg.count == 0 { Cell::Nothing } else { Cell::Withheld };
        let median = leg.median_seconds.map_or(Cell::Nothing, Cell::Duration);
        medians.push(format!("{label}: {}", median.written(words.language())));
        let row = table.row([
            Cell::text(&*label),
            Cell::count(leg.count),
            median,
            leg.p90_seconds.map_or(none, Cell::Duration),
            Cell::count(leg.still_open),
            Cell::count(leg.out_of_order),
        ]);
        row.from = lists.at(&format!("/loop/legs/{at}/count"));
        let note = words.leg_note(leg.count as u64, leg.still_open as u64);
        spans.push(Span { label, median: leg.median_seconds, p90: leg.p90_seconds, note });
    }
    let description = format!("{} – {}.", words.column_median(), medians.join("; "));
    let chart = Chart { title: name.title.clone(), description, drawing: Drawing::Spans(spans) };
    Some(section(name, vec![words.legs_how(), words.legs_few()], Some(chart), table))
}
