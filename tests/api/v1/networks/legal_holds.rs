//! Legal holds: what they keep, and until when.

use serde_json::json;

use crate::support::both;
use crate::support::team::new_id;

#[test]
fn an_erasure_is_refused_while_a_hold_keeps_any_of_it() {
    both(|api| {
        let team = api.team();
        let (cycle, elsewhere) = (team.cycle(), team.cycle());
        let (pseudonym, other) = (team.pseudonym(), team.pseudonym());
        cycle.observe(json!({"aboutPseudonymIds": [pseudonym]}));
        elsewhere.observe(json!({"aboutPseudonymIds": [other]}));
        let coordinator = team.coordinator();
        let erase = |id: &str| {
            coordinator.post(team.path("erasures"), json!({"pseudonymId": id, "cause": "objected"}))
        };
        for scope in [json!({}), json!({"cycleId": cycle.id}), json!({"pseudonymId": pseudonym})] {
            let mut body = scope;
            body["reason"] = json!("Er loopt een klacht.");
            let hold = coordinator.post(team.path("legal-holds"), body).expect(201);
            let refused = erase(&pseudonym).refused(409, "legal_hold");
            assert_eq!(refused["legalHoldId"], hold["id"]);
            let lifted = json!({"to": "lifted", "reason": "De klacht is afgedaan."});
            let moves = format!("/v1/legal-holds/{}/transitions", hold.id());
            let after = coordinator.post(&moves, lifted.clone()).expect(200);
            assert_eq!((&after["state"], after.version()), (&json!("lifted"), 2));
            coordinator.post(&moves, lifted).refused(409, "move_not_allowed");
        }
        let hold = json!({"cycleId": cycle.id, "reason": "Er loopt een klacht."});
        coordinator.post(team.path("legal-holds"), hold).expect(201);
        assert_eq!(coordinator.get(team.path("legal-holds?state=active")).expect(200).items().len(), 1);
        assert_eq!(coordinator.get(team.path("legal-holds")).expect(200).items().len(), 4);
        // What it does not keep goes.
        erase(&other).expect(201);
        erase(&pseudonym).refused(409, "legal_hold");
    });
}

#[test]
fn a_hold_keeps_what_records_stand_on_that_it_keeps() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let (kept, erased) = (team.pseudonym(), team.pseudonym());
        let seen = cycle.observe(json!({"aboutPseudonymIds": [kept]}));
        let also = cycle.observe(json!({"aboutPseudonymIds": [erased]}));
        cycle.reflect(&[&seen, &also], json!({}));
        let hold = json!({"pseudonymId": kept, "reason": "Er loopt een klacht."});
        let hold = team.coordinator().post(team.path("legal-holds"), hold).expect(201);
        let body = json!({"pseudonymId": erased, "cause": "objected"});
        let refused = team.coordinator().post(team.path("erasures"), body).refused(409, "legal_hold");
        assert_eq!(refused["legalHoldId"], hold["id"]);
    });
}

#[test]
fn a_hold_is_of_something_that_is_there_and_of_one_thing() {
    both(|api| {
        let team = api.team();
        let coordinator = team.coordinator();
        let both = json!({"cycleId": new_id(), "pseudonymId": new_id(), "reason": "Een klacht."});
        coordinator.post(team.path("legal-holds"), both).errors(&[("/pseudonymId", "inconsistent")]);
        for member in ["cycleId", "pseudonymId"] {
            let mut body = json!({"reason": "Een klacht."});
            body[member] = json!(new_id());
            let refused =
                coordinator.post(team.path("legal-holds"), body).refused(409, "reference_not_found");
            refused.pointers(&[(&format!("/{member}"), "not_found")]);
        }
    });
}
