//! Consents to research: given for oneself or recorded of a pseudonym, and withdrawn.

use serde_json::{Value, json};

use crate::support::privacy::consent;
use crate::support::stored::changes_of;
use crate::support::team::{Team, ago, new_id, observation, with};
use crate::support::{Api, Part, both};

const DAY: i64 = 86_400;

/// The day so many days from now.
fn day(from_now: i64) -> String {
    ago(-from_now * DAY)[..10].to_owned()
}

#[test]
fn one_consents_for_oneself_and_a_writer_records_it_of_a_pseudonym() {
    both(|api| {
        let team = api.team();
        let body = with(consent("metc-2026-014"), json!({"means": "spoken", "endsOn": day(30)}));
        let own = team.reader().post(team.path("research-consents"), body.clone()).expect(201);
        assert_eq!(own["protocol"], "METC-2026-014", "two spellings of a number are one protocol");
        assert_eq!(own["personId"], api.person(Part::Reader).id.as_str());
        assert_eq!((&own["pseudonymId"], &own["recordedBy"]), (&Value::Null, &own["personId"]));
        assert_eq!((&own["state"], &own["stateReason"]), (&json!("given"), &Value::Null));

        let pseudonym = team.pseudonym();
        let path = format!("/v1/pseudonyms/{pseudonym}/research-consents");
        let of_pseudonym = team.expert().post(&path, body).expect(201);
        assert_eq!(
            (&of_pseudonym["pseudonymId"], &of_pseudonym["personId"]),
            (&json!(pseudonym), &Value::Null)
        );
        assert_eq!(of_pseudonym["recordedBy"], api.person(Part::Expert).id.as_str());
        assert_eq!(team.reader().get(&path).expect(200).ids(), [of_pseudonym.id()]);
    });
}

#[test]
fn what_is_said_of_a_consent_must_be_right() {
    both(|api| {
        let team = api.team();
        let path = team.path("research-consents");
        let practitioner = team.practitioner();
        for wrong in ["", "METC 2026", "-1", &"x".repeat(51), "Jan Jansen, Dorpsstraat"] {
            let answer =
                practitioner.post(&path, with(consent("X-1"), json!({"protocol": wrong}))).expect(400);
            assert_eq!(answer["errors"][0]["pointer"], "/protocol", "{wrong:?}");
        }
        let body = with(consent("X-1"), json!({"givenOn": day(2), "endsOn": day(1)}));
        practitioner.post(&path, body).errors(&[("/givenOn", "in_future"), ("/endsOn", "inconsistent")]);
        practitioner
            .post(&path, json!({"protocol": "X-1"}))
            .errors(&[("/givenOn", "required"), ("/means", "required")]);
        practitioner
            .post(&path, with(consent("X-1"), json!({"personId": api.person(Part::Expert).id})))
            .errors(&[("/personId", "unknown_member")]);
    });
}

#[test]
fn one_consent_stands_at_a_time_for_one_protocol() {
    both(|api| {
        let team = api.team();
        let path = team.path("research-consents");
        let practitioner = team.practitioner();
        let first = practitioner.post(&path, consent("X-1")).expect(201);
        let refused = practitioner.post(&path, consent("x-1")).refused(409, "consent_stands");
        assert_eq!(refused["consentId"], first["id"]);
        practitioner.post(&path, consent("X-2")).expect(201);
        // What is over already is recorded beside it.
        practitioner.post(&path, with(consent("X-1"), json!({"endsOn": "2024-06-30"}))).expect(201);
        let moves = format!("/v1/research-consents/{}/transitions", first.id());
        practitioner.post(&moves, json!({"to": "withdrawn"})).expect(200);
        practitioner.post(&path, consent("X-1")).expect(201);
        let given = practitioner.get(team.path("research-consents?protocol=x-1&state=given")).expect(200);
        assert_eq!(given.items().len(), 2);
    });
}

#[test]
fn withdrawing_is_easy_keeps_the_record_and_is_final() {
    both(|api| {
        let team = api.team();
        let id = team.consents(Part::Practitioner, "X-1");
        let (path, practitioner) = (format!("/v1/research-consents/{id}"), team.practitioner());
        let moves = format!("{path}/transitions");
        let refused = practitioner.post(&moves, json!({"to": "given"})).refused(409, "move_not_allowed");
        assert_eq!(refused["possible"], json!(["withdrawn"]));
        let withdrawal = json!({"id": new_id(), "to": "withdrawn", "reason": "Ik wil het toch niet."});
        let withdrawn = practitioner.post(&moves, withdrawal.clone()).expect(200);
        assert_eq!((&withdrawn["state"], withdrawn.version()), (&json!("withdrawn"), 2));
        assert_eq!(withdrawn["stateReason"], "Ik wil het toch niet.");
        assert_eq!(withdrawn["givenOn"], "2024-01-15");
        assert_eq!(practitioner.post(&moves, withdrawal).expect(200).body, withdrawn.body, "sent again");
        practitioner.post(&moves, json!({"to": "withdrawn"})).refused(409, "move_not_allowed");
        practitioner.post(&moves, json!({"to": "given"})).refused(409, "move_not_allowed");
        assert_eq!(practitioner.get(&path).expect(200).body, withdrawn.body);
        let log = changes_of(api, &team.id);
        assert_eq!(log.last().map(|change| change.kind.as_str()), Some("research_consent.withdrawn"));
    });
}

