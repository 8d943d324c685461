//! What is perceived of a neighbourhood's initiatives, beside what was expected of them.

use super::perceptions::types::PerceivedDirection;
use super::types::{EffectSquare, Expectation};
use crate::ids::Id;
use crate::practice::Perspective;
use schemars::JsonSchema;
use serde::Serialize;

/// What is perceived of a square's initiatives, and beside it what was expected.
///
/// The two are of different kinds: a perception is what somebody involved noticed, an expectation what somebody thought
/// would come. Whoever adds them up has counted hopes as effects. So perceptions are counted and expectations are not:
/// those stand here in their words, without a number that a count could be added to, and there is no total of both.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EffectSquareSummary {
    pub effect_square_id: Id,
    /// In the order of the initiatives; what nobody perceived is left out.
    pub perceived: Vec<PerceivedCount>,
    pub expected: Vec<Expectation>,
}

/// How many perceptions of an initiative, from one side, are of one direction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PerceivedCount {
    pub initiative_id: Id,
    pub direction: PerceivedDirection,
    pub perspective: Perspective,
    /// Perceptions that stand, at least one.
    #[schemars(range(min = 1))]
    pub count: i64,
}

/// Puts counts in the order of the square's initiatives, and the expectations beside them.
pub fn of(square: EffectSquare, mut perceived: Vec<PerceivedCount>) -> EffectSquareSummary {
    let place = |id: Id| square.initiatives.iter().position(|initiative| initiative.id == id);
    perceived.sort_by_key(|count| (place(count.initiative_id), count.direction, count.perspective));
    EffectSquareSummary { effect_square_id: square.id, perceived, expected: square.expectations.0 }
}
