//! What people see and change of themselves.

mod competence_gaps;
mod competences;
mod export;
mod learning_goals;
mod open_items;

use serde_json::json;

use crate::support::{Part, both};

#[test]
fn one_sees_oneself_with_ones_networks_and_roles() {
    both(|api| {
        let team = api.team();
        let me = team.expert().get("/v1/me").expect(200);
        assert_eq!(me["person"]["id"], api.person(Part::Expert).id.as_str());
        assert_eq!(me["person"]["email"], api.person(Part::Expert).email.as_str());
        let mine = me["networks"]
            .as_array()
            .expect("networks")
            .iter()
            .find(|entry| entry["networkId"] == team.id.as_str());
        assert_eq!(mine.expect("the team is among them")["role"], "experience_expert");
        assert!(team.expert().get("/v1/networks?limit=200").expect(200).ids().contains(&team.id));
        assert!(!team.outsider().get("/v1/networks?limit=200").expect(200).ids().contains(&team.id));
    });
}

#[test]
fn one_can_rename_oneself_but_not_promote_oneself() {
    both(|api| {
        let person = api.newcomer("zichzelf");
        let client = api.signed_in(&person);
        let version = client.get("/v1/me").expect(200)["person"]["version"].as_i64().expect("a version");
        client
            .patch("/v1/me", version, json!({"systemRole": "admin"}))
            .errors(&[("/systemRole", "unknown_member")]);
        let renamed = client
            .patch("/v1/me", version, json!({"displayName": "Iemand anders", "locale": "en"}))
            .expect(200);
        assert_eq!(
            (&renamed["displayName"], &renamed["locale"], &renamed["systemRole"]),
            (&json!("Iemand anders"), &json!("en"), &json!("none"))
        );
        client.patch("/v1/me", version, json!({"locale": "nl"})).refused(412, "version_mismatch");
        client.patch("/v1/me", version + 1, json!({"locale": "de"})).errors(&[("/locale", "not_in_enum")]);
    });
}

#[test]
fn a_new_password_ends_all_other_sessions() {
    both(|api| {
        let person = api.newcomer("vergeetachtig");
        let here = api.signed_in(&person);
        let elsewhere = api.sign_in(&person.email, &person.password()).expect(200);
        let new = "een geheel nieuw wachtwoord";
        let change = |current: &str, new: &str| {
            here.put("/v1/me/password", json!({"currentPassword": current, "newPassword": new}))
        };
        change("not the password at all", new).expect(403);
        change(&person.password(), "te kort").errors(&[("/newPassword", "too_short")]);
        change(&person.password(), &"x".repeat(201)).errors(&[("/newPassword", "too_long")]);
        change(&person.password(), new).expect(204);

        here.get("/v1/me").expect(200);
        api.with_token(elsewhere.text_of("accessToken")).get("/v1/me").expect(401);
        api.anonymous()
            .post("/v1/auth/tokens", json!({"refreshToken": elsewhere["refreshToken"]}))
            .expect(401);
        api.sign_in(&person.email, &person.password()).refused(401, "sign_in_failed");
        api.sign_in(&person.email, new).expect(200);
    });
}
