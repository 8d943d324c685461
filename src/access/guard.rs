//! The only door to the database. A handler names the operation and the place, and hands over its work; the guard opens
//! a transaction, finds the place as this actor may see it, asks the policy, runs the work, and writes the change log.

use super::absent::absent;
use super::actor::{Credential, bearer_token};
use super::admission::fits;
use super::api_key::{self, PresentedKey};
use super::caller::Caller;
use super::elsewhere::{Elsewhere, archived_elsewhere};
use super::house::Access;
use super::locate::{Locate, Seen, look_at};
use super::op::Op;
use super::permit::{permit, through_co_networks};
use super::policy;
use super::sighting::{self, Asked, End, witnessed};
use super::standing::Standing;
use super::tx::Tx;
use crate::access_log::backlog;
use crate::clock;
use crate::db::AnyConnection;
use crate::db::dialect;
use crate::db::worker::Done;
use crate::error::{Error, Result};
use crate::http::rate_limits::count_credential;
use crate::ids::Id;
use crate::oidc::{self, Issuer};
use crate::screening::confirmation;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::future::Either;
use std::future::{Ready, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// A signed-in request's way to the database.
#[derive(Clone)]
pub struct Guard {
    pub(super) access: web::Data<Access>,
    credential: Credential,
    /// The second of the Unix epoch in which the credential expires. When a key does is told by the database, with each
    /// time it is used to read.
    expires: Arc<AtomicI64>,
    /// What is asked for, as the access log tells of it.
    pub(super) asked: Arc<Asked>,
    /// The sender knows what is found in the texts of the request, and says that it may stand.
    confirmed: bool,
}

impl Guard {
    /// How long the credential is good for.
    pub fn lasts(&self) -> Duration {
        let left = self.expires.load(Ordering::Relaxed) - clock::now().to_chrono().timestamp();
        Duration::from_secs(u64::try_from(left).unwrap_or(0))
    }

    /// The issuer whose access tokens are accepted beside our own, if there is one.
    pub fn issuer(&self) -> Option<Arc<Issuer>> {
        self.access.issuer()
    }

    /// Has all accesses that were written down stand in the access log: what is read next is told of them.
    pub async fn bring_in_accesses(&self) -> Result<()> {
        backlog::clear(&self.access).await
    }

    pub(super) fn caller(&self) -> Caller {
        Caller::new(self.credential.clone(), &self.access, self.asked.named(), self.confirmed)
    }

    /// Work that reads: one moment of the database, nothing written. It is answered once it was noted for the access log, and
    /// so is its refusal.
    pub async fn read<L, T, F>(&self, op: Op, at: L, work: F) -> Result<T>
    where
        L: Locate,
        T: Send + 'static,
        F: Fn(&mut Tx<'_>, Seen<L::Found>) -> Result<T> + Send + 'static,
    {
        let caller = self.caller();
        let seen = self
            .access
            .db
            .read(move |connection| {
                let mut tx = caller.begin(connection);
                let outcome = look(&mut tx, op, &caller, &at).and_then(|seen| {
                    let expires_at = seen.standing.key.as_ref().and_then(|key| key.expires_at);
                    Ok((work(&mut tx, seen)?, expires_at))
                });
                witnessed(outcome, tx.sighting)
            })
            .await?;
        let log = self.access.access_log();
        let (value, expires_at) = sighting::note(log, op, &self.asked, seen, Some(End::Read)).await?;
        if let Some(expires_at) = expires_at {
            self.expires.store(expires_at.to_chrono().timestamp(), Ordering::Relaxed);
        }
        Ok(value)
    }

    /// Work that writes, of which all is said by where it is done. It may run more than once, and does nothing outside of
    /// its transaction. Work that notes no change writes nothing: a replay.
    pub async fn write<L, T, F>(&self, op: Op, at: L, work: F) -> Result<T>
    where
        L: Locate,
        T: Send + 'static,
        F: Fn(&mut Tx<'_>, Seen<L::Found>) -> Result<T> + Send + 'static,
    {
        self.transact(op, at, Vec::new(), Keep::Changes, work).await
    }

    /// Work that writes, of which nothing stays: to know what would come of it.
    pub async fn rehearse<L, T, F>(&self, op: Op, at: L, work: F) -> Result<T>
    where
        L: Locate,
        T: Send + 'static,
        F: Fn(&mut Tx<'_>, Seen<L::Found>) -> Result<T> + Send + 'static,
    {
        self.transact(op, at, Vec::new(), Keep::Nothing, work).await
    }

    pub(super) async fn transact<L, T, F>(
        &self,
        op: Op,
        at: L,
        others: Vec<Elsewhere>,
        keep: Keep,
        work: F,
    ) -> Result<T>
    where
        L: Locate,
        T: Send + 'static,
        F: Fn(&mut Tx<'_>, Seen<L::Found>) -> Result<T> + Send + 'static,
    {
        let caller = self.caller();
        let carry_out = move |tx: &mut Tx<'_>| {
            // Who may not write is refused before any row is taken.
            let mut seen = look(tx, op, &caller, &at)?;
            let home = seen.place.network_id.unwrap_or(Id::NIL);
            let mut archived = archived_elsewhere(tx, &others)?;
            let mut rows: Vec<(Id, Option<&Elsewhere>)> = vec![(home, None)];
            rows.extend(seen.place.co_network_id.map(|id| (id, None)));
            rows.extend(seen.place.texts_of.map(|id| (id, None)));
            rows.extend(others.iter().map(|other| (other.place.network_id.unwrap_or(Id::NIL), Some(other))));
            rows.sort_by_key(|(network_id, _)| *network_id);
            for (network_id, other) in rows {
                tx.take(network_id).map_err(|error| match (error, other) {
                    (Error::NotFound, Some(other)) => other.missing(),
                    (error, _) => error,
                })?;
            }
            if dialect::reads_go_stale(tx.connection) {
                seen = look(tx, op, &caller, &at)?;
                if seen.place.network_id.unwrap_or(Id::NIL) != home {
                    return Err(Error::Busy("the record moved to another network meanwhile"));
                }
                archived = archived_elsewhere(tx, &others)?;
            }
            archived |= seen.standing.archived && !policy::done_in_archive(op);
            let value = work(tx, seen)?;
            if tx.log.is_empty() {
                return Ok(Done::Rollback(value));
            }
            if archived {
                return Err(network_archived());
            }
            if keep == Keep::Nothing {
                return Ok(Done::Rollback(value));
            }
            tx.finish()?;
            Ok(Done::Commit(value))
        };
        let caller = self.caller();
        let transaction = move |connection: &mut AnyConnection| {
            let mut tx = caller.begin(connection);
            let outcome = carry_out(&mut tx);
            let (outcome, sighting) = witnessed(outcome, tx.sighting)?;
            Ok(match outcome {
                Ok(Done::Commit(value)) => Done::Commit((Ok(value), sighting, None)),
                // What it came to was shown, though nothing of it stays.
                Ok(Done::Rollback(value)) => Done::Rollback((Ok(value), sighting, Some(End::ReadOnly))),
                Err(refusal) => Done::Rollback((Err(refusal), sighting, None)),
            })
        };
        let (outcome, seen, end) = self.access.db.write(transaction).await?;
        sighting::note(self.access.access_log(), op, &self.asked, (outcome, seen), end).await
    }

    /// Work on the caller's own sign-in: no change of the log. Its refusals may carry writes, hence the inner result.
    pub async fn write_sign_in<T, F>(&self, op: Op, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>, &Standing) -> Result<Result<T>> + Send + 'static,
    {
        let caller = self.caller();
        let transaction = move |connection: &mut AnyConnection| {
            let mut tx = caller.begin(connection);
            let looked = look(&mut tx, op, &caller, &super::locate::Server);
            let (looked, sighting) = witnessed(looked, std::mem::take(&mut tx.sighting))?;
            match looked {
                Ok(seen) => Ok(Done::Commit((work(&mut tx, &seen.standing)?, sighting))),
                Err(refusal) => Ok(Done::Rollback((Err(refusal), sighting))),
            }
        };
        let seen = self.access.db.write(transaction).await?;
        sighting::note(self.access.access_log(), op, &self.asked, seen, None).await
    }
}

/// What of a transaction stays that was not refused.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    Changes,
    Nothing,
}

/// Finds the place, the actor's standing there, and whether the policy lets them.
pub(super) fn look<L: Locate>(tx: &mut Tx<'_>, op: Op, caller: &Caller, at: &L) -> Result<Seen<L::Found>> {
    let (standing, located) = match look_at(at, tx, &caller.credential)? {
        Some((standing, located)) => (Some(standing), located),
        None => (None, None),
    };
    let standing = caller.recognised(tx, standing)?;
    let Some((found, place)) = located else { return Err(absent(tx, op, caller, caller.named)?) };
    tx.sighting.find(&place);
    let standing = through_co_networks(tx, op, standing, &place)?;
    caller.sighted(tx, &standing);
    permit(op, &standing, &place)?;
    Ok(Seen { found, place, standing })
}

pub(super) fn network_archived() -> Error {
    Error::conflict("network_archived", "The network is archived and takes no changes.")
}

/// Most credentials can be told at once. A token of the issuer outside may have to wait for its keys.
type Admission = Either<Ready<Result<Guard>>, Pin<Box<dyn Future<Output = Result<Guard>>>>>;

impl FromRequest for Guard {
    type Error = Error;
    type Future = Admission;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(access) = request.app_data::<web::Data<Access>>().cloned() else {
            return Either::Left(ready(Err(Error::internal("no access set up"))));
        };
        match bearer_token(request).and_then(|token| presented(&access, token)) {
            Ok(Presented::Told(credential, expires)) => {
                Either::Left(ready(admit(request, access, credential, expires)))
            }
            Ok(Presented::Foreign(issuer, token)) => {
                let request = request.clone();
                Either::Right(Box::pin(async move {
                    let (subject, expires) = issuer.verify(&token).await?;
                    admit(&request, access, Credential::Subject(subject), expires)
                }))
            }
            Err(error) => Either::Left(ready(Err(error))),
        }
    }
}

fn admit(
    request: &HttpRequest,
    access: web::Data<Access>,
    credential: Credential,
    expires: i64,
) -> Result<Guard> {
    count_credential(request, credential.rate_key())?;
    fits(request)?;
    let (asked, confirmed) = (Arc::new(Asked::of(request)), confirmation::given(request)?);
    Ok(Guard { access, credential, expires: Arc::new(AtomicI64::new(expires)), asked, confirmed })
}

/// What a bearer token comes to.
enum Presented {
    /// A credential, and the second of the Unix epoch in which it expires as far as it says.
    Told(Credential, i64),
    /// A token that was not made here, for its issuer's keys to check.
    Foreign(Arc<Issuer>, String),
}

fn presented(access: &Access, token: &str) -> Result<Presented> {
    if token.starts_with(api_key::MARK) {
        let key = PresentedKey::read(token).ok_or(Error::Unauthenticated("api_key_invalid"))?;
        return Ok(Presented::Told(Credential::Key(Arc::new(key)), i64::MAX));
    }
    if let Some(issuer) = &access.issuer {
        if let Some((subject, expires)) = issuer.remembered(token) {
            return Ok(Presented::Told(Credential::Subject(subject), expires));
        }
        if oidc::token::is_foreign(token) {
            return Ok(Presented::Foreign(issuer.clone(), token.to_owned()));
        }
    }
    let (actor, expires) = access.keys.check(token, clock::now())?;
    Ok(Presented::Told(Credential::Session(actor), expires))
}
