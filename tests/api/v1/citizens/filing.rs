//! What a citizen files themselves, with the code that they were given.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::stored::{changes_of, pass_time};
use crate::support::team::{Team, new_id, without};
use crate::support::{Api, both, both_alone};

const PATH: &str = "/v1/data-subject-requests";

/// A code that is one, and that nobody was given.
const NOBODYS: &str = "7KQM-4XW9-TB29";

fn filed(team: &Team<'_>) -> Vec<Value> {
    team.coordinator().get(team.path("data-subject-requests")).expect(200).items().clone()
}

fn file(api: &Api, code: &str, kind: &str, text: &str) -> Value {
    let body = json!({"intakeCode": code, "kind": kind, "text": text});
    api.anonymous().post(PATH, body).expect(202).body
}

#[test]
fn with_the_code_they_file_it_and_are_told_by_when_they_hear() {
    both(|api| {
        let team = api.team();
        let own = team.pseudonym();
        let code = team.intake_code(&own);
        assert_eq!(code.len(), 14);
        // As people type it.
        let typed = code.to_lowercase().replace('-', " ");
        let told = file(api, &typed, "correct", "Ik vroeg om een maatje, niet om vervoer.");
        let requests = filed(&team);
        assert_eq!(requests.len(), 1);
        let request = &requests[0];
        for (member, value) in [
            ("pseudonymId", json!(own)),
            ("kind", json!("correct")),
            ("text", json!("Ik vroeg om een maatje, niet om vervoer.")),
            ("state", json!("received")),
            ("recordedBy", Value::Null),
            ("receivedOn", told["receivedOn"].clone()),
            ("dueOn", told["dueOn"].clone()),
            ("overdue", json!(false)),
        ] {
            assert_eq!(request[member], value, "{member}");
        }
        assert!(request["daysLeft"].as_i64().is_some_and(|days| (28..=31).contains(&days)), "{request}");
        let log = changes_of(api, &team.id);
        let last = log.last().expect("a change");
        assert_eq!(
            (last.kind.as_str(), last.actor.as_deref().filter(|actor| !actor.is_empty())),
            ("data_subject_request.created", None)
        );
    });
}

#[test]
fn the_answer_does_not_tell_whether_a_code_is_good() {
    both(|api| {
        let team = api.team();
        let own = team.pseudonym();
        let revoked = team.intake_code(&own);
        let good = team.intake_code(&own);
        assert_ne!(revoked, good);
        let answers: Vec<_> = [good.as_str(), &revoked, NOBODYS]
            .into_iter()
            .map(|code| {
                api.anonymous().post(PATH, json!({"intakeCode": code, "kind": "withdraw"})).expect(202)
            })
            .collect();
        for other in &answers[1..] {
            assert_eq!(other.body, answers[0].body);
            let names = |headers: &[(String, String)]| {
                headers.iter().map(|(name, _)| name.clone()).collect::<BTreeSet<String>>()
            };
            assert_eq!(names(&other.headers), names(&answers[0].headers));
        }
        assert_eq!(filed(&team).len(), 1, "only the good one is filed");
    });
}

#[test]
fn a_slip_is_told_at_once() {
    both(|api| {
        let code = api.team().intake_code(&api.team().pseudonym().clone());
        for wrong in ["", "1234", "O0I1-O0I1-O0I1", &format!("{code}A"), &code[..13]] {
            let body = json!({"intakeCode": wrong, "kind": "object"});
            let refused = api.anonymous().post(PATH, body).expect(400);
            assert_eq!(refused["errors"][0]["pointer"], "/intakeCode", "{wrong:?}");
        }
        api.anonymous()
            .post(PATH, json!({"intakeCode": NOBODYS, "kind": "erase", "pseudonymId": new_id()}))
            .expect(400);
        let named =
            json!({"intakeCode": NOBODYS, "kind": "object", "text": "Mail mij: iemand@thuis.example"});
        let refused = api.anonymous().post(PATH, named).expect(400);
        assert_eq!(
            (&refused["code"], &refused["errors"][0]["pointer"]),
            (&json!("personal_data"), &json!("/text"))
        );
    });
}

