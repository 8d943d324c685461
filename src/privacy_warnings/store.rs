//! Warnings in the database.

use super::types::{PrivacyWarning, PrivacyWarningFilter, WarningState};
use crate::access::{Locate, Place, Tx};
use crate::db::schema::privacy_warnings;
use crate::error::{Error, Result};
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use diesel::prelude::*;

pub fn find(tx: &mut Tx<'_>, id: Id) -> QueryResult<Option<PrivacyWarning>> {
    privacy_warnings::table.filter(privacy_warnings::id.eq(id)).get_result(tx.conn()).optional()
}

/// Stores the warning as its next version; 412 where another version is stored by now.
pub fn save(tx: &mut Tx<'_>, warning: &mut PrivacyWarning) -> Result<()> {
    let read = warning.version;
    warning.version += 1;
    warning.updated_at = tx.now;
    let same = privacy_warnings::table
        .filter(privacy_warnings::network_id.eq(warning.network_id))
        .filter(privacy_warnings::id.eq(warning.id))
        .filter(privacy_warnings::version.eq(read));
    match diesel::update(same).set(&*warning).execute(tx.conn())? {
        1 => Ok(()),
        _ => Err(Error::VersionMismatch { stored: read + 1 }),
    }
}

/// A warning by its id.
#[derive(Clone)]
pub struct OnePrivacyWarning(pub Id);

impl Locate for OnePrivacyWarning {
    type Found = PrivacyWarning;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(PrivacyWarning, Place)>> {
        Ok(find(tx, self.0)?.map(|warning| {
            let place = Place {
                cycle_id: warning.cycle_id,
                private: warning.private,
                ..Place::network(warning.network_id)
            };
            let place = place.by(warning.author_id);
            (warning, place)
        }))
    }
}

/// Stores new warnings in as few statements as they fit in.
pub fn insert_all(tx: &mut Tx<'_>, warnings: &[&PrivacyWarning]) -> QueryResult<()> {
    crate::insert_rows!(tx, privacy_warnings, warnings, part => part.to_vec())
}

/// Those of a record that were not resolved, in the order of its text.
pub fn standing_of(tx: &mut Tx<'_>, network_id: Id, subject_id: Id) -> QueryResult<Vec<PrivacyWarning>> {
    privacy_warnings::table
        .filter(privacy_warnings::network_id.eq(network_id))
        .filter(privacy_warnings::subject_id.eq(subject_id))
        .filter(privacy_warnings::state.ne(WarningState::Resolved))
        .order((privacy_warnings::pointer, privacy_warnings::starts, privacy_warnings::id))
        .load(tx.conn())
}

/// Whether a network ever had any.
pub fn are_there(tx: &mut Tx<'_>, network_id: Id) -> QueryResult<bool> {
    let any = privacy_warnings::table.filter(privacy_warnings::network_id.eq(network_id));
    diesel::select(diesel::dsl::exists(any)).get_result(tx.conn())
}

/// A page of a network's warnings: of one person's texts, and of what everybody may read where `guides`.
pub fn list(
    tx: &mut Tx<'_>,
    network_id: Id,
    person_id: Id,
    guides: bool,
    filter: &PrivacyWarningFilter,
    page: &Page,
) -> QueryResult<Vec<PrivacyWarning>> {
    let mut query = newest_first!(
        privacy_warnings::table.filter(privacy_warnings::network_id.eq(network_id)),
        page,
        privacy_warnings::created_at,
        privacy_warnings::id
    );
    if let Some(state) = filter.state {
        query = query.filter(privacy_warnings::state.eq(state));
    }
    if let Some(subject_id) = filter.subject_id {
        query = query.filter(privacy_warnings::subject_id.eq(subject_id));
    }
    let own = privacy_warnings::author_id.eq(person_id);
    query =
        if guides { query.filter(own.or(privacy_warnings::private.eq(false))) } else { query.filter(own) };
    query.load(tx.conn())
}

/// Moves the warnings of a record to where it lies now.
pub fn follow(
    tx: &mut Tx<'_>,
    left: Id,
    subject_id: Id,
    network_id: Id,
    cycle_id: Option<Id>,
) -> QueryResult<()> {
    let its = privacy_warnings::table
        .filter(privacy_warnings::network_id.eq(left))
        .filter(privacy_warnings::subject_id.eq(subject_id));
    diesel::update(its)
        .set((privacy_warnings::network_id.eq(network_id), privacy_warnings::cycle_id.eq(cycle_id)))
        .execute(tx.conn())
        .map(drop)
}
