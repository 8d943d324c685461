//! Partners: the organisations behind a network, each with a role, for a time.

pub mod api;
pub mod rules;
mod store;
pub mod types;

use crate::access::Tx;
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::practice::dangling;
use crate::record::{self, Created};
use crate::term;
use types::{Partner, PartnerCreate, PartnerPatch};

/// Takes an organisation on as a partner.
pub fn create(tx: &mut Tx<'_>, network_id: Id, body: &PartnerCreate) -> Result<Created<Partner>> {
    let digest = tx.digest(body.id, network_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == network_id;
        return record::replay(stored, &digest, here);
    }
    if !store::organisation_stands(tx, body.organisation_id)? {
        return Err(Error::dangling(vec![dangling("organisationId", body.organisation_id)]));
    }
    let partner = Partner {
        id: body.id.unwrap_or_default(),
        network_id,
        organisation_id: body.organisation_id,
        role: body.role,
        starts_at: body.starts_at.unwrap_or(tx.now),
        ends_at: body.ends_at,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    may_stand(tx, &partner)?;
    store::insert(tx, &partner)?;
    tx.note("created", &partner);
    Ok(Created::fresh(partner))
}

/// Sets or moves the end of a partnership, or takes a planned end back.
pub fn update(
    tx: &mut Tx<'_>,
    mut partner: Partner,
    if_match: &IfMatch,
    patch: &PartnerPatch,
) -> Result<Partner> {
    if_match.demand(partner.version)?;
    term::not_ended("The partnership", partner.ends_at, tx.now)?;
    term::may_end(partner.starts_at, &patch.ends_at)?;
    patch.ends_at.clone().apply(&mut partner.ends_at, |end| end);
    may_stand(tx, &partner)?;
    store::save(tx, &mut partner)?;
    tx.note("updated", &partner);
    Ok(partner)
}

/// Ends a partnership now, or one that has yet to begin before it does.
pub fn end(tx: &mut Tx<'_>, mut partner: Partner, if_match: &IfMatch) -> Result<()> {
    if_match.demand(partner.version)?;
    term::not_ended("The partnership", partner.ends_at, tx.now)?;
    partner.ends_at = Some(tx.now);
    store::save(tx, &mut partner)?;
    tx.note("ended", &partner);
    Ok(())
}

fn may_stand(tx: &mut Tx<'_>, partner: &Partner) -> Result<()> {
    let beside = store::at_the_same_time(tx, partner)?;
    rules::may_stand(partner, &beside)
}
