//! An author may move what is not discussed yet to another of their networks.

use serde_json::{Value, json};

use crate::support::team::new_id;
use crate::support::{Part, both};

#[test]
fn an_undiscussed_observation_moves_with_its_author() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let (cycle, target) = (team.cycle(), other.cycle());
        let id = cycle.observe(json!({"happenedAt": "2024-01-01T00:00:00Z"}));
        let path = format!("/v1/observations/{id}/moves");
        let moved =
            team.practitioner().post(&path, json!({"networkId": other.id, "cycleId": target.id})).expect(200);
        assert_eq!(
            (&moved["id"], &moved["networkId"], &moved["cycleId"]),
            (&json!(id), &json!(other.id), &json!(target.id))
        );
        assert_eq!(moved["happenedAt"], "2024-01-01T00:00:00Z");
        assert_eq!(
            (&cycle.report()["counts"]["observations"], &target.report()["counts"]["observations"]),
            (&json!(0), &json!(1))
        );
        assert!(team.reader().get(team.path("observations")).expect(200).items().is_empty());
    });
}

#[test]
fn without_a_cycle_it_lands_in_the_inbox() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let id = team.cycle().observe(json!({}));
        let moved = team
            .practitioner()
            .post(format!("/v1/observations/{id}/moves"), json!({"networkId": other.id}))
            .expect(200);
        assert_eq!(moved["cycleId"], Value::Null);
        assert_eq!(other.reader().get(other.path("observations")).expect(200).ids(), [id]);
    });
}

#[test]
fn what_is_discussed_stays_where_it_was_discussed() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let cycle = team.cycle();
        let id = cycle.observe(json!({}));
        cycle.reflect(&[&id], json!({}));
        team.practitioner()
            .post(format!("/v1/observations/{id}/moves"), json!({"networkId": other.id}))
            .expect(409);
    });
}

#[test]
fn it_moves_only_to_where_its_author_may_log() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let id = team.cycle().observe(json!({}));
        let path = format!("/v1/observations/{id}/moves");
        team.facilitator().post(&path, json!({"networkId": other.id})).refused(403, "forbidden");
        team.practitioner()
            .post(&path, json!({"networkId": new_id()}))
            .refused(409, "reference_not_found")
            .pointers(&[("/networkId", "not_found")]);
        let closed =
            api.founder().post("/v1/networks", json!({"name": "Dicht", "kind": "group"})).expect(201).id();
        team.practitioner()
            .post(&path, json!({"networkId": closed}))
            .refused(409, "reference_not_found")
            .pointers(&[("/networkId", "not_found")]);
        let body = json!({"personId": api.person(Part::Practitioner).id, "role": "reader"});
        api.founder().post(format!("/v1/networks/{closed}/members"), body).expect(201);
        let as_reader = team.practitioner().post(&path, json!({"networkId": closed}));
        assert!(matches!(as_reader.status, 403 | 409), "a reader logs nothing: {}", as_reader.text);
    });
}
