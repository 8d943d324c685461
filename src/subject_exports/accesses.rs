//! Who read, took out, changed or was refused what is about somebody, as far as they are told of it: see [`ToldAccess`].

use super::bundle::Bundle;
use super::documents::ToldAccess;
use super::store::accesses::{self as store, After};
use super::store::{PIECE, pseudonym::Trail};
use crate::access::{Role, Tx};
use crate::access_log::rules::code_of_change;
use crate::access_log::types::{Access, AccessOutcome};
use crate::change_log::Row;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::pseudonyms::types::Pseudonym;
use crate::record::Record;
use std::borrow::Cow;
use std::collections::HashMap;

const FILE: &str = "accesses";

/// How far the file about a pseudonym is.
#[derive(Clone, Copy)]
enum About {
    Records(i64),
    /// The part of the records that follow from those, and the number in the log.
    Following(usize, i64),
    TakenOut(After),
    Changes(usize),
}

/// The file about a pseudonym: what was done with what is about them.
pub fn of_pseudonym(
    tx: &mut Tx<'_>,
    bundle: &mut Bundle,
    pseudonym: &Pseudonym,
    trail: &Trail,
) -> Result<()> {
    let (network_id, id) = (pseudonym.network_id, pseudonym.id);
    let (mut records, following) = (trail.subjects(), trail.following());
    records.push(id);
    let mut telling = Telling::of(id);
    let mut next = Some(About::Records(0));
    bundle.list(FILE, || {
        let Some(place) = next else { return Ok(None) };
        let (told, then) = match place {
            About::Records(after) => {
                let rows = store::about(tx, network_id, id, after)?;
                let then = rows.last().map_or(About::Following(0, 0), |last| About::Records(last.number));
                (telling.accesses(rows), Some(then))
            }
            About::Following(part, after) => match following.chunks(PIECE as usize).nth(part) {
                None => (Vec::new(), Some(About::TakenOut((pseudonym.created_at, 0)))),
                Some(some) => {
                    let rows = store::of_records(tx, network_id, some, after)?;
                    let next = About::Following(part + 1, 0);
                    let then = rows.last().map_or(next, |last| About::Following(part, last.number));
                    (telling.accesses(rows), Some(then))
                }
            },
            About::TakenOut(after) => {
                let rows = store::taken_out(tx, network_id, after)?;
                let then =
                    rows.last().map_or(About::Changes(0), |last| About::TakenOut((last.at, last.number)));
                (telling.accesses(rows), Some(then))
            }
            About::Changes(part) => match records.chunks(PIECE as usize).nth(part) {
                None => (Vec::new(), None),
                Some(some) => {
                    let rows = store::changed(tx, network_id, some)?;
                    let who: Vec<Id> = rows.iter().filter_map(|row| row.actor_id).collect();
                    let roles = store::roles(tx, network_id, &who)?;
                    (telling.changes(rows, &roles), Some(About::Changes(part + 1)))
                }
            },
        };
        next = then;
        Ok(Some(told))
    })
}

/// The file about a person: what they did, network by network, and then what others did with their account.
pub fn of_person(tx: &mut Tx<'_>, bundle: &mut Bundle, me: Id) -> Result<()> {
    let beginning = Instant::from_micros(0).ok_or_else(|| Error::internal("no epoch"))?;
    let networks = store::networks(tx)?;
    let parts: Vec<(bool, Id)> =
        [true, false].into_iter().flat_map(|own| networks.iter().map(move |id| (own, *id))).collect();
    let mut telling = Telling::of(me);
    let mut parts = parts.into_iter();
    let mut place = None;
    bundle.list(FILE, || {
        let Some(((own, network_id), after)) = place.take().or_else(|| Some((parts.next()?, (beginning, 0))))
        else {
            return Ok(None);
        };
        let rows = match own {
            true => store::by_person(tx, network_id, me, after)?,
            false => store::of_account(tx, network_id, me, after)?,
        };
        place = rows.last().map(|last| ((own, network_id), (last.at, last.number)));
        Ok(Some(telling.accesses(rows)))
    })
}

/// What is told to one of whom data are kept.
struct Telling {
    /// The pseudonym or the person.
    subject: Id,
    /// The numbers of others, as far as they were met.
    others: HashMap<Id, i32>,
}

impl Telling {
    fn of(subject: Id) -> Telling {
        Telling { subject, others: HashMap::new() }
    }

