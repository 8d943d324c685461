//! A session as it is stored and sent, and the bodies that plan, change and move it.

use crate::clock::Instant;
use crate::db::schema::sessions;
use crate::db::types::Json;
use crate::error::FieldError;
use crate::http::body::{HappenedAt, Input};
use crate::http::text::{Few, Name, Nullable, Prose, Reason, Set};
use crate::ids::Id;
use crate::record::Record;
use crate::term;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// `planned → held` or `cancelled`; neither is taken back.
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
pub enum SessionState {
    Planned,
    Held,
    Cancelled,
}
crate::text_enum!(SessionState);

/// A meeting of a learning set, of a whole network or of one of its cycles. What is learned there is programmed
/// knowledge and questioning insight: L = P + Q (R. W. Revans, The Origins and Growth of Action Learning, 1982).
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = sessions, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct Session {
    pub id: Id,
    pub network_id: Id,
    /// The cycle it is of, whose participants see it too; null where it is of the network as a whole. It never changes.
    pub cycle_id: Option<Id>,
    pub title: Option<String>,
    pub starts_at: Instant,
    pub ends_at: Option<Instant>,
    /// Where the set meets.
    pub place: Option<String>,
    pub agenda: Option<String>,
    pub state: SessionState,
    pub state_reason: Option<String>,
    /// Who was present; empty until it is held.
    pub present_ids: Json<Vec<Id>>,
    pub created_by: Id,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for Session {
    const KIND: &'static str = "session";
    const PATH: &'static str = "sessions";

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

pub type Present = Few<Id, 1, 100>;

/// The body that plans a session.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SessionCreate {
    pub id: Option<Id>,
    pub title: Option<Name>,
    pub starts_at: Instant,
    pub ends_at: Option<Instant>,
    pub place: Option<Name>,
    /// A cycle of this network.
    pub cycle_id: Option<Id>,
    pub agenda: Option<Prose>,
}

impl Input for SessionCreate {
    fn example() -> Value {
        json!({
            "title": "Leerset buiten ontmoeten",
            "startsAt": "2026-03-10T13:00:00Z",
            "endsAt": "2026-03-10T15:30:00Z",
            "place": "Buurthuis De Brug",
            "agenda": "Open acties langslopen; casus van de inloop."
        })
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        term::ends_after_start(Some(self.starts_at), self.ends_at, faults);
    }
}

/// A merge patch of a session: of its plan while it is planned, of who was present once it was held.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct SessionPatch {
    pub title: Nullable<Name>,
    pub starts_at: Set<Instant>,
    pub ends_at: Nullable<Instant>,
    pub place: Nullable<Name>,
    pub agenda: Nullable<Prose>,
    /// Who was present, all of them. Whoever is left out no longer sees what was kept to those present; whoever is
    /// added sees what is kept to them from now on.
    pub present_ids: Set<Present>,
}

impl Input for SessionPatch {
    fn example() -> Value {
        json!({"place": "Wijkcentrum Het Anker"})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        term::ends_after_start(self.starts_at.0, self.ends_at.0.flatten(), faults);
    }
}

/// The body that tells that a session is held or cancelled.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SessionTransition {
    pub id: Option<Id>,
    pub to: SessionState,
    /// Needed for `cancelled`.
    pub reason: Option<Reason>,
    /// Needed for `held`, and for nothing else: members of the network, or participants of the session's cycle.
    pub present_ids: Option<Present>,
    pub happened_at: Option<HappenedAt>,
}

impl Input for SessionTransition {
    fn example() -> Value {
        json!({"to": "held", "presentIds": ["01890a5d-ac96-774b-bcce-b302099a8057"]})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        let mut fault =
            |pointer: &str, code, detail: &str| faults.push(FieldError::new(pointer, code, detail));
        if self.to == SessionState::Cancelled && self.reason.is_none() {
            fault("/reason", "required", "A reason is needed to cancel a session.");
        }
        match (self.to, &self.present_ids) {
            (SessionState::Held, None) => fault("/presentIds", "required", "Say who is present."),
            (SessionState::Planned | SessionState::Cancelled, Some(_)) => {
                fault("/presentIds", "inconsistent", "Nobody is present where no session is held.");
            }
            _ => {}
        }
    }
}

/// What a list of sessions can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SessionFilter {
    pub state: Option<SessionState>,
}

impl Input for SessionFilter {
    fn example() -> Value {
        json!({"state": "planned"})
    }
}
