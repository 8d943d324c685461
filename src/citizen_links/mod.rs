//! Citizen links: a coordinator makes one for a pseudonym and hands it over; whoever holds it reads the page about that
//! pseudonym, without an account, until it expires or is revoked. Each time is told in the access log.

pub mod api;
mod store;
pub mod types;

use crate::access::{SeenByLink, Tx, tokens};
use crate::citizen_pages::{self, types::CitizenPage};
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::pseudonyms;
use crate::pseudonyms::types::Pseudonym;
use crate::record::{self, Created, Record};
use chrono::Duration;
use types::{CitizenLink, CitizenLinkCreate, CitizenLinkRow, ShownUrl, USUAL_DAYS};

/// Makes a link, which begins with `base`. A resend is answered without where it leads, which nobody knows any more.
pub fn create(
    tx: &mut Tx<'_>,
    pseudonym: &Pseudonym,
    author_id: Id,
    base: &str,
    body: &CitizenLinkCreate,
) -> Result<Created<CitizenLink>> {
    let digest = tx.digest(body.id, pseudonym.id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.pseudonym_id == pseudonym.id;
        return record::replay(stored.shown(None), &digest, here);
    }
    let token = tokens::random()?;
    let row = CitizenLinkRow {
        id: body.id.unwrap_or_default(),
        network_id: pseudonym.network_id,
        pseudonym_id: pseudonym.id,
        language: body.language.unwrap_or_default(),
        token_hash: tokens::hash(&token),
        created_by: author_id,
        created_at: tx.now,
        expires_at: tx.now.plus(Duration::days(body.days.unwrap_or(USUAL_DAYS))),
        revoked_at: None,
        version: 1,
        digest,
    };
    store::insert(tx, &row)?;
    // What is kept of a change must not hold the token.
    tx.note("created", &row.clone().shown(None));
    Ok(Created::fresh(row.shown(Some(ShownUrl(format!("{base}/v1/citizen-pages/{token}"))))))
}

/// Ends a link, which may have expired before.
pub fn revoke(tx: &mut Tx<'_>, mut row: CitizenLinkRow, if_match: &IfMatch) -> Result<()> {
    if_match.demand(row.version)?;
    if row.revoked_at.is_some() {
        return Err(Error::conflict("revoked", "The link was revoked before."));
    }
    store::revoke(tx, &mut row)?;
    tx.note("revoked", &row.shown(None));
    Ok(())
}

/// What a token leads to today: the link, and the page. An unknown token, one that was revoked and one that expired look the
/// same.
pub fn open(tx: &mut Tx<'_>, token: &str) -> Result<((CitizenLinkRow, CitizenPage), SeenByLink)> {
    let found = store::by_token(tx, &tokens::hash(token))?;
    let link = found.filter(|link| link.revoked_at.is_none() && tx.now < link.expires_at);
    let link = link.ok_or(Error::NotFound)?;
    let pseudonym = pseudonyms::find(tx, link.pseudonym_id)?.ok_or(Error::NotFound)?;
    let page = citizen_pages::of_pseudonym(tx, &pseudonym)?;
    let object = (Pseudonym::KIND, pseudonym.id);
    let seen = SeenByLink { network_id: link.network_id, link_id: link.id, object };
    Ok(((link, page), seen))
}
