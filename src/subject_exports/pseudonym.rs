//! All that is held about a pseudonym.

use super::accesses;
use super::bundle::Bundle;
use super::index::{self, Subject};
use super::store::pseudonym as store;
use crate::access::Tx;
use crate::error::Result;
use crate::people::types::Locale;
use crate::pseudonyms::types::Pseudonym;
use std::fs::File;

/// Writes the export of a pseudonym, as all of it stands at the moment of this transaction.
pub fn of_pseudonym(tx: &mut Tx<'_>, pseudonym: &Pseudonym, language: Locale) -> Result<File> {
    let trail = store::trail(tx, pseudonym)?;
    let mut bundle = Bundle::new(tx.now, Some(pseudonym.id))?;
    bundle.one("pseudonym", pseudonym)?;
    bundle.of_ids(tx, "questions", &trail.questions, store::questions)?;
    bundle.of_ids(tx, "returns", &trail.returns, store::returns)?;
    bundle.of_ids(tx, "observations", &trail.observations, store::observations)?;
    bundle.of_ids(tx, "reflections", &trail.reflections, store::reflections)?;
    bundle.of_ids(tx, "actions", &trail.actions, store::actions)?;
    bundle.of_ids(tx, "evaluations", &trail.evaluations, store::evaluations)?;
    bundle.of_ids(tx, "action-reviews", &trail.action_reviews, store::action_reviews)?;
    bundle.of_ids(tx, "perceptions", &trail.perceptions, store::perceptions)?;
    bundle.of_ids(tx, "effect-calculations", &trail.effect_calculations, store::effect_calculations)?;
    bundle.of_ids(tx, "research-consents", &trail.research_consents, store::research_consents)?;
    bundle.of_ids(tx, "data-subject-requests", &trail.data_subject_requests, store::data_subject_requests)?;
    bundle.of_ids(tx, "transitions", &trail.subjects(), |tx, part| {
        store::transitions(tx, pseudonym.network_id, part)
    })?;
    accesses::of_pseudonym(tx, &mut bundle, pseudonym, &trail)?;
    let index = index::page(tx, &Subject::Pseudonym(&pseudonym.label), bundle.files(), language)?;
    bundle.finish(&index)
}
