//! Networks that share a cycle: the team invites the other network, or is invited by it.

use serde_json::json;

use super::{Make, World, get, patch, post};
use crate::support::team::Cycle;

pub const CASES: &[(&str, Make)] = &[
    ("listCoNetworks", |world, _| get(world.in_cycle("co-networks"))),
    ("createCoNetwork", |world, _| {
        post(world.in_cycle("co-networks"), json!({"coNetworkId": world.fresh_team().id}))
    }),
    ("getCoNetwork", |world, _| get(format!("/v1/co-networks/{}", invited(world)))),
    ("updateCoNetwork", |world, _| {
        let (id, version) = shared(world);
        patch(format!("/v1/co-networks/{id}"), version, json!({"agreesToClose": true}))
    }),
    ("transitionCoNetwork (accept)", |world, _| {
        let id = of_other(world, &world.other.cycle());
        post(format!("/v1/co-networks/{id}/transitions"), json!({"to": "accepted"}))
    }),
    ("transitionCoNetwork (end)", |world, _| {
        let body = json!({"to": "ended", "reason": "Het ging over iets anders."});
        post(format!("/v1/co-networks/{}/transitions", invited(world)), body)
    }),
    ("listJointCycles", |world, _| get(world.team.path("joint-cycles"))),
];

/// A network invited to the team's cycle.
fn invited(world: &World) -> String {
    let body = json!({"coNetworkId": world.fresh_team().id});
    world.founder().post(world.in_cycle("co-networks"), body).expect(201).id()
}

/// The team, invited to a cycle of the other network.
fn of_other(world: &World, cycle: &Cycle) -> String {
    let body = json!({"coNetworkId": world.team.id});
    world.founder().post(cycle.path("co-networks"), body).expect(201).id()
}

/// The team, sharing a cycle of the other network.
fn shared(world: &World) -> (String, i64) {
    let id = of_other(world, &world.other.cycle());
    let accepted = json!({"to": "accepted"});
    let record = world.founder().post(format!("/v1/co-networks/{id}/transitions"), accepted).expect(200);
    (id, record.version())
}
