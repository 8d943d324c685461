//! Research consents over HTTP.

use super::Subject;
use super::store::{self, OneConsent, OwnConsents, Whose};
use super::types::{
    ResearchConsent, ResearchConsentCreate, ResearchConsentFilter, ResearchConsentTransition,
};
use crate::access::{Guard, Op, Seen, Tx};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::Body;
use crate::http::page::{List, Page};
use crate::http::path::PathId;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::pseudonyms::OnePseudonym;
use crate::pseudonyms::types::Pseudonym;
use actix_web::HttpResponse;

/// Who coordinates sees whose consent there is, others their own.
pub async fn list_in_network(
    network: PathId,
    guard: Guard,
    list: List<ResearchConsentFilter>,
) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let load = move |tx: &mut Tx<'_>, seen: &Seen<Id>, page: &Page| {
        let whose = match seen.may(Op::GetResearchExport) {
            true => Whose::All,
            false => Whose::Person(seen.standing.person_id),
        };
        Ok(store::list(tx, seen.found, whose, &filter, page)?)
    };
    page.of_caller(&guard, Op::ListResearchConsents, OwnConsents(network.id), load, by_creation).await
}

pub async fn list_of_pseudonym(
    pseudonym: PathId,
    guard: Guard,
    list: List<ResearchConsentFilter>,
) -> Result<HttpResponse> {
    let List { filter, page } = list;
    let load = move |tx: &mut Tx<'_>, seen: &Seen<Pseudonym>, page: &Page| {
        let whose = Whose::Pseudonym(seen.found.id);
        Ok(store::list(tx, seen.found.network_id, whose, &filter, page)?)
    };
    let at = OnePseudonym(pseudonym.id);
    page.of_network(&guard, Op::ListPseudonymResearchConsents, at, load, by_creation).await
}

fn by_creation(consent: &ResearchConsent) -> (crate::clock::Instant, Id) {
    (consent.created_at, consent.id)
}

/// Of the caller, and of nobody else; who is no member may consent to the use of what they wrote.
pub async fn create(
    network: PathId,
    guard: Guard,
    body: Body<ResearchConsentCreate>,
) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateResearchConsent, OwnConsents(network.id), body, move |tx, seen, body| {
            let caller = seen.standing.person_id;
            super::create(tx, seen.found, Subject::Person(caller), caller, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn create_of_pseudonym(
    pseudonym: PathId,
    guard: Guard,
    body: Body<ResearchConsentCreate>,
) -> Result<HttpResponse> {
    let created = guard
        .write_from(
            Op::CreatePseudonymResearchConsent,
            OnePseudonym(pseudonym.id),
            body,
            move |tx, seen, body| {
                let (pseudonym, caller) = (seen.found, seen.standing.person_id);
                super::create(tx, pseudonym.network_id, Subject::Pseudonym(pseudonym.id), caller, body)
            },
        )
        .await?;
    answer::created(&created)
}

pub async fn get(consent: PathId, guard: Guard) -> Result<HttpResponse> {
    let found = guard.get(Op::GetResearchConsent, OneConsent(consent.id)).await?;
    answer::record(&found)
}

pub async fn transition(
    consent: PathId,
    guard: Guard,
    if_match: IfMatch,
    body: Body<ResearchConsentTransition>,
) -> Result<HttpResponse> {
    let moved = guard
        .write_from(Op::TransitionResearchConsent, OneConsent(consent.id), body, move |tx, seen, body| {
            super::transition(tx, seen.found, seen.standing.person_id, &if_match, body)
        })
        .await?;
    answer::record(&moved)
}
