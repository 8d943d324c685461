//! The inbox: observations of a network that have no cycle yet.

use serde_json::{Value, json};

use crate::support::both;
use crate::support::team::{observation, with};

#[test]
fn what_has_no_cycle_yet_waits_in_the_inbox_and_moves_into_one() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let made = team.practitioner().post(team.path("observations"), observation()).expect(201);
        assert_eq!(made["cycleId"], Value::Null);
        assert_eq!(cycle.report()["counts"]["observations"], 0);
        let path = format!("/v1/observations/{}", made.id());
        let moved =
            team.practitioner().patch(&path, made.version(), json!({"cycleId": cycle.id})).expect(200);
        assert_eq!(moved["cycleId"], cycle.id.as_str());
        assert_eq!(cycle.report()["counts"]["observations"], 1);
        assert_eq!(team.reader().get(cycle.path("observations")).expect(200).ids(), [made.id()]);
    });
}

#[test]
fn it_moves_into_an_open_cycle_of_its_own_network_only() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let (closed, foreign) = (team.cycle(), other.cycle());
        closed.close();
        let made = team.practitioner().post(team.path("observations"), observation()).expect(201);
        let path = format!("/v1/observations/{}", made.id());
        let into = |cycle: &str| team.practitioner().patch(&path, made.version(), json!({"cycleId": cycle}));
        into(&foreign.id).refused(409, "reference_not_found").pointers(&[("/cycleId", "not_found")]);
        into(&closed.id).refused(409, "cycle_closed");
    });
}

#[test]
fn the_list_of_the_network_has_its_inbox_and_its_cycles() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let inbox = with(observation(), json!({"happenedAt": "2024-01-02T00:00:00Z"}));
        let inbox = team.practitioner().post(team.path("observations"), inbox).expect(201).id();
        let in_cycle = cycle.observe(json!({"happenedAt": "2024-01-01T00:00:00Z"}));
        assert_eq!(team.reader().get(team.path("observations")).expect(200).ids(), [inbox, in_cycle]);
    });
}
