//! Paths, methods, media types and credentials: refusals in their order, each a problem. That every answer has the
//! security headers, the client itself checks.

use serde_json::json;

use crate::support::team::{new_id, observation};
use crate::support::{Request, both};

#[test]
fn an_unknown_path_is_a_404_and_a_trailing_slash_is_unknown() {
    both(|api| {
        for path in [
            "/v1/nowhere",
            "/nowhere",
            "/",
            "/v1",
            "/v1/networks/",
            "/v2/networks",
            "/v1/networks.json",
            "//v1/networks",
        ] {
            api.founder().get(path).refused(404, "not_found");
            // The path is looked at before the credential.
            api.anonymous().get(path).refused(404, "not_found");
        }
    });
}

#[test]
fn a_path_id_that_is_no_uuid_stands_nowhere() {
    both(|api| {
        for id in ["1", "not-a-uuid", "00000000-0000-0000-0000-00000000000", "%00", "..%2fnetworks"] {
            api.directly(&api.founder()).get(format!("/v1/networks/{id}")).refused(404, "not_found");
        }
        api.founder().get(format!("/v1/observations/{}", new_id())).refused(404, "not_found");
    });
}

#[test]
fn a_wrong_method_is_a_405_that_names_the_right_ones() {
    both(|api| {
        for (method, path, allowed) in [
            ("PUT", "/v1/networks".to_owned(), vec!["GET", "POST"]),
            ("DELETE", format!("/v1/networks/{}", new_id()), vec!["GET", "PATCH"]),
            ("DELETE", format!("/v1/observations/{}", new_id()), vec!["GET", "PATCH"]),
            ("POST", "/v1/me".to_owned(), vec!["GET", "PATCH"]),
            ("PATCH", "/v1/auth/tokens".to_owned(), vec!["DELETE", "POST"]),
        ] {
            // The method is looked at before the credential.
            let answer = api.anonymous().send(Request::new(method, path)).refused(405, "method_not_allowed");
            let mut allow: Vec<&str> = answer
                .header("allow")
                .expect("Allow")
                .split(',')
                .map(str::trim)
                .filter(|one| !["HEAD", "OPTIONS"].contains(one))
                .collect();
            allow.sort_unstable();
            assert_eq!(allow, allowed, "{}", answer.asked);
        }
    });
}

#[test]
fn the_credential_is_looked_at_before_the_body() {
    both(|api| {
        let cycle = api.team().cycle().id;
        let path = format!("/v1/cycles/{cycle}/observations");
        let wrong = Request::new("POST", &path).raw("text/plain", "no JSON");
        api.anonymous().send(wrong.clone()).refused(401, "unauthenticated");
        let practitioner = api.client(crate::support::Part::Practitioner);
        practitioner.send(wrong).refused(415, "unsupported_media_type");
        // And the body before what stands at the path.
        let invisible = format!("/v1/cycles/{}/observations", new_id());
        practitioner.post(&invisible, json!({})).expect(400);
        practitioner.post(&invisible, observation()).refused(404, "not_found");
    });
}

#[test]
fn bodies_come_as_json_and_changes_as_merge_patches() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let id = cycle.observe(json!({}));
        let practitioner = team.practitioner();
        let create = |media_type: &str| {
            practitioner.send(
                Request::new("POST", cycle.path("observations")).raw(media_type, observation().to_string()),
            )
        };
        for good in ["application/json", "application/json; charset=utf-8", "Application/JSON"] {
            create(good).expect(201);
        }
        for wrong in [
            "text/plain",
            "application/merge-patch+json",
            "application/x-www-form-urlencoded",
            "application/json5",
            "application/xml",
        ] {
            create(wrong).refused(415, "unsupported_media_type");
        }
        let change = |media_type: &str, version: i64| {
            practitioner.send(
                Request::new("PATCH", format!("/v1/observations/{id}"))
                    .if_match(version)
                    .raw(media_type, r#"{"tags":["avond"]}"#),
            )
        };
        change("application/merge-patch+json", 1).expect(200);
        change("application/json", 2).refused(415, "unsupported_media_type");
        let mut bare = Request::new("POST", cycle.path("observations"))
            .raw("application/json", observation().to_string());
        bare.headers.clear();
        practitioner.send(bare).refused(415, "unsupported_media_type");
    });
}

#[test]
fn what_cannot_be_given_as_asked_is_a_406() {
    both(|api| {
        let team = api.team();
        let ask = |accept: &str| {
            team.reader()
                .send(Request::new("GET", format!("/v1/networks/{}", team.id)).header("Accept", accept))
        };
        for good in ["application/json", "*/*", "application/*", "text/html, application/json;q=0.1"] {
            ask(good).expect(200);
        }
        for wrong in ["text/html", "application/xml", "application/json;q=0"] {
            ask(wrong).refused(406, "not_acceptable");
        }
    });
}

#[test]
fn an_etag_is_asked_for_and_must_be_the_stored_one() {
    both(|api| {
        let team = api.team();
        let id = team.cycle().observe(json!({}));
        let path = format!("/v1/observations/{id}");
        // A proxy such as nginx refuses some of these itself.
        let practitioner = api.directly(&team.practitioner());
        let patch = || Request::new("PATCH", &path).json(&json!({"tags": ["avond"]}));
        practitioner.send(patch()).refused(428, "precondition_required");
        let stale = practitioner.send(patch().if_match(7)).refused(412, "version_mismatch");
        assert_eq!(stale["storedVersion"], 1);
        practitioner.send(patch().header("If-Match", "W/\"1\"")).refused(412, "version_mismatch");
        for wrong in ["1", "", "\"1", "\"a\"b\"", "\"a b\"", "W/1", "\"1\";"] {
            practitioner.send(patch().header("If-Match", wrong)).refused(400, "invalid_header");
        }
        let long = |name| patch().if_match(1).header(name, format!("\"{}\"", "9".repeat(200)));
        practitioner.send(long("If-Match")).refused(400, "invalid_header");
        let list = Request::new("GET", format!("/v1/networks/{}/observations", team.id));
        practitioner
            .send(list.header("If-None-Match", "9".repeat(201)))
            .errors(&[("/If-None-Match", "too_long")]);
        practitioner.send(patch().header("If-Match", "\"9\", \"1\"")).expect(200);
        practitioner.send(patch().header("If-Match", "*")).expect(200);
        assert_eq!(practitioner.get(&path).expect(200).header("etag"), Some("\"3\""));
    });
}
