//! Prices are drafted, published, and then never change.

mod imports;

use serde_json::{Value, json};

use crate::support::prices::{price, publication};
use crate::support::{Request, both, stored};

#[test]
fn what_is_published_stays_as_it_is() {
    both(|api| {
        let id = api.draft_prices(&[price("OPV", json!({"amount": "0.30"}))]);
        let path = format!("/v1/price-list-versions/{id}");
        let founder = api.founder();
        let body = json!({"note": "Duurder.", "validFromOn": "2026-07-01"});
        founder.patch(&path, 1, body).expect(200);
        founder.send(publication(&id, 1)).refused(412, "version_mismatch");
        founder
            .send(Request::new("POST", format!("{path}/transitions")).json(&json!({"to": "published"})))
            .refused(428, "precondition_required");
        let published = founder.send(publication(&id, 2)).expect(200);
        assert_eq!((&published["state"], published.version()), (&json!("published"), 3));
        assert_eq!(published["prices"][0]["amount"], "0.30", "to the last digit as it was written");
        assert!(published["publishedAt"].is_string());
        founder.patch(&path, 3, json!({"note": null})).refused(409, "published");
        founder.patch(&path, 3, json!({"prices": []})).refused(409, "published");
        founder.send(publication(&id, 3)).refused(409, "move_not_allowed");
        assert_eq!(founder.get(&path).expect(200).body, published.body);
        let changes = "SELECT count(*) FROM changes WHERE kind = 'price_list_version.published'";
        assert!(stored::number(api.kind, &api.server.database_url, changes) >= 1);
    });
}

#[test]
fn nothing_is_published_empty() {
    both(|api| {
        let id = api.draft_prices(&[]);
        api.founder().send(publication(&id, 1)).refused(409, "no_prices");
    });
}

#[test]
fn a_price_is_a_decimal_number_with_a_year_a_payer_and_a_source() {
    both(|api| {
        let versions = format!("/v1/price-lists/{}/versions", api.price_list());
        let founder = api.founder();
        let post =
            |prices: Value| founder.post(&versions, json!({"validFromOn": "2026-01-01", "prices": prices}));
        let mut no_source = price("B", json!({}));
        no_source.as_object_mut().expect("an object").remove("source");
        post(json!([
            price("A", json!({"amount": 12.5})),
            no_source,
            price("C", json!({"amount": "12,50", "priceYear": 1066})),
            price("D", json!({"amount": "1000000000", "payer": "grandma", "unit": "mile"})),
            price("E", json!({"amount": "-1"})),
            price("F", json!({"amount": "1.00001"})),
        ]))
        .errors(&[
            ("/prices/0/amount", "wrong_type"),
            ("/prices/1/source", "required"),
            ("/prices/2/amount", "bad_format"),
            ("/prices/2/priceYear", "out_of_range"),
            ("/prices/3/amount", "bad_format"),
            ("/prices/3/payer", "not_in_enum"),
            ("/prices/3/unit", "not_in_enum"),
            ("/prices/4/amount", "bad_format"),
            ("/prices/5/amount", "bad_format"),
        ]);
        post(json!([
            price("A", json!({"low": "100.01", "high": "110"})),
            price("A", json!({"low": "90"})),
            price("B", json!({"sourceUrl": "javascript:alert(1)"})),
        ]))
        .errors(&[
            ("/prices/0/low", "inconsistent"),
            ("/prices/1/high", "required"),
            ("/prices/1/code", "duplicate"),
            ("/prices/2/sourceUrl", "bad_format"),
        ]);
        post(json!([price("A", json!({"amount": "999999999.9999"}))])).expect(201);
    });
}
