//! `POST /v1/privacy-checks`: what would become of texts.

use serde_json::json;

use super::{BSN, PHONE, SHARED, policy};
use crate::support::stored::changes_of;
use crate::support::{Part, both};

#[test]
fn a_check_tells_what_the_network_would_do_and_stores_nothing() {
    both(|api| {
        let team = api.team();
        policy(&team, json!({"phone": "redact"}));
        let before = changes_of(api, &team.id);
        let texts = json!([
            {"pointer": "/body", "text": format!("bsn {BSN}, bel {PHONE}")},
            {"text": SHARED}, {"text": "Rustig."},
        ]);
        let body = json!({"networkId": team.id, "texts": texts});
        let told = team.practitioner().post("/v1/privacy-checks", body.clone()).expect(200);
        let findings = told["findings"].as_array().expect("findings");
        let said: Vec<_> =
            findings.iter().map(|one| (&one["pointer"], &one["kind"], &one["handling"])).collect();
        let (bsn, phone, email) = (json!("bsn"), json!("phone"), json!("email"));
        let (refuse, redact, warn) = (json!("refuse"), json!("redact"), json!("warn"));
        let (first, second) = (json!("/body"), json!("/texts/1"));
        assert_eq!(said, [(&first, &bsn, &refuse), (&first, &phone, &redact), (&second, &email, &warn)]);
        assert!(!told.text.contains(BSN));
        assert_eq!(changes_of(api, &team.id), before);
        team.reader().post("/v1/privacy-checks", body.clone()).refused(403, "forbidden");
        team.outsider().post("/v1/privacy-checks", body).refused(404, "not_found");
    });
}

/// Who takes part in a cycle alone does not see its network, and writes in the cycle all the same.
#[test]
fn a_guest_of_a_cycle_asks_for_the_cycle() {
    both(|api| {
        let team = api.team();
        policy(&team, json!({"phone": "redact"}));
        let (cycle, guest) = (team.cycle(), api.person(Part::Outsider));
        let ask = |place: &str, id: &str| {
            team.outsider().post("/v1/privacy-checks", json!({place: id, "texts": [{"text": PHONE}]}))
        };
        ask("cycleId", &cycle.id).refused(404, "not_found");
        let invited = json!({"personId": guest.id, "role": "practitioner"});
        api.founder().post(cycle.path("participants"), invited).expect(201);
        ask("networkId", &team.id).refused(404, "not_found");
        assert_eq!(ask("cycleId", &cycle.id).expect(200)["findings"][0]["handling"], "redact");
        let texts = json!([{"text": "Rustig."}]);
        let both = json!({"networkId": team.id, "cycleId": cycle.id, "texts": texts});
        team.practitioner().post("/v1/privacy-checks", both).errors(&[("/cycleId", "inconsistent")]);
        let neither = json!({"texts": texts});
        team.practitioner().post("/v1/privacy-checks", neither).errors(&[("/networkId", "required")]);
    });
}

#[test]
fn a_check_is_bounded() {
    both(|api| {
        let team = api.team();
        let many: Vec<_> = (0..101).map(|_| json!({"text": "Rustig."})).collect();
        let check = |texts| {
            team.practitioner().post("/v1/privacy-checks", json!({"networkId": team.id, "texts": texts}))
        };
        check(json!(many)).errors(&[("/texts", "too_many")]);
        check(json!([])).errors(&[("/texts", "too_few")]);
        check(json!([{"text": "a".repeat(10_001)}])).errors(&[("/texts/0/text", "too_long")]);
    });
}
