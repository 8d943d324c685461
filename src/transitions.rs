//! Moves of a state: every one is recorded with who, when and why. A move's id makes it safe to send again.

use crate::access::Tx;
use crate::clock::Instant;
use crate::db::schema::transitions;
use crate::error::{Error, Result};
use crate::http::body::HappenedAt;
use crate::ids::Id;
use crate::newest_first;
use crate::record::{self, Record};
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

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

/// Whether this very move was made before: then the subject is answered as it is now, and nothing is written.
/// 409 where the id was used for something else.
pub fn was_made(tx: &mut Tx<'_>, id: Option<Id>, subject_id: Id, digest: &[u8]) -> Result<bool> {
    let Some(id) = id else { return Ok(false) };
    let stored: Option<(Id, Vec<u8>)> = transitions::table
        .filter(transitions::id.eq(id))
        .select((transitions::subject_id, transitions::digest))
        .get_result(tx.conn())
        .optional()?;
    match stored {
        None => Ok(false),
        Some((subject, stored)) if subject == subject_id && stored == digest => Ok(true),
        Some((subject, _)) if subject == subject_id => {
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
    let transition = Transition {
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
    };
    diesel::insert_into(transitions::table).values(&transition).execute(tx.conn())?;
    Ok(())
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
