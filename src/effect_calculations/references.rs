//! What an effect calculation refers to, and whether it stands: its case and its place in the work, the prices and the
//! evidence of its entries.

use super::rules;
use super::store;
use super::types::{EffectCalculation, TimelineEntry};
use crate::access::Tx;
use crate::error::{Error, FieldError, Result};
use crate::ids::Id;
use crate::practice::{all_found, dangling, entries_but};
use crate::price_lists::prices::Price;
use crate::price_lists::{self, Published};
use crate::store::in_parts;
use std::collections::HashSet;

/// The versions that the entries are priced from, those of them that are published.
pub fn versions(tx: &mut Tx<'_>, calculation: &EffectCalculation) -> Result<Vec<Published>> {
    price_lists::published(tx, &named(calculation, |entry| vec![entry.price_list_version_id]))
}

/// The price that an entry names.
pub fn price_of<'p>(published: &'p [Published], entry: &TimelineEntry) -> Option<(&'p Published, &'p Price)> {
    let version = published.iter().find(|one| one.version.id == entry.price_list_version_id)?;
    let price = version.version.prices.iter().find(|price| price.code == entry.price_code)?;
    Some((version, price))
}

/// 409 with a pointer for everything that does not stand in the network, or goes with nothing. What the calculation named
/// `before` was judged then: evidence that was withdrawn since does not keep its author from going on.
pub fn stand(
    tx: &mut Tx<'_>,
    calculation: &EffectCalculation,
    before: Option<&EffectCalculation>,
) -> Result<()> {
    let network_id = calculation.network_id;
    let mut faults = Vec::new();
    if !store::has_pseudonym(tx, network_id, calculation.pseudonym_id)? {
        faults.push(dangling("pseudonymId", calculation.pseudonym_id));
    }
    if let Some(id) = calculation.cycle_id
        && !store::has_cycle(tx, network_id, id)?
    {
        faults.push(dangling("cycleId", id));
    }
    let mut misfits = Vec::new();
    if let Some(id) = calculation.action_id
        && before.and_then(|before| before.action_id) != Some(id)
    {
        match store::cycle_of_action(tx, network_id, id)? {
            None => faults.push(dangling("actionId", id)),
            Some(cycle_id) if calculation.cycle_id.is_some_and(|named| named != cycle_id) => {
                misfits.push(FieldError::new("/actionId", "inconsistent", "Is an action of another cycle."));
            }
            Some(_) => {}
        }
    }
    evidence_stands(tx, calculation, before, &mut faults)?;
    let published = versions(tx, calculation)?;
    for (member, entries) in calculation.timelines() {
        for (index, entry) in entries.iter().enumerate() {
            let member = format!("{member}/{index}");
            match price_of(&published, entry) {
                Some((_, price)) if rules::goes_with(price, entry.per) => {}
                Some(_) => {
                    let detail = "The price is for a longer time than that: units would overlap.";
                    misfits.push(FieldError::new(format!("/{member}/per"), "inconsistent", detail));
                }
                None if published.iter().any(|one| one.version.id == entry.price_list_version_id) => {
                    let detail = format!("The version has no price {}.", &*entry.price_code);
                    faults.push(FieldError::new(format!("/{member}/priceCode"), "not_found", detail));
                }
                None => {
                    let member = format!("{member}/priceListVersionId");
                    faults.push(dangling(&member, entry.price_list_version_id));
                }
            }
        }
    }
    all_found(faults)?;
    if misfits.is_empty() { Ok(()) } else { Err(Error::inconsistent(misfits)) }
}

fn evidence_stands(
    tx: &mut Tx<'_>,
    calculation: &EffectCalculation,
    before: Option<&EffectCalculation>,
    faults: &mut Vec<FieldError>,
) -> Result<()> {
    let network_id = calculation.network_id;
    let known = |calculation: &EffectCalculation, ids: fn(&TimelineEntry) -> Vec<Id>| -> HashSet<Id> {
        named(calculation, ids).into_iter().collect()
    };
    let mut observations = before.map(|before| known(before, observed)).unwrap_or_default();
    let mut evaluations = before.map(|before| known(before, evaluated)).unwrap_or_default();
    let asked = named(calculation, observed);
    observations.extend(in_parts(&asked, |part| store::observations_standing(tx, network_id, part))?);
    let asked = named(calculation, evaluated);
    evaluations.extend(in_parts(&asked, |part| store::evaluations_standing(tx, network_id, part))?);
    for (member, entries) in calculation.timelines() {
        for (index, entry) in entries.iter().enumerate() {
            let at = |name: &str| format!("{member}/{index}/{name}");
            entries_but(&at("observationIds"), &observed(entry), |id| observations.contains(id), faults);
            entries_but(&at("evaluationIds"), &evaluated(entry), |id| evaluations.contains(id), faults);
        }
    }
    Ok(())
}

fn observed(entry: &TimelineEntry) -> Vec<Id> {
    entry.observation_ids.as_deref().unwrap_or_default().to_vec()
}

fn evaluated(entry: &TimelineEntry) -> Vec<Id> {
    entry.evaluation_ids.as_deref().unwrap_or_default().to_vec()
}

/// The different ids that entries name.
fn named(calculation: &EffectCalculation, ids: impl Fn(&TimelineEntry) -> Vec<Id>) -> Vec<Id> {
    let all: HashSet<Id> =
        calculation.timelines().into_iter().flat_map(|(_, entries)| entries).flat_map(ids).collect();
    all.into_iter().collect()
}
