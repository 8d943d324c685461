//! Conflicts from the field are shown, not lost.

use serde_json::{Map, Value, json};

use super::{batch, create, named, results, send, statuses, update};
use crate::support::team::{observation, reflection, with};
use crate::support::{Part, both};

/// What a client does with a conflict: members that only one side changed are that side's, members that both changed
/// differently are left to a person, who here prefers their own.
fn merge(base: &Value, mine: &Value, stored: &Value) -> (Value, Vec<String>) {
    let (mut patch, mut asked) = (Map::new(), Vec::new());
    for (member, changed) in mine.as_object().expect("a patch") {
        let (was, is) = (&base[member], &stored[member]);
        if is == changed {
            continue;
        }
        if is != was {
            asked.push(member.clone());
        }
        patch.insert(member.clone(), changed.clone());
    }
    (Value::Object(patch), asked)
}

#[test]
fn a_stale_patch_comes_back_with_the_record_and_can_be_merged() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({"tags": ["zomer"], "voice": "quoted"}));
        let path = format!("/v1/observations/{seen}");
        let (phone, desk) = (team.practitioner(), team.practitioner());
        // The phone reads it and goes offline; the desk goes on.
        let base = phone.get(&path).expect(200).body;
        desk.patch(&path, 1, json!({"tags": ["zomer", "avond"], "body": "Ze spreekt niemand meer."}))
            .expect(200);
        let mine = json!({"voice": "own_words", "body": "Ze spreekt al maanden niemand."});
        let answer = send(&phone, &batch(&[update("observation", &seen, 1, mine.clone())]));
        assert_eq!(statuses(&answer), [412]);
        let result = &results(&answer)[0];
        assert_eq!(result["problem"]["code"], "version_mismatch");
        assert_eq!(result["problem"]["storedVersion"], 2);
        let stored = &result["stored"];
        assert_eq!(stored, &phone.get(&path).expect(200).body, "as a GET shows it");

        let (patch, asked) = merge(&base, &mine, stored);
        assert_eq!(asked, ["body"], "both changed it");
        let version = stored["version"].as_i64().expect("a version");
        let merged = send(&phone, &batch(&[update("observation", &seen, version, patch)]));
        assert_eq!(statuses(&merged), [200]);
        let record = phone.get(&path).expect(200);
        assert_eq!(record["tags"], json!(["zomer", "avond"]), "the desk's");
        assert_eq!((&record["voice"], &record["body"]), (&mine["voice"], &mine["body"]), "the phone's");
    });
}

#[test]
fn a_stale_withdrawal_and_an_id_with_other_content_show_the_record_too() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let client = team.practitioner();
        let (seen, body) = named(observation());
        client.post(cycle.path("observations"), body.clone()).expect(201);
        client.patch(format!("/v1/observations/{seen}"), 1, json!({"tags": ["avond"]})).expect(200);
        let stale = json!({
            "action": "withdraw", "type": "observation", "id": seen, "ifMatch": 1, "body": {"reason": "Dubbel gelogd."}
        });
        let other =
            create("observation", ("cycleId", &cycle.id), with(body, json!({"body": "Iets anders."})));
        let answer = send(&client, &batch(&[stale, other]));
        assert_eq!(
            (statuses(&answer), super::codes(&answer)),
            (vec![412, 409], vec!["version_mismatch", "id_reused"])
        );
        for result in results(&answer) {
            assert_eq!((&result["id"], &result["stored"]["version"]), (&json!(seen), &json!(2)));
        }
        assert_eq!(results(&answer)[1]["problem"]["storedVersion"], 2);
    });
}

#[test]
fn what_the_caller_may_not_change_is_not_shown_by_trying() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let private = json!({"visibility": "author"});
        let thought = cycle.reflect(&[&seen], private.clone());
        let stale = |kind, id| update(kind, id, 9, json!({}));
        let items = [stale("observation", &seen), stale("reflection", &thought)];
        let answer = send(&api.client(Part::Facilitator), &batch(&items));
        assert_eq!(statuses(&answer), [403, 404]);
        for result in results(&answer) {
            assert_eq!(result["stored"], Value::Null);
        }
        // Nor by an id: the reflection is its author's alone.
        let taken = with(reflection(&[&seen]), json!({"id": thought}));
        let answer = send(
            &api.client(Part::Facilitator),
            &batch(&[create("reflection", ("cycleId", &cycle.id), taken)]),
        );
        assert_eq!(super::codes(&answer), ["id_taken"]);
        assert_eq!(results(&answer)[0]["stored"], Value::Null);
    });
}
