//! An insight as it is read: what stands behind it is told to members of its network as it is, and to others as far as it
//! tells of nobody.

use super::types::{Insight, Provenance};
use crate::cells::{Cell, Side};
use crate::clock::Instant;
use crate::ids::Id;
use crate::record::Record;
use schemars::JsonSchema;
use serde::Serialize;

/// What others can learn from a cycle. It names no person and none of its sources.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Insight")]
pub struct ReadInsight {
    #[serde(flatten)]
    insight: Insight,
    /// Null in a draft.
    provenance: Option<ToldProvenance>,
}

impl ReadInsight {
    /// The insight as it is read from there.
    pub fn from(side: Side, mut insight: Insight) -> ReadInsight {
        let provenance = insight.provenance.take().map(|provenance| provenance.0.told(side));
        ReadInsight { insight, provenance }
    }

    pub fn created_at(&self) -> Instant {
        self.insight.created_at
    }
}

impl Record for ReadInsight {
    const KIND: &'static str = Insight::KIND;
    const PATH: &'static str = Insight::PATH;

    fn id(&self) -> Id {
        self.insight.id()
    }
    fn version(&self) -> i32 {
        self.insight.version()
    }
    fn digest(&self) -> &[u8] {
        self.insight.digest()
    }
    fn network_id(&self) -> Id {
        self.insight.network_id()
    }
    fn is_private(&self) -> bool {
        self.insight.is_private()
    }
}

/// Where an insight comes from and what stands behind it, as it was when it was first shared. The counts are of what its
/// authors chose of a cycle: members of its network read them as they are, and others in fives, rounded down; null where
/// they are 1 to 4.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Provenance")]
pub struct ToldProvenance {
    pub network_id: Id,
    pub network_name: String,
    /// The network's.
    pub locality: Option<String>,
    pub cycle_id: Id,
    pub learning_question: String,
    /// How many observations its reflections thought about, or led to the actions that were evaluated; each counted once.
    pub observations: Cell,
    pub verdicts: ToldVerdicts,
}

impl Provenance {
    /// As it is told to one who stands there.
    pub fn told(self, side: Side) -> ToldProvenance {
        let cell = |count: i64| Cell::of_some(usize::try_from(count).unwrap_or_default(), side);
        ToldProvenance {
            network_id: self.network_id,
            network_name: self.network_name,
            locality: self.locality,
            cycle_id: self.cycle_id,
            learning_question: self.learning_question,
            observations: cell(self.observations),
            verdicts: ToldVerdicts {
                worked: cell(self.verdicts.worked),
                partly: cell(self.verdicts.partly),
                did_not_work: cell(self.verdicts.did_not_work),
            },
        }
    }
}

/// How many of the evaluations that an insight was drawn from gave each verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "InsightVerdicts")]
pub struct ToldVerdicts {
    pub worked: Cell,
    pub partly: Cell,
    pub did_not_work: Cell,
}
