//! A theme as it is stored and sent, and the bodies that make and change it.

use crate::clock::{Day, Instant};
use crate::db::schema::themes;
use crate::db::types::Json;
use crate::error::FieldError;
use crate::http::body::Input;
use crate::http::text::{Name, Nullable, Set};
use crate::ids::Id;
use crate::record::Record;
use chrono::NaiveDate;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;

/// A title that a theme had before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FormerTitle {
    pub title: String,
    pub until: Instant,
}

/// What is learned about.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = themes, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Theme {
    pub id: Id,
    pub title: String,
    pub former_titles: Json<Vec<FormerTitle>>,
    pub locality: Option<String>,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    pub broader_theme_id: Option<Id>,
    pub created_by: Id,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for Theme {
    const KIND: &'static str = "theme";
    const PATH: &'static str = "themes";

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

/// The body that makes a theme.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ThemeCreate {
    pub id: Option<Id>,
    pub title: Name,
    pub locality: Option<Name>,
    pub starts_on: Option<Day>,
    pub ends_on: Option<Day>,
    pub broader_theme_id: Option<Id>,
}

impl Input for ThemeCreate {
    fn example() -> Value {
        json!({"title": "Eenzaamheid", "locality": "Heumen", "startsOn": "2026-01-01"})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        super::rules::period_is_forward(self.starts_on, self.ends_on, faults);
    }
}

/// A merge patch of a theme.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ThemePatch {
    pub title: Set<Name>,
    pub locality: Nullable<Name>,
    pub starts_on: Nullable<Day>,
    pub ends_on: Nullable<Day>,
    pub broader_theme_id: Nullable<Id>,
}

impl Input for ThemePatch {
    fn example() -> Value {
        json!({"title": "Samen tegen eenzaamheid"})
    }
}
