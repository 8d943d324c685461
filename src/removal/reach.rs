//! What an erasure does to each table of the database, that of a pseudonym and that of a person. A table that is not in this
//! list fails a test: whoever adds one decides here.

/// What becomes of the rows of a table that are about the one who is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// They are removed; records leave a tombstone.
    Removed,
    /// They stay, and let go of what was removed.
    Unlinked,
    /// They stay as those of nobody.
    Emptied,
    /// They stay as they are, for this reason.
    Kept(&'static str),
}

/// A table, and what erasing a pseudonym and a person do to it.
#[derive(Clone, Copy, Debug)]
pub struct Reach {
    pub table: &'static str,
    pub pseudonym: Fate,
    pub person: Fate,
}

const fn reach(table: &'static str, pseudonym: Fate, person: Fate) -> Reach {
    Reach { table, pseudonym, person }
}

const NOBODY: Fate = Fate::Kept("a person is named in it by their id, which is nobody's then");
const NO_CITIZEN: Fate = Fate::Kept("it knows no citizen");
const NO_PEOPLE: Fate = Fate::Kept("it knows nobody");
const NO_PERSON: Fate = Fate::Kept("it knows no person");
const NUMBERS: Fate = Fate::Kept("it has numbers, and no record or person");
const FIGURES: Fate =
    Fate::Kept("it has figures, ids, and titles of insights that were shared, which no erasure removes");
const SETTING: Fate = Fate::Kept("a setting of the network, by somebody's id");
const TRACES: Fate = Fate::Kept("it has ids, kinds and times, and says that something was there");
const WORDS: Fate = Fate::Kept(
    "written for all, about no one citizen; the ids that it has of what was removed answer that it is gone",
);

use Fate::{Emptied, Kept, Removed, Unlinked};

