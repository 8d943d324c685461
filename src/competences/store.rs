//! The catalogue in the database, and who sees which part of it.

use super::types::{Competence, CompetenceFilter};
use crate::access::{Locate, Place, Sight, Tx};
use crate::db::schema::{competences, question_competences, questions};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::insights::types::Audience;
use crate::newest_first;
use crate::practice::RecordState;
use diesel::prelude::*;

crate::record_store!(competences, Competence);

/// A competence by its id. A network's own lies in the network. Guests of a cycle whose questions ask for it, and
/// members of networks that share the cycle, find it too: outside of the network, where they can but read it.
#[derive(Clone)]
pub struct OneCompetence(pub Id);

impl Locate for OneCompetence {
    type Found = Competence;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Competence, Place)>> {
        let Some(competence) = find(tx, self.0)? else { return Ok(None) };
        let place = match (competence.network_id, tx.acting) {
            (Some(network_id), Some(viewer)) if is_only_asked(tx, viewer, network_id, self.0)? => {
                Place { shared: Some(Audience::Commons), ..Place::network(network_id) }
            }
            (Some(network_id), _) => Place::network(network_id),
            (None, _) => Place::default(),
        };
        Ok(Some((competence, place)))
    }
}

fn is_only_asked(tx: &mut Tx<'_>, viewer: Id, network_id: Id, id: Id) -> QueryResult<bool> {
    Ok(!tx.networks_of(viewer)?.contains(&network_id) && !seen(tx, viewer, &[id])?.is_empty())
}

pub fn list(
    tx: &mut Tx<'_>,
    viewer: Id,
    filter: &CompetenceFilter,
    page: &Page,
) -> QueryResult<Vec<Competence>> {
    let Sight { networks, cycles, homes } = tx.sight(viewer)?;
    let mut query = newest_first!(competences::table, page, competences::created_at, competences::id);
    query = query.filter(
        competences::network_id
            .is_null()
            .or(competences::network_id.eq_any(networks))
            .or(competences::id.eq_any(asked_in(homes, cycles, RecordState::Current))),
    );
    if let Some(network_id) = filter.network_id {
        query = query.filter(competences::network_id.eq(network_id));
    }
    query.load(tx.conn())
}

/// Those of `ids` that somebody sees: the server's, those of their networks, and those that the questions of other
/// cycles ask for which they may read.
pub fn seen(tx: &mut Tx<'_>, viewer: Id, ids: &[Id]) -> QueryResult<Vec<Id>> {
    let Sight { networks, cycles, homes } = tx.sight(viewer)?;
    competences::table
        .filter(competences::id.eq_any(ids))
        .filter(
            competences::network_id
                .is_null()
                .or(competences::network_id.eq_any(networks))
                .or(competences::id.eq_any(asked_in(homes, cycles, RecordState::Current))),
        )
        .select(competences::id)
        .load(tx.conn())
}

/// The competences that questions of these cycles ask for. Their networks are named too, for the index.
#[diesel::dsl::auto_type(no_type_alias)]
fn asked_in(homes: Vec<Id>, cycles: Vec<Id>, state: RecordState) -> _ {
    let same = questions::network_id
        .eq(question_competences::network_id)
        .and(questions::id.eq(question_competences::question_id));
    question_competences::table
        .inner_join(questions::table.on(same))
        .filter(questions::network_id.eq_any(homes))
        .filter(questions::cycle_id.eq_any(cycles))
        .filter(questions::state.eq(state))
        .select(question_competences::competence_id)
}

/// Those of `ids` that a question of the network may ask for: the server's and its own.
pub fn standing_in(tx: &mut Tx<'_>, network_id: Id, ids: &[Id]) -> QueryResult<Vec<Id>> {
    competences::table
        .filter(competences::id.eq_any(ids))
        .filter(competences::network_id.is_null().or(competences::network_id.eq(network_id)))
        .select(competences::id)
        .load(tx.conn())
}
