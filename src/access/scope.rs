//! What an API key may be given. A key acts for a program: it reads and logs practice in its own network, and that is all.

use super::op::Op;
use crate::error::{Error, Result};

/// Whether what is sent belongs to no network, so that no network says what its texts may hold: what somebody says of
/// themselves, and what all networks share.
pub const fn of_no_network(op: Op) -> bool {
    use Op::*;
    matches!(
        op,
        UpdateMe
            | ChangePassword
            | CreatePerson
            | UpdatePerson
            | CreateOrganisation
            | UpdateOrganisation
            | CreatePriceList
            | UpdatePriceList
            | CreatePriceListVersion
            | UpdatePriceListVersion
            | CreateTheme
            | UpdateTheme
            | CreateCompetence
            | CreateCompetenceStatement
            | UpdateCompetenceStatement
            | CreateEndorsement
            | CreateLearningGoal
            | UpdateLearningGoal
            | TransitionLearningGoal
            | CreateEvidence
    )
}

/// Whether a key may ever do this, whatever its role. Not for keys is what somebody does as themselves (signing in, what
/// they say of what they can and want to learn, answering a check-in), what decides who has access, what people answer
/// for towards others, and what lies beyond one network. Adding an operation without judging it does not compile.
pub const fn grantable(op: Op) -> bool {
    use Op::*;
    match op {
        // Open to everyone: no key is needed.
        CreateTokens | CreateAccount | GetOpenApi | GetDossier | GetDossierAtom | GetDossierJsonFeed => false,
        GetLinkedCitizenPage | CreateOwnDataSubjectRequest => false,

        // Oneself.
        RevokeTokens | GetMe | UpdateMe | ChangePassword | AcceptInvitation => false,
        ListMyIdentities | CreateOwnIdentity | DeleteIdentity => false,
        ListMyCompetences | CreateCompetenceStatement | ListMyCompetenceGaps => false,
        ListMyLearningGoals | CreateLearningGoal | ListMyOpenItems => false,
        ListCompetenceStatements | GetCompetenceStatement => false,
        UpdateCompetenceStatement | DeleteCompetenceStatement => false,
        ListEndorsements | CreateEndorsement | GetEndorsement | DeleteEndorsement => false,
        ListLearningGoals | GetLearningGoal | UpdateLearningGoal | TransitionLearningGoal => false,
        ListEvidence | CreateEvidence | GetEvidence | DeleteEvidence => false,
        GetCompetenceRoutes => false,
        ListCheckInResponses | CreateCheckInResponse | GetCheckInResponse | UpdateCheckInResponse => false,

        // What somebody has a right to, and what they consent to.
        GetMyExport | GetPseudonymExport => false,
        ListResearchConsents | CreateResearchConsent => false,
        ListPseudonymResearchConsents | CreatePseudonymResearchConsent => false,
        GetResearchConsent | TransitionResearchConsent | GetResearchExport => false,
        GetCitizenPage | ListCitizenLinks | CreateCitizenLink | RevokeCitizenLink => false,
        ListIntakeCodes | CreateIntakeCode | RevokeIntakeCode => false,
        ListDataSubjectRequests | CreateDataSubjectRequest => false,
        GetDataSubjectRequest | TransitionDataSubjectRequest => false,

        // Who has access, and to what.
        ListPeople | CreatePerson | GetPerson | UpdatePerson => false,
        ListIdentities | CreateIdentity => false,
        ListMembers | GetMember => true,
        CreateMember | UpdateMember | EndMember => false,
        ListInvitations | CreateInvitation | DeleteInvitation => false,
        ListApiKeys | CreateApiKey | GetApiKey | RevokeApiKey => false,
        ListAuditEvents | ListEmergencyAccesses | CreateEmergencyAccess => false,
        GetEmergencyAccess | TransitionEmergencyAccess => false,
        ListWebhooks | CreateWebhook | GetWebhook | UpdateWebhook | DeleteWebhook => false,
        GetWebhookHealth | CreateSecretRotation | CreatePing => false,
        ListXapiStatements => false,
        // What is kept of whom, and for how long.
        ListErasures | CreateErasure | ListPersonErasures | CreatePersonErasure | GetErasure => false,
        ListLegalHolds | CreateLegalHold | GetLegalHold | TransitionLegalHold => false,
        GetRetentionPolicy | UpdateRetentionPolicy | ListDueRecords | ListRetentionRuns => false,
        CreateRetentionRun | GetRetentionRun | ListRemovals => false,
        ListWebhookDeliveries | GetWebhookDelivery | CreateRedelivery => false,
        ListParticipants | GetParticipant => true,
        CreateParticipant | UpdateParticipant | EndParticipant => false,

        // The networks themselves.
        ListNetworks | GetNetwork | ListPartners | GetPartner => true,
        CreateNetwork | UpdateNetwork | TransitionNetwork | MoveNetwork => false,
        CreatePartner | UpdatePartner | EndPartner => false,
        GetControllership => true,
        UpdateControllership => false,

        // Beyond the network.
        GetNetworkFigures | GetThemeOverview | ListInsights | GetNewsletterDraft => false,
        ListCoNetworks | GetCoNetwork => true,
        CreateCoNetwork | UpdateCoNetwork | TransitionCoNetwork | AnswerCoNetwork | ListJointCycles => false,
        ShareInsight => false,
        ListDossierEntries | GetDossierEntry => true,
        CreateDossierEntry | UpdateDossierEntry | TransitionDossierEntry | WithdrawDossierEntry => false,

        // A program asks what would become of its texts; what is said of them afterwards is for people to judge.
        CreatePrivacyCheck => true,
        GetPrivacyPolicy | UpdatePrivacyPolicy => false,
        ListGuardedNames | CreateGuardedName | GetGuardedName | DeleteGuardedName => false,
        ListPrivacyWarnings | GetPrivacyWarning | TransitionPrivacyWarning => false,

        // What is kept is read; a program that wants a report of its own asks for the one of now.
        ListKeptReports | GetKeptReport | ListReportSchedules | GetReportSchedule => true,
        ListJobs | GetJob => true,
        CreateKeptReport | DeleteKeptReport | TransitionJob => false,
        CreateReportSchedule | UpdateReportSchedule | DeleteReportSchedule => false,

        // What all networks share is read.
        SearchRecords | ListChanges => true,
        // Each item of a batch, and each line of a file, is judged by its own operation besides.
        CreateBatch | CreateCycleImport | CreateNetworkImport => true,
        ListOrganisations | GetOrganisation | ListThemes | GetTheme => true,
        CreateOrganisation | UpdateOrganisation | CreateTheme | UpdateTheme => false,
        ListPriceLists | GetPriceList | ListPriceListVersions | GetPriceListVersion => true,
        CreatePriceList | UpdatePriceList | CreatePriceListVersion | UpdatePriceListVersion => false,
        TransitionPriceListVersion | CreatePriceImport => false,
        ListCompetences | GetCompetence => true,
        CreateCompetence | CreateNetworkCompetence | UpdateCompetence => false,
        ListReflectionModels | GetReflectionModel => true,
        ListLifeDomainFrameworks | ListCheckInDefinitions => true,

        // What a network works with is read; people choose it.
        ListNetworkThemes | GetThemeNetwork => true,
        CreateThemeNetwork | UpdateThemeNetwork | EndThemeNetwork => false,
        ListNetworkLifeDomainFrameworks | GetLifeDomainFramework => true,
        ListLifeDomainFrameworkVersions | GetLifeDomainFrameworkVersion => true,
        CreateLifeDomainFramework | CreateLifeDomainFrameworkVersion => false,
        ListLifeDomainChoices | GetLifeDomainChoice | GetLifeDomains => true,
        CreateLifeDomainChoice => false,
        ListNetworkCheckInDefinitions | GetCheckInDefinition => true,
        CreateCheckInDefinition => false,
        ListCheckIns | GetCheckIn | GetCheckInForm | GetCheckInResults | GetCheckInCourse => true,
        CreateCheckIn | UpdateCheckIn | TransitionCheckIn => true,

        // Practice.
        ListCycles | CreateCycle | GetCycle | UpdateCycle | TransitionCycle | EndCycle => true,
        ListCycleTransitions | GetCycleReport | GetNetworkReport | ListOpenItems | ListCompetenceGaps => true,
        ListPseudonyms | CreatePseudonym | GetPseudonym | UpdatePseudonym => true,
        ListNetworkQuestions | ListNetworkReflections | ListNetworkActions => true,
        ListCycleEvaluations | ListNetworkEvaluations => true,
        ListQuestions | CreateQuestion | GetQuestion | UpdateQuestion | TransitionQuestion => true,
        ListReturns | CreateReturn | GetReturn | TransitionReturn => true,
        ListCycleObservations | CreateObservation | ListNetworkObservations | CreateInboxObservation => true,
        GetObservation | UpdateObservation | TransitionObservation | WithdrawObservation => true,
        MoveObservation => true,
        ListReflections | CreateReflection | GetReflection | UpdateReflection | TransitionReflection => true,
        ListActions | CreateAction | GetAction | UpdateAction | TransitionAction | WithdrawAction => true,
        ListEvaluations | CreateEvaluation | GetEvaluation | TransitionEvaluation => true,
        ListEffectCalculations | CreateEffectCalculation | GetEffectCalculation => true,
        UpdateEffectCalculation | TransitionEffectCalculation | GetEffectCalculationResult => true,
        ListNetworkInsights | CreateInsight | GetInsight | UpdateInsight | DeleteInsight => true,
        TransitionInsight | WithdrawInsight | GetInsightSources => true,
        ListAdoptions | CreateAdoption | GetAdoption | UpdateAdoption | ListInsightAdoptions => true,
        ListApproaches | CreateApproach | GetApproach | UpdateApproach => true,
        ListApproachVersions | CreateApproachVersion | GetApproachVersion | ListApproachOutcomes => true,
        ListSessions | CreateSession | ListCycleSessions | GetSession | UpdateSession => true,
        TransitionSession | ListOpenActions | ListSessionReflections => true,
        ListActionReviews | CreateActionReview | GetActionReview | TransitionActionReview => true,
        ListSessionQuestions | CreateSessionQuestion | GetSessionQuestion => true,
        TransitionSessionQuestion => true,
        ListSessionNotes | CreateSessionNote | GetSessionNote | UpdateSessionNote => true,
        TransitionSessionNote => true,
        ListEffectSquares | CreateEffectSquare | GetEffectSquare | UpdateEffectSquare => true,
        TransitionEffectSquare | GetEffectSquareSummary => true,
        ListPerceptions | CreatePerception | GetPerception | TransitionPerception => true,
        ListEffectArenas | CreateEffectArena | GetEffectArena | UpdateEffectArena => true,
        TransitionEffectArena | WithdrawEffectArena => true,
        GetEffectArenaBalance | GetEffectArenaPicture => true,
        ListEffectArenaVersions | GetEffectArenaVersion | GetEffectArenaVersionPicture => true,
        ListEffectArenaViews | CreateEffectArenaView | GetEffectArenaView | TransitionEffectArenaView => true,
    }
}

