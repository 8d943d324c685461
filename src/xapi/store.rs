//! The changes that statements are made of, the records as they are, and how far the store outside was told.

use super::statement::Practice;
use super::vocabulary::Kind;
use crate::access::Tx;
use crate::clock::Instant;
use crate::db::schema::{
    actions, changes, evaluations, network_streams, networks, observations, questions, reflections,
    xapi_positions,
};
use crate::ids::Id;
use crate::natively;
use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A row of the change log, with what a statement needs of it.
#[derive(Clone, Debug, Queryable)]
pub struct Row {
    pub number: i64,
    pub at: Instant,
    pub kind: String,
    pub subject_id: Id,
    pub subject_version: i32,
    pub actor_id: Option<Id>,
    pub audience: String,
}

type Columns = (
    changes::number,
    changes::at,
    changes::kind,
    changes::subject_id,
    changes::subject_version,
    changes::actor_id,
    changes::audience,
);

const COLUMNS: Columns = (
    changes::number,
    changes::at,
    changes::kind,
    changes::subject_id,
    changes::subject_version,
    changes::actor_id,
    changes::audience,
);

/// Changes of a network in either direction, so many at most, from a number on that is one of them.
pub fn stretch(
    tx: &mut Tx<'_>,
    network_id: Id,
    from: i64,
    ascending: bool,
    most: i64,
) -> QueryResult<Vec<Row>> {
    natively!(tx.conn(), c => {
        let query = changes::table.filter(changes::network_id.eq(network_id)).select(COLUMNS).limit(most);
        if ascending {
            query.filter(changes::number.ge(from)).order(changes::number.asc()).load(c)
        } else {
            query.filter(changes::number.le(from)).order(changes::number.desc()).load(c)
        }
    })
}

/// Changes of a network by their numbers.
pub fn numbered(tx: &mut Tx<'_>, network_id: Id, numbers: &[i64]) -> QueryResult<Vec<Row>> {
    changes::table
        .filter(changes::network_id.eq(network_id))
        .filter(changes::number.eq_any(numbers))
        .select(COLUMNS)
        .load(tx.conn())
}

/// Records as they are now.
pub fn records(tx: &mut Tx<'_>, wanted: &BTreeMap<Kind, BTreeSet<Id>>) -> QueryResult<HashMap<Id, Practice>> {
    let mut found = HashMap::new();
    for (kind, ids) in wanted {
        macro_rules! load {
            ($table:ident, $variant:ident) => {{
                let records: Vec<_> = $table::table.filter($table::id.eq_any(ids)).load(tx.conn())?;
                found.extend(records.into_iter().map(|record| {
                    let id = crate::record::Record::id(&record);
                    (id, Practice::$variant(record))
                }));
            }};
        }
        match kind {
            Kind::Question => load!(questions, Question),
            Kind::Observation => load!(observations, Observation),
            Kind::Reflection => load!(reflections, Reflection),
            Kind::Action => load!(actions, Action),
            Kind::Evaluation => load!(evaluations, Evaluation),
        }
    }
    Ok(found)
}

/// Networks that have changes of which the store was not told, and want it told, so many at most.
pub fn behind(tx: &mut Tx<'_>, most: i64) -> QueryResult<Vec<Id>> {
    let now = tx.now;
    natively!(tx.conn(), c => networks::table
        .inner_join(network_streams::table.on(network_streams::network_id.eq(networks::id)))
        .left_join(xapi_positions::table.on(xapi_positions::network_id.eq(networks::id)))
        .filter(networks::forwards_to_lrs)
        .filter(xapi_positions::sent.is_null().or(network_streams::last_change.nullable().gt(xapi_positions::sent.nullable())))
        .filter(xapi_positions::held_until.is_null().or(xapi_positions::held_until.le(now)))
        .order(networks::id)
        .limit(most)
        .select(networks::id)
        .load(c))
}

/// Whether a network is being told of by somebody else at this moment, who may stop halfway.
pub fn held(tx: &mut Tx<'_>) -> QueryResult<bool> {
    let now = tx.now;
    let held = xapi_positions::table.filter(xapi_positions::held_until.gt(now));
    natively!(tx.conn(), c => diesel::select(diesel::dsl::exists(held)).get_result(c))
}

/// Takes a network until an instant, unless somebody else has it or it wants nothing told any more. Answers with the
/// number of the last change that the store was told of.
pub fn take(tx: &mut Tx<'_>, network_id: Id, until: Instant) -> QueryResult<Option<i64>> {
    let now = tx.now;
    let wanted: bool = networks::table
        .filter(networks::id.eq(network_id))
        .select(networks::forwards_to_lrs)
        .get_result(tx.conn())?;
    if !wanted {
        return Ok(None);
    }
    natively!(tx.conn(), c => diesel::insert_into(xapi_positions::table)
        .values((
            xapi_positions::network_id.eq(network_id),
            xapi_positions::sent.eq(0_i64),
            xapi_positions::refused.eq(0_i64),
        ))
        .on_conflict_do_nothing()
        .execute(c))?;
    let free = xapi_positions::table
        .filter(xapi_positions::network_id.eq(network_id))
        .filter(xapi_positions::held_until.is_null().or(xapi_positions::held_until.le(now)));
    let taken = diesel::update(free).set(xapi_positions::held_until.eq(until)).execute(tx.conn())?;
    if taken == 0 {
        return Ok(None);
    }
    xapi_positions::table
        .filter(xapi_positions::network_id.eq(network_id))
        .select(xapi_positions::sent)
        .get_result(tx.conn())
        .optional()
}

/// Gives a network back, with how far the store has been told since it was taken. Who was so slow that somebody else took
/// it meanwhile changes nothing.
pub fn give_back(
    tx: &mut Tx<'_>,
    network_id: Id,
    until: Instant,
    (from, to): (i64, i64),
    refused: i64,
) -> QueryResult<()> {
    let mine = xapi_positions::table
        .filter(xapi_positions::network_id.eq(network_id))
        .filter(xapi_positions::held_until.eq(until))
        .filter(xapi_positions::sent.eq(from));
    diesel::update(mine)
        .set((
            xapi_positions::sent.eq(to),
            xapi_positions::refused.eq(xapi_positions::refused + refused),
            xapi_positions::held_until.eq(None::<Instant>),
        ))
        .execute(tx.conn())
        .map(drop)
}
