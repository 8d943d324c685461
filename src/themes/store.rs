//! Themes in the database.

use super::types::Theme;
use crate::access::{Locate, Place, Tx};
use crate::db::schema::{cycle_themes, themes};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use diesel::prelude::*;

crate::record_store!(themes, Theme);

/// A theme by its id.
#[derive(Clone)]
pub struct OneTheme(pub Id);

impl Locate for OneTheme {
    type Found = Theme;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Theme, Place)>> {
        Ok(find(tx, self.0)?.map(|theme| {
            let place = Place::default().by(theme.created_by);
            (theme, place)
        }))
    }
}

pub fn list(tx: &mut Tx<'_>, page: &Page) -> QueryResult<Vec<Theme>> {
    let query = newest_first!(themes::table, page, themes::created_at, themes::id);
    query.load(tx.conn())
}

/// Those of the ids that are themes.
pub fn standing(tx: &mut Tx<'_>, ids: &[Id]) -> QueryResult<Vec<Id>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    themes::table.filter(themes::id.eq_any(ids)).select(themes::id).load(tx.conn())
}

/// The themes of a cycle.
pub fn of_cycle(tx: &mut Tx<'_>, network_id: Id, cycle_id: Id) -> QueryResult<Vec<Theme>> {
    let named = cycle_themes::table
        .filter(cycle_themes::network_id.eq(network_id))
        .filter(cycle_themes::cycle_id.eq(cycle_id))
        .select(cycle_themes::theme_id);
    themes::table.filter(themes::id.eq_any(named)).order(themes::id).load(tx.conn())
}
