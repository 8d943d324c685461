//! Which records may be used: those whose author consented, and all whose pseudonyms did. A record is about those whom it
//! names, and about those whom what it follows from is about: a reflection on an observation speaks of whom that was about.

use crate::ids::Id;
use crate::research_consents::Consenting;
use std::collections::HashSet;

/// What leads from a record to another, or to a pseudonym, in one network; whatever became of the records.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// Questions and whom they are about.
    pub asked_by: Vec<(Id, Id)>,
    /// Observations and whom they are about, or who saw them.
    pub about: Vec<(Id, Id)>,
    /// Observations and the question that they bear on.
    pub bears_on: Vec<(Id, Id)>,
    /// Reflections and their observations.
    pub thinks_about: Vec<(Id, Id)>,
    /// Actions and their reflections.
    pub follows_from: Vec<(Id, Id)>,
}

/// The records that speak of somebody who did not consent, each kind by its ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    pub questions: HashSet<Id>,
    pub observations: HashSet<Id>,
    pub reflections: HashSet<Id>,
    pub actions: HashSet<Id>,
}

impl Kept {
    pub fn of(links: &Links, consenting: &Consenting) -> Kept {
        let silent = |pseudonym: &Id| !consenting.pseudonyms.contains(pseudonym);
        let questions = leading_to(&links.asked_by, silent);
        let mut observations = leading_to(&links.about, silent);
        observations.extend(leading_to(&links.bears_on, |question| questions.contains(question)));
        let reflections = leading_to(&links.thinks_about, |seen| observations.contains(seen));
        let actions = leading_to(&links.follows_from, |thought| reflections.contains(thought));
        Kept { questions, observations, reflections, actions }
    }
}

fn leading_to(links: &[(Id, Id)], kept: impl Fn(&Id) -> bool) -> HashSet<Id> {
    links.iter().filter(|(_, to)| kept(to)).map(|(from, _)| *from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_from_a_record_speaks_of_whom_it_spoke() {
        let [yes, no] = [Id::new(), Id::new()];
        let ids: Vec<Id> = (0..10).map(|_| Id::new()).collect();
        let links = Links {
            asked_by: vec![(ids[0], yes), (ids[1], no)],
            about: vec![(ids[2], yes), (ids[3], yes), (ids[3], no)],
            bears_on: vec![(ids[4], ids[0]), (ids[5], ids[1])],
            thinks_about: vec![(ids[6], ids[2]), (ids[7], ids[5])],
            follows_from: vec![(ids[8], ids[6]), (ids[9], ids[7])],
        };
        let consenting = Consenting { pseudonyms: HashSet::from([yes]), people: HashSet::new() };
        let kept = Kept::of(&links, &consenting);
        let expected = Kept {
            questions: HashSet::from([ids[1]]),
            observations: HashSet::from([ids[3], ids[5]]),
            reflections: HashSet::from([ids[7]]),
            actions: HashSet::from([ids[9]]),
        };
        assert_eq!(kept, expected);
    }
}
