//! Actions: what they follow from, whose they are, and the rule of an organisation they may challenge.

use serde_json::{Value, json};

use crate::support::team::{action, new_id, with};
use crate::support::{Part, both};

#[test]
fn an_action_follows_from_at_least_one_reflection_of_its_cycle() {
    both(|api| {
        let team = api.team();
        let (cycle, elsewhere) = (team.cycle(), team.cycle());
        let foreign = elsewhere.reflect(&[&elsewhere.observe(json!({}))], json!({}));
        let owner = &api.person(Part::Practitioner).id;
        let path = cycle.path("actions");
        team.practitioner().post(&path, action(&[], owner)).errors(&[("/reflectionIds", "too_few")]);
        team.practitioner()
            .post(&path, action(&[&foreign], owner))
            .refused(409, "reference_not_found")
            .pointers(&[("/reflectionIds/0", "not_found")]);
        let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
        let made = team.practitioner().post(&path, action(&[&thought], owner)).expect(201);
        assert_eq!(
            (&made["state"], &made["reflectionIds"], &made["ownerId"]),
            (&json!("planned"), &json!([thought]), &json!(owner))
        );
        assert_eq!(
            (&made["challenges"], &made["dueOn"], &made["carriedOutBy"]),
            (&Value::Null, &Value::Null, &Value::Null)
        );
    });
}

#[test]
fn its_owner_is_a_member_or_a_guest_of_the_cycle() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
        let path = cycle.path("actions");
        let guest = &api.person(Part::GuestPractitioner).id;
        for stranger in [guest.as_str(), &api.person(Part::Outsider).id, &new_id()] {
            team.practitioner()
                .post(&path, action(&[&thought], stranger))
                .refused(409, "reference_not_found")
                .pointers(&[("/ownerId", "not_found")]);
        }
        // The founder, since a facilitator may not know the guest yet.
        api.founder()
            .post(cycle.path("participants"), json!({"personId": guest, "role": "practitioner"}))
            .expect(201);
        let made = team.practitioner().post(&path, action(&[&thought], guest)).expect(201);
        // Owning it, the guest may move it though somebody else wrote it down.
        let moved = api
            .client(Part::GuestPractitioner)
            .post(format!("/v1/actions/{}/transitions", made.id()), json!({"to": "doing"}))
            .expect(200);
        assert_eq!(moved["state"], "doing");
    });
}

#[test]
fn whatever_its_kind_it_may_challenge_a_rule_and_hears_the_answer() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let organisation = api
            .founder()
            .post("/v1/organisations", json!({"name": api.unique("Gemeente"), "kind": "municipality"}))
            .expect(201)
            .id();
        let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
        let challenges = json!({"rule": "Eerst een indicatie.", "organisationId": organisation});
        let body = with(
            action(&[&thought], &api.person(Part::Practitioner).id),
            json!({"kind": "disruption", "challenges": challenges}),
        );
        let made = team.practitioner().post(cycle.path("actions"), body).expect(201);
        assert_eq!(made["challenges"]["rule"], "Eerst een indicatie.");
        assert_eq!(made["challenges"]["answer"], "unanswered");

        let path = format!("/v1/actions/{}", made.id());
        let answered = |answer: Value| {
            team.practitioner().patch(
                &path,
                made.version(),
                json!({"challenges": with(challenges.clone(), answer)}),
            )
        };
        answered(json!({"answer": "kept"})).errors(&[("/challenges/answerReason", "required")]);
        let kept = answered(json!({"answer": "kept", "answerReason": "Het is de wet."})).expect(200);
        assert_eq!(
            (&kept["challenges"]["answer"], &kept["challenges"]["answerReason"]),
            (&json!("kept"), &json!("Het is de wet."))
        );
    });
}

#[test]
fn a_challenged_organisation_must_exist() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
        let body = with(
            action(&[&thought], &api.person(Part::Practitioner).id),
            json!({"challenges": {"rule": "Eerst een indicatie.", "organisationId": new_id()}}),
        );
        team.practitioner()
            .post(cycle.path("actions"), body)
            .refused(409, "reference_not_found")
            .pointers(&[("/challenges/organisationId", "not_found")]);
    });
}

#[test]
fn it_can_be_handed_to_somebody_else_who_is_there() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let id = cycle
            .act(&[&cycle.reflect(&[&cycle.observe(json!({}))], json!({}))], json!({"dueOn": "2030-01-31"}));
        let path = format!("/v1/actions/{id}");
        let expert = &api.person(Part::Expert).id;
        let handed =
            team.facilitator().patch(&path, 1, json!({"ownerId": expert, "dueOn": null})).expect(200);
        assert_eq!((&handed["ownerId"], &handed["dueOn"]), (&json!(expert), &Value::Null));
        let outsider = &api.person(Part::Outsider).id;
        team.facilitator()
            .patch(&path, handed.version(), json!({"ownerId": outsider}))
            .refused(409, "reference_not_found");
        // The new owner moves it; the one who wrote it down still may as well.
        team.expert().post(format!("{path}/transitions"), json!({"to": "doing"})).expect(200);
        team.practitioner().post(format!("{path}/transitions"), json!({"to": "done"})).expect(200);
    });
}
