//! The kinds of records that are removed one by one: where they lie, and what is told of them.

/// A kind of record, as a plan has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// As the change log names it.
    pub name: &'static str,
    pub table: &'static str,
    /// Whether its rows say of which cycle they are.
    pub in_cycle: bool,
    /// Whether its rows have a version; what has none never changes.
    pub versioned: bool,
}

const fn kind(name: &'static str, table: &'static str, in_cycle: bool) -> Kind {
    Kind { name, table, in_cycle, versioned: true }
}

const fn unchanging(name: &'static str, table: &'static str, in_cycle: bool) -> Kind {
    Kind { name, table, in_cycle, versioned: false }
}

pub const PSEUDONYM: Kind = kind("pseudonym", "pseudonyms", false);
pub const QUESTION: Kind = kind("question", "questions", true);
pub const RETURN: Kind = kind("return", "returns", true);
pub const OBSERVATION: Kind = kind("observation", "observations", true);
pub const REFLECTION: Kind = kind("reflection", "reflections", true);
pub const ACTION: Kind = kind("action", "actions", true);
pub const EVALUATION: Kind = kind("evaluation", "evaluations", true);
pub const INSIGHT: Kind = kind("insight", "insights", true);
pub const DOSSIER_ENTRY: Kind = kind("dossier_entry", "dossier_entries", false);
pub const ADOPTION: Kind = kind("adoption", "adoptions", true);
pub const SESSION: Kind = kind("session", "sessions", true);
pub const ACTION_REVIEW: Kind = kind("action_review", "action_reviews", true);
pub const SESSION_QUESTION: Kind = kind("session_question", "session_questions", true);
pub const SESSION_NOTE: Kind = kind("session_note", "session_notes", true);
pub const EFFECT_SQUARE: Kind = kind("effect_square", "effect_squares", false);
pub const PERCEPTION: Kind = kind("perception", "perceptions", false);
pub const EFFECT_ARENA: Kind = kind("effect_arena", "effect_arenas", true);
pub const EFFECT_ARENA_VERSION: Kind = unchanging("effect_arena_version", "effect_arena_versions", true);
pub const EFFECT_ARENA_VIEW: Kind = kind("effect_arena_view", "effect_arena_views", true);
pub const EFFECT_CALCULATION: Kind = kind("effect_calculation", "effect_calculations", true);
pub const CHECK_IN: Kind = kind("check_in", "check_ins", false);
pub const CHECK_IN_RESPONSE: Kind = kind("check_in_response", "check_in_responses", false);
pub const RESEARCH_CONSENT: Kind = kind("research_consent", "research_consents", false);
pub const CITIZEN_LINK: Kind = kind("citizen_link", "citizen_links", false);
pub const INTAKE_CODE: Kind = kind("intake_code", "intake_codes", false);
pub const DATA_SUBJECT_REQUEST: Kind = kind("data_subject_request", "data_subject_requests", false);
pub const KEPT_REPORT: Kind = unchanging("kept_report", "kept_reports", false);

/// All of them, so that each is removed after what refers to it.
pub const ALL: [Kind; 27] = [
    PERCEPTION,
    EFFECT_SQUARE,
    DOSSIER_ENTRY,
    ADOPTION,
    INSIGHT,
    ACTION_REVIEW,
    SESSION_QUESTION,
    SESSION_NOTE,
    EFFECT_ARENA_VIEW,
    EFFECT_ARENA_VERSION,
    EFFECT_ARENA,
    EFFECT_CALCULATION,
    EVALUATION,
    ACTION,
    REFLECTION,
    RETURN,
    OBSERVATION,
    QUESTION,
    SESSION,
    CHECK_IN_RESPONSE,
    CHECK_IN,
    KEPT_REPORT,
    RESEARCH_CONSENT,
    CITIZEN_LINK,
    INTAKE_CODE,
    DATA_SUBJECT_REQUEST,
    PSEUDONYM,
];

/// The kind with a name.
pub fn named(name: &str) -> Option<Kind> {
    ALL.into_iter().find(|kind| kind.name == name)
}
