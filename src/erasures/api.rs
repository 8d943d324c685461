//! Erasures over HTTP.

use super::journal::Journal;
use super::store::{self, OneErasure};
use super::types::{Erasure, ErasureCreate, PersonErasureCreate};
use crate::access::{Access, Guard, InNetwork, Op, Seen, Server, Tx};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::Body;
use crate::http::kept_pages::KeptPages;
use crate::http::page::{List, NoFilter, Page};
use crate::http::path::PathId;
use crate::ids::Id;
use crate::record::Created;
use crate::removal::reach;
use crate::screening::Answered;
use actix_web::HttpResponse;
use actix_web::web::Data;

fn by_time(erasure: &Erasure) -> (crate::clock::Instant, Id) {
    (erasure.created_at, erasure.id)
}

pub async fn list(network: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let load = |tx: &mut Tx<'_>, seen: &Seen<Id>, page: &Page| Ok(store::list(tx, seen.found, page)?);
    list.page.of_caller(&guard, Op::ListErasures, InNetwork(network.id), load, by_time).await
}

pub async fn list_of_people(guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let load = |tx: &mut Tx<'_>, _: &Seen<()>, page: &Page| Ok(store::list(tx, Id::NIL, page)?);
    list.page.of_caller(&guard, Op::ListPersonErasures, Server, load, by_time).await
}

pub async fn get(erasure: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetErasure, OneErasure(erasure.id)).await?;
    answer::record(&found)
}

pub async fn create(
    network: PathId,
    guard: Guard,
    body: Body<ErasureCreate>,
    seal: Seal,
) -> Result<HttpResponse> {
    let (dry_run, at) = (body.ahead().dry_run == Some(true), InNetwork(network.id));
    let work = move |tx: &mut Tx<'_>, seen: Seen<Id>, body: &ErasureCreate| {
        super::of_pseudonym(tx, seen.found, seen.standing.person_id, body)
    };
    if dry_run {
        let told = guard.rehearse_from(Op::CreateErasure, at, body, work).await?;
        return answer::record(&told.value.record);
    }
    seal.answer(guard.write_from(Op::CreateErasure, at, body, work).await?).await
}

pub async fn create_of_person(
    guard: Guard,
    body: Body<PersonErasureCreate>,
    seal: Seal,
) -> Result<HttpResponse> {
    let dry_run = body.ahead().dry_run == Some(true);
    let work = move |tx: &mut Tx<'_>, seen: Seen<()>, body: &PersonErasureCreate| {
        super::of_person(tx, seen.standing.person_id, body)
    };
    if dry_run {
        let told = guard.rehearse_from(Op::CreatePersonErasure, Server, body, work).await?;
        return answer::record(&told.value.record);
    }
    seal.answer(guard.write_from(Op::CreatePersonErasure, Server, body, work).await?).await
}

/// What an erasure still needs when it is committed, before it is answered.
pub struct Seal {
    access: Data<Access>,
    journal: Data<Journal>,
    pages: Data<KeptPages>,
}

impl Seal {
    /// Writes it into the journal, and clears away what memory and files still hold. Where the journal cannot be written the
    /// answer is a 503: sent again with its id, the erasure is found, and the journal is tried again.
    async fn answer(self, created: Answered<Created<Erasure>>) -> Result<HttpResponse> {
        self.journal.add(&self.access, created.value.record.clone()).await?;
        self.pages.forget();
        if created.value.fresh {
            self.access.clean(&reach::touched()).await;
        }
        answer::created(&created)
    }
}

impl actix_web::FromRequest for Seal {
    type Error = crate::error::Error;
    type Future = std::future::Ready<Result<Seal>>;

    fn from_request(request: &actix_web::HttpRequest, _: &mut actix_web::dev::Payload) -> Self::Future {
        let parts = || {
            Some(Seal {
                access: request.app_data::<Data<Access>>()?.clone(),
                journal: request.app_data::<Data<Journal>>()?.clone(),
                pages: request.app_data::<Data<KeptPages>>()?.clone(),
            })
        };
        std::future::ready(
            parts().ok_or_else(|| crate::error::Error::internal("nothing to seal an erasure with")),
        )
    }
}
