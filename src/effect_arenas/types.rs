//! An effect arena as it is stored and sent, and the bodies that make, change and move it.

use super::content::{ArenaContent, ArenaContentPatch};
use super::rules;
use crate::clock::Instant;
use crate::db::schema::effect_arenas;
use crate::db::types::Json;
use crate::error::FieldError;
use crate::http::body::{HappenedAt, Input};
use crate::http::text::{Few, Name, Nullable, Reason, Set};
use crate::ids::Id;
use crate::record::Record;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// `draft → agreed → evaluated`. What was agreed or evaluated goes back to `draft`, with a reason, to be agreed anew: the
/// version that stood is kept. `withdrawn` is final.
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
pub enum ArenaState {
    Draft,
    Agreed,
    Evaluated,
    Withdrawn,
}
crate::text_enum!(ArenaState);

/// Who invests in something, through which activities, to which effects, collected by whom; made by those whom it
/// concerns. It is of an action (`actionId`), of a cycle (`cycleId` alone), or of an initiative of the network (neither).
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = effect_arenas, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct EffectArena {
    pub id: Id,
    pub network_id: Id,
    /// The cycle that it is of, or that its action is of, whose participants see it too. It never changes.
    pub cycle_id: Option<Id>,
    /// The action that it is of. It never changes.
    pub action_id: Option<Id>,
    /// What stands in the middle of the board.
    pub title: String,
    /// The session in which it was made.
    pub session_id: Option<Id>,
    /// Who made it together.
    pub participant_ids: Json<Vec<Id>>,
    pub content: Json<ArenaContent>,
    pub state: ArenaState,
    pub state_reason: Option<String>,
    /// The number of the version that was kept last; 0 before the first agreement.
    pub last_number: i32,
    pub author_id: Id,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for EffectArena {
    const KIND: &'static str = "effect_arena";
    const PATH: &'static str = "effect-arenas";

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
    fn cycle_id(&self) -> Option<Id> {
        self.cycle_id
    }
}

pub type Makers = Few<Id, 0, 100>;

/// The body that lays out a board, as a draft.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EffectArenaCreate {
    pub id: Option<Id>,
    pub title: Name,
    /// An action of the network, where it is of one. Of an action or of a cycle, not both; without either it is of an
    /// initiative of the network.
    pub action_id: Option<Id>,
    /// A cycle of the network, where it is of one, in whatever phase.
    pub cycle_id: Option<Id>,
    /// A session of the network, or of the same cycle.
    pub session_id: Option<Id>,
    /// Members of the network, or participants of the cycle.
    pub participant_ids: Option<Makers>,
    pub content: Option<ArenaContent>,
}

impl Input for EffectArenaCreate {
    fn example() -> Value {
        json!({
            "title": "Koffie op de stoep",
            "content": {
                "activities": [{"key": "koffie", "name": "Elke dinsdag koffie", "output": {"expected": "Veertig ochtenden"}}],
                "effects": [{"key": "contact", "name": "Buren kennen elkaar", "activityKeys": ["koffie"],
                    "expected": "Twaalf mensen hebben iemand om te bellen."}],
                "investors": [{"key": "welzijn", "organisationId": "01890a5d-ac96-774b-bcce-b302099a8057",
                    "activityKeys": ["koffie"], "expected": {"text": "Een sociaal werker", "hours": "80"}}],
                "collectors": [{"key": "buurt", "name": "De bewoners", "effectKey": "contact",
                    "expected": {"text": "Minder alleen"}}]
            }
        })
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        if self.action_id.is_some() && self.cycle_id.is_some() {
            let detail = "It is of an action or of a cycle; the cycle of its action is known.";
            faults.push(FieldError::new("/cycleId", "inconsistent", detail));
        }
        if let Some(content) = &self.content {
            faults.extend(rules::faults(&rules::Parts::from(content)));
        }
    }
}

/// A merge patch of an arena: of all of it while it is a draft. Once it is agreed, of what was seen and of the evidence
/// alone.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct EffectArenaPatch {
    pub title: Set<Name>,
    pub session_id: Nullable<Id>,
    pub participant_ids: Set<Makers>,
    pub content: Set<ArenaContentPatch>,
}

impl Input for EffectArenaPatch {
    fn example() -> Value {
        json!({"content": {"effects": [{"key": "contact", "name": "Buren kennen elkaar", "activityKeys": ["koffie"],
            "expected": "Twaalf mensen hebben iemand om te bellen.", "seen": "Negen, van wie twee elkaar nu elke dag zien."}]}})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        if let Some(content) = &self.content.0 {
            faults.extend(rules::faults(&rules::Parts::from(content)));
        }
    }
}

/// The body that moves an arena.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EffectArenaTransition {
    pub id: Option<Id>,
    pub to: ArenaState,
    /// Needed for `draft` and `withdrawn`.
    pub reason: Option<Reason>,
    pub happened_at: Option<HappenedAt>,
}

impl Input for EffectArenaTransition {
    fn example() -> Value {
        json!({"to": "agreed"})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        if matches!(self.to, ArenaState::Draft | ArenaState::Withdrawn) && self.reason.is_none() {
            faults.push(FieldError::new("/reason", "required", "A reason is needed for this move."));
        }
    }
}

/// What a list of arenas can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EffectArenaFilter {
    /// By default all but the withdrawn.
    pub state: Option<ArenaState>,
    /// Of the cycle, or of an action of it.
    pub cycle_id: Option<Id>,
    pub action_id: Option<Id>,
}

impl Input for EffectArenaFilter {
    fn example() -> Value {
        json!({"state": "agreed"})
    }
}
