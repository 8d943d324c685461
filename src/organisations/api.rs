//! Organisations over HTTP.

use super::store::{self, OneOrganisation};
use super::types::{OrganisationCreate, OrganisationPatch};
use crate::access::{Guard, Op, Server};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::{List, NoFilter};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use actix_web::HttpResponse;

pub async fn list(guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let page = list.page;
    let window = page.clone();
    let rows = guard.read(Op::ListOrganisations, Server, move |tx, _| Ok(store::list(tx, &window)?)).await?;
    page.answer(&rows, |organisation| (organisation.created_at, organisation.id))
}

pub async fn create(guard: Guard, body: Body<OrganisationCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateOrganisation, Server, body, move |tx, _, body| super::create(tx, body))
        .await?;
    answer::created(&created)
}

pub async fn get(organisation: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetOrganisation, OneOrganisation(organisation.id)).await?;
    answer::record(&found)
}

pub async fn update(
    organisation: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<OrganisationPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(
            Op::UpdateOrganisation,
            OneOrganisation(organisation.id),
            patch,
            move |tx, seen, patch| super::update(tx, seen.found, &if_match, patch.clone()),
        )
        .await?;
    answer::record(&updated)
}
