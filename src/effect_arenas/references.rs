//! What an arena refers to: who made it and where, the partners on its board, and what its parts are seen by. What stood on
//! it already stays, whatever came of it since.

use super::content::ArenaContent;
use super::store;
use super::types::EffectArena;
use crate::access::Tx;
use crate::error::{FieldError, Result};
use crate::ids::Id;
use crate::practice::{all_found, dangling, dangling_entries, people_in_cycle};
use crate::sessions;

/// 409 with a pointer for each reference that does not stand. Without `all_cycles` evidence is of the arena's own cycle.
pub fn stand(
    tx: &mut Tx<'_>,
    arena: &EffectArena,
    before: Option<&EffectArena>,
    all_cycles: bool,
) -> Result<()> {
    let mut faults = Vec::new();
    session_stands(tx, arena, before, &mut faults)?;
    let known = before.map(|before| before.participant_ids.to_vec()).unwrap_or_default();
    people_stand(tx, arena, known, &mut faults)?;
    board_stands(tx, arena, before.map(|before| &before.content.0), all_cycles, &mut faults)?;
    all_found(faults)
}

fn session_stands(
    tx: &mut Tx<'_>,
    arena: &EffectArena,
    before: Option<&EffectArena>,
    faults: &mut Vec<FieldError>,
) -> Result<()> {
    let Some(session_id) = arena.session_id else { return Ok(()) };
    if before.is_some_and(|before| before.session_id == Some(session_id)) {
        return Ok(());
    }
    let found = match arena.cycle_id {
        Some(cycle_id) => sessions::joined(tx, arena.network_id, cycle_id, session_id)?,
        None => sessions::find(tx, session_id)?.filter(|session| session.network_id == arena.network_id),
    };
    if found.is_none() {
        faults.push(dangling("sessionId", session_id));
    }
    Ok(())
}

fn people_stand(
    tx: &mut Tx<'_>,
    arena: &EffectArena,
    mut known: Vec<Id>,
    faults: &mut Vec<FieldError>,
) -> Result<()> {
    if arena.participant_ids.iter().any(|person| !known.contains(person)) {
        let cycle_id = arena.cycle_id.unwrap_or(Id::NIL);
        known.extend(people_in_cycle(tx, arena.network_id, cycle_id, &arena.participant_ids)?);
    }
    dangling_entries("participantIds", &arena.participant_ids, &known, faults);
    Ok(())
}

fn board_stands(
    tx: &mut Tx<'_>,
    arena: &EffectArena,
    before: Option<&ArenaContent>,
    all_cycles: bool,
    faults: &mut Vec<FieldError>,
) -> Result<()> {
    let network_id = arena.network_id;
    let (board, stood) = (References::of(&arena.content), before.map(References::of).unwrap_or_default());
    let partners = fresh(&board.organisations, &stood.organisations);
    let partners = store::partners_standing(tx, network_id, &partners)?;
    missing(&board.organisations, &stood.organisations, &partners, faults);
    let observations = fresh(&board.observations, &stood.observations);
    let evaluations = fresh(&board.evaluations, &stood.evaluations);
    // A guest of the cycle sees no further than the cycle.
    let within = arena.cycle_id.filter(|_| !all_cycles);
    let observations = store::observations_standing(tx, network_id, within, &observations)?;
    missing(&board.observations, &stood.observations, &observations, faults);
    let evaluations = store::evaluations_standing(tx, network_id, within, &evaluations)?;
    missing(&board.evaluations, &stood.evaluations, &evaluations, faults);
    Ok(())
}

/// What a board refers to, each with where it stands in the body.
#[derive(Default)]
struct References {
    organisations: Vec<(String, Id)>,
    observations: Vec<(String, Id)>,
    evaluations: Vec<(String, Id)>,
}

impl References {
    fn of(content: &ArenaContent) -> References {
        let (mut observations, mut evaluations) = (Vec::new(), Vec::new());
        for (place, evidence) in content.evidence() {
            let entries = |list: &str, ids: &[Id]| -> Vec<(String, Id)> {
                ids.iter().enumerate().map(|(at, id)| (format!("{place}/{list}/{at}"), *id)).collect()
            };
            observations.extend(entries("observationIds", &evidence.observation_ids));
            evaluations.extend(entries("evaluationIds", &evidence.evaluation_ids));
        }
        References { organisations: content.organisations(), observations, evaluations }
    }
}

fn stands_in(list: &[(String, Id)], id: Id) -> bool {
    list.iter().any(|(_, stood)| *stood == id)
}

/// What was not on the board before, each once.
fn fresh(now: &[(String, Id)], before: &[(String, Id)]) -> Vec<Id> {
    let mut ids: Vec<Id> = now.iter().map(|(_, id)| *id).filter(|id| !stands_in(before, *id)).collect();
    ids.sort();
    ids.dedup();
    ids
}

fn missing(now: &[(String, Id)], before: &[(String, Id)], found: &[Id], faults: &mut Vec<FieldError>) {
    let gone = now.iter().filter(|(_, id)| !found.contains(id) && !stands_in(before, *id));
    faults.extend(gone.map(|(place, id)| dangling(place, *id)));
}
