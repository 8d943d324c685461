//! Memberships that end by their own date, with nobody there to end them.

use serde_json::{Value, json};
use std::time::Duration;

use crate::support::server::Server;
use crate::support::team::{Cycle, Team};
use crate::support::{Part, both_alone};

/// Gives somebody a membership and a few actions, and lets the membership run out at once.
fn expired(team: &Team<'_>, cycle: &Cycle<'_, '_>, part: Part, actions: &[&str]) {
    let seat = team.join(part, "practitioner");
    for action in actions {
        let stored = team.coordinator().get(format!("/v1/actions/{action}")).expect(200);
        let owner = json!({"ownerId": team.api.person(part).id});
        team.coordinator().patch(format!("/v1/actions/{action}"), stored.version(), owner).expect(200);
    }
    let starts: chrono::DateTime<chrono::Utc> =
        seat["startsAt"].as_str().expect("a time").parse().expect("an instant");
    let ends = json!({"endsAt": starts + chrono::Duration::microseconds(1)});
    team.coordinator().patch(format!("/v1/members/{}", seat.id()), seat.version(), ends).expect(200);
    assert_eq!(cycle.get()["networkId"], json!(team.id));
}

#[test]
fn open_actions_of_whoever_ran_out_are_handed_over_and_nobody_elses() {
    both_alone(&[], |api| {
        let team = api.team();
        let cycle = team.cycle();
        let thought = cycle.reflect(&[&cycle.observe(json!({}))], json!({}));
        let act = || cycle.act(&[&thought], json!({}));
        let move_to = |action: &str, to: &str| {
            team.coordinator()
                .post(format!("/v1/actions/{action}/transitions"), json!({"to": to}))
                .expect(200);
        };
        // Gone: what is planned and what is done but not evaluated is still open; what was evaluated stays theirs.
        let (planned, done, judged) = (act(), act(), act());
        move_to(&done, "done");
        cycle.evaluate(&judged, json!({}));
        expired(&team, &cycle, Part::Colleague, &[&planned, &done, &judged]);
        // Gone and back again: a former membership says nothing about somebody who is a member today.
        let theirs = act();
        expired(&team, &cycle, Part::Outsider, &[&theirs]);
        team.join(Part::Outsider, "practitioner");
        // An archived network takes no changes, not from the server either.
        let still = api.team();
        let quiet = still.cycle();
        let old = quiet.act(&[&quiet.reflect(&[&quiet.observe(json!({}))], json!({}))], json!({}));
        expired(&still, &quiet, Part::Colleague, &[&old]);
        let archive = json!({"to": "archived", "reason": "Klaar."});
        still.coordinator().post(format!("/v1/networks/{}/transitions", still.id), archive).expect(200);

        // A server looks when it starts.
        let second = Server::start(&api.server.database_url, &[]);
        let told = || second.logged().contains("2 open actions were handed over");
        for _ in 0..200 {
            if told() {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        assert!(told(), "{}", second.logged());
        let owner = |team: &Team<'_>, action: &str| -> Value {
            team.coordinator().get(format!("/v1/actions/{action}")).expect(200)["ownerId"].clone()
        };
        let colleague = json!(api.person(Part::Colleague).id);
        for action in [&planned, &done] {
            assert_ne!(owner(&team, action), colleague);
        }
        assert_eq!(owner(&team, &judged), colleague);
        assert_eq!(owner(&team, &theirs), json!(api.person(Part::Outsider).id), "they are back");
        assert_eq!(owner(&still, &old), colleague, "the network is archived");
    });
}
