//! Open ends of many cycles, oldest first, with whose they are: page by page, without the figures around them.
//!
//! No index knows what is open, which follows from links. Each kind of record is looked through from its oldest in a
//! window of its own, whose index gives their order, until a page is full; one statement puts the windows together.

use super::open_sql;
use super::rules::{OpenType, WaitingFor};
pub use super::windows::{Bond, Sought, Window, Within};
use super::windows::{Row, Windows};
use super::{judging, rules};
use crate::access::Tx;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::http::page::Page;
use crate::ids::Id;
use crate::natively;
use diesel::prelude::*;
use std::collections::HashMap;

/// Windows that one statement puts together at most: SQLite takes 500 parts.
const TOGETHER: usize = 200;

/// An open end of the loop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenEnd {
    pub kind: OpenType,
    pub id: Id,
    pub network_id: Id,
    /// The cycle in which it is open: of a carried action the one that it was carried to last. None in the inbox.
    pub cycle_id: Option<Id>,
    /// The cycle in which it lies.
    pub origin_id: Option<Id>,
    pub since: Instant,
    pub waiting_for: WaitingFor,
    pub author_id: Id,
    /// The owner of an action; of others the author.
    pub owner_id: Id,
}

/// A page of what is open in the windows, oldest first: each once, also where windows overlap.
pub fn page(tx: &mut Tx<'_>, windows: &[Window], sought: &Sought, page: &Page) -> Result<Vec<OpenEnd>> {
    let looked: Vec<(&Window, &'static str)> = windows
        .iter()
        .filter_map(|window| Some((window, open_sql::open(window.kind, sought.waiting_for)?)))
        .collect();
    let mut rows: Vec<Row> = Vec::new();
    for windows in looked.chunks(TOGETHER) {
        let query = Windows { windows, sought, after: page.after, limit: page.fetch() };
        let found: Vec<Row> = natively!(tx.conn(), c => query.load(c))?;
        rows.extend(found);
    }
    rows.sort_by_key(|row| (row.5, row.1));
    rows.dedup();
    rows.truncate(usize::try_from(page.fetch()).unwrap_or(usize::MAX));
    judged(tx, rows)
}

/// The rows as the rules of the loop have them: what each waits for.
fn judged(tx: &mut Tx<'_>, rows: Vec<Row>) -> Result<Vec<OpenEnd>> {
    let kinds: Vec<OpenType> =
        rows.iter().map(|row| row.0.parse().map_err(Error::internal)).collect::<Result<_>>()?;
    let keys: Vec<(OpenType, Id, Id)> =
        kinds.iter().zip(&rows).map(|(kind, row)| (*kind, row.2, row.1)).collect();
    let facts = judging::facts_around(tx, &keys)?;
    let waiting: HashMap<Id, WaitingFor> =
        rules::open_ends(&facts, tx.now).into_iter().map(|item| (item.id, item.waiting_for)).collect();
    let end = |(kind, row): (OpenType, Row)| {
        let (_, id, network_id, cycle_id, origin_id, since, author_id, owner_id) = row;
        // Left out, it would end the list before its end.
        let waiting_for =
            *waiting.get(&id).ok_or_else(|| Error::internal("open to the query and to no rule"))?;
        Ok(OpenEnd { kind, id, network_id, cycle_id, origin_id, since, waiting_for, author_id, owner_id })
    };
    kinds.into_iter().zip(rows).map(end).collect()
}
