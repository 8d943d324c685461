//! Requests of data subjects in the database.

use super::types::{DataSubjectRequest, DataSubjectRequestFilter, RequestState};
use crate::access::{Locate, Place, Tx};
use crate::db::schema::{data_subject_requests, pseudonyms};
use crate::error::Result;
use crate::http::page::Page;
use crate::http::truth::Truth;
use crate::ids::Id;
use crate::newest_first;
use diesel::prelude::*;

crate::record_store!(data_subject_requests, DataSubjectRequest);

/// What is still to be decided.
const OPEN: [RequestState; 2] = [RequestState::Received, RequestState::Extended];

/// A request by its id.
#[derive(Clone)]
pub struct OneDataSubjectRequest(pub Id);

impl Locate for OneDataSubjectRequest {
    type Found = DataSubjectRequest;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(DataSubjectRequest, Place)>> {
        Ok(find(tx, self.0)?.map(|request| {
            let place = Place::network(request.network_id);
            (request, place)
        }))
    }
}

pub fn list(
    tx: &mut Tx<'_>,
    network_id: Id,
    filter: &DataSubjectRequestFilter,
    page: &Page,
) -> QueryResult<Vec<DataSubjectRequest>> {
    use data_subject_requests as asked;
    let today = tx.now.day();
    let mut query = newest_first!(
        asked::table.filter(asked::network_id.eq(network_id)),
        page,
        asked::created_at,
        asked::id
    );
    if let Some(state) = filter.state {
        query = query.filter(asked::state.eq(state));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(asked::kind.eq(kind));
    }
    if let Some(pseudonym_id) = filter.pseudonym_id {
        query = query.filter(asked::pseudonym_id.eq(pseudonym_id));
    }
    if let Some(Truth(open)) = filter.open {
        query = match open {
            true => query.filter(asked::state.eq_any(OPEN)),
            false => query.filter(asked::state.ne_all(OPEN)),
        };
    }
    if let Some(Truth(overdue)) = filter.overdue {
        query = match overdue {
            true => query.filter(asked::state.eq_any(OPEN)).filter(asked::due_on.lt(today)),
            false => query.filter(asked::state.ne_all(OPEN).or(asked::due_on.ge(today))),
        };
    }
    query.load(tx.conn())
}

/// Requests of this pseudonym that are open and that the citizen filed themselves on the same day.
pub fn filed_on(tx: &mut Tx<'_>, request: &DataSubjectRequest) -> QueryResult<Vec<DataSubjectRequest>> {
    data_subject_requests::table
        .filter(data_subject_requests::network_id.eq(request.network_id))
        .filter(data_subject_requests::pseudonym_id.eq(request.pseudonym_id))
        .filter(data_subject_requests::received_on.eq(request.received_on))
        .filter(data_subject_requests::recorded_by.is_null())
        .filter(data_subject_requests::state.eq_any(OPEN))
        .load(tx.conn())
}

pub fn has_pseudonym(tx: &mut Tx<'_>, network_id: Id, id: Id) -> QueryResult<bool> {
    let found = pseudonyms::table.filter(pseudonyms::network_id.eq(network_id)).filter(pseudonyms::id.eq(id));
    diesel::select(diesel::dsl::exists(found)).get_result(tx.conn())
}
