//! Research consents: records are used for research only with a separate consent to its protocol, of each pseudonym that they
//! are about and of whoever wrote them. Nothing is deleted by withdrawing one: the next export leaves the records out.

pub mod api;
pub mod rules;
mod store;
pub mod types;

use crate::access::Tx;
use crate::edits::Edit;
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::record::{self, Created};
use crate::transitions;
use std::collections::HashSet;
use types::{ConsentState, Protocol, ResearchConsent, ResearchConsentCreate, ResearchConsentTransition};

/// Whose consent it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Pseudonym(Id),
    Person(Id),
}

/// Keeps a consent; `recorded_by` is the person themselves, or who was told for a pseudonym.
pub fn create(
    tx: &mut Tx<'_>,
    network_id: Id,
    subject: Subject,
    recorded_by: Id,
    body: &ResearchConsentCreate,
) -> Result<Created<ResearchConsent>> {
    let (pseudonym_id, person_id) = match subject {
        Subject::Pseudonym(id) => (Some(id), None),
        Subject::Person(id) => (None, Some(id)),
    };
    let digest = tx.digest(body.id, pseudonym_id.unwrap_or(network_id), body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = (stored.network_id, stored.pseudonym_id, stored.person_id)
            == (network_id, pseudonym_id, person_id);
        return record::replay(stored, &digest, here);
    }
    let consent = ResearchConsent {
        id: body.id.unwrap_or_default(),
        network_id,
        pseudonym_id,
        person_id,
        protocol: body.protocol.as_str().to_owned(),
        given_on: body.given_on.into(),
        means: body.means,
        ends_on: body.ends_on.map(Into::into),
        state: ConsentState::Given,
        state_reason: None,
        recorded_by,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    let beside = store::given_beside(tx, &consent)?;
    rules::may_stand(&consent, &beside, tx.now.day())?;
    store::insert(tx, &consent)?;
    tx.note("created", &consent);
    Ok(Created::fresh(consent))
}

/// Withdraws a consent. That of somebody belongs to no place but its network's stream, whose row is taken here.
pub fn transition(
    tx: &mut Tx<'_>,
    consent: ResearchConsent,
    person_id: Id,
    if_match: &IfMatch,
    body: &ResearchConsentTransition,
) -> Result<ResearchConsent> {
    tx.take(consent.network_id)?;
    let consent = store::find(tx, consent.id)?.ok_or(Error::NotFound)?;
    transitions::move_one(tx, person_id, Edit { record: consent, if_match, body }, store::save)
}

/// Whose records may be used under a protocol on the day of this transaction.
pub fn consenting(tx: &mut Tx<'_>, network_id: Id, protocol: &Protocol) -> Result<Consenting> {
    let today = tx.now.day();
    let given = store::of_protocol(tx, network_id, protocol.as_str())?;
    let counting: Vec<ResearchConsent> =
        given.into_iter().filter(|consent| rules::counts(consent, today)).collect();
    Ok(Consenting {
        pseudonyms: counting.iter().filter_map(|consent| consent.pseudonym_id).collect(),
        people: counting.iter().filter_map(|consent| consent.person_id).collect(),
    })
}

/// Who consents to a protocol.
#[derive(Clone, Debug, Default)]
pub struct Consenting {
    pub pseudonyms: HashSet<Id>,
    pub people: HashSet<Id>,
}
