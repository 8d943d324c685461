//! What an archived network takes.

use super::op::Op;

/// What is done in an archived network, which takes no changes otherwise: taking it up again, saying who else may read a
/// cycle of it, or its figures, reading it in an emergency, taking back what it shared, consented to or whom it let in, saying
/// who answers for it, telling citizens what is held about them and deciding what they ask, and erasing, or keeping from it.
pub const fn done_in_archive(op: Op) -> bool {
    use Op::{
        CreateCitizenLink, CreateDataSubjectRequest, CreateEmergencyAccess, CreateErasure, CreateIntakeCode,
        CreateLegalHold, CreateParticipant, CreateRetentionRun, DeleteWebhook, EndParticipant, RevokeApiKey,
        RevokeCitizenLink, RevokeIntakeCode, TransitionCoNetwork, TransitionDataSubjectRequest,
        TransitionEmergencyAccess, TransitionLegalHold, TransitionNetwork, TransitionResearchConsent,
        UpdateControllership, UpdateParticipant, UpdateRetentionPolicy, UpdateThemeNetwork, UpdateWebhook,
        WithdrawDossierEntry, WithdrawInsight,
    };
    matches!(
        op,
        TransitionNetwork
            | CreateParticipant
            | UpdateParticipant
            | EndParticipant
            | RevokeApiKey
            | TransitionCoNetwork
            | UpdateThemeNetwork
            | WithdrawDossierEntry
            | WithdrawInsight
            | UpdateWebhook
            | DeleteWebhook
            | CreateEmergencyAccess
            | TransitionEmergencyAccess
            | TransitionResearchConsent
            | UpdateControllership
            | CreateCitizenLink
            | RevokeCitizenLink
            | CreateIntakeCode
            | RevokeIntakeCode
            | CreateDataSubjectRequest
            | TransitionDataSubjectRequest
            | CreateErasure
            | CreateLegalHold
            | TransitionLegalHold
            | UpdateRetentionPolicy
            | CreateRetentionRun
    )
}
