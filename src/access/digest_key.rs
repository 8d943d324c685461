//! The key of digests: made once, then the database's own, so that all instances have the same.

use crate::db::AnyConnection;
use crate::error::{Error, Result};
use crate::record::DigestKey;

/// Reads it, or makes it.
pub(super) fn digest_key(connection: &mut AnyConnection) -> Result<DigestKey> {
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
    let key = bytes.try_into().map_err(|_| Error::internal("the digest key in the database is damaged"))?;
    DigestKey::new(&key)
}
