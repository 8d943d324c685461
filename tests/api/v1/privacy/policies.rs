//! What a network says becomes of texts.

use serde_json::{Value, json};

use super::{BSN, PHONE, SHARED, found, policy, said, warned, warnings};
use crate::support::both;
use crate::support::stored::changes_of;
use crate::support::team::{new_id, with};

#[test]
fn a_network_that_said_nothing_refuses() {
    both(|api| {
        let team = api.team();
        let usual = team.coordinator().get(team.path("privacy-policy")).expect(200);
        for kind in ["bsn", "iban", "email", "phone", "address", "birthDate", "name"] {
            assert_eq!(usual[kind], "refuse", "{kind}");
        }
        assert_eq!((&usual["version"], &usual["updatedAt"]), (&json!(1), &Value::Null));
        assert_eq!(usual.header("etag"), Some("\"1\""));
    });
}

#[test]
fn a_network_that_is_made_at_the_top_is_screened_as_one_that_said_nothing() {
    both(|api| {
        let network = |members: Value| with(json!({"name": api.unique("Boven"), "kind": "team"}), members);
        let body = network(json!({"description": format!("bsn {BSN}"), "locality": PHONE}));
        let refused = api.founder().post("/v1/networks", body.clone());
        let kinds: Vec<String> = found(&refused, &body).into_iter().map(|(pointer, ..)| pointer).collect();
        assert_eq!(kinds, ["/locality", "/description"]);
        let made = api.founder().post("/v1/networks", network(json!({"description": SHARED}))).expect(201);
        let warning = warned(&made);
        let path = format!("/v1/networks/{}/privacy-warnings", made.id());
        assert_eq!(api.founder().get(path).expect(200).ids(), [warning], "it lies in the new network");
    });
}

#[test]
fn a_policy_is_changed_as_other_records_are() {
    both(|api| {
        let team = api.team();
        let (coordinator, path) = (team.coordinator(), team.path("privacy-policy"));
        let changed = coordinator.patch(&path, 1, json!({"phone": "redact", "bsn": "refuse"})).expect(200);
        assert_eq!((&changed["phone"], &changed["email"]), (&json!("redact"), &json!("refuse")));
        assert_eq!(changed.version(), 2);
        coordinator.patch(&path, 1, json!({"phone": "warn"})).refused(412, "version_mismatch");
        coordinator
            .send(crate::support::Request::new("PATCH", &path).json(&json!({"phone": "warn"})))
            .refused(428, "precondition_required");
        let log = changes_of(api, &team.id);
        assert_eq!(log.last().map(|change| change.kind.as_str()), Some("privacy_policy.updated"));
        assert_eq!(coordinator.get(&path).expect(200).version(), 2);
    });
}

#[test]
fn what_is_stored_is_answered_when_it_is_sent_again_whatever_is_refused_by_now() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let practitioner = team.practitioner();
        policy(&team, json!({"phone": "warn"}));
        let body = with(said(&format!("Bel {PHONE}.")), json!({"id": new_id()}));
        let path = cycle.path("observations");
        let stored = practitioner.post(&path, body.clone()).expect(201);
        let thought = cycle.reflect(&[&stored.id()], json!({}));
        let moves = format!("/v1/reflections/{thought}/transitions");
        let withdrawal = json!({"id": new_id(), "to": "withdrawn", "reason": format!("Bel {PHONE}.")});
        practitioner.post(&moves, withdrawal.clone()).expect(200);
        policy(&team, json!({"phone": "refuse"}));
        let before = changes_of(api, &team.id);

        let again = practitioner.post(&path, body.clone()).expect(200);
        assert_eq!((again.id(), &again["body"]), (stored.id(), &stored["body"]));
        assert_eq!(warned(&again), warned(&stored), "what is still to be looked at");
        practitioner.post(&moves, withdrawal).expect(200);
        let item = |body: &Value| json!({"action": "create", "type": "observation", "cycleId": cycle.id, "body": body});
        let other = with(body.clone(), json!({"id": new_id()}));
        let batch = json!({"id": new_id(), "items": [item(&body), item(&other)]});
        let answered = practitioner.post("/v1/batches", batch).expect(200);
        let statuses = [0, 1].map(|at| answered["results"][at]["status"].clone());
        assert_eq!(statuses, [json!(200), json!(400)], "{}", answered.text);

        // Only what is the very same, and nothing new.
        found(&practitioner.post(&path, other.clone()), &other);
        let reworded = with(body.clone(), json!({"body": format!("Bel nu {PHONE}.")}));
        found(&practitioner.post(&path, reworded.clone()), &reworded);
        let patch = json!({"body": format!("Bel {PHONE}.")});
        let refused = practitioner.patch(format!("/v1/observations/{}", stored.id()), 1, patch.clone());
        if refused.status != 200 {
            found(&refused, &patch);
        }
        assert_eq!(changes_of(api, &team.id), before, "and nothing is written");
    });
}

