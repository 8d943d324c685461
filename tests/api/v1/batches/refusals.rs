//! What is refused: the batch that is none, and items, each by itself.

use serde_json::{Value, json};

use super::{batch, codes, create, faults, named, results, send, statuses, update, withdraw};
use crate::support::stored::changes_of;
use crate::support::team::{ago, new_id, observation, question, reflection, with, without};
use crate::support::{Part, Request, both};

#[test]
fn a_broken_envelope_is_refused_as_a_whole() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let client = team.practitioner();
        let item = create("observation", ("cycleId", &cycle.id), observation());
        let good = batch(std::slice::from_ref(&item));
        let before = changes_of(api, &team.id);
        client.post("/v1/batches", without(good.clone(), "id")).errors(&[("/id", "required")]);
        client.post("/v1/batches", with(good.clone(), json!({"items": []}))).errors(&[("/items", "too_few")]);
        let thousand_and_one: Vec<Value> = vec![item; 1_001];
        client
            .post("/v1/batches", with(good.clone(), json!({"items": thousand_and_one})))
            .errors(&[("/items", "too_many")]);
        client
            .post("/v1/batches", with(good.clone(), json!({"id": "x", "atomic": "yes", "more": 1})))
            .errors(&[("/id", "bad_format"), ("/atomic", "wrong_type"), ("/more", "unknown_member")]);
        client
            .send(Request::new("POST", "/v1/batches").raw("application/json", "{"))
            .errors(&[("", "malformed_json")]);
        client
            .send(Request::new("POST", "/v1/batches?now=1").json(&good))
            .errors(&[("/now", "unknown_member")]);
        api.anonymous().post("/v1/batches", good).expect(401);
        assert_eq!(changes_of(api, &team.id), before);
    });
}

#[test]
fn what_is_json_and_cannot_be_read_is_refused_by_itself() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let deep = format!("{}{}", "[".repeat(60), "]".repeat(60));
        for beyond in ["1e999", &deep] {
            let good = create("observation", ("cycleId", &cycle.id), observation());
            let bad = format!(
                r#"{{"action":"create","type":"question","cycleId":"{}","body":{{"text":{beyond}}}}}"#,
                cycle.id
            );
            let body = format!(r#"{{"id":"{}","items":[{good},{bad}]}}"#, new_id());
            let send = || {
                let request = Request::new("POST", "/v1/batches").raw("application/json", body.clone());
                // The contract says what an item is, and that one which is not is answered by itself.
                team.practitioner().try_send(&request).expect("an answer").expect(200)
            };
            let first = send();
            assert_eq!(statuses(&first), [201, 400], "{}", first.text);
            assert_eq!(send().body, first.body, "sent again it answers the same");
        }
    });
}

#[test]
fn what_was_erased_is_gone_for_a_batch_as_it_is_alone() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let pseudonym = team.pseudonym();
        let about = json!({"aboutPseudonymIds": [pseudonym]});
        let (seen, asked) = (cycle.observe(about), cycle.ask(json!({"pseudonymId": pseudonym})));
        let erasure = json!({"pseudonymId": pseudonym, "cause": "objected"});
        team.coordinator().post(team.path("erasures"), erasure).expect(201);
        let told = json!({"text": "Het komt goed."});
        let items = batch(&[
            update("observation", &seen, 1, json!({"tags": ["avond"]})),
            withdraw("observation", &seen),
            update("pseudonym", &pseudonym, 1, json!({"area": "Noord"})),
            create("return", ("questionId", &asked), told),
            update("observation", &new_id(), 1, json!({"tags": ["avond"]})),
        ]);
        let answer = send(&team.facilitator(), &items);
        assert_eq!(statuses(&answer), [410, 410, 410, 410, 404], "{}", answer.text);
        assert_eq!(results(&answer)[0]["problem"]["code"], "gone");
        let answer = send(&team.outsider(), &with(items, json!({"id": new_id()})));
        assert_eq!(statuses(&answer), [404; 5], "others are told nothing: {}", answer.text);
    });
}

