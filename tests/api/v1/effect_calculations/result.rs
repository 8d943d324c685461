//! What a calculation comes to, to the cent and with every price's source.

use serde_json::{Value, json};

use super::calculation;
use crate::support::both;
use crate::support::prices::{entry, price};

fn totals(sums: &Value) -> Value {
    let rows = sums.as_array().expect("sums").iter();
    rows.map(|row| json!([row.get("payer").or(row.get("year")), row.get("total").or(row.get("sum"))]))
        .collect()
}

fn sum(amount: &str, cashable: &str) -> Value {
    json!({"amount": amount, "cashable": cashable})
}

/// A year of shelter across two calendar years, against guidance of one hour a week, in money of 2026.
#[test]
fn a_result_is_exact_and_explains_itself() {
    both(|api| {
        let team = api.team();
        let version = api.published_prices(&[
            price("OPV", json!({"amount": "112.50", "priceYear": 2025, "low": "98.00", "high": "130.00"})),
            price("BEG", json!({"amount": "61.20", "unit": "hour", "payer": "health_insurer", "sourceUrl": "https://prijzen.voorbeeld.example/2026"})),
        ]);
        let opvang = entry(&version, "OPV", ("2026-07-01", "2027-06-30"), json!({"cashable": true}));
        let help = json!({"per": "week", "description": "Begeleiding"});
        let help = entry(&version, "BEG", ("2026-07-01", "2026-12-31"), help);
        let body = calculation(
            &team,
            json!({
                "withIntervention": [help], "reference": [opvang],
                "indexation": {"rate": "0.04", "priceYear": 2026}, "sensitivity": {"percentage": "10"},
            }),
        );
        let made = team.practitioner().post(team.path("effect-calculations"), body).expect(201);
        let path = format!("/v1/effect-calculations/{}/result", made.id());
        let result = team.reader().get(&path).expect(200);

        // A day is 112.50 * 1.04 = 117.00: 184 days in 2026, 181 in 2027. Help is 184 / 7 * 61.20 = 1608.6857…
        assert_eq!(
            totals(&result["reference"]["years"]),
            json!([[2026, sum("21528.00", "21528.00")], [2027, sum("21177.00", "21177.00")]])
        );
        assert_eq!(
            totals(&result["withIntervention"]["payers"]),
            json!([["health_insurer", sum("1608.69", "0.00")]])
        );
        let difference = &result["difference"];
        assert_eq!(difference["total"], sum("41096.31", "42705.00"));
        assert_eq!(
            totals(&difference["payers"]),
            json!([
                ["municipality", sum("42705.00", "42705.00")],
                ["health_insurer", sum("-1608.69", "0.00")]
            ])
        );
        assert_eq!(
            totals(&difference["years"]),
            json!([[2026, sum("19919.31", "21528.00")], [2027, sum("21177.00", "21177.00")]])
        );
        assert_eq!(difference["labels"], json!(["modelled", "one_case", "not_a_saving"]));
        assert!(difference["notice"].as_str().is_some_and(|notice| notice.contains("geen besparing")));

        // Shelter at 98.00 * 1.04 = 101.92 and 130.00 * 1.04 = 135.20 a day; help ten per cent up and down.
        assert_eq!(result["reference"]["range"], json!({"low": "37200.80", "high": "49348.00"}));
        assert_eq!(result["withIntervention"]["range"], json!({"low": "1447.82", "high": "1769.55"}));
        assert_eq!(difference["range"], json!({"low": "35431.25", "high": "47900.18"}));
        assert_eq!(difference["cashableRange"], json!({"low": "37200.80", "high": "49348.00"}));

        let used = result["prices"].as_array().expect("prices");
        let help = &used[0];
        assert_eq!(
            [&help["code"], &help["source"], &help["sourceUrl"], &help["bounds"], &help["priceYear"]],
            [
                &json!("BEG"),
                &json!("Voorbeeldprijs, verzonnen"),
                &json!("https://prijzen.voorbeeld.example/2026"),
                &json!("percentage"),
                &json!(2026)
            ]
        );
        let shelter = &used[1];
        assert_eq!((&shelter["amount"], &shelter["indexedAmount"]), (&json!("112.50"), &json!("117.0000")));
        assert_eq!((&shelter["bounds"], &shelter["priceListVersionId"]), (&json!("price"), &json!(version)));
        assert_eq!(result["indexation"]["rate"], "0.04");
        assert!(
            result["indexation"]["formula"].as_str().is_some_and(|formula| formula.contains("(1 + rate)"))
        );
        assert_eq!(result["rounding"], "line_half_up");
        assert_eq!(result["priceYears"], json!([2026]));
        no_number_has_a_fraction(&result.body);
    });
}

/// Money is text: whatever is a number in the JSON is a whole one.
fn no_number_has_a_fraction(value: &Value) {
    match value {
        Value::Number(number) => assert!(number.is_i64(), "{number}"),
        Value::Array(entries) => entries.iter().for_each(no_number_has_a_fraction),
        Value::Object(members) => members.values().for_each(no_number_has_a_fraction),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

#[test]
fn a_result_stays_when_the_list_goes_on() {
    both(|api| {
        let team = api.team();
        let version = api.published_prices(&[price("OPV", json!({}))]);
        let opvang = entry(&version, "OPV", ("2026-01-01", "2026-01-10"), json!({}));
        let body = calculation(&team, json!({"reference": [opvang]}));
        let made = team.practitioner().post(team.path("effect-calculations"), body).expect(201);
        let path = format!("/v1/effect-calculations/{}/result", made.id());
        let before = team.reader().get(&path).expect(200);
        assert_eq!(before["difference"]["total"], sum("1000.00", "0.00"));
        let founder = api.founder();
        let list = before["prices"][0]["priceListId"].as_str().expect("an id").to_owned();
        let next = json!({"validFromOn": "2027-01-01", "prices": [price("OPV", json!({"amount": "200"}))]});
        let next = founder.post(format!("/v1/price-lists/{list}/versions"), next).expect(201).id();
        founder.send(crate::support::prices::publication(&next, 1)).expect(200);
        assert_eq!(team.reader().get(&path).expect(200).body, before.body);

        // It is another calculation that is priced from the next version.
        let dearer = entry(&next, "OPV", ("2026-01-01", "2026-01-10"), json!({}));
        let itself = format!("/v1/effect-calculations/{}", made.id());
        team.practitioner().patch(itself, 1, json!({"reference": [dearer]})).expect(200);
        let after = team.reader().get(&path).expect(200);
        assert_eq!((&after["difference"]["total"], &after["version"]), (&sum("2000.00", "0.00"), &json!(2)));
    });
}

#[test]
fn an_empty_calculation_comes_to_nothing() {
    both(|api| {
        let team = api.team();
        let made = team
            .practitioner()
            .post(team.path("effect-calculations"), calculation(&team, json!({})))
            .expect(201);
        let result = team.reader().get(format!("/v1/effect-calculations/{}/result", made.id())).expect(200);
        assert_eq!(result["difference"]["total"], sum("0.00", "0.00"));
        assert_eq!(result["difference"]["range"], json!({"low": "0.00", "high": "0.00"}));
        assert_eq!((&result["prices"], &result["lastYear"]), (&json!([]), &json!(2027)));
    });
}
