//! Closing a cycle: with its loose ends in sight, and what a closed cycle still takes.

use serde_json::{Value, json};

use super::transitions::transition;
use crate::support::team::{action, ago, evaluation, observation, question, reflection, told, with};
use crate::support::{Part, both};

#[test]
fn closing_with_loose_ends_lists_exactly_the_open_items_of_the_report() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let open = cycle.observe(json!({"happenedAt": "2024-05-01T10:00:00Z"}));
        let seen = cycle.observe(json!({"happenedAt": "2024-05-02T10:00:00Z"}));
        let thought = cycle.reflect(&[&seen], json!({}));
        let tried = cycle.act(&[&thought], json!({"happenedAt": "2024-05-03T10:00:00Z"}));
        let asked = cycle.ask(json!({"happenedAt": "2024-05-04T10:00:00Z"}));
        for phase in ["act", "observe", "reflect"] {
            cycle.move_to(phase);
        }
        let refused = transition(&cycle, json!({"to": "closed"})).refused(409, "loose_ends");
        let ids = |items: &Value| -> Vec<String> {
            items
                .as_array()
                .expect("items")
                .iter()
                .map(|item| item["id"].as_str().expect("an id").to_owned())
                .collect()
        };
        assert_eq!(ids(&refused["openItems"]), [open, seen, tried, asked], "oldest first");
        assert_eq!(
            ids(&refused["openItems"]),
            ids(&cycle.report()["openItems"]),
            "one list, wherever it is shown"
        );
        assert_eq!(refused["openItemsTotal"], 4);
        assert_eq!(cycle.get()["phase"], "reflect");

        transition(&cycle, json!({"to": "closed", "acceptLooseEnds": true}))
            .errors(&[("/reason", "required")]);
        transition(&cycle, json!({"to": "closed", "reason": "Klaar."})).refused(409, "loose_ends");
        let accepted =
            json!({"to": "closed", "acceptLooseEnds": true, "reason": "De rest gaat mee naar het najaar."});
        assert_eq!(transition(&cycle, accepted).expect(200)["phase"], "closed");
        assert_eq!(cycle.report()["openItemsTotal"], 4, "closing does not make them disappear");
    });
}

#[test]
fn what_happened_before_the_closing_may_arrive_late_and_is_a_loose_end() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let before = ago(60);
        cycle.close();
        let offline = with(observation(), json!({"happenedAt": before}));
        let late = team.practitioner().post(cycle.path("observations"), offline).expect(201);
        assert_eq!(late["late"], true);
        let report = cycle.report();
        assert_eq!(report["openItems"][0]["id"], late["id"]);
        assert_eq!(report["openItems"][0]["waitingFor"], "reflection");
        assert_eq!(report["counts"]["observations"], 1, "late is counted like any other");

        // What happens now, in a closed cycle, belongs elsewhere.
        team.practitioner().post(cycle.path("observations"), observation()).refused(409, "cycle_closed");
        let inbox = team.practitioner().post(team.path("observations"), observation()).expect(201);
        assert_eq!(inbox["late"], false);
    });
}

#[test]
fn a_closed_cycle_takes_no_new_thinking_but_still_hears_what_came_of_it() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let thought = cycle.reflect(&[&seen], json!({}));
        let tried = cycle.act(&[&thought], json!({}));
        let asked = cycle.ask(json!({}));
        cycle.close();
        let practitioner = team.practitioner();
        practitioner.post(cycle.path("questions"), question()).refused(409, "cycle_closed");
        practitioner.post(cycle.path("reflections"), reflection(&[&seen])).refused(409, "cycle_closed");
        let owner = &api.person(Part::Practitioner).id;
        practitioner.post(cycle.path("actions"), action(&[&thought], owner)).refused(409, "cycle_closed");

        practitioner.post(format!("/v1/actions/{tried}/transitions"), json!({"to": "doing"})).expect(200);
        practitioner.post(format!("/v1/actions/{tried}/evaluations"), evaluation()).expect(201);
        team.facilitator().post(format!("/v1/questions/{asked}/returns"), told()).expect(201);
        let report = cycle.report();
        assert_eq!(report["loop"]["stages"]["evaluated"], 1);
        assert_eq!(report["openItemsTotal"], 0);
    });
}
