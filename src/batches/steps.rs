//! What a batch does, step by step: a run of creates in one place, or of changes of one kind; for any kind of
//! record.

use super::outcome::{ItemResult, Stored};
use crate::access::{Judge, Locate, Op, Seen, Spot, Tx};
use crate::edits::{Edit, Edited};
use crate::error::{Error, Result};
use crate::http::body::Input;
use crate::http::problem::Problem;
use crate::ids::Id;
use crate::record::{Created, Record};
use crate::run::{Create, Outcomes, Placed};
use crate::screening::{self, Answered, Unscreened};
use serde::Serialize;
use std::collections::{HashMap, HashSet};

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
    type Body: Create + Input + Serialize + Send;
    type Record: Record;

    fn at(id: Id) -> Self::At;
}

/// How a kind of record is created in a place.
pub trait CreatingIn: Creating {
    fn create_all(
        tx: &mut Tx<'_>,
        seen: &Seen<<Self::At as Locate>::Found>,
        bodies: &[&Self::Body],
    ) -> Result<Outcomes<Self::Record>>;
}

/// How a kind of record is created below others, each below its own.
pub trait CreatingBelow: Creating {
    fn parent_id(parent: &<Self::At as Locate>::Found) -> Id;
    fn create_all(
        tx: &mut Tx<'_>,
        person_id: Id,
        bodies: &[Placed<'_, <Self::At as Locate>::Found, Self::Body>],
    ) -> Result<Outcomes<Self::Record>>;
}

/// How a kind of record is shown.
pub trait Showing: 'static {
    const OP: Op;
    type At: Locate<Found = Self::Record>;
    type Record: Record;

    fn at(id: Id) -> Self::At;
}

/// How records of a kind are changed by bodies of one type.
pub trait Changing<B>: Showing {
    const OP: Op;

    fn change_all(
        tx: &mut Tx<'_>,
        person_id: Id,
        edits: Vec<Edit<'_, Self::Record, B>>,
    ) -> Result<Edited<Self::Record>>;
    /// The id that the client chose for the change, where it is one that has an id.
    fn id_of(_: &B) -> Option<Id> {
        None
    }
}

/// Creates of one kind in one place, each with the place of its item in the batch.
pub struct Creates<K: Creating> {
    pub parent_id: Id,
    pub bodies: Vec<(usize, Unscreened<K::Body>)>,
}

/// What came of bodies that were screened, in their order.
pub(super) type Screenings<T> = Vec<Result<Answered<T>>>;

impl<K: CreatingIn> Creates<K> {
    fn create(
        &self,
        judge: &mut Judge<'_, '_>,
        items: &[(usize, Unscreened<K::Body>)],
    ) -> Result<Result<Screenings<Created<K::Record>>>> {
        judge.at(K::OP, &K::at(self.parent_id), |tx, seen| {
            let sent = items.iter().map(|(_, body)| (seen.place.network_id, body)).collect();
            screening::creates(tx, sent, |tx, bodies| {
                let bodies: Vec<&K::Body> = bodies.into_iter().map(|(_, body)| body).collect();
                K::create_all(tx, &seen, &bodies)
            })
        })
    }
}

impl<K: CreatingIn> Step for Creates<K> {
    fn spot(&self) -> Spot {
        Spot::new(K::OP, vec![self.parent_id], vec![K::at(self.parent_id)])
    }

    fn take(&self, judge: &mut Judge<'_, '_>, results: &mut Results) -> Result<()> {
        match self.create(judge, &self.bodies)? {
            // What stood in the way of some took all with it that were stored together: each is now tried by itself.
            Err(refusal) if self.bodies.len() > 1 && !is_of_the_place(&refusal) => {
                for alone in self.bodies.chunks(1) {
                    tell_created(alone, self.create(judge, alone)?, results);
                }
            }
            outcome => tell_created(&self.bodies, outcome, results),
        }
        Ok(())
    }
}

/// Creates of one kind, each below a record that it names.
pub struct CreatesBelow<K: Creating> {
    /// The place of the item in the batch, the parent's id and the body.
    pub items: Vec<(usize, Id, Unscreened<K::Body>)>,
}

/// What came of each item below one parent, with its place among those that were tried.
type BelowOne<R> = Vec<(usize, Result<Answered<Created<R>>>)>;

impl<K: CreatingBelow> CreatesBelow<K> {
    /// Each parent once, in the order in which they are named first.
    fn parents(items: &[(usize, Id, Unscreened<K::Body>)]) -> Vec<Id> {
        let mut known = HashSet::new();
        items.iter().map(|(_, parent_id, _)| *parent_id).filter(|id| known.insert(*id)).collect()
    }

