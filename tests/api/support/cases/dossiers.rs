//! Entries of dossiers, and what everyone reads of them.

use serde_json::{Value, json};

use super::insights::shared;
use super::{Call, Make, World, call, get, patch, post, withdrawal};
use crate::support::client::Request;
use crate::support::people::Part;
use crate::support::team;

pub const CASES: &[(&str, Make)] = &[
    ("listDossierEntries", |world, _| get(world.team.path("dossier-entries"))),
    ("createDossierEntry (commons)", |world, _| {
        let insight = shared(world, Part::Colleague, "commons");
        post(format!("/v1/insights/{insight}/dossier-entries"), team::entry(&theme(world)))
    }),
    ("getDossierEntry", |world, _| get(path(&proposed(world, Part::Founder).0))),
    ("updateDossierEntry (own)", |world, caller| {
        let body = json!({"title": "Anders gezegd", "deIdentified": true});
        patch(path(&proposed(world, proposer(caller)).0), 1, body)
    }),
    ("updateDossierEntry (another's)", |world, _| {
        let body = json!({"title": "Anders gezegd", "deIdentified": true});
        patch(path(&proposed(world, Part::Founder).0), 1, body)
    }),
    ("transitionDossierEntry (another's, approved)", |world, _| {
        moved(&proposed(world, Part::Founder).0, json!({"to": "approved", "deIdentified": true}))
    }),
    ("transitionDossierEntry (another's, declined)", |world, _| {
        moved(&proposed(world, Part::Founder).0, json!({"to": "declined", "reason": "Te herkenbaar."}))
    }),
    ("transitionDossierEntry (own, withdrawn)", |world, caller| {
        moved(&proposed(world, proposer(caller)).0, withdrawal())
    }),
    ("transitionDossierEntry (another's, withdrawn)", |world, _| {
        moved(&proposed(world, Part::Founder).0, withdrawal())
    }),
    ("getDossier", |world, _| get(format!("/v1/themes/{}/dossier", published(world)))),
    ("getDossierAtom", |world, _| get(format!("/v1/themes/{}/dossier/atom", published(world)))),
    ("getDossierJsonFeed", |world, _| get(format!("/v1/themes/{}/dossier/json-feed", published(world)))),
    ("getNewsletterDraft", |_, _| {
        get("/v1/newsletter-draft?since=2026-01-01T00:00:00Z&until=2026-01-02T00:00:00Z")
    }),
];

fn path(id: &str) -> String {
    format!("/v1/dossier-entries/{id}")
}

fn moved<'w>(id: &str, body: Value) -> Call<'w> {
    call(Request::new("POST", format!("{}/transitions", path(id))).if_match(1).json(&body))
}

/// Who puts an entry forward in the cases `(own)`: the caller, or the founder where the caller puts none forward.
fn proposer(caller: Part) -> Part {
    match caller {
        Part::Facilitator | Part::Coordinator => caller,
        _ => Part::Founder,
    }
}

fn theme(world: &World) -> String {
    world.founder().post("/v1/themes", json!({"title": "Eenzaamheid"})).expect(201).id()
}

/// An entry that waits, and its theme.
fn proposed(world: &World, author: Part) -> (String, String) {
    let (insight, theme) = (shared(world, Part::Colleague, "commons"), theme(world));
    let entries = format!("/v1/insights/{insight}/dossier-entries");
    (world.api.client(author).post(entries, team::entry(&theme)).expect(201).id(), theme)
}

/// A theme with a dossier.
fn published(world: &World) -> String {
    let (id, theme) = proposed(world, Part::Founder);
    team::approve(&world.api.client(Part::Coordinator), &id);
    theme
}
