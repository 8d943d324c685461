//! The policy: one table, role by operation. It knows no database and no HTTP.

pub use super::archive::done_in_archive;

use super::locate::Place;
use super::op::Op;
use super::standing::Standing;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

/// What a person is in a network, or in one cycle as a participant. Roles do not contain each other; each operation
/// names all roles that may do it.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    Debug,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    EnumString,
    IntoStaticStr,
    EnumIter,
    diesel::deserialize::FromSqlRow,
    diesel::expression::AsExpression,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Role {
    Coordinator,
    Facilitator,
    Practitioner,
    ExperienceExpert,
    Reader,
}
crate::text_enum!(Role);

/// Who may do an operation, among those who see the thing it is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Without signing in.
    Anyone,
    SignedIn,
    Admin,
    /// Administrators, and coordinators of any network.
    AdminOrAnyCoordinator,
    /// Administrators at the top, these roles below a network.
    AdminOr(&'static [Role]),
    /// Administrators, and the one who made it.
    AdminOrAuthor,
    Roles(&'static [Role]),
    /// These roles as a member of the network: guests in a cycle may not.
    Members(&'static [Role]),
    /// Whoever sees it: a member of the network, or somebody it was shared with.
    WhoeverSees,
    /// Its author, while they may still write, and these roles.
    AuthorOr(&'static [Role]),
    /// Its author or its owner, while they may still write, and these roles.
    OwnerOr(&'static [Role]),
    /// These roles in the cycle's own network, and not through a co-network.
    HomeRoles(&'static [Role]),
    /// These roles in the co-network that the record is about.
    CoRoles(&'static [Role]),
    /// These roles on either side.
    HomeOrCoRoles(&'static [Role]),
    /// The person it is about, whatever their role, and these roles.
    OneselfOr(&'static [Role]),
}

const EVERYONE: &[Role] =
    &[Role::Coordinator, Role::Facilitator, Role::Practitioner, Role::ExperienceExpert, Role::Reader];
const WRITERS: &[Role] = &[Role::Coordinator, Role::Facilitator, Role::Practitioner, Role::ExperienceExpert];
const GUIDES: &[Role] = &[Role::Coordinator, Role::Facilitator];
const COORDINATORS: &[Role] = &[Role::Coordinator];
const NOBODY_ELSE: &[Role] = &[];

/// The table. Adding an operation without a row does not compile.
pub const fn who_may(op: Op) -> Who {
    use Op::*;
    use Who::*;
    match op {
        CreateTokens | CreateAccount | GetOpenApi => Anyone,
        RevokeTokens | GetMe | GetMyExport | UpdateMe | ChangePassword | AcceptInvitation => SignedIn,
        ListMyIdentities | CreateOwnIdentity | DeleteIdentity => SignedIn,

        // Each finds what they see.
        SearchRecords | ListChanges => SignedIn,
        // Each item is judged by the operation that it stands for.
        CreateBatch => SignedIn,

        ListOrganisations | GetOrganisation => SignedIn,
        CreateOrganisation | UpdateOrganisation => Admin,
        // Who keeps organisations keeps their price lists.
        ListPriceLists | GetPriceList | ListPriceListVersions | GetPriceListVersion => SignedIn,
        CreatePriceList | UpdatePriceList => Admin,
        CreatePriceListVersion | UpdatePriceListVersion | TransitionPriceListVersion => Admin,
        CreatePriceImport => Admin,
        ListPeople | GetPerson => SignedIn,
        CreatePerson | UpdatePerson | ListIdentities | CreateIdentity => Admin,
        ListThemes | GetTheme | GetThemeOverview => SignedIn,
        CreateTheme => AdminOrAnyCoordinator,
        UpdateTheme => AdminOrAuthor,
        ListNetworkThemes | GetThemeNetwork => Roles(EVERYONE),
        CreateThemeNetwork | UpdateThemeNetwork | EndThemeNetwork => Roles(GUIDES),
        ListReflectionModels | GetReflectionModel => SignedIn,

        ListNetworks => SignedIn,
        CreateNetwork => AdminOr(COORDINATORS),
        GetNetwork | GetControllership => Roles(EVERYONE),
        UpdateNetwork | TransitionNetwork | MoveNetwork | GetNetworkFigures => Roles(COORDINATORS),
        UpdateControllership => Roles(COORDINATORS),
        // What members did, person by person: for who decides whether an outside store is told of it.
        ListXapiStatements => Roles(COORDINATORS),
        ListPartners | GetPartner => Roles(EVERYONE),
        CreatePartner | UpdatePartner | EndPartner => Roles(COORDINATORS),
        ListMembers | GetMember => Roles(EVERYONE),
        CreateMember | UpdateMember => Roles(COORDINATORS),
        EndMember => OneselfOr(COORDINATORS),
        ListInvitations | CreateInvitation | DeleteInvitation => Roles(COORDINATORS),
        ListApiKeys | CreateApiKey | GetApiKey | RevokeApiKey => Roles(COORDINATORS),
        ListAuditEvents | ListEmergencyAccesses => Roles(COORDINATORS),
        // For who runs the server and reads no notes. Those whom it concerns see that it happened, and end it.
        CreateEmergencyAccess => Admin,
        GetEmergencyAccess => OneselfOr(EVERYONE),
        TransitionEmergencyAccess => OneselfOr(COORDINATORS),

        ListCycles | GetCycle | ListCycleTransitions => Roles(EVERYONE),
        GetCycleReport | GetNetworkReport => Roles(EVERYONE),
        ListKeptReports | GetKeptReport | ListReportSchedules | GetReportSchedule => Roles(EVERYONE),
        ListJobs | GetJob => Roles(EVERYONE),
        CreateKeptReport | TransitionJob => Roles(GUIDES),
        CreateReportSchedule | UpdateReportSchedule | DeleteReportSchedule => Roles(GUIDES),
        DeleteKeptReport => Roles(COORDINATORS),

        // Names are personal data, and what is refused is the network's to answer for.
        GetPrivacyPolicy | UpdatePrivacyPolicy => Roles(COORDINATORS),
        ListGuardedNames | CreateGuardedName | GetGuardedName | DeleteGuardedName => Roles(COORDINATORS),
        ListPrivacyWarnings | CreatePrivacyCheck => Roles(WRITERS),
        GetPrivacyWarning | TransitionPrivacyWarning => AuthorOr(GUIDES),
        CreateCycle | UpdateCycle | TransitionCycle => Roles(GUIDES),
        EndCycle => HomeRoles(GUIDES),
        ListCoNetworks | GetCoNetwork | ListJointCycles => Roles(EVERYONE),
        CreateCoNetwork => HomeRoles(COORDINATORS),
        AnswerCoNetwork => CoRoles(COORDINATORS),
        UpdateCoNetwork => CoRoles(GUIDES),
        TransitionCoNetwork => HomeOrCoRoles(COORDINATORS),
        ListParticipants | GetParticipant => Roles(EVERYONE),
        CreateParticipant | UpdateParticipant | EndParticipant => HomeRoles(GUIDES),

        ListPseudonyms | GetPseudonym => Roles(EVERYONE),
        CreatePseudonym | UpdatePseudonym => Roles(WRITERS),
        GetPseudonymExport | GetResearchExport => Roles(COORDINATORS),
        // What is handed out, and to whom, is the coordinators' to decide; whoever has the link or the code needs no account.
        GetCitizenPage | ListCitizenLinks | CreateCitizenLink | RevokeCitizenLink => Roles(COORDINATORS),
        ListIntakeCodes | CreateIntakeCode | RevokeIntakeCode => Roles(COORDINATORS),
        GetLinkedCitizenPage | CreateOwnDataSubjectRequest => Anyone,
        // Whoever is told of a request writes it down; coordinators decide.
        CreateDataSubjectRequest => Roles(WRITERS),
        ListDataSubjectRequests | GetDataSubjectRequest | TransitionDataSubjectRequest => Roles(COORDINATORS),
        // Members are shown their own, and those of pseudonyms; coordinators all. Who wrote there and is no member is shown
        // their own.
        ListResearchConsents | CreateResearchConsent => OneselfOr(EVERYONE),
        ListPseudonymResearchConsents => Roles(EVERYONE),
        CreatePseudonymResearchConsent => Roles(WRITERS),
        GetResearchConsent => OneselfOr(EVERYONE),
        TransitionResearchConsent => OneselfOr(WRITERS),
        ListQuestions | ListNetworkQuestions | GetQuestion | ListReturns | GetReturn => Roles(EVERYONE),
        CreateQuestion => Roles(WRITERS),
        UpdateQuestion => AuthorOr(NOBODY_ELSE),
        TransitionQuestion => AuthorOr(COORDINATORS),
        CreateReturn => Roles(GUIDES),
        TransitionReturn => AuthorOr(COORDINATORS),

        ListCycleObservations | ListNetworkObservations | GetObservation => Roles(EVERYONE),
        CreateObservation | CreateInboxObservation => Roles(WRITERS),
        // Each line as the create of its record besides.
        CreateCycleImport | CreateNetworkImport => Roles(WRITERS),
        UpdateObservation | MoveObservation => AuthorOr(NOBODY_ELSE),
        TransitionObservation => AuthorOr(GUIDES),
        WithdrawObservation => AuthorOr(COORDINATORS),

        ListReflections | ListNetworkReflections | GetReflection => Roles(EVERYONE),
        CreateReflection => Roles(WRITERS),
        UpdateReflection => AuthorOr(NOBODY_ELSE),
        TransitionReflection => AuthorOr(COORDINATORS),

        // What is open in all cycles, for members: guests find what is theirs to close in their own list.
        ListOpenItems => Roles(EVERYONE),
        ListMyOpenItems => SignedIn,
        ListActions | ListNetworkActions | GetAction => Roles(EVERYONE),
        CreateAction => Roles(WRITERS),
        UpdateAction | TransitionAction => OwnerOr(GUIDES),
        WithdrawAction => AuthorOr(COORDINATORS),

        ListEvaluations | ListCycleEvaluations | ListNetworkEvaluations | GetEvaluation => Roles(EVERYONE),
        CreateEvaluation => Roles(WRITERS),
        TransitionEvaluation => AuthorOr(COORDINATORS),

        ListEffectCalculations | GetEffectCalculation | GetEffectCalculationResult => Roles(EVERYONE),
        CreateEffectCalculation => Roles(WRITERS),
        UpdateEffectCalculation => AuthorOr(NOBODY_ELSE),
        TransitionEffectCalculation => AuthorOr(COORDINATORS),

        ListSessions | ListCycleSessions | GetSession => Roles(EVERYONE),
        CreateSession | UpdateSession | TransitionSession => Roles(GUIDES),
        ListOpenActions | ListActionReviews | GetActionReview => Roles(EVERYONE),
        CreateActionReview => Roles(WRITERS),
        TransitionActionReview => AuthorOr(COORDINATORS),
        ListSessionQuestions | GetSessionQuestion => Roles(EVERYONE),
        CreateSessionQuestion => Roles(WRITERS),
        TransitionSessionQuestion => AuthorOr(COORDINATORS),
        ListSessionNotes | GetSessionNote => Roles(EVERYONE),
        CreateSessionNote => Roles(WRITERS),
        UpdateSessionNote => AuthorOr(NOBODY_ELSE),
        TransitionSessionNote => AuthorOr(COORDINATORS),
        ListSessionReflections => Roles(EVERYONE),

        ListEffectSquares | GetEffectSquare | GetEffectSquareSummary => Roles(EVERYONE),
        CreateEffectSquare => Roles(WRITERS),
        UpdateEffectSquare => AuthorOr(NOBODY_ELSE),
        TransitionEffectSquare => AuthorOr(COORDINATORS),
        ListPerceptions | GetPerception => Roles(EVERYONE),
        CreatePerception => Roles(WRITERS),
        TransitionPerception => AuthorOr(COORDINATORS),
        ListEffectArenas | GetEffectArena | GetEffectArenaBalance | GetEffectArenaPicture => Roles(EVERYONE),
        ListEffectArenaVersions | GetEffectArenaVersion | GetEffectArenaVersionPicture => Roles(EVERYONE),
        // It is made by several: a draft is nobody's own.
        CreateEffectArena | UpdateEffectArena => Roles(WRITERS),
        TransitionEffectArena => Roles(GUIDES),
        WithdrawEffectArena => AuthorOr(COORDINATORS),
        ListEffectArenaViews | GetEffectArenaView => Roles(EVERYONE),
        CreateEffectArenaView => Roles(WRITERS),
        TransitionEffectArenaView => AuthorOr(COORDINATORS),

        ListInsights => SignedIn,
        ListNetworkInsights | GetInsightSources => Roles(EVERYONE),
        CreateInsight => Members(WRITERS),
        GetInsight => WhoeverSees,
        UpdateInsight | DeleteInsight => AuthorOr(NOBODY_ELSE),
        TransitionInsight => AuthorOr(GUIDES),
        ShareInsight => Roles(GUIDES),
        WithdrawInsight => AuthorOr(COORDINATORS),
        ListCompetences | GetCompetence | GetCompetenceRoutes => SignedIn,
        CreateCompetence => Admin,
        CreateNetworkCompetence => Roles(GUIDES),
        UpdateCompetence => AdminOr(GUIDES),
        ListMyCompetences | CreateCompetenceStatement | ListMyLearningGoals | CreateLearningGoal => SignedIn,
        ListCompetenceStatements | ListLearningGoals | ListCompetenceGaps => Roles(EVERYONE),
        ListMyCompetenceGaps => SignedIn,
        GetCompetenceStatement | ListEndorsements | CreateEndorsement | GetEndorsement => SignedIn,
        UpdateCompetenceStatement | DeleteCompetenceStatement | DeleteEndorsement => OneselfOr(NOBODY_ELSE),
        GetLearningGoal | ListEvidence | GetEvidence => SignedIn,
        UpdateLearningGoal | TransitionLearningGoal => OneselfOr(NOBODY_ELSE),
        CreateEvidence | DeleteEvidence => OneselfOr(NOBODY_ELSE),
        ListLifeDomainFrameworks => SignedIn,
        ListNetworkLifeDomainFrameworks
        | GetLifeDomainFramework
        | ListLifeDomainFrameworkVersions
        | GetLifeDomainFrameworkVersion => Roles(EVERYONE),
        CreateLifeDomainFramework | CreateLifeDomainFrameworkVersion => Roles(GUIDES),
        ListLifeDomainChoices | GetLifeDomainChoice | GetLifeDomains => Roles(EVERYONE),
        CreateLifeDomainChoice => Roles(GUIDES),

        ListCheckInDefinitions => SignedIn,
        ListNetworkCheckInDefinitions | GetCheckInDefinition => Roles(EVERYONE),
        CreateCheckInDefinition => Roles(GUIDES),
        ListCheckIns | GetCheckIn | GetCheckInForm | GetCheckInResults | GetCheckInCourse => Roles(EVERYONE),
        CreateCheckIn | UpdateCheckIn | TransitionCheckIn => Roles(GUIDES),
        ListCheckInResponses | GetCheckInResponse => Roles(EVERYONE),
        CreateCheckInResponse => Roles(WRITERS),
        UpdateCheckInResponse => AuthorOr(NOBODY_ELSE),

        ListAdoptions | GetAdoption | ListInsightAdoptions => Roles(EVERYONE),
        CreateAdoption => Roles(WRITERS),
        UpdateAdoption => AuthorOr(GUIDES),

        ListApproaches | GetApproach => Roles(EVERYONE),
        CreateApproach => Roles(WRITERS),
        UpdateApproach => AuthorOr(GUIDES),
        ListApproachVersions | GetApproachVersion | ListApproachOutcomes => Roles(EVERYONE),
        CreateApproachVersion => Roles(WRITERS),
        ListDossierEntries | GetDossierEntry => Roles(EVERYONE),
        CreateDossierEntry => Members(GUIDES),
        UpdateDossierEntry => AuthorOr(NOBODY_ELSE),
        TransitionDossierEntry => Roles(GUIDES),
        WithdrawDossierEntry => AuthorOr(COORDINATORS),
        GetDossier | GetDossierAtom | GetDossierJsonFeed => Anyone,
        GetNewsletterDraft => SignedIn,

        ListWebhooks | CreateWebhook | GetWebhook | UpdateWebhook | DeleteWebhook => Roles(COORDINATORS),
        GetWebhookHealth | CreateSecretRotation | CreatePing => Roles(COORDINATORS),
        ListWebhookDeliveries | GetWebhookDelivery | CreateRedelivery => Roles(COORDINATORS),

        ListErasures | CreateErasure => Roles(COORDINATORS),
        ListPersonErasures | CreatePersonErasure => Admin,
        GetErasure => AdminOr(COORDINATORS),
        ListLegalHolds | CreateLegalHold | GetLegalHold | TransitionLegalHold => Roles(COORDINATORS),
        GetRetentionPolicy => Roles(EVERYONE),
        UpdateRetentionPolicy | ListDueRecords | ListRetentionRuns => Roles(COORDINATORS),
        CreateRetentionRun | GetRetentionRun | ListRemovals => Roles(COORDINATORS),
    }
}

/// The roles that may do an operation whosever the record is.
pub const fn roles_for(op: Op) -> &'static [Role] {
    match who_may(op) {
        Who::AdminOr(roles)
        | Who::Roles(roles)
        | Who::Members(roles)
        | Who::AuthorOr(roles)
        | Who::OwnerOr(roles)
        | Who::HomeRoles(roles)
        | Who::CoRoles(roles)
        | Who::HomeOrCoRoles(roles)
        | Who::OneselfOr(roles) => roles,
        Who::Anyone
        | Who::SignedIn
        | Who::Admin
        | Who::AdminOrAnyCoordinator
        | Who::AdminOrAuthor
        | Who::WhoeverSees => &[],
    }
}

/// Whether somebody of this standing, who sees the place, may do the operation there.
pub fn allows(op: Op, standing: &Standing, place: &Place) -> bool {
    let one_of = |roles: &[Role]| roles.iter().any(|role| standing.has(*role));
    let at_home = |roles: &[Role]| roles.iter().any(|role| standing.has_at_home(*role));
    let beside = |roles: &[Role]| {
        let theirs = standing.joint.iter().filter(|(network, _)| Some(*network) == place.co_network_id);
        theirs.into_iter().any(|(_, role)| roles.contains(role))
    };
    let is = |person: Option<crate::ids::Id>| person == Some(standing.person_id);
    match who_may(op) {
        Who::Anyone | Who::SignedIn | Who::WhoeverSees => true,
        Who::Admin => standing.admin,
        Who::AdminOrAnyCoordinator => standing.admin || standing.coordinates,
        Who::AdminOr(roles) => one_of(roles) || (place.network_id.is_none() && standing.admin),
        Who::AdminOrAuthor => standing.admin || is(place.author_id),
        Who::Roles(roles) => one_of(roles),
        Who::HomeRoles(roles) => at_home(roles),
        Who::CoRoles(roles) => beside(roles),
        Who::HomeOrCoRoles(roles) => at_home(roles) || beside(roles),
        Who::Members(roles) => roles.iter().any(|role| standing.member == Some(*role)),
        Who::AuthorOr(roles) => one_of(roles) || (is(place.author_id) && one_of(WRITERS)),
        Who::OwnerOr(roles) => {
            one_of(roles) || ((is(place.author_id) || is(place.owner_id)) && one_of(WRITERS))
        }
        Who::OneselfOr(roles) => one_of(roles) || is(place.author_id),
    }
}
