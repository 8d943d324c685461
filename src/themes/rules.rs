//! How a theme changes.

use super::types::{FormerTitle, Theme, ThemePatch};
use crate::clock::Instant;
use crate::error::{Error, FieldError, Result};
use crate::http::text::Text;
use crate::ids::Id;
use crate::tree::Node;

/// Themes that may lie below each other.
const DEPTH: usize = 8;

/// Applies a patch; a title that changes is kept.
pub fn amend(theme: &mut Theme, patch: ThemePatch, now: Instant) -> Result<()> {
    if let Some(title) = &patch.title.0
        && **title != *theme.title
    {
        theme.former_titles.0.push(FormerTitle { title: theme.title.clone(), until: now });
    }
    patch.title.apply(&mut theme.title, Text::into_string);
    patch.locality.apply(&mut theme.locality, Text::into_string);
    patch.starts_on.apply(&mut theme.starts_on, Into::into);
    patch.ends_on.apply(&mut theme.ends_on, Into::into);
    patch.broader_theme_id.apply(&mut theme.broader_theme_id, |id| id);
    let mut faults = Vec::new();
    period_is_forward(theme.starts_on, theme.ends_on, &mut faults);
    if faults.is_empty() { Ok(()) } else { Err(Error::inconsistent(faults)) }
}

/// The title that a theme had at an instant: its first one before it was made, its present one since it last changed.
pub fn title_at(theme: &Theme, at: Instant) -> &str {
    let former = theme.former_titles.iter().find(|former| at < former.until);
    former.map_or(&theme.title, |former| &former.title)
}

/// A period does not end before it begins.
pub fn period_is_forward<D: PartialOrd>(
    starts_on: Option<D>,
    ends_on: Option<D>,
    faults: &mut Vec<FieldError>,
) {
    if let (Some(starts_on), Some(ends_on)) = (starts_on, ends_on)
        && ends_on < starts_on
    {
        faults.push(FieldError::new("/endsOn", "inconsistent", "Must not lie before startsOn."));
    }
}

/// Whether a theme that is `levels` deep itself may have the first of `broader` for its broader theme, which are that
/// one and all broader ones. Never one that leads back to it.
pub fn may_lie_below(id: Id, levels: usize, broader: &[Node]) -> Result<()> {
    if broader.iter().any(|node| node.id == id) {
        return Err(Error::conflict("theme_cycle", "The broader theme leads back to this one."));
    }
    if broader.len() + levels > DEPTH {
        return Err(Error::conflict("theme_too_deep", format!("Themes nest {DEPTH} deep at most.")));
    }
    Ok(())
}
