//! Apps in a browser: the refresh token lies in a cookie that no script can read and no other origin can have used.

use serde_json::{Value, json};

use crate::support::server::Kind;
use crate::support::{Answer, Api, Part, Request, both, on_each};

const NAME: &str = "feedbacklus-refresh-token";
const LIFETIME: &str = "2592000";

/// A `Set-Cookie`, taken apart: its value and its attributes, sorted.
fn cookie(answer: &Answer) -> (String, Vec<String>) {
    let header = answer.header("set-cookie").unwrap_or_else(|| panic!("{} sets a cookie", answer.asked));
    let mut parts = header.split("; ").map(str::to_owned);
    let pair = parts.next().expect("a name and a value");
    let value = pair.strip_prefix(&format!("{NAME}=")).expect("the one cookie there is").to_owned();
    let mut attributes: Vec<String> = parts.collect();
    attributes.sort_unstable();
    (value, attributes)
}

fn sign_in(api: &Api, headers: &[(&str, &str)]) -> Answer {
    let person = api.person(Part::Reader);
    let body = json!({"email": person.email, "password": person.password(), "refreshTokenIn": "cookie"});
    api.anonymous().send(with(Request::new("POST", "/v1/auth/tokens").json(&body), headers))
}

fn refresh(api: &Api, token: &str, headers: &[(&str, &str)]) -> Answer {
    let request = Request::new("POST", "/v1/auth/tokens")
        .json(&json!({"refreshTokenIn": "cookie"}))
        .header("Cookie", format!("{NAME}={token}"));
    api.anonymous().send(with(request, headers))
}

fn with(request: Request, headers: &[(&str, &str)]) -> Request {
    headers.iter().fold(request, |request, (name, value)| request.header(name, *value))
}

#[test]
fn the_refresh_token_is_in_the_cookie_and_nowhere_else() {
    both(|api| {
        let answer = sign_in(api, &[]).expect(200);
        let (token, attributes) = cookie(&answer);
        assert_eq!(answer["refreshToken"], Value::Null);
        assert!(!answer.text.contains(&token), "the body does not tell it");
        let max_age = format!("Max-Age={LIFETIME}");
        assert_eq!(attributes, ["HttpOnly", &max_age, "Path=/v1/auth/tokens", "SameSite=Strict"]);
        api.with_token(answer.text_of("accessToken")).get("/v1/me").expect(200);

        let again = refresh(api, &token, &[]).expect(200);
        assert_ne!(cookie(&again).0, token, "each is used once");
        assert_eq!(cookie(&again).1, attributes);
        assert_eq!(again["refreshToken"], Value::Null);
        api.with_token(again.text_of("accessToken")).get("/v1/me").expect(200);
        refresh(api, &cookie(&again).0, &[]).expect(200);
    });
}

#[test]
fn who_does_not_ask_for_a_cookie_gets_none_and_none_is_read() {
    both(|api| {
        let person = api.person(Part::Reader);
        let body = json!({"email": person.email, "password": person.password(), "refreshTokenIn": "body"});
        let plain = api.anonymous().post("/v1/auth/tokens", body).expect(200);
        assert!(plain["refreshToken"].is_string() && plain.header("set-cookie").is_none());

        let (token, _) = cookie(&sign_in(api, &[]).expect(200));
        let bare = |body: Value| {
            let request = Request::new("POST", "/v1/auth/tokens").json(&body);
            api.anonymous().send(request.header("Cookie", format!("{NAME}={token}")))
        };
        let needed = [("/email", "required"), ("/password", "required")];
        bare(json!({})).errors(&needed);
        bare(json!({"refreshTokenIn": "body"})).errors(&needed);
        bare(json!({"refreshTokenIn": "cookie", "refreshToken": "x"}))
            .errors(&[("/refreshToken", "inconsistent")]);
        bare(json!({"refreshToken": "x", "refreshTokenIn": "pocket"}))
            .errors(&[("/refreshTokenIn", "not_in_enum")]);
        // None of that has used it.
        refresh(api, &token, &[]).expect(200);
    });
}

#[test]
fn a_cookie_used_again_after_its_successor_ends_the_session() {
    both(|api| {
        let (first, _) = cookie(&sign_in(api, &[]).expect(200));
        let (second, _) = cookie(&refresh(api, &first, &[]).expect(200));
        let third = refresh(api, &second, &[]).expect(200);
        refresh(api, &first, &[]).refused(401, "refresh_token_reused");
        refresh(api, &cookie(&third).0, &[]).refused(401, "unauthenticated");
        api.with_token(third.text_of("accessToken")).get("/v1/me").expect(401);
    });
}

