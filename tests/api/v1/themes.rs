//! Themes: what is learned about, in a place and a time; their titles change and are remembered.

mod dossier;
mod overview;

use serde_json::{Value, json};

use crate::support::team::new_id;
use crate::support::{Part, both};

#[test]
fn former_titles_are_kept() {
    both(|api| {
        let first = api.unique("Eenzaamheid");
        let made = api.founder().post("/v1/themes", json!({"title": first, "locality": "Heumen", "startsOn": "2024-01-01", "endsOn": "2025-12-31"})).expect(201);
        assert_eq!(made["formerTitles"], json!([]));
        let path = format!("/v1/themes/{}", made.id());
        let patched =
            api.founder().patch(&path, 1, json!({"title": "Samen leven", "endsOn": null})).expect(200);
        assert_eq!(patched["title"], "Samen leven");
        assert_eq!(patched["formerTitles"][0]["title"], first);
        assert!(patched["formerTitles"][0]["until"].is_string());
        assert_eq!(patched["endsOn"], Value::Null);
    });
}

#[test]
fn a_theme_may_belong_to_a_broader_one_but_not_in_a_circle() {
    both(|api| {
        let founder = api.founder();
        let broad = founder.post("/v1/themes", json!({"title": api.unique("Welzijn")})).expect(201);
        let narrow = founder
            .post("/v1/themes", json!({"title": api.unique("Eenzaamheid"), "broaderThemeId": broad.id()}))
            .expect(201);
        assert_eq!(narrow["broaderThemeId"], broad["id"]);
        founder
            .post("/v1/themes", json!({"title": "Zwevend", "broaderThemeId": new_id()}))
            .refused(409, "reference_not_found")
            .pointers(&[("/broaderThemeId", "not_found")]);
        founder
            .patch(format!("/v1/themes/{}", broad.id()), 1, json!({"broaderThemeId": narrow.id()}))
            .expect(409);
    });
}

#[test]
fn themes_nest_eight_deep_with_what_lies_below_them() {
    both(|api| {
        let founder = api.founder();
        let chain = |length: usize| -> Vec<String> {
            let mut ids: Vec<String> = Vec::new();
            for _ in 0..length {
                let body = json!({"title": api.unique("Laag"), "broaderThemeId": ids.last()});
                ids.push(founder.post("/v1/themes", body).expect(201).id());
            }
            ids
        };
        let (five, four, three) = (chain(5), chain(4), chain(3));
        let under = json!({"broaderThemeId": five[4]});
        let patch = |id: &str| founder.patch(format!("/v1/themes/{id}"), 1, under.clone());
        patch(&four[0]).refused(409, "theme_too_deep");
        patch(&three[0]).expect(200);
        let ninth = json!({"title": "Te diep", "broaderThemeId": three[2]});
        founder.post("/v1/themes", ninth).refused(409, "theme_too_deep");
        // From far below it is a circle all the same; what does not move is not asked again.
        founder
            .patch(format!("/v1/themes/{}", five[0]), 1, json!({"broaderThemeId": three[2]}))
            .refused(409, "theme_cycle");
        founder.patch(format!("/v1/themes/{}", three[2]), 1, json!({"title": "Onderaan"})).expect(200);
    });
}

#[test]
fn a_period_ends_after_it_begins() {
    both(|api| {
        let team = api.team();
        let _ = api.person(Part::Coordinator);
        team.coordinator()
            .post(
                "/v1/themes",
                json!({"title": "Terug in de tijd", "startsOn": "2025-01-01", "endsOn": "2024-01-01"}),
            )
            .errors(&[("/endsOn", "inconsistent")]);
    });
}