#[test]
fn the_rule_of_citizen_service_numbers_cannot_be_switched_off() {
    both(|api| {
        let team = api.team();
        let path = team.path("privacy-policy");
        team.coordinator().patch(&path, 1, json!({"bsn": "warn"})).errors(&[("/bsn", "not_in_enum")]);
        team.coordinator().patch(&path, 1, json!({"bsn": null})).expect(400);
        policy(&team, json!({"iban": "warn", "email": "warn", "phone": "warn", "name": "warn"}));
        let body = said(&format!("bsn {BSN}"));
        found(&team.practitioner().post(team.path("observations"), body.clone()), &body);
    });
}

#[test]
fn what_is_warned_of_is_stored_and_what_is_redacted_is_stored_otherwise() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let (practitioner, text) =
            (team.practitioner(), format!("Bel {PHONE}, of mail info@buurthuis.example."));
        policy(&team, json!({"phone": "warn"}));
        let stored = practitioner.post(team.path("observations"), said(&text)).expect(201);
        assert_eq!(stored["body"], text);
        let kinds: Vec<_> = warnings(&stored).iter().map(|one| (&one["kind"], &one["certainty"])).collect();
        assert_eq!(kinds, [(&json!("phone"), &json!("strong")), (&json!("email"), &json!("weak"))]);

        policy(&team, json!({"phone": "redact"}));
        let body = with(said(&text), json!({"id": new_id()}));
        let stored = practitioner.post(team.path("observations"), body.clone()).expect(201);
        let redacted = "Bel [telefoonnummer], of mail info@buurthuis.example.";
        assert_eq!(stored["body"], redacted);
        let warning = &warnings(&stored)[0];
        let mail = redacted.find("info").expect("it is there");
        assert_eq!((&warning["offset"], &warning["pointer"]), (&json!(mail), &json!("/body")));
        // Sent again it is the same, and another number is not: what was sent counts.
        let again = practitioner.post(team.path("observations"), body.clone()).expect(200);
        assert_eq!(
            (&again["id"], warned(&again)),
            (&stored["id"], warning["id"].as_str().expect("an id").into())
        );
        let others = with(body.clone(), json!({"body": text.replace(PHONE, "06-90934230")}));
        practitioner.post(team.path("observations"), others).refused(409, "id_reused");
        policy(&team, json!({"phone": "warn"}));
        practitioner.post(team.path("observations"), body).expect(200);

        // Another network's policy is its own.
        let body = said(&text);
        found(&other.practitioner().post(other.path("observations"), body.clone()), &body);
    });
}

#[test]
fn a_patch_is_redacted_and_leaves_the_rest_as_it_was() {
    both(|api| {
        let team = api.team();
        policy(&team, json!({"phone": "redact"}));
        let practitioner = team.practitioner();
        let made =
            practitioner.post(team.path("observations"), with(said("Rustig."), json!({"tags": ["thee"]})));
        let path = format!("/v1/observations/{}", made.expect(201).id());
        let patch = json!({"body": format!("Bel {PHONE}."), "voice": null});
        let changed = practitioner.patch(&path, 1, patch).expect(200);
        assert_eq!(changed["body"], "Bel [telefoonnummer].");
        assert_eq!((&changed["tags"], &changed["voice"]), (&json!(["thee"]), &Value::Null));
        // A tag has at most 50 characters, and two may not be the same: then it is refused.
        let tag = format!("{}{PHONE}", "thee ".repeat(8));
        let patch = json!({"tags": [tag]});
        found(&practitioner.patch(&path, 2, patch.clone()), &patch);
        let patch = json!({"tags": [PHONE, "0601277926"]});
        assert_eq!(found(&practitioner.patch(&path, 2, patch.clone()), &patch).len(), 2);
    });
}
