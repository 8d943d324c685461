//! "Hoe verwerf ik deze?": who helps, which insights help, and how others came to a competence.

pub mod api;
pub mod rules;
mod store;
pub mod types;

use crate::access::Tx;
use crate::error::Result;
use crate::ids::Id;
use crate::insights::{self, types::Insight};
use crate::learning_goals::{self, types::LearningGoal};
use rules::Went;
use types::{CompetenceRoutes, DisclosedRoute, HelpfulInsight, WhyHelpful};

/// The routes to a competence, as the viewer may know of them.
pub fn to(tx: &mut Tx<'_>, viewer: Id, competence_id: Id, name: &str) -> Result<CompetenceRoutes> {
    let networks = tx.networks_of(viewer)?;
    let achieved = store::achieved(tx, viewer, competence_id)?;
    let people: Vec<Id> = achieved.iter().map(|(goal, _)| goal.person_id).collect();
    let fellows = store::fellows(tx, &networks, &people)?;
    let (known, elsewhere): (Vec<_>, Vec<_>) =
        achieved.into_iter().partition(|(goal, _)| fellows.contains(&goal.person_id));
    let went: Vec<Went> = elsewhere
        .iter()
        .filter_map(|(goal, _)| {
            let (person_id, insight_id) = (goal.person_id, goal.route_insight_id);
            goal.route_kind.map(|kind| Went { person_id, kind, insight_id })
        })
        .collect();
    let mut named: Vec<Id> = known.iter().filter_map(|(goal, _)| goal.route_insight_id).collect();
    named.extend(rules::named_by_enough(&went));
    let mut goals: Vec<LearningGoal> =
        known.into_iter().map(|(goal, person)| goal.shown(person, name.to_owned())).collect();
    learning_goals::hide(tx, viewer, &mut goals)?;
    Ok(CompetenceRoutes {
        competence_id,
        colleagues: store::helping(tx, viewer, &networks, competence_id)?,
        insights: helpful(tx, viewer, competence_id, &named)?,
        routes: goals.into_iter().filter_map(route).take(store::MOST as usize).collect(),
        elsewhere: rules::in_fives(&went),
    })
}

/// The insights that reach the viewer and help, the last shared first.
fn helpful(tx: &mut Tx<'_>, viewer: Id, competence_id: Id, named: &[Id]) -> Result<Vec<HelpfulInsight>> {
    let mut ids = store::insights_of_asking_cycles(tx, competence_id)?;
    ids.extend(named);
    let mut reaching = insights::reaching(tx, viewer, &ids)?;
    reaching.sort_by_key(|insight| std::cmp::Reverse((insight.shared_at, insight.id)));
    reaching.truncate(store::MOST as usize);
    let helpful = |insight: Insight| HelpfulInsight {
        why: if named.contains(&insight.id) { WhyHelpful::Route } else { WhyHelpful::Cycle },
        insight_id: insight.id,
        network_id: insight.network_id,
        title: insight.title,
    };
    Ok(reaching.into_iter().map(helpful).collect())
}

fn route(goal: LearningGoal) -> Option<DisclosedRoute> {
    goal.route.map(|route| DisclosedRoute {
        learning_goal_id: goal.id,
        person_id: goal.person_id,
        display_name: goal.display_name,
        route,
        settled_at: goal.settled_at,
    })
}
