//! How many requests are answered, and what is told of it. No test waits until there is something left again, or counts on
//! nothing being given back meanwhile.

use serde_json::json;

use crate::support::{Answer, Api, Client, Kind, Part, Request, both_alone};

const BEHIND_A_PROXY: (&str, &str) = ("TRUST_FORWARDED", "true");

fn from(address: &str, method: &'static str, path: &str) -> Request {
    Request::new(method, path).header("X-Forwarded-For", address)
}

/// Sends again and again until one is refused; what it is refused with.
#[track_caller]
fn until_refused(client: &Client, request: &Request) -> Answer {
    for _ in 0..200 {
        let answer = client.send(request.clone());
        if answer.status == 429 {
            return answer.refused(429, "too_many_requests");
        }
    }
    panic!("none of 200 was refused: {request:?}");
}

#[test]
fn each_credential_has_its_own_count() {
    both_alone(&[("RATE_LIMIT_CREDENTIAL", "8")], |api| {
        let founder = api.founder();
        let first = founder.get("/v1/me").expect(200);
        assert_eq!(first.header("ratelimit-policy"), Some("\"credential\";q=8;w=60"));
        assert_eq!(first.header("ratelimit"), Some("\"credential\";r=7;t=8"));
        // A refusal is counted, too.
        let second = founder.get("/v1/me?unknown=1").expect(400);
        assert!(second.header("ratelimit").is_some());
        let refused = until_refused(&founder, &Request::new("GET", "/v1/me"));
        assert_eq!(refused.header("ratelimit"), Some("\"credential\";r=0;t=60"));
        assert_eq!(refused.header("ratelimit-policy"), Some("\"credential\";q=8;w=60"));
        let wait: u32 = refused.header("retry-after").expect("a time").parse().expect("seconds");
        assert!((1..=8).contains(&wait), "{wait}");
        // Another sign-in of the same person has a count of its own, and so has nobody: a token that is none.
        let founder = api.person(Part::Founder);
        let sign_in = json!({"email": founder.email, "password": founder.password()});
        let again = api.anonymous().post("/v1/auth/tokens", sign_in).expect(200);
        assert_eq!(again.header("ratelimit"), None);
        api.with_token(again.text_of("accessToken")).get("/v1/me").expect(200);
        assert_eq!(api.with_token("none").get("/v1/me").expect(401).header("ratelimit"), None);
    });
}

#[test]
fn an_api_key_is_counted_by_itself() {
    let api = Api::start(Kind::Sqlite, &[("RATE_LIMIT_CREDENTIAL", "40")]);
    let team = api.team();
    let [one, other] = [(), ()].map(|()| team.keyed("reader", json!(["listCycles"])));
    let list = Request::new("GET", team.path("cycles"));
    let refused = until_refused(&one, &list);
    assert!(refused.header("ratelimit").is_some_and(|told| told.starts_with("\"credential\";r=0")));
    other.send(list).expect(200);
}

#[test]
fn an_address_is_counted_whatever_comes_from_it() {
    both_alone(&[("RATE_LIMIT_ADDRESS", "10"), BEHIND_A_PROXY], |api| {
        let nobody = api.anonymous();
        let first = nobody.send(from("2001:db8::1", "GET", "/v1/nowhere")).expect(404);
        assert_eq!(first.header("ratelimit"), Some("\"address\";r=9;t=6"));
        assert_eq!(first.header("ratelimit-policy"), Some("\"address\";q=10;w=60"));
        // What is in one /64 is one address; the port is no part of it.
        let refused = until_refused(&nobody, &from("[2001:db8::ffff:2]:4711", "GET", "/v1/openapi.json"));
        assert!(refused.header("retry-after").is_some());
        nobody.send(from("2001:db8::1", "GET", "/v1/me")).expect(429);
        nobody.send(from("2001:db8:0:1::1", "GET", "/v1/me")).expect(401);
        nobody.send(from("192.0.2.1", "GET", "/v1/me")).expect(401);
        // Who watches the server is not counted.
        for path in ["/livez", "/readyz", "/metrics"] {
            for _ in 0..3 {
                assert_eq!(
                    nobody.send(from("2001:db8::1", "GET", path)).expect(200).header("ratelimit"),
                    None
                );
            }
        }
    });
}

#[test]
fn without_a_proxy_an_address_is_that_of_the_connection() {
    let api = Api::start(Kind::Sqlite, &[("RATE_LIMIT_ADDRESS", "5")]);
    let mut number = 0;
    let mut next = || {
        number += 1;
        api.anonymous().send(from(&format!("192.0.2.{number}"), "GET", "/v1/me")).status
    };
    assert!((0..100).any(|_| next() == 429), "nobody can give themselves another address");
}

#[test]
fn what_needs_no_sign_in_is_counted_more_tightly() {
    both_alone(&[("RATE_LIMIT_SIGN_IN", "3"), ("RATE_LIMIT_ADDRESS", "1000"), BEHIND_A_PROXY], |api| {
        let nobody = api.anonymous();
        let wrong = json!({"email": "nobody@tests.example", "password": "wrong"});
        let sign_in = from("192.0.2.7", "POST", "/v1/auth/tokens").json(&wrong);
        let first = nobody.send(sign_in.clone()).expect(401);
        let policy = "\"address\";q=1000;w=60, \"sign-in\";q=3;w=60";
        assert_eq!(first.header("ratelimit-policy"), Some(policy));
        assert!(first.header("ratelimit").is_some_and(|told| told.ends_with("\"sign-in\";r=2;t=20")));
        let refused = until_refused(&nobody, &sign_in);
        assert!(refused.header("ratelimit").is_some_and(|told| told.ends_with("\"sign-in\";r=0;t=60")));
        // The same count for all of it; reading is none, and other addresses are others.
        let redeem = from("192.0.2.7", "POST", "/v1/auth/accounts").json(&json!({}));
        until_refused(&nobody, &redeem);
        nobody.send(from("192.0.2.7", "GET", "/v1/openapi.json")).expect(200);
        nobody.send(from("192.0.2.8", "POST", "/v1/auth/tokens").json(&wrong)).expect(401);
    });
}
