//! What was recorded: by perspective, voice, depth and state.

use super::{Name, Share, of_a_whole, section};
use crate::reports::document::{Cell, Kind, Section, Table};
use crate::reports::types::{ActionsByState, ByLoopDepth, ByPerspective, ByVoice, Counts};
use crate::reports::words::Words;

/// Through whose eyes it was observed.
pub fn perspectives(words: Words, by: &ByPerspective) -> Option<Section> {
    let name = Name { key: "perspectives", title: words.perspectives_title(), tab: words.perspectives_tab() };
    let whole = by.citizen + by.practitioner + by.informal_carer + by.organisation + by.system;
    let shares = [
        Share::new(words.perspective_citizen(), by.citizen),
        Share::new(words.perspective_practitioner(), by.practitioner),
        Share::new(words.perspective_informal_carer(), by.informal_carer),
        Share::new(words.perspective_organisation(), by.organisation),
        Share::new(words.perspective_system(), by.system),
    ];
    of_a_whole(words, name, vec![words.perspectives_of(whole as u64)], shares)
}

/// Whose words they are. Only the first two are the citizen's own voice.
pub fn voices(words: Words, by: &ByVoice) -> Option<Section> {
    let name = Name { key: "voices", title: words.voices_title(), tab: words.voices_tab() };
    let own = by.own_words + by.quoted;
    let whole = own + by.retold + by.interpreted + by.unstated;
    let shares = [
        Share::new(words.voice_own_words(), by.own_words),
        Share::new(words.voice_quoted(), by.quoted),
        Share::new(words.voice_retold(), by.retold),
        Share::new(words.voice_interpreted(), by.interpreted),
        Share::new(words.voice_unstated(), by.unstated),
    ];
    of_a_whole(words, name, vec![words.voices_how(whole as u64, own as u64)], shares)
}

/// How deep the learning went: without a chart and without shares, since it is a signal and never a target.
pub fn depth(words: Words, by: &ByLoopDepth, shifts: usize) -> Option<Section> {
    if by.single + by.double + by.triple == 0 {
        return None;
    }
    let name = Name { key: "depth", title: words.depth_title(), tab: words.depth_tab() };
    let rows = [
        Share::new(words.depth_single(), by.single),
        Share::new(words.depth_double(), by.double),
        Share::new(words.depth_triple(), by.triple),
    ];
    Some(of_counts(words, name, vec![words.depth_shifts(shifts as u64), words.depth_how()], rows))
}

pub fn actions(words: Words, by: &ActionsByState) -> Option<Section> {
    let name = Name { key: "actions", title: words.actions_title(), tab: words.actions_tab() };
    let whole = by.planned + by.doing + by.done + by.dropped;
    let shares = [
        Share::new(words.action_done(), by.done),
        Share::new(words.action_doing(), by.doing),
        Share::new(words.action_planned(), by.planned),
        Share::new(words.action_dropped(), by.dropped),
    ];
    of_a_whole(words, name, vec![words.actions_of(whole as u64)], shares)
}

/// How much of each kind there is.
pub fn recorded(words: Words, counts: &Counts) -> Section {
    let name = Name { key: "recorded", title: words.recorded_title(), tab: words.recorded_tab() };
    let rows = [
        Share::new(words.questions(), counts.questions),
        Share::new(words.observations(), counts.observations),
        Share::new(words.reflections(), counts.reflections),
        Share::new(words.actions(), counts.actions),
        Share::new(words.evaluations(), counts.evaluations),
        Share::new(words.withdrawn(), counts.withdrawn),
    ];
    of_counts(words, name, vec![words.recorded_how()], rows)
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
        table.row([Cell::Text(row.label), Cell::count(row.count)]);
    }
    section(name, explanation, None, table)
}
