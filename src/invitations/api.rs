//! Invitations over HTTP.

use super::store::{self, OneInvitation};
use super::types::{Acceptance, AccountCreate, Invitation, InvitationCreate};
use crate::access::{Guard, InNetwork, Op, Public, Server, password};
use crate::error::Result;
use crate::http::answer;
use crate::http::body::Body;
use crate::http::page::{List, NoFilter};
use crate::http::path::PathId;
use crate::identities;
use crate::sign_in;
use crate::sign_in::cookie::Browser;
use crate::sign_in::types::RefreshTokenIn;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;

pub async fn list(network: PathId, guard: Guard, list: List<NoFilter>) -> Result<HttpResponse> {
    let page = list.page;
    let window = page.clone();
    let rows: Vec<Invitation> = guard
        .read(Op::ListInvitations, InNetwork(network.id), move |tx, seen| {
            Ok(store::list(tx, seen.found, &window)?.into_iter().map(|row| row.shown(None)).collect())
        })
        .await?;
    page.answer(&rows, |invitation| (invitation.created_at, invitation.id))
}

pub async fn create(network: PathId, guard: Guard, body: Body<InvitationCreate>) -> Result<HttpResponse> {
    let created = guard
        .write_from(Op::CreateInvitation, InNetwork(network.id), body, move |tx, seen, body| {
            super::create(tx, seen.found, seen.standing.person_id, body)
        })
        .await?;
    answer::created(&created)
}

pub async fn delete(invitation: PathId, guard: Guard) -> Result<HttpResponse> {
    guard
        .write(Op::DeleteInvitation, OneInvitation(invitation.id), |tx, seen| super::delete(tx, seen.found))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

pub async fn create_account(
    public: Public,
    browser: Browser,
    body: Body<AccountCreate>,
) -> Result<HttpResponse> {
    let body = body.of_no_network();
    let kept = body.refresh_token_in.unwrap_or_default();
    if kept == RefreshTokenIn::Cookie {
        browser.demand_same_origin()?;
    }
    // An unknown token is told before the hashing costs anything.
    let token = body.token.clone();
    public.read(Op::CreateAccount, move |tx| super::redeemable(tx, &token).map(drop)).await?;
    let hash = match &body.password {
        Some(given) => Some(password::hash(given.reveal()).await?),
        None => None,
    };
    let subject = match &body.access_token {
        Some(token) => Some(identities::shown_to_be(public.issuer(), token).await?),
        None => None,
    };
    let keys = public.keys();
    let tokens = public
        .write(Op::CreateAccount, move |tx| {
            let person_id = super::create_account(tx, &body, hash.as_deref(), subject.as_deref())?;
            sign_in::begin(tx, &keys, person_id).map(Ok)
        })
        .await?;
    browser.answer(StatusCode::CREATED, tokens, kept)
}

pub async fn accept(guard: Guard, body: Body<Acceptance>) -> Result<HttpResponse> {
    let accepted = guard
        .write_from(Op::AcceptInvitation, Server, body, move |tx, seen, body| {
            super::accept_as(tx, seen.standing.person_id, &body.token)
        })
        .await?;
    answer::created(&accepted)
}
