//! Frameworks, choices and readings of life domains over HTTP.

use super::built_in::{self, BuiltInFramework};
use super::filter::ReadingFilter;
use super::store::{self, OneChoice, OneFramework, OneVersion};
use super::types::{
    LifeDomainChoiceCreate, LifeDomainFramework, LifeDomainFrameworkCreate, LifeDomainFrameworkVersionCreate,
};
use crate::access::{Guard, InNetwork, Op, Seen, Server, Tx};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::Body;
use crate::http::page::{List, NoFilter, Page, Query};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use actix_web::HttpResponse;
use schemars::JsonSchema;
use serde::Serialize;

/// The frameworks that every network has, in all their versions.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BuiltInFrameworks {
    pub items: &'static [BuiltInFramework],
}

pub async fn list_built_in(guard: Guard) -> Result<HttpResponse> {
    guard.read(Op::ListLifeDomainFrameworks, Server, |_, _| Ok(())).await?;
    answer::value(&BuiltInFrameworks { items: built_in::all() })
}

pub async fn list(network: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let load = |tx: &mut Tx<'_>, seen: &Seen<Id>, page: &Page| Ok(store::list(tx, seen.found, page)?);
    list.page
        .of_network(&guard, Op::ListNetworkLifeDomainFrameworks, InNetwork(network.id), load, |framework| {
            (framework.created_at, framework.id)
        })
        .await
}

pub async fn create(
    network: PathId,
    guard: Guard,
    body: Body<LifeDomainFrameworkCreate>,
) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateLifeDomainFramework, InNetwork(network.id), body, move |tx, seen, body| {
            super::create_framework(tx, seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(framework: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetLifeDomainFramework, OneFramework(framework.id)).await?;
    answer::record(&found)
}

pub async fn list_versions(framework: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let load = |tx: &mut Tx<'_>, seen: &Seen<LifeDomainFramework>, page: &Page| {
        Ok(store::list_versions(tx, &seen.found, page)?)
    };
    let at = OneFramework(framework.id);
    list.page
        .of_network(&guard, Op::ListLifeDomainFrameworkVersions, at, load, |version| {
            (version.created_at, version.id)
        })
        .await
}

pub async fn create_version(
    framework: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<LifeDomainFrameworkVersionCreate>,
) -> Result<HttpResponse> {
    let created = guard
        .write_from(
            Op::CreateLifeDomainFrameworkVersion,
            OneFramework(framework.id),
            body,
            move |tx, seen, body| {
                super::add_version(tx, seen.found, seen.standing.person_id, &if_match, body)
            },
        )
        .await?;
    answer::created(&created)
}

pub async fn get_version(version: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetLifeDomainFrameworkVersion, OneVersion(version.id)).await?;
    answer::record(&found)
}

pub async fn list_choices(network: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let load = |tx: &mut Tx<'_>, seen: &Seen<Id>, page: &Page| Ok(store::list_choices(tx, seen.found, page)?);
    list.page
        .of_network(&guard, Op::ListLifeDomainChoices, InNetwork(network.id), load, |choice| {
            (choice.created_at, choice.id)
        })
        .await
}

pub async fn choose(
    network: PathId,
    guard: Guard,
    body: Body<LifeDomainChoiceCreate>,
) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateLifeDomainChoice, InNetwork(network.id), body, move |tx, seen, body| {
            super::choose(tx, seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get_choice(choice: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetLifeDomainChoice, OneChoice(choice.id)).await?;
    answer::record(&found)
}

pub async fn read(network: PathId, guard: Guard, query: Query<ReadingFilter>) -> Result<HttpResponse> {
    let reading = guard
        .read(Op::GetLifeDomains, InNetwork(network.id), move |tx, seen| {
            super::read(tx, seen.found, &query.0)
        })
        .await?;
    answer::value(&reading)
}
