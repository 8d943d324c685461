//! The only door to the database. A handler names the operation and the place, and hands over its work; the guard opens
//! a transaction, finds the place as this actor may see it, asks the policy, runs the work, and writes the change log.

use super::actor::{Actor, bearer_token};
use super::locate::{Locate, Place, Seen, Standing, standing};
use super::policy::{self, Op, Who};
use super::tokens::Keys;
use crate::changes::ChangeLog;
use crate::clock::{self, Instant};
use crate::db::dialect;
use crate::db::worker::Done;
use crate::db::{AnyConnection, Db};
use crate::error::{Error, FieldError, Result};
use crate::ids::Id;
use crate::practice::dangling;
use crate::record::{DigestKey, Record};
use actix_web::dev::Payload;
use actix_web::http::{Method, header};
use actix_web::{FromRequest, HttpRequest, web};
use serde::Serialize;
use std::future::{Ready, ready};
use std::sync::Arc;

/// The database and the keys, of which only this folder sees the inside.
#[derive(Clone)]
pub struct Access {
    db: Db,
    keys: Arc<Keys>,
    digest_key: DigestKey,
}

impl Access {
    /// `jwt_secret` signs access tokens; the digest key is the database's own, made when it is first opened.
    pub async fn open(db: Db, jwt_secret: &[u8]) -> Result<Access> {
        let digest_key = db.write(|connection| digest_key(connection).map(Done::Commit)).await?;
        Ok(Access { db, keys: Arc::new(Keys::new(jwt_secret)), digest_key })
    }

    /// For the command line: work that nobody signed in for, with the change log written all the same.
    pub async fn console<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let digest_key = self.digest_key.clone();
        let transaction = move |connection: &mut AnyConnection| {
            let mut tx = Tx::new(connection, &digest_key, None);
            let value = work(&mut tx)?;
            tx.log.write(tx.connection)?;
            Ok(Done::Commit(value))
        };
        self.db.write(transaction).await
    }

    /// Whether the database answers.
    pub async fn ready(&self) -> Result<()> {
        use diesel::RunQueryDsl;
        self.db
            .read(|connection| {
                diesel::select(diesel::dsl::sql::<diesel::sql_types::Integer>("1")).execute(connection)?;
                Ok(())
            })
            .await
    }
}

/// A transaction, as the guard alone makes it. Every store function takes one.
pub struct Tx<'c> {
    connection: &'c mut AnyConnection,
    digest_key: &'c DigestKey,
    actor: Option<Actor>,
    /// The moment at which this transaction's work takes place.
    pub now: Instant,
    /// Whom the change log names.
    pub acting: Option<Id>,
    log: ChangeLog,
}

impl<'c> Tx<'c> {
    fn new(connection: &'c mut AnyConnection, digest_key: &'c DigestKey, actor: Option<Actor>) -> Tx<'c> {
        let acting = actor.map(|actor| actor.person_id);
        Tx { connection, digest_key, actor, now: clock::now(), acting, log: ChangeLog::default() }
    }

    pub fn conn(&mut self) -> &mut AnyConnection {
        self.connection
    }

    /// Notes a change for the log: `what` happened to `record`, as it is now.
    pub fn note<R: Record>(&mut self, what: &str, record: &R) {
        self.log.note(what, record, self.acting, self.now);
    }

    /// Takes another network's row besides the one the guard took. See [`ChangeLog::take`] for the order.
    pub fn take(&mut self, network_id: Id) -> Result<()> {
        self.log.take(self.connection, network_id)
    }

    /// Begins the stream of a network that is being made.
    pub fn open_stream(&mut self, network_id: Id) -> Result<()> {
        self.log.open(self.connection, network_id)
    }

    /// See [`DigestKey::digest`].
    pub fn digest(&self, parent: Id, body: &impl Serialize) -> Result<Vec<u8>> {
        self.digest_key.digest(parent, body)
    }

    /// What this transaction's actor is at a second place.
    pub fn standing_at(&mut self, place: &Place) -> Result<Standing> {
        let actor = self.actor.ok_or_else(|| Error::internal("nobody is signed in here"))?;
        standing(self, actor.session_id, place)?.ok_or(Error::Unauthenticated("unauthenticated"))
    }
}

/// A signed-in request's way to the database.
pub struct Guard {
    access: web::Data<Access>,
    pub actor: Actor,
    /// Where the request came from, for the throttle.
    pub address: String,
}

