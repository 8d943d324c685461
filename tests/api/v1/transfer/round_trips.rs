//! What was exported is imported: from one server into another on the other database, in either form.

use serde_json::{Value, json};

use super::{CSV, JSON_LINES, NASTY, export, import, lines, told};
use crate::support::team::{Cycle, frame_shift, with};
use crate::support::{Api, Client, Kind, Part};

/// What a create takes of each kind; the rest is the server's.
const MEMBERS: [(&str, &[&str]); 5] = [
    ("pseudonyms", &["id", "ageBand", "area"]),
    ("questions", &["id", "text", "pseudonymId", "lifeDomains", "competenceIds", "happenedAt"]),
    (
        "observations",
        &[
            "id",
            "body",
            "perspective",
            "voice",
            "questionId",
            "aboutPseudonymIds",
            "onBehalfOfPseudonymId",
            "themeIds",
            "lifeDomains",
            "tags",
            "happenedAt",
        ],
    ),
    (
        "reflections",
        &[
            "id",
            "observationIds",
            "model",
            "answers",
            "loopDepth",
            "frameShift",
            "participantIds",
            "visibility",
            "happenedAt",
        ],
    ),
    (
        "actions",
        &["id", "reflectionIds", "description", "kind", "carriedOutBy", "challenges", "dueOn", "happenedAt"],
    ),
];

/// A cycle that has something of everything, with texts that go wrong easily.
fn fill(cycle: &Cycle) {
    let team = cycle.team;
    let nasty = |at: usize| NASTY[at % NASTY.len()];
    let area = json!({"ageBand": "age_65_79", "area": "=Heumen"});
    let about = team.practitioner().post(team.path("pseudonyms"), area).expect(201).id();
    team.pseudonym();
    let question =
        cycle.ask(json!({"text": nasty(0), "pseudonymId": about, "lifeDomains": ["zin; geven", "-"]}));
    cycle.ask(json!({"text": nasty(4)}));
    let mut seen = Vec::new();
    for (at, text) in NASTY.iter().enumerate() {
        let tags: Vec<&str> = [nasty(at), nasty(at + 1), nasty(at + 2)]
            .into_iter()
            .filter(|tag| tag.chars().count() <= 50)
            .collect();
        let body = json!({
            "body": text, "tags": tags, "happenedAt": format!("2024-01-01T00:00:{at:02}.123456Z"),
            "voice": if at % 2 == 0 { json!("quoted") } else { Value::Null },
            "questionId": if at % 3 == 0 { json!(question) } else { Value::Null },
            "aboutPseudonymIds": if at % 4 == 0 { json!([about]) } else { json!([]) },
        });
        seen.push(cycle.observe(body));
    }
    let shift = with(frame_shift(), json!({"disruption": "=1+1\n\"zo\""}));
    let deep = cycle.reflect(
        &[&seen[0], &seen[1]],
        json!({"loopDepth": "double", "frameShift": shift, "answers": [{"promptId": "free", "text": nasty(7)}]}),
    );
    let plain = cycle.reflect(&[&seen[2]], json!({}));
    cycle.reflect(&[&seen[2]], json!({"visibility": "author"}));
    let done =
        cycle.act(&[&deep], json!({"description": nasty(9), "dueOn": "2030-02-28", "carriedOutBy": "joint"}));
    cycle.act(&[&deep, &plain], json!({}));
    for (at, text) in NASTY.iter().enumerate() {
        cycle.evaluate(&done, json!({"seenEffect": text, "beneficiaries": nasty(at + 1)}));
        cycle.tell(&question, json!({"text": text, "response": nasty(at + 1), "recognised": "partly"}));
    }
    cycle.evaluate(&done, json!({}));
    cycle.tell(&question, json!({}));
}

/// What lies below other records: its kind, the collection of its parents, and what a create takes.
const BELOW: [(&str, &str, &[&str]); 2] = [
    (
        "evaluation",
        "actions",
        &["id", "expectedEffect", "seenEffect", "verdict", "judgedBy", "beneficiaries", "happenedAt"],
    ),
    ("return", "questions", &["id", "text", "recognised", "response", "happenedAt"]),
];

