//! Every successful mutation appends to the change log, a refused or replayed one does not.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::support::cases::{World, all};
use crate::support::stored::{Follower, assert_gapless, changes_of};
use crate::support::team::{new_id, observation, with};
use crate::support::{Api, Part, both, both_alone};

/// How many records an operation changes, where it is not one.
fn changed(row: &str) -> usize {
    match row {
        // Signing in and out is no change of a record.
        "createTokens" | "revokeTokens" => 0,
        // A dry run.
        "createBatch" => 0,
        // Asking stores nothing.
        "createPrivacyCheck" => 0,
        // The network and its first member.
        "createNetwork (top)" | "createNetwork (child)" => 2,
        // The person, their membership, and the invitation that is used up.
        "createAccount" => 3,
        "acceptInvitation" => 2,
        // The key, and the account and the membership of its integration.
        "createApiKey" => 3,
        "revokeApiKey" => 2,
        // The framework and its version.
        "createLifeDomainFramework" | "createLifeDomainFrameworkVersion" => 2,
        // Out of one network and into another: both have to hear of it.
        "moveObservation (own)" => 2,
        // The cycle's network and the one that shares it.
        "createCoNetwork" | "updateCoNetwork" => 2,
        "transitionCoNetwork (accept)" | "transitionCoNetwork (end)" => 2,
        // The goal, and the statement of what was learned.
        "transitionLearningGoal (own)" => 2,
        // The arena, and the version of it that is kept.
        "transitionEffectArena (agree)" => 2,
        // Who was erased, and the erasure.
        "createErasure" | "createPersonErasure" => 2,
        // The run, and its job.
        "createRetentionRun" => 2,
        _ => 1,
    }
}

#[test]
fn each_operation_logs_what_it_changed_and_nothing_when_refused() {
    // Servers of its own: nobody else may write while it counts, nor may they by themselves.
    both_alone(&[("LEAVE_JOBS", "true")], |api| {
        let world = World::new(api);
        let mut log = Follower::default();
        let mut faults = Vec::new();
        for case in all() {
            for part in [Part::Coordinator, Part::Practitioner, Part::Admin, Part::Reader, Part::Outsider] {
                let call = (case.make)(&world, part);
                let client =
                    call.token.as_ref().map_or_else(|| api.client(part), |token| api.with_token(token));
                log.read_on(api);
                let answer = client.send(call.request.clone());
                let rows = log.read_on(api);
                if let (Some(after), true) = (call.after, answer.status < 300) {
                    after();
                }
                let reads = call.request.method == "GET" || answer.status >= 400;
                let expected = if reads { 0 } else { changed(case.row) };
                let subjects: HashSet<_> = rows.iter().map(|row| (&row.network, &row.subject)).collect();
                let kinds: Vec<&str> = rows.iter().map(|row| row.kind.as_str()).collect();
                if expected != rows.len() || subjects.len() != rows.len() {
                    faults.push(format!(
                        "{} as {part:?} answered {} and logged {kinds:?}",
                        case.row, answer.status
                    ));
                }
                let actor = api.person(part).id.replace('-', "");
                // Of these the server knows nobody who is signed in.
                let unsigned = ["createAccount", "createOwnDataSubjectRequest"].contains(&case.operation());
                if !unsigned && rows.iter().any(|row| row.actor.as_ref() != Some(&actor)) {
                    faults.push(format!("{} as {part:?} was logged as somebody else's", case.row));
                }
            }
        }
        assert_gapless(api);
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    });
}

fn kinds(api: &Api, network: &str) -> Vec<String> {
    changes_of(api, network).into_iter().map(|change| change.kind).collect()
}

#[test]
fn replays_and_refusals_leave_no_trace_in_the_stream_of_a_network() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let before = changes_of(api, &team.id);
        let practitioner = team.practitioner();
        let body = with(observation(), json!({"id": new_id()}));
        practitioner.post(cycle.path("observations"), body.clone()).expect(201);
        let once = changes_of(api, &team.id);
        assert_eq!(once.len(), before.len() + 1);
        assert_eq!(once.last().map(|change| change.kind.as_str()), Some("observation.created"));

        practitioner.post(cycle.path("observations"), body.clone()).expect(200);
        practitioner
            .post(cycle.path("observations"), with(body.clone(), json!({"body": "Anders."})))
            .refused(409, "id_reused");
        practitioner.post(cycle.path("observations"), json!({})).expect(400);
        team.reader().post(cycle.path("observations"), observation()).refused(403, "forbidden");
        team.outsider().post(cycle.path("observations"), observation()).refused(404, "not_found");
        let path = format!("/v1/observations/{}", body["id"].as_str().expect("an id"));
        practitioner.patch(&path, 9, json!({"tags": []})).refused(412, "version_mismatch");
        practitioner
            .send(crate::support::Request::new("PATCH", &path).json(&json!({"tags": []})))
            .refused(428, "precondition_required");
        team.facilitator()
            .post(cycle.path("transitions"), json!({"to": "closed"}))
            .refused(409, "move_not_allowed");
        practitioner.get(&path).expect(200);
        assert_eq!(changes_of(api, &team.id), once);
    });
}

#[test]
fn carrying_actions_along_is_logged_with_the_cycle_that_takes_them() {
    both(|api| {
        let team = api.team();
        let first = team.cycle();
        let thought = first.reflect(&[&first.observe(json!({}))], json!({}));
        first.act(&[&thought], json!({}));
        first.act(&[&thought], json!({}));
        first.close();
        let before = kinds(api, &team.id).len();
        team.cycle_with(json!({"previousCycleId": first.id}));
        let added = kinds(api, &team.id).split_off(before);
        assert_eq!(added.iter().filter(|kind| *kind == "cycle.created").count(), 1, "{added:?}");
        assert!(
            (1..=3).contains(&added.len()),
            "the cycle, and at most one for each action it took: {added:?}"
        );
    });
}

#[test]
fn many_writers_leave_no_gap_in_the_numbers() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let practitioner = team.practitioner();
        let before = changes_of(api, &team.id).len();
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    for at in 0..10 {
                        // Every third is refused in the middle of it all.
                        let body = if at % 3 == 2 {
                            with(observation(), json!({"questionId": new_id()}))
                        } else {
                            observation()
                        };
                        let answer = practitioner.post(cycle.path("observations"), body);
                        assert!(matches!(answer.status, 201 | 409), "{}", answer.text);
                    }
                });
            }
        });
        let numbers: Vec<i64> = changes_of(api, &team.id).iter().map(|change| change.number).collect();
        let count = i64::try_from(before + 42).expect("small");
        assert_eq!(numbers, (1..=count).collect::<Vec<_>>());
    });
}

#[test]
fn the_record_changes_when_its_answer_says_so() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let id = cycle.observe(json!({}));
        let path = format!("/v1/observations/{id}");
        let answer = team.practitioner().patch(&path, 1, json!({"tags": ["avond"]})).expect(200);
        let last = changes_of(api, &team.id).pop().expect("a change");
        assert_eq!(last.subject, Some(id.replace('-', "")));
        assert_eq!(last.kind, "observation.updated");
        assert_ne!(answer["updatedAt"], Value::Null);
    });
}
