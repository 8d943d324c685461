//! Pseudonyms: somebody without a name.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::support::both;

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
