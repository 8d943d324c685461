//! What becomes of deliveries that fail.

use std::time::Duration;

use serde_json::{Value, json};

use super::sending;
use crate::support::receiver::{Receiver, Reply, kinds, outcomes};
use crate::support::stored::{changes_of, pass_time};

#[test]
fn what_was_refused_is_sent_again_under_the_same_id() {
    sending(|api| {
        let team = api.team();
        let receiver =
            Receiver::answering(|count, _| Reply::of(if count < 2 { [500, 404][count] } else { 200 }));
        let hook = team.hook(&receiver, json!({"kinds": ["observation.created"]}));
        team.cycle().observe(json!({}));
        let received = receiver.wait_for(3);
        for again in &received {
            again.verify(&hook.secret).expect("each sending is signed");
            assert_eq!((again.id(), &again.body), (received[0].id(), &received[0].body));
        }
        let delivery = api.delivery(&hook, "observation.created", "delivered");
        assert_eq!(delivery["id"], received[0].id());
        assert_eq!(
            outcomes(&delivery),
            [("delivered", Some(200)), ("refused", Some(404)), ("refused", Some(500))]
        );
        assert_ne!(delivery["deliveredAt"], Value::Null);
        assert_eq!(delivery["nextAttemptAt"], Value::Null);
        let health = team.coordinator().get(hook.path("health")).expect(200);
        assert_eq!((&health["waiting"], &health["failingSinceAt"]), (&json!(0), &Value::Null));
        assert_ne!((&health["lastSuccessAt"], &health["lastFailureAt"]), (&Value::Null, &Value::Null));
    });
}

#[test]
fn a_receiver_that_wants_to_be_left_alone_is() {
    sending(|api| {
        let team = api.team();
        let receiver = Receiver::answering(|_, _| Reply::of(503).header("Retry-After", "3600"));
        let hook = team.hook(&receiver, json!({"kinds": ["observation.created"]}));
        team.cycle().observe(json!({}));
        receiver.wait_for(1);
        let at = |value: &Value| {
            let text = value.as_str().expect("an instant");
            chrono::DateTime::parse_from_rfc3339(text).expect("an instant")
        };
        crate::support::eventually("it waits for an hour", || {
            let delivery = api.delivery(&hook, "observation.created", "waiting");
            let attempts = outcomes(&delivery);
            attempts == [("refused", Some(503))]
                && at(&delivery["nextAttemptAt"]) - at(&delivery["createdAt"]) >= chrono::Duration::hours(1)
        });
        let health = team.coordinator().get(hook.path("health")).expect(200);
        assert_eq!(health["waiting"], 1);
        assert_ne!(health["failingSinceAt"], Value::Null);
    });
}

#[test]
fn a_receiver_that_is_gone_is_told_nothing_more() {
    sending(|api| {
        let team = api.team();
        let receiver = Receiver::answering(|_, _| Reply::of(410));
        let hook = team.hook(&receiver, json!({"kinds": ["observation.created"]}));
        let cycle = team.cycle();
        cycle.observe(json!({}));
        let itself = || team.coordinator().get(hook.itself()).expect(200);
        crate::support::eventually("it is disabled", || itself()["state"] == "disabled");
        assert_eq!(itself()["disabledReason"], "gone");
        let told = changes_of(api, &team.id).pop().expect("a change");
        assert_eq!((told.kind.as_str(), told.actor.unwrap_or_default().as_str()), ("webhook.disabled", ""));
        cycle.observe(json!({}));
        let delivery = api.delivery(&hook, "observation.created", "waiting");
        assert_eq!(outcomes(&delivery), [("gone", Some(410))]);
        assert_eq!(receiver.all().len(), 1);
        // It says why until it is enabled again.
        let version = itself().version();
        let still =
            team.coordinator().patch(hook.itself(), version, json!({"state": "disabled"})).expect(200);
        assert_eq!(still["disabledReason"], "gone");
        let again =
            team.coordinator().patch(hook.itself(), version + 1, json!({"state": "enabled"})).expect(200);
        assert_eq!((&again["state"], &again["disabledReason"]), (&json!("enabled"), &Value::Null));
        receiver.wait_for(2);
    });
}

#[test]
fn a_redirect_is_not_followed() {
    sending(|api| {
        let (team, elsewhere) = (api.team(), Receiver::start());
        let url = elsewhere.url.clone();
        let receiver = Receiver::answering(move |count, _| {
            Reply::of([301, 302, 303, 307, 308][count % 5]).header("Location", url.clone())
        });
        let hook = team.hook(&receiver, json!({"kinds": ["observation.created"]}));
        team.cycle().observe(json!({}));
        let delivery = api.delivery(&hook, "observation.created", "failed");
        let sent = outcomes(&delivery);
        assert_eq!(sent.len(), 5, "the schedule of the tests is over: {sent:?}");
        assert!(sent.iter().all(|(outcome, _)| *outcome == "redirected"), "{sent:?}");
        assert!(elsewhere.all().is_empty());
    });
}

#[test]
fn a_receiver_that_does_not_answer_in_time_has_not_received() {
    sending(|api| {
        let team = api.team();
        let receiver = Receiver::answering(|count, _| {
            Reply::of(204).after(Duration::from_secs(if count == 0 { 4 } else { 0 }))
        });
        let hook = team.hook(&receiver, json!({"kinds": ["observation.created"]}));
        team.cycle().observe(json!({}));
        let delivery = api.delivery(&hook, "observation.created", "delivered");
        assert_eq!(outcomes(&delivery), [("delivered", Some(204)), ("timed_out", None)]);
    });
}

#[test]
fn nobody_there_is_a_failure_too_and_days_of_it_disable() {
    sending(|api| {
        let team = api.team();
        let receiver = Receiver::start();
        let nowhere = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}/", nowhere.local_addr().expect("an address"));
        drop(nowhere);
        let hook = team.hook(&receiver, json!({"url": url, "kinds": ["observation.created", "question.*"]}));
        let cycle = team.cycle();
        cycle.observe(json!({}));
        let delivery = api.delivery(&hook, "observation.created", "failed");
        assert!(outcomes(&delivery).iter().all(|sent| *sent == ("unreachable", None)), "{delivery}");
        let itself = || team.coordinator().get(hook.itself()).expect(200);
        assert_eq!(itself()["state"], "enabled");
        pass_time(api, 6 * 24 * 3600, "webhook_progress", "failing_since", ("webhook_id", &hook.id));
        cycle.ask(json!({}));
        crate::support::eventually("it is disabled", || itself()["state"] == "disabled");
        assert_eq!(itself()["disabledReason"], "failing");
    });
}

#[test]
fn a_slow_receiver_holds_up_no_other() {
    sending(|api| {
        let team = api.team();
        let slow = Receiver::answering(|_, _| Reply::of(204).after(Duration::from_millis(1500)));
        let quick = Receiver::start();
        team.hook(&slow, json!({"kinds": ["observation.created"]}));
        team.hook(&quick, json!({"kinds": ["observation.created"]}));
        let cycle = team.cycle();
        for _ in 0..24 {
            cycle.observe(json!({}));
        }
        quick.wait_for(24);
        let begun = slow.all().len();
        assert!(begun < 24, "it takes four at a time, not {begun}");
        assert_eq!(kinds(&slow.wait_for(24)).len(), 24);
    });
}
