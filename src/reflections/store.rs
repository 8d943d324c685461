//! Reflections in the database. What is visible to its author alone is filtered here for every list, and by the
//! `Place` for every single record.

use super::types::{Reflection, ReflectionFilter, Visibility};
use crate::access::{Locate, Located, Place, Tx, in_order};
use crate::actions::types::ActionState;
use crate::db::schema::{
    action_reflections, actions, observations, reflection_observations, reflection_people, reflections,
    session_reflections,
};
use crate::edits::by_network;
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::observations::types::ObservationState;
use crate::practice::RecordState;
use crate::record::Record;
use crate::sessions::types::Session;
use crate::{newest_first, on_days};
use diesel::prelude::*;

crate::run_store!(
    reflections,
    Reflection(
        cycle_id,
        observation_ids,
        model,
        model_version,
        answers,
        loop_depth,
        frame_shift,
        participant_ids,
        session_id,
        visibility,
        state,
        state_reason,
        author_id,
        happened_at,
        created_at,
        updated_at,
        version,
        digest,
    )
);

/// A reflection by its id.
#[derive(Clone)]
pub struct OneReflection(pub Id);

impl Locate for OneReflection {
    type Found = Reflection;

    fn named(&self) -> Option<(&'static str, Id)> {
        Some((Reflection::KIND, self.0))
    }

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Reflection, Place)>> {
        Ok(find(tx, self.0)?.map(placed))
    }

    fn locate_all(these: &[OneReflection], tx: &mut Tx<'_>) -> Result<Vec<Located<Reflection>>> {
        let ids: Vec<Id> = these.iter().map(|one| one.0).collect();
        let found = find_all(tx, &ids)?.into_iter();
        Ok(in_order(&ids, found.map(|record| (record.id, placed(record)))))
    }
}

fn placed(reflection: Reflection) -> (Reflection, Place) {
    let place = Place::cycle(reflection.network_id, reflection.cycle_id).by(reflection.author_id);
    let private = reflection.visibility == Visibility::Author;
    (reflection, Place { private, ..place })
}

pub fn list(
    tx: &mut Tx<'_>,
    network_id: Id,
    cycle_id: Option<Id>,
    viewer_id: Id,
    filter: &ReflectionFilter,
    page: &Page,
) -> QueryResult<Vec<Reflection>> {
    let mut query = newest_first!(
        reflections::table
            .filter(reflections::network_id.eq(network_id))
            .filter(reflections::visibility.eq(Visibility::Network).or(reflections::author_id.eq(viewer_id)))
            .filter(reflections::state.eq(filter.state.unwrap_or(RecordState::Current))),
        page,
        reflections::happened_at,
        reflections::id
    );
    query = on_days!(query, filter.days(), reflections::happened_at);
    if let Some(cycle_id) = cycle_id {
        query = query.filter(reflections::cycle_id.eq(cycle_id));
    }
    if let Some(author_id) = filter.author_id {
        query = query.filter(reflections::author_id.eq(author_id));
    }
    if let Some(loop_depth) = filter.loop_depth {
        query = query.filter(reflections::loop_depth.eq(loop_depth));
    }
    if let Some(observation_id) = filter.observation_id {
        let referring = reflection_observations::table
            .filter(reflection_observations::network_id.eq(network_id))
            .filter(reflection_observations::observation_id.eq(observation_id))
            .select(reflection_observations::reflection_id);
        query = query.filter(reflections::id.eq_any(referring));
    }
    query.load(tx.conn())
}

