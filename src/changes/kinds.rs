//! Which kinds of records a reader of changes is told of: where each is addressed, and the operation that reads it. Who may
//! not do that is not told. People are left out: they belong to no network, and who sees whom changes with the networks.

use crate::access::{Op, Place, Role, Standing};
use crate::ids::Id;
use crate::record::Record;
use crate::{
    actions, adoptions, api_keys, approaches, check_ins, citizen_links, co_networks, competence_statements,
    competences, controllership, cycles, data_subject_requests, dossier, effect_arenas, effect_calculations,
    effect_squares, emergency_accesses, erasures, evaluations, guarded_names, identities, insights,
    intake_codes, invitations, jobs, kept_reports, learning_goals, legal_holds, life_domains, members,
    networks, observations, organisations, participants, partners, price_lists, privacy_policies,
    privacy_warnings, pseudonyms, questions, reflections, report_schedules, research_consents, retention,
    sessions, theme_networks, themes, webhooks,
};
use std::collections::HashMap;
use std::sync::LazyLock;

/// How a kind of record is read.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// The operation that shows it.
    pub op: Op,
    /// The collection under `/v1` where it is addressed by its id; none where it is listed alone.
    pub path: Option<&'static str>,
}

/// How a kind is read; none for those that are not told of.
pub fn reading(kind: &str) -> Option<Reading> {
    READINGS.get(kind).copied()
}

