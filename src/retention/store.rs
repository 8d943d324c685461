//! How long what is kept, in the database.

use super::types::{PolicyRow, Removal, RetentionPolicy, RetentionRun};
use crate::access::{Locate, Place, Tx};
use crate::db::schema::{removals, retention_policies, retention_runs};
use crate::db::types::Json;
use crate::error::{Error, Result};
use crate::http::page::Page;
use crate::ids::Id;
use crate::natively;
use crate::newest_first;
use chrono::NaiveDate;
use diesel::prelude::*;

/// A run by its id.
#[derive(Clone)]
pub struct OneRetentionRun(pub Id);

impl Locate for OneRetentionRun {
    type Found = RetentionRun;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(RetentionRun, Place)>> {
        Ok(find_run(tx, self.0)?.map(|run| {
            let place = Place::network(run.network_id);
            (run, place)
        }))
    }
}

pub fn policy(tx: &mut Tx<'_>, network_id: Id) -> QueryResult<Option<RetentionPolicy>> {
    let row: Option<PolicyRow> = retention_policies::table
        .filter(retention_policies::network_id.eq(network_id))
        .get_result(tx.conn())
        .optional()?;
    Ok(row.map(RetentionPolicy::from))
}

/// Stores the next version of a policy, by somebody; 412 where another is stored by now.
pub fn save_policy(tx: &mut Tx<'_>, policy: &mut RetentionPolicy, person_id: Id, is_new: bool) -> Result<()> {
    let read = policy.version;
    policy.version += 1;
    (policy.updated_by, policy.updated_at) = (Some(person_id), Some(tx.now));
    let row = PolicyRow {
        network_id: policy.network_id,
        rules: Json(policy.rules.clone()),
        daily: policy.daily,
        last_run_on: None,
        updated_by: person_id,
        updated_at: tx.now,
        version: policy.version,
    };
    let stored = if is_new {
        natively!(tx.conn(), c => diesel::insert_into(retention_policies::table).values(&row).execute(c))?
    } else {
        let same = retention_policies::table
            .filter(retention_policies::network_id.eq(policy.network_id))
            .filter(retention_policies::version.eq(read));
        natively!(tx.conn(), c => diesel::update(same)
            .set((
                retention_policies::rules.eq(&row.rules),
                retention_policies::daily.eq(row.daily),
                retention_policies::updated_by.eq(row.updated_by),
                retention_policies::updated_at.eq(row.updated_at),
                retention_policies::version.eq(row.version),
            ))
            .execute(c))?
    };
    if stored == 1 { Ok(()) } else { Err(Error::VersionMismatch { stored: read + 1 }) }
}

/// Networks whose daily run has not been looked at today.
pub fn daily(tx: &mut Tx<'_>, today: NaiveDate) -> QueryResult<Vec<Id>> {
    let earlier = retention_policies::last_run_on.is_null().or(retention_policies::last_run_on.lt(today));
    natively!(tx.conn(), c => retention_policies::table
        .filter(retention_policies::daily.eq(true))
        .filter(earlier)
        .order(retention_policies::network_id)
        .select(retention_policies::network_id)
        .load(c))
}

/// Whether this instance is the one that looks at a network today.
pub fn claim(tx: &mut Tx<'_>, network_id: Id, today: NaiveDate) -> QueryResult<bool> {
    let earlier = retention_policies::last_run_on.is_null().or(retention_policies::last_run_on.lt(today));
    let open = retention_policies::table
        .filter(retention_policies::network_id.eq(network_id))
        .filter(retention_policies::daily.eq(true))
        .filter(earlier);
    let claimed = natively!(tx.conn(), c => diesel::update(open)
        .set(retention_policies::last_run_on.eq(today))
        .execute(c))?;
    Ok(claimed == 1)
}

pub fn find_run(tx: &mut Tx<'_>, id: Id) -> QueryResult<Option<RetentionRun>> {
    retention_runs::table.filter(retention_runs::id.eq(id)).get_result(tx.conn()).optional()
}

pub fn insert_run(tx: &mut Tx<'_>, run: &RetentionRun) -> QueryResult<()> {
    natively!(tx.conn(), c => diesel::insert_into(retention_runs::table).values(run).execute(c)).map(drop)
}

pub fn list_runs(tx: &mut Tx<'_>, network_id: Id, page: &Page) -> QueryResult<Vec<RetentionRun>> {
    let query = newest_first!(
        retention_runs::table.filter(retention_runs::network_id.eq(network_id)),
        page,
        retention_runs::created_at,
        retention_runs::id
    );
    query.load(tx.conn())
}

pub fn list_removals(tx: &mut Tx<'_>, network_id: Id, page: &Page) -> QueryResult<Vec<Removal>> {
    let query = newest_first!(
        removals::table.filter(removals::network_id.eq(network_id)),
        page,
        removals::removed_at,
        removals::id
    );
    query.load(tx.conn())
}

/// Adds what a step removed of a kind to what its run did before.
pub fn add_removal(
    tx: &mut Tx<'_>,
    run: &RetentionRun,
    kind: &str,
    months: Option<i32>,
    count: i32,
) -> QueryResult<()> {
    let now = tx.now;
    let same = removals::table
        .filter(removals::network_id.eq(run.network_id))
        .filter(removals::retention_run_id.eq(run.id))
        .filter(removals::kind.eq(kind.to_owned()));
    let added = natively!(tx.conn(), c => diesel::update(same)
        .set((removals::count.eq(removals::count + count), removals::removed_at.eq(now)))
        .execute(c))?;
    if added == 0 {
        let removal = Removal {
            id: Id::new(),
            network_id: run.network_id,
            retention_run_id: run.id,
            kind: kind.to_owned(),
            months,
            count,
            removed_at: now,
        };
        natively!(tx.conn(), c => diesel::insert_into(removals::table).values(&removal).execute(c))?;
    }
    Ok(())
}
