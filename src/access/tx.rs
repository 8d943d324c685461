//! The transaction that work runs in.

use super::actor::{Actor, Credential};
use super::locate::Place;
use super::sighting::Sighting;
use super::standing::{Sight, Standing, joint_roles, networks_of, sight, standing};
use crate::change_log::{self, ChangeLog, Mark, Trace};
use crate::clock::{self, Instant};
use crate::db::AnyConnection;
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::record::{DigestKey, Pseudonyms, Record};
use crate::removal::tombstones;
use crate::screening::{Watch, Watches};
use diesel::Connection;
use diesel::connection::TransactionManager;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;

type Manager = <AnyConnection as Connection>::TransactionManager;

/// A transaction, as the guard alone makes it. Every store function takes one.
pub struct Tx<'c> {
    pub(super) connection: &'c mut AnyConnection,
    digest_key: &'c DigestKey,
    credential: Option<Credential>,
    /// The moment at which this transaction's work takes place.
    pub now: Instant,
    /// Whom the change log names.
    pub acting: Option<Id>,
    pub(super) log: ChangeLog,
    /// What the access log is to be told of.
    pub(super) sighting: Sighting,
    pub(super) texts: Texts,
}

/// What is to be known of the texts that a request brings.
#[derive(Clone, Default)]
pub(super) struct Texts {
    watches: Watches,
    /// Its sender knows what is found in them, and says that it may stand.
    confirmed: bool,
    /// Bodies that are stored otherwise than they were sent: as JSON what is stored, and what was sent.
    otherwise: Vec<(Vec<u8>, Vec<u8>)>,
}

impl Texts {
    pub fn of(watches: Watches, confirmed: bool) -> Texts {
        Texts { watches, confirmed, otherwise: Vec::new() }
    }
}

