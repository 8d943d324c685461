//! Check-ins: now and then the members of a network say how it is doing on form, content and relations (vorm, inhoud,
//! relaties), and how the three help or hinder each other. What one answers is theirs alone. What all answered is shown
//! when no answer can be added any more, and only if there are enough of them: so that nobody's answer can be told, also
//! not by subtracting what was shown before from what is shown after.

pub mod api;
pub mod built_in;
pub mod figures;
pub mod responses;
pub mod rules;
mod store;
pub mod types;

use crate::access::Tx;
use crate::db::types::Json;
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::label::Label;
use crate::practice::dangling;
use crate::record::{self, Created};
use crate::transitions::{self, Move, not_allowed};
use figures::{CheckInCourse, CheckInResults};
use responses::{CheckInResponse, CheckInResponseCreate, CheckInResponsePatch};
use serde_json::json;
use types::{
    CheckIn, CheckInClosing, CheckInCreate, CheckInDefinition, CheckInDefinitionCreate, CheckInForm,
    CheckInPatch, CheckInState, Statement,
};

/// The most check-ins of which the course is shown.
const MOST_CHECK_INS: i64 = 50;

/// Adds a version of what a network asks.
pub fn define(
    tx: &mut Tx<'_>,
    network_id: Id,
    person_id: Id,
    if_match: &IfMatch,
    body: &CheckInDefinitionCreate,
) -> Result<Created<CheckInDefinition>> {
    let digest = tx.digest(body.id, network_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find_definition(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == network_id;
        return record::replay(stored, &digest, here);
    }
    let newest = store::newest_definition(tx, network_id)?.map_or(0, |newest| newest.version);
    if_match.honour(newest)?;
    let statement = |statement: &types::StatementBody| Statement {
        key: statement.key.to_string(),
        aspect: statement.aspect,
        text: Label::from(&statement.text),
    };
    let built_in = || built_in::find(None).map(|built_in| built_in.scale.clone()).unwrap_or_default();
    let scale = body.scale.as_ref().map(|scale| scale.iter().map(Label::from).collect());
    let definition = CheckInDefinition {
        id: body.id.unwrap_or_default(),
        network_id,
        version: newest + 1,
        statements: Json(body.statements.iter().map(statement).collect()),
        scale: Json(scale.unwrap_or_else(built_in)),
        reason: body.reason.as_deref().map(Into::into),
        created_by: person_id,
        created_at: tx.now,
        digest,
    };
    store::insert_definition(tx, &definition)?;
    tx.note("created", &definition);
    Ok(Created::fresh(definition))
}

/// Begins a check-in.
pub fn create(
    tx: &mut Tx<'_>,
    network_id: Id,
    person_id: Id,
    body: &CheckInCreate,
) -> Result<Created<CheckIn>> {
    let digest = tx.digest(body.id, network_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == network_id;
        return record::replay(stored, &digest, here);
    }
    let today = tx.now.day();
    let (starts_on, closes_on) = (body.starts_on.map_or(today, Into::into), body.closes_on.into());
    rules::may_close_on(starts_on, closes_on, today)?;
    let (definition_id, definition_version) = definition_for(tx, network_id, body)?;
    let check_in = CheckIn {
        id: body.id.unwrap_or_default(),
        network_id,
        definition_id,
        definition_version,
        starts_on,
        closes_on,
        state: CheckInState::Open,
        closed_at: None,
        created_by: person_id,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    store::insert(tx, &check_in)?;
    tx.note("created", &check_in);
    Ok(Created::fresh(check_in))
}

/// What a new check-in asks: a definition of the network's own, or none and the version of what is built in.
fn definition_for(tx: &mut Tx<'_>, network_id: Id, body: &CheckInCreate) -> Result<(Option<Id>, i32)> {
    let own = match (body.definition_id, body.built_in_version) {
        (Some(id), _) => {
            let named = store::find_definition(tx, id)?.filter(|own| own.network_id == network_id);
            Some(named.ok_or_else(|| Error::dangling(vec![dangling("definitionId", id)]))?)
        }
        (None, None) => store::newest_definition(tx, network_id)?,
        (None, Some(_)) => None,
    };
    if let Some(own) = own {
        return Ok((Some(own.id), own.version));
    }
    // That the version is there, the body alone has shown.
    let built_in = built_in::find(body.built_in_version).ok_or(Error::NotFound)?;
    Ok((None, built_in.version))
}

/// Moves the last day of a check-in that is open.
pub fn update(
    tx: &mut Tx<'_>,
    mut check_in: CheckIn,
    if_match: &IfMatch,
    patch: CheckInPatch,
) -> Result<CheckIn> {
    if_match.demand(check_in.version)?;
    let today = tx.now.day();
    rules::still_open(&check_in, today)?;
    patch.closes_on.apply(&mut check_in.closes_on, Into::into);
    rules::may_close_on(check_in.starts_on, check_in.closes_on, today)?;
    store::save(tx, &mut check_in)?;
    tx.note("updated", &check_in);
    Ok(check_in)
}

/// Closes a check-in for good.
pub fn close(
    tx: &mut Tx<'_>,
    mut check_in: CheckIn,
    person_id: Id,
    if_match: &IfMatch,
    body: &CheckInClosing,
) -> Result<CheckIn> {
    let digest = tx.digest(body.id, check_in.id, body)?;
    if transitions::was_made(tx, body.id, check_in.id, &digest)? {
        return Ok(check_in);
    }
    if_match.honour(check_in.version)?;
    if rules::is_closed(&check_in, tx.now.day()) {
        return Err(not_allowed::<&str>("closed", "closed", &[]));
    }
    check_in.state = CheckInState::Closed;
    check_in.closed_at = Some(tx.now);
    store::save(tx, &mut check_in)?;
    let made = Move {
        id: body.id,
        from: CheckInState::Open.into(),
        to: CheckInState::Closed.into(),
        reason: body.reason.as_deref(),
        happened_at: body.happened_at,
        digest,
    };
    transitions::record(tx, &check_in, person_id, made)?;
    tx.note("closed", &check_in);
    Ok(check_in)
}

/// What a check-in asks, and what becomes of the answers.
pub fn form(tx: &mut Tx<'_>, check_in: &CheckIn) -> Result<CheckInForm> {
    let asked = asked(check_in, definition_of(tx, check_in)?.as_ref())?;
    Ok(CheckInForm {
        check_in_id: check_in.id,
        definition_id: check_in.definition_id,
        definition_version: check_in.definition_version,
        starts_on: check_in.starts_on,
        closes_on: check_in.closes_on,
        takes_responses: rules::takes_responses(check_in, tx.now.day()).is_ok(),
        statements: asked.0,
        scale: asked.1,
        notice: built_in::notice(),
        least_responses: rules::LEAST_RESPONSES,
    })
}

fn definition_of(tx: &mut Tx<'_>, check_in: &CheckIn) -> Result<Option<CheckInDefinition>> {
    let own = check_in.definition_id.map(|id| store::find_definition(tx, id)).transpose()?;
    Ok(own.flatten())
}

/// The statements that a check-in puts, and its scale.
fn asked(check_in: &CheckIn, own: Option<&CheckInDefinition>) -> Result<(Vec<Statement>, Vec<Label>)> {
    if let Some(own) = own {
        return Ok((own.statements.0.clone(), own.scale.0.clone()));
    }
    let built_in = built_in::find(Some(check_in.definition_version))
        .ok_or_else(|| Error::internal("a check-in asks what this version of the program does not know"))?;
    Ok((built_in.statements.clone(), built_in.scale.clone()))
}

/// Responds to a check-in: once a person.
pub fn respond(
    tx: &mut Tx<'_>,
    check_in: &CheckIn,
    author_id: Id,
    body: &CheckInResponseCreate,
) -> Result<Created<CheckInResponse>> {
    let digest = tx.digest(body.id, check_in.id, body)?;
    if let Some(stored) = body.id.map(|id| store::response::find(tx, id)).transpose()?.flatten() {
        let ones_own = stored.check_in_id == check_in.id && stored.author_id == author_id;
        return record::replay(stored, &digest, ones_own);
    }
    rules::takes_responses(check_in, tx.now.day())?;
    if let Some(earlier) = store::response_of(tx, check_in, author_id)? {
        let detail = "You have responded to this check-in. Correct your response instead.";
        return Err(Error::conflict("already_responded", detail).with("responseId", json!(earlier)));
    }
    let (statements, _) = asked(check_in, definition_of(tx, check_in)?.as_ref())?;
    rules::answers_fit(&body.answers, &statements)?;
    let response = CheckInResponse {
        id: body.id.unwrap_or_default(),
        network_id: check_in.network_id,
        check_in_id: check_in.id,
        author_id,
        answers: Json(body.answers.to_vec()),
        influences: Json(body.influences.to_vec()),
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    store::response::insert(tx, &response)?;
    tx.note("created", &response);
    Ok(Created::fresh(response))
}

/// Corrects a response while its check-in is open.
pub fn correct(
    tx: &mut Tx<'_>,
    mut response: CheckInResponse,
    if_match: &IfMatch,
    patch: CheckInResponsePatch,
) -> Result<CheckInResponse> {
    if_match.demand(response.version)?;
    let check_in = store::find(tx, response.check_in_id)?.ok_or(Error::NotFound)?;
    rules::takes_responses(&check_in, tx.now.day())?;
    patch.answers.apply(&mut response.answers, |answers| Json(answers.into_vec()));
    patch.influences.apply(&mut response.influences, |influences| Json(influences.into_vec()));
    let (statements, _) = asked(&check_in, definition_of(tx, &check_in)?.as_ref())?;
    rules::answers_fit(&response.answers, &statements)?;
    store::response::save(tx, &mut response)?;
    tx.note("updated", &response);
    Ok(response)
}

/// What came out of a check-in.
pub fn results(tx: &mut Tx<'_>, check_in: &CheckIn) -> Result<CheckInResults> {
    let (statements, _) = asked(check_in, definition_of(tx, check_in)?.as_ref())?;
    let responses = store::responses_to(tx, check_in.network_id, &[check_in.id])?;
    let responses: Vec<&CheckInResponse> = responses.iter().collect();
    Ok(figures::results(check_in, &statements, &responses, tx.now.day()))
}

/// What came out of a network's closed check-ins, in the order in which they began.
pub fn course(tx: &mut Tx<'_>, network_id: Id) -> Result<CheckInCourse> {
    let today = tx.now.day();
    let (check_ins, count) = store::last_closed(tx, network_id, today, MOST_CHECK_INS)?;
    let definitions = store::definitions_of(tx, network_id, &check_ins)?;
    let ids: Vec<Id> = check_ins.iter().map(|check_in| check_in.id).collect();
    let responses = store::responses_to(tx, network_id, &ids)?;
    let mut course = CheckInCourse { check_ins: Vec::new(), earlier: count - check_ins.len() as i64 };
    for check_in in &check_ins {
        let own = definitions.iter().find(|definition| Some(definition.id) == check_in.definition_id);
        let (statements, _) = asked(check_in, own)?;
        let to_this = responses.iter().filter(|response| response.check_in_id == check_in.id);
        let responses: Vec<&CheckInResponse> = to_this.collect();
        course.check_ins.push(figures::figures(check_in, &statements, &responses, today));
    }
    Ok(course)
}
