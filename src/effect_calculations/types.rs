//! An effect calculation as it is stored and sent, and the bodies that make and change it.

use super::rules;
use crate::clock::{Day, Instant};
use crate::db::schema::effect_calculations;
use crate::db::types::Json;
use crate::decimal::{Percentage, Quantity, Rate};
use crate::error::FieldError;
use crate::http::body::Input;
use crate::http::text::{Few, Name, Nullable, Prose, Set};
use crate::ids::Id;
use crate::practice::{RecordState, Withdrawable};
use crate::price_lists::prices::{Code, PriceYear};
use crate::record::Record;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;

/// What happens in somebody's life, such as losing a home, or what is done for them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimelineEntryKind {
    LifeEvent,
    Support,
}

/// Whether somebody expects it, or it was seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimelineBasis {
    Expected,
    Seen,
}

/// What a quantity is for: all of the period, or each day, week, month or year of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    Total,
    Day,
    Week,
    Month,
    Year,
}

/// Evidence for an entry, of the network's own records.
pub type Evidence = Few<Id, 0, 10>;

/// Something in a timeline, from one day to another, both included.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TimelineEntry {
    /// In words that lead to no person.
    pub description: Name,
    pub kind: TimelineEntryKind,
    /// A published version of a price list, of any organisation.
    pub price_list_version_id: Id,
    /// Of a price in that version.
    pub price_code: Code,
    /// Units of the price: as many as this in all (`total`), or each day, week, month or year.
    pub quantity: Quantity,
    pub per: Rhythm,
    pub from_on: Day,
    pub until_on: Day,
    /// Whether its payer can spend less, or other than planned, where this falls away: most costs of others do not.
    pub cashable: bool,
    pub basis: TimelineBasis,
    pub observation_ids: Option<Evidence>,
    pub evaluation_ids: Option<Evidence>,
}

/// Brings prices of different years to the money of one: an amount is multiplied by (1 + rate) for each year from its price's
/// year to this one, and divided for each year back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Indexation {
    /// A year, from -0.5 to 0.5: 0.025 is two and a half per cent.
    pub rate: Rate,
    pub price_year: PriceYear,
}

/// How far prices may be off that have no bounds of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Sensitivity {
    /// Up and down, at most 100.
    pub percentage: Percentage,
}

/// What happens around one person or household over some years, with an intervention and without it, for prices to be put
/// to. A model of one case: what it comes to is told by its result.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = effect_calculations, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct EffectCalculation {
    pub id: Id,
    pub network_id: Id,
    pub cycle_id: Option<Id>,
    /// The action that the intervention is.
    pub action_id: Option<Id>,
    /// The case.
    pub pseudonym_id: Id,
    pub title: String,
    pub description: Option<String>,
    pub first_year: i32,
    /// How many calendar years it looks at, the first included.
    pub years: i32,
    /// Null: each amount is in the money of its price's own year.
    pub indexation: Option<Json<Indexation>>,
    /// Null: prices without bounds of their own are taken to be certain.
    pub sensitivity: Option<Json<Sensitivity>>,
    pub with_intervention: Json<Vec<TimelineEntry>>,
    /// What would have happened without it.
    pub reference: Json<Vec<TimelineEntry>>,
    pub state: RecordState,
    pub state_reason: Option<String>,
    pub author_id: Id,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl EffectCalculation {
    /// Its timelines, by their members.
    pub fn timelines(&self) -> [(&'static str, &[TimelineEntry]); 2] {
        [("withIntervention", &self.with_intervention), ("reference", &self.reference)]
    }
}

impl Record for EffectCalculation {
    const KIND: &'static str = "effect_calculation";
    const PATH: &'static str = "effect-calculations";

    fn id(&self) -> Id {
        self.id
    }
    fn version(&self) -> i32 {
        self.version
    }
    fn digest(&self) -> &[u8] {
        &self.digest
    }
    // It belongs to the network: who is a guest in its cycle does not see it, hence no cycle in the change log.
    fn network_id(&self) -> Id {
        self.network_id
    }
}

impl Withdrawable for EffectCalculation {
    fn state_mut(&mut self) -> (&mut RecordState, &mut Option<String>) {
        (&mut self.state, &mut self.state_reason)
    }
}

/// The most years that a calculation looks at.
pub const MOST_YEARS: i32 = 20;

pub type Timeline = Few<TimelineEntry, 0, 50>;

/// The body that begins an effect calculation.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EffectCalculationCreate {
    pub id: Option<Id>,
    pub title: Name,
    /// In words that lead to no person.
    pub description: Option<Prose>,
    pub pseudonym_id: Id,
    pub cycle_id: Option<Id>,
    /// Of the cycle, where that is named too.
    pub action_id: Option<Id>,
    pub first_year: PriceYear,
    #[schemars(range(min = 1, max = MOST_YEARS))]
    pub years: i32,
    pub indexation: Option<Indexation>,
    pub sensitivity: Option<Sensitivity>,
    pub with_intervention: Option<Timeline>,
    pub reference: Option<Timeline>,
}

