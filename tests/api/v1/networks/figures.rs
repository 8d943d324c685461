//! What a network's coordinators see of those below it: figures, never records.

use serde_json::{Value, json};

use crate::support::team::{Team, observation};
use crate::support::{Answer, Part, both};

fn lies_below(team: &Team, above: &Team) {
    team.coordinator().post(team.path("moves"), json!({"parentId": above.id})).expect(200);
}

fn at<'a>(figures: &'a Answer, network: &str) -> &'a Value {
    let networks = figures["networks"].as_array().expect("networks");
    networks
        .iter()
        .find(|n| n["id"] == network)
        .unwrap_or_else(|| panic!("{network} is not in {}", figures.text))
}

#[test]
fn coordinators_above_see_figures_and_nobody_else_does() {
    both(|api| {
        let (top, middle, leaf) = (api.team(), api.team(), api.team());
        lies_below(&middle, &top);
        lies_below(&leaf, &middle);
        // One coordinates at the top alone, another reads there, a third coordinates at the bottom alone.
        let newcomer = |team: &Team, role: &str| {
            let person = api.newcomer(role);
            let member = json!({"personId": person.id, "role": role});
            api.founder().post(team.path("members"), member).expect(201);
            api.signed_in(&person)
        };
        let (above, reader, below) =
            (newcomer(&top, "coordinator"), newcomer(&top, "reader"), newcomer(&leaf, "coordinator"));
        for team in [&top, &middle, &leaf] {
            let path = team.path("figures");
            assert_eq!(above.get(&path).expect(200)["networkId"], team.id.as_str());
            team.facilitator().get(&path).refused(403, "forbidden");
            api.client(Part::Outsider).get(&path).refused(404, "not_found");
            let status = if team.id == top.id { 403 } else { 404 };
            reader.get(&path).expect(status);
            let status = if team.id == leaf.id { 200 } else { 404 };
            below.get(&path).expect(status);
        }
        // The figures are all there is: access does not go down along the nesting.
        above.get(format!("/v1/networks/{}", leaf.id)).refused(404, "not_found");
        above.get(leaf.path("cycles")).refused(404, "not_found");
        let seen = above.get(top.path("figures")).expect(200);
        let told: Vec<(&Value, &Value, &Value)> = seen["networks"]
            .as_array()
            .expect("networks")
            .iter()
            .map(|network| (&network["id"], &network["parentId"], &network["depth"]))
            .collect();
        assert_eq!(
            told,
            [
                (&json!(top.id), &Value::Null, &json!(0)),
                (&json!(middle.id), &json!(top.id), &json!(1)),
                (&json!(leaf.id), &json!(middle.id), &json!(2)),
            ]
        );
        // A membership that has ended shows nothing any more.
        let members = api.founder().get(top.path("members")).expect(200);
        let member = members
            .items()
            .iter()
            .find(|m| m["personId"] == above.get("/v1/me").expect(200)["person"]["id"])
            .expect("a member")
            .clone();
        let path = format!("/v1/members/{}", member["id"].as_str().expect("an id"));
        api.founder().delete(path, member["version"].as_i64().expect("a version")).expect(204);
        above.get(leaf.path("figures")).refused(404, "not_found");
    });
}

