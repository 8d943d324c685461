//! Identities: whom the issuer of access tokens knows people as. A person here is linked to a subject there, by an
//! administrator or by themselves with a token that tells it; never by an e-mail address, which the issuer may give to
//! somebody else. A token of a subject that is linked to nobody opens nothing.

pub mod api;
mod store;
pub mod types;

use crate::access::Tx;
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::oidc::{Issuer, Subject};
use crate::people::types::{PersonKind, PersonRow};
use crate::record::{self, Created};
use std::sync::Arc;
use types::{Identity, IdentityCreate};

/// Whom somebody shows to be, by an access token that is good at this moment.
pub async fn shown_to_be(issuer: Option<Arc<Issuer>>, token: &str) -> Result<Arc<Subject>> {
    let issuer = issuer.ok_or_else(no_issuer)?;
    match issuer.verify(token).await {
        Ok((subject, _)) => Ok(subject),
        Err(Error::Unauthenticated(_)) => {
            let detail = "The access token is not one of the issuer's for this server, or has expired.";
            Err(Error::conflict("access_token_invalid", detail))
        }
        Err(other) => Err(other),
    }
}

/// Links a person to the subject that an administrator names.
pub fn create(
    tx: &mut Tx<'_>,
    issuer: Option<&Arc<str>>,
    person: &PersonRow,
    author_id: Id,
    body: &IdentityCreate,
) -> Result<Created<Identity>> {
    let digest = tx.digest(body.id, person.id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let of_them = stored.person_id == person.id;
        return record::replay(stored, &digest, of_them);
    }
    if person.kind == PersonKind::Integration {
        return Err(Error::conflict("integration", "An integration signs in nowhere: it has its API key."));
    }
    let issuer = issuer.ok_or_else(no_issuer)?.clone();
    let subject = Subject { issuer, subject: body.subject.to_string() };
    if store::by_subject(tx, &subject)?.is_some() {
        return Err(taken());
    }
    let identity =
        Identity { digest, ..new(tx, &subject, body.id.unwrap_or_default(), person.id, author_id) };
    add(tx, identity)
}

/// Links a person to the subject that they have shown to be. Once more is a replay.
pub fn link(tx: &mut Tx<'_>, subject: &Subject, person_id: Id) -> Result<Created<Identity>> {
    if let Some(stored) = store::by_subject(tx, subject)? {
        return if stored.person_id == person_id { Ok(Created::replayed(stored)) } else { Err(taken()) };
    }
    let identity = new(tx, subject, Id::new(), person_id, person_id);
    add(tx, identity)
}

/// Unlinks an identity: from then on its tokens open nothing.
pub fn delete(tx: &mut Tx<'_>, identity: &Identity) -> Result<()> {
    store::delete(tx, identity.id)?;
    tx.note("deleted", identity);
    Ok(())
}

fn new(tx: &Tx<'_>, subject: &Subject, id: Id, person_id: Id, created_by: Id) -> Identity {
    Identity {
        id,
        person_id,
        issuer: subject.issuer.to_string(),
        subject: subject.subject.clone(),
        created_by,
        created_at: tx.now,
        digest: Vec::new(),
    }
}

fn add(tx: &mut Tx<'_>, identity: Identity) -> Result<Created<Identity>> {
    store::insert(tx, &identity)?;
    tx.note("created", &identity);
    Ok(Created::fresh(identity))
}

fn no_issuer() -> Error {
    Error::conflict("no_issuer", "This server accepts no access tokens of others: OIDC_ISSUER is not set.")
}

fn taken() -> Error {
    Error::conflict("identity_taken", "Somebody is linked to this subject already.")
}
