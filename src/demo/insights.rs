//! What the networks learned and shared, what others did with it, and how approaches developed by it: told after all networks are there, since it travels
//! between them.

use super::content::{Network, cycle_id, id_of, network_id, person_id};
use super::seed::sent;
use super::timeline::moment;
use crate::access::Tx;
use crate::clock::Instant;
use crate::cycles::{self, rules::CycleState};
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::insights::types::Insight;
use crate::{adoptions, approaches, insights};
use chrono::Duration;
use serde::Deserialize;
use serde_json::{Value, json};

/// One thing that somebody did, in the order of time.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Event {
    days_ago: i64,
    by: String,
    network: String,
    step: Step,
}

/// Insights and adoptions are named by their network and key.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
enum Step {
    Draft(Draft),
    Share { insight: String, audience: String },
    Withdraw { insight: String, reason: String },
    Adopt(Adopt),
    Result { adoption: String, results: Vec<Came> },
    Develop(Develop),
    Try { cycle: String, version: String },
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Draft {
    key: String,
    cycle: String,
    title: String,
    body: String,
    locality: Option<String>,
    themes: Vec<String>,
    reflections: Vec<String>,
    evaluations: Vec<String>,
    adapted_from: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Adopt {
    key: String,
    insight: String,
    decision: String,
    reason: Option<String>,
    cycle: Option<String>,
    adapted: Option<String>,
}

/// The next version of an approach.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Develop {
    approach: String,
    number: i32,
    text: String,
    insights: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Came {
    value: String,
    text: String,
    days_ago: i64,
}

/// Makes what is missing. False where it is there already.
pub fn fill(tx: &mut Tx<'_>, networks: &[Network], now: Instant) -> Result<bool> {
    let events: Vec<Event> = serde_json::from_str(include_str!("content/insights.json"))
        .map_err(|error| Error::internal(format!("the demo's insights cannot be read: {error}")))?;
    tx.take(Id::NIL)?;
    for event in &events {
        if let Step::Draft(draft) = &event.step
            && insights::find(tx, insight_id(&format!("{}/{}", event.network, draft.key)))?.is_some()
        {
            return Ok(false);
        }
    }
    let mut ids: Vec<Id> = networks.iter().map(|network| network_id(&network.network.key)).collect();
    ids.sort();
    ids.into_iter().try_for_each(|id| tx.take(id))?;
    for event in &events {
        let by = person_id(&event.by);
        (tx.now, tx.acting) = (moment(now, event.days_ago, network_id(&event.network)), Some(by));
        happen(tx, event, by, now)?;
    }
    Ok(true)
}

fn insight_id(name: &str) -> Id {
    id_of(&format!("insights/{name}"))
}

fn adoption_id(name: &str) -> Id {
    id_of(&format!("adoptions/{name}"))
}

fn happen(tx: &mut Tx<'_>, event: &Event, by: Id, now: Instant) -> Result<()> {
    let network = &event.network;
    let named = |names: &[String]| -> Vec<Id> {
        names.iter().map(|name| id_of(&format!("{network}/{name}"))).collect()
    };
    match &event.step {
        Step::Draft(draft) => {
            let cycle = cycles::find(tx, cycle_id(network, &draft.cycle))?;
            let themes: Vec<String> = draft.themes.iter().map(|key| format!("themes/{key}")).collect();
            let body = sent(json!({
                "id": insight_id(&format!("{network}/{}", draft.key)),
                "title": draft.title,
                "body": draft.body,
                "locality": draft.locality,
                "themeIds": named(&themes),
                "reflectionIds": named(&draft.reflections),
                "evaluationIds": named(&draft.evaluations),
                "adaptedFromId": draft.adapted_from.as_deref().map(insight_id),
            }))?;
            let cycle = CycleState::from(&cycle.ok_or(Error::NotFound)?);
            insights::create(tx, &cycle, by, &body).map(drop)
        }
        Step::Share { insight, audience } => {
            moved(tx, insight, by, json!({"to": "shared", "audience": audience}))
        }
        Step::Withdraw { insight, reason } => {
            moved(tx, insight, by, json!({"to": "withdrawn", "reason": reason}))
        }
        Step::Adopt(adopt) => {
            let body = sent(json!({
                "id": adoption_id(&format!("{network}/{}", adopt.key)),
                "insightId": insight_id(&adopt.insight),
                "decision": adopt.decision,
                "reason": adopt.reason,
                "cycleId": adopt.cycle.as_deref().map(|key| cycle_id(network, key)),
                "adaptedInsightId": adopt.adapted.as_deref().map(insight_id),
            }))?;
            adoptions::create(tx, network_id(network), by, &body).map(drop)
        }
        Step::Develop(develop) => {
            let name = format!("{network}/approaches/{}", develop.approach);
            let approach = approaches::find(tx, id_of(&name))?.ok_or(Error::NotFound)?;
            let body = sent(json!({
                "id": id_of(&format!("{name}/{}", develop.number)),
                "text": develop.text,
                "insightIds": develop.insights.iter().map(|name| insight_id(name)).collect::<Vec<Id>>(),
            }))?;
            approaches::create_version(tx, &approach, by, &body).map(drop)
        }
        Step::Try { cycle, version } => {
            let cycle = cycles::find(tx, cycle_id(network, cycle))?.ok_or(Error::NotFound)?;
            let version = id_of(&format!("{network}/approaches/{version}"));
            cycles::update(tx, cycle, &IfMatch::Any, sent(json!({"approachVersionId": version}))?).map(drop)
        }
        Step::Result { adoption, results } => {
            let adoption = adoptions::find(tx, adoption_id(adoption))?.ok_or(Error::NotFound)?;
            let came = |came: &Came| {
                let day = now.minus(Duration::days(came.days_ago)).day();
                json!({"value": came.value, "text": came.text, "happenedOn": day})
            };
            let results: Vec<Value> = results.iter().map(came).collect();
            adoptions::update(tx, adoption, &IfMatch::Any, sent(json!({"results": results}))?).map(drop)
        }
    }
}

fn moved(tx: &mut Tx<'_>, insight: &str, by: Id, body: Value) -> Result<()> {
    let insight: Insight = insights::find(tx, insight_id(insight))?.ok_or(Error::NotFound)?;
    insights::transition(tx, insight, by, &IfMatch::Absent, &sent(body)?).map(drop)
}
