//! What was exported is imported: from one server into another on the other database, in either form.

use serde_json::{Value, json};

use super::{CSV, JSON_LINES, NASTY, export, import, lines, told};
use crate::support::team::{Cycle, frame_shift, with};
use crate::support::{Api, Kind, Part};

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
    cycle.act(&[&deep], json!({"description": nasty(9), "dueOn": "2030-02-28", "carriedOutBy": "joint"}));
    cycle.act(&[&deep, &plain], json!({}));
}

fn list(cycle: &Cycle, collection: &str) -> String {
    if collection == "pseudonyms" { cycle.team.path(collection) } else { cycle.path(collection) }
}

/// What is exported of a kind, cut to what a create takes.
fn told_of(cycle: &Cycle, collection: &str, members: &[&str]) -> Vec<Value> {
    let text = export(&cycle.team.practitioner(), &list(cycle, collection), JSON_LINES).expect(200).text;
    let mut records = lines(&text);
    for record in &mut records {
        record.as_object_mut().expect("an object").retain(|member, _| members.contains(&member.as_str()));
    }
    // Pseudonyms are listed by when they were made, which is another time elsewhere.
    records.sort_by_key(|record| record["id"].to_string());
    records
}

/// Takes all of a cycle along to a fresh one on another server.
fn migrate(from: &Api, to: &Api, media_type: &str) {
    let (old, new) = (from.team(), to.team());
    let (left, arrived) = (old.cycle(), new.cycle());
    fill(&left);
    let owners = (&from.person(Part::Practitioner).id, &to.person(Part::Practitioner).id);
    for (collection, members) in MEMBERS {
        let file = export(&old.practitioner(), &list(&left, collection), media_type).expect(200).text;
        let file = file.replace(owners.0, owners.1);
        let kind = collection.trim_end_matches('s');
        let query = format!("imports?type={kind}&columns=%7B%22%2A%22%3Anull%7D");
        let path = if kind == "pseudonym" { new.path(&query) } else { arrived.path(&query) };
        let dry = told(&import(&new.practitioner(), &format!("{path}&dryRun=true"), media_type, &file));
        let report = told(&import(&new.practitioner(), &path, media_type, &file));
        let count = told_of(&left, collection, members).len() as u64;
        assert!(count > 1, "{collection}");
        assert_eq!(
            (report.count("created"), report.lines()),
            (count, vec![]),
            "{collection} as {media_type}"
        );
        assert_eq!((dry.count("created"), dry.lines()), (count, vec![]), "{collection} as {media_type}");
        assert_eq!(
            told_of(&arrived, collection, members),
            told_of(&left, collection, members),
            "{collection} as {media_type}"
        );
        let again = told(&import(&new.practitioner(), &path, media_type, &file));
        assert_eq!((again.count("replayed"), again.count("created")), (count, 0), "{collection}");
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
