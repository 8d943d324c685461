//! What is done to each table, in the order in which foreign keys allow it. `reach` says the same in words, and a test holds
//! the two together.

/// Records that stay and refer to something that is removed.
pub mod unlinked {
    use super::super::kinds::*;
    use super::super::marks::Mark;

    pub const MARKS: &[Mark] = &[
        (OBSERVATION, "r.question_id IN {removed} AND r.id NOT IN {removed}"),
        (
            REFLECTION,
            "r.id NOT IN {removed} AND (r.session_id IN {removed} OR r.id IN (SELECT l.reflection_id \
             FROM reflection_observations l WHERE l.network_id = {network} AND l.observation_id IN {removed}))",
        ),
        (
            ACTION,
            "r.id NOT IN {removed} AND r.id IN (SELECT l.action_id FROM action_reflections l \
             WHERE l.network_id = {network} AND l.reflection_id IN {removed})",
        ),
        (
            INSIGHT,
            "r.id NOT IN {removed} AND (r.id IN (SELECT l.insight_id FROM insight_reflections l \
             WHERE l.network_id = {network} AND l.reflection_id IN {removed}) \
             OR r.id IN (SELECT l.insight_id FROM insight_evaluations l \
             WHERE l.network_id = {network} AND l.evaluation_id IN {removed}))",
        ),
        (ADOPTION, "r.adapted_insight_id IN {removed}"),
        (EFFECT_ARENA, "r.id NOT IN {removed} AND (r.action_id IN {removed} OR r.session_id IN {removed})"),
        (EFFECT_CALCULATION, "r.id NOT IN {removed} AND r.action_id IN {removed}"),
        (
            EFFECT_SQUARE,
            "r.id NOT IN {removed} AND r.id IN (SELECT l.effect_square_id FROM effect_square_actions l \
             WHERE l.network_id = {network} AND l.action_id IN {removed})",
        ),
    ];
}

/// Columns of ids that lose those that are removed: (table, column).
pub const LISTS: &[(&str, &str)] = &[
    ("reflections", "observation_ids"),
    ("actions", "reflection_ids"),
    ("insights", "reflection_ids"),
    ("insights", "evaluation_ids"),
];

/// Lets records that stay go of what is removed: (table, statement).
pub const UNLINK: &[(&str, &str)] = &[
    (
        "observations",
        "UPDATE observations SET question_id = NULL WHERE network_id = {network} AND question_id IN {removed}",
    ),
    (
        "reflections",
        "UPDATE reflections SET session_id = NULL WHERE network_id = {network} AND session_id IN {removed}",
    ),
    (
        "adoptions",
        "UPDATE adoptions SET adapted_insight_id = NULL WHERE network_id = {network} AND adapted_insight_id IN {removed}",
    ),
    (
        "effect_arenas",
        "UPDATE effect_arenas SET action_id = NULL WHERE network_id = {network} AND action_id IN {removed}",
    ),
    (
        "effect_arenas",
        "UPDATE effect_arenas SET session_id = NULL WHERE network_id = {network} AND session_id IN {removed}",
    ),
    (
        "effect_arena_versions",
        "UPDATE effect_arena_versions SET session_id = NULL WHERE network_id = {network} AND session_id IN {removed}",
    ),
    (
        "effect_calculations",
        "UPDATE effect_calculations SET action_id = NULL WHERE network_id = {network} AND action_id IN {removed}",
    ),
];

macro_rules! links {
    ($table:literal: $($column:literal),+) => {
        ($table, &[$(concat!("DELETE FROM ", $table, " WHERE network_id = {network} AND ", $column, " IN {removed}")),+])
    };
}

/// Rows that are no records, and go with what they belong to: (table, statements).
pub const LINKS: &[(&str, &[&str])] = &[
    // Who has read a record already, to index it, reads again: the position is not as they knew it.
    ("search_positions", &["UPDATE search_positions SET indexed = indexed - 1 WHERE network_id = {network}"]),
    links!("search_documents": "id"),
    links!("privacy_warnings": "subject_id"),
    // Of other networks too, in which a record lay before it was moved.
    (
        "change_snapshots",
        &["DELETE FROM change_snapshots WHERE EXISTS (SELECT 1 FROM changes c \
           WHERE c.network_id = change_snapshots.network_id AND c.number = change_snapshots.number \
           AND c.subject_id IN {removed})"],
    ),
    links!("transitions": "subject_id"),
    links!("effect_square_actions": "action_id", "effect_square_id"),
    links!("effect_square_partners": "effect_square_id"),
    links!("insight_themes": "insight_id"),
    links!("insight_reflections": "insight_id", "reflection_id"),
    links!("insight_evaluations": "insight_id", "evaluation_id"),
    links!("session_note_people": "note_id"),
    links!("session_reflections": "session_id", "reflection_id"),
    links!("session_people": "session_id"),
    links!("action_carries": "action_id"),
    links!("action_reflections": "action_id", "reflection_id"),
    links!("reflection_observations": "reflection_id", "observation_id"),
    links!("reflection_people": "reflection_id"),
    links!("observation_themes": "observation_id"),
    links!("observation_pseudonyms": "observation_id", "pseudonym_id"),
    links!("question_competences": "question_id"),
];

/// The ids stay, and say that they are gone.
pub const BURY: &str = "INSERT INTO tombstones (network_id, id, kind, cycle_id, removed_by) \
     SELECT {network}, p.id, p.kind, p.cycle_id, {removal} FROM removal_plan p WHERE p.fate = 'removed' \
     AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.id = p.id AND t.network_id = {network})";
