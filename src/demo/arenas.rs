//! An effect arena that a network made of one of its actions: laid out together, seen differently by some, agreed, and
//! evaluated when the effects could be seen.

use super::content::{id_of, network_id, organisation_id, parse, person_id};
use super::seed::sent;
use super::timeline::moment;
use crate::access::Tx;
use crate::clock::Instant;
use crate::effect_arenas::{self, types::EffectArena, views};
use crate::error::Result;
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use serde::Deserialize;
use serde_json::{Map, Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Arena {
    key: String,
    network: String,
    action: String,
    title: String,
    by: String,
    days_ago: i64,
    participants: Vec<String>,
    /// The board as it was agreed. Organisations and evidence go by their keys.
    content: Map<String, Value>,
    views: Vec<View>,
    agreed: Step,
    seen: Seen,
    evaluated: Step,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct View {
    key: String,
    part: String,
    kind: String,
    by: String,
    text: String,
    days_ago: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Step {
    by: String,
    days_ago: i64,
}

/// What was seen later, by the part's key.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Seen {
    by: String,
    days_ago: i64,
    parts: Map<String, Value>,
}

/// Makes what is missing.
pub fn fill(tx: &mut Tx<'_>, now: Instant) -> Result<()> {
    let arenas: Vec<Arena> = parse(include_str!("content/effect-arenas.json"))?;
    tx.take(Id::NIL)?;
    for arena in &arenas {
        let id = id_of(&format!("effect-arenas/{}/{}", arena.network, arena.key));
        if effect_arenas::find(tx, id)?.is_none() {
            tx.take(network_id(&arena.network))?;
            lay_out(tx, arena, id, now)?;
        }
    }
    Ok(())
}

fn lay_out(tx: &mut Tx<'_>, arena: &Arena, id: Id, now: Instant) -> Result<()> {
    let by = at(tx, &arena.by, moment(now, arena.days_ago, id));
    let participants: Vec<Id> = arena.participants.iter().map(|key| person_id(key)).collect();
    let body = json!({
        "id": id,
        "title": arena.title,
        "actionId": id_of(&format!("{}/{}", arena.network, arena.action)),
        "participantIds": participants,
        "content": named(&arena.network, Value::Object(arena.content.clone())),
    });
    let draft = effect_arenas::create(tx, network_id(&arena.network), by, &sent(body)?)?.record;
    for view in &arena.views {
        let view_id = id_of(&format!("effect-arena-views/{}/{}", arena.network, view.key));
        let by = at(tx, &view.by, moment(now, view.days_ago, view_id));
        let body = json!({"id": view_id, "partKey": view.part, "kind": view.kind, "text": view.text});
        views::create(tx, &draft, by, &sent(body)?)?;
    }
    let agreed = move_to(tx, draft, "agreed", &arena.agreed, now)?;
    at(tx, &arena.seen.by, moment(now, arena.seen.days_ago, id));
    let mut board = arena.content.clone();
    board
        .values_mut()
        .filter_map(Value::as_array_mut)
        .flatten()
        .for_each(|part| look(part, &arena.seen.parts));
    let body = json!({"content": named(&arena.network, Value::Object(board))});
    let seen = effect_arenas::update(tx, agreed, &IfMatch::Any, sent(body)?, true)?;
    move_to(tx, seen, "evaluated", &arena.evaluated, now).map(drop)
}

/// At this moment it is this person who writes.
fn at(tx: &mut Tx<'_>, by: &str, moment: Instant) -> Id {
    let by = person_id(by);
    (tx.now, tx.acting) = (moment, Some(by));
    by
}

fn move_to(tx: &mut Tx<'_>, arena: EffectArena, to: &str, step: &Step, now: Instant) -> Result<EffectArena> {
    let by = at(tx, &step.by, moment(now, step.days_ago, arena.id));
    effect_arenas::transition(tx, arena, by, &IfMatch::Any, &sent(json!({"to": to}))?)
}

/// Puts what was seen of a part beside what was expected of it.
fn look(part: &mut Value, seen: &Map<String, Value>) {
    let of_part = part["key"].as_str().and_then(|key| seen.get(key)).and_then(Value::as_object);
    for (member, seen) in of_part.cloned().into_iter().flatten() {
        match (part[&member].as_object_mut(), seen) {
            (Some(said), Value::Object(seen)) => said.extend(seen),
            (_, seen) => part[&member] = seen,
        }
    }
}

/// The ids of what goes by its key.
fn named(network: &str, content: Value) -> Value {
    let of_network = |key: &str| json!(id_of(&format!("{network}/{key}")));
    let each = |keys: &Value, id: &dyn Fn(&str) -> Value| -> Value {
        keys.as_array().into_iter().flatten().filter_map(Value::as_str).map(id).collect()
    };
    match content {
        Value::Object(members) => members
            .into_iter()
            .map(|(member, value)| {
                let value = match member.as_str() {
                    "organisationId" => json!(value.as_str().map(organisation_id)),
                    "organisationIds" => each(&value, &|key| json!(organisation_id(key))),
                    "observationIds" | "evaluationIds" => each(&value, &of_network),
                    _ => named(network, value),
                };
                (member, value)
            })
            .collect(),
        Value::Array(entries) => entries.into_iter().map(|entry| named(network, entry)).collect(),
        other => other,
    }
}
