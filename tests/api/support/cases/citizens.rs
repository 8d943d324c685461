//! What citizens are handed, and what they ask about what is held about them.

use serde_json::json;

use super::{Make, World, delete, get, post};

pub const CASES: &[(&str, Make)] = &[
    ("getCitizenPage", |world, _| get(of_pseudonym(world, "citizen-page"))),
    ("listCitizenLinks", |world, _| get(of_pseudonym(world, "citizen-links"))),
    ("createCitizenLink", |world, _| post(of_pseudonym(world, "citizen-links"), json!({"days": 7}))),
    ("revokeCitizenLink", |world, _| {
        let link = world.team.link(&world.team.pseudonym(), json!({})).id();
        delete(format!("/v1/citizen-links/{link}"), 1)
    }),
    ("getLinkedCitizenPage", |world, _| get(world.team.linked(&world.team.pseudonym()))),
    ("listIntakeCodes", |world, _| get(of_pseudonym(world, "intake-codes"))),
    ("createIntakeCode", |world, _| post(of_pseudonym(world, "intake-codes"), json!({}))),
    ("revokeIntakeCode", |world, _| {
        let codes = of_pseudonym(world, "intake-codes");
        let code = world.team.coordinator().post(codes, json!({})).expect(201).id();
        delete(format!("/v1/intake-codes/{code}"), 1)
    }),
    ("listDataSubjectRequests", |world, _| get(world.team.path("data-subject-requests"))),
    ("createDataSubjectRequest", |world, _| {
        let body =
            json!({"pseudonymId": world.team.pseudonym(), "kind": "correct", "text": "Het was dinsdag."});
        post(world.team.path("data-subject-requests"), body)
    }),
    ("createOwnDataSubjectRequest", |world, _| {
        let code = world.team.intake_code(&world.team.pseudonym());
        post(
            "/v1/data-subject-requests",
            json!({"intakeCode": code, "kind": "object", "text": "Liever niet."}),
        )
    }),
    ("getDataSubjectRequest", |world, _| get(request(world))),
    ("transitionDataSubjectRequest", |world, _| {
        let refusal = json!({"to": "refused", "reason": "Zo is het gezegd."});
        post(format!("{}/transitions", request(world)), refusal)
    }),
];

fn of_pseudonym(world: &World, what: &str) -> String {
    format!("/v1/pseudonyms/{}/{what}", world.team.pseudonym())
}

fn request(world: &World) -> String {
    let id = world.team.requested(&world.team.pseudonym(), json!({})).id();
    format!("/v1/data-subject-requests/{id}")
}
