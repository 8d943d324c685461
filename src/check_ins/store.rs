//! Definitions, check-ins and responses in the database.

use super::responses::CheckInResponse;
use super::types::{CheckIn, CheckInDefinition, CheckInState};
use crate::access::{Locate, Place, Tx};
use crate::db::schema::{check_in_definitions, check_in_responses, check_ins};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use chrono::NaiveDate;
use diesel::prelude::*;

crate::record_store!(check_ins, CheckIn);

/// Responses by themselves, since both tables have the usual three.
pub mod response {
    use super::{CheckInResponse, check_in_responses};

    crate::record_store!(check_in_responses, CheckInResponse);
}

/// A check-in by its id.
#[derive(Clone)]
pub struct OneCheckIn(pub Id);

impl Locate for OneCheckIn {
    type Found = CheckIn;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(CheckIn, Place)>> {
        Ok(find(tx, self.0)?.map(|check_in| {
            let place = Place::network(check_in.network_id);
            (check_in, place)
        }))
    }
}

/// A response by its id: for its author alone.
#[derive(Clone)]
pub struct OneResponse(pub Id);

impl Locate for OneResponse {
    type Found = CheckInResponse;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(CheckInResponse, Place)>> {
        Ok(response::find(tx, self.0)?.map(|response| {
            let place = Place::network(response.network_id).by(response.author_id);
            (response, Place { private: true, ..place })
        }))
    }
}

/// A definition by its id.
#[derive(Clone)]
pub struct OneDefinition(pub Id);

impl Locate for OneDefinition {
    type Found = CheckInDefinition;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(CheckInDefinition, Place)>> {
        Ok(find_definition(tx, self.0)?.map(|definition| {
            let place = Place::network(definition.network_id);
            (definition, place)
        }))
    }
}

pub fn find_definition(tx: &mut Tx<'_>, id: Id) -> QueryResult<Option<CheckInDefinition>> {
    check_in_definitions::table.filter(check_in_definitions::id.eq(id)).get_result(tx.conn()).optional()
}

/// The network's newest definition, if it has one.
pub fn newest_definition(tx: &mut Tx<'_>, network_id: Id) -> QueryResult<Option<CheckInDefinition>> {
    check_in_definitions::table
        .filter(check_in_definitions::network_id.eq(network_id))
        .order(check_in_definitions::version.desc())
        .limit(1)
        .get_result(tx.conn())
        .optional()
}

pub fn insert_definition(tx: &mut Tx<'_>, definition: &CheckInDefinition) -> QueryResult<()> {
    diesel::insert_into(check_in_definitions::table).values(definition).execute(tx.conn()).map(drop)
}

pub fn list_definitions(tx: &mut Tx<'_>, network_id: Id, page: &Page) -> QueryResult<Vec<CheckInDefinition>> {
    let query = newest_first!(
        check_in_definitions::table.filter(check_in_definitions::network_id.eq(network_id)),
        page,
        check_in_definitions::created_at,
        check_in_definitions::id
    );
    query.load(tx.conn())
}

/// Those of the network's definitions that these check-ins put.
pub fn definitions_of(
    tx: &mut Tx<'_>,
    network_id: Id,
    check_ins: &[CheckIn],
) -> QueryResult<Vec<CheckInDefinition>> {
    let ids: Vec<Id> = check_ins.iter().filter_map(|check_in| check_in.definition_id).collect();
    check_in_definitions::table
        .filter(check_in_definitions::network_id.eq(network_id))
        .filter(check_in_definitions::id.eq_any(ids))
        .load(tx.conn())
}

pub fn list(tx: &mut Tx<'_>, network_id: Id, page: &Page) -> QueryResult<Vec<CheckIn>> {
    let query = newest_first!(
        check_ins::table.filter(check_ins::network_id.eq(network_id)),
        page,
        check_ins::created_at,
        check_ins::id
    );
    query.load(tx.conn())
}

/// The last of the network's check-ins that are closed on this day, in the order in which they began, and how many
/// there are in all.
pub fn last_closed(
    tx: &mut Tx<'_>,
    network_id: Id,
    today: NaiveDate,
    most: i64,
) -> QueryResult<(Vec<CheckIn>, i64)> {
    let closed = check_ins::state.eq(CheckInState::Closed).or(check_ins::closes_on.lt(today));
    let all = check_ins::table.filter(check_ins::network_id.eq(network_id)).filter(closed);
    let count = all.count().get_result(tx.conn())?;
    let mut last: Vec<CheckIn> =
        all.order((check_ins::starts_on.desc(), check_ins::id.desc())).limit(most).load(tx.conn())?;
    last.reverse();
    Ok((last, count))
}

/// All responses to these check-ins.
pub fn responses_to(tx: &mut Tx<'_>, network_id: Id, check_ins: &[Id]) -> QueryResult<Vec<CheckInResponse>> {
    check_in_responses::table
        .filter(check_in_responses::network_id.eq(network_id))
        .filter(check_in_responses::check_in_id.eq_any(check_ins))
        .load(tx.conn())
}

/// A person's own response, as a list of one at most.
pub fn list_own(
    tx: &mut Tx<'_>,
    check_in: &CheckIn,
    author_id: Id,
    page: &Page,
) -> QueryResult<Vec<CheckInResponse>> {
    let query = newest_first!(
        check_in_responses::table
            .filter(check_in_responses::network_id.eq(check_in.network_id))
            .filter(check_in_responses::check_in_id.eq(check_in.id))
            .filter(check_in_responses::author_id.eq(author_id)),
        page,
        check_in_responses::created_at,
        check_in_responses::id
    );
    query.load(tx.conn())
}

/// The id of a person's own response.
pub fn response_of(tx: &mut Tx<'_>, check_in: &CheckIn, author_id: Id) -> QueryResult<Option<Id>> {
    check_in_responses::table
        .filter(check_in_responses::network_id.eq(check_in.network_id))
        .filter(check_in_responses::check_in_id.eq(check_in.id))
        .filter(check_in_responses::author_id.eq(author_id))
        .select(check_in_responses::id)
        .get_result(tx.conn())
        .optional()
}
