//! A note of a session as it is stored and sent, and the bodies that make and change it.

use crate::clock::Instant;
use crate::db::schema::session_notes;
use crate::http::body::Input;
use crate::http::text::{Prose, Set};
use crate::ids::Id;
use crate::practice::{RecordState, Withdrawable};
use crate::record::Record;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// Who sees a note. `network`: whoever sees the session. `present`: its author, and who was on the session's list of
/// those present when this visibility was given and still is; coordinators and administrators included in the exclusion.
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
pub enum NoteVisibility {
    Network,
    Present,
}
crate::text_enum!(NoteVisibility);

/// What somebody wrote down of a session.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = session_notes, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct SessionNote {
    pub id: Id,
    pub network_id: Id,
    pub session_id: Id,
    /// The session's cycle.
    pub cycle_id: Option<Id>,
    pub text: String,
    pub visibility: NoteVisibility,
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

impl Record for SessionNote {
    const KIND: &'static str = "session_note";
    const PATH: &'static str = "session-notes";

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
    fn is_private(&self) -> bool {
        self.visibility == NoteVisibility::Present
    }
}

impl Withdrawable for SessionNote {
    fn state_mut(&mut self) -> (&mut RecordState, &mut Option<String>) {
        (&mut self.state, &mut self.state_reason)
    }
}

/// The body that makes a note.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SessionNoteCreate {
    pub id: Option<Id>,
    pub text: Prose,
    /// Always said, so that nothing is shown by oversight; `present` by somebody who was.
    pub visibility: NoteVisibility,
}

impl Input for SessionNoteCreate {
    fn example() -> Value {
        json!({"text": "Marja wil hier eerst zelf met haar team over praten.", "visibility": "present"})
    }
}

/// A merge patch of a note.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct SessionNotePatch {
    pub text: Set<Prose>,
    /// `present` given again shows the note to those on the list now, as after a correction of the list.
    pub visibility: Set<NoteVisibility>,
}

impl Input for SessionNotePatch {
    fn example() -> Value {
        json!({"visibility": "network"})
    }
}
