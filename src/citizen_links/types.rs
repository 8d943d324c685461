//! A link to the page about a pseudonym as stored and as sent, and the body that makes one.

use crate::clock::Instant;
use crate::db::schema::citizen_links;
use crate::error::FieldError;
use crate::http::body::Input;
use crate::ids::Id;
use crate::people::types::Locale;
use crate::record::Record;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use std::fmt;

/// The longest that a link can work, in days.
pub const MOST_DAYS: i64 = 90;
/// How long it does by default.
pub const USUAL_DAYS: i64 = 14;

/// A link as stored: the token is kept as a digest only.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = citizen_links, treat_none_as_default_value = false)]
pub struct CitizenLinkRow {
    pub id: Id,
    pub network_id: Id,
    pub pseudonym_id: Id,
    pub language: Locale,
    pub token_hash: Vec<u8>,
    pub created_by: Id,
    pub created_at: Instant,
    pub expires_at: Instant,
    pub revoked_at: Option<Instant>,
    pub version: i32,
    pub digest: Vec<u8>,
}

impl CitizenLinkRow {
    /// As sent; where it leads is shown once, when it is made.
    pub fn shown(self, url: Option<ShownUrl>) -> CitizenLink {
        CitizenLink {
            id: self.id,
            network_id: self.network_id,
            pseudonym_id: self.pseudonym_id,
            language: self.language,
            url,
            created_by: self.created_by,
            created_at: self.created_at,
            expires_at: self.expires_at,
            revoked_at: self.revoked_at,
            version: self.version,
            digest: self.digest,
        }
    }
}

/// A link with which a citizen reads the page about the pseudonym that stands for them, without an account, until it expires
/// or is revoked.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CitizenLink {
    pub id: Id,
    pub network_id: Id,
    pub pseudonym_id: Id,
    /// In which the page is read.
    pub language: Locale,
    /// To be handed to the citizen, and to nobody else; shown in the first answer only.
    pub url: Option<ShownUrl>,
    pub created_by: Id,
    pub created_at: Instant,
    pub expires_at: Instant,
    pub revoked_at: Option<Instant>,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for CitizenLink {
    const KIND: &'static str = "citizen_link";
    const PATH: &'static str = "citizen-links";

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

/// The address of a link on its way to the one who made it. It is written into the answer and nowhere else.
#[derive(Clone, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct ShownUrl(#[schemars(length(max = 2000), extend("format" = "uri"))] pub String);

impl fmt::Debug for ShownUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ShownUrl(…)")
    }
}

/// The body that makes a link.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CitizenLinkCreate {
    pub id: Option<Id>,
    /// How many days it works: 14 by default.
    #[schemars(range(min = 1, max = MOST_DAYS))]
    pub days: Option<i64>,
    /// In which the page is read; `nl` by default.
    pub language: Option<Locale>,
}

impl Input for CitizenLinkCreate {
    fn example() -> Value {
        json!({"days": 14, "language": "nl"})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        if self.days.is_some_and(|days| !(1..=MOST_DAYS).contains(&days)) {
            let detail = format!("Must be a number from 1 to {MOST_DAYS}.");
            faults.push(FieldError::new("/days", "out_of_range", detail));
        }
    }
}
