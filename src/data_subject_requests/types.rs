//! A request of a data subject as it is stored and sent, and the bodies that file and decide it.

use super::rules;
use crate::clock::{self, Day, Instant};
use crate::db::schema::data_subject_requests;
use crate::db::types::Json;
use crate::error::{FieldError, Result};
use crate::http::body::{HappenedAt, Input};
use crate::http::text::{Few, Reason};
use crate::http::truth::Truth;
use crate::ids::Id;
use crate::intake_codes::code::IntakeCode;
use crate::record::Record;
use crate::transitions::Moves;
use chrono::NaiveDate;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

/// What is asked: to put right what is held (GDPR, article 16), to stop using it (objection, article 21), or to take back a
/// consent, or a question or words that were given (article 7(3)).
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
pub enum RequestKind {
    Correct,
    Object,
    Withdraw,
}

/// `received → granted`, `partly_granted` or `refused`, by way of `extended` where it takes longer. Once decided it stands.
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
pub enum RequestState {
    Received,
    Extended,
    Granted,
    PartlyGranted,
    Refused,
}
crate::text_enum!(RequestKind, RequestState);

impl RequestState {
    /// Whether it is still to be decided.
    pub fn is_open(self) -> bool {
        matches!(self, RequestState::Received | RequestState::Extended)
    }
}

/// What somebody whom a pseudonym stands for asks about what is held about them, with the day by which it is decided and the
/// decision.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable, Insertable, AsChangeset)]
#[serde(rename_all = "camelCase")]
#[diesel(table_name = data_subject_requests, treat_none_as_null = true, primary_key(network_id, id), treat_none_as_default_value = false)]
pub struct DataSubjectRequest {
    pub id: Id,
    pub network_id: Id,
    pub pseudonym_id: Id,
    pub kind: RequestKind,
    /// What is asked, in their words.
    pub text: Option<String>,
    pub received_on: NaiveDate,
    /// The last day on which it is decided: a month after it was received, or three where that was extended (GDPR,
    /// article 12(3)).
    pub due_on: NaiveDate,
    /// Why it takes longer than a month.
    pub extension_reason: Option<String>,
    pub state: RequestState,
    /// Why it was decided so.
    pub state_reason: Option<String>,
    /// The records that were corrected or withdrawn for it.
    pub record_ids: Json<Vec<Id>>,
    /// The member who wrote it down; null where the citizen filed it themselves.
    pub recorded_by: Option<Id>,
    pub decided_by: Option<Id>,
    pub decided_at: Option<Instant>,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    #[serde(skip)]
    #[schemars(skip)]
    pub digest: Vec<u8>,
}

impl Record for DataSubjectRequest {
    const KIND: &'static str = "data_subject_request";
    const PATH: &'static str = "data-subject-requests";

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

/// A request in a list, with how it stands today.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListedRequest {
    #[serde(flatten)]
    pub request: DataSubjectRequest,
    /// Days until it is due, negative where it is overdue; null where it is decided.
    pub days_left: Option<i64>,
    /// Open, and its last day is over.
    pub overdue: bool,
}

impl ListedRequest {
    pub fn of(request: DataSubjectRequest, today: NaiveDate) -> ListedRequest {
        let days_left = request.state.is_open().then(|| (request.due_on - today).num_days());
        ListedRequest { overdue: days_left.is_some_and(|days| days < 0), days_left, request }
    }
}

/// The body with which a member writes down a request, by the code that the citizen gives or by the pseudonym.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DataSubjectRequestCreate {
    pub id: Option<Id>,
    /// The code that the citizen was given.
    pub intake_code: Option<IntakeCode>,
    /// Instead of the code, where who asks is known otherwise.
    pub pseudonym_id: Option<Id>,
    pub kind: RequestKind,
    /// What is asked, in their words.
    pub text: Option<Reason>,
    /// The day on which it was received: today by default, and not later. The month runs from it.
    pub received_on: Option<Day>,
}

