//! A run: bodies of one kind that are created one after the other, in one place or each below its own parent, in as few
//! statements as one of them takes. A single create is a run of one.

use crate::access::Tx;
use crate::error::Result;
use crate::ids::Id;
use crate::record::{self, Created, Record};
use crate::removal::tombstones;
use diesel::QueryResult;
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// A body that creates a record.
pub trait Create: Serialize {
    /// The id that the client chose.
    fn id(&self) -> Option<Id>;
}

/// What came of each body of a run, in the order of the bodies.
pub type Outcomes<R> = Vec<Result<Created<R>>>;

/// A body and what it is created below.
pub type Placed<'b, P, B> = (&'b P, &'b B);

/// Bodies of which none bears on another, and what came of each so far.
pub struct Run<R>(Outcomes<R>);

impl<R: Record> Run<R> {
    /// Tells what stands already from what is new: `find_all` looks ids up, `here` says whether a stored record is the
    /// sender's to see at this place, and `make` makes the new record of a body and its digest, or refuses it.
    pub fn of<B: Create>(
        tx: &mut Tx<'_>,
        parent: Id,
        bodies: &[&B],
        find_all: impl FnOnce(&mut Tx<'_>, &[Id]) -> QueryResult<Vec<R>>,
        here: impl Fn(&R) -> bool,
        make: impl Fn(&B, Vec<u8>) -> Result<R>,
    ) -> Result<Run<R>> {
        let bodies: Vec<Placed<Id, B>> = bodies.iter().map(|body| (&parent, *body)).collect();
        Run::below(
            tx,
            &bodies,
            |id| *id,
            find_all,
            |_, stored| here(stored),
            |_, body, digest| make(body, digest),
        )
    }

    /// The same of bodies that each have a parent of their own, of which `id_of` tells the id.
    pub fn below<P, B: Create>(
        tx: &mut Tx<'_>,
        bodies: &[Placed<P, B>],
        id_of: impl Fn(&P) -> Id,
        find_all: impl FnOnce(&mut Tx<'_>, &[Id]) -> QueryResult<Vec<R>>,
        here: impl Fn(&P, &R) -> bool,
        make: impl Fn(&P, &B, Vec<u8>) -> Result<R>,
    ) -> Result<Run<R>> {
        let ids: Vec<Id> = bodies.iter().filter_map(|(_, body)| body.id()).collect();
        let found = find_all(tx, &ids)?;
        let mut stored: HashMap<Id, R> = found.into_iter().map(|record| (record.id(), record)).collect();
        let new: Vec<Id> = ids.into_iter().filter(|id| !stored.contains_key(id)).collect();
        let removed = tx.removed_among(&new)?;
        let mut outcomes = Vec::with_capacity(bodies.len());
        for (parent, body) in bodies {
            let digest = tx.digest(body.id(), id_of(parent), body)?;
            outcomes.push(match body.id().and_then(|id| stored.remove(&id)) {
                Some(stands) => {
                    let visible = here(parent, &stands);
                    record::replay(stands, &digest, visible)
                }
                None => make(parent, body, digest).and_then(|record| match removed.get(&record.id()) {
                    Some(lay_in) => Err(tombstones::refusal(*lay_in, record.network_id())),
                    None => Ok(Created::fresh(record)),
                }),
            });
        }
        Ok(Run(outcomes))
    }

    /// The records that are new, and not refused.
    pub fn fresh(&self) -> Vec<&R> {
        self.0.iter().flatten().filter(|created| created.fresh).map(|created| &created.record).collect()
    }

    pub fn fresh_mut(&mut self) -> impl Iterator<Item = &mut R> {
        self.0.iter_mut().flatten().filter(|created| created.fresh).map(|created| &mut created.record)
    }

    /// Refuses the new records that `judge` finds a fault in.
    pub fn judge(&mut self, mut judge: impl FnMut(&R) -> Result<()>) {
        for outcome in &mut self.0 {
            if let Ok(Created { record, fresh: true }) = outcome
                && let Err(refusal) = judge(record)
            {
                *outcome = Err(refusal);
            }
        }
    }

    /// Notes that the new records were created, now that they are stored.
    pub fn noted(self, tx: &mut Tx<'_>) -> Outcomes<R> {
        self.fresh().into_iter().for_each(|record| tx.note("created", record));
        self.0
    }
}

/// The ids that records name, each once.
pub fn named<R: Copy>(records: &[R], by: impl Fn(R) -> Vec<Id>) -> Vec<Id> {
    let named: HashSet<Id> = records.iter().flat_map(|record| by(*record)).collect();
    named.into_iter().collect()
}

/// The outcome of a run of one.
pub fn only<R>(outcomes: Outcomes<R>) -> Result<Created<R>> {
    let one = outcomes.into_iter().next();
    one.unwrap_or_else(|| Err(crate::error::Error::internal("a run of one body had no outcome")))
}

/// Does `work` for stretches of bodies that have no key in common, one after the other: a body that bears on an earlier
/// one, by its id or otherwise, is to find what came of that.
pub fn in_stretches<B: Copy, R>(
    bodies: &[B],
    keys: impl Fn(B) -> Vec<Id>,
    mut work: impl FnMut(&[B]) -> Result<Outcomes<R>>,
) -> Result<Outcomes<R>> {
    if bodies.len() == 1 {
        return work(bodies);
    }
    let mut outcomes = Vec::with_capacity(bodies.len());
    for stretch in stretches(bodies, |body| keys(*body)) {
        outcomes.extend(work(stretch)?);
    }
    Ok(outcomes)
}

/// The stretches of items that have no key in common.
pub fn stretches<T>(items: &[T], keys: impl Fn(&T) -> Vec<Id>) -> Vec<&[T]> {
    let mut known = HashSet::new();
    let mut begins = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let keys = keys(item);
        if index == 0 || keys.iter().any(|key| known.contains(key)) {
            begins.push(index);
            known.clear();
        }
        known.extend(keys);
    }
    let ends = begins.iter().skip(1).copied().chain([items.len()]);
    begins.iter().zip(ends).map(|(begin, end)| &items[*begin..end]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_ends_before_what_bears_on_it() {
        let ids: Vec<Id> = (0..3).map(|_| Id::new()).collect();
        let sent = [ids[0], ids[1], ids[0], ids[2], ids[2]];
        let found = stretches(&sent, |id| vec![*id]);
        assert_eq!(found, [&[ids[0], ids[1]][..], &[ids[0], ids[2]], &[ids[2]]]);
        assert!(stretches(&[], |id: &Id| vec![*id]).is_empty());
    }
}
