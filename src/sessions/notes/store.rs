//! Notes of sessions in the database. What is kept to those present is filtered here for every list, and by the `Place`
//! for every single note.

use super::types::{NoteVisibility, SessionNote};
use crate::access::{Locate, Place, Tx};
use crate::db::schema::{session_note_people, session_notes, session_people};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::natively;
use crate::newest_first;
use crate::practice::RecordState;
use crate::sessions::store::place;
use crate::sessions::types::Session;
use diesel::prelude::*;

crate::record_store!(session_notes, SessionNote);

/// A note by its id.
#[derive(Clone)]
pub struct OneSessionNote(pub Id);

impl Locate for OneSessionNote {
    type Found = SessionNote;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(SessionNote, Place)>> {
        let Some(note) = find(tx, self.0)? else { return Ok(None) };
        let open = place(note.network_id, note.cycle_id).by(note.author_id);
        let place = match note.visibility {
            NoteVisibility::Network => open,
            NoteVisibility::Present => Place { private: true, shown_to: shown_to(tx, &note)?, ..open },
        };
        Ok(Some((note, place)))
    }
}

/// Who sees a note that is kept to those present: who was on the list when it was written, and still is.
fn shown_to(tx: &mut Tx<'_>, note: &SessionNote) -> QueryResult<Vec<Id>> {
    let still_listed = session_people::network_id
        .eq(session_note_people::network_id)
        .and(session_people::person_id.eq(session_note_people::person_id));
    session_note_people::table
        .inner_join(session_people::table.on(still_listed))
        .filter(session_note_people::network_id.eq(note.network_id))
        .filter(session_note_people::note_id.eq(note.id))
        .filter(session_people::session_id.eq(note.session_id))
        .select(session_note_people::person_id)
        .load(tx.conn())
}

/// The session's notes that this person sees.
pub fn list(
    tx: &mut Tx<'_>,
    session: &Session,
    viewer_id: Id,
    state: RecordState,
    page: &Page,
) -> QueryResult<Vec<SessionNote>> {
    let query = newest_first!(
        session_notes::table
            .filter(session_notes::network_id.eq(session.network_id))
            .filter(session_notes::session_id.eq(session.id))
            .filter(session_notes::state.eq(state)),
        page,
        session_notes::created_at,
        session_notes::id
    );
    let open = session_notes::visibility.eq(NoteVisibility::Network);
    let own = session_notes::author_id.eq(viewer_id);
    if !session.present_ids.contains(&viewer_id) {
        return query.filter(open.or(own)).load(tx.conn());
    }
    let shown = session_note_people::table
        .filter(session_note_people::network_id.eq(session.network_id))
        .filter(session_note_people::person_id.eq(viewer_id))
        .select(session_note_people::note_id);
    query.filter(open.or(own).or(session_notes::id.eq_any(shown))).load(tx.conn())
}

/// Shows a note that is kept to those present to these people, instead of the ones that stood.
pub fn show_to(tx: &mut Tx<'_>, note: &SessionNote, people: &[Id]) -> QueryResult<()> {
    let standing = session_note_people::table
        .filter(session_note_people::network_id.eq(note.network_id))
        .filter(session_note_people::note_id.eq(note.id));
    diesel::delete(standing).execute(tx.conn())?;
    let row = |person_id| {
        (
            session_note_people::network_id.eq(note.network_id),
            session_note_people::note_id.eq(note.id),
            session_note_people::person_id.eq(person_id),
        )
    };
    let rows: Vec<_> = people.iter().map(row).collect();
    natively!(tx.conn(), c => diesel::insert_into(session_note_people::table).values(&rows).execute(c))
        .map(drop)
}
