//! What records of a pseudonym rest on, and which of it is somebody else's, in the database.

use super::rules::Grounds;
use crate::access::Tx;
use crate::db::schema::{
    action_reflections, members, observation_pseudonyms, observations, participants, people, questions,
    reflection_observations,
};
use crate::ids::Id;
use crate::people::types::PersonKind;
use crate::pseudonyms::types::Pseudonym;
use crate::store::in_parts;
use crate::subject_exports::Held;
use diesel::prelude::*;
use std::collections::{BTreeSet, HashMap, HashSet};

/// What the records rest on. Reflections that are kept to their author lead from an action to its observations, too.
pub fn grounds(tx: &mut Tx<'_>, pseudonym: &Pseudonym, held: &Held) -> QueryResult<Grounds> {
    let network_id = pseudonym.network_id;
    let actions: Vec<Id> = held.actions.iter().map(|action| action.id).collect();
    let of_actions: Vec<(Id, Id)> = in_parts(&actions, |part| {
        action_reflections::table
            .filter(action_reflections::network_id.eq(network_id))
            .filter(action_reflections::action_id.eq_any(part))
            .select((action_reflections::action_id, action_reflections::reflection_id))
            .load(tx.conn())
    })?;
    let reflections = held.reflections.iter().map(|reflection| reflection.id);
    let reflections = distinct(reflections.chain(of_actions.iter().map(|(_, reflection)| *reflection)));
    let of_reflections: Vec<(Id, Id)> = in_parts(&reflections, |part| {
        reflection_observations::table
            .filter(reflection_observations::network_id.eq(network_id))
            .filter(reflection_observations::reflection_id.eq_any(part))
            .select((reflection_observations::reflection_id, reflection_observations::observation_id))
            .load(tx.conn())
    })?;
    let observations = held.observations.iter().map(|observation| observation.id);
    let observations = distinct(observations.chain(of_reflections.iter().map(|(_, seen)| *seen)));
    Ok(Grounds {
        about_others: about_others(tx, pseudonym, &observations)?,
        of_actions: by_first(of_actions),
        of_reflections: by_first(of_reflections),
    })
}

/// Those of the observations that are about another than the pseudonym, were seen by another, or bear on the question of
/// another.
fn about_others(tx: &mut Tx<'_>, pseudonym: &Pseudonym, ids: &[Id]) -> QueryResult<HashSet<Id>> {
    let (network_id, own) = (pseudonym.network_id, pseudonym.id);
    let mut others: HashSet<Id> = in_parts(ids, |part| {
        observation_pseudonyms::table
            .filter(observation_pseudonyms::network_id.eq(network_id))
            .filter(observation_pseudonyms::observation_id.eq_any(part))
            .filter(observation_pseudonyms::pseudonym_id.ne(own))
            .select(observation_pseudonyms::observation_id)
            .load(tx.conn())
    })?
    .into_iter()
    .collect();
    others.extend(in_parts(ids, |part| {
        observations::table
            .filter(observations::network_id.eq(network_id))
            .filter(observations::id.eq_any(part))
            .filter(observations::on_behalf_of_pseudonym_id.ne(own))
            .select(observations::id)
            .load::<Id>(tx.conn())
    })?);
    others.extend(in_parts(ids, |part| {
        let asked = observations::network_id
            .eq(questions::network_id)
            .and(observations::question_id.eq(questions::id.nullable()));
        observations::table
            .inner_join(questions::table.on(asked))
            .filter(observations::network_id.eq(network_id))
            .filter(observations::id.eq_any(part))
            .filter(questions::pseudonym_id.ne(own))
            .select(observations::id)
            .load::<Id>(tx.conn())
    })?);
    Ok(others)
}

/// The names of the people who are or were members of a network, or guests in its cycles.
pub fn names_of_staff(tx: &mut Tx<'_>, network_id: Id) -> QueryResult<Vec<String>> {
    let members = members::table.filter(members::network_id.eq(network_id)).select(members::person_id);
    let guests =
        participants::table.filter(participants::network_id.eq(network_id)).select(participants::person_id);
    people::table
        .filter(people::kind.eq(PersonKind::Person))
        .filter(people::id.eq_any(members).or(people::id.eq_any(guests)))
        .select(people::display_name)
        .load(tx.conn())
}

fn distinct(ids: impl Iterator<Item = Id>) -> Vec<Id> {
    ids.collect::<BTreeSet<Id>>().into_iter().collect()
}

fn by_first(pairs: Vec<(Id, Id)>) -> HashMap<Id, Vec<Id>> {
    let mut grouped: HashMap<Id, Vec<Id>> = HashMap::new();
    for (first, second) in pairs {
        grouped.entry(first).or_default().push(second);
    }
    grouped
}
