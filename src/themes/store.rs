//! Themes in the database.

use super::types::Theme;
use crate::access::{Locate, Place, Tx};
use crate::db::schema::themes;
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