impl Input for EffectCalculationCreate {
    fn example() -> Value {
        json!({
            "title": "Eerder een eigen plek",
            "pseudonymId": "01890a5d-ac96-774b-bcce-b302099a8057",
            "firstYear": 2026,
            "years": 2,
            "indexation": {"rate": "0.025", "priceYear": 2026},
            "sensitivity": {"percentage": "20"},
            "withIntervention": [example("Begeleiding thuis", "BEG-UUR", "2", "week")],
            "reference": [example("Opvang", "OPV-DAG", "1", "day")]
        })
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        rules::years_fit(Some(self.years), faults);
        rules::assumptions_fit(self.indexation.as_ref(), self.sensitivity.as_ref(), faults);
        let horizon =
            (self.years <= MOST_YEARS).then(|| rules::horizon(self.first_year.number(), self.years));
        for (member, timeline) in
            [("withIntervention", &self.with_intervention), ("reference", &self.reference)]
        {
            rules::entries_fit(member, timeline.as_deref().unwrap_or_default(), horizon.clone(), faults);
        }
    }
}

fn example(description: &str, code: &str, quantity: &str, per: &str) -> Value {
    json!({
        "description": description,
        "kind": "support",
        "priceListVersionId": "01890a5d-ac96-774b-bcce-b302099a8058",
        "priceCode": code,
        "quantity": quantity,
        "per": per,
        "fromOn": "2026-03-01",
        "untilOn": "2026-08-31",
        "cashable": false,
        "basis": "expected"
    })
}

/// A merge patch of an effect calculation. A timeline is all of its entries.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct EffectCalculationPatch {
    pub title: Set<Name>,
    pub description: Nullable<Prose>,
    pub pseudonym_id: Set<Id>,
    pub cycle_id: Nullable<Id>,
    pub action_id: Nullable<Id>,
    pub first_year: Set<PriceYear>,
    #[schemars(range(min = 1, max = MOST_YEARS))]
    pub years: Set<i32>,
    pub indexation: Nullable<Indexation>,
    pub sensitivity: Nullable<Sensitivity>,
    pub with_intervention: Set<Timeline>,
    pub reference: Set<Timeline>,
}

impl Input for EffectCalculationPatch {
    fn example() -> Value {
        json!({"sensitivity": {"percentage": "15"}})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        rules::years_fit(self.years.0, faults);
        let indexation = self.indexation.0.as_ref().and_then(Option::as_ref);
        let sensitivity = self.sensitivity.0.as_ref().and_then(Option::as_ref);
        rules::assumptions_fit(indexation, sensitivity, faults);
        for (member, timeline) in
            [("withIntervention", &self.with_intervention), ("reference", &self.reference)]
        {
            rules::entries_fit(member, timeline.0.as_deref().unwrap_or_default(), None, faults);
        }
    }
}

/// What a list of effect calculations can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EffectCalculationFilter {
    /// By default `current`.
    pub state: Option<RecordState>,
    pub cycle_id: Option<Id>,
    pub pseudonym_id: Option<Id>,
}

impl Input for EffectCalculationFilter {
    fn example() -> Value {
        json!({})
    }
}
