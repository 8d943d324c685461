//! People: seen by those they share something with, their address by fewer.

use serde_json::{Value, json};

use crate::support::{Part, both};

#[test]
fn an_address_is_for_oneself_ones_coordinators_and_administrators() {
    both(|api| {
        let team = api.team();
        let expert = api.person(Part::Expert);
        let path = format!("/v1/people/{}", expert.id);
        for client in [team.expert(), team.coordinator(), api.client(Part::Admin)] {
            assert_eq!(client.get(&path).expect(200)["email"], expert.email.as_str());
        }
        for client in [team.facilitator(), team.practitioner(), team.reader()] {
            assert_eq!(client.get(&path).expect(200)["email"], Value::Null);
        }
        team.outsider().get(&path).refused(404, "not_found");
    });
}

#[test]
fn an_address_belongs_to_one_person_however_it_is_written() {
    both(|api| {
        let email = format!("{}@Tests.Example", api.unique("Een.Adres"));
        let made =
            api.founder().post("/v1/people", json!({"email": email, "displayName": "Een"})).expect(201);
        assert_eq!((&made["systemRole"], &made["active"]), (&json!("none"), &json!(true)));
        api.founder()
            .post("/v1/people", json!({"email": email.to_lowercase(), "displayName": "Twee"}))
            .refused(409, "email_taken");
        api.founder()
            .post("/v1/people", json!({"email": "geen adres", "displayName": ""}))
            .errors(&[("/email", "bad_format"), ("/displayName", "too_short")]);
    });
}

#[test]
fn people_are_listed_to_those_who_share_something_with_them() {
    both(|api| {
        let team = api.team();
        let practitioner = &api.person(Part::Practitioner).id;
        let has = |client: crate::support::Client| {
            let mut path = Some("/v1/people?limit=200".to_owned());
            while let Some(page) = path {
                let answer = client.get(page).expect(200);
                if answer.ids().contains(practitioner) {
                    return true;
                }
                path = answer["nextCursor"]
                    .as_str()
                    .map(|cursor| format!("/v1/people?limit=200&cursor={cursor}"));
            }
            false
        };
        assert!(has(team.reader()) && has(api.client(Part::Admin)) && has(team.practitioner()));
        assert!(!has(team.outsider()));
    });
}

#[test]
fn nobody_is_made_an_administrator_but_by_one() {
    both(|api| {
        let team = api.team();
        let path = format!("/v1/people/{}", api.person(Part::Expert).id);
        team.coordinator().patch(&path, 1, json!({"systemRole": "admin"})).refused(403, "forbidden");
        let body = json!({"email": "boef@tests.example", "displayName": "Boef", "systemRole": "admin"});
        team.coordinator().post("/v1/people", body).refused(403, "forbidden");
    });
}
