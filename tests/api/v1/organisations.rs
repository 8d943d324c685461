//! Organisations: partners of the work, kept by administrators.

use serde_json::{Value, json};

use crate::support::{Part, both};

#[test]
fn an_organisation_has_a_kind_and_may_have_a_place() {
    both(|api| {
        let made = api
            .founder()
            .post("/v1/organisations", json!({"name": api.unique("Zorggroep"), "kind": "care"}))
            .expect(201);
        assert_eq!((&made["kind"], &made["locality"]), (&json!("care"), &Value::Null));
        let path = format!("/v1/organisations/{}", made.id());
        let patched = api
            .client(Part::Admin)
            .patch(&path, 1, json!({"locality": "Heumen", "kind": "welfare"}))
            .expect(200);
        assert_eq!(
            (&patched["kind"], &patched["locality"], &patched["name"]),
            (&json!("welfare"), &json!("Heumen"), &made["name"])
        );
        assert_eq!(api.client(Part::Outsider).get(&path).expect(200).body, patched.body);
        api.founder()
            .post("/v1/organisations", json!({"name": "X", "kind": "shop"}))
            .errors(&[("/kind", "not_in_enum")]);
    });
}
