//! All that is held about a person.

use super::accesses;
use super::bundle::Bundle;
use super::index::{self, Subject};
use super::store::{PIECE, person as store};
use crate::access::Tx;
use crate::cells::Side;
use crate::changes;
use crate::changes::types::Change;
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::insights::reading::ReadInsight;
use crate::people::types::{Locale, PersonRow};
use crate::pseudonyms::types::Pseudonym;
use crate::record::Record;
use crate::transitions::Transition;
use diesel::QueryResult;
use serde::Serialize;
use std::fs::File;

/// Writes the export of a person, over all networks and as all of it stands at the moment of this transaction.
pub fn of_person(tx: &mut Tx<'_>, person_id: Id, language: Locale) -> Result<File> {
    let me = store::find(tx, person_id)?.ok_or(Error::NotFound)?;
    let mut bundle = Bundle::new(tx.now, None)?;
    account(tx, &mut bundle, &me)?;
    learning(tx, &mut bundle, &me)?;
    practice(tx, &mut bundle, me.id)?;
    meetings_and_instruments(tx, &mut bundle, me.id)?;
    doings(tx, &mut bundle, me.id)?;
    let index = index::page(tx, &Subject::Person(&me.display_name), bundle.files(), language)?;
    bundle.finish(&index)
}

/// Who they are, and where they take part.
fn account(tx: &mut Tx<'_>, bundle: &mut Bundle, me: &PersonRow) -> Result<()> {
    bundle.one("person", &me.shown(true))?;
    bundle.all("sign-in-sessions", store::sign_in_sessions(tx, me.id)?)?;
    bundle.all("identities", store::identities(tx, me.id)?)?;
    let address = me.email_key.as_deref().unwrap_or_default();
    bundle.all("failed-sign-ins", store::failed_sign_ins(tx, address)?)?;
    bundle.all("memberships", store::memberships(tx, me)?)?;
    bundle.all("participations", store::participations(tx, me)?)?;
    bundle.all("invitations", store::invitations(tx, address)?)?;
    bundle.all("api-keys", store::api_keys(tx, me.id)?)
}

/// What they say of themselves.
fn learning(tx: &mut Tx<'_>, bundle: &mut Bundle, me: &PersonRow) -> Result<()> {
    bundle.all("competence-statements", store::competence_statements(tx, me)?)?;
    bundle.all("competence-endorsements", store::competence_endorsements(tx, me.id)?)?;
    bundle.all("learning-goals", store::learning_goals(tx, me)?)?;
    bundle.all("learning-goal-evidence", store::learning_goal_evidence(tx, me.id)?)?;
    records(tx, bundle, "check-in-responses", me.id, store::check_in_responses)
}

/// What they wrote in the loop, and what others learn from it.
fn practice(tx: &mut Tx<'_>, bundle: &mut Bundle, me: Id) -> Result<()> {
    records(tx, bundle, "questions", me, store::questions)?;
    records(tx, bundle, "returns", me, store::returns)?;
    records(tx, bundle, "observations", me, store::observations)?;
    records(tx, bundle, "reflections", me, store::reflections)?;
    records(tx, bundle, "actions", me, store::actions)?;
    records(tx, bundle, "evaluations", me, store::evaluations)?;
    let read = |tx: &mut Tx<'_>, me, after| {
        let insights = store::insights(tx, me, after)?;
        Ok(insights.into_iter().map(|insight| ReadInsight::from(Side::Inside, insight)).collect())
    };
    records(tx, bundle, "insights", me, read)?;
    records(tx, bundle, "adoptions", me, store::adoptions)?;
    records(tx, bundle, "approaches", me, store::approaches)?;
    records(tx, bundle, "approach-versions", me, store::approach_versions)?;
    records(tx, bundle, "dossier-entries", me, store::dossier_entries)
}

fn meetings_and_instruments(tx: &mut Tx<'_>, bundle: &mut Bundle, me: Id) -> Result<()> {
    records(tx, bundle, "sessions", me, store::sessions)?;
    records(tx, bundle, "action-reviews", me, store::action_reviews)?;
    records(tx, bundle, "session-questions", me, store::session_questions)?;
    records(tx, bundle, "session-notes", me, store::session_notes)?;
    records(tx, bundle, "effect-squares", me, store::effect_squares)?;
    records(tx, bundle, "perceptions", me, store::perceptions)?;
    let load = |tx: &mut Tx<'_>, after| Ok(store::effect_arenas(tx, me, after)?);
    bundle.pieces(tx, "effect-arenas", (Id::NIL, Record::id), load, |arena| {
        arena.author_id == me || arena.participant_ids.contains(&me)
    })?;
    let load = |tx: &mut Tx<'_>, after| Ok(store::effect_arena_versions(tx, me, after)?);
    bundle.pieces(tx, "effect-arena-versions", (Id::NIL, Record::id), load, |version| {
        version.kept_by == me || version.participant_ids.contains(&me)
    })?;
    records(tx, bundle, "effect-arena-views", me, store::effect_arena_views)?;
    records(tx, bundle, "effect-calculations", me, store::effect_calculations)
}

/// What they agreed to, moved, sent and changed.
fn doings(tx: &mut Tx<'_>, bundle: &mut Bundle, me: Id) -> Result<()> {
    records(tx, bundle, "research-consents", me, store::research_consents)?;
    let load = |tx: &mut Tx<'_>, after| Ok(store::transitions(tx, me, after)?);
    bundle.pieces(tx, "transitions", (Id::NIL, |made: &Transition| made.id), load, |_| true)?;
    bundle.all("batches", store::batches(tx, me)?)?;
    changes_made(tx, bundle, me)?;
    accesses::of_person(tx, bundle, me)
}

fn changes_made(tx: &mut Tx<'_>, bundle: &mut Bundle, me: Id) -> Result<()> {
    let mut after = Some((Id::NIL, 0));
    bundle.list("changes", || {
        let Some(place) = after else { return Ok(None) };
        let piece = changes::of_person(tx, me, place, PIECE)?;
        after = piece.last().map(|(_, place)| *place);
        Ok(Some(piece.into_iter().map(|(change, _)| of_nobody_else(change)).collect()))
    })
}

/// A change of a pseudonym does not say of which.
fn of_nobody_else(change: Change) -> Change {
    if change.kind.split('.').next() == Some(Pseudonym::KIND) {
        return Change { subject_id: Id::NIL, href: None, ..change };
    }
    change
}

/// A file of the records of a kind that are somebody's.
fn records<R: Record + Serialize>(
    tx: &mut Tx<'_>,
    bundle: &mut Bundle,
    name: &'static str,
    me: Id,
    load: impl Fn(&mut Tx<'_>, Id, Id) -> QueryResult<Vec<R>>,
) -> Result<()> {
    bundle.pieces(tx, name, (Id::NIL, Record::id), |tx, after| Ok(load(tx, me, after)?), |_| true)
}