fn list(cycle: &Cycle, collection: &str) -> String {
    if collection == "pseudonyms" { cycle.team.path(collection) } else { cycle.path(collection) }
}

/// What is exported of a list, cut to what a create takes.
fn told_of(cycle: &Cycle, list: &str, members: &[&str]) -> Vec<Value> {
    let text = export(&cycle.team.practitioner(), list, JSON_LINES).expect(200).text;
    let mut records = lines(&text);
    for record in &mut records {
        record.as_object_mut().expect("an object").retain(|member, _| members.contains(&member.as_str()));
    }
    // Pseudonyms are listed by when they were made, which is another time elsewhere.
    records.sort_by_key(|record| record["id"].to_string());
    records
}

/// Takes what is in a list into the cycle, and compares it with what then is in the list there.
fn take(
    client: &Client,
    [left, arrived]: [&Cycle; 2],
    path: &str,
    [there, here]: [&str; 2],
    members: &[&str],
    media_type: &str,
) {
    let (old, new) = (left.team, arrived.team);
    let owners = [old.api, new.api].map(|api| &api.person(Part::Practitioner).id);
    let file = export(&old.practitioner(), there, media_type).expect(200).text;
    let file = file.replace(owners[0], owners[1]);
    let path = format!("{path}&columns=%7B%22%2A%22%3Anull%7D");
    let dry = told(&import(client, &format!("{path}&dryRun=true"), media_type, &file));
    let report = told(&import(client, &path, media_type, &file));
    let count = told_of(left, there, members).len() as u64;
    assert!(count > 1, "{there}");
    assert_eq!((report.count("created"), report.lines()), (count, vec![]), "{there} as {media_type}");
    assert_eq!((dry.count("created"), dry.lines()), (count, vec![]), "{there} as {media_type}");
    assert_eq!(told_of(arrived, here, members), told_of(left, there, members), "{there} as {media_type}");
    let again = told(&import(client, &path, media_type, &file));
    assert_eq!((again.count("replayed"), again.count("created")), (count, 0), "{there}");
}

/// Takes all of a cycle along to a fresh one on another server.
fn migrate(from: &Api, to: &Api, media_type: &str) {
    let (old, new) = (from.team(), to.team());
    let (left, arrived) = (old.cycle(), new.cycle());
    fill(&left);
    for (collection, members) in MEMBERS {
        let query = format!("imports?type={}", collection.trim_end_matches('s'));
        let path = if collection == "pseudonyms" { new.path(&query) } else { arrived.path(&query) };
        let lists = [&left, &arrived].map(|cycle| list(cycle, collection));
        take(
            &new.practitioner(),
            [&left, &arrived],
            &path,
            lists.each_ref().map(String::as_str),
            members,
            media_type,
        );
    }
    for (kind, parents, members) in BELOW {
        let parents = told_of(&left, &left.path(parents), &["id"]);
        let listed = |parent: &Value| match kind {
            "evaluation" => format!("/v1/actions/{}/evaluations", parent["id"].as_str().expect("an id")),
            _ => format!("/v1/questions/{}/returns", parent["id"].as_str().expect("an id")),
        };
        let full = parents.iter().map(listed).filter(|list| !told_of(&left, list, members).is_empty());
        let full: Vec<String> = full.collect();
        assert!(!full.is_empty(), "{kind}");
        for list in &full {
            let path = arrived.path(&format!("imports?type={kind}"));
            take(&new.facilitator(), [&left, &arrived], &path, [list, list], members, media_type);
        }
    }
}

#[test]
fn a_cycle_moves_to_another_server() {
    let (sqlite, postgres) = (Api::shared(Kind::Sqlite), Api::shared(Kind::Postgres));
    migrate(sqlite, postgres, CSV);
    migrate(postgres, sqlite, JSON_LINES);
    migrate(postgres, sqlite, CSV);
    migrate(sqlite, postgres, JSON_LINES);
}
