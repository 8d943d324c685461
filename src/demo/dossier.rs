//! What the networks put into the dossiers of themes: a text, the insight that it was drawn from, and what became of it.

use super::content::{cycle_id, id_of, network_id, person_id};
use super::seed::sent;
use super::timeline::moment;
use crate::access::Tx;
use crate::clock::Instant;
use crate::cycles;
use crate::dossier::types::EntryMove;
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::insights::types::Insight;
use crate::{dossier, insights};
use serde::Deserialize;
use serde_json::json;

/// An insight that somebody drafted and shared with everyone on the same day.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Learned {
    key: String,
    network: String,
    cycle: String,
    title: String,
    body: String,
    themes: Vec<String>,
    reflections: Vec<String>,
    evaluations: Vec<String>,
    by: String,
    days_ago: i64,
    entries: Vec<Entry>,
}

/// A text that was drawn from it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Entry {
    key: String,
    /// Named by its network and key.
    theme: String,
    language: String,
    title: String,
    text: String,
    by: String,
    days_ago: i64,
    moves: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Step {
    to: EntryMove,
    by: String,
    reason: Option<String>,
    days_ago: i64,
}

/// Makes what is missing. False where it is there already.
pub fn fill(tx: &mut Tx<'_>, now: Instant) -> Result<bool> {
    let learned: Vec<Learned> = serde_json::from_str(include_str!("content/dossier.json"))
        .map_err(|error| Error::internal(format!("the demo's dossiers cannot be read: {error}")))?;
    tx.take(Id::NIL)?;
    for one in &learned {
        for entry in &one.entries {
            if dossier::find(tx, entry_id(one, entry))?.is_some() {
                return Ok(false);
            }
        }
    }
    let mut networks: Vec<Id> = learned.iter().map(|one| network_id(&one.network)).collect();
    networks.sort();
    networks.into_iter().try_for_each(|id| tx.take(id))?;
    for one in &learned {
        let insight = share(tx, one, now)?;
        one.entries.iter().try_for_each(|entry| put_forward(tx, &insight, one, entry, now))?;
    }
    Ok(true)
}

fn entry_id(one: &Learned, entry: &Entry) -> Id {
    id_of(&format!("dossier-entries/{}/{}", one.network, entry.key))
}

fn share(tx: &mut Tx<'_>, one: &Learned, now: Instant) -> Result<Insight> {
    let (id, by) = (id_of(&format!("insights/{}/{}", one.network, one.key)), person_id(&one.by));
    let named = |names: &[String]| -> Vec<Id> {
        names.iter().map(|name| id_of(&format!("{}/{name}", one.network))).collect()
    };
    let body = sent(json!({
        "id": id,
        "title": one.title,
        "body": one.body,
        "themeIds": named(&one.themes),
        "reflectionIds": named(&one.reflections),
        "evaluationIds": named(&one.evaluations),
    }))?;
    (tx.now, tx.acting) = (moment(now, one.days_ago, id), Some(by));
    let cycle = cycles::state(tx, cycle_id(&one.network, &one.cycle))?;
    let draft = insights::create(tx, &cycle, by, &body)?.record;
    let shared = sent(json!({"to": "shared", "audience": "commons"}))?;
    insights::transition(tx, draft, by, &IfMatch::Absent, &shared)
}

fn put_forward(tx: &mut Tx<'_>, insight: &Insight, one: &Learned, entry: &Entry, now: Instant) -> Result<()> {
    let (id, by) = (entry_id(one, entry), person_id(&entry.by));
    let body = sent(json!({
        "id": id,
        "themeId": id_of(&entry.theme),
        "language": entry.language,
        "title": entry.title,
        "text": entry.text,
        "deIdentified": true,
    }))?;
    (tx.now, tx.acting) = (moment(now, entry.days_ago, id), Some(by));
    let mut stored = dossier::create(tx, insight, by, &body)?.record;
    for step in &entry.moves {
        let (by, stated) = (person_id(&step.by), (step.to == EntryMove::Approved).then_some(true));
        let body = sent(json!({"to": step.to, "reason": step.reason, "deIdentified": stated}))?;
        (tx.now, tx.acting) = (moment(now, step.days_ago, id), Some(by));
        stored = dossier::transition(tx, stored, by, &IfMatch::Any, &body)?;
    }
    Ok(())
}