impl Input for DataSubjectRequestCreate {
    fn example() -> Value {
        json!({"intakeCode": "7KQM-4XW9-TB29", "kind": "correct", "text": "Ik vroeg niet om vervoer, maar om een maatje."})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        if self.intake_code.is_some() == self.pseudonym_id.is_some() {
            let detail = "Name who asks by intakeCode or by pseudonymId: one of them.";
            faults.push(FieldError::new("/intakeCode", "inconsistent", detail));
        }
        if self.received_on.is_some_and(|day| NaiveDate::from(day) > clock::now().day()) {
            faults.push(FieldError::new("/receivedOn", "in_future", "Must not lie after today."));
        }
    }
}

/// The body with which a citizen files a request without an account.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OwnDataSubjectRequestCreate {
    /// The code that the citizen was given.
    pub intake_code: IntakeCode,
    pub kind: RequestKind,
    /// What is asked. No name is needed: the code says enough.
    pub text: Option<Reason>,
}

impl Input for OwnDataSubjectRequestCreate {
    fn example() -> Value {
        json!({"intakeCode": "7KQM-4XW9-TB29", "kind": "object", "text": "Ik wil niet dat dit wordt gebruikt."})
    }
}

/// What a citizen is told of what they filed: the same, whether or not the code is good.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FiledRequest {
    pub received_on: NaiveDate,
    /// Who filed with a good code hears by then. Who hears nothing asks whoever gave them the code.
    pub due_on: NaiveDate,
}

impl FiledRequest {
    pub fn on(day: NaiveDate) -> FiledRequest {
        FiledRequest { received_on: day, due_on: rules::due_on(day) }
    }
}

/// Where a request can be moved.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RequestMove {
    Extended,
    Granted,
    PartlyGranted,
    Refused,
}

impl From<RequestMove> for RequestState {
    fn from(to: RequestMove) -> RequestState {
        match to {
            RequestMove::Extended => RequestState::Extended,
            RequestMove::Granted => RequestState::Granted,
            RequestMove::PartlyGranted => RequestState::PartlyGranted,
            RequestMove::Refused => RequestState::Refused,
        }
    }
}

pub type RecordIds = Few<Id, 0, 100>;

/// The body that decides a request, or says why that takes longer.
#[skip_serializing_none]
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DataSubjectRequestTransition {
    pub id: Option<Id>,
    pub to: RequestMove,
    /// Why; needed unless it is granted. The citizen is told it.
    pub reason: Option<Reason>,
    /// The records about the pseudonym that were corrected or withdrawn for it, before it is decided; needed where a correction
    /// is granted, wholly or partly.
    pub record_ids: Option<RecordIds>,
    pub happened_at: Option<HappenedAt>,
}

impl DataSubjectRequestTransition {
    /// The records that are named.
    pub fn records(&self) -> &[Id] {
        self.record_ids.as_deref().unwrap_or_default()
    }
}

impl Input for DataSubjectRequestTransition {
    fn example() -> Value {
        json!({"to": "granted", "recordIds": ["01890a5d-ac96-774b-bcce-b302099a8057"]})
    }

    fn check(&self, faults: &mut Vec<FieldError>) {
        if self.to != RequestMove::Granted && self.reason.is_none() {
            faults.push(FieldError::new("/reason", "required", "Say why."));
        }
        let changes = matches!(self.to, RequestMove::Granted | RequestMove::PartlyGranted);
        if !changes && !self.records().is_empty() {
            let detail = "What is not granted changes no records.";
            faults.push(FieldError::new("/recordIds", "inconsistent", detail));
        }
    }
}

impl Moves<DataSubjectRequest> for DataSubjectRequestTransition {
    fn id(&self) -> Option<Id> {
        self.id
    }
    fn to(&self) -> &'static str {
        RequestState::from(self.to).into()
    }
    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
    fn happened_at(&self) -> Option<HappenedAt> {
        self.happened_at
    }
    fn apply(&self, request: &mut DataSubjectRequest) -> Result<&'static str> {
        rules::decide(request, self)
    }
}

/// What a list of requests can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DataSubjectRequestFilter {
    pub state: Option<RequestState>,
    pub kind: Option<RequestKind>,
    pub pseudonym_id: Option<Id>,
    /// Those that are still to be decided, or those that are decided.
    pub open: Option<Truth>,
    /// Those that are open although their last day is over, or all others.
    pub overdue: Option<Truth>,
}

impl Input for DataSubjectRequestFilter {
    fn example() -> Value {
        json!({"open": "true"})
    }
}
