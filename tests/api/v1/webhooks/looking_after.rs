//! How coordinators look after webhooks: secrets, tests, deliveries, and what is shown of them.

use serde_json::{Value, json};

use super::sending;
use crate::support::audit::unguard;
use crate::support::receiver::{Receiver, Reply, outcomes};
use crate::support::stored::{changes_of, execute, hex, number, pass_time};

#[test]
fn while_a_secret_rotates_both_sign() {
    sending(|api| {
        let (team, receiver) = (api.team(), Receiver::start());
        let hook = team.hook(&receiver, json!({"kinds": ["observation.created"]}));
        let cycle = team.cycle();
        let rotate = |body: Value| team.coordinator().post(hook.path("secret-rotations"), body);
        let second = rotate(json!({})).expect(201).text_of("secret");
        assert!(second.starts_with("whsec_") && second != hook.secret);
        cycle.observe(json!({}));
        let both = receiver.wait_for(1).remove(0);
        assert_eq!(both.header("webhook-signature").split(' ').count(), 2);
        both.verify(&hook.secret).expect("the former");
        both.verify(&second).expect("the new one");
        // The time is over.
        let before = ("webhook_id", hook.id.as_str());
        let ends = format!(
            "UPDATE webhook_secrets SET expires_at = created_at WHERE expires_at IS NOT NULL AND {} = '{}'",
            hex(api.kind, before.0),
            before.1.replace('-', "")
        );
        execute(api.kind, &api.server.database_url, &ends);
        cycle.observe(json!({}));
        let one = receiver.wait_for(2).remove(1);
        one.verify(&hook.secret).expect_err("the former is void");
        one.verify(&second).expect("the new one");
        // Stolen: void at once.
        let third = rotate(json!({"overlapHours": 0})).expect(201).text_of("secret");
        cycle.observe(json!({}));
        let one = receiver.wait_for(3).remove(2);
        assert_eq!(one.header("webhook-signature").split(' ').count(), 1);
        one.verify(&second).expect_err("void");
        one.verify(&third).expect("the third");
        rotate(json!({"overlapHours": 169})).errors(&[("/overlapHours", "out_of_range")]);
        for _ in 0..4 {
            rotate(json!({})).expect(201);
        }
        rotate(json!({})).refused(409, "too_many_secrets");
        rotate(json!({"overlapHours": 0})).expect(201);
    });
}

#[test]
fn a_test_goes_to_one_webhook_even_a_disabled_one() {
    sending(|api| {
        let (team, receiver, other) = (api.team(), Receiver::start(), Receiver::start());
        let hook = team.hook(&receiver, json!({"kinds": ["cycle.created"]}));
        team.hook(&other, json!({}));
        team.coordinator().patch(hook.itself(), 1, json!({"state": "disabled"})).expect(200);
        let ping = team.coordinator().post(hook.path("pings"), json!({})).expect(202);
        assert_eq!((&ping["kind"], &ping["state"]), (&json!("webhook.ping"), &json!("waiting")));
        let received = receiver.wait_for(1).remove(0);
        received.verify(&hook.secret).expect("signed");
        assert_eq!((received.id(), received.kind().as_str()), (ping.id().as_str(), "webhook.ping"));
        assert_eq!(received.event()["data"]["webhookId"], hook.id.as_str());
        assert_eq!(outcomes(&api.delivery(&hook, "webhook.ping", "delivered")), [("delivered", Some(204))]);
        assert!(other.all().is_empty());
        let logged = changes_of(api, &team.id).pop().expect("a change");
        assert_eq!(logged.kind, "webhook.pinged");
    });
}