#[test]
fn what_is_sent_again_is_filed_once() {
    both(|api| {
        let team = api.team();
        let code = team.intake_code(&team.pseudonym());
        for _ in 0..2 {
            file(api, &code, "object", "Liever niet.");
        }
        file(api, &code, "object", "Echt liever niet.");
        file(api, &code, "withdraw", "Liever niet.");
        assert_eq!(filed(&team).len(), 3);
    });
}

#[test]
fn a_code_is_shown_once_and_another_takes_its_place() {
    both(|api| {
        let team = api.team();
        let own = team.pseudonym();
        let codes = format!("/v1/pseudonyms/{own}/intake-codes");
        let body = json!({"id": new_id()});
        let first = team.coordinator().post(&codes, body.clone()).expect(201);
        let again = team.coordinator().post(&codes, body).expect(200);
        assert_eq!(
            (&again["code"], without(again.body.clone(), "code")),
            (&Value::Null, without(first.body.clone(), "code"))
        );
        let second = team.coordinator().post(&codes, json!({})).expect(201);
        let listed = team.coordinator().get(&codes).expect(200);
        assert_eq!(listed.ids(), [second.id(), first.id()]);
        assert!(listed.items().iter().all(|code| code["code"] == Value::Null));
        assert!(listed.items()[0]["revokedAt"].is_null() && listed.items()[1]["revokedAt"].is_string());
        let path = format!("/v1/intake-codes/{}", second.id());
        team.coordinator().delete(&path, 1).expect(204);
        team.coordinator().delete(&path, 2).refused(409, "revoked");
        let typed = json!({"intakeCode": second.text_of("code"), "kind": "object"});
        team.practitioner()
            .post(team.path("data-subject-requests"), typed)
            .refused(409, "intake_code_unknown");
    });
}

#[test]
fn a_member_types_in_the_code_that_they_are_given() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let own = team.pseudonym();
        let code = team.intake_code(&own);
        let path = team.path("data-subject-requests");
        let body =
            json!({"id": new_id(), "intakeCode": code, "kind": "withdraw", "receivedOn": "2026-01-31"});
        let made = team.practitioner().post(&path, body.clone()).expect(201);
        assert_eq!((&made["pseudonymId"], &made["dueOn"]), (&json!(own), &json!("2026-02-28")));
        assert_eq!(made["recordedBy"], api.person(crate::support::Part::Practitioner).id.as_str());
        team.practitioner().post(&path, body).expect(200);
        let anothers = json!({"intakeCode": code, "kind": "withdraw"});
        other
            .practitioner()
            .post(other.path("data-subject-requests"), anothers)
            .refused(409, "intake_code_unknown");
        let nobody = json!({"pseudonymId": other.pseudonym(), "kind": "withdraw"});
        team.practitioner().post(&path, nobody).refused(409, "reference_not_found");
        team.practitioner()
            .post(&path, json!({"kind": "correct", "receivedOn": "2999-01-01"}))
            .errors(&[("/intakeCode", "inconsistent"), ("/receivedOn", "in_future")]);
    });
}

#[test]
fn many_from_one_address_have_to_wait_whatever_their_codes() {
    both_alone(&[], |api| {
        let team = api.team();
        let code = team.intake_code(&team.pseudonym());
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| (0..10).for_each(|_| drop(file(api, NOBODYS, "object", "Ik."))));
            }
        });
        let body = json!({"intakeCode": code, "kind": "object"});
        api.anonymous().post(PATH, body.clone()).refused(429, "too_many_requests");
        assert!(filed(&team).is_empty());
        pass_time(api, 15 * 60, "sign_in_failures", "failed_at", ("email_key", "citizens filing"));
        api.anonymous().post(PATH, body).expect(202);
        assert_eq!(filed(&team).len(), 1);
    });
}

#[test]
fn an_archived_network_still_hears_what_is_asked_and_decides() {
    both(|api| {
        let team = api.team();
        let own = team.pseudonym();
        let archive = json!({"to": "archived", "reason": "Het netwerk is klaar."});
        team.coordinator().post(team.path("transitions"), archive).expect(200);
        let code = team.intake_code(&own);
        file(api, &code, "object", "Liever niet.");
        let request = filed(&team)[0]["id"].as_str().expect("an id").to_owned();
        let refusal = json!({"to": "refused", "reason": "Alles is al weg."});
        team.coordinator().post(format!("{PATH}/{request}/transitions"), refusal).expect(200);
    });
}
