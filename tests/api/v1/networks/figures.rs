//! What a network's coordinators see of those below it: figures, never records.

use serde_json::{Value, json};

use crate::support::team::{Cycle, Team, observation, with};
use crate::support::{Answer, Api, Client, Part, both, stored};

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

/// Somebody who coordinates this network and is a member of no other one of the test.
fn only_above(api: &Api, team: &Team) -> Client {
    let person = api.newcomer("above");
    let member = json!({"personId": person.id, "role": "coordinator"});
    api.founder().post(team.path("members"), member).expect(201);
    api.signed_in(&person)
}

fn observes(cycle: &Cycle, count: usize) -> Vec<String> {
    (0..count).map(|_| cycle.observe(json!({}))).collect()
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
fn a_period_picks_whole_cycles_and_what_is_open_is_of_today() {
    both(|api| {
        let (top, team) = (api.team(), api.team());
        lies_below(&team, &top);
        let (old, young) = (team.cycle(), team.cycle());
        // When it happened has no say, but for ages.
        let seen: Vec<String> =
            (0..10).map(|_| old.observe(json!({"happenedAt": "2025-01-31T22:59:59Z"}))).collect();
        old.ask(json!({"happenedAt": "2025-01-10T12:00:00Z"}));
        let thought = old.reflect(&[&seen[0], &seen[1]], json!({}));
        let tried = old.act(&[&thought], json!({}));
        old.evaluate(&tried, json!({"verdict": "did_not_work"}));
        old.reflect(&[&seen[2]], json!({"visibility": "author"}));
        observes(&young, 11);
        let inbox = json!({"happenedAt": "2025-01-15T12:00:00Z"});
        team.practitioner().post(team.path("observations"), with(observation(), inbox)).expect(201);
        stored::pass_time(api, 400 * 86_400, "cycles", "created_at", ("id", &old.id));

        let boundary = chrono::Utc::now().date_naive() - chrono::Days::new(200);
        let boundary = boundary.format("%Y-%m-01").to_string();
        let ask = |query: &str| top.coordinator().get(top.path(&format!("figures{query}"))).expect(200);
        let before = ask(&format!("?untilOn={boundary}"));
        assert_eq!(
            at(&before, &team.id)["figures"],
            json!({
                "questions": 1, "observations": 10, "reflections": 1, "actions": 1, "frameShifts": 0,
                "evaluations": {"worked": 0, "partly": 0, "didNotWork": 1},
                "closure": {"cohort": 10, "evaluated": 2, "closedWithoutAction": 0, "open": 8, "rate": 0.2},
                "withheldCells": 0,
            }),
            "as a member sees it"
        );
        let since = ask(&format!("?sinceOn={boundary}"));
        let figures = &at(&since, &team.id)["figures"];
        assert_eq!((&figures["observations"], &figures["closure"]["rate"]), (&json!(11), &json!(0.0)));
        let all = ask("");
        assert_eq!(at(&all, &team.id)["figures"]["closure"]["cohort"], 21);
        let nothing = ask("?untilOn=2020-01-01");
        assert_eq!(at(&nothing, &team.id)["figures"], Value::Null, "of nothing nothing is told");

        for seen in [&before, &all] {
            let open = &at(seen, &team.id)["openItems"];
            assert_eq!(
                (&open["observations"]["count"], &open["questions"]["count"]),
                (&json!(19), &json!(1))
            );
            assert_eq!(
                (&open["inbox"]["count"], &open["actions"]),
                (&json!(1), &json!({"count": 0, "oldestDays": null, "withheldCells": 0}))
            );
            let days = (chrono::Utc::now().date_naive()
                - chrono::NaiveDate::from_ymd_opt(2025, 1, 15).expect("a day"))
            .num_days();
            let oldest = open["inbox"]["oldestDays"].as_i64().expect("days");
            assert!((oldest - days).abs() <= 1, "{oldest} of {days}");
            assert_eq!(at(seen, &team.id)["cyclesByPhase"]["plan"], 2);
        }
        for hidden in [&old.id, &seen[0], &thought, &tried, &api.person(Part::Practitioner).id] {
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
fn small_counts_are_told_inside_a_network_and_not_above_it() {
    both(|api| {
        let (top, team) = (api.team(), api.team());
        lies_below(&team, &top);
        let cycle = team.cycle();
        let seen = observes(&cycle, 14);
        let some: Vec<&str> = seen[..2].iter().map(String::as_str).collect();
        let tried = cycle.act(&[&cycle.reflect(&some, json!({}))], json!({}));
        cycle.evaluate(&tried, json!({}));
        for _ in 0..5 {
            cycle.ask(json!({}));
        }
        let told = cycle.ask(json!({}));
        cycle.tell(&told, json!({}));
        for _ in 0..6 {
            team.practitioner().post(team.path("observations"), observation()).expect(201);
        }
        let (inside, above) = (top.coordinator(), only_above(api, &top));
        let ask = |client: &Client| client.get(top.path("figures")).expect(200);

        let (known, told) = (ask(&inside), ask(&above));
        let figures = &at(&known, &team.id)["figures"];
        assert_eq!(
            figures["closure"],
            json!({"cohort": 14, "evaluated": 2, "closedWithoutAction": 0, "open": 12, "rate": 2.0 / 14.0})
        );
        let figures = &at(&told, &team.id)["figures"];
        assert_eq!(
            *figures,
            json!({
                "questions": 6, "observations": 14, "reflections": null, "actions": null, "frameShifts": 0,
                "evaluations": {"worked": null, "partly": 0, "didNotWork": 0},
                // Two were evaluated: 14 without the open ones would tell.
                "closure": {"cohort": 14, "evaluated": null, "closedWithoutAction": 0, "open": null, "rate": null},
                "withheldCells": 5,
            })
        );
        let open = &at(&told, &team.id)["openItems"];
        let hidden = json!({"count": null, "oldestDays": null, "withheldCells": 1});
        // One of six was told something: how many wait would tell.
        assert_eq!((&open["observations"], &open["questions"]), (&hidden, &hidden));
        assert_eq!((&open["inbox"]["count"], &open["actions"]["count"]), (&json!(6), &json!(0)));
        assert!(open["inbox"]["oldestDays"].is_i64());
        let open = &at(&known, &team.id)["openItems"];
        assert_eq!((&open["observations"]["count"], &open["questions"]["count"]), (&json!(12), &json!(5)));

        // A second cycle, and a rate over the one that tells how many were evaluated.
        let cycle = team.cycle();
        let seen = observes(&cycle, 10);
        let some: Vec<&str> = seen[..5].iter().map(String::as_str).collect();
        cycle.evaluate(&cycle.act(&[&cycle.reflect(&some, json!({}))], json!({})), json!({}));
        let told = ask(&above);
        let closure = &at(&told, &team.id)["figures"]["closure"];
        assert_eq!(
            *closure,
            json!({"cohort": 24, "evaluated": 5, "closedWithoutAction": 0, "open": 5, "rate": 0.5})
        );
        assert_eq!(told["active"]["shared"]["figures"]["closure"], *closure);
        assert_eq!(at(&told, &team.id)["openItems"]["observations"]["count"], 5);
        let known = ask(&inside);
        assert_eq!(known["active"]["openItems"]["observations"]["count"], 17);
    });
}

#[test]
fn sums_tell_the_archived_apart_and_hold_none_of_few() {
    both(|api| {
        let (top, active, archived, young) = (api.team(), api.team(), api.team(), api.team());
        for (team, observations) in [(&active, 10), (&archived, 12), (&young, 9)] {
            lies_below(team, &top);
            observes(&team.cycle(), observations);
        }
        let body = json!({"to": "archived", "reason": "Klaar."});
        archived.coordinator().post(archived.path("transitions"), body).expect(200);
        let sums = |seen: &Answer, part: &str| {
            let sum = &seen[part];
            let shared = &sum["shared"];
            [
                &sum["networks"],
                &sum["cyclesByPhase"]["plan"],
                &shared["networks"],
                &shared["figures"]["observations"],
                &shared["withheldCycles"],
                &sum["openItems"]["observations"]["count"],
            ]
            .map(|figure| figure.as_i64().expect("a number"))
        };
        let told = only_above(api, &top).get(top.path("figures")).expect(200);
        assert_eq!(
            (&told["networksTotal"], &at(&told, &archived.id)["state"]),
            (&json!(4), &json!("archived"))
        );
        assert_eq!(
            (&at(&told, &young.id)["figures"], &at(&told, &young.id)["withheldCycles"]),
            (&Value::Null, &json!(1))
        );
        assert_eq!(sums(&told, "active"), [3, 2, 1, 10, 1, 19]);
        assert_eq!(sums(&told, "archived"), [1, 1, 1, 12, 0, 12]);
        // Who is a member of them all adds up what they know.
        let known = top.coordinator().get(top.path("figures")).expect(200);
        assert_eq!(sums(&known, "active"), [3, 2, 2, 19, 0, 19]);
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
