//! A text is put forward, a second person approves it, and it is fixed.

use serde_json::{Value, json};

use crate::support::team::{approve, entry, new_id, with, without};
use crate::support::{Answer, Client, Part, Request, both};

fn path(id: &str) -> String {
    format!("/v1/dossier-entries/{id}")
}

fn entries(insight: &str) -> String {
    format!("/v1/insights/{insight}/dossier-entries")
}

fn transition(client: &Client, id: &str, version: i64, body: &Value) -> Answer {
    client.send(Request::new("POST", format!("{}/transitions", path(id))).if_match(version).json(body))
}

fn approval() -> Value {
    json!({"to": "approved", "deIdentified": true})
}

fn theme(client: &Client) -> String {
    client.post("/v1/themes", json!({"title": "Eenzaamheid"})).expect(201).id()
}

#[test]
fn a_second_person_approves_and_then_the_text_is_fixed() {
    both(|api| {
        let team = api.team();
        let theme = theme(&api.founder());
        let insight = team.cycle().share("commons");
        let proposer = team.facilitator();
        let made = proposer.post(entries(&insight), entry(&theme)).expect(201);
        let id = made.id();
        assert_eq!(
            (&made["state"], &made["insightId"], &made["themeId"], &made["approvedBy"]),
            (&json!("proposed"), &json!(insight), &json!(theme), &Value::Null)
        );
        assert_eq!(made["proposedBy"], json!(api.person(Part::Facilitator).id));

        let better = json!({"text": "Wie buiten wordt aangesproken, komt.", "deIdentified": true});
        proposer.patch(path(&id), 1, better).expect(200);
        team.coordinator().patch(path(&id), 2, json!({"language": "en"})).refused(403, "forbidden");
        transition(&proposer, &id, 2, &approval()).refused(409, "second_person_needed");
        // What was read was the first version.
        transition(&team.coordinator(), &id, 1, &approval()).refused(412, "version_mismatch");
        team.coordinator()
            .post(format!("{}/transitions", path(&id)), approval())
            .refused(428, "precondition_required");
        let approved = transition(&team.coordinator(), &id, 2, &approval()).expect(200);
        assert_eq!(
            (&approved["state"], &approved["approvedBy"]),
            (&json!("approved"), &json!(api.person(Part::Coordinator).id))
        );
        assert!(approved["approvedAt"].is_string());
        assert_eq!(team.reader().get(path(&id)).expect(200).body, approved.body);

        proposer.patch(path(&id), 3, json!({"language": "en"})).refused(409, "not_proposed");
        transition(&team.coordinator(), &id, 3, &approval()).refused(409, "move_not_allowed");
        let gone = transition(&proposer, &id, 3, &json!({"to": "withdrawn", "reason": "Te herkenbaar."}));
        assert_eq!(gone.expect(200)["stateReason"], "Te herkenbaar.");
        let again = transition(&team.coordinator(), &id, 4, &approval()).refused(409, "move_not_allowed");
        assert_eq!(again["possible"], json!([]), "withdrawing is final");
    });
}

#[test]
fn bodies_are_checked_with_every_pointer() {
    both(|api| {
        let team = api.team();
        let insight = team.cycle().share("commons");
        let proposer = team.facilitator();
        let theme = theme(&api.founder());
        let bad = json!({"themeId": "x", "language": "de", "title": " ", "text": "a\u{7}", "deIdentified": false, "by": 1});
        proposer.post(entries(&insight), bad).errors(&[
            ("/themeId", "bad_format"),
            ("/language", "not_in_enum"),
            ("/title", "too_short"),
            ("/text", "control_character"),
            ("/deIdentified", "not_in_enum"),
            ("/by", "unknown_member"),
        ]);
        proposer
            .post(entries(&insight), without(entry(&theme), "deIdentified"))
            .errors(&[("/deIdentified", "required")]);
        let long = with(entry(&theme), json!({"text": "a".repeat(10_001)}));
        proposer.post(entries(&insight), long).errors(&[("/text", "too_long")]);
        let dangling = with(entry(&theme), json!({"themeId": new_id()}));
        proposer
            .post(entries(&insight), dangling)
            .refused(409, "reference_not_found")
            .pointers(&[("/themeId", "not_found")]);

        let id = proposer.post(entries(&insight), entry(&theme)).expect(201).id();
        let new_words = json!({"title": "Anders"});
        proposer.patch(path(&id), 1, new_words).errors(&[("/deIdentified", "required")]);
        proposer.patch(path(&id), 1, json!({"language": "en"})).expect(200);
        let second = team.coordinator();
        transition(&second, &id, 2, &json!({"to": "approved"})).errors(&[("/deIdentified", "required")]);
        for to in ["declined", "withdrawn"] {
            transition(&second, &id, 2, &json!({"to": to, "deIdentified": true}))
                .errors(&[("/reason", "required"), ("/deIdentified", "inconsistent")]);
        }
        let declined = json!({"to": "declined", "reason": "Mevrouw is te herkennen."});
        assert_eq!(transition(&second, &id, 2, &declined).expect(200)["state"], "declined");
        transition(&proposer, &id, 3, &approval()).refused(409, "move_not_allowed");
    });
}

