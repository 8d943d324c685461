//! Observations in the database.

use super::types::{Observation, ObservationFilter, ObservationState};
use crate::access::{
    Actor, Finding, InCycle, Locate, Located, Looked, Place, Sought, Tx, WithStanding, in_order,
    standing_found,
};
use crate::cycles::rules::CycleState;
use crate::db::schema::{
    observation_pseudonyms, observation_themes, observations, pseudonyms, questions, reflection_observations,
};
use crate::edits::by_network;
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::natively;
use crate::record::Record;
use crate::{newest_first, on_days};
use diesel::prelude::*;

crate::run_store!(
    observations,
    Observation(
        cycle_id,
        body,
        perspective,
        voice,
        question_id,
        about_pseudonym_ids,
        on_behalf_of_pseudonym_id,
        theme_ids,
        life_domains,
        tags,
        late,
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

/// An observation by its id.
#[derive(Clone)]
pub struct OneObservation(pub Id);

impl Locate for OneObservation {
    type Found = Observation;

    fn named(&self) -> Option<(&'static str, Id)> {
        Some((Observation::KIND, self.0))
    }

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Observation, Place)>> {
        Ok(find(tx, self.0)?.map(placed))
    }

    fn at_once(&self, tx: &mut Tx<'_>, actor: Actor) -> Option<Result<Option<Looked<Observation>>>> {
        let query = Finding::<Observation>::by(actor, self.0, tx.now);
        let row: QueryResult<WithStanding<Observation>> = natively!(tx.conn(), c => query.get_result(c));
        Some(standing_found(tx, actor, row, placed))
    }

    fn locate_all(these: &[OneObservation], tx: &mut Tx<'_>) -> Result<Vec<Located<Observation>>> {
        let ids: Vec<Id> = these.iter().map(|one| one.0).collect();
        let found = find_all(tx, &ids)?.into_iter();
        Ok(in_order(&ids, found.map(|record| (record.id, placed(record)))))
    }
}

impl Sought for Observation {
    type SqlType = observations::SqlType;
    const TABLE: &'static str = "observations";
    const COLUMNS: &'static str = "observations.id, observations.network_id, observations.cycle_id, observations.body, \
        observations.perspective, observations.voice, observations.question_id, observations.about_pseudonym_ids, \
        observations.on_behalf_of_pseudonym_id, observations.theme_ids, observations.life_domains, observations.tags, \
        observations.late, observations.state, observations.state_reason, observations.author_id, \
        observations.happened_at, observations.created_at, observations.updated_at, observations.version, \
        observations.digest";
    const CYCLE: &'static str = "observations.cycle_id";
}

fn placed(observation: Observation) -> (Observation, Place) {
    let place = Place {
        network_id: Some(observation.network_id),
        cycle_id: observation.cycle_id,
        author_id: Some(observation.author_id),
        ..Place::default()
    };
    (observation, place)
}

/// Observations of a network, or of one of its cycles, newest first.
pub fn list(
    tx: &mut Tx<'_>,
    network_id: Id,
    cycle_id: Option<Id>,
    filter: &ObservationFilter,
    page: &Page,
) -> QueryResult<Vec<Observation>> {
    natively!(tx.conn(), c => {
        let mut query = newest_first!(observations::table
            .filter(observations::network_id.eq(network_id)), page, observations::happened_at, observations::id);
        if let Some(cycle_id) = cycle_id {
            query = query.filter(observations::cycle_id.eq(cycle_id));
        }
        query = match filter.state {
            Some(state) => query.filter(observations::state.eq(state)),
            None => query.filter(observations::state.ne(ObservationState::Withdrawn)),
        };
        query = on_days!(query, filter.days(), observations::happened_at);
        if let Some(perspective) = filter.perspective {
            query = query.filter(observations::perspective.eq(perspective));
        }
        if let Some(author_id) = filter.author_id {
            query = query.filter(observations::author_id.eq(author_id));
        }
        if let Some(theme_id) = filter.theme_id {
            let on_theme = observation_themes::table
                .filter(observation_themes::network_id.eq(network_id))
                .filter(observation_themes::theme_id.eq(theme_id))
                .select(observation_themes::observation_id);
            query = query.filter(observations::id.eq_any(on_theme));
        }
        if let Some(pseudonym_id) = filter.pseudonym_id {
            let about = observation_pseudonyms::table
                .filter(observation_pseudonyms::network_id.eq(network_id))
                .filter(observation_pseudonyms::pseudonym_id.eq(pseudonym_id))
                .select(observation_pseudonyms::observation_id);
            query = query.filter(observations::id.eq_any(about));
        }
        query.load(c)
    })
}

/// Writes the link rows of the themes and pseudonyms of observations.
pub fn link(tx: &mut Tx<'_>, observations: &[&Observation]) -> QueryResult<()> {
    let mut themes = Vec::new();
    let mut pseudonyms = Vec::new();
    for observation in observations {
        themes.extend(observation.theme_ids.iter().map(|theme_id| {
            (
                observation_themes::network_id.eq(observation.network_id),
                observation_themes::observation_id.eq(observation.id),
                observation_themes::theme_id.eq(theme_id),
            )
        }));
        pseudonyms.extend(observation.about_pseudonym_ids.iter().map(|pseudonym_id| {
            (
                observation_pseudonyms::network_id.eq(observation.network_id),
                observation_pseudonyms::observation_id.eq(observation.id),
                observation_pseudonyms::pseudonym_id.eq(pseudonym_id),
            )
        }));
    }
    crate::insert_rows!(tx, observation_themes, themes)?;
    crate::insert_rows!(tx, observation_pseudonyms, pseudonyms)
}

pub fn unlink(tx: &mut Tx<'_>, observations: &[&Observation]) -> QueryResult<()> {
    by_network(observations).into_iter().try_for_each(|(network_id, ids)| {
        let themes = observation_themes::table
            .filter(observation_themes::network_id.eq(network_id))
            .filter(observation_themes::observation_id.eq_any(&ids));
        diesel::delete(themes).execute(tx.conn())?;
        let pseudonyms = observation_pseudonyms::table
            .filter(observation_pseudonyms::network_id.eq(network_id))
            .filter(observation_pseudonyms::observation_id.eq_any(&ids));
        diesel::delete(pseudonyms).execute(tx.conn()).map(drop)
    })
}

/// Stores an observation under another network and cycle: its key changes, which no ordinary `save` does.
pub fn relocate(tx: &mut Tx<'_>, observation: &mut Observation) -> QueryResult<()> {
    observation.version += 1;
    observation.updated_at = tx.now;
    diesel::update(observations::table.filter(observations::id.eq(observation.id)))
        .set((&*observation, observations::network_id.eq(observation.network_id)))
        .execute(tx.conn())
        .map(drop)
}

/// Whether a reflection refers to it, of whatever state and visibility.
pub fn is_taken_up(tx: &mut Tx<'_>, observation: &Observation) -> QueryResult<bool> {
    let referring = reflection_observations::table
        .filter(reflection_observations::network_id.eq(observation.network_id))
        .filter(reflection_observations::observation_id.eq(observation.id));
    diesel::select(diesel::dsl::exists(referring)).get_result(tx.conn())
}

/// A cycle, for an observation to be taken into.
pub fn cycle(tx: &mut Tx<'_>, id: Id) -> Result<Option<CycleState>> {
    Ok(InCycle(id).locate(tx)?.map(|(cycle, _)| cycle))
}

/// Those of `ids` that are questions of the cycle.
pub fn questions_standing(tx: &mut Tx<'_>, network_id: Id, cycle_id: Id, ids: &[Id]) -> QueryResult<Vec<Id>> {
    questions::table
        .filter(questions::network_id.eq(network_id))
        .filter(questions::cycle_id.eq(cycle_id))
        .filter(questions::id.eq_any(ids))
        .select(questions::id)
        .load(tx.conn())
}

pub fn pseudonyms_standing(tx: &mut Tx<'_>, network_id: Id, ids: &[Id]) -> QueryResult<Vec<Id>> {
    pseudonyms::table
        .filter(pseudonyms::network_id.eq(network_id))
        .filter(pseudonyms::id.eq_any(ids))
        .select(pseudonyms::id)
        .load(tx.conn())
}
