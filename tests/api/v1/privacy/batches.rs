//! Items of a batch: each has findings of its own.

use serde_json::{Value, json};

use super::{BSN, PHONE, SHARED, policy, said};
use crate::support::stored::{changes_of, number};
use crate::support::team::{Team, new_id, with};
use crate::support::{Answer, both};

fn create(team: &Team<'_>, text: &str) -> Value {
    json!({"action": "create", "type": "observation", "networkId": team.id, "body": said(text)})
}

fn send(team: &Team<'_>, batch: &Value) -> Answer {
    team.practitioner().post("/v1/batches", batch.clone()).expect(200)
}

#[test]
fn each_item_is_refused_or_warned_for_itself() {
    both(|api| {
        let team = api.team();
        let made = team.practitioner().post(team.path("observations"), said("Rustig.")).expect(201).id();
        let items = json!([
            create(&team, "Rustig."),
            create(&team, &format!("bsn {BSN}")),
            create(&team, SHARED),
            with(create(&team, SHARED), json!({"confirmWarnings": true})),
            {"action": "update", "type": "observation", "id": made, "ifMatch": 1, "body": {"body": format!("bsn {BSN}")}},
            {"action": "withdraw", "type": "observation", "id": made, "body": {"reason": format!("bsn {BSN}")}},
        ]);
        let batch = json!({"id": new_id(), "items": items});
        let answer = send(&team, &batch);
        let results = answer["results"].as_array().expect("results");
        let statuses: Vec<_> =
            results.iter().map(|result| result["status"].as_u64().expect("a status")).collect();
        assert_eq!(statuses, [201, 400, 201, 201, 400, 400]);
        let pointers = ["/items/1/body/body", "/items/4/body/body", "/items/5/body/reason"];
        for (index, pointer) in [1, 4, 5].into_iter().zip(pointers) {
            let error = &results[index]["problem"]["errors"][0];
            assert_eq!((&error["pointer"], &error["kind"]), (&json!(pointer), &json!("bsn")));
            assert_eq!(results[index]["problem"]["code"], "personal_data");
        }
        assert_eq!(results[0].get("warnings"), None);
        let states = |index: usize| results[index]["warnings"][0]["state"].clone();
        assert_eq!((states(2), states(3)), (json!("open"), json!("confirmed")));
        assert!(!answer.text.contains(BSN));
        // Sent again it answers the same, from what was kept: no value is there either.
        assert_eq!(send(&team, &batch).body, answer.body);
        let kept = format!("SELECT count(*) FROM batches WHERE CAST(results AS text) LIKE '%{BSN}%'");
        assert_eq!(number(api.kind, &api.server.database_url, &kept), 0);
    });
}

#[test]
fn an_atomic_batch_with_a_finding_writes_nothing() {
    both(|api| {
        let team = api.team();
        let before = changes_of(api, &team.id);
        let items = json!([create(&team, SHARED), create(&team, &format!("bsn {BSN}"))]);
        let answer = send(&team, &json!({"id": new_id(), "atomic": true, "items": items}));
        assert_eq!((&answer["written"], &answer["results"][0]["status"]), (&json!(false), &json!(424)));
        assert_eq!(answer["results"][0].get("warnings"), None);
        assert_eq!(changes_of(api, &team.id), before);
    });
}

#[test]
fn items_are_redacted_and_known_again() {
    both(|api| {
        let team = api.team();
        policy(&team, json!({"phone": "redact"}));
        let item = |text: &str, id: &str| {
            with(create(&team, text), json!({"body": with(said(text), json!({"id": id}))}))
        };
        let (one, two) = (new_id(), new_id());
        let items = json!([item(&format!("Bel {PHONE}."), &one), item("Rustig.", &two)]);
        let answer = send(&team, &json!({"id": new_id(), "items": items}));
        assert_eq!(answer["results"][0]["status"], 201, "{}", answer.text);
        let stored = team.practitioner().get(format!("/v1/observations/{one}")).expect(200);
        assert_eq!(stored["body"], "Bel [telefoonnummer].");
        // In another batch, or by itself, the same is the same.
        let again = send(&team, &json!({"id": new_id(), "items": items}));
        assert_eq!(again["results"][0]["status"], 200, "{}", again.text);
        let body = with(said(&format!("Bel {PHONE}.")), json!({"id": one}));
        team.practitioner().post(team.path("observations"), body).expect(200);
    });
}
