//! Price lists and their versions over HTTP.

use super::prices::Price;
use super::rules;
use super::store::{self, OfOrganisation, OnePriceList, OneVersion};
use super::types::{
    MOST_PRICES, PriceImport, PriceImportQuery, PriceListCreate, PriceListPatch, PriceListPublication,
    PriceListState, PriceListVersion, PriceListVersionCreate, PriceListVersionFilter, PriceListVersionPatch,
};
use crate::access::{Guard, Op, Seen, Tx};
use crate::error::Result;
use crate::http::answer;
use crate::http::arriving::Arriving;
use crate::http::body::{Body, Patch};
use crate::http::csv;
use crate::http::endpoint::File;
use crate::http::page::{List, NoFilter, Query};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::imports::whole;
use actix_web::{HttpRequest, HttpResponse};
use std::collections::HashSet;

/// The largest file of prices, in bytes.
const MOST_BYTES: u64 = 1024 * 1024;

/// What a file of prices looks like, for the contract.
pub const FILES: &[File] = &[File {
    media_type: csv::MEDIA_TYPE,
    most_bytes: MOST_BYTES,
    example: "code;label;unit;amount;priceYear;payer;source\r\nOPV-DAG;Opvang met begeleiding;day;112,50;2025;municipality;Voorbeeldprijs, verzonnen\r\n",
}];

pub async fn list(organisation: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let page = list.page;
    let window = page.clone();
    let rows = guard
        .read(Op::ListPriceLists, OfOrganisation(organisation.id), move |tx, seen| {
            Ok(store::list(tx, seen.found, &window)?)
        })
        .await?;
    page.answer(&rows, |list| (list.created_at, list.id))
}

pub async fn create(organisation: PathId, guard: Guard, body: Body<PriceListCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreatePriceList, OfOrganisation(organisation.id), body, move |tx, seen, body| {
            super::create(tx, seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(list: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetPriceList, OnePriceList(list.id)).await?;
    answer::record(&found)
}

pub async fn update(
    list: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<PriceListPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdatePriceList, OnePriceList(list.id), patch, move |tx, seen, patch| {
            super::update(tx, seen.found, &if_match, patch.clone())
        })
        .await?;
    answer::record(&updated)
}

pub async fn list_versions(
    list: PathId,
    guard: Guard,
    versions: List<PriceListVersionFilter>,
) -> Result<HttpResponse> {
    use PriceListState::{Draft, Published};
    let List { filter, page } = versions;
    let window = page.clone();
    let rows = guard
        .read(Op::ListPriceListVersions, OnePriceList(list.id), move |tx, seen| {
            let shown: &[PriceListState] =
                if seen.standing.admin { &[Draft, Published] } else { &[Published] };
            let asked = |state: &PriceListState| filter.state.is_none_or(|only| only == *state);
            let states: Vec<PriceListState> = shown.iter().copied().filter(asked).collect();
            Ok(store::list_versions(tx, seen.found.id, &states, &window)?)
        })
        .await?;
    page.answer(&rows, |version| (version.created_at, version.id))
}

pub async fn create_version(
    list: PathId,
    guard: Guard,
    body: Body<PriceListVersionCreate>,
) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreatePriceListVersion, OnePriceList(list.id), body, move |tx, seen, body| {
            super::create_version(tx, &seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get_version(version: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetPriceListVersion, OneVersion(version.id)).await?;
    answer::record(&found)
}

pub async fn update_version(
    version: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<PriceListVersionPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdatePriceListVersion, OneVersion(version.id), patch, move |tx, seen, patch| {
            super::update_version(tx, seen.found, &if_match, patch.clone())
        })
        .await?;
    answer::record(&updated)
}

pub async fn publish(
    version: PathId,
    guard: Guard,
    if_match: IfMatch,
    _body: Body<PriceListPublication>,
) -> Result<HttpResponse> {
    let published = guard
        .write(Op::TransitionPriceListVersion, OneVersion(version.id), move |tx, seen| {
            super::publish(tx, seen.found, &if_match)
        })
        .await?;
    answer::record(&published)
}

pub async fn import(
    version: PathId,
    guard: Guard,
    if_match: IfMatch,
    request: HttpRequest,
    query: Query<PriceImportQuery>,
    file: Arriving,
) -> Result<HttpResponse> {
    let query = query.0;
    let at = OneVersion(version.id);
    let sheet = whole::accept(&request, MOST_BYTES)?;
    // Nobody's file is read who may not have it taken.
    let op = Op::CreatePriceImport;
    guard.read(op, at.clone(), |_, _| Ok(())).await?;
    let prices = sheet.read::<Price>(file, query.columns.as_deref(), query.delimiter, MOST_PRICES).await?;
    let mut codes = HashSet::new();
    let prices = prices.all(|price| (!codes.insert(price.code.clone())).then(rules::code_taken))?;
    let dry_run = query.dry_run.unwrap_or_default().0;
    let work = move |tx: &mut Tx<'_>, seen: Seen<PriceListVersion>| {
        super::import(tx, seen.found, &if_match, prices.clone())
    };
    let import =
        if dry_run { guard.rehearse(op, at, work).await? } else { guard.write(op, at, work).await? };
    let version = import.version - i32::from(dry_run);
    answer::value(&PriceImport { dry_run, version, ..import })
}
