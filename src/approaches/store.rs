//! Approaches in the database.

use super::types::{Approach, ApproachOutcome, ApproachVersion, TryingCycle};
use crate::access::{Locate, Place, Tx};
use crate::actions::types::ActionState;
use crate::clock::Instant;
use crate::cycles::types::Phase;
use crate::db::schema::{actions, approach_versions, approaches, cycle_approaches, cycles, evaluations};
use crate::error::Result;
use crate::evaluations::types::Verdict;
use crate::http::page::Page;
use crate::ids::Id;
use crate::insights::types::Verdicts;
use crate::newest_first;
use crate::practice::RecordState;
use diesel::prelude::*;

crate::record_store!(approaches, Approach);

/// An approach by its id.
#[derive(Clone)]
pub struct OneApproach(pub Id);

impl Locate for OneApproach {
    type Found = Approach;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Approach, Place)>> {
        Ok(find(tx, self.0)?.map(|approach| {
            let place = Place::network(approach.network_id).by(approach.created_by);
            (approach, place)
        }))
    }
}

/// A version by its id.
#[derive(Clone)]
pub struct OneVersion(pub Id);

impl Locate for OneVersion {
    type Found = ApproachVersion;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(ApproachVersion, Place)>> {
        Ok(find_version(tx, self.0)?.map(|version| {
            let place = Place::network(version.network_id).by(version.created_by);
            (version, place)
        }))
    }
}

pub fn list(tx: &mut Tx<'_>, network_id: Id, page: &Page) -> QueryResult<Vec<Approach>> {
    let query = newest_first!(
        approaches::table.filter(approaches::network_id.eq(network_id)),
        page,
        approaches::created_at,
        approaches::id
    );
    query.load(tx.conn())
}

pub fn find_version(tx: &mut Tx<'_>, id: Id) -> QueryResult<Option<ApproachVersion>> {
    approach_versions::table.filter(approach_versions::id.eq(id)).get_result(tx.conn()).optional()
}

pub fn insert_version(tx: &mut Tx<'_>, version: &ApproachVersion) -> QueryResult<()> {
    diesel::insert_into(approach_versions::table).values(version).execute(tx.conn()).map(drop)
}

/// The number of its newest version; 0 before the first.
pub fn last_number(tx: &mut Tx<'_>, approach: &Approach) -> QueryResult<i32> {
    let last: Option<i32> = approach_versions::table
        .filter(approach_versions::network_id.eq(approach.network_id))
        .filter(approach_versions::approach_id.eq(approach.id))
        .select(diesel::dsl::max(approach_versions::number))
        .get_result(tx.conn())?;
    Ok(last.unwrap_or(0))
}

pub fn list_versions(tx: &mut Tx<'_>, approach: &Approach, page: &Page) -> QueryResult<Vec<ApproachVersion>> {
    let query = newest_first!(
        approach_versions::table
            .filter(approach_versions::network_id.eq(approach.network_id))
            .filter(approach_versions::approach_id.eq(approach.id)),
        page,
        approach_versions::created_at,
        approach_versions::id
    );
    query.load(tx.conn())
}

/// What came of a page of its versions: three queries, however many versions and cycles there are.
pub fn outcomes(tx: &mut Tx<'_>, approach: &Approach, page: &Page) -> QueryResult<Vec<ApproachOutcome>> {
    let versions = list_versions(tx, approach, page)?;
    let ids: Vec<Id> = versions.iter().map(|version| version.id).collect();
    let tried = tried(tx, approach.network_id, &ids)?;
    let judged = judged(tx, approach.network_id, &ids)?;
    let outcome = |version: ApproachVersion| {
        let of_version = |id: &Id| *id == version.id;
        let cycles = tried.iter().filter(|(id, _)| of_version(id)).map(|(_, cycle)| cycle.clone()).collect();
        let mut verdicts = Verdicts::default();
        for (_, verdict, count) in judged.iter().filter(|(id, _, _)| of_version(id)) {
            *verdicts.of(*verdict) += count;
        }
        ApproachOutcome {
            approach_version_id: version.id,
            number: version.number,
            created_at: version.created_at,
            cycles,
            verdicts,
        }
    };
    Ok(versions.into_iter().map(outcome).collect())
}

/// The cycles that tried these versions, newest first, each with its version.
fn tried(tx: &mut Tx<'_>, network_id: Id, versions: &[Id]) -> QueryResult<Vec<(Id, TryingCycle)>> {
    let same_cycle =
        cycles::network_id.eq(cycle_approaches::network_id).and(cycles::id.eq(cycle_approaches::cycle_id));
    let rows: Vec<(Id, Id, Phase, String, Option<Instant>)> = cycle_approaches::table
        .inner_join(cycles::table.on(same_cycle))
        .filter(cycle_approaches::network_id.eq(network_id))
        .filter(cycle_approaches::approach_version_id.eq_any(versions))
        .order((cycles::created_at.desc(), cycles::id.desc()))
        .select((
            cycle_approaches::approach_version_id,
            cycles::id,
            cycles::phase,
            cycles::learning_question,
            cycles::closed_at,
        ))
        .load(tx.conn())?;
    let cycle = |(version_id, cycle_id, phase, learning_question, closed_at)| {
        (version_id, TryingCycle { cycle_id, phase, learning_question, closed_at })
    };
    Ok(rows.into_iter().map(cycle).collect())
}

/// How often these versions' cycles gave each verdict, counting evaluations and actions that stand.
fn judged(tx: &mut Tx<'_>, network_id: Id, versions: &[Id]) -> QueryResult<Vec<(Id, Verdict, i64)>> {
    let same_cycle = evaluations::network_id
        .eq(cycle_approaches::network_id)
        .and(evaluations::cycle_id.eq(cycle_approaches::cycle_id));
    let same_action =
        actions::network_id.eq(evaluations::network_id).and(actions::id.eq(evaluations::action_id));
    cycle_approaches::table
        .inner_join(evaluations::table.on(same_cycle))
        .inner_join(actions::table.on(same_action))
        .filter(cycle_approaches::network_id.eq(network_id))
        .filter(cycle_approaches::approach_version_id.eq_any(versions))
        .filter(evaluations::state.eq(RecordState::Current))
        .filter(actions::state.ne(ActionState::Withdrawn))
        .group_by((cycle_approaches::approach_version_id, evaluations::verdict))
        .select((cycle_approaches::approach_version_id, evaluations::verdict, diesel::dsl::count_star()))
        .load(tx.conn())
}
