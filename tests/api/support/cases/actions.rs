//! Actions and their evaluations.

use serde_json::json;

use super::{Make, World, get, patch, post, withdrawal};
use crate::support::people::Part;
use crate::support::team;

pub const CASES: &[(&str, Make)] = &[
    ("listActions", |world, _| get(world.in_cycle("actions"))),
    ("createAction", |world, caller| {
        let reflection = world.reflection(Part::Colleague).0;
        let owner = &world.api.person(world.author(caller)).id;
        post(world.in_cycle("actions"), team::action(&[&reflection], owner))
    }),
    ("getAction", |world, _| get(format!("/v1/actions/{}", world.action(Part::Colleague).0))),
    ("updateAction (another's)", |world, _| update(world.action(Part::Colleague))),
    ("updateAction (own)", |world, caller| update(world.action(world.author(caller)))),
    ("transitionAction (another's)", |world, _| start(&world.action(Part::Colleague).0)),
    ("transitionAction (own)", |world, caller| start(&world.action(world.author(caller)).0)),
    ("transitionAction (another's, withdrawn)", |world, _| {
        post(format!("/v1/actions/{}/transitions", world.action(Part::Colleague).0), withdrawal())
    }),
    ("listNetworkActions", |world, _| get(world.team.path("actions"))),
    ("listCycleEvaluations", |world, _| get(world.in_cycle("evaluations"))),
    ("listNetworkEvaluations", |world, _| get(world.team.path("evaluations"))),
    ("listEvaluations", |world, _| {
        get(format!("/v1/actions/{}/evaluations", world.action(Part::Colleague).0))
    }),
    ("createEvaluation", |world, _| {
        post(format!("/v1/actions/{}/evaluations", world.action(Part::Colleague).0), team::evaluation())
    }),
    ("getEvaluation", |world, _| get(format!("/v1/evaluations/{}", evaluated(world, Part::Colleague)))),
    ("transitionEvaluation (another's)", |world, _| withdraw(&evaluated(world, Part::Colleague))),
    ("transitionEvaluation (own)", |world, caller| withdraw(&evaluated(world, world.author(caller)))),
];

fn update<'w>((id, version): (String, i64)) -> super::Call<'w> {
    patch(format!("/v1/actions/{id}"), version, json!({"description": "Twee avonden in de week."}))
}

fn start<'w>(action: &str) -> super::Call<'w> {
    post(format!("/v1/actions/{action}/transitions"), json!({"to": "doing"}))
}

fn withdraw<'w>(evaluation: &str) -> super::Call<'w> {
    post(format!("/v1/evaluations/{evaluation}/transitions"), withdrawal())
}

fn evaluated(world: &World, author: Part) -> String {
    let action = world.action(Part::Colleague).0;
    world
        .api
        .client(author)
        .post(format!("/v1/actions/{action}/evaluations"), team::evaluation())
        .expect(201)
        .id()
}