/// Every table of `db/schema.rs`.
pub const REACH: &[Reach] = &[
    // Practice. What of it is removed with a person is what they kept to themselves, or with `withRecords` what they wrote.
    reach("pseudonyms", Removed, NOBODY),
    reach("questions", Removed, Removed),
    reach("question_competences", Removed, Removed),
    reach("returns", Removed, Removed),
    reach("observations", Removed, Removed),
    reach("observation_themes", Removed, Removed),
    reach("observation_pseudonyms", Removed, Removed),
    reach("reflections", Removed, Removed),
    reach("reflection_observations", Removed, Removed),
    reach("reflection_people", Removed, Removed),
    reach("actions", Removed, Removed),
    reach("action_reflections", Removed, Removed),
    reach("action_carries", Removed, Removed),
    reach("evaluations", Removed, Removed),
    reach("insights", Removed, Removed),
    reach("insight_themes", Removed, Removed),
    reach("insight_reflections", Removed, Removed),
    reach("insight_evaluations", Removed, Removed),
    reach("dossier_entries", Removed, Removed),
    reach("adoptions", Unlinked, Unlinked),
    reach("approaches", WORDS, NOBODY),
    reach("approach_versions", WORDS, NOBODY),
    reach("cycle_approaches", NO_CITIZEN, NO_PERSON),
    reach("sessions", WORDS, NOBODY),
    reach("session_people", NO_CITIZEN, NOBODY),
    reach("action_reviews", Removed, Removed),
    reach("session_questions", WORDS, Removed),
    reach("session_notes", WORDS, Removed),
    reach("session_note_people", NO_CITIZEN, Removed),
    reach("session_reflections", Removed, Removed),
    reach("effect_squares", Unlinked, Unlinked),
    reach("effect_square_partners", NO_CITIZEN, NO_PERSON),
    reach("effect_square_actions", Removed, Removed),
    reach("perceptions", Removed, Removed),
    reach("effect_arenas", Unlinked, Unlinked),
    reach("effect_arena_versions", WORDS, NOBODY),
    reach("effect_arena_views", WORDS, Removed),
    reach("effect_calculations", Removed, Removed),
    reach("check_ins", NO_CITIZEN, NOBODY),
    reach("check_in_responses", NO_CITIZEN, Removed),
    reach("transitions", Removed, Removed),
    // Where practice lies.
    reach("networks", WORDS, NOBODY),
    reach("members", NO_CITIZEN, Kept("it ends, and is nobody's then; it has no text")),
    reach("participants", NO_CITIZEN, Emptied),
    reach("partners", NO_CITIZEN, NO_PERSON),
    reach("cycles", WORDS, NOBODY),
    reach("cycle_themes", NO_CITIZEN, NO_PERSON),
    reach("co_networks", WORDS, NO_PERSON),
    reach("themes", WORDS, NOBODY),
    reach("theme_networks", NO_CITIZEN, NO_PERSON),
    reach("life_domain_frameworks", SETTING, SETTING),
    reach("life_domain_framework_versions", SETTING, SETTING),
    reach("life_domain_choices", SETTING, SETTING),
    reach("check_in_definitions", SETTING, SETTING),
    reach("organisations", NO_CITIZEN, NO_PERSON),
    reach("price_lists", NO_CITIZEN, NOBODY),
    reach("price_list_versions", NO_CITIZEN, NOBODY),
    reach("competences", NO_CITIZEN, NOBODY),
    // What texts may tell, and who answers for it.
    reach("privacy_policies", SETTING, SETTING),
    reach("guarded_names", Kept("a name leads to no pseudonym; coordinators remove it"), NOBODY),
    reach("privacy_warnings", Removed, NOBODY),
    reach("controllerships", NO_CITIZEN, NOBODY),
    reach("controllership_organisations", NO_CITIZEN, NO_PERSON),
    reach("research_consents", Removed, NOBODY),
    reach("citizen_links", Removed, NOBODY),
    reach("intake_codes", Removed, NOBODY),
    reach("data_subject_requests", Removed, NOBODY),
    // What is made of practice, and told outside.
    reach("closing_facts", Unlinked, Unlinked),
    reach("kept_reports", FIGURES, FIGURES),
    reach("report_schedules", SETTING, SETTING),
    reach("report_schedule_progress", NO_PEOPLE, NO_PEOPLE),
    reach("jobs", Kept("a task names a period, and no record"), NOBODY),
    reach("search_documents", Removed, Removed),
    reach("search_positions", Unlinked, Unlinked),
    reach("changes", TRACES, TRACES),
    reach("change_snapshots", Removed, Removed),
    reach("accesses", TRACES, TRACES),
    reach("access_backlog", TRACES, TRACES),
    reach("access_subjects", TRACES, TRACES),
    reach("access_streams", NO_PEOPLE, NO_PEOPLE),
    reach("audit_chains", NO_PEOPLE, NO_PEOPLE),
    reach("audit_seals", NO_PEOPLE, NO_PEOPLE),
    reach("audit_salts", TRACES, TRACES),
    reach("audit_erasures", NO_PEOPLE, NO_PEOPLE),
    reach("emergency_accesses", NO_CITIZEN, NOBODY),
    reach("network_streams", NO_PEOPLE, NO_PEOPLE),
    reach("batches", Kept("its results have ids and codes alone; sent again it writes nothing"), Removed),
    reach("webhooks", SETTING, SETTING),
    reach("webhook_secrets", NO_PEOPLE, NO_PEOPLE),
    reach("webhook_progress", NO_PEOPLE, NO_PEOPLE),
    reach("webhook_deliveries", Kept("what is sent is made of the snapshot, which is removed"), TRACES),
    reach("webhook_attempts", NO_PEOPLE, NO_PEOPLE),
    reach("xapi_positions", NO_PEOPLE, NO_PEOPLE),
    // People.
    reach("people", NO_CITIZEN, Emptied),
    reach("auth_sessions", NO_CITIZEN, Removed),
    reach("identities", NO_CITIZEN, Removed),
    reach("refresh_tokens", NO_CITIZEN, Removed),
    reach("sign_in_failures", NO_CITIZEN, Removed),
    reach("invitations", NO_CITIZEN, Removed),
    reach("api_keys", NO_CITIZEN, Emptied),
    reach("competence_statements", NO_CITIZEN, Removed),
    reach("competence_endorsements", NO_CITIZEN, Removed),
    reach("learning_goals", NO_CITIZEN, Removed),
    reach("learning_goal_evidence", NO_CITIZEN, Removed),
    reach("retracted_ids", TRACES, TRACES),
    reach("server_keys", NO_PEOPLE, NO_PEOPLE),
    // What keeps and removes.
    reach("erasures", TRACES, TRACES),
    reach("tombstones", TRACES, TRACES),
    reach(
        "legal_holds",
        Kept("while one stands nothing is erased; a lifted one has an id that is gone"),
        NOBODY,
    ),
    reach("retention_policies", SETTING, SETTING),
    reach("retention_runs", NUMBERS, NOBODY),
    reach("removals", NUMBERS, NUMBERS),
];

