//! The answer to "hoe verwerf ik deze?", as it is sent.

use crate::clock::Instant;
use crate::competence_statements::types::Level;
use crate::ids::Id;
use crate::learning_goals::bodies::Route;
use crate::learning_goals::types::RouteKind;
use schemars::JsonSchema;
use serde::Serialize;

/// How a competence can be acquired, as far as others disclosed it to me. What people keep to themselves is in none of
/// it, nor is what I did myself.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CompetenceRoutes {
    pub competence_id: Id,
    /// Who has it and offered to help, the newest first; 50 at most.
    pub colleagues: Vec<HelpingColleague>,
    /// Insights that reach me, the newest first; 50 at most.
    pub insights: Vec<HelpfulInsight>,
    /// How colleagues acquired it, the newest first; 50 at most.
    pub routes: Vec<DisclosedRoute>,
    /// How people acquired it who share no network with me but disclosed their route to theirs, by kind and without
    /// names. A kind stands here only where five of them or more went that way, in steps of five.
    pub elsewhere: Vec<RouteCount>,
}

/// Somebody I share a network with, who discloses that they have the competence and offers help.
#[derive(Clone, Debug, Serialize, JsonSchema, diesel::Queryable)]
#[serde(rename_all = "camelCase")]
pub struct HelpingColleague {
    pub person_id: Id,
    pub display_name: String,
    pub statement_id: Id,
    pub level: Option<Level>,
}

/// An insight that helps.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HelpfulInsight {
    pub insight_id: Id,
    pub network_id: Id,
    pub title: String,
    pub why: WhyHelpful,
}

/// `route`: people who learned the competence name the insight as their route. `cycle`: it was drawn from a cycle whose
/// questions ask for the competence.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhyHelpful {
    Route,
    Cycle,
}

/// How somebody I share a network with acquired it, as they disclose.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DisclosedRoute {
    pub learning_goal_id: Id,
    pub person_id: Id,
    pub display_name: String,
    /// Names only what I may see.
    pub route: Route,
    pub settled_at: Option<Instant>,
}

/// How many people went a way, without saying who.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RouteCount {
    pub kind: RouteKind,
    /// So many people at least: 5, 10, 15 and so on.
    pub at_least: usize,
}
