//! Who read, changed, exported or was refused what, as a network's coordinators see it.

use serde_json::{Value, json};

use crate::support::audit::{accesses, logged};
use crate::support::team::{Team, new_id, observation};
use crate::support::{Answer, Part, Request, both, eventually};

fn events(team: &Team<'_>, query: &str) -> Vec<Value> {
    team.coordinator().get(team.path(&format!("audit-events?limit=200{query}"))).expect(200).items().clone()
}

fn names(events: &[Value]) -> Vec<&str> {
    events.iter().filter_map(|event| event["name"].as_str()).collect()
}

#[test]
fn each_access_says_who_read_what_and_how() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let pseudonym = team.pseudonym();
        let seen = cycle.observe(json!({"aboutPseudonymIds": [pseudonym]}));
        let answer = team.reader().get(format!("/v1/observations/{seen}")).expect(200);
        team.facilitator().get(cycle.path("observations")).expect(200);
        logged(&team, "operation IN ('getObservation', 'listCycleObservations')", 2);

        let read = events(&team, "&code=R");
        let one = read.iter().find(|event| event["name"] == "getObservation").expect("it is told");
        let expected = json!({
            "log": "accesses", "number": one["number"], "occurredAt": one["occurredAt"], "code": "R",
            "name": "getObservation", "personId": api.person(Part::Reader).id, "role": "reader",
            "actingForId": null, "means": "session", "objectKind": "observation", "objectId": seen,
            "subjectIds": [pseudonym], "outcome": "success", "reason": null,
            "requestId": answer.header("x-request-id"), "emergencyAccessId": null,
        });
        assert_eq!(one, &expected);
        let list = read.iter().find(|event| event["name"] == "listCycleObservations").expect("it is told");
        assert_eq!((&list["objectKind"], &list["objectId"]), (&json!("cycle"), &json!(cycle.id)));
        assert!(!answer.text.is_empty() && !format!("{read:?}").contains(&answer.text_of("body")));
    });
}

#[test]
fn refusals_are_told_with_their_reason() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let path = format!("/v1/observations/{seen}");
        team.outsider().get(&path).refused(404, "not_found");
        team.reader().post(cycle.path("observations"), observation()).refused(403, "forbidden");
        let other = api.client(Part::Colleague);
        other.patch(&path, 1, json!({"body": "Anders."})).refused(404, "not_found");
        // Nobody is signed in, and nothing is refused by the guard.
        api.anonymous().get(&path).expect(401);
        team.practitioner().patch(&path, 9, json!({"body": "Anders."})).expect(412);
        logged(&team, "outcome = 'refused'", 3);

        let refused: Vec<Value> =
            events(&team, "").into_iter().filter(|event| event["outcome"] == "refused").collect();
        let told: Vec<Value> = refused
            .iter()
            .map(|event| json!([event["name"], event["code"], event["reason"], event["role"]]))
            .collect();
        assert_eq!(
            told,
            [
                json!(["updateObservation", "U", "not_found", null]),
                json!(["createObservation", "C", "forbidden", "reader"]),
                json!(["getObservation", "R", "not_found", null]),
            ]
        );
    });
}

#[test]
fn files_are_exports_and_what_was_kept_is_read_again() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        cycle.observe(json!({}));
        let reader = team.reader();
        let list = cycle.path("observations");
        let asked = |accept: &str, path: &str| -> Answer {
            reader.send(Request::new("GET", path).header("Accept", accept))
        };
        let etag = asked("application/json", &list).expect(200).header("etag").expect("one").to_owned();
        reader.send(Request::new("GET", &list).header("If-None-Match", etag)).expect(304);
        reader.get(&list).expect(200);
        logged(&team, "operation = 'listCycleObservations' AND code = 'R'", 3);

        asked("text/csv", &list).expect(200);
        asked("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &list).expect(200);
        asked("application/jsonl", &list).expect(200);
        reader.get(format!("{}?format=html", cycle.path("report"))).expect(200);
        logged(&team, "operation = 'listCycleObservations' AND code = 'E'", 3);
        logged(&team, "operation = 'getCycleReport' AND code = 'E'", 1);
    });
}

#[test]
fn search_and_the_feed_are_told_to_the_networks_of_which_they_showed_something() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let cycle = team.cycle();
        cycle.observe(json!({"body": "Een kameleon in de gang."}));
        other.cycle();
        eventually("search finds it", || {
            let found = team.reader().get(format!("/v1/search?q=kameleon&networkId={}", team.id)).expect(200);
            !found.items().is_empty()
        });
        eventually("it is told", || accesses(api, &team.id, "operation = 'searchRecords'") > 0);
        assert_eq!(accesses(api, &other.id, "operation = 'searchRecords'"), 0);
        let told = events(&team, "&code=R");
        let search = told.iter().find(|event| event["name"] == "searchRecords").expect("it is told");
        assert!(!search.to_string().contains("kameleon"), "not what was searched for: {search}");

        let after = team.reader().get(format!("/v1/changes?networkId={}", team.id)).expect(200);
        let after = after.text_of("nextAfter");
        team.reader().get(format!("/v1/changes?networkId={}&after={after}", team.id)).expect(200);
        logged(&team, "operation = 'listChanges'", 1);
    });
}

#[test]
fn a_program_acts_for_who_made_its_key() {
    both(|api| {
        let team = api.team();
        let key = team.keyed("reader", json!(["getNetwork"]));
        key.get(format!("/v1/networks/{}", team.id)).expect(200);
        key.get(team.path("members")).refused(403, "forbidden");
        logged(&team, "means = 'api_key'", 2);
        let by_key: Vec<Value> =
            events(&team, "").into_iter().filter(|event| event["means"] == "api_key").collect();
        let makers: Vec<&Value> = by_key.iter().map(|event| &event["actingForId"]).collect();
        assert_eq!(makers, [&json!(api.person(Part::Coordinator).id); 2]);
        assert!(by_key.iter().all(|event| event["role"] == "reader" && event["personId"].is_string()));
    });
}

