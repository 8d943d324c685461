//! The dossier of a theme: what networks have learned about it, for everyone to read. A network puts a text forward that
//! it has drawn from an insight, a second person approves it, and it is public while its insight is shared with everyone.

pub mod api;
mod atom;
mod feeds;
mod json_feed;
mod markdown;
mod newsletter;
pub mod page;
pub mod public;
mod published;
pub mod rules;
mod store;
pub mod types;
mod words;

use crate::access::Tx;
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::insights::types::Insight;
use crate::practice::{all_found, dangling};
use crate::record::{self, Created};
use crate::themes;
use crate::transitions::{self, Move};
pub use json_feed::JsonFeedDocument;
use types::{
    DossierEntry, DossierEntryCreate, DossierEntryPatch, DossierEntryTransition, EntryMove, EntryState,
};

/// Puts a text forward that was drawn from an insight.
pub fn create(
    tx: &mut Tx<'_>,
    insight: &Insight,
    author_id: Id,
    body: &DossierEntryCreate,
) -> Result<Created<DossierEntry>> {
    let digest = tx.digest(body.id, insight.id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.insight_id == insight.id;
        return record::replay(stored, &digest, here);
    }
    let entry = DossierEntry {
        id: body.id.unwrap_or_default(),
        network_id: insight.network_id,
        insight_id: insight.id,
        theme_id: body.theme_id,
        language: body.language,
        title: body.title.to_string(),
        text: body.text.to_string(),
        state: EntryState::Proposed,
        state_reason: None,
        approved_by: None,
        approved_at: None,
        created_by: author_id,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    rules::is_in_commons(rules::in_commons(insight.state, insight.audience))?;
    theme_stands(tx, &entry)?;
    store::insert(tx, &entry)?;
    tx.note("proposed", &entry);
    Ok(Created::fresh(entry))
}

pub fn update(
    tx: &mut Tx<'_>,
    mut entry: DossierEntry,
    if_match: &IfMatch,
    patch: DossierEntryPatch,
) -> Result<DossierEntry> {
    if_match.demand(entry.version)?;
    rules::amend(&mut entry, patch)?;
    theme_stands(tx, &entry)?;
    store::save(tx, &mut entry)?;
    tx.note("updated", &entry);
    Ok(entry)
}

/// Approves, declines or withdraws an entry. The version is demanded: what is approved are the words that were read.
pub fn transition(
    tx: &mut Tx<'_>,
    mut entry: DossierEntry,
    person_id: Id,
    if_match: &IfMatch,
    body: &DossierEntryTransition,
) -> Result<DossierEntry> {
    let digest = tx.digest(body.id, entry.id, body)?;
    if transitions::was_made(tx, body.id, entry.id, &digest)? {
        return Ok(entry);
    }
    if_match.demand(entry.version)?;
    let from = entry.state;
    rules::transition(&mut entry, body, person_id, tx.now)?;
    if body.to == EntryMove::Approved {
        rules::is_in_commons(store::in_commons(tx, &entry)?)?;
        if store::has_twin(tx, &entry)? {
            let detail = "This insight has an approved entry for this theme in this language. Withdraw that one first.";
            return Err(Error::conflict("already_approved", detail));
        }
    }
    store::save(tx, &mut entry)?;
    let to = body.to.into();
    let made = Move {
        id: body.id,
        from: from.into(),
        to,
        reason: body.reason.as_deref(),
        happened_at: body.happened_at,
        digest,
    };
    transitions::record(tx, &entry, person_id, made)?;
    tx.note(to, &entry);
    Ok(entry)
}

/// An entry by its id, whoever may see it.
pub fn find(tx: &mut Tx<'_>, id: Id) -> Result<Option<DossierEntry>> {
    Ok(store::find(tx, id)?)
}

fn theme_stands(tx: &mut Tx<'_>, entry: &DossierEntry) -> Result<()> {
    let faults = match themes::standing(tx, &[entry.theme_id])?.is_empty() {
        true => vec![dangling("themeId", entry.theme_id)],
        false => Vec::new(),
    };
    all_found(faults)
}
