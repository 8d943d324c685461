//! What was erased, and what may not be removed.

use serde_json::json;

use super::{Make, World, get, patch, post};

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
    ("getRetentionPolicy", |world, _| get(world.team.path("retention-policy"))),
    ("updateRetentionPolicy", |world, _| {
        let rule = json!({"kind": "observation", "months": 24});
        patch(world.fresh_team().path("retention-policy"), 1, json!({"rules": [rule]}))
    }),
    ("listDueRecords", |world, _| get(world.team.path("due-records"))),
    ("listRetentionRuns", |world, _| get(world.team.path("retention-runs"))),
    ("createRetentionRun", |world, _| post(world.fresh_team().path("retention-runs"), json!({}))),
    ("getRetentionRun", |world, _| {
        let made = world.founder().post(world.fresh_team().path("retention-runs"), json!({})).expect(201);
        get(format!("/v1/retention-runs/{}", made.id()))
    }),
    ("listRemovals", |world, _| get(world.team.path("removals"))),
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
