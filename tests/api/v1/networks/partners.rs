//! Organisations behind a network, each with a role, for a time.

use serde_json::{Value, json};

use crate::support::both;
use crate::support::team::{ago, new_id};

#[test]
fn one_leads_at_a_time_and_the_list_tells_who_led_when() {
    both(|api| {
        let team = api.team();
        let (first, second) = (api.organisation(), api.organisation());
        let coordinator = team.coordinator();
        let lead = |organisation: &str, starts_at: String| json!({"organisationId": organisation, "role": "lead", "startsAt": starts_at});
        let leading = coordinator.post(team.path("partners"), lead(&first, ago(3600))).expect(201);
        let refused = coordinator.post(team.path("partners"), lead(&second, ago(0))).refused(409, "has_lead");
        assert_eq!(refused["leadPartnerId"], leading["id"]);
        coordinator.post(team.path("partners"), lead(&first, ago(0))).refused(409, "already_partner");
        // Another role beside it, and another network of one's own, are free.
        let funder = json!({"organisationId": first, "role": "funder"});
        coordinator.post(team.path("partners"), funder).expect(201);

        // Handed over at an instant: where the one ends, the other begins.
        let handed_over = ago(60);
        let path = format!("/v1/partners/{}", leading.id());
        coordinator.patch(&path, 1, json!({"endsAt": handed_over})).expect(200);
        let next = coordinator.post(team.path("partners"), lead(&second, handed_over.clone())).expect(201);
        let history = team.reader().get(team.path("partners?role=lead")).expect(200);
        let terms: Vec<[&Value; 2]> =
            history.items().iter().map(|partner| [&partner["startsAt"], &partner["endsAt"]]).collect();
        assert_eq!(history.ids(), [next.id(), leading.id()]);
        assert_eq!(terms[0], [&terms[1][1].clone(), &Value::Null]);
        // What has ended is history.
        coordinator.patch(&path, 2, json!({"endsAt": null})).refused(409, "ended");
        coordinator.delete(&path, 2).refused(409, "ended");
        coordinator.delete(format!("/v1/partners/{}", next.id()), 1).expect(204);
        assert_eq!(team.reader().get(team.path("partners")).expect(200).items().len(), 3);
        coordinator.post(team.path("partners"), lead(&first, ago(0))).expect(201);
    });
}

#[test]
fn a_planned_end_taken_back_does_not_run_into_the_next_lead() {
    both(|api| {
        let team = api.team();
        let coordinator = team.coordinator();
        let year = "2040-01-01T00:00:00Z";
        let first = json!({"organisationId": api.organisation(), "role": "lead", "endsAt": year});
        let first = coordinator.post(team.path("partners"), first).expect(201);
        let next = json!({"organisationId": api.organisation(), "role": "lead", "startsAt": year});
        let next = coordinator.post(team.path("partners"), next).expect(201);
        let path = format!("/v1/partners/{}", first.id());
        coordinator.patch(&path, 1, json!({"endsAt": null})).refused(409, "has_lead");
        coordinator
            .patch(&path, 1, json!({"endsAt": "2020-01-01T00:00:00Z"}))
            .refused(409, "inconsistent")
            .pointers(&[("/endsAt", "inconsistent")]);
        assert_eq!(coordinator.get(&path).expect(200).version(), 1, "nothing was changed");
        // What is called off before it begins stands in nobody's way.
        coordinator.delete(format!("/v1/partners/{}", next.id()), 1).expect(204);
        coordinator.patch(&path, 1, json!({"endsAt": null})).expect(200);
    });
}

#[test]
fn a_partner_is_an_organisation_that_is_known() {
    both(|api| {
        let team = api.team();
        let unknown = json!({"organisationId": new_id(), "role": "funder"});
        team.coordinator()
            .post(team.path("partners"), unknown)
            .refused(409, "reference_not_found")
            .pointers(&[("/organisationId", "not_found")]);
        let wrong =
            json!({"role": "boss", "startsAt": "2026-02-01T00:00:00Z", "endsAt": "2026-01-01T00:00:00Z"});
        team.coordinator().post(team.path("partners"), wrong).errors(&[
            ("/endsAt", "inconsistent"),
            ("/organisationId", "required"),
            ("/role", "not_in_enum"),
        ]);
    });
}
