//! By which frameworks the demo's networks read their life domains, and the check-ins that one of them held.

use super::content::{Network, network_id, parse, person_id};
use super::seed::sent;
use super::timeline::{COORDINATOR, FACILITATOR, moment};
use crate::access::Tx;
use crate::check_ins::{self, built_in, rules, types::CheckIn};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::life_domains;
use chrono::Duration;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashMap;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Topic {
    network: String,
    frameworks: Vec<Framework>,
    choices: Vec<Choice>,
    check_ins: Vec<Round>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Framework {
    key: String,
    days_ago: i64,
    name: Value,
    domains: Value,
    /// Those after the first.
    versions: Vec<Version>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Version {
    days_ago: i64,
    domains: Value,
    reason: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Choice {
    days_ago: i64,
    built_in: Option<String>,
    framework: Option<String>,
    framework_version: Option<i32>,
    words: Value,
    reason: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Round {
    key: String,
    days_ago: i64,
    days_open: i64,
    /// Days after which somebody closed it; none where it ran to its last day.
    closed_after: Option<i64>,
    reason: Option<String>,
    responses: Vec<Response>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Response {
    by: String,
    days_after: i64,
    /// In the order of the built-in statements.
    values: Vec<u8>,
    /// In the order of `rules::directions`.
    effects: Vec<String>,
    /// What was written, by statement.
    texts: HashMap<String, String>,
    /// What was written, by influence, such as `form/content`.
    influence_texts: HashMap<String, String>,
}

/// Makes what a network has of these.
pub fn fill(tx: &mut Tx<'_>, network: &Network, now: Instant) -> Result<()> {
    let topics: Vec<Topic> = parse(include_str!("content/domains.json"))?;
    for topic in topics.iter().filter(|topic| topic.network == network.network.key) {
        for framework in &topic.frameworks {
            make_framework(tx, network, framework, now)?;
        }
        for choice in &topic.choices {
            choose(tx, network, choice, now)?;
        }
        for round in &topic.check_ins {
            hold(tx, network, round, now)?;
        }
    }
    Ok(())
}

/// Lets a person do what follows, at a moment of that day.
fn at(tx: &mut Tx<'_>, now: Instant, days_ago: i64, id: Id, person: &str) -> Id {
    let person_id = person_id(person);
    (tx.now, tx.acting) = (moment(now, days_ago, id), Some(person_id));
    person_id
}

fn make_framework(tx: &mut Tx<'_>, network: &Network, framework: &Framework, now: Instant) -> Result<()> {
    let id = network.id_of(&format!("frameworks/{}", framework.key));
    let maker = at(tx, now, framework.days_ago, id, COORDINATOR);
    let body = sent(json!({"id": id, "name": framework.name, "domains": framework.domains}))?;
    let network_key = network_id(&network.network.key);
    let mut made = life_domains::create_framework(tx, network_key, maker, &body)?.record;
    for (number, version) in framework.versions.iter().enumerate() {
        let version_id = network.id_of(&format!("frameworks/{}/versions/{number}", framework.key));
        let maker = at(tx, now, version.days_ago, version_id, FACILITATOR);
        let body = sent(json!({"id": version_id, "domains": version.domains, "reason": version.reason}))?;
        let added = life_domains::add_version(tx, made.clone(), maker, &IfMatch::Absent, &body)?;
        made.version = added.record.version;
    }
    Ok(())
}

fn choose(tx: &mut Tx<'_>, network: &Network, choice: &Choice, now: Instant) -> Result<()> {
    let id = network.id_of(&format!("choices/{}", choice.days_ago));
    let chooser = at(tx, now, choice.days_ago, id, COORDINATOR);
    let framework = choice.framework.as_deref().map(|key| network.id_of(&format!("frameworks/{key}")));
    let body = sent(json!({
        "id": id,
        "builtIn": choice.built_in,
        "frameworkId": framework,
        "frameworkVersion": choice.framework_version,
        "words": choice.words,
        "reason": choice.reason,
    }))?;
    life_domains::choose(tx, network_id(&network.network.key), chooser, &body).map(drop)
}

fn hold(tx: &mut Tx<'_>, network: &Network, round: &Round, now: Instant) -> Result<()> {
    let id = network.id_of(&format!("check-ins/{}", round.key));
    let guide = at(tx, now, round.days_ago, id, FACILITATOR);
    let closes_on = tx.now.plus(Duration::days(round.days_open)).day();
    let body = sent(json!({"id": id, "closesOn": closes_on, "builtInVersion": 1}))?;
    let check_in = check_ins::create(tx, network_id(&network.network.key), guide, &body)?.record;
    for response in &round.responses {
        let id = network.id_of(&format!("check-ins/{}/{}", round.key, response.by));
        let author = at(tx, now, round.days_ago - response.days_after, id, &response.by);
        respond(tx, &check_in, author, id, response)?;
    }
    if let Some(closed_after) = round.closed_after {
        let id = network.id_of(&format!("check-ins/{}/closed", round.key));
        let guide = at(tx, now, round.days_ago - closed_after, id, FACILITATOR);
        let body = sent(json!({"id": id, "to": "closed", "reason": round.reason}))?;
        check_ins::close(tx, check_in, guide, &IfMatch::Absent, &body)?;
    }
    Ok(())
}

fn respond(tx: &mut Tx<'_>, check_in: &CheckIn, author: Id, id: Id, response: &Response) -> Result<()> {
    let built_in = built_in::find(Some(1)).ok_or_else(|| Error::internal("no built-in definition"))?;
    let answers: Vec<Value> = built_in
        .statements
        .iter()
        .zip(&response.values)
        .map(|(statement, value)| {
            json!({"statement": statement.key, "value": value, "text": response.texts.get(&statement.key)})
        })
        .collect();
    let influences: Vec<Value> = rules::directions()
        .zip(&response.effects)
        .map(|((from, to), effect)| {
            let (from, to): (&str, &str) = (from.into(), to.into());
            let text = response.influence_texts.get(&format!("{from}/{to}"));
            json!({"from": from, "to": to, "effect": effect, "text": text})
        })
        .collect();
    let body = sent(json!({"id": id, "answers": answers, "influences": influences}))?;
    check_ins::respond(tx, check_in, author, &body).map(drop)
}
