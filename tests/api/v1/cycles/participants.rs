//! Guests: they see one cycle, for as long as they take part in it, and nothing else of the network.

use serde_json::json;

use crate::support::team::{ago, observation};
use crate::support::{Part, both};

#[test]
fn a_guest_sees_the_cycle_and_nothing_else_of_the_network() {
    both(|api| {
        let team = api.team();
        let (cycle, other) = (team.cycle(), team.cycle());
        let (shared, closed) = (cycle.observe(json!({})), other.observe(json!({})));
        let inbox = team.practitioner().post(team.path("observations"), observation()).expect(201).id();
        let guest = api.client(Part::GuestPractitioner);
        guest.get(format!("/v1/cycles/{}", cycle.id)).refused(404, "not_found");
        let body = json!({"personId": api.person(Part::GuestPractitioner).id, "role": "practitioner"});
        api.founder().post(cycle.path("participants"), body).expect(201);

        guest.get(format!("/v1/cycles/{}", cycle.id)).expect(200);
        guest.get(format!("/v1/observations/{shared}")).expect(200);
        guest.post(cycle.path("observations"), observation()).expect(201);
        for path in [
            format!("/v1/networks/{}", team.id),
            team.path("cycles"),
            team.path("members"),
            team.path("observations"),
            format!("/v1/cycles/{}", other.id),
            other.path("observations"),
            format!("/v1/observations/{closed}"),
            format!("/v1/observations/{inbox}"),
        ] {
            guest.get(path).refused(404, "not_found");
        }
        let me = guest.get("/v1/me").expect(200);
        assert!(
            me["cycles"]
                .as_array()
                .expect("cycles")
                .iter()
                .any(|entry| entry["cycleId"] == cycle.id.as_str())
        );
        assert!(
            !me["networks"]
                .as_array()
                .expect("networks")
                .iter()
                .any(|entry| entry["networkId"] == team.id.as_str())
        );
    });
}

#[test]
fn a_guest_whose_time_is_over_is_a_stranger_again() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let body =
            json!({"personId": api.person(Part::GuestReader).id, "role": "reader", "startsAt": ago(3_600)});
        let seat = api.founder().post(cycle.path("participants"), body).expect(201);
        let guest = api.client(Part::GuestReader);
        guest.get(cycle.path("observations")).expect(200);
        team.facilitator()
            .patch(format!("/v1/participants/{}", seat.id()), seat.version(), json!({"endsAt": ago(1)}))
            .expect(200);
        guest.get(cycle.path("observations")).refused(404, "not_found");
        assert!(
            !guest.get("/v1/me").expect(200)["cycles"]
                .as_array()
                .expect("cycles")
                .iter()
                .any(|entry| entry["cycleId"] == cycle.id.as_str())
        );
    });
}

#[test]
fn ending_takes_access_away_and_keeps_what_was_recorded() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let body = json!({"personId": api.person(Part::GuestPractitioner).id, "role": "practitioner"});
        let seat = api.founder().post(cycle.path("participants"), body).expect(201);
        let guest = api.client(Part::GuestPractitioner);
        let told = guest.post(cycle.path("observations"), observation()).expect(201).id();
        team.facilitator().delete(format!("/v1/participants/{}", seat.id()), seat.version()).expect(204);
        guest.get(format!("/v1/observations/{told}")).refused(404, "not_found");
        assert_eq!(
            team.reader().get(format!("/v1/observations/{told}")).expect(200)["authorId"],
            api.person(Part::GuestPractitioner).id.as_str()
        );
        assert_eq!(cycle.report()["counts"]["observations"], 1);
    });
}

#[test]
fn nobody_coordinates_a_cycle_only() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let body = json!({"personId": api.person(Part::GuestReader).id, "role": "coordinator"});
        team.facilitator().post(cycle.path("participants"), body).errors(&[("/role", "not_in_enum")]);
    });
}

#[test]
fn nobody_takes_part_twice() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let body = json!({"personId": api.person(Part::GuestReader).id, "role": "reader"});
        api.founder().post(cycle.path("participants"), body.clone()).expect(201);
        api.founder().post(cycle.path("participants"), body).expect(409);
    });
}
