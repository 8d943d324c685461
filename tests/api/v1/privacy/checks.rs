//! `POST /v1/privacy-checks`: what would become of texts.

use serde_json::json;

use super::{BSN, PHONE, SHARED, policy};
use crate::support::both;
use crate::support::stored::changes_of;

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
