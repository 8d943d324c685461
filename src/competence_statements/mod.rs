//! What people say they can do, to themselves or to the members of their networks, and what peers say to that.

pub mod api;
pub mod endorsements;
mod store;
pub mod types;

use crate::access::Tx;
use crate::competences;
use crate::disclosure::{self, Disclosure};
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::practice::dangling;
use crate::record::{self, Created};
use serde_json::json;
use types::{CompetenceStatement, StatementCreate, StatementPatch, StatementRow};

/// States what somebody can do, a competence once.
pub fn create(
    tx: &mut Tx<'_>,
    person_id: Id,
    body: &StatementCreate,
) -> Result<Created<CompetenceStatement>> {
    let digest = tx.digest(body.id, person_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let own = stored.person_id == person_id;
        return record::replay(store::shown(tx, stored)?, &digest, own);
    }
    disclosure::not_retracted(tx, body.id)?;
    if !competences::is_seen(tx, person_id, body.competence_id)? {
        return Err(Error::dangling(vec![dangling("competenceId", body.competence_id)]));
    }
    if let Some(stated) = store::of_person(tx, person_id, body.competence_id)? {
        let detail = "You have stated this competence already; change that statement.";
        return Err(Error::conflict("already_stated", detail).with("statementId", json!(stated.id)));
    }
    let row = StatementRow {
        id: body.id.unwrap_or_default(),
        person_id,
        competence_id: body.competence_id,
        level: body.level,
        disclosure: body.disclosure.unwrap_or_default(),
        offers_help: body.offers_help.unwrap_or(false),
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    store::insert(tx, &row)?;
    let statement = store::shown(tx, row)?;
    tx.note("created", &statement);
    Ok(Created::fresh(statement))
}

/// A statement by its id, whoever's it is.
pub fn find(tx: &mut Tx<'_>, id: Id) -> Result<Option<StatementRow>> {
    Ok(store::find(tx, id)?)
}

pub fn update(
    tx: &mut Tx<'_>,
    row: StatementRow,
    if_match: &IfMatch,
    patch: StatementPatch,
) -> Result<CompetenceStatement> {
    if_match.demand(row.version)?;
    amend(tx, row, patch)
}

/// Applies a patch. One that changes nothing is no change.
fn amend(tx: &mut Tx<'_>, mut row: StatementRow, patch: StatementPatch) -> Result<CompetenceStatement> {
    let before = row.clone();
    patch.level.apply(&mut row.level, |level| level);
    patch.disclosure.apply(&mut row.disclosure, |disclosure| disclosure);
    patch.offers_help.apply(&mut row.offers_help, |offers| offers);
    if row == before {
        return Ok(store::shown(tx, row)?);
    }
    store::save(tx, &mut row)?;
    let statement = store::shown(tx, row)?;
    tx.note("updated", &statement);
    Ok(statement)
}

/// Takes a statement back, with all that was said to it.
pub fn delete(tx: &mut Tx<'_>, row: StatementRow, if_match: &IfMatch) -> Result<()> {
    if_match.demand(row.version)?;
    let statement = store::shown(tx, row)?;
    let mut gone = vec![statement.id];
    for endorsement in store::endorsements::delete_of(tx, statement.id)? {
        gone.push(endorsement.id);
        tx.note("deleted", &endorsement);
    }
    store::delete(tx, statement.id)?;
    disclosure::retract(tx, &gone)?;
    tx.note("deleted", &statement);
    Ok(())
}

/// Sees to it that somebody's statement of a competence stands, since they achieved it. One that stands stays as it is,
/// but for what `given` changes: nobody's statement is shown to more people than they asked for.
pub fn ensure(
    tx: &mut Tx<'_>,
    person_id: Id,
    competence_id: Id,
    disclosure: Disclosure,
    given: Option<StatementPatch>,
) -> Result<()> {
    match (store::of_person(tx, person_id, competence_id)?, given) {
        (Some(_), None) => {}
        (Some(row), Some(patch)) => drop(amend(tx, row, patch)?),
        (None, given) => {
            let given = given.unwrap_or_default();
            let row = StatementRow {
                id: Id::new(),
                person_id,
                competence_id,
                level: given.level.0.flatten(),
                disclosure: given.disclosure.0.unwrap_or(disclosure),
                offers_help: given.offers_help.0.unwrap_or(false),
                created_at: tx.now,
                updated_at: tx.now,
                version: 1,
                digest: Vec::new(),
            };
            store::insert(tx, &row)?;
            let statement = store::shown(tx, row)?;
            tx.note("created", &statement);
        }
    }
    Ok(())
}
