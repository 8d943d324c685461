//! API keys: made and revoked by coordinators, shown once, and with an account whose work is seen for what it is.

use serde_json::{Value, json};

use crate::support::api_keys::{api_key, grantable};
use crate::support::server::{Kind, Server};
use crate::support::stored::{changes_of, number, pass_time};
use crate::support::team::{action, ago, new_id, observation, session, with};
use crate::support::{Answer, Api, Part, Request, both, both_alone};

fn itself(made: &Answer) -> String {
    format!("/v1/api-keys/{}", made.id())
}

#[test]
fn the_key_is_shown_once() {
    both(|api| {
        let team = api.team();
        let body = with(api_key(), json!({"id": new_id(), "expiresAt": "2040-01-01T00:00:00Z"}));
        let made = team.coordinator().post(team.path("api-keys"), body.clone()).expect(201);
        let (key, prefix) = (made.text_of("key"), made.text_of("prefix"));
        assert!(
            prefix.starts_with("fbl_") && key.starts_with(&format!("{prefix}_")) && key.len() == 59,
            "{prefix}"
        );
        assert_eq!(made["createdBy"], api.person(Part::Coordinator).id.as_str());
        assert_eq!((&made["operations"], &made["role"]), (&body["operations"], &body["role"]));
        assert_eq!(made["expiresAt"], body["expiresAt"]);

        let again = team.coordinator().post(team.path("api-keys"), body).expect(200);
        let read = team.coordinator().get(itself(&made)).expect(200);
        let listed = team.coordinator().get(team.path("api-keys")).expect(200);
        assert_eq!(listed.items(), std::slice::from_ref(&read.body));
        assert_eq!(again.body, read.body);
        assert_eq!((&read["key"], &read["prefix"]), (&Value::Null, &made["prefix"]));
        // Nobody but its own makers is told that it is there.
        let told = |answer: Answer| answer.text.contains("api_key.created");
        assert!(told(team.coordinator().get(format!("/v1/changes?networkId={}", team.id)).expect(200)));
        assert!(!told(team.facilitator().get(format!("/v1/changes?networkId={}", team.id)).expect(200)));
    });
}

#[test]
fn the_database_and_the_log_do_not_know_the_key() {
    both_alone(&[("RUST_LOG", "debug")], |api| {
        let team = api.team();
        // What records were like is kept where a webhook is told of them.
        let webhook = json!({"url": "https://localhost/hook", "kinds": ["*"]});
        team.coordinator().post(team.path("webhooks"), webhook).expect(201);
        let made = team.api_key(json!({}));
        let (key, url) = (made.text_of("key"), &api.server.database_url);
        let program = team.using(&made);
        program.get(format!("/v1/networks/{}", team.id)).expect(200);
        program.get("/v1/me").refused(403, "forbidden");
        program.post(team.path("observations"), json!({"body": 7})).expect(400);
        team.coordinator().delete(itself(&made), 1).expect(204);
        let refused = program.get(format!("/v1/networks/{}", team.id)).refused(401, "api_key_invalid");
        let secret = &key[made.text_of("prefix").len() + 1..];
        assert!(!refused.text.contains(secret));
        api.server.terminate();
        assert!(!api.server.logged().contains(secret));
        match api.kind {
            Kind::Sqlite => {
                let file = url.trim_start_matches("sqlite://");
                for file in [file.to_owned(), format!("{file}-wal")] {
                    let bytes = std::fs::read(&file).unwrap_or_default();
                    let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
                    assert!(!found, "{file}");
                }
            }
            Kind::Postgres => {
                let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
                for table in
                    ["api_keys", "people", "members", "changes", "change_snapshots", "webhook_deliveries"]
                {
                    let rows = format!(
                        "SELECT count(*) FROM {table} AS t WHERE t::text LIKE '%{secret}%' OR t::text LIKE '%{hex}%'"
                    );
                    assert_eq!(number(api.kind, url, &rows), 0, "{table}");
                }
            }
        }
        let stored = match api.kind {
            Kind::Sqlite => "SELECT count(*) FROM api_keys WHERE length(key_hash) = 32",
            Kind::Postgres => "SELECT count(*) FROM api_keys WHERE octet_length(key_hash) = 32",
        };
        assert_eq!(number(api.kind, url, stored), 1);
    });
}

#[test]
fn what_a_key_may_be_is_said_when_it_is_made() {
    both(|api| {
        let team = api.team();
        let path = team.path("api-keys");
        let refuse = |members: Value, errors: &[(&str, &str)]| {
            team.coordinator().post(&path, with(api_key(), members)).errors(errors);
        };
        refuse(json!({"operations": []}), &[("/operations", "too_few")]);
        refuse(json!({"operations": ["getNetwork", "getNetwork"]}), &[("/operations", "duplicate")]);
        for never in
            ["updateMe", "createApiKey", "endMember", "withdrawObservation", "getOpenApi", "everything"]
        {
            refuse(json!({"operations": ["getNetwork", never]}), &[("/operations/1", "not_in_enum")]);
        }
        for role in ["coordinator", "experience_expert"] {
            refuse(json!({"role": role}), &[("/role", "not_in_enum")]);
        }
        refuse(json!({"expiresAt": ago(60)}), &[("/expiresAt", "inconsistent")]);
        let all = team.api_key(json!({"operations": grantable(api), "role": "facilitator"}));
        assert_eq!(all["operations"], grantable(api));
    });
}

