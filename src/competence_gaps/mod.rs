//! What the citizens' questions ask for and nobody says they have: for a network, and for oneself.

pub mod api;
pub mod rules;
mod store;
pub mod types;

use crate::access::{Sight, Tx};
use crate::competences::types::Competence;
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use std::collections::HashMap;
use store::Scope;
use types::{CompetenceGap, GapFilter, Held, MyCompetenceGap};

/// The gaps of a network: made of its questions and of what its members disclose, and so the same for whoever asks.
pub fn of_network(
    tx: &mut Tx<'_>,
    network_id: Id,
    filter: &GapFilter,
    page: &Page,
) -> Result<Vec<CompetenceGap>> {
    let mut asked = rules::gather(store::asking(tx, Scope::Networks(vec![network_id]))?);
    let held = filter.held.unwrap_or(Held::Unknown);
    let ids = rules::known(&asked, &store::disclosed_in(tx, network_id)?, held);
    let gap = |competence: Competence| {
        let asked = asked.remove(&competence.id).unwrap_or_default();
        CompetenceGap {
            competence_id: competence.id,
            network_id: competence.network_id,
            name: competence.name,
            held,
            question_count: asked.count,
            question_ids: asked.question_ids,
            created_at: competence.created_at,
        }
    };
    Ok(store::page_of(tx, ids, page)?.into_iter().map(gap).collect())
}

/// What the questions that somebody may read ask of them and they have not stated: questions of the networks they are a
/// member of, of the cycles they are a guest in, and of those that a network of theirs shares.
pub fn of_person(tx: &mut Tx<'_>, person_id: Id, page: &Page) -> Result<Vec<MyCompetenceGap>> {
    let Sight { networks, cycles, homes } = tx.sight(person_id)?;
    let networks = store::active(tx, networks)?;
    let homes = store::active(tx, homes)?;
    let mut asking = store::asking(tx, Scope::Networks(networks))?;
    asking.extend(store::asking(tx, Scope::Cycles { homes, cycles })?);
    let mut asked = rules::gather(asking);
    let ids = rules::known(&asked, &store::stated_by(tx, person_id)?, Held::Unknown);
    let goals: HashMap<Id, Id> = store::open_goals_of(tx, person_id)?.into_iter().collect();
    let gap = |competence: Competence| {
        let asked = asked.remove(&competence.id).unwrap_or_default();
        MyCompetenceGap {
            competence_id: competence.id,
            network_id: competence.network_id,
            name: competence.name,
            held: Held::Unknown,
            question_count: asked.count,
            question_ids: asked.question_ids,
            learning_goal_id: goals.get(&competence.id).copied(),
            created_at: competence.created_at,
        }
    };
    Ok(store::page_of(tx, ids, page)?.into_iter().map(gap).collect())
}
