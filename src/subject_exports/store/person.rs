//! What is held about a person, over all networks: a query a kind.

use super::PIECE;
use crate::access::{Role, Tx};
use crate::actions::types::Action;
use crate::adoptions::types::Adoption;
use crate::api_keys::types::{ApiKey, ApiKeyRow};
use crate::approaches::types::{Approach, ApproachVersion};
use crate::check_ins::responses::CheckInResponse;
use crate::clock::Instant;
use crate::competence_statements::types::{CompetenceStatement, Endorsement, EndorsementRow, StatementRow};
use crate::db::schema::{
    action_reviews, actions, adoptions, api_keys, approach_versions, approaches, auth_sessions, batches,
    check_in_responses, competence_endorsements, competence_statements, competences, dossier_entries,
    effect_arena_versions, effect_arena_views, effect_arenas, effect_calculations, effect_squares,
    evaluations, identities, insights, invitations, learning_goal_evidence, learning_goals, members,
    observations, participants, people, perceptions, questions, reflection_people, reflections,
    research_consents, returns, session_notes, session_people, session_questions, sessions, sign_in_failures,
    transitions,
};
use crate::dossier::types::DossierEntry;
use crate::effect_arenas::types::EffectArena;
use crate::effect_arenas::versions::types::EffectArenaVersion;
use crate::effect_arenas::views::types::EffectArenaView;
use crate::effect_calculations::types::EffectCalculation;
use crate::effect_squares::perceptions::types::Perception;
use crate::effect_squares::types::EffectSquare;
use crate::evaluations::types::Evaluation;
use crate::identities::types::Identity;
use crate::ids::Id;
use crate::insights::types::Insight;
use crate::invitations::types::{Invitation, InvitationRow};
use crate::learning_goals::types::{Evidence, GoalRow, LearningGoal};
use crate::members::types::{Member, MemberRow};
use crate::observations::types::Observation;
use crate::participants::types::{Participant, ParticipantRow};
use crate::people::types::PersonRow;
use crate::questions::types::{Question, Return};
use crate::reflections::types::{Reflection, Visibility};
use crate::research_consents::types::ResearchConsent;
use crate::sessions::notes::types::SessionNote;
use crate::sessions::questions::types::SessionQuestion;
use crate::sessions::reviews::types::ActionReview;
use crate::sessions::types::Session;
use crate::store::in_parts;
use crate::subject_exports::documents::{FailedSignIn, SentBatch, SignInSession};
use crate::transitions::Transition;
use diesel::prelude::*;
use std::collections::HashMap;

pub fn find(tx: &mut Tx<'_>, id: Id) -> QueryResult<Option<PersonRow>> {
    people::table.filter(people::id.eq(id)).get_result(tx.conn()).optional()
}

/// A function that reads the records of a kind that are somebody's, after an id and in the order of their ids.
macro_rules! of_person {
    ($name:ident, $table:ident, $record:ty, $person:ident => $theirs:expr) => {
        pub fn $name(tx: &mut Tx<'_>, $person: Id, after: Id) -> QueryResult<Vec<$record>> {
            $table::table
                .filter($theirs)
                .filter($table::id.gt(after))
                .order($table::id)
                .limit(PIECE)
                .load(tx.conn())
        }
    };
}

