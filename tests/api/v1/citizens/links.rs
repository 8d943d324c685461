//! Links to the page: who holds one reads it, for as long as it works.

use serde_json::{Value, json};

use super::story;
use crate::support::audit::logged;
use crate::support::server::Kind;
use crate::support::stored::{changes_of, everything, pass_time};
use crate::support::team::new_id;
use crate::support::{Answer, Api, Request, both, both_alone};
use crate::v1::cycles::report::faces::{page, stands_alone};

/// The path of a link.
fn path(link: &Answer) -> String {
    let url = link.text_of("url");
    url[url.find("/v1/").expect("a path")..].to_owned()
}

#[track_caller]
fn is_gone(api: &Api, path: &str) -> Answer {
    api.anonymous().get(path).refused(404, "not_found");
    // As a browser asks for it.
    let accept = "text/html,application/xhtml+xml,*/*;q=0.8";
    let answer = api.anonymous().send(Request::new("GET", path).header("Accept", accept)).expect(404);
    assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(answer.text.contains("Deze link werkt niet"), "{}", answer.text);
    answer
}

#[test]
fn who_holds_it_reads_the_page_without_an_account() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let own = team.pseudonym();
        story(&cycle, &own, "kastanje");
        let link = team.link(&own, json!({"days": 30, "language": "en"}));
        assert!(link.text_of("url").starts_with(&api.server.base), "it is where the request was sent to");
        let read = api.anonymous().get(path(&link)).expect(200);
        assert_eq!(read.header("content-type"), Some("text/html; charset=utf-8"));
        for (name, value) in [
            ("cache-control", "no-store"),
            ("referrer-policy", "no-referrer"),
            ("x-robots-tag", "noindex, nofollow"),
            ("content-language", "en"),
        ] {
            assert_eq!(read.header(name), Some(value), "{name}");
        }
        assert!(read.header("etag").is_none(), "it is not to be kept");
        stands_alone(&page(&read));
        assert!(read.text.contains("Hoe kom ik onder de mensen kastanje."));
        assert!(read.text.contains("The link works until"), "{}", read.text);
        // For people alone.
        let request = Request::new("GET", path(&link)).header("Accept", "application/json");
        api.anonymous().send(request).refused(406, "not_acceptable");
        // As it is now.
        cycle.ask(json!({"pseudonymId": own, "text": "En morgen?"}));
        assert!(api.anonymous().get(path(&link)).expect(200).text.contains("En morgen?"));
    });
}

#[test]
fn it_ends_when_it_expires_or_is_revoked_and_looks_unknown_then() {
    both(|api| {
        let team = api.team();
        let own = team.pseudonym();
        let (expired, revoked) = (team.link(&own, json!({})), team.link(&own, json!({"days": 90})));
        for link in [&expired, &revoked] {
            api.anonymous().get(path(link)).expect(200);
        }
        pass_time(api, 14 * 86_400 - 60, "citizen_links", "expires_at", ("id", &expired.id()));
        api.anonymous().get(path(&expired)).expect(200);
        pass_time(api, 61, "citizen_links", "expires_at", ("id", &expired.id()));
        let link = format!("/v1/citizen-links/{}", revoked.id());
        team.coordinator().send(Request::new("DELETE", &link)).refused(428, "precondition_required");
        team.coordinator().delete(&link, 1).expect(204);
        team.coordinator().delete(&link, 2).refused(409, "revoked");
        let unknown = is_gone(api, "/v1/citizen-pages/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        for gone in [path(&expired), path(&revoked), "/v1/citizen-pages/x".to_owned()] {
            assert_eq!(is_gone(api, &gone).text, unknown.text);
        }
        let listed = team.coordinator().get(format!("/v1/pseudonyms/{own}/citizen-links")).expect(200);
        assert_eq!(listed.ids(), [revoked.id(), expired.id()]);
        assert!(listed.items().iter().all(|link| link["url"] == Value::Null), "shown once");
        assert!(listed.items()[0]["revokedAt"].is_string());
        let kinds: Vec<String> = changes_of(api, &team.id).into_iter().map(|change| change.kind).collect();
        assert!(
            kinds.ends_with(&[
                "citizen_link.created".into(),
                "citizen_link.created".into(),
                "citizen_link.revoked".into()
            ]),
            "{kinds:?}"
        );
    });
}