/// What an erasure of a table's rows leaves dead, for PostgreSQL to clear away.
pub fn touched() -> Vec<&'static str> {
    let touched = |reach: &&Reach| !matches!((reach.pseudonym, reach.person), (Kept(_), Kept(_)));
    REACH.iter().filter(touched).map(|reach| reach.table).collect()
}

#[cfg(test)]
mod tests {
    use super::super::statements::{LINKS, LISTS, UNLINK};
    use super::super::{kinds, marks};
    use super::*;
    use std::collections::BTreeSet;

    fn tables(of: impl Fn(&Reach) -> bool) -> BTreeSet<&'static str> {
        REACH.iter().filter(|reach| of(reach)).map(|reach| reach.table).collect()
    }

    #[test]
    fn every_table_of_the_schema_is_in_the_list_once() {
        let schema = include_str!("../db/schema.rs");
        let declared = schema.split("table! {").skip(1).filter_map(|block| {
            let head = block.lines().map(str::trim).find(|line| line.ends_with(") {"))?;
            head.split(' ').next()
        });
        let declared: BTreeSet<&str> = declared.collect();
        let listed = tables(|_| true);
        assert_eq!(listed.len(), REACH.len(), "each stands once");
        assert!(declared.len() >= 90, "the tables are found");
        assert_eq!(declared, listed, "decide what an erasure does to each table, in removal/reach.rs");
    }

    #[test]
    fn what_is_done_is_what_the_list_says() {
        let is_removed = |table: &str| {
            REACH
                .iter()
                .any(|reach| reach.table == table && [reach.pseudonym, reach.person].contains(&Removed))
        };
        for kind in marks::OF_PSEUDONYM.iter().chain(marks::DRAFTS).map(|(kind, _)| kind) {
            let reach = REACH.iter().find(|reach| reach.table == kind.table);
            assert_eq!(reach.map(|reach| reach.pseudonym), Some(Removed), "{}", kind.table);
        }
        for kind in marks::OF_PERSON.iter().chain(marks::BY_PERSON).map(|(kind, _)| kind) {
            let reach = REACH.iter().find(|reach| reach.table == kind.table);
            assert_eq!(reach.map(|reach| reach.person), Some(Removed), "{}", kind.table);
        }
        for (table, statements) in LINKS {
            let by_retention =
                ["effect_square_partners", "session_people", "search_positions"].contains(table);
            assert!(by_retention || is_removed(table), "{table}");
            assert!(!statements.is_empty());
        }
        let done: BTreeSet<&str> =
            LINKS.iter().map(|(table, _)| *table).chain(kinds::ALL.map(|kind| kind.table)).collect();
        for table in tables(|reach| reach.pseudonym == Removed) {
            assert!(done.contains(table), "nothing is done to {table}");
        }
        let unlinked: BTreeSet<&str> = UNLINK.iter().chain(LISTS).map(|(table, _)| *table).collect();
        for table in tables(|reach| reach.pseudonym == Unlinked) {
            let elsewhere = ["closing_facts", "search_positions", "effect_squares"].contains(&table);
            assert!(elsewhere || unlinked.contains(table), "nothing is done to {table}");
        }
    }
}
