//! The texts of an export's page, in the language of its reader.

crate::texts! {
    pub struct Words from "subject-export.ftl" {
        kicker();
        about_pseudonym(label: String);
        about_person(name: String);
        made();
        skip();
        files_title();
        files_told();
        somebody_else(id: String);
        column_file();
        column_what();
        column_count();
        column_when();
        column_networks();
        period(from: String, to: String);
        files_empty(names: String);
        networks_title();
        networks_told();
        controllers();
        responsible_for(organisation: String, what: String);
        processor();
        officer();
        contact();
        not_named();
        left_out_title();
        left_out_others();
        left_out_names();
        left_out_private();
        left_out_erased();
        left_out_copies();
        left_out_general();
        left_out_texts();
        rights_title();
        rights_correct();
        rights_object();
        rights_complain();

        what_pseudonym();
        what_person();
        what_sign_in_sessions();
        what_failed_sign_ins();
        what_identities();
        what_memberships();
        what_participations();
        what_invitations();
        what_api_keys();
        what_competence_statements();
        what_competence_endorsements();
        what_learning_goals();
        what_learning_goal_evidence();
        what_check_in_responses();
        what_questions();
        what_returns();
        what_observations();
        what_reflections();
        what_actions();
        what_evaluations();
        what_insights();
        what_adoptions();
        what_approaches();
        what_approach_versions();
        what_dossier_entries();
        what_sessions();
        what_action_reviews();
        what_session_questions();
        what_session_notes();
        what_effect_squares();
        what_perceptions();
        what_effect_arenas();
        what_effect_arena_versions();
        what_effect_arena_views();
        what_effect_calculations();
        what_research_consents();
        what_data_subject_requests();
        what_transitions();
        what_batches();
        what_changes();
        what_accesses();
    }
}

/// A file's name, and what is told of it.
pub type File = (&'static str, fn(Words) -> String);

/// The files of exports, each with what is told of it.
pub const FILES: [File; 41] = [
    ("pseudonym", Words::what_pseudonym),
    ("person", Words::what_person),
    ("sign-in-sessions", Words::what_sign_in_sessions),
    ("failed-sign-ins", Words::what_failed_sign_ins),
    ("identities", Words::what_identities),
    ("memberships", Words::what_memberships),
    ("participations", Words::what_participations),
    ("invitations", Words::what_invitations),
    ("api-keys", Words::what_api_keys),
    ("competence-statements", Words::what_competence_statements),
    ("competence-endorsements", Words::what_competence_endorsements),
    ("learning-goals", Words::what_learning_goals),
    ("learning-goal-evidence", Words::what_learning_goal_evidence),
    ("check-in-responses", Words::what_check_in_responses),
    ("questions", Words::what_questions),
    ("returns", Words::what_returns),
    ("observations", Words::what_observations),
    ("reflections", Words::what_reflections),
    ("actions", Words::what_actions),
    ("evaluations", Words::what_evaluations),
    ("insights", Words::what_insights),
    ("adoptions", Words::what_adoptions),
    ("approaches", Words::what_approaches),
    ("approach-versions", Words::what_approach_versions),
    ("dossier-entries", Words::what_dossier_entries),
    ("sessions", Words::what_sessions),
    ("action-reviews", Words::what_action_reviews),
    ("session-questions", Words::what_session_questions),
    ("session-notes", Words::what_session_notes),
    ("effect-squares", Words::what_effect_squares),
    ("perceptions", Words::what_perceptions),
    ("effect-arenas", Words::what_effect_arenas),
    ("effect-arena-versions", Words::what_effect_arena_versions),
    ("effect-arena-views", Words::what_effect_arena_views),
    ("effect-calculations", Words::what_effect_calculations),
    ("research-consents", Words::what_research_consents),
    ("data-subject-requests", Words::what_data_subject_requests),
    ("transitions", Words::what_transitions),
    ("batches", Words::what_batches),
    ("changes", Words::what_changes),
    ("accesses", Words::what_accesses),
];

impl Words {
    /// What lies in a file.
    pub fn what(self, file: &str) -> String {
        let told = FILES.iter().find(|(name, _)| *name == file);
        told.map(|(_, told)| told(self)).unwrap_or_default()
    }
}
