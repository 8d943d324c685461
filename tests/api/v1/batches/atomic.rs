//! All or nothing, and nothing at all.

use std::collections::BTreeMap;

use serde_json::json;

use super::{atomic, batch, codes, create, faults, named, results, send, statuses, update, withdraw};
use crate::support::stored::{assert_gapless, changes, row_counts};
use crate::support::team::{new_id, observation, reflection, with};
use crate::support::{Api, both, both_alone};

/// The rows of all tables but those that search and the audit fill by themselves.
fn rows(api: &Api) -> BTreeMap<String, i64> {
    const FOLLOWING: [&str; 3] = ["search_", "access", "audit_"];
    let follows = |table: &str| FOLLOWING.iter().any(|begin| table.starts_with(begin));
    row_counts(api).into_iter().filter(|(table, _)| !follows(table)).collect()
}

#[test]
fn one_bad_item_and_nothing_of_an_atomic_batch_is_written() {
    both_alone(&[], |api| {
        let (team, other) = (api.team(), api.team());
        let (cycle, elsewhere) = (team.cycle(), other.cycle());
        let theme = api.founder().post("/v1/themes", json!({"title": "Meedoen"})).expect(201).id();
        let standing = cycle.observe(json!({}));
        let place = ("cycleId", cycle.id.as_str());
        let (seen, body) = named(with(observation(), json!({"themeIds": [theme]})));
        let items = [
            create("observation", place, body),
            create("observation", ("cycleId", &elsewhere.id), observation()),
            create("reflection", place, reflection(&[&seen])),
            create("reflection", place, reflection(&[&new_id()])),
            create("observation", place, json!({})),
            update("observation", &standing, 1, json!({"tags": ["avond"]})),
            update("observation", &standing, 7, json!({"tags": ["ochtend"]})),
            withdraw("observation", &seen),
        ];
        let (before, log) = (rows(api), changes(api));
        let answer = send(&team.practitioner(), &atomic(&items));
        // Every fault is told, not the first alone.
        assert_eq!(statuses(&answer), [424, 424, 424, 409, 400, 424, 412, 424], "{}", answer.text);
        assert_eq!(codes(&answer)[0], "batch_refused");
        assert_eq!(faults(&results(&answer)[3]), [("/items/3/body/observationIds/0", "not_found")]);
        assert_eq!((&answer["atomic"], &answer["written"]), (&json!(true), &json!(false)));
        // The record as it stands, not as the batch would have left it.
        assert_eq!(results(&answer)[6]["stored"]["version"], 1);
        assert_eq!(
            (&results(&answer)[0]["id"], &results(&answer)[0]["version"]),
            (&json!(seen), &json!(null))
        );
        let mut expected = before.clone();
        *expected.get_mut("batches").expect("the table") += 1;
        assert_eq!(rows(api), expected, "the batch itself is remembered, and nothing else");
        assert_eq!(changes(api), log);
        assert_gapless(api);
        team.practitioner().get(format!("/v1/observations/{seen}")).expect(404);

        let good = [&items[..3], &items[5..6]].concat();
        let answer = send(&team.practitioner(), &atomic(&good));
        assert_eq!(statuses(&answer), [201, 201, 201, 200]);
        assert_eq!(changes(api).len(), log.len() + 4);
        assert_gapless(api);
    });
}

#[test]
fn without_atomic_what_can_be_done_is_done() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let place = ("cycleId", cycle.id.as_str());
        let dangling = with(observation(), json!({"questionId": new_id(), "themeIds": [new_id()]}));
        let items = [
            create("observation", place, observation()),
            create("observation", place, dangling),
            create("observation", place, observation()),
        ];
        let answer = send(&team.practitioner(), &batch(&items));
        assert_eq!(statuses(&answer), [201, 409, 201]);
        let expected = [("/items/1/body/questionId", "not_found"), ("/items/1/body/themeIds/0", "not_found")];
        assert_eq!(faults(&results(&answer)[1]), expected);
        assert_eq!(team.reader().get(cycle.path("observations")).expect(200).ids().len(), 2);
    });
}

#[test]
fn a_dry_run_says_what_would_come_of_it_and_writes_nothing() {
    both_alone(&[], |api| {
        let team = api.team();
        let cycle = team.cycle();
        let standing = cycle.observe(json!({}));
        let place = ("cycleId", cycle.id.as_str());
        let (seen, body) = named(observation());
        let items = [
            create("observation", place, body),
            create("reflection", place, reflection(&[&seen])),
            create("observation", place, json!({})),
            update("observation", &standing, 1, json!({"tags": ["avond"]})),
            withdraw("observation", &standing),
        ];
        let real = batch(&items);
        let dry = with(real.clone(), json!({"dryRun": true}));
        let (before, log) = (rows(api), changes(api));
        let answer = send(&team.practitioner(), &dry);
        assert_eq!(statuses(&answer), [201, 201, 400, 200, 200]);
        assert_eq!((&answer["dryRun"], &answer["written"]), (&json!(true), &json!(false)));
        assert_eq!(
            results(&answer)[1]["id"],
            json!(null),
            "an id that the server would choose is not known yet"
        );
        let whole = with(dry.clone(), json!({"atomic": true}));
        assert_eq!(statuses(&send(&team.practitioner(), &whole)), [424, 424, 400, 424, 424]);
        assert_eq!((rows(api), changes(api)), (before, log));
        assert_gapless(api);

        // Nothing stands in the way of doing it.
        assert_eq!(statuses(&send(&team.practitioner(), &real)), [201, 201, 400, 200, 200]);
        // And of trying once more, which tells how it stands by then.
        assert_eq!(statuses(&send(&team.practitioner(), &dry)), [200, 201, 400, 412, 409]);
    });
}
