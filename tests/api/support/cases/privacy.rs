//! Who answers for personal data, all that is held about somebody, and research.

use serde_json::json;

use super::{Make, World, get, patch, post, role_of};
use crate::support::people::Part;
use crate::support::privacy::consent;

pub const CASES: &[(&str, Make)] = &[
    ("getControllership", |world, _| get(world.team.path("controllership"))),
    ("updateControllership", |world, _| {
        let path = world.team.path("controllership");
        let version = world.founder().get(&path).expect(200).version();
        patch(path, version, json!({"processor": {"name": world.api.unique("Hosting")}}))
    }),
    ("getPseudonymExport", |world, _| get(format!("/v1/pseudonyms/{}/export", world.team.pseudonym()))),
    ("getMyExport", |_, _| get("/v1/me/export")),
    ("listResearchConsents", |world, _| get(world.team.path("research-consents"))),
    ("createResearchConsent", |world, _| {
        post(world.team.path("research-consents"), consent(&world.api.unique("METC")))
    }),
    ("listPseudonymResearchConsents", |world, _| {
        get(format!("/v1/pseudonyms/{}/research-consents", world.team.pseudonym()))
    }),
    ("createPseudonymResearchConsent", |world, _| {
        let pseudonym = world.team.pseudonym();
        post(format!("/v1/pseudonyms/{pseudonym}/research-consents"), consent("METC-1"))
    }),
    ("getResearchConsent (a pseudonym's)", |world, _| get(of_pseudonym(world))),
    ("getResearchConsent (another's)", |world, _| get(of_person(world, Part::Colleague))),
    ("getResearchConsent (own)", |world, caller| get(of_person(world, giver(caller)))),
    ("transitionResearchConsent (a pseudonym's)", |world, _| withdraw(&of_pseudonym(world))),
    ("transitionResearchConsent (another's)", |world, _| withdraw(&of_person(world, Part::Colleague))),
    ("transitionResearchConsent (own)", |world, caller| withdraw(&of_person(world, giver(caller)))),
    ("getResearchExport", |world, _| get(world.team.path("research-exports?protocol=METC-1"))),
];

fn of_pseudonym(world: &World) -> String {
    let id = world.team.consented(&world.team.pseudonym(), "METC-1");
    format!("/v1/research-consents/{id}")
}

fn of_person(world: &World, part: Part) -> String {
    format!("/v1/research-consents/{}", world.team.consents(part, &world.api.unique("METC")))
}

/// The caller, or a colleague where the caller is no member.
fn giver(caller: Part) -> Part {
    if role_of(caller).is_some() { caller } else { Part::Colleague }
}

fn withdraw<'w>(consent: &str) -> super::Call<'w> {
    post(format!("{consent}/transitions"), json!({"to": "withdrawn"}))
}
