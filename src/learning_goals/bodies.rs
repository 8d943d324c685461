//! The bodies that make, change and settle a learning goal.

use super::types::{GoalState, RouteKind};
use crate::competence_statements::types::{Level, StatementPatch};
use crate::disclosure::Disclosure;
use crate::error::FieldError;
use crate::http::body::{HappenedAt, Input};
use crate::http::text::{Nullable, Prose, Reason, Set};
use crate::ids::Id;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::IntoStaticStr;

/// The body that sets a goal.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GoalCreate {
    pub id: Option<Id>,
    pub competence_id: Id,
    pub text: Option<Prose>,
    /// `self` by default.
    pub disclosure: Option<Disclosure>,
}

impl Input for GoalCreate {
    fn example() -> Value {
        json!({
            "competenceId": "01890a5d-ac96-774b-bcce-b302099a8057",
            "text": "Ik wil een gesprek over geld kunnen openen zonder formulier op tafel.", "disclosure": "network"
        })
    }
}

/// A merge patch of a goal. Who reads it may be changed at any time, also when it is settled.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct GoalPatch {
    pub text: Nullable<Prose>,
    pub disclosure: Set<Disclosure>,
}

impl Input for GoalPatch {
    fn example() -> Value {
        json!({"disclosure": "self"})
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Settled {
    Achieved,
    Dropped,
}

/// The route by which a competence was acquired, as it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Route {
    pub kind: RouteKind,
    pub person_id: Option<Id>,
    pub insight_id: Option<Id>,
    pub action_id: Option<Id>,
    pub text: Option<String>,
}

/// The route by which a competence was acquired: with the colleague, the insight or the action where there is one that
/// the caller sees, and words where there is none.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RouteTaken {
    pub kind: RouteKind,
    /// For the kind `colleague`.
    pub person_id: Option<Id>,
    /// For the kind `insight`.
    pub insight_id: Option<Id>,
    /// For the kind `action`.
    pub action_id: Option<Id>,
    pub text: Option<Reason>,
}

impl RouteTaken {
    fn check(&self, faults: &mut Vec<FieldError>) {
        let references = [
            ("personId", self.person_id, RouteKind::Colleague),
            ("insightId", self.insight_id, RouteKind::Insight),
            ("actionId", self.action_id, RouteKind::Action),
        ];
        for (member, _, kind) in references.iter().filter(|(_, id, kind)| id.is_some() && *kind != self.kind)
        {
            let detail = format!("Goes with the kind {} only.", <&str>::from(kind));
            faults.push(FieldError::new(format!("/route/{member}"), "inconsistent", detail));
        }
        if self.text.is_none() && references.iter().all(|(_, id, _)| id.is_none()) {
            let detail = "Say in words what there is no reference to.";
            faults.push(FieldError::new("/route/text", "required", detail));
        }
    }
}

/// What achieving a goal makes of the statement of its competence.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StatementGiven {
    pub level: Option<Level>,
    /// For a new statement the goal's by default. One that stands keeps its own unless another is given.
    pub disclosure: Option<Disclosure>,
    pub offers_help: Option<bool>,
}

impl StatementGiven {
    pub fn patch(&self) -> StatementPatch {
        StatementPatch {
            level: Nullable(self.level.map(Some)),
            disclosure: Set(self.disclosure),
            offers_help: Set(self.offers_help),
        }
    }
}

/// The one move that a goal makes.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GoalTransition {
    pub id: Option<Id>,
    pub to: Settled,
    /// Why; needed to drop it.
    pub reason: Option<Reason>,
    /// Needed to achieve it.
    pub route: Option<RouteTaken>,
    /// Achieving a goal states its competence, where it was not stated before.
    pub statement: Option<StatementGiven>,
    pub happened_at: Option<HappenedAt>,
}

impl Input for GoalTransition {
    fn example() -> Value {
        json!({
            "to": "achieved",
            "route": {"kind": "colleague", "text": "Drie huisbezoeken meegelopen, en daarna nagepraat."},
            "statement": {"level": "competent", "disclosure": "network"}
        })
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        let mut demand = |member: &str, given: bool, wanted: bool, detail: &str| {
            if given != wanted {
                let code = if wanted { "required" } else { "inconsistent" };
                faults.push(FieldError::new(format!("/{member}"), code, detail));
            }
        };
        let achieved = self.to == Settled::Achieved;
        demand("reason", self.reason.is_some(), !achieved, "Dropping takes a reason, achieving none.");
        demand("route", self.route.is_some(), achieved, "Achieving takes the route, dropping none.");
        if !achieved {
            demand("statement", self.statement.is_some(), false, "Dropping a goal states nothing.");
        }
        if let Some(route) = &self.route {
            route.check(faults);
        }
    }
}

/// The body that adds evidence.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EvidenceCreate {
    pub id: Option<Id>,
    pub text: Prose,
    pub happened_at: Option<HappenedAt>,
}

impl Input for EvidenceCreate {
    fn example() -> Value {
        json!({"text": "Een vader begon zelf over de huurachterstand, omdat er niets op tafel lag."})
    }
}

/// What a list of goals can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GoalFilter {
    pub competence_id: Option<Id>,
    pub state: Option<GoalState>,
}

impl Input for GoalFilter {
    fn example() -> Value {
        json!({})
    }
}
