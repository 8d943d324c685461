//! What came of an action.

use serde_json::{Value, json};

use crate::support::both;
use crate::support::team::{evaluation, new_id, with};

#[test]
fn expected_and_seen_effect_are_kept_apart() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let action = cycle.act(&[&cycle.reflect(&[&cycle.observe(json!({}))], json!({}))], json!({}));
        let path = format!("/v1/actions/{action}/evaluations");
        let body = with(
            evaluation(),
            json!({"beneficiaries": "De bewoners van de flat.", "happenedAt": "2024-04-01T00:00:00Z"}),
        );
        let made = team.expert().post(&path, body.clone()).expect(201);
        for member in body.as_object().expect("an object").keys() {
            assert_eq!(made[member], body[member], "{member}");
        }
        assert_eq!((&made["actionId"], &made["cycleId"]), (&json!(action), &json!(cycle.id)));
        assert_eq!(team.reader().get(&path).expect(200).ids(), [made.id()]);
        assert_eq!(team.reader().get(format!("/v1/evaluations/{}", made.id())).expect(200).body, made.body);
        team.practitioner().post(&path, json!({"verdict": "great"})).errors(&[
            ("/expectedEffect", "required"),
            ("/seenEffect", "required"),
            ("/judgedBy", "required"),
            ("/verdict", "not_in_enum"),
        ]);
    });
}

#[test]
fn an_evaluation_closes_every_loop_its_action_came_from() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let (one, two, three) =
            (cycle.observe(json!({})), cycle.observe(json!({})), cycle.observe(json!({})));
        let (first, second) = (cycle.reflect(&[&one, &two], json!({})), cycle.reflect(&[&three], json!({})));
        let action = cycle.act(&[&first, &second], json!({}));
        cycle.evaluate(&action, json!({}));
        let report = cycle.report();
        assert_eq!(
            (&report["loop"]["stages"]["evaluated"], report["loop"]["closureRate"].as_f64()),
            (&json!(3), Some(1.0))
        );
        assert_eq!(report["openItems"], json!([]));
    });
}

#[test]
fn a_resent_evaluation_is_one_evaluation() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let action = cycle.act(&[&cycle.reflect(&[&cycle.observe(json!({}))], json!({}))], json!({}));
        let path = format!("/v1/actions/{action}/evaluations");
        let body = with(evaluation(), json!({"id": new_id()}));
        let made = team.practitioner().post(&path, body.clone()).expect(201);
        assert_eq!(team.practitioner().post(&path, body).expect(200).body, made.body);
        let report = cycle.report();
        assert_eq!(report["counts"]["evaluations"], 1);
        assert_eq!(report["loop"]["legs"][3]["p90Seconds"], Value::Null);
    });
}