    fn accesses(&mut self, rows: Vec<Access>) -> Vec<ToldAccess> {
        rows.into_iter().map(|row| self.access(row)).collect()
    }

    fn access(&mut self, row: Access) -> ToldAccess {
        let (own, other) = self.who(row.person_id);
        ToldAccess {
            network_id: known(Some(row.network_id)),
            occurred_at: row.at,
            code: row.code,
            name: row.operation.into_owned(),
            own,
            other,
            role: row.role.map(Cow::into_owned),
            means: Some(row.means),
            in_emergency: row.emergency_access_id.is_some(),
            object_id: self.object(row.object_kind.as_deref(), row.object_id),
            object_kind: row.object_kind,
            outcome: row.outcome,
            reason: row.reason,
        }
    }

    fn changes(&mut self, rows: Vec<Row>, roles: &HashMap<Id, Role>) -> Vec<ToldAccess> {
        rows.into_iter().map(|row| self.change(row, roles)).collect()
    }

    fn change(&mut self, row: Row, roles: &HashMap<Id, Role>) -> ToldAccess {
        let (own, other) = self.who(row.actor_id);
        let role = row.actor_id.and_then(|id| roles.get(&id)).map(|role| <&str>::from(*role).to_owned());
        let kind = row.kind.split('.').next().map(str::to_owned);
        ToldAccess {
            network_id: known(Some(row.network_id)),
            occurred_at: row.at,
            code: code_of_change(&row.kind),
            name: row.kind,
            own,
            other,
            role,
            means: None,
            in_emergency: false,
            object_id: self.object(kind.as_deref(), Some(row.subject_id)),
            object_kind: kind,
            outcome: AccessOutcome::Success,
            reason: None,
        }
    }

    /// Whether it is the subject, or else which other.
    fn who(&mut self, person_id: Option<Id>) -> (bool, Option<i32>) {
        let Some(id) = known(person_id) else { return (false, None) };
        if id == self.subject {
            return (true, None);
        }
        let next = i32::try_from(self.others.len()).unwrap_or(i32::MAX).saturating_add(1);
        (false, Some(*self.others.entry(id).or_insert(next)))
    }

    /// The id of what it was done with, but for somebody else's.
    fn object(&self, kind: Option<&str>, id: Option<Id>) -> Option<Id> {
        let somebody = matches!(kind, Some(Pseudonym::KIND | "person" | "member" | "participant"));
        known(id).map(|id| if somebody && id != self.subject { Id::NIL } else { id })
    }
}

/// An id that is somebody's or something's, and was not erased.
fn known(id: Option<Id>) -> Option<Id> {
    id.filter(|id| *id != Id::NIL)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;

    fn change(actor_id: Option<Id>, kind: &str, subject_id: Id) -> Row {
        Row {
            network_id: Id::new(),
            number: 1,
            cycle_id: None,
            actor_id,
            at: clock::now(),
            kind: kind.into(),
            subject_id,
            subject_version: 1,
            audience: "members".into(),
        }
    }

    #[test]
    fn others_are_known_again_and_by_no_name() {
        let (me, one, other) = (Id::new(), Id::new(), Id::new());
        let roles = HashMap::from([(one, Role::Coordinator)]);
        let rows = [Some(one), Some(other), Some(me), Some(one), Some(Id::NIL), None]
            .map(|actor| change(actor, "observation.updated", Id::new()));
        let told = Telling::of(me).changes(rows.into(), &roles);
        let who: Vec<_> = told.iter().map(|one| (one.own, one.other)).collect();
        assert_eq!(
            who,
            [
                (false, Some(1)),
                (false, Some(2)),
                (true, None),
                (false, Some(1)),
                (false, None),
                (false, None)
            ]
        );
        assert_eq!((told[0].role.as_deref(), told[1].role.as_deref()), (Some("coordinator"), None));
    }

    #[test]
    fn somebody_else_is_nobody_in_particular() {
        let (me, other) = (Id::new(), Id::new());
        let rows = [("pseudonym", me), ("pseudonym", other), ("observation", other)]
            .map(|(kind, id)| change(None, &format!("{kind}.created"), id));
        let told = Telling::of(me).changes(rows.into(), &HashMap::new());
        let ids: Vec<Option<Id>> = told.iter().map(|one| one.object_id).collect();
        assert_eq!(ids, [Some(me), Some(Id::NIL), Some(other)]);
    }
}
