//! The chain's arithmetic. Pure.
//!
//! Each row has a digest: SHA-256 over all that it says, in a fixed form. An id that may have to be erased, of a person or of
//! whom a record is about, enters by a digest of its own, which is salted with what only this network has for this id: with
//! the salt gone it tells nothing, and the row's digest stays what it was. Rows lie in stretches, and a stretch's hash is
//! over the hash before it and the digests of its rows: so each is bound to all before it.

use super::types::Log;
use crate::access_log::types::Access;
use crate::change_log;
use crate::ids::Id;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

pub type Hash = [u8; 32];
pub type Salt = [u8; 32];

/// What a chain begins with.
pub const BEGINNING: Hash = [0; 32];
/// The version of the form, within all that is hashed.
const ROW: &[u8] = b"feedbacklus audit row 1";
const ID: &[u8] = b"feedbacklus audit id 1";
const STRETCH: &[u8] = b"feedbacklus audit stretch 1";

/// Where an id stands in a row.
pub type Field = &'static str;

/// A row of a log, as the chain sees it.
pub struct Entry {
    pub number: i64,
    /// What stays for ever.
    fixed: Fixed,
    /// Ids that may be erased. `Id::NIL` stands for one that was.
    pub ids: Vec<(Field, Id)>,
}

/// What is known of a network's ids.
#[derive(Default)]
pub struct Known {
    pub salts: HashMap<Id, Salt>,
    /// The digests of those that were erased, by the row and the field.
    pub erased: HashMap<(i64, String), Vec<Vec<u8>>>,
}

pub const ACTOR: Field = "actor";
pub const SUBJECT: Field = "subject";
pub const PERSON: Field = "person";
pub const ACTING_FOR: Field = "acting_for";
pub const OBJECT: Field = "object";
pub const ABOUT: Field = "about";

impl Entry {
    pub fn of_change(row: &change_log::Row) -> Entry {
        let mut fixed = Fixed::new(Log::Changes, row.network_id, row.number);
        fixed
            .number(row.at.micros())
            .id(row.cycle_id)
            .text(Some(&row.kind))
            .number(row.subject_version.into())
            .text(Some(&row.audience));
        let ids = [(ACTOR, row.actor_id), (SUBJECT, Some(row.subject_id))];
        Entry { number: row.number, fixed, ids: present(ids) }
    }

    /// An access with the ids of the pseudonyms it is about. One of them that was erased is not there any more.
    pub fn of_access(row: &Access, about: &[Id]) -> Entry {
        let mut fixed = Fixed::new(Log::Accesses, row.network_id, row.number);
        fixed
            .number(row.at.micros())
            .text(Some(row.code.into()))
            .text(Some(&row.operation))
            .text(row.role.as_deref())
            .text(Some(row.means.into()))
            .id(row.means_id)
            .text(row.object_kind.as_deref())
            .text(Some(row.audience.into()))
            .text(Some(row.outcome.into()))
            .text(row.reason.map(Into::into))
            .id(row.request_id)
            .id(row.emergency_access_id);
        let ids = [(PERSON, row.person_id), (ACTING_FOR, row.acting_for), (OBJECT, row.object_id)];
        let mut ids = present(ids);
        ids.extend(about.iter().map(|id| (ABOUT, *id)));
        Entry { number: row.number, fixed, ids }
    }

    /// The row's digest. An id of which no salt is known, and which was not erased, makes it another than it was.
    pub fn digest(&self, network_id: Id, log: Log, known: &Known) -> Hash {
        let mut ids: Vec<(&str, Vec<u8>)> = Vec::with_capacity(self.ids.len());
        for (field, id) in self.ids.iter().filter(|(_, id)| *id != Id::NIL) {
            let salt = known.salts.get(id).copied().unwrap_or_default();
            ids.push((field, digest_of(network_id, log, self.number, field, *id, &salt).to_vec()));
        }
        for field in [ACTOR, SUBJECT, PERSON, ACTING_FOR, OBJECT, ABOUT] {
            let erased = known.erased.get(&(self.number, field.to_owned()));
            ids.extend(erased.into_iter().flatten().map(|digest| (field, digest.clone())));
        }
        ids.sort_unstable();
        let mut hash = self.fixed.0.clone();
        for (field, digest) in ids {
            hash.update(field);
            hash.update(digest);
        }
        hash.finalize().into()
    }
}

fn present<const COUNT: usize>(ids: [(Field, Option<Id>); COUNT]) -> Vec<(Field, Id)> {
    ids.into_iter().filter_map(|(field, id)| Some((field, id?))).collect()
}

/// What a row has in the place of an id. Other than in any other row, so that it does not tell either that two are of one.
pub fn digest_of(network_id: Id, log: Log, number: i64, field: &str, id: Id, salt: &Salt) -> Hash {
    let mut fixed = Fixed(Sha256::new_with_prefix(ID));
    fixed.text(Some(log.into())).id(Some(network_id)).number(number).text(Some(field)).id(Some(id));
    fixed.0.update(salt);
    fixed.0.finalize().into()
}

/// The hash of a stretch, after the one before it.
pub fn stretch(before: &[u8], network_id: Id, log: Log, first: i64, last: i64, digests: &[u8]) -> Hash {
    let mut fixed = Fixed(Sha256::new_with_prefix(STRETCH));
    fixed.text(Some(log.into())).id(Some(network_id)).number(first).number(last);
    fixed.0.update(before);
    fixed.0.update(digests);
    fixed.0.finalize().into()
}

/// Members of a row one after the other, each with its length, so that none can be taken for a part of another.
#[derive(Clone)]
struct Fixed(Sha256);

