//! What was noted while there was much to do: written as it came, and brought into the log when there is less. A row of the
//! log costs five places in the database's trees, most of them far from each other; written down as it is it costs none, and
//! brought in with many others it finds its neighbours.

use super::store;
use super::types::Access;
use crate::access::{Access as Door, Tx};
use crate::db::schema::access_backlog;
use crate::error::{Error, Result};
use crate::ids::Id;
use diesel::prelude::*;

/// Accesses are put into so many rows by their networks, so that those of a network are brought in together: each place in the
/// log is then gone to once for many.
const PARTS: u8 = 16;
/// Rows that are brought in with one transaction: of full batches some 5,000 accesses, which hold up other writers of SQLite for some
/// tens of milliseconds.
const STRIDE: i64 = 8;

/// Writes accesses down as they are.
pub fn put(tx: &mut Tx<'_>, accesses: &[Access]) -> Result<()> {
    let mut parts = vec![Vec::new(); usize::from(PARTS)];
    for access in accesses {
        parts[usize::from(part_of(access.network_id))].push(access);
    }
    for (part, accesses) in (0..).zip(parts).filter(|(_, accesses)| !accesses.is_empty()) {
        let packed = rmp_serde::to_vec(&accesses).map_err(Error::internal)?;
        let row = (
            access_backlog::id.eq(Id::new()),
            access_backlog::part.eq(part),
            access_backlog::accesses.eq(packed),
        );
        diesel::insert_into(access_backlog::table).values(row).execute(tx.conn())?;
    }
    Ok(())
}

/// By the end of the id: what is before it tells when it was made.
fn part_of(network_id: Id) -> u8 {
    network_id.0.as_bytes()[15] % PARTS
}

/// Brings some of those that wait longest into the log, of each network in the order in which they came; how many accesses, and
/// none where nothing waits. Of several servers that do so at a time each has its own.
pub fn bring_in(tx: &mut Tx<'_>) -> Result<Option<usize>> {
    let oldest = oldest(tx)?;
    if oldest.is_empty() {
        return Ok(None);
    }
    let taken = diesel::delete(access_backlog::table.filter(access_backlog::id.eq_any(oldest)));
    let mut taken: Vec<(Id, Vec<u8>)> =
        taken.returning((access_backlog::id, access_backlog::accesses)).get_results(tx.conn())?;
    taken.sort_unstable();
    let mut accesses: Vec<Access> = Vec::new();
    for (_, packed) in taken {
        accesses.extend(rmp_serde::from_slice::<Vec<Access>>(&packed).map_err(Error::internal)?);
    }
    let count = accesses.len();
    store::append(tx, accesses)?;
    Ok(Some(count))
}

/// Brings in all, for who reads the log next.
pub async fn clear(door: &Door) -> Result<()> {
    while !door.survey(|tx| Ok(oldest(tx)?)).await?.is_empty() {
        door.console(bring_in).await?;
    }
    Ok(())
}

/// The rows of the part that waits longest.
fn oldest(tx: &mut Tx<'_>) -> QueryResult<Vec<Id>> {
    let first = access_backlog::table.order(access_backlog::id).select(access_backlog::part).first(tx.conn());
    let Some(part) = first.optional()? else { return Ok(Vec::new()) };
    access_backlog::table
        .filter(access_backlog::part.eq::<i32>(part))
        .order(access_backlog::id)
        .limit(STRIDE)
        .select(access_backlog::id)
        .load(tx.conn())
}
