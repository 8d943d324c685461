//! Access tokens of an issuer outside (OpenID Connect): who is linked to its subject is let in, with their own roles, and
//! nobody else by anything that only looks like a token of it.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::audit::logged;
use crate::support::issuer::Issuer;
use crate::support::team::{new_id, observation};
use crate::support::{Answer, Api, Client, Part, Request, both, on_each};

/// How long a server may take to notice what changed at the issuer: it asks no more than every ten seconds.
const PATIENCE: Duration = Duration::from_secs(40);

fn subject() -> String {
    format!("subject-{}", new_id())
}

fn identities(person: &str) -> String {
    format!("/v1/people/{person}/identities")
}

/// Links somebody to a fresh subject, and signs them in at the issuer.
fn signed_in(api: &Api, issuer: &Issuer, part: Part) -> String {
    let subject = subject();
    let path = identities(&api.person(part).id);
    api.founder().post(path, json!({"subject": subject})).expect(201);
    issuer.sign_in(&subject)
}

/// Asks until the answer has this status.
fn eventually(client: &Client, status: u16) -> Answer {
    let begun = Instant::now();
    loop {
        let answer = client.get("/v1/me");
        if answer.status == status {
            return answer;
        }
        assert!(
            begun.elapsed() < PATIENCE,
            "{status} was to come, and not {}: {}",
            answer.status,
            answer.text
        );
        std::thread::sleep(Duration::from_millis(200));
    }
}

#[test]
fn somebody_links_themselves_and_is_who_they_were() {
    both(|api| {
        let (issuer, subject) = (Issuer::shared(), subject());
        let token = issuer.sign_in(&subject);
        api.with_token(&token).get("/v1/me").refused(401, "identity_unknown");

        let person = api.client(Part::Practitioner);
        let body = json!({"accessToken": token});
        let linked = person.post("/v1/me/identities", body.clone()).expect(201);
        assert_eq!((&linked["subject"], &linked["issuer"]), (&json!(subject), &json!(issuer.name)));
        assert_eq!(person.post("/v1/me/identities", body.clone()).expect(200).id(), linked.id());
        assert!(person.get("/v1/me/identities").expect(200).ids().contains(&linked.id()));
        api.client(Part::Reader).post("/v1/me/identities", body).refused(409, "identity_taken");

        let there = api.with_token(&token);
        let me = there.get("/v1/me").expect(200);
        assert_eq!(me["person"]["id"], json!(api.person(Part::Practitioner).id));
        let team = api.team();
        let cycle = team.cycle();
        let noted = there.post(cycle.path("observations"), observation()).expect(201);
        assert_eq!(noted["authorId"], me["person"]["id"]);
        there.get(format!("/v1/observations/{}", noted.id())).expect(200);
        there.get(cycle.path("report")).expect(200);
        logged(&team, "means = 'identity'", 2);
        let events = team.coordinator().get(team.path("audit-events?limit=200&code=R")).expect(200);
        let by_identity = events.items().iter().find(|event| event["means"] == "identity").cloned();
        assert_eq!(by_identity.expect("it is told")["personId"], me["person"]["id"]);
        // There is no session here that could be ended, or spared.
        there.send(Request::new("DELETE", "/v1/auth/tokens")).refused(409, "no_session");

        there.delete(format!("/v1/identities/{}", linked.id()), 1).expect(204);
        there.get("/v1/me").refused(401, "identity_unknown");
        person.get("/v1/me").expect(200);
    });
}

