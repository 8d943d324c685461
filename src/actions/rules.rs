//! How an action moves, and what makes its challenge whole.

use super::types::{Action, ActionPatch, ActionState, ActionTransition, Challenge, ChallengeAnswer};
use crate::db::types::Json;
use crate::error::{FieldError, Result};
use crate::http::body::HappenedAt;
use crate::http::text::Text;
use crate::ids::Id;
use crate::practice::not_withdrawn;
use crate::transitions::{Moves, not_allowed};

/// An organisation that keeps its rule says why.
pub fn challenge_is_whole(challenge: Option<&Challenge>, faults: &mut Vec<FieldError>) {
    if let Some(challenge) = challenge
        && challenge.answer == Some(ChallengeAnswer::Kept)
        && challenge.answer_reason.is_none()
    {
        faults.push(FieldError::new(
            "/challenges/answerReason",
            "required",
            "A rule that is kept takes a reason.",
        ));
    }
}

/// The challenge as it is stored: an answer is always told.
pub fn with_answer(mut challenge: Challenge) -> Json<Challenge> {
    challenge.answer = Some(challenge.answer.unwrap_or_default());
    Json(challenge)
}

pub fn amend(action: &mut Action, patch: ActionPatch) -> Result<()> {
    not_withdrawn(action.state == ActionState::Withdrawn)?;
    patch.description.apply(&mut action.description, Text::into_string);
    patch.kind.apply(&mut action.kind, |kind| kind);
    patch.owner_id.apply(&mut action.owner_id, |id| id);
    patch.carried_out_by.apply(&mut action.carried_out_by, |support| support);
    patch.challenges.apply(&mut action.challenges, with_answer);
    patch.due_on.apply(&mut action.due_on, Into::into);
    action.challenged_organisation_id = action.challenges.as_ref().map(|challenge| challenge.organisation_id);
    Ok(())
}

impl Moves<Action> for ActionTransition {
    fn id(&self) -> Option<Id> {
        self.id
    }
    fn to(&self) -> &'static str {
        self.to.into()
    }
    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
    fn happened_at(&self) -> Option<HappenedAt> {
        self.happened_at
    }
    /// A dropped or finished one can be taken up again.
    fn apply(&self, action: &mut Action) -> Result<&'static str> {
        use ActionState::{Doing, Done, Dropped, Planned, Withdrawn};
        let from = action.state;
        let possible: &[ActionState] = match from {
            Planned => &[Doing, Done, Dropped, Withdrawn],
            Doing => &[Done, Planned, Dropped, Withdrawn],
            Done => &[Doing, Withdrawn],
            Dropped => &[Planned, Withdrawn],
            Withdrawn => &[Planned],
        };
        if !possible.contains(&self.to) {
            return Err(not_allowed(from.into(), self.to.into(), possible));
        }
        action.state = self.to;
        action.state_reason = self.reason.as_deref().map(Into::into);
        Ok(from.into())
    }
    fn noted(&self) -> &'static str {
        if self.to == ActionState::Withdrawn { "withdrawn" } else { "moved" }
    }
}
