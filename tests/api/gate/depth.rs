//! JSON that is nested too deep, by every way in.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use serde_json::{Value, json};

use crate::support::team::{new_id, observation};
use crate::support::{Api, Kind, Request, both};

/// The bound of the contract, in `docs/known-quirks.md`.
const MOST: usize = 64;

fn nested(depth: usize) -> String {
    format!("{}{}", "[".repeat(depth), "]".repeat(depth))
}

#[test]
fn a_body_may_go_so_deep_and_no_deeper() {
    both(|api| {
        let founder = api.founder();
        let send = |depth: usize| {
            let body = format!(r#"{{"name":{},"kind":"team"}}"#, nested(depth));
            founder.send(Request::new("POST", "/v1/networks").raw("application/json", body))
        };
        send(MOST - 1).errors(&[("/name", "wrong_type")]);
        let place = format!("/name{}", "/0".repeat(MOST - 1));
        for depth in [MOST, 127, 128, 100_000] {
            send(depth).refused(400, "too_deep").errors(&[(&place, "too_deep")]);
        }
        for opening in ["[", "{\"a\":"] {
            let unclosed = opening.repeat(100_000);
            let answer = founder.send(Request::new("POST", "/v1/networks").raw("application/json", unclosed));
            answer.refused(400, "too_deep");
        }
    });
}

#[test]
fn a_patch_goes_no_deeper() {
    let api = Api::shared(Kind::Sqlite);
    let team = api.team();
    let id = team.cycle().observe(json!({}));
    let body = format!(r#"{{"body":{}}}"#, nested(100_000));
    let patch = Request::new("PATCH", format!("/v1/observations/{id}"))
        .if_match(1)
        .raw("application/merge-patch+json", body);
    team.practitioner().send(patch).refused(400, "too_deep");
}

#[test]
fn an_item_of_a_batch_goes_no_deeper_and_the_others_are_done() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let item = |body: String| {
            format!(r#"{{"action":"create","type":"observation","cycleId":"{}","body":{body}}}"#, cycle.id)
        };
        for depth in [MOST + 10, 100_000] {
            let deep = item(format!(r#"{{"body":{}}}"#, nested(depth)));
            let astray = format!(r#"{{"action":{}}}"#, nested(depth));
            let good = item(observation().to_string());
            let batch = format!(r#"{{"id":"{}","items":[{deep},{good},{astray}]}}"#, new_id());
            let send = || {
                let sent = Request::new("POST", "/v1/batches").raw("application/json", batch.clone());
                // Against the contract, by which these two are none: what is sent, not the answer.
                team.practitioner().try_send(&sent).expect("an answer").expect(200)
            };
            let answer = send();
            let results = answer["results"].as_array().expect("results");
            let statuses: Vec<&Value> = results.iter().map(|result| &result["status"]).collect();
            assert_eq!(statuses, [400, 201, 400], "{}", answer.text);
            assert_eq!(answer.text.matches("too_deep").count() % 2, 0, "{}", answer.text);
            assert!(answer.text.contains("too_deep"));
            // Sent again it is the same batch.
            let again = send();
            assert_eq!(again["results"][0]["status"], 400);
        }
    });
}

#[test]
fn a_line_of_a_file_and_a_key_of_a_query_go_no_deeper() {
    let api = Api::shared(Kind::Sqlite);
    let team = api.team();
    let cycle = team.cycle();
    let client = team.practitioner();
    let lines = format!("{{\"body\":{},\"perspective\":\"citizen\"}}\n", nested(100_000));
    let path = cycle.path("imports?type=observation");
    for path in [path.clone(), format!("{path}&columns=%7B%22tekst%22%3A%22tags%22%2C%22*%22%3Anull%7D")] {
        let answer =
            client.send(Request::new("POST", path).raw("application/jsonl", lines.clone())).expect(200);
        assert!(answer.text.contains("too_deep") && answer.text.contains("\"refused\":1"), "{}", answer.text);
    }
    let csv =
        format!("answers,loopDepth,model,observationIds\n{},single,free,{}\n", nested(50_000), new_id());
    let path = cycle.path("imports?type=reflection");
    let answer = client.send(Request::new("POST", path).raw("text/csv", csv)).expect(200);
    assert!(answer.text.contains("too_deep") && answer.text.contains("\"refused\":1"), "{}", answer.text);
    let columns = "%5B".repeat(10_000);
    let path = cycle.path(&format!("imports?type=observation&columns=%7B%22a%22%3A{columns}"));
    let refused = client.send(Request::new("POST", path).raw("text/csv", "body\na\n"));
    assert!([400, 414].contains(&refused.status), "{}", refused.text);
}

#[test]
fn what_is_read_before_its_signature_goes_no_deeper() {
    let api = Api::shared(Kind::Sqlite);
    let deep = BASE64_URL_SAFE_NO_PAD.encode(nested(30_000));
    let header = BASE64_URL_SAFE_NO_PAD.encode(format!(r#"{{"alg":"HS256","x":{}}}"#, nested(15_000)));
    for token in [format!("{deep}.e30.e30"), format!("{header}.{deep}.e30")] {
        api.with_token(token).get("/v1/me").expect(401);
    }
    let cursor = api.founder().get(format!("/v1/networks?cursor={}", &deep[..50_000]));
    assert!([400, 414].contains(&cursor.status), "{}", cursor.text);
    api.founder().get("/v1/me").expect(200);
}