#[test]
fn what_a_token_says_of_roles_is_nothing() {
    both(|api| {
        // The issuer's tokens say admin and coordinator in each way that tokens do.
        let token = api.with_token(signed_in(api, Issuer::shared(), Part::Reader));
        let team = api.team();
        let organisation = json!({"name": api.unique("Gemeente"), "kind": "municipality"});
        token.post("/v1/organisations", organisation).expect(403);
        token.post(team.cycle().path("observations"), observation()).expect(403);
        token.get("/v1/people/00000000-0000-7000-8000-000000000000/identities").expect(404);
        let outsider = api.with_token(signed_in(api, Issuer::shared(), Part::Outsider));
        outsider.get(format!("/v1/networks/{}", team.id)).expect(404);
        // What the database says changes at the next request.
        let id = api.acquaintance();
        let subject = subject();
        api.founder().post(identities(&id), json!({"subject": subject})).expect(201);
        let theirs = api.with_token(Issuer::shared().sign_in(&subject));
        let member = json!({"personId": id, "role": "coordinator"});
        theirs.get(team.path("members")).expect(404);
        api.founder().post(team.path("members"), member).expect(201);
        theirs.get(team.path("invitations")).expect(200);
        let version = api.founder().get(format!("/v1/people/{id}")).expect(200).version();
        api.founder().patch(format!("/v1/people/{id}"), version, json!({"active": false})).expect(200);
        theirs.get("/v1/me").refused(401, "identity_unknown");
    });
}

#[test]
fn administrators_link_people_to_subjects() {
    both(|api| {
        let (person, subject) = (api.acquaintance(), subject());
        let body = json!({"id": new_id(), "subject": subject});
        let linked = api.founder().post(identities(&person), body.clone()).expect(201);
        assert_eq!(linked["createdBy"], json!(api.person(Part::Founder).id));
        api.founder().post(identities(&person), body).expect(200);
        let other = json!({"subject": subject});
        api.founder().post(identities(&api.acquaintance()), other).refused(409, "identity_taken");
        assert_eq!(api.founder().get(identities(&person)).expect(200).ids(), [linked.id()]);
        api.client(Part::Reader).delete(format!("/v1/identities/{}", linked.id()), 1).expect(404);
        for (bad, code) in [
            (json!({"subject": ""}), "too_short"),
            (json!({"subject": "a".repeat(256)}), "too_long"),
            (json!({}), "required"),
        ] {
            api.founder().post(identities(&person), bad).expect(400).errors(&[("/subject", code)]);
        }
        api.founder().delete(format!("/v1/identities/{}", linked.id()), 1).expect(204);
        assert!(api.founder().get(identities(&person)).expect(200).ids().is_empty());
    });
}

#[test]
fn an_invitation_is_redeemed_with_a_token_and_without_a_password() {
    both(|api| {
        let (team, issuer) = (api.team(), Issuer::shared());
        let email = format!("{}@tests.example", api.unique("invited"));
        let invited = json!({"email": email, "role": "practitioner"});
        let invitation = api.founder().post(team.path("invitations"), invited).expect(201).text_of("token");
        let body = |members: Value| {
            let mut body = json!({"token": invitation, "displayName": "Van Buiten"});
            for (name, value) in members.as_object().expect("members") {
                body[name] = value.clone();
            }
            body
        };
        let redeem = |members| api.anonymous().post("/v1/auth/accounts", body(members));
        redeem(json!({})).expect(400).errors(&[("/password", "inconsistent")]);
        let token = issuer.sign_in(&subject());
        let both_given = json!({"accessToken": token, "password": "a password of my own"});
        redeem(both_given).expect(400).errors(&[("/password", "inconsistent")]);
        let strange = issuer.forge("strange", json!({}), json!({"sub": subject()}));
        redeem(json!({"accessToken": strange})).refused(409, "access_token_invalid");

        redeem(json!({"accessToken": token})).expect(201);
        let there = api.with_token(&token);
        assert_eq!(there.get("/v1/me").expect(200)["networks"][0]["networkId"], json!(team.id));
        there.get("/v1/me/identities").expect(200);
        api.sign_in(&email, "a password of my own").expect(401);
        // Whoever is linked already is somebody.
        let again = json!({"email": format!("{}@tests.example", api.unique("invited")), "role": "reader"});
        let again = api.founder().post(team.path("invitations"), again).expect(201).text_of("token");
        let body = json!({"token": again, "displayName": "Nog Een", "accessToken": token});
        api.anonymous().post("/v1/auth/accounts", body).refused(409, "identity_taken");
    });
}