impl Guard {
    /// Work that reads: one moment of the database, nothing written.
    pub async fn read<L, T, F>(&self, op: Op, at: L, work: F) -> Result<T>
    where
        L: Locate,
        T: Send + 'static,
        F: Fn(&mut Tx<'_>, Seen<L::Found>) -> Result<T> + Send + 'static,
    {
        let (actor, digest_key) = (self.actor, self.access.digest_key.clone());
        self.access
            .db
            .read(move |connection| {
                let mut tx = Tx::new(connection, &digest_key, Some(actor));
                let seen = look(&mut tx, op, actor, &at)?;
                work(&mut tx, seen)
            })
            .await
    }

    /// Work that writes. It may run more than once, and does nothing outside of its transaction. Work that notes no
    /// change writes nothing: a replay.
    pub async fn write<L, T, F>(&self, op: Op, at: L, work: F) -> Result<T>
    where
        L: Locate,
        T: Send + 'static,
        F: Fn(&mut Tx<'_>, Seen<L::Found>) -> Result<T> + Send + 'static,
    {
        self.write_across(op, at, Vec::new(), work).await
    }

    /// Work that writes in other networks besides the place's own: `others` are the places there, as the body names
    /// them. One that the actor does not see is a reference to nothing, and its network's row is not taken.
    pub async fn write_across<L, T, F>(&self, op: Op, at: L, others: Vec<Place>, work: F) -> Result<T>
    where
        L: Locate,
        T: Send + 'static,
        F: Fn(&mut Tx<'_>, Seen<L::Found>) -> Result<T> + Send + 'static,
    {
        let (actor, digest_key) = (self.actor, self.access.digest_key.clone());
        let transaction = move |connection: &mut AnyConnection| {
            let mut tx = Tx::new(connection, &digest_key, Some(actor));
            // Who may not write is refused before any row is taken.
            let mut seen = look(&mut tx, op, actor, &at)?;
            let home = seen.place.network_id.unwrap_or(Id::NIL);
            let mut rows = vec![home];
            for other in &others {
                let network_id = other.network_id.unwrap_or(Id::NIL);
                if !tx.standing_at(other)?.sees(other) {
                    return Err(Error::dangling(vec![dangling("networkId", network_id)]));
                }
                rows.push(network_id);
            }
            rows.sort();
            for network_id in rows {
                tx.take(network_id)?;
            }
            if dialect::reads_go_stale(tx.connection) {
                seen = look(&mut tx, op, actor, &at)?;
                if seen.place.network_id.unwrap_or(Id::NIL) != home {
                    return Err(Error::Busy("the record moved to another network meanwhile"));
                }
            }
            let archived = seen.standing.archived && op != Op::TransitionNetwork;
            let value = work(&mut tx, seen)?;
            if tx.log.is_empty() {
                return Ok(Done::Rollback(value));
            }
            if archived {
                return Err(Error::conflict(
                    "network_archived",
                    "The network is archived and takes no changes.",
                ));
            }
            tx.log.write(tx.connection)?;
            Ok(Done::Commit(value))
        };
        self.access.db.write(transaction).await
    }

    /// Work on the caller's own sign-in: no change of the log. Its refusals may carry writes, hence the inner result.
    pub async fn write_sign_in<T, F>(&self, op: Op, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>, &Standing) -> Result<Result<T>> + Send + 'static,
    {
        let (actor, digest_key) = (self.actor, self.access.digest_key.clone());
        let transaction = move |connection: &mut AnyConnection| {
            let mut tx = Tx::new(connection, &digest_key, Some(actor));
            let seen = look(&mut tx, op, actor, &super::locate::Server)?;
            work(&mut tx, &seen.standing).map(Done::Commit)
        };
        self.access.db.write(transaction).await?
    }
}

/// Finds the place, the actor's standing there, and whether the policy lets them.
fn look<L: Locate>(tx: &mut Tx<'_>, op: Op, actor: Actor, at: &L) -> Result<Seen<L::Found>> {
    let located = at.locate(tx)?;
    let place = located.as_ref().map(|(_, place)| place.clone()).unwrap_or_default();
    let standing = standing(tx, actor.session_id, &place)?
        .filter(|standing| standing.person_id == actor.person_id)
        .ok_or(Error::Unauthenticated("unauthenticated"))?;
    let (found, place) = located.ok_or(Error::NotFound)?;
    if !standing.sees(&place) {
        return Err(Error::NotFound);
    }
    if !policy::allows(op, &standing, &place) {
        return Err(Error::Forbidden(refusal(op)));
    }
    Ok(Seen { found, place, standing })
}

/// Says in words what an operation takes.
fn refusal(op: Op) -> String {
    let list =
        |roles: &[policy::Role]| roles.iter().map(|role| (*role).into()).collect::<Vec<&str>>().join(", ");
    let takes = match policy::who_may(op) {
        Who::Admin => "an administrator".to_owned(),
        Who::AdminOrAnyCoordinator => "an administrator or a coordinator".to_owned(),
        Who::AdminOrAuthor => "an administrator or the one who made it".to_owned(),
        Who::AdminOr(roles) => {
            format!("an administrator at the top, one of these roles below a network: {}", list(roles))
        }
        Who::Roles(roles) => format!("one of these roles: {}", list(roles)),
        Who::AuthorOr([]) => "its author".to_owned(),
        Who::AuthorOr(roles) => format!("its author or one of these roles: {}", list(roles)),
        Who::OwnerOr(roles) => format!("its author, its owner or one of these roles: {}", list(roles)),
        Who::OneselfOr(roles) => format!("the person it is about or one of these roles: {}", list(roles)),
        Who::Anyone | Who::SignedIn => "being signed in".to_owned(),
    };
    format!("You see this but may not do it. {} takes {takes}.", op.name())
}

/// What the endpoints of a path answer in, and which of their methods take a query.
pub struct Shape {
    pub produces: &'static [&'static str],
    pub queried: Vec<Method>,
}

impl FromRequest for Guard {
    type Error = Error;
    type Future = Ready<Result<Guard>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(admit(request))
    }
}

fn admit(request: &HttpRequest) -> Result<Guard> {
    let access = request
        .app_data::<web::Data<Access>>()
        .cloned()
        .ok_or_else(|| Error::internal("no access set up"))?;
    let actor = access.keys.check(bearer_token(request)?)?;
    fits(request)?;
    Ok(Guard { address: client_address(request), access, actor })
}

/// 406 where `Accept` (RFC 9110, section 12.5.1) leaves out all that the endpoint can answer in; 400 for a query where
/// none is taken.
fn fits(request: &HttpRequest) -> Result<()> {
    let Some(shape) = request.app_data::<Shape>() else { return Ok(()) };
    if let Some(accept) = request.headers().get(header::ACCEPT) {
        let accept = accept.to_str().unwrap_or_default();
        let accepted = |offer: &&str| crate::http::accept::quality(accept, offer) > 0;
        if !accept.trim().is_empty() && !shape.produces.iter().any(accepted) {
            return Err(Error::NotAcceptable(shape.produces.join(", ")));
        }
    }
    if !request.query_string().is_empty() && !shape.queried.contains(request.method()) {
        let keys = request.query_string().split('&').map(|pair| pair.split('=').next().unwrap_or_default());
        let unknown =
            |key| FieldError::new(format!("/{key}"), "unknown_member", "There is no such query key here.");
        return Err(Error::Invalid { code: "invalid_query", errors: keys.map(unknown).collect() });
    }
    Ok(())
}

/// A request that needs no sign-in: the operations of the policy's `Anyone`.
pub struct Public {
    access: web::Data<Access>,
    /// Where the request came from, for the throttle.
    pub address: String,
}

impl Public {
    /// What signs access tokens.
    pub fn keys(&self) -> Arc<Keys> {
        self.access.keys.clone()
    }