of_person!(check_in_responses, check_in_responses, CheckInResponse, me => check_in_responses::author_id.eq(me));
of_person!(questions, questions, Question, me => questions::author_id.eq(me));
of_person!(returns, returns, Return, me => returns::author_id.eq(me));
of_person!(observations, observations, Observation, me => observations::author_id.eq(me));
of_person!(reflections, reflections, Reflection, me => {
    let along = reflection_people::table
        .filter(reflection_people::person_id.eq(me))
        .select(reflection_people::reflection_id);
    let thought_along = reflections::id.eq_any(along).and(reflections::visibility.eq(Visibility::Network));
    reflections::author_id.eq(me).or(thought_along)
});
of_person!(actions, actions, Action, me => actions::author_id.eq(me).or(actions::owner_id.eq(me)));
of_person!(evaluations, evaluations, Evaluation, me => evaluations::author_id.eq(me));
of_person!(insights, insights, Insight, me => insights::created_by.eq(me));
of_person!(adoptions, adoptions, Adoption, me => adoptions::created_by.eq(me));
of_person!(approaches, approaches, Approach, me => approaches::created_by.eq(me));
of_person!(approach_versions, approach_versions, ApproachVersion, me => approach_versions::created_by.eq(me));
of_person!(dossier_entries, dossier_entries, DossierEntry, me => {
    dossier_entries::created_by.eq(me).or(dossier_entries::approved_by.eq(me))
});
of_person!(sessions, sessions, Session, me => {
    let present = session_people::table.filter(session_people::person_id.eq(me)).select(session_people::session_id);
    sessions::created_by.eq(me).or(sessions::id.eq_any(present))
});
of_person!(action_reviews, action_reviews, ActionReview, me => action_reviews::author_id.eq(me));
of_person!(session_questions, session_questions, SessionQuestion, me => {
    session_questions::author_id.eq(me).or(session_questions::asked_by_id.eq(me))
});
of_person!(session_notes, session_notes, SessionNote, me => session_notes::author_id.eq(me));
of_person!(effect_squares, effect_squares, EffectSquare, me => effect_squares::author_id.eq(me));
of_person!(perceptions, perceptions, Perception, me => perceptions::author_id.eq(me));
// Who thought along stands in a list of the arena: all of one's networks are looked through.
of_person!(effect_arenas, effect_arenas, EffectArena, me => {
    let mine = members::table.filter(members::person_id.eq(me)).select(members::network_id);
    effect_arenas::author_id.eq(me).or(effect_arenas::network_id.eq_any(mine))
});
of_person!(effect_arena_versions, effect_arena_versions, EffectArenaVersion, me => {
    let mine = members::table.filter(members::person_id.eq(me)).select(members::network_id);
    effect_arena_versions::kept_by.eq(me).or(effect_arena_versions::network_id.eq_any(mine))
});
of_person!(effect_arena_views, effect_arena_views, EffectArenaView, me => {
    effect_arena_views::author_id.eq(me).or(effect_arena_views::held_by_id.eq(me))
});
of_person!(effect_calculations, effect_calculations, EffectCalculation, me => effect_calculations::author_id.eq(me));
of_person!(research_consents, research_consents, ResearchConsent, me => research_consents::person_id.eq(me));
of_person!(transitions, transitions, Transition, me => transitions::person_id.eq(me));

pub fn sign_in_sessions(tx: &mut Tx<'_>, me: Id) -> QueryResult<Vec<SignInSession>> {
    let rows: Vec<(Id, Instant, Instant, Option<Instant>)> = auth_sessions::table
        .filter(auth_sessions::person_id.eq(me))
        .order(auth_sessions::id)
        .select((
            auth_sessions::id,
            auth_sessions::created_at,
            auth_sessions::expires_at,
            auth_sessions::ended_at,
        ))
        .load(tx.conn())?;
    let session =
        |(id, created_at, expires_at, ended_at)| SignInSession { id, created_at, expires_at, ended_at };
    Ok(rows.into_iter().map(session).collect())
}

pub fn failed_sign_ins(tx: &mut Tx<'_>, email_key: &str) -> QueryResult<Vec<FailedSignIn>> {
    let rows: Vec<Instant> = sign_in_failures::table
        .filter(sign_in_failures::email_key.eq(email_key.to_owned()))
        .order(sign_in_failures::failed_at)
        .select(sign_in_failures::failed_at)
        .load(tx.conn())?;
    Ok(rows.into_iter().map(|failed_at| FailedSignIn { failed_at }).collect())
}

pub fn invitations(tx: &mut Tx<'_>, email_key: &str) -> QueryResult<Vec<Invitation>> {
    let rows: Vec<InvitationRow> = invitations::table
        .filter(invitations::email_key.eq(email_key.to_owned()))
        .order(invitations::id)
        .load(tx.conn())?;
    Ok(rows.into_iter().map(|row| row.shown(None)).collect())
}

pub fn memberships(tx: &mut Tx<'_>, me: &PersonRow) -> QueryResult<Vec<Member>> {
    let rows: Vec<MemberRow> =
        members::table.filter(members::person_id.eq(me.id)).order(members::id).load(tx.conn())?;
    Ok(rows.into_iter().map(|row| row.shown(me.display_name.clone(), me.kind)).collect())
}

pub fn participations(tx: &mut Tx<'_>, me: &PersonRow) -> QueryResult<Vec<Participant>> {
    let rows: Vec<ParticipantRow> = participants::table
        .filter(participants::person_id.eq(me.id))
        .order(participants::id)
        .load(tx.conn())?;
    Ok(rows.into_iter().map(|row| row.shown(me.display_name.clone())).collect())
}

