//! Consents to research in the database.

use super::types::{ConsentState, ResearchConsent, ResearchConsentFilter};
use crate::access::{Locate, Place, Tx};
use crate::db::schema::{
    actions, evaluations, observations, perceptions, questions, reflections, research_consents, returns,
};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::members;
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

/// One's own consents in a network: of a member among those of the network, and of whoever else wrote there, as a guest of a
/// cycle, through a network that shares it, or as a member once, theirs alone.
#[derive(Clone)]
pub struct OwnConsents(pub Id);

impl Locate for OwnConsents {
    type Found = Id;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Id, Place)>> {
        let network_id = self.0;
        if let Some(person_id) = tx.acting
            && !members::is_member(tx, network_id, person_id)?
            && has_written(tx, network_id, person_id)?
        {
            let texts_of = Some(network_id);
            let place = Place { private: true, texts_of, ..Place::default().by(person_id) };
            return Ok(Some((network_id, place)));
        }
        Ok(Some((network_id, Place::network(network_id))))
    }
}

/// Whether somebody wrote anything in a network that research could use.
fn has_written(tx: &mut Tx<'_>, network_id: Id, person_id: Id) -> QueryResult<bool> {
    macro_rules! wrote {
        ($($table:ident),+) => {
            $(
                let theirs = $table::table
                    .filter($table::network_id.eq(network_id))
                    .filter($table::author_id.eq(person_id));
                if diesel::select(diesel::dsl::exists(theirs)).get_result(tx.conn())? {
                    return Ok(true);
                }
            )+
        };
    }
    wrote!(observations, questions, reflections, actions, evaluations, returns, perceptions);
    Ok(false)
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