#[test]
fn figures_are_of_a_period_and_what_is_open_of_today() {
    both(|api| {
        let (top, team) = (api.team(), api.team());
        lies_below(&team, &top);
        let cycle = team.cycle();
        let january: Vec<String> =
            (0..10).map(|_| cycle.observe(json!({"happenedAt": "2025-01-31T22:59:59Z"}))).collect();
        // In Amsterdam it is February by then.
        for _ in 0..11 {
            cycle.observe(json!({"happenedAt": "2025-01-31T23:00:00Z"}));
        }
        cycle.ask(json!({"happenedAt": "2025-01-10T12:00:00Z"}));
        let thought =
            cycle.reflect(&[&january[0], &january[1]], json!({"happenedAt": "2025-02-10T12:00:00Z"}));
        let tried = cycle.act(&[&thought], json!({"happenedAt": "2025-02-11T12:00:00Z"}));
        cycle.evaluate(&tried, json!({"happenedAt": "2025-06-11T12:00:00Z", "verdict": "did_not_work"}));
        let alone = json!({"visibility": "author", "happenedAt": "2025-01-20T12:00:00Z"});
        cycle.reflect(&[&january[2]], alone);
        let inbox = json!({"happenedAt": "2025-01-15T12:00:00Z"});
        team.practitioner()
            .post(team.path("observations"), crate::support::team::with(observation(), inbox))
            .expect(201);

        let ask = |query: &str| top.coordinator().get(top.path(&format!("figures{query}"))).expect(200);
        let in_january = ask("?sinceOn=2025-01-01&untilOn=2025-02-01");
        assert_eq!(
            at(&in_january, &team.id)["figures"],
            json!({
                "questions": 1, "observations": 10, "reflections": 0, "actions": 0, "frameShifts": 0,
                "evaluations": {"worked": 0, "partly": 0, "didNotWork": 0},
                // Observations count where they were made, however much later their loop was closed.
                "closure": {"cohort": 10, "evaluated": 2, "closedWithoutAction": 0, "open": 8, "rate": 0.2},
            })
        );
        let since_february = ask("?sinceOn=2025-02-01");
        let figures = &at(&since_february, &team.id)["figures"];
        assert_eq!((&figures["observations"], &figures["reflections"]), (&json!(11), &json!(1)));
        assert_eq!(
            (&figures["evaluations"]["didNotWork"], &figures["closure"]["rate"]),
            (&json!(1), &json!(0.0))
        );
        let all = ask("");
        assert_eq!(at(&all, &team.id)["figures"]["closure"]["cohort"], 21);
        assert_eq!(
            at(&ask("?untilOn=2025-01-01"), &team.id)["figures"],
            Value::Null,
            "of nothing nothing is told"
        );

        for seen in [&in_january, &all] {
            let open = &at(seen, &team.id)["openItems"];
            assert_eq!(
                (&open["observations"]["count"], &open["questions"]["count"]),
                (&json!(19), &json!(1))
            );
            assert_eq!(
                (&open["inbox"]["count"], &open["actions"]),
                (&json!(1), &json!({"count": 0, "oldestDays": null}))
            );
            let days = (chrono::Utc::now().date_naive()
                - chrono::NaiveDate::from_ymd_opt(2025, 1, 15).expect("a day"))
            .num_days();
            let oldest = open["inbox"]["oldestDays"].as_i64().expect("days");
            assert!((oldest - days).abs() <= 1, "{oldest} of {days}");
            assert_eq!(at(seen, &team.id)["cyclesByPhase"]["plan"], 1);
        }
        for hidden in [&cycle.id, &january[0], &thought, &tried, &api.person(Part::Practitioner).id] {
            assert!(!all.text.contains(hidden.as_str()), "{hidden} in {}", all.text);
        }
        top.coordinator()
            .get(top.path("figures?sinceOn=2025-01-02&untilOn=2024-01-01"))
            .refused(400, "invalid_query")
            .pointers(&[("/sinceOn", "out_of_range"), ("/untilOn", "inconsistent")]);
        top.coordinator()
            .get(top.path("figures?sinceOn=gisteren&limit=1"))
            .refused(400, "invalid_query")
            .pointers(&[("/sinceOn", "bad_format"), ("/limit", "unknown_member")]);
    });
}

#[test]
fn sums_tell_the_archived_apart_and_hold_none_of_few() {
    both(|api| {
        let (top, active, archived, young) = (api.team(), api.team(), api.team(), api.team());
        for (team, observations) in [(&active, 10), (&archived, 12), (&young, 9)] {
            lies_below(team, &top);
            let cycle = team.cycle();
            for _ in 0..observations {
                cycle.observe(json!({}));
            }
        }
        let body = json!({"to": "archived", "reason": "Klaar."});
        archived.coordinator().post(archived.path("transitions"), body).expect(200);
        let seen = top.coordinator().get(top.path("figures")).expect(200);
        assert_eq!(
            (&seen["networksTotal"], &at(&seen, &archived.id)["state"]),
            (&json!(4), &json!("archived"))
        );
        assert_eq!(at(&seen, &young.id)["figures"], Value::Null);
        let sum = |part: &str| {
            let sum = &seen[part];
            let shared = &sum["shared"];
            [
                &sum["networks"],
                &sum["cyclesByPhase"]["plan"],
                &shared["networks"],
                &shared["figures"]["observations"],
                &sum["openItems"]["observations"]["count"],
            ]
            .map(|figure| figure.as_i64().expect("a number"))
        };
        assert_eq!(sum("active"), [3, 2, 1, 10, 19]);
        assert_eq!(sum("archived"), [1, 1, 1, 12, 12]);
    });
}

#[test]
fn an_action_that_was_carried_is_open_once() {
    both(|api| {
        let (top, team) = (api.team(), api.team());
        lies_below(&team, &top);
        let mut cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let tried = cycle.act(&[&cycle.reflect(&[&seen], json!({}))], json!({}));
        for _ in 0..2 {
            cycle.close();
            cycle = team.cycle_with(json!({"previousCycleId": cycle.id}));
        }
        let open = || {
            let figures = top.coordinator().get(top.path("figures")).expect(200);
            assert_eq!(at(&figures, &team.id)["cyclesByPhase"]["closed"], 2);
            at(&figures, &team.id)["openItems"]["actions"]["count"].clone()
        };
        assert_eq!(open(), 1);
        cycle.evaluate(&tried, json!({}));
        assert_eq!(open(), 0);
    });
}

#[test]
fn what_lies_deep_is_gathered_all_the_same() {
    both(|api| {
        let top = api.team();
        let mut parent = top.id.clone();
        for level in 2..=40 {
            let body = json!({"name": level.to_string(), "kind": "group", "parentId": parent});
            parent = api.founder().post("/v1/networks", body).expect(201).id();
        }
        let seen = top.coordinator().get(top.path("figures")).expect(200);
        assert_eq!((&seen["networksTotal"], &at(&seen, &parent)["depth"]), (&json!(40), &json!(39)));
        top.coordinator().get(format!("/v1/networks/{parent}/figures")).expect(200);
    });
}
