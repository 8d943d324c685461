//! Evaluations in the database.

use super::types::{Evaluation, EvaluationFilter};
use crate::access::{Locate, Located, Place, Tx, in_order};
use crate::actions::types::{Action, ActionState};
use crate::db::schema::{actions, evaluations};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::practice::RecordState;
use crate::record::Record;
use crate::store::in_parts;
use crate::{newest_first, on_days};
use diesel::prelude::*;

crate::run_store!(
    evaluations,
    Evaluation(
        cycle_id,
        action_id,
        expected_effect,
        seen_effect,
        verdict,
        judged_by,
        beneficiaries,
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

/// An evaluation by its id.
#[derive(Clone)]
pub struct OneEvaluation(pub Id);

impl Locate for OneEvaluation {
    type Found = Evaluation;

    fn named(&self) -> Option<(&'static str, Id)> {
        Some((Evaluation::KIND, self.0))
    }

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Evaluation, Place)>> {
        Ok(find(tx, self.0)?.map(placed))
    }

    fn locate_all(these: &[OneEvaluation], tx: &mut Tx<'_>) -> Result<Vec<Located<Evaluation>>> {
        let ids: Vec<Id> = these.iter().map(|one| one.0).collect();
        let found = find_all(tx, &ids)?.into_iter();
        Ok(in_order(&ids, found.map(|record| (record.id, placed(record)))))
    }
}

fn placed(evaluation: Evaluation) -> (Evaluation, Place) {
    let place = Place::cycle(evaluation.network_id, evaluation.cycle_id).by(evaluation.author_id);
    (evaluation, place)
}

/// The action that is evaluated, as far as its evaluations need it.
#[derive(Clone)]
pub struct OfAction(pub Id);

#[derive(Clone, Debug)]
pub struct ActionKey {
    pub network_id: Id,
    pub id: Id,
    pub cycle_id: Id,
    pub withdrawn: bool,
}

impl From<&Action> for ActionKey {
    fn from(action: &Action) -> ActionKey {
        ActionKey {
            network_id: action.network_id,
            id: action.id,
            cycle_id: action.cycle_id,
            withdrawn: action.state == ActionState::Withdrawn,
        }
    }
}

impl Locate for OfAction {
    type Found = ActionKey;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(ActionKey, Place)>> {
        let row: Option<ActionRow> = actions::table
            .filter(actions::id.eq(self.0))
            .select((actions::id, actions::network_id, actions::cycle_id, actions::state))
            .get_result(tx.conn())
            .optional()?;
        Ok(row.map(located))
    }

    fn locate_all(these: &[OfAction], tx: &mut Tx<'_>) -> Result<Vec<Located<ActionKey>>> {
        let ids: Vec<Id> = these.iter().map(|one| one.0).collect();
        let rows: Vec<ActionRow> = in_parts(&ids, |part| {
            actions::table
                .filter(actions::id.eq_any(part))
                .select((actions::id, actions::network_id, actions::cycle_id, actions::state))
                .load(tx.conn())
        })?;
        Ok(in_order(&ids, rows.into_iter().map(|row| (row.0, located(row)))))
    }
}

type ActionRow = (Id, Id, Id, ActionState);

fn located((id, network_id, cycle_id, state): ActionRow) -> (ActionKey, Place) {
    let withdrawn = state == ActionState::Withdrawn;
    (ActionKey { network_id, id, cycle_id, withdrawn }, Place::cycle(network_id, cycle_id))
}

pub fn list(
    tx: &mut Tx<'_>,
    action: &ActionKey,
    state: RecordState,
    page: &Page,
) -> QueryResult<Vec<Evaluation>> {
    let query = newest_first!(
        evaluations::table
            .filter(evaluations::network_id.eq(action.network_id))
            .filter(evaluations::action_id.eq(action.id))
            .filter(evaluations::state.eq(state)),
        page,
        evaluations::happened_at,
        evaluations::id
    );
    query.load(tx.conn())
}

/// Those of a cycle or, with none, of a network.
pub fn list_all(
    tx: &mut Tx<'_>,
    network_id: Id,
    cycle_id: Option<Id>,
    filter: &EvaluationFilter,
    page: &Page,
) -> QueryResult<Vec<Evaluation>> {
    let mut query = newest_first!(
        evaluations::table
            .filter(evaluations::network_id.eq(network_id))
            .filter(evaluations::state.eq(filter.state.unwrap_or(RecordState::Current))),
        page,
        evaluations::happened_at,
        evaluations::id
    );
    query = on_days!(query, filter.days(), evaluations::happened_at);
    if let Some(cycle_id) = cycle_id {
        query = query.filter(evaluations::cycle_id.eq(cycle_id));
    }
    query.load(tx.conn())
}
