//! What is sent, signed, and of what.

use serde_json::{Value, json};

use super::sending;
use crate::support::Part;
use crate::support::receiver::{Receiver, kinds};
use crate::support::stored::{execute, hex};

#[test]
fn a_change_arrives_signed_and_as_a_cloud_event() {
    sending(|api| {
        let (team, receiver) = (api.team(), Receiver::start());
        let hook = team.hook(&receiver, json!({"kinds": ["observation.created"]}));
        let cycle = team.cycle();
        let id = cycle.observe(json!({"body": "Buiten stond koffie."}));
        let received = receiver.wait_for(1).remove(0);
        received.verify(&hook.secret).expect("the signature is right");
        assert_eq!(received.line, "POST /hook HTTP/1.1");
        assert_eq!(received.header("content-type"), "application/cloudevents+json; charset=utf-8");
        let event = received.event();
        assert_eq!(event["specversion"], "1.0");
        assert_eq!(event["id"], received.id());
        assert_eq!(event["type"], "observation.created");
        assert_eq!(event["source"], format!("/v1/networks/{}", team.id));
        assert_eq!(event["subject"], id.as_str());
        assert_eq!(event["datacontenttype"], "application/json");
        let data = &event["data"];
        assert_eq!((&data["kind"], &data["tombstone"]), (&event["type"], &Value::Null));
        assert_eq!((&data["subjectVersion"], &data["cycleId"]), (&json!(1), &json!(cycle.id)));
        assert_eq!(data["actorId"], api.person(Part::Practitioner).id.as_str());
        let record = team.reader().get(format!("/v1/observations/{id}")).expect(200).body;
        assert_eq!((&data["record"], &data["changedAt"]), (&record, &event["time"]));
        assert_eq!(kinds(&receiver.all()), ["observation.created"], "and nothing else");

        let mut other = received.clone();
        other.body.push(b' ');
        other.verify(&hook.secret).expect_err("another body");
        other = received.clone();
        other.headers.insert("webhook-timestamp".into(), "1".into());
        other.verify(&hook.secret).expect_err("another moment");
        let another = team.hook(&receiver, json!({"kinds": ["cycle.created"]}));
        received.verify(&another.secret).expect_err("another secret");
    });
}

#[test]
fn who_wants_kinds_is_told_of_those_and_of_its_own_network() {
    sending(|api| {
        let (team, other) = (api.team(), api.team());
        let (one, all) = (Receiver::start(), Receiver::start());
        team.hook(&one, json!({"kinds": ["observation.*", "action.created"]}));
        team.hook(&all, json!({}));
        other.cycle().observe(json!({}));
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let thought = cycle.reflect(&[&seen], json!({}));
        cycle.act(&[&thought], json!({}));
        cycle.withdraw("observations", &cycle.observe(json!({})));
        let expected =
            ["observation.created", "action.created", "observation.created", "observation.withdrawn"];
        let mut told = kinds(&one.wait_for(4));
        told.sort();
        let mut sorted = expected.to_vec();
        sorted.sort_unstable();
        assert_eq!(told, sorted);
        let mut told = kinds(&all.wait_for(6));
        told.sort();
        let mut sorted = [&expected[..], &["cycle.created", "reflection.created"]].concat();
        sorted.sort_unstable();
        assert_eq!(told, sorted);
        for received in all.all() {
            assert_eq!(received.event()["data"]["networkId"], team.id.as_str());
        }
    });
}

#[test]
fn a_record_is_told_as_it_was_at_the_time_though_it_has_changed_since() {
    sending(|api| {
        let (team, receiver) = (api.team(), Receiver::start());
        let hook = team.hook(&receiver, json!({"kinds": ["observation.*"]}));
        let cycle = team.cycle();
        // Nothing is sent meanwhile.
        team.coordinator().patch(hook.itself(), 1, json!({"state": "disabled"})).expect(200);
        let id = cycle.observe(json!({"body": "Eerst."}));
        let path = format!("/v1/observations/{id}");
        team.practitioner().patch(&path, 1, json!({"body": "Daarna."})).expect(200);
        cycle.withdraw("observations", &id);
        team.coordinator().patch(hook.itself(), 2, json!({"state": "enabled"})).expect(200);
        receiver.wait_for(3);
        let told = |kind: &str| receiver.wait_for_kind(kind).event()["data"].clone();
        let first = told("observation.created");
        assert_eq!((&first["record"]["body"], &first["record"]["version"]), (&json!("Eerst."), &json!(1)));
        let second = told("observation.updated");
        assert_eq!((&second["record"]["body"], &second["record"]["version"]), (&json!("Daarna."), &json!(2)));
        let third = told("observation.withdrawn");
        assert_eq!(
            (&third["record"]["state"], &third["tombstone"]),
            (&json!("withdrawn"), &json!("withdrawn"))
        );
    });
}

