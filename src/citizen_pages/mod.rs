//! Citizen pages: what a network holds about a pseudonym and shares inside, for a coordinator to hand to the citizen whom it
//! stands for. What is somebody else's too is left out of it, and counted. The page is made when it is asked for, so what was
//! corrected or erased meanwhile is on it as it is now.

pub mod api;
mod page;
pub mod rules;
mod store;
pub mod types;
mod words;

use crate::access::Tx;
use crate::controllership;
use crate::error::Result;
use crate::identifiers::{Certainty, IdentifierKind, Names};
use crate::networks;
use crate::pseudonyms::types::Pseudonym;
use crate::screening;
use crate::subject_exports;
pub use api::read_by_citizen;
pub use page::{gone, html};
use rules::Told;
use types::CitizenPage;

/// The page about a pseudonym, as all of it stands at the moment of this transaction.
pub fn of_pseudonym(tx: &mut Tx<'_>, pseudonym: &Pseudonym) -> Result<CitizenPage> {
    let network_id = pseudonym.network_id;
    let held = subject_exports::held(tx, pseudonym)?;
    let grounds = store::grounds(tx, pseudonym, &held)?;
    let watch = tx.watch_now(network_id)?;
    let staff = store::names_of_staff(tx, network_id)?;
    let staff = Names::new(staff.iter().flat_map(|name| [name.as_str(), rules::first_name(name)]));
    // Whoever wrote a text judged what may be a number and is none; on paper that leaves the house, the rest is not risked.
    let names = |text: &str| {
        let mut found = screening::foresee(&watch, text).into_iter();
        found.any(|(found, _)| found.certainty == Certainty::Strong || found.kind == IdentifierKind::Name)
            || rules::names_one_of(&staff, text)
    };
    let Told { chapters, perceptions, effect_calculations, research_consents, left_out } =
        rules::told(held, &grounds, names);
    let network = networks::find(tx, network_id)?;
    let (controllerships, organisations) = controllership::of_all(tx, &[network_id])?;
    let named = controllerships.get(&network_id);
    let controllers = named.map(|named| named.controllers.as_slice()).unwrap_or_default();
    let controllers = controllers.iter().filter_map(|one| organisations.get(&one.organisation_id).cloned());
    Ok(CitizenPage {
        pseudonym_id: pseudonym.id,
        network_id,
        label: pseudonym.label.clone(),
        network: network.map(|network| network.name).unwrap_or_default(),
        made_at: tx.now,
        chapters,
        perceptions,
        effect_calculations,
        research_consents,
        left_out,
        controllers: controllers.collect(),
        contact_point: named.and_then(|named| named.contact_point.clone()),
    })
}
