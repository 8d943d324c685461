//! Insights in the database. Whom one reaches is said here for every list, and by the `Place` for every single one.

use super::types::{Audience, Insight, InsightFilter, InsightState, NetworkInsightFilter};
use crate::access::{InLineage, Locate, Place, Tx, member_at};
use crate::actions::types::ActionState;
use crate::db::schema::{
    action_reflections, actions, evaluations, insight_evaluations, insight_reflections, insight_themes,
    insights, members, observations, reflection_observations, reflections,
};
use crate::error::Result;
use crate::evaluations::types::Verdict;
use crate::http::page::Page;
use crate::ids::Id;
use crate::observations::types::ObservationState;
use crate::practice::RecordState;
use crate::reflections::types::Visibility;
use crate::{newest_first, on_days};
use diesel::prelude::*;

crate::record_store!(insights, Insight);

/// An insight by its id.
#[derive(Clone)]
pub struct OneInsight(pub Id);

impl Locate for OneInsight {
    type Found = Insight;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Insight, Place)>> {
        Ok(find(tx, self.0)?.map(|insight| {
            let place = Place {
                private: insight.state == InsightState::Draft,
                shared: insight.audience.filter(|_| insight.state == InsightState::Shared),
                ..Place::network(insight.network_id).by(insight.created_by)
            };
            (insight, place)
        }))
    }
}

/// Shared insights that reach the person of the query now. A macro, since the condition's type cannot be written.
macro_rules! reach {
    ($person_id:expr, $now:expr) => {{
        let (person_id, now) = ($person_id, $now);
        let mine = members::table
            .filter(members::person_id.eq(person_id))
            .filter(member_at(now))
            .select(members::network_id);
        let kin = InLineage { network: insights::network_id, person_id, now };
        insights::state.eq(InsightState::Shared).and(
            insights::audience
                .eq(Some(Audience::Commons))
                .or(insights::network_id.eq_any(mine))
                .or(insights::audience.eq(Some(Audience::Lineage)).and(kin)),
        )
    }};
}

pub fn list(
    tx: &mut Tx<'_>,
    person_id: Id,
    filter: &InsightFilter,
    page: &Page,
) -> QueryResult<Vec<Insight>> {
    let reached = reach!(person_id, tx.now);
    let mut query = newest_first!(insights::table.filter(reached), page, insights::created_at, insights::id);
    if let Some(audience) = filter.audience {
        query = query.filter(insights::audience.eq(Some(audience)));
    }
    if let Some(network_id) = filter.network_id {
        query = query.filter(insights::network_id.eq(network_id));
    }
    if let Some(theme_id) = filter.theme_id {
        query = query.filter(insights::id.eq_any(on_theme(theme_id)));
    }
    query.load(tx.conn())
}

pub fn reaching(tx: &mut Tx<'_>, person_id: Id, ids: &[Id]) -> QueryResult<Vec<Insight>> {
    let reached = reach!(person_id, tx.now);
    insights::table.filter(insights::id.eq_any(ids)).filter(reached).load(tx.conn())
}

/// A network's insights, of drafts those of the viewer alone.
pub fn list_of_network(
    tx: &mut Tx<'_>,
    network_id: Id,
    viewer_id: Id,
    filter: &NetworkInsightFilter,
    page: &Page,
) -> QueryResult<Vec<Insight>> {
    let mut query = newest_first!(
        insights::table
            .filter(insights::network_id.eq(network_id))
            .filter(insights::state.ne(InsightState::Draft).or(insights::created_by.eq(viewer_id))),
        page,
        insights::created_at,
        insights::id
    );
    query = match filter.state {
        Some(state) => query.filter(insights::state.eq(state)),
        None => query.filter(insights::state.ne(InsightState::Withdrawn)),
    };
    query = on_days!(query, filter.days(), insights::shared_at);
    if let Some(cycle_id) = filter.cycle_id {
        query = query.filter(insights::cycle_id.eq(cycle_id));
    }
    if let Some(theme_id) = filter.theme_id {
        query = query.filter(insights::id.eq_any(on_theme(theme_id)));
    }
    query.load(tx.conn())
}

#[diesel::dsl::auto_type]
fn on_theme(theme_id: Id) -> _ {
    insight_themes::table.filter(insight_themes::theme_id.eq(theme_id)).select(insight_themes::insight_id)
}

