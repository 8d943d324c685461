//! What may be told of routes without giving anybody away. As in k-anonymity (Sweeney 2002), nothing is told of fewer
//! than five people, and counts are rounded down to fives (as statistical offices do), so that two answers cannot be
//! subtracted to find the one who came or went between them. People that an answer names are in none of its counts.

use super::types::RouteCount;
use crate::ids::Id;
use crate::learning_goals::types::RouteKind;
use std::collections::{BTreeMap, BTreeSet};

/// So many people stand behind a figure at least.
pub const FEWEST: usize = 5;

/// A route that somebody went, of those whom the viewer does not get to know.
#[derive(Clone, Copy, Debug)]
pub struct Went {
    pub person_id: Id,
    pub kind: RouteKind,
    pub insight_id: Option<Id>,
}

/// How many people went each way, a person once for each.
pub fn in_fives(went: &[Went]) -> Vec<RouteCount> {
    let mut people: BTreeMap<RouteKind, BTreeSet<Id>> = BTreeMap::new();
    for each in went {
        people.entry(each.kind).or_default().insert(each.person_id);
    }
    people
        .into_iter()
        .map(|(kind, people)| RouteCount { kind, at_least: people.len() / FEWEST * FEWEST })
        .filter(|count| count.at_least >= FEWEST)
        .collect()
}

/// The insights that enough people name for it to tell nothing of any of them.
pub fn named_by_enough(went: &[Went]) -> Vec<Id> {
    let mut people: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
    for each in went {
        if let Some(insight_id) = each.insight_id {
            people.entry(insight_id).or_default().insert(each.person_id);
        }
    }
    people.into_iter().filter(|(_, people)| people.len() >= FEWEST).map(|(id, _)| id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_not_told_of_and_many_in_fives() {
        let insight = Some(Id::new());
        let went = |kind, count: usize, insight_id| -> Vec<Went> {
            (0..count).map(|_| Went { person_id: Id::new(), kind, insight_id }).collect()
        };
        let mut all = went(RouteKind::Colleague, 4, None);
        all.extend(went(RouteKind::Training, 5, None));
        all.extend(went(RouteKind::Insight, 12, insight));
        all.extend(went(RouteKind::Insight, 2, Some(Id::new())));
        // The same four again are still four.
        all.extend_from_within(..4);
        let told = in_fives(&all);
        let expected = [(RouteKind::Insight, 10), (RouteKind::Training, 5)];
        assert_eq!(told, expected.map(|(kind, at_least)| RouteCount { kind, at_least }));
        assert_eq!(named_by_enough(&all), insight.into_iter().collect::<Vec<_>>());
    }
}