#[test]
fn no_forgery_gets_in() {
    both(|api| {
        let (issuer, subject) = (Issuer::shared(), subject());
        let person = api.acquaintance();
        api.founder().post(identities(&person), json!({"subject": subject})).expect(201);
        let forge = |key: &str, header: Value, claims: Value| {
            let mut claims = claims;
            if claims.get("sub").is_none() {
                claims["sub"] = json!(subject);
            }
            issuer.forge(key, header, claims)
        };
        let plain = |header: Value, claims: Value| forge("current", header, claims);
        // Otherwise the forgeries below would be refused for the wrong reason.
        for good in [
            plain(json!({}), json!({})),
            forge("rsa", json!({"alg": "RS256"}), json!({})),
            forge("rsa", json!({"alg": "PS256", "kid": null}), json!({})),
            plain(json!({"typ": "application/at+jwt"}), json!({})),
            plain(json!({}), json!({"aud": ["another", issuer.audience]})),
            plain(json!({}), json!({"expIn": -5, "nbfIn": 5, "iatIn": 5})),
        ] {
            let answer = api.with_token(&good).get("/v1/me");
            // The RSA key is for RS256 alone, as it is published.
            let expected = if good.starts_with("eyJhbGciOiJQUzI1NiI") { 401 } else { 200 };
            assert_eq!(answer.status, expected, "{}", answer.text);
        }
        let whole = plain(json!({}), json!({}));
        let (head, signature) = whole.rsplit_once('.').expect("three parts");
        let other = forge("current", json!({}), json!({"sub": "another"}));
        let other_signature = other.rsplit_once('.').expect("three parts").1;
        let forgeries = [
            ("alg none", forge("none", json!({"alg": "none"}), json!({}))),
            ("alg None", forge("none", json!({"alg": "None"}), json!({}))),
            (
                "alg none, with a signature",
                format!("{}{signature}", forge("none", json!({"alg": "none"}), json!({}))),
            ),
            ("no signature", format!("{head}.")),
            ("HMAC with the public key", forge("public", json!({"alg": "HS256"}), json!({}))),
            ("HMAC with the public key, HS512", forge("public", json!({"alg": "HS512"}), json!({}))),
            ("a key that is nobody's, by the name of theirs", forge("strange", json!({}), json!({}))),
            (
                "a key that is nobody's, in the header",
                forge("strange", json!({"jwk": {"kty": "EC"}}), json!({})),
            ),
            ("a key that is not published", plain(json!({"kid": "another"}), json!({}))),
            ("another key's name", plain(json!({"kid": "../../etc/passwd"}), json!({}))),
            ("an algorithm that is not permitted", forge("rsa", json!({"alg": "RS512"}), json!({}))),
            ("another token's signature", format!("{head}.{other_signature}")),
            (
                "another token's claims",
                format!("{}.{signature}", other.rsplit_once('.').expect("three parts").0),
            ),
            ("another audience", plain(json!({}), json!({"aud": "app"}))),
            ("no audience", plain(json!({}), json!({"aud": null}))),
            ("audiences, none ours", plain(json!({}), json!({"aud": ["app", "another"]}))),
            ("another issuer", plain(json!({}), json!({"iss": "https://inloggen.example.org"}))),
            ("an issuer but for a slash", plain(json!({}), json!({"iss": format!("{}/", issuer.name)}))),
            ("no issuer", plain(json!({}), json!({"iss": null}))),
            ("no subject", plain(json!({}), json!({"sub": null}))),
            ("an empty subject", plain(json!({}), json!({"sub": ""}))),
            ("a subject with a zero", plain(json!({}), json!({"sub": format!("{subject}\u{0}")}))),
            ("no expiry", plain(json!({}), json!({"exp": null}))),
            ("an expiry in words", plain(json!({}), json!({"exp": "later"}))),
            ("not yet good", plain(json!({}), json!({"nbfIn": 120}))),
            ("made in the future", plain(json!({}), json!({"iatIn": 3600}))),
            ("of no type", plain(json!({"typ": null}), json!({}))),
            ("of another type", plain(json!({"typ": "JWT"}), json!({}))),
            (
                "with something that has to be understood",
                plain(json!({"crit": ["b64"], "b64": true}), json!({})),
            ),
            ("the token that tells an app", issuer.id_token(&subject)),
        ];
        for (name, forgery) in forgeries {
            let answer = api.with_token(forgery).get("/v1/me");
            assert_eq!(answer.status, 401, "{name}: {}", answer.text);
            assert_eq!(answer["code"], json!("unauthenticated"), "{name}");
        }
        let expired = plain(json!({}), json!({"expIn": -3600}));
        api.with_token(expired).get("/v1/me").refused(401, "token_expired");
        // A subject is one of its issuer's as it is written.
        let upper = plain(json!({}), json!({"sub": subject.to_uppercase()}));
        api.with_token(upper).get("/v1/me").refused(401, "identity_unknown");
    });
}

