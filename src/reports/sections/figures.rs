//! The sections of what every report tells, and the cycles of a network.

use super::{Lists, Name, Share, loop_figures, of_a_whole, over_time, practice};
use crate::loops::figures::CyclesByPhase;
use crate::reports::document::Section;
use crate::reports::types::{EvaluationsByVerdict, ReportFigures};
use crate::reports::words::Words;

/// Parts of the whole come first; what there is nothing of is left out.
pub fn all(words: Words, lists: Lists<'_>, figures: &ReportFigures) -> Vec<Section> {
    let looped = &figures.looped;
    let sections = [
        loop_figures::parts(words, lists, &looped.parts),
        loop_figures::funnel(words, lists, &looped.stages, looped.closure_rate),
        loop_figures::told(words, lists, &looped.returned_to_citizen),
        loop_figures::legs(words, lists, &looped.legs),
        over_time::ages(words, lists, &figures.ages_of_open),
        over_time::observations(words, lists, &figures.observations_over_time),
        practice::perspectives(words, lists, &figures.by_perspective),
        practice::voices(words, lists, &figures.by_voice),
        practice::depth(words, lists, &figures.by_loop_depth, figures.frame_shifts),
        practice::actions(words, lists, &figures.actions_by_state),
        verdicts(words, lists, &figures.evaluations_by_verdict),
        practice::recorded(words, lists, &figures.counts),
    ];
    sections.into_iter().flatten().collect()
}

/// What was found when actions were evaluated. What did not work counts as much.
fn verdicts(words: Words, lists: Lists<'_>, by: &EvaluationsByVerdict) -> Option<Section> {
    let name = Name { key: "verdicts", title: words.verdicts_title(), tab: words.verdicts_tab() };
    let whole = by.worked + by.partly + by.did_not_work;
    let shares = [
        Share::new(words.verdict_worked(), by.worked, lists.at("/evaluationsByVerdict/worked")),
        Share::new(words.verdict_partly(), by.partly, lists.at("/evaluationsByVerdict/partly")),
        Share::new(words.verdict_not(), by.did_not_work, lists.at("/evaluationsByVerdict/didNotWork")),
    ];
    of_a_whole(words, name, vec![words.verdicts_of(whole as u64)], shares)
}

/// The cycles of a network, those that go on and those that are over, and what waits for one.
pub fn cycles(words: Words, lists: Lists<'_>, by: &CyclesByPhase, inbox: usize) -> Option<Section> {
    let name = Name { key: "cycles", title: words.cycles_title(), tab: words.cycles_tab() };
    let rows = [
        Share::new(words.phase_plan(), by.plan, lists.at("/cyclesByPhase/plan")),
        Share::new(words.phase_act(), by.act, lists.at("/cyclesByPhase/act")),
        Share::new(words.phase_observe(), by.observe, lists.at("/cyclesByPhase/observe")),
        Share::new(words.phase_reflect(), by.reflect, lists.at("/cyclesByPhase/reflect")),
        Share::new(words.phase_closed(), by.closed, lists.at("/cyclesByPhase/closed")),
        Share::new(words.phase_abandoned(), by.abandoned, lists.at("/cyclesByPhase/abandoned")),
    ];
    if rows.iter().all(|row| row.count == 0) {
        return None;
    }
    Some(practice::of_counts(words, name, vec![words.cycles_how(inbox as u64)], rows))
}
