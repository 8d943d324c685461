//! Results, worked out by hand.

use super::result::{
    self, EffectCalculationResult, EffectLabel, EuroRange, EuroSum, PriceBounds, TimelineLine,
};
use super::rules;
use super::types::{EffectCalculation, EffectCalculationCreate, TimelineEntry};
use crate::clock;
use crate::db::types::Json;
use crate::decimal::Euros;
use crate::http::body::{Input, parse};
use crate::ids::Id;
use crate::price_lists::Published;
use crate::price_lists::prices::{Payer, Price};
use crate::price_lists::types::{PriceListState, PriceListVersion};
use serde_json::{Value, json};

const VERSION: &str = "01890a5d-ac96-774b-bcce-b302099a8058";

fn price(code: &str, members: &Value) -> Price {
    let mut price = json!({
        "code": code, "label": code, "unit": "day", "amount": "100", "priceYear": 2026,
        "payer": "municipality", "source": "Verzonnen",
    });
    for (member, value) in members.as_object().expect("an object") {
        price[member] = value.clone();
    }
    parse(price.to_string().as_bytes()).expect("a price")
}

fn list(prices: Vec<Price>) -> Vec<Published> {
    let now = clock::now();
    let version = PriceListVersion {
        id: VERSION.parse().map(Id).expect("an id"),
        price_list_id: Id::new(),
        number: 1,
        valid_from_on: "2026-01-01".parse().expect("a day"),
        note: None,
        prices: Json(prices),
        state: PriceListState::Published,
        published_at: Some(now),
        created_by: Id::NIL,
        created_at: now,
        updated_at: now,
        version: 2,
        digest: Vec::new(),
    };
    vec![Published { version, list_name: "Voorbeeldprijzen".into() }]
}

fn entry(code: &str, quantity: &str, per: &str, from: &str, until: &str) -> Value {
    json!({
        "description": code, "kind": "support", "priceListVersionId": VERSION, "priceCode": code,
        "quantity": quantity, "per": per, "fromOn": from, "untilOn": until, "cashable": false,
        "basis": "expected",
    })
}

fn cashable(mut entry: Value) -> Value {
    entry["cashable"] = json!(true);
    entry
}

fn calculation(members: &Value) -> EffectCalculation {
    let mut body = json!({
        "title": "Een casus", "pseudonymId": "01890a5d-ac96-774b-bcce-b302099a8057", "firstYear": 2025,
        "years": 3,
    });
    for (member, value) in members.as_object().expect("an object") {
        body[member] = value.clone();
    }
    let body: EffectCalculationCreate = parse(body.to_string().as_bytes()).expect("a calculation");
    rules::begin(&body, Id::new(), Id::new(), Vec::new(), clock::now())
}

fn result(members: &Value, prices: Vec<Price>) -> EffectCalculationResult {
    let published = list(prices);
    let price_of = |entry: &TimelineEntry| super::references::price_of(&published, entry);
    result::of(&calculation(members), price_of).expect("every entry has its price")
}

fn sum(sum: &EuroSum) -> (String, String) {
    (sum.amount.to_string(), sum.cashable.to_string())
}

fn sums(amount: &str, cashable: &str) -> (String, String) {
    (amount.into(), cashable.into())
}

fn range(range: &EuroRange) -> (String, String) {
    (range.low.to_string(), range.high.to_string())
}

#[test]
fn the_example_of_the_contract_is_one() {
    assert!(
        parse::<EffectCalculationCreate>(EffectCalculationCreate::example().to_string().as_bytes()).is_ok()
    );
}