#[test]
fn keys_rotate_while_people_work() {
    on_each(|kind| {
        let issuer = Issuer::start();
        let api = Api::start_one(kind, &issuer.settings());
        let before = api.with_token(signed_in(&api, &issuer, Part::Practitioner));
        eventually(&before, 200);

        issuer.rotate(false);
        let after = api.with_token(signed_in(&api, &issuer, Part::Reader));
        eventually(&after, 200);
        before.get("/v1/me").expect(200);

        // One that was withdrawn is good for nothing once the others are known.
        issuer.rotate(true);
        let last = api.with_token(signed_in(&api, &issuer, Part::Coordinator));
        eventually(&last, 200);
        for gone in [&before, &after] {
            gone.get("/v1/me").refused(401, "unauthenticated");
        }

        // Whoever sends keys' names that nobody knows does not make the server ask for them each time.
        let asked = issuer.key_requests();
        for number in 0..40 {
            let forged = issuer.forge("strange", json!({"kid": format!("{number}")}), json!({}));
            api.with_token(forged).get("/v1/me").expect(401);
        }
        let more = issuer.key_requests() - asked;
        assert!(more <= 2, "{more} requests for 40 unknown keys");
    });
}

#[test]
fn an_issuer_that_is_away_is_waited_for_and_stops_nobody_else() {
    on_each(|kind| {
        let issuer = Issuer::start();
        issuer.breaks(Some("down"));
        let api = Api::start_one(kind, &issuer.settings());
        let subject = subject();
        let path = identities(&api.person(Part::Reader).id);
        api.founder().post(path, json!({"subject": subject})).expect(201);
        let forged = issuer.forge("current", json!({}), json!({"sub": subject}));
        let there = api.with_token(forged);
        let refused = there.get("/v1/me").expect(503);
        assert!(refused.header("retry-after").is_some());
        api.client(Part::Reader).get("/v1/me").expect(200);
        assert_eq!(api.anonymous().get("/readyz").status, 200);

        issuer.breaks(Some("mute"));
        there.get("/v1/me").expect(503);
        issuer.breaks(None);
        eventually(&there, 200);
        // What is known of it is good for a while.
        issuer.breaks(Some("down"));
        there.get("/v1/me").expect(200);
        let another = issuer.forge("current", json!({}), json!({"sub": subject, "jti": "another"}));
        api.with_token(another).get("/v1/me").expect(200);
    });
}

#[test]
fn without_an_issuer_its_tokens_are_nothing() {
    on_each(|kind| {
        let api = Api::start(kind, &[("OIDC_ISSUER", ""), ("OIDC_AUDIENCE", "")]);
        let token = Issuer::shared().sign_in(&subject());
        api.with_token(&token).get("/v1/me").refused(401, "unauthenticated");
        let body = json!({"accessToken": token});
        api.client(Part::Reader).post("/v1/me/identities", body).refused(409, "no_issuer");
        let path = identities(&api.person(Part::Reader).id);
        api.founder().post(path, json!({"subject": "somebody"})).refused(409, "no_issuer");
    });
}
