//! How an insight moves, and when its text may change.

use super::types::{
    Audience, Insight, InsightMove, InsightPatch, InsightState, InsightTransition, NO_SOURCE,
};
use crate::clock::Instant;
use crate::db::types::Json;
use crate::error::{Error, FieldError, Result};
use crate::http::text::Text;
use crate::transitions::not_allowed;

/// 409 where the text is fixed: others may have taken it up as it is.
pub fn is_draft(insight: &Insight) -> Result<()> {
    if insight.state == InsightState::Draft {
        return Ok(());
    }
    Err(Error::conflict("not_a_draft", "What was shared stays as it is. Draft a new insight instead."))
}

/// Applies a patch to a draft.
pub fn amend(insight: &mut Insight, patch: InsightPatch) -> Result<()> {
    is_draft(insight)?;
    patch.title.apply(&mut insight.title, Text::into_string);
    patch.body.apply(&mut insight.body, Text::into_string);
    patch.locality.apply(&mut insight.locality, Text::into_string);
    patch.theme_ids.apply(&mut insight.theme_ids, |ids| Json(ids.into_vec()));
    patch.reflection_ids.apply(&mut insight.reflection_ids, |ids| Json(ids.into_vec()));
    patch.evaluation_ids.apply(&mut insight.evaluation_ids, |ids| Json(ids.into_vec()));
    patch.adapted_from_id.apply(&mut insight.adapted_from_id, |id| id);
    if insight.reflection_ids.is_empty() && insight.evaluation_ids.is_empty() {
        return Err(Error::inconsistent(vec![FieldError::new("/reflectionIds", "required", NO_SOURCE)]));
    }
    Ok(())
}

/// Moves the insight; its provenance is added by who knows it. Answers with where it stood, in the words of [`stage`].
pub fn transition(
    insight: &mut Insight,
    body: &InsightTransition,
    happened_at: Instant,
) -> Result<&'static str> {
    use InsightState::{Draft, Shared, Withdrawn};
    let from = stage(insight);
    match (insight.state, body.to) {
        (Draft, InsightMove::Shared) => {
            insight.shared_at = Some(happened_at);
            insight.audience = body.audience;
        }
        (Shared, InsightMove::Shared) if body.audience > insight.audience => {
            insight.audience = body.audience;
        }
        (Shared, InsightMove::Shared) => {
            let detail = "It is shared with this audience already, or with a wider one. It can be withdrawn.";
            return Err(Error::conflict("audience_not_wider", detail));
        }
        (Shared, InsightMove::Withdrawn) => {
            insight.state_reason = body.reason.as_deref().map(Into::into);
        }
        (Draft, InsightMove::Withdrawn) => return Err(not_allowed("draft", "withdrawn", &["shared"])),
        (Withdrawn, to) => {
            let to = if to == InsightMove::Shared { "shared" } else { "withdrawn" };
            return Err(not_allowed::<&str>("withdrawn", to, &[]));
        }
    }
    insight.state = if body.to == InsightMove::Shared { Shared } else { Withdrawn };
    Ok(from)
}

/// Where an insight stands, for the record of its moves: a wider audience is a move too.
pub fn stage(insight: &Insight) -> &'static str {
    match (insight.state, insight.audience) {
        (InsightState::Draft, _) => "draft",
        (InsightState::Withdrawn, _) => "withdrawn",
        (InsightState::Shared, Some(Audience::Commons)) => "shared_commons",
        (InsightState::Shared, Some(Audience::Lineage)) => "shared_lineage",
        (InsightState::Shared, _) => "shared_network",
    }
}