#[test]
fn a_malformed_item_is_its_own_result_and_no_others() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let place = ("cycleId", cycle.id.as_str());
        let (seen, first) = named(observation());
        let items = [
            create("observation", place, first),
            create("observation", place, json!({"body": "", "perspective": "nobody", "extra": 1})),
            create("observation", place, with(observation(), json!({"happenedAt": ago(-3600)}))),
            json!({"action": "create", "type": "observation", "body": {}}),
            json!({"action": "create", "type": "observation", "cycleId": cycle.id, "networkId": team.id, "body": observation()}),
            create("question", ("networkId", &team.id), question()),
            json!({"action": "undo", "type": "observation", "id": seen, "more": true, "body": {}}),
            json!("an observation"),
            withdraw("pseudonym", &new_id()),
            update("evaluation", &new_id(), 1, json!({})),
            update("observation", &seen, 1, json!({"perspective": null})),
            json!({"action": "withdraw", "type": "observation", "id": seen, "body": {}}),
            json!({"action": "update", "type": "observation", "body": {"tags": []}}),
            with(create("observation", place, observation()), json!({"id": new_id(), "ifMatch": 1})),
            create("reflection", place, with(reflection(&[&seen]), json!({"loopDepth": "double"}))),
            update("observation", &seen, 1, json!({"tags": ["avond"]})),
        ];
        // Not held against the contract, which says what an item has to be.
        let request = Request::new("POST", "/v1/batches").json(&batch(&items));
        let answer = team.practitioner().try_send(&request).expect("an answer").expect(200);
        let expected = [[201].as_slice(), &[400; 14], &[200]].concat();
        assert_eq!(statuses(&answer), expected, "{}", answer.text);
        let told: Vec<Vec<(&str, &str)>> = results(&answer).iter().map(faults).collect();
        let expected: [&[(&str, &str)]; 16] = [
            &[],
            &[
                ("/items/1/body/body", "too_short"),
                ("/items/1/body/extra", "unknown_member"),
                ("/items/1/body/perspective", "not_in_enum"),
            ],
            &[("/items/2/body/happenedAt", "in_future")],
            &[
                ("/items/3/body/body", "required"),
                ("/items/3/body/perspective", "required"),
                ("/items/3/cycleId", "required"),
            ],
            &[("/items/4/networkId", "inconsistent")],
            &[("/items/5/cycleId", "required"), ("/items/5/networkId", "inconsistent")],
            &[("/items/6/action", "not_in_enum"), ("/items/6/more", "unknown_member")],
            &[("/items/7", "wrong_type")],
            &[("/items/8/action", "inconsistent")],
            &[("/items/9/action", "inconsistent")],
            &[("/items/10/body/perspective", "not_in_enum"), ("/items/10/body/perspective", "wrong_type")],
            &[("/items/11/body/reason", "required")],
            &[("/items/12/id", "required")],
            &[("/items/13/id", "inconsistent"), ("/items/13/ifMatch", "inconsistent")],
            &[("/items/14/body/frameShift", "required")],
            &[],
        ];
        for (at, (told, expected)) in told.iter().zip(expected).enumerate() {
            assert_eq!(told, expected, "item {at}");
        }
        assert_eq!(team.reader().get(cycle.path("observations")).expect(200).ids(), [seen]);
    });
}

#[test]
fn each_item_is_judged_as_its_operation_would_be() {
    both(|api| {
        let (team, closed_off) = (api.team(), api.team());
        let (cycle, elsewhere) = (team.cycle(), closed_off.cycle());
        let theirs = cycle.observe(json!({}));
        let secret = elsewhere.observe(json!({}));
        let guest = api.client(Part::GuestPractitioner);
        let invited = json!({"personId": api.person(Part::GuestPractitioner).id, "role": "practitioner"});
        api.founder().post(cycle.path("participants"), invited).expect(201);
        let items = [
            create("observation", ("cycleId", &cycle.id), observation()),
            create("observation", ("networkId", &team.id), observation()),
            create("pseudonym", ("networkId", &team.id), json!({})),
            create("observation", ("cycleId", &elsewhere.id), observation()),
            create("observation", ("cycleId", &new_id()), observation()),
            update("observation", &theirs, 1, json!({"tags": []})),
            update("observation", &secret, 1, json!({"tags": []})),
            create("return", ("questionId", &cycle.ask(json!({}))), crate::support::team::told()),
        ];
        let before = changes_of(api, &closed_off.id);
        let answer = send(&guest, &batch(&items));
        assert_eq!(statuses(&answer), [201, 404, 404, 404, 404, 403, 404, 403]);
        assert_eq!(changes_of(api, &closed_off.id), before);

        let answer = send(&team.reader(), &batch(&items[..2]));
        assert_eq!((statuses(&answer), codes(&answer)), (vec![403, 403], vec!["forbidden", "forbidden"]));
        let answer = send(&team.outsider(), &batch(&items[..6]));
        assert_eq!(statuses(&answer), [404; 6]);
        assert_eq!(answer["written"], false);
    });
}

