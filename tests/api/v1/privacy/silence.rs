//! A refused value is nowhere: not in answers, not in the log at any level, not among the figures, not in the database.

use serde_json::json;

use super::{BSN, PHONE, said};
use crate::support::team::new_id;
use crate::support::{Request, both_alone};

#[test]
fn a_refused_value_is_nowhere() {
    both_alone(&[("RUST_LOG", "trace")], |api| {
        let team = api.team();
        let cycle = team.cycle();
        let practitioner = team.practitioner();
        let text = format!("Zijn bsn is {BSN}, bel {PHONE}.");
        let refused =
            practitioner.post(cycle.path("observations"), said(&text)).refused(400, "personal_data");
        let seen = cycle.observe(json!({}));
        let path = format!("/v1/observations/{seen}");
        let patched = practitioner.patch(&path, 1, json!({"body": text}));
        let item =
            json!({"action": "create", "type": "observation", "cycleId": cycle.id, "body": said(&text)});
        let batch = practitioner.post("/v1/batches", json!({"id": new_id(), "items": [item]})).expect(200);
        let file = format!("body,perspective\n\"{text}\",citizen\n");
        let import = Request::new("POST", cycle.path("imports?type=observation")).raw("text/csv", file);
        let imported = practitioner.send(import).expect(200);
        let check = json!({"networkId": team.id, "texts": [{"text": text}]});
        let checked = practitioner.post("/v1/privacy-checks", check).expect(200);
        let changes = practitioner.get(format!("/v1/changes?networkId={}", team.id)).expect(200);
        let metrics = api.anonymous().try_send(&Request::new("GET", "/metrics")).expect("figures");
        for answer in [&refused, &patched, &batch, &imported, &checked, &changes, &metrics] {
            assert!(!answer.text.contains(BSN) && !answer.text.contains(PHONE), "{}", answer.asked);
        }
        let log = api.server.logged();
        assert!(log.contains("TRACE") || log.contains("trace"), "the log tells all that it can");
        assert!(!log.contains(BSN) && !log.contains(PHONE), "the log holds a value");
    });
}
