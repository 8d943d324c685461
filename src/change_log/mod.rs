//! The change log: one row for each change of a record, written in the change's own transaction.
//!
//! Each network has a stream of numbers without gaps. A write takes its network's row first, and so orders all writes
//! of the network: whoever has seen number *n* has seen everything before it, on both databases and over several
//! instances. What belongs to no network has one stream of its own, that of `Id::NIL`.

pub mod cut;
pub mod pulse;
mod reading;
pub mod snapshots;
mod statements;

pub use reading::{Row, Tombstone, between, bounds, changed_since, of_person};

use crate::access::Tx;
use crate::clock::Instant;
use crate::db::AnyConnection;
use crate::db::dialect;
use crate::db::schema::network_streams;
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::natively;
use crate::record::Record;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use statements::{CountMore, InsertLast, InsertMany, Numbered, TakePlainRow, TakeRow};
use std::collections::{BTreeMap, HashSet};

/// The changes of one transaction, and the streams it has taken for them.
#[derive(Default)]
pub struct ChangeLog {
    taken: BTreeMap<Id, Taken>,
    pending: Vec<Change>,
    /// Records that were made under ids that clients chose, with their networks.
    chosen: Vec<(Id, Id)>,
    /// Ids of which it is known that nothing was removed that had them.
    unused: HashSet<Id>,
}

/// What is known of a network by its row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Taken {
    keeps_snapshots: bool,
    text_guard: Option<Id>,
}

/// A change without its number, which the database gives it.
struct Change {
    network_id: Id,
    cycle_id: Option<Id>,
    actor_id: Option<Id>,
    at: Instant,
    kind: String,
    subject_id: Id,
    subject_version: i32,
    audience: &'static str,
    /// The record as JSON, where it is kept.
    snapshot: Option<String>,
}

impl ChangeLog {
    /// Takes a network's row, and holds it until the transaction ends. Several are taken in the order of their ids.
    pub fn take(&mut self, connection: &mut AnyConnection, network_id: Id) -> Result<()> {
        if self.taken.contains_key(&network_id) {
            return Ok(());
        }
        let mut taken = Taken::default();
        if natively!(&mut *connection, c => TakePlainRow(network_id).execute(c))? == 0 {
            let row = natively!(connection, c => TakeRow(network_id).get_result(c)).optional()?;
            let (keeps_snapshots, text_guard) = row.ok_or(Error::NotFound)?;
            taken = Taken { keeps_snapshots, text_guard };
        }
        self.taken.insert(network_id, taken);
        Ok(())
    }

    /// Begins the stream of a network that is being made.
    pub fn open(&mut self, connection: &mut AnyConnection, network_id: Id) -> Result<()> {
        diesel::insert_into(network_streams::table)
            .values((network_streams::network_id.eq(network_id), network_streams::last_change.eq(1_i64)))
            .execute(connection)?;
        self.taken.insert(network_id, Taken::default());
        Ok(())
    }

    /// Notes a change: `what` happened to `record`, as it is now.
    pub fn note<R: Record>(&mut self, what: &str, record: &R, actor_id: Option<Id>, at: Instant) {
        if what == "created" && !record.digest().is_empty() && !self.unused.contains(&record.id()) {
            self.chosen.push((record.id(), record.network_id()));
        }
        let kept = self.taken.get(&record.network_id()).is_some_and(|taken| taken.keeps_snapshots);
        self.pending.push(Change {
            snapshot: if kept { snapshots::of(what, record) } else { None },
            network_id: record.network_id(),
            cycle_id: record.cycle_id(),
            actor_id,
            at,
            kind: format!("{}.{what}", R::KIND),
            subject_id: record.id(),
            subject_version: record.version(),
            audience: if record.is_private() { "author" } else { "members" },
        });
    }

    /// Notes that a record is other than it was `before`. Where it is private from now on, those who saw it are told that
    /// it is hidden; what it is now is its author's alone.
    pub fn note_update<R: Record>(&mut self, before: &R, record: &R, actor_id: Option<Id>, at: Instant) {
        if record.is_private() && !before.is_private() {
            self.note("hidden", before, actor_id, at);
            if let Some(hidden) = self.pending.last_mut() {
                hidden.subject_version = record.version();
            }
        }
        self.note("updated", record, actor_id, at);
    }

    /// Notes what happened to a record of which no more than this is at hand, since it is gone, or was changed with others.
    pub fn note_trace(&mut self, trace: Trace<'_>, what: &str, actor_id: Option<Id>, at: Instant) {
        self.pending.push(Change {
            snapshot: None,
            network_id: trace.network_id,
            cycle_id: trace.cycle_id,
            actor_id,
            at,
            kind: format!("{}.{what}", trace.kind),
            subject_id: trace.id,
            subject_version: trace.version,
            audience: "members",
        });
    }

    /// Has looked whether anything was removed that had these ids, and found that nothing was.
    pub fn found_unused(&mut self, ids: impl IntoIterator<Item = Id>) {
        self.unused.extend(ids);
    }

