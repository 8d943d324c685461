//! As many as a batch may hold, in as few statements as they fit in.

use serde_json::{Value, json};

use super::{atomic, batch, create, named, send, statuses, update, withdraw};
use crate::support::server::Server;
use crate::support::statements::Statements;
use crate::support::stored::{assert_gapless, changes_of};
use crate::support::team::{new_id, observation, reflection, with};
use crate::support::{Api, Client, Kind, Request, both};

fn thousand(cycle: &str, members: &Value) -> Vec<Value> {
    (0..1_000)
        .map(|at| {
            let body = with(observation(), json!({"id": new_id(), "body": format!("De {at}e.")}));
            create("observation", ("cycleId", cycle), with(body, members.clone()))
        })
        .collect()
}

#[test]
fn a_thousand_observations_go_in_one_batch() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let theme =
            api.founder().post("/v1/themes", json!({"title": api.unique("Meedoen")})).expect(201).id();
        let members = json!({"themeIds": [theme], "aboutPseudonymIds": [team.pseudonym()], "tags": ["veld"]});
        let mut items = thousand(&cycle.id, &members);
        // Twenty that cannot stand, in between.
        for at in (0..1_000).step_by(50) {
            items[at]["body"]["questionId"] = json!(new_id());
        }
        let before = changes_of(api, &team.id).len();
        let answer = send(&team.practitioner(), &batch(&items));
        for (at, status) in statuses(&answer).into_iter().enumerate() {
            assert_eq!(status, if at % 50 == 0 { 409 } else { 201 }, "item {at}");
        }
        let log = changes_of(api, &team.id).split_off(before);
        let written: Vec<String> =
            items.iter().enumerate().filter(|(at, _)| at % 50 != 0).map(|(_, item)| id_of(item)).collect();
        let told: Vec<String> = log.into_iter().map(|change| change.subject.expect("a subject")).collect();
        assert_eq!(told, written, "in the order of the batch");
        let on_theme = format!("{}?limit=200&themeId={theme}", cycle.path("observations"));
        assert_eq!(team.reader().get(on_theme).expect(200).ids().len(), 200);
        assert_eq!(send(&team.practitioner(), &batch(&items))["written"], false);
    });
}

fn id_of(item: &Value) -> String {
    item["body"]["id"].as_str().expect("an id").replace('-', "")
}

/// How many statements it takes to send a batch.
fn statements(counting: &Statements, client: &Client, batch: &Value, expected: &[u64]) -> usize {
    let before = counting.counted();
    assert_eq!(statuses(&send(client, batch)), expected);
    counting.counted() - before
}

#[test]
fn a_thousand_creates_take_few_statements() {
    let api = Api::start(Kind::Postgres, &[]);
    let team = api.team();
    let cycle = team.cycle();
    let asked = cycle.ask(json!({}));
    let theme = api.founder().post("/v1/themes", json!({"title": "Meedoen"})).expect(201).id();
    let about = json!({"questionId": asked, "themeIds": [theme], "aboutPseudonymIds": [team.pseudonym()]});
    // A server of its own on the same database, whose housekeeping is over when it first answers.
    let counting = Statements::to(&api.server.database_url);
    let server = Server::start(&counting.database_url, &[]);
    let client = Client::with_token(&server.base, team.practitioner().token());
    let one = statements(&counting, &client, &batch(&thousand(&cycle.id, &about)[..1]), &[201]);
    let observations = thousand(&cycle.id, &about);
    let many = statements(&counting, &client, &batch(&observations), &[201; 1_000]);
    assert!(one > 5, "they are counted");
    assert!(many <= one + 20, "{many} statements for a thousand, {one} for one");
    let seen = observations[0]["body"]["id"].as_str().expect("an id");
    let people: Vec<String> = vec![api.person(crate::support::Part::Expert).id.clone()];
    let thoughts: Vec<Value> = (0..1_000)
        .map(|_| with(reflection(&[seen]), json!({"participantIds": people, "id": new_id()})))
        .map(|body| create("reflection", ("cycleId", &cycle.id), body))
        .collect();
    let many = statements(&counting, &client, &atomic(&thoughts), &[201; 1_000]);
    assert!(many <= one + 20, "{many} statements for a thousand reflections");
    let owner = &api.person(crate::support::Part::Practitioner).id;
    let thought = thoughts[0]["body"]["id"].as_str().expect("an id");
    let actions: Vec<Value> = (0..1_000)
        .map(|_| create("action", ("cycleId", &cycle.id), crate::support::team::action(&[thought], owner)))
        .collect();
    let many = statements(&counting, &client, &batch(&actions), &[201; 1_000]);
    assert!(many <= one + 20, "{many} statements for a thousand actions");
    let pseudonyms: Vec<Value> =
        (0..1_000).map(|_| create("pseudonym", ("networkId", &team.id), json!({}))).collect();
    let many = statements(&counting, &client, &batch(&pseudonyms), &[201; 1_000]);
    assert!(many <= one + 20, "{many} statements for a thousand pseudonyms");
    assert_gapless(&api);
}

