//! An intake code as stored and as sent, and the body that makes one.

use super::code::IntakeCode;
use crate::clock::Instant;
use crate::db::schema::intake_codes;
use crate::http::body::Input;
use crate::ids::Id;
use crate::record::Record;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;

/// A code as stored: of the code itself a digest only.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = intake_codes, treat_none_as_default_value = false)]
pub struct IntakeCodeRow {
    pub id: Id,
    pub network_id: Id,
    pub pseudonym_id: Id,
    pub code_hash: Vec<u8>,
    pub created_by: Id,
    pub created_at: Instant,
    pub revoked_at: Option<Instant>,
    pub version: i32,
    pub digest: Vec<u8>,
}

impl IntakeCodeRow {
    /// As sent; the code is shown once, when it is made.
    pub fn shown(self, code: Option<IntakeCode>) -> IssuedCode {
        IssuedCode {
            id: self.id,
            network_id: self.network_id,
            pseudonym_id: self.pseudonym_id,
            code,
            created_by: self.created_by,
            created_at: self.created_at,
            revoked_at: self.revoked_at,
            version: self.version,
            digest: self.digest,
        }
    }
}

/// That a citizen was given a code by which they are known as the one whom a pseudonym stands for.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct IssuedCode {
    pub id: Id,
    pub network_id: Id,
    pub pseudonym_id: Id,
    /// To be given to the citizen, and to nobody else; shown in the first answer only.
    pub code: Option<IntakeCode>,
    pub created_by: Id,
    pub created_at: Instant,
    /// Since when it is good for nothing: it was revoked, or another was issued.
    pub revoked_at: Option<Instant>,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for IssuedCode {
    const KIND: &'static str = "intake_code";
    const PATH: &'static str = "intake-codes";

    fn id(&self) -> Id {
        self.id
    }
    fn version(&self) -> i32 {
        self.version
    }
    fn digest(&self) -> &[u8] {
        &self.digest
    }
    fn network_id(&self) -> Id {
        self.network_id
    }
}

/// The body that issues a code: there is nothing to say of it.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IntakeCodeCreate {
    pub id: Option<Id>,
}

impl Input for IntakeCodeCreate {
    fn example() -> Value {
        json!({})
    }
}
