//! Requests of data subjects: a citizen asks to correct what is held about them, objects to its use, or takes back what they gave
//! (GDPR, articles 7, 16 and 21). They are known by their intake code. A request is decided within a month, or three with a
//! reason (article 12(3)). Deciding changes no record by itself: what is corrected or withdrawn is so by the operations there
//! are for it, and the decision names the records.

pub mod api;
pub mod rules;
mod store;
pub mod types;

use crate::access::Tx;
use crate::change_log;
use crate::clock::Instant;
use crate::db::types::Json;
use crate::edits::Edit;
use crate::error::{Error, FieldError, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::intake_codes::{self, code::IntakeCode};
use crate::practice::{all_found, dangling};
use crate::pseudonyms;
use crate::record::{self, Created};
use crate::subject_exports;
use crate::transitions;
use types::{
    DataSubjectRequest, DataSubjectRequestCreate, DataSubjectRequestTransition, FiledRequest,
    OwnDataSubjectRequestCreate, RequestKind, RequestState,
};

/// Writes down a request that a member was told of.
pub fn create(
    tx: &mut Tx<'_>,
    network_id: Id,
    recorded_by: Id,
    body: &DataSubjectRequestCreate,
) -> Result<Created<DataSubjectRequest>> {
    let digest = tx.digest(body.id, network_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == network_id;
        return record::replay(stored, &digest, here);
    }
    let pseudonym_id = match (&body.intake_code, body.pseudonym_id) {
        (Some(code), _) => by_code(tx, network_id, code)?,
        (None, Some(id)) if store::has_pseudonym(tx, network_id, id)? => id,
        (None, id) => {
            all_found(vec![dangling("pseudonymId", id.unwrap_or_default())])?;
            return Err(Error::internal("a request of nobody passed its check"));
        }
    };
    let request = DataSubjectRequest {
        id: body.id.unwrap_or_default(),
        text: body.text.as_deref().map(Into::into),
        recorded_by: Some(recorded_by),
        digest,
        ..received(tx, network_id, pseudonym_id, body.kind, body.received_on.map(Into::into))
    };
    store::insert(tx, &request)?;
    tx.note("created", &request);
    Ok(Created::fresh(request))
}

/// The pseudonym that a code of the network is good for; 409 for any other.
fn by_code(tx: &mut Tx<'_>, network_id: Id, code: &IntakeCode) -> Result<Id> {
    match intake_codes::good_for(tx, code)? {
        Some((here, pseudonym_id)) if here == network_id => Ok(pseudonym_id),
        _ => {
            let detail = "This is no code of this network that is good today.";
            Err(Error::conflict("intake_code_unknown", detail))
        }
    }
}

fn received(
    tx: &Tx<'_>,
    network_id: Id,
    pseudonym_id: Id,
    kind: RequestKind,
    received_on: Option<chrono::NaiveDate>,
) -> DataSubjectRequest {
    let received_on = received_on.unwrap_or_else(|| tx.now.day());
    DataSubjectRequest {
        id: Id::new(),
        network_id,
        pseudonym_id,
        kind,
        text: None,
        received_on,
        due_on: rules::due_on(received_on),
        extension_reason: None,
        state: RequestState::Received,
        state_reason: None,
        record_ids: Json(Vec::new()),
        recorded_by: None,
        decided_by: None,
        decided_at: None,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest: Vec::new(),
    }
}

/// Files what a citizen asks themselves, where their code is good. What they are told does not depend on it. What they send
/// again on the same day, as after a lost answer, is filed once.
pub fn file(tx: &mut Tx<'_>, body: &OwnDataSubjectRequestCreate) -> Result<FiledRequest> {
    let filed = FiledRequest::on(tx.now.day());
    let Some((network_id, _)) = intake_codes::good_for(tx, &body.intake_code)? else { return Ok(filed) };
    tx.take(network_id)?;
    // With the network's row, nobody revokes it any more.
    let Some((_, pseudonym_id)) = intake_codes::good_for(tx, &body.intake_code)? else { return Ok(filed) };
    let request = DataSubjectRequest {
        text: body.text.as_deref().map(Into::into),
        ..received(tx, network_id, pseudonym_id, body.kind, None)
    };
    let same = |other: &DataSubjectRequest| (other.kind, &other.text) == (request.kind, &request.text);
    if !store::filed_on(tx, &request)?.iter().any(same) {
        store::insert(tx, &request)?;
        tx.note("created", &request);
    }
    Ok(filed)
}

/// Decides a request, or says why that takes longer.
pub fn transition(
    tx: &mut Tx<'_>,
    request: DataSubjectRequest,
    person_id: Id,
    if_match: &IfMatch,
    body: &DataSubjectRequestTransition,
) -> Result<DataSubjectRequest> {
    let digest = tx.digest(body.id, request.id, body)?;
    if !transitions::was_made(tx, body.id, request.id, &digest)? && request.state.is_open() {
        were_changed(tx, &request, body.records())?;
    }
    let save = |tx: &mut Tx<'_>, request: &mut DataSubjectRequest| {
        request.decided_by = request.decided_at.map(|_| person_id);
        store::save(tx, request)
    };
    transitions::move_one(tx, person_id, Edit { record: request, if_match, body }, save)
}

/// 409 unless the records are about the pseudonym, and were changed since the request came in.
fn were_changed(tx: &mut Tx<'_>, request: &DataSubjectRequest, ids: &[Id]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let pseudonym = pseudonyms::find(tx, request.pseudonym_id)?.ok_or(Error::NotFound)?;
    let held = subject_exports::ids_held(tx, &pseudonym)?;
    let named = || ids.iter().enumerate();
    let unknown = named().filter(|(_, id)| !held.contains(id));
    all_found(unknown.map(|(at, id)| dangling(&format!("recordIds/{at}"), *id)).collect())?;
    let since = Instant::at_start_of(request.received_on);
    let changed = change_log::changed_since(tx, request.network_id, ids, since)?;
    let as_it_was = named().filter(|(_, id)| !changed.contains(id));
    let faults: Vec<FieldError> = as_it_was
        .map(|(at, _)| {
            let detail = "It was not changed since the request was received. Correct or withdraw it first.";
            FieldError::new(format!("/recordIds/{at}"), "not_changed", detail)
        })
        .collect();
    match faults.is_empty() {
        true => Ok(()),
        false => Err(not_changed(faults)),
    }
}

fn not_changed(faults: Vec<FieldError>) -> Error {
    let detail = "A decision names the records that were corrected or withdrawn for it.";
    match Error::conflict("records_not_changed", detail) {
        Error::Conflict(mut conflict) => {
            conflict.errors = faults;
            Error::Conflict(conflict)
        }
        error => error,
    }
}
