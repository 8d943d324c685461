//! Changes of one kind that follow each other are made together, and come to what each comes to by itself.

use serde_json::{Value, json};

use super::{atomic, batch, codes, create, faults, results, send, statuses, update, withdraw};
use crate::support::stored::{self, changes_of, hex};
use crate::support::team::{Team, frame_shift, new_id, observation, with};
use crate::support::{Api, Part, both};

/// Three records of a kind that differ in nothing but their ids.
fn three(api: &Api, team: &Team<'_>, kind: &str) -> Vec<String> {
    let cycle = team.cycle();
    let owner = api.person(Part::Facilitator).id.clone();
    let (asked, seen) = (cycle.ask(json!({})), cycle.observe(json!({})));
    let thought = cycle.reflect(&[&seen], json!({}));
    let tried = cycle.act(&[&thought], json!({}));
    let make = || match kind {
        "pseudonym" => team.pseudonym(),
        "question" => cycle.ask(json!({})),
        "observation" => cycle.observe(json!({"tags": ["avond"]})),
        "reflection" => cycle.reflect(&[&seen], json!({})),
        "action" => cycle.act(&[&thought], json!({"ownerId": owner})),
        "evaluation" => cycle.evaluate(&tried, json!({})),
        _ => cycle.tell(&asked, json!({})),
    };
    (0..3).map(|_| make()).collect()
}

/// What a kind's records are changed to: every member that can be.
fn patch(api: &Api, team: &Team<'_>, kind: &str) -> Option<Value> {
    let theme = || api.founder().post("/v1/themes", json!({"title": api.unique("Slapen")})).expect(201).id();
    let organisation = api.organisation();
    Some(match kind {
        "pseudonym" => json!({"ageBand": "age_18_26", "area": "Beuningen"}),
        "question" => json!({
            "text": "Wat nu?",
            "pseudonymId": team.pseudonym(),
            "lifeDomains": ["Wonen"],
        }),
        "observation" => json!({
            "body": "Anders gezien.",
            "perspective": "system",
            "voice": null,
            "aboutPseudonymIds": [team.pseudonym()],
            "onBehalfOfPseudonymId": team.pseudonym(),
            "themeIds": [theme()],
            "lifeDomains": ["Geld"],
            "tags": ["veld"],
        }),
        "reflection" => json!({"loopDepth": "double", "frameShift": frame_shift(), "visibility": "network"}),
        "action" => json!({
            "description": "Anders proberen.",
            "kind": "experiment",
            "carriedOutBy": "informal",
            "dueOn": "2099-01-01",
            "challenges": {"organisationId": organisation, "rule": "Eerst een indicatie.", "answer": "changed"},
        }),
        _ => return None,
    })
}

/// A record without what is its own.
fn shape(record: Value) -> Value {
    with(record, json!({"id": null, "label": null, "createdAt": null, "updatedAt": null, "happenedAt": null}))
}

const KINDS: [(&str, &str); 7] = [
    ("pseudonym", "pseudonyms"),
    ("question", "questions"),
    ("observation", "observations"),
    ("reflection", "reflections"),
    ("action", "actions"),
    ("evaluation", "evaluations"),
    ("return", "returns"),
];

#[test]
fn changes_made_together_store_what_single_ones_store() {
    both(|api| {
        let team = api.team();
        for (kind, collection) in KINDS {
            let ids = three(api, &team, kind);
            // Their author: returns are a facilitator's alone.
            let client = if kind == "return" { team.facilitator() } else { team.practitioner() };
            let path = |id: &str| format!("/v1/{collection}/{id}");
            let read = |id: &str| shape(client.get(path(id)).expect(200).body);
            let mut version = 1;
            if let Some(patch) = patch(api, &team, kind) {
                client.patch(path(&ids[0]), 1, patch.clone()).expect(200);
                let items: Vec<Value> =
                    ids[1..].iter().map(|id| update(kind, id, 1, patch.clone())).collect();
                assert_eq!(statuses(&send(&client, &batch(&items))), [200, 200], "{kind}");
                version = 2;
                let alone = read(&ids[0]);
                for (member, value) in patch.as_object().expect("members") {
                    assert_eq!(&alone[member], value, "{kind} {member}");
                }
                assert!(ids[1..].iter().all(|id| read(id) == alone), "{kind}: {alone}");
            }
            if kind != "pseudonym" {
                let moved = json!({"to": "withdrawn", "reason": "Dubbel gelogd."});
                client.post(format!("{}/transitions", path(&ids[0])), moved).expect(200);
                let items: Vec<Value> = ids[1..].iter().map(|id| withdraw(kind, id)).collect();
                let answer = send(&client, &atomic(&items));
                assert_eq!(statuses(&answer), [200, 200], "{kind}");
                assert!(results(&answer).iter().all(|result| result["version"] == version + 1));
                let alone = read(&ids[0]);
                assert_eq!(
                    (&alone["state"], &alone["stateReason"]),
                    (&json!("withdrawn"), &json!("Dubbel gelogd."))
                );
                assert!(ids[1..].iter().all(|id| read(id) == alone), "{kind}: {alone}");
            }
        }
    });
}

