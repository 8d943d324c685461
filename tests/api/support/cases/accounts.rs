//! Sign-in, the caller themself, people, organisations and themes.

use serde_json::json;

use super::{Make, World, call, delete, get, patch, post};
use crate::support::client::Request;
use crate::support::issuer::Issuer;
use crate::support::people::Part;
use crate::support::team::new_id;

pub const CASES: &[(&str, Make)] = &[
    ("getOpenApi", |_, _| get("/v1/openapi.json")),
    ("createTokens", |world, caller| {
        let person = world.api.person(caller);
        post("/v1/auth/tokens", json!({"email": person.email, "password": person.password()}))
    }),
    ("revokeTokens", |world, caller| {
        let person = world.api.person(caller);
        let session = world.api.sign_in(&person.email, &person.password()).expect(200);
        let mut call = call(Request::new("DELETE", "/v1/auth/tokens"));
        call.token = Some(session.text_of("accessToken"));
        call
    }),
    ("createAccount", |world, _| {
        let email = format!("{}@tests.example", world.api.unique("invited"));
        let token = invitation(world, &email);
        post(
            "/v1/auth/accounts",
            json!({"token": token, "displayName": "Nieuw", "password": "a password of my own"}),
        )
    }),
    ("getMe", |_, _| get("/v1/me")),
    ("updateMe", |world, caller| {
        let version = world.api.client(caller).get("/v1/me").expect(200)["person"]["version"]
            .as_i64()
            .expect("a version");
        patch("/v1/me", version, json!({"locale": "en"}))
    }),
    ("changePassword", |world, caller| {
        let person = world.api.person(caller);
        let (old, new) = (person.password(), world.api.unique("another password"));
        let body = json!({"currentPassword": old, "newPassword": new});
        let mut call = call(Request::new("PUT", "/v1/me/password").json(&body));
        call.after = Some(Box::new(move || person.remember_password(&new)));
        call
    }),
    ("acceptInvitation", |world, caller| {
        let token = invitation(world, &world.api.person(caller).email);
        post("/v1/me/memberships", json!({"token": token}))
    }),
    ("listMyIdentities", |_, _| get("/v1/me/identities")),
    ("createOwnIdentity", |world, _| {
        let token = Issuer::shared().sign_in(&subject(world));
        post("/v1/me/identities", json!({"accessToken": token}))
    }),
    ("listIdentities", |world, _| {
        get(format!("/v1/people/{}/identities", world.api.person(Part::Colleague).id))
    }),
    ("createIdentity", |world, _| {
        let path = format!("/v1/people/{}/identities", world.api.person(Part::Colleague).id);
        post(path, json!({"subject": subject(world)}))
    }),
    ("deleteIdentity (own)", |world, caller| {
        delete(format!("/v1/identities/{}", identity(world, &world.api.person(caller).id)), 1)
    }),
    ("deleteIdentity (another's)", |world, _| {
        delete(format!("/v1/identities/{}", identity(world, &world.api.person(Part::Founder).id)), 1)
    }),
    ("listPeople", |_, _| get("/v1/people")),
    ("createPerson", |world, _| {
        let email = format!("{}@tests.example", world.api.unique("person"));
        post("/v1/people", json!({"email": email, "displayName": "Iemand"}))
    }),
    ("getPerson", |world, _| get(format!("/v1/people/{}", world.api.person(Part::Colleague).id))),
    ("updatePerson", |world, _| {
        let id = world.api.acquaintance();
        world
            .founder()
            .post(world.team.path("members"), json!({"personId": id, "role": "reader"}))
            .expect(201);
        let version = world.founder().get(format!("/v1/people/{id}")).expect(200).version();
        patch(format!("/v1/people/{id}"), version, json!({"displayName": "Iemand anders"}))
    }),
    ("listOrganisations", |_, _| get("/v1/organisations")),
    ("createOrganisation", |world, _| {
        post(
            "/v1/organisations",
            json!({"name": world.api.unique("Gemeente"), "kind": "municipality", "locality": "Heumen"}),
        )
    }),
    ("getOrganisation", |world, _| get(format!("/v1/organisations/{}", organisation(world).0))),
    ("updateOrganisation", |world, _| {
        let (id, version) = organisation(world);
        patch(format!("/v1/organisations/{id}"), version, json!({"locality": "Venlo"}))
    }),
    ("listThemes", |_, _| get("/v1/themes")),
    ("createTheme", |world, _| post("/v1/themes", json!({"title": world.api.unique("Eenzaamheid")}))),
    ("getTheme", |world, _| get(format!("/v1/themes/{}", theme(world, Part::Founder).0))),
    ("updateTheme (another's)", |world, _| {
        let (id, version) = theme(world, Part::Founder);
        patch(format!("/v1/themes/{id}"), version, json!({"title": "Samen"}))
    }),
    ("updateTheme (own)", |world, caller| {
        let maker = if matches!(caller, Part::Coordinator | Part::Admin) { caller } else { Part::Founder };
        let (id, version) = theme(world, maker);
        patch(format!("/v1/themes/{id}"), version, json!({"title": "Samen"}))
    }),
];

fn invitation(world: &World, email: &str) -> String {
    let network = json!({"name": world.api.unique("Gastvrij"), "kind": "group"});
    let id = world.founder().post("/v1/networks", network).expect(201).id();
    let invitation = json!({"email": email, "role": "reader"});
    world.founder().post(format!("/v1/networks/{id}/invitations"), invitation).expect(201).text_of("token")
}

fn identity(world: &World, person: &str) -> String {
    let path = format!("/v1/people/{person}/identities");
    world.founder().post(path, json!({"subject": subject(world)})).expect(201).id()
}

/// Whom nobody is linked to yet, on any server of these tests.
fn subject(world: &World) -> String {
    format!("{}-{}", world.api.unique("subject"), new_id())
}

fn organisation(world: &World) -> (String, i64) {
    let body = json!({"name": world.api.unique("Zorggroep"), "kind": "care"});
    let made = world.founder().post("/v1/organisations", body).expect(201);
    (made.id(), made.version())
}

fn theme(world: &World, maker: Part) -> (String, i64) {
    let made =
        world.api.client(maker).post("/v1/themes", json!({"title": world.api.unique("Thema")})).expect(201);
    (made.id(), made.version())
}
