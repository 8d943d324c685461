//! Effect calculations: one case, with an intervention and without it, put to prices.

mod result;

use serde_json::{Value, json};

use crate::support::prices::{entry, price};
use crate::support::team::{Team, new_id, with};
use crate::support::{Part, both};

/// A calculation over two years, from 2026.
pub fn calculation(team: &Team, members: Value) -> Value {
    let body = json!({
        "title": "Eerder een eigen plek", "pseudonymId": team.pseudonym(), "firstYear": 2026, "years": 2,
    });
    with(body, members)
}

#[test]
fn a_calculation_is_made_changed_listed_and_withdrawn() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let seen = cycle.observe(json!({}));
        let action = cycle.act(&[&cycle.reflect(&[&seen], json!({}))], json!({}));
        let judged = cycle.evaluate(&action, json!({}));
        let version = api.published_prices(&[price("OPV", json!({}))]);
        let evidence = json!({"observationIds": [seen], "evaluationIds": [judged], "basis": "seen"});
        let opvang = entry(&version, "OPV", ("2026-01-01", "2026-03-31"), evidence);
        let body = calculation(
            &team,
            json!({
                "cycleId": cycle.id, "actionId": action, "reference": [opvang],
                "indexation": {"rate": "0.0250", "priceYear": 2026}, "sensitivity": {"percentage": "20"},
            }),
        );
        let author = team.practitioner();
        let made = author.post(team.path("effect-calculations"), body.clone()).expect(201);
        assert_eq!(made["reference"], json!([opvang]), "as it was sent");
        assert_eq!(made["indexation"], body["indexation"]);
        assert_eq!((&made["withIntervention"], &made["state"]), (&json!([]), &json!("current")));
        assert_eq!(made["authorId"], json!(api.person(Part::Practitioner).id));

        let path = format!("/v1/effect-calculations/{}", made.id());
        let changed = author.patch(&path, 1, json!({"sensitivity": null, "years": 1})).expect(200);
        assert_eq!((&changed["sensitivity"], &changed["years"]), (&json!(null), &json!(1)));
        team.facilitator().patch(&path, 2, json!({"title": "X"})).refused(403, "forbidden");
        // Evidence that is withdrawn since stays, and keeps nobody from going on; new evidence has to stand.
        cycle.withdraw("observations", &seen);
        author.patch(&path, 2, json!({"title": "Een eigen plek"})).expect(200);
        let other = entry(&version, "OPV", ("2026-01-01", "2026-03-31"), json!({"evaluationIds": [seen]}));
        author
            .patch(&path, 3, json!({"withIntervention": [other]}))
            .refused(409, "reference_not_found")
            .pointers(&[("/withIntervention/0/evaluationIds/0", "not_found")]);

        let list = team.path("effect-calculations");
        assert_eq!(team.reader().get(&list).expect(200).ids(), [made.id()]);
        let about = |query: String| team.reader().get(format!("{list}?{query}")).expect(200).items().len();
        assert_eq!(about(format!("cycleId={}", cycle.id)), 1);
        assert_eq!(about(format!("pseudonymId={}", made.text_of("pseudonymId"))), 1);
        assert_eq!(about(format!("cycleId={}", new_id())), 0);
        author
            .post(format!("{path}/transitions"), json!({"to": "withdrawn", "reason": "Dubbel."}))
            .expect(200);
        assert_eq!(about("state=current".into()), 0);
        assert_eq!(about("state=withdrawn".into()), 1);
        author.patch(&path, 4, json!({"title": "X"})).refused(409, "withdrawn");
        author.get(format!("{path}/result")).expect(200);
    });
}