#[test]
fn a_replay_shows_what_stands_and_a_batch_what_it_was_refused() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let practitioner = team.practitioner();
        let mut body = observation();
        body["id"] = json!(new_id());
        practitioner.post(cycle.path("observations"), body.clone()).expect(201);
        practitioner.post(cycle.path("observations"), body).expect(200);
        logged(&team, "operation = 'createObservation' AND code = 'R'", 1);

        let change = json!({"action": "update", "type": "observation", "id": seen, "ifMatch": 1, "body": {"tags": ["deur"]}});
        let batch = json!({"id": new_id(), "items": [change]});
        let answer = team.outsider().post("/v1/batches", batch).expect(200);
        assert_eq!(answer["results"][0]["status"], 404, "{}", answer.text);
        logged(&team, "operation = 'updateObservation' AND outcome = 'refused'", 1);
        let refused = events(&team, &format!("&subjectId={seen}&personId={}", api.person(Part::Outsider).id));
        assert_eq!(names(&refused), ["updateObservation"]);
        assert_eq!(
            (&refused[0]["objectKind"], &refused[0]["reason"]),
            (&json!("observation"), &json!("not_found"))
        );
    });
}

#[test]
fn both_logs_are_one_list_in_the_order_of_time() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        for _ in 0..3 {
            let seen = cycle.observe(json!({}));
            team.reader().get(format!("/v1/observations/{seen}")).expect(200);
        }
        logged(&team, "operation = 'getObservation'", 3);
        let whole = events(&team, "");
        assert!(whole.iter().any(|event| event["log"] == "changes"));
        let times: Vec<&str> = whole.iter().filter_map(|event| event["occurredAt"].as_str()).collect();
        assert!(
            times.windows(2).all(|pair| pair[0] >= pair[1] || pair[0].len() != pair[1].len()),
            "{times:?}"
        );

        // In pages it is the same, whatever comes meanwhile.
        let coordinator = team.coordinator();
        let key = |event: &Value| (event["log"].clone(), event["number"].clone());
        let (mut path, mut paged) = (team.path("audit-events?limit=4"), Vec::new());
        loop {
            let page = coordinator.get(&path).expect(200);
            paged.extend(page.items().iter().map(key));
            let Some(cursor) = page["nextCursor"].as_str() else { break };
            path = team.path(&format!("audit-events?limit=4&cursor={cursor}"));
        }
        let before: Vec<(Value, Value)> = whole.iter().map(key).collect();
        let first = paged.iter().position(|event| *event == before[0]).expect("it is there");
        assert_eq!(paged[first..], before[..]);
    });
}

#[test]
fn filters_narrow_it() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let pseudonym = team.pseudonym();
        let about = cycle.observe(json!({"aboutPseudonymIds": [pseudonym]}));
        let other = cycle.observe(json!({}));
        for id in [&about, &other] {
            team.reader().get(format!("/v1/observations/{id}")).expect(200);
        }
        let path = format!("/v1/observations/{other}/transitions");
        team.practitioner().post(path, json!({"to": "withdrawn", "reason": "Dubbel."})).expect(200);
        logged(&team, "operation = 'getObservation'", 2);

        let by_reader = events(&team, &format!("&personId={}", api.person(Part::Reader).id));
        assert_eq!(names(&by_reader), ["getObservation"; 2]);
        let of_one = events(&team, &format!("&subjectId={other}"));
        assert_eq!(names(&of_one), ["observation.withdrawn", "getObservation", "observation.created"]);
        let of_citizen = events(&team, &format!("&subjectId={pseudonym}"));
        assert_eq!(names(&of_citizen), ["getObservation", "observation.created", "pseudonym.created"]);
        assert_eq!(names(&events(&team, "&code=D")), ["observation.withdrawn"]);
        assert!(names(&events(&team, "&code=C")).contains(&"cycle.created"));
        assert!(!names(&events(&team, "&code=U")).contains(&"cycle.created"));
        assert!(events(&team, "&to=2020-01-01").is_empty());
        assert!(events(&team, "&from=2020-01-01&code=C").len() > 3);
        team.coordinator().get(team.path("audit-events?code=X")).errors(&[("/code", "not_in_enum")]);
    });
}

#[test]
fn to_read_it_is_an_event_and_it_comes_as_a_file() {
    both(|api| {
        let team = api.team();
        let list = team.path("audit-events");
        team.coordinator().get(&list).expect(200);
        logged(&team, "operation = 'listAuditEvents' AND code = 'R'", 1);
        assert!(names(&events(&team, "")).contains(&"listAuditEvents"));
        let csv =
            team.coordinator().send(Request::new("GET", &list).header("Accept", "text/csv")).expect(200);
        assert!(csv.text.starts_with("log,number,occurredAt,code,name,personId"), "{}", csv.text);
        assert!(csv.text.contains("network.created"));
        logged(&team, "operation = 'listAuditEvents' AND code = 'E'", 1);
    });
}

#[test]
fn what_is_its_authors_own_is_told_to_nobody() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let private = cycle.reflect(&[&seen], json!({"visibility": "author"}));
        team.practitioner().get(format!("/v1/reflections/{private}")).expect(200);
        team.coordinator().get(format!("/v1/reflections/{private}")).refused(404, "not_found");
        logged(&team, "operation = 'getReflection'", 2);
        let told = events(&team, &format!("&subjectId={private}"));
        assert!(told.is_empty(), "{told:?}");
    });
}
