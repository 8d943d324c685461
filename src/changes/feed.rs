//! The changes that somebody may know of, over all streams that they see.

use super::kinds;
use super::position::{After, MOST_STREAMS, Position, Stream};
use super::rules::{self, Part};
use super::types::{Change, Changes, ChangesQuery, DEFAULT_LIMIT, Gone, Limit};
use crate::access::{Op, Place, Sight, Standing, Tx};
use crate::change_log::{self, Row, Tombstone};
use crate::error::{Error, Result};
use crate::ids::Id;
use std::collections::BTreeMap;

/// Rows of a network that are looked through for those of one cycle.
const STRIDE: i64 = 2_000;

/// The changes after a position.
pub fn read(tx: &mut Tx<'_>, person_id: Id, query: &ChangesQuery) -> Result<Changes> {
    let limit = query.limit.map_or(DEFAULT_LIMIT, |Limit(limit)| limit);
    let streams = streams(tx, person_id, query.network_id)?;
    let homes: Vec<Id> = streams.values().copied().collect();
    let bounds = change_log::bounds(tx, &homes)?;
    let (known, latest) = match &query.after {
        Some(After::Position(position)) => (position.0.clone(), false),
        Some(After::Latest) => (BTreeMap::new(), true),
        Some(After::Unknown) | None => (BTreeMap::new(), false),
    };
    let mut parts = Vec::new();
    for (stream, home) in &streams {
        let (first, last) = bounds.get(home).copied().unwrap_or((1, 0));
        let from = if latest { last } else { known.get(stream).copied().unwrap_or(0) };
        if from > last {
            return Err(gone(
                "This position lies beyond the last change: the database was put back to an earlier day.",
            ));
        }
        if from + 1 < first {
            return Err(gone("The changes after this position are not kept any more."));
        }
        parts.push(if from < last {
            part(tx, *stream, *home, (from, last), limit)?
        } else {
            Part::still(*stream, last)
        });
    }
    let gone = match query.network_id {
        // Of one network nothing is said about others.
        Some(id) => known.keys().filter(|stream| **stream == Stream::Network(id)).copied().collect(),
        None => known.keys().copied().collect::<Vec<_>>(),
    };
    let gone = gone.into_iter().filter(|stream| !streams.contains_key(stream));
    let gone = gone.filter_map(|stream| match stream {
        Stream::Server => None,
        Stream::Network(id) => Some(Gone::Network { id }),
        Stream::Cycle(id) => Some(Gone::Cycle { id }),
    });
    let (items, position, more) = rules::merge(parts, limit);
    tx.shows(items.iter().filter_map(|change| change.network_id));
    Ok(Changes { items, gone: gone.collect(), next_after: Position(position).to_string(), more })
}

/// 410: there is no going on from here.
fn gone(why: &str) -> Error {
    let anew = "Start anew: ask for the position with `after=latest`, read the lists, then follow from that position.";
    Error::conflict("gone", format!("{why} {anew}"))
}

/// The streams that somebody sees, each with the network that it is of.
fn streams(tx: &mut Tx<'_>, person_id: Id, only: Option<Id>) -> Result<BTreeMap<Stream, Id>> {
    let Sight { networks, cycles, homes } = tx.sight(person_id)?;
    let guest = cycles.into_iter().zip(homes).filter(|(_, home)| !networks.contains(home));
    let mut streams: BTreeMap<Stream, Id> = guest.map(|(cycle, home)| (Stream::Cycle(cycle), home)).collect();
    streams.extend(networks.iter().map(|id| (Stream::Network(*id), *id)));
    match only {
        Some(only) => {
            streams.retain(|_, home| *home == only);
            if streams.is_empty() {
                return Err(Error::NotFound);
            }
        }
        None => drop(streams.insert(Stream::Server, Id::NIL)),
    }
    if streams.len() > MOST_STREAMS {
        let detail = format!("You see more than {MOST_STREAMS} streams. Name a network with `networkId`.");
        return Err(Error::conflict("too_many_streams", detail));
    }
    Ok(streams)
}

/// What one stream has after a number.
fn part(tx: &mut Tx<'_>, stream: Stream, home: Id, (from, last): (i64, i64), limit: usize) -> Result<Part> {
    let (place, cycle_id, up_to) = match stream {
        Stream::Server => (Place::default(), None, last),
        Stream::Network(id) => (Place::network(id), None, last),
        // No index leads to the changes of a cycle: a stretch is read, and the next one the next time.
        Stream::Cycle(id) => (Place::cycle(home, id), Some(id), last.min(from.saturating_add(STRIDE))),
    };
    let rows = change_log::between(tx, home, cycle_id, (from, up_to), limit as i64)?;
    let read_to = if rows.len() == limit { rows.last().map_or(up_to, |row| row.number) } else { up_to };
    let standing = tx.standing_through(&place)?;
    let changes = rows.into_iter().filter_map(|row| shown_to(&standing, &place, row)).collect();
    Ok(Part { stream, changes, read_to, last })
}

/// The change as somebody sees it; none where they may not read such a record.
fn shown_to(standing: &Standing, place: &Place, row: Row) -> Option<Change> {
    let reading = kinds::reading(row.kind.split('.').next().unwrap_or_default())?;
    // Nothing but what is said to be for members is taken to be.
    let private = row.audience != "members";
    let place = Place { private, author_id: row.actor_id, ..place.clone() };
    if !standing.may(reading.op, &place) {
        return None;
    }
    Some(told(reading, row))
}

/// A change of a kind that is read so, as it is told.
fn told(reading: kinds::Reading, row: Row) -> Change {
    let tombstone = Tombstone::of(&row.kind);
    let stands = tombstone.is_none_or(|tombstone| tombstone == Tombstone::Withdrawn);
    Change {
        network_id: (row.network_id != Id::NIL).then_some(row.network_id),
        number: row.number,
        changed_at: row.at,
        kind: row.kind,
        subject_id: row.subject_id,
        subject_version: row.subject_version,
        cycle_id: row.cycle_id,
        actor_id: row.actor_id,
        href: reading.path.filter(|_| stands).map(|path| format!("/v1/{path}/{}", row.subject_id)),
        tombstone,
    }
}

/// The changes that somebody made, or that are of their own account, after one of a stream; so many at most. In the order of
/// the streams, whatever is told of them to others.
pub fn of_person(
    tx: &mut Tx<'_>,
    person_id: Id,
    after: (Id, i64),
    most: i64,
) -> Result<Vec<(Change, (Id, i64))>> {
    let rows = change_log::of_person(tx, person_id, after, most)?;
    let told = rows.into_iter().map(|row| {
        let place = (row.network_id, row.number);
        let reading = kinds::reading(row.kind.split('.').next().unwrap_or_default());
        // What is read nowhere by its id has no address.
        let reading = reading.unwrap_or(kinds::Reading { op: Op::ListChanges, path: None });
        (told(reading, row), place)
    });
    Ok(told.collect())
}
