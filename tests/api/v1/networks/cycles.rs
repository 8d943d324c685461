//! The spiral: a cycle that follows another takes its open actions along.

use serde_json::{Value, json};

use crate::support::team::{Cycle, action, new_id};
use crate::support::{Part, both};

/// The ids of the actions in `carriedIn` or `carriedOut`.
fn carried(cycle: &Cycle, side: &str) -> Vec<String> {
    let report = cycle.report();
    report[side]
        .as_array()
        .expect("a list")
        .iter()
        .map(|entry| entry["actionId"].as_str().expect("an id").to_owned())
        .collect()
}

fn open_actions(cycle: &Cycle) -> Vec<String> {
    let report = cycle.report();
    let items = report["openItems"].as_array().expect("a list").clone();
    items
        .iter()
        .filter(|item| item["type"] == "action")
        .map(|item| item["id"].as_str().expect("an id").to_owned())
        .collect()
}

#[test]
fn open_actions_go_along_and_both_reports_say_so() {
    both(|api| {
        let team = api.team();
        let first = team.cycle();
        let thought = first.reflect(&[&first.observe(json!({}))], json!({}));
        let (open, done, dropped) = (
            first.act(&[&thought], json!({})),
            first.act(&[&thought], json!({})),
            first.act(&[&thought], json!({})),
        );
        first.evaluate(&done, json!({}));
        let drop = json!({"to": "dropped", "reason": "Niet haalbaar."});
        team.practitioner().post(format!("/v1/actions/{dropped}/transitions"), drop).expect(200);
        first.close();
        let second = team.cycle_with(json!({"previousCycleId": first.id}));
        assert_eq!(second.get()["previousCycleId"], first.id.as_str());

        assert_eq!(carried(&first, "carriedOut"), [open.as_str()]);
        assert_eq!(carried(&second, "carriedIn"), [open.as_str()]);
        assert_eq!((carried(&first, "carriedIn").len(), carried(&second, "carriedOut").len()), (0, 0));
        assert_eq!(open_actions(&first), [""; 0], "an action is open in one cycle only");
        assert_eq!(open_actions(&second), [open.as_str()]);
        let entry = second.report()["carriedIn"][0].clone();
        assert_eq!((&entry["fromCycleId"], &entry["toCycleId"]), (&json!(first.id), &json!(second.id)));

        // It keeps its origin, and an evaluation now still closes the loop it came from.
        assert_eq!(
            team.reader().get(format!("/v1/actions/{open}")).expect(200)["cycleId"],
            first.id.as_str()
        );
        first.evaluate(&open, json!({}));
        let (origin, carrier) = (first.report(), second.report());
        assert_eq!(origin["loop"]["stages"]["evaluated"], 1);
        assert_eq!(
            (&origin["counts"]["evaluations"], &carrier["counts"]["evaluations"]),
            (&json!(2), &json!(0))
        );
        assert_eq!(carrier["counts"]["actions"], 0, "figures belong to the origin");
        assert_eq!(open_actions(&second), [""; 0]);
        assert_eq!(carried(&second, "carriedIn"), [open], "what was carried stays told");
    });
}

#[test]
fn an_action_may_be_carried_through_several_cycles() {
    both(|api| {
        let team = api.team();
        let first = team.cycle();
        let open = first.act(&[&first.reflect(&[&first.observe(json!({}))], json!({}))], json!({}));
        first.close();
        let second = team.cycle_with(json!({"previousCycleId": first.id}));
        second.close();
        let third = team.cycle_with(json!({"previousCycleId": second.id}));
        assert_eq!(
            (carried(&second, "carriedIn"), carried(&second, "carriedOut")),
            (vec![open.clone()], vec![open.clone()])
        );
        assert_eq!(carried(&third, "carriedIn"), [open.as_str()]);
        assert_eq!(
            (open_actions(&first).len(), open_actions(&second).len(), open_actions(&third)),
            (0, 0, vec![open])
        );
    });
}

#[test]
fn a_carried_action_is_a_loose_end_of_its_carrier() {
    both(|api| {
        let team = api.team();
        let first = team.cycle();
        let open = first.act(&[&first.reflect(&[&first.observe(json!({}))], json!({}))], json!({}));
        first.close();
        let second = team.cycle_with(json!({"previousCycleId": first.id}));
        for phase in ["act", "observe", "reflect"] {
            second.move_to(phase);
        }
        let refused = team
            .facilitator()
            .post(second.path("transitions"), json!({"to": "closed"}))
            .refused(409, "loose_ends");
        assert_eq!(refused["openItems"][0]["id"], open.as_str());
    });
}

#[test]
fn a_cycle_has_one_successor_at_most() {
    both(|api| {
        let team = api.team();
        let first = team.cycle();
        first.close();
        team.cycle_with(json!({"previousCycleId": first.id}));
        let again = json!({"learningQuestion": "En nu?", "previousCycleId": first.id});
        team.facilitator().post(team.path("cycles"), again).refused(409, "has_successor");
    });
}

#[test]
fn a_predecessor_is_a_cycle_of_the_same_network() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let foreign = other.cycle();
        for id in [foreign.id.as_str(), &new_id()] {
            let body = json!({"learningQuestion": "En nu?", "previousCycleId": id});
            team.facilitator()
                .post(team.path("cycles"), body)
                .refused(409, "reference_not_found")
                .pointers(&[("/previousCycleId", "not_found")]);
        }
    });
}

#[test]
fn carrying_does_not_open_the_origin_for_new_actions() {
    both(|api| {
        let team = api.team();
        let first = team.cycle();
        let thought = first.reflect(&[&first.observe(json!({}))], json!({}));
        first.close();
        let second = team.cycle_with(json!({"previousCycleId": first.id}));
        let owner = &api.person(Part::Practitioner).id;
        // A reflection of the first cycle is not one of the second.
        team.practitioner()
            .post(second.path("actions"), action(&[&thought], owner))
            .refused(409, "reference_not_found");
        team.practitioner()
            .post(first.path("actions"), action(&[&thought], owner))
            .refused(409, "cycle_closed");
    });
}

#[test]
fn cycles_are_listed_newest_first() {
    both(|api| {
        let team = api.team();
        let (first, second) = (team.cycle(), team.cycle());
        let listed = team.reader().get(team.path("cycles")).expect(200);
        assert_eq!(listed.ids(), [second.id, first.id]);
        assert_eq!(listed["nextCursor"], Value::Null);
    });
}
