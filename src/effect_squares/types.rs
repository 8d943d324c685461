//! An effect square as it is stored and sent, and the bodies that make and change it.

use super::rules;
use crate::clock::{Day, Instant};
use crate::db::schema::effect_squares;
use crate::db::types::Json;
use crate::error::FieldError;
use crate::http::body::{HappenedAt, Input};
use crate::http::text::{Few, Name, Nullable, Prose, Reason, Set};
use crate::ids::Id;
use crate::practice::{Perspective, RecordState, Withdrawable};
use crate::record::Record;
use chrono::NaiveDate;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;

/// Something that is done in the neighbourhood, by whom and when. Who does it is an organisation or a group, never a
/// person by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Initiative {
    /// It stays the same as long as the initiative does: perceptions name it.
    pub id: Id,
    pub what: String,
    /// The partner of the network that does it.
    pub partner_id: Option<Id>,
    /// Who does it where no partner does, in words: residents of a street, a club.
    pub group: Option<String>,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    /// Actions of the network's cycles that belong to it.
    pub action_ids: Vec<Id>,
}

/// What somebody expected to come of what the neighbourhood does, told beforehand. It is a text and no count, and never
/// becomes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Expectation {
    pub text: String,
    /// From whose side it was expected.
    pub perspective: Perspective,
    /// The initiative that it is expected of; null where it is of all that the neighbourhood does.
    pub initiative_id: Option<Id>,
    pub stated_on: Option<NaiveDate>,
}

/// An effect square (Effectenplein): where a neighbourhood shows what it does, tells its story, and hears from those
/// involved what they notice of it. What was expected lies in the square; what is perceived is told in records of its
/// own, and the two are never added up.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = effect_squares, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct EffectSquare {
    pub id: Id,
    pub network_id: Id,
    /// What the neighbourhood is called.
    pub neighbourhood: String,
    /// Where it lies.
    pub locality: Option<String>,
    /// Its story, as it tells it.
    pub story: Option<String>,
    pub initiatives: Json<Vec<Initiative>>,
    pub expectations: Json<Vec<Expectation>>,
    pub state: RecordState,
    pub state_reason: Option<String>,
    pub author_id: Id,
    pub happened_at: Instant,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for EffectSquare {
    const KIND: &'static str = "effect_square";
    const PATH: &'static str = "effect-squares";

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

impl Withdrawable for EffectSquare {
    fn state_mut(&mut self) -> (&mut RecordState, &mut Option<String>) {
        (&mut self.state, &mut self.state_reason)
    }
}

/// An initiative as it is sent: by a partner of the network or by a group in words, one of both.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InitiativeBody {
    /// Whoever changes a square sends the ids of the initiatives that stay. Without one it is a new initiative.
    pub id: Option<Id>,
    pub what: Reason,
    pub partner_id: Option<Id>,
    pub group: Option<Name>,
    pub starts_on: Option<Day>,
    pub ends_on: Option<Day>,
    pub action_ids: Option<Few<Id, 0, 20>>,
}

/// An expectation as it is sent.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExpectationBody {
    pub text: Reason,
    pub perspective: Perspective,
    /// An initiative of the square, by the id that it was sent with.
    pub initiative_id: Option<Id>,
    /// Not after the initiative began: what is told afterwards is a perception.
    pub stated_on: Option<Day>,
}

pub type Initiatives = Few<InitiativeBody, 0, 50>;
pub type Expectations = Few<ExpectationBody, 0, 50>;

/// The body that lays out an effect square.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EffectSquareCreate {
    pub id: Option<Id>,
    pub neighbourhood: Name,
    pub locality: Option<Name>,
    pub story: Option<Prose>,
    pub initiatives: Option<Initiatives>,
    pub expectations: Option<Expectations>,
    pub happened_at: Option<HappenedAt>,
}

impl Input for EffectSquareCreate {
    fn example() -> Value {
        json!({
            "neighbourhood": "De Linde",
            "locality": "Nijmegen",
            "story": "Het plein lag er jaren leeg bij. Nu staat er elke zaterdag koffie.",
            "initiatives": [{
                "id": "01890a5d-ac96-774b-bcce-b302099a8057",
                "what": "Koffie op het plein",
                "group": "Bewoners rond het plein",
                "startsOn": "2026-03-07"
            }],
            "expectations": [{
                "text": "Buren groeten elkaar weer.",
                "perspective": "citizen",
                "initiativeId": "01890a5d-ac96-774b-bcce-b302099a8057",
                "statedOn": "2026-02-20"
            }]
        })
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        let initiatives = self.initiatives.as_deref().unwrap_or_default();
        rules::initiatives_stand(initiatives, faults);
        rules::expectations_precede(
            self.expectations.as_deref().unwrap_or_default(),
            |id| initiatives.iter().find(|initiative| initiative.id == Some(id)).map(|found| found.starts_on),
            faults,
        );
    }
}

/// A merge patch of an effect square. A list is replaced as a whole.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct EffectSquarePatch {
    pub neighbourhood: Set<Name>,
    pub locality: Nullable<Name>,
    pub story: Nullable<Prose>,
    /// One that somebody told a perception of cannot be left out.
    pub initiatives: Set<Initiatives>,
    pub expectations: Set<Expectations>,
}

impl Input for EffectSquarePatch {
    fn example() -> Value {
        json!({"story": "Het plein is weer van de buurt."})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        rules::initiatives_stand(self.initiatives.0.as_deref().unwrap_or_default(), faults);
    }
}