#[test]
fn what_cannot_be_changed_leaves_the_others_their_change() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen: Vec<String> = (0..5).map(|_| cycle.observe(json!({}))).collect();
        cycle.withdraw("observations", &seen[4]);
        let tags = json!({"tags": ["veld"]});
        let items = [
            update("observation", &seen[0], 1, tags.clone()),
            update("observation", &seen[1], 7, tags.clone()),
            update("observation", &seen[2], 1, json!({"aboutPseudonymIds": [new_id()]})),
            update("observation", &new_id(), 1, tags.clone()),
            update("observation", &seen[4], 2, tags.clone()),
            update("observation", &seen[0], 2, json!({"tags": ["twee"]})),
            update("observation", &seen[0], 2, json!({"tags": ["drie"]})),
        ];
        let answer = send(&team.practitioner(), &batch(&items));
        assert_eq!(statuses(&answer), [200, 412, 409, 404, 409, 200, 412], "{}", answer.text);
        assert_eq!(codes(&answer)[2], "reference_not_found");
        assert_eq!(faults(&results(&answer)[2]), [("/items/2/body/aboutPseudonymIds/0", "not_found")]);
        assert_eq!(results(&answer)[1]["stored"]["id"], json!(seen[1]));
        assert_eq!(results(&answer)[6]["stored"]["tags"], json!(["twee"]));
        let reader = team.reader();
        let tags = |id: &str| reader.get(format!("/v1/observations/{id}")).expect(200)["tags"].clone();
        assert_eq!((tags(&seen[0]), tags(&seen[1])), (json!(["twee"]), json!([])));
    });
}

#[test]
fn a_move_is_made_once_however_often_it_is_sent() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let ids: Vec<String> = (0..3).map(|_| cycle.observe(json!({}))).collect();
        let client = team.practitioner();
        let moves: Vec<Value> = ids
            .iter()
            .map(|id| {
                with(
                    withdraw("observation", id),
                    json!({"body": {"id": new_id(), "reason": "Dubbel gelogd."}}),
                )
            })
            .collect();
        assert_eq!(statuses(&send(&client, &batch(&moves))), [200; 3]);
        let told = changes_of(api, &team.id).len();
        let answer = send(&client, &batch(&moves));
        assert_eq!((statuses(&answer), &answer["written"]), (vec![200; 3], &json!(false)));
        assert_eq!(changes_of(api, &team.id).len(), told);
        // The same move for another record, in one batch with a new one.
        let taken =
            with(withdraw("observation", &cycle.observe(json!({}))), json!({"body": moves[0]["body"]}));
        let fresh = withdraw("observation", &cycle.observe(json!({})));
        let answer = send(&client, &batch(&[taken, fresh]));
        assert_eq!(statuses(&answer), [409, 200]);
        assert_eq!(codes(&answer)[0], "id_taken");
    });
}

#[test]
fn a_network_with_a_webhook_keeps_what_each_was_like() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let hook = json!({"url": "https://hooks.example.org/in", "kinds": ["observation.*"]});
        team.coordinator().post(team.path("webhooks"), hook).expect(201);
        let seen: Vec<String> = (0..3).map(|_| cycle.observe(json!({}))).collect();
        let mut items: Vec<Value> =
            seen.iter().map(|id| update("observation", id, 1, json!({"tags": [id[..8]]}))).collect();
        items.push(create("observation", ("cycleId", &cycle.id), observation()));
        assert_eq!(statuses(&send(&team.practitioner(), &batch(&items))), [200, 200, 200, 201]);
        let last = i64::try_from(changes_of(api, &team.id).len()).expect("few");
        let network = team.id.replace('-', "");
        for (id, number) in seen.iter().zip(last - 3..) {
            let kept = format!(
                "SELECT count(*) FROM change_snapshots WHERE {} = '{network}' AND number = {number} \
                 AND record LIKE '%\"id\":\"{id}\"%' AND record LIKE '%[\"{}\"]%'",
                hex(api.kind, "network_id"),
                &id[..8],
            );
            assert_eq!(stored::number(api.kind, &api.server.database_url, &kept), 1, "{number}");
        }
    });
}