#[test]
fn a_thousand_changes_take_few_statements() {
    let api = Api::start(Kind::Postgres, &[]);
    let team = api.team();
    let cycle = team.cycle();
    let theme = api.founder().post("/v1/themes", json!({"title": "Meedoen"})).expect(201).id();
    let members = json!({"themeIds": [theme], "aboutPseudonymIds": [team.pseudonym()]});
    let counting = Statements::to(&api.server.database_url);
    let server = Server::start(&counting.database_url, &[]);
    let client = Client::with_token(&server.base, team.practitioner().token());
    let seen = thousand(&cycle.id, &json!({}));
    statements(&counting, &client, &batch(&seen), &[201; 1_000]);
    let ids: Vec<&str> = seen.iter().map(|item| item["body"]["id"].as_str().expect("an id")).collect();
    let patch = |id: &&str| update("observation", id, 1, members.clone());
    let one = statements(&counting, &client, &batch(&[patch(&ids[0])]), &[200]);
    let patches: Vec<Value> = ids[1..].iter().map(patch).collect();
    let many = statements(&counting, &client, &batch(&patches), &[200; 999]);
    assert!(one > 5, "they are counted");
    assert!(many <= one + 20, "{many} statements for a thousand updates, {one} for one");
    let on_theme = format!("{}?limit=200&themeId={theme}", cycle.path("observations"));
    assert_eq!(team.reader().get(on_theme).expect(200).ids().len(), 200);
    // Below as many actions as there are evaluations, one of which is not there.
    let owner = &api.person(crate::support::Part::Practitioner).id;
    let thought = cycle.reflect(&[ids[0]], json!({}));
    let tried: Vec<(String, Value)> =
        (0..500).map(|_| named(crate::support::team::action(&[&thought], owner))).collect();
    let actions: Vec<Value> =
        tried.iter().map(|(_, body)| create("action", ("cycleId", &cycle.id), body.clone())).collect();
    statements(&counting, &client, &batch(&actions), &[201; 500]);
    let below = |action: &str| create("evaluation", ("actionId", action), crate::support::team::evaluation());
    let mut evaluations: Vec<Value> = tried.iter().map(|(action, _)| below(action)).collect();
    evaluations.insert(7, below(&new_id()));
    let mut expected = vec![201; 500];
    expected.insert(7, 404);
    let many = statements(&counting, &client, &batch(&evaluations), &expected);
    assert!(many <= one + 20, "{many} statements for evaluations of 500 actions");
    let withdrawals: Vec<Value> = ids
        .iter()
        .map(|id| {
            with(withdraw("observation", id), json!({"body": {"id": new_id(), "reason": "Dubbel gelogd."}}))
        })
        .collect();
    let many = statements(&counting, &client, &atomic(&withdrawals), &[200; 1_000]);
    assert!(many <= one + 20, "{many} statements for a thousand withdrawals");
    assert_gapless(&api);
}

#[test]
fn sixteen_mebibytes_are_taken_and_no_more() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let whole = |bytes: usize| {
            let (_, body) = named(observation());
            let mut text = batch(&[create("observation", ("cycleId", &cycle.id), body)]).to_string();
            let room = bytes - text.len();
            text.insert_str(1, &" ".repeat(room));
            Request::new("POST", "/v1/batches").raw("application/json", text)
        };
        let most = 16 * 1024 * 1024;
        let client = team.practitioner();
        client.send(whole(most)).expect(200);
        let refused = client.send(whole(most + 1)).refused(413, "payload_too_large");
        assert!(refused.text_of("detail").contains(&most.to_string()), "{}", refused.text);
        // Elsewhere a body has its mebibyte, as before.
        let long = format!("{}{}", " ".repeat(1024 * 1024), observation());
        client
            .send(Request::new("POST", cycle.path("observations")).raw("application/json", long))
            .refused(413, "payload_too_large");
    });
}

#[test]
fn batches_over_the_same_networks_in_opposite_orders_wait_for_each_other() {
    both(|api| {
        let (one, other) = (api.team(), api.team());
        let (of_one, of_other) = (one.cycle(), other.cycle());
        let logged = |cycle: &str| create("observation", ("cycleId", cycle), observation());
        let there: Vec<Value> =
            (0..20).map(|_| logged(&of_one.id)).chain((0..20).map(|_| logged(&of_other.id))).collect();
        let back: Vec<Value> = there.iter().rev().cloned().collect();
        let clients = [one.practitioner(), one.facilitator()];
        std::thread::scope(|scope| {
            for thread in 0..6 {
                let (items, client) = (if thread % 2 == 0 { &there } else { &back }, &clients[thread % 2]);
                scope.spawn(move || {
                    for _ in 0..5 {
                        assert_eq!(statuses(&send(client, &atomic(items))), [201; 40]);
                    }
                });
            }
        });
        for team in [&one, &other] {
            let numbers: Vec<i64> = changes_of(api, &team.id).iter().map(|change| change.number).collect();
            assert_eq!(numbers, (1..=i64::try_from(numbers.len()).expect("small")).collect::<Vec<_>>());
            let created = changes_of(api, &team.id)
                .iter()
                .filter(|change| change.kind == "observation.created")
                .count();
            assert_eq!(created, 600);
        }
    });
    // No deadlock was met and overcome either.
    let log = Api::shared(Kind::Postgres).server.logged();
    assert!(!log.contains("deadlock"), "{log}");
}

#[test]
fn the_same_batch_sent_at_once_is_carried_out_once() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let sent = batch(&thousand(&cycle.id, &json!({}))[..50]);
        let client = team.practitioner();
        let answers: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> =
                (0..4).map(|_| scope.spawn(|| client.post("/v1/batches", sent.clone()))).collect();
            threads.into_iter().map(|thread| thread.join().expect("an answer")).collect()
        });
        for answer in answers {
            assert_eq!(statuses(&answer.expect(200)), [201; 50]);
        }
        assert_eq!(
            team.reader().get(format!("{}?limit=200", cycle.path("observations"))).expect(200).ids().len(),
            50
        );
    });
}
