//! Frameworks of life domains, and check-ins.

use serde_json::json;

use super::{Make, World, get, patch, post};
use crate::support::check_ins::{definition, influences, response};
use crate::support::people::Part;

pub const CASES: &[(&str, Make)] = &[
    ("listLifeDomainFrameworks", |_, _| get("/v1/life-domain-frameworks")),
    ("listNetworkLifeDomainFrameworks", |world, _| get(world.team.path("life-domain-frameworks"))),
    ("createLifeDomainFramework", |world, _| {
        post(
            world.team.path("life-domain-frameworks"),
            json!({"name": {"nl": "Goed leven"}, "domains": domains()}),
        )
    }),
    ("getLifeDomainFramework", |world, _| get(format!("/v1/life-domain-frameworks/{}", framework(world)))),
    ("listLifeDomainFrameworkVersions", |world, _| {
        get(format!("/v1/life-domain-frameworks/{}/versions", framework(world)))
    }),
    ("createLifeDomainFrameworkVersion", |world, _| {
        post(
            format!("/v1/life-domain-frameworks/{}/versions", framework(world)),
            json!({"domains": domains(), "reason": "Zo zeggen zij het."}),
        )
    }),
    ("getLifeDomainFrameworkVersion", |world, _| {
        let path = format!("/v1/life-domain-frameworks/{}/versions", framework(world));
        let first = world.founder().get(path).expect(200).ids().remove(0);
        get(format!("/v1/life-domain-framework-versions/{first}"))
    }),
    ("listLifeDomainChoices", |world, _| get(world.team.path("life-domain-choices"))),
    ("createLifeDomainChoice", |world, _| {
        post(world.team.path("life-domain-choices"), json!({"builtIn": "social_quality"}))
    }),
    ("getLifeDomainChoice", |world, _| {
        let body = json!({"builtIn": "positive_health"});
        let made = world.founder().post(world.team.path("life-domain-choices"), body).expect(201);
        get(format!("/v1/life-domain-choices/{}", made.id()))
    }),
    ("getLifeDomains", |world, _| get(world.team.path("life-domains"))),
    ("listCheckInDefinitions", |_, _| get("/v1/check-in-definitions")),
    ("listNetworkCheckInDefinitions", |world, _| get(world.team.path("check-in-definitions"))),
    ("createCheckInDefinition", |world, _| {
        post(world.fresh_team().path("check-in-definitions"), definition())
    }),
    ("getCheckInDefinition", |world, _| {
        // In a network of its own: the team goes on with what is built in.
        let made = world.founder().post(world.fresh_team().path("check-in-definitions"), definition());
        get(format!("/v1/check-in-definitions/{}", made.expect(201).id()))
    }),
    ("listCheckIns", |world, _| get(world.team.path("check-ins"))),
    ("createCheckIn", |world, _| post(world.team.path("check-ins"), json!({"closesOn": "2099-12-31"}))),
    ("getCheckIn", |world, _| get(format!("/v1/check-ins/{}", check_in(world)))),
    ("updateCheckIn", |world, _| {
        patch(format!("/v1/check-ins/{}", check_in(world)), 1, json!({"closesOn": "2098-12-31"}))
    }),
    ("transitionCheckIn", |world, _| {
        post(format!("/v1/check-ins/{}/transitions", check_in(world)), json!({"to": "closed"}))
    }),
    ("getCheckInForm", |world, _| get(format!("/v1/check-ins/{}/form", check_in(world)))),
    ("listCheckInResponses", |world, _| get(format!("/v1/check-ins/{}/responses", check_in(world)))),
    ("createCheckInResponse", |world, _| {
        post(format!("/v1/check-ins/{}/responses", check_in(world)), response(3))
    }),
    ("getCheckInResponse (another's)", |world, _| get(responded(world, Part::Colleague))),
    ("getCheckInResponse (own)", |world, caller| get(responded(world, member(caller)))),
    ("updateCheckInResponse (another's)", |world, _| {
        patch(responded(world, Part::Colleague), 1, json!({"influences": influences("helps")}))
    }),
    ("updateCheckInResponse (own)", |world, caller| {
        patch(responded(world, member(caller)), 1, json!({"influences": influences("helps")}))
    }),
    ("getCheckInResults", |world, _| get(format!("/v1/check-ins/{}/results", check_in(world)))),
    ("getCheckInCourse", |world, _| get(world.team.path("check-in-course"))),
];

fn domains() -> serde_json::Value {
    json!([{"key": "neighbours", "label": {"nl": "Omzien naar elkaar"}, "words": ["noaberschap"]}])
}

fn framework(world: &World) -> String {
    let body = json!({"name": {"nl": "Goed leven"}, "domains": domains()});
    world.founder().post(world.team.path("life-domain-frameworks"), body).expect(201).id()
}

fn check_in(world: &World) -> String {
    let body = json!({"closesOn": "2099-12-31"});
    world.founder().post(world.team.path("check-ins"), body).expect(201).id()
}

/// The caller where they are a member who may respond, else a colleague.
fn member(caller: Part) -> Part {
    match caller {
        Part::Practitioner | Part::Expert | Part::Facilitator | Part::Coordinator => caller,
        _ => Part::Colleague,
    }
}

fn responded(world: &World, author: Part) -> String {
    let made = world.team.respond(&check_in(world), author, response(3)).expect(201);
    format!("/v1/check-in-responses/{}", made.id())
}