#[test]
fn an_id_of_another_network_tells_nothing_of_its_record() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let (cycle, elsewhere) = (team.cycle(), other.cycle());
        let taken = elsewhere.observe(json!({}));
        let body = with(observation(), json!({"id": taken}));
        // The guest sees the one cycle and not the other.
        let invited = json!({"personId": api.person(Part::GuestPractitioner).id, "role": "practitioner"});
        api.founder().post(cycle.path("participants"), invited).expect(201);
        let answer = send(
            &api.client(Part::GuestPractitioner),
            &batch(&[create("observation", ("cycleId", &cycle.id), body)]),
        );
        assert_eq!((statuses(&answer), codes(&answer)), (vec![409], vec!["id_taken"]));
        assert_eq!(results(&answer)[0]["stored"], Value::Null);
    });
}

#[test]
fn an_archived_network_refuses_its_items_and_no_others() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let (cycle, open) = (team.cycle(), other.cycle());
        let (_, known) = named(observation());
        team.practitioner().post(cycle.path("observations"), known.clone()).expect(201);
        let seen = cycle.observe(json!({}));
        let archive = json!({"to": "archived", "reason": "Klaar."});
        team.coordinator().post(team.path("transitions"), archive).expect(200);
        let before = changes_of(api, &team.id);
        let place = ("cycleId", cycle.id.as_str());
        let items = [
            create("observation", place, observation()),
            create("observation", place, known),
            create("observation", place, with(observation(), json!({"questionId": new_id()}))),
            create("observation", ("cycleId", &open.id), observation()),
            update("observation", &seen, 1, json!({"tags": ["avond"]})),
            withdraw("observation", &seen),
        ];
        let answer = send(&team.practitioner(), &batch(&items));
        // What was sent before is there, archived or not.
        assert_eq!(statuses(&answer), [409, 200, 409, 201, 409, 409], "{}", answer.text);
        let archived = "network_archived";
        assert_eq!(codes(&answer), [archived, "", "reference_not_found", "", archived, archived]);
        assert_eq!(changes_of(api, &team.id), before);
    });
}

#[test]
fn a_closed_cycle_takes_what_happened_before_and_marks_it_late() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let before = ago(60);
        cycle.close();
        let place = ("cycleId", cycle.id.as_str());
        let (late, body) = named(with(observation(), json!({"happenedAt": before})));
        let items = [
            create("observation", place, body),
            create("observation", place, observation()),
            create("question", place, question()),
            create("reflection", place, reflection(&[&late])),
        ];
        let answer = send(&team.practitioner(), &batch(&items));
        assert_eq!(statuses(&answer), [201, 409, 409, 409]);
        assert_eq!(codes(&answer)[1..], ["cycle_closed"; 3]);
        let stored = team.reader().get(format!("/v1/observations/{late}")).expect(200);
        assert_eq!(stored["late"], true);
    });
}

#[test]
fn what_was_withdrawn_takes_no_change_later_in_the_batch() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let items = [
            withdraw("observation", &seen),
            withdraw("observation", &seen),
            update("observation", &seen, 2, json!({"tags": []})),
            create("reflection", ("cycleId", &cycle.id), reflection(&[&seen])),
            json!({"action": "update", "type": "observation", "id": seen, "body": {"tags": []}}),
        ];
        let answer = send(&team.practitioner(), &batch(&items));
        assert_eq!(statuses(&answer), [200, 409, 409, 409, 428]);
        let expected = ["", "move_not_allowed", "withdrawn", "reference_not_found", "precondition_required"];
        assert_eq!(codes(&answer), expected);
        assert_eq!(faults(&results(&answer)[3]), [("/items/3/body/observationIds/0", "not_found")]);
    });
}
