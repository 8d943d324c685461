//! Who answers for the personal data of a network.

use serde_json::{Value, json};

use crate::support::privacy::controllers;
use crate::support::stored::changes_of;
use crate::support::team::new_id;
use crate::support::{Part, Request, both};

#[test]
fn a_network_of_which_nothing_was_said_says_so() {
    both(|api| {
        let team = api.team();
        let found = team.reader().get(team.path("controllership")).expect(200);
        assert_eq!(found.header("etag"), Some("\"0\""));
        assert_eq!(
            found.body,
            json!({
                "networkId": team.id, "controllers": [], "processor": null, "dataProtectionOfficer": null,
                "contactPoint": null, "updatedBy": null, "updatedAt": null, "version": 0,
            })
        );
    });
}

#[test]
fn coordinators_name_who_answers_and_members_read_it() {
    both(|api| {
        let team = api.team();
        let (path, coordinator) = (team.path("controllership"), team.coordinator());
        let [first, second] = [api.organisation(), api.organisation()];
        let named = coordinator.patch(&path, 0, controllers(&first, &second)).expect(200);
        assert_eq!((named.version(), named.header("etag")), (1, Some("\"1\"")));
        assert_eq!(named["controllers"][1]["responsibleFor"], "Het onderwijs");
        assert_eq!(team.reader().get(&path).expect(200).body, named.body);

        // Each member is replaced by itself, as a whole.
        let patch = json!({"controllers": [{"organisationId": second}], "processor": {"organisationId": first}, "contactPoint": null});
        coordinator.patch(&path, 0, patch.clone()).refused(412, "version_mismatch");
        let patched = coordinator.patch(&path, 1, patch).expect(200);
        assert_eq!(patched["controllers"], json!([{"organisationId": second}]));
        assert_eq!(patched["processor"], json!({"organisationId": first}));
        assert_eq!((&patched["contactPoint"], patched.version()), (&Value::Null, 2));
        assert_eq!(patched["dataProtectionOfficer"], named["dataProtectionOfficer"]);
        let log = changes_of(api, &team.id);
        let kinds: Vec<&str> = log.iter().rev().take(2).map(|change| change.kind.as_str()).collect();
        assert_eq!(kinds, ["controllership.updated"; 2]);
    });
}

#[test]
fn reports_say_who_answers_and_by_what_name_they_go_now() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let paths = [team.path("report"), cycle.path("report")];
        for path in &paths {
            assert_eq!(team.reader().get(path).expect(200)["responsible"], Value::Null);
        }
        let [first, second] = [api.organisation(), api.organisation()];
        let renamed = |name: &str| {
            let path = format!("/v1/organisations/{first}");
            let admin = api.client(Part::Admin);
            let version = admin.get(&path).expect(200).version();
            admin.patch(&path, version, json!({"name": name})).expect(200);
        };
        let name = api.unique("Gemeente <b>Linden</b>");
        renamed(&name);
        team.coordinator().patch(team.path("controllership"), 0, controllers(&first, &second)).expect(200);
        for path in &paths {
            let report = team.reader().get(path).expect(200);
            let named = &report["responsible"];
            assert_eq!(named["controllers"][0]["organisationId"], json!(first));
            assert_eq!(named["controllers"][0]["name"], json!(name));
            assert_eq!(named["controllers"][0]["responsibleFor"], "De wijkteams");
            assert_eq!(named["processor"], json!({"organisationId": null, "name": "Hosting Voorbeeld"}));
            let page =
                team.reader().send(Request::new("GET", path).header("Accept", "text/html")).expect(200);
            assert!(
                page.text.contains("(De wijkteams)") && page.text.contains("Hosting Voorbeeld"),
                "{}",
                page.text
            );
            assert!(!page.text.contains("<b>Linden"), "it is text");
            let file = team.reader().send(Request::new("GET", path).header("Accept", "text/csv")).expect(200);
            assert!(!file.text.contains("Hosting"), "it is no figure");
            let mark = report.header("etag").expect("a validator").to_owned();
            let known = Request::new("GET", path).header("If-None-Match", &mark);
            team.reader().send(known.clone()).expect(304);
            renamed(&api.unique("Gemeente Wilg"));
            assert_ne!(
                team.reader().send(known).expect(200)["responsible"]["controllers"][0]["name"],
                json!(name)
            );
            renamed(&name);
        }
    });
}

#[test]
fn what_cannot_be_is_refused_with_all_that_is_wrong() {
    both(|api| {
        let team = api.team();
        let (path, coordinator) = (team.path("controllership"), team.coordinator());
        let [first, second] = [api.organisation(), api.organisation()];
        let joint = |one: &str, other: &str| json!([{"organisationId": one}, {"organisationId": other}]);
        coordinator.patch(&path, 0, json!({"controllers": joint(&first, &second)})).errors(&[
            ("/controllers/0/responsibleFor", "required"),
            ("/controllers/1/responsibleFor", "required"),
        ]);
        let twice = json!([
            {"organisationId": first, "responsibleFor": "Alles"}, {"organisationId": first, "responsibleFor": "De rest"},
        ]);
        coordinator
            .patch(&path, 0, json!({"controllers": twice}))
            .errors(&[("/controllers/1/organisationId", "duplicate")]);
        for processor in [json!({}), json!({"organisationId": first, "name": "Hosting Voorbeeld"})] {
            coordinator
                .patch(&path, 0, json!({"processor": processor}))
                .errors(&[("/processor", "inconsistent")]);
        }
        coordinator
            .patch(
                &path,
                0,
                json!({"contactPoint": {"name": "Loket"}, "dataProtectionOfficer": {"name": "FG"}}),
            )
            .errors(&[("/contactPoint", "inconsistent"), ("/dataProtectionOfficer", "inconsistent")]);
        let unknown =
            json!({"controllers": [{"organisationId": new_id()}], "processor": {"organisationId": new_id()}});
        coordinator.patch(&path, 0, unknown).refused(409, "reference_not_found").pointers(&[
            ("/controllers/0/organisationId", "not_found"),
            ("/processor/organisationId", "not_found"),
        ]);
        assert_eq!(team.reader().get(&path).expect(200).version(), 0, "nothing was kept");
    });
}

#[test]
fn an_archived_network_still_says_who_answers_for_it() {
    both(|api| {
        let team = api.team();
        let archive = json!({"to": "archived", "reason": "Het netwerk is klaar."});
        team.coordinator().post(team.path("transitions"), archive).expect(200);
        let successor = json!({"controllers": [{"organisationId": api.organisation()}]});
        team.coordinator().patch(team.path("controllership"), 0, successor).expect(200);
    });
}
