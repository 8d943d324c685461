//! Identities over HTTP.

use super::store::{self, OneIdentity};
use super::types::{Identity, IdentityCreate, IdentityLink};
use crate::access::{Guard, Op, Seen, Server, Tx};
use crate::clock::Instant;
use crate::error::Result;
use crate::http::answer;
use crate::http::body::Body;
use crate::http::page::{List, NoFilter, Page};
use crate::http::path::PathId;
use crate::ids::Id;
use crate::people::SeenPerson;
use crate::people::types::PersonRow;
use actix_web::HttpResponse;

pub async fn list_mine(guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let load =
        |tx: &mut Tx<'_>, seen: &Seen<()>, page: &Page| Ok(store::list(tx, seen.standing.person_id, page)?);
    list.page.of_caller(&guard, Op::ListMyIdentities, Server, load, by_creation).await
}

pub async fn link(guard: Guard, body: Body<IdentityLink>) -> Result<HttpResponse> {
    // Who may not do this is told before anybody else is asked.
    guard.read(Op::CreateOwnIdentity, Server, |_, _| Ok(())).await?;
    let subject = super::shown_to_be(guard.issuer(), &body.ahead().access_token).await?;
    let linked = guard
        .write_from(Op::CreateOwnIdentity, Server, body, move |tx, seen, _| {
            super::link(tx, &subject, seen.standing.person_id)
        })
        .await?;
    answer::created(&linked)
}

pub async fn list(person: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let load =
        |tx: &mut Tx<'_>, seen: &Seen<PersonRow>, page: &Page| Ok(store::list(tx, seen.found.id, page)?);
    list.page.of_caller(&guard, Op::ListIdentities, SeenPerson(person.id), load, by_creation).await
}

pub async fn create(person: PathId, guard: Guard, body: Body<IdentityCreate>) -> Result<HttpResponse> {
    let issuer = guard.issuer().map(|issuer| issuer.name().clone());
    let created = guard
        .write_from(Op::CreateIdentity, SeenPerson(person.id), body, move |tx, seen, body| {
            super::create(tx, issuer.as_ref(), &seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn delete(identity: PathId, guard: Guard) -> Result<HttpResponse> {
    guard
        .write(Op::DeleteIdentity, OneIdentity(identity.id), |tx, seen| super::delete(tx, &seen.found))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

fn by_creation(identity: &Identity) -> (Instant, Id) {
    (identity.created_at, identity.id)
}
