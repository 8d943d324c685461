//! How a session goes from a plan to what took place.

use super::types::{Session, SessionPatch, SessionState, SessionTransition};
use crate::db::types::Json;
use crate::error::{Error, FieldError, Result};
use crate::http::text::Text;
use crate::ids::Id;
use crate::transitions::not_allowed;

/// 409 before the session is held: what takes place there cannot be told yet.
pub fn took_place(session: &Session) -> Result<()> {
    match session.state {
        SessionState::Held => Ok(()),
        SessionState::Planned | SessionState::Cancelled => {
            Err(Error::conflict("not_held", "The session has not been held."))
        }
    }
}

/// 409 where somebody who was not there would speak as one of those present.
pub fn was_present(session: &Session, person_id: Id) -> Result<()> {
    if session.present_ids.contains(&person_id) {
        return Ok(());
    }
    Err(Error::conflict("not_present", "You were not present at this session."))
}

/// Applies a patch: to the plan of a planned session, to the attendance of one that was held.
pub fn amend(session: &mut Session, patch: SessionPatch) -> Result<()> {
    let plan = patch.title.0.is_some()
        || patch.starts_at.0.is_some()
        || patch.ends_at.0.is_some()
        || patch.place.0.is_some()
        || patch.agenda.0.is_some();
    match session.state {
        SessionState::Cancelled => {
            return Err(Error::conflict("cancelled", "The session was cancelled and takes no changes."));
        }
        SessionState::Held if plan => {
            let detail = "The session was held: who was present can be corrected, what was planned cannot.";
            return Err(Error::conflict("held", detail));
        }
        SessionState::Planned if patch.present_ids.0.is_some() => took_place(session)?,
        SessionState::Planned | SessionState::Held => {}
    }
    patch.title.apply(&mut session.title, Text::into_string);
    patch.starts_at.apply(&mut session.starts_at, |instant| instant);
    patch.ends_at.apply(&mut session.ends_at, |instant| instant);
    patch.place.apply(&mut session.place, Text::into_string);
    patch.agenda.apply(&mut session.agenda, Text::into_string);
    patch.present_ids.apply(&mut session.present_ids, |ids| Json(ids.into_vec()));
    if session.ends_at.is_some_and(|ends_at| ends_at <= session.starts_at) {
        let fault = FieldError::new("/endsAt", "inconsistent", "Must lie after startsAt.");
        return Err(Error::inconsistent(vec![fault]));
    }
    Ok(())
}

/// Moves the session and answers with the state it had.
pub fn transition(session: &mut Session, body: &SessionTransition) -> Result<SessionState> {
    let from = session.state;
    let possible: &[SessionState] = match from {
        SessionState::Planned => &[SessionState::Held, SessionState::Cancelled],
        SessionState::Held | SessionState::Cancelled => &[],
    };
    if !possible.contains(&body.to) {
        return Err(not_allowed(from.into(), body.to.into(), possible));
    }
    session.state = body.to;
    session.state_reason = body.reason.as_deref().map(Into::into);
    session.present_ids = Json(body.present_ids.as_deref().unwrap_or_default().to_vec());
    Ok(from)
}
