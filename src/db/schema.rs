//! The tables as Diesel sees them, the same on both databases: `db::types` gives ids, instants and JSON one SQL type each.

diesel::table! {
    use crate::db::types::{JsonText, Moment, Uid};
    closing_facts (network_id, cycle_id) {
        network_id -> Uid,
        cycle_id -> Uid,
        closed_at -> Moment,
        facts -> JsonText,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    organisations (id) {
        id -> Uid,
        name -> Text,
        kind -> Text,
        locality -> Nullable<Text>,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    price_lists (id) {
        id -> Uid,
        organisation_id -> Uid,
        name -> Text,
        description -> Nullable<Text>,
        created_by -> Uid,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Date, Integer, Nullable, Text};
    use crate::db::types::{JsonText, Moment, Uid};
    price_list_versions (id) {
        id -> Uid,
        price_list_id -> Uid,
        number -> Integer,
        valid_from_on -> Date,
        note -> Nullable<Text>,
        prices -> JsonText,
        state -> Text,
        published_at -> Nullable<Moment>,
        created_by -> Uid,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{JsonText, Moment, Uid};
    effect_calculations (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        cycle_id -> Nullable<Uid>,
        action_id -> Nullable<Uid>,
        pseudonym_id -> Uid,
        title -> Text,
        description -> Nullable<Text>,
        first_year -> Integer,
        years -> Integer,
        indexation -> Nullable<JsonText>,
        sensitivity -> Nullable<JsonText>,
        with_intervention -> JsonText,
        reference -> JsonText,
        state -> Text,
        state_reason -> Nullable<Text>,
        author_id -> Uid,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Bool, Integer, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    people (id) {
        id -> Uid,
        kind -> Text,
        email -> Nullable<Text>,
        email_key -> Nullable<Text>,
        display_name -> Text,
        locale -> Text,
        system_role -> Text,
        active -> Bool,
        password_hash -> Nullable<Text>,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable};
    use crate::db::types::{Moment, Uid};
    auth_sessions (id) {
        id -> Uid,
        person_id -> Uid,
        created_at -> Moment,
        expires_at -> Moment,
        ended_at -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Nullable};
    use crate::db::types::{Moment, Uid};
    refresh_tokens (id) {
        id -> Uid,
        session_id -> Uid,
        token_hash -> Binary,
        created_at -> Moment,
        used_at -> Nullable<Moment>,
        successor_id -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::{Text};
    use crate::db::types::{Moment, Uid};
    sign_in_failures (id) {
        id -> Uid,
        email_key -> Text,
        address -> Text,
        failed_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Text};
    server_keys (name) {
        name -> Text,
        value -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Binary, Integer, Nullable, Text};
    use crate::db::types::{Moment, JsonText, Uid};
    networks (id) {
        id -> Uid,
        name -> Text,
        kind -> Text,
        parent_id -> Nullable<Uid>,
        locality -> Nullable<Text>,
        description -> Nullable<Text>,
        pauses -> JsonText,
        state -> Text,
        state_reason -> Nullable<Text>,
        successor_id -> Nullable<Uid>,
        forwards_to_lrs -> Bool,
        created_by -> Uid,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    members (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        person_id -> Uid,
        role -> Text,
        starts_at -> Moment,
        ends_at -> Nullable<Moment>,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    partners (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        organisation_id -> Uid,
        role -> Text,
        starts_at -> Moment,
        ends_at -> Nullable<Moment>,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    invitations (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        email -> Text,
        email_key -> Text,
        role -> Text,
        ends_at -> Nullable<Moment>,
        token_hash -> Binary,
        created_by -> Uid,
        created_at -> Moment,
        expires_at -> Moment,
        accepted_at -> Nullable<Moment>,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Date, Integer, Nullable, Text};
    use crate::db::types::{Moment, JsonText, Uid};
    themes (id) {
        id -> Uid,
        title -> Text,
        former_titles -> JsonText,
        locality -> Nullable<Text>,
        starts_on -> Nullable<Date>,
        ends_on -> Nullable<Date>,
        broader_theme_id -> Nullable<Uid>,
        created_by -> Uid,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{Moment, JsonText, Uid};
    cycles (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        learning_question -> Text,
        theme_ids -> JsonText,
        phase -> Text,
        previous_cycle_id -> Nullable<Uid>,
        approach_version_id -> Nullable<Uid>,
        closed_at -> Nullable<Moment>,
        created_by -> Uid,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use crate::db::types::{Uid};
    cycle_themes (network_id, cycle_id, theme_id) {
        network_id -> Uid,
        cycle_id -> Uid,
        theme_id -> Uid,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    participants (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        cycle_id -> Uid,
        person_id -> Uid,
        role -> Text,
        starts_at -> Moment,
        ends_at -> Nullable<Moment>,
        reason -> Nullable<Text>,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    transitions (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        subject_id -> Uid,
        from_state -> Text,
        to_state -> Text,
        reason -> Nullable<Text>,
        person_id -> Uid,
        happened_at -> Moment,
        created_at -> Moment,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    pseudonyms (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        label -> Text,
        age_band -> Nullable<Text>,
        area -> Nullable<Text>,
        created_by -> Uid,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Date, Integer, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    research_consents (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        pseudonym_id -> Nullable<Uid>,
        person_id -> Nullable<Uid>,
        protocol -> Text,
        given_on -> Date,
        means -> Text,
        ends_on -> Nullable<Date>,
        state -> Text,
        state_reason -> Nullable<Text>,
        recorded_by -> Uid,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    citizen_links (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        pseudonym_id -> Uid,
        language -> Text,
        token_hash -> Binary,
        created_by -> Uid,
        created_at -> Moment,
        expires_at -> Moment,
        revoked_at -> Nullable<Moment>,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable};
    use crate::db::types::{Moment, Uid};
    intake_codes (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        pseudonym_id -> Uid,
        code_hash -> Binary,
        created_by -> Uid,
        created_at -> Moment,
        revoked_at -> Nullable<Moment>,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Date, Integer, Nullable, Text};
    use crate::db::types::{JsonText, Moment, Uid};
    data_subject_requests (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        pseudonym_id -> Uid,
        kind -> Text,
        text -> Nullable<Text>,
        received_on -> Date,
        due_on -> Date,
        extension_reason -> Nullable<Text>,
        state -> Text,
        state_reason -> Nullable<Text>,
        record_ids -> JsonText,
        recorded_by -> Nullable<Uid>,
        decided_by -> Nullable<Uid>,
        decided_at -> Nullable<Moment>,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Nullable};
    use crate::db::types::{JsonText, Moment, Uid};
    controllerships (network_id) {
        network_id -> Uid,
        controllers -> JsonText,
        processor -> Nullable<JsonText>,
        data_protection_officer -> Nullable<JsonText>,
        contact_point -> Nullable<JsonText>,
        updated_by -> Uid,
        updated_at -> Moment,
        version -> Integer,
    }
}

diesel::table! {
    use crate::db::types::{Uid};
    controllership_organisations (network_id, organisation_id) {
        network_id -> Uid,
        organisation_id -> Uid,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{Moment, JsonText, Uid};
    questions (id, network_id) {
        id -> Uid,
        network_id -> Uid,
        cycle_id -> Uid,
        text -> Text,
        pseudonym_id -> Nullable<Uid>,
        life_domains -> JsonText,
        competence_ids -> JsonText,
        state -> Text,
        state_reason -> Nullable<Text>,
        author_id -> Uid,
        happened_at -> Moment,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    returns (id, network_id) {
        id -> Uid,
        network_id -> Uid,
        cycle_id -> Uid,
        question_id -> Uid,
        text -> Text,
        recognised -> Nullable<Text>,
        response -> Nullable<Text>,
        state -> Text,
        state_reason -> Nullable<Text>,
        author_id -> Uid,
        happened_at -> Moment,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    competences (id) {
        id -> Uid,
        network_id -> Nullable<Uid>,
        name -> Text,
        description -> Nullable<Text>,
        created_by -> Uid,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use crate::db::types::{Uid};
    question_competences (network_id, question_id, competence_id) {
        network_id -> Uid,
        question_id -> Uid,
        competence_id -> Uid,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Bool, Integer, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    competence_statements (id) {
        id -> Uid,
        person_id -> Uid,
        competence_id -> Uid,
        level -> Nullable<Text>,
        disclosure -> Text,
        offers_help -> Bool,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    competence_endorsements (id) {
        id -> Uid,
        statement_id -> Uid,
        person_id -> Uid,
        level -> Nullable<Text>,
        note -> Nullable<Text>,
        created_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    learning_goals (id) {
        id -> Uid,
        person_id -> Uid,
        competence_id -> Uid,
        text -> Nullable<Text>,
        disclosure -> Text,
        state -> Text,
        state_reason -> Nullable<Text>,
        route_kind -> Nullable<Text>,
        route_person_id -> Nullable<Uid>,
        route_insight_id -> Nullable<Uid>,
        route_action_id -> Nullable<Uid>,
        route_text -> Nullable<Text>,
        settled_at -> Nullable<Moment>,
        move_id -> Nullable<Uid>,
        move_digest -> Nullable<Binary>,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Text};
    use crate::db::types::{Moment, Uid};
    learning_goal_evidence (id) {
        id -> Uid,
        goal_id -> Uid,
        text -> Text,
        happened_at -> Moment,
        created_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use crate::db::types::{Moment, Uid};
    retracted_ids (id) {
        id -> Uid,
        retracted_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Bool, Integer, Nullable, Text};
    use crate::db::types::{Moment, JsonText, Uid};
    observations (id, network_id) {
        id -> Uid,
        network_id -> Uid,
        cycle_id -> Nullable<Uid>,
        body -> Text,
        perspective -> Text,
        voice -> Nullable<Text>,
        question_id -> Nullable<Uid>,
        about_pseudonym_ids -> JsonText,
        on_behalf_of_pseudonym_id -> Nullable<Uid>,
        theme_ids -> JsonText,
        life_domains -> JsonText,
        tags -> JsonText,
        late -> Bool,
        state -> Text,
        state_reason -> Nullable<Text>,
        author_id -> Uid,
        happened_at -> Moment,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use crate::db::types::{Uid};
    observation_themes (network_id, observation_id, theme_id) {
        network_id -> Uid,
        observation_id -> Uid,
        theme_id -> Uid,
    }
}

diesel::table! {
    use crate::db::types::{Uid};
    observation_pseudonyms (network_id, observation_id, pseudonym_id) {
        network_id -> Uid,
        observation_id -> Uid,
        pseudonym_id -> Uid,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{Moment, JsonText, Uid};
    reflections (id, network_id) {
        id -> Uid,
        network_id -> Uid,
        cycle_id -> Uid,
        observation_ids -> JsonText,
        model -> Text,
        model_version -> Integer,
        answers -> JsonText,
        loop_depth -> Text,
        frame_shift -> Nullable<JsonText>,
        participant_ids -> JsonText,
        session_id -> Nullable<Uid>,
        visibility -> Text,
        state -> Text,
        state_reason -> Nullable<Text>,
        author_id -> Uid,
        happened_at -> Moment,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use crate::db::types::{Uid};
    reflection_observations (network_id, reflection_id, observation_id) {
        network_id -> Uid,
        reflection_id -> Uid,
        observation_id -> Uid,
    }
}

diesel::table! {
    use crate::db::types::{Uid};
    reflection_people (network_id, reflection_id, person_id) {
        network_id -> Uid,
        reflection_id -> Uid,
        person_id -> Uid,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Date, Integer, Nullable, Text};
    use crate::db::types::{Moment, JsonText, Uid};
    actions (id, network_id) {
        id -> Uid,
        network_id -> Uid,
        cycle_id -> Uid,
        reflection_ids -> JsonText,
        description -> Text,
        kind -> Text,
        owner_id -> Uid,
        carried_out_by -> Nullable<Text>,
        challenged_organisation_id -> Nullable<Uid>,
        challenges -> Nullable<JsonText>,
        due_on -> Nullable<Date>,
        state -> Text,
        state_reason -> Nullable<Text>,
        author_id -> Uid,
        happened_at -> Moment,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use crate::db::types::{Uid};
    action_reflections (network_id, action_id, reflection_id) {
        network_id -> Uid,
        action_id -> Uid,
        reflection_id -> Uid,
    }
}

diesel::table! {
    use crate::db::types::{Moment, Uid};
    action_carries (network_id, action_id, from_cycle_id) {
        network_id -> Uid,
        action_id -> Uid,
        from_cycle_id -> Uid,
        to_cycle_id -> Uid,
        carried_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    evaluations (id, network_id) {
        id -> Uid,
        network_id -> Uid,
        cycle_id -> Uid,
        action_id -> Uid,
        expected_effect -> Text,
        seen_effect -> Text,
        verdict -> Text,
        judged_by -> Text,
        beneficiaries -> Nullable<Text>,
        state -> Text,
        state_reason -> Nullable<Text>,
        author_id -> Uid,
        happened_at -> Moment,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{JsonText, Moment, Uid};
    insights (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        cycle_id -> Uid,
        title -> Text,
        body -> Text,
        locality -> Nullable<Text>,
        theme_ids -> JsonText,
        reflection_ids -> JsonText,
        evaluation_ids -> JsonText,
        adapted_from_id -> Nullable<Uid>,
        state -> Text,
        state_reason -> Nullable<Text>,
        audience -> Nullable<Text>,
        provenance -> Nullable<JsonText>,
        shared_at -> Nullable<Moment>,
        created_by -> Uid,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{JsonText, Moment, Uid};
    adoptions (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        insight_id -> Uid,
        decision -> Text,
        reason -> Nullable<Text>,
        cycle_id -> Nullable<Uid>,
        adapted_insight_id -> Nullable<Uid>,
        results -> JsonText,
        created_by -> Uid,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Text};
    use crate::db::types::{Moment, Uid};
    approaches (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        title -> Text,
        description -> Text,
        created_by -> Uid,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Text};
    use crate::db::types::{JsonText, Moment, Uid};
    approach_versions (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        approach_id -> Uid,
        number -> Integer,
        text -> Text,
        insight_ids -> JsonText,
        created_by -> Uid,
        created_at -> Moment,
        digest -> Binary,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    cycle_approaches (network_id, cycle_id) {
        network_id -> Uid,
        cycle_id -> Uid,
        approach_version_id -> Uid,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    insight_themes (network_id, insight_id, theme_id) {
        network_id -> Uid,
        insight_id -> Uid,
        theme_id -> Uid,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    insight_reflections (network_id, insight_id, reflection_id) {
        network_id -> Uid,
        insight_id -> Uid,
        reflection_id -> Uid,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    insight_evaluations (network_id, insight_id, evaluation_id) {
        network_id -> Uid,
        insight_id -> Uid,
        evaluation_id -> Uid,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer};
    use crate::db::types::{JsonText, Moment, Uid};
    life_domain_frameworks (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        name -> JsonText,
        created_by -> Uid,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{JsonText, Moment, Uid};
    life_domain_framework_versions (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        framework_id -> Uid,
        version -> Integer,
        domains -> JsonText,
        reason -> Nullable<Text>,
        created_by -> Uid,
        created_at -> Moment,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{JsonText, Moment, Uid};
    life_domain_choices (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        built_in -> Nullable<Text>,
        framework_id -> Nullable<Uid>,
        framework_version -> Integer,
        words -> JsonText,
        reason -> Nullable<Text>,
        created_by -> Uid,
        created_at -> Moment,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{JsonText, Moment, Uid};
    check_in_definitions (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        version -> Integer,
        statements -> JsonText,
        scale -> JsonText,
        reason -> Nullable<Text>,
        created_by -> Uid,
        created_at -> Moment,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Date, Integer, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    check_ins (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        definition_id -> Nullable<Uid>,
        definition_version -> Integer,
        starts_on -> Date,
        closes_on -> Date,
        state -> Text,
        closed_at -> Nullable<Moment>,
        created_by -> Uid,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer};
    use crate::db::types::{JsonText, Moment, Uid};
    check_in_responses (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        check_in_id -> Uid,
        author_id -> Uid,
        answers -> JsonText,
        influences -> JsonText,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Nullable};
    use crate::db::types::{Uid};
    network_streams (network_id) {
        network_id -> Uid,
        last_change -> BigInt,
        keeps_snapshots -> Bool,
        first_change -> BigInt,
        text_guard -> Nullable<Uid>,
    }
}

diesel::table! {
    use crate::db::types::{Moment, Uid};
    use diesel::sql_types::{BigInt, Text};

    change_snapshots (network_id, number) {
        network_id -> Uid,
        number -> BigInt,
        at -> Moment,
        record -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    changes (network_id, number) {
        network_id -> Uid,
        number -> BigInt,
        cycle_id -> Nullable<Uid>,
        actor_id -> Nullable<Uid>,
        at -> Moment,
        kind -> Text,
        subject_id -> Uid,
        subject_version -> Integer,
        audience -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::BigInt;
    use crate::db::types::Uid;
    access_streams (network_id) {
        network_id -> Uid,
        last_access -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer};
    use crate::db::types::Uid;
    access_backlog (id) {
        id -> Uid,
        part -> Integer,
        accesses -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    accesses (network_id, number) {
        network_id -> Uid,
        number -> BigInt,
        at -> Moment,
        code -> Text,
        operation -> Text,
        person_id -> Nullable<Uid>,
        role -> Nullable<Text>,
        acting_for -> Nullable<Uid>,
        means -> Text,
        means_id -> Nullable<Uid>,
        object_kind -> Nullable<Text>,
        object_id -> Nullable<Uid>,
        audience -> Text,
        outcome -> Text,
        reason -> Nullable<Text>,
        request_id -> Nullable<Uid>,
        emergency_access_id -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::BigInt;
    use crate::db::types::Uid;
    access_subjects (network_id, subject_id, number) {
        network_id -> Uid,
        subject_id -> Uid,
        number -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Text};
    use crate::db::types::Uid;
    audit_chains (network_id, log) {
        network_id -> Uid,
        log -> Text,
        sealed_to -> BigInt,
        hash -> Binary,
        kept_from -> BigInt,
        anchor_to -> BigInt,
        anchor_hash -> Binary,
        open -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Text};
    use crate::db::types::{Moment, Uid};
    audit_seals (network_id, log, last) {
        network_id -> Uid,
        log -> Text,
        last -> BigInt,
        first -> BigInt,
        digests -> Binary,
        hash -> Binary,
        sealed_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::Binary;
    use crate::db::types::Uid;
    audit_salts (network_id, subject_id) {
        network_id -> Uid,
        subject_id -> Uid,
        salt -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Text};
    use crate::db::types::Uid;
    audit_erasures (network_id, log, number, field, digest) {
        network_id -> Uid,
        log -> Text,
        number -> BigInt,
        field -> Text,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    emergency_accesses (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        person_id -> Uid,
        cause -> Text,
        created_at -> Moment,
        updated_at -> Moment,
        expires_at -> Moment,
        ended_at -> Nullable<Moment>,
        ended_by -> Nullable<Uid>,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    co_networks (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        cycle_id -> Uid,
        co_network_id -> Uid,
        state -> Text,
        reason -> Nullable<Text>,
        agreed_to_close_at -> Nullable<Moment>,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Bool, Date, Integer, Nullable};
    use crate::db::types::{Moment, Uid};
    theme_networks (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        theme_id -> Uid,
        starts_on -> Date,
        ends_on -> Nullable<Date>,
        shares_figures -> Bool,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{Moment, JsonText, Uid};
    sessions (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        cycle_id -> Nullable<Uid>,
        title -> Nullable<Text>,
        starts_at -> Moment,
        ends_at -> Nullable<Moment>,
        place -> Nullable<Text>,
        agenda -> Nullable<Text>,
        state -> Text,
        state_reason -> Nullable<Text>,
        present_ids -> JsonText,
        created_by -> Uid,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use crate::db::types::{Uid};
    session_people (network_id, session_id, person_id) {
        network_id -> Uid,
        session_id -> Uid,
        person_id -> Uid,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    action_reviews (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        session_id -> Uid,
        cycle_id -> Nullable<Uid>,
        action_id -> Uid,
        note -> Text,
        decision -> Nullable<Text>,
        state -> Text,
        state_reason -> Nullable<Text>,
        author_id -> Uid,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    session_questions (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        session_id -> Uid,
        cycle_id -> Nullable<Uid>,
        kind -> Text,
        text -> Text,
        asked_by_id -> Nullable<Uid>,
        state -> Text,
        state_reason -> Nullable<Text>,
        author_id -> Uid,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    session_notes (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        session_id -> Uid,
        cycle_id -> Nullable<Uid>,
        text -> Text,
        visibility -> Text,
        state -> Text,
        state_reason -> Nullable<Text>,
        author_id -> Uid,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use crate::db::types::{Uid};
    session_note_people (network_id, note_id, person_id) {
        network_id -> Uid,
        note_id -> Uid,
        person_id -> Uid,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{JsonText, Moment, Uid};
    effect_squares (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        neighbourhood -> Text,
        locality -> Nullable<Text>,
        story -> Nullable<Text>,
        initiatives -> JsonText,
        expectations -> JsonText,
        state -> Text,
        state_reason -> Nullable<Text>,
        author_id -> Uid,
        happened_at -> Moment,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use crate::db::types::{Uid};
    effect_square_partners (network_id, effect_square_id, partner_id) {
        network_id -> Uid,
        effect_square_id -> Uid,
        partner_id -> Uid,
    }
}

diesel::table! {
    use crate::db::types::{Uid};
    effect_square_actions (network_id, effect_square_id, action_id) {
        network_id -> Uid,
        effect_square_id -> Uid,
        action_id -> Uid,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    perceptions (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        effect_square_id -> Uid,
        initiative_id -> Uid,
        text -> Text,
        direction -> Text,
        perspective -> Text,
        voice -> Nullable<Text>,
        pseudonym_id -> Nullable<Uid>,
        state -> Text,
        state_reason -> Nullable<Text>,
        author_id -> Uid,
        happened_at -> Moment,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use crate::db::types::{Uid};
    session_reflections (network_id, session_id, reflection_id) {
        network_id -> Uid,
        session_id -> Uid,
        reflection_id -> Uid,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{JsonText, Moment, Uid};
    effect_arenas (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        cycle_id -> Nullable<Uid>,
        action_id -> Nullable<Uid>,
        title -> Text,
        session_id -> Nullable<Uid>,
        participant_ids -> JsonText,
        content -> JsonText,
        state -> Text,
        state_reason -> Nullable<Text>,
        last_number -> Integer,
        author_id -> Uid,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::db::types::{JsonText, Moment, Uid};
    effect_arena_versions (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        cycle_id -> Nullable<Uid>,
        effect_arena_id -> Uid,
        number -> Integer,
        state -> Text,
        title -> Text,
        session_id -> Nullable<Uid>,
        participant_ids -> JsonText,
        content -> JsonText,
        views -> JsonText,
        kept_by -> Uid,
        happened_at -> Moment,
        created_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    effect_arena_views (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        cycle_id -> Nullable<Uid>,
        effect_arena_id -> Uid,
        part_key -> Nullable<Text>,
        kind -> Text,
        text -> Text,
        held_by_id -> Nullable<Uid>,
        state -> Text,
        state_reason -> Nullable<Text>,
        author_id -> Uid,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::db::types::{Uid};
    search_documents (id, network_id) {
        network_id -> Uid,
        id -> Uid,
        kind -> Text,
        place -> Text,
        dutch -> Text,
        english -> Text,
        words -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt};
    use crate::db::types::{Uid};
    search_positions (network_id) {
        network_id -> Uid,
        indexed -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable};
    use crate::db::types::{Moment, Uid};
    xapi_positions (network_id) {
        network_id -> Uid,
        sent -> BigInt,
        refused -> BigInt,
        held_until -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{JsonText, Moment, Uid};
    api_keys (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        person_id -> Uid,
        name -> Text,
        operations -> JsonText,
        prefix -> Text,
        key_hash -> Binary,
        created_by -> Uid,
        created_at -> Moment,
        updated_at -> Moment,
        expires_at -> Nullable<Moment>,
        revoked_at -> Nullable<Moment>,
        last_used_at -> Nullable<Moment>,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    dossier_entries (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        insight_id -> Uid,
        theme_id -> Uid,
        language -> Text,
        title -> Text,
        text -> Text,
        state -> Text,
        state_reason -> Nullable<Text>,
        approved_by -> Nullable<Uid>,
        approved_at -> Nullable<Moment>,
        created_by -> Uid,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Bool};
    use crate::db::types::{JsonText, Moment, Uid};

    batches (id) {
        id -> Uid,
        person_id -> Uid,
        digest -> Binary,
        written -> Bool,
        results -> JsonText,
        created_at -> Moment,
    }
}

diesel::table! {
    use crate::db::types::{JsonText, Moment, Uid};
    use diesel::sql_types::{Binary, Integer, Nullable, Text};

    webhooks (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        url -> Text,
        kinds -> JsonText,
        description -> Nullable<Text>,
        state -> Text,
        disabled_reason -> Nullable<Text>,
        created_by -> Uid,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use crate::db::types::{Moment, Uid};
    use diesel::sql_types::{Binary, Nullable};

    webhook_secrets (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        webhook_id -> Uid,
        sealed -> Binary,
        created_at -> Moment,
        expires_at -> Nullable<Moment>,
    }
}

diesel::table! {
    use crate::db::types::{Moment, Uid};
    use diesel::sql_types::{BigInt, Nullable};

    webhook_progress (network_id, webhook_id) {
        network_id -> Uid,
        webhook_id -> Uid,
        position -> BigInt,
        last_success_at -> Nullable<Moment>,
        last_failure_at -> Nullable<Moment>,
        failing_since -> Nullable<Moment>,
    }
}

diesel::table! {
    use crate::db::types::{Moment, Uid};
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};

    webhook_deliveries (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        webhook_id -> Uid,
        number -> Nullable<BigInt>,
        kind -> Text,
        state -> Text,
        tries -> Integer,
        due_at -> Moment,
        held_until -> Nullable<Moment>,
        created_at -> Moment,
        delivered_at -> Nullable<Moment>,
    }
}

diesel::table! {
    use crate::db::types::{Moment, Uid};
    use diesel::sql_types::{Integer, Nullable, Text};

    webhook_attempts (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        delivery_id -> Uid,
        attempted_at -> Moment,
        duration_ms -> Integer,
        status -> Nullable<Integer>,
        outcome -> Text,
    }
}

diesel::table! {
    use crate::db::types::{JsonText, Moment, Uid};
    use diesel::sql_types::{Binary, Integer, Nullable, Text};

    jobs (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        kind -> Text,
        task -> JsonText,
        once_key -> Nullable<Text>,
        state -> Text,
        steps_done -> Integer,
        steps_total -> Nullable<Integer>,
        attempts -> Integer,
        due_at -> Moment,
        held_until -> Nullable<Moment>,
        problem -> Nullable<Text>,
        created_by -> Nullable<Uid>,
        created_at -> Moment,
        started_at -> Nullable<Moment>,
        ended_at -> Nullable<Moment>,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use crate::db::types::{JsonText, Moment, Uid};
    use diesel::sql_types::{Date, Nullable, Text};

    kept_reports (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        title -> Nullable<Text>,
        from_on -> Nullable<Date>,
        to_on -> Nullable<Date>,
        report_schedule_id -> Nullable<Uid>,
        created_at -> Moment,
        report -> JsonText,
    }
}

diesel::table! {
    use crate::db::types::{Moment, Uid};
    use diesel::sql_types::{Integer, Text};

    privacy_policies (network_id) {
        network_id -> Uid,
        iban -> Text,
        email -> Text,
        phone -> Text,
        address -> Text,
        birth_date -> Text,
        name -> Text,
        updated_at -> Moment,
        version -> Integer,
    }
}

diesel::table! {
    use crate::db::types::{Moment, Uid};
    use diesel::sql_types::{Binary, Text};

    guarded_names (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        name -> Text,
        created_by -> Uid,
        created_at -> Moment,
        digest -> Binary,
    }
}

diesel::table! {
    use crate::db::types::{Moment, Uid};
    use diesel::sql_types::{Bool, Integer, Nullable, Text};

    privacy_warnings (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        cycle_id -> Nullable<Uid>,
        subject_kind -> Text,
        subject_id -> Uid,
        pointer -> Text,
        kind -> Text,
        certainty -> Text,
        starts -> Integer,
        length -> Integer,
        trace -> Nullable<Integer>,
        state -> Text,
        private -> Bool,
        author_id -> Uid,
        confirmed_by -> Nullable<Uid>,
        confirmed_at -> Nullable<Moment>,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
    }
}

diesel::table! {
    use crate::db::types::{Moment, Uid};
    use diesel::sql_types::{Binary, Date, Integer, Text};

    report_schedules (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        every -> Text,
        starts_on -> Date,
        created_by -> Uid,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use crate::db::types::{Moment, Uid};
    use diesel::sql_types::Date;

    report_schedule_progress (network_id, report_schedule_id) {
        network_id -> Uid,
        report_schedule_id -> Uid,
        next_on -> Date,
        due_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Bool, Nullable, Text};
    use crate::db::types::{JsonText, Moment, Uid};
    erasures (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        subject -> Text,
        subject_id -> Uid,
        with_records -> Bool,
        cause -> Text,
        counts -> JsonText,
        told -> JsonText,
        created_by -> Nullable<Uid>,
        created_at -> Moment,
        replayed_at -> Nullable<Moment>,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::db::types::Uid;
    tombstones (id, network_id) {
        id -> Uid,
        network_id -> Uid,
        kind -> Text,
        cycle_id -> Nullable<Uid>,
        removed_by -> Uid,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    legal_holds (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        cycle_id -> Nullable<Uid>,
        pseudonym_id -> Nullable<Uid>,
        reason -> Text,
        state -> Text,
        state_reason -> Nullable<Text>,
        created_by -> Uid,
        created_at -> Moment,
        updated_at -> Moment,
        version -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Date, Integer, Nullable};
    use crate::db::types::{JsonText, Moment, Uid};
    retention_policies (network_id) {
        network_id -> Uid,
        rules -> JsonText,
        daily -> Bool,
        last_run_on -> Nullable<Date>,
        updated_by -> Uid,
        updated_at -> Moment,
        version -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Nullable};
    use crate::db::types::{JsonText, Moment, Uid};
    retention_runs (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        job_id -> Uid,
        rules -> JsonText,
        due -> JsonText,
        created_by -> Nullable<Uid>,
        created_at -> Moment,
        digest -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::db::types::{Moment, Uid};
    removals (network_id, id) {
        id -> Uid,
        network_id -> Uid,
        retention_run_id -> Uid,
        kind -> Text,
        months -> Nullable<Integer>,
        count -> Integer,
        removed_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Text};
    use crate::db::types::{Moment, Uid};
    identities (id) {
        id -> Uid,
        person_id -> Uid,
        issuer -> Text,
        subject -> Text,
        created_by -> Uid,
        created_at -> Moment,
        digest -> Binary,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    identities,
    co_networks,
    partners,
    organisations,
    price_lists,
    price_list_versions,
    effect_calculations,
    people,
    auth_sessions,
    refresh_tokens,
    sign_in_failures,
    server_keys,
    networks,
    members,
    invitations,
    themes,
    cycles,
    cycle_themes,
    participants,
    transitions,
    batches,
    pseudonyms,
    research_consents,
    citizen_links,
    intake_codes,
    data_subject_requests,
    controllerships,
    controllership_organisations,
    questions,
    competences,
    question_competences,
    competence_statements,
    competence_endorsements,
    learning_goals,
    learning_goal_evidence,
    retracted_ids,
    returns,
    observations,
    observation_themes,
    observation_pseudonyms,
    reflections,
    reflection_observations,
    reflection_people,
    actions,
    action_reflections,
    action_carries,
    evaluations,
    life_domain_frameworks,
    life_domain_framework_versions,
    life_domain_choices,
    check_in_definitions,
    check_ins,
    check_in_responses,
    insights,
    insight_themes,
    insight_reflections,
    insight_evaluations,
    adoptions,
    approaches,
    approach_versions,
    cycle_approaches,
    network_streams,
    changes,
    access_streams,
    access_backlog,
    accesses,
    access_subjects,
    audit_chains,
    audit_seals,
    audit_salts,
    audit_erasures,
    emergency_accesses,
    theme_networks,
    sessions,
    session_people,
    action_reviews,
    session_questions,
    session_notes,
    session_note_people,
    session_reflections,
    effect_squares,
    effect_square_partners,
    effect_square_actions,
    perceptions,
    effect_arenas,
    effect_arena_versions,
    effect_arena_views,
    search_documents,
    search_positions,
    xapi_positions,
    dossier_entries,
    jobs,
    kept_reports,
    privacy_policies,
    guarded_names,
    privacy_warnings,
    report_schedules,
    report_schedule_progress,
    erasures,
    tombstones,
    legal_holds,
    retention_policies,
    retention_runs,
    removals,
    api_keys,
    webhooks,
    webhook_secrets,
    webhook_progress,
    webhook_deliveries,
    webhook_attempts,
);

diesel::allow_columns_to_appear_in_same_group_by_clause!(
    cycle_approaches::approach_version_id,
    evaluations::verdict,
);
