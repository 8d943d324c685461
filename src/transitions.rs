//! Moves of a state: every one is recorded with who, when and why. A move's id makes it safe to send again.

use crate::access::Tx;
use crate::clock::Instant;
use crate::db::schema::transitions;
use crate::edits::{self, Edit, Edited, Edits};
use crate::error::{Error, Result};
use crate::http::body::HappenedAt;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::newest_first;
use crate::record::{self, Record};
use crate::store::in_parts;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use std::collections::HashMap;

/// A move as it was made.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = transitions, treat_none_as_default_value = false)]
pub struct Transition {
    pub id: Id,
    #[serde(skip)]
    #[schemars(skip)]
    pub network_id: Id,
    /// The record that moved.
    pub subject_id: Id,
    #[serde(rename = "from")]
    pub from_state: String,
    #[serde(rename = "to")]
    pub to_state: String,
    pub reason: Option<String>,
    pub person_id: Id,
    pub happened_at: Instant,
    pub created_at: Instant,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

/// A body that moves the state of a record.
pub trait Moves<R>: Serialize {
    /// The id of the move, where the client chose one.
    fn id(&self) -> Option<Id>;
    fn to(&self) -> &'static str;
    fn reason(&self) -> Option<&str>;
    fn happened_at(&self) -> Option<HappenedAt>;
    /// Moves the record, and answers the state that it had.
    fn apply(&self, record: &mut R) -> Result<&'static str>;
    /// What the change log says happened to the record.
    fn noted(&self) -> &'static str {
        self.to()
    }
}

/// Moves different records of a kind, and records each move with who made it. A move that was made before is not made
/// again.
pub fn move_all<R: Record + Clone, B: Moves<R>>(
    tx: &mut Tx<'_>,
    person_id: Id,
    edits: Vec<Edit<'_, R, B>>,
    save_all: impl FnOnce(&mut Tx<'_>, Vec<&mut R>) -> Result<()>,
) -> Result<Edited<R>> {
    let ids: Vec<Id> = edits.iter().filter_map(|edit| edit.body.id()).collect();
    let made = made_among(tx, &ids)?;
    let make = |record: &mut R, if_match: &IfMatch, body: &B| {
        let digest = tx.digest(body.id(), record.id(), body)?;
        let earlier = body.id().and_then(|id| made.get(&id));
        if is_same(earlier, record.id(), &digest)? {
            return Ok(None);
        }
        if_match.honour(record.version())?;
        let from = body.apply(record)?;
        let made = Move {
            id: body.id(),
            from,
            to: body.to(),
            reason: body.reason(),
            happened_at: body.happened_at(),
            digest,
        };
        Ok(Some((row(tx, record, person_id, made), body.noted())))
    };
    let mut moved = Edits::of(edits, make);
    moved.save(tx, save_all)?;
    let rows: Vec<&Transition> = moved.changed().into_iter().map(|changed| &changed.with.0).collect();
    crate::insert_rows!(tx, transitions, rows, part => part.to_vec())?;
    Ok(moved.noted(|changed| tx.note(changed.with.1, &changed.now)))
}

/// Moves one record.
pub fn move_one<R: Record + Clone, B: Moves<R>>(
    tx: &mut Tx<'_>,
    person_id: Id,
    edit: Edit<'_, R, B>,
    save: impl Fn(&mut Tx<'_>, &mut R) -> Result<()>,
) -> Result<R> {
    let save_all =
        |tx: &mut Tx<'_>, records: Vec<&mut R>| records.into_iter().try_for_each(|one| save(tx, one));
    edits::only(move_all(tx, person_id, vec![edit], save_all)?)
}

/// What is known of an earlier move: its subject, and the digest of its body.
type Made = (Id, Vec<u8>);

/// Those of `ids` under which a move was made.
fn made_among(tx: &mut Tx<'_>, ids: &[Id]) -> Result<HashMap<Id, Made>> {
    let made: Vec<(Id, Id, Vec<u8>)> = in_parts(ids, |part| {
        transitions::table
            .filter(transitions::id.eq_any(part))
            .select((transitions::id, transitions::subject_id, transitions::digest))
            .load(tx.conn())
    })?;
    Ok(made.into_iter().map(|(id, subject_id, digest)| (id, (subject_id, digest))).collect())
}

/// Whether this very move was made before: then the subject is answered as it is now, and nothing is written.
/// 409 where the id was used for something else.
pub fn was_made(tx: &mut Tx<'_>, id: Option<Id>, subject_id: Id, digest: &[u8]) -> Result<bool> {
    let made = made_among(tx, id.as_slice())?;
    is_same(id.and_then(|id| made.get(&id)), subject_id, digest)
}

fn is_same(made: Option<&Made>, subject_id: Id, digest: &[u8]) -> Result<bool> {
    match made {
        None => Ok(false),
        Some((subject, stored)) if *subject == subject_id && stored == digest => Ok(true),
        Some((subject, _)) if *subject == subject_id => {
            Err(Error::conflict("id_reused", "This record was moved under the same id with other content."))
        }
        Some(_) => Err(record::id_taken()),
    }
}

/// 409 for a move that a state does not know, with those it does.
pub fn not_allowed<S: Copy + Into<&'static str>>(from: &str, to: &str, possible: &[S]) -> Error {
    let names: Vec<&str> = possible.iter().map(|state| (*state).into()).collect();
    let choice = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    Error::conflict("move_not_allowed", format!("From {from} there is no move to {to}; possible: {choice}."))
        .with("possible", json!(names))
}

/// A move to record: what the body asked for, and the state that the subject had.
pub struct Move<'a> {
    pub id: Option<Id>,
    pub from: &'static str,
    pub to: &'static str,
    pub reason: Option<&'a str>,
    pub happened_at: Option<HappenedAt>,
    /// The digest of the body, by which a resend is known; empty without an id of the client's.
    pub digest: Vec<u8>,
}

/// Records a move of a record, by whom.
pub fn record<R: Record>(tx: &mut Tx<'_>, subject: &R, person_id: Id, made: Move<'_>) -> Result<()> {
    let transition = row(tx, subject, person_id, made);
    diesel::insert_into(transitions::table).values(&transition).execute(tx.conn())?;
    Ok(())
}

fn row<R: Record>(tx: &Tx<'_>, subject: &R, person_id: Id, made: Move<'_>) -> Transition {
    Transition {
        id: made.id.unwrap_or_default(),
        network_id: subject.network_id(),
        subject_id: subject.id(),
        from_state: made.from.into(),
        to_state: made.to.into(),
        reason: made.reason.map(Into::into),
        person_id,
        happened_at: HappenedAt::or_now(made.happened_at, tx.now),
        created_at: tx.now,
        digest: made.digest,
    }
}

/// The moves of a record, newest first.
pub fn list(
    tx: &mut Tx<'_>,
    network_id: Id,
    subject_id: Id,
    page: &crate::http::page::Page,
) -> Result<Vec<Transition>> {
    let query = newest_first!(
        transitions::table
            .filter(transitions::network_id.eq(network_id))
            .filter(transitions::subject_id.eq(subject_id)),
        page,
        transitions::created_at,
        transitions::id
    );
    Ok(query.load(tx.conn())?)
}
