//! The only door to the database. A handler names the operation and the place, and hands over its work; the guard opens
//! a transaction, finds the place as this actor may see it, asks the policy, runs the work, and writes the change log.

use super::actor::{Actor, bearer_token};
use super::admission::fits;
use super::digest_key::digest_key;
use super::locate::{Locate, Place, Seen};
use super::op::Op;
use super::policy::{self, Who};
use super::standing::{Standing, joint_roles};
use super::tokens::Keys;
use super::tx::Tx;
use crate::clock;
use crate::db::dialect;
use crate::db::worker::Done;
use crate::db::{AnyConnection, Db};
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::practice::dangling;
use crate::record::DigestKey;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use std::future::{Ready, ready};
use std::sync::Arc;
use std::time::Duration;

/// The database and the keys, of which only this folder sees the inside.
#[derive(Clone)]
pub struct Access {
    pub(super) db: Db,
    pub(super) keys: Arc<Keys>,
    pub(super) digest_key: DigestKey,
}

impl Access {
    /// `jwt_secret` signs access tokens; the digest key is the database's own, made when it is first opened.
    pub async fn open(db: Db, jwt_secret: &[u8]) -> Result<Access> {
        let open = || db.write(|connection| digest_key(connection).map(Done::Commit));
        let digest_key = match open().await {
            // Another instance, started at the same moment, has just made it.
            Err(Error::Database(DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _))) => {
                open().await?
            }
            opened => opened?,
        };
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

    /// The same for work that only reads: what the server does by itself.
    pub async fn survey<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let digest_key = self.digest_key.clone();
        self.db.read(move |connection| work(&mut Tx::new(connection, &digest_key, None))).await
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

/// A signed-in request's way to the database.
#[derive(Clone)]
pub struct Guard {
    access: web::Data<Access>,
    pub actor: Actor,
    /// The second of the Unix epoch in which the access token expires.
    expires: i64,
}

impl Guard {
    /// How long the access token is good for.
    pub fn lasts(&self) -> Duration {
        Duration::from_secs(u64::try_from(self.expires - clock::now().to_chrono().timestamp()).unwrap_or(0))
    }

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

