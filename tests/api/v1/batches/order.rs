//! What a batch does: everything in its order, of every type, in several networks.

use serde_json::{Value, json};

use super::{batch, create, named, results, send, statuses, update, withdraw};
use crate::support::stored::changes_of;
use crate::support::team::{action, evaluation, observation, question, reflection, told, with};
use crate::support::{Part, both};

#[test]
fn a_whole_turn_of_the_loop_is_sent_at_once() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let (network, of_cycle) = (("networkId", team.id.as_str()), ("cycleId", cycle.id.as_str()));
        let (whom, pseudonym) = named(json!({"ageBand": "age_65_79"}));
        let (asked, question) = named(with(question(), json!({"pseudonymId": whom})));
        let (seen, first) =
            named(with(observation(), json!({"questionId": asked, "aboutPseudonymIds": [whom]})));
        let (waiting, inbox) = named(observation());
        let (thought, reflection) = named(reflection(&[&seen]));
        let (tried, action) = named(action(&[&thought], &api.person(Part::Facilitator).id));
        let (judged, evaluation) = named(evaluation());
        let (heard, told) = named(told());
        let items = [
            create("pseudonym", network, pseudonym),
            create("question", of_cycle, question),
            create("observation", of_cycle, first),
            create("observation", network, inbox),
            create("reflection", of_cycle, reflection),
            create("action", of_cycle, action),
            create("evaluation", ("actionId", &tried), evaluation),
            create("return", ("questionId", &asked), told),
            update("pseudonym", &whom, 1, json!({"area": "Heumen"})),
            update("question", &asked, 1, json!({"text": "En nu?"})),
            update("observation", &waiting, 1, json!({"cycleId": cycle.id})),
            update("reflection", &thought, 1, json!({"observationIds": [seen, waiting]})),
            update("action", &tried, 1, json!({"dueOn": "2099-01-01"})),
            withdraw("return", &heard),
            withdraw("evaluation", &judged),
            withdraw("action", &tried),
            withdraw("reflection", &thought),
            withdraw("observation", &seen),
            withdraw("question", &asked),
        ];
        let before = changes_of(api, &team.id).len();
        // A facilitator, who alone may tell a citizen.
        let answer = send(&team.facilitator(), &batch(&items));
        assert_eq!(statuses(&answer), [[201; 8].as_slice(), &[200; 11]].concat(), "{}", answer.text);
        assert_eq!(answer["written"], true);
        let versions: Vec<i64> =
            results(&answer).iter().map(|result| result["version"].as_i64().expect("a version")).collect();
        assert_eq!(versions, [1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 3, 3, 2, 3]);

        let log: Vec<String> =
            changes_of(api, &team.id).split_off(before).into_iter().map(|change| change.kind).collect();
        let expected = [
            "pseudonym.created",
            "question.created",
            "observation.created",
            "observation.created",
            "reflection.created",
            "action.created",
            "evaluation.created",
            "return.created",
            "pseudonym.updated",
            "question.updated",
            "observation.updated",
            "reflection.updated",
            "action.updated",
            "return.withdrawn",
            "evaluation.withdrawn",
            "action.withdrawn",
            "reflection.withdrawn",
            "observation.withdrawn",
            "question.withdrawn",
        ];
        assert_eq!(log, expected);
        let reader = team.reader();
        for (collection, id, version) in
            [("observations", &seen, 2), ("observations", &waiting, 2), ("reflections", &thought, 3)]
        {
            let record = reader.get(format!("/v1/{collection}/{id}")).expect(200);
            assert_eq!(record.version(), version);
        }
        let thought = reader.get(format!("/v1/reflections/{thought}")).expect(200);
        assert_eq!(thought["observationIds"], json!([seen, waiting]));
        assert_eq!(thought["state"], "withdrawn");
    });
}

