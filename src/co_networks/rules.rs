//! How networks come to share a cycle, and how they part.

use super::types::{CoNetworkRow, CoNetworkState};
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::transitions::not_allowed;
use serde_json::json;

/// What a state can become.
pub fn moves(state: CoNetworkState) -> &'static [CoNetworkState] {
    use CoNetworkState::{Accepted, Declined, Ended, Invited};
    match state {
        Invited => &[Accepted, Declined, Ended],
        Accepted => &[Ended],
        Declined | Ended => &[],
    }
}

/// Moves it and answers with the state it had.
pub fn transition(co_network: &mut CoNetworkRow, to: CoNetworkState) -> Result<CoNetworkState> {
    let from = co_network.state;
    let possible = moves(from);
    if !possible.contains(&to) {
        return Err(not_allowed(from.into(), to.into(), possible));
    }
    co_network.state = to;
    Ok(from)
}

/// 409 for a network that is invited to its own cycle, or is there already.
pub fn may_be_invited(network_id: Id, co_network_id: Id, standing: Option<&CoNetworkRow>) -> Result<()> {
    if network_id == co_network_id {
        return Err(Error::conflict("own_cycle", "The cycle is this network's own."));
    }
    match standing {
        Some(row) => Err(Error::conflict(
            "already_co_network",
            "The network takes part in this cycle, or is invited to it.",
        )
        .with("coNetworkRecordId", json!(row.id))),
        None => Ok(()),
    }
}

/// 409 for a co-network that does not take part.
pub fn takes_part(co_network: &CoNetworkRow) -> Result<()> {
    match co_network.state {
        CoNetworkState::Accepted => Ok(()),
        state => {
            let detail =
                format!("Only a co-network that takes part agrees; this one is {}.", <&str>::from(state));
            Err(Error::conflict("not_taking_part", detail))
        }
    }
}

/// 409 while a co-network that takes part has not agreed that the cycle ends.
pub fn all_agree(co_networks: &[CoNetworkRow]) -> Result<()> {
    let missing: Vec<Id> = co_networks
        .iter()
        .filter(|co_network| co_network.agreed_to_close_at.is_none())
        .map(|co_network| co_network.id)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let detail =
        "A joint cycle ends when all its networks agree; `coNetworkRecordIds` are those who have not.";
    Err(Error::conflict("agreement_missing", detail).with("coNetworkRecordIds", json!(missing)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_declined_or_ended_is_invited_anew() {
        assert!(moves(CoNetworkState::Declined).is_empty() && moves(CoNetworkState::Ended).is_empty());
        assert!(!moves(CoNetworkState::Accepted).contains(&CoNetworkState::Declined));
    }
}
