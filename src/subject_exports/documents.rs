//! What lies in an export: a file for each of these members, called by its name in kebab-case. The records are those of the
//! contract; what it has no form for has one here.

use crate::access_log::types::{AccessMeans, AccessOutcome, EventCode, RefusalReason};
use crate::actions::types::Action;
use crate::adoptions::types::Adoption;
use crate::api_keys::types::ApiKey;
use crate::approaches::types::{Approach, ApproachVersion};
use crate::changes::types::Change;
use crate::check_ins::responses::CheckInResponse;
use crate::clock::Instant;
use crate::competence_statements::types::{CompetenceStatement, Endorsement};
use crate::data_subject_requests::types::DataSubjectRequest;
use crate::dossier::types::DossierEntry;
use crate::effect_arenas::types::EffectArena;
use crate::effect_arenas::versions::types::EffectArenaVersion;
use crate::effect_arenas::views::types::EffectArenaView;
use crate::effect_calculations::types::EffectCalculation;
use crate::effect_squares::perceptions::types::Perception;
use crate::effect_squares::types::EffectSquare;
use crate::evaluations::types::Evaluation;
use crate::identities::types::Identity;
use crate::ids::Id;
use crate::insights::reading::ReadInsight;
use crate::invitations::types::Invitation;
use crate::learning_goals::types::{Evidence, LearningGoal};
use crate::members::types::Member;
use crate::observations::types::Observation;
use crate::participants::types::Participant;
use crate::people::types::Person;
use crate::pseudonyms::types::Pseudonym;
use crate::questions::types::{Question, Return};
use crate::reflections::types::Reflection;
use crate::research_consents::types::ResearchConsent;
use crate::sessions::notes::types::SessionNote;
use crate::sessions::questions::types::SessionQuestion;
use crate::sessions::reviews::types::ActionReview;
use crate::sessions::types::Session;
use crate::transitions::Transition;
use schemars::JsonSchema;
use serde::Serialize;

/// The members of records that name pseudonyms.
pub const PSEUDONYM_MEMBERS: [&str; 3] = ["aboutPseudonymIds", "onBehalfOfPseudonymId", "pseudonymId"];

/// All that is held about a pseudonym: what names it, and what follows from that. Reflections that are kept to their author
/// are not in it.
#[derive(JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PseudonymExport {
    pub pseudonym: Pseudonym,
    pub questions: Vec<Question>,
    pub returns: Vec<Return>,
    pub observations: Vec<Observation>,
    pub reflections: Vec<Reflection>,
    pub actions: Vec<Action>,
    pub evaluations: Vec<Evaluation>,
    pub action_reviews: Vec<ActionReview>,
    pub perceptions: Vec<Perception>,
    pub effect_calculations: Vec<EffectCalculation>,
    pub research_consents: Vec<ResearchConsent>,
    /// What they asked about what is held about them, and how it was decided.
    pub data_subject_requests: Vec<DataSubjectRequest>,
    /// The moves that these records made.
    pub transitions: Vec<Transition>,
    /// What was done with these records: first what was read, taken out or refused, then files that were taken out of the
    /// network or a cycle as a whole, and then what was changed.
    pub accesses: Vec<ToldAccess>,
}

