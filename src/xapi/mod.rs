//! Practice as xAPI 2.0 statements (IEEE 9274.1.1): to be read here, and to be told to a learning record store.
//!
//! Both are the change log in other words. Each change of a question, observation, reflection, action or evaluation has at
//! most two statements: one that voids what stood before, and one of what stands now. Of a record that has changed again
//! since, only the voiding is left: so what is read here is what a store shows that was told of everything in time, and
//! whoever is told late is not told what holds no longer. What is its author's alone has none.

pub mod api;
pub mod forwarder;
pub mod lrs;
mod statement;
mod store;
pub mod types;
mod vocabulary;

use crate::access::Tx;
use crate::change_log::Tombstone;
use crate::error::Result;
use crate::ids::Id;
use statement::{Practice, Scene};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::str::FromStr;
use store::Row;
use types::Statement;
use vocabulary::Kind;

/// Changes that are looked through at once.
const STRIDE: i64 = 500;
/// How many of these for one page: a page of a network in which other things happen may be short.
const STRIDES: usize = 8;

/// Whether statements tell what people wrote: the setting `XAPI_FREE_TEXT`.
#[derive(Clone, Copy, Debug)]
pub struct FreeText(pub bool);

/// How statements are told, the same for everybody.
#[derive(Clone, Debug)]
pub struct Telling {
    /// Where this server is reached from outside.
    pub base: String,
    /// Whether what people wrote is told.
    pub free_text: bool,
}

/// Which part of a network's statements is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// The place of the last statement that is known, if any.
    pub after: Option<i64>,
    pub ascending: bool,
    pub most: usize,
}

/// A part of a network's statements, and the place up to which it goes; none where nothing follows.
pub struct Part {
    pub statements: Vec<Statement>,
    pub up_to: Option<i64>,
}

/// Reads statements in the order of the change log, the newest or the oldest first. The numbers of the log have no gaps,
/// and nothing appears behind one that was read: so a reader that goes on from a place misses nothing.
pub fn read(tx: &mut Tx<'_>, network_id: Id, telling: &Telling, wanted: Wanted) -> Result<Part> {
    let Wanted { after, ascending, most } = wanted;
    let scene = scene(tx, network_id, telling)?;
    // A change has two places, for what it voids and for what stands then.
    let mut from = match after {
        Some(place) => place / 2,
        None if ascending => 1,
        None => i64::MAX,
    };
    let beyond = |place: i64| after.is_none_or(|after| if ascending { place > after } else { place < after });
    let mut found: Vec<(i64, Statement)> = Vec::new();
    for _ in 0..STRIDES {
        let rows = store::stretch(tx, network_id, from, ascending, STRIDE)?;
        let Some(last) = rows.last().map(|row| row.number) else { return Ok(whole(found)) };
        let full = rows.len() as i64 == STRIDE;
        let mut statements = of_changes(tx, &scene, rows)?;
        if !ascending {
            statements.reverse();
        }
        found.extend(statements.into_iter().filter(|(place, _)| beyond(*place)));
        if found.len() > most {
            found.truncate(most);
            let up_to = found.last().map(|(place, _)| *place);
            return Ok(Part { up_to, ..whole(found) });
        }
        if !full {
            return Ok(whole(found));
        }
        from = if ascending { last + 1 } else { last - 1 };
    }
    let up_to = Some(if ascending { 2 * from - 1 } else { 2 * from + 2 });
    Ok(Part { up_to, ..whole(found) })
}

fn whole(found: Vec<(i64, Statement)>) -> Part {
    Part { statements: found.into_iter().map(|(_, statement)| statement).collect(), up_to: None }
}

/// The statements of changes after a number, of as many changes as have so many statements at most; and the last of these
/// changes.
fn after(
    tx: &mut Tx<'_>,
    network_id: Id,
    telling: &Telling,
    number: i64,
    most: usize,
) -> Result<(Vec<Statement>, i64)> {
    let scene = scene(tx, network_id, telling)?;
    let mut rows = store::stretch(tx, network_id, number + 1, true, STRIDE)?;
    let mut told = 0;
    let end = rows.iter().position(|row| {
        told += if Told::of(row).is_some() { 2 } else { 0 };
        told > most
    });
    rows.truncate(end.unwrap_or(rows.len()));
    let up_to = rows.last().map_or(number, |row| row.number);
    let statements = of_changes(tx, &scene, rows)?;
    Ok((statements.into_iter().map(|(_, statement)| statement).collect(), up_to))
}

