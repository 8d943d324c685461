//! Effect calculations over HTTP.

use super::store::{self, OneEffectCalculation};
use super::types::{
    EffectCalculation, EffectCalculationCreate, EffectCalculationFilter, EffectCalculationPatch,
};
use crate::access::{Guard, InNetwork, Op, Seen, Tx};
use crate::clock::Instant;
use crate::error::Result;
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::{List, Page};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::practice::Withdrawal;
use actix_web::HttpResponse;

pub async fn list(
    network: PathId,
    guard: Guard,
    list: List<EffectCalculationFilter>,
) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let load =
        move |tx: &mut Tx<'_>, seen: &Seen<Id>, page: &Page| Ok(store::list(tx, seen.found, &filter, page)?);
    page.of_network(&guard, Op::ListEffectCalculations, InNetwork(network.id), load, by_time).await
}

fn by_time(calculation: &EffectCalculation) -> (Instant, Id) {
    (calculation.created_at, calculation.id)
}

pub async fn create(
    network: PathId,
    guard: Guard,
    body: Body<EffectCalculationCreate>,
) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateEffectCalculation, InNetwork(network.id), body, move |tx, seen, body| {
            super::create(tx, seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(calculation: PathId, guard: Guard) -> Result<HttpResponse> {
    let at = OneEffectCalculation(calculation.id);
    let found = guard.get(Op::GetEffectCalculation, at).await?;
    answer::record(&found)
}

pub async fn update(
    calculation: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<EffectCalculationPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(
            Op::UpdateEffectCalculation,
            OneEffectCalculation(calculation.id),
            patch,
            move |tx, seen, patch| super::update(tx, seen.found, &if_match, patch.clone()),
        )
        .await?;
    answer::record(&updated)
}

pub async fn transition(
    calculation: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<Withdrawal>,
) -> Result<HttpResponse> {
    let moved = guard
        .write_from(
            Op::TransitionEffectCalculation,
            OneEffectCalculation(calculation.id),
            body,
            move |tx, seen, body| super::withdraw(tx, seen.found, seen.standing.person_id, &if_match, body),
        )
        .await?;
    answer::record(&moved)
}

pub async fn result(calculation: PathId, guard: Guard) -> Result<HttpResponse> {
    let at = OneEffectCalculation(calculation.id);
    let result =
        guard.read(Op::GetEffectCalculationResult, at, |tx, seen| super::result(tx, &seen.found)).await?;
    answer::value(&result)
}
