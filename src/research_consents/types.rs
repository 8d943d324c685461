//! A consent to research as it is stored and sent, and the bodies that give and withdraw it.

use crate::clock::{self, Day, Instant};
use crate::db::schema::research_consents;
use crate::error::{Error, FieldError, Result};
use crate::http::body::{HappenedAt, Input};
use crate::http::text::{Reason, canonical};
use crate::ids::Id;
use crate::record::Record;
use crate::transitions::{Moves, not_allowed};
use chrono::NaiveDate;
use diesel::prelude::*;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use std::borrow::Cow;
use strum::{EnumString, IntoStaticStr};

/// The longest number of a protocol, in characters.
const PROTOCOL: usize = 50;
const PROTOCOL_PATTERN: &str = "^[A-Za-z0-9][A-Za-z0-9./_-]{0,49}$";

/// The number under which a committee or an institute keeps a research protocol, such as `METC-2026-014`. It is kept in
/// capitals: two spellings of a number are one protocol.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Protocol(String);

impl Protocol {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Protocol {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Protocol, D::Error> {
        let raw = String::deserialize(deserializer)?;
        let text = canonical(&raw);
        let fits = text.len() <= PROTOCOL
            && text.starts_with(|first: char| first.is_ascii_alphanumeric())
            && text.chars().all(|one| one.is_ascii_alphanumeric() || "./_-".contains(one));
        if fits {
            Ok(Protocol(text.to_ascii_uppercase()))
        } else {
            Err(D::Error::custom("must be the number of a protocol, such as METC-2026-014"))
        }
    }
}

impl JsonSchema for Protocol {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Protocol".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "minLength": 1, "maxLength": PROTOCOL, "pattern": PROTOCOL_PATTERN,
            "description": "The number of the research protocol. Compared without case, and kept in capitals."})
    }
}

/// How a consent was given.
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
pub enum ConsentMeans {
    /// On paper, with a signature.
    Written,
    /// In words, to somebody who noted it down.
    Spoken,
    /// On a screen.
    Electronic,
}

/// A consent that was withdrawn stays on record, and counts for nothing.
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
pub enum ConsentState {
    Given,
    Withdrawn,
}
crate::text_enum!(ConsentMeans, ConsentState);

/// That records may be used for research under one protocol: those about a pseudonym, or those that somebody wrote.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = research_consents, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct ResearchConsent {
    pub id: Id,
    pub network_id: Id,
    /// Whose it is, where it is about a pseudonym; else null.
    pub pseudonym_id: Option<Id>,
    /// Whose it is, where somebody gave it for what they write; else null.
    pub person_id: Option<Id>,
    pub protocol: String,
    pub given_on: NaiveDate,
    pub means: ConsentMeans,
    /// The last day on which it counts, itself included; null where it has none.
    pub ends_on: Option<NaiveDate>,
    pub state: ConsentState,
    /// Why it was withdrawn, where that was said.
    pub state_reason: Option<String>,
    pub recorded_by: Id,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for ResearchConsent {
    const KIND: &'static str = "research_consent";
    const PATH: &'static str = "research-consents";

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
    /// What somebody consents to for themselves is no matter of their colleagues.
    fn is_private(&self) -> bool {
        self.person_id.is_some()
    }
}

/// The body that gives a consent, or records that it was given.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResearchConsentCreate {
    pub id: Option<Id>,
    pub protocol: Protocol,
    /// Today or earlier.
    pub given_on: Day,
    pub means: ConsentMeans,
    /// The last day on which it counts. Without one it counts until it is withdrawn.
    pub ends_on: Option<Day>,
}

impl Input for ResearchConsentCreate {
    fn example() -> Value {
        json!({"protocol": "METC-2026-014", "givenOn": "2026-03-02", "means": "written", "endsOn": "2028-12-31"})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        if NaiveDate::from(self.given_on) > clock::now().day() {
            faults.push(FieldError::new("/givenOn", "in_future", "Must not lie after today."));
        }
        if self.ends_on.is_some_and(|ends_on| ends_on < self.given_on) {
            faults.push(FieldError::new("/endsOn", "inconsistent", "Must not lie before givenOn."));
        }
    }
}

/// The body that withdraws a consent. It is as easy as giving it (GDPR, article 7(3)): no reason is asked for.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResearchConsentTransition {
    pub id: Option<Id>,
    /// `withdrawn`. Who consents again gives a new consent.
    pub to: ConsentState,
    pub reason: Option<Reason>,
    pub happened_at: Option<HappenedAt>,
}

impl Input for ResearchConsentTransition {
    fn example() -> Value {
        json!({"to": "withdrawn"})
    }
}

impl Moves<ResearchConsent> for ResearchConsentTransition {
    fn id(&self) -> Option<Id> {
        self.id
    }
    fn to(&self) -> &'static str {
        self.to.into()
    }
    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
    fn happened_at(&self) -> Option<HappenedAt> {
        self.happened_at
    }
    fn apply(&self, consent: &mut ResearchConsent) -> Result<&'static str> {
        match (consent.state, self.to) {
            (ConsentState::Given, ConsentState::Withdrawn) => {
                consent.state = ConsentState::Withdrawn;
                consent.state_reason = self.reason.as_deref().map(Into::into);
                Ok(ConsentState::Given.into())
            }
            (ConsentState::Given, to) => Err(move_error(consent.state, to, &[ConsentState::Withdrawn])),
            (from, to) => Err(move_error(from, to, &[])),
        }
    }
}

fn move_error(from: ConsentState, to: ConsentState, possible: &[ConsentState]) -> Error {
    not_allowed(from.into(), to.into(), possible)
}

/// What a list of consents can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResearchConsentFilter {
    pub protocol: Option<Protocol>,
    /// By default both.
    pub state: Option<ConsentState>,
}

impl Input for ResearchConsentFilter {
    fn example() -> Value {
        json!({"state": "given"})
    }
}
