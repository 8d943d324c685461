//! Links for citizens over HTTP, and what they open.

use super::store::{self, OneCitizenLink};
use super::types::{CitizenLink, CitizenLinkCreate};
use crate::access::{ClientAddress, Guard, Op, Public, Seen, Tx};
use crate::citizen_pages::{gone, html, read_by_citizen};
use crate::error::{Error, Result};
use crate::http::accept::is_liked_better;
use crate::http::answer;
use crate::http::body::Body;
use crate::http::envelope::Worded;
use crate::http::page::{List, NoFilter, Page};
use crate::http::path::{PathId, PathToken};
use crate::http::precondition::IfMatch;
use crate::http::problem;
use crate::http::public_url::Base;
use crate::people::types::Locale;
use crate::pseudonyms::OnePseudonym;
use crate::pseudonyms::types::Pseudonym;
use crate::sign_in::throttle::Counted;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};

/// Tokens that lead nowhere.
const GUESSES: Counted = Counted { what: "citizen links", most: 20 };

/// The media type of what a link opens: it is for people alone.
pub const PRODUCES: &[&str] = &["text/html"];

pub async fn list(pseudonym: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let load = |tx: &mut Tx<'_>, seen: &Seen<Pseudonym>, page: &Page| {
        Ok(store::list(tx, &seen.found, page)?.into_iter().map(|row| row.shown(None)).collect())
    };
    let key = |link: &CitizenLink| (link.created_at, link.id);
    list.page.of_caller(&guard, Op::ListCitizenLinks, OnePseudonym(pseudonym.id), load, key).await
}

pub async fn create(
    pseudonym: PathId,
    guard: Guard,
    base: Base,
    body: Body<CitizenLinkCreate>,
) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateCitizenLink, OnePseudonym(pseudonym.id), body, move |tx, seen, body| {
            super::create(tx, &seen.found, seen.standing.person_id, &base.0, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn revoke(link: PathId, guard: Guard, if_match: IfMatch) -> Result<HttpResponse> {
    guard
        .write(Op::RevokeCitizenLink, OneCitizenLink(link.id), move |tx, seen| {
            super::revoke(tx, seen.found, &if_match)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The page that a link opens. Where it opens none, that is told in words to a browser: people read no problems.
pub async fn open(
    token: PathToken,
    public: Public,
    from: ClientAddress,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let (text, address) = (token.0, from.0.clone());
    let opened = public
        .read_by_link(Op::GetLinkedCitizenPage, move |tx| {
            GUESSES.admit(tx, &address)?;
            super::open(tx, &text)
        })
        .await;
    match opened {
        Ok((link, page)) => {
            let body = html(&page, Some(link.expires_at), link.language)?;
            Ok(read_by_citizen(StatusCode::OK, body, link.language))
        }
        Err(Error::NotFound) => {
            let counted = move |tx: &mut Tx<'_>| GUESSES.count(tx, &from.0).map(Ok);
            public.write(Op::GetLinkedCitizenPage, counted).await?;
            if !is_liked_better(&request, PRODUCES[0], problem::MEDIA_TYPE) {
                return Err(Error::NotFound);
            }
            // Whose link it was is not known, nor what they read.
            let mut response = read_by_citizen(StatusCode::NOT_FOUND, gone(Locale::Nl)?, Locale::Nl);
            response.extensions_mut().insert(Worded);
            Ok(response)
        }
        Err(error) => Err(error),
    }
}
