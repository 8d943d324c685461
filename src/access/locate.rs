//! Where a record lies.

use super::access_query::{Finding, Sought, WithStanding};
use super::actor::{Actor, Credential};
use super::op::Op;
use super::standing::{Standing, standing, standing_found};
use super::tx::Tx;
use crate::clock::Instant;
use crate::cycles::rules::CycleState;
use crate::cycles::types::Phase;
use crate::db::schema::cycles;
use crate::db::types::{Moment, Uid};
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::insights::types::Audience;
use crate::natively;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use std::collections::HashMap;

/// Something a request addresses, which the guard finds before it asks the policy.
pub trait Locate: Clone + Send + 'static {
    /// What is found, for the work to go on with: it was read in the work's own transaction.
    type Found;

    /// Finds it and its place, whoever asks. None where nothing stands there.
    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Self::Found, Place)>>;

    /// Finds different ones, in their order.
    fn locate_all(these: &[Self], tx: &mut Tx<'_>) -> Result<Vec<Located<Self::Found>>> {
        these.iter().map(|at| at.locate(tx)).collect()
    }

    /// Its kind and its id, where the access log may have to name it and the path does not: one among many.
    fn named(&self) -> Option<(&'static str, Id)> {
        None
    }

    /// Finds it, and how the session's person stands there, in one statement. None where that takes more than one, and then
    /// nothing was asked.
    fn at_once(&self, _: &mut Tx<'_>, _: Actor) -> Option<Result<Option<Looked<Self::Found>>>> {
        None
    }
}

/// Finds something, and how the credential's person stands there. None where the credential is good for nothing any more,
/// whether or not it is there.
pub(super) fn look_at<L: Locate>(
    at: &L,
    tx: &mut Tx<'_>,
    credential: &Credential,
) -> Result<Option<Looked<L::Found>>> {
    if let Credential::Session(actor) = credential
        && let Some(looked) = at.at_once(tx, *actor)
    {
        return looked;
    }
    let located = at.locate(tx)?;
    let place = located.as_ref().map(|(_, place)| place.clone()).unwrap_or_default();
    Ok(standing(tx, credential, &place)?.map(|standing| (standing, located)))
}

/// Things with their places in the order of the different `ids` that they were looked up by.
pub fn in_order<F>(ids: &[Id], found: impl IntoIterator<Item = (Id, (F, Place))>) -> Vec<Located<F>> {
    let mut found: HashMap<Id, (F, Place)> = found.into_iter().collect();
    ids.iter().map(|id| found.remove(id)).collect()
}

/// A thing with its place, where it is there.
pub type Located<F> = Option<(F, Place)>;

/// The caller's standing, and the thing with its place where it is there.
pub type Looked<F> = (Standing, Option<(F, Place)>);

/// Where something lies and whose it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub network_id: Option<Id>,
    pub cycle_id: Option<Id>,
    pub author_id: Option<Id>,
    pub owner_id: Option<Id>,
    /// The co-network that the record is about: its members see it too, and its stream is told of changes as well.
    pub co_network_id: Option<Id>,
    /// Visible to its author, and to those it is shown to, alone.
    pub private: bool,
    pub shown_to: Vec<Id>,
    /// Whom it was shared with, besides those who see it where it lies.
    pub shared: Option<Audience>,
    /// Seen by administrators, whether they are members or not, and be it private: what concerns themselves, never what members
    /// write.
    pub for_admins: bool,
    /// The network whose policy its texts are held against, where it lies in none.
    pub texts_of: Option<Id>,
}

impl Place {
    pub fn network(network_id: Id) -> Place {
        Place { network_id: Some(network_id), ..Place::default() }
    }

    pub fn cycle(network_id: Id, cycle_id: Id) -> Place {
        Place { network_id: Some(network_id), cycle_id: Some(cycle_id), ..Place::default() }
    }

    pub fn by(self, author_id: Id) -> Place {
        Place { author_id: Some(author_id), ..self }
    }
}

/// A thing found, with its place and the caller's standing there.
#[derive(Clone, Debug)]
pub struct Seen<F> {
    pub found: F,
    pub place: Place,
    pub standing: Standing,
}

impl<F> Seen<F> {
    /// Whether the actor may do this here as well: what the work comes to may depend on what was found.
    pub fn may(&self, op: Op) -> bool {
        self.standing.may(op, &self.place)
    }
}

/// The server as a whole: what belongs to no network.
#[derive(Clone)]
pub struct Server;

impl Locate for Server {
    type Found = ();

    fn locate(&self, _: &mut Tx<'_>) -> Result<Option<((), Place)>> {
        Ok(Some(((), Place::default())))
    }
}

/// A network by its id. What is found is the id: most work needs no more.
#[derive(Clone)]
pub struct InNetwork(pub Id);

impl Locate for InNetwork {
    type Found = Id;

    fn named(&self) -> Option<(&'static str, Id)> {
        Some(("network", self.0))
    }

    fn locate(&self, _: &mut Tx<'_>) -> Result<Option<(Id, Place)>> {
        // Whether the network exists is told by the membership in it.
        Ok(Some((self.0, Place::network(self.0))))
    }
}

/// A cycle by its id, and what work inside of it has to know.
#[derive(Clone)]
pub struct InCycle(pub Id);

impl Locate for InCycle {
    type Found = CycleState;

    fn named(&self) -> Option<(&'static str, Id)> {
        Some(("cycle", self.0))
    }

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(Self::Found, Place)>> {
        let row = natively!(tx.conn(), c => cycles::table
            .filter(cycles::id.eq(self.0))
            .select((cycles::id, cycles::network_id, cycles::phase, cycles::closed_at))
            .get_result(c))
        .optional()?;
        Ok(row.map(|(id, network_id, phase, closed_at)| {
            (CycleState { id, network_id, phase, closed_at }, Place::cycle(network_id, id))
        }))
    }

    fn at_once(&self, tx: &mut Tx<'_>, actor: Actor) -> Option<Result<Option<Looked<CycleState>>>> {
        let query = Finding::<CycleState>::by(actor, self.0, tx.now);
        let row: QueryResult<WithStanding<CycleRow>> = natively!(tx.conn(), c => query.get_result(c));
        Some(standing_found(tx, actor, row, |(network_id, phase, closed_at)| {
            (CycleState { id: self.0, network_id, phase, closed_at }, Place::cycle(network_id, self.0))
        }))
    }
}

type CycleRow = (Id, Phase, Option<Instant>);

impl Sought for CycleState {
    type SqlType = (Uid, Text, Nullable<Moment>);
    const TABLE: &'static str = "cycles";
    const COLUMNS: &'static str = "cycles.network_id, cycles.phase, cycles.closed_at";
    const CYCLE: &'static str = "cycles.id";
}

/// 404: what is not there and what may not be seen look the same.
pub fn found<T>(thing: Option<T>) -> Result<T> {
    thing.ok_or(Error::NotFound)
}
