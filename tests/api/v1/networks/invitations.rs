//! Invitations: a coordinator names an address, the invited person comes in by a token of one use.

use serde_json::{Value, json};

use crate::support::stored::pass_time;
use crate::support::team::Team;
use crate::support::{Answer, Api, both};

fn invite(team: &Team, email: &str) -> Answer {
    team.coordinator()
        .post(team.path("invitations"), json!({"email": email, "role": "practitioner"}))
        .expect(201)
}

fn address(api: &Api) -> String {
    format!("{}@tests.example", api.unique("genodigde"))
}

fn account(token: &str) -> Value {
    json!({"token": token, "displayName": "Nieuw", "password": "a password of my own"})
}

#[test]
fn somebody_new_chooses_a_password_and_is_in() {
    both(|api| {
        let team = api.team();
        let email = address(api);
        let invitation = invite(&team, &email);
        let tokens =
            api.anonymous().post("/v1/auth/accounts", account(&invitation.text_of("token"))).expect(201);
        let newcomer = api.with_token(tokens.text_of("accessToken"));
        let me = newcomer.get("/v1/me").expect(200);
        assert_eq!((&me["person"]["email"], &me["person"]["displayName"]), (&json!(email), &json!("Nieuw")));
        assert_eq!(
            me["networks"],
            json!([{"networkId": team.id, "name": me["networks"][0]["name"], "role": "practitioner"}])
        );
        newcomer.get(format!("/v1/networks/{}", team.id)).expect(200);
        api.sign_in(&email, "a password of my own").expect(200);
    });
}

#[test]
fn a_token_works_once() {
    both(|api| {
        let team = api.team();
        let token = invite(&team, &address(api)).text_of("token");
        api.anonymous().post("/v1/auth/accounts", account(&token)).expect(201);
        let again = api.anonymous().post("/v1/auth/accounts", account(&token));
        assert!(matches!(again.status, 401 | 404 | 409), "{}", again.text);
        let made_up = api.anonymous().post("/v1/auth/accounts", account("no-such-token"));
        assert!(matches!(made_up.status, 400 | 401 | 404 | 409), "{}", made_up.text);
    });
}

#[test]
fn the_answer_does_not_tell_whether_the_address_has_an_account() {
    both(|api| {
        let team = api.team();
        let (known, unknown) = (api.person(crate::support::Part::Outsider).email.clone(), address(api));
        let (known, unknown) = (invite(&team, &known), invite(&team, &unknown));
        let members =
            |answer: &Answer| answer.body.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
        assert_eq!(members(&known), members(&unknown));
        for member in ["networkId", "role", "endsAt", "createdBy"] {
            assert_eq!(known[member], unknown[member], "{member}");
        }
        assert_eq!(known.text_of("token").len(), unknown.text_of("token").len());
    });
}

#[test]
fn an_invitation_to_an_account_never_sets_a_password_and_is_for_that_person_only() {
    both(|api| {
        let team = api.team();
        let somebody = api.newcomer("bekende");
        // However the address is written: it compares without case.
        let token = invite(&team, &somebody.email.to_uppercase()).text_of("token");
        api.anonymous().post("/v1/auth/accounts", account(&token)).refused(409, "account_exists");
        api.sign_in(&somebody.email, &somebody.password()).expect(200);

        let another = team.outsider().post("/v1/me/memberships", json!({"token": token}));
        assert!(matches!(another.status, 403 | 404 | 409), "it is not theirs: {}", another.text);
        api.anonymous().post("/v1/me/memberships", json!({"token": token})).refused(401, "unauthenticated");
        let joined = api.signed_in(&somebody).post("/v1/me/memberships", json!({"token": token})).expect(201);
        assert_eq!((&joined["personId"], &joined["role"]), (&json!(somebody.id), &json!("practitioner")));
        let again = api.signed_in(&somebody).post("/v1/me/memberships", json!({"token": token}));
        assert!((400..500).contains(&again.status), "once: {}", again.text);
    });
}

#[test]
fn a_revoked_invitation_lets_nobody_in() {
    both(|api| {
        let team = api.team();
        let made = invite(&team, &address(api));
        team.coordinator()
            .send(crate::support::Request::new("DELETE", format!("/v1/invitations/{}", made.id())))
            .expect(204);
        let late = api.anonymous().post("/v1/auth/accounts", account(&made.text_of("token")));
        assert!(matches!(late.status, 401 | 404 | 409), "{}", late.text);
        assert!(!team.coordinator().get(team.path("invitations")).expect(200).ids().contains(&made.id()));
    });
}

#[test]
fn an_invitation_expires() {
    both(|api| {
        let team = api.team();
        let made = invite(&team, &address(api));
        let expires: chrono::DateTime<chrono::Utc> = made.text_of("expiresAt").parse().expect("an instant");
        let lifetime = u32::try_from((expires - chrono::Utc::now()).num_seconds()).expect("it lies ahead");
        pass_time(api, lifetime + 60, "invitations", "expires_at", ("id", &made.id()));
        let late = api.anonymous().post("/v1/auth/accounts", account(&made.text_of("token")));
        assert!(matches!(late.status, 401 | 404 | 409), "{}", late.text);
    });
}

#[test]
fn the_token_is_shown_once_and_never_again() {
    both(|api| {
        let team = api.team();
        let body = json!({"id": crate::support::team::new_id(), "email": address(api), "role": "reader"});
        let made = team.coordinator().post(team.path("invitations"), body.clone()).expect(201);
        assert!(made["token"].is_string());
        let replay = team.coordinator().post(team.path("invitations"), body).expect(200);
        assert_eq!(replay["token"], Value::Null, "it is stored hashed, so it cannot be shown again");
        let listed = team.coordinator().get(team.path("invitations")).expect(200);
        assert!(!listed.text.contains(&made.text_of("token")));
    });
}

#[test]
fn an_invitation_names_an_address_and_a_role() {
    both(|api| {
        let team = api.team();
        team.coordinator()
            .post(team.path("invitations"), json!({"email": "no address", "role": "boss"}))
            .errors(&[("/email", "bad_format"), ("/role", "not_in_enum")]);
    });
}
