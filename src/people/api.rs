//! People and oneself over HTTP.

use super::store::{self, OnePerson};
use super::types::{Me, MePatch, Person, PersonCreate, PersonFilter, PersonKind, PersonPatch};
use crate::access::{Guard, Op, Server, password};
use crate::error::{Error, Result};
use crate::http::answer;
use crate::http::body::{Body, Patch};
use crate::http::page::List;
use crate::http::path::PathId;
use crate::http::precondition::{IfMatch, etag};
use crate::ids::Id;
use actix_web::HttpResponse;
use actix_web::http::header::{self, HeaderValue};

pub async fn list(guard: Guard, list: List<PersonFilter>) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let (kind, window) = (filter.kind.unwrap_or(PersonKind::Person), page.clone());
    let rows = guard
        .read(Op::ListPeople, Server, move |tx, seen| {
            let viewer = seen.standing.person_id;
            let rows = store::visible(tx, viewer, seen.standing.admin, Some(kind), None, Some(&window))?;
            let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
            let readable = store::coordinated(tx, viewer, &ids)?;
            let may_read = |id| seen.standing.admin || id == viewer || readable.contains(&id);
            Ok(rows.iter().map(|row| row.shown(may_read(row.id))).collect::<Vec<Person>>())
        })
        .await?;
    page.answer(&rows, |person| (person.created_at, person.id))
}

pub async fn get(person: PathId, guard: Guard) -> Result<HttpResponse> {
    answer::record(&shown(&guard, person.id).await?)
}

/// A person as the caller may see them, or 404.
async fn shown(guard: &Guard, id: Id) -> Result<Person> {
    guard
        .read(Op::GetPerson, Server, move |tx, seen| {
            let viewer = seen.standing.person_id;
            let row = store::visible(tx, viewer, seen.standing.admin, None, Some(id), None)?
                .pop()
                .ok_or(Error::NotFound)?;
            let may_read = seen.standing.admin
                || row.id == viewer
                || !store::coordinated(tx, viewer, &[row.id])?.is_empty();
            Ok(row.shown(may_read))
        })
        .await
}

pub async fn create(guard: Guard, body: Body<PersonCreate>) -> Result<HttpResponse> {
    // Who may not is told before the hashing costs anything.
    guard.read(Op::CreatePerson, Server, |_, _| Ok(())).await?;
    let hash = match &body.ahead().password {
        Some(given) => Some(password::hash(given.reveal()).await?),
        None => None,
    };
    let created = guard
        .write_from(Op::CreatePerson, Server, body, move |tx, _, body| {
            super::create(tx, body, hash.as_deref())
        })
        .await?;
    answer::created(&created)
}

pub async fn update(
    person: PathId,
    guard: Guard,
    if_match: IfMatch,
    patch: Patch<PersonPatch>,
) -> Result<HttpResponse> {
    // Whom the caller does not see is not there for them; only then is asked what they may do.
    shown(&guard, person.id).await?;
    let updated = guard
        .write_from(Op::UpdatePerson, OnePerson(person.id), patch, move |tx, seen, patch| {
            super::update(tx, seen.found, &seen.standing, &if_match, patch.clone())
        })
        .await?;
    answer::record(&updated)
}

pub async fn get_me(guard: Guard) -> Result<HttpResponse> {
    let me = guard
        .read(Op::GetMe, Server, |tx, seen| {
            let person_id = seen.standing.person_id;
            let person = store::find(tx, person_id)?.ok_or(Error::NotFound)?.shown(true);
            let (networks, cycles) = (store::my_networks(tx, person_id)?, store::my_cycles(tx, person_id)?);
            Ok(Me { person, networks, cycles })
        })
        .await?;
    let mut response = answer::value(&me)?;
    let etag = HeaderValue::from_str(&etag(me.person.version)).map_err(Error::internal)?;
    response.headers_mut().insert(header::ETAG, etag);
    Ok(response)
}

pub async fn update_me(guard: Guard, if_match: IfMatch, patch: Patch<MePatch>) -> Result<HttpResponse> {
    let updated = guard
        .write_from(Op::UpdateMe, Server, patch, move |tx, seen, patch| {
            super::update_me(tx, seen.standing.person_id, &if_match, patch.clone())
        })
        .await?;
    answer::record(&updated)
}
