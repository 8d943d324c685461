//! Where insights went: what other networks made of them. Pure.

use crate::adoptions::types::Decision;
use crate::clock::Instant;
use crate::ids::Id;
use crate::loops::days::Days;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Insights that a report lists at most; how many there are is told beside them.
const INSIGHTS: usize = 200;

/// Where insights went.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Travel {
    /// Insights that were shared, and stand.
    pub shared: usize,
    /// What this network made of insights of others; null in the report of a cycle.
    pub received: Option<ByDecision>,
    /// They, with what other networks made of each; the last shared first, 200 at most.
    pub items: Vec<TravelledInsight>,
}

/// Adoptions by what was decided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ByDecision {
    pub adopted: usize,
    pub adapted: usize,
    pub rejected: usize,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TravelledInsight {
    pub id: Id,
    pub title: String,
    pub shared_at: Instant,
    /// Of the insight itself, and not of what was adapted from it.
    pub adoptions: ByDecision,
}

/// Where insights that were shared on these days went.
pub fn travel(
    shared: Vec<(Id, String, Instant)>,
    adopted: &[(Id, Decision)],
    received: Option<Vec<(Decision, Instant)>>,
    days: &Days,
) -> Travel {
    let mut items: Vec<TravelledInsight> = shared
        .into_iter()
        .filter(|(_, _, shared_at)| days.holds(*shared_at))
        .map(|(id, title, shared_at)| TravelledInsight {
            id,
            title,
            shared_at,
            adoptions: ByDecision::of(adopted.iter().filter(|(of, _)| *of == id).map(|(_, made)| *made)),
        })
        .collect();
    let count = items.len();
    items.truncate(INSIGHTS);
    let received = received.map(|made| {
        ByDecision::of(made.into_iter().filter(|(_, at)| days.holds(*at)).map(|(decision, _)| decision))
    });
    Travel { shared: count, received, items }
}

impl ByDecision {
    fn of(decisions: impl Iterator<Item = Decision>) -> ByDecision {
        let mut count = ByDecision::default();
        for decision in decisions {
            *match decision {
                Decision::Adopted => &mut count.adopted,
                Decision::Adapted => &mut count.adapted,
                Decision::Rejected => &mut count.rejected,
            } += 1;
        }
        count
    }
}
