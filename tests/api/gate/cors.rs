//! Pages of other origins: by default none reads an answer.

use serde_json::json;

use crate::support::{Answer, Api, Kind, Request};

const OURS: &str = "https://app.example.org";
const LISTED: (&str, &str) = ("CORS_ORIGINS", "https://app.example.org, http://localhost:5173");

fn preflight(api: &Api, origin: &str, method: &str, headers: &str) -> Answer {
    let request = Request::new("OPTIONS", "/v1/networks")
        .header("Origin", origin)
        .header("Access-Control-Request-Method", method)
        .header("Access-Control-Request-Headers", headers);
    api.anonymous().try_send(&request).expect("an answer")
}

fn allowed(answer: &Answer) -> Option<&str> {
    assert_eq!(answer.header("access-control-allow-credentials"), None);
    assert_eq!(answer.header("x-frame-options"), Some("DENY"), "the headers of every answer");
    assert!(answer.header("x-request-id").is_some());
    answer.header("access-control-allow-origin")
}

#[test]
fn pages_of_listed_origins_may_read_answers() {
    let api = Api::start(Kind::Sqlite, &[LISTED]);
    let founder = api.founder();
    for origin in [OURS, "http://localhost:5173"] {
        let answer = founder.send(Request::new("GET", "/v1/me").header("Origin", origin)).expect(200);
        assert_eq!(allowed(&answer), Some(origin));
        assert!(answer.header("vary").is_some_and(|vary| vary.contains("Origin")));
        let shown = answer.header("access-control-expose-headers").expect("a list").to_lowercase();
        for header in ["etag", "location", "link", "retry-after", "ratelimit", "api-version", "x-request-id"]
        {
            assert!(shown.split(',').any(|shown| shown.trim() == header), "{header} in {shown}");
        }
    }
    // What is refused can be read, too.
    let refused = api.anonymous().send(Request::new("GET", "/v1/me").header("Origin", OURS)).expect(401);
    assert_eq!(allowed(&refused), Some(OURS));
}

#[test]
fn browsers_are_told_ahead_what_such_pages_may_send() {
    let api = Api::start(Kind::Sqlite, &[LISTED]);
    for (method, headers) in
        [("POST", "authorization,content-type"), ("PATCH", "if-match,content-type"), ("DELETE", "if-match")]
    {
        let answer = preflight(&api, OURS, method, headers);
        assert_eq!((answer.status, allowed(&answer)), (200, Some(OURS)), "{}", answer.text);
        assert_eq!(answer.header("access-control-max-age"), Some("3600"));
        assert!(answer.header("access-control-allow-methods").is_some_and(|list| list.contains(method)));
    }
    for (origin, method, headers) in [
        ("https://evil.example", "POST", "content-type"),
        ("https://app.example.org.evil.example", "POST", "content-type"),
        ("null", "POST", "content-type"),
        (OURS, "POST", "x-unheard-of"),
        (OURS, "TRACE", "content-type"),
    ] {
        let answer = preflight(&api, origin, method, headers);
        assert_eq!(answer.status, 400, "{origin} {method} {headers}");
        assert_eq!(answer.media_type(), "application/problem+json");
    }
    assert!(api.server.logged().contains("status=200"), "{}", api.server.logged());
}

#[test]
fn no_other_page_reads_anything() {
    let listed = Api::start(Kind::Sqlite, &[LISTED]);
    for api in [&listed, Api::shared(Kind::Sqlite)] {
        for origin in ["https://evil.example", "null", "https://app.example.org:8443"] {
            let answer =
                api.founder().send(Request::new("GET", "/v1/me").header("Origin", origin)).expect(200);
            assert_eq!(allowed(&answer), None);
        }
    }
    let none = preflight(Api::shared(Kind::Sqlite), OURS, "POST", "content-type");
    assert_eq!((none.status, allowed(&none)), (405, None));
}

#[test]
fn the_contract_is_open_to_all_and_the_cookie_to_none() {
    let listed = Api::start(Kind::Sqlite, &[LISTED]);
    for api in [&listed, Api::shared(Kind::Sqlite)] {
        let contract = Request::new("GET", "/v1/openapi.json").header("Origin", "https://evil.example");
        assert_eq!(allowed(&api.anonymous().send(contract).expect(200)), Some("*"));
    }
    let sign_in = json!({"email": "founder@tests.example", "password": "a founder's password", "refreshTokenIn": "cookie"});
    let page = Request::new("POST", "/v1/auth/tokens").header("Origin", OURS).json(&sign_in);
    listed.anonymous().send(page).refused(403, "forbidden");
}
