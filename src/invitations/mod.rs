//! Invitations: a coordinator invites an e-mail address, and hands the one-time token over. Whether the address has an
//! account is told to nobody: an address without one redeems the token with a password of its own or with a token of the
//! issuer that the server trusts, an address with one
//! accepts it signed in, and no invitation ever sets the password of an account that exists.

pub mod api;
mod store;
pub mod types;

use crate::access::{Tx, tokens};
use crate::error::{Error, Result};
use crate::identities;
use crate::ids::Id;
use crate::members::{self, types::Member};
use crate::oidc::Subject;
use crate::people::{self, types::PersonKind, types::PersonRow, types::SystemRole};
use crate::record::{self, Created};
use chrono::Duration;
use types::{AccountCreate, Invitation, InvitationCreate, InvitationRow};

/// How long an invitation can be redeemed.
fn lifetime() -> Duration {
    Duration::days(14)
}

pub fn create(
    tx: &mut Tx<'_>,
    network_id: Id,
    author_id: Id,
    body: &InvitationCreate,
) -> Result<Created<Invitation>> {
    let digest = tx.digest(body.id, network_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == network_id;
        return record::replay(stored.shown(None), &digest, here);
    }
    let token = tokens::random()?;
    let row = InvitationRow {
        network_id,
        id: body.id.unwrap_or_default(),
        email: body.email.as_str().into(),
        email_key: body.email.key(),
        role: body.role,
        ends_at: body.ends_at,
        token_hash: tokens::hash(&token),
        created_by: author_id,
        created_at: tx.now,
        expires_at: tx.now.plus(lifetime()),
        accepted_at: None,
        digest,
    };
    store::insert(tx, &row)?;
    // What is kept of a change must not hold the token.
    tx.note("created", &row.clone().shown(None));
    Ok(Created::fresh(row.shown(Some(token))))
}

/// Takes an invitation back: it carries no practice, so it is deleted.
pub fn delete(tx: &mut Tx<'_>, row: InvitationRow) -> Result<()> {
    store::delete(tx, row.id)?;
    tx.note("deleted", &row.shown(None));
    Ok(())
}

/// Redeems a token for an address without an account: makes the account and the membership, with a password or linked to the
/// subject whom they have shown to be. Answers who it is.
pub fn create_account(
    tx: &mut Tx<'_>,
    body: &AccountCreate,
    password_hash: Option<&str>,
    subject: Option<&Subject>,
) -> Result<Id> {
    let invitation = redeemable(tx, &body.token)?;
    if people::by_email(tx, &invitation.email_key)?.is_some() {
        let detail = "This address has an account. Sign in with it, and accept the invitation there.";
        return Err(Error::conflict("account_exists", detail));
    }
    tx.take(Id::NIL)?;
    tx.take(invitation.network_id)?;
    let person = PersonRow {
        id: Id::new(),
        kind: PersonKind::Person,
        email: Some(invitation.email.clone()),
        email_key: Some(invitation.email_key.clone()),
        display_name: body.display_name.to_string(),
        locale: body.locale.unwrap_or_default(),
        system_role: SystemRole::None,
        active: true,
        password_hash: password_hash.map(Into::into),
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest: Vec::new(),
    };
    tx.acting = Some(person.id);
    people::add(tx, &person)?;
    if let Some(subject) = subject {
        identities::link(tx, subject, person.id)?;
    }
    accept(tx, invitation, person.id)?;
    Ok(person.id)
}

/// Accepts an invitation to the address of the person who is signed in.
pub fn accept_as(tx: &mut Tx<'_>, person_id: Id, token: &str) -> Result<Created<Member>> {
    let invitation = redeemable(tx, token)?;
    let person = people::find(tx, person_id)?.ok_or(Error::NotFound)?;
    if person.email_key.as_deref() != Some(invitation.email_key.as_str()) {
        return Err(Error::Forbidden("This invitation is to another address than yours.".into()));
    }
    tx.take(invitation.network_id)?;
    accept(tx, invitation, person_id)
}

fn accept(tx: &mut Tx<'_>, invitation: InvitationRow, person_id: Id) -> Result<Created<Member>> {
    // Whoever marks it first has it; a second use finds it used.
    if !store::mark_accepted(tx, invitation.id)? {
        return Err(used());
    }
    if store::is_archived(tx, invitation.network_id)? {
        return Err(Error::conflict("network_archived", "The network is archived and takes no changes."));
    }
    let member = members::enrol(tx, invitation.network_id, person_id, invitation.role, invitation.ends_at)?;
    let accepted = InvitationRow { accepted_at: Some(tx.now), ..invitation };
    tx.note("accepted", &accepted.shown(None));
    Ok(member)
}

/// The invitation of a token that can still be redeemed. An unknown token, one taken back and one that expired look the
/// same.
fn redeemable(tx: &mut Tx<'_>, token: &str) -> Result<InvitationRow> {
    match store::by_token(tx, &tokens::hash(token))? {
        Some(invitation) if invitation.accepted_at.is_some() => Err(used()),
        Some(invitation) if invitation.expires_at > tx.now => Ok(invitation),
        _ => Err(Error::conflict(
            "invitation_invalid",
            "The invitation is unknown, was taken back or has expired.",
        )),
    }
}

fn used() -> Error {
    Error::conflict("invitation_used", "The invitation has been used.")
}
