//! Insights: drafted, shared, withdrawn.

use serde_json::{Value, json};

use super::{Call, Make, World, delete, get, patch, post, withdrawal};
use crate::support::people::Part;
use crate::support::team;

pub const CASES: &[(&str, Make)] = &[
    ("listInsights", |_, _| get("/v1/insights")),
    ("listNetworkInsights", |world, _| get(world.team.path("insights"))),
    ("createInsight", |world, _| {
        post(world.in_cycle("insights"), team::insight(&[&world.reflection(Part::Colleague).0]))
    }),
    ("getInsight (another's draft)", |world, _| get(path(&draft(world, Part::Colleague).0))),
    ("getInsight (network)", |world, _| get(path(&shared(world, Part::Colleague, "network")))),
    ("getInsight (lineage)", |world, _| get(path(&shared(world, Part::Colleague, "lineage")))),
    ("getInsight (commons)", |world, _| get(path(&shared(world, Part::Colleague, "commons")))),
    ("updateInsight (own)", |world, caller| {
        let (id, version) = draft(world, drafter(caller));
        patch(path(&id), version, json!({"title": "Anders gezegd"}))
    }),
    ("updateInsight (another's, commons)", |world, _| {
        patch(path(&shared(world, Part::Colleague, "commons")), 3, json!({"title": "Anders gezegd"}))
    }),
    ("deleteInsight (own)", |world, caller| {
        let (id, version) = draft(world, drafter(caller));
        delete(path(&id), version)
    }),
    ("transitionInsight (own, network)", |world, caller| {
        moved(&draft(world, drafter(caller)).0, share("network"))
    }),
    ("transitionInsight (another's, lineage)", |world, _| {
        moved(&shared(world, Part::Colleague, "network"), share("lineage"))
    }),
    ("transitionInsight (another's, withdrawn)", |world, _| {
        moved(&shared(world, Part::Colleague, "network"), withdrawal())
    }),
    ("transitionInsight (own, withdrawn)", |world, caller| {
        moved(&shared(world, drafter(caller), "network"), withdrawal())
    }),
    ("getInsightSources (network)", |world, _| {
        get(format!("{}/sources", path(&shared(world, Part::Colleague, "network"))))
    }),
    ("getInsightSources (commons)", |world, _| {
        get(format!("{}/sources", path(&shared(world, Part::Colleague, "commons"))))
    }),
];

fn path(id: &str) -> String {
    format!("/v1/insights/{id}")
}

fn share(audience: &str) -> Value {
    json!({"to": "shared", "audience": audience})
}

fn moved<'w>(id: &str, body: Value) -> Call<'w> {
    post(format!("{}/transitions", path(id)), body)
}

/// Who drafts in the cases `(own)`: the caller, or a colleague where the caller drafts none.
fn drafter(caller: Part) -> Part {
    match caller {
        Part::Practitioner | Part::Expert | Part::Facilitator | Part::Coordinator => caller,
        _ => Part::Colleague,
    }
}

fn draft(world: &World, author: Part) -> (String, i64) {
    let body = team::insight(&[&world.reflection(Part::Colleague).0]);
    world.record(author, "insights", body)
}

/// An insight shared with the network by its author, and further by the coordinator.
pub fn shared(world: &World, author: Part, audience: &str) -> String {
    let id = draft(world, author).0;
    let transitions = format!("{}/transitions", path(&id));
    world.api.client(author).post(&transitions, share("network")).expect(200);
    if audience != "network" {
        world.founder().post(&transitions, share(audience)).expect(200);
    }
    id
}
