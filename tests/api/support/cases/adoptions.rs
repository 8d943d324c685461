//! Adoptions of insights of another network, and the ledger of those of one's own.

use serde_json::json;

use super::insights::shared;
use super::{Make, World, get, patch, post};
use crate::support::people::Part;

pub const CASES: &[(&str, Make)] = &[
    ("listAdoptions", |world, _| get(world.team.path("adoptions"))),
    ("createAdoption", |world, _| {
        post(world.team.path("adoptions"), json!({"insightId": foreign(world), "decision": "adopted"}))
    }),
    ("getAdoption", |world, _| get(format!("/v1/adoptions/{}", adopted(world, Part::Colleague)))),
    ("updateAdoption (another's)", |world, _| update(&adopted(world, Part::Colleague))),
    ("updateAdoption (own)", |world, caller| {
        let adopter = match caller {
            Part::Practitioner | Part::Expert | Part::Facilitator | Part::Coordinator => caller,
            _ => Part::Colleague,
        };
        update(&adopted(world, adopter))
    }),
    ("listInsightAdoptions (network)", |world, _| {
        get(format!("/v1/insights/{}/adoptions", shared(world, Part::Colleague, "network")))
    }),
    ("listInsightAdoptions (commons)", |world, _| {
        get(format!("/v1/insights/{}/adoptions", shared(world, Part::Colleague, "commons")))
    }),
];

/// An insight of another network that reaches everyone.
fn foreign(world: &World) -> String {
    world.other.cycle().share("commons")
}

fn adopted(world: &World, adopter: Part) -> String {
    let body = json!({"insightId": foreign(world), "decision": "adopted"});
    world.api.client(adopter).post(world.team.path("adoptions"), body).expect(201).id()
}

fn update<'w>(adoption: &str) -> super::Call<'w> {
    let results = json!({"results": [{"value": "applied", "text": "De inloop begint nu buiten."}]});
    patch(format!("/v1/adoptions/{adoption}"), 1, results)
}