#[test]
fn the_list_shows_those_that_are_good_unless_all_are_asked_for() {
    both(|api| {
        let team = api.team();
        let [good, revoked, expired] =
            [(); 3].map(|()| team.api_key(json!({"expiresAt": "2040-01-01T00:00:00Z"})));
        team.coordinator().delete(itself(&revoked), 1).expect(204);
        pass_time(api, 600_000_000, "api_keys", "expires_at", ("id", &expired.id()));
        let list =
            |query: &str| team.coordinator().get(team.path(&format!("api-keys{query}"))).expect(200).ids();
        assert_eq!(list(""), [good.id()]);
        assert_eq!(list("?state=active"), [good.id()]);
        assert_eq!(list("?state=all"), [expired.id(), revoked.id(), good.id()]);
        assert_eq!(list("?state=all&limit=1"), [expired.id()]);
    });
}

#[test]
fn a_revoked_key_stays_on_record_and_is_revoked_once() {
    both(|api| {
        let team = api.team();
        let made = team.api_key(json!({}));
        let path = itself(&made);
        team.coordinator().send(Request::new("DELETE", &path)).refused(428, "precondition_required");
        team.coordinator().delete(&path, 7).refused(412, "version_mismatch");
        team.facilitator().delete(&path, 1).refused(403, "forbidden");
        team.outsider().delete(&path, 1).refused(404, "not_found");
        team.coordinator().delete(&path, 1).expect(204);
        let read = team.coordinator().get(&path).expect(200);
        assert_ne!(read["revokedAt"], Value::Null);
        assert_eq!((read.version(), &read["role"]), (2, &json!("practitioner")));
        team.coordinator().delete(&path, 2).refused(409, "revoked");
        let kinds: Vec<String> = changes_of(api, &team.id).into_iter().map(|change| change.kind).collect();
        assert_eq!(kinds[kinds.len() - 2..], ["api_key.revoked", "member.ended"]);
        let members = team.reader().get(team.path("members")).expect(200);
        let seat =
            members.items().iter().find(|member| member["personId"] == made["personId"]).expect("a seat");
        assert_ne!(seat["endsAt"], Value::Null);
    });
}

#[test]
fn an_archived_network_makes_no_key_and_lets_go_of_those_it_has() {
    both(|api| {
        let team = api.team();
        let made = team.api_key(json!({}));
        let archive = json!({"to": "archived", "reason": "Klaar."});
        team.coordinator().post(team.path("transitions"), archive).expect(200);
        team.coordinator().post(team.path("api-keys"), api_key()).refused(409, "network_archived");
        let program = team.using(&made);
        program.get(format!("/v1/networks/{}", team.id)).expect(200);
        program.post(team.path("observations"), observation()).refused(409, "network_archived");
        team.coordinator().delete(itself(&made), 1).expect(204);
        program.get(format!("/v1/networks/{}", team.id)).refused(401, "api_key_invalid");
    });
}

#[test]
fn the_key_is_the_networks_and_outlasts_its_maker() {
    both(|api| {
        let team = api.team();
        let made = team.api_key(json!({}));
        let members = team.coordinator().get(team.path("members")).expect(200);
        let own = &api.person(Part::Coordinator).id;
        let seat = members.items().iter().find(|member| member["personId"] == own.as_str()).expect("a seat");
        let seat = format!("/v1/members/{}", seat["id"].as_str().expect("an id"));
        api.founder().patch(&seat, 1, json!({"role": "reader"})).expect(200);
        team.using(&made).get(format!("/v1/networks/{}", team.id)).expect(200);
        team.coordinator().get(itself(&made)).refused(403, "forbidden");
        api.founder().get(itself(&made)).expect(200);
    });
}

