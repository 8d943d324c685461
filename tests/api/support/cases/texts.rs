//! What texts tell of people: policies, names, warnings, checks.

use serde_json::json;

use super::{Call, Make, World, delete, get, patch, post};
use crate::support::people::Part;
use crate::support::team::{observation, with};

pub const CASES: &[(&str, Make)] = &[
    ("getPrivacyPolicy", |world, _| get(world.team.path("privacy-policy"))),
    ("updatePrivacyPolicy", |world, _| {
        let path = world.team.path("privacy-policy");
        let version = world.founder().get(&path).expect(200).version();
        patch(path, version, json!({"iban": "refuse"}))
    }),
    ("listGuardedNames", |world, _| get(world.team.path("guarded-names"))),
    ("createGuardedName", |world, _| post(world.team.path("guarded-names"), json!({"name": "Zomaarwie"}))),
    ("getGuardedName", |world, _| get(guarded(world))),
    ("deleteGuardedName", |world, _| delete(guarded(world), 1)),
    ("listPrivacyWarnings", |world, _| get(world.team.path("privacy-warnings"))),
    ("getPrivacyWarning (another's)", |world, _| get(warning(world, Part::Colleague))),
    ("getPrivacyWarning (own)", |world, caller| get(warning(world, world.author(caller)))),
    ("transitionPrivacyWarning (another's)", |world, _| confirm(world, Part::Colleague)),
    ("transitionPrivacyWarning (own)", |world, caller| confirm(world, world.author(caller))),
    ("createPrivacyCheck", |world, _| {
        let texts = json!([{"text": "Mevrouw belt liever."}]);
        post("/v1/privacy-checks", json!({"networkId": world.team.id, "texts": texts}))
    }),
];

fn guarded(world: &World) -> String {
    let name = json!({"name": "Iemand Anders"});
    format!(
        "/v1/guarded-names/{}",
        world.founder().post(world.team.path("guarded-names"), name).expect(201).id()
    )
}

/// A warning of a text in the cycle.
fn warning(world: &World, author: Part) -> String {
    let body = with(observation(), json!({"body": "Zij stuurt het naar info@buurthuis.example."}));
    let made = world.api.client(author).post(world.in_cycle("observations"), body).expect(201);
    format!("/v1/privacy-warnings/{}", made["warnings"][0]["id"].as_str().expect("a warning"))
}

fn confirm<'w>(world: &World, author: Part) -> Call<'w> {
    post(format!("{}/transitions", warning(world, author)), json!({"to": "confirmed"}))
}
