//! The guard's door for work on many things, which may lie in several networks: each is judged for itself, and none is
//! reached but through its judgement.

use super::absent::absent;
use super::caller::Caller;
use super::guard::{Guard, network_archived};
use super::locate::{Locate, Place, Seen};
use super::op::Op;
use super::permit::{permit, wants_joint};
use super::policy::{self, Role};
use super::sighting::{Asked, End, Sighting};
use super::standing::{Standing, joint_roles, standing};
use super::tx::Tx;
use crate::access_log::types::Access;
use crate::clock::Instant;
use crate::db::AnyConnection;
use crate::db::dialect;
use crate::db::worker::Done;
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::record::DigestKey;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// Things that the work is going to write to, by their ids, and the operation.
pub struct Spot {
    op: Op,
    ids: Vec<Id>,
    locate: Box<FindPlaces>,
}

type FindPlaces = dyn Fn(&mut Tx<'_>) -> Result<Vec<Place>> + Send;

impl Spot {
    pub fn new<L: Locate>(op: Op, ids: Vec<Id>, these: Vec<L>) -> Spot {
        let places = move |tx: &mut Tx<'_>| {
            Ok(L::locate_all(&these, tx)?.into_iter().flatten().map(|(_, place)| place).collect())
        };
        Spot { op, ids, locate: Box::new(places) }
    }
}

impl Guard {
    /// Work on many things in one transaction. The rows of the networks in which `spots` lie are taken in the order of
    /// their ids before anything is decided, where the actor may write there. The work reaches a thing through
    /// [`Judge::at`] alone, and says itself whether what it wrote is kept. It may run more than once. What of it was refused
    /// is noted for the access log; and, where nothing was written, that it was asked.
    pub async fn write_many<T, F>(&self, spots: Vec<Spot>, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Judge<'_, '_>) -> Result<Done<T>> + Send + 'static,
    {
        let (caller, asked) = (self.caller(), self.asked.clone());
        let transaction = move |connection: &mut AnyConnection| {
            let mut tx = caller.begin(connection);
            let mut judge = Judge {
                tx: &mut tx,
                caller: &caller,
                known: HashMap::new(),
                asked: &asked,
                opening: None,
                refused: Vec::new(),
            };
            for network_id in judge.rows_of(&spots)? {
                judge.tx.take(network_id)?;
            }
            if dialect::reads_go_stale(judge.tx.connection) {
                judge.known.clear();
            }
            let done = work(&mut judge)?;
            let mut accesses = std::mem::take(&mut judge.refused);
            if !judge.has_noted() || matches!(done, Done::Rollback(_)) {
                accesses.extend(judge.opening.take().into_iter().flatten());
            }
            Ok(match done {
                Done::Commit(value) => {
                    tx.finish()?;
                    Done::Commit((value, accesses))
                }
                Done::Rollback(value) => Done::Rollback((value, accesses)),
            })
        };
        let (value, accesses) = self.access.db.write(transaction).await?;
        self.access.access_log().note(accesses).await?;
        Ok(value)
    }

    /// For what takes too long to digest to do it in a transaction; see [`Tx::digest`].
    pub fn digest_key(&self) -> DigestKey {
        self.access.digest_key.clone()
    }
}

/// Lets work write where the actor may. Between the work and the transaction.
pub struct Judge<'t, 'c> {
    tx: &'t mut Tx<'c>,
    caller: &'t Caller,
    /// By network and cycle: how the actor stands there, and what they are through the networks that share the cycle.
    known: HashMap<(Option<Id>, Option<Id>), Known>,
    asked: &'t Arc<Asked>,
    /// What the access log is told of the whole, where nothing is written: the first that was seen.
    opening: Option<Vec<Access>>,
    /// What it is told of refusals.
    refused: Vec<Access>,
}

/// The joint roles only where they were asked for.
type Known = (Standing, Option<Vec<(Id, Role)>>);

impl Judge<'_, '_> {
    /// The moment at which the work takes place.
    pub fn now(&self) -> Instant {
        self.tx.now
    }

    /// Whether anything was written that the change log is to tell of.
    pub fn has_noted(&self) -> bool {
        !self.tx.log.is_empty()
    }

