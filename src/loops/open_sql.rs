//! What is open, in the words of the databases, so that they look through no more than a page needs. What
//! [`open_ends`](super::rules::open_ends) says stands: a record that these words find is judged by it, and a test
//! compares the two.
//!
//! The tables of a chain are joined by CROSS JOIN, which means the same and which SQLite leaves in this order: it knows
//! nothing of how many rows there are, and would begin elsewhere.

use super::rules::{OpenType, WaitingFor};

macro_rules! evaluated {
    () => {
        "EXISTS (SELECT 1 FROM evaluations WHERE evaluations.network_id = actions.network_id \
         AND evaluations.action_id = actions.id AND evaluations.state = 'current')"
    };
}

/// The condition on `actions` that one waits for an evaluation, in whichever cycle.
pub const OPEN_ACTION: &str = concat!("actions.state NOT IN ('dropped', 'withdrawn') AND NOT ", evaluated!());

const OPEN_QUESTION: &str = "questions.state = 'current' AND NOT EXISTS (SELECT 1 FROM returns \
    WHERE returns.network_id = questions.network_id AND returns.question_id = questions.id \
    AND returns.state = 'current')";

/// An observation got so far: through a reflection that all see, and on through the tables that are named.
macro_rules! got_to {
    ($tables:expr, $further:expr) => {
        concat!(
            "EXISTS (SELECT 1 FROM reflection_observations CROSS JOIN reflections",
            $tables,
            " WHERE reflection_observations.network_id = observations.network_id \
             AND reflection_observations.observation_id = observations.id \
             AND reflections.network_id = reflection_observations.network_id \
             AND reflections.id = reflection_observations.reflection_id \
             AND reflections.state = 'current' AND reflections.visibility = 'network'",
            $further,
            ")"
        )
    };
}

macro_rules! an_action {
    ($which:expr) => {
        got_to!(
            " CROSS JOIN action_reflections CROSS JOIN actions",
            concat!(
                " AND action_reflections.network_id = reflections.network_id \
                 AND action_reflections.reflection_id = reflections.id \
                 AND actions.network_id = action_reflections.network_id \
                 AND actions.id = action_reflections.action_id AND actions.state <> 'withdrawn' AND ",
                $which
            )
        )
    };
}

macro_rules! discussed {
    () => {
        got_to!("", "")
    };
}

macro_rules! acted_on {
    () => {
        an_action!(concat!("(actions.state <> 'dropped' OR ", evaluated!(), ")"))
    };
}

macro_rules! went_round {
    () => {
        an_action!(evaluated!())
    };
}

/// The condition that a record of this kind is open; that it waits for this, if anything is named. None where records
/// of the kind never do.
pub fn open(kind: OpenType, waiting_for: Option<WaitingFor>) -> Option<&'static str> {
    use OpenType::{Action, Observation, Question};
    use WaitingFor::{Cycle, Evaluation, Reflection, Return};
    Some(match (kind, waiting_for) {
        (Observation, None) => concat!("observations.state = 'logged' AND NOT ", went_round!()),
        (Observation, Some(Cycle)) => "observations.state = 'logged' AND observations.cycle_id IS NULL",
        (Observation, Some(Reflection)) => concat!(
            "observations.state = 'logged' AND observations.cycle_id IS NOT NULL AND NOT ",
            discussed!()
        ),
        (Observation, Some(WaitingFor::Action)) => {
            concat!("observations.state = 'logged' AND ", discussed!(), " AND NOT ", acted_on!())
        }
        (Observation, Some(Evaluation)) => {
            concat!("observations.state = 'logged' AND ", acted_on!(), " AND NOT ", went_round!())
        }
        (Action, None | Some(Evaluation)) => OPEN_ACTION,
        (Question, None | Some(Return)) => OPEN_QUESTION,
        _ => return None,
    })
}

/// The table of a kind, and what is read of an open record: where it is open, where it lies, and whose it is.
pub fn selected(kind: OpenType) -> (&'static str, &'static str) {
    match kind {
        OpenType::Observation => (
            "observations",
            "'observation' AS kind, observations.id AS id, observations.network_id AS network_id, \
             observations.cycle_id AS cycle_id, observations.cycle_id AS origin_id, \
             observations.happened_at AS since, observations.author_id AS author_id, \
             observations.author_id AS owner_id",
        ),
        OpenType::Action => (
            "actions",
            "'action' AS kind, actions.id AS id, actions.network_id AS network_id, \
             COALESCE((SELECT taken.to_cycle_id FROM action_carries AS taken \
             WHERE taken.network_id = actions.network_id AND taken.action_id = actions.id \
             AND NOT EXISTS (SELECT 1 FROM action_carries AS later WHERE later.network_id = taken.network_id \
             AND later.action_id = taken.action_id AND later.from_cycle_id = taken.to_cycle_id) LIMIT 1), \
             actions.cycle_id) AS cycle_id, actions.cycle_id AS origin_id, \
             actions.happened_at AS since, actions.author_id AS author_id, actions.owner_id AS owner_id",
        ),
        OpenType::Question => (
            "questions",
            "'question' AS kind, questions.id AS id, questions.network_id AS network_id, \
             questions.cycle_id AS cycle_id, questions.cycle_id AS origin_id, \
             questions.happened_at AS since, questions.author_id AS author_id, \
             questions.author_id AS owner_id",
        ),
    }
}
