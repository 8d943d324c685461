//! Price lists, and calculations with them.

use serde_json::{Value, json};

use super::client::Request;
use super::people::Api;
use super::team::with;

/// A price of a hundred euro a day, that the municipality pays.
pub fn price(code: &str, members: Value) -> Value {
    let price = json!({
        "code": code, "label": "Voorbeeld", "unit": "day", "amount": "100.00", "priceYear": 2026,
        "payer": "municipality", "source": "Voorbeeldprijs, verzonnen",
    });
    with(price, members)
}

/// From the first day to the last, both included.
pub fn entry(version: &str, code: &str, days: (&str, &str), members: Value) -> Value {
    let entry = json!({
        "description": "Opvang", "kind": "support", "priceListVersionId": version, "priceCode": code,
        "quantity": "1", "per": "day", "fromOn": days.0, "untilOn": days.1, "cashable": false,
        "basis": "expected",
    });
    with(entry, members)
}

impl Api {
    /// A price list of an organisation of its own.
    pub fn price_list(&self) -> String {
        let lists = format!("/v1/organisations/{}/price-lists", self.organisation());
        self.founder().post(lists, json!({"name": self.unique("Prijzen")})).expect(201).id()
    }

    /// A draft of a list of its own.
    pub fn draft_prices(&self, prices: &[Value]) -> String {
        let versions = format!("/v1/price-lists/{}/versions", self.price_list());
        let body = json!({"validFromOn": "2026-01-01", "prices": prices});
        self.founder().post(versions, body).expect(201).id()
    }

    /// A published version of a list of its own.
    pub fn published_prices(&self, prices: &[Value]) -> String {
        let id = self.draft_prices(prices);
        self.founder().send(publication(&id, 1)).expect(200);
        id
    }
}

/// What publishes a version as it was read.
pub fn publication(id: &str, version: i64) -> Request {
    Request::new("POST", format!("/v1/price-list-versions/{id}/transitions"))
        .if_match(version)
        .json(&json!({"to": "published"}))
}

/// A file for a draft as it was read.
pub fn price_file(id: &str, version: i64, query: &str, file: &str) -> Request {
    Request::new("POST", format!("/v1/price-list-versions/{id}/imports{query}"))
        .if_match(version)
        .raw("text/csv", file)
}