#[test]
fn what_failed_can_be_sent_once_more_by_hand() {
    sending(|api| {
        let team = api.team();
        let receiver = Receiver::answering(|count, _| Reply::of(if count < 5 { 500 } else { 204 }));
        let hook = team.hook(&receiver, json!({"kinds": ["observation.created"]}));
        let id = team.cycle().observe(json!({"body": "Toen."}));
        let failed = api.delivery(&hook, "observation.created", "failed");
        assert_eq!(outcomes(&failed).len(), 5);
        team.practitioner().patch(format!("/v1/observations/{id}"), 1, json!({"body": "Nu."})).expect(200);
        let path = format!("/v1/webhook-deliveries/{}/redeliveries", failed["id"].as_str().expect("an id"));
        let again = team.coordinator().post(&path, json!({})).expect(202);
        assert_eq!((&again["id"], &again["state"]), (&failed["id"], &json!("waiting")));
        let received = receiver.wait_for(6);
        assert_eq!((received[5].id(), &received[5].body), (received[0].id(), &received[0].body));
        received[5].verify(&hook.secret).expect("signed anew");
        let delivered = api.delivery(&hook, "observation.created", "delivered");
        assert_eq!(outcomes(&delivered).len(), 6);
        // Once more, though it arrived.
        team.coordinator().post(&path, json!({})).expect(202);
        receiver.wait_for(7);
        api.delivery(&hook, "observation.created", "delivered");

        let version = team.coordinator().get(hook.itself()).expect(200).version();
        team.coordinator().patch(hook.itself(), version, json!({"state": "disabled"})).expect(200);
        team.coordinator().post(&path, json!({})).refused(409, "webhook_disabled");
        let network = format!("{} = '{}'", hex(api.kind, "network_id"), team.id.replace('-', ""));
        execute(api.kind, &api.server.database_url, &format!("DELETE FROM change_snapshots WHERE {network}"));
        team.coordinator().post(&path, json!({})).refused(409, "snapshot_gone");
    });
}

#[test]
fn deliveries_are_listed_newest_first_and_by_state() {
    sending(|api| {
        let team = api.team();
        let receiver = Receiver::answering(|_, received| {
            Reply::of(if received.kind() == "question.created" { 500 } else { 204 })
        });
        let hook = team.hook(&receiver, json!({"kinds": ["observation.created", "question.created"]}));
        let cycle = team.cycle();
        for _ in 0..3 {
            cycle.observe(json!({}));
        }
        cycle.ask(json!({}));
        api.delivery(&hook, "question.created", "failed");
        let list = |query: &str| team.coordinator().get(hook.path(&format!("deliveries{query}"))).expect(200);
        crate::support::eventually("all are through", || list("?state=waiting").items().is_empty());
        assert_eq!(list("?state=failed").items().len(), 1);
        assert_eq!(list("?state=delivered").items().len(), 3);
        let all = list("");
        let first = list("?limit=2");
        let next = first.text_of("nextCursor");
        let second = list(&format!("?limit=2&cursor={next}"));
        assert_eq!([first.ids(), second.ids()].concat(), all.ids());
        let created: Vec<&str> =
            all.items().iter().map(|item| item["createdAt"].as_str().expect("an instant")).collect();
        assert!(created.is_sorted_by(|one, other| one >= other), "{created:?}");
        for reader in [team.facilitator(), team.practitioner(), team.reader()] {
            reader.get(hook.path("deliveries")).refused(403, "forbidden");
        }
    });
}

#[test]
fn nothing_shows_a_secret_once_it_was_shown() {
    sending(|api| {
        let (team, receiver) = (api.team(), Receiver::start());
        let hook = team.hook(&receiver, json!({}));
        let coordinator = team.coordinator();
        let rotated =
            coordinator.post(hook.path("secret-rotations"), json!({})).expect(201).text_of("secret");
        team.cycle();
        receiver.wait_for(1);
        let delivery = api.delivery(&hook, "cycle.created", "delivered").to_string();
        let shown = [
            coordinator.get(hook.itself()).expect(200).text,
            coordinator.get(team.path("webhooks")).expect(200).text,
            coordinator.get(hook.path("health")).expect(200).text,
            coordinator.get(hook.path("deliveries")).expect(200).text,
            coordinator.get(format!("/v1/changes?networkId={}", team.id)).expect(200).text,
            coordinator.patch(hook.itself(), 2, json!({"description": "Nog steeds."})).expect(200).text,
            delivery,
            api.server.logged(),
        ];
        let signature = receiver.all()[0].header("webhook-signature").to_owned();
        for secret in [&hook.secret, &rotated, &signature] {
            let bare = secret.trim_start_matches("whsec_");
            assert!(shown.iter().all(|text| !text.contains(bare)), "{shown:?}");
            for column in ["change_snapshots WHERE record", "webhooks WHERE url"] {
                let kept = format!("SELECT count(*) FROM {column} LIKE '%{bare}%'");
                assert_eq!(number(api.kind, &api.server.database_url, &kept), 0, "{column}");
            }
        }
    });
}

