//! Sessions of a learning set: planned, held or cancelled, and who was present.

mod confidentiality;
mod notes;
mod open_actions;
mod questions;
mod reflections;

use serde_json::{Value, json};

use crate::support::team::{new_id, note, put_question, review, session, with};
use crate::support::{Part, both};

fn transitions(session: &str) -> String {
    format!("/v1/sessions/{session}/transitions")
}

#[test]
fn a_plan_can_change_until_the_session_is_held() {
    both(|api| {
        let team = api.team();
        let facilitator = team.facilitator();
        let made = facilitator.post(team.path("sessions"), session()).expect(201);
        assert_eq!(
            (&made["state"], &made["presentIds"], &made["cycleId"]),
            (&json!("planned"), &json!([]), &Value::Null)
        );
        let path = format!("/v1/sessions/{}", made.id());
        let later =
            json!({"startsAt": "2026-03-17T13:00:00Z", "endsAt": "2026-03-17T15:00:00Z", "place": null});
        let changed = facilitator.patch(&path, 1, later).expect(200);
        assert_eq!((&changed["place"], &changed["version"]), (&Value::Null, &json!(2)));
        facilitator
            .patch(&path, 2, json!({"startsAt": "2026-03-17T16:00:00Z"}))
            .refused(409, "inconsistent")
            .pointers(&[("/endsAt", "inconsistent")]);
        let people = json!({"presentIds": [api.person(Part::Expert).id]});
        facilitator.patch(&path, 2, people.clone()).refused(409, "not_held");

        let held = with(json!({"to": "held", "id": new_id()}), people.clone());
        let after = facilitator.post(transitions(&made.id()), held.clone()).expect(200);
        assert_eq!((&after["state"], &after["presentIds"]), (&json!("held"), &people["presentIds"]));
        assert_eq!(facilitator.post(transitions(&made.id()), held).expect(200).body, after.body, "a resend");
        facilitator.patch(&path, 3, json!({"title": "Anders"})).refused(409, "held");
        facilitator
            .post(transitions(&made.id()), json!({"to": "cancelled", "reason": "Toch niet."}))
            .refused(409, "move_not_allowed");
    });
}

#[test]
fn a_session_is_cancelled_with_a_reason_and_then_takes_nothing() {
    both(|api| {
        let team = api.team();
        let facilitator = team.facilitator();
        let id = facilitator.post(team.path("sessions"), session()).expect(201).id();
        facilitator.post(transitions(&id), json!({"to": "cancelled"})).errors(&[("/reason", "required")]);
        let mixed = json!({"to": "cancelled", "presentIds": [new_id()]});
        facilitator
            .post(transitions(&id), mixed)
            .errors(&[("/reason", "required"), ("/presentIds", "inconsistent")]);
        let cancelled = json!({"to": "cancelled", "reason": "Te weinig mensen konden."});
        let after = facilitator.post(transitions(&id), cancelled).expect(200);
        assert_eq!(after["stateReason"], "Te weinig mensen konden.");
        let path = format!("/v1/sessions/{id}");
        facilitator.patch(&path, 2, json!({"place": "Elders"})).refused(409, "cancelled");
        facilitator.post(format!("{path}/notes"), note("network")).refused(409, "not_held");
        let list = |state: &str| team.reader().get(team.path(&format!("sessions?state={state}"))).expect(200);
        assert_eq!((list("cancelled").ids(), list("planned").ids().len()), (vec![id], 0));
    });
}

#[test]
fn who_was_present_is_said_and_belongs_there() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let guest = json!({"personId": api.person(Part::GuestReader).id, "role": "reader"});
        api.founder().post(cycle.path("participants"), guest).expect(201);
        let plan = |members: Value| {
            let body = with(session(), members);
            team.facilitator().post(team.path("sessions"), body).expect(201).id()
        };
        let (of_cycle, of_network) = (plan(json!({"cycleId": cycle.id})), plan(json!({})));
        let hold = |id: &str, people: &[Part]| {
            let people: Vec<_> = people.iter().map(|part| &api.person(*part).id).collect();
            team.facilitator().post(transitions(id), json!({"to": "held", "presentIds": people}))
        };
        team.facilitator()
            .post(transitions(&of_cycle), json!({"to": "held"}))
            .errors(&[("/presentIds", "required")]);
        team.facilitator()
            .post(transitions(&of_cycle), json!({"to": "held", "presentIds": []}))
            .errors(&[("/presentIds", "too_few")]);
        hold(&of_cycle, &[Part::Expert, Part::Outsider])
            .refused(409, "reference_not_found")
            .pointers(&[("/presentIds/1", "not_found")]);
        // A guest of the cycle can be present at its sessions, and at no other.
        hold(&of_network, &[Part::GuestReader]).refused(409, "reference_not_found");
        hold(&of_cycle, &[Part::Expert, Part::GuestReader]).expect(200);
        hold(&of_network, &[Part::Expert]).expect(200);
        let guest = api.client(Part::GuestReader);
        guest.get(format!("/v1/sessions/{of_cycle}")).expect(200);
        guest.get(format!("/v1/sessions/{of_network}")).refused(404, "not_found");
        assert_eq!(guest.get(cycle.path("sessions")).expect(200).ids(), [of_cycle]);
    });
}

