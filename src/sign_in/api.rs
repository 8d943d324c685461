//! Signing in and out over HTTP.

use super::cookie::Browser;
use super::types::{PasswordChange, RefreshTokenIn, TokenRequest, Tokens};
use super::{store, throttle};
use crate::access::{ClientAddress, Guard, Op, Public, Server, password};
use crate::error::{Error, Result};
use crate::http::body::Body;
use crate::people;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;

pub async fn create_tokens(
    public: Public,
    from: ClientAddress,
    browser: Browser,
    body: Body<TokenRequest>,
) -> Result<HttpResponse> {
    let TokenRequest { email, password, refresh_token, refresh_token_in } = body.of_no_network();
    let kept = refresh_token_in.unwrap_or_default();
    if kept == RefreshTokenIn::Cookie {
        browser.demand_same_origin()?;
    }
    let tokens = match (email, password, refresh_token) {
        (Some(email), Some(password), None) => {
            with_password(&public, from.0, email.to_lowercase(), password.reveal()).await?
        }
        (_, _, Some(token)) => with_refresh_token(&public, token.to_string()).await?,
        (None, None, None) if kept == RefreshTokenIn::Cookie => {
            let token = browser.refresh_token().ok_or(Error::Unauthenticated("unauthenticated"))?;
            with_refresh_token(&public, token.to_owned()).await?
        }
        _ => return Err(Error::internal("a token request passed its check with half a credential")),
    };
    browser.answer(StatusCode::OK, tokens, kept)
}

async fn with_refresh_token(public: &Public, token: String) -> Result<Tokens> {
    let keys = public.keys();
    public.write(Op::CreateTokens, move |tx| super::refresh(tx, &keys, &token)).await
}

/// The same answer, after the same work, for an unknown address and a wrong password.
async fn with_password(public: &Public, address: String, email_key: String, given: String) -> Result<Tokens> {
    let (key, from) = (email_key.clone(), address.clone());
    let person = public
        .read(Op::CreateTokens, move |tx| {
            throttle::admit(tx, &key, &from)?;
            people::by_email(tx, &key)
        })
        .await?
        .filter(|person| person.active);
    let hash = person.as_ref().and_then(|person| person.password_hash.clone());
    let right = password::verify(given, hash).await?;
    let keys = public.keys();
    public
        .write(Op::CreateTokens, move |tx| match &person {
            Some(person) if right => super::begin(tx, &keys, person.id).map(Ok),
            _ => {
                throttle::count_failure(tx, &email_key, &address)?;
                Ok(Err(Error::Unauthenticated("sign_in_failed")))
            }
        })
        .await
}

pub async fn revoke_tokens(guard: Guard, browser: Browser) -> Result<HttpResponse> {
    guard
        .write_sign_in(Op::RevokeTokens, |tx, _| {
            let session_id = tx.session_id()?;
            Ok(Ok(store::end_session(tx, session_id)?))
        })
        .await?;
    Ok(browser.forget())
}

pub async fn change_password(
    guard: Guard,
    from: ClientAddress,
    body: Body<PasswordChange>,
) -> Result<HttpResponse> {
    let PasswordChange { current_password, new_password } = body.of_no_network();
    let address = from.0.clone();
    let (email_key, stored) = guard
        .read(Op::ChangePassword, Server, move |tx, seen| {
            let person = people::find(tx, seen.standing.person_id)?.ok_or(Error::NotFound)?;
            let email_key = person.email_key.ok_or(Error::NotFound)?;
            throttle::admit(tx, &email_key, &address)?;
            Ok((email_key, person.password_hash))
        })
        .await?;
    if !password::verify(current_password.reveal(), stored).await? {
        let address = from.0;
        let refusal = move |tx: &mut crate::access::Tx<'_>, _: &crate::access::Standing| {
            throttle::count_failure(tx, &email_key, &address)?;
            Ok(Err::<(), _>(Error::Forbidden("The current password is not right.".into())))
        };
        guard.write_sign_in(Op::ChangePassword, refusal).await?;
    }
    let hash = password::hash(new_password.reveal()).await?;
    guard
        .write(Op::ChangePassword, Server, move |tx, seen| {
            let person_id = seen.standing.person_id;
            people::set_password(tx, person_id, &hash)?;
            let kept = tx.session_id()?;
            Ok(store::end_other_sessions(tx, person_id, kept)?)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
