//! Who may have an address told of changes, and of what.

use serde_json::{Value, json};

use crate::support::team::{new_id, with};
use crate::support::{Request, both};

/// Nothing is sent there: the name stands for this machine, which these servers do not reach.
const URL: &str = "https://localhost/hook";

#[test]
fn a_webhook_is_made_with_a_secret_that_is_shown_once() {
    both(|api| {
        let team = api.team();
        let body = json!({"id": new_id(), "url": URL, "description": "Het dashboard."});
        let made = team.coordinator().post(team.path("webhooks"), body.clone()).expect(201);
        let secret = made.text_of("secret");
        let bytes = base64::Engine::decode(
            &base64::engine::general_purpose::STANDARD,
            secret.strip_prefix("whsec_").expect("the prefix of the specification"),
        );
        assert!((24..=64).contains(&bytes.expect("base64").len()));
        let webhook = team.coordinator().get(format!("/v1/webhooks/{}", made.id())).expect(200);
        assert_eq!(with(webhook.body.clone(), json!({"secret": secret})), made.body);
        assert_eq!((&webhook["kinds"], &webhook["state"]), (&json!(["*"]), &json!("enabled")));
        assert_eq!((&webhook["disabledReason"], &webhook["version"]), (&Value::Null, &json!(1)));
        let again = team.coordinator().post(team.path("webhooks"), body.clone()).expect(200);
        assert_eq!(again["secret"], Value::Null);
        team.coordinator()
            .post(team.path("webhooks"), with(body, json!({"kinds": ["cycle.*"]})))
            .refused(409, "id_reused");
        let list = team.coordinator().get(team.path("webhooks")).expect(200);
        assert_eq!(list.ids(), [made.id()]);
        let known = list.header("etag").expect("a validator").to_owned();
        let asked = Request::new("GET", team.path("webhooks")).header("If-None-Match", known);
        team.coordinator().send(asked.clone()).expect(304);
        team.reader().send(asked).refused(403, "forbidden");
    });
}

#[test]
fn an_address_and_kinds_are_held_to_their_bounds() {
    both(|api| {
        let team = api.team();
        let create = |body: Value| team.coordinator().post(team.path("webhooks"), body);
        for url in [
            "hooks.example.org",
            "ftp://hooks.example.org/",
            "https://user:secret@hooks.example.org/",
            "https://hooks.example.org/#here",
            "https://hooks.example.org:22/",
            "javascript:alert(1)",
        ] {
            create(json!({"url": url})).errors(&[("/url", "bad_format")]);
        }
        create(json!({"url": format!("https://a.example/{}", "a".repeat(2_000))}))
            .errors(&[("/url", "too_long")]);
        let kinds = |kinds: Value| create(json!({"url": URL, "kinds": kinds}));
        for unknown in
            ["observation", "*.created", "person.created", "invitation.*", "webhook.*", "Observation.*"]
        {
            kinds(json!(["cycle.*", unknown])).errors(&[("/kinds/1", "unknown_value")]);
        }
        kinds(json!([])).expect(400);
        kinds(json!(["*", "*"])).expect(400);
        create(json!({})).errors(&[("/url", "required")]);
    });
}

#[test]
fn a_network_has_a_bounded_number_of_them() {
    both(|api| {
        let team = api.team();
        for _ in 0..20 {
            team.coordinator().post(team.path("webhooks"), json!({"url": URL})).expect(201);
        }
        team.coordinator().post(team.path("webhooks"), json!({"url": URL})).refused(409, "too_many_webhooks");
    });
}

#[test]
fn an_archived_network_can_still_stop_telling() {
    both(|api| {
        let team = api.team();
        let made = team.coordinator().post(team.path("webhooks"), json!({"url": URL})).expect(201);
        let archived = json!({"to": "archived", "reason": "Opgegaan in een ander team."});
        team.coordinator().post(team.path("transitions"), archived).expect(200);
        team.coordinator().post(team.path("webhooks"), json!({"url": URL})).refused(409, "network_archived");
        let path = format!("/v1/webhooks/{}", made.id());
        team.coordinator().patch(&path, 1, json!({"state": "disabled"})).expect(200);
        team.coordinator().delete(&path, 2).expect(204);
    });
}
