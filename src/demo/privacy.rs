//! Who answers for the data of one network, and who consents to a study of it: two of those who write, and one of whom they
//! write. What in its texts was looked at, how long it keeps what, what somebody asks to be put right, and somebody of whom
//! nothing is kept any more.

use super::content::{cycle_id, id_of, network_id, organisation_id, person_id};
use super::seed::sent;
use super::store;
use super::timeline::COORDINATOR;
use crate::access::{Access, Tx};
use crate::clock::Instant;
use crate::cycles::{self, rules::CycleState};
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::observations::types::ObservationCreate;
use crate::removal::{reach, tombstones};
use crate::research_consents::{self, Subject};
use crate::screening::{Manner, Unscreened};
use crate::{
    controllership, data_subject_requests, erasures, observations, pseudonyms, questions, retention,
};
use chrono::Duration;
use serde_json::{Value, json};

const NETWORK: &str = "heumen";
/// Open, so that what is looked at there can still be changed.
const CYCLE: &str = "h2";
const PRACTITIONER: &str = "practitioner";
/// Networks that keep what was seen for a short time, so that a dry run has something to tell of.
const KEEPING: [&str; 2] = [NETWORK, "peel-en-maas"];
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
    for key in [COORDINATOR, PRACTITIONER] {
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

/// The rest of it, each in a transaction of its own: what is erased must have been there before.
pub async fn take_care(access: &Access, now: Instant) -> Result<()> {
    for key in KEEPING {
        access.console(move |tx| keep_for_a_time(tx, key, now)).await?;
    }
    access.console(move |tx| look_at_texts(tx, now)).await?;
    access.console(move |tx| let_pass_by(tx, now)).await?;
    if access.console(move |tx| forget(tx, now)).await? {
        access.clean(&reach::touched()).await;
    }
    Ok(())
}

/// Says how long a network keeps what. Nothing is removed until somebody asks for it.
fn keep_for_a_time(tx: &mut Tx<'_>, key: &str, now: Instant) -> Result<()> {
    let network_id = network_id(key);
    tx.take(network_id)?;
    if retention::policy(tx, network_id)?.version > 1 {
        return Ok(());
    }
    let coordinator = person_id(COORDINATOR);
    (tx.now, tx.acting) = (now, Some(coordinator));
    let rules = json!([{"kind": "observation", "months": 3}, {"kind": "insight", "months": 60}]);
    let patch = sent(json!({"rules": rules, "daily": false}))?;
    retention::update_policy(tx, network_id, coordinator, &IfMatch::Any, patch).map(drop)
}

/// Two texts that may tell who somebody is: of a public place, which was confirmed, and of somebody's birthday, which waits to
/// be looked at. They are written through the door by which texts enter.
fn look_at_texts(tx: &mut Tx<'_>, now: Instant) -> Result<()> {
    let network_id = network_id(NETWORK);
    tx.take(network_id)?;
    let Some(cycle) = open_cycle(tx)? else { return Ok(()) };
    let author = person_id(PRACTITIONER);
    (tx.now, tx.acting) = (now, Some(author));
    let place = "Bij de koffiekar op Sprookjesplein 31 blijven mensen staan die nergens anders komen.";
    let birthday = "Ze is jarig op 12 maart, en viert dat voor het eerst weer met de buren.";
    for (name, body, confirms) in [("place", place, true), ("birthday", birthday, false)] {
        let id = id_of(&format!("{NETWORK}/texts/{name}"));
        if store::observation_stands(tx, id)? || is_gone(tx, id)? {
            continue;
        }
        let body: ObservationCreate = sent(json!({
            "id": id,
            "body": body,
            "perspective": "practitioner",
            "happenedAt": now.minus(Duration::days(2)),
        }))?;
        let body = Unscreened::new(body, Manner::Whole, confirms);
        let screened = body.screen(tx, Some(network_id))?;
        let logged = observations::create(tx, network_id, Some(&cycle), author, screened.body())?;
        screened.settle(tx, &logged)?;
    }
    Ok(())
}

/// Somebody asked a question once, and something was seen of it.
fn let_pass_by(tx: &mut Tx<'_>, now: Instant) -> Result<()> {
    let network_id = network_id(NETWORK);
    tx.take(network_id)?;
    let (pseudonym, question) = (passer_by(), id_of(&format!("{NETWORK}/passer-by/question")));
    if store::pseudonym_stands(tx, pseudonym)? || is_gone(tx, pseudonym)? {
        return Ok(());
    }
    let Some(cycle) = open_cycle(tx)? else { return Ok(()) };
    let author = person_id(PRACTITIONER);
    (tx.now, tx.acting) = (now, Some(author));
    pseudonyms::create(tx, network_id, author, &sent(json!({"id": pseudonym, "ageBand": "age_27_44"}))?)?;
    let asked = json!({"id": question, "text": "Kan ik hier ook eens koken?", "pseudonymId": pseudonym});
    questions::create(tx, &cycle, author, &sent(asked)?)?;
    let seen = json!({
        "id": id_of(&format!("{NETWORK}/passer-by/observation")),
        "body": "Hij kwam drie keer kijken en stond de derde keer in de keuken.",
        "perspective": "practitioner",
        "questionId": question,
        "aboutPseudonymIds": [pseudonym],
    });
    observations::create(tx, network_id, Some(&cycle), author, &sent(seen)?).map(drop)
}

/// Erases them, since they no longer wanted to be kept. False where that was done before.
fn forget(tx: &mut Tx<'_>, now: Instant) -> Result<bool> {
    let network_id = network_id(NETWORK);
    tx.take(network_id)?;
    if !store::pseudonym_stands(tx, passer_by())? {
        return Ok(false);
    }
    let coordinator = person_id(COORDINATOR);
    (tx.now, tx.acting) = (now, Some(coordinator));
    let body = sent(json!({
        "id": id_of(&format!("{NETWORK}/passer-by/erasure")),
        "pseudonymId": passer_by(),
        "cause": "consent_withdrawn",
    }))?;
    Ok(erasures::of_pseudonym(tx, network_id, coordinator, &body)?.fresh)
}

fn passer_by() -> Id {
    id_of(&format!("{NETWORK}/passer-by"))
}

fn is_gone(tx: &mut Tx<'_>, id: Id) -> Result<bool> {
    Ok(!tombstones::among(tx, &[id])?.is_empty())
}

/// None where its users have ended it.
fn open_cycle(tx: &mut Tx<'_>) -> Result<Option<CycleState>> {
    let cycle = cycles::find(tx, cycle_id(NETWORK, CYCLE))?.ok_or(Error::NotFound)?;
    Ok(Some(CycleState::from(&cycle)).filter(|state| state.takes_records().is_ok()))
}
