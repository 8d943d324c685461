//! Which legal hold stands in the way of an erasure. Pure.

use crate::ids::Id;
use crate::legal_holds::types::LegalHold;

/// The hold of the network as a whole, or of the subject itself.
pub fn keeps_all(holds: &[LegalHold], subject_id: Id) -> Option<&LegalHold> {
    let of_network = |hold: &&LegalHold| hold.cycle_id.is_none() && hold.pseudonym_id.is_none();
    let of_subject = |hold: &&LegalHold| hold.pseudonym_id == Some(subject_id);
    holds.iter().find(of_network).or_else(|| holds.iter().find(of_subject))
}

/// The hold to name for a record that is kept: that of its cycle, else any.
pub fn keeps(holds: &[LegalHold], cycle_id: Option<Id>) -> Option<&LegalHold> {
    let of_cycle = |hold: &&LegalHold| hold.cycle_id.is_some() && hold.cycle_id == cycle_id;
    holds.iter().find(of_cycle).or_else(|| holds.first())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;
    use crate::legal_holds::types::LegalHoldState;

    fn hold(cycle_id: Option<Id>, pseudonym_id: Option<Id>) -> LegalHold {
        LegalHold {
            id: Id::new(),
            network_id: Id::NIL,
            cycle_id,
            pseudonym_id,
            reason: "Een klacht.".into(),
            state: LegalHoldState::Active,
            state_reason: None,
            created_by: Id::NIL,
            created_at: clock::now(),
            updated_at: clock::now(),
            version: 1,
            digest: Vec::new(),
        }
    }

    #[test]
    fn a_hold_is_named_that_stands_in_the_way() {
        let (cycle, somebody, another) = (Id::new(), Id::new(), Id::new());
        let (of_cycle, of_somebody) = (hold(Some(cycle), None), hold(None, Some(somebody)));
        let holds = [of_somebody.clone(), of_cycle.clone()];
        let id = |hold: Option<&LegalHold>| hold.map(|hold| hold.id);
        assert_eq!(id(keeps_all(&holds, somebody)), Some(of_somebody.id));
        assert_eq!(id(keeps_all(&holds, another)), None);
        assert_eq!(id(keeps(&holds, Some(cycle))), Some(of_cycle.id));
        assert_eq!(id(keeps(&holds, None)), Some(of_somebody.id));
        let of_all = hold(None, None);
        assert_eq!(id(keeps_all(&[of_cycle, of_all.clone()], another)), Some(of_all.id));
        assert_eq!(id(keeps(&[], None)), None);
    }
}
