//! What records were like after each change, for those outside who are told of it later than it happened. Kept only where a
//! network has such a subscriber: what is not needed is not stored a second time.

use super::reading::Tombstone;
use super::statements::Numbered;
use crate::access::Tx;
use crate::changes::kinds;
use crate::db::AnyConnection;
use crate::db::dialect::MOST_ROWS;
use crate::db::schema::{change_snapshots, network_streams};
use crate::ids::Id;
use crate::natively;
use crate::record::Record;
use diesel::prelude::*;

/// How long one is kept: as long as what was delivered can be sent again.
pub const KEPT_DAYS: i64 = 30;

/// The record as its own GET shows it. None where it is not to be shown any more, or not to every member of its network: an
/// invitation, an API key or a webhook is told to nobody outside, and so is not kept for them.
pub(super) fn of<R: Record>(what: &str, record: &R) -> Option<String> {
    let taken_away = matches!(Tombstone::of(what), Some(Tombstone::Deleted | Tombstone::NoLongerVisible));
    let place = record.cycle_id().map(|cycle_id| (record.network_id(), cycle_id));
    if taken_away || record.is_private() || !kinds::read_by_members(R::KIND, place) {
        return None;
    }
    serde_json::to_string(record).map_err(|error| log::error!("no snapshot of a {}: {error}", R::KIND)).ok()
}

/// Keeps those of changes beside them.
pub(super) fn keep(connection: &mut AnyConnection, numbered: &[Numbered<'_>]) -> QueryResult<()> {
    let kept: Vec<(&Numbered<'_>, &str)> =
        numbered.iter().filter_map(|change| Some((change, change.0.snapshot.as_deref()?))).collect();
    let row = |(Numbered(change, number), record): &(&Numbered<'_>, &str)| {
        (
            change_snapshots::network_id.eq(change.network_id),
            change_snapshots::number.eq(*number),
            change_snapshots::at.eq(change.at),
            change_snapshots::record.eq((*record).to_owned()),
        )
    };
    for part in kept.chunks(MOST_ROWS) {
        let rows: Vec<_> = part.iter().map(row).collect();
        natively!(&mut *connection, c => diesel::insert_into(change_snapshots::table).values(rows).execute(c))?;
    }
    Ok(())
}

/// Begins or ends the keeping of a network's snapshots, whose row this transaction holds. Those that are there stay until
/// they are too old.
pub fn keep_from_now_on(tx: &mut Tx<'_>, network_id: Id, kept: bool) -> QueryResult<()> {
    diesel::update(network_streams::table.filter(network_streams::network_id.eq(network_id)))
        .set(network_streams::keeps_snapshots.eq(kept))
        .execute(tx.conn())
        .map(drop)
}

/// The snapshot of a change, if one was kept and is still there.
pub fn find(tx: &mut Tx<'_>, network_id: Id, number: i64) -> QueryResult<Option<String>> {
    change_snapshots::table
        .filter(change_snapshots::network_id.eq(network_id))
        .filter(change_snapshots::number.eq(number))
        .select(change_snapshots::record)
        .get_result(tx.conn())
        .optional()
}

/// Removes those that are too old.
pub fn sweep(tx: &mut Tx<'_>) -> QueryResult<()> {
    let too_old = tx.now.minus(chrono::Duration::days(KEPT_DAYS));
    diesel::delete(change_snapshots::table.filter(change_snapshots::at.lt(too_old)))
        .execute(tx.conn())
        .map(drop)
}
