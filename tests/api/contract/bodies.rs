//! Bodies that are not what they should be: all their errors at once, each with its place.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use serde_json::{Value, json};

use crate::support::team::{ago, observation, reflection, with};
use crate::support::{Request, both};

#[test]
fn what_is_no_json_is_malformed() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        for text in
            ["", "{", "{\"body\": }", "no json", "{\"body\": \"x\"} trailing", "\u{feff}{}", "{'body': 1}"]
        {
            let request = Request::new("POST", cycle.path("observations")).raw("application/json", text);
            team.practitioner().send(request).refused(400, "malformed_json");
        }
        let latin1 = b"{\"body\": \"caf\xe9\", \"perspective\": \"citizen\"}".to_vec();
        let request = Request::new("POST", cycle.path("observations")).raw("application/json", latin1);
        team.practitioner().send(request).refused(400, "malformed_json");
    });
}

#[test]
fn what_is_no_object_has_the_wrong_type() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        for body in [json!([]), json!("text"), json!(1), Value::Null, json!(true)] {
            team.practitioner().post(cycle.path("observations"), body).errors(&[("", "wrong_type")]);
        }
        // Nor do the entries of a list stand for the members in their order, at any depth.
        for list in [json!([]), json!([null, null, null])] {
            let path = format!("/v1/networks/{}/pseudonyms", team.id);
            team.practitioner().post(path, list).errors(&[("", "wrong_type")]);
        }
        let seen = cycle.observe(json!({}));
        let shift =
            json!({"loopDepth": "double", "frameShift": ["Zij wil niet.", "Zij lachte.", "Zij durft niet."]});
        let body = with(reflection(&[&seen]), shift);
        team.practitioner().post(cycle.path("reflections"), body).errors(&[("/frameShift", "wrong_type")]);
    });
}

#[test]
fn a_number_without_a_fraction_is_an_integer() {
    both(|api| {
        let team = api.team();
        let calculate = |years: Value| {
            let body = json!({"title": "Eerder een eigen plek", "pseudonymId": team.id, "firstYear": 2026.0, "years": years});
            team.coordinator().post(format!("/v1/networks/{}/effect-calculations", team.id), body)
        };
        for years in [json!(2), json!(2.0), json!(2e0)] {
            calculate(years).refused(409, "reference_not_found");
        }
        calculate(json!(2.5)).errors(&[("/years", "wrong_type")]);
        calculate(json!(2e9)).errors(&[("/years", "out_of_range")]);
    });
}

#[test]
fn all_errors_of_a_body_come_at_once() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let soon = (chrono::Utc::now() + chrono::Duration::hours(1)).to_rfc3339();
        let body = json!({
            "id": "no-uuid", "body": 7, "perspective": "bird", "voice": null, "questionId": "x", "aboutPseudonymIds": ["y"], "themeIds": "z",
            "lifeDomains": [""], "tags": vec!["a"; 21], "happenedAt": soon, "a/b~c": 1,
        });
        let answer = team.practitioner().post(cycle.path("observations"), body).refused(400, "invalid_body");
        for (pointer, code) in [
            ("/id", "bad_format"),
            ("/body", "wrong_type"),
            ("/perspective", "not_in_enum"),
            ("/questionId", "bad_format"),
            ("/aboutPseudonymIds/0", "bad_format"),
            ("/themeIds", "wrong_type"),
            ("/lifeDomains/0", "too_short"),
            ("/tags", "too_many"),
            ("/happenedAt", "in_future"),
            // A JSON pointer escapes the slash and the tilde.
            ("/a~1b~0c", "unknown_member"),
        ] {
            let named = answer["errors"]
                .as_array()
                .expect("errors")
                .iter()
                .any(|error| error["pointer"] == pointer && error["code"] == code);
            assert!(named, "{pointer} {code} is not among {}", answer.text);
        }
    });
}

#[test]
fn nested_errors_have_nested_pointers() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let body = with(
            reflection(&[&seen]),
            json!({
                "observationIds": [seen, "x"], "answers": [{"promptId": "free", "text": "Goed."}, {"promptId": 4, "note": "?"}],
                "frameShift": {"assumptionBefore": "x".repeat(10_001), "disruption": "Zij lachte.", "assumptionAfter": "Anders."},
            }),
        );
        team.practitioner().post(cycle.path("reflections"), body).errors(&[
            ("/observationIds/1", "bad_format"),
            ("/answers/1/promptId", "wrong_type"),
            ("/answers/1/text", "required"),
            ("/answers/1/note", "unknown_member"),
            ("/frameShift/assumptionBefore", "too_long"),
        ]);
    });
}

#[test]
fn a_member_given_twice_is_refused() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let twice = r#"{"body": "Eerst.", "body": "Dan.", "perspective": "citizen"}"#;
        let request = Request::new("POST", cycle.path("observations")).raw("application/json", twice);
        team.practitioner().send(request).expect(400);
    });
}

#[test]
fn nothing_happens_in_the_future_but_clocks_may_differ_by_five_minutes() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let log = |happened: Value| {
            team.practitioner()
                .post(cycle.path("observations"), with(observation(), json!({"happenedAt": happened})))
        };
        log(json!(ago(-3_600))).errors(&[("/happenedAt", "in_future")]);
        let ahead = log(json!(ago(-120))).expect(201);
        assert!(
            ahead["happenedAt"].as_str() <= Some(ago(0).as_str()),
            "a clock that runs ahead is stored as now: {}",
            ahead.text
        );
        for wrong in
            ["yesterday", "2024-13-01T00:00:00Z", "2024-01-01", "2024-01-01T00:00:00", "2024-02-30T00:00:00Z"]
        {
            log(json!(wrong)).errors(&[("/happenedAt", "bad_format")]);
        }
        log(json!(1_700_000_000)).errors(&[("/happenedAt", "wrong_type")]);
        for (given, stored) in [
            ("2024-01-01T00:00:00+01:00", "2023-12-31T23:00:00Z"),
            ("2024-01-01T00:00:00.5-00:30", "2024-01-01T00:30:00.5"),
            ("2024-01-01T00:00:00.123456789Z", "2024-01-01T00:00:00.123456Z"),
        ] {
            let got = log(json!(given)).expect(201).text_of("happenedAt");
            assert!(got.starts_with(stored) && got.ends_with('Z'), "{given} was stored as {got}");
        }
    });
}

#[test]
fn a_body_over_one_mebibyte_is_too_large() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let token = team.practitioner().token().to_owned();
        let size = (1 << 20) + 1;
        // By hand: the server may answer and hang up before it has read it all, which clients take badly.
        let address = api.server.base.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).expect("the server listens");
        let head = format!(
            "POST {} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {size}\r\nConnection: close\r\n\r\n",
            cycle.path("observations"),
        );
        stream.write_all(head.as_bytes()).expect("a head");
        let _ = stream.write_all(&vec![b' '; size]);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
        assert!(
            answer.contains("application/problem+json") && answer.contains("payload_too_large"),
            "{answer}"
        );

        // Just as large as allowed is read to its end, and found to be empty.
        let largest =
            Request::new("POST", cycle.path("observations")).raw("application/json", vec![b' '; 1 << 20]);
        team.practitioner().send(largest).refused(400, "malformed_json");
    });
}

#[test]
fn deep_nesting_is_refused_and_not_followed() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let deep = format!("{{\"body\": {}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        let request = Request::new("POST", cycle.path("observations")).raw("application/json", deep);
        team.practitioner().send(request).expect(400);
        team.practitioner().post(cycle.path("observations"), observation()).expect(201);
    });
}