#[test]
fn what_somebody_consents_to_is_told_to_coordinators_and_to_nobody_else() {
    both(|api| {
        let team = api.team();
        let (own, anothers) = (team.consents(Part::Practitioner, "X-1"), team.consents(Part::Expert, "X-1"));
        let of_pseudonym = team.consented(&team.pseudonym(), "X-1");
        let path = team.path("research-consents");
        assert_eq!(team.practitioner().get(&path).expect(200).ids(), std::slice::from_ref(&own));
        assert!(team.facilitator().get(&path).expect(200).items().is_empty());
        assert_eq!(team.coordinator().get(&path).expect(200).ids(), [of_pseudonym, anothers, own.clone()]);
        team.coordinator().get(format!("/v1/research-consents/{own}")).refused(404, "not_found");
        let told = |part: Part| {
            let changes = api.client(part).get(format!("/v1/changes?networkId={}", team.id)).expect(200);
            changes.items().iter().any(|change| change["subjectId"] == own.as_str())
        };
        assert!(told(Part::Practitioner) && !told(Part::Expert) && !told(Part::Coordinator));
    });
}

#[test]
fn whoever_wrote_in_a_network_consents_to_the_use_of_it() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let path = team.path("research-consents");
        let guest = json!({"personId": api.person(Part::GuestPractitioner).id, "role": "practitioner"});
        api.founder().post(cycle.path("participants"), guest).expect(201);
        let guest = api.client(Part::GuestPractitioner);
        guest.post(&path, consent("X-1")).refused(404, "not_found");
        let seen = guest.post(cycle.path("observations"), observation()).expect(201).id();
        let own = guest.post(&path, with(consent("X-1"), json!({"id": new_id()}))).expect(201);
        assert_eq!(own["personId"], api.person(Part::GuestPractitioner).id.as_str());
        guest.post(&path, consent("X-1")).refused(409, "consent_stands");
        assert_eq!(guest.get(&path).expect(200).ids(), [own.id()]);
        assert_eq!(guest.get(format!("/v1/research-consents/{}", own.id())).expect(200).body, own.body);
        assert_eq!(team.coordinator().get(&path).expect(200).ids(), [own.id()]);
        assert!(team.practitioner().get(&path).expect(200).items().is_empty());
        api.client(Part::GuestReader).post(&path, consent("X-1")).refused(404, "not_found");
        let exported = || team.research_export("X-1").rows("observations.csv").len();
        assert_eq!(exported(), 1, "{seen} may be used");

        // And when they are gone; through a network that shares the cycle it is the same.
        let moves = format!("/v1/research-consents/{}/transitions", own.id());
        let participants = team.coordinator().get(cycle.path("participants")).expect(200);
        let seat = &participants.items()[0];
        let seat = format!("/v1/participants/{}", seat["id"].as_str().expect("an id"));
        team.facilitator().delete(seat, 1).expect(204);
        guest.post(moves, json!({"to": "withdrawn"})).expect(200);
        assert_eq!(exported(), 0);
        guest.post(&path, consent("X-1")).expect(201);
        assert_eq!(exported(), 1);
        team.consents(Part::Expert, "X-2");
        leave(api, &team, Part::Expert);
        team.expert().get(&path).refused(404, "not_found");
    });
}

/// Ends a membership.
fn leave(api: &Api, team: &Team<'_>, part: Part) {
    let members = team.coordinator().get(team.path("members")).expect(200);
    let person = api.person(part).id.as_str();
    let member = members.items().iter().find(|member| member["personId"] == person).expect("a member");
    let member = format!("/v1/members/{}", member["id"].as_str().expect("an id"));
    team.coordinator().delete(member, 1).expect(204);
}

#[test]
fn who_has_left_can_still_withdraw_and_an_archived_network_lets_them() {
    both(|api| {
        let team = api.team();
        let (own, of_pseudonym) =
            (team.consents(Part::Expert, "X-1"), team.consented(&team.pseudonym(), "X-1"));
        leave(api, &team, Part::Expert);
        let archive = json!({"to": "archived", "reason": "Het netwerk is klaar."});
        team.coordinator().post(team.path("transitions"), archive).expect(200);

        team.expert().get(team.path("research-consents")).refused(404, "not_found");
        for (client, id) in [(team.expert(), own), (team.practitioner(), of_pseudonym)] {
            let moves = format!("/v1/research-consents/{id}/transitions");
            client.post(moves, json!({"to": "withdrawn"})).expect(200);
        }
        team.practitioner()
            .post(team.path("research-consents"), consent("X-2"))
            .refused(409, "network_archived");
    });
}
