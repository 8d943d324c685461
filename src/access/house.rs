//! The database with its keys and its logs, as the server holds them; and its own way in, for work that no request asks for.

use super::digest_key::digest_key;
use super::key_uses::KeyUses;
use super::probe;
use super::tokens::Keys;
use super::tx::Tx;
use crate::access_log::AccessLog;
use crate::db::bell::Bell;
use crate::db::dialect::Purpose;
use crate::db::health::Verdict;
use crate::db::worker::Done;
use crate::db::{AnyConnection, Db};
use crate::error::{Error, Result};
use crate::oidc::Issuer;
use crate::record::DigestKey;
use crate::screening::Watches;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// What the database has to show that it is ready; those who ask wait no longer themselves.
const PATIENCE: Duration = Duration::from_secs(2);

/// The database and the keys, of which only this folder sees the inside.
#[derive(Clone)]
pub struct Access {
    pub(super) db: Db,
    pub(super) keys: Arc<Keys>,
    pub(super) issuer: Option<Arc<Issuer>>,
    pub(super) digest_key: DigestKey,
    key_uses: KeyUses,
    access_log: AccessLog,
    pub(super) watches: Watches,
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
        Ok(Access {
            db,
            keys: Arc::new(Keys::new(jwt_secret)),
            issuer: None,
            digest_key,
            key_uses: KeyUses::default(),
            access_log: AccessLog::default(),
            watches: Watches::default(),
        })
    }

    /// Accepts the access tokens of an issuer outside, too.
    pub fn trusting(self, issuer: Option<Issuer>) -> Access {
        Access { issuer: issuer.map(Arc::new), ..self }
    }

    /// The issuer whose access tokens are accepted beside our own, if there is one.
    pub fn issuer(&self) -> Option<Arc<Issuer>> {
        self.issuer.clone()
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
            tx.finish()?;
            Ok(Done::Commit(value))
        };
        self.db.write_own(transaction).await
    }

    /// The same for work that only reads: what the server does by itself.
    pub async fn survey<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let digest_key = self.digest_key.clone();
        self.db.read_own(move |connection| work(&mut Tx::new(connection, &digest_key, None))).await
    }

    /// Uses of API keys, to be written.
    pub fn key_uses(&self) -> &KeyUses {
        &self.key_uses
    }

    /// Where accesses are noted, to be written.
    pub fn access_log(&self) -> &AccessLog {
        &self.access_log
    }

    /// Whether requests wait for the database: work that can wait itself should.
    pub fn keeps_waiting(&self) -> bool {
        self.db.keeps_waiting()
    }

    /// Makes an end of what was deleted and is still in the database's files, as far as that can be told: rows of these
    /// tables. It is tried a few times, and where others are in the way it is left to the database's own upkeep.
    pub async fn clean(&self, tables: &[&'static str]) {
        self.db.clean(tables).await;
    }

    /// Rings when something was committed.
    pub fn bell(&self) -> Bell {
        self.db.bell()
    }

    /// Fails where a request that comes now would be turned away: there is more to do than can be carried, or the database
    /// got stuck. To be asked before anything is done for it.
    pub fn has_room(&self, writes: bool) -> Result<()> {
        self.db.has_room(if writes { Purpose::Write } else { Purpose::Read })
    }

    /// Whether the database answers, and what is written can be made durable. Where that is not known of the last seconds, or a
    /// write failed since, something is written that changes nothing.
    pub async fn ready(&self) -> Result<()> {
        let verdict = self.db.verdict()?;
        let look = async {
            self.db.read_own(|connection| Ok(probe::read(connection)?)).await?;
            match verdict {
                Verdict::Well => Ok(()),
                Verdict::Ill => Err(Error::Busy("the database could not be written a moment ago")),
                Verdict::Try => {
                    self.db.write_own(|connection| Ok(Done::Commit(probe::write(connection)?))).await?;
                    self.db.note_durable();
                    Ok(())
                }
            }
        };
        timeout(PATIENCE, look).await.unwrap_or(Err(Error::Busy("the database does not answer")))
    }
}
