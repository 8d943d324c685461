//! What a batch does, step by step: a run of creates in one place, an update, or a withdrawal; for any kind of record.

use super::outcome::{ItemResult, Stored};
use super::types::Withdrawing;
use crate::access::{Judge, Locate, Op, Seen, Spot, Tx};
use crate::error::{Error, Result};
use crate::http::body::Input;
use crate::http::precondition::IfMatch;
use crate::http::problem::Problem;
use crate::ids::Id;
use crate::record::{Created, Record};
use crate::run::{Create, Outcomes};
use std::marker::PhantomData;

/// What came of each item, in the order of the items; none where it is not known yet.
pub type Results = Vec<Option<ItemResult>>;

/// A part of a batch.
pub trait Step: Send {
    /// What it writes to.
    fn spot(&self) -> Spot;
    /// Carries it out and puts down what came of its items. An error ends the whole batch.
    fn take(&self, judge: &mut Judge<'_, '_>, results: &mut Results) -> Result<()>;
}

/// How a kind of record is created.
pub trait Creating: 'static {
    const OP: Op;
    type At: Locate;
    type Body: Create + Input + Send;
    type Record: Record;

    fn at(id: Id) -> Self::At;
    fn create_all(
        tx: &mut Tx<'_>,
        seen: &Seen<<Self::At as Locate>::Found>,
        bodies: &[&Self::Body],
    ) -> Result<Outcomes<Self::Record>>;
}

/// How a kind of record is shown.
pub trait Showing: 'static {
    const OP: Op;
    type At: Locate<Found = Self::Record>;
    type Record: Record;

    fn at(id: Id) -> Self::At;
}

/// How a kind of record is updated.
pub trait Updating: Showing {
    const OP: Op;
    type Patch: Input + Clone + Send;

    fn update(
        tx: &mut Tx<'_>,
        record: Self::Record,
        if_match: &IfMatch,
        patch: Self::Patch,
    ) -> Result<Self::Record>;
}

/// How a kind of record is withdrawn.
pub trait Withdrawable: Showing {
    const OP: Op;

    fn withdraw(
        tx: &mut Tx<'_>,
        record: Self::Record,
        person_id: Id,
        if_match: &IfMatch,
        body: Withdrawing,
    ) -> Result<Self::Record>;
}

/// Creates of one kind in one place, each with the place of its item in the batch.
pub struct Creates<K: Creating> {
    pub parent_id: Id,
    pub bodies: Vec<(usize, K::Body)>,
}

impl<K: Creating> Creates<K> {
    fn create(
        &self,
        judge: &mut Judge<'_, '_>,
        items: &[(usize, K::Body)],
    ) -> Result<Result<Outcomes<K::Record>>> {
        let bodies: Vec<&K::Body> = items.iter().map(|(_, body)| body).collect();
        judge.at(K::OP, &K::at(self.parent_id), |tx, seen| K::create_all(tx, &seen, &bodies))
    }
}

impl<K: Creating> Step for Creates<K> {
    fn spot(&self) -> Spot {
        Spot::new(K::OP, self.parent_id, K::at(self.parent_id))
    }

    fn take(&self, judge: &mut Judge<'_, '_>, results: &mut Results) -> Result<()> {
        match self.create(judge, &self.bodies)? {
            // What stood in the way of some took all with it that were stored together: each is now tried by itself.
            Err(refusal) if self.bodies.len() > 1 && !is_of_the_place(&refusal) => {
                for alone in self.bodies.chunks(1) {
                    tell(alone, self.create(judge, alone)?, results);
                }
            }
            outcome => tell(&self.bodies, outcome, results),
        }
        Ok(())
    }
}

/// Whether it is the place that refuses, and would refuse whatever is to be created there.
fn is_of_the_place(refusal: &Error) -> bool {
    matches!(refusal, Error::NotFound | Error::Forbidden(_))
}

fn tell<B: Create, R: Record>(items: &[(usize, B)], outcome: Result<Outcomes<R>>, results: &mut Results) {
    match outcome {
        Ok(outcomes) => {
            for ((index, body), outcome) in items.iter().zip(outcomes) {
                let result = match outcome {
                    Ok(Created { record, fresh }) => {
                        let status = if fresh { 201 } else { 200 };
                        let named_here = body.id().is_none();
                        ItemResult { named_here, ..ItemResult::done(status, record.id(), record.version()) }
                    }
                    Err(refusal) => refused(refusal, *index, body.id()),
                };
                put(results, *index, result);
            }
        }
        Err(refusal) => {
            let problem = Problem::from(&refusal);
            for (index, body) in items {
                put(results, *index, ItemResult::refused(&problem, body.id()));
            }
        }
    }
}

/// An update of one record.
pub struct Update<K: Updating> {
    pub index: usize,
    pub id: Id,
    pub if_match: IfMatch,
    pub patch: K::Patch,
}

impl<K: Updating> Step for Update<K> {
    fn spot(&self) -> Spot {
        Spot::new(<K as Updating>::OP, self.id, K::at(self.id))
    }

    fn take(&self, judge: &mut Judge<'_, '_>, results: &mut Results) -> Result<()> {
        let outcome = judge.at(<K as Updating>::OP, &K::at(self.id), |tx, seen| {
            K::update(tx, seen.found, &self.if_match, self.patch.clone())
        })?;
        put(results, self.index, changed(outcome, self.index, self.id));
        Ok(())
    }
}

/// A withdrawal of one record.
pub struct Withdraw<K: Withdrawable> {
    pub index: usize,
    pub id: Id,
    pub if_match: IfMatch,
    pub body: Withdrawing,
    pub kind: PhantomData<fn(K)>,
}

impl<K: Withdrawable> Step for Withdraw<K> {
    fn spot(&self) -> Spot {
        Spot::new(<K as Withdrawable>::OP, self.id, K::at(self.id))
    }

    fn take(&self, judge: &mut Judge<'_, '_>, results: &mut Results) -> Result<()> {
        let outcome = judge.at(<K as Withdrawable>::OP, &K::at(self.id), |tx, seen| {
            let person_id = seen.standing.person_id;
            K::withdraw(tx, seen.found, person_id, &self.if_match, self.body.clone())
        })?;
        put(results, self.index, changed(outcome, self.index, self.id));
        Ok(())
    }
}

/// A record as it stands; none where the caller does not see it.
pub fn shown<K: Showing>(judge: &mut Judge<'_, '_>, id: Id) -> Result<Option<Stored>> {
    match judge.see(<K as Showing>::OP, &K::at(id))? {
        Ok(seen) => Ok(Some(Stored(serde_json::to_value(&seen.found).map_err(Error::internal)?))),
        Err(_) => Ok(None),
    }
}

fn changed<R: Record>(outcome: Result<R>, index: usize, id: Id) -> ItemResult {
    match outcome {
        Ok(record) => ItemResult::done(200, record.id(), record.version()),
        Err(refusal) => refused(refusal, index, Some(id)),
    }
}

/// The pointers of a refusal lie in the item's body.
fn refused(refusal: Error, index: usize, id: Option<Id>) -> ItemResult {
    let refusal = refusal.under(&format!("/items/{index}/body"));
    ItemResult::refused(&Problem::from(&refusal), id)
}

fn put(results: &mut Results, index: usize, result: ItemResult) {
    if let Some(place) = results.get_mut(index) {
        *place = Some(result);
    }
}
