//! Edits: changes of records that are there already, of one kind, made together in as few statements as one of them takes.
//! A single change is one edit.

use crate::access::Tx;
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::record::Record;
use std::collections::BTreeMap;

/// A change that was asked for: the record as it stands, the version that the client changed, and the body.
pub struct Edit<'b, R, B> {
    pub record: R,
    pub if_match: &'b IfMatch,
    pub body: &'b B,
}

/// What came of each edit, in the order of the edits.
pub type Edited<R> = Vec<Result<R>>;

/// Edits of different records, and what came of each so far; `T` is what goes with a change besides the record.
pub struct Edits<R, T = ()>(Vec<Result<Outcome<R, T>>>);

enum Outcome<R, T> {
    /// Asked for before, and answered as it is.
    Stands(R),
    Changed(Changed<R, T>),
}

/// A record before and after its change.
pub struct Changed<R, T = ()> {
    pub before: R,
    pub now: R,
    pub with: T,
}

impl<R: Record + Clone, T> Edits<R, T> {
    /// Changes each record, or refuses to. None where nothing is to be changed.
    pub fn of<B>(
        edits: Vec<Edit<'_, R, B>>,
        mut change: impl FnMut(&mut R, &IfMatch, &B) -> Result<Option<T>>,
    ) -> Edits<R, T> {
        let change = |Edit { record, if_match, body }: Edit<'_, R, B>| {
            let mut now = record.clone();
            Ok(match change(&mut now, if_match, body)? {
                Some(with) => Outcome::Changed(Changed { before: record, now, with }),
                None => Outcome::Stands(record),
            })
        };
        Edits(edits.into_iter().map(change).collect())
    }

    pub fn changed(&self) -> Vec<&Changed<R, T>> {
        self.0.iter().flatten().filter_map(Outcome::changed).collect()
    }

    /// Refuses the changes that refer to what does not stand. What those with the same key refer to is looked up at once
    /// by `look`, and `stand` judges each by what was found.
    pub fn judge<K: Ord, W>(
        &mut self,
        tx: &mut Tx<'_>,
        key: impl Fn(&R) -> K,
        mut look: impl FnMut(&mut Tx<'_>, &K, &[&Changed<R, T>]) -> Result<W>,
        stand: impl Fn(&W, &Changed<R, T>) -> Result<()>,
    ) -> Result<()> {
        let mut groups: BTreeMap<K, Vec<&Changed<R, T>>> = BTreeMap::new();
        for changed in self.changed() {
            groups.entry(key(&changed.now)).or_default().push(changed);
        }
        let mut found = BTreeMap::new();
        for (key, changed) in groups {
            let what = look(tx, &key, &changed)?;
            found.insert(key, what);
        }
        for outcome in &mut self.0 {
            if let Ok(Outcome::Changed(changed)) = outcome
                && let Some(what) = found.get(&key(&changed.now))
                && let Err(refusal) = stand(what, changed)
            {
                *outcome = Err(refusal);
            }
        }
        Ok(())
    }

    /// Stores the changed records as their next versions.
    pub fn save(
        &mut self,
        tx: &mut Tx<'_>,
        save_all: impl FnOnce(&mut Tx<'_>, Vec<&mut R>) -> Result<()>,
    ) -> Result<()> {
        let changed = self.0.iter_mut().flatten().filter_map(|outcome| match outcome {
            Outcome::Changed(changed) => Some(&mut changed.now),
            Outcome::Stands(_) => None,
        });
        save_all(tx, changed.collect())
    }

    /// Notes each change by `note`, now that they are stored.
    pub fn noted(self, mut note: impl FnMut(&Changed<R, T>)) -> Edited<R> {
        self.changed().into_iter().for_each(&mut note);
        self.0.into_iter().map(|outcome| outcome.map(Outcome::record)).collect()
    }
}

impl<R, T> Outcome<R, T> {
    fn changed(&self) -> Option<&Changed<R, T>> {
        match self {
            Outcome::Changed(changed) => Some(changed),
            Outcome::Stands(_) => None,
        }
    }

    fn record(self) -> R {
        match self {
            Outcome::Changed(changed) => changed.now,
            Outcome::Stands(record) => record,
        }
    }
}

/// What records are now.
pub fn now<'c, R, T>(changed: &[&'c Changed<R, T>]) -> Vec<&'c R> {
    changed.iter().map(|changed| &changed.now).collect()
}

/// The ids of records by their network.
pub fn by_network<R: Record>(records: &[&R]) -> BTreeMap<Id, Vec<Id>> {
    let mut networks: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for record in records {
        networks.entry(record.network_id()).or_default().push(record.id());
    }
    networks
}

/// The outcome of a single edit.
pub fn only<R>(edited: Edited<R>) -> Result<R> {
    let one = edited.into_iter().next();
    one.unwrap_or_else(|| Err(Error::internal("a single edit had no outcome")))
}