    pub async fn read<T, F>(&self, op: Op, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        open_to_anyone(op)?;
        let digest_key = self.access.digest_key.clone();
        self.access.db.read(move |connection| work(&mut Tx::new(connection, &digest_key, None))).await
    }

    /// A refusal may carry writes that stay (a failure counted, a family of tokens revoked), hence the inner result.
    pub async fn write<T, F>(&self, op: Op, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<Result<T>> + Send + 'static,
    {
        open_to_anyone(op)?;
        let digest_key = self.access.digest_key.clone();
        let transaction = move |connection: &mut AnyConnection| {
            let mut tx = Tx::new(connection, &digest_key, None);
            let value = work(&mut tx)?;
            tx.log.write(tx.connection)?;
            Ok(Done::Commit(value))
        };
        self.access.db.write(transaction).await?
    }
}

/// Set where a proxy stands in front and its `Forwarded` or `X-Forwarded-For` (RFC 7239) can be believed.
#[derive(Clone, Copy)]
pub struct TrustForwarded(pub bool);

fn client_address(request: &HttpRequest) -> String {
    let trusted = request.app_data::<TrustForwarded>().is_some_and(|trust| trust.0);
    if trusted && let Some(address) = request.connection_info().realip_remote_addr() {
        return address.to_owned();
    }
    request.peer_addr().map(|address| address.ip().to_string()).unwrap_or_default()
}

fn open_to_anyone(op: Op) -> Result<()> {
    match policy::who_may(op) {
        Who::Anyone => Ok(()),
        _ => Err(Error::internal(format!("{} takes a sign-in", op.name()))),
    }
}

/// The key of digests: made once, then the database's own, so that all instances have the same.
fn digest_key(connection: &mut AnyConnection) -> Result<DigestKey> {
    use crate::db::schema::server_keys::dsl::{name, server_keys, value};
    use diesel::prelude::*;
    const NAME: &str = "digest";
    let stored =
        server_keys.filter(name.eq(NAME)).select(value).get_result::<Vec<u8>>(connection).optional()?;
    let bytes = match stored {
        Some(bytes) => bytes,
        None => {
            let mut fresh = [0; 32];
            getrandom::fill(&mut fresh).map_err(Error::internal)?;
            diesel::insert_into(server_keys)
                .values((name.eq(NAME), value.eq(fresh.to_vec())))
                .execute(connection)?;
            fresh.to_vec()
        }
    };
    bytes.try_into().map(DigestKey).map_err(|_| Error::internal("the digest key in the database is damaged"))
}

impl FromRequest for Public {
    type Error = Error;
    type Future = Ready<Result<Public>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let address = client_address(request);
        let access = request
            .app_data::<web::Data<Access>>()
            .cloned()
            .ok_or_else(|| Error::internal("no access set up"));
        ready(access.and_then(|access| fits(request).map(|()| Public { access, address })))
    }
}
