//! A legal hold as it is stored and sent, and the bodies that set and lift one.

use crate::clock::Instant;
use crate::db::schema::legal_holds;
use crate::error::{Error, FieldError, Result};
use crate::http::body::{HappenedAt, Input};
use crate::http::text::Reason;
use crate::ids::Id;
use crate::record::Record;
use crate::transitions::{Moves, not_allowed};
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// Whether a hold keeps what it is of.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    Debug,
    Serialize,
    Deserialize,
    JsonSchema,
    EnumString,
    IntoStaticStr,
    diesel::deserialize::FromSqlRow,
    diesel::expression::AsExpression,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum LegalHoldState {
    Active,
    Lifted,
}
crate::text_enum!(LegalHoldState);

/// While it is active nothing of what it is of is removed: of the network as a whole, of one cycle, or about one pseudonym.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = legal_holds, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct LegalHold {
    pub id: Id,
    pub network_id: Id,
    /// The cycle that it is of; null where it is of the network or of a pseudonym.
    pub cycle_id: Option<Id>,
    /// The pseudonym that it is of; null where it is of the network or of a cycle.
    pub pseudonym_id: Option<Id>,
    /// Why, such as a dispute or an inquiry that goes on.
    pub reason: String,
    pub state: LegalHoldState,
    /// Why it was lifted.
    pub state_reason: Option<String>,
    pub created_by: Id,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for LegalHold {
    const KIND: &'static str = "legal_hold";
    const PATH: &'static str = "legal-holds";

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

/// The body that sets a hold.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LegalHoldCreate {
    pub id: Option<Id>,
    /// Of one cycle. Without it and without a pseudonym, of the network as a whole.
    pub cycle_id: Option<Id>,
    /// Of what is about one pseudonym.
    pub pseudonym_id: Option<Id>,
    pub reason: Reason,
}

impl Input for LegalHoldCreate {
    fn example() -> Value {
        json!({"reason": "Er loopt een klacht; de stukken blijven tot die is afgedaan."})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        if self.cycle_id.is_some() && self.pseudonym_id.is_some() {
            let detail = "A hold is of a cycle or of a pseudonym: set two.";
            faults.push(FieldError::new("/pseudonymId", "inconsistent", detail));
        }
    }
}

/// The only move of a hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LiftedOnly {
    Lifted,
}

/// The body that lifts a hold.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LegalHoldTransition {
    pub id: Option<Id>,
    pub to: LiftedOnly,
    pub reason: Reason,
    pub happened_at: Option<HappenedAt>,
}

impl Input for LegalHoldTransition {
    fn example() -> Value {
        json!({"to": "lifted", "reason": "De klacht is afgedaan."})
    }
}

impl Moves<LegalHold> for LegalHoldTransition {
    fn id(&self) -> Option<Id> {
        self.id
    }
    fn to(&self) -> &'static str {
        LegalHoldState::Lifted.into()
    }
    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
    fn happened_at(&self) -> Option<HappenedAt> {
        self.happened_at
    }
    fn apply(&self, hold: &mut LegalHold) -> Result<&'static str> {
        let from: &str = hold.state.into();
        if hold.state == LegalHoldState::Lifted {
            let possible: &[LegalHoldState] = &[];
            return Err::<_, Error>(not_allowed(from, self.to(), possible));
        }
        hold.state = LegalHoldState::Lifted;
        hold.state_reason = Some(self.reason.to_string());
        Ok(from)
    }
}

/// What a list of holds can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LegalHoldFilter {
    pub state: Option<LegalHoldState>,
}

impl Input for LegalHoldFilter {
    fn example() -> Value {
        json!({"state": "active"})
    }
}
