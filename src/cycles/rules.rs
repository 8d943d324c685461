//! How a cycle moves, and what may be done in it.

use super::types::{Cycle, CycleCreate, CyclePatch, CycleTransition, Phase};
use crate::clock::Instant;
use crate::db::types::Json;
use crate::error::{Error, Result};
use crate::http::text::Text;
use crate::ids::Id;
use crate::loops::rules::OpenItems;
use crate::transitions::not_allowed;
use serde_json::{Value, json};

/// What work inside a cycle has to know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CycleState {
    pub id: Id,
    pub network_id: Id,
    pub phase: Phase,
    pub closed_at: Option<Instant>,
}

impl CycleState {
    /// 409 where the cycle takes no new records.
    pub fn takes_records(&self) -> Result<()> {
        match self.phase {
            Phase::Closed | Phase::Abandoned => Err(self.over()),
            Phase::Plan | Phase::Act | Phase::Observe | Phase::Reflect => Ok(()),
        }
    }

    /// Whether an observation of `happened_at` is late; 409 where the cycle does not take it. What happened before the
    /// closing is taken after it: the phone was offline, the note is true all the same.
    pub fn takes_observation_of(&self, happened_at: Instant) -> Result<bool> {
        match (self.phase, self.closed_at) {
            (Phase::Closed, Some(closed_at)) if happened_at < closed_at => Ok(true),
            (Phase::Closed | Phase::Abandoned, _) => Err(self.over()),
            _ => Ok(false),
        }
    }

    fn over(&self) -> Error {
        let (code, detail) = match self.phase {
            Phase::Abandoned => ("cycle_abandoned", "The cycle was abandoned and takes no new records."),
            _ => (
                "cycle_closed",
                "The cycle is closed. It takes observations that happened before its closing, and nothing else new.",
            ),
        };
        Error::conflict(code, detail)
    }
}

impl From<&Cycle> for CycleState {
    fn from(cycle: &Cycle) -> CycleState {
        CycleState {
            id: cycle.id,
            network_id: cycle.network_id,
            phase: cycle.phase,
            closed_at: cycle.closed_at,
        }
    }
}

pub fn begin(body: &CycleCreate, network_id: Id, author_id: Id, digest: Vec<u8>, now: Instant) -> Cycle {
    Cycle {
        network_id,
        id: body.id.unwrap_or_default(),
        learning_question: body.learning_question.to_string(),
        theme_ids: Json(body.theme_ids.as_deref().unwrap_or_default().to_vec()),
        phase: Phase::Plan,
        previous_cycle_id: body.previous_cycle_id,
        approach_version_id: body.approach_version_id,
        closed_at: None,
        created_by: author_id,
        created_at: now,
        updated_at: now,
        version: 1,
        digest,
    }
}

pub fn amend(cycle: &mut Cycle, patch: CyclePatch) -> Result<()> {
    CycleState::from(&*cycle).takes_records()?;
    patch.learning_question.apply(&mut cycle.learning_question, Text::into_string);
    patch.theme_ids.apply(&mut cycle.theme_ids, |ids| Json(ids.into_vec()));
    patch.approach_version_id.apply(&mut cycle.approach_version_id, |id| id);
    Ok(())
}

/// The phases that a cycle can move to from `phase`, and whether the move takes a reason.
pub fn moves(phase: Phase) -> &'static [(Phase, bool)] {
    use Phase::{Abandoned, Act, Closed, Observe, Plan, Reflect};
    match phase {
        Plan => &[(Act, false), (Abandoned, true)],
        Act => &[(Observe, false), (Plan, true), (Abandoned, true)],
        Observe => &[(Reflect, false), (Act, true), (Abandoned, true)],
        Reflect => &[(Closed, false), (Observe, true), (Abandoned, true)],
        Closed => &[(Reflect, true)],
        Abandoned => &[],
    }
}

/// Moves the cycle and answers with the phase it had.
pub fn transition(cycle: &mut Cycle, body: &CycleTransition, happened_at: Instant) -> Result<Phase> {
    let from = cycle.phase;
    let possible = moves(from);
    let Some((to, takes_reason)) = possible.iter().find(|(to, _)| *to == body.to) else {
        let phases: Vec<Phase> = possible.iter().map(|(to, _)| *to).collect();
        return Err(not_allowed(from.into(), body.to.into(), &phases));
    };
    if *takes_reason && body.reason.is_none() {
        let detail = format!("From {} this move takes a reason.", <&str>::from(from));
        return Err(Error::conflict("reason_required", detail));
    }
    cycle.phase = *to;
    cycle.closed_at = (*to == Phase::Closed).then_some(happened_at);
    Ok(from)
}

/// 409 that lists what is still open, unless it is accepted with a reason.
pub fn loose_ends_accepted(open: &OpenItems, body: &CycleTransition) -> Result<()> {
    if open.total == 0 || (body.accept_loose_ends == Some(true) && body.reason.is_some()) {
        return Ok(());
    }
    let detail =
        format!("{} loose ends are open. Close them, or send acceptLooseEnds with a reason.", open.total);
    Err(Error::conflict("loose_ends", detail)
        .with("openItems", serde_json::to_value(&open.items).unwrap_or(Value::Null))
        .with("openItemsTotal", json!(open.total)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cycle_moves_forward_one_step_back_or_out() {
        let forward = [Phase::Plan, Phase::Act, Phase::Observe, Phase::Reflect, Phase::Closed];
        for (index, from) in forward.into_iter().enumerate() {
            for (to, takes_reason) in moves(from) {
                let step = forward.iter().position(|phase| phase == to);
                match step {
                    None => assert!(*to == Phase::Abandoned && *takes_reason && from != Phase::Closed),
                    Some(to) => {
                        assert!((to == index + 1 && !takes_reason) || (to + 1 == index && *takes_reason))
                    }
                }
            }
        }
        assert!(moves(Phase::Abandoned).is_empty());
    }
}
