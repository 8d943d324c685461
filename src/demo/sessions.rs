//! A session that a network held, with all that took place there, and one that it has planned. Who signs in as its
//! coordinator was absent, and does not see what those present kept to themselves.

use super::content::{Network, cycle_id, network_id, parse, person_id};
use super::seed::sent;
use super::timeline::moment;
use crate::access::Tx;
use crate::clock::Instant;
use crate::cycles::{self, rules::CycleState};
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::reflections;
use crate::sessions::{self, notes, questions, reviews, types::Session};
use chrono::Duration;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Content {
    network: String,
    cycle: String,
    planned_by: String,
    held: Held,
    planned: Planned,
    reviews: Vec<Review>,
    questions: Vec<Question>,
    reflection: Reflection,
    notes: Vec<Note>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Held {
    key: String,
    title: String,
    place: String,
    agenda: String,
    planned_days_ago: i64,
    days_ago: i64,
    present: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Planned {
    key: String,
    title: String,
    place: String,
    agenda: String,
    days_ahead: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Review {
    action: String,
    note: String,
    decision: String,
    by: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Question {
    kind: String,
    text: String,
    asked_by: Option<String>,
    by: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Reflection {
    key: String,
    by: String,
    observations: Vec<String>,
    participants: Vec<String>,
    model: String,
    answers: Vec<Answer>,
    loop_depth: String,
    frame_shift: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    prompt: String,
    person: Option<String>,
    dissent: Option<bool>,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Note {
    text: String,
    visibility: String,
    by: String,
}

/// Makes the sessions of this network, if it has any.
pub fn happen(tx: &mut Tx<'_>, network: &Network, now: Instant) -> Result<()> {
    let content: Content = parse(include_str!("content/sessions.json"))?;
    if content.network != network.network.key {
        return Ok(());
    }
    let held = &content.held;
    let starts_at = moment(now, held.days_ago, network.id_of(&held.key));
    tx.now = moment(now, held.planned_days_ago, network.id_of(&held.key));
    let body = json!({"title": held.title, "place": held.place, "agenda": held.agenda});
    let session = plan(tx, network, &content, &held.key, starts_at, body)?;
    let session = hold(tx, network, &content, session)?;

    let planned = &content.planned;
    let starts_at = moment(now, -planned.days_ahead, network.id_of(&planned.key));
    let body = json!({"title": planned.title, "place": planned.place, "agenda": planned.agenda});
    plan(tx, network, &content, &planned.key, starts_at, body)?;

    take_place(tx, network, &content, &session)
}

fn plan(
    tx: &mut Tx<'_>,
    network: &Network,
    content: &Content,
    key: &str,
    starts_at: Instant,
    mut body: Value,
) -> Result<Session> {
    let by = person_id(&content.planned_by);
    tx.acting = Some(by);
    body["id"] = json!(network.id_of(key));
    body["cycleId"] = json!(cycle_id(&content.network, &content.cycle));
    body["startsAt"] = json!(starts_at);
    body["endsAt"] = json!(starts_at.plus(Duration::minutes(150)));
    Ok(sessions::create(tx, network_id(&content.network), by, &sent(body)?)?.record)
}

fn hold(tx: &mut Tx<'_>, network: &Network, content: &Content, session: Session) -> Result<Session> {
    tx.now = session.starts_at.plus(Duration::minutes(10));
    let body = json!({
        "id": network.id_of(&format!("{}/held", content.held.key)),
        "to": "held",
        "presentIds": people(&content.held.present),
    });
    sessions::transition(tx, session, person_id(&content.planned_by), &IfMatch::Absent, &sent(body)?)
}

/// What took place in the session, one thing some minutes after the other.
fn take_place(tx: &mut Tx<'_>, network: &Network, content: &Content, session: &Session) -> Result<()> {
    tx.now = session.starts_at.plus(Duration::minutes(15));
    let id = |kind: &str, number: usize| network.id_of(&format!("{}/{kind}/{number}", content.held.key));
    for (number, review) in content.reviews.iter().enumerate() {
        let by = next(tx, &review.by);
        let body = json!({
            "id": id("reviews", number),
            "actionId": network.id_of(&review.action),
            "note": review.note,
            "decision": review.decision,
        });
        reviews::create(tx, session, by, &sent(body)?)?;
    }
    for (number, question) in content.questions.iter().enumerate() {
        let by = next(tx, &question.by);
        let body = json!({
            "id": id("questions", number),
            "kind": question.kind,
            "text": question.text,
            "askedById": question.asked_by.as_deref().map(person_id),
        });
        questions::create(tx, session, by, &sent(body)?)?;
    }
    reflect(tx, network, content, session)?;
    for (number, note) in content.notes.iter().enumerate() {
        let by = next(tx, &note.by);
        let body = json!({"id": id("notes", number), "text": note.text, "visibility": note.visibility});
        notes::create(tx, session, by, &sent(body)?)?;
    }
    Ok(())
}

fn reflect(tx: &mut Tx<'_>, network: &Network, content: &Content, session: &Session) -> Result<()> {
    let reflection = &content.reflection;
    let by = next(tx, &reflection.by);
    let cycle = cycles::find(tx, cycle_id(&content.network, &content.cycle))?.ok_or(Error::NotFound)?;
    let answers: Vec<Value> = reflection.answers.iter().map(answer).collect();
    let observations: Vec<Id> = reflection.observations.iter().map(|key| network.id_of(key)).collect();
    let body = json!({
        "id": network.id_of(&reflection.key),
        "sessionId": session.id,
        "observationIds": observations,
        "participantIds": people(&reflection.participants),
        "model": reflection.model,
        "answers": answers,
        "loopDepth": reflection.loop_depth,
        "frameShift": reflection.frame_shift,
    });
    reflections::create(tx, &CycleState::from(&cycle), by, &sent(body)?).map(drop)
}

fn answer(answer: &Answer) -> Value {
    json!({
        "promptId": answer.prompt,
        "personId": answer.person.as_deref().map(person_id),
        "dissent": answer.dissent,
        "text": answer.text,
    })
}

fn people(keys: &[String]) -> Vec<Id> {
    keys.iter().map(|key| person_id(key)).collect()
}

/// Some minutes later it is this person who writes.
fn next(tx: &mut Tx<'_>, by: &str) -> Id {
    tx.now = tx.now.plus(Duration::minutes(11));
    let by = person_id(by);
    tx.acting = Some(by);
    by
}
