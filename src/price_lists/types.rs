//! Price lists and their versions as they are stored and sent, and the bodies that make and change them.

use super::prices::Price;
use super::rules;
use crate::clock::{Day, Instant};
use crate::db::schema::{price_list_versions, price_lists};
use crate::db::types::Json;
use crate::error::FieldError;
use crate::http::body::Input;
use crate::http::csv::Delimiter;
use crate::http::text::{Few, Name, Nullable, Reason, Set, Token};
use crate::http::truth::Truth;
use crate::ids::Id;
use crate::imports::types::MAPPING;
use crate::record::Record;
use chrono::NaiveDate;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// Prices of events and support that an organisation keeps. What they are is told by its versions.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = price_lists, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct PriceList {
    pub id: Id,
    /// The organisation that keeps it.
    pub organisation_id: Id,
    pub name: String,
    pub description: Option<String>,
    pub created_by: Id,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for PriceList {
    const KIND: &'static str = "price_list";
    const PATH: &'static str = "price-lists";

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
        Id::NIL
    }
}

/// A `draft` is for administrators alone; `published` it is for everyone to see and calculate with, and never changes.
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
pub enum PriceListState {
    Draft,
    Published,
}
crate::text_enum!(PriceListState);

/// The prices of a list as they are from a day on.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = price_list_versions, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct PriceListVersion {
    pub id: Id,
    pub price_list_id: Id,
    /// 1 for the first, without gaps.
    pub number: i32,
    /// The first day that it is for. Of versions for the same day the one with the highest number counts.
    pub valid_from_on: NaiveDate,
    /// What is different in it, or how it came about.
    pub note: Option<String>,
    pub prices: Json<Vec<Price>>,
    pub state: PriceListState,
    pub published_at: Option<Instant>,
    pub created_by: Id,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for PriceListVersion {
    const KIND: &'static str = "price_list_version";
    const PATH: &'static str = "price-list-versions";

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
        Id::NIL
    }
    fn is_private(&self) -> bool {
        self.state == PriceListState::Draft
    }
}

/// A version in a list of versions, without its prices.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable)]
#[serde(rename_all = "camelCase")]
pub struct PriceListVersionSummary {
    pub id: Id,
    pub price_list_id: Id,
    pub number: i32,
    pub valid_from_on: NaiveDate,
    pub note: Option<String>,
    pub state: PriceListState,
    pub published_at: Option<Instant>,
    pub created_at: Instant,
    pub version: i32,
}

/// The body that begins a price list.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PriceListCreate {
    pub id: Option<Id>,
    pub name: Name,
    pub description: Option<Reason>,
}

impl Input for PriceListCreate {
    fn example() -> Value {
        json!({"name": "Prijzen sociaal domein (voorbeeld)"})
    }
}

/// A merge patch of a price list.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct PriceListPatch {
    pub name: Set<Name>,
    pub description: Nullable<Reason>,
}

impl Input for PriceListPatch {
    fn example() -> Value {
        json!({"description": "Voor effectencalculaties van de wijkteams."})
    }
}

/// The most prices that a version has.
pub const MOST_PRICES: usize = 500;

pub type Prices = Few<Price, 0, MOST_PRICES>;

/// The body that drafts the next version of a price list.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PriceListVersionCreate {
    pub id: Option<Id>,
    pub valid_from_on: Day,
    pub note: Option<Reason>,
    /// May come later, or from a file.
    pub prices: Option<Prices>,
}

impl Input for PriceListVersionCreate {
    fn example() -> Value {
        json!({"validFromOn": "2026-01-01", "prices": [Price::example()]})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        rules::prices_stand(self.prices.as_deref().unwrap_or_default(), faults);
    }
}

/// A merge patch of a draft. `prices` are all of them.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct PriceListVersionPatch {
    pub valid_from_on: Set<Day>,
    pub note: Nullable<Reason>,
    pub prices: Set<Prices>,
}

impl Input for PriceListVersionPatch {
    fn example() -> Value {
        json!({"note": "Opvang is duurder geworden."})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        rules::prices_stand(self.prices.0.as_deref().unwrap_or_default(), faults);
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PublishedOnly {
    Published,
}

/// The body that publishes a version.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PriceListPublication {
    pub to: PublishedOnly,
}

impl Input for PriceListPublication {
    fn example() -> Value {
        json!({"to": "published"})
    }
}

/// How a file of prices is to be taken.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PriceImportQuery {
    /// Whether every line is judged and nothing is written.
    pub dry_run: Option<Truth>,
    /// A JSON object that says which member each column is, or null for one to leave out. A column that is called as its
    /// member is need not be named; `"*": null` leaves out all others.
    pub columns: Option<Token<MAPPING>>,
    /// What stands between cells; by default what the first row shows.
    pub delimiter: Option<Delimiter>,
}

impl Input for PriceImportQuery {
    fn example() -> Value {
        json!({})
    }
}

/// What became of a file of prices: by their codes, held against those that the draft had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PriceImport {
    pub dry_run: bool,
    /// Lines that held something: the header is none.
    pub lines: usize,
    pub added: usize,
    pub changed: usize,
    pub unchanged: usize,
    /// Those that the draft had and the file has not.
    pub removed: usize,
    /// The draft's, for the next `If-Match`; after a dry run the one that it has still.
    pub version: i32,
}

/// What the versions of a price list can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PriceListVersionFilter {
    /// Drafts are listed to administrators alone.
    pub state: Option<PriceListState>,
}

impl Input for PriceListVersionFilter {
    fn example() -> Value {
        json!({"state": "published"})
    }
}