impl<'c> Tx<'c> {
    pub(super) fn new(
        connection: &'c mut AnyConnection,
        digest_key: &'c DigestKey,
        credential: Option<Credential>,
    ) -> Tx<'c> {
        // Who stands behind a key is known once it was found.
        let acting = match credential {
            Some(Credential::Session(Actor { person_id, .. })) => Some(person_id),
            Some(Credential::Subject(_) | Credential::Key(_)) | None => None,
        };
        Tx {
            connection,
            digest_key,
            credential,
            now: clock::now(),
            acting,
            log: ChangeLog::default(),
            sighting: Sighting::default(),
            texts: Texts::default(),
        }
    }

    pub fn conn(&mut self) -> &mut AnyConnection {
        self.connection
    }

    /// Notes a change for the log: `what` happened to `record`, as it is now.
    pub fn note<R: Record>(&mut self, what: &str, record: &R) {
        self.log.note(what, record, self.acting, self.now);
    }

    /// Notes that a record whose visibility can change is other than it was; see [`ChangeLog::note_update`].
    pub fn note_update<R: Record>(&mut self, before: &R, record: &R) {
        self.log.note_update(before, record, self.acting, self.now);
    }

    /// Notes what happened to a record of which no more than a trace is at hand.
    pub fn note_trace(&mut self, what: &str, trace: Trace<'_>) {
        self.log.note_trace(trace, what, self.acting, self.now);
    }

    /// Takes another network's row besides the one the guard took. See [`ChangeLog::take`] for the order.
    pub fn take(&mut self, network_id: Id) -> Result<()> {
        self.log.take(self.connection, network_id)
    }

    /// Work of which nothing stays where it is refused: what it wrote is taken back, and what it noted. Rows that it took
    /// are let go of as well, so those that others wait for are taken before.
    pub fn savepoint<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let mark = self.begin_savepoint()?;
        let outcome = work(self);
        self.end_savepoint(mark, outcome.is_ok())?;
        outcome
    }

    pub(super) fn begin_savepoint(&mut self) -> Result<Mark> {
        Manager::begin_transaction(self.connection)?;
        Ok(self.log.mark())
    }

    pub(super) fn end_savepoint(&mut self, mark: Mark, keep: bool) -> Result<()> {
        if keep {
            return Ok(Manager::commit_transaction(self.connection)?);
        }
        self.log.back_to(mark);
        Ok(Manager::rollback_transaction(self.connection)?)
    }

    /// Numbers and writes the changes that were noted. 410 where a record was made under the id of one that was removed.
    pub(super) fn finish(&mut self) -> Result<()> {
        let chosen: Vec<(Id, Id)> = self.log.chosen().to_vec();
        if !chosen.is_empty() {
            let ids: Vec<Id> = chosen.iter().map(|(id, _)| *id).collect();
            let removed = tombstones::among(self, &ids)?;
            for (id, network_id) in chosen {
                if let Some(lay_in) = removed.get(&id) {
                    return Err(tombstones::refusal(*lay_in, network_id));
                }
            }
        }
        self.log.write(self.connection)
    }

    /// Those of `ids` under which something was removed, each with the network in which it lay.
    pub fn removed_among(&mut self, ids: &[Id]) -> Result<HashMap<Id, Id>> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let removed = tombstones::among(self, ids)?;
        self.log.found_unused(ids.iter().filter(|id| !removed.contains_key(id)).copied());
        Ok(removed)
    }

    /// Begins the stream of a network that is being made.
    pub fn open_stream(&mut self, network_id: Id) -> Result<()> {
        self.log.open(self.connection, network_id)
    }

    /// What a resend of this body will be known by; see [`DigestKey::digest`]. `id` is the one the client chose: a body
    /// without one cannot be sent again as the same, and needs no digest. Of a body that was redacted, what was sent counts.
    pub fn digest(&self, id: Option<Id>, parent: Id, body: &impl Serialize) -> Result<Vec<u8>> {
        if id.is_none() {
            return Ok(Vec::new());
        }
        match self.sent_for(body)? {
            Some(sent) => Ok(self.digest_key.digest_of(parent, &sent)),
            None => self.digest_key.digest(parent, body),
        }
    }

    /// What was sent, as JSON, where a body is stored otherwise.
    pub fn sent_for(&self, body: &impl Serialize) -> Result<Option<Vec<u8>>> {
        if self.texts.otherwise.is_empty() {
            return Ok(None);
        }
        let stored = json(body)?;
        let sent = self.texts.otherwise.iter().find(|(one, _)| *one == stored);
        Ok(sent.map(|(_, sent)| sent.clone()))
    }

    /// Says that one body is stored in the place of another, which was sent.
    pub fn answers_for(&mut self, stored: &impl Serialize, sent: &impl Serialize) -> Result<()> {
        self.texts.otherwise.push((json(stored)?, json(sent)?));
        Ok(())
    }

    /// One byte by which a value is known again, with the server's key: as many values have the same as have another.
    pub fn trace(&self, value: &str) -> u8 {
        self.digest_key.digest_of(Id::NIL, value.as_bytes()).first().copied().unwrap_or_default()
    }

    /// What the texts of a network are held against. Its row is taken, or it is the usual.
    pub fn watch(&mut self, network_id: Id) -> Result<Arc<Watch>> {
        let name = self.log.text_guard(network_id);
        self.watch_by(network_id, name)
    }

    /// The same for work that only reads, and takes no row.
    pub fn watch_now(&mut self, network_id: Id) -> Result<Arc<Watch>> {
        let name = change_log::text_guard(self, network_id)?;
        self.watch_by(network_id, name)
    }

    fn watch_by(&mut self, network_id: Id, name: Option<Id>) -> Result<Arc<Watch>> {
        let watches = self.texts.watches.clone();
        watches.of(self, network_id, name)
    }

    /// The name of what the texts of a network are held against, whose row is taken; none where it is the usual.
    pub fn text_guard(&self, network_id: Id) -> Option<Id> {
        self.log.text_guard(network_id)
    }

    /// Says that the texts of a network, whose row is taken, are held against something else from now on.
    pub fn renew_text_guard(&mut self, network_id: Id) -> Result<()> {
        self.log.renew_text_guard(self.connection, network_id)
    }

    /// Whether the sender of this request knows what is found in its texts, and says that it may stand.
    pub fn confirms_warnings(&self) -> bool {
        self.texts.confirmed
    }

    /// How many changes were noted.
    pub fn noted(&self) -> usize {
        self.log.noted()
    }

    /// Whether a change of this record was noted after so many.
    pub fn has_noted(&self, subject_id: Id, after: usize) -> bool {
        self.log.tells_of(subject_id, after)
    }

    /// The names under which people of a network are told of outside.
    pub fn pseudonyms(&self, network_id: Id) -> Result<Pseudonyms> {
        self.digest_key.pseudonyms(network_id)
    }

    /// The numbers of a research protocol.
    pub fn research_numbers(&self, protocol: &str) -> Result<Pseudonyms> {
        self.digest_key.research_numbers(protocol)
    }

    /// Says of which networks something is shown, where what is read lies in no place: for the access log, each of them. With
    /// none it is no access.
    pub fn shows(&mut self, networks: impl IntoIterator<Item = Id>) {
        self.sighting.show(networks);
    }

    /// What this transaction's actor is at a second place.
    pub fn standing_at(&mut self, place: &Place) -> Result<Standing> {
        let credential =
            self.credential.clone().ok_or_else(|| Error::internal("nobody is signed in here"))?;
        standing(self, &credential, place)?.ok_or_else(|| credential.refused())
    }

    /// The session of this transaction's actor; 409 for somebody who signed in elsewhere, and has none here.
    pub fn session_id(&self) -> Result<Id> {
        match self.credential {
            Some(Credential::Session(Actor { session_id, .. })) => Ok(session_id),
            Some(Credential::Subject(_)) => Err(Error::conflict(
                "no_session",
                "You are signed in at the issuer of your access token: sign out there.",
            )),
            _ => Err(Error::internal("there is no session here")),
        }
    }

    /// The same, with what they are in the networks that share the place's cycle.
    pub fn standing_through(&mut self, place: &Place) -> Result<Standing> {
        let mut standing = self.standing_at(place)?;
        if place.cycle_id.is_some() && standing.member.is_none() && standing.key.is_none() {
            standing.joint = joint_roles(self, standing.person_id, place)?;
        }
        Ok(standing)
    }

    /// The networks that somebody is a member of today.
    pub fn networks_of(&mut self, person_id: Id) -> diesel::QueryResult<Vec<Id>> {
        networks_of(self, person_id)
    }

    /// Where somebody may look now. API keys look at their own network alone.
    pub fn sight(&mut self, person_id: Id) -> diesel::QueryResult<Sight> {
        if let Some(Credential::Key(_)) = self.credential {
            return Ok(Sight { networks: self.networks_of(person_id)?, ..Sight::default() });
        }
        let (sight, emergencies) = sight(self, person_id)?;
        for (network_id, emergency_access_id) in emergencies {
            self.sighting.see_through(network_id, emergency_access_id);
        }
        Ok(sight)
    }
}

fn json(body: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(body).map_err(Error::internal)
}
