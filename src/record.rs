//! What all records have in common, so that answers, replays and the change log need to say it once.

use crate::error::{Conflict, Error, Result};
use crate::ids::Id;
use crate::privacy_warnings::rules::Subject;
use hmac::{Hmac, KeyInit, Mac};
use serde::Serialize;
use serde_json::{Map, json};
use sha2::Sha256;

/// A stored record with an id, a version and a place.
pub trait Record: Serialize {
    /// The record's name in the change log: `observation` in `observation.created`.
    const KIND: &'static str;
    /// The collection under `/v1` where records of this kind are addressed.
    const PATH: &'static str;

    fn id(&self) -> Id;
    fn version(&self) -> i32;
    /// The digest of the body that created the record; empty where the server chose the id.
    fn digest(&self) -> &[u8];
    /// The network whose stream of changes tells of this record; `Id::NIL` for what belongs to no network.
    fn network_id(&self) -> Id;
    fn cycle_id(&self) -> Option<Id> {
        None
    }
    /// Visible to its author alone.
    fn is_private(&self) -> bool {
        false
    }
}

/// What came of a create: a record made now, or the one that an earlier sending of the same request made.
pub struct Created<R> {
    pub record: R,
    pub fresh: bool,
}

impl<R> Created<R> {
    pub fn fresh(record: R) -> Created<R> {
        Created { record, fresh: true }
    }

    pub fn replayed(record: R) -> Created<R> {
        Created { record, fresh: false }
    }
}

/// What tells which record a write was of.
pub trait Wrote {
    /// None where it was of no record.
    fn subject(&self) -> Option<Subject>;

    /// Whether it may have changed anything.
    fn is_fresh(&self) -> bool {
        true
    }
}

impl<R: Record> Wrote for R {
    fn subject(&self) -> Option<Subject> {
        Some(Subject {
            kind: R::KIND,
            network_id: self.network_id(),
            cycle_id: self.cycle_id(),
            id: self.id(),
            private: self.is_private(),
        })
    }
}

impl<R: Record> Wrote for Created<R> {
    fn subject(&self) -> Option<Subject> {
        self.record.subject()
    }

    fn is_fresh(&self) -> bool {
        self.fresh
    }
}

/// The server's key for digests of bodies; without it a digest tells nothing about a short text.
#[derive(Clone)]
pub struct DigestKey(Hmac<Sha256>);

impl DigestKey {
    pub fn new(key: &[u8; 32]) -> Result<DigestKey> {
        Hmac::new_from_slice(key).map(DigestKey).map_err(Error::internal)
    }

    /// The pseudonyms of a network. Their key is one of its own, so that no digest of a body can be taken for one, nor the
    /// name that somebody has in one network for the one that they have in another.
    pub fn pseudonyms(&self, network_id: Id) -> Result<Pseudonyms> {
        self.names(b"pseudonyms of people in the network ", network_id.0.as_bytes())
    }

    /// The numbers of a research protocol: what goes by one under this protocol goes by another under every other, and has
    /// none outside of research.
    pub fn research_numbers(&self, protocol: &str) -> Result<Pseudonyms> {
        self.names(b"numbers under the research protocol ", protocol.as_bytes())
    }

    fn names(&self, what: &[u8], of: &[u8]) -> Result<Pseudonyms> {
        let mut mac = self.0.clone();
        mac.update(what);
        mac.update(of);
        Hmac::new_from_slice(&mac.finalize().into_bytes()).map(Pseudonyms).map_err(Error::internal)
    }

    /// A keyed digest (HMAC-SHA-256) of a create as it was sent, after normalisation, with absent members left out,
    /// and of the parent it was sent to.
    pub fn digest(&self, parent: Id, body: &impl Serialize) -> Result<Vec<u8>> {
        let canonical = serde_json::to_vec(body).map_err(Error::internal)?;
        Ok(self.digest_of(parent, &canonical))
    }

    /// The same of a body that was written already.
    pub fn digest_of(&self, parent: Id, canonical: &[u8]) -> Vec<u8> {
        let mut mac = self.0.clone();
        mac.update(parent.0.as_bytes());
        mac.update(canonical);
        mac.finalize().into_bytes()[..16].to_vec()
    }
}

/// Names for the people of one network, or for what one research protocol is told of, that tell nothing of them to who has
/// not the server's key.
pub struct Pseudonyms(Hmac<Sha256>);

impl Pseudonyms {
    /// Always the same for the same id: 32 hexadecimal digits.
    pub fn of(&self, id: Id) -> String {
        let mut mac = self.0.clone();
        mac.update(id.0.as_bytes());
        mac.finalize().into_bytes()[..16].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// A record whose id was sent again: the same content answers with the record as it is now, other content is a
/// conflict, and a record that the caller may not see shows nothing of itself.
pub fn replay<R: Record>(stored: R, digest: &[u8], visible: bool) -> Result<Created<R>> {
    if !visible {
        return Err(id_taken());
    }
    if stored.digest() != digest {
        return Err(Error::Conflict(Box::new(Conflict {
            code: "id_reused",
            detail: "A record with this id exists and was created with other content.".into(),
            extensions: Map::from_iter([
                ("storedId".to_owned(), json!(stored.id())),
                ("storedVersion".to_owned(), json!(stored.version())),
            ]),
            errors: Vec::new(),
        })));
    }
    Ok(Created::replayed(stored))
}

pub fn id_taken() -> Error {
    Error::conflict("id_taken", "The id is taken. Choose another.")
}