#[test]
fn an_integration_is_seen_for_what_it_is() {
    both(|api| {
        let team = api.team();
        let made = team.api_key(json!({"name": "Dossierkoppeling"}));
        let id = made.text_of("personId");
        let members = team.reader().get(team.path("members")).expect(200);
        let seat = members.items().iter().find(|member| member["personId"] == id.as_str()).expect("a seat");
        assert_eq!(
            (&seat["kind"], &seat["displayName"], &seat["role"]),
            (&json!("integration"), &json!("Dossierkoppeling"), &json!("practitioner"))
        );
        assert_eq!(members.items().iter().filter(|member| member["kind"] == "person").count(), 6);
        // To administrators and coordinators too: it has no address.
        for client in [team.coordinator(), api.client(Part::Admin)] {
            let person = client.get(format!("/v1/people/{id}")).expect(200);
            assert_eq!((&person["kind"], &person["email"]), (&json!("integration"), &Value::Null));
        }
        let listed =
            |query: &str| team.reader().get(format!("/v1/people?limit=200{query}")).expect(200).ids();
        assert!(!listed("").contains(&id) && !listed("&kind=person").contains(&id));
        assert!(listed("&kind=integration").contains(&id));

        // Its membership goes with the key, its account can be stopped and nothing else.
        let seat = format!("/v1/members/{}", seat["id"].as_str().expect("an id"));
        team.coordinator().patch(&seat, 1, json!({"role": "coordinator"})).refused(409, "integration");
        team.coordinator().delete(&seat, 1).refused(409, "integration");
        let account = format!("/v1/people/{id}");
        for change in
            [json!({"systemRole": "admin"}), json!({"displayName": "Baas"}), json!({"locale": "en"})]
        {
            api.founder().patch(&account, 1, change).refused(409, "integration");
        }
        api.founder().patch(&account, 1, json!({"active": false})).expect(200);
        team.using(&made).get(format!("/v1/networks/{}", team.id)).refused(401, "api_key_invalid");
        api.founder().patch(&account, 2, json!({"active": true})).expect(200);
        team.using(&made).get(format!("/v1/networks/{}", team.id)).expect(200);
    });
}

#[test]
fn an_integration_is_nobody() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let id = team.api_key(json!({})).text_of("personId");
        let cycle = team.cycle();
        let seat = json!({"personId": id, "role": "reader"});
        other.coordinator().post(other.path("members"), seat.clone()).refused(409, "reference_not_found");
        let elsewhere = other.cycle();
        other.facilitator().post(elsewhere.path("participants"), seat).refused(409, "reference_not_found");
        let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
        let owned = action(&[&thought], &id);
        team.practitioner().post(cycle.path("actions"), owned).pointers(&[("/ownerId", "not_found")]);
        let held = team.facilitator().post(team.path("sessions"), session()).expect(201).id();
        let present = json!({"to": "held", "presentIds": [id]});
        team.facilitator()
            .post(format!("/v1/sessions/{held}/transitions"), present)
            .pointers(&[("/presentIds/0", "not_found")]);
        let heir = format!("?handOverTo={id}");
        let members = team.coordinator().get(team.path("members")).expect(200);
        let reader = &api.person(Part::Reader).id;
        let seat =
            members.items().iter().find(|member| member["personId"] == reader.as_str()).expect("a seat");
        let path = format!("/v1/members/{}{heir}", seat["id"].as_str().expect("an id"));
        team.coordinator().delete(path, 1).refused(409, "reference_not_found");
    });
}

/// The last use as the server tells it, once what it has in memory was written: when it stops.
fn last_used(api: &Api, path: &str, token: &str) -> Value {
    let again = Server::start(&api.server.database_url, &[]);
    let read = crate::support::Client::with_token(&again.base, token).get(path).expect(200);
    again.terminate();
    assert_eq!(read.version(), 1);
    read["lastUsedAt"].clone()
}

#[test]
fn the_last_use_is_told_to_the_minute_and_is_no_change() {
    both_alone(&[], |api| {
        let team = api.team();
        let (used, unused) = (team.api_key(json!({})), team.api_key(json!({})));
        let before = changes_of(api, &team.id);
        let begun = chrono::Utc::now();
        let program = team.using(&used);
        program.get(format!("/v1/networks/{}", team.id)).expect(200);
        program.get(team.path("members")).refused(403, "forbidden");
        let token = team.coordinator().token().to_owned();
        let paths = [&used, &unused].map(itself);
        assert_eq!(api.server.terminate().code(), Some(0));

        let told = last_used(api, &paths[0], &token);
        let at: chrono::DateTime<chrono::Utc> =
            told.as_str().expect("an instant").parse().expect("an instant");
        assert_eq!(at.timestamp() % 60, 0);
        assert!(at <= chrono::Utc::now() && begun - at < chrono::Duration::minutes(1), "{at}");
        assert_eq!(last_used(api, &paths[1], &token), Value::Null);
        assert_eq!(changes_of(api, &team.id), before);

        // What another server knows already is not set back.
        let later = match api.kind {
            Kind::Sqlite => {
                "UPDATE api_keys SET last_used_at = last_used_at + 3600000000 WHERE last_used_at IS NOT NULL"
            }
            Kind::Postgres => "UPDATE api_keys SET last_used_at = last_used_at + interval '1 hour'",
        };
        crate::support::stored::execute(api.kind, &api.server.database_url, later);
        let again = Server::start(&api.server.database_url, &[]);
        let program = crate::support::Client::with_token(&again.base, program.token());
        program.get(format!("/v1/networks/{}", team.id)).expect(200);
        again.terminate();
        let kept = last_used(api, &paths[0], &token);
        assert_eq!(
            kept,
            json!((at + chrono::Duration::hours(1)).to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
        );
    });
}
