//! What the figures of the JSON report are called, in the language of the reader.

use super::words::Words;

/// The label of a figure, by the section and the measure that CSV names it by; none of what is for programs, such as an id.
pub fn label(words: Words, section: &str, measure: &str) -> Option<String> {
    // At the closing the figures have the same names.
    let section = section.strip_prefix("atClosing.").unwrap_or(section);
    match section.split_once('.') {
        Some(("agesOfOpen", kind)) => age(words, kind, measure),
        Some(("observationsOverTime", _)) if section.ends_with(".byPerspective") => {
            plain(words, "byPerspective", measure)
        }
        Some(("predecessors" | "earlier", "figures")) => compared(words, measure),
        _ => plain(words, section, measure),
    }
}

/// Of what is open, of one kind of record.
fn age(words: Words, kind: &str, measure: &str) -> Option<String> {
    let what = match kind.strip_suffix(".bands").unwrap_or(kind) {
        "observations" => words.observations(),
        "actions" => words.actions(),
        "questions" => words.questions(),
        _ => return None,
    };
    let (measure, what) = match measure.strip_suffix("WithoutPauses") {
        Some(measure) => (measure, words.ages_without_pauses(what)),
        None => (measure, what),
    };
    let measure = match measure {
        "count" => words.column_still_open(),
        "medianDays" => words.column_in_days(words.column_median()),
        "oldestDays" => words.column_in_days(words.column_oldest()),
        "atLeastDays" => words.column_in_days(words.figure_age_from()),
        "underDays" => words.column_in_days(words.figure_age_under()),
        _ => return None,
    };
    Some(words.of_what(what, measure))
}

/// Of figures that are set beside those of a report.
fn compared(words: Words, measure: &str) -> Option<String> {
    let section = match measure {
        "questions" | "observations" | "reflections" | "actions" | "evaluations" => "counts",
        "evaluated" | "closedWithoutAction" | "open" => "loop.stages",
        "closureRate" => "loop",
        "frameShifts" => measure,
        "returned" => "loop.returnedToCitizen",
        _ => return None,
    };
    plain(words, section, measure)
}

fn plain(words: Words, section: &str, measure: &str) -> Option<String> {
    let say = match (section, measure) {
        ("cycle" | "predecessors", "learningQuestion") => Words::figure_learning_question,
        ("cycle" | "predecessors", "phase") => Words::about_phase,
        ("cycle" | "predecessors", "createdAt") => Words::about_opened,
        ("cycle" | "predecessors", "closedAt") => Words::about_closed,
        ("cycle.themes", "title") => Words::about_themes,
        ("network", "name") => Words::figure_network,
        ("network", "locality") => Words::about_locality,
        ("fromOn", _) | ("observationsOverTime.columns" | "earlier", "fromOn") => Words::figure_first_day,
        ("toOn", _) | ("observationsOverTime.columns" | "earlier", "toOn") => Words::figure_last_day,
        ("cyclesByPhase", "plan") => Words::phase_plan,
        ("cyclesByPhase", "act") => Words::phase_act,
        ("cyclesByPhase", "observe") => Words::phase_observe,
        ("cyclesByPhase", "reflect") => Words::phase_reflect,
        ("cyclesByPhase", "closed") => Words::phase_closed,
        ("cyclesByPhase", "abandoned") => Words::phase_abandoned,
        ("inbox", _) => Words::figure_inbox,
        ("frameShifts", _) | (_, "frameShifts") => Words::figure_frame_shifts,
        ("evaluationsByVerdict", "worked") => Words::verdict_worked,
        ("evaluationsByVerdict", "partly") => Words::verdict_partly,
        ("evaluationsByVerdict", "didNotWork") => Words::verdict_not,
        // Without a closing, or a sight of the network, these are empty as a whole.
        ("atClosing", _) => Words::figure_at_closing,
        ("sinceClosing", "") => Words::since_title,
        ("insights", "") => Words::insights_title,
        ("predecessors", "") => Words::past_title,
        ("lineage", _) => Words::lineage_title,
        ("sinceClosing", "observations") => Words::since_observations,
        ("sinceClosing", "evaluations") => Words::since_evaluations,
        ("sinceClosing", "evaluated") => Words::since_evaluated,
        ("sinceClosing", "withdrawn") => Words::since_withdrawn,
        ("sinceClosing", "returned") => Words::since_returned,
        ("insights", "received") => Words::received_title,
        ("insights", "shared") => Words::figure_insights_shared,
        ("insights.items", "title") => Words::column_insight,
        ("insights.items", "sharedAt") => Words::column_shared,
        ("insights.received" | "insights.items.adoptions", "adopted") => Words::decision_adopted,
        ("insights.received" | "insights.items.adoptions", "adapted") => Words::decision_adapted,
        ("insights.received" | "insights.items.adoptions", "rejected") => Words::decision_rejected,
        ("carriedIn", "carriedAt") => Words::carried_in,
        ("carriedOut", "carriedAt") => Words::carried_out,
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
        ("loop.legs", "medianSeconds") => return Some(words.column_in_seconds(words.column_median())),
        ("loop.legs", "p90Seconds") => return Some(words.column_in_seconds(words.column_p90())),
        ("loop.legs", "outOfOrder") => Words::column_out_of_order,
        ("loop.returnedToCitizen", "returned") => Words::step_told,
        ("loop.returnedToCitizen", "heardBack") => Words::step_heard,
        ("loop.returnedToCitizen", "recognised") => Words::step_recognised,
        ("openItems", "type") => Words::column_what,
        ("openItems", "since") => Words::column_since,
        ("openItems", "ageSeconds") => return Some(words.column_in_seconds(words.column_age())),
        ("openItems", "waitingFor") => Words::column_waits,
        ("openItemsTotal", _) => Words::open_title,
        _ => return None,
    };
    Some(say(words))
}
