//! Networks and what lives in them outside any cycle.

use serde_json::json;

use super::{Make, World, call, delete, get, patch, post, role_of};
use crate::support::client::Request;
use crate::support::people::Part;
use crate::support::team;

pub const CASES: &[(&str, Make)] = &[
    ("listNetworks", |_, _| get("/v1/networks")),
    ("createNetwork (top)", |world, _| {
        post("/v1/networks", json!({"name": world.api.unique("Werkplaats"), "kind": "community"}))
    }),
    ("createNetwork (child)", |world, _| {
        post(
            "/v1/networks",
            json!({"name": world.api.unique("Wijkteam"), "kind": "team", "parentId": world.team.id}),
        )
    }),
    ("getNetwork", |world, _| get(format!("/v1/networks/{}", world.team.id))),
    ("updateNetwork", |world, _| {
        let path = format!("/v1/networks/{}", world.team.id);
        let version = world.founder().get(&path).expect(200).version();
        patch(path, version, json!({"description": world.api.unique("Elke dinsdag bijeen")}))
    }),
    ("transitionNetwork", |world, _| {
        let network = world.fresh_team().id;
        post(
            format!("/v1/networks/{network}/transitions"),
            json!({"to": "archived", "reason": "Opgegaan in een ander team."}),
        )
    }),
    ("moveNetwork", |world, _| {
        let network = world.fresh_team().id;
        post(format!("/v1/networks/{network}/moves"), json!({"parentId": world.team.id}))
    }),
    ("listPartners", |world, _| get(world.team.path("partners"))),
    ("createPartner", |world, _| {
        post(
            world.team.path("partners"),
            json!({"organisationId": world.api.organisation(), "role": "participant"}),
        )
    }),
    ("getPartner", |world, _| get(format!("/v1/partners/{}", partner(world)))),
    ("updatePartner", |world, _| {
        patch(format!("/v1/partners/{}", partner(world)), 1, json!({"endsAt": "2040-01-01T00:00:00Z"}))
    }),
    ("endPartner", |world, _| delete(format!("/v1/partners/{}", partner(world)), 1)),
    ("listMembers", |world, _| get(world.team.path("members"))),
    ("createMember", |world, _| {
        post(world.team.path("members"), json!({"personId": world.candidate(), "role": "practitioner"}))
    }),
    ("getMember", |world, _| get(format!("/v1/members/{}", member(world).0))),
    ("updateMember", |world, _| {
        let (id, version) = member(world);
        patch(format!("/v1/members/{id}"), version, json!({"role": "practitioner"}))
    }),
    ("endMember (another)", |world, _| {
        let (id, version) = member(world);
        delete(format!("/v1/members/{id}"), version)
    }),
    ("endMember (oneself)", |world, caller| {
        let leaver = if role_of(caller).is_some() { caller } else { Part::Reader };
        let team = world.fresh_team();
        let person = &world.api.person(leaver).id;
        let members = world.founder().get(team.path("members")).expect(200);
        let own =
            members.items().iter().find(|member| member["personId"] == person.as_str()).expect("a member");
        delete(
            format!("/v1/members/{}", own["id"].as_str().expect("an id")),
            own["version"].as_i64().expect("a version"),
        )
    }),
    ("listInvitations", |world, _| get(world.team.path("invitations"))),
    ("createInvitation", |world, _| {
        let email = format!("{}@tests.example", world.api.unique("invitee"));
        post(world.team.path("invitations"), json!({"email": email, "role": "practitioner"}))
    }),
    ("deleteInvitation", |world, _| {
        let email = format!("{}@tests.example", world.api.unique("invitee"));
        let made = world
            .founder()
            .post(world.team.path("invitations"), json!({"email": email, "role": "reader"}))
            .expect(201);
        call(Request::new("DELETE", format!("/v1/invitations/{}", made.id())))
    }),
    ("listPseudonyms", |world, _| get(world.team.path("pseudonyms"))),
    ("createPseudonym", |world, _| {
        post(world.team.path("pseudonyms"), json!({"ageBand": "age_18_26", "area": "Dukenburg"}))
    }),
    ("getPseudonym", |world, _| get(format!("/v1/pseudonyms/{}", world.team.pseudonym()))),
    ("updatePseudonym", |world, _| {
        patch(format!("/v1/pseudonyms/{}", world.team.pseudonym()), 1, json!({"area": "Lindenholt"}))
    }),
    ("listNetworkObservations", |world, _| get(world.team.path("observations"))),
    ("createInboxObservation", |world, _| post(world.team.path("observations"), team::observation())),
    ("getObservation (inbox)", |world, _| {
        let made = world.colleague().post(world.team.path("observations"), team::observation()).expect(201);
        get(format!("/v1/observations/{}", made.id()))
    }),
];

fn partner(world: &World) -> String {
    let body = json!({"organisationId": world.api.organisation(), "role": "participant"});
    world.founder().post(world.team.path("partners"), body).expect(201).id()
}

/// A member nobody will miss.
fn member(world: &World) -> (String, i64) {
    let body = json!({"personId": world.candidate(), "role": "reader"});
    let made = world.founder().post(world.team.path("members"), body).expect(201);
    (made.id(), made.version())
}
