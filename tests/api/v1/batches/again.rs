//! What is sent twice is there once, and is answered the same.

use serde_json::{Value, json};

use super::{atomic, batch, create, named, results, send, statuses, update};
use crate::support::server::Server;
use crate::support::stored::changes_of;
use crate::support::team::{new_id, observation, reflection, with};
use crate::support::{Client, Request, both, both_alone};

#[test]
fn a_batch_sent_again_after_a_restart_answers_the_same() {
    both_alone(&[], |api| {
        let team = api.team();
        let cycle = team.cycle();
        let place = ("cycleId", cycle.id.as_str());
        let (seen, body) = named(observation());
        let sent = batch(&[
            create("observation", place, body),
            // Without an id of its own only the batch's keeps it from being doubled.
            create("observation", place, observation()),
            create("reflection", place, reflection(&[&seen])),
            create("observation", place, json!({})),
            create("observation", place, with(observation(), json!({"questionId": new_id()}))),
            update("observation", &seen, 1, json!({"tags": ["avond"]})),
        ]);
        let first = send(&team.practitioner(), &sent);
        assert_eq!(statuses(&first), [201, 201, 201, 400, 409, 200]);
        let log = changes_of(api, &team.id);
        assert_eq!(send(&team.practitioner(), &sent).body, first.body);
        // Versions are told as they were, whatever came since.
        team.practitioner().patch(format!("/v1/observations/{seen}"), 2, json!({"tags": []})).expect(200);
        api.server.kill();
        let server = Server::start(&api.server.database_url, &[]);
        let client = Client::with_token(&server.base, team.practitioner().token());
        assert_eq!(send(&client, &sent).body, first.body);
        assert_eq!(changes_of(api, &team.id).len(), log.len() + 1);
        assert_eq!(client.get(cycle.path("observations")).expect(200).ids().len(), 2);
    });
}

#[test]
fn the_order_and_spacing_of_members_make_no_other_batch() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let id = new_id();
        let first = format!(
            r#"{{"id":"{id}","items":[{{"action":"create","type":"observation","cycleId":"{}","body":{{"body":"Stil.","perspective":"citizen"}}}}]}}"#,
            cycle.id
        );
        let second = format!(
            r#"{{ "items": [ {{ "body": {{ "perspective": "citizen", "body": "Stil." }}, "cycleId": "{}", "type": "observation", "action": "create" }} ], "id": "{id}" }}"#,
            cycle.id
        );
        let send = |text: &str| {
            team.practitioner()
                .send(Request::new("POST", "/v1/batches").raw("application/json", text))
                .expect(200)
        };
        assert_eq!(send(&first).body, send(&second).body);
        assert_eq!(team.reader().get(cycle.path("observations")).expect(200).ids().len(), 1);
    });
}

#[test]
fn an_id_is_one_batch_of_one_person() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let item = create("observation", ("cycleId", &cycle.id), observation());
        let sent = batch(std::slice::from_ref(&item));
        send(&team.practitioner(), &sent);
        let before = changes_of(api, &team.id);
        let other = with(sent.clone(), json!({"items": [item, item]}));
        team.practitioner().post("/v1/batches", other).refused(409, "id_reused");
        let whole = with(sent.clone(), json!({"atomic": true}));
        team.practitioner().post("/v1/batches", whole).refused(409, "id_reused");
        team.facilitator().post("/v1/batches", sent).refused(409, "id_taken");
        assert_eq!(changes_of(api, &team.id), before);
    });
}

#[test]
fn a_refused_batch_stays_refused_and_is_put_right_under_another_id() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let (seen, body) = named(observation());
        let thought = create("reflection", ("cycleId", &cycle.id), reflection(&[&seen]));
        let refused = atomic(std::slice::from_ref(&thought));
        let first = send(&team.practitioner(), &refused);
        assert_eq!(statuses(&first), [409]);
        team.practitioner().post(cycle.path("observations"), body).expect(201);
        assert_eq!(send(&team.practitioner(), &refused).body, first.body);
        assert_eq!(statuses(&send(&team.practitioner(), &atomic(&[thought]))), [201]);
    });
}

#[test]
fn what_is_shown_of_a_conflict_again_is_what_the_caller_sees_by_then() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let practitioner = team.practitioner();
        practitioner.patch(format!("/v1/observations/{seen}"), 1, json!({"tags": ["een"]})).expect(200);
        let sent = batch(&[update("observation", &seen, 1, json!({"tags": ["twee"]}))]);
        let first = send(&practitioner, &sent);
        assert_eq!(results(&first)[0]["stored"]["tags"], json!(["een"]));
        practitioner.patch(format!("/v1/observations/{seen}"), 2, json!({"tags": ["drie"]})).expect(200);
        let again = send(&practitioner, &sent);
        assert_eq!(results(&again)[0]["stored"]["tags"], json!(["drie"]));
        let but_stored = |result: &Value| with(result.clone(), json!({"stored": null}));
        assert_eq!(but_stored(&results(&again)[0]), but_stored(&results(&first)[0]));

        let members = api.founder().get(team.path("members")).expect(200);
        let person = &api.person(crate::support::Part::Practitioner).id;
        let member =
            members.items().iter().find(|member| member["personId"] == person.as_str()).expect("a member");
        let path = format!("/v1/members/{}", member["id"].as_str().expect("an id"));
        api.founder().delete(path, member["version"].as_i64().expect("a version"));
        let outside = send(&practitioner, &sent);
        assert_eq!((statuses(&outside), &results(&outside)[0]["stored"]), (vec![412], &Value::Null));
    });
}
