//! Price lists are kept by administrators for an organisation, version by version.

use serde_json::json;

use crate::support::prices::{price, publication};
use crate::support::team::new_id;
use crate::support::{Part, both};

#[test]
fn a_list_belongs_to_its_organisation_and_is_for_everyone_to_read() {
    both(|api| {
        let (organisation, other) = (api.organisation(), api.organisation());
        let lists = format!("/v1/organisations/{organisation}/price-lists");
        let founder = api.founder();
        let body = json!({"id": new_id(), "name": "Prijzen wijkteam"});
        let made = founder.post(&lists, body.clone()).expect(201);
        assert_eq!((&made["organisationId"], &made["description"]), (&json!(organisation), &json!(null)));
        let elsewhere = format!("/v1/organisations/{other}/price-lists");
        founder.post(&elsewhere, body).refused(409, "id_taken");
        let path = format!("/v1/price-lists/{}", made.id());
        let changed = founder.patch(&path, 1, json!({"description": "Van 2026."})).expect(200);
        let outsider = api.client(Part::Outsider);
        assert_eq!(outsider.get(&path).expect(200).body, changed.body);
        assert_eq!(outsider.get(&lists).expect(200).items(), std::slice::from_ref(&changed.body));
        assert!(outsider.get(&elsewhere).expect(200).items().is_empty());
        outsider.patch(&path, 2, json!({"name": "X"})).refused(403, "forbidden");
        founder.patch(&path, 1, json!({"name": "X"})).refused(412, "version_mismatch");
        outsider.get(format!("/v1/organisations/{}/price-lists", new_id())).refused(404, "not_found");
        founder
            .post(format!("/v1/organisations/{}/price-lists", new_id()), json!({"name": "X"}))
            .refused(404, "not_found");
    });
}

#[test]
fn versions_are_numbered_and_drafts_are_for_administrators_alone() {
    both(|api| {
        let versions = format!("/v1/price-lists/{}/versions", api.price_list());
        let founder = api.founder();
        let draft = |day: &str| {
            let body = json!({"validFromOn": day, "prices": [price("OPV", json!({}))]});
            founder.post(&versions, body).expect(201)
        };
        let (first, second) = (draft("2025-01-01"), draft("2026-01-01"));
        assert_eq!((&first["number"], &second["number"]), (&json!(1), &json!(2)));
        assert_eq!((&second["state"], &second["publishedAt"]), (&json!("draft"), &json!(null)));
        founder.send(publication(&first.id(), 1)).expect(200);
        let reader = api.client(Part::Reader);
        let shown = reader.get(&versions).expect(200);
        assert_eq!(shown.ids(), [first.id()]);
        assert!(shown.items()[0]["prices"].is_null(), "a list of versions has no prices");
        assert_eq!(shown.items()[0]["validFromOn"], "2025-01-01");
        assert!(reader.get(format!("{versions}?state=draft")).expect(200).items().is_empty());
        assert_eq!(founder.get(&versions).expect(200).ids(), [second.id(), first.id()]);
        assert_eq!(founder.get(format!("{versions}?state=draft")).expect(200).ids(), [second.id()]);
        reader.get(format!("/v1/price-list-versions/{}", second.id())).refused(404, "not_found");
        let whole = reader.get(format!("/v1/price-list-versions/{}", first.id())).expect(200);
        assert_eq!(whole["prices"], json!([price("OPV", json!({}))]));
    });
}
