//! A cycle's phases: along `plan → act → observe → reflect → closed`, and what stands in the way.

use serde_json::{Value, json};

use crate::support::team::{Cycle, ago, new_id, observation};
use crate::support::{Answer, Part, both};

pub fn transition(cycle: &Cycle, body: Value) -> Answer {
    cycle.team.facilitator().post(cycle.path("transitions"), body)
}

/// The moves a refusal names, sorted.
fn possible(refusal: &Answer) -> Vec<&str> {
    let mut moves: Vec<&str> = refusal["possible"]
        .as_array()
        .expect("it says what is possible")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    moves.sort_unstable();
    moves
}

#[test]
fn a_cycle_goes_through_its_phases_and_each_step_is_on_record() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        assert_eq!(cycle.get()["phase"], "plan");
        for phase in ["act", "observe", "reflect", "closed"] {
            assert_eq!(transition(&cycle, json!({"to": phase})).expect(200)["phase"], phase);
        }
        let steps = team.reader().get(cycle.path("transitions")).expect(200);
        let path: Vec<_> = steps
            .items()
            .iter()
            .map(|step| (step["from"].as_str().unwrap_or(""), step["to"].as_str().unwrap_or("")))
            .collect();
        assert_eq!(
            path,
            [("reflect", "closed"), ("observe", "reflect"), ("act", "observe"), ("plan", "act")],
            "newest first"
        );
        assert!(
            steps.items().iter().all(|step| step["personId"] == api.person(Part::Facilitator).id.as_str()),
            "each says who"
        );
    });
}

#[test]
fn a_forbidden_step_says_which_are_possible() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let refused = |to: &str| {
            transition(&cycle, json!({"to": to, "reason": "Sneller."})).refused(409, "move_not_allowed")
        };
        assert_eq!(possible(&refused("observe")), ["abandoned", "act"]);
        assert_eq!(possible(&refused("plan")), ["abandoned", "act"], "staying where one is, is no step");
        cycle.move_to("act");
        assert_eq!(possible(&refused("closed")), ["abandoned", "observe", "plan"]);
        cycle.move_to("observe");
        assert_eq!(possible(&refused("plan")), ["abandoned", "act", "reflect"]);
        cycle.move_to("reflect");
        assert_eq!(possible(&refused("act")), ["abandoned", "closed", "observe"]);
        cycle.move_to("closed");
        assert_eq!(possible(&refused("abandoned")), ["reflect"], "a closed cycle can only be reopened");
    });
}

#[test]
fn a_step_back_and_a_reopening_need_a_reason() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        cycle.move_to("act");
        // A move to `plan` can only be a step back: the body alone shows that the reason is missing.
        transition(&cycle, json!({"to": "plan"})).errors(&[("/reason", "required")]);
        let back =
            transition(&cycle, json!({"to": "plan", "reason": "De vraag was nog niet scherp."})).expect(200);
        assert_eq!(back["phase"], "plan");
        let steps = team.reader().get(cycle.path("transitions")).expect(200);
        assert_eq!(steps.items()[0]["reason"], "De vraag was nog niet scherp.");
        // Whether a move to `act` is one, only the stored phase shows: so it is a conflict, and nothing has moved.
        cycle.move_to("act");
        cycle.move_to("observe");
        transition(&cycle, json!({"to": "act"})).refused(409, "reason_required");
        assert_eq!(cycle.get()["phase"], "observe");

        cycle.close();
        transition(&cycle, json!({"to": "reflect"})).refused(409, "reason_required");
        let reopened =
            transition(&cycle, json!({"to": "reflect", "reason": "Er kwam nog iets."})).expect(200);
        assert_eq!((&reopened["phase"], &reopened["closedAt"]), (&json!("reflect"), &Value::Null));
        cycle.observe(json!({}));
    });
}

#[test]
fn an_abandoned_cycle_has_a_reason_and_stays_abandoned() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        transition(&cycle, json!({"to": "abandoned"})).errors(&[("/reason", "required")]);
        assert_eq!(
            transition(&cycle, json!({"to": "abandoned", "reason": "Het team is gestopt."})).expect(200)["phase"],
            "abandoned"
        );
        let refused = transition(&cycle, json!({"to": "plan", "reason": "Toch weer."}))
            .refused(409, "move_not_allowed");
        assert!(possible(&refused).is_empty());
        team.practitioner().post(cycle.path("observations"), observation()).refused(409, "cycle_abandoned");
    });
}

#[test]
fn a_step_sent_twice_is_taken_once() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let step = json!({"id": new_id(), "to": "act", "happenedAt": ago(30)});
        let first = transition(&cycle, step.clone()).expect(200);
        let again = transition(&cycle, step).expect(200);
        assert_eq!(first["version"], again["version"]);
        assert_eq!(team.reader().get(cycle.path("transitions")).expect(200).items().len(), 1);
    });
}

#[test]
fn a_step_may_be_tied_to_the_version_it_was_decided_on() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let stale = cycle.get().version();
        cycle.move_to("act");
        let request = crate::support::Request::new("POST", cycle.path("transitions"))
            .if_match(stale)
            .json(&json!({"to": "observe"}));
        team.facilitator().send(request).refused(412, "version_mismatch");
        assert_eq!(cycle.get()["phase"], "act");
    });
}