#[test]
fn how_long_it_works_has_bounds() {
    both(|api| {
        let team = api.team();
        let links = format!("/v1/pseudonyms/{}/citizen-links", team.pseudonym());
        for days in [0, 91, -1] {
            team.coordinator().post(&links, json!({"days": days})).errors(&[("/days", "out_of_range")]);
        }
        let body = json!({"id": new_id()});
        let made = team.coordinator().post(&links, body.clone()).expect(201);
        let again = team.coordinator().post(&links, body).expect(200);
        assert_eq!((&again["id"], &again["url"]), (&made["id"], &Value::Null), "it is shown once");
    });
}

#[test]
fn each_opening_is_in_the_access_log_and_the_token_nowhere() {
    both_alone(&[], |api| {
        let team = api.team();
        let own = team.pseudonym();
        let link = team.link(&own, json!({}));
        let read = api.anonymous().get(path(&link)).expect(200);
        logged(&team, "operation = 'getLinkedCitizenPage'", 1);
        let events = team.coordinator().get(team.path("audit-events?limit=200")).expect(200);
        let opened = events.items().iter().find(|event| event["name"] == "getLinkedCitizenPage");
        let opened = opened.expect("it is told").clone();
        for (member, value) in [
            ("code", json!("R")),
            ("means", json!("link")),
            ("personId", Value::Null),
            ("objectKind", json!("pseudonym")),
            ("objectId", json!(own)),
            ("subjectIds", json!([own])),
            ("requestId", json!(read.header("x-request-id"))),
        ] {
            assert_eq!(opened[member], value, "{member}");
        }
        let token = path(&link).rsplit('/').next().expect("a token").to_owned();
        let stored = match api.kind {
            Kind::Postgres => everything(&api.server.database_url),
            Kind::Sqlite => {
                let file = api.server.database_url.trim_start_matches("sqlite://").to_owned();
                let read = |path: String| std::fs::read(path).unwrap_or_default();
                let bytes = [read(file.clone()), read(format!("{file}-wal"))].concat();
                String::from_utf8_lossy(&bytes).into_owned()
            }
        };
        assert!(stored.contains("citizen_link") && !stored.contains(&token));
    });
}

#[test]
fn guessing_is_slowed_down_and_signing_in_is_not() {
    both_alone(&[], |api| {
        let team = api.team();
        let good = path(&team.link(&team.pseudonym(), json!({})));
        for guess in 0..20 {
            api.anonymous().get(format!("/v1/citizen-pages/guess-{guess}")).refused(404, "not_found");
        }
        let refused = api.anonymous().get(&good).refused(429, "too_many_requests");
        assert!(refused.header("retry-after").is_some());
        let reader = api.person(crate::support::Part::Reader);
        api.sign_in(&reader.email, &reader.password()).expect(200);
        pass_time(api, 15 * 60, "sign_in_failures", "failed_at", ("email_key", "citizen links"));
        api.anonymous().get(&good).expect(200);
    });
}

#[test]
fn with_the_pseudonym_goes_what_was_handed_out() {
    both(|api| {
        let team = api.team();
        let own = team.pseudonym();
        let link = team.link(&own, json!({}));
        let code = team.intake_code(&own);
        let asked = team.requested(&own, json!({"text": "Het was een maatje."})).id();
        let erasure = json!({"pseudonymId": own, "cause": "consent_withdrawn"});
        let erased = team.coordinator().post(team.path("erasures"), erasure);
        assert!(erased.status < 300, "{}", erased.text);
        is_gone(api, &path(&link));
        team.coordinator().get(format!("/v1/data-subject-requests/{asked}")).refused(410, "gone");
        let body = json!({"intakeCode": code, "kind": "object"});
        team.practitioner()
            .post(team.path("data-subject-requests"), body)
            .refused(409, "intake_code_unknown");
    });
}
