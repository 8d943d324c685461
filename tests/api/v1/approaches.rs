//! Approaches develop version by version, and tell what came of each.

use serde_json::{Value, json};

use crate::support::team::{Team, approach, new_id, with};
use crate::support::{Part, both};

/// A fresh approach, and a way to add versions to it.
fn begin(team: &Team) -> (String, String) {
    let id = team.practitioner().post(team.path("approaches"), approach()).expect(201).id();
    let versions = format!("/v1/approaches/{id}/versions");
    (id, versions)
}

#[test]
fn an_approach_is_described_and_its_description_may_change() {
    both(|api| {
        let team = api.team();
        let made = team.practitioner().post(team.path("approaches"), approach()).expect(201);
        assert_eq!((&made["title"], made.version()), (&approach()["title"], 1));
        let path = format!("/v1/approaches/{}", made.id());
        let changed = team
            .facilitator()
            .patch(&path, 1, json!({"description": "Voor wie niet binnenkomt."}))
            .expect(200);
        assert_eq!(changed["description"], "Voor wie niet binnenkomt.");
        assert_eq!(team.reader().get(team.path("approaches")).expect(200).items(), &[changed.body]);
        team.practitioner().patch(&path, 1, json!({"title": "X"})).refused(412, "version_mismatch");
        team.outsider().get(&path).refused(404, "not_found");
        team.practitioner().post(team.path("approaches"), json!({"title": "", "text": "x"})).errors(&[
            ("/title", "too_short"),
            ("/description", "required"),
            ("/text", "unknown_member"),
        ]);
    });
}

#[test]
fn versions_are_numbered_without_gaps_and_name_what_changed_them() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        team.join(Part::Colleague, "practitioner");
        let (_, versions) = begin(&team);
        let (learned, kept) = (other.cycle().share("commons"), other.cycle().share("network"));
        let colleague = api.client(Part::Colleague);
        let version = |insights: Value| json!({"text": "Elke dinsdag buiten.", "insightIds": insights});
        let first = json!({"id": new_id(), "text": "Elke dinsdag binnen."});
        assert_eq!(colleague.post(&versions, first.clone()).expect(201)["number"], 1);
        // What is refused or sent again takes no number.
        colleague.post(&versions, first).expect(200);
        colleague
            .post(&versions, version(json!([learned, kept, new_id()])))
            .refused(409, "reference_not_found")
            .pointers(&[("/insightIds/1", "not_found"), ("/insightIds/2", "not_found")]);
        colleague.post(&versions, version(json!([learned, learned]))).errors(&[("/insightIds", "duplicate")]);
        let second = colleague.post(&versions, version(json!([learned]))).expect(201);
        assert_eq!((&second["number"], &second["insightIds"]), (&json!(2), &json!([learned])));
        // Others see other insights.
        let third = team.practitioner().post(&versions, version(json!([learned, kept]))).expect(201);
        let numbers: Vec<Value> = team
            .reader()
            .get(&versions)
            .expect(200)
            .items()
            .iter()
            .map(|version| version["number"].clone())
            .collect();
        assert_eq!(numbers, [3, 2, 1]);
        let path = format!("/v1/approach-versions/{}", third.id());
        assert_eq!(team.reader().get(&path).expect(200).body, third.body);
        team.outsider().get(&path).refused(404, "not_found");
        // Another approach counts for itself.
        let (_, others) = begin(&team);
        assert_eq!(team.expert().post(&others, version(json!([]))).expect(201)["number"], 1);
    });
}

#[test]
fn versions_made_at_the_same_time_get_a_number_each() {
    both(|api| {
        let team = api.team();
        let (_, versions) = begin(&team);
        let client = team.practitioner();
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| client.post(&versions, json!({"text": "Tegelijk."})).expect(201));
            }
        });
        let mut numbers: Vec<i64> = client
            .get(&versions)
            .expect(200)
            .items()
            .iter()
            .map(|version| version["number"].as_i64().expect("a number"))
            .collect();
        numbers.sort_unstable();
        assert_eq!(numbers, [1, 2, 3, 4, 5, 6]);
    });
}

