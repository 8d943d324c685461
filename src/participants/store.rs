//! Participants in the database.

use super::types::{Participant, ParticipantRow};
use crate::access::{Locate, Place, Tx};
use crate::cycles::rules::CycleState;
use crate::db::schema::{participants, people};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::newest_first;
use diesel::prelude::*;

crate::record_store!(participants, ParticipantRow);

/// A participant by its id.
#[derive(Clone)]
pub struct OneParticipant(pub Id);

impl Locate for OneParticipant {
    type Found = ParticipantRow;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(ParticipantRow, Place)>> {
        Ok(find(tx, self.0)?.map(|participant| {
            let place = Place::cycle(participant.network_id, participant.cycle_id).by(participant.person_id);
            (participant, place)
        }))
    }
}

/// As sent, with the person's name.
pub fn shown(tx: &mut Tx<'_>, participant: ParticipantRow) -> QueryResult<Participant> {
    let name = people::table
        .filter(people::id.eq(participant.person_id))
        .select(people::display_name)
        .get_result(tx.conn())?;
    Ok(participant.shown(name))
}

pub fn list(tx: &mut Tx<'_>, cycle: &CycleState, page: &Page) -> QueryResult<Vec<Participant>> {
    let query = newest_first!(
        participants::table
            .inner_join(people::table.on(people::id.eq(participants::person_id)))
            .filter(participants::network_id.eq(cycle.network_id))
            .filter(participants::cycle_id.eq(cycle.id))
            .select((participants::all_columns, people::display_name)),
        page,
        participants::created_at,
        participants::id
    );
    let rows: Vec<(ParticipantRow, String)> = query.load(tx.conn())?;
    Ok(rows.into_iter().map(|(participant, name)| participant.shown(name)).collect())
}

/// Somebody's part in the cycle that has not ended: one at most.
pub fn of_person(tx: &mut Tx<'_>, cycle: &CycleState, person_id: Id) -> QueryResult<Option<ParticipantRow>> {
    let now = tx.now;
    participants::table
        .filter(participants::network_id.eq(cycle.network_id))
        .filter(participants::cycle_id.eq(cycle.id))
        .filter(participants::person_id.eq(person_id))
        .filter(participants::ends_at.is_null().or(participants::ends_at.gt(now)))
        .get_result(tx.conn())
        .optional()
}
