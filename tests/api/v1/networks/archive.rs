//! An archived network is kept as it is.

use serde_json::json;

use crate::support::team::{new_id, observation, question, with};
use crate::support::{Part, both};

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

        let elsewhere = api.team().cycle().observe(json!({}));
        practitioner
            .post(format!("/v1/observations/{elsewhere}/moves"), json!({"networkId": team.id}))
            .refused(409, "network_archived");

        team.coordinator().post(&path, json!({"to": "active", "reason": "Toch weer begonnen."})).expect(200);
        practitioner.post(cycle.path("observations"), observation()).expect(201);
    });
}

#[test]
fn networks_that_merge_point_to_their_successor_and_stay_where_they_are() {
    both(|api| {
        let (one, other, both_together) = (api.team(), api.team(), api.team());
        let cycle = one.cycle();
        let seen = cycle.observe(json!({}));
        let into = |id: &str| json!({"to": "archived", "reason": "Samen verder.", "successorId": id});
        for team in [&one, &other] {
            let merged =
                team.coordinator().post(team.path("transitions"), into(&both_together.id)).expect(200);
            assert_eq!(
                (&merged["state"], &merged["successorId"]),
                (&json!("archived"), &json!(both_together.id))
            );
        }
        // Their members read on; the successor's members see nothing of it until they are let in, with a reason.
        one.reader().get(format!("/v1/observations/{seen}")).expect(200);
        both_together.join(Part::Colleague, "facilitator");
        let newcomer = api.client(Part::Colleague);
        newcomer.get(format!("/v1/observations/{seen}")).refused(404, "not_found");
        let guest = json!({"personId": api.person(Part::Colleague).id, "role": "reader"});
        one.facilitator()
            .post(cycle.path("participants"), guest.clone())
            .refused(409, "inconsistent")
            .pointers(&[("/reason", "required")]);
        let let_in = one
            .facilitator()
            .post(cycle.path("participants"), with(guest, json!({"reason": "Neemt de cyclus over."})))
            .expect(201);
        assert_eq!(let_in["reason"], "Neemt de cyclus over.");
        newcomer.get(format!("/v1/observations/{seen}")).expect(200);
        newcomer.get(one.path("cycles")).refused(404, "not_found");
        one.facilitator().delete(format!("/v1/participants/{}", let_in.id()), 1).expect(204);
        newcomer.get(format!("/v1/observations/{seen}")).refused(404, "not_found");
    });
}

#[test]
fn a_successor_stands_and_is_coordinated_by_who_names_it() {
    both(|api| {
        let (old, new) = (api.team(), api.team());
        let path = old.path("transitions");
        let into = |id: &str| json!({"to": "archived", "reason": "Samen verder.", "successorId": id});
        let coordinator = old.coordinator();
        coordinator
            .post(&path, with(into(&new.id), json!({"to": "active"})))
            .errors(&[("/successorId", "inconsistent")]);
        coordinator
            .post(&path, into(&new_id()))
            .refused(409, "reference_not_found")
            .pointers(&[("/successorId", "not_found")]);
        coordinator.post(&path, into(&old.id)).refused(409, "network_cycle");
        old.join(Part::Colleague, "coordinator");
        new.join(Part::Colleague, "facilitator");
        api.client(Part::Colleague).post(&path, into(&new.id)).refused(403, "forbidden");

        coordinator.post(&path, into(&new.id)).expect(200);
        coordinator.post(new.path("transitions"), into(&old.id)).refused(409, "network_archived");
        let again = coordinator.post(&path, json!({"to": "active", "reason": "Toch niet."})).expect(200);
        assert_eq!(again["successorId"], json!(null));
    });
}
