//! What is held about a pseudonym, for what tells of it otherwise than an export: all records of its trail.

use super::store::{PIECE, pseudonym as store};
use crate::access::Tx;
use crate::actions::types::Action;
use crate::effect_calculations::types::EffectCalculation;
use crate::effect_squares::perceptions::types::Perception;
use crate::error::Result;
use crate::evaluations::types::Evaluation;
use crate::ids::Id;
use crate::observations::types::Observation;
use crate::pseudonyms::types::Pseudonym;
use crate::questions::types::{Question, Return};
use crate::reflections::types::Reflection;
use crate::research_consents::types::ResearchConsent;
use crate::sessions::reviews::types::ActionReview;
use diesel::QueryResult;
use std::collections::HashSet;

/// The records that an export of the pseudonym holds, withdrawn ones among them; each kind in the order of their ids.
#[derive(Clone, Debug, Default)]
pub struct Held {
    pub questions: Vec<Question>,
    pub returns: Vec<Return>,
    pub observations: Vec<Observation>,
    pub reflections: Vec<Reflection>,
    pub actions: Vec<Action>,
    pub evaluations: Vec<Evaluation>,
    pub action_reviews: Vec<ActionReview>,
    pub perceptions: Vec<Perception>,
    pub effect_calculations: Vec<EffectCalculation>,
    pub research_consents: Vec<ResearchConsent>,
}

pub fn held(tx: &mut Tx<'_>, pseudonym: &Pseudonym) -> Result<Held> {
    let trail = store::trail(tx, pseudonym)?;
    Ok(Held {
        questions: read(tx, &trail.questions, store::questions)?,
        returns: read(tx, &trail.returns, store::returns)?,
        observations: read(tx, &trail.observations, store::observations)?,
        reflections: read(tx, &trail.reflections, store::reflections)?,
        actions: read(tx, &trail.actions, store::actions)?,
        evaluations: read(tx, &trail.evaluations, store::evaluations)?,
        action_reviews: read(tx, &trail.action_reviews, store::action_reviews)?,
        perceptions: read(tx, &trail.perceptions, store::perceptions)?,
        effect_calculations: read(tx, &trail.effect_calculations, store::effect_calculations)?,
        research_consents: read(tx, &trail.research_consents, store::research_consents)?,
    })
}

/// The ids of all that an export of the pseudonym holds, its own among them, but for what was asked about it.
pub fn ids_held(tx: &mut Tx<'_>, pseudonym: &Pseudonym) -> Result<HashSet<Id>> {
    let trail = store::trail(tx, pseudonym)?;
    let held: HashSet<Id> = trail.subjects().into_iter().chain([pseudonym.id]).collect();
    Ok(held.into_iter().filter(|id| !trail.data_subject_requests.contains(id)).collect())
}

fn read<R>(
    tx: &mut Tx<'_>,
    ids: &[Id],
    load: impl Fn(&mut Tx<'_>, &[Id]) -> QueryResult<Vec<R>>,
) -> QueryResult<Vec<R>> {
    let mut records = Vec::with_capacity(ids.len());
    for part in ids.chunks(PIECE as usize) {
        records.extend(load(tx, part)?);
    }
    Ok(records)
}