fn scene<'t>(tx: &Tx<'_>, network_id: Id, telling: &'t Telling) -> Result<Scene<'t>> {
    Ok(Scene {
        base: &telling.base,
        network_id,
        pseudonyms: tx.pseudonyms(network_id)?,
        free_text: telling.free_text,
    })
}

/// What a change means for the statements of its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Told {
    kind: Kind,
    /// The version whose statement holds no longer.
    voided: Option<i32>,
    /// Whether the record may stand since.
    stands: bool,
}

impl Told {
    /// None where nothing is told of it.
    fn of(row: &Row) -> Option<Told> {
        let (kind, what) = row.kind.split_once('.')?;
        let kind = Kind::from_str(kind).ok()?;
        let before = Some(row.subject_version - 1).filter(|version| *version > 0);
        // What is not said to be for members is its author's. What is hidden is told to those who saw it.
        if row.audience != "members" {
            return None;
        }
        let (voided, stands) = match Tombstone::of(&row.kind) {
            // The record is named as it was when it left.
            _ if what == "moved_out" => (Some(row.subject_version), false),
            Some(_) => (before, false),
            None => (before, true),
        };
        Some(Told { kind, voided, stands })
    }
}

/// The statements of changes, each with its place, in the order of the log whatever that of the rows.
fn of_changes(tx: &mut Tx<'_>, scene: &Scene<'_>, mut rows: Vec<Row>) -> Result<Vec<(i64, Statement)>> {
    rows.sort_by_key(|row| row.number);
    let mut wanted: BTreeMap<Kind, BTreeSet<Id>> = BTreeMap::new();
    for row in &rows {
        if let Some(Told { kind, stands: true, .. }) = Told::of(row) {
            wanted.entry(kind).or_default().insert(row.subject_id);
        }
    }
    let records = store::records(tx, &wanted)?;
    let left = left_before(tx, scene.network_id, &rows)?;
    let mut statements = Vec::new();
    for row in &rows {
        let Some(Told { kind, voided, stands }) = Told::of(row) else { continue };
        if let Some(version) = voided
            && !left.contains(&row.number)
        {
            let voiding = scene.voiding(kind, row.subject_id, version, row.actor_id, row.at);
            statements.push((2 * row.number, voiding));
        }
        if stands && let Some(record) = as_it_was(&records, row, scene.network_id) {
            statements.extend(scene.statement(record).map(|statement| (2 * row.number + 1, statement)));
        }
    }
    Ok(statements)
}

/// The record of a change, where it is here and as the change left it.
fn as_it_was<'r>(records: &'r HashMap<Id, Practice>, row: &Row, network_id: Id) -> Option<&'r Practice> {
    let record = records.get(&row.subject_id)?;
    (record.version() == row.subject_version && record.network_id() == network_id).then_some(record)
}

/// Changes of records that came from elsewhere in the same network, whose leaving, the change before, has voided already what
/// stood there.
fn left_before(tx: &mut Tx<'_>, network_id: Id, rows: &[Row]) -> Result<BTreeSet<i64>> {
    let moved: Vec<&Row> = rows.iter().filter(|row| row.kind.ends_with(".moved")).collect();
    if moved.is_empty() {
        return Ok(BTreeSet::new());
    }
    let numbers: Vec<i64> = moved.iter().map(|row| row.number - 1).collect();
    let before = store::numbered(tx, network_id, &numbers)?;
    let left = |row: &&Row| {
        before.iter().any(|before| {
            before.number == row.number - 1
                && before.subject_id == row.subject_id
                && before.kind.ends_with(".moved_out")
        })
    };
    Ok(moved.into_iter().filter(left).map(|row| row.number).collect())
}
