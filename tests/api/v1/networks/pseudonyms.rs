//! Pseudonyms: somebody without a name.

use std::collections::{BTreeSet, HashSet};
use std::sync::Mutex;

use serde_json::{Value, json};

use crate::support::team::{new_id, with};
use crate::support::{Request, both};

#[test]
fn the_server_makes_the_label_and_a_name_has_no_place() {
    both(|api| {
        let team = api.team();
        let practitioner = team.practitioner();
        let labels: HashSet<String> = (0..10)
            .map(|_| practitioner.post(team.path("pseudonyms"), json!({})).expect(201).text_of("label"))
            .collect();
        assert_eq!(labels.len(), 10, "each label is another one");
        practitioner
            .post(team.path("pseudonyms"), json!({"label": "Mevrouw Jansen"}))
            .errors(&[("/label", "unknown_member")]);
        practitioner
            .post(team.path("pseudonyms"), json!({"name": "Mevrouw Jansen"}))
            .errors(&[("/name", "unknown_member")]);
        practitioner
            .post(team.path("pseudonyms"), json!({"ageBand": "82"}))
            .errors(&[("/ageBand", "not_in_enum")]);
    });
}

#[test]
fn what_is_known_can_be_corrected_and_taken_away() {
    both(|api| {
        let team = api.team();
        let made = team
            .practitioner()
            .post(team.path("pseudonyms"), json!({"ageBand": "age_80_plus", "area": "Dukenburg"}))
            .expect(201);
        let path = format!("/v1/pseudonyms/{}", made.id());
        let patched = team
            .expert()
            .patch(&path, made.version(), json!({"area": null, "ageBand": "age_65_79"}))
            .expect(200);
        assert_eq!(
            (&patched["area"], &patched["ageBand"], &patched["label"]),
            (&Value::Null, &json!("age_65_79"), &made["label"])
        );
    });
}

#[test]
fn a_label_is_drawn_at_random_and_follows_from_nothing() {
    // The same body under the same id, on two servers.
    let (id, drawn) = (new_id(), Mutex::new(HashSet::new()));
    both(|api| {
        let team = api.team();
        let practitioner = team.practitioner();
        let body = json!({"id": id, "ageBand": "age_65_79", "area": "Dukenburg"});
        let made = practitioner.post(team.path("pseudonyms"), body).expect(201);
        drawn.lock().expect("one at a time").insert(made.text_of("label"));

        let import = Request::new("POST", team.path("imports?type=pseudonym"));
        practitioner.send(import.raw("application/jsonl", "{}\n".repeat(199))).expect(200);
        let listed = practitioner.get(team.path("pseudonyms?limit=200")).expect(200);
        let labels: Vec<&str> = listed.items().iter().filter_map(|item| item["label"].as_str()).collect();
        assert_eq!(
            (labels.len(), labels.iter().collect::<HashSet<_>>().len()),
            (200, 200),
            "each is another one"
        );
        for place in 0..5 {
            let letters: HashSet<char> =
                labels.iter().filter_map(|label| label.strip_prefix("P-")?.chars().nth(place)).collect();
            assert!(letters.len() > 20, "place {place} has any letter: {letters:?}");
        }
        assert!(!labels.is_sorted() && !labels.iter().rev().is_sorted(), "they tell no order");
    });
    assert_eq!(drawn.into_inner().expect("unpoisoned").len(), 2, "it is not made of the id or the body");
}

#[test]
fn there_is_no_place_for_who_is_behind_it() {
    both(|api| {
        let team = api.team();
        let (path, practitioner) = (team.path("pseudonyms"), team.practitioner());
        let known = format!("/v1/pseudonyms/{}", team.pseudonym());
        for member in
            ["birthDate", "bornOn", "age", "address", "postcode", "email", "phone", "personId", "note"]
        {
            let body = with(json!({}), json!({member: "x"}));
            let pointer = format!("/{member}");
            practitioner.post(&path, body.clone()).errors(&[(&pointer, "unknown_member")]);
            practitioner.patch(&known, 1, body).errors(&[(&pointer, "unknown_member")]);
        }
    });
}

/// Neither the table of pseudonyms nor one that names them has room for what would lead to somebody.
#[test]
fn no_table_leads_from_a_pseudonym_to_somebody() {
    let schema = include_str!("../../../../src/db/schema.rs");
    let tables: Vec<(&str, BTreeSet<&str>)> = schema
        .split("table! {")
        .skip(1)
        .filter_map(|block| {
            let head = block.lines().map(str::trim).find(|line| line.ends_with(") {"))?;
            let columns = block.lines().filter_map(|line| Some(line.trim().split_once(" -> ")?.0));
            Some((head.split(" (").next()?, columns.collect()))
        })
        .collect();
    let (_, own) = tables.iter().find(|(table, _)| *table == "pseudonyms").expect("the table");
    let allowed = [
        "age_band",
        "area",
        "created_at",
        "created_by",
        "digest",
        "id",
        "label",
        "network_id",
        "updated_at",
        "version",
    ];
    assert_eq!(*own, BTreeSet::from(allowed));
    let naming =
        tables.iter().filter(|(_, columns)| columns.iter().any(|column| column.contains("pseudonym")));
    let naming: Vec<_> = naming.collect();
    assert!(naming.len() >= 6, "those are found that name them: {naming:?}");
    for (table, columns) in naming {
        for trace in ["name", "email", "phone", "birth", "born", "address", "postcode", "bsn"] {
            let leads = columns.iter().find(|column| column.split('_').any(|word| word == trace));
            assert_eq!(leads, None, "{table} leads to somebody");
        }
    }
}
