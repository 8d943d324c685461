//! An action's way: planned, doing, done, or dropped with a reason.

use serde_json::{Value, json};

use crate::support::{Answer, Part, both};

#[test]
fn it_goes_from_planned_to_doing_to_done() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let id = cycle.act(&[&cycle.reflect(&[&cycle.observe(json!({}))], json!({}))], json!({}));
        for state in ["doing", "done"] {
            let moved = team
                .practitioner()
                .post(format!("/v1/actions/{id}/transitions"), json!({"to": state}))
                .expect(200);
            assert_eq!(moved["state"], state);
        }
        assert_eq!(
            cycle.report()["actionsByState"],
            json!({"planned": 0, "doing": 0, "done": 1, "dropped": 0})
        );
        assert_eq!(cycle.report()["openItems"][1]["waitingFor"], "evaluation", "done is not yet evaluated");
    });
}

#[test]
fn dropping_needs_a_reason() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let id = cycle.act(&[&cycle.reflect(&[&cycle.observe(json!({}))], json!({}))], json!({}));
        let path = format!("/v1/actions/{id}/transitions");
        team.practitioner().post(&path, json!({"to": "dropped"})).errors(&[("/reason", "required")]);
        let dropped = team
            .practitioner()
            .post(&path, json!({"to": "dropped", "reason": "Er was geen ruimte voor."}))
            .expect(200);
        assert_eq!(
            (&dropped["state"], &dropped["stateReason"]),
            (&json!("dropped"), &json!("Er was geen ruimte voor."))
        );
    });
}

#[test]
fn a_move_it_cannot_make_says_which_it_can() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let id = cycle.act(&[&cycle.reflect(&[&cycle.observe(json!({}))], json!({}))], json!({}));
        let refused: Answer = team
            .practitioner()
            .post(format!("/v1/actions/{id}/transitions"), json!({"to": "planned"}))
            .refused(409, "move_not_allowed");
        assert!(
            refused["possible"].as_array().is_some_and(|moves| moves.contains(&Value::from("doing"))),
            "{}",
            refused.text
        );
    });
}

#[test]
fn whoever_neither_made_it_nor_owns_it_leaves_it_alone() {
    both(|api| {
        let team = api.team();
        team.join(Part::Colleague, "practitioner");
        let cycle = team.cycle();
        let id = cycle.act(&[&cycle.reflect(&[&cycle.observe(json!({}))], json!({}))], json!({}));
        api.client(Part::Colleague)
            .post(format!("/v1/actions/{id}/transitions"), json!({"to": "doing"}))
            .refused(403, "forbidden");
    });
}

#[test]
fn a_withdrawn_action_is_out_of_all_figures() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let id = cycle.act(&[&cycle.reflect(&[&cycle.observe(json!({}))], json!({}))], json!({}));
        cycle.evaluate(&id, json!({}));
        cycle.withdraw("actions", &id);
        let report = cycle.report();
        assert_eq!(report["counts"]["actions"], 0);
        assert_eq!(report["actionsByState"], json!({"planned": 0, "doing": 0, "done": 0, "dropped": 0}));
        assert_eq!(
            (&report["loop"]["stages"]["actedOn"], &report["loop"]["stages"]["evaluated"]),
            (&json!(0), &json!(0))
        );
        assert!(team.reader().get(cycle.path("actions")).expect(200).items().is_empty());
    });
}
