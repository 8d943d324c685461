//! Themes: what is learned about, in a locality and a period. They belong to the whole server, so that networks meet
//! on them.

pub mod api;
pub mod rules;
mod store;
pub mod types;

use crate::access::Tx;
use crate::db::types::Json;
use crate::error::Result;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::practice::{all_found, dangling};
use crate::record::{self, Created};
use types::{Theme, ThemeCreate, ThemePatch};

pub fn create(tx: &mut Tx<'_>, author_id: Id, body: &ThemeCreate) -> Result<Created<Theme>> {
    let digest = tx.digest(body.id, Id::NIL, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        return record::replay(stored, &digest, true);
    }
    let theme = Theme {
        id: body.id.unwrap_or_default(),
        title: body.title.to_string(),
        former_titles: Json(Vec::new()),
        locality: body.locality.as_deref().map(Into::into),
        starts_on: body.starts_on,
        ends_on: body.ends_on,
        broader_theme_id: body.broader_theme_id,
        created_by: author_id,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    broader_stands(tx, &theme)?;
    store::insert(tx, &theme)?;
    tx.note("created", &theme);
    Ok(Created::fresh(theme))
}

pub fn update(tx: &mut Tx<'_>, mut theme: Theme, if_match: &IfMatch, patch: ThemePatch) -> Result<Theme> {
    if_match.demand(theme.version)?;
    rules::amend(&mut theme, patch, tx.now)?;
    broader_stands(tx, &theme)?;
    store::save(tx, &mut theme)?;
    tx.note("updated", &theme);
    Ok(theme)
}

/// The broader theme exists, and does not lead back here.
fn broader_stands(tx: &mut Tx<'_>, theme: &Theme) -> Result<()> {
    let mut broader = theme.broader_theme_id;
    let mut path = vec![theme.id];
    while let Some(id) = broader {
        rules::not_circular(&path, id)?;
        path.push(id);
        match store::find(tx, id)? {
            Some(found) => broader = found.broader_theme_id,
            None => return all_found(vec![dangling("broaderThemeId", id)]),
        }
    }
    Ok(())
}
