//! Signing in: what comes of it, and what a refusal gives away, which is nothing.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::team::new_id;
use crate::support::token::Token;
use crate::support::{Answer, Part, Request, both};

#[test]
fn a_session_is_a_token_of_a_quarter_of_an_hour_and_one_to_renew_it() {
    both(|api| {
        let person = api.person(Part::Reader);
        let before = chrono::Utc::now();
        let answer = api.sign_in(&person.email.to_uppercase(), &person.password()).expect(200);
        assert_eq!(answer["tokenType"], "Bearer");
        let expires: chrono::DateTime<chrono::Utc> = answer.text_of("expiresAt").parse().expect("an instant");
        let minutes = (expires - before).num_seconds() as f64 / 60.0;
        assert!((14.0..=16.0).contains(&minutes), "{minutes} minutes");
        let token = Token::of(&answer.text_of("accessToken"));
        assert_eq!(token.header["typ"], "at+jwt");
        assert_eq!((&token.claims["aud"], &token.claims["sub"]), (&json!("feedbacklus"), &json!(person.id)));
        for claim in ["iss", "exp", "jti", "sid"] {
            assert!(!token.claims[claim].is_null(), "{claim} is claimed");
        }
        assert!(!token.claims.to_string().contains('@'), "a token tells no address");
    });
}

#[test]
fn unknown_and_wrong_are_refused_alike() {
    both(|api| {
        let wrong = api
            .sign_in(&api.person(Part::Reader).email, "not the password of anybody")
            .refused(401, "sign_in_failed");
        let unknown =
            api.sign_in("nobody@tests.example", "not the password of anybody").refused(401, "sign_in_failed");
        let without_id = |answer: &Answer| {
            let mut body = answer.body.clone();
            body["requestId"] = Value::Null;
            body
        };
        assert_eq!(without_id(&wrong), without_id(&unknown));
        let names =
            |answer: &Answer| answer.headers.iter().map(|(name, _)| name.clone()).collect::<BTreeSet<_>>();
        assert_eq!(names(&wrong), names(&unknown));
    });
}

#[test]
fn an_ended_session_is_not_told_what_there_is() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let observation = cycle.observe(json!({}));
        let reader = api.person(Part::Reader);
        let session = api.sign_in(&reader.email, &reader.password()).expect(200);
        let client = api.with_token(session.text_of("accessToken"));
        client.get(cycle.path("observations")).expect(200);
        client.get(format!("/v1/cycles/{}/observations", new_id())).expect(404);
        client.send(Request::new("DELETE", "/v1/auth/tokens")).expect(204);
        for path in
            [cycle.path("observations"), format!("/v1/observations/{observation}"), team.path("cycles")]
        {
            client.get(path).refused(401, "unauthenticated");
        }
        for path in ["cycles/{}/observations", "observations/{}", "networks/{}/cycles"] {
            client.get(format!("/v1/{}", path.replace("{}", &new_id()))).refused(401, "unauthenticated");
        }
    });
}

#[test]
fn signing_out_ends_the_session_and_no_other() {
    both(|api| {
        let person = api.person(Part::Reader);
        let session = api.sign_in(&person.email, &person.password()).expect(200);
        let client = api.with_token(session.text_of("accessToken"));
        client.get("/v1/me").expect(200);
        client.send(Request::new("DELETE", "/v1/auth/tokens")).expect(204);
        client.get("/v1/me").refused(401, "unauthenticated");
        api.anonymous().post("/v1/auth/tokens", json!({"refreshToken": session["refreshToken"]})).expect(401);
        api.client(Part::Reader).get("/v1/me").expect(200);
    });
}

#[test]
fn whoever_is_deactivated_is_out_at_once() {
    both(|api| {
        let person = api.newcomer("vertrokken");
        let client = api.signed_in(&person);
        client.get("/v1/me").expect(200);
        let path = format!("/v1/people/{}", person.id);
        let version = api.founder().get(&path).expect(200).version();
        api.founder().patch(&path, version, json!({"active": false})).expect(200);
        client.get("/v1/me").expect(401);
        api.sign_in(&person.email, &person.password()).refused(401, "sign_in_failed");
        api.founder().patch(&path, version + 1, json!({"active": true})).expect(200);
        api.sign_in(&person.email, &person.password()).expect(200);
    });
}

#[test]
fn a_body_is_either_a_password_or_a_refresh_token() {
    both(|api| {
        for body in [
            json!({}),
            json!({"email": "a@tests.example"}),
            json!({"password": "a password"}),
            json!({"email": "a@tests.example", "password": "a password", "refreshToken": "x"}),
        ] {
            api.anonymous().post("/v1/auth/tokens", body).expect(400);
        }
    });
}
