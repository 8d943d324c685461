//! What an export holds of each table, for pseudonyms and for people. A table that is not here fails the test: whoever adds
//! one says what of it is somebody's.

/// What an export holds of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holding {
    /// In the file of this name.
    In(&'static str),
    /// Nothing, and why.
    Nothing(&'static str),
}
use Holding::{In, Nothing};

const NOT_ABOUT: &str = "It says nothing about them.";
const NO_CITIZEN: &str = "It names no pseudonym.";
const LINK: &str = "A link that the records in the export name themselves.";
const MAKER: &str = "The network's own. That they made or changed it is told in changes.json.";
const COPY: &str = "Made of what is in the export.";
const SECRET: &str = "A secret or its digest.";
const GONE: &str = "Ids of what is gone.";
const WORK: &str = "How far the server has come with its own work.";

/// Each table, with what of it is exported of a pseudonym, and of a person.
pub const TABLES: &[(&str, Holding, Holding)] = &[
    ("people", Nothing(NO_CITIZEN), In("person")),
    ("auth_sessions", Nothing(NO_CITIZEN), In("sign-in-sessions")),
    ("identities", Nothing(NO_CITIZEN), In("identities")),
    ("refresh_tokens", Nothing(NO_CITIZEN), Nothing(SECRET)),
    ("sign_in_failures", Nothing(NO_CITIZEN), In("failed-sign-ins")),
    ("server_keys", Nothing(NO_CITIZEN), Nothing(SECRET)),
    ("members", Nothing(NO_CITIZEN), In("memberships")),
    ("participants", Nothing(NO_CITIZEN), In("participations")),
    ("invitations", Nothing(NO_CITIZEN), In("invitations")),
    ("api_keys", Nothing(NO_CITIZEN), In("api-keys")),
    ("organisations", Nothing(NO_CITIZEN), Nothing(NOT_ABOUT)),
    ("networks", Nothing(NO_CITIZEN), Nothing(MAKER)),
    ("partners", Nothing(NO_CITIZEN), Nothing(NOT_ABOUT)),
    ("controllerships", Nothing("Told on the page."), Nothing("Told on the page.")),
    ("controllership_organisations", Nothing("Told on the page."), Nothing("Told on the page.")),
    ("themes", Nothing(NO_CITIZEN), Nothing(MAKER)),
    ("theme_networks", Nothing(NO_CITIZEN), Nothing(NOT_ABOUT)),
    ("price_lists", Nothing(NO_CITIZEN), Nothing(MAKER)),
    ("price_list_versions", Nothing(NO_CITIZEN), Nothing(MAKER)),
    ("pseudonyms", In("pseudonym"), Nothing("Somebody else. That they made it is told in changes.json.")),
    ("research_consents", In("research-consents"), In("research-consents")),
    ("citizen_links", Nothing("A link to what is in the export."), Nothing(MAKER)),
    ("intake_codes", Nothing(SECRET), Nothing(MAKER)),
    ("data_subject_requests", In("data-subject-requests"), Nothing(MAKER)),
    ("cycles", Nothing(NO_CITIZEN), Nothing(MAKER)),
    ("cycle_themes", Nothing(NO_CITIZEN), Nothing(LINK)),
    ("cycle_approaches", Nothing(NO_CITIZEN), Nothing(LINK)),
    ("closing_facts", Nothing("Figures, and ids of records."), Nothing("Figures, and ids of records.")),
    ("co_networks", Nothing(NO_CITIZEN), Nothing(NOT_ABOUT)),
    ("transitions", In("transitions"), In("transitions")),
    ("questions", In("questions"), In("questions")),
    ("question_competences", Nothing(LINK), Nothing(LINK)),
    ("returns", In("returns"), In("returns")),
    ("observations", In("observations"), In("observations")),
    ("observation_themes", Nothing(LINK), Nothing(LINK)),
    ("observation_pseudonyms", Nothing(LINK), Nothing(LINK)),
    ("reflections", In("reflections"), In("reflections")),
    ("reflection_observations", Nothing(LINK), Nothing(LINK)),
    ("reflection_people", Nothing(LINK), Nothing(LINK)),
    ("actions", In("actions"), In("actions")),
    ("action_reflections", Nothing(LINK), Nothing(LINK)),
    ("action_carries", Nothing(NO_CITIZEN), Nothing(NOT_ABOUT)),
    ("evaluations", In("evaluations"), In("evaluations")),
    ("insights", Nothing("What is learned in general, without anybody in it."), In("insights")),
    ("insight_themes", Nothing(NO_CITIZEN), Nothing(LINK)),
    ("insight_reflections", Nothing(NO_CITIZEN), Nothing(LINK)),
    ("insight_evaluations", Nothing(NO_CITIZEN), Nothing(LINK)),
    ("adoptions", Nothing(NO_CITIZEN), In("adoptions")),
    ("approaches", Nothing(NO_CITIZEN), In("approaches")),
    ("approach_versions", Nothing(NO_CITIZEN), In("approach-versions")),
    ("dossier_entries", Nothing("What is learned in general, without anybody in it."), In("dossier-entries")),
    ("competences", Nothing(NO_CITIZEN), Nothing(MAKER)),
    ("competence_statements", Nothing(NO_CITIZEN), In("competence-statements")),
    ("competence_endorsements", Nothing(NO_CITIZEN), In("competence-endorsements")),
    ("learning_goals", Nothing(NO_CITIZEN), In("learning-goals")),
    ("learning_goal_evidence", Nothing(NO_CITIZEN), In("learning-goal-evidence")),
    ("retracted_ids", Nothing(NO_CITIZEN), Nothing("Ids of what is gone.")),
    ("life_domain_frameworks", Nothing(NO_CITIZEN), Nothing(MAKER)),
    ("life_domain_framework_versions", Nothing(NO_CITIZEN), Nothing(MAKER)),
    ("life_domain_choices", Nothing(NO_CITIZEN), Nothing(MAKER)),
    ("check_in_definitions", Nothing(NO_CITIZEN), Nothing(MAKER)),
    ("check_ins", Nothing(NO_CITIZEN), Nothing(MAKER)),
    ("check_in_responses", Nothing(NO_CITIZEN), In("check-in-responses")),
    ("sessions", Nothing(NO_CITIZEN), In("sessions")),
    ("session_people", Nothing(NO_CITIZEN), Nothing(LINK)),
    ("session_reflections", Nothing(NO_CITIZEN), Nothing(LINK)),
    ("action_reviews", In("action-reviews"), In("action-reviews")),
    ("session_questions", Nothing(NO_CITIZEN), In("session-questions")),
    ("session_notes", Nothing(NO_CITIZEN), In("session-notes")),
    (
        "session_note_people",
        Nothing(NO_CITIZEN),
        Nothing("To whom others show their notes, which are theirs."),
    ),
    ("effect_squares", Nothing(NO_CITIZEN), In("effect-squares")),
    ("effect_square_partners", Nothing(NO_CITIZEN), Nothing(LINK)),
    ("effect_square_actions", Nothing(NO_CITIZEN), Nothing(LINK)),
    ("perceptions", In("perceptions"), In("perceptions")),
    ("effect_arenas", Nothing(NO_CITIZEN), In("effect-arenas")),
    ("effect_arena_versions", Nothing(NO_CITIZEN), In("effect-arena-versions")),
    ("effect_arena_views", Nothing(NO_CITIZEN), In("effect-arena-views")),
    ("effect_calculations", In("effect-calculations"), In("effect-calculations")),
    ("batches", Nothing(NO_CITIZEN), In("batches")),
    ("changes", In("accesses"), In("changes")),
    ("change_snapshots", Nothing(COPY), Nothing(COPY)),
    ("accesses", In("accesses"), In("accesses")),
    ("access_backlog", In("accesses"), In("accesses")),
    ("access_subjects", In("accesses"), Nothing("It names pseudonyms alone.")),
    ("access_streams", Nothing(WORK), Nothing(WORK)),
    ("audit_chains", Nothing(WORK), Nothing(WORK)),
    ("audit_seals", Nothing(WORK), Nothing(WORK)),
    ("audit_salts", Nothing(SECRET), Nothing(SECRET)),
    ("audit_erasures", Nothing(WORK), Nothing(WORK)),
    ("emergency_accesses", Nothing(NO_CITIZEN), Nothing(MAKER)),
    ("erasures", Nothing(GONE), Nothing(MAKER)),
    ("tombstones", Nothing(GONE), Nothing(GONE)),
    ("legal_holds", Nothing("Why something is kept; the network tells who asks."), Nothing(MAKER)),
    ("retention_policies", Nothing(NO_CITIZEN), Nothing(MAKER)),
    ("retention_runs", Nothing(NO_CITIZEN), Nothing(MAKER)),
    ("removals", Nothing(NO_CITIZEN), Nothing(NOT_ABOUT)),
    ("privacy_policies", Nothing(NO_CITIZEN), Nothing(NOT_ABOUT)),
    ("guarded_names", Nothing("A name leads to no pseudonym."), Nothing(MAKER)),
    ("privacy_warnings", Nothing("Where in a text of the export something was found."), Nothing(MAKER)),
    ("network_streams", Nothing(WORK), Nothing(WORK)),
    ("search_documents", Nothing(COPY), Nothing(COPY)),
    ("search_positions", Nothing(WORK), Nothing(WORK)),
    ("xapi_positions", Nothing(WORK), Nothing(WORK)),
    ("jobs", Nothing(NO_CITIZEN), Nothing(MAKER)),
    ("kept_reports", Nothing("Figures, and ids of records."), Nothing("Figures, and ids of records.")),
    ("report_schedules", Nothing(NO_CITIZEN), Nothing(MAKER)),
    ("report_schedule_progress", Nothing(WORK), Nothing(WORK)),
    ("webhooks", Nothing(NO_CITIZEN), Nothing(MAKER)),
    ("webhook_secrets", Nothing(NO_CITIZEN), Nothing(SECRET)),
    ("webhook_progress", Nothing(WORK), Nothing(WORK)),
    (
        "webhook_deliveries",
        Nothing("That a change was told of outside, and not what."),
        Nothing("That a change was told of outside, and not what."),
    ),
    ("webhook_attempts", Nothing(WORK), Nothing(WORK)),
];

#[cfg(test)]
mod tests {
    use super::super::documents::{PersonExport, PseudonymExport};
    use super::super::words::FILES;
    use super::*;
    use schemars::{JsonSchema, schema_for};
    use std::collections::BTreeSet;

    /// The files of an export, by the members of its type.
    fn files<E: JsonSchema>() -> BTreeSet<String> {
        let schema = schema_for!(E).to_value();
        let members = schema["properties"].as_object().expect("an object").keys();
        let kebab = |name: &String| {
            name.chars().fold(String::new(), |mut kebab, letter| {
                if letter.is_ascii_uppercase() {
                    kebab.push('-');
                }
                kebab.push(letter.to_ascii_lowercase());
                kebab
            })
        };
        members.map(kebab).collect()
    }

    fn held(of: impl Fn(&(&str, Holding, Holding)) -> Holding) -> BTreeSet<String> {
        let file = |holding| match holding {
            In(file) => Some(file.to_owned()),
            Nothing(why) => {
                assert!(!why.is_empty());
                None
            }
        };
        TABLES.iter().map(of).filter_map(file).collect()
    }

    #[test]
    fn of_every_table_it_is_said_what_of_it_is_somebodys() {
        let schema = include_str!("../db/schema.rs");
        let tables: BTreeSet<&str> = schema
            .split("table! {")
            .skip(1)
            .filter_map(|block| block.lines().map(str::trim).find(|line| line.ends_with(") {")))
            .filter_map(|head| head.split(" (").next())
            .collect();
        let declared: BTreeSet<&str> = TABLES.iter().map(|(table, _, _)| *table).collect();
        assert_eq!(declared.len(), TABLES.len(), "each once");
        assert_eq!(declared, tables, "what is declared (left) and the tables that there are (right)");
    }

    #[test]
    fn the_files_are_those_that_the_contract_describes_and_the_page_tells_of() {
        let (pseudonym, person) = (held(|(_, of, _)| *of), held(|(_, _, of)| *of));
        assert_eq!(pseudonym, files::<PseudonymExport>());
        assert_eq!(person, files::<PersonExport>());
        let told: BTreeSet<String> = FILES.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(told, &pseudonym | &person);
    }
}