/// 403 where a key that was given these operations may not do this one.
pub(super) fn demand(operations: &[String], op: Op) -> Result<()> {
    let asked = op.asked_in().name();
    if !grantable(op) {
        let detail = format!("You see this but may not do it. {} is not for API keys.", op.name());
        return Err(Error::Forbidden(detail));
    }
    if !operations.iter().any(|name| name == asked) {
        let detail =
            format!("You see this but may not do it. {asked} is not among the operations of this API key.");
        return Err(Error::Forbidden(detail));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::policy::{Role, Who, who_may};
    use super::*;
    use strum::IntoEnumIterator;

    const ROLES: [Role; 3] = [Role::Reader, Role::Practitioner, Role::Facilitator];

    #[test]
    fn a_key_is_given_nothing_that_its_roles_could_never_do() {
        for op in Op::iter().filter(|op| grantable(*op)) {
            let within_reach = match who_may(op) {
                Who::SignedIn | Who::WhoeverSees | Who::AuthorOr(_) | Who::OwnerOr(_) => true,
                Who::Roles(roles) | Who::Members(roles) | Who::HomeRoles(roles) => {
                    ROLES.iter().any(|role| roles.contains(role))
                }
                _ => false,
            };
            assert!(within_reach, "{op:?}");
        }
    }

    #[test]
    fn what_shares_a_path_is_given_with_its_operation() {
        for op in Op::iter().filter(|op| grantable(*op)) {
            assert!(grantable(op.asked_in()), "{op:?}");
            assert!(demand(&[op.asked_in().name().to_owned()], op).is_ok(), "{op:?}");
            assert!(demand(&["somethingElse".to_owned()], op).is_err(), "{op:?}");
        }
        for op in [Op::ShareInsight, Op::CreateApiKey, Op::ChangePassword, Op::EndMember] {
            assert!(demand(&[op.asked_in().name().to_owned()], op).is_err(), "{op:?}");
        }
    }
}
