//! Networks on themes: who works on what, for a time, and whether others see the figures of it.

pub mod api;
pub mod rules;
mod store;
pub mod types;

use crate::access::Tx;
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::practice::dangling;
use crate::record::{self, Created};
use crate::themes;
use types::{ThemeNetwork, ThemeNetworkCreate, ThemeNetworkPatch};

/// Says that a network works on a theme.
pub fn create(tx: &mut Tx<'_>, network_id: Id, body: &ThemeNetworkCreate) -> Result<Created<ThemeNetwork>> {
    let digest = tx.digest(body.id, network_id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let here = stored.network_id == network_id;
        return record::replay(stored, &digest, here);
    }
    if themes::standing(tx, &[body.theme_id])?.is_empty() {
        return Err(Error::dangling(vec![dangling("themeId", body.theme_id)]));
    }
    let term = ThemeNetwork {
        id: body.id.unwrap_or_default(),
        network_id,
        theme_id: body.theme_id,
        starts_on: body.starts_on.map_or(tx.now.day(), Into::into),
        ends_on: body.ends_on.map(Into::into),
        shares_figures: body.shares_figures,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    rules::may_stand(&term, &store::others(tx, &term)?)?;
    store::insert(tx, &term)?;
    tx.note("created", &term);
    Ok(Created::fresh(term))
}

/// Moves the days of a term, or says anew whether its figures are shared.
pub fn update(
    tx: &mut Tx<'_>,
    mut term: ThemeNetwork,
    if_match: &IfMatch,
    patch: &ThemeNetworkPatch,
) -> Result<ThemeNetwork> {
    if_match.demand(term.version)?;
    let days = (term.starts_on, term.ends_on);
    rules::amend(&mut term, patch, tx.now.day())?;
    if (term.starts_on, term.ends_on) != days {
        rules::may_stand(&term, &store::others(tx, &term)?)?;
    }
    store::save(tx, &mut term)?;
    tx.note("updated", &term);
    Ok(term)
}

/// Ends a term today, or calls it off before it begins.
pub fn end(tx: &mut Tx<'_>, mut term: ThemeNetwork, if_match: &IfMatch) -> Result<()> {
    if_match.demand(term.version)?;
    rules::end(&mut term, tx.now.day())?;
    store::save(tx, &mut term)?;
    tx.note("ended", &term);
    Ok(())
}

/// All networks' terms on any of the themes, those that have ended or have yet to begin too.
pub fn on_themes(tx: &mut Tx<'_>, theme_ids: &[Id]) -> Result<Vec<ThemeNetwork>> {
    Ok(store::on_themes(tx, theme_ids)?)
}
