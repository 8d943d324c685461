//! Networks' work on themes in the database.

use super::types::{ThemeNetwork, ThemeNetworkFilter};
use crate::access::{Locate, Place, Tx};
use crate::db::schema::theme_networks;
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use diesel::prelude::*;

crate::record_store!(theme_networks, ThemeNetwork);

/// A network's term on a theme by its id.
#[derive(Clone)]
pub struct OneThemeNetwork(pub Id);

impl Locate for OneThemeNetwork {
    type Found = ThemeNetwork;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(ThemeNetwork, Place)>> {
        Ok(find(tx, self.0)?.map(|term| {
            let place = Place::network(term.network_id);
            (term, place)
        }))
    }
}

pub fn list(
    tx: &mut Tx<'_>,
    network_id: Id,
    filter: &ThemeNetworkFilter,
    page: &Page,
) -> QueryResult<Vec<ThemeNetwork>> {
    let mut query = newest_first!(
        theme_networks::table.filter(theme_networks::network_id.eq(network_id)),
        page,
        theme_networks::created_at,
        theme_networks::id
    );
    if let Some(theme_id) = filter.theme_id {
        query = query.filter(theme_networks::theme_id.eq(theme_id));
    }
    query.load(tx.conn())
}

/// The network's other terms on the theme.
pub fn others(tx: &mut Tx<'_>, term: &ThemeNetwork) -> QueryResult<Vec<ThemeNetwork>> {
    theme_networks::table
        .filter(theme_networks::network_id.eq(term.network_id))
        .filter(theme_networks::theme_id.eq(term.theme_id))
        .filter(theme_networks::id.ne(term.id))
        .load(tx.conn())
}

/// All networks' terms on any of the themes.
pub fn on_themes(tx: &mut Tx<'_>, theme_ids: &[Id]) -> QueryResult<Vec<ThemeNetwork>> {
    theme_networks::table.filter(theme_networks::theme_id.eq_any(theme_ids)).load(tx.conn())
}
