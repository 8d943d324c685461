//! The entries of dossiers over HTTP, for those who write and approve them.

use super::store::{self, OneEntry};
use super::types::{
    DossierEntryCreate, DossierEntryFilter, DossierEntryPatch, DossierEntryTransition, EntryMove,
};
use crate::access::{Guard, InNetwork, Op};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::List;
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::insights::OneInsight;
use actix_web::HttpResponse;

pub async fn list(network: PathId, guard: Guard, list: List<DossierEntryFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    page.of_network(
        &guard,
        Op::ListDossierEntries,
        InNetwork(network.id),
        move |tx, seen, page| Ok(store::list(tx, seen.found, &filter, page)?),
        |entry| (entry.created_at, entry.id),
    )
    .await
}

pub async fn create(insight: PathId, guard: Guard, body: Body<DossierEntryCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateDossierEntry, OneInsight(insight.id), body, move |tx, seen, body| {
            super::create(tx, &seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn get(entry: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetDossierEntry, OneEntry(entry.id)).await?;
    answer::record(&found)
}

pub async fn update(
    entry: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<DossierEntryPatch>,
) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdateDossierEntry, OneEntry(entry.id), patch, move |tx, seen, patch| {
            super::update(tx, seen.found, &if_match, patch.clone())
        })
        .await?;
    answer::record(&updated)
}

pub async fn transition(
    entry: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<DossierEntryTransition>,
) -> Result<HttpResponse> {
    // Its proposer takes it back; approving and declining are for others.
    let op = match body.ahead().to {
        EntryMove::Withdrawn => Op::WithdrawDossierEntry,
        EntryMove::Approved | EntryMove::Declined => Op::TransitionDossierEntry,
    };
    let moved = guard
        .write_from(op, OneEntry(entry.id), body, move |tx, seen, body| {
            super::transition(tx, seen.found, seen.standing.person_id, &if_match, body)
        })
        .await?;
    answer::record(&moved)
}
