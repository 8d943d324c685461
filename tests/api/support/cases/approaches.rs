//! Approaches and their versions.

use serde_json::json;

use super::{Make, World, get, patch, post};
use crate::support::people::Part;
use crate::support::team;

pub const CASES: &[(&str, Make)] = &[
    ("listApproaches", |world, _| get(world.team.path("approaches"))),
    ("createApproach", |world, _| post(world.team.path("approaches"), team::approach())),
    ("getApproach", |world, _| get(path(world, Part::Colleague))),
    ("updateApproach (another's)", |world, _| {
        patch(path(world, Part::Colleague), 1, json!({"title": "Koffie op het plein"}))
    }),
    ("updateApproach (own)", |world, caller| {
        let author = match caller {
            Part::Practitioner | Part::Expert | Part::Facilitator | Part::Coordinator => caller,
            _ => Part::Colleague,
        };
        patch(path(world, author), 1, json!({"title": "Koffie op het plein"}))
    }),
    ("listApproachVersions", |world, _| get(format!("{}/versions", path(world, Part::Colleague)))),
    ("createApproachVersion", |world, _| {
        post(format!("{}/versions", path(world, Part::Colleague)), json!({"text": "Elke dinsdag buiten."}))
    }),
    ("getApproachVersion", |world, _| {
        let versions = format!("{}/versions", path(world, Part::Colleague));
        let made = world.colleague().post(versions, json!({"text": "Elke dinsdag buiten."})).expect(201);
        get(format!("/v1/approach-versions/{}", made.id()))
    }),
    ("listApproachOutcomes", |world, _| get(format!("{}/outcomes", path(world, Part::Colleague)))),
];

/// A fresh approach.
fn path(world: &World, author: Part) -> String {
    let made = world.api.client(author).post(world.team.path("approaches"), team::approach()).expect(201);
    format!("/v1/approaches/{}", made.id())
}
