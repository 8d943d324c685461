//! What was erased, and what may not be removed.

use serde_json::json;

use super::{Make, World, get, post};

pub const CASES: &[(&str, Make)] = &[
    ("listErasures", |world, _| get(world.team.path("erasures"))),
    ("createErasure", |world, _| post(world.team.path("erasures"), erasure(world))),
    ("listPersonErasures", |_, _| get("/v1/erasures")),
    ("createPersonErasure", |world, _| post("/v1/erasures", erasure_of_person(world))),
    ("getErasure", |world, _| {
        let made = world.founder().post(world.team.path("erasures"), erasure(world)).expect(201);
        get(format!("/v1/erasures/{}", made.id()))
    }),
    ("getErasure (a person's)", |world, _| {
        let made = world.founder().post("/v1/erasures", erasure_of_person(world)).expect(201);
        get(format!("/v1/erasures/{}", made.id()))
    }),
    ("listLegalHolds", |world, _| get(world.team.path("legal-holds"))),
    ("createLegalHold", |world, _| post(world.team.path("legal-holds"), hold(world))),
    ("getLegalHold", |world, _| get(held(world))),
    ("transitionLegalHold", |world, _| {
        post(format!("{}/transitions", held(world)), json!({"to": "lifted", "reason": "Afgedaan."}))
    }),
];

fn erasure(world: &World) -> serde_json::Value {
    json!({"pseudonymId": world.team.pseudonym(), "cause": "no_longer_needed"})
}

fn erasure_of_person(world: &World) -> serde_json::Value {
    json!({"personId": world.api.acquaintance(), "cause": "no_longer_needed"})
}

/// Of somebody whom no other case is about.
fn hold(world: &World) -> serde_json::Value {
    json!({"pseudonymId": world.team.pseudonym(), "reason": "Er loopt een klacht."})
}

fn held(world: &World) -> String {
    let made = world.founder().post(world.team.path("legal-holds"), hold(world)).expect(201);
    format!("/v1/legal-holds/{}", made.id())
}