#[test]
fn who_left_the_network_was_there_all_the_same() {
    both(|api| {
        let team = api.team();
        let colleague = team.join(Part::Colleague, "practitioner");
        let session = team.held(json!({}), &[Part::Colleague]);
        api.founder().delete(format!("/v1/members/{}", colleague.id()), colleague.version()).expect(204);
        let corrected = session.correct(&[Part::Colleague, Part::Expert]);
        assert_eq!(corrected["presentIds"].as_array().map(Vec::len), Some(2));
        session.correct(&[Part::Expert]);
        // Nobody is put on a list who cannot have been there.
        let again = json!({"presentIds": [api.person(Part::Colleague).id]});
        api.founder().patch(session.itself(), 4, again).refused(409, "reference_not_found");
    });
}

#[test]
fn a_session_is_of_a_cycle_of_its_network_that_goes_on() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let (cycle, elsewhere) = (team.cycle(), other.cycle());
        let of = |cycle: &str| with(session(), json!({"cycleId": cycle}));
        team.facilitator()
            .post(team.path("sessions"), of(&elsewhere.id))
            .refused(409, "reference_not_found")
            .pointers(&[("/cycleId", "not_found")]);
        let body = with(of(&cycle.id), json!({"id": new_id()}));
        team.facilitator().post(team.path("sessions"), body.clone()).expect(201);
        cycle.close();
        team.facilitator().post(team.path("sessions"), of(&cycle.id)).refused(409, "cycle_closed");
        team.facilitator().post(team.path("sessions"), body).expect(200);
        let wrong =
            json!({"startsAt": "2026-03-10T13:00:00Z", "endsAt": "2026-03-10T13:00:00Z", "title": ""});
        team.facilitator()
            .post(team.path("sessions"), wrong)
            .errors(&[("/endsAt", "inconsistent"), ("/title", "too_short")]);
    });
}

#[test]
fn sessions_are_listed_by_when_they_begin() {
    both(|api| {
        let team = api.team();
        let plan = |day: u32| {
            let body = with(session(), json!({"startsAt": format!("2026-03-{day:02}T13:00:00Z")}));
            team.facilitator().post(team.path("sessions"), body).expect(201).id()
        };
        let (second, first, third) = (plan(12), plan(5), plan(19));
        let page = team.reader().get(team.path("sessions?limit=2")).expect(200);
        assert_eq!(page.ids(), [third, second]);
        let rest = format!("sessions?limit=2&cursor={}", page.text_of("nextCursor"));
        assert_eq!(team.reader().get(team.path(&rest)).expect(200).ids(), [first]);
    });
}

#[test]
fn nothing_is_added_to_a_session_whose_cycle_is_over() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let action = cycle.act(&[&cycle.reflect(&[&cycle.observe(json!({}))], json!({}))], json!({}));
        let (of_cycle, of_network) =
            (team.held(json!({"cycleId": cycle.id}), &[Part::Expert]), team.held(json!({}), &[Part::Expert]));
        let sent_before = with(note("network"), json!({"id": new_id()}));
        let practitioner = team.practitioner();
        practitioner.post(of_cycle.path("notes"), sent_before.clone()).expect(201);
        cycle.close();
        let records =
            [("notes", note("network")), ("questions", put_question()), ("action-reviews", review(&action))];
        for (collection, body) in &records {
            practitioner.post(of_cycle.path(collection), body.clone()).refused(409, "cycle_closed");
            practitioner.post(of_network.path(collection), body.clone()).expect(201);
        }
        practitioner.post(of_cycle.path("notes"), sent_before).expect(200);
        let reopened = json!({"to": "reflect", "reason": "Er was nog iets te zeggen."});
        team.facilitator().post(cycle.path("transitions"), reopened).expect(200);
        for (collection, body) in records {
            practitioner.post(of_cycle.path(collection), body).expect(201);
        }
    });
}