#[test]
fn only_what_is_shared_with_everyone_gets_into_a_dossier() {
    both(|api| {
        let team = api.team();
        let cycle = team.cycle();
        let theme = theme(&api.founder());
        for audience in ["network", "lineage"] {
            let insight = cycle.share(audience);
            team.facilitator().post(entries(&insight), entry(&theme)).refused(409, "insight_not_in_commons");
        }
        let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
        let draft = cycle.draft(&[&thought], json!({}));
        team.facilitator().post(entries(&draft), entry(&theme)).refused(404, "not_found");

        let insight = cycle.share("commons");
        let id = team.facilitator().post(entries(&insight), entry(&theme)).expect(201).id();
        let withdrawn = json!({"to": "withdrawn", "reason": "Klopt niet meer."});
        team.coordinator().post(format!("/v1/insights/{insight}/transitions"), withdrawn).expect(200);
        transition(&team.coordinator(), &id, 1, &approval()).refused(409, "insight_not_in_commons");
        team.facilitator().post(entries(&insight), entry(&theme)).refused(409, "insight_not_in_commons");
    });
}

#[test]
fn what_is_sent_again_is_there_once() {
    both(|api| {
        let team = api.team();
        let theme = theme(&api.founder());
        let insight = team.cycle().share("commons");
        let body = with(entry(&theme), json!({"id": new_id()}));
        let proposer = team.facilitator();
        let id = proposer.post(entries(&insight), body.clone()).expect(201).id();
        let move_once = with(approval(), json!({"id": new_id()}));
        let approved = transition(&team.coordinator(), &id, 1, &move_once).expect(200);
        assert_eq!(transition(&team.coordinator(), &id, 1, &move_once).expect(200).body, approved.body);
        let withdrawn = json!({"to": "withdrawn", "reason": "Klopt niet meer."});
        team.coordinator().post(format!("/v1/insights/{insight}/transitions"), withdrawn).expect(200);
        assert_eq!(proposer.post(entries(&insight), body).expect(200).body, approved.body);
        // A second one that says the same waits, but is not published beside the first.
        let insight = team.cycle().share("commons");
        let [first, second] =
            [(); 2].map(|()| proposer.post(entries(&insight), entry(&theme)).expect(201).id());
        approve(&team.coordinator(), &first);
        transition(&team.coordinator(), &second, 1, &approval()).refused(409, "already_approved");
    });
}

#[test]
fn a_network_sees_what_it_has_put_forward() {
    both(|api| {
        let team = api.team();
        let theme = theme(&api.founder());
        let cycle = team.cycle();
        let (approved, _) = cycle.publish(&theme, json!({}));
        let insight = cycle.share("commons");
        let waiting = team.facilitator().post(entries(&insight), entry(&theme)).expect(201).id();
        let insight = cycle.share("commons");
        let declined = team.facilitator().post(entries(&insight), entry(&theme)).expect(201).id();
        transition(&team.coordinator(), &declined, 1, &json!({"to": "declined", "reason": "Nee."}))
            .expect(200);
        let list =
            |query: &str| team.reader().get(team.path(&format!("dossier-entries{query}"))).expect(200).ids();
        assert_eq!(list(""), [waiting.clone(), approved.clone()]);
        assert_eq!(list("?state=proposed"), [waiting]);
        assert_eq!(list("?state=declined"), std::slice::from_ref(&declined));
        assert_eq!(list(&format!("?state=declined&insightId={insight}&themeId={theme}")), [declined]);
        assert_eq!(list(&format!("?themeId={}", new_id())), [""; 0]);
        team.outsider().get(team.path("dossier-entries")).refused(404, "not_found");
    });
}

#[test]
fn an_archived_network_can_take_back_what_it_made_public() {
    both(|api| {
        let team = api.team();
        let theme = theme(&api.founder());
        let cycle = team.cycle();
        let (id, insight) = cycle.publish(&theme, json!({}));
        cycle.close();
        let archived = json!({"to": "archived", "reason": "Klaar."});
        team.coordinator().post(team.path("transitions"), archived).expect(200);
        let english = with(entry(&theme), json!({"language": "en"}));
        team.facilitator().post(entries(&insight), english).refused(409, "network_archived");
        let page = format!("/v1/themes/{theme}/dossier?lang=nl");
        assert!(api.anonymous().get(&page).expect(200).text.contains(&id));
        transition(&team.coordinator(), &id, 2, &json!({"to": "withdrawn", "reason": "Te herkenbaar."}))
            .expect(200);
        assert!(!api.anonymous().get(&page).expect(200).text.contains(&id));
    });
}