impl Fixed {
    fn new(log: Log, network_id: Id, number: i64) -> Fixed {
        let mut fixed = Fixed(Sha256::new_with_prefix(ROW));
        fixed.text(Some(log.into())).id(Some(network_id)).number(number);
        fixed
    }

    fn bytes(&mut self, bytes: Option<&[u8]>) -> &mut Fixed {
        let length = bytes.map_or(u64::MAX, |bytes| bytes.len() as u64);
        self.0.update(length.to_be_bytes());
        self.0.update(bytes.unwrap_or_default());
        self
    }

    fn text(&mut self, text: Option<&str>) -> &mut Fixed {
        self.bytes(text.map(str::as_bytes))
    }

    fn id(&mut self, id: Option<Id>) -> &mut Fixed {
        self.bytes(id.as_ref().map(|id| id.0.as_bytes().as_slice()))
    }

    fn number(&mut self, number: i64) -> &mut Fixed {
        self.bytes(Some(&number.to_be_bytes()))
    }
}

/// The place of an event among those of its moment, as an id: accesses come after changes, each by their numbers.
pub fn place_of(log: Log, number: i64) -> Id {
    let high = match log {
        Log::Changes => 0,
        Log::Accesses => 1,
    };
    Id(uuid::Uuid::from_u64_pair(high, number.cast_unsigned()))
}

/// The log and the number that [`place_of`] made an id of; none for another.
pub fn place(id: Id) -> Option<(Log, i64)> {
    let (high, low) = id.0.as_u64_pair();
    let log = match high {
        0 => Log::Changes,
        1 => Log::Accesses,
        _ => return None,
    };
    Some((log, low.cast_signed()))
}

/// A hash as people write it down.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Instant;

    fn row() -> change_log::Row {
        change_log::Row {
            network_id: Id(uuid::Uuid::from_u128(1)),
            number: 7,
            cycle_id: None,
            actor_id: Some(Id(uuid::Uuid::from_u128(2))),
            at: Instant::from_micros(1).expect("an instant"),
            kind: "observation.created".into(),
            subject_id: Id(uuid::Uuid::from_u128(3)),
            subject_version: 1,
            audience: "members".into(),
        }
    }

    fn known(row: &change_log::Row) -> Known {
        let salts = [(row.subject_id, [3; 32]), (row.actor_id.expect("an actor"), [2; 32])];
        Known { salts: salts.into(), ..Known::default() }
    }

    fn digest(row: &change_log::Row, known: &Known) -> Hash {
        Entry::of_change(row).digest(row.network_id, Log::Changes, known)
    }

    #[test]
    fn each_member_of_a_row_tells_in_its_digest() {
        let (row, known) = (row(), known(&row()));
        let as_it_was = digest(&row, &known);
        assert_eq!(digest(&row.clone(), &known), as_it_was);
        let others = [
            change_log::Row { number: 8, ..row.clone() },
            change_log::Row { cycle_id: Some(row.subject_id), ..row.clone() },
            change_log::Row { actor_id: None, ..row.clone() },
            change_log::Row { actor_id: Some(row.subject_id), ..row.clone() },
            change_log::Row { at: Instant::from_micros(2).expect("an instant"), ..row.clone() },
            change_log::Row { kind: "observation.updated".into(), ..row.clone() },
            change_log::Row { subject_id: Id(uuid::Uuid::from_u128(4)), ..row.clone() },
            change_log::Row { subject_version: 2, ..row.clone() },
            change_log::Row { audience: "author".into(), ..row.clone() },
        ];
        for other in others {
            assert_ne!(digest(&other, &known), as_it_was, "{other:?}");
        }
    }

    #[test]
    fn an_id_that_was_erased_leaves_the_digest_as_it_was() {
        let (row, mut known) = (row(), known(&row()));
        let as_it_was = digest(&row, &known);
        let actor = row.actor_id.expect("an actor");
        let salt = known.salts.remove(&actor).expect("its salt");
        assert_ne!(digest(&row, &known), as_it_was, "it stands, and its salt is gone");
        let blank = change_log::Row { actor_id: Some(Id::NIL), ..row.clone() };
        assert_ne!(digest(&blank, &known), as_it_was, "it is gone, and was not erased");
        let left = digest_of(row.network_id, Log::Changes, row.number, ACTOR, actor, &salt);
        known.erased.insert((row.number, ACTOR.into()), vec![left.to_vec()]);
        assert_eq!(digest(&blank, &known), as_it_was);
        let elsewhere = digest_of(row.network_id, Log::Changes, row.number + 1, ACTOR, actor, &salt);
        assert_ne!(left, elsewhere);
    }

    #[test]
    fn a_stretch_is_bound_to_what_lies_before_it() {
        let network_id = row().network_id;
        let hash = |before: Hash, first, digests: &[u8]| {
            stretch(&before, network_id, Log::Changes, first, 9, digests)
        };
        let one = hash(BEGINNING, 1, &[1; 32]);
        assert_ne!(one, hash([1; 32], 1, &[1; 32]));
        assert_ne!(one, hash(BEGINNING, 2, &[1; 32]));
        assert_ne!(one, hash(BEGINNING, 1, &[2; 32]));
    }

    #[test]
    fn a_place_is_read_as_it_was_written() {
        for (log, number) in [(Log::Changes, 1), (Log::Accesses, i64::MAX), (Log::Accesses, 0)] {
            assert_eq!(place(place_of(log, number)), Some((log, number)));
        }
        assert!(place_of(Log::Changes, i64::MAX) < place_of(Log::Accesses, 1));
    }
}
