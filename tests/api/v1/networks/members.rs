//! Memberships: who is in, as what, until when, and who may not leave.

use serde_json::{Value, json};

use crate::support::team::{ago, new_id, observation};
use crate::support::{Answer, Part, both};

/// The membership of somebody, as its network lists it.
fn membership(listed: &Answer, person: &str) -> (String, i64) {
    let member = listed.items().iter().find(|member| member["personId"] == person).expect("a member");
    (member["id"].as_str().expect("an id").to_owned(), member["version"].as_i64().expect("a version"))
}

#[test]
fn a_role_can_change_and_what_one_may_do_changes_with_it() {
    both(|api| {
        let team = api.team();
        let seat = team.join(Part::Colleague, "reader");
        let cycle = team.cycle();
        let colleague = api.client(Part::Colleague);
        colleague.post(cycle.path("observations"), observation()).refused(403, "forbidden");
        team.coordinator()
            .patch(format!("/v1/members/{}", seat.id()), seat.version(), json!({"role": "practitioner"}))
            .expect(200);
        colleague.post(cycle.path("observations"), observation()).expect(201);
    });
}

#[test]
fn nobody_is_a_member_twice() {
    both(|api| {
        let team = api.team();
        let body = json!({"personId": api.person(Part::Reader).id, "role": "practitioner"});
        team.coordinator().post(team.path("members"), body).refused(409, "already_member");
    });
}

#[test]
fn who_may_not_sign_in_is_let_in_nowhere() {
    both(|api| {
        let team = api.team();
        let left = api.newcomer("uit-dienst");
        let path = format!("/v1/people/{}", left.id);
        let version = api.founder().get(&path).expect(200).version();
        api.founder().patch(&path, version, json!({"active": false})).expect(200);
        let body = json!({"personId": left.id, "role": "practitioner"});
        for path in [team.path("members"), team.cycle().path("participants")] {
            let refused = api.founder().post(&path, body.clone()).refused(409, "reference_not_found");
            refused.pointers(&[("/personId", "not_found")]);
        }
    });
}

#[test]
fn the_last_coordinator_cannot_leave_nor_step_down() {
    both(|api| {
        let team = api.team();
        let listed = team.coordinator().get(team.path("members")).expect(200);
        let (founder, version) = membership(&listed, &api.person(Part::Founder).id);
        team.coordinator().delete(format!("/v1/members/{founder}"), version).expect(204);
        let (own, version) = membership(&listed, &api.person(Part::Coordinator).id);
        let path = format!("/v1/members/{own}");
        team.coordinator().delete(&path, version).refused(409, "last_coordinator");
        team.coordinator().patch(&path, version, json!({"role": "reader"})).refused(409, "last_coordinator");
        team.coordinator()
            .patch(&path, version, json!({"endsAt": ago(-3_600)}))
            .refused(409, "last_coordinator");
        team.coordinator().get(&path).expect(200);
    });
}

#[test]
fn of_two_coordinators_leaving_at_once_one_stays() {
    both(|api| {
        let team = api.team();
        let listed = team.coordinator().get(team.path("members")).expect(200);
        let leave = |part: Part| {
            let (id, version) = membership(&listed, &api.person(part).id);
            let client = api.client(part);
            move || client.delete(format!("/v1/members/{id}"), version).status
        };
        let (first, second) = (leave(Part::Founder), leave(Part::Coordinator));
        let mut statuses = std::thread::scope(|scope| {
            let (first, second) = (scope.spawn(first), scope.spawn(second));
            [first.join().expect("an answer"), second.join().expect("an answer")]
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [204, 409]);
    });
}

#[test]
fn whoever_leaves_loses_sight_and_hands_their_open_actions_over() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
        let (open, judged) = (cycle.act(&[&thought], json!({})), cycle.act(&[&thought], json!({})));
        cycle.evaluate(&judged, json!({}));
        let practitioner = &api.person(Part::Practitioner).id;
        let (id, version) =
            membership(&team.coordinator().get(team.path("members")).expect(200), practitioner);
        let expert = &api.person(Part::Expert).id;
        team.coordinator().delete(format!("/v1/members/{id}?handOverTo={expert}"), version).expect(204);
        let owner =
            |action: &str| team.reader().get(format!("/v1/actions/{action}")).expect(200)["ownerId"].clone();
        assert_eq!(owner(&open), json!(expert));
        assert_eq!(owner(&judged), json!(practitioner), "what is done stays theirs");
        team.practitioner().get(format!("/v1/networks/{}", team.id)).refused(404, "not_found");
        let ended = team.coordinator().get(format!("/v1/members/{id}")).expect(200);
        assert!(ended["endsAt"].is_string(), "a membership ends, it is never deleted");
        assert_eq!(cycle.report()["counts"]["observations"], 1, "the records stay");
    });
}

#[test]
fn actions_are_handed_over_to_somebody_who_is_there() {
    both(|api| {
        let team = api.team();
        let (id, version) = membership(
            &team.coordinator().get(team.path("members")).expect(200),
            &api.person(Part::Practitioner).id,
        );
        let outsider = &api.person(Part::Outsider).id;
        team.coordinator()
            .delete(format!("/v1/members/{id}?handOverTo={outsider}"), version)
            .refused(409, "reference_not_found");
    });
}

#[test]
fn a_membership_has_its_time() {
    both(|api| {
        let team = api.team();
        let soon = chrono::Utc::now() + chrono::Duration::days(30);
        let seat = team.coordinator();
        let body = json!({"personId": api.person(Part::Colleague).id, "role": "practitioner", "startsAt": soon.to_rfc3339()});
        let made = api.founder().post(team.path("members"), body).expect(201);
        api.client(Part::Colleague).get(format!("/v1/networks/{}", team.id)).refused(404, "not_found");
        let path = format!("/v1/members/{}", made.id());
        let backwards = seat.patch(&path, made.version(), json!({"endsAt": ago(3_600)}));
        assert!(matches!(backwards.status, 400 | 409), "it cannot end before it starts: {}", backwards.text);
    });
}

#[test]
fn somebody_who_left_can_come_back() {
    both(|api| {
        let team = api.team();
        let seat = team.join(Part::Colleague, "practitioner");
        team.coordinator().delete(format!("/v1/members/{}", seat.id()), seat.version()).expect(204);
        // A membership of its own: the former one keeps its time, and a resend finds what it made.
        let body = json!({"id": new_id(), "personId": api.person(Part::Colleague).id, "role": "reader"});
        let again = api.founder().post(team.path("members"), body.clone()).expect(201);
        assert_eq!((&again["id"], &again["endsAt"]), (&body["id"], &Value::Null));
        assert_eq!(api.founder().post(team.path("members"), body).expect(200).id(), again.id());
        api.client(Part::Colleague).get(format!("/v1/networks/{}", team.id)).expect(200);
        let former = team.coordinator().get(format!("/v1/members/{}", seat.id())).expect(200);
        assert_eq!((&former["startsAt"], &former["role"]), (&seat["startsAt"], &json!("practitioner")));
    });
}
