//! What the figures of the JSON report are called, in the language of the reader.

use super::words::Words;

/// The label of a figure, by the section and the measure that CSV names it by; none of what is for programs, such as an id.
pub fn label(words: Words, section: &str, measure: &str) -> Option<String> {
    // At the closing the figures have the same names.
    let section = section.strip_prefix("atClosing.").unwrap_or(section);
    let say = match (section, measure) {
        ("cycle", "phase") => Words::about_phase,
        ("cycle", "createdAt") => Words::about_opened,
        ("cycle", "closedAt") => Words::about_closed,
        ("cycle.themes", "title") => Words::about_themes,
        ("generatedAt", _) => Words::about_counted,
        ("counts", "questions") | ("loop.returnedToCitizen", "questions") => Words::questions,
        ("counts", "observations") => Words::observations,
        ("counts", "withdrawn") => Words::withdrawn,
        ("counts", "reflections") => Words::reflections,
        ("counts", "actions") => Words::actions,
        ("counts", "evaluations") => Words::evaluations,
        ("byPerspective", "citizen") => Words::perspective_citizen,
        ("byPerspective", "practitioner") => Words::perspective_practitioner,
        ("byPerspective", "informal_carer") => Words::perspective_informal_carer,
        ("byPerspective", "organisation") => Words::perspective_organisation,
        ("byPerspective", "system") => Words::perspective_system,
        ("byVoice", "own_words") => Words::voice_own_words,
        ("byVoice", "quoted") => Words::voice_quoted,
        ("byVoice", "retold") => Words::voice_retold,
        ("byVoice", "interpreted") => Words::voice_interpreted,
        ("byVoice", "unstated") => Words::voice_unstated,
        ("byLoopDepth", "single") => Words::depth_single,
        ("byLoopDepth", "double") => Words::depth_double,
        ("byLoopDepth", "triple") => Words::depth_triple,
        ("actionsByState", "planned") => Words::action_planned,
        ("actionsByState", "doing") => Words::action_doing,
        ("actionsByState", "done") => Words::action_done,
        ("actionsByState", "dropped") => Words::action_dropped,
        ("loop.parts" | "loop.stages", "evaluated") => Words::part_evaluated,
        ("loop.parts" | "loop.stages", "closedWithoutAction") => Words::part_closed,
        ("loop.parts", "openUnder30Days") => Words::part_open_short,
        ("loop.parts", "openLonger") => Words::part_open_long,
        ("loop.stages", "observed") => Words::step_observed,
        ("loop.stages", "discussed") => Words::step_discussed,
        ("loop.stages", "actedOn") => Words::step_acted_on,
        ("loop.stages", "open") | ("loop.legs", "stillOpen") => Words::column_still_open,
        ("loop", "closureRate") => Words::funnel_title,
        ("loop.legs", "count") => Words::column_cases,
        ("loop.legs", "medianSeconds") => Words::column_median,
        ("loop.legs", "p90Seconds") => Words::column_p90,
        ("loop.legs", "outOfOrder") => Words::column_out_of_order,
        ("loop.returnedToCitizen", "returned") => Words::step_told,
        ("loop.returnedToCitizen", "heardBack") => Words::step_heard,
        ("loop.returnedToCitizen", "recognised") => Words::step_recognised,
        ("openItems", "type") => Words::column_what,
        ("openItems", "since") => Words::column_since,
        ("openItems", "ageSeconds") => Words::column_age,
        ("openItems", "waitingFor") => Words::column_waits,
        ("openItemsTotal", _) => Words::open_title,
        _ => return None,
    };
    Some(say(words))
}
