//! A network's work on a theme as it is stored and sent, and the bodies that make and change it.

use crate::clock::{Day, Instant};
use crate::db::schema::theme_networks;
use crate::error::FieldError;
use crate::http::body::Input;
use crate::http::text::{Nullable, Set};
use crate::ids::Id;
use crate::record::Record;
use crate::themes::rules::period_is_forward;
use chrono::NaiveDate;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;

/// That a network works on a theme, from one day to another. Terms that have ended stay: who worked on it when.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = theme_networks, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct ThemeNetwork {
    pub id: Id,
    pub network_id: Id,
    pub theme_id: Id,
    pub starts_on: NaiveDate,
    /// The last day, itself included.
    pub ends_on: Option<NaiveDate>,
    /// Whether everybody who signs in sees the learning questions and the figures of the network's cycles on this very
    /// theme, never on a narrower one. The network's latest term on the theme decides, after its end too.
    pub shares_figures: bool,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for ThemeNetwork {
    const KIND: &'static str = "theme_network";
    const PATH: &'static str = "theme-networks";

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

/// The body that says that a network works on a theme.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ThemeNetworkCreate {
    pub id: Option<Id>,
    pub theme_id: Id,
    /// Today by default.
    pub starts_on: Option<Day>,
    pub ends_on: Option<Day>,
    /// Whether everybody who signs in sees the learning questions and the figures of the network's cycles on this theme.
    pub shares_figures: bool,
}

impl Input for ThemeNetworkCreate {
    fn example() -> Value {
        json!({
            "themeId": "01890a5d-ac96-774b-bcce-b302099a8057",
            "startsOn": "2026-01-01",
            "sharesFigures": true
        })
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        period_is_forward(self.starts_on, self.ends_on, faults);
    }
}

/// A merge patch of a network's work on a theme. Another theme is another term.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ThemeNetworkPatch {
    pub starts_on: Set<Day>,
    /// Null takes a planned end back.
    pub ends_on: Nullable<Day>,
    /// May be changed after the end too.
    pub shares_figures: Set<bool>,
}

impl Input for ThemeNetworkPatch {
    fn example() -> Value {
        json!({"sharesFigures": false})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        period_is_forward(self.starts_on.0, self.ends_on.0.flatten(), faults);
    }
}

/// What the list of a network's themes can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ThemeNetworkFilter {
    pub theme_id: Option<Id>,
}

impl Input for ThemeNetworkFilter {
    fn example() -> Value {
        json!({})
    }
}
