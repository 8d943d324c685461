//! Who answers for the data of one network, and who consents to a study of it: two of those who write, and one of whom they
//! write. And what one of these asks to be put right.

use super::content::{id_of, network_id, organisation_id, person_id};
use super::seed::sent;
use super::timeline::COORDINATOR;
use crate::access::Tx;
use crate::clock::Instant;
use crate::controllership;
use crate::data_subject_requests;
use crate::error::Result;
use crate::http::precondition::IfMatch;
use crate::research_consents::{self, Subject};
use chrono::Duration;
use serde_json::{Value, json};

const NETWORK: &str = "heumen";
/// An invented study.
const PROTOCOL: &str = "VOORBEELD-2026-01";

/// Makes what is missing. False where it is there already.
pub fn fill(tx: &mut Tx<'_>, now: Instant) -> Result<bool> {
    let network_id = network_id(NETWORK);
    tx.take(network_id)?;
    if controllership::of(tx, network_id)?.version > 0 {
        return Ok(false);
    }
    let coordinator = person_id(COORDINATOR);
    (tx.now, tx.acting) = (now, Some(coordinator));
    controllership::update(tx, network_id, coordinator, &IfMatch::Any, sent(answering())?)?;

    let given_on = now.minus(Duration::days(30)).day();
    let consent = |name: &str, means: &str| {
        let id = id_of(&format!("{NETWORK}/research-consents/{name}"));
        sent(json!({"id": id, "protocol": PROTOCOL, "givenOn": given_on, "means": means}))
    };
    for key in [COORDINATOR, "practitioner"] {
        let person_id = person_id(key);
        tx.acting = Some(person_id);
        let body = consent(key, "electronic")?;
        research_consents::create(tx, network_id, Subject::Person(person_id), person_id, &body)?;
    }
    tx.acting = Some(coordinator);
    let pseudonym = Subject::Pseudonym(id_of(&format!("{NETWORK}/pseudonyms/p1")));
    research_consents::create(tx, network_id, pseudonym, coordinator, &consent("p1", "spoken")?)?;
    let asked = json!({
        "id": id_of(&format!("{NETWORK}/data-subject-requests/p1")),
        "pseudonymId": id_of(&format!("{NETWORK}/pseudonyms/p1")),
        "kind": "correct",
        "text": "Er staat dat ik niet durf. Ik durf wel, maar niet alleen.",
        "receivedOn": now.minus(Duration::days(10)).day(),
    });
    data_subject_requests::create(tx, network_id, coordinator, &sent(asked)?)?;
    Ok(true)
}

fn answering() -> Value {
    json!({
        "controllers": [
            {"organisationId": organisation_id("loket-samen"), "responsibleFor": "Wat het loket en de dorpsteams opschrijven"},
            {"organisationId": organisation_id("verbinding"), "responsibleFor": "Wat vrijwilligers en het buurtwerk opschrijven"},
        ],
        "processor": {"name": "Hosting Voorbeeld"},
        "dataProtectionOfficer": {"name": "Functionaris gegevensbescherming", "email": "fg@loket.example"},
        "contactPoint": {"name": "Privacyloket", "email": "privacy@loket.example", "phone": "14 000"},
    })
}
