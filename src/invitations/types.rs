//! An invitation as stored and as sent, and the bodies that make and redeem it.

use crate::access::Role;
use crate::clock::Instant;
use crate::db::schema::invitations;
use crate::error::FieldError;
use crate::http::body::Input;
use crate::http::credentials::{Email, NewPassword};
use crate::http::text::{ProperName, Token};
use crate::identities::types::MAX_TOKEN;
use crate::ids::Id;
use crate::people::types::Locale;
use crate::record::Record;
use crate::sign_in::types::RefreshTokenIn;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;

/// An invitation as stored: the token is kept as a hash only.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = invitations, treat_none_as_default_value = false)]
pub struct InvitationRow {
    pub id: Id,
    pub network_id: Id,
    pub email: String,
    pub email_key: String,
    pub role: Role,
    pub ends_at: Option<Instant>,
    pub token_hash: Vec<u8>,
    pub created_by: Id,
    pub created_at: Instant,
    pub expires_at: Instant,
    pub accepted_at: Option<Instant>,
    pub digest: Vec<u8>,
}

impl InvitationRow {
    /// As sent; the token is shown once, when it is made.
    pub fn shown(self, token: Option<String>) -> Invitation {
        Invitation {
            network_id: self.network_id,
            id: self.id,
            email: self.email,
            role: self.role,
            ends_at: self.ends_at,
            created_by: self.created_by,
            created_at: self.created_at,
            expires_at: self.expires_at,
            accepted_at: self.accepted_at,
            token,
            digest: self.digest,
        }
    }
}

/// A coordinator's invitation to an e-mail address.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Invitation {
    pub id: Id,
    pub network_id: Id,
    pub email: String,
    pub role: Role,
    /// When the membership will end.
    pub ends_at: Option<Instant>,
    pub created_by: Id,
    pub created_at: Instant,
    pub expires_at: Instant,
    pub accepted_at: Option<Instant>,
    /// To be handed to the invited person; shown in the first answer only.
    pub token: Option<String>,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for Invitation {
    const KIND: &'static str = "invitation";
    const PATH: &'static str = "invitations";

    fn id(&self) -> Id {
        self.id
    }
    /// An invitation never changes: it is accepted, taken back, or expires.
    fn version(&self) -> i32 {
        1
    }
    fn digest(&self) -> &[u8] {
        &self.digest
    }
    fn network_id(&self) -> Id {
        self.network_id
    }
}

/// The body that invites.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InvitationCreate {
    pub id: Option<Id>,
    pub email: Email,
    pub role: Role,
    /// When the membership is to end, such as a student's semester.
    pub ends_at: Option<Instant>,
}

impl Input for InvitationCreate {
    fn example() -> Value {
        json!({"email": "nieuw@demo.example", "role": "practitioner"})
    }
}

/// The body with which somebody without an account redeems an invitation.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccountCreate {
    /// The invitation's token.
    pub token: Token<200>,
    pub display_name: ProperName,
    /// A password of one's own; or else `accessToken`.
    pub password: Option<NewPassword>,
    /// An access token of the issuer that the server trusts: its subject is linked to the account, which has no password.
    pub access_token: Option<Token<MAX_TOKEN>>,
    pub locale: Option<Locale>,
    /// Where the refresh token of the answer is to be: `body` by default.
    pub refresh_token_in: Option<RefreshTokenIn>,
}

impl Input for AccountCreate {
    fn check(&self, faults: &mut Vec<FieldError>) {
        if self.password.is_some() == self.access_token.is_some() {
            let detail = "Give either a password or an accessToken.";
            faults.push(FieldError::new("/password", "inconsistent", detail));
        }
    }

    fn example() -> Value {
        json!({"token": "Zm9vYmFy", "displayName": "Voorbeeld Vermeer", "password": "een lange zin als wachtwoord"})
    }
}

/// The body with which somebody who has an account accepts an invitation to their address.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Acceptance {
    /// The invitation's token.
    pub token: Token<200>,
}

impl Input for Acceptance {
    fn example() -> Value {
        json!({"token": "Zm9vYmFy"})
    }
}
