//! Privacy policies: what becomes of a text that tells who somebody is, for each network to say. That reduces a risk, and
//! makes nothing anonymous.

pub mod api;
mod store;
pub mod types;

use crate::access::Tx;
use crate::error::Result;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use types::{PolicyRow, PrivacyPolicy, PrivacyPolicyPatch};

/// What holds in a network.
pub fn of_network(tx: &mut Tx<'_>, network_id: Id) -> Result<PolicyRow> {
    let said = store::find(tx, network_id)?;
    Ok(said.unwrap_or_else(|| PolicyRow::usual(network_id, tx.now)))
}

pub fn update(
    tx: &mut Tx<'_>,
    network_id: Id,
    if_match: &IfMatch,
    patch: PrivacyPolicyPatch,
) -> Result<PrivacyPolicy> {
    let mut policy = of_network(tx, network_id)?;
    if_match.demand(policy.version)?;
    patch.iban.apply(&mut policy.iban, |handling| handling);
    patch.email.apply(&mut policy.email, |handling| handling);
    patch.phone.apply(&mut policy.phone, |handling| handling);
    patch.address.apply(&mut policy.address, |handling| handling);
    patch.birth_date.apply(&mut policy.birth_date, |handling| handling);
    patch.name.apply(&mut policy.name, |handling| handling);
    policy.version += 1;
    policy.updated_at = tx.now;
    store::save(tx, &policy)?;
    tx.renew_text_guard(network_id)?;
    let shown = PrivacyPolicy::from(&policy);
    tx.note("updated", &shown);
    Ok(shown)
}