#[test]
fn a_cycle_names_the_version_it_tries() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let (_, versions) = begin(&team);
        let (_, elsewhere) = begin(&other);
        let make = |path: &str| team.practitioner().post(path, json!({"text": "Zo."})).expect(201).id();
        let (first, second, foreign) = (make(&versions), make(&versions), make(&elsewhere));
        let cycle = team.cycle_with(json!({"approachVersionId": first}));
        assert_eq!(cycle.get()["approachVersionId"], json!(first));
        assert!(team.cycle().get()["approachVersionId"].is_null());
        let path = format!("/v1/cycles/{}", cycle.id);
        let facilitator = team.facilitator();
        let changed = facilitator.patch(&path, 1, json!({"approachVersionId": second})).expect(200);
        assert_eq!(changed["approachVersionId"], json!(second));
        for unknown in [foreign, new_id()] {
            let refused = facilitator.patch(&path, 2, json!({"approachVersionId": unknown}));
            refused.refused(409, "reference_not_found").pointers(&[("/approachVersionId", "not_found")]);
            let body = json!({"learningQuestion": "En zo?", "approachVersionId": unknown});
            let refused = facilitator.post(team.path("cycles"), body);
            refused.refused(409, "reference_not_found").pointers(&[("/approachVersionId", "not_found")]);
        }
        let none = facilitator.patch(&path, 2, json!({"approachVersionId": null})).expect(200);
        assert!(none["approachVersionId"].is_null());
        let both = json!({"approachVersionId": new_id(), "themeIds": [new_id()]});
        facilitator
            .patch(&path, 3, both)
            .refused(409, "reference_not_found")
            .pointers(&[("/approachVersionId", "not_found"), ("/themeIds/0", "not_found")]);
    });
}

#[test]
fn it_tells_what_came_of_each_version() {
    both(|api| {
        let team = api.team();
        let (id, versions) = begin(&team);
        let make = || team.practitioner().post(&versions, json!({"text": "Zo."})).expect(201).id();
        let (first, second, untried) = (make(), make(), make());
        let tried = |version: &str, verdicts: &[&str]| {
            let cycle = team.cycle_with(json!({"approachVersionId": version}));
            let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
            for verdict in verdicts {
                cycle.evaluate(&cycle.act(&[&thought], json!({})), json!({"verdict": verdict}));
            }
            let gone = cycle.evaluate(&cycle.act(&[&thought], json!({})), json!({}));
            cycle.withdraw("evaluations", &gone);
            let action = cycle.act(&[&thought], json!({}));
            cycle.evaluate(&action, json!({}));
            cycle.withdraw("actions", &action);
            cycle
        };
        let early = tried(&first, &["did_not_work", "partly"]);
        early.close();
        let late = tried(&first, &["partly"]);
        let newest = tried(&second, &["worked", "worked"]);
        let path = format!("/v1/approaches/{id}/outcomes");
        let told = team.reader().get(&path).expect(200);
        let closed_at = early.get()["closedAt"].clone();
        let cycle = |id: &str, phase: &str, closed_at: Value| json!({"cycleId": id, "phase": phase, "learningQuestion": "Wat helpt tegen eenzaamheid?", "closedAt": closed_at});
        let outcome = |at: usize, cycles: Value, verdicts: [i64; 3]| {
            let [worked, partly, did_not_work] = verdicts;
            let verdicts = json!({"worked": worked, "partly": partly, "didNotWork": did_not_work});
            let version = [&first, &second, &untried][at];
            let created = &told.items()[2 - at]["createdAt"];
            json!({"approachVersionId": version, "number": at + 1, "createdAt": created, "cycles": cycles, "verdicts": verdicts})
        };
        assert_eq!(
            *told.items(),
            [
                outcome(2, json!([]), [0, 0, 0]),
                outcome(1, json!([cycle(&newest.id, "plan", Value::Null)]), [2, 0, 0]),
                outcome(
                    0,
                    json!([cycle(&late.id, "plan", Value::Null), cycle(&early.id, "closed", closed_at)]),
                    [0, 2, 1]
                ),
            ]
        );
        let page = team.reader().get(format!("{path}?limit=1")).expect(200);
        let rest =
            team.reader().get(format!("{path}?limit=2&cursor={}", page.text_of("nextCursor"))).expect(200);
        assert_eq!(rest.items(), &told.items()[1..]);
        team.outsider().get(&path).refused(404, "not_found");
        // Nothing of it is another network's to tell.
        let body = with(json!({"text": "Zo."}), json!({"insightIds": []}));
        team.outsider().post(&versions, body).refused(404, "not_found");
    });
}
