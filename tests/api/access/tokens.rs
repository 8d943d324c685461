//! Access tokens that were tampered with, each differing from a true one in one thing.

use serde_json::json;

use crate::support::server::SECRET;
use crate::support::team::new_id;
use crate::support::token::Token;
use crate::support::{Part, Request, both};

#[test]
fn a_true_token_signed_anew_is_a_true_token() {
    both(|api| {
        // Otherwise the forgeries below would be refused for the wrong reason.
        let token = Token::of(api.client(Part::Reader).token());
        api.with_token(token.signed()).get("/v1/me").expect(200);
    });
}

#[test]
fn no_forgery_gets_in() {
    both(|api| {
        let text = api.client(Part::Reader).token().to_owned();
        let token = Token::of(&text);
        let (head, signature) = text.rsplit_once('.').expect("three parts");
        let flipped = if signature.starts_with('A') { "B" } else { "A" };
        let forgeries = [
            ("alg none", token.clone().header("alg", json!("none")).unsigned()),
            ("alg None", token.clone().header("alg", json!("None")).unsigned()),
            ("alg none, still signed", token.clone().header("alg", json!("none")).signed()),
            ("another algorithm named", token.clone().header("alg", json!("HS512")).signed()),
            ("an asymmetric algorithm named", token.clone().header("alg", json!("RS256")).signed()),
            ("another key", token.signed_with("another secret of more than 32 bytes")),
            ("an empty key", token.signed_with("")),
            ("no signature", token.unsigned()),
            ("a changed signature", format!("{head}.{flipped}{}", &signature[1..])),
            ("another audience", token.clone().claim("aud", json!("another")).signed()),
            ("no audience", token.clone().without("aud").signed()),
            ("another issuer", token.clone().claim("iss", json!("another")).signed()),
            ("no issuer", token.clone().without("iss").signed()),
            ("no type", token.clone().without("typ").signed()),
            ("another type", token.clone().header("typ", json!("JWT")).signed()),
            ("no expiry", token.clone().without("exp").signed()),
            ("no session", token.clone().without("sid").signed()),
            ("a session that never was", token.clone().claim("sid", json!(new_id())).signed()),
            ("another's session", token.clone().claim("sub", json!(api.person(Part::Founder).id)).signed()),
            ("no subject", token.clone().without("sub").signed()),
            ("a subject that is nobody", token.clone().claim("sub", json!(new_id())).signed()),
            ("a claim that ours have not", token.clone().claim("nbf", json!(0)).signed()),
            ("two parts", head.to_owned()),
            ("nothing", String::new()),
            ("the secret", SECRET.to_owned()),
        ];
        for (name, forgery) in forgeries {
            let answer = api.with_token(forgery).get("/v1/me");
            assert_eq!(answer.status, 401, "{name}: {}", answer.text);
        }
        api.with_token(token.expired().signed()).get("/v1/me").refused(401, "token_expired");
    });
}

#[test]
fn only_a_bearer_token_in_its_header_is_a_credential() {
    both(|api| {
        let token = api.client(Part::Reader).token().to_owned();
        for value in [
            format!("Basic {token}"),
            token.clone(),
            format!("Bearer {token} {token}"),
            "Bearer".into(),
            format!("Token {token}"),
        ] {
            api.anonymous()
                .send(Request::new("GET", "/v1/me").header("Authorization", value))
                .refused(401, "unauthenticated");
        }
        // The name of a scheme has no case.
        api.anonymous()
            .send(Request::new("GET", "/v1/me").header("Authorization", format!("bearer {token}")))
            .expect(200);
        let answer = api.anonymous().get(format!("/v1/me?access_token={token}"));
        assert_eq!(answer.status, 401, "{}", answer.text);
    });
}