    /// Work that writes in other networks besides the place's own, or depends on how they stand. Their rows are taken
    /// too, once the actor was found to see each of the places and to be allowed there what is asked.
    pub async fn write_across<L, T, F>(&self, op: Op, at: L, others: Vec<Elsewhere>, work: F) -> Result<T>
    where
        L: Locate,
        T: Send + 'static,
        F: Fn(&mut Tx<'_>, Seen<L::Found>) -> Result<T> + Send + 'static,
    {
        self.transact(op, at, others, Keep::Changes, work).await
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

    async fn transact<L, T, F>(&self, op: Op, at: L, others: Vec<Elsewhere>, keep: Keep, work: F) -> Result<T>
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
            let mut archived = archived_elsewhere(&mut tx, &others)?;
            let mut rows: Vec<(Id, Option<&Elsewhere>)> = vec![(home, None)];
            rows.extend(seen.place.co_network_id.map(|id| (id, None)));
            rows.extend(others.iter().map(|other| (other.place.network_id.unwrap_or(Id::NIL), Some(other))));
            rows.sort_by_key(|(network_id, _)| *network_id);
            for (network_id, other) in rows {
                tx.take(network_id).map_err(|error| match (error, other) {
                    (Error::NotFound, Some(other)) => other.missing(),
                    (error, _) => error,
                })?;
            }
            if dialect::reads_go_stale(tx.connection) {
                seen = look(&mut tx, op, actor, &at)?;
                if seen.place.network_id.unwrap_or(Id::NIL) != home {
                    return Err(Error::Busy("the record moved to another network meanwhile"));
                }
                archived = archived_elsewhere(&mut tx, &others)?;
            }
            archived |= seen.standing.archived && !policy::done_in_archive(op);
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
            if keep == Keep::Nothing {
                return Ok(Done::Rollback(value));
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

/// What of a transaction stays that was not refused.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    Changes,
    Nothing,
}

/// A place that work touches besides the one it is addressed to.
pub struct Elsewhere {
    /// The member of the body that names it.
    pub member: &'static str,
    pub place: Place,
    /// What the actor must be allowed there; none where only its row is wanted, whether they see it or not.
    pub op: Option<Op>,
}

impl Elsewhere {
    /// What the actor does not see is a reference to nothing.
    fn look(&self, tx: &mut Tx<'_>) -> Result<Standing> {
        let standing = tx.standing_at(&self.place)?;
        let Some(op) = self.op else { return Ok(standing) };
        let standing = through_co_networks(tx, op, standing, &self.place)?;
        if !standing.sees(&self.place) {
            return Err(self.missing());
        }
        if !policy::allows(op, &standing, &self.place) {
            return Err(forbidden(op));
        }
        Ok(standing)
    }

    /// 409: the body names a place that is not there for the actor.
    fn missing(&self) -> Error {
        let network_id = self.place.network_id.unwrap_or(Id::NIL);
        Error::dangling(vec![dangling(self.member, network_id)])
    }
}

/// Whether any of the other places takes no changes, once the actor was found to be allowed at all of them.
fn archived_elsewhere(tx: &mut Tx<'_>, others: &[Elsewhere]) -> Result<bool> {
    let mut archived = false;
    for other in others {
        archived |= other.look(tx)?.archived;
    }
    Ok(archived)
}

/// Finds the place, the actor's standing there, and whether the policy lets them.
fn look<L: Locate>(tx: &mut Tx<'_>, op: Op, actor: Actor, at: &L) -> Result<Seen<L::Found>> {
    let (standing, located) = at
        .look(tx, actor.session_id)?
        .filter(|(standing, _)| standing.person_id == actor.person_id)
        .ok_or(Error::Unauthenticated("unauthenticated"))?;
    let (found, place) = located.ok_or(Error::NotFound)?;
    let standing = through_co_networks(tx, op, standing, &place)?;
    if !standing.sees(&place) {
        return Err(Error::NotFound);
    }
    if !policy::allows(op, &standing, &place) {
        return Err(forbidden(op));
    }
    Ok(Seen { found, place, standing })
}

/// Adds what the actor is in the networks that share the cycle, where they may not do it without.
fn through_co_networks(tx: &mut Tx<'_>, op: Op, mut standing: Standing, place: &Place) -> Result<Standing> {
    let enough = standing.sees(place) && policy::allows(op, &standing, place);
    if place.cycle_id.is_some() && !enough {
        standing.joint = joint_roles(tx, standing.person_id, place)?;
    }
    Ok(standing)
}

/// 403: says in words what an operation takes.
pub fn forbidden(op: Op) -> Error {
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
        Who::Members(roles) => format!("one of these roles as a member of the network: {}", list(roles)),
        Who::AuthorOr([]) => "its author".to_owned(),
        Who::AuthorOr(roles) => format!("its author or one of these roles: {}", list(roles)),
        Who::OwnerOr(roles) => format!("its author, its owner or one of these roles: {}", list(roles)),
        Who::HomeRoles(roles) => format!("one of these roles in the cycle's own network: {}", list(roles)),
        Who::CoRoles(roles) => format!("one of these roles in the co-network: {}", list(roles)),
        Who::HomeOrCoRoles(roles) => {
            format!("one of these roles in the cycle's own network or in the co-network: {}", list(roles))
        }
        Who::OneselfOr([]) => "the person it is about".to_owned(),
        Who::OneselfOr(roles) => format!("the person it is about or one of these roles: {}", list(roles)),
        Who::Anyone | Who::SignedIn | Who::WhoeverSees => "being signed in".to_owned(),
    };
    Error::Forbidden(format!("You see this but may not do it. {} takes {takes}.", op.name()))
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
    let (actor, expires) = access.keys.check(bearer_token(request)?, clock::now())?;
    fits(request)?;
    Ok(Guard { access, actor, expires })
}
