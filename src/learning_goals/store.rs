//! Learning goals and their evidence in the database.

use super::bodies::GoalFilter;
use super::rules::Seen;
use super::types::{GoalRow, GoalState, LearningGoal};
use crate::access::{Locate, Place, Tx};
use crate::actions::types::ActionState;
use crate::competences;
use crate::db::schema::{actions, competence_statements, competences as catalogue, learning_goals, people};
use crate::disclosure::{Disclosure, members_of, share_a_network};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::insights;
use crate::newest_first;
use diesel::prelude::*;

crate::record_store!(learning_goals, GoalRow);

/// A goal by its id, for its person and those they disclose it to.
#[derive(Clone)]
pub struct OneGoal(pub Id);

impl Locate for OneGoal {
    type Found = GoalRow;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(GoalRow, Place)>> {
        let (Some(row), Some(viewer)) = (find(tx, self.0)?, tx.acting) else { return Ok(None) };
        let place = Place::default().by(row.person_id);
        Ok(is_seen(tx, viewer, &row)?.then_some((row, place)))
    }
}

/// As for a statement; what was dropped is its person's alone.
fn is_seen(tx: &mut Tx<'_>, viewer: Id, row: &GoalRow) -> Result<bool> {
    Ok(row.person_id == viewer
        || (row.disclosure == Disclosure::Network
            && row.state != GoalState::Dropped
            && share_a_network(tx, viewer, row.person_id)?
            && competences::is_seen(tx, viewer, row.competence_id)?))
}

/// As sent to somebody, with the names.
pub fn shown(tx: &mut Tx<'_>, viewer: Id, row: GoalRow) -> Result<LearningGoal> {
    let person = people::table
        .filter(people::id.eq(row.person_id))
        .select(people::display_name)
        .get_result(tx.conn())?;
    let competence = catalogue::table
        .filter(catalogue::id.eq(row.competence_id))
        .select(catalogue::name)
        .get_result(tx.conn())?;
    let mut goals = vec![row.shown(person, competence)];
    hide(tx, viewer, &mut goals)?;
    goals.pop().ok_or(crate::error::Error::NotFound)
}

/// Somebody's open goal for a competence: one at most.
pub fn open_of(tx: &mut Tx<'_>, person_id: Id, competence_id: Id) -> QueryResult<Option<Id>> {
    learning_goals::table
        .filter(learning_goals::person_id.eq(person_id))
        .filter(learning_goals::competence_id.eq(competence_id))
        .filter(learning_goals::state.eq(GoalState::Open))
        .select(learning_goals::id)
        .get_result(tx.conn())
        .optional()
}

/// Whether some goal was moved under this id.
pub fn has_moved_one(tx: &mut Tx<'_>, move_id: Id) -> QueryResult<bool> {
    let moved = learning_goals::table.filter(learning_goals::move_id.eq(move_id));
    diesel::select(diesel::dsl::exists(moved)).get_result(tx.conn())
}

pub fn list_of_person(
    tx: &mut Tx<'_>,
    person_id: Id,
    filter: &GoalFilter,
    page: &Page,
) -> QueryResult<Vec<LearningGoal>> {
    let mut query = newest_first!(
        with_names().filter(learning_goals::person_id.eq(person_id)).select((
            learning_goals::all_columns,
            people::display_name,
            catalogue::name
        )),
        page,
        learning_goals::created_at,
        learning_goals::id
    );
    if let Some(competence_id) = filter.competence_id {
        query = query.filter(learning_goals::competence_id.eq(competence_id));
    }
    if let Some(state) = filter.state {
        query = query.filter(learning_goals::state.eq(state));
    }
    Ok(named(query.load(tx.conn())?))
}

/// The goals that members of a network disclose, for the server's competences and the network's own.
pub fn list_in_network(
    tx: &mut Tx<'_>,
    viewer: Id,
    network_id: Id,
    filter: &GoalFilter,
    page: &Page,
) -> Result<Vec<LearningGoal>> {
    let members = members_of(vec![network_id], tx.now);
    let mut query = newest_first!(
        with_names()
            .filter(learning_goals::disclosure.eq(Disclosure::Network))
            .filter(learning_goals::state.ne(GoalState::Dropped))
            .filter(learning_goals::person_id.eq_any(members))
            .filter(people::active.eq(true))
            .filter(catalogue::network_id.is_null().or(catalogue::network_id.eq(network_id)))
            .select((learning_goals::all_columns, people::display_name, catalogue::name)),
        page,
        learning_goals::created_at,
        learning_goals::id
    );
    if let Some(competence_id) = filter.competence_id {
        query = query.filter(learning_goals::competence_id.eq(competence_id));
    }
    if let Some(state) = filter.state {
        query = query.filter(learning_goals::state.eq(state));
    }
    let mut goals = named(query.load(tx.conn())?);
    hide(tx, viewer, &mut goals)?;
    Ok(goals)
}

