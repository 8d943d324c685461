//! Where nothing is sent, whatever name is given for it.

use serde_json::json;

use super::sending;
use crate::support::both;
use crate::support::receiver::{Hook, Receiver, outcomes};
use crate::support::team::with;

#[test]
fn addresses_of_this_machine_and_its_neighbours_are_refused_however_they_are_written() {
    both(|api| {
        let team = api.team();
        let create = |url: &str| team.coordinator().post(team.path("webhooks"), json!({"url": url}));
        for url in [
            "https://127.0.0.1/",
            "https://127.1:9000/",
            "https://0x7f000001/",
            "https://2130706433/",
            "https://0177.0.0.1/",
            "https://0/",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[::ffff:7f00:1]/",
            "https://[64:ff9b::7f00:1]/",
            "https://[fd00::1]/",
            "https://[fe80::1]/",
            "https://169.254.169.254/latest/meta-data/",
            "https://10.0.0.1/",
            "https://172.16.0.1/",
            "https://192.168.1.1/",
            "https://100.64.0.1/",
            "https://224.0.0.1/",
            "http://hooks.example.org/",
            "http://127.0.0.1/",
            "http://1.1.1.1/",
        ] {
            create(url).errors(&[("/url", "address_not_allowed")]);
        }
        let made = create("https://hooks.invalid/").expect(201);
        let moved = json!({"url": "https://127.0.0.1/"});
        team.coordinator()
            .patch(format!("/v1/webhooks/{}", made.id()), 1, moved)
            .errors(&[("/url", "address_not_allowed")]);
    });
}

#[test]
fn a_name_is_judged_by_what_it_stands_for() {
    both(|api| {
        let (team, receiver) = (api.team(), Receiver::start());
        let port = receiver.url.trim_end_matches("/hook").rsplit(':').next().expect("a port").to_owned();
        for name in ["localhost", "LOCALHOST"] {
            let body = json!({"url": format!("https://{name}:{port}/hook")});
            let made = team.coordinator().post(team.path("webhooks"), body).expect(201);
            let hook = Hook { id: made.id(), secret: made.text_of("secret") };
            team.coordinator().post(hook.path("pings"), json!({})).expect(202);
            let ping = api.delivery(&hook, "webhook.ping", "failed");
            assert_eq!(outcomes(&ping), [("address_not_allowed", None)], "{name}");
        }
        assert!(receiver.all().is_empty());
    });
}

#[test]
fn unencrypted_is_for_networks_that_the_operator_allows() {
    sending(|api| {
        let (team, receiver) = (api.team(), Receiver::start());
        let create = |url: &str| team.coordinator().post(team.path("webhooks"), json!({"url": url}));
        create("http://1.1.1.1/").errors(&[("/url", "address_not_allowed")]);
        create("http://10.0.0.1/").errors(&[("/url", "address_not_allowed")]);
        create("https://[::1]/").errors(&[("/url", "address_not_allowed")]);
        // The name stands for one that is allowed.
        let by_name = receiver.url.replace("127.0.0.1", "localhost");
        let hook = team.hook(&receiver, with(json!({"kinds": ["cycle.created"]}), json!({"url": by_name})));
        team.cycle();
        receiver.wait_for(1)[0].verify(&hook.secret).expect("signed");
    });
}
