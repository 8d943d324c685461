//! An archived network is kept as it is.

use serde_json::json;

use crate::support::both;
use crate::support::team::{observation, question};

#[test]
fn an_archived_network_can_be_read_and_not_written() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let path = team.path("transitions");
        team.coordinator().post(&path, json!({"to": "archived"})).errors(&[("/reason", "required")]);
        let archived = team
            .coordinator()
            .post(&path, json!({"to": "archived", "reason": "Opgegaan in een ander team."}))
            .expect(200);
        assert_eq!(archived["state"], "archived");

        team.reader().get(format!("/v1/observations/{seen}")).expect(200);
        let practitioner = team.practitioner();
        practitioner.post(cycle.path("observations"), observation()).refused(409, "network_archived");
        practitioner.post(team.path("observations"), observation()).refused(409, "network_archived");
        practitioner.post(cycle.path("questions"), question()).refused(409, "network_archived");
        practitioner
            .patch(format!("/v1/observations/{seen}"), 1, json!({"tags": []}))
            .refused(409, "network_archived");
        team.facilitator()
            .post(cycle.path("transitions"), json!({"to": "act"}))
            .refused(409, "network_archived");
        team.coordinator()
            .post(team.path("invitations"), json!({"email": "laat@tests.example", "role": "reader"}))
            .refused(409, "network_archived");

        team.coordinator().post(&path, json!({"to": "active", "reason": "Toch weer begonnen."})).expect(200);
        practitioner.post(cycle.path("observations"), observation()).expect(201);
    });
}
