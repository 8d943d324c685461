//! How an entry moves, and who is the second person.

use super::types::{DossierEntry, DossierEntryPatch, DossierEntryTransition, EntryMove, EntryState};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::http::text::Text;
use crate::ids::Id;
use crate::insights::types::{Audience, InsightState};
use crate::transitions::not_allowed;

/// Whether an insight of this state and audience is shared with everyone: the only kind that may get into a dossier, and
/// that stays in it.
pub fn in_commons(state: InsightState, audience: Option<Audience>) -> bool {
    state == InsightState::Shared && audience == Some(Audience::Commons)
}

/// 409 where the insight is not, or no longer, shared with everyone.
pub fn is_in_commons(in_commons: bool) -> Result<()> {
    if in_commons {
        return Ok(());
    }
    let detail = "Only an insight that is shared with everyone (`commons`) gets into a dossier.";
    Err(Error::conflict("insight_not_in_commons", detail))
}

/// Applies a patch to an entry that waits; later its text is fixed.
pub fn amend(entry: &mut DossierEntry, patch: DossierEntryPatch) -> Result<()> {
    if entry.state != EntryState::Proposed {
        let detail = "Its text is fixed. Withdraw it and put another one forward instead.";
        return Err(Error::conflict("not_proposed", detail));
    }
    patch.theme_id.apply(&mut entry.theme_id, |id| id);
    patch.language.apply(&mut entry.language, |language| language);
    patch.title.apply(&mut entry.title, Text::into_string);
    patch.text.apply(&mut entry.text, Text::into_string);
    Ok(())
}

/// Moves the entry. Only its proposer edits it, and so the second person is anybody else who may approve.
pub fn transition(
    entry: &mut DossierEntry,
    body: &DossierEntryTransition,
    person_id: Id,
    now: Instant,
) -> Result<()> {
    use EntryMove as To;
    use EntryState::{Approved, Declined, Proposed, Withdrawn};
    entry.state = match (entry.state, body.to) {
        (Proposed, To::Approved) if person_id == entry.created_by => {
            let detail = "Who put it forward does not approve it: a second person does.";
            return Err(Error::conflict("second_person_needed", detail));
        }
        (Proposed, To::Approved) => {
            entry.approved_by = Some(person_id);
            entry.approved_at = Some(now);
            Approved
        }
        (Proposed, To::Declined) => Declined,
        (Proposed | Approved, To::Withdrawn) => Withdrawn,
        (Approved, to) => return Err(not_allowed("approved", to.into(), &["withdrawn"])),
        (state @ (Declined | Withdrawn), to) => {
            return Err(not_allowed::<&str>(state.into(), to.into(), &[]));
        }
    };
    if body.to != To::Approved {
        entry.state_reason = body.reason.as_deref().map(Into::into);
    }
    Ok(())
}
