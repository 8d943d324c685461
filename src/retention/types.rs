//! How long a network keeps what, as it is stored and sent; runs by it, and what they removed.

use crate::clock::Instant;
use crate::db::schema::{removals, retention_policies, retention_runs};
use crate::db::types::Json;
use crate::error::FieldError;
use crate::http::body::Input;
use crate::http::text::{Few, Set};
use crate::ids::Id;
use crate::record::Record;
use crate::removal::types::KindCount;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumIter, EnumString, IntoStaticStr};

/// The longest that a rule can say, in months: the hundred years of an archive.
pub const MOST_MONTHS: i32 = 1_200;
/// Months for which accesses are kept at least, and where nothing else was said: the five years of NEN 7513.
pub const ACCESS_MONTHS: i32 = 60;

/// A kind of record that has a time of its own. `pseudonym` is one about whom nothing is kept;
/// `data_subject_request` one that was decided; `change` the log of changes, whose last 30 days always stay; `access` the log
/// of who read, took out or was refused what, which is kept for 60 months at least, and for so many where no rule says more.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Serialize,
    Deserialize,
    JsonSchema,
    EnumString,
    EnumIter,
    IntoStaticStr,
    diesel::deserialize::FromSqlRow,
    diesel::expression::AsExpression,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RetainedKind {
    Question,
    Observation,
    Reflection,
    Action,
    Evaluation,
    Insight,
    Session,
    EffectSquare,
    Perception,
    EffectArena,
    EffectCalculation,
    CheckIn,
    KeptReport,
    Pseudonym,
    DataSubjectRequest,
    Change,
    Access,
}
crate::text_enum!(RetainedKind);

/// How long records of a kind are kept: months from the closing of their cycle, or from their last change where they are of
/// no cycle, or of one that was abandoned from that. Of a cycle that goes on all are kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RetentionRule {
    pub kind: RetainedKind,
    #[schemars(range(min = 1, max = MOST_MONTHS))]
    pub months: i32,
}

/// How long a network keeps what. Without a rule for a kind, for ever; but accesses, for five years.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RetentionPolicy {
    pub network_id: Id,
    pub rules: Vec<RetentionRule>,
    /// Whether the server removes by itself what is due, once a day. Otherwise it is removed when somebody asks for it.
    pub daily: bool,
    /// Null where nothing was said yet.
    pub updated_by: Option<Id>,
    /// Null where nothing was said yet.
    pub updated_at: Option<Instant>,
    pub version: i32,
}

impl RetentionPolicy {
    /// That of a network which said nothing.
    pub fn unsaid(network_id: Id) -> RetentionPolicy {
        RetentionPolicy {
            network_id,
            rules: Vec::new(),
            daily: false,
            updated_by: None,
            updated_at: None,
            version: 1,
        }
    }

    /// The rules, with what holds for a kind that none of them is about.
    pub fn in_force(&self) -> Vec<RetentionRule> {
        let said = self.rules.iter().any(|rule| rule.kind == RetainedKind::Access);
        let usual = RetentionRule { kind: RetainedKind::Access, months: ACCESS_MONTHS };
        self.rules.iter().copied().chain((!said).then_some(usual)).collect()
    }
}

/// The same as stored.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = retention_policies, primary_key(network_id), treat_none_as_default_value = false)]
pub struct PolicyRow {
    pub network_id: Id,
    pub rules: Json<Vec<RetentionRule>>,
    pub daily: bool,
    pub last_run_on: Option<chrono::NaiveDate>,
    pub updated_by: Id,
    pub updated_at: Instant,
    pub version: i32,
}

impl From<PolicyRow> for RetentionPolicy {
    fn from(row: PolicyRow) -> RetentionPolicy {
        RetentionPolicy {
            network_id: row.network_id,
            rules: row.rules.0,
            daily: row.daily,
            updated_by: Some(row.updated_by),
            updated_at: Some(row.updated_at),
            version: row.version,
        }
    }
}

impl Record for RetentionPolicy {
    const KIND: &'static str = "retention_policy";
    const PATH: &'static str = "networks";

    /// A network has one.
    fn id(&self) -> Id {
        self.network_id
    }
    fn version(&self) -> i32 {
        self.version
    }
    fn digest(&self) -> &[u8] {
        &[]
    }
    fn network_id(&self) -> Id {
        self.network_id
    }
}

pub type RetentionRules = Few<RetentionRule, 0, 16>;

/// A merge patch of how long a network keeps what. A list of rules replaces the whole list.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct RetentionPolicyPatch {
    pub rules: Set<RetentionRules>,
    pub daily: Set<bool>,
}

impl Input for RetentionPolicyPatch {
    fn example() -> Value {
        json!({"rules": [{"kind": "observation", "months": 24}], "daily": true})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        let rules = self.rules.0.as_deref().unwrap_or_default();
        for (index, rule) in rules.iter().enumerate() {
            let least = if rule.kind == RetainedKind::Access { ACCESS_MONTHS } else { 1 };
            if !(least..=MOST_MONTHS).contains(&rule.months) {
                let detail = format!("Must be a number from {least} to {MOST_MONTHS}.");
                faults.push(FieldError::new(format!("/rules/{index}/months"), "out_of_range", detail));
            }
            if rules[..index].iter().any(|other| other.kind == rule.kind) {
                let detail = "A kind has one rule.";
                faults.push(FieldError::new(format!("/rules/{index}/kind"), "duplicate", detail));
            }
        }
    }
}

/// A run: what was due when it was asked for, and by which rules. Its job removes it, in steps.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = retention_runs, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct RetentionRun {
    pub id: Id,
    pub network_id: Id,
    /// Where to follow it.
    pub job_id: Id,
    pub rules: Json<Vec<RetentionRule>>,
    pub due: Json<Vec<KindCount>>,
    /// Null where the server asked, as it does daily.
    pub created_by: Option<Id>,
    pub created_at: Instant,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for RetentionRun {
    const KIND: &'static str = "retention_run";
    const PATH: &'static str = "retention-runs";

    fn id(&self) -> Id {
        self.id
    }
    fn version(&self) -> i32 {
        1
    }
    fn digest(&self) -> &[u8] {
        &self.digest
    }
    fn network_id(&self) -> Id {
        self.network_id
    }
}

/// The body that has what is due removed.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RetentionRunCreate {
    pub id: Option<Id>,
    /// Only tells what is due: nothing is removed, and nothing is kept of the asking.
    pub dry_run: Option<bool>,
}

impl Input for RetentionRunCreate {
    fn example() -> Value {
        json!({"dryRun": true})
    }
}

/// A record that is due to be removed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DueRecord {
    /// As the changes name it, such as `observation`.
    pub kind: String,
    pub id: Id,
    pub cycle_id: Option<Id>,
}

/// Which records that are due are wanted.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DueFilter {
    /// Those that the rule of this kind removes, with what hangs below them.
    pub kind: Option<RetainedKind>,
}

impl Input for DueFilter {
    fn example() -> Value {
        json!({"kind": "observation"})
    }
}

/// How many records of a kind a run removed. Their ids answer 410.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = removals, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct Removal {
    pub id: Id,
    pub network_id: Id,
    pub retention_run_id: Id,
    /// As the changes name it; `change` and `access` for rows of these logs.
    pub kind: String,
    /// The months of the rule; null for what went with what it hung below.
    pub months: Option<i32>,
    pub count: i32,
    /// When the last of them was removed.
    pub removed_at: Instant,
}
