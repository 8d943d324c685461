//! What makes an adoption whole.

use super::types::{Adoption, AdoptionPatch, Decision};
use crate::db::types::Json;
use crate::error::{Error, FieldError, Result};
use crate::http::text::Text;

/// A fault for each member that does not go with the decision.
pub fn fits(decision: Decision, reasoned: bool, adapted: bool, faults: &mut Vec<FieldError>) {
    if decision == Decision::Rejected && !reasoned {
        faults.push(FieldError::new("/reason", "required", "Say why it is not taken up."));
    }
    if decision != Decision::Adapted && adapted {
        let detail = "Only what was adapted has an insight made of it.";
        faults.push(FieldError::new("/adaptedInsightId", "inconsistent", detail));
    }
}

/// Applies a patch.
pub fn amend(adoption: &mut Adoption, patch: AdoptionPatch) -> Result<()> {
    patch.decision.apply(&mut adoption.decision, |decision| decision);
    patch.reason.apply(&mut adoption.reason, Text::into_string);
    patch.cycle_id.apply(&mut adoption.cycle_id, |id| id);
    patch.adapted_insight_id.apply(&mut adoption.adapted_insight_id, |id| id);
    patch.results.apply(&mut adoption.results, |results| Json(results.into_vec()));
    let mut faults = Vec::new();
    let (reasoned, adapted) = (adoption.reason.is_some(), adoption.adapted_insight_id.is_some());
    fits(adoption.decision, reasoned, adapted, &mut faults);
    if faults.is_empty() { Ok(()) } else { Err(Error::inconsistent(faults)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rejection_is_reasoned_and_only_an_adaptation_has_an_insight() {
        let pointers = |decision, reasoned, adapted| {
            let mut faults = Vec::new();
            fits(decision, reasoned, adapted, &mut faults);
            faults.into_iter().map(|fault| fault.pointer).collect::<Vec<_>>()
        };
        for adapted in [false, true] {
            assert!(pointers(Decision::Adapted, false, adapted).is_empty());
        }
        assert!(pointers(Decision::Adopted, false, false).is_empty());
        assert!(pointers(Decision::Rejected, true, false).is_empty());
        assert_eq!(pointers(Decision::Adopted, true, true), ["/adaptedInsightId"]);
        assert_eq!(pointers(Decision::Rejected, false, true), ["/reason", "/adaptedInsightId"]);
    }
}
