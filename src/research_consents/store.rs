//! Consents to research in the database.

use super::types::{ConsentState, ResearchConsent, ResearchConsentFilter};
use crate::access::{Locate, Place, Tx};
use crate::db::schema::research_consents;
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use diesel::prelude::*;

crate::record_store!(research_consents, ResearchConsent);

/// A consent by its id. That of a pseudonym lies in its network; that of somebody is theirs alone, wherever they are a member
/// by now, so that it can be withdrawn after leaving too.
#[derive(Clone)]
pub struct OneConsent(pub Id);

impl Locate for OneConsent {
    type Found = ResearchConsent;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(ResearchConsent, Place)>> {
        Ok(find(tx, self.0)?.map(|consent| {
            let place = match consent.person_id {
                Some(person_id) => {
                    let texts_of = Some(consent.network_id);
                    Place { private: true, texts_of, ..Place::default().by(person_id) }
                }
                None => Place::network(consent.network_id),
            };
            (consent, place)
        }))
    }
}

/// Whose consents a list is of.
#[derive(Clone, Copy, Debug)]
pub enum Whose {
    /// Of pseudonyms and of people.
    All,
    Pseudonym(Id),
    Person(Id),
}

/// Consents in a network, newest first.
pub fn list(
    tx: &mut Tx<'_>,
    network_id: Id,
    whose: Whose,
    filter: &ResearchConsentFilter,
    page: &Page,
) -> QueryResult<Vec<ResearchConsent>> {
    let mut query = newest_first!(
        research_consents::table.filter(research_consents::network_id.eq(network_id)),
        page,
        research_consents::created_at,
        research_consents::id
    );
    match whose {
        Whose::All => {}
        Whose::Pseudonym(id) => query = query.filter(research_consents::pseudonym_id.eq(id)),
        Whose::Person(id) => query = query.filter(research_consents::person_id.eq(id)),
    }
    if let Some(protocol) = &filter.protocol {
        query = query.filter(research_consents::protocol.eq(protocol.as_str().to_owned()));
    }
    if let Some(state) = filter.state {
        query = query.filter(research_consents::state.eq(state));
    }
    query.load(tx.conn())
}

/// The consents that were given by the same one to the same protocol and not withdrawn.
pub fn given_beside(tx: &mut Tx<'_>, consent: &ResearchConsent) -> QueryResult<Vec<ResearchConsent>> {
    let given = of_protocol(tx, consent.network_id, &consent.protocol)?;
    let same = |other: &ResearchConsent| {
        (other.pseudonym_id, other.person_id) == (consent.pseudonym_id, consent.person_id)
    };
    Ok(given.into_iter().filter(same).collect())
}

/// All that were given to a protocol in a network, and not withdrawn.
pub fn of_protocol(tx: &mut Tx<'_>, network_id: Id, protocol: &str) -> QueryResult<Vec<ResearchConsent>> {
    research_consents::table
        .filter(research_consents::network_id.eq(network_id))
        .filter(research_consents::protocol.eq(protocol.to_owned()))
        .filter(research_consents::state.eq(ConsentState::Given))
        .load(tx.conn())
}
