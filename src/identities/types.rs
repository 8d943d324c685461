//! An identity as stored and as sent, and the bodies that link one.

use crate::clock::Instant;
use crate::db::schema::identities;
use crate::http::body::Input;
use crate::http::text::Token;
use crate::ids::Id;
use crate::oidc::token::MAX_SUBJECT;
use crate::record::Record;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;

/// The longest access token that is read, in characters.
pub const MAX_TOKEN: usize = 8192;

/// Whom an issuer of access tokens knows somebody as (OpenID Connect Core 1.0, section 2: issuer and subject together are
/// nobody else's, ever). With a token of the issuer for this subject they are signed in.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = identities)]
pub struct Identity {
    pub id: Id,
    pub person_id: Id,
    /// The issuer's address.
    pub issuer: String,
    /// The person's identifier there.
    pub subject: String,
    pub created_by: Id,
    pub created_at: Instant,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for Identity {
    const KIND: &'static str = "identity";
    const PATH: &'static str = "identities";

    fn id(&self) -> Id {
        self.id
    }
    /// An identity never changes: it is linked, or unlinked.
    fn version(&self) -> i32 {
        1
    }
    fn digest(&self) -> &[u8] {
        &self.digest
    }
    fn network_id(&self) -> Id {
        Id::NIL
    }
}

/// The body with which an administrator links somebody to the subject that the issuer knows them as.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IdentityCreate {
    pub id: Option<Id>,
    pub subject: Token<MAX_SUBJECT>,
}

impl Input for IdentityCreate {
    fn example() -> Value {
        json!({"subject": "0b1e2f4a-voorbeeld"})
    }
}

/// The body with which somebody links themselves: a token of the issuer tells which subject they are.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IdentityLink {
    /// An access token of the issuer, good at this moment.
    pub access_token: Token<MAX_TOKEN>,
}

impl Input for IdentityLink {
    fn example() -> Value {
        json!({"accessToken": "eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2lnbmF0dXJl"})
    }
}
