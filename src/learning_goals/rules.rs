//! How a goal is settled, and how much of its route others read.

use super::bodies::{GoalTransition, Route, Settled};
use super::types::{GoalRow, GoalState};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::http::body::HappenedAt;
use crate::ids::Id;

/// Whether this very move was made before. 409 where the id was used with other content.
pub fn was_made(goal: &GoalRow, body: &GoalTransition, digest: &[u8]) -> Result<bool> {
    if body.id.is_none() || goal.move_id != body.id {
        return Ok(false);
    }
    if goal.move_digest.as_deref() != Some(digest) {
        let detail = "This record was moved under the same id with other content.";
        return Err(Error::conflict("id_reused", detail));
    }
    Ok(true)
}

/// Settles an open goal as the body says.
pub fn settle(goal: &mut GoalRow, body: &GoalTransition, digest: Vec<u8>, now: Instant) -> Result<()> {
    if goal.state != GoalState::Open {
        return Err(crate::transitions::not_allowed::<&str>(goal.state.into(), body.to.into(), &[]));
    }
    goal.state = match body.to {
        Settled::Achieved => GoalState::Achieved,
        Settled::Dropped => GoalState::Dropped,
    };
    goal.state_reason = body.reason.as_deref().map(Into::into);
    if let Some(route) = &body.route {
        goal.route_kind = Some(route.kind);
        goal.route_person_id = route.person_id;
        goal.route_insight_id = route.insight_id;
        goal.route_action_id = route.action_id;
        goal.route_text = route.text.as_deref().map(Into::into);
    }
    goal.settled_at = Some(HappenedAt::or_now(body.happened_at, now));
    goal.move_id = body.id;
    goal.move_digest = body.id.map(|_| digest);
    Ok(())
}

/// Evidence is of what was achieved.
pub fn takes_evidence(goal: &GoalRow) -> Result<()> {
    if goal.state != GoalState::Achieved {
        return Err(Error::conflict("not_achieved", "Evidence is added to a goal that was achieved."));
    }
    Ok(())
}

/// What somebody else may see of what routes name.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Colleagues with the competence that they disclose to the viewer.
    pub people: Vec<(Id, Id)>,
    pub insights: Vec<Id>,
    pub actions: Vec<Id>,
}

impl Seen {
    /// Takes out of a route to a competence what the viewer may not see. That somebody taught a competence tells that
    /// they have it: that is for them to disclose, not for who learned from them.
    pub fn hide(&self, competence_id: Id, route: &mut Route) {
        route.person_id = route.person_id.filter(|id| self.people.contains(&(*id, competence_id)));
        route.insight_id = route.insight_id.filter(|id| self.insights.contains(id));
        route.action_id = route.action_id.filter(|id| self.actions.contains(id));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning_goals::types::RouteKind;

    #[test]
    fn a_route_shows_others_only_what_they_may_see_anyway() {
        let [person, insight, action, competence, other] = [(); 5].map(|()| Id::new());
        let route = Route {
            kind: RouteKind::Colleague,
            person_id: Some(person),
            insight_id: Some(insight),
            action_id: Some(action),
            text: Some("Meegelopen.".into()),
        };
        let mut shown = route.clone();
        Seen::default().hide(competence, &mut shown);
        let bare = Route { person_id: None, insight_id: None, action_id: None, ..route.clone() };
        assert_eq!(shown, bare);

        let seen =
            Seen { people: vec![(person, competence)], insights: vec![insight], actions: vec![action] };
        let mut shown = route.clone();
        seen.hide(competence, &mut shown);
        assert_eq!(shown, route);
        let mut shown = route.clone();
        seen.hide(other, &mut shown);
        assert_eq!(shown.person_id, None, "they disclose another competence");
    }
}
