//! Who asks, as the transactions of their request know them.

use super::actor::Credential;
use super::house::Access;
use super::key_uses::KeyUses;
use super::standing::Standing;
use super::tx::{Texts, Tx};
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
    texts: Texts,
}

impl Caller {
    /// `named` is the id that the request's path names, if it does; `confirmed` says that the sender knows what is found in the
    /// texts of the request.
    pub(super) fn new(credential: Credential, access: &Access, named: Option<Id>, confirmed: bool) -> Caller {
        Caller {
            credential,
            digest_key: access.digest_key.clone(),
            key_uses: access.key_uses().clone(),
            named,
            texts: Texts::of(access.watches.clone(), confirmed),
        }
    }

    pub(super) fn begin<'c>(&'c self, connection: &'c mut AnyConnection) -> Tx<'c> {
        let mut tx = Tx::new(connection, &self.digest_key, Some(self.credential.clone()));
        tx.texts = self.texts.clone();
        tx
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
            Credential::Subject(_) | Credential::Key(_) => None,
        };
        tx.sighting.recognise(standing, session_id, tx.now);
    }
}