/// Writes the link rows of the observations, people and sessions of reflections.
pub fn link(tx: &mut Tx<'_>, reflections: &[&Reflection]) -> QueryResult<()> {
    let (mut observations, mut people, mut sessions) = (Vec::new(), Vec::new(), Vec::new());
    for reflection in reflections {
        observations.extend(reflection.observation_ids.iter().map(|observation_id| {
            (
                reflection_observations::network_id.eq(reflection.network_id),
                reflection_observations::reflection_id.eq(reflection.id),
                reflection_observations::observation_id.eq(observation_id),
            )
        }));
        people.extend(reflection.participant_ids.iter().map(|person_id| {
            (
                reflection_people::network_id.eq(reflection.network_id),
                reflection_people::reflection_id.eq(reflection.id),
                reflection_people::person_id.eq(person_id),
            )
        }));
        sessions.extend(reflection.session_id.map(|session_id| {
            (
                session_reflections::network_id.eq(reflection.network_id),
                session_reflections::session_id.eq(session_id),
                session_reflections::reflection_id.eq(reflection.id),
            )
        }));
    }
    crate::insert_rows!(tx, reflection_observations, observations)?;
    crate::insert_rows!(tx, reflection_people, people)?;
    crate::insert_rows!(tx, session_reflections, sessions)
}

pub fn unlink(tx: &mut Tx<'_>, reflections: &[&Reflection]) -> QueryResult<()> {
    by_network(reflections).into_iter().try_for_each(|(network_id, ids)| {
        let observations = reflection_observations::table
            .filter(reflection_observations::network_id.eq(network_id))
            .filter(reflection_observations::reflection_id.eq_any(&ids));
        diesel::delete(observations).execute(tx.conn())?;
        let people = reflection_people::table
            .filter(reflection_people::network_id.eq(network_id))
            .filter(reflection_people::reflection_id.eq_any(&ids));
        diesel::delete(people).execute(tx.conn())?;
        let sessions = session_reflections::table
            .filter(session_reflections::network_id.eq(network_id))
            .filter(session_reflections::reflection_id.eq_any(&ids));
        diesel::delete(sessions).execute(tx.conn()).map(drop)
    })
}

/// The reflection of a session that stands.
pub fn of_session(tx: &mut Tx<'_>, session: &Session) -> QueryResult<Option<Id>> {
    let linked = session_reflections::table
        .filter(session_reflections::network_id.eq(session.network_id))
        .filter(session_reflections::session_id.eq(session.id))
        .select(session_reflections::reflection_id);
    reflections::table
        .filter(reflections::network_id.eq(session.network_id))
        .filter(reflections::id.eq_any(linked))
        .filter(reflections::state.eq(RecordState::Current))
        .select(reflections::id)
        .get_result(tx.conn())
        .optional()
}

/// Reflections of a session in one state: one of those that stand, any number of withdrawn ones.
pub fn list_of_session(
    tx: &mut Tx<'_>,
    session: &Session,
    state: RecordState,
    page: &Page,
) -> QueryResult<Vec<Reflection>> {
    let linked = session_reflections::table
        .filter(session_reflections::network_id.eq(session.network_id))
        .filter(session_reflections::session_id.eq(session.id))
        .select(session_reflections::reflection_id);
    let query = newest_first!(
        reflections::table
            .filter(reflections::network_id.eq(session.network_id))
            .filter(reflections::id.eq_any(linked))
            .filter(reflections::state.eq(state)),
        page,
        reflections::happened_at,
        reflections::id
    );
    query.load(tx.conn())
}

/// Those of `ids` that an action follows from which stands.
pub fn followed_among(tx: &mut Tx<'_>, network_id: Id, ids: &[Id]) -> QueryResult<Vec<Id>> {
    let same_action = actions::network_id
        .eq(action_reflections::network_id)
        .and(actions::id.eq(action_reflections::action_id));
    action_reflections::table
        .inner_join(actions::table.on(same_action))
        .filter(action_reflections::network_id.eq(network_id))
        .filter(action_reflections::reflection_id.eq_any(ids))
        .filter(actions::state.ne(ActionState::Withdrawn))
        .select(action_reflections::reflection_id)
        .distinct()
        .load(tx.conn())
}

/// Those of `ids` that are observations which stand in the cycle.
pub fn observations_standing(
    tx: &mut Tx<'_>,
    network_id: Id,
    cycle_id: Id,
    ids: &[Id],
) -> QueryResult<Vec<Id>> {
    observations::table
        .filter(observations::network_id.eq(network_id))
        .filter(observations::cycle_id.eq(cycle_id))
        .filter(observations::id.eq_any(ids))
        .filter(observations::state.ne(ObservationState::Withdrawn))
        .select(observations::id)
        .load(tx.conn())
}