/// All that is held about a person: what they wrote, where they took part, and how they signed in.
#[derive(JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PersonExport {
    pub person: Person,
    pub sign_in_sessions: Vec<SignInSession>,
    pub identities: Vec<Identity>,
    pub failed_sign_ins: Vec<FailedSignIn>,
    pub memberships: Vec<Member>,
    pub participations: Vec<Participant>,
    /// Those to their address.
    pub invitations: Vec<Invitation>,
    /// Those that they made.
    pub api_keys: Vec<ApiKey>,
    pub competence_statements: Vec<CompetenceStatement>,
    /// Those of their statements, and those that they gave to others.
    pub competence_endorsements: Vec<Endorsement>,
    pub learning_goals: Vec<LearningGoal>,
    pub learning_goal_evidence: Vec<Evidence>,
    pub check_in_responses: Vec<CheckInResponse>,
    pub questions: Vec<Question>,
    pub returns: Vec<Return>,
    pub observations: Vec<Observation>,
    /// Their own, those kept to themselves among them, and others' in which they thought along.
    pub reflections: Vec<Reflection>,
    /// Those that they wrote or own.
    pub actions: Vec<Action>,
    pub evaluations: Vec<Evaluation>,
    pub insights: Vec<ReadInsight>,
    pub adoptions: Vec<Adoption>,
    pub approaches: Vec<Approach>,
    pub approach_versions: Vec<ApproachVersion>,
    /// Those that they put forward or approved.
    pub dossier_entries: Vec<DossierEntry>,
    /// Those that they called or were present at.
    pub sessions: Vec<Session>,
    pub action_reviews: Vec<ActionReview>,
    /// Those that they asked or wrote down.
    pub session_questions: Vec<SessionQuestion>,
    pub session_notes: Vec<SessionNote>,
    pub effect_squares: Vec<EffectSquare>,
    pub perceptions: Vec<Perception>,
    /// Those that they made or thought along with.
    pub effect_arenas: Vec<EffectArena>,
    pub effect_arena_versions: Vec<EffectArenaVersion>,
    pub effect_arena_views: Vec<EffectArenaView>,
    pub effect_calculations: Vec<EffectCalculation>,
    pub research_consents: Vec<ResearchConsent>,
    /// The moves that they made.
    pub transitions: Vec<Transition>,
    pub batches: Vec<SentBatch>,
    /// What they changed, and what was changed of their account.
    pub changes: Vec<Change>,
    /// What they read, took out or were refused; and then what others did so of their account.
    pub accesses: Vec<ToldAccess>,
}

/// What was done with what is about somebody, or by them. Who it was by name is the staff's own: whom data are about may know
/// when they were looked at and what for, and by name who did so on their employer's instructions only where their rights cannot
/// be used without it, weighed against the rights of those (Court of Justice of the European Union, C-579/21, 22 June 2023). So
/// others are told of by their role, and by a number under which the same one is known again in this file and in no other.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ToldAccess {
    /// Null for what belongs to none.
    pub network_id: Option<Id>,
    pub occurred_at: Instant,
    /// `C` create, `R` read, `U` update, `D` delete or mark as deleted, `E` take out as a file.
    pub code: EventCode,
    /// The operation, such as `getObservation`; of a change its kind, such as `observation.updated`.
    pub name: String,
    /// Whether it was done by whom the export is about.
    pub own: bool,
    /// Another, by a number of this file. Null where nobody was signed in, and for who was erased.
    pub other: Option<i32>,
    /// What they were there: a role in the network, or `admin`; of a change what they are or were last. Null for who is none of
    /// these.
    pub role: Option<String>,
    /// By what they were known; of an access.
    pub means: Option<AccessMeans>,
    /// Whether an administrator read it in an emergency, with a cause that the network knows.
    pub in_emergency: bool,
    /// The kind of the record; of a list, of that whose list it is.
    pub object_kind: Option<String>,
    pub object_id: Option<Id>,
    pub outcome: AccessOutcome,
    /// Why it was refused.
    pub reason: Option<RefusalReason>,
}

/// A time for which somebody was signed in.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignInSession {
    pub id: Id,
    pub created_at: Instant,
    pub expires_at: Instant,
    /// When it was ended before its time.
    pub ended_at: Option<Instant>,
}

/// That signing in with one's address failed. Where it was tried from may be another's, and is left out.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FailedSignIn {
    pub failed_at: Instant,
}

/// That somebody sent many things at once.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SentBatch {
    pub id: Id,
    pub created_at: Instant,
    /// Whether they were written.
    pub written: bool,
}
