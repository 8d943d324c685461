//! Price lists, and the effect calculations that are made with them.

use serde_json::{Value, json};

use super::{Make, World, call, get, patch, post, withdrawal};
use crate::support::people::Part;
use crate::support::prices::{entry, price, price_file, publication};

pub const CASES: &[(&str, Make)] = &[
    ("listPriceLists", |world, _| get(price_lists(world))),
    ("createPriceList", |world, _| post(price_lists(world), json!({"name": world.api.unique("Prijzen")}))),
    ("getPriceList", |world, _| get(format!("/v1/price-lists/{}", world.api.price_list()))),
    ("updatePriceList", |world, _| {
        patch(format!("/v1/price-lists/{}", world.api.price_list()), 1, json!({"description": "Van de wijk"}))
    }),
    ("listPriceListVersions", |world, _| get(format!("/v1/price-lists/{}/versions", world.api.price_list()))),
    ("createPriceListVersion", |world, _| {
        let body = json!({"validFromOn": "2026-01-01", "prices": [price("OPV", json!({}))]});
        post(format!("/v1/price-lists/{}/versions", world.api.price_list()), body)
    }),
    ("getPriceListVersion (draft)", |world, _| get(format!("/v1/price-list-versions/{}", draft(world)))),
    ("getPriceListVersion (published)", |world, _| {
        get(format!("/v1/price-list-versions/{}", published(world)))
    }),
    ("updatePriceListVersion", |world, _| {
        patch(format!("/v1/price-list-versions/{}", draft(world)), 1, json!({"note": "Duurder."}))
    }),
    ("transitionPriceListVersion", |world, _| call(publication(&draft(world), 1))),
    ("createPriceImport", |world, _| {
        let file = "code,label,unit,amount,priceYear,payer,source\r\nOPV,Opvang,day,98.50,2026,municipality,Verzonnen\r\n";
        call(price_file(&draft(world), 1, "", file))
    }),
    ("listEffectCalculations", |world, _| get(world.team.path("effect-calculations"))),
    ("createEffectCalculation", |world, _| post(world.team.path("effect-calculations"), body(world))),
    ("getEffectCalculation", |world, _| get(calculation(world, Part::Colleague))),
    ("updateEffectCalculation (another's)", |world, _| {
        patch(calculation(world, Part::Colleague), 1, json!({"years": 3}))
    }),
    ("updateEffectCalculation (own)", |world, caller| {
        patch(calculation(world, author(caller)), 1, json!({"years": 3}))
    }),
    ("transitionEffectCalculation (another's)", |world, _| {
        post(format!("{}/transitions", calculation(world, Part::Colleague)), withdrawal())
    }),
    ("transitionEffectCalculation (own)", |world, caller| {
        post(format!("{}/transitions", calculation(world, author(caller))), withdrawal())
    }),
    ("getEffectCalculationResult", |world, _| get(format!("{}/result", calculation(world, Part::Colleague)))),
];

fn price_lists(world: &World) -> String {
    format!("/v1/organisations/{}/price-lists", world.api.organisation())
}

fn draft(world: &World) -> String {
    world.api.draft_prices(&[price("OPV", json!({}))])
}

fn published(world: &World) -> String {
    world.api.published_prices(&[price("OPV", json!({}))])
}

fn body(world: &World) -> Value {
    let opvang = entry(&published(world), "OPV", ("2026-01-01", "2026-03-31"), json!({}));
    json!({
        "title": "Eerder een eigen plek", "pseudonymId": world.team.pseudonym(), "firstYear": 2026, "years": 2,
        "reference": [opvang],
    })
}

/// Who makes it in the cases `(own)`: the caller, or a colleague where the caller is no member who writes.
fn author(caller: Part) -> Part {
    match caller {
        Part::Practitioner | Part::Expert | Part::Facilitator | Part::Coordinator => caller,
        _ => Part::Colleague,
    }
}

/// A fresh calculation.
fn calculation(world: &World, author: Part) -> String {
    let made = world.api.client(author).post(world.team.path("effect-calculations"), body(world)).expect(201);
    format!("/v1/effect-calculations/{}", made.id())
}
