//! Both logs of a network as one list, the newest first.

use super::rules;
use super::store;
use super::types::{AuditEvent, AuditEventFilter, Log};
use crate::access::Tx;
use crate::access_log::types::{Access, AccessAudience, EventCode};
use crate::change_log::Row;
use crate::clock::Instant;
use crate::db::schema::{
    access_subjects, accesses, changes, effect_calculations, observation_pseudonyms, observations,
    perceptions, questions, returns,
};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::on_days;
use diesel::prelude::*;
use diesel::sql_types::Bool;

/// What is told to every member, as far as they may read it: all but what is its author's own.
const FOR_MEMBERS: &str = "members";
/// Changes that took something away, word for word as their index has it.
const TAKES_AWAY: &str =
    "changes.kind LIKE '%.deleted' OR changes.kind LIKE '%.withdrawn' OR changes.kind LIKE '%.erased'";

/// A page of what happened. What is its author's own is left out: a coordinator is not told of it here either.
pub fn page(
    tx: &mut Tx<'_>,
    network_id: Id,
    filter: &AuditEventFilter,
    page: &Page,
) -> Result<Vec<AuditEvent>> {
    let mut events: Vec<AuditEvent> = Vec::new();
    if !matches!(filter.code, Some(EventCode::R | EventCode::E)) {
        events.extend(changed(tx, network_id, filter, page)?.into_iter().map(AuditEvent::of_change));
    }
    let rows = accessed(tx, network_id, filter, page)?;
    let numbers: Vec<i64> = rows.iter().map(|row| row.number).collect();
    let mut about = store::about(tx, network_id, &numbers)?;
    let event = |row: Access| {
        let subjects = about.remove(&row.number).unwrap_or_default();
        AuditEvent::of_access(row, subjects)
    };
    events.extend(rows.into_iter().map(event));
    events.sort_by_key(|event| std::cmp::Reverse(event.key()));
    events.truncate(page.fetch() as usize);
    Ok(events)
}

/// Where a log goes on after the page before: below a moment, or in that moment below a number.
fn below(page: &Page, log: Log) -> Option<(Instant, i64)> {
    let (at, id) = page.after?;
    let (last, number) = rules::place(id)?;
    Some((
        at,
        match log.cmp(&last) {
            // Accesses come before changes of the same moment.
            std::cmp::Ordering::Less => i64::MAX,
            std::cmp::Ordering::Equal => number,
            std::cmp::Ordering::Greater => 0,
        },
    ))
}

fn changed(tx: &mut Tx<'_>, network_id: Id, filter: &AuditEventFilter, page: &Page) -> Result<Vec<Row>> {
    let mut query = changes::table
        .filter(changes::network_id.eq(network_id))
        .filter(changes::audience.eq(FOR_MEMBERS))
        .order((changes::at.desc(), changes::number.desc()))
        .limit(page.fetch())
        .select((
            changes::network_id,
            changes::number,
            changes::cycle_id,
            changes::actor_id,
            changes::at,
            changes::kind,
            changes::subject_id,
            changes::subject_version,
            changes::audience,
        ))
        .into_boxed();
    if let Some((at, number)) = below(page, Log::Changes) {
        query = query.filter(changes::at.le(at)).filter(changes::at.lt(at).or(changes::number.lt(number)));
    }
    if let Some(person_id) = filter.person_id {
        query = query.filter(changes::actor_id.eq(person_id));
    }
    if let Some(subject_id) = filter.subject_id {
        query = query.filter(changes::subject_id.eq_any(records_about(tx, network_id, subject_id)?));
    }
    query =
        match filter.code {
            Some(EventCode::C) => query.filter(changes::kind.like("%.created")),
            Some(EventCode::D) => query.filter(diesel::dsl::sql::<Bool>(&format!("({TAKES_AWAY})"))),
            Some(EventCode::U) => query
                .filter(changes::kind.not_like("%.created"))
                .filter(diesel::dsl::sql::<Bool>(&format!("NOT ({TAKES_AWAY})"))),
            Some(EventCode::R | EventCode::E) | None => query,
        };
    Ok(on_days!(query, filter.days(), changes::at).load(tx.conn())?)
}

fn accessed(tx: &mut Tx<'_>, network_id: Id, filter: &AuditEventFilter, page: &Page) -> Result<Vec<Access>> {
    let mut query = accesses::table
        .filter(accesses::network_id.eq(network_id))
        .filter(accesses::audience.eq(AccessAudience::Members))
        .order((accesses::at.desc(), accesses::number.desc()))
        .limit(page.fetch())
        .into_boxed();
    if let Some((at, number)) = below(page, Log::Accesses) {
        query = query.filter(accesses::at.le(at)).filter(accesses::at.lt(at).or(accesses::number.lt(number)));
    }
    if let Some(person_id) = filter.person_id {
        query = query.filter(accesses::person_id.eq(person_id));
    }
    if let Some(subject_id) = filter.subject_id {
        let about = access_subjects::table
            .filter(access_subjects::network_id.eq(network_id))
            .filter(access_subjects::subject_id.eq(subject_id))
            .select(access_subjects::number);
        query = query.filter(accesses::object_id.eq(subject_id).or(accesses::number.eq_any(about)));
    }
    if let Some(code) = filter.code {
        query = query.filter(accesses::code.eq(code));
    }
    Ok(on_days!(query, filter.days(), accesses::at).load(tx.conn())?)
}

/// The record with this id; and where it is a pseudonym, the records that name it.
fn records_about(tx: &mut Tx<'_>, network_id: Id, id: Id) -> Result<Vec<Id>> {
    let mut ids = vec![id];
    macro_rules! naming {
        ($table:ident, $pseudonym:ident => $record:ident) => {
            ids.extend(
                $table::table
                    .filter($table::network_id.eq(network_id))
                    .filter($table::$pseudonym.eq(id))
                    .select($table::$record)
                    .load::<Id>(tx.conn())?,
            );
        };
    }
    naming!(questions, pseudonym_id => id);
    naming!(observations, on_behalf_of_pseudonym_id => id);
    naming!(observation_pseudonyms, pseudonym_id => observation_id);
    naming!(perceptions, pseudonym_id => id);
    naming!(effect_calculations, pseudonym_id => id);
    let asked = returns::network_id.eq(questions::network_id).and(returns::question_id.eq(questions::id));
    ids.extend(
        returns::table
            .inner_join(questions::table.on(asked))
            .filter(questions::network_id.eq(network_id))
            .filter(questions::pseudonym_id.eq(id))
            .select(returns::id)
            .load::<Id>(tx.conn())?,
    );
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}
