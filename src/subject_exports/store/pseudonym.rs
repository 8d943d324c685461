//! What is held about a pseudonym. What names it is found by its id, and what follows from that by theirs.

use crate::access::Tx;
use crate::actions::types::Action;
use crate::data_subject_requests::types::DataSubjectRequest;
use crate::db::schema::{
    action_reflections, action_reviews, actions, data_subject_requests, effect_calculations, evaluations,
    observation_pseudonyms, observations, perceptions, questions, reflection_observations, reflections,
    research_consents, returns, transitions,
};
use crate::effect_calculations::types::EffectCalculation;
use crate::effect_squares::perceptions::types::Perception;
use crate::evaluations::types::Evaluation;
use crate::ids::Id;
use crate::observations::types::Observation;
use crate::pseudonyms::types::Pseudonym;
use crate::questions::types::{Question, Return};
use crate::reflections::types::{Reflection, Visibility};
use crate::research_consents::types::ResearchConsent;
use crate::sessions::reviews::types::ActionReview;
use crate::store::in_parts;
use crate::transitions::Transition;
use diesel::prelude::*;
use std::collections::BTreeSet;

/// The ids of what an export holds, each kind in their order.
#[derive(Debug, Default)]
pub struct Trail {
    pub questions: Vec<Id>,
    pub returns: Vec<Id>,
    pub observations: Vec<Id>,
    /// Those that the network sees.
    pub reflections: Vec<Id>,
    pub actions: Vec<Id>,
    pub evaluations: Vec<Id>,
    pub action_reviews: Vec<Id>,
    pub perceptions: Vec<Id>,
    pub effect_calculations: Vec<Id>,
    pub research_consents: Vec<Id>,
    pub data_subject_requests: Vec<Id>,
}

impl Trail {
    /// Those that the access log does not know to be about the pseudonym: they follow from what is.
    pub fn following(&self) -> Vec<Id> {
        let kinds = [
            &self.reflections,
            &self.actions,
            &self.evaluations,
            &self.action_reviews,
            &self.research_consents,
        ];
        kinds.into_iter().flatten().copied().collect()
    }

    /// All of them, as what can have moved.
    pub fn subjects(&self) -> Vec<Id> {
        let kinds = [
            &self.questions,
            &self.returns,
            &self.observations,
            &self.reflections,
            &self.actions,
            &self.evaluations,
            &self.action_reviews,
            &self.perceptions,
            &self.effect_calculations,
            &self.research_consents,
            &self.data_subject_requests,
        ];
        kinds.into_iter().flatten().copied().collect()
    }
}

/// What names a pseudonym, and what follows from it.
pub fn trail(tx: &mut Tx<'_>, pseudonym: &Pseudonym) -> QueryResult<Trail> {
    let (network_id, id) = (pseudonym.network_id, pseudonym.id);
    /// The ids of the rows of a table of the network that name it in a column.
    macro_rules! naming {
        ($table:ident) => {
            $table::table
                .filter($table::network_id.eq(network_id))
                .filter($table::pseudonym_id.eq(id))
                .order($table::id)
                .select($table::id)
                .load(tx.conn())?
        };
    }
    let questions: Vec<Id> = naming!(questions);
    let perceptions = naming!(perceptions);
    let effect_calculations = naming!(effect_calculations);
    let research_consents = naming!(research_consents);
    let data_subject_requests = naming!(data_subject_requests);
    let returns = following(&questions, |part| {
        returns::table
            .filter(returns::network_id.eq(network_id))
            .filter(returns::question_id.eq_any(part))
            .select(returns::id)
            .load(tx.conn())
    })?;
    let observations = observations_about(tx, pseudonym, &questions)?;
    let thoughts = following(&observations, |part| {
        reflection_observations::table
            .filter(reflection_observations::network_id.eq(network_id))
            .filter(reflection_observations::observation_id.eq_any(part))
            .select(reflection_observations::reflection_id)
            .load(tx.conn())
    })?;
    let reflections = following(&thoughts, |part| {
        reflections::table
            .filter(reflections::network_id.eq(network_id))
            .filter(reflections::id.eq_any(part))
            .filter(reflections::visibility.eq(Visibility::Network))
            .select(reflections::id)
            .load(tx.conn())
    })?;
    let actions = following(&thoughts, |part| {
        action_reflections::table
            .filter(action_reflections::network_id.eq(network_id))
            .filter(action_reflections::reflection_id.eq_any(part))
            .select(action_reflections::action_id)
            .load(tx.conn())
    })?;
    let evaluations = following(&actions, |part| {
        evaluations::table
            .filter(evaluations::network_id.eq(network_id))
            .filter(evaluations::action_id.eq_any(part))
            .select(evaluations::id)
            .load(tx.conn())
    })?;
    let action_reviews = following(&actions, |part| {
        action_reviews::table
            .filter(action_reviews::network_id.eq(network_id))
            .filter(action_reviews::action_id.eq_any(part))
            .select(action_reviews::id)
            .load(tx.conn())
    })?;
    Ok(Trail {
        questions,
        returns,
        observations,
        reflections,
        actions,
        evaluations,
        action_reviews,
        perceptions,
        effect_calculations,
        research_consents,
        data_subject_requests,
    })
}

