//! Reflections and their models over HTTP.

use super::models::{self, MODELS, ReflectionModel};
use super::store::{self, OneReflection};
use super::types::{Model, Reflection, ReflectionCreate, ReflectionFilter, ReflectionPatch};
use crate::access::{Guard, InCycle, InNetwork, Op, Seen, Server, Tx};
use crate::clock::Instant;
use crate::cycles::rules::CycleState;
use crate::error::{Error, Result};
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::{List, Page};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::loops::following::Scope;
use crate::practice::{RecordState, StateFilter, Withdrawal};
use crate::sessions::OneSession;
use crate::sessions::types::Session;
use actix_web::{HttpResponse, web};
use schemars::JsonSchema;
use serde::Serialize;

/// The reflection models, each in its newest version.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReflectionModels {
    pub items: &'static [ReflectionModel],
}

pub async fn list_models(guard: Guard) -> Result<HttpResponse> {
    guard.read(Op::ListReflectionModels, Server, |_, _| Ok(())).await?;
    answer::value(&ReflectionModels { items: &MODELS })
}

pub async fn get_model(model: web::Path<String>, guard: Guard) -> Result<HttpResponse> {
    guard.read(Op::GetReflectionModel, Server, |_, _| Ok(())).await?;
    let model: Model = model.parse().map_err(|_| Error::NotFound)?;
    answer::value(models::of(model))
}

pub async fn list(cycle: PathId, guard: Guard, list: List<ReflectionFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let load = move |tx: &mut Tx<'_>, seen: &Seen<CycleState>, page: &Page| {
        super::list(tx, Scope::from(&seen.found), seen.standing.person_id, &filter, page)
    };
    page.of_caller(&guard, Op::ListReflections, InCycle(cycle.id), load, by_time).await
}

pub async fn list_in_network(
    network: PathId,
    guard: Guard,
    list: List<ReflectionFilter>,
) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let load = move |tx: &mut Tx<'_>, seen: &Seen<Id>, page: &Page| {
        super::list(tx, Scope::Network(seen.found), seen.standing.person_id, &filter, page)
    };
    page.of_caller(&guard, Op::ListNetworkReflections, InNetwork(network.id), load, by_time).await
}

fn by_time(reflection: &Reflection) -> (Instant, Id) {
    (reflection.happened_at, reflection.id)
}

/// What was made together in a session is visible to all who see the session.
pub async fn list_of_session(session: PathId, guard: Guard, list: List<StateFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let state = filter.state.unwrap_or(RecordState::Current);
    let load = move |tx: &mut Tx<'_>, seen: &Seen<Session>, page: &Page| {
        Ok(store::list_of_session(tx, &seen.found, state, page)?)
    };
    let key = |reflection: &Reflection| (reflection.happened_at, reflection.id);
    page.of_network(&guard, Op::ListSessionReflections, OneSession(session.id), load, key).await
}

pub async fn create(cycle: PathId, guard: Guard, body: Body<ReflectionCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateReflection, InCycle(cycle.id), body, move |tx, seen, body| {
            super::create(tx, &seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(reflection: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetReflection, OneReflection(reflection.id)).await?;
    answer::record(&found)
}

pub async fn update(
    reflection: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<ReflectionPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdateReflection, OneReflection(reflection.id), patch, move |tx, seen, patch| {
            super::update(tx, seen.found, &if_match, patch.clone())
        })
        .await?;
    answer::record(&updated)
}

pub async fn transition(
    reflection: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<Withdrawal>,
) -> Result<HttpResponse> {
    let moved = guard
        .write_from(Op::TransitionReflection, OneReflection(reflection.id), body, move |tx, seen, body| {
            super::withdraw(tx, seen.found, seen.standing.person_id, &if_match, body)
        })
        .await?;
    answer::record(&moved)
}
