//! At least once over a crash, and once where all goes well, by however many servers.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::json;

use crate::support::receiver::{Receiver, Reply, SETTINGS};
use crate::support::server::Server;
use crate::support::stored::number;
use crate::support::team::observation;
use crate::support::{Api, Client, Kind, eventually, on_each};

/// A shorter time to answer, so that what a killed server had taken is free again soon.
const SHORT: [(&str, &str); 3] = [SETTINGS[0], ("WEBHOOK_TIME_OUT", "1"), SETTINGS[2]];

#[test]
fn what_was_under_way_when_the_server_fell_over_arrives_after_it() {
    on_each(|kind| {
        let api = Api::start(kind, &SHORT);
        let team = api.team();
        let receiver = Receiver::answering(|_, _| Reply::of(204).after(Duration::from_millis(300)));
        let hook = team.hook(&receiver, json!({"kinds": ["observation.created"]}));
        let cycle = team.cycle();
        let mut seen: Vec<String> = (0..20).map(|_| cycle.observe(json!({}))).collect();
        receiver.wait_for(2);
        api.server.kill();
        let again = Server::start(&api.server.database_url, &SHORT);
        let client = Client::with_token(&again.base, team.practitioner().token());
        seen.push(client.post(cycle.path("observations"), observation()).expect(201).id());
        let expected: BTreeSet<String> = seen.into_iter().collect();
        eventually("all of them arrive", || {
            let told = receiver.all();
            let subjects = told.iter().map(|got| got.event()["subject"].as_str().unwrap_or("").to_owned());
            subjects.collect::<BTreeSet<_>>() == expected
        });
        for received in receiver.all() {
            received.verify(&hook.secret).expect("the secret outlives the server");
        }
        let waiting = "SELECT count(*) FROM webhook_deliveries WHERE state <> 'delivered'";
        eventually("nothing waits", || number(kind, &api.server.database_url, waiting) == 0);
        assert_eq!(again.terminate().code(), Some(0), "it stops cleanly");
    });
}

#[test]
fn two_servers_deliver_each_message_once() {
    let api = Api::start(Kind::Postgres, &SETTINGS);
    let other = Server::start(&api.server.database_url, &SETTINGS);
    let team = api.team();
    let receiver = Receiver::answering(|_, _| Reply::of(204).after(Duration::from_millis(20)));
    team.hook(&receiver, json!({"kinds": ["observation.created"]}));
    team.hook(&receiver, json!({"kinds": ["observation.*"]}));
    let cycle = team.cycle();
    let clients = [team.practitioner(), Client::with_token(&other.base, team.practitioner().token())];
    for turn in 0..60 {
        clients[turn % 2].post(cycle.path("observations"), observation()).expect(201);
    }
    let waiting = "SELECT count(*) FROM webhook_deliveries WHERE state = 'delivered'";
    eventually("all are delivered", || number(api.kind, &api.server.database_url, waiting) == 120);
    let mut count = BTreeMap::<String, usize>::new();
    for received in receiver.all() {
        *count.entry(received.id().to_owned()).or_default() += 1;
    }
    assert_eq!(count.len(), 120);
    assert!(count.values().all(|times| *times == 1), "{count:?}");
    let attempts = "SELECT count(*) FROM webhook_attempts";
    assert_eq!(number(api.kind, &api.server.database_url, attempts), 120);
}

#[test]
fn with_another_server_secret_it_is_said_that_nothing_can_be_signed() {
    on_each(|kind| {
        let api = Api::start(kind, &SETTINGS);
        let (team, receiver) = (api.team(), Receiver::start());
        let hook = team.hook(&receiver, json!({"kinds": ["observation.created"]}));
        assert!(api.server.terminate().success());
        let settings = [&SETTINGS[..], &[("JWT_SECRET", "another secret, as long as it has to be")]].concat();
        let again = Server::start(&api.server.database_url, &settings);
        let coordinator = api.person(crate::support::Part::Coordinator);
        let signed_in = json!({"email": coordinator.email, "password": coordinator.password()});
        let token = Client::anonymous(&again.base).post("/v1/auth/tokens", signed_in).expect(200);
        let client = Client::with_token(&again.base, token.text_of("accessToken"));
        let ping = |state: &str| {
            let id = client.post(hook.path("pings"), json!({})).expect(202).id();
            let path = format!("/v1/webhook-deliveries/{id}");
            eventually(state, || client.get(&path).expect(200)["state"] == state);
            client.get(&path).expect(200).body["attempts"][0]["outcome"].clone()
        };
        assert_eq!(ping("failed"), "unsigned");
        let fresh = client.post(hook.path("secret-rotations"), json!({})).expect(201).text_of("secret");
        assert_eq!(ping("delivered"), "delivered");
        receiver.wait_for(1)[0].verify(&fresh).expect("the new secret signs");
    });
}
