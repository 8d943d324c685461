//! What open questions ask for, gathered by competence.

use super::types::Held;
use crate::clock::Instant;
use crate::ids::Id;
use std::collections::HashMap;

/// Questions that are named for each competence, at most.
const NAMED: usize = 20;

/// An open question that asks for a competence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asking {
    pub competence_id: Id,
    pub question_id: Id,
    pub happened_at: Instant,
}

/// The questions that ask for one competence, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub count: i64,
    pub question_ids: Vec<Id>,
}

/// Gathers by competence. A question that is found twice, as a member's and as a guest's, counts once.
pub fn gather(mut asking: Vec<Asking>) -> HashMap<Id, Asked> {
    asking.sort_by_key(|each| std::cmp::Reverse((each.happened_at, each.question_id, each.competence_id)));
    asking.dedup();
    let mut gathered: HashMap<Id, Asked> = HashMap::new();
    for each in asking {
        let asked = gathered.entry(each.competence_id).or_default();
        asked.count += 1;
        if asked.question_ids.len() < NAMED {
            asked.question_ids.push(each.question_id);
        }
    }
    gathered
}

/// The competences that are asked for and of which this much is known, given those that somebody discloses.
pub fn known(asked: &HashMap<Id, Asked>, disclosed: &[Id], held: Held) -> Vec<Id> {
    let wanted = held == Held::Disclosed;
    asked.keys().copied().filter(|id| disclosed.contains(id) == wanted).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;
    use chrono::Duration;

    #[test]
    fn a_question_counts_once_for_each_competence_and_the_newest_are_named() {
        let (now, listening, law) = (clock::now(), Id::new(), Id::new());
        let asking = |competence_id, days: i64| Asking {
            competence_id,
            question_id: Id::new(),
            happened_at: now.minus(Duration::days(days)),
        };
        let mut rows: Vec<Asking> = (0..25).map(|days| asking(listening, days)).collect();
        rows.extend([rows[3], rows[0], asking(law, 1)]);
        let newest = rows[0].question_id;
        let gathered = gather(rows);
        assert_eq!((gathered[&listening].count, gathered[&law].count), (25, 1));
        assert_eq!(gathered[&listening].question_ids.len(), NAMED);
        assert_eq!(gathered[&listening].question_ids[0], newest);
        assert_eq!(known(&gathered, &[law], Held::Unknown), [listening]);
        assert_eq!(known(&gathered, &[law], Held::Disclosed), [law]);
    }
}