#[diesel::dsl::auto_type(no_type_alias)]
fn with_names() -> _ {
    learning_goals::table
        .inner_join(people::table.on(people::id.eq(learning_goals::person_id)))
        .inner_join(catalogue::table.on(catalogue::id.eq(learning_goals::competence_id)))
}

fn named(rows: Vec<(GoalRow, String, String)>) -> Vec<LearningGoal> {
    rows.into_iter().map(|(row, person, competence)| row.shown(person, competence)).collect()
}

/// Takes out of the routes of others' goals what the viewer may not see.
pub fn hide(tx: &mut Tx<'_>, viewer: Id, goals: &mut [LearningGoal]) -> Result<()> {
    let others =
        || goals.iter().filter(|goal| goal.person_id != viewer).filter_map(|goal| goal.route.as_ref());
    let people: Vec<Id> = others().filter_map(|route| route.person_id).collect();
    let actions: Vec<Id> = others().filter_map(|route| route.action_id).collect();
    let insights: Vec<Id> = others().filter_map(|route| route.insight_id).collect();
    let seen = Seen {
        people: disclosing(tx, viewer, &people)?,
        actions: actions_seen(tx, viewer, &actions)?,
        insights: insights_seen(tx, viewer, &insights)?,
    };
    for goal in goals.iter_mut().filter(|goal| goal.person_id != viewer) {
        if let Some(route) = &mut goal.route {
            seen.hide(goal.competence_id, route);
        }
    }
    Ok(())
}

/// Those of `people` who disclose something to the viewer, with each competence; also what one says of oneself.
fn disclosing(tx: &mut Tx<'_>, viewer: Id, people: &[Id]) -> QueryResult<Vec<(Id, Id)>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let (networks, now) = (tx.networks_of(viewer)?, tx.now);
    let disclosed = competence_statements::disclosure
        .eq(Disclosure::Network)
        .and(competence_statements::person_id.eq_any(members_of(networks, now)));
    competence_statements::table
        .filter(competence_statements::person_id.eq_any(people))
        .filter(competence_statements::person_id.eq(viewer).or(disclosed))
        .select((competence_statements::person_id, competence_statements::competence_id))
        .load(tx.conn())
}

/// Those of `ids` that are actions which the viewer may read.
pub fn actions_seen(tx: &mut Tx<'_>, viewer: Id, ids: &[Id]) -> Result<Vec<Id>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Id, Id, Id)> = actions::table
        .filter(actions::id.eq_any(ids))
        .filter(actions::state.ne(ActionState::Withdrawn))
        .select((actions::id, actions::network_id, actions::cycle_id))
        .load(tx.conn())?;
    let sight = tx.sight(viewer)?;
    let seen = |row: &&(Id, Id, Id)| sight.networks.contains(&row.1) || sight.cycles.contains(&row.2);
    Ok(rows.iter().filter(seen).map(|row| row.0).collect())
}

/// Those of `ids` that are insights which reach the viewer.
pub fn insights_seen(tx: &mut Tx<'_>, viewer: Id, ids: &[Id]) -> Result<Vec<Id>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(insights::reaching(tx, viewer, ids)?.into_iter().map(|insight| insight.id).collect())
}

/// What shows that a goal was achieved.
pub mod evidence {
    use super::super::types::Evidence;
    use super::{Id, Locate, OneGoal, Page, Place, Result, Tx};
    use crate::db::schema::learning_goal_evidence as evidence;
    use crate::newest_first;
    use diesel::prelude::*;

    /// Evidence by its id, for those who see the goal.
    #[derive(Clone)]
    pub struct OneEvidence(pub Id);

    impl Locate for OneEvidence {
        type Found = Evidence;

        fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Evidence, Place)>> {
            let Some(row) = by_id(tx, self.0)? else { return Ok(None) };
            Ok(OneGoal(row.goal_id).locate(tx)?.map(|(_, place)| (row, place)))
        }
    }

    pub fn by_id(tx: &mut Tx<'_>, id: Id) -> QueryResult<Option<Evidence>> {
        evidence::table.filter(evidence::id.eq(id)).get_result(tx.conn()).optional()
    }

    pub fn insert(tx: &mut Tx<'_>, row: &Evidence) -> QueryResult<()> {
        diesel::insert_into(evidence::table).values(row).execute(tx.conn()).map(drop)
    }

    pub fn delete(tx: &mut Tx<'_>, id: Id) -> QueryResult<()> {
        diesel::delete(evidence::table.filter(evidence::id.eq(id))).execute(tx.conn()).map(drop)
    }

    pub fn list(tx: &mut Tx<'_>, goal_id: Id, page: &Page) -> QueryResult<Vec<Evidence>> {
        let query = newest_first!(
            evidence::table.filter(evidence::goal_id.eq(goal_id)),
            page,
            evidence::happened_at,
            evidence::id
        );
        query.load(tx.conn())
    }
}
