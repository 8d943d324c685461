//! An adoption as it is stored and sent, and the bodies that make and change it.

use crate::clock::{self, Day, Instant};
use crate::db::schema::adoptions;
use crate::db::types::Json;
use crate::error::FieldError;
use crate::http::body::Input;
use crate::http::text::{Few, Nullable, Reason, Set};
use crate::http::truth::Truth;
use crate::ids::Id;
use crate::insights::types::InsightState;
use crate::loops::days::Days;
use crate::record::Record;
use chrono::NaiveDate;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// What a network made of an insight of another: taken up as it is, made into one of its own, or, with a reason, not
/// taken up.
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
pub enum Decision {
    Adopted,
    Adapted,
    Rejected,
}
crate::text_enum!(Decision);

/// The cycles of value creation (Wenger, Trayner and De Laat, 2011): `immediate` lies in the exchange itself; `potential`
/// in what can be used later, such as knowledge, contacts and tools; `applied` in what is done differently; `realised` in
/// what got better by it; `reframed` in seeing anew what counts as success.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ValueCreated {
    Immediate,
    Potential,
    Applied,
    Realised,
    Reframed,
}

/// Something that came of an adoption. The network that the insight came from reads it: it names no person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AdoptionResult {
    pub value: ValueCreated,
    pub text: Reason,
    pub happened_on: Option<Day>,
}

/// That a network took an insight of another network up, or decided not to. It outlives the insight's withdrawal.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = adoptions, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct Adoption {
    pub id: Id,
    /// The network that adopts.
    pub network_id: Id,
    pub insight_id: Id,
    pub decision: Decision,
    /// Why; the network that the insight came from reads it.
    pub reason: Option<String>,
    /// The cycle in which it is put to use.
    pub cycle_id: Option<Id>,
    /// The insight that this network made of it.
    pub adapted_insight_id: Option<Id>,
    pub results: Json<Vec<AdoptionResult>>,
    pub created_by: Id,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for Adoption {
    const KIND: &'static str = "adoption";
    const PATH: &'static str = "adoptions";

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

/// An adoption in its network's list, with how the insight stands now.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListedAdoption {
    #[serde(flatten)]
    pub adoption: Adoption,
    /// `withdrawn` where the network that it came from took it back since.
    pub insight_state: InsightState,
}

/// What became of an insight in one other network, as the network it came from sees it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LedgerEntry {
    pub adoption_id: Id,
    /// How far it travelled: 1 for this insight, 2 for one that was adapted from it, and so on.
    pub hop: i32,
    /// The insight that was adopted: this one, or the adapted one through which it came.
    pub insight_id: Id,
    pub network_id: Id,
    pub network_name: String,
    /// The adopting network's.
    pub locality: Option<String>,
    pub decision: Decision,
    pub reason: Option<String>,
    pub cycle_id: Option<Id>,
    /// The cycle's.
    pub learning_question: Option<String>,
    pub adapted_insight_id: Option<Id>,
    pub results: Vec<AdoptionResult>,
    pub created_at: Instant,
    pub updated_at: Instant,
}

/// The body that records an adoption.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AdoptionCreate {
    pub id: Option<Id>,
    /// A shared insight of another network, which the caller sees.
    pub insight_id: Id,
    pub decision: Decision,
    /// Needed for `rejected`.
    pub reason: Option<Reason>,
    /// A cycle of the adopting network.
    pub cycle_id: Option<Id>,
    /// With `adapted` only: a shared insight of the adopting network whose adaptedFromId is the insight.
    pub adapted_insight_id: Option<Id>,
}

impl Input for AdoptionCreate {
    fn example() -> Value {
        json!({
            "insightId": "01890a5d-ac96-774b-bcce-b302099a8057",
            "decision": "adopted",
            "reason": "Onze inloop kent dezelfde drempel."
        })
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        let (reasoned, adapted) = (self.reason.is_some(), self.adapted_insight_id.is_some());
        super::rules::fits(self.decision, reasoned, adapted, faults);
    }
}

pub type Results = Few<AdoptionResult, 0, 20>;

/// A merge patch of an adoption.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct AdoptionPatch {
    pub decision: Set<Decision>,
    pub reason: Nullable<Reason>,
    pub cycle_id: Nullable<Id>,
    pub adapted_insight_id: Nullable<Id>,
    /// All results, the earlier ones too: a list replaces the whole list.
    pub results: Set<Results>,
}

impl Input for AdoptionPatch {
    fn example() -> Value {
        json!({"results": [{"value": "applied", "text": "De inloop begint nu buiten.", "happenedOn": "2026-04-01"}]})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        let today = clock::now().day();
        for (index, result) in self.results.0.iter().flat_map(|results| results.iter()).enumerate() {
            if result.happened_on.is_some_and(|day| NaiveDate::from(day) > today) {
                let pointer = format!("/results/{index}/happenedOn");
                faults.push(FieldError::new(pointer, "in_future", "Must not lie in the future."));
            }
        }
    }
}

/// What the list of a network's adoptions can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AdoptionFilter {
    pub decision: Option<Decision>,
    pub cycle_id: Option<Id>,
    /// How the insight stands now: `withdrawn` lists what was built on something that was taken back.
    pub insight_state: Option<InsightState>,
    /// Those that were recorded on this day (Europe/Amsterdam) or later.
    pub from: Option<Day>,
    /// Those that were recorded on this day or earlier.
    pub to: Option<Day>,
}

impl AdoptionFilter {
    pub fn days(&self) -> Days {
        Days::between(self.from, self.to)
    }
}

impl Input for AdoptionFilter {
    fn example() -> Value {
        json!({"insightState": "withdrawn"})
    }
}

/// What the ledger of an insight can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LedgerFilter {
    pub decision: Option<Decision>,
    /// Adoptions of the insight itself, and not of what was adapted from it.
    pub direct: Option<Truth>,
}

impl Input for LedgerFilter {
    fn example() -> Value {
        json!({"decision": "adapted"})
    }
}