/// Whom issuers of access tokens know them as.
pub fn identities(tx: &mut Tx<'_>, me: Id) -> QueryResult<Vec<Identity>> {
    identities::table.filter(identities::person_id.eq(me)).order(identities::id).load(tx.conn())
}

/// The keys that somebody made, by their names; a key itself is kept nowhere.
pub fn api_keys(tx: &mut Tx<'_>, me: Id) -> QueryResult<Vec<ApiKey>> {
    let rows: Vec<ApiKeyRow> =
        api_keys::table.filter(api_keys::created_by.eq(me)).order(api_keys::id).load(tx.conn())?;
    let accounts: Vec<Id> = rows.iter().map(|row| row.person_id).collect();
    let roles: Vec<(Id, Role)> = in_parts(&accounts, |part| {
        members::table
            .filter(members::person_id.eq_any(part))
            .select((members::person_id, members::role))
            .load(tx.conn())
    })?;
    let roles: HashMap<Id, Role> = roles.into_iter().collect();
    let role = |row: &ApiKeyRow| roles.get(&row.person_id).copied().unwrap_or(Role::Reader);
    Ok(rows
        .into_iter()
        .map(|row| (role(&row), row))
        .map(|(role, row)| row.shown(role.into(), None))
        .collect())
}

pub fn competence_statements(tx: &mut Tx<'_>, me: &PersonRow) -> QueryResult<Vec<CompetenceStatement>> {
    let rows: Vec<(StatementRow, String)> = competence_statements::table
        .inner_join(competences::table.on(competences::id.eq(competence_statements::competence_id)))
        .filter(competence_statements::person_id.eq(me.id))
        .order(competence_statements::id)
        .select((competence_statements::all_columns, competences::name))
        .load(tx.conn())?;
    Ok(rows.into_iter().map(|(row, name)| row.shown(me.display_name.clone(), name)).collect())
}

/// Those of one's own statements, and those that one gave to others.
pub fn competence_endorsements(tx: &mut Tx<'_>, me: Id) -> QueryResult<Vec<Endorsement>> {
    let own = competence_statements::table
        .filter(competence_statements::person_id.eq(me))
        .select(competence_statements::id);
    let theirs = competence_endorsements::person_id.eq(me);
    let rows: Vec<(EndorsementRow, String)> = competence_endorsements::table
        .inner_join(people::table.on(people::id.eq(competence_endorsements::person_id)))
        .filter(theirs.or(competence_endorsements::statement_id.eq_any(own)))
        .order(competence_endorsements::id)
        .select((competence_endorsements::all_columns, people::display_name))
        .load(tx.conn())?;
    Ok(rows.into_iter().map(|(row, name)| row.shown(name)).collect())
}

pub fn learning_goals(tx: &mut Tx<'_>, me: &PersonRow) -> QueryResult<Vec<LearningGoal>> {
    let rows: Vec<(GoalRow, String)> = learning_goals::table
        .inner_join(competences::table.on(competences::id.eq(learning_goals::competence_id)))
        .filter(learning_goals::person_id.eq(me.id))
        .order(learning_goals::id)
        .select((learning_goals::all_columns, competences::name))
        .load(tx.conn())?;
    Ok(rows.into_iter().map(|(row, name)| row.shown(me.display_name.clone(), name)).collect())
}

pub fn learning_goal_evidence(tx: &mut Tx<'_>, me: Id) -> QueryResult<Vec<Evidence>> {
    let own = learning_goals::table.filter(learning_goals::person_id.eq(me)).select(learning_goals::id);
    learning_goal_evidence::table
        .filter(learning_goal_evidence::goal_id.eq_any(own))
        .order(learning_goal_evidence::id)
        .load(tx.conn())
}

pub fn batches(tx: &mut Tx<'_>, me: Id) -> QueryResult<Vec<SentBatch>> {
    let rows: Vec<(Id, Instant, bool)> = batches::table
        .filter(batches::person_id.eq(me))
        .order(batches::id)
        .select((batches::id, batches::created_at, batches::written))
        .load(tx.conn())?;
    Ok(rows.into_iter().map(|(id, created_at, written)| SentBatch { id, created_at, written }).collect())
}
