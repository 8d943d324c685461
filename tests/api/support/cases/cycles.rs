//! Cycles, their participants and their report.

use serde_json::json;

use super::{Make, World, delete, get, patch, post};

pub const CASES: &[(&str, Make)] = &[
    ("listCycles", |world, _| get(world.team.path("cycles"))),
    ("createCycle", |world, _| {
        post(world.team.path("cycles"), json!({"learningQuestion": "Wat leert een buurt?"}))
    }),
    ("getCycle", |world, _| get(format!("/v1/cycles/{}", world.cycle))),
    ("updateCycle", |world, _| {
        let path = format!("/v1/cycles/{}", world.cycle);
        let version = world.founder().get(&path).expect(200).version();
        patch(path, version, json!({"learningQuestion": world.api.unique("Wat leert een straat?")}))
    }),
    ("transitionCycle", |world, _| {
        post(format!("/v1/cycles/{}/transitions", world.fresh_cycle()), json!({"to": "act"}))
    }),
    ("listCycleTransitions", |world, _| get(world.in_cycle("transitions"))),
    ("getCycleReport", |world, _| get(world.in_cycle("report"))),
    ("listOpenItems", |world, _| get(world.team.path("open-items"))),
    ("listMyOpenItems", |_, _| get("/v1/me/open-items")),
    ("listParticipants", |world, _| get(world.in_cycle("participants"))),
    ("createParticipant", |world, _| {
        post(world.in_cycle("participants"), json!({"personId": world.candidate(), "role": "reader"}))
    }),
    ("getParticipant", |world, _| get(format!("/v1/participants/{}", participant(world).0))),
    ("updateParticipant", |world, _| {
        let (id, version) = participant(world);
        patch(format!("/v1/participants/{id}"), version, json!({"role": "practitioner"}))
    }),
    ("endParticipant", |world, _| {
        let (id, version) = participant(world);
        delete(format!("/v1/participants/{id}"), version)
    }),
];

/// A guest nobody will miss.
fn participant(world: &World) -> (String, i64) {
    let body = json!({"personId": world.candidate(), "role": "reader"});
    let made = world.founder().post(world.in_cycle("participants"), body).expect(201);
    (made.id(), made.version())
}
