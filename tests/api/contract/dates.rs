//! Dates: the full-date of RFC 3339, wherever one is read.

use serde_json::json;

use crate::support::both;
use crate::support::team::{action, new_id, with};

/// What chrono by itself would read, or nearly.
const LOOSE: [&str; 5] = ["2027-3-1", "2027-03-1", "+12027-01-01", "-0001-01-01", "2027-02-30"];

#[test]
fn a_date_has_four_digits_and_two_and_two() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
        let owner = &api.person(crate::support::Part::Practitioner).id;
        let act = with(action(&[&thought], owner), json!({"id": new_id()}));
        let standing = format!("/v1/actions/{}", cycle.act(&[&thought], json!({})));
        let network = format!("/v1/networks/{}", team.id);
        let practitioner = team.practitioner();
        for date in LOOSE {
            let wrong = |pointer: &'static str| [(pointer, "bad_format")];
            practitioner
                .post(cycle.path("actions"), with(act.clone(), json!({"dueOn": date})))
                .errors(&wrong("/dueOn"));
            practitioner.patch(&standing, 1, json!({"dueOn": date})).errors(&wrong("/dueOn"));
            let theme = json!({"title": "Meedoen", "startsOn": date});
            api.founder().post("/v1/themes", theme).errors(&wrong("/startsOn"));
            team.coordinator()
                .patch(&network, 1, json!({"pauses": [{"startsOn": "2027-01-01", "endsOn": date}]}))
                .errors(&wrong("/pauses/0/endsOn"));
            team.facilitator()
                .post(team.path("check-ins"), json!({"closesOn": date}))
                .errors(&wrong("/closesOn"));
            let on_theme = json!({"themeId": new_id(), "sharesFigures": true, "endsOn": date});
            team.coordinator().post(team.path("themes"), on_theme).errors(&wrong("/endsOn"));
            let query = format!("figures?sinceOn={}", date.replace('+', "%2B"));
            team.coordinator().get(team.path(&query)).errors(&wrong("/sinceOn"));
        }
        let due = practitioner.patch(&standing, 1, json!({"dueOn": "2028-02-29"})).expect(200);
        assert_eq!(due["dueOn"], "2028-02-29");
        assert!(practitioner.patch(&standing, 2, json!({"dueOn": null})).expect(200)["dueOn"].is_null());
        team.coordinator().get(team.path("figures?sinceOn=2027-01-01")).expect(200);
    });
}
