//! What people want to learn, how they came to know it, and what shows that they do.

pub mod api;
pub mod bodies;
pub mod rules;
mod store;
pub mod types;

pub use store::hide;

use crate::access::{Standing, Tx};
use crate::error::{Error, Result};
use crate::http::body::HappenedAt;
use crate::http::precondition::IfMatch;
use crate::http::text::Text;
use crate::ids::Id;
use crate::practice::{all_found, dangling};
use crate::record::{self, Created};
use crate::{competence_statements, competences, disclosure, people};
use bodies::{EvidenceCreate, GoalCreate, GoalPatch, GoalTransition, RouteTaken};
use serde_json::json;
use types::{Evidence, GoalRow, GoalState, LearningGoal};

/// Sets a goal; one that is open for each competence.
pub fn create(tx: &mut Tx<'_>, person_id: Id, body: &GoalCreate) -> Result<Created<LearningGoal>> {
    let digest = tx.digest(body.id, person_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let own = stored.person_id == person_id;
        return record::replay(store::shown(tx, person_id, stored)?, &digest, own);
    }
    if !competences::is_seen(tx, person_id, body.competence_id)? {
        return Err(Error::dangling(vec![dangling("competenceId", body.competence_id)]));
    }
    if let Some(open) = store::open_of(tx, person_id, body.competence_id)? {
        let detail = "You have an open goal for this competence already.";
        return Err(Error::conflict("already_open", detail).with("learningGoalId", json!(open)));
    }
    let row = GoalRow {
        id: body.id.unwrap_or_default(),
        person_id,
        competence_id: body.competence_id,
        text: body.text.as_deref().map(Into::into),
        disclosure: body.disclosure.unwrap_or_default(),
        state: GoalState::Open,
        state_reason: None,
        route_kind: None,
        route_person_id: None,
        route_insight_id: None,
        route_action_id: None,
        route_text: None,
        settled_at: None,
        move_id: None,
        move_digest: None,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    store::insert(tx, &row)?;
    let goal = store::shown(tx, person_id, row)?;
    tx.note("created", &goal);
    Ok(Created::fresh(goal))
}

/// A goal by its id, whoever's it is.
pub fn find(tx: &mut Tx<'_>, id: Id) -> Result<Option<GoalRow>> {
    Ok(store::find(tx, id)?)
}

pub fn update(
    tx: &mut Tx<'_>,
    mut row: GoalRow,
    if_match: &IfMatch,
    patch: GoalPatch,
) -> Result<LearningGoal> {
    if_match.demand(row.version)?;
    let before = row.clone();
    patch.text.apply(&mut row.text, Text::into_string);
    patch.disclosure.apply(&mut row.disclosure, |disclosure| disclosure);
    if row == before {
        return store::shown(tx, row.person_id, row);
    }
    save(tx, row, "updated")
}

/// Achieves a goal by a route, or drops it. What is achieved is stated, in the same moment.
pub fn transition(
    tx: &mut Tx<'_>,
    mut row: GoalRow,
    standing: &Standing,
    if_match: &IfMatch,
    body: &GoalTransition,
) -> Result<LearningGoal> {
    let digest = tx.digest(body.id, row.id, body)?;
    if rules::was_made(&row, body, &digest)? {
        return store::shown(tx, row.person_id, row);
    }
    if let Some(id) = body.id
        && store::has_moved_one(tx, id)?
    {
        return Err(record::id_taken());
    }
    if_match.honour(row.version)?;
    rules::settle(&mut row, body, digest, tx.now)?;
    if let Some(route) = &body.route {
        route_stands(tx, standing, route)?;
        let given = body.statement.as_ref().map(|given| given.patch());
        competence_statements::ensure(tx, row.person_id, row.competence_id, row.disclosure, given)?;
    }
    save(tx, row, body.to.into())
}

fn save(tx: &mut Tx<'_>, mut row: GoalRow, what: &str) -> Result<LearningGoal> {
    store::save(tx, &mut row)?;
    let goal = store::shown(tx, row.person_id, row)?;
    tx.note(what, &goal);
    Ok(goal)
}

/// 409 where the route names what its traveller does not see, or themselves as the colleague.
fn route_stands(tx: &mut Tx<'_>, standing: &Standing, route: &RouteTaken) -> Result<()> {
    let mut faults = Vec::new();
    if let Some(id) = route.person_id
        && (id == standing.person_id || !people::is_visible(tx, standing, id)?)
    {
        faults.push(dangling("route/personId", id));
    }
    if let Some(id) = route.insight_id
        && store::insights_seen(tx, standing.person_id, &[id])?.is_empty()
    {
        faults.push(dangling("route/insightId", id));
    }
    if let Some(id) = route.action_id
        && store::actions_seen(tx, standing.person_id, &[id])?.is_empty()
    {
        faults.push(dangling("route/actionId", id));
    }
    all_found(faults)
}

/// Adds evidence to a goal that was achieved.
pub fn add_evidence(tx: &mut Tx<'_>, goal: &GoalRow, body: &EvidenceCreate) -> Result<Created<Evidence>> {
    let digest = tx.digest(body.id, goal.id, body)?;
    if let Some(stored) = body.id.map(|id| store::evidence::by_id(tx, id)).transpose()?.flatten() {
        let here = stored.goal_id == goal.id;
        return record::replay(stored, &digest, here);
    }
    disclosure::not_retracted(tx, body.id)?;
    rules::takes_evidence(goal)?;
    let evidence = Evidence {
        id: body.id.unwrap_or_default(),
        goal_id: goal.id,
        text: body.text.to_string(),
        happened_at: HappenedAt::or_now(body.happened_at, tx.now),
        created_at: tx.now,
        version: 1,
        digest,
    };
    store::evidence::insert(tx, &evidence)?;
    tx.note("created", &evidence);
    Ok(Created::fresh(evidence))
}

pub fn delete_evidence(tx: &mut Tx<'_>, evidence: &Evidence, if_match: &IfMatch) -> Result<()> {
    if_match.demand(evidence.version)?;
    store::evidence::delete(tx, evidence.id)?;
    disclosure::retract(tx, &[evidence.id])?;
    tx.note("deleted", evidence);
    Ok(())
}