static READINGS: LazyLock<HashMap<&str, Reading>> = LazyLock::new(|| {
    HashMap::from([
        by_id::<actions::types::Action>(Op::GetAction),
        by_id::<adoptions::types::Adoption>(Op::GetAdoption),
        by_id::<api_keys::types::ApiKey>(Op::GetApiKey),
        by_id::<approaches::types::Approach>(Op::GetApproach),
        by_id::<approaches::types::ApproachVersion>(Op::GetApproachVersion),
        by_id::<check_ins::types::CheckIn>(Op::GetCheckIn),
        by_id::<check_ins::types::CheckInDefinition>(Op::GetCheckInDefinition),
        by_id::<check_ins::responses::CheckInResponse>(Op::GetCheckInResponse),
        listed::<citizen_links::types::CitizenLink>(Op::ListCitizenLinks),
        by_id::<co_networks::types::CoNetwork>(Op::GetCoNetwork),
        by_id::<co_networks::types::JointCycleChange>(Op::ListJointCycles),
        by_id::<competence_statements::types::CompetenceStatement>(Op::GetCompetenceStatement),
        by_id::<competence_statements::types::Endorsement>(Op::GetEndorsement),
        by_id::<competences::types::Competence>(Op::GetCompetence),
        listed::<controllership::types::Controllership>(Op::GetControllership),
        by_id::<cycles::types::Cycle>(Op::GetCycle),
        by_id::<data_subject_requests::types::DataSubjectRequest>(Op::GetDataSubjectRequest),
        by_id::<dossier::types::DossierEntry>(Op::GetDossierEntry),
        by_id::<effect_calculations::types::EffectCalculation>(Op::GetEffectCalculation),
        by_id::<effect_squares::perceptions::types::Perception>(Op::GetPerception),
        by_id::<effect_squares::types::EffectSquare>(Op::GetEffectSquare),
        by_id::<effect_arenas::types::EffectArena>(Op::GetEffectArena),
        by_id::<effect_arenas::versions::types::EffectArenaVersion>(Op::GetEffectArenaVersion),
        by_id::<effect_arenas::views::types::EffectArenaView>(Op::GetEffectArenaView),
        by_id::<emergency_accesses::types::EmergencyAccess>(Op::GetEmergencyAccess),
        by_id::<erasures::types::Erasure>(Op::GetErasure),
        by_id::<evaluations::types::Evaluation>(Op::GetEvaluation),
        listed::<identities::types::Identity>(Op::ListIdentities),
        by_id::<insights::types::Insight>(Op::GetInsight),
        listed::<intake_codes::types::IssuedCode>(Op::ListIntakeCodes),
        listed::<invitations::types::Invitation>(Op::ListInvitations),
        by_id::<jobs::types::JobRow>(Op::GetJob),
        by_id::<kept_reports::types::KeptReport>(Op::GetKeptReport),
        by_id::<learning_goals::types::Evidence>(Op::GetEvidence),
        by_id::<learning_goals::types::LearningGoal>(Op::GetLearningGoal),
        by_id::<legal_holds::types::LegalHold>(Op::GetLegalHold),
        by_id::<life_domains::types::LifeDomainChoice>(Op::GetLifeDomainChoice),
        by_id::<life_domains::types::LifeDomainFramework>(Op::GetLifeDomainFramework),
        listed::<life_domains::types::LifeDomainFrameworkVersion>(Op::GetLifeDomainFramework),
        by_id::<members::types::Member>(Op::GetMember),
        by_id::<networks::types::Network>(Op::GetNetwork),
        by_id::<observations::types::Observation>(Op::GetObservation),
        by_id::<organisations::types::Organisation>(Op::GetOrganisation),
        by_id::<participants::types::Participant>(Op::GetParticipant),
        by_id::<partners::types::Partner>(Op::GetPartner),
        by_id::<price_lists::types::PriceList>(Op::GetPriceList),
        by_id::<price_lists::types::PriceListVersion>(Op::GetPriceListVersion),
        by_id::<pseudonyms::types::Pseudonym>(Op::GetPseudonym),
        by_id::<questions::types::Question>(Op::GetQuestion),
        by_id::<questions::types::Return>(Op::GetReturn),
        by_id::<reflections::types::Reflection>(Op::GetReflection),
        by_id::<guarded_names::types::GuardedName>(Op::GetGuardedName),
        listed::<privacy_policies::types::PrivacyPolicy>(Op::GetPrivacyPolicy),
        by_id::<privacy_warnings::types::PrivacyWarning>(Op::GetPrivacyWarning),
        by_id::<report_schedules::types::ReportSchedule>(Op::GetReportSchedule),
        by_id::<research_consents::types::ResearchConsent>(Op::GetResearchConsent),
        listed::<retention::types::RetentionPolicy>(Op::GetRetentionPolicy),
        by_id::<retention::types::RetentionRun>(Op::GetRetentionRun),
        by_id::<sessions::notes::types::SessionNote>(Op::GetSessionNote),
        by_id::<sessions::questions::types::SessionQuestion>(Op::GetSessionQuestion),
        by_id::<sessions::reviews::types::ActionReview>(Op::GetActionReview),
        by_id::<sessions::types::Session>(Op::GetSession),
        by_id::<theme_networks::types::ThemeNetwork>(Op::GetThemeNetwork),
        by_id::<themes::types::Theme>(Op::GetTheme),
        by_id::<webhooks::types::Webhook>(Op::GetWebhook),
    ])
});

fn by_id<R: Record>(op: Op) -> (&'static str, Reading) {
    (R::KIND, Reading { op, path: Some(R::PATH) })
}

fn listed<R: Record>(op: Op) -> (&'static str, Reading) {
    (R::KIND, Reading { op, path: None })
}

/// Whether every member of a network may read records of a kind, there or in one of its cycles (given with the network):
/// what may be told to those outside whom the network chose.
pub fn read_by_members(kind: &str, cycle: Option<(Id, Id)>) -> bool {
    let place = match cycle {
        Some((network_id, cycle_id)) => Place::cycle(network_id, cycle_id),
        None => Place::network(Id::NIL),
    };
    let member = Standing {
        person_id: Id::NIL,
        admin: false,
        coordinates: false,
        member: Some(Role::Reader),
        participant: None,
        joint: Vec::new(),
        archived: false,
        kin: false,
        emergency_access_id: None,
        key: None,
    };
    reading(kind).is_some_and(|reading| member.may(reading.op, &place))
}
