//! Merge patches (RFC 7396), of records of many forms.

use feedbacklus::actions::types::ActionPatch;
use feedbacklus::clock::Instant;
use feedbacklus::controllership::types::ControllershipPatch;
use feedbacklus::db::types::Json;
use feedbacklus::effect_arenas::types::EffectArenaPatch;
use feedbacklus::effect_calculations::types::EffectCalculationPatch;
use feedbacklus::error::Error;
use feedbacklus::http::body::{Input, parse};
use feedbacklus::http::faults;
use feedbacklus::ids::Id;
use feedbacklus::networks::types::NetworkPatch;
use feedbacklus::observations::rules;
use feedbacklus::observations::types::{Observation, ObservationPatch, ObservationState, Voice};
use feedbacklus::people::types::MePatch;
use feedbacklus::practice::Perspective;
use feedbacklus::reflections::types::ReflectionPatch;
use feedbacklus::sessions::types::SessionPatch;
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

/// The first byte says of what it is a patch.
pub fn holds(data: &[u8]) {
    let (which, patch) = super::choice(data);
    match which % 9 {
        0 => observation(patch),
        1 => drop(read::<ActionPatch>(patch)),
        2 => drop(read::<ReflectionPatch>(patch)),
        3 => drop(read::<NetworkPatch>(patch)),
        4 => drop(read::<SessionPatch>(patch)),
        5 => drop(read::<ControllershipPatch>(patch)),
        6 => drop(read::<EffectArenaPatch>(patch)),
        7 => drop(read::<EffectCalculationPatch>(patch)),
        _ => drop(read::<MePatch>(patch)),
    }
}

/// A patch that is taken is one by the contract's own schema, and says what was sent: what was left out is left out, a null
/// stays a null, and a value is the same when it is sent as it was read. A patch that is refused is told why.
fn read<T: Input + Serialize>(bytes: &[u8]) -> Option<(T, Map<String, Value>)> {
    let patch = match parse::<T>(bytes) {
        Ok(patch) => patch,
        Err(error) => {
            super::is_told(&error);
            lead_somewhere(&error, bytes);
            return None;
        }
    };
    let sent: Value = serde_json::from_slice(bytes).expect("it was read");
    let unlike = faults::of_value::<T>(&trimmed(&sent));
    assert!(unlike.is_empty(), "taken, though the contract has it otherwise: {unlike:?}");
    let Value::Object(sent) = sent else { panic!("a patch that is no object was taken") };
    let Ok(Value::Object(mut members)) = serde_json::to_value(&patch) else { panic!("it is an object") };
    for (name, value) in &members {
        let there = sent.get(name).is_some_and(|sent| !sent.is_null());
        assert_eq!(there, !value.is_null(), "{name} is not as it was sent");
    }
    keep_what_was_sent(&mut members, &sent);
    assert_eq!(members.len(), sent.len(), "a member was lost");
    let again = serde_json::to_vec(&members).expect("JSON");
    let again = parse::<T>(&again).unwrap_or_else(|error| panic!("not taken as it was read: {error:?}"));
    let Ok(Value::Object(mut read)) = serde_json::to_value(&again) else { panic!("it is an object") };
    keep_what_was_sent(&mut read, &sent);
    assert_eq!(read, members, "read twice it is another");
    Some((patch, members))
}

/// White space around a text is no part of it, wherever a text is sent.
fn trimmed(sent: &Value) -> Value {
    match sent {
        Value::String(text) => text.trim().into(),
        Value::Array(entries) => entries.iter().map(trimmed).collect(),
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), trimmed(value))).collect()
        }
        other => other.clone(),
    }
}

/// Leaves out, at any depth, what is told as null though nothing was sent.
fn keep_what_was_sent(members: &mut Map<String, Value>, sent: &Map<String, Value>) {
    fn keep(value: &mut Value, sent: &Value) {
        match (value, sent) {
            (Value::Object(members), Value::Object(sent)) => keep_what_was_sent(members, sent),
            (Value::Array(entries), Value::Array(sent)) => {
                entries.iter_mut().zip(sent).for_each(|(entry, sent)| keep(entry, sent));
            }
            _ => {}
        }
    }
    members.retain(|name, value| sent.contains_key(name) || !value.is_null());
    for (name, value) in members {
        if let Some(sent) = sent.get(name) {
            keep(value, sent);
        }
    }
}

/// Each fault is of something that was sent, or of what is missing in it.
fn lead_somewhere(error: &Error, bytes: &[u8]) {
    let (Error::Invalid { errors, .. }, Ok(sent)) = (error, serde_json::from_slice::<Value>(bytes)) else {
        return;
    };
    for fault in errors {
        let within = fault.pointer.rsplit_once('/').map_or("", |(within, _)| within);
        assert!(sent.pointer(within).is_some(), "{fault:?} is of nothing in {sent}");
    }
}

/// What comes of it is what RFC 7396 says: the members that were sent take the place of what stood there.
fn observation(bytes: &[u8]) {
    let Some((patch, members)) = read::<ObservationPatch>(bytes) else { return };
    if members.contains_key("cycleId") {
        return;
    }
    let mut observation = stored();
    let mut expected = serde_json::to_value(&observation).expect("JSON");
    for (name, value) in members {
        expected[name] = value;
    }
    rules::amend(&mut observation, patch, None).expect("it was not withdrawn");
    assert_eq!(serde_json::to_value(&observation).expect("JSON"), expected);
}

fn stored() -> Observation {
    let id = |number| Id(Uuid::from_u128(number));
    let instant = Instant::from_micros(1_772_000_000_000_000).expect("an instant of 2026");
    Observation {
        id: id(1),
        network_id: id(2),
        cycle_id: Some(id(3)),
        body: "Stil op de galerij.".into(),
        perspective: Perspective::Citizen,
        voice: Some(Voice::Quoted),
        question_id: Some(id(4)),
        about_pseudonym_ids: Json(vec![id(5)]),
        on_behalf_of_pseudonym_id: None,
        theme_ids: Json(vec![]),
        life_domains: Json(vec!["social_network".into()]),
        tags: Json(vec!["avond".into()]),
        late: false,
        state: ObservationState::Logged,
        state_reason: None,
        author_id: id(6),
        happened_at: instant,
        created_at: instant,
        updated_at: instant,
        version: 1,
        digest: Vec::new(),
    }
}