#[test]
fn a_batch_of_one_makes_the_same_record_as_the_operation() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let practitioner = team.practitioner();
        let (id, body) =
            named(with(observation(), json!({"tags": ["avond"], "happenedAt": "2026-03-02T09:30:00Z"})));
        let answer =
            send(&practitioner, &batch(&[create("observation", ("cycleId", &cycle.id), body.clone())]));
        assert_eq!(statuses(&answer), [201]);
        assert_eq!(results(&answer)[0]["id"], id.as_str());
        // So much the same that each is a replay of the other.
        practitioner.post(cycle.path("observations"), body.clone()).expect(200);
        let (other, alone) = named(body);
        practitioner.post(cycle.path("observations"), alone.clone()).expect(201);
        let answer = send(&practitioner, &batch(&[create("observation", ("cycleId", &cycle.id), alone)]));
        assert_eq!((statuses(&answer), &answer["written"]), (vec![200], &Value::Bool(false)));
        let but_id = |id: &str| {
            let record = practitioner.get(format!("/v1/observations/{id}")).expect(200).body;
            with(record, json!({"id": null, "createdAt": null, "updatedAt": null}))
        };
        assert_eq!(but_id(&id), but_id(&other));
        // A move's id too is the same in both.
        let reason = json!({"id": crate::support::team::new_id(), "reason": "Dubbel gelogd."});
        let moved = json!({"action": "withdraw", "type": "observation", "id": id, "body": reason});
        assert_eq!(statuses(&send(&practitioner, &batch(&[moved]))), [200]);
        let again = with(reason, json!({"to": "withdrawn"}));
        let path = format!("/v1/observations/{id}/transitions");
        assert_eq!(practitioner.post(path, again).expect(200).version(), 2);
    });
}

#[test]
fn several_networks_each_get_their_own_in_their_own_stream() {
    both(|api| {
        let (one, other) = (api.team(), api.team());
        let (of_one, of_other) = (one.cycle(), other.cycle());
        let logged = |cycle: &str| create("observation", ("cycleId", cycle), observation());
        let before = (changes_of(api, &one.id).len(), changes_of(api, &other.id).len());
        let items = [
            logged(&of_one.id),
            logged(&of_other.id),
            logged(&of_one.id),
            logged(&of_one.id),
            logged(&of_other.id),
        ];
        let answer = send(&one.practitioner(), &batch(&items));
        assert_eq!(statuses(&answer), [201; 5]);
        assert_eq!(changes_of(api, &one.id).len(), before.0 + 3);
        assert_eq!(changes_of(api, &other.id).len(), before.1 + 2);
        let listed = one.reader().get(of_one.path("observations")).expect(200).ids();
        for at in [0, 2, 3] {
            assert!(listed.contains(&results(&answer)[at]["id"].as_str().expect("an id").to_owned()));
        }
        for team in [&one, &other] {
            let numbers: Vec<i64> = changes_of(api, &team.id).iter().map(|change| change.number).collect();
            assert_eq!(numbers, (1..=i64::try_from(numbers.len()).expect("small")).collect::<Vec<_>>());
        }
    });
}

#[test]
fn the_same_id_twice_is_as_if_sent_one_after_the_other() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let place = ("cycleId", cycle.id.as_str());
        let (_, body) = named(observation());
        let other = with(body.clone(), json!({"body": "Iets anders."}));
        // The first cannot stand, so the second is the first that is made under this id.
        let (_, dangling) = named(with(observation(), json!({"questionId": crate::support::team::new_id()})));
        let mended = crate::support::team::without(dangling.clone(), "questionId");
        let items = [
            create("observation", place, body.clone()),
            create("observation", place, body),
            create("observation", place, other),
            create("observation", place, dangling),
            create("observation", place, mended),
        ];
        let answer = send(&team.practitioner(), &batch(&items));
        assert_eq!(statuses(&answer), [201, 200, 409, 409, 201]);
        assert_eq!(super::codes(&answer)[2..4], ["id_reused", "reference_not_found"]);
        let pointers = super::faults(&results(&answer)[3]);
        assert_eq!(pointers, [("/items/3/body/questionId", "not_found")]);
    });
}

#[test]
fn a_session_has_one_reflection_in_a_batch_too() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let session = team.held(json!({"cycleId": cycle.id}), &[Part::Practitioner]);
        let seen = cycle.observe(json!({}));
        let together = || {
            let body = with(reflection(&[&seen]), json!({"sessionId": session.id}));
            create("reflection", ("cycleId", &cycle.id), body)
        };
        let alone = create("reflection", ("cycleId", &cycle.id), reflection(&[&seen]));
        let answer = send(&team.practitioner(), &batch(&[together(), alone, together()]));
        assert_eq!(statuses(&answer), [201, 201, 409]);
        assert_eq!(results(&answer)[2]["problem"]["code"], "has_reflection");
        assert_eq!(results(&answer)[2]["problem"]["reflectionId"], results(&answer)[0]["id"]);
    });
}