/// Observations about it or that it made, and those that bear on a question of its and are about nobody else.
fn observations_about(tx: &mut Tx<'_>, pseudonym: &Pseudonym, questions: &[Id]) -> QueryResult<Vec<Id>> {
    let (network_id, id) = (pseudonym.network_id, pseudonym.id);
    let mut found: BTreeSet<Id> = observation_pseudonyms::table
        .filter(observation_pseudonyms::network_id.eq(network_id))
        .filter(observation_pseudonyms::pseudonym_id.eq(id))
        .select(observation_pseudonyms::observation_id)
        .load::<Id>(tx.conn())?
        .into_iter()
        .collect();
    let seen_by: Vec<Id> = observations::table
        .filter(observations::network_id.eq(network_id))
        .filter(observations::on_behalf_of_pseudonym_id.eq(id))
        .select(observations::id)
        .load(tx.conn())?;
    found.extend(seen_by);
    let bearing = in_parts(questions, |part| {
        observations::table
            .filter(observations::network_id.eq(network_id))
            .filter(observations::question_id.eq_any(part))
            .filter(observations::on_behalf_of_pseudonym_id.is_null())
            .select(observations::id)
            .load(tx.conn())
    })?;
    let of_somebody: Vec<Id> = in_parts(&bearing, |part| {
        observation_pseudonyms::table
            .filter(observation_pseudonyms::network_id.eq(network_id))
            .filter(observation_pseudonyms::observation_id.eq_any(part))
            .select(observation_pseudonyms::observation_id)
            .load(tx.conn())
    })?;
    found.extend(bearing.into_iter().filter(|seen| !of_somebody.contains(seen)));
    Ok(found.into_iter().collect())
}

/// The ids that lead on from others, each once and in their order.
fn following(ids: &[Id], look: impl FnMut(&[Id]) -> QueryResult<Vec<Id>>) -> QueryResult<Vec<Id>> {
    let found: BTreeSet<Id> = in_parts(ids, look)?.into_iter().collect();
    Ok(found.into_iter().collect())
}

/// A function that reads records by their ids, in their order.
macro_rules! of_ids {
    ($name:ident, $table:ident, $record:ty) => {
        pub fn $name(tx: &mut Tx<'_>, ids: &[Id]) -> QueryResult<Vec<$record>> {
            $table::table.filter($table::id.eq_any(ids)).order($table::id).load(tx.conn())
        }
    };
}

of_ids!(questions, questions, Question);
of_ids!(returns, returns, Return);
of_ids!(observations, observations, Observation);
of_ids!(reflections, reflections, Reflection);
of_ids!(actions, actions, Action);
of_ids!(evaluations, evaluations, Evaluation);
of_ids!(action_reviews, action_reviews, ActionReview);
of_ids!(perceptions, perceptions, Perception);
of_ids!(effect_calculations, effect_calculations, EffectCalculation);
of_ids!(research_consents, research_consents, ResearchConsent);
of_ids!(data_subject_requests, data_subject_requests, DataSubjectRequest);

/// The moves of records of a network.
pub fn transitions(tx: &mut Tx<'_>, network_id: Id, subject_ids: &[Id]) -> QueryResult<Vec<Transition>> {
    transitions::table
        .filter(transitions::network_id.eq(network_id))
        .filter(transitions::subject_id.eq_any(subject_ids))
        .order((transitions::created_at, transitions::id))
        .load(tx.conn())
}