/// Shelter of 112.50 a day from 16 November 2025 to 15 January 2026 (46 and 15 days), and an eviction of 7,500.00 in
/// 2026, against two hours of 61.20 each week from 1 January to 30 June 2026 (181/7 weeks).
#[test]
fn a_case_worked_out_by_hand() {
    let prices = vec![
        price("OPV", &json!({"amount": "112.50", "priceYear": 2025})),
        price("UIT", &json!({"amount": "7500.00", "unit": "event", "payer": "housing_corporation"})),
        price("BEG", &json!({"amount": "61.20", "unit": "hour"})),
    ];
    let result = result(
        &json!({
            "withIntervention": [entry("BEG", "2", "week", "2026-01-01", "2026-06-30")],
            "reference": [
                cashable(entry("OPV", "1", "day", "2025-11-16", "2026-01-15")),
                entry("UIT", "1", "total", "2026-02-01", "2026-02-01"),
            ],
        }),
        prices,
    );
    let reference = &result.reference;
    let amounts: Vec<(i32, String)> =
        reference.lines.iter().map(|line| (line.year, line.amount.to_string())).collect();
    // 46 * 112.50, 15 * 112.50
    assert_eq!(amounts, [(2025, "5175.00".into()), (2026, "1687.50".into()), (2026, "7500.00".into())]);
    let years: Vec<_> = reference.years.iter().map(|year| (year.year, sum(&year.sum))).collect();
    assert_eq!(
        years,
        [
            (2025, sums("5175.00", "5175.00")),
            (2026, sums("9187.50", "1687.50")),
            (2027, sums("0.00", "0.00"))
        ]
    );
    assert_eq!(sum(&reference.total), sums("14362.50", "6862.50"));
    let payers: Vec<_> = reference.payers.iter().map(|payer| (payer.payer, sum(&payer.total))).collect();
    assert_eq!(
        payers,
        [
            (Payer::Municipality, sums("6862.50", "6862.50")),
            (Payer::HousingCorporation, sums("7500.00", "0.00"))
        ]
    );
    // 2 * 181 / 7 * 61.20 = 3164.914…
    assert_eq!(sum(&result.with_intervention.total), sums("3164.91", "0.00"));
    assert_eq!(json!(result.with_intervention.lines[0].units), json!("51.7143"));

    let difference = &result.difference;
    assert_eq!(sum(&difference.total), sums("11197.59", "6862.50"));
    let municipality = &difference.payers[0];
    let years: Vec<_> = municipality.years.iter().map(|year| sum(&year.sum)).collect();
    assert_eq!(years, [sums("5175.00", "5175.00"), sums("-1477.41", "1687.50"), sums("0.00", "0.00")]);
    assert_eq!(difference.labels, [EffectLabel::Modelled, EffectLabel::OneCase, EffectLabel::NotASaving]);
    // Without bounds there is no range but the amount itself.
    assert_eq!(range(&difference.range), ("11197.59".into(), "11197.59".into()));
    assert_eq!((result.first_year, result.last_year), (2025, 2027));
    assert_eq!(json!(result.price_years), json!([2025, 2026]), "nothing is indexed unasked");
    let shown = &result.prices[1];
    assert_eq!((shown.code.as_str(), shown.source.as_str()), ("OPV", "Verzonnen"));
    assert_eq!((shown.bounds, json!(shown.indexed_amount)), (PriceBounds::None, json!("112.5000")));
}

#[test]
fn prices_of_other_years_are_indexed_forth_and_back() {
    let prices = vec![
        price("A", &json!({"priceYear": 2024})),
        price("B", &json!({"priceYear": 2027})),
        price("C", &json!({"priceYear": 2026})),
    ];
    let day = |code| entry(code, "1", "total", "2026-01-01", "2026-01-01");
    let members = json!({
        "indexation": {"rate": "0.025", "priceYear": 2026},
        "reference": [day("A"), day("B"), day("C")],
    });
    let result = result(&members, prices);
    let amounts: Vec<String> = result.reference.lines.iter().map(|line| line.amount.to_string()).collect();
    // 100 * 1.025² = 105.0625; 100 / 1.025 = 97.5609…
    assert_eq!(amounts, ["105.06", "97.56", "100.00"]);
    let indexed: Vec<Value> = result.prices.iter().map(|price| json!(price.indexed_amount)).collect();
    assert_eq!(indexed, [json!("105.0625"), json!("97.5610"), json!("100.0000")]);
    assert_eq!(json!(result.price_years), json!([2026]));
    assert!(result.indexation.is_some_and(|applied| applied.formula.contains("(1 + rate)")));
}

/// The price A has bounds of its own, B the calculation's. A is in both timelines: what it may be off by counts for the
/// three days between them alone.
#[test]
fn a_price_moves_the_same_way_in_both_timelines() {
    let prices = vec![price("A", &json!({"low": "80", "high": "150"})), price("B", &json!({"amount": "10"}))];
    let days = |code, last: &str| entry(code, "1", "day", "2026-01-01", last);
    let members = json!({
        "sensitivity": {"percentage": "20"},
        "withIntervention": [days("A", "2026-01-02"), days("B", "2026-01-10")],
        "reference": [cashable(days("A", "2026-01-05"))],
    });
    let result = result(&members, prices);
    assert_eq!(range(&result.reference.range), ("400.00".into(), "750.00".into()));
    // 2 * 80 + 10 * 8, 2 * 150 + 10 * 12
    assert_eq!(range(&result.with_intervention.range), ("240.00".into(), "420.00".into()));
    assert_eq!(sum(&result.difference.total), sums("200.00", "500.00"));
    // 3 * 80 - 10 * 12, 3 * 150 - 10 * 8
    assert_eq!(range(&result.difference.range), ("120.00".into(), "370.00".into()));
    assert_eq!(range(&result.difference.cashable_range), ("400.00".into(), "750.00".into()));
    assert_eq!(
        result.prices.iter().map(|price| price.bounds).collect::<Vec<_>>(),
        [PriceBounds::Price, PriceBounds::Percentage]
    );
    assert_eq!(json!(result.prices[1].indexed_low), json!("8.0000"));
}

