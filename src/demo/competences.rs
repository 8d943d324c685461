//! What people of the workplace can do and learned from each other, and what the questions that are still open ask for.
//! Some of it they keep to themselves: there the gap reads unknown.

use super::content::{id_of, network_id, parse, person_id};
use super::seed::sent;
use super::timeline::{ADMIN, COORDINATOR, moment};
use crate::access::{Standing, Tx};
use crate::clock::Instant;
use crate::competence_statements::{self, endorsements};
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::practice::RecordState;
use crate::{competences, learning_goals, questions};
use serde::Deserialize;
use serde_json::json;

/// Days ago.
const CATALOGUE_MADE: i64 = 60;
const QUESTIONS_READ_AGAIN: i64 = 55;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    competences: Vec<Competence>,
    asked: Vec<Asked>,
    statements: Vec<Statement>,
    goals: Vec<Goal>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Competence {
    key: String,
    /// The network whose own it is.
    network: Option<String>,
    name: String,
    description: Option<String>,
}

/// That a question asks for competences, as its author saw later.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    network: String,
    question: String,
    by: String,
    competences: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Statement {
    by: String,
    competence: String,
    level: Option<String>,
    disclosure: String,
    offers_help: bool,
    days_ago: i64,
    endorsements: Vec<Endorsement>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Endorsement {
    by: String,
    note: String,
    days_ago: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Goal {
    by: String,
    competence: String,
    text: Option<String>,
    disclosure: String,
    days_ago: i64,
    achieved: Option<Achieved>,
    evidence: Vec<Evidence>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Achieved {
    route: Route,
    level: String,
    days_ago: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Route {
    kind: String,
    person: Option<String>,
    network: Option<String>,
    action: Option<String>,
    text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Evidence {
    text: String,
    days_ago: i64,
}

fn competence_id(key: &str) -> Id {
    id_of(&format!("competences/{key}"))
}

/// Makes it all, after the networks; again, it finds that done.
pub fn fill(tx: &mut Tx<'_>, now: Instant) -> Result<()> {
    let content: Content = parse(include_str!("content/competences.json"))?;
    let mut rows: Vec<Id> = content.asked.iter().map(|asked| network_id(&asked.network)).collect();
    rows.push(Id::NIL);
    rows.sort();
    rows.into_iter().try_for_each(|id| tx.take(id))?;
    if competences::is_seen(tx, person_id(COORDINATOR), competence_id(&content.competences[0].key))? {
        return Ok(());
    }
    content.competences.iter().try_for_each(|competence| add(tx, now, competence))?;
    content.asked.iter().try_for_each(|asked| ask(tx, now, asked))?;
    content.statements.iter().try_for_each(|statement| state(tx, now, statement))?;
    content.goals.iter().try_for_each(|goal| learn(tx, now, goal))
}

/// Lets what follows be done by somebody, some days ago.
fn at(tx: &mut Tx<'_>, now: Instant, days_ago: i64, by: &str, id: Id) -> Id {
    let person_id = person_id(by);
    (tx.now, tx.acting) = (moment(now, days_ago, id), Some(person_id));
    person_id
}

fn add(tx: &mut Tx<'_>, now: Instant, competence: &Competence) -> Result<()> {
    let id = competence_id(&competence.key);
    let by = if competence.network.is_some() { COORDINATOR } else { ADMIN };
    let person = at(tx, now, CATALOGUE_MADE, by, id);
    let body = sent(json!({"id": id, "name": competence.name, "description": competence.description}))?;
    let network = competence.network.as_deref().map(network_id);
    competences::create(tx, network, person, &body).map(drop)
}

fn ask(tx: &mut Tx<'_>, now: Instant, asked: &Asked) -> Result<()> {
    let id = id_of(&format!("{}/{}", asked.network, asked.question));
    let question = questions::find(tx, id)?.ok_or(Error::NotFound)?;
    if question.state == RecordState::Withdrawn {
        return Ok(());
    }
    at(tx, now, QUESTIONS_READ_AGAIN, &asked.by, id);
    tx.now = tx.now.max(question.updated_at);
    let ids: Vec<Id> = asked.competences.iter().map(|key| competence_id(key)).collect();
    let patch = sent(json!({"competenceIds": ids}))?;
    questions::update(tx, question, &IfMatch::Any, patch).map(drop)
}

fn state(tx: &mut Tx<'_>, now: Instant, statement: &Statement) -> Result<()> {
    let id = id_of(&format!("statements/{}/{}", statement.by, statement.competence));
    let person = at(tx, now, statement.days_ago, &statement.by, id);
    let body = sent(json!({
        "id": id,
        "competenceId": competence_id(&statement.competence),
        "level": statement.level,
        "disclosure": statement.disclosure,
        "offersHelp": statement.offers_help,
    }))?;
    competence_statements::create(tx, person, &body)?;
    let row = competence_statements::find(tx, id)?.ok_or(Error::NotFound)?;
    for endorsement in &statement.endorsements {
        let id = id_of(&format!("endorsements/{id}/{}", endorsement.by));
        let peer = at(tx, now, endorsement.days_ago, &endorsement.by, id);
        let body = sent(json!({"id": id, "note": endorsement.note}))?;
        endorsements::create(tx, &row, peer, &body)?;
    }
    Ok(())
}

fn learn(tx: &mut Tx<'_>, now: Instant, goal: &Goal) -> Result<()> {
    let id = id_of(&format!("learning-goals/{}/{}", goal.by, goal.competence));
    let person = at(tx, now, goal.days_ago, &goal.by, id);
    let body = sent(json!({
        "id": id,
        "competenceId": competence_id(&goal.competence),
        "text": goal.text,
        "disclosure": goal.disclosure,
    }))?;
    learning_goals::create(tx, person, &body)?;
    if let Some(achieved) = &goal.achieved {
        achieve(tx, now, goal, id, achieved)?;
    }
    for (number, evidence) in goal.evidence.iter().enumerate() {
        let row = learning_goals::find(tx, id)?.ok_or(Error::NotFound)?;
        let id = id_of(&format!("evidence/{id}/{number}"));
        at(tx, now, evidence.days_ago, &goal.by, id);
        learning_goals::add_evidence(tx, &row, &sent(json!({"id": id, "text": evidence.text}))?)?;
    }
    Ok(())
}

fn achieve(tx: &mut Tx<'_>, now: Instant, goal: &Goal, id: Id, achieved: &Achieved) -> Result<()> {
    let person = at(tx, now, achieved.days_ago, &goal.by, id);
    let row = learning_goals::find(tx, id)?.ok_or(Error::NotFound)?;
    let route = &achieved.route;
    let action = route.network.as_deref().zip(route.action.as_deref());
    let body = sent(json!({
        "id": id_of(&format!("learning-goals/{id}/achieved")),
        "to": "achieved",
        "route": {
            "kind": route.kind,
            "personId": route.person.as_deref().map(person_id),
            "actionId": action.map(|(network, key)| id_of(&format!("{network}/{key}"))),
            "text": route.text,
        },
        "statement": {"level": achieved.level, "disclosure": goal.disclosure},
    }))?;
    let standing = Standing { person_id: person, admin: false, ..super::NOBODY };
    learning_goals::transition(tx, row, &standing, &IfMatch::Absent, &body).map(drop)
}
