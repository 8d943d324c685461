//! Themes: what is learned about, in a locality and a period. They belong to the whole server, so that networks meet
//! on them.

pub mod api;
pub mod rules;
mod store;
pub mod types;

use crate::access::Tx;
use crate::db::types::Json;
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::practice::dangling;
use crate::record::{self, Created};
use crate::tree::{self, THEMES};
pub use store::{OneTheme, standing};
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
        starts_on: body.starts_on.map(Into::into),
        ends_on: body.ends_on.map(Into::into),
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
    let lay_below = theme.broader_theme_id;
    rules::amend(&mut theme, patch, tx.now)?;
    if theme.broader_theme_id != lay_below {
        broader_stands(tx, &theme)?;
    }
    store::save(tx, &mut theme)?;
    tx.note("updated", &theme);
    Ok(theme)
}

/// The broader theme exists, and does not lead back here.
fn broader_stands(tx: &mut Tx<'_>, theme: &Theme) -> Result<()> {
    let Some(broader_id) = theme.broader_theme_id else { return Ok(()) };
    let broader = tree::above(tx, THEMES, broader_id)?;
    if broader.is_empty() {
        return Err(Error::dangling(vec![dangling("broaderThemeId", broader_id)]));
    }
    let levels = tree::levels(&tree::below(tx, THEMES, theme.id)?).max(1);
    rules::may_lie_below(theme.id, levels, &broader)
}

/// The themes of a cycle, for reports.
pub fn of_cycle(tx: &mut Tx<'_>, network_id: Id, cycle_id: Id) -> Result<Vec<Theme>> {
    Ok(store::of_cycle(tx, network_id, cycle_id)?)
}

/// A theme by its id.
pub fn find(tx: &mut Tx<'_>, id: Id) -> Result<Option<Theme>> {
    Ok(store::find(tx, id)?)
}