#[test]
fn a_deleted_webhook_takes_everything_with_it() {
    sending(|api| {
        let (team, receiver) = (api.team(), Receiver::start());
        let hook = team.hook(&receiver, json!({}));
        let cycle = team.cycle();
        api.delivery(&hook, "cycle.created", "delivered");
        team.coordinator().delete(hook.itself(), 1).expect(204);
        team.coordinator().get(hook.itself()).refused(404, "not_found");
        cycle.observe(json!({}));
        let network = format!("{} = '{}'", hex(api.kind, "network_id"), team.id.replace('-', ""));
        for table in
            ["webhooks", "webhook_secrets", "webhook_progress", "webhook_deliveries", "webhook_attempts"]
        {
            let left = format!("SELECT count(*) FROM {table} WHERE {network}");
            assert_eq!(number(api.kind, &api.server.database_url, &left), 0, "{table}");
        }
        let snapshot = format!(
            "SELECT count(*) FROM change_snapshots WHERE {network} AND record LIKE '%\"perspective\"%'"
        );
        assert_eq!(number(api.kind, &api.server.database_url, &snapshot), 0, "none is kept any more");
        assert_eq!(receiver.all().len(), 1);
    });
}

#[test]
fn what_happened_while_it_was_disabled_is_told_unless_it_is_too_long_ago() {
    sending(|api| {
        let (team, receiver) = (api.team(), Receiver::start());
        let hook = team.hook(&receiver, json!({"kinds": ["observation.created", "question.created"]}));
        let cycle = team.cycle();
        team.coordinator().patch(hook.itself(), 1, json!({"state": "disabled"})).expect(200);
        let old = cycle.observe(json!({}));
        cycle.ask(json!({}));
        let health = team.coordinator().get(hook.path("health")).expect(200);
        assert!(health["behind"].as_i64().expect("a number") >= 2, "{}", health.text);
        unguard(api.kind, &api.server.database_url);
        pass_time(api, 31 * 24 * 3600, "changes", "at", ("subject_id", &old));
        team.coordinator().patch(hook.itself(), 2, json!({"state": "enabled"})).expect(200);
        assert_eq!(receiver.wait_for(1)[0].kind(), "question.created");
        crate::support::eventually("nothing waits", || {
            let health = team.coordinator().get(hook.path("health")).expect(200);
            (&health["waiting"], &health["behind"]) == (&json!(0), &json!(0))
        });
        assert_eq!(receiver.all().len(), 1);
    });
}

#[test]
fn what_is_put_to_be_sent_again_while_it_is_being_sent_waits_for_the_end_of_that() {
    sending(|api| {
        let team = api.team();
        let receiver =
            Receiver::answering(|_, _| Reply::of(204).after(std::time::Duration::from_millis(700)));
        let hook = team.hook(&receiver, json!({"kinds": ["observation.created"]}));
        team.cycle().observe(json!({}));
        let id = receiver.wait_for(1)[0].id().to_owned();
        let path = format!("/v1/webhook-deliveries/{id}");
        team.coordinator().post(format!("{path}/redeliveries"), json!({})).expect(202);
        receiver.wait_for(2);
        let sent = team.coordinator().get(&path).expect(200);
        assert_eq!(outcomes(&sent.body).len(), 1, "the first was over when the second began");
        api.delivery(&hook, "observation.created", "delivered");
    });
}
