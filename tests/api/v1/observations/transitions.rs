//! An observation is closed without action, taken back up, or withdrawn. It is never deleted.

use serde_json::{Value, json};

use crate::support::team::reflection;
use crate::support::{Request, both};

#[test]
fn closing_without_action_needs_a_reason_and_can_be_undone() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let id = cycle.observe(json!({}));
        let path = format!("/v1/observations/{id}/transitions");
        team.facilitator().post(&path, json!({"to": "closed"})).errors(&[("/reason", "required")]);
        team.facilitator().post(&path, json!({"to": "closed", "reason": "  "})).expect(400);
        let closed =
            team.facilitator().post(&path, json!({"to": "closed", "reason": "Al opgelost."})).expect(200);
        assert_eq!((&closed["state"], &closed["stateReason"]), (&json!("closed"), &json!("Al opgelost.")));
        assert_eq!(cycle.report()["loop"]["stages"]["closedWithoutAction"], 1);
        assert_eq!(cycle.report()["openItemsTotal"], 0);
        assert_eq!(
            team.reader().get(cycle.path("observations")).expect(200).ids(),
            [id],
            "closed is still listed"
        );

        let back = team
            .practitioner()
            .post(&path, json!({"to": "logged", "reason": "Het speelt toch nog."}))
            .expect(200);
        assert_eq!(back["state"], "logged");
        assert_eq!(cycle.report()["openItemsTotal"], 1);
    });
}

#[test]
fn withdrawing_keeps_the_record_marks_it_and_says_why() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let id = cycle.observe(json!({}));
        let path = format!("/v1/observations/{id}");
        team.practitioner()
            .post(format!("{path}/transitions"), json!({"to": "withdrawn"}))
            .errors(&[("/reason", "required")]);
        team.practitioner()
            .send(Request::new("DELETE", &path).if_match(1))
            .refused(405, "method_not_allowed");
        let withdrawn = team
            .practitioner()
            .post(format!("{path}/transitions"), json!({"to": "withdrawn", "reason": "Te herkenbaar."}))
            .expect(200);
        assert_eq!(
            (&withdrawn["state"], &withdrawn["stateReason"]),
            (&json!("withdrawn"), &json!("Te herkenbaar."))
        );
        assert_eq!(team.reader().get(&path).expect(200)["state"], "withdrawn");
        assert!(team.reader().get(cycle.path("observations")).expect(200).items().is_empty());
        // Out of everything: it can no longer be reflected on.
        team.practitioner().post(cycle.path("reflections"), reflection(&[&id])).expect(409);
    });
}

#[test]
fn a_coordinator_may_withdraw_anothers_record_but_not_rewrite_it() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let id = cycle.observe(json!({}));
        let path = format!("/v1/observations/{id}");
        team.coordinator().patch(&path, 1, json!({"body": "Netter gezegd."})).refused(403, "forbidden");
        team.coordinator()
            .post(format!("{path}/transitions"), json!({"to": "withdrawn", "reason": "Een naam stond erin."}))
            .expect(200);
    });
}

#[test]
fn a_move_to_where_it_is_says_where_else_it_could_go() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let id = cycle.observe(json!({}));
        let path = format!("/v1/observations/{id}/transitions");
        let refused = team
            .practitioner()
            .post(&path, json!({"to": "logged", "reason": "Toch."}))
            .refused(409, "move_not_allowed");
        let mut possible: Vec<&str> =
            refused["possible"].as_array().expect("moves").iter().filter_map(Value::as_str).collect();
        possible.sort_unstable();
        assert_eq!(possible, ["closed", "withdrawn"]);
    });
}