#[test]
fn without_a_cookie_or_with_a_made_up_one_nobody_is_signed_in() {
    both(|api| {
        api.anonymous()
            .post("/v1/auth/tokens", json!({"refreshTokenIn": "cookie"}))
            .refused(401, "unauthenticated");
        refresh(api, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", &[]).refused(401, "unauthenticated");
        refresh(api, "", &[]).refused(401, "unauthenticated");
    });
}

#[test]
fn no_other_origin_can_have_it_used() {
    both(|api| {
        let own = api.anonymous().base;
        let refused: [&[(&str, &str)]; 7] = [
            &[("Sec-Fetch-Site", "cross-site")],
            &[("Sec-Fetch-Site", "same-site")],
            &[("Sec-Fetch-Site", "none")],
            &[("Sec-Fetch-Site", "cross-site"), ("Origin", &own)],
            &[("Origin", "https://elsewhere.example")],
            &[("Origin", "http://127.0.0.1:1")],
            &[("Origin", "null")],
        ];
        let (token, _) = cookie(&sign_in(api, &[]).expect(200));
        for headers in refused {
            refresh(api, &token, headers).refused(403, "forbidden");
            sign_in(api, headers).refused(403, "forbidden");
        }
        // As a form would send it.
        for media_type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
            let request = Request::new("POST", "/v1/auth/tokens")
                .raw(media_type, r#"{"refreshTokenIn":"cookie"}"#)
                .header("Cookie", format!("{NAME}={token}"));
            api.anonymous().send(request).refused(415, "unsupported_media_type");
        }
        // None of them has used it; a page of this server can.
        let (token, _) = cookie(&refresh(api, &token, &[("Sec-Fetch-Site", "same-origin")]).expect(200));
        refresh(api, &token, &[("Origin", &own)]).expect(200);
    });
}

#[test]
fn signing_out_has_the_browser_forget_it() {
    both(|api| {
        let session = sign_in(api, &[]).expect(200);
        let (token, _) = cookie(&session);
        let client = api.with_token(session.text_of("accessToken"));
        let sign_out = Request::new("DELETE", "/v1/auth/tokens").header("Cookie", format!("{NAME}={token}"));
        let answer = client.send(sign_out).expect(204);
        assert_eq!(
            cookie(&answer),
            (
                String::new(),
                ["HttpOnly", "Max-Age=0", "Path=/v1/auth/tokens", "SameSite=Strict"]
                    .map(str::to_owned)
                    .into()
            )
        );
        refresh(api, &token, &[]).refused(401, "unauthenticated");
        // Who came without one has nothing to forget.
        let other = sign_in(api, &[]).expect(200);
        let client = api.with_token(other.text_of("accessToken"));
        assert!(
            client.send(Request::new("DELETE", "/v1/auth/tokens")).expect(204).header("set-cookie").is_none()
        );
    });
}

#[test]
fn an_invitation_can_be_redeemed_into_a_cookie() {
    both(|api| {
        let team = api.team();
        let invite = |email: &str| {
            let body = json!({"email": email, "role": "practitioner"});
            team.coordinator().post(team.path("invitations"), body).expect(201).text_of("token")
        };
        let redeem = |token: &str, headers: &[(&str, &str)]| {
            let body = json!({"token": token, "displayName": "Nieuw", "password": "a password of my own",
                "refreshTokenIn": "cookie"});
            api.anonymous().send(with(Request::new("POST", "/v1/auth/accounts").json(&body), headers))
        };
        let token = invite(&format!("{}@tests.example", api.unique("invited")));
        redeem(&token, &[("Sec-Fetch-Site", "cross-site")]).refused(403, "forbidden");
        let answer = redeem(&token, &[("Sec-Fetch-Site", "same-origin")]).expect(201);
        assert_eq!(answer["refreshToken"], Value::Null);
        api.with_token(answer.text_of("accessToken")).get("/v1/me").expect(200);
        refresh(api, &cookie(&answer).0, &[]).expect(200);
    });
}

#[test]
fn over_https_the_cookie_is_for_https_alone_and_keeps_to_the_path_of_the_server() {
    on_each(|kind: Kind| {
        let api = Api::start(kind, &[("PUBLIC_URL", "https://leren.example.org/feedbacklus")]);
        let (_, attributes) = cookie(&sign_in(&api, &[]).expect(200));
        assert!(attributes.contains(&"Secure".to_owned()), "{attributes:?}");
        assert!(attributes.contains(&"Path=/feedbacklus/v1/auth/tokens".to_owned()), "{attributes:?}");
        sign_in(&api, &[("Origin", "https://leren.example.org")]).expect(200);
        sign_in(&api, &[("Origin", "https://elsewhere.example.org")]).refused(403, "forbidden");
    });
    both(|api| {
        // Behind a proxy that tells nothing, the browser does.
        let known = [("Sec-Fetch-Site", "same-origin"), ("Origin", "https://leren.example.org")];
        let (_, attributes) = cookie(&sign_in(api, &known).expect(200));
        assert!(attributes.contains(&"Secure".to_owned()), "{attributes:?}");
    });
}
