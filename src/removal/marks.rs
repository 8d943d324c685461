//! Which records a removal is about: statements that put them into the plan, each by a condition on its rows `r` and on what
//! the plan has by then.

use super::kinds::*;
use super::plan::Fate;
use super::template::{self, Given};
use crate::access::Tx;
use diesel::QueryResult;

/// Records of a kind for which a condition holds.
pub type Mark = (Kind, &'static str);

/// What is about a pseudonym, by itself. Free text cannot be divided: what is about two people goes with either. What was seen
/// of their question is about them, named or not.
pub const OF_PSEUDONYM: &[Mark] = &[
    (PSEUDONYM, "r.id = {subject}"),
    (QUESTION, "r.pseudonym_id = {subject}"),
    (
        OBSERVATION,
        "r.on_behalf_of_pseudonym_id = {subject} OR r.question_id IN {removed} OR r.id IN (\
         SELECT l.observation_id FROM observation_pseudonyms l \
         WHERE l.network_id = {network} AND l.pseudonym_id = {subject})",
    ),
    (PERCEPTION, "r.pseudonym_id = {subject}"),
    (EFFECT_CALCULATION, "r.pseudonym_id = {subject}"),
    // What rests on nothing but them.
    (REFLECTION, RESTS_ON_OBSERVATIONS),
    (ACTION, RESTS_ON_REFLECTIONS),
];

const RESTS_ON_OBSERVATIONS: &str = "r.id IN (SELECT l.reflection_id FROM reflection_observations l \
     WHERE l.network_id = {network} AND l.observation_id IN {removed}) \
     AND NOT EXISTS (SELECT 1 FROM reflection_observations l WHERE l.network_id = r.network_id \
     AND l.reflection_id = r.id AND l.observation_id NOT IN {removed})";

const RESTS_ON_REFLECTIONS: &str = "r.id IN (SELECT l.action_id FROM action_reflections l \
     WHERE l.network_id = {network} AND l.reflection_id IN {removed}) \
     AND NOT EXISTS (SELECT 1 FROM action_reflections l WHERE l.network_id = r.network_id \
     AND l.action_id = r.id AND l.reflection_id NOT IN {removed})";

/// What cannot be without what is removed.
pub const BELOW: &[Mark] = &[
    (RETURN, "r.question_id IN {removed}"),
    (EVALUATION, "r.action_id IN {removed}"),
    (ACTION_REVIEW, "r.action_id IN {removed} OR r.session_id IN {removed}"),
    (SESSION_QUESTION, "r.session_id IN {removed}"),
    (SESSION_NOTE, "r.session_id IN {removed}"),
    (PERCEPTION, "r.effect_square_id IN {removed}"),
    (EFFECT_ARENA_VERSION, "r.effect_arena_id IN {removed}"),
    (EFFECT_ARENA_VIEW, "r.effect_arena_id IN {removed}"),
    (CHECK_IN_RESPONSE, "r.check_in_id IN {removed}"),
    (EFFECT_CALCULATION, "r.pseudonym_id IN {removed}"),
    (DOSSIER_ENTRY, "r.insight_id IN {removed}"),
    (RESEARCH_CONSENT, "r.pseudonym_id IN {removed}"),
    (CITIZEN_LINK, "r.pseudonym_id IN {removed}"),
    (INTAKE_CODE, "r.pseudonym_id IN {removed}"),
    (DATA_SUBJECT_REQUEST, "r.pseudonym_id IN {removed}"),
];

/// Drafts of insights that rest on nothing but what an erasure removes. One that was shared stays: it was written for others to
/// learn from, without the person; its sources are taken out of it, and the erasure names it, to be read again.
pub const DRAFTS: &[Mark] = &[(
    INSIGHT,
    "r.state = 'draft' AND (r.id IN (SELECT l.insight_id FROM insight_reflections l \
     WHERE l.network_id = {network} AND l.reflection_id IN {removed}) \
     OR r.id IN (SELECT l.insight_id FROM insight_evaluations l \
     WHERE l.network_id = {network} AND l.evaluation_id IN {removed})) \
     AND NOT EXISTS (SELECT 1 FROM insight_reflections l WHERE l.network_id = r.network_id \
     AND l.insight_id = r.id AND l.reflection_id NOT IN {removed}) \
     AND NOT EXISTS (SELECT 1 FROM insight_evaluations l WHERE l.network_id = r.network_id \
     AND l.insight_id = r.id AND l.evaluation_id NOT IN {removed})",
)];

/// What a person kept to themselves, or said of themselves: nobody else reads the one, and the other is no practice.
pub const OF_PERSON: &[Mark] = &[
    (REFLECTION, "r.author_id = {subject} AND r.visibility = 'author'"),
    (CHECK_IN_RESPONSE, "r.author_id = {subject}"),
    (INSIGHT, "r.created_by = {subject} AND r.state = 'draft'"),
];

/// What a person wrote, of whatever kind.
pub const BY_PERSON: &[Mark] = &[
    (QUESTION, "r.author_id = {subject}"),
    (RETURN, "r.author_id = {subject}"),
    (OBSERVATION, "r.author_id = {subject}"),
    (REFLECTION, "r.author_id = {subject}"),
    (ACTION, "r.author_id = {subject}"),
    (EVALUATION, "r.author_id = {subject}"),
    (ACTION_REVIEW, "r.author_id = {subject}"),
    (SESSION_QUESTION, "r.author_id = {subject}"),
    (SESSION_NOTE, "r.author_id = {subject}"),
    (PERCEPTION, "r.author_id = {subject}"),
    (EFFECT_CALCULATION, "r.author_id = {subject}"),
    (EFFECT_ARENA_VIEW, "r.author_id = {subject}"),
];

/// What has a tombstone of this removal, although it is there: in a backup that was put back.
pub const BURIED: &str = "r.id IN (SELECT t.id FROM tombstones t \
     WHERE t.network_id = {network} AND t.removed_by = {removal})";

/// What a hold of a cycle or of a pseudonym keeps, with what that stands on: nothing of it may go or change.
pub fn held() -> Vec<Mark> {
    const CYCLE: &str = "r.cycle_id IN (SELECT h.cycle_id FROM legal_holds h \
         WHERE h.network_id = {network} AND h.state = 'active')";
    let in_cycles = ALL.into_iter().filter(|kind| kind.in_cycle).map(|kind| (kind, CYCLE));
    in_cycles.chain(ABOUT_HELD.iter().copied()).collect()
}

macro_rules! held_pseudonyms {
    ($column:literal) => {
        concat!(
            $column,
            " IN (SELECT h.pseudonym_id FROM legal_holds h WHERE h.network_id = {network} AND h.state = 'active')"
        )
    };
}

const ABOUT_HELD: &[Mark] = &[
    (PSEUDONYM, held_pseudonyms!("r.id")),
    (QUESTION, held_pseudonyms!("r.pseudonym_id")),
    (PERCEPTION, held_pseudonyms!("r.pseudonym_id")),
    (EFFECT_CALCULATION, held_pseudonyms!("r.pseudonym_id")),
    (DATA_SUBJECT_REQUEST, held_pseudonyms!("r.pseudonym_id")),
    (OBSERVATION, held_pseudonyms!("r.on_behalf_of_pseudonym_id")),
    (
        OBSERVATION,
        concat!(
            "r.question_id IN {held} OR r.id IN (SELECT l.observation_id FROM observation_pseudonyms l \
             WHERE l.network_id = {network} AND ",
            held_pseudonyms!("l.pseudonym_id"),
            ")"
        ),
    ),
    (
        REFLECTION,
        "r.id IN (SELECT l.reflection_id FROM reflection_observations l \
         WHERE l.network_id = {network} AND l.observation_id IN {held})",
    ),
    (
        ACTION,
        "r.id IN (SELECT l.action_id FROM action_reflections l \
         WHERE l.network_id = {network} AND l.reflection_id IN {held})",
    ),
    (RETURN, "r.question_id IN {held}"),
    (EVALUATION, "r.action_id IN {held}"),
    (ACTION_REVIEW, "r.action_id IN {held}"),
    (
        INSIGHT,
        "r.id IN (SELECT l.insight_id FROM insight_reflections l \
         WHERE l.network_id = {network} AND l.reflection_id IN {held}) \
         OR r.id IN (SELECT l.insight_id FROM insight_evaluations l \
         WHERE l.network_id = {network} AND l.evaluation_id IN {held})",
    ),
    // And back again: what these stand on.
    (
        SESSION,
        "r.id IN (SELECT l.session_id FROM action_reviews l WHERE l.network_id = {network} AND l.id IN {held}) \
         OR r.id IN (SELECT l.session_id FROM reflections l WHERE l.network_id = {network} AND l.id IN {held}) \
         OR r.id IN (SELECT l.session_id FROM effect_arenas l WHERE l.network_id = {network} AND l.id IN {held})",
    ),
    (
        ACTION,
        "r.id IN (SELECT l.action_id FROM action_reviews l WHERE l.network_id = {network} AND l.id IN {held}) \
         OR r.id IN (SELECT l.action_id FROM effect_arenas l WHERE l.network_id = {network} AND l.id IN {held}) \
         OR r.id IN (SELECT l.action_id FROM effect_calculations l WHERE l.network_id = {network} AND l.id IN {held})",
    ),
    (
        REFLECTION,
        "r.id IN (SELECT l.reflection_id FROM action_reflections l \
         WHERE l.network_id = {network} AND l.action_id IN {held}) \
         OR r.id IN (SELECT l.reflection_id FROM insight_reflections l \
         WHERE l.network_id = {network} AND l.insight_id IN {held})",
    ),
    (
        OBSERVATION,
        "r.id IN (SELECT l.observation_id FROM reflection_observations l \
         WHERE l.network_id = {network} AND l.reflection_id IN {held})",
    ),
    (
        QUESTION,
        "r.id IN (SELECT l.question_id FROM observations l WHERE l.network_id = {network} AND l.id IN {held})",
    ),
    (
        PSEUDONYM,
        "r.id IN (SELECT l.pseudonym_id FROM questions l WHERE l.network_id = {network} AND l.id IN {held}) \
         OR r.id IN (SELECT l.pseudonym_id FROM observation_pseudonyms l \
         WHERE l.network_id = {network} AND l.observation_id IN {held}) \
         OR r.id IN (SELECT l.pseudonym_id FROM effect_calculations l WHERE l.network_id = {network} AND l.id IN {held})",
    ),
    (
        EFFECT_SQUARE,
        "r.id IN (SELECT l.effect_square_id FROM perceptions l WHERE l.network_id = {network} AND l.id IN {held})",
    ),
];

/// Puts the records that these marks are about into the plan, those that are not in it yet.
pub fn mark(tx: &mut Tx<'_>, fate: Fate, marks: &[Mark], given: &Given) -> QueryResult<()> {
    marks.iter().try_for_each(|(kind, condition)| {
        template::run(tx, &statement(*kind, fate, condition), given).map(drop)
    })
}

/// Puts records of a kind into the plan that are due and not held, so many at most.
pub fn seek(
    tx: &mut Tx<'_>,
    kind: Kind,
    condition: &str,
    most: Option<i64>,
    given: &Given,
) -> QueryResult<()> {
    let free = format!("({condition}) AND r.id NOT IN {{held}}");
    let mut text = statement(kind, Fate::Removed, &free);
    if let Some(most) = most {
        text.push_str(&format!(" LIMIT {most}"));
    }
    template::run(tx, &text, given).map(drop)
}

fn statement(kind: Kind, fate: Fate, condition: &str) -> String {
    let (fate, Kind { name, table, .. }): (&str, Kind) = (fate.into(), kind);
    let cycle = if kind.in_cycle { "r.cycle_id" } else { "NULL" };
    let version = if kind.versioned { "r.version" } else { "1" };
    format!(
        "INSERT INTO removal_plan (id, fate, kind, cycle_id, version) \
         SELECT r.id, '{fate}', '{name}', {cycle}, {version} FROM {table} r \
         WHERE r.network_id = {{network}} AND ({condition}) \
         AND NOT EXISTS (SELECT 1 FROM removal_plan q WHERE q.fate = '{fate}' AND q.id = r.id)"
    )
}