#[test]
fn nothing_overflows_at_the_bounds() {
    let dear = json!({"amount": "999999999.9999", "priceYear": 2000});
    let prices = vec![price("A", &dear)];
    let entries: Vec<Value> =
        (0..50).map(|at| entry("A", &format!("999999.{at:04}"), "day", "2100-01-01", "2119-12-31")).collect();
    let members = json!({
        "firstYear": 2100, "years": 20, "indexation": {"rate": "0.5", "priceYear": 2100}, "reference": entries,
        "sensitivity": {"percentage": "100"},
    });
    let result = result(&members, prices);
    let total = result.reference.total.amount.to_string();
    assert!(total.len() > 35 && total.len() <= 60, "{total}");
    assert_eq!(result.reference.range.low, Euros::default());
}

/// Awkward quantities over awkward periods: what is shown adds up to the cent, in every direction.
#[test]
fn all_that_is_shown_adds_up() {
    let payers = ["municipality", "health_insurer", "police_and_justice"];
    let prices: Vec<Price> = (0..9)
        .map(|at| {
            let amount = format!("{}.{:04}", 7 + at * 13, 3333 + at * 77);
            let year = 2020 + at;
            price(&format!("P{at}"), &json!({"amount": amount, "payer": payers[at % 3], "priceYear": year}))
        })
        .collect();
    let entries = |step: usize| -> Vec<Value> {
        (0..27)
            .map(|at| {
                let per = ["day", "week", "month", "year", "total"][(at + step) % 5];
                let from = format!("2025-{:02}-{:02}", 1 + at % 12, 1 + (at * step) % 28);
                let entry = entry(&format!("P{}", at % 9), &format!("{at}.37"), per, &from, "2027-03-17");
                if at % 2 == 0 { cashable(entry) } else { entry }
            })
            .collect()
    };
    let result = result(
        &json!({
            "withIntervention": entries(5), "reference": entries(7),
            "indexation": {"rate": "0.031", "priceYear": 2026}, "sensitivity": {"percentage": "12.5"},
        }),
        prices,
    );
    for timeline in [&result.with_intervention, &result.reference] {
        let total = &timeline.total;
        let of = |sums: Vec<&EuroSum>| {
            (sums.iter().map(|sum| &sum.amount).sum(), sums.iter().map(|sum| &sum.cashable).sum())
        };
        let shown = (total.amount.clone(), total.cashable.clone());
        assert_eq!(of(timeline.years.iter().map(|year| &year.sum).collect()), shown);
        assert_eq!(of(timeline.payers.iter().map(|payer| &payer.total).collect()), shown);
        let cells = timeline.payers.iter().flat_map(|payer| &payer.years).map(|year| &year.sum);
        assert_eq!(of(cells.collect()), shown);
        assert_eq!(timeline.lines.iter().map(|line| &line.amount).sum::<Euros>(), total.amount);
        let within = |line: &TimelineLine| line.low <= line.amount && line.amount <= line.high;
        assert!(timeline.lines.iter().all(within));
        assert!(timeline.range.low <= total.amount && total.amount <= timeline.range.high);
    }
    let difference = &result.difference;
    assert_eq!(
        difference.total.amount,
        result.reference.total.amount.clone() - result.with_intervention.total.amount.clone()
    );
    let years: Euros = difference.years.iter().map(|year| &year.sum.amount).sum();
    let payers: Euros = difference.payers.iter().map(|payer| &payer.total.amount).sum();
    assert_eq!((&years, &payers), (&difference.total.amount, &difference.total.amount));
    assert!(difference.range.low <= difference.total.amount);
    assert!(difference.total.amount <= difference.range.high);
    assert!(difference.cashable_range.low <= difference.total.cashable);
    assert!(difference.total.cashable <= difference.cashable_range.high);
}

#[test]
fn units_do_not_come_more_often_than_there_is_time_for_them() {
    use super::types::Rhythm::{Day, Month, Total, Week, Year};
    let unit = |unit: &str| price("A", &json!({"unit": unit}));
    for (name, allowed) in [
        ("event", vec![Total, Day, Week, Month, Year]),
        ("hour", vec![Total, Day, Week, Month, Year]),
        ("day", vec![Total, Day, Week, Month, Year]),
        ("week", vec![Total, Week, Month, Year]),
        ("month", vec![Total, Month, Year]),
        ("year", vec![Total, Year]),
    ] {
        let price = unit(name);
        let found: Vec<_> = [Total, Day, Week, Month, Year]
            .into_iter()
            .filter(|per| rules::goes_with(&price, *per))
            .collect();
        assert_eq!(found, allowed, "{name}");
    }
}
