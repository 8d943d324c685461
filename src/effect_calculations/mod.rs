//! Effect calculations (effectencalculaties): what happens around one case, with an intervention and without it, put to
//! prices. A model to think with, of one case: its difference is not a saving.

pub mod api;
mod periods;
mod pricing;
mod references;
pub mod result;
pub mod rules;
mod store;
mod sums;
#[cfg(test)]
mod tests;
pub mod types;

use crate::access::Tx;
use crate::edits::Edit;
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::practice::Withdrawal;
use crate::record::{self, Created};
use crate::transitions;
use result::EffectCalculationResult;
use types::{EffectCalculation, EffectCalculationCreate, EffectCalculationPatch};

pub fn create(
    tx: &mut Tx<'_>,
    network_id: Id,
    author_id: Id,
    body: &EffectCalculationCreate,
) -> Result<Created<EffectCalculation>> {
    let digest = tx.digest(body.id, network_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == network_id;
        return record::replay(stored, &digest, here);
    }
    let calculation = rules::begin(body, network_id, author_id, digest, tx.now);
    references::stand(tx, &calculation, None)?;
    store::insert(tx, &calculation)?;
    tx.note("created", &calculation);
    Ok(Created::fresh(calculation))
}

pub fn update(
    tx: &mut Tx<'_>,
    mut calculation: EffectCalculation,
    if_match: &IfMatch,
    patch: EffectCalculationPatch,
) -> Result<EffectCalculation> {
    if_match.demand(calculation.version)?;
    let before = calculation.clone();
    rules::amend(&mut calculation, patch)?;
    references::stand(tx, &calculation, Some(&before))?;
    store::save(tx, &mut calculation)?;
    tx.note("updated", &calculation);
    Ok(calculation)
}

pub fn withdraw(
    tx: &mut Tx<'_>,
    calculation: EffectCalculation,
    person_id: Id,
    if_match: &IfMatch,
    body: &Withdrawal,
) -> Result<EffectCalculation> {
    transitions::move_one(tx, person_id, Edit { record: calculation, if_match, body }, store::save)
}

/// What it comes to. Published prices stay as they are, so that this does, too, as long as the calculation does.
pub fn result(tx: &mut Tx<'_>, calculation: &EffectCalculation) -> Result<EffectCalculationResult> {
    let published = references::versions(tx, calculation)?;
    result::of(calculation, |entry| references::price_of(&published, entry))
        .ok_or_else(|| Error::internal("a calculation names a price that is not there"))
}
