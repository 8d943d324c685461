//! When a consent counts.

use super::types::{ConsentState, ResearchConsent};
use crate::error::{Error, Result};
use chrono::NaiveDate;
use serde_json::json;

/// Whether records may be used by it on a day.
pub fn counts(consent: &ResearchConsent, today: NaiveDate) -> bool {
    stands(consent, today) && consent.given_on <= today
}

/// Whether it was neither withdrawn nor is over.
fn stands(consent: &ResearchConsent, today: NaiveDate) -> bool {
    consent.state == ConsentState::Given && consent.ends_on.is_none_or(|ends_on| today <= ends_on)
}

/// One consent stands at a time for one protocol: whoever withdraws it has then withdrawn all there is. `earlier` are those
/// of the same pseudonym or person to the same protocol.
pub fn may_stand(consent: &ResearchConsent, earlier: &[ResearchConsent], today: NaiveDate) -> Result<()> {
    let standing = earlier.iter().find(|other| stands(other, today));
    match standing.filter(|_| stands(consent, today)) {
        None => Ok(()),
        Some(other) => {
            let detail = "A consent to this protocol stands already. Withdraw it before another is given.";
            Err(Error::conflict("consent_stands", detail).with("consentId", json!(other.id)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::types::ConsentMeans;
    use super::*;
    use crate::clock;
    use crate::ids::Id;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, day).unwrap_or_default()
    }

    fn consent(given_on: NaiveDate, ends_on: Option<NaiveDate>) -> ResearchConsent {
        let now = clock::now();
        ResearchConsent {
            id: Id::new(),
            network_id: Id::NIL,
            pseudonym_id: Some(Id::NIL),
            person_id: None,
            protocol: "X-1".into(),
            given_on,
            means: ConsentMeans::Spoken,
            ends_on,
            state: ConsentState::Given,
            state_reason: None,
            recorded_by: Id::NIL,
            created_at: now,
            updated_at: now,
            version: 1,
            digest: Vec::new(),
        }
    }

    #[test]
    fn it_counts_from_its_first_day_to_its_last() {
        let bounded = consent(day(2), Some(day(4)));
        let counted: Vec<bool> = (1..=5).map(|today| counts(&bounded, day(today))).collect();
        assert_eq!(counted, [false, true, true, true, false]);
        assert!(counts(&consent(day(2), None), day(31)));
        let withdrawn = ResearchConsent { state: ConsentState::Withdrawn, ..consent(day(2), None) };
        assert!(!counts(&withdrawn, day(3)));
    }

    #[test]
    fn one_stands_at_a_time() {
        let (standing, over) = (consent(day(1), None), consent(day(1), Some(day(2))));
        let withdrawn = ResearchConsent { state: ConsentState::Withdrawn, ..standing.clone() };
        assert!(may_stand(&consent(day(3), None), &[over.clone(), withdrawn], day(3)).is_ok());
        assert!(may_stand(&consent(day(3), None), &[over.clone(), standing.clone()], day(3)).is_err());
        // One that is over is recorded for completeness.
        assert!(may_stand(&over, &[standing], day(3)).is_ok());
    }
}