    /// The ids chosen by clients under which records were made, with their networks: it is to be seen whether they are free.
    pub fn chosen(&self) -> &[(Id, Id)] {
        &self.chosen
    }

    pub fn is_empty(&self) -> bool {
        self.pending.is_empty()
    }

    /// How many changes were noted.
    pub fn noted(&self) -> usize {
        self.pending.len()
    }

    /// Whether a change of this record was noted after so many.
    pub fn tells_of(&self, subject_id: Id, after: usize) -> bool {
        self.pending.iter().skip(after).any(|change| change.subject_id == subject_id)
    }

    /// What the texts of a network are held against, by a name that is another whenever it changes; none where that is the
    /// usual, or the row was not taken.
    pub fn text_guard(&self, network_id: Id) -> Option<Id> {
        self.taken.get(&network_id).and_then(|taken| taken.text_guard)
    }

    /// Says that the texts of a network, whose row is taken, are held against something else from now on.
    pub fn renew_text_guard(&mut self, connection: &mut AnyConnection, network_id: Id) -> Result<()> {
        let name = Id::new();
        diesel::update(network_streams::table.filter(network_streams::network_id.eq(network_id)))
            .set(network_streams::text_guard.eq(name))
            .execute(connection)?;
        if let Some(taken) = self.taken.get_mut(&network_id) {
            taken.text_guard = Some(name);
        }
        Ok(())
    }

    /// Whether the network's row is taken.
    pub fn has_taken(&self, network_id: Id) -> bool {
        self.taken.contains_key(&network_id)
    }

    /// Numbers and writes what was noted. To be called once, at the transaction's end.
    pub fn write(&mut self, connection: &mut AnyConnection) -> Result<()> {
        let pending = std::mem::take(&mut self.pending);
        let mut counts: BTreeMap<Id, i64> = self.taken.keys().map(|network_id| (*network_id, 0)).collect();
        for change in &pending {
            *counts.get_mut(&change.network_id).ok_or_else(|| {
                Error::internal(format!("{} was changed without taking its network's row", change.kind))
            })? += 1;
        }
        // Taking the row has counted one change; most writes are exactly that.
        let only = match &pending[..] {
            [change] if change.snapshot.is_none() => Some(change),
            _ => None,
        };
        let mut next = BTreeMap::new();
        for (network_id, count) in counts {
            if only.is_none() || count != 1 {
                let counting = CountMore { network_id, more: count - 1 };
                let last: i64 = natively!(&mut *connection, c => counting.get_result(c))?;
                next.insert(network_id, last - count + 1);
            }
        }
        if let Some(change) = only {
            natively!(connection, c => InsertLast(change).execute(c))?;
            return Ok(());
        }
        let numbered = pending.iter().map(|change| {
            let next: &mut i64 = next.entry(change.network_id).or_default();
            *next += 1;
            Numbered(change, *next - 1)
        });
        let numbered: Vec<Numbered<'_>> = numbered.collect();
        snapshots::keep(connection, &numbered)?;
        for part in dialect::in_statements(connection, &numbered) {
            natively!(&mut *connection, c => InsertMany(part).execute(c))?;
        }
        Ok(())
    }

    /// How far the log is, to come back to when what follows is taken back.
    pub fn mark(&self) -> Mark {
        Mark { taken: self.taken.clone(), pending: self.pending.len(), chosen: self.chosen.len() }
    }

    /// Forgets what came after the mark: the changes, and the rows, which a database lets go of with the savepoint.
    pub fn back_to(&mut self, mark: Mark) {
        self.taken = mark.taken;
        self.pending.truncate(mark.pending);
        self.chosen.truncate(mark.chosen);
    }
}

/// What the log says of a record.
#[derive(Clone, Copy, Debug)]
pub struct Trace<'k> {
    pub kind: &'k str,
    pub network_id: Id,
    pub cycle_id: Option<Id>,
    pub id: Id,
    pub version: i32,
}

/// A place in the log of a transaction.
pub struct Mark {
    taken: BTreeMap<Id, Taken>,
    pending: usize,
    chosen: usize,
}

/// How many changes all streams have together: while this stands, none of them has a new one.
pub fn written(tx: &mut Tx<'_>) -> QueryResult<i64> {
    // Diesel's own sum is a type that only PostgreSQL has.
    let sum = diesel::dsl::sql::<BigInt>("CAST(coalesce(sum(last_change), 0) AS bigint)");
    natively!(tx.conn(), c => network_streams::table.select(sum).get_result(c))
}

/// What the texts of a network are held against, for work that takes no row; see [`ChangeLog::text_guard`].
pub fn text_guard(tx: &mut Tx<'_>, network_id: Id) -> QueryResult<Option<Id>> {
    network_streams::table
        .filter(network_streams::network_id.eq(network_id))
        .select(network_streams::text_guard)
        .get_result(tx.conn())
}

/// The number of a network's last change: what the validators of its reports and lists are made of.
pub fn last_number(connection: &mut AnyConnection, network_id: Id) -> QueryResult<i64> {
    natively!(connection, c => network_streams::table
        .filter(network_streams::network_id.eq(network_id))
        .select(network_streams::last_change)
        .get_result(c))
}
