//! What an archived network takes.

use super::op::Op;

/// What is done in an archived network, which takes no changes otherwise: taking it up again, saying who else may read a
/// cycle of it, or its figures, taking back what it shared or whom it let in, and erasing, or keeping from it.
pub const fn done_in_archive(op: Op) -> bool {
    use Op::{
        CreateErasure, CreateLegalHold, CreateParticipant, CreateRetentionRun, DeleteWebhook, EndParticipant,
        RevokeApiKey, TransitionCoNetwork, TransitionLegalHold, TransitionNetwork, UpdateParticipant,
        UpdateRetentionPolicy, UpdateThemeNetwork, UpdateWebhook, WithdrawDossierEntry, WithdrawInsight,
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
            | CreateErasure
            | CreateLegalHold
            | TransitionLegalHold
            | UpdateRetentionPolicy
            | CreateRetentionRun
    )
}