    fn create(
        judge: &mut Judge<'_, '_>,
        items: &[(usize, Id, Unscreened<K::Body>)],
    ) -> Result<Result<Edited<BelowOne<K::Record>>>> {
        let these: Vec<K::At> = Self::parents(items).into_iter().map(K::at).collect();
        judge.at_all(K::OP, &these, |tx, seen| {
            let Some(person_id) = seen.first().map(|seen| seen.standing.person_id) else {
                return Ok(Vec::new());
            };
            let order: HashMap<Id, usize> =
                seen.iter().enumerate().map(|(at, seen)| (K::parent_id(&seen.found), at)).collect();
            let mut tried = Vec::with_capacity(items.len());
            for (at, (_, parent_id, body)) in items.iter().enumerate() {
                tried.extend(order.get(parent_id).map(|parent| (at, *parent, body)));
            }
            let place = |parent: &usize| seen[*parent].place.network_id;
            let sent = tried.iter().map(|(_, parent, body)| (place(parent), *body)).collect();
            let outcomes = screening::creates(tx, sent, |tx, bodies| {
                let placed = |(at, body): (usize, _)| (&seen[tried[at].1].found, body);
                let bodies: Vec<Placed<'_, _, _>> = bodies.into_iter().map(placed).collect();
                K::create_all(tx, person_id, &bodies)
            })?;
            let mut below: Vec<BelowOne<K::Record>> = seen.iter().map(|_| Vec::new()).collect();
            for ((at, parent, _), outcome) in tried.iter().zip(outcomes) {
                below[*parent].push((*at, outcome));
            }
            Ok(below.into_iter().map(Ok).collect())
        })
    }

    fn tell(
        items: &[(usize, Id, Unscreened<K::Body>)],
        below: Edited<BelowOne<K::Record>>,
        results: &mut Results,
    ) {
        for (parent_id, outcomes) in Self::parents(items).into_iter().zip(below) {
            match outcomes {
                Ok(outcomes) => {
                    for (at, outcome) in outcomes {
                        let (index, _, body) = &items[at];
                        put(results, *index, created(outcome, *index, body));
                    }
                }
                Err(refusal) => {
                    let problem = Problem::from(&refusal);
                    for (index, _, body) in items.iter().filter(|(_, of, _)| *of == parent_id) {
                        put(results, *index, ItemResult::refused(&problem, body.ahead(Create::id)));
                    }
                }
            }
        }
    }
}

impl<K: CreatingBelow> Step for CreatesBelow<K> {
    fn spot(&self) -> Spot {
        let ids = Self::parents(&self.items);
        let these = ids.iter().map(|id| K::at(*id)).collect();
        Spot::new(K::OP, ids, these)
    }

    fn take(&self, judge: &mut Judge<'_, '_>, results: &mut Results) -> Result<()> {
        match Self::create(judge, &self.items)? {
            Ok(below) => Self::tell(&self.items, below, results),
            // What stood in the way of some took all with it: each is now tried by itself.
            Err(_) => {
                for alone in self.items.chunks(1) {
                    let below = Self::create(judge, alone)?.unwrap_or_else(|refusal| vec![Err(refusal)]);
                    Self::tell(alone, below, results);
                }
            }
        }
        Ok(())
    }
}

/// Whether it is the place that refuses, and would refuse whatever is to be created there.
fn is_of_the_place(refusal: &Error) -> bool {
    matches!(refusal, Error::NotFound | Error::Forbidden(_))
}

fn tell_created<B: Create, R: Record>(
    items: &[(usize, Unscreened<B>)],
    outcome: Result<Screenings<Created<R>>>,
    results: &mut Results,
) {
    match outcome {
        Ok(outcomes) => {
            for ((index, body), outcome) in items.iter().zip(outcomes) {
                put(results, *index, created(outcome, *index, body));
            }
        }
        Err(refusal) => {
            let problem = Problem::from(&refusal);
            for (index, body) in items {
                put(results, *index, ItemResult::refused(&problem, body.ahead(Create::id)));
            }
        }
    }
}

fn created<B: Create, R: Record>(
    outcome: Result<Answered<Created<R>>>,
    index: usize,
    body: &Unscreened<B>,
) -> ItemResult {
    let id = body.ahead(Create::id);
    match outcome {
        Ok(Answered { value: Created { record, fresh }, warnings }) => {
            let status = if fresh { 201 } else { 200 };
            let named_here = id.is_none();
            ItemResult { named_here, warnings, ..ItemResult::done(status, record.id(), record.version()) }
        }
        Err(refusal) => refused(refusal, index, id),
    }
}

/// A record as it stands; none where the caller does not see it.
pub fn shown<K: Showing>(judge: &mut Judge<'_, '_>, id: Id) -> Result<Option<Stored>> {
    match judge.see(<K as Showing>::OP, &K::at(id))? {
        Ok(seen) => Ok(Some(Stored(serde_json::to_value(&seen.found).map_err(Error::internal)?))),
        Err(_) => Ok(None),
    }
}

/// The pointers of a refusal lie in the item's body.
pub(super) fn refused(refusal: Error, index: usize, id: Option<Id>) -> ItemResult {
    let refusal = refusal.under(&format!("/items/{index}/body"));
    ItemResult::refused(&Problem::from(&refusal), id)
}

pub(super) fn put(results: &mut Results, index: usize, result: ItemResult) {
    if let Some(place) = results.get_mut(index) {
        *place = Some(result);
    }
}
