//! Imports over HTTP.

use super::MOST_BYTES;
use super::kinds;
use super::lines::{Format, TAKES};
use super::run::begin;
use super::types::{CycleRecord, ImportQuery, NetworkRecord};
use crate::access::{Guard, InCycle, InNetwork, Op};
use crate::error::{Error, FieldError, Result};
use crate::http::arriving::Arriving;
use crate::http::body::{said_length, sent_in};
use crate::http::page::Query;
use crate::http::path::PathId;
use actix_web::{HttpRequest, HttpResponse};

pub async fn into_cycle(
    cycle: PathId,
    guard: Guard,
    request: HttpRequest,
    query: Query<ImportQuery<CycleRecord>>,
    file: Arriving,
) -> Result<HttpResponse> {
    let query = query.0;
    let format = format(&request, &query)?;
    let at = InCycle(cycle.id);
    guard.read(Op::CreateCycleImport, at.clone(), |_, _| Ok(())).await?;
    match query.kind {
        CycleRecord::Question => begin(kinds::questions(at), guard, query, format, file).await,
        CycleRecord::Observation => begin(kinds::observations(at), guard, query, format, file).await,
        CycleRecord::Reflection => begin(kinds::reflections(at), guard, query, format, file).await,
        CycleRecord::Action => begin(kinds::actions(at), guard, query, format, file).await,
        CycleRecord::Evaluation => begin(kinds::evaluations(at), guard, query, format, file).await,
        CycleRecord::Return => begin(kinds::returns(at), guard, query, format, file).await,
    }
}

pub async fn into_network(
    network: PathId,
    guard: Guard,
    request: HttpRequest,
    query: Query<ImportQuery<NetworkRecord>>,
    file: Arriving,
) -> Result<HttpResponse> {
    let query = query.0;
    let format = format(&request, &query)?;
    let at = InNetwork(network.id);
    guard.read(Op::CreateNetworkImport, at.clone(), |_, _| Ok(())).await?;
    match query.kind {
        NetworkRecord::Pseudonym => begin(kinds::pseudonyms(at), guard, query, format, file).await,
        NetworkRecord::Observation => begin(kinds::inbox_observations(at), guard, query, format, file).await,
    }
}

/// 415 for a file of another kind; 400 for keys that its kind has no use for.
fn format<K>(request: &HttpRequest, query: &ImportQuery<K>) -> Result<Format> {
    if said_length(request).is_some_and(|length| length > MOST_BYTES) {
        return Err(Error::TooLarge(MOST_BYTES as usize));
    }
    if sent_in(request, TAKES[0]) {
        return Ok(Format::Csv { delimiter: query.delimiter, dates: query.dates.unwrap_or_default() });
    }
    if !sent_in(request, TAKES[1]) {
        return Err(Error::UnsupportedMediaType("text/csv or application/jsonl"));
    }
    let given = [("delimiter", query.delimiter.is_some()), ("dates", query.dates.is_some())];
    let errors: Vec<FieldError> = given
        .into_iter()
        .filter(|(_, given)| *given)
        .map(|(key, _)| FieldError::new(format!("/{key}"), "inconsistent", "Goes with text/csv alone."))
        .collect();
    if errors.is_empty() {
        Ok(Format::JsonLines)
    } else {
        Err(Error::Invalid { code: "invalid_query", errors })
    }
}
