//! What somebody says they can do, and what peers say to that, as they are stored and sent, and the bodies that make and
//! change them.

use crate::clock::Instant;
use crate::db::schema::{competence_endorsements, competence_statements};
use crate::disclosure::Disclosure;
use crate::http::body::Input;
use crate::http::text::{Nullable, Reason, Set};
use crate::ids::Id;
use crate::record::Record;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// How far somebody has come, in their own judgement: the five stages of skill of Dreyfus and Dreyfus (1980), as Benner
/// (1984) found them in nurses. A signal to oneself and to colleagues, never a mark: no answer ranks or adds it up.
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
pub enum Level {
    Novice,
    AdvancedBeginner,
    Competent,
    Proficient,
    Expert,
}
crate::text_enum!(Level);

/// A statement as stored.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = competence_statements, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct StatementRow {
    pub id: Id,
    pub person_id: Id,
    pub competence_id: Id,
    pub level: Option<Level>,
    pub disclosure: Disclosure,
    pub offers_help: bool,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    pub digest: Vec<u8>,
}

impl StatementRow {
    pub fn shown(self, display_name: String, competence_name: String) -> CompetenceStatement {
        CompetenceStatement {
            id: self.id,
            person_id: self.person_id,
            display_name,
            competence_id: self.competence_id,
            competence_name,
            level: self.level,
            disclosure: self.disclosure,
            offers_help: self.offers_help,
            created_at: self.created_at,
            updated_at: self.updated_at,
            version: self.version,
            digest: self.digest,
        }
    }
}

/// What somebody says they can do. It is theirs, and belongs to no network.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CompetenceStatement {
    pub id: Id,
    pub person_id: Id,
    pub display_name: String,
    pub competence_id: Id,
    pub competence_name: String,
    pub level: Option<Level>,
    pub disclosure: Disclosure,
    /// Whether they help others to acquire it. Kept to oneself, the offer reaches nobody.
    pub offers_help: bool,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for CompetenceStatement {
    const KIND: &'static str = "competence_statement";
    const PATH: &'static str = "competence-statements";

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
    /// A disclosed one too: the stream of what belongs to no network is read by people who share none with its person.
    fn is_private(&self) -> bool {
        true
    }
}

/// The body that states what one can do.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StatementCreate {
    pub id: Option<Id>,
    pub competence_id: Id,
    pub level: Option<Level>,
    /// `self` by default.
    pub disclosure: Option<Disclosure>,
    /// False by default.
    pub offers_help: Option<bool>,
}

impl Input for StatementCreate {
    fn example() -> Value {
        json!({
            "competenceId": "01890a5d-ac96-774b-bcce-b302099a8057", "level": "proficient",
            "disclosure": "network", "offersHelp": true
        })
    }
}

/// A merge patch of a statement. Another competence is another statement.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct StatementPatch {
    pub level: Nullable<Level>,
    pub disclosure: Set<Disclosure>,
    pub offers_help: Set<bool>,
}

impl Input for StatementPatch {
    fn example() -> Value {
        json!({"disclosure": "self"})
    }
}

/// What a list of statements can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StatementFilter {
    pub competence_id: Option<Id>,
}

impl Input for StatementFilter {
    fn example() -> Value {
        json!({})
    }
}

/// An endorsement as stored.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = competence_endorsements, treat_none_as_default_value = false)]
pub struct EndorsementRow {
    pub id: Id,
    pub statement_id: Id,
    pub person_id: Id,
    pub level: Option<Level>,
    pub note: Option<String>,
    pub created_at: Instant,
    pub version: i32,
    pub digest: Vec<u8>,
}

impl EndorsementRow {
    pub fn shown(self, display_name: String) -> Endorsement {
        Endorsement {
            id: self.id,
            statement_id: self.statement_id,
            person_id: self.person_id,
            display_name,
            level: self.level,
            note: self.note,
            created_at: self.created_at,
            version: self.version,
            digest: self.digest,
        }
    }
}

/// That a peer says the same. It does not change: who thinks otherwise takes it back.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Endorsement {
    pub id: Id,
    pub statement_id: Id,
    /// Who endorses.
    pub person_id: Id,
    pub display_name: String,
    /// The level that the statement had then: what was endorsed does not grow with a later change of it.
    pub level: Option<Level>,
    pub note: Option<String>,
    pub created_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for Endorsement {
    const KIND: &'static str = "competence_endorsement";
    const PATH: &'static str = "competence-endorsements";

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
        true
    }
}

/// The body that endorses a statement.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EndorsementCreate {
    pub id: Option<Id>,
    /// What one saw of it.
    pub note: Option<Reason>,
}

impl Input for EndorsementCreate {
    fn example() -> Value {
        json!({"note": "Ze liet een stilte vallen, en toen kwam het verhaal."})
    }
}