pub fn link(tx: &mut Tx<'_>, insight: &Insight) -> QueryResult<()> {
    let (network_id, insight_id) = (insight.network_id, insight.id);
    for theme_id in insight.theme_ids.iter() {
        diesel::insert_into(insight_themes::table)
            .values((
                insight_themes::network_id.eq(network_id),
                insight_themes::insight_id.eq(insight_id),
                insight_themes::theme_id.eq(theme_id),
            ))
            .execute(tx.conn())?;
    }
    for reflection_id in insight.reflection_ids.iter() {
        diesel::insert_into(insight_reflections::table)
            .values((
                insight_reflections::network_id.eq(network_id),
                insight_reflections::insight_id.eq(insight_id),
                insight_reflections::reflection_id.eq(reflection_id),
            ))
            .execute(tx.conn())?;
    }
    for evaluation_id in insight.evaluation_ids.iter() {
        diesel::insert_into(insight_evaluations::table)
            .values((
                insight_evaluations::network_id.eq(network_id),
                insight_evaluations::insight_id.eq(insight_id),
                insight_evaluations::evaluation_id.eq(evaluation_id),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

pub fn unlink(tx: &mut Tx<'_>, insight: &Insight) -> QueryResult<()> {
    let (network_id, insight_id) = (insight.network_id, insight.id);
    let themes = insight_themes::table
        .filter(insight_themes::network_id.eq(network_id))
        .filter(insight_themes::insight_id.eq(insight_id));
    diesel::delete(themes).execute(tx.conn())?;
    let reflections = insight_reflections::table
        .filter(insight_reflections::network_id.eq(network_id))
        .filter(insight_reflections::insight_id.eq(insight_id));
    diesel::delete(reflections).execute(tx.conn())?;
    let evaluations = insight_evaluations::table
        .filter(insight_evaluations::network_id.eq(network_id))
        .filter(insight_evaluations::insight_id.eq(insight_id));
    diesel::delete(evaluations).execute(tx.conn()).map(drop)
}

/// Deletes a draft that was unlinked.
pub fn delete(tx: &mut Tx<'_>, insight: &Insight) -> QueryResult<()> {
    let same = insights::table
        .filter(insights::network_id.eq(insight.network_id))
        .filter(insights::id.eq(insight.id));
    diesel::delete(same).execute(tx.conn()).map(drop)
}

/// Those of its reflections that stand in its cycle for all of the network to see.
pub fn reflections_standing(tx: &mut Tx<'_>, insight: &Insight) -> QueryResult<Vec<Id>> {
    if insight.reflection_ids.is_empty() {
        return Ok(Vec::new());
    }
    reflections::table
        .filter(reflections::network_id.eq(insight.network_id))
        .filter(reflections::cycle_id.eq(insight.cycle_id))
        .filter(reflections::id.eq_any(insight.reflection_ids.to_vec()))
        .filter(reflections::visibility.eq(Visibility::Network))
        .filter(reflections::state.eq(RecordState::Current))
        .select(reflections::id)
        .load(tx.conn())
}

/// Those of its evaluations that stand, of actions of its cycle that stand, with their verdicts.
pub fn evaluations_standing(tx: &mut Tx<'_>, insight: &Insight) -> QueryResult<Vec<(Id, Verdict)>> {
    if insight.evaluation_ids.is_empty() {
        return Ok(Vec::new());
    }
    let same_action =
        actions::network_id.eq(evaluations::network_id).and(actions::id.eq(evaluations::action_id));
    evaluations::table
        .inner_join(actions::table.on(same_action))
        .filter(evaluations::network_id.eq(insight.network_id))
        .filter(evaluations::cycle_id.eq(insight.cycle_id))
        .filter(evaluations::id.eq_any(insight.evaluation_ids.to_vec()))
        .filter(evaluations::state.eq(RecordState::Current))
        .filter(actions::state.ne(ActionState::Withdrawn))
        .select((evaluations::id, evaluations::verdict))
        .load(tx.conn())
}

/// How many observations that stand are behind an insight: those that its reflections refer to, and those that led to
/// the actions its evaluations are of. A reflection that is its author's alone counts nowhere.
pub fn observations_behind(
    tx: &mut Tx<'_>,
    network_id: Id,
    reflections: &[Id],
    evaluations: &[Id],
) -> QueryResult<i64> {
    let evaluated = evaluations::table
        .filter(evaluations::network_id.eq(network_id))
        .filter(evaluations::id.eq_any(evaluations))
        .select(evaluations::action_id);
    let led_there = action_reflections::table
        .filter(action_reflections::network_id.eq(network_id))
        .filter(action_reflections::action_id.eq_any(evaluated))
        .select(action_reflections::reflection_id);
    let led_there: Vec<Id> = reflections::table
        .filter(reflections::network_id.eq(network_id))
        .filter(reflections::id.eq_any(led_there))
        .filter(reflections::visibility.eq(Visibility::Network))
        .filter(reflections::state.eq(RecordState::Current))
        .select(reflections::id)
        .load(tx.conn())?;
    let referred = reflection_observations::table
        .filter(reflection_observations::network_id.eq(network_id))
        .filter(reflection_observations::reflection_id.eq_any(reflections.iter().chain(&led_there)))
        .select(reflection_observations::observation_id);
    observations::table
        .filter(observations::network_id.eq(network_id))
        .filter(observations::id.eq_any(referred))
        .filter(observations::state.ne(ObservationState::Withdrawn))
        .count()
        .get_result(tx.conn())
}
