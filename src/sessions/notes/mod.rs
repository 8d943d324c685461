//! Notes of a session: for whoever sees the session, or for those alone who were present.

pub mod api;
mod store;
pub mod types;

use super::rules;
use super::types::Session;
use crate::access::Tx;
use crate::edits::Edit;
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::http::text::Text;
use crate::ids::Id;
use crate::practice::{RecordState, Withdrawal, not_withdrawn};
use crate::record::{self, Created};
use crate::transitions;
use types::{NoteVisibility, SessionNote, SessionNoteCreate, SessionNotePatch};

/// Writes something down of a session that was held; for those present, only by one of them.
pub fn create(
    tx: &mut Tx<'_>,
    session: &Session,
    author_id: Id,
    body: &SessionNoteCreate,
) -> Result<Created<SessionNote>> {
    let digest = tx.digest(body.id, session.id, body)?;
    if let Some(stored) = body.id.map(|id| store::find(tx, id)).transpose()?.flatten() {
        let shown = stored.visibility == NoteVisibility::Network || stored.author_id == author_id;
        let here = stored.session_id == session.id && shown;
        return record::replay(stored, &digest, here);
    }
    super::takes_records(tx, session)?;
    let note = SessionNote {
        id: body.id.unwrap_or_default(),
        network_id: session.network_id,
        session_id: session.id,
        cycle_id: session.cycle_id,
        text: body.text.to_string(),
        visibility: body.visibility,
        state: RecordState::Current,
        state_reason: None,
        author_id,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        digest,
    };
    let audience = audience(session, &note)?;
    store::insert(tx, &note)?;
    store::show_to(tx, &note, audience)?;
    tx.note("created", &note);
    Ok(Created::fresh(note))
}

/// Changes one's note. Only a visibility that is given says anew who sees it: a word put right shows it to nobody more.
pub fn update(
    tx: &mut Tx<'_>,
    mut note: SessionNote,
    if_match: &IfMatch,
    patch: SessionNotePatch,
) -> Result<SessionNote> {
    if_match.demand(note.version)?;
    not_withdrawn(note.state == RecordState::Withdrawn)?;
    let before = note.clone();
    let shown_anew = patch.visibility.0.is_some();
    patch.text.apply(&mut note.text, Text::into_string);
    patch.visibility.apply(&mut note.visibility, |visibility| visibility);
    if shown_anew {
        let session = super::store::find(tx, note.session_id)?.ok_or(Error::NotFound)?;
        let audience = audience(&session, &note)?;
        store::show_to(tx, &note, audience)?;
    }
    store::save(tx, &mut note)?;
    tx.note_update(&before, &note);
    Ok(note)
}

/// Those to whom a note is shown besides its author. 409 where the author was not one of them.
fn audience<'s>(session: &'s Session, note: &SessionNote) -> Result<&'s [Id]> {
    match note.visibility {
        NoteVisibility::Network => Ok(&[]),
        NoteVisibility::Present => {
            rules::was_present(session, note.author_id)?;
            Ok(&session.present_ids)
        }
    }
}

pub fn withdraw(
    tx: &mut Tx<'_>,
    note: SessionNote,
    person_id: Id,
    if_match: &IfMatch,
    body: &Withdrawal,
) -> Result<SessionNote> {
    transitions::move_one(tx, person_id, Edit { record: note, if_match, body }, store::save)
}
