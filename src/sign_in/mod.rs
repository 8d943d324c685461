//! Signing in: an e-mail address and a password give an access token of 15 minutes and a refresh token that rotates.
//!
//! A refresh token can be used once. Used a second time it tells that somebody else has a copy, and the whole sign-in
//! ends; but within 30 seconds, while its successor is unused, it is a phone that lost the answer, and gets another.

pub mod api;
pub mod cookie;
mod store;
pub mod throttle;
pub mod types;

use crate::access::tokens::{self, Keys};
use crate::access::{Actor, Tx};
use crate::error::{Error, Result};
use crate::ids::Id;
use chrono::Duration;
use types::Tokens;

/// How long a sign-in lasts without being used.
pub fn session_lifetime() -> Duration {
    Duration::days(30)
}

/// How long after its use a refresh token may be sent again, for a lost answer.
fn grace() -> Duration {
    Duration::seconds(30)
}

/// Begins a session for somebody who has shown who they are.
pub fn begin(tx: &mut Tx<'_>, keys: &Keys, person_id: Id) -> Result<Tokens> {
    let session_id = store::insert_session(tx, person_id, tx.now.plus(session_lifetime()))?;
    let (_, refresh_token) = new_refresh_token(tx, session_id)?;
    issue(tx, keys, Actor { person_id, session_id }, refresh_token)
}

/// Rotates a refresh token. The inner result is a refusal whose writes stay.
fn refresh(tx: &mut Tx<'_>, keys: &Keys, token: &str) -> Result<Result<Tokens>> {
    let refused = || Error::Unauthenticated("unauthenticated");
    let Some(known) = store::refresh_token(tx, &tokens::hash(token))? else { return Ok(Err(refused())) };
    let actor = Actor { person_id: known.person_id, session_id: known.session_id };
    let (successor_id, refresh_token) = new_refresh_token(tx, known.session_id)?;
    // Who marks the token first has used it; whoever comes second finds it used.
    if !store::use_token(tx, known.id, successor_id)? {
        let lost_answer = match store::use_of(tx, known.id)? {
            Some((used_at, former)) if tx.now < used_at.plus(grace()) => {
                store::replace_unused(tx, known.id, former, successor_id)?
            }
            _ => false,
        };
        if !lost_answer {
            store::end_session(tx, known.session_id)?;
            return Ok(Err(Error::Unauthenticated("refresh_token_reused")));
        }
    }
    store::extend_session(tx, known.session_id, tx.now.plus(session_lifetime()))?;
    issue(tx, keys, actor, refresh_token).map(Ok)
}

fn new_refresh_token(tx: &mut Tx<'_>, session_id: Id) -> Result<(Id, String)> {
    let token = tokens::random()?;
    let id = store::insert_refresh_token(tx, session_id, tokens::hash(&token))?;
    Ok((id, token))
}

fn issue(tx: &Tx<'_>, keys: &Keys, actor: Actor, refresh_token: String) -> Result<Tokens> {
    let (access_token, expires_at) = keys.sign(actor, tx.now)?;
    Ok(Tokens { access_token, refresh_token: Some(refresh_token), token_type: "Bearer", expires_at })
}
