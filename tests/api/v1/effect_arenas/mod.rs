//! An effect arena: made by several, and read for who pays and who reaps.

mod pictures;
mod transitions;
mod views;

use serde_json::json;

use crate::support::both;

#[test]
fn a_draft_is_changed_by_all_who_write_and_lists_take_each_others_place() {
    both(|api| {
        let team = api.team();
        let path = team.arena(json!({}));
        let effect = json!({"key": "contact", "name": "Buren bellen elkaar", "activityKeys": ["koffie"]});
        let changed = team.expert().patch(&path, 1, json!({"content": {"effects": [effect]}})).expect(200);
        assert_eq!(changed["content"]["effects"], json!([effect]));
        assert_eq!(changed["content"]["investors"], crate::support::team::arena()["content"]["investors"]);
        let titled = team.facilitator().patch(&path, 2, json!({"title": "Koffie op het plein"})).expect(200);
        assert_eq!((titled.version(), &titled["title"]), (3, &json!("Koffie op het plein")));
        assert_eq!(team.reader().get(&path).expect(200).body, titled.body);
        team.reader().patch(&path, 3, json!({"title": "Thee"})).refused(403, "forbidden");
        team.practitioner().patch(&path, 2, json!({"title": "Thee"})).refused(412, "version_mismatch");
        team.practitioner()
            .patch(&path, 3, json!({"actionId": null}))
            .errors(&[("/actionId", "unknown_member")]);
    });
}

#[test]
fn a_change_may_not_leave_a_part_without_what_it_refers_to() {
    both(|api| {
        let team = api.team();
        let path = team.arena(json!({}));
        // What the body shows by itself is a fault of the body.
        let tea = json!([{"key": "thee", "name": "Thee"}]);
        let effect = json!([{"key": "contact", "name": "Contact", "activityKeys": ["koffie"]}]);
        let body = json!({"content": {"activities": tea, "effects": effect}});
        team.practitioner()
            .patch(&path, 1, body)
            .errors(&[("/content/effects/0/activityKeys/0", "unknown_key")]);
        // What does not go with the rest of the board is a conflict.
        let refused = team.practitioner().patch(&path, 1, json!({"content": {"activities": tea}}));
        refused.refused(409, "inconsistent").pointers(&[
            ("/content/effects/0/activityKeys/0", "unknown_key"),
            ("/content/investors/0/activityKeys/0", "unknown_key"),
        ]);
        let twice = json!([{"key": "koffie", "name": "Contact"}]);
        let body = json!({"content": {"effects": twice, "collectors": []}});
        let refused = team.practitioner().patch(&path, 1, body);
        refused.refused(409, "inconsistent").pointers(&[("/content/effects/0/key", "duplicate")]);
    });
}

#[test]
fn the_balance_tells_where_payer_and_collector_differ() {
    both(|api| {
        let team = api.team();
        let partner = api.organisation();
        let term = json!({"organisationId": partner, "role": "funder"});
        api.founder().post(team.path("partners"), term).expect(201);
        let path = team.arena(json!({}));
        let investors = json!([
            {"key": "i1", "organisationId": partner, "expected": {"text": "Geld", "euros": "0.10"}, "seen": {"text": "Meer geld", "euros": "12"}},
            {"key": "i2", "organisationId": partner, "expected": {"text": "Geld", "euros": "0.20", "hours": "7.5"}},
            {"key": "i3", "name": "De bewoners", "expected": {"text": "Hun stoep"}},
        ]);
        let collectors = json!([
            {"key": "c1", "name": "de Bewoners", "effectKey": "contact", "expected": {"text": "Minder alleen"}},
            {"key": "c2", "name": "De verzekeraar", "effectKey": "contact", "expected": {"text": "Minder zorg", "euros": "900"}},
        ]);
        let body = json!({"content": {"investors": investors, "collectors": collectors}});
        team.practitioner().patch(&path, 1, body).expect(200);
        let balance = team.reader().get(format!("{path}/balance")).expect(200);
        assert_eq!(balance["version"], 2);
        let none = json!({"hours": null, "euros": null});
        let nothing = json!({"expected": none, "seen": none});
        assert_eq!(
            balance["parties"],
            json!([
                {"organisationId": partner, "name": null, "position": "pays_only", "investorKeys": ["i1", "i2"],
                    "collectorKeys": [], "reaped": nothing,
                    "paid": {"expected": {"hours": "7.5", "euros": "0.30"}, "seen": {"hours": null, "euros": "12"}}},
                {"organisationId": null, "name": "De bewoners", "position": "pays_and_reaps", "investorKeys": ["i3"],
                    "collectorKeys": ["c1"], "paid": nothing, "reaped": nothing},
                {"organisationId": null, "name": "De verzekeraar", "position": "reaps_only", "investorKeys": [],
                    "collectorKeys": ["c2"], "paid": nothing,
                    "reaped": {"expected": {"hours": null, "euros": "900"}, "seen": none}},
            ])
        );
    });
}
