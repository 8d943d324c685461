//! What was recorded: by perspective, voice, depth and state.

use super::{Lists, Name, Share, listed, of_a_whole, section};
use crate::reports::document::{Cell, Chart, Dots, Drawing, Kind, Part, Section, Table, Tone};
use crate::reports::types::{ActionsByState, ByLoopDepth, ByPerspective, ByVoice, Counts};
use crate::reports::words::Words;

/// Through whose eyes it was observed.
pub fn perspectives(words: Words, lists: Lists<'_>, by: &ByPerspective) -> Option<Section> {
    let name = Name { key: "perspectives", title: words.perspectives_title(), tab: words.perspectives_tab() };
    let whole = by.citizen + by.practitioner + by.informal_carer + by.organisation + by.system;
    let shares = [
        Share::new(words.perspective_citizen(), by.citizen, lists.at("/byPerspective/citizen")),
        Share::new(
            words.perspective_practitioner(),
            by.practitioner,
            lists.at("/byPerspective/practitioner"),
        ),
        Share::new(
            words.perspective_informal_carer(),
            by.informal_carer,
            lists.at("/byPerspective/informal_carer"),
        ),
        Share::new(
            words.perspective_organisation(),
            by.organisation,
            lists.at("/byPerspective/organisation"),
        ),
        Share::new(words.perspective_system(), by.system, lists.at("/byPerspective/system")),
    ];
    of_a_whole(words, name, vec![words.perspectives_of(whole as u64)], shares)
}

/// Whose words they are. Only the first two are the citizen's own voice.
pub fn voices(words: Words, lists: Lists<'_>, by: &ByVoice) -> Option<Section> {
    let name = Name { key: "voices", title: words.voices_title(), tab: words.voices_tab() };
    let own = by.own_words + by.quoted;
    let whole = own + by.retold + by.interpreted + by.unstated;
    let shares = [
        Share::new(words.voice_own_words(), by.own_words, lists.at("/byVoice/own_words")),
        Share::new(words.voice_quoted(), by.quoted, lists.at("/byVoice/quoted")),
        Share::new(words.voice_retold(), by.retold, lists.at("/byVoice/retold")),
        Share::new(words.voice_interpreted(), by.interpreted, lists.at("/byVoice/interpreted")),
        Share::new(words.voice_unstated(), by.unstated, lists.at("/byVoice/unstated")),
    ];
    of_a_whole(words, name, vec![words.voices_how(whole as u64, own as u64)], shares)
}

/// Dots that a chart shows at most: above that each stands for more than one.
const MOST_DOTS: usize = 200;

/// How deep the learning went: a dot for each reflection, in no order of time and without shares, since it is a signal and
/// never a target or a trend.
pub fn depth(words: Words, lists: Lists<'_>, by: &ByLoopDepth, shifts: usize) -> Option<Section> {
    let whole = by.single + by.double + by.triple;
    if whole == 0 {
        return None;
    }
    let name = Name { key: "depth", title: words.depth_title(), tab: words.depth_tab() };
    let rows = [
        Share::new(words.depth_single(), by.single, lists.at("/byLoopDepth/single")),
        Share::new(words.depth_double(), by.double, lists.at("/byLoopDepth/double")),
        Share::new(words.depth_triple(), by.triple, lists.at("/byLoopDepth/triple")),
    ];
    let each = whole.div_ceil(MOST_DOTS) as u64;
    let part = |(row, tone): (&Share, Tone)| Part { label: row.label.clone(), count: row.count as u64, tone };
    let tones = [Tone::Fifth, Tone::First, Tone::First];
    let dots = Dots { each, note: words.depth_dots(each), rows: rows.iter().zip(tones).map(part).collect() };
    let description = listed(words, rows.iter().map(|row| (row.label.as_str(), row.count)));
    let chart = Chart { title: name.title.clone(), description, drawing: Drawing::Dots(dots) };
    let explanation = vec![words.depth_shifts(shifts as u64), words.depth_how()];
    Some(Section { chart: Some(chart), ..of_counts(words, name, explanation, rows) })
}

pub fn actions(words: Words, lists: Lists<'_>, by: &ActionsByState) -> Option<Section> {
    let name = Name { key: "actions", title: words.actions_title(), tab: words.actions_tab() };
    let whole = by.planned + by.doing + by.done + by.dropped;
    let shares = [
        Share::new(words.action_done(), by.done, lists.at("/actionsByState/done")),
        Share::new(words.action_doing(), by.doing, lists.at("/actionsByState/doing")),
        Share::new(words.action_planned(), by.planned, lists.at("/actionsByState/planned")),
        Share::new(words.action_dropped(), by.dropped, lists.at("/actionsByState/dropped")),
    ];
    of_a_whole(words, name, vec![words.actions_of(whole as u64)], shares)
}

/// How much of each kind there is. None where there is nothing.
pub fn recorded(words: Words, lists: Lists<'_>, counts: &Counts) -> Option<Section> {
    let name = Name { key: "recorded", title: words.recorded_title(), tab: words.recorded_tab() };
    let rows = [
        Share::new(words.questions(), counts.questions, lists.at("/counts/questions")),
        Share::new(words.observations(), counts.observations, lists.at("/counts/observations")),
        Share::new(words.reflections(), counts.reflections, lists.at("/counts/reflections")),
        Share::new(words.actions(), counts.actions, lists.at("/counts/actions")),
        Share::new(words.evaluations(), counts.evaluations, lists.at("/counts/evaluations")),
        Share::new(words.withdrawn(), counts.withdrawn, lists.at("/counts/withdrawn")),
    ];
    if rows.iter().all(|row| row.count == 0) {
        return None;
    }
    Some(of_counts(words, name, vec![words.recorded_how()], rows))
}

/// A section that counts, without a whole and without a chart.
pub(super) fn of_counts<const N: usize>(
    words: Words,
    name: Name,
    explanation: Vec<String>,
    rows: [Share; N],
) -> Section {
    let mut table =
        Table::new(&name.title, [(words.column_what(), Kind::Text), (words.column_count(), Kind::Count)]);
    for row in rows {
        table.row([Cell::Text(row.label), Cell::count(row.count)]).from = row.from;
    }
    section(name, explanation, None, table)
}