#[test]
fn what_leaves_is_told_without_its_content() {
    sending(|api| {
        let (team, other) = (api.team(), api.team());
        let (left, arrived) = (Receiver::start(), Receiver::start());
        team.hook(&left, json!({"kinds": ["observation.*", "insight.*"]}));
        other.hook(&arrived, json!({"kinds": ["observation.*"]}));
        let made = team
            .practitioner()
            .post(team.path("observations"), json!({"body": "Verhuist.", "perspective": "citizen"}))
            .expect(201);
        team.practitioner()
            .post(format!("/v1/observations/{}/moves", made.id()), json!({"networkId": other.id}))
            .expect(200);
        let gone = left.wait_for_kind("observation.moved_out").event()["data"].clone();
        assert_eq!((&gone["tombstone"], &gone["record"]), (&json!("no_longer_visible"), &Value::Null));
        assert_eq!(gone["subjectId"], made.id().as_str());
        let moved = arrived.wait_for_kind("observation.moved").event()["data"].clone();
        assert_eq!((&moved["tombstone"], &moved["record"]["body"]), (&Value::Null, &json!("Verhuist.")));

        // An erasure, as the log will tell of it.
        let network = format!("{} = '{}'", hex(api.kind, "network_id"), team.id.replace('-', ""));
        execute(
            api.kind,
            &api.server.database_url,
            &format!(
                "UPDATE network_streams SET last_change = last_change + 1 WHERE {network}; \
                 INSERT INTO changes (network_id, number, cycle_id, actor_id, at, kind, subject_id, \
                 subject_version, audience) SELECT network_id, number + 1, cycle_id, actor_id, at, \
                 'observation.erased', subject_id, subject_version, 'members' FROM changes WHERE {network} \
                 ORDER BY number DESC LIMIT 1"
            ),
        );
        let erased = left.wait_for_kind("observation.erased").event()["data"].clone();
        assert_eq!((&erased["tombstone"], &erased["record"]), (&json!("deleted"), &Value::Null));
    });
}

#[test]
fn what_is_private_is_never_told() {
    sending(|api| {
        let (team, receiver) = (api.team(), Receiver::start());
        team.hook(&receiver, json!({}));
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let thought = cycle.reflect(
            &[&seen],
            json!({"visibility": "author", "answers": [{"promptId": "free", "text": "Alleen voor mij."}]}),
        );
        let path = format!("/v1/reflections/{thought}");
        let answers = json!([{"promptId": "free", "text": "Voor ons allen."}]);
        team.practitioner().patch(&path, 1, json!({"visibility": "network", "answers": answers})).expect(200);
        let own = json!([{"promptId": "free", "text": "Weer voor mij."}]);
        team.practitioner().patch(&path, 2, json!({"visibility": "author", "answers": own})).expect(200);
        cycle.draft(&[&cycle.reflect(&[&seen], json!({}))], json!({"title": "Nog een kladje"}));
        let invitation = json!({"email": "geheim@tests.example", "role": "reader"});
        let token =
            team.coordinator().post(team.path("invitations"), invitation).expect(201).text_of("token");
        // All that came before is looked at before this.
        cycle.ask(json!({}));
        receiver.wait_for_kind("question.created");
        receiver.wait_for(6);
        let told = receiver.all();
        let hidden = receiver.wait_for_kind("reflection.hidden").event()["data"].clone();
        assert_eq!((&hidden["tombstone"], &hidden["record"]), (&json!("no_longer_visible"), &Value::Null));
        let all: String =
            told.iter().map(|received| String::from_utf8_lossy(&received.body).into_owned()).collect();
        for private in ["voor mij", "kladje", "geheim@", &token] {
            assert!(!all.contains(private), "{private} was told");
        }
        assert!(all.contains("Voor ons allen."));
        let mut kinds = kinds(&told);
        kinds.sort();
        let mut expected = [
            "cycle.created",
            "observation.created",
            "question.created",
            "reflection.created",
            "reflection.hidden",
            "reflection.updated",
        ];
        expected.sort_unstable();
        assert_eq!(kinds, expected);
        // Nor is it kept for those who are told later.
        let kept = format!("SELECT count(*) FROM change_snapshots WHERE record LIKE '%{token}%'");
        assert_eq!(crate::support::stored::number(api.kind, &api.server.database_url, &kept), 0);
    });
}
