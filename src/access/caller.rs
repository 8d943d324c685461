//! Who asks, as the transactions of their request know them.

use super::actor::Credential;
use super::house::Access;
use super::key_uses::KeyUses;
use super::standing::Standing;
use super::tx::Tx;
use crate::db::AnyConnection;
use crate::error::Result;
use crate::ids::Id;
use crate::record::DigestKey;

/// Who asks, for the transactions of their request.
#[derive(Clone)]
pub(super) struct Caller {
    pub(super) credential: Credential,
    digest_key: DigestKey,
    key_uses: KeyUses,
    /// The id that the request's path names, if it does.
    pub(super) named: Option<Id>,
}

impl Caller {
    pub(super) fn new(credential: Credential, access: &Access, named: Option<Id>) -> Caller {
        let (digest_key, key_uses) = (access.digest_key.clone(), access.key_uses().clone());
        Caller { credential, digest_key, key_uses, named }
    }

    pub(super) fn begin<'c>(&'c self, connection: &'c mut AnyConnection) -> Tx<'c> {
        Tx::new(connection, &self.digest_key, Some(self.credential.clone()))
    }

    /// Who they were found to be, if anybody: from now on the transaction acts for that person.
    pub(super) fn recognised(&self, tx: &mut Tx<'_>, standing: Option<Standing>) -> Result<Standing> {
        let standing = standing.ok_or_else(|| self.credential.refused())?;
        tx.acting = Some(standing.person_id);
        self.sighted(tx, &standing);
        if let Some(key) = &standing.key {
            self.key_uses.note(key.network_id, key.id, tx.now);
        }
        Ok(standing)
    }

    /// Tells the transaction who it is seen to be, and as what.
    pub(super) fn sighted(&self, tx: &mut Tx<'_>, standing: &Standing) {
        let session_id = match &self.credential {
            Credential::Session(actor) => Some(actor.session_id),
            Credential::Key(_) => None,
        };
        tx.sighting.recognise(standing, session_id, tx.now);
    }
}