#[test]
fn what_it_refers_to_stands_in_its_network() {
    both(|api| {
        let (team, foreign) = (api.team(), api.team());
        let (cycle, elsewhere) = (team.cycle(), foreign.cycle());
        let seen = elsewhere.observe(json!({}));
        let (published, draft) =
            (api.published_prices(&[price("OPV", json!({}))]), api.draft_prices(&[price("OPV", json!({}))]));
        let days = ("2026-01-01", "2026-03-31");
        let entries = [
            entry(&published, "WEG", days, json!({})),
            entry(&draft, "OPV", days, json!({})),
            entry(&new_id(), "OPV", days, json!({})),
            entry(&published, "OPV", days, json!({"observationIds": [seen]})),
        ];
        let action = cycle.act(&[&cycle.reflect(&[&cycle.observe(json!({}))], json!({}))], json!({}));
        let post = |members: Value| {
            team.practitioner().post(team.path("effect-calculations"), calculation(&team, members))
        };
        post(json!({"pseudonymId": foreign.pseudonym(), "cycleId": elsewhere.id, "actionId": new_id(), "reference": entries}))
            .refused(409, "reference_not_found")
            .pointers(&[
                ("/pseudonymId", "not_found"),
                ("/cycleId", "not_found"),
                ("/actionId", "not_found"),
                ("/reference/0/priceCode", "not_found"),
                ("/reference/1/priceListVersionId", "not_found"),
                ("/reference/2/priceListVersionId", "not_found"),
                ("/reference/3/observationIds/0", "not_found"),
            ]);
        post(json!({"cycleId": team.cycle().id, "actionId": action}))
            .refused(409, "inconsistent")
            .pointers(&[("/actionId", "inconsistent")]);
        let monthly = api.published_prices(&[price("M", json!({"unit": "month"}))]);
        post(json!({"reference": [entry(&monthly, "M", days, json!({"per": "week"}))]}))
            .refused(409, "inconsistent")
            .pointers(&[("/reference/0/per", "inconsistent")]);
        let made = post(json!({"cycleId": cycle.id, "actionId": action})).expect(201);
        let path = format!("/v1/effect-calculations/{}", made.id());
        let outsider = team.outsider();
        outsider.get(&path).refused(404, "not_found");
        outsider.get(format!("{path}/result")).refused(404, "not_found");
        outsider.patch(&path, 1, json!({"title": "X"})).refused(404, "not_found");
    });
}

#[test]
fn entries_lie_in_the_years_that_are_looked_at() {
    both(|api| {
        let team = api.team();
        let version = api.published_prices(&[price("OPV", json!({}))]);
        let at = |from: &str, until: &str| entry(&version, "OPV", (from, until), json!({}));
        let post = |members: Value| {
            team.practitioner().post(team.path("effect-calculations"), calculation(&team, members))
        };
        post(json!({
            "withIntervention": [at("2025-12-31", "2026-01-01"), at("2026-03-02", "2026-03-01")],
            "reference": [at("2027-12-31", "2028-01-01")],
            "indexation": {"rate": "0.51", "priceYear": 2026},
            "sensitivity": {"percentage": "100.01"},
        }))
        .errors(&[
            ("/withIntervention/0/fromOn", "inconsistent"),
            ("/withIntervention/1/untilOn", "inconsistent"),
            ("/reference/0/untilOn", "inconsistent"),
            ("/indexation/rate", "out_of_range"),
            ("/sensitivity/percentage", "out_of_range"),
        ]);
        post(json!({"years": 21})).errors(&[("/years", "out_of_range")]);
        post(json!({"years": 0})).errors(&[("/years", "out_of_range")]);
        let quantity = |quantity: Value| {
            let mut one = at("2026-01-01", "2026-01-02");
            one["quantity"] = quantity;
            post(json!({"reference": [one]}))
        };
        quantity(json!(2)).errors(&[("/reference/0/quantity", "wrong_type")]);
        quantity(json!("2,5")).errors(&[("/reference/0/quantity", "bad_format")]);

        let made = post(json!({"reference": [at("2026-01-01", "2027-12-31")]})).expect(201);
        let path = format!("/v1/effect-calculations/{}", made.id());
        team.practitioner()
            .patch(&path, 1, json!({"years": 1}))
            .refused(409, "inconsistent")
            .pointers(&[("/reference/0/untilOn", "inconsistent")]);
        team.practitioner().patch(&path, 1, json!({"years": 3})).expect(200);
    });
}