    /// Work on one thing. The inner error is its refusal, after which nothing that it wrote is left; the outer one ends
    /// the whole.
    pub fn at<L: Locate, T>(
        &mut self,
        op: Op,
        at: &L,
        work: impl FnOnce(&mut Tx<'_>, Seen<L::Found>) -> Result<T>,
    ) -> Result<Result<T>> {
        match self.see(op, at)? {
            Ok(seen) => {
                let archived = self.in_archive(op, &seen)?;
                self.kept(archived, |tx| work(tx, seen))
            }
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    /// Work on different things at once, on those of them with which the actor may do this; `work` answers for each. A
    /// refusal of all of it is the inner error.
    pub fn at_all<L: Locate, T>(
        &mut self,
        op: Op,
        these: &[L],
        work: impl FnOnce(&mut Tx<'_>, Vec<Seen<L::Found>>) -> Result<Vec<Result<T>>>,
    ) -> Result<Result<Vec<Result<T>>>> {
        let (mut allowed, mut refusals) = (Vec::new(), Vec::with_capacity(these.len()));
        let mut archived = false;
        for (at, located) in these.iter().zip(L::locate_all(these, self.tx)?) {
            refusals.push(match self.see_located(op, at, located)? {
                Ok(seen) => {
                    archived |= self.in_archive(op, &seen)?;
                    allowed.push(seen);
                    None
                }
                Err(refusal) => Some(refusal),
            });
        }
        let outcomes = self.kept(archived, |tx| match allowed.is_empty() {
            true => Ok(Vec::new()),
            false => work(tx, allowed),
        })?;
        Ok(outcomes.map(|outcomes| {
            let mut outcomes = outcomes.into_iter();
            let missing = || Err(Error::internal("work on several things answered for fewer"));
            let outcome = |refusal: Option<Error>| match refusal {
                Some(refusal) => Err(refusal),
                None => outcomes.next().unwrap_or_else(missing),
            };
            refusals.into_iter().map(outcome).collect()
        }))
    }

    /// One thing, for an actor who may do this with it; the errors are as above. Nothing is to be written to it so.
    pub fn see<L: Locate>(&mut self, op: Op, at: &L) -> Result<Result<Seen<L::Found>>> {
        let located = at.locate(self.tx)?;
        self.see_located(op, at, located)
    }

    fn see_located<L: Locate>(
        &mut self,
        op: Op,
        at: &L,
        located: Option<(L::Found, Place)>,
    ) -> Result<Result<Seen<L::Found>>> {
        let place = located.as_ref().map(|(_, place)| place.clone()).unwrap_or_default();
        self.tx.sighting.find(&place);
        let seen = match located {
            Some((found, place)) => {
                apart(self.judge(op, &place).map(|standing| Seen { found, place, standing }))?
            }
            None => Err(absent(self.tx, op, self.caller, at.named().map(|(_, id)| id))?),
        };
        let sighting: &Sighting = &self.tx.sighting;
        match &seen {
            Ok(_) if self.opening.is_none() => {
                self.opening = Some(sighting.accesses(op, self.asked, End::ReadOnly));
            }
            Ok(_) => {}
            Err(refusal) => {
                if let Some(end) = End::of(refusal) {
                    self.refused.extend(sighting.accesses(op, &self.asked.about(at.named()), end));
                }
            }
        }
        Ok(seen)
    }

    /// Whether a thing that is to be written to lies in a network that takes no changes any more. Its row is taken.
    fn in_archive<F>(&self, op: Op, seen: &Seen<F>) -> Result<bool> {
        if let Some(network_id) = seen.place.network_id
            && !self.tx.log.has_taken(network_id)
        {
            return Err(Error::Busy(
                "a record moved to another network, or its writer became one, meanwhile",
            ));
        }
        Ok(seen.standing.archived && !policy::done_in_archive(op))
    }

    /// Work of which nothing stays where it is refused, or where it changed something in an archive.
    fn kept<T>(&mut self, archived: bool, work: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<Result<T>> {
        let before = self.tx.log.noted();
        apart(self.tx.savepoint(|tx| {
            let value = work(tx)?;
            if archived && tx.log.noted() > before { Err(network_archived()) } else { Ok(value) }
        }))
    }

    /// Work that takes everything back which it wrote where it says so.
    pub fn tentatively<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<Done<T>>) -> Result<T> {
        let mark = self.tx.begin_savepoint()?;
        let done = work(self);
        self.tx.end_savepoint(mark, matches!(done, Ok(Done::Commit(_))))?;
        done.map(|(Done::Commit(value) | Done::Rollback(value))| value)
    }

    /// The networks whose rows are to be taken: of the spots that are there already, and may be written to.
    fn rows_of(&mut self, spots: &[Spot]) -> Result<BTreeSet<Id>> {
        let (mut rows, mut looked) = (BTreeSet::new(), HashSet::new());
        for spot in spots.iter().filter(|spot| looked.insert((spot.op, &spot.ids))) {
            for place in (spot.locate)(self.tx)? {
                if apart(self.judge(spot.op, &place))?.is_ok() {
                    rows.extend(place.network_id);
                    rows.extend(place.co_network_id);
                }
            }
        }
        Ok(rows)
    }

    fn judge(&mut self, op: Op, place: &Place) -> Result<Standing> {
        let standing = self.standing(op, place)?;
        self.caller.sighted(self.tx, &standing);
        permit(op, &standing, place)?;
        Ok(standing)
    }

    /// How the actor stands at a place, which is asked once for all that lies there.
    fn standing(&mut self, op: Op, place: &Place) -> Result<Standing> {
        let key = (place.network_id, place.cycle_id);
        // What reaches beyond its place is seen in ways of its own.
        let known = match place.shared.is_none() && place.co_network_id.is_none() {
            true => self.known.remove(&key),
            false => None,
        };
        let (standing, mut joint) = match known {
            Some(known) => known,
            None => {
                let standing = standing(self.tx, &self.caller.credential, place)?;
                (self.caller.recognised(self.tx, standing)?, None)
            }
        };
        let mut now = standing.clone();
        if wants_joint(op, &standing, place) {
            let roles = match joint.take() {
                Some(roles) => roles,
                None => joint_roles(self.tx, standing.person_id, place)?,
            };
            now.joint.clone_from(&roles);
            joint = Some(roles);
        }
        if place.shared.is_none() && place.co_network_id.is_none() {
            self.known.insert(key, (standing, joint));
        }
        Ok(now)
    }
}

/// Tells the refusal of one thing from what ends the whole: a session that is over, a database that does not go on.
fn apart<T>(outcome: Result<T>) -> Result<Result<T>> {
    use DatabaseErrorKind::{ForeignKeyViolation, UniqueViolation};
    match outcome {
        Err(Error::Database(DieselError::DatabaseError(UniqueViolation | ForeignKeyViolation, _))) => {
            Ok(outcome)
        }
        Err(
            error @ (Error::Database(_) | Error::Internal(_) | Error::Busy(_) | Error::Unauthenticated(_)),
        ) => Err(error),
        outcome => Ok(outcome),
    }
}
